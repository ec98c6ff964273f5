//! The end of an interpreter, in CPython's order: threads are waited for, what was registered with `atexit` is called, the
//! streams are flushed, then modules go, so that what they hold ends as programs expect (`Py_FinalizeEx`).

use pvm_object::dict::Dict;
use pvm_object::exceptions;
use pvm_object::module::Module;
use pvm_object::str::Str;
use pvm_object::weakref::{WEAKREF_TYPE, WeakRef};
use pvm_object::{Object, Ref, Value, Vm};

use crate::display;
use crate::interpreter::state;
use crate::uncaught::{self, Ending};
use crate::warnings;

/// What is done when the program has ended, before modules go.
pub fn finish(vm: &mut Vm, ending: Ending) -> Ending {
    wait_for_threads(vm);
    if let Some(at_exit) = state(vm).setup.at_exit {
        at_exit(vm);
    }
    state(vm).threads.finalize();
    crate::faults::finish(vm);
    let flushed = flush_streams(vm);
    match ending {
        Ending::Status(_) if !flushed => Ending::Status(FLUSH_FAILED),
        ending => ending,
    }
}

/// The exit code of a program whose output could not all be written.
const FLUSH_FAILED: u8 = 120;

/// Flushes the standard streams; whether that went well (`flush_std_files`).
fn flush_streams(vm: &mut Vm) -> bool {
    let stdout = uncaught::try_flush(vm, "stdout");
    let mut flushed = stdout.is_ok();
    if let Err(raised) = stdout {
        vm.report_unraisable(raised, Some("Exception ignored while flushing sys.stdout"), None);
    }
    if let Err(raised) = uncaught::try_flush(vm, "stderr") {
        drop(vm.catch(raised));
        flushed = false;
    }
    flushed
}

/// `threading._shutdown()`, where that module was imported (`wait_for_thread_shutdown`).
fn wait_for_threads(vm: &mut Vm) {
    let (threading, shutdown) = (vm.intern("threading"), vm.intern("_shutdown"));
    if let Some(threading) = state(vm).modules(vm).get_str(&threading, vm)
        && let Err(raised) = vm.call_method(&threading, &shutdown, &[])
    {
        vm.report_unraisable(raised, Some("Exception ignored on threading shutdown"), None);
    }
}

/// Ends all modules (`finalize_modules`, after the collection that `Py_FinalizeEx` does before).
pub fn clear_modules(vm: &mut Vm) {
    if vm.collector().is_enabled() {
        vm.collect_generation(2);
    }
    forget_special(vm);
    let left = remove_modules(vm);
    restore_builtins(vm);
    vm.collect();
    warn_of_garbage(vm);
    let (sys, builtins) = (state(vm).sys_dict(vm), state(vm).builtins_ref(vm));
    // The youngest first: modules go before those that they use.
    for weak in left.into_iter().rev() {
        let Some(module) = weak.upgrade() else { continue };
        if let Some(module) = module.downcast::<Module>() {
            let dict = module.dict().to_ref();
            if !std::ptr::eq(&*dict, &*sys) && !std::ptr::eq(&*dict, &*builtins) {
                clear_dict(vm, &dict);
            }
        }
        vm.release(module);
    }
    clear_dict(vm, &sys);
    clear_dict(vm, &builtins);
    vm.collect();
}

/// Whether ending what is left would do nothing that anybody could notice, once the program has ended and the streams are
/// flushed: then a process may exit without.
pub fn is_silent(vm: &mut Vm) -> bool {
    let mut known = Vec::new();
    for (name, original) in [("stdin", "__stdin__"), ("stdout", "__stdout__"), ("stderr", "__stderr__")] {
        let (Some(stream), Some(first)) = (crate::sys::get(vm, name), crate::sys::get(vm, original)) else { return false };
        if !stream.is(&first) || !add_layers(vm, stream, &mut known) {
            return false;
        }
    }
    for stream in ["stdout", "stderr"] {
        if let Err(raised) = uncaught::try_flush(vm, stream) {
            drop(vm.catch(raised));
            return false;
        }
    }
    vm.end_is_silent(&known)
}

/// Adds a text stream of the library, the buffer in it if it has one, and the file in that, whose ends do nothing once the
/// stream is flushed. Whether they are no more than that.
fn add_layers(vm: &mut Vm, mut layer: Value, layers: &mut Vec<Value>) -> bool {
    for inner in ["buffer", "raw"] {
        if layer.is_none() || layer.ty().is_heap_type() {
            return layer.is_none();
        }
        let inner = vm.intern(inner);
        match vm.find_attr(&layer, &inner) {
            Ok(Some(next)) => layers.push(std::mem::replace(&mut layer, next)),
            Ok(None) => break,
            Err(raised) => {
                drop(vm.catch(raised));
                return false;
            }
        }
    }
    let known = !layer.ty().is_heap_type();
    layers.push(layer);
    known
}

/// Names of `sys` that hold what belongs to the program.
const SPECIAL: [&str; 12] = [
    "path",
    "argv",
    "ps1",
    "ps2",
    "last_exc",
    "last_type",
    "last_value",
    "last_traceback",
    "path_hooks",
    "path_importer_cache",
    "meta_path",
    "__interactivehook__",
];

/// Drops what hides in `builtins` and `sys`, which go last, too late for it (`finalize_modules_delete_special`).
fn forget_special(vm: &mut Vm) {
    let (builtins, sys) = (state(vm).builtins_ref(vm), state(vm).sys_dict(vm));
    let underscore = vm.intern("_");
    put(vm, &builtins, &underscore, Value::none());
    for name in SPECIAL {
        let name = vm.intern(name);
        put(vm, &sys, &name, Value::none());
    }
    for (name, original) in [("stdin", "__stdin__"), ("stdout", "__stdout__"), ("stderr", "__stderr__")] {
        let (name, original) = (vm.intern(name), vm.intern(original));
        let stream = sys.get_str(&original, vm).unwrap_or_else(Value::none);
        put(vm, &sys, &name, stream);
    }
}

/// Takes all modules out of `sys.modules`, in the hope that this ends them; weak references to them come back
/// (`finalize_remove_modules`).
fn remove_modules(vm: &mut Vm) -> Vec<Ref<WeakRef>> {
    let modules = state(vm).modules(vm);
    let entries: Vec<(Value, Value)> = modules.entries(vm).map(|(name, module)| (name.to_owned(), module.to_owned())).collect();
    let mut left = Vec::new();
    for (name, module) in entries {
        if !module.is_instance_of::<Module>() {
            continue;
        }
        match vm.new_weak_reference(WEAKREF_TYPE.get(), &module, None) {
            Ok(weak) => left.push(weak),
            Err(raised) => vm.report_unraisable(raised, None, None),
        }
        if let Some(name) = name.downcast::<Str>() {
            put(vm, &modules, name, Value::none());
        }
        vm.release(module);
    }
    modules.clear(vm);
    if vm.drops_wait() {
        vm.drain_drops();
    }
    left
}

/// Gives `builtins` what it had before programs changed it (`finalize_restore_builtins`).
fn restore_builtins(vm: &mut Vm) {
    let builtins = state(vm).builtins_ref(vm);
    let Some(original) = state(vm).take_original_builtins() else { return };
    let program: Vec<Value> = builtins.entries(vm).map(|(_, value)| value.to_owned()).collect();
    builtins.clear(vm);
    for (name, value) in original.str_items(vm) {
        put(vm, &builtins, &name, value);
    }
    for value in program {
        vm.release(value);
    }
}

/// A warning where `gc.garbage` holds something that nobody looked at (`_PyGC_DumpShutdownStats`).
fn warn_of_garbage(vm: &mut Vm) {
    use pvm_object::heap::inspect::debug;
    let flags = vm.collector().debug.get();
    let garbage = vm.gc_lists().garbage.len(vm);
    if garbage == 0 || flags & debug::SAVEALL != 0 {
        return;
    }
    let hint = if flags & debug::UNCOLLECTABLE == 0 { "; use gc.set_debug(gc.DEBUG_UNCOLLECTABLE) to list them" } else { "" };
    let message = format!("gc: {garbage} uncollectable objects at shutdown{hint}");
    if let Err(raised) = warnings::warn_explicit(vm, exceptions::RESOURCE_WARNING.get(), &message, "gc", 0) {
        vm.report_unraisable(raised, Some("Exception ignored in GC shutdown"), None);
    }
    if flags & debug::UNCOLLECTABLE != 0 {
        let garbage = vm.gc_lists().garbage.to_value();
        match vm.repr(&garbage) {
            Ok(shown) => display::write_stderr(vm, &format!("      {}\n", shown.to_string_lossy())),
            Err(raised) => vm.report_unraisable(raised, Some("Exception ignored in GC shutdown while formatting garbage"), None),
        }
    }
}

/// Sets what a module's dict holds to `None`: first names with one underscore, then all but `__builtins__`, which finalisers
/// use (`_PyModule_ClearDict`).
fn clear_dict(vm: &mut Vm, dict: &Object<Dict>) {
    let is_private = |name: &str| name.starts_with('_') && !name.starts_with("__");
    for private in [true, false] {
        for (name, value) in dict.str_items(vm) {
            let text = name.to_string_lossy();
            let wanted = if private { is_private(&text) } else { text != "__builtins__" };
            if wanted && !value.is_none() {
                drop(value);
                put(vm, dict, &name, Value::none());
            }
        }
    }
}

/// Sets a name; what it held ends now.
fn put(vm: &mut Vm, dict: &Object<Dict>, name: &Object<Str>, value: Value) {
    let old = dict.get_str(name, vm);
    if let Err(raised) = dict.set_str(name, value, vm) {
        drop(vm.catch(raised));
    }
    if let Some(old) = old {
        vm.release(old);
    }
}
