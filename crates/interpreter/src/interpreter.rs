//! [`InterpreterState`]: the interpreter layer's own half of an interpreter, and [`Interpreter`], which owns it all.

use std::cell::{Cell, OnceCell, UnsafeCell};
use std::mem::ManuallyDrop;
use std::rc::Rc;
use std::sync::Arc;

use pvm_bytecode::frozen::FrozenCode;
use pvm_object::bell::Remote;
use pvm_object::dict::Dict;
use pvm_object::hooks::Hooks;
use pvm_object::isolate::Isolate;
use pvm_object::module_def::ModuleDef;
use pvm_object::trace::{Trace, Visitor};
use pvm_object::{Ref, Value, Vm};

use crate::config::Config;
use crate::dependents::Dependents;
use crate::permissions::{ModuleNeeds, Permissions};
use crate::thread::{RECURSION_LIMIT, ThreadExtension};
use crate::threads::RLock;
use crate::threads::start::Threads;

/// Where the frozen standard library comes from: code objects by module name.
pub trait FrozenSource: Send + Sync {
    /// The code of a module, and whether it is a package.
    fn find(&self, name: &str) -> Option<FrozenModule<'_>>;
    /// The names of all modules.
    fn names(&self) -> Vec<&str>;
}

/// A module of the frozen library.
pub struct FrozenModule<'a> {
    /// The code object.
    pub code: FrozenCode,
    /// Whether it is a package.
    pub is_package: bool,
    /// The name it was compiled under, where that differs.
    pub origin: Option<&'a str>,
}

/// What an interpreter is made of: the native modules it knows, the frozen library, its configuration.
pub struct Setup {
    /// Native modules beyond `builtins` and `sys`.
    pub modules: Vec<&'static ModuleDef>,
    /// What their functions need of a program's permissions.
    pub needs: &'static [ModuleNeeds],
    /// The frozen library.
    pub frozen: Box<dyn FrozenSource>,
    /// The module and the function in it that import from the library by way of `sys.path` (a path hook).
    pub library_importer: Option<(&'static str, &'static str)>,
    /// What is done at the end of the program, before the streams are flushed: the functions of `atexit`.
    pub at_exit: Option<fn(&mut Vm)>,
    /// Configuration.
    pub config: Config,
}

/// The interpreter layer's own half of an interpreter.
pub struct InterpreterState {
    /// What it was made of.
    pub setup: Setup,
    modules: OnceCell<Ref<Dict>>,
    builtins: OnceCell<Ref<Dict>>,
    sys: OnceCell<Ref<Dict>>,
    /// Whether the values were given up: what the last finalisers ask for is not kept any more.
    ended: Cell<bool>,
    /// What `builtins` held before any program ran.
    original_builtins: UnsafeCell<Option<Ref<Dict>>>,
    import: UnsafeCell<Option<Value>>,
    pub(crate) importlib: UnsafeCell<Option<Value>>,
    signal_handlers: UnsafeCell<Vec<Option<Value>>>,
    recursion_limit: Cell<u32>,
    main: Cell<*const ThreadExtension>,
    /// Who wants to know of what code does.
    pub(crate) monitoring: crate::monitoring::Monitoring,
    /// What `-X importtime` tells of.
    pub(crate) import_times: crate::import::times::ImportTimes,
    /// The hooks that `sys.addaudithook` was given.
    audit_hooks: UnsafeCell<Vec<Value>>,
    /// Which code relies on which shapes.
    pub(crate) dependents: Rc<Dependents>,
    /// `sys.getdlopenflags()`.
    pub(crate) dlopen_flags: Cell<i32>,
    /// What the start put in front of `sys.path`.
    first_path: OnceCell<String>,
    /// Whether permissions are asked for: the start itself may touch anything.
    restricted: Cell<bool>,
    /// `_imp.acquire_lock()`.
    pub(crate) import_lock: RLock,
    /// The threads that run.
    pub(crate) threads: Threads,
}

/// The state of the interpreter that a token belongs to.
pub fn state<'a>(vm: &Vm) -> &'a InterpreterState {
    // SAFETY: the state is set before any code runs, and ends after all of it.
    unsafe { &*vm.heap_state().extension().cast::<InterpreterState>() }
}

impl InterpreterState {
    /// Remembers the directory that the start put in front of `sys.path` (`PyConfig.sys_path_0`).
    pub fn set_first_path(&self, directory: String) {
        let _ = self.first_path.set(directory);
    }

    /// The interpreter layer's part of the main thread.
    pub(crate) fn main_thread(&self) -> &ThreadExtension {
        // SAFETY: the main thread's part lives as long as the interpreter; that of a thread that forked, as long as its process.
        unsafe { &*self.main.get() }
    }

    /// Makes a thread the main one, in the child of a `fork`.
    pub(crate) fn set_main_thread(&self, thread: &ThreadExtension) {
        self.main.set(thread);
    }

    /// A dict that comes into being when it is asked for.
    fn dict(&self, cell: &OnceCell<Ref<Dict>>, vm: &mut Vm) -> Ref<Dict> {
        if self.ended.get() { vm.new_dict() } else { cell.get_or_init(|| vm.new_dict()).clone() }
    }

    /// `sys.modules`.
    pub fn modules(&self, vm: &mut Vm) -> Ref<Dict> {
        self.dict(&self.modules, vm)
    }

    /// The dict of the `builtins` module.
    pub fn builtins_dict(&self, vm: &mut Vm) -> Value {
        self.builtins_ref(vm).into()
    }

    /// The dict of the `builtins` module.
    pub fn builtins_ref(&self, vm: &mut Vm) -> Ref<Dict> {
        self.dict(&self.builtins, vm)
    }

    /// The dict of the `sys` module.
    pub fn sys_dict(&self, vm: &mut Vm) -> Ref<Dict> {
        self.dict(&self.sys, vm)
    }

    /// Remembers what `builtins` holds before any program runs.
    pub(crate) fn set_original_builtins(&self, builtins: Ref<Dict>) {
        // SAFETY: set once, at the start.
        unsafe { *self.original_builtins.get() = Some(builtins) };
    }

    /// What `builtins` held before any program ran, whatever programs did to it since.
    pub(crate) fn original_builtins(&self, vm: &mut Vm) -> Ref<Dict> {
        // SAFETY: cloned at once.
        let original = unsafe { (*self.original_builtins.get()).clone() };
        original.unwrap_or_else(|| self.builtins_ref(vm))
    }

    /// Gives up what [`InterpreterState::set_original_builtins`] remembers.
    pub(crate) fn take_original_builtins(&self) -> Option<Ref<Dict>> {
        // SAFETY: moved out, never borrowed over a call.
        unsafe { (*self.original_builtins.get()).take() }
    }

    /// Shows the collector what the tables hold.
    pub(crate) fn trace(&self, visitor: &mut Visitor<'_>) {
        for dict in [&self.modules, &self.builtins, &self.sys] {
            if let Some(dict) = dict.get() {
                visitor.visit(&dict.as_value());
            }
        }
        // SAFETY: the lists are borrowed for this call only, which runs no other code.
        unsafe {
            (*self.import.get()).trace(visitor);
            (*self.importlib.get()).trace(visitor);
            (*self.signal_handlers.get()).trace(visitor);
            (*self.audit_hooks.get()).trace(visitor);
        }
    }

    /// The function that `__import__` is unless a program replaces it.
    pub fn own_import(&self) -> Option<Value> {
        // SAFETY: cloned at once.
        unsafe { (*self.import.get()).clone() }
    }

    /// Remembers the function that `__import__` is at the start.
    pub fn set_own_import(&self, import: Value) {
        // SAFETY: set once, at the start.
        unsafe { *self.import.get() = Some(import) };
    }

    /// What a program set for a signal.
    pub(crate) fn signal_handler(&self, signal: i32) -> Option<Value> {
        // SAFETY: cloned at once.
        unsafe { (&(*self.signal_handlers.get())).get(signal as usize).cloned().flatten() }
    }

    /// Sets what a program wants for a signal and returns what it wanted before.
    pub(crate) fn set_signal_handler(&self, signal: i32, handler: Option<Value>) -> Option<Value> {
        // SAFETY: the list is borrowed for this exchange only.
        unsafe { std::mem::replace(&mut (&mut (*self.signal_handlers.get()))[signal as usize], handler) }
    }

    /// `sys.getrecursionlimit()`.
    pub fn recursion_limit(&self) -> u32 {
        self.recursion_limit.get()
    }

    /// `sys.setrecursionlimit()`.
    pub fn set_recursion_limit(&self, limit: u32) {
        self.recursion_limit.set(limit);
    }

    /// Whether permissions are asked for.
    #[inline]
    pub(crate) fn is_restricted(&self) -> bool {
        self.restricted.get()
    }

    /// From now on permissions are asked for, where not everything is permitted.
    pub(crate) fn restrict(&self) {
        self.restricted.set(self.setup.config.permissions != Permissions::ALL);
    }

    /// Whether anybody listens to audit events.
    #[inline]
    pub(crate) fn has_audit_hooks(&self) -> bool {
        // SAFETY: read at once.
        unsafe { !(*self.audit_hooks.get()).is_empty() }
    }

    /// The audit hook with this number.
    pub(crate) fn audit_hook(&self, index: usize) -> Option<Value> {
        // SAFETY: cloned at once.
        unsafe { (&(*self.audit_hooks.get())).get(index).cloned() }
    }

    /// Adds an audit hook, which stays for good.
    pub(crate) fn add_audit_hook(&self, hook: Value) {
        // SAFETY: the list is borrowed for this call only.
        unsafe { (*self.audit_hooks.get()).push(hook) };
    }

    /// Gives up every value, at the end of the interpreter.
    fn clear(&mut self) {
        self.ended.set(true);
        for dict in [self.modules.take(), self.builtins.take(), self.sys.take()] {
            drop(dict);
        }
        self.main_thread().tracing.clear();
        self.monitoring.clear();
        // SAFETY: nothing runs any more.
        unsafe {
            drop(std::mem::take(&mut *self.signal_handlers.get()));
            drop(std::mem::take(&mut *self.audit_hooks.get()));
            drop((*self.import.get()).take());
            drop((*self.importlib.get()).take());
        }
    }
}

/// An interpreter: heap, threads, modules.
pub struct Interpreter {
    isolate: ManuallyDrop<Isolate>,
    state: *mut InterpreterState,
    main: *mut ThreadExtension,
}

// SAFETY: state and thread are reached only through the isolate's token.
unsafe impl Send for Interpreter {}

impl Interpreter {
    /// An interpreter with `builtins`, `sys` and the import system in place.
    pub fn new(setup: Setup) -> Interpreter {
        pvm_compiler::recursion::set_stop_check(pvm_object::heap::is_told_to_stop);
        let main = Box::into_raw(Box::new(ThreadExtension::new(RECURSION_LIMIT)));
        let threads = Threads::default();
        threads.add(main);
        let state = Box::into_raw(Box::new(InterpreterState {
            main: Cell::new(main),
            restricted: Cell::new(false),
            import_lock: RLock::new(),
            threads,
            setup,
            modules: OnceCell::new(),
            builtins: OnceCell::new(),
            sys: OnceCell::new(),
            ended: Cell::new(false),
            original_builtins: UnsafeCell::new(None),
            import: UnsafeCell::new(None),
            importlib: UnsafeCell::new(None),
            signal_handlers: UnsafeCell::new(vec![None; 65]),
            recursion_limit: Cell::new(RECURSION_LIMIT),
            monitoring: crate::monitoring::Monitoring::default(),
            import_times: crate::import::times::ImportTimes::default(),
            audit_hooks: UnsafeCell::new(Vec::new()),
            dependents: Rc::default(),
            dlopen_flags: Cell::new(libc::RTLD_NOW),
            first_path: OnceCell::new(),
        }));
        let isolate = ManuallyDrop::new(Isolate::new(&HOOKS));
        let interpreter = Interpreter { isolate, state, main };
        let (state_address, main_address) = (state as usize, main as usize);
        interpreter.isolate.enter(|vm| {
            vm.heap_state().set_extension(state_address as *mut ());
            vm.thread().set_extension(main_address as *mut ());
        });
        interpreter
    }

    /// The way to the interpreter for other threads.
    pub fn remote(&self) -> &Arc<Remote> {
        self.isolate.heap().remote()
    }

    /// Runs `body` with the token on the calling thread.
    pub fn enter<R: Send>(&self, body: impl FnOnce(&mut Vm) -> R + Send) -> R {
        self.isolate.enter(|vm| {
            crate::thread::begin(vm, crate::threads::ident());
            body(vm)
        })
    }
}

impl Interpreter {
    /// Ends the interpreter of a process that is about to exit: what nobody could notice is left to the system.
    pub fn end_with_process(self) {
        self.stop_threads();
        if self.isolate.enter(crate::shutdown::is_silent) {
            std::mem::forget(self);
        }
    }

    fn stop_threads(&self) {
        self.isolate.enter(|vm| state(vm).threads.finalize());
        self.isolate.stop_other_threads();
    }
}

impl Drop for Interpreter {
    fn drop(&mut self) {
        let address = self.state as usize;
        self.stop_threads();
        self.isolate.enter(|vm| {
            crate::signals::disarm(vm);
            crate::shutdown::clear_modules(vm);
            crate::signals::uninstall(vm);
            crate::threads::start::end(vm);
            state(vm).threads.clear();
            // SAFETY: no code runs any more that could reach the state.
            unsafe { (*(address as *mut InterpreterState)).clear() };
            vm.collect();
        });
        // SAFETY: the heap ends first, for its end may still reach the state and the main thread; nothing else refers to them:
        // threads that are left wait for a lock that is closed for good.
        unsafe {
            ManuallyDrop::drop(&mut self.isolate);
            drop(Box::from_raw(self.state));
            drop(Box::from_raw(self.main));
        }
    }
}

static HOOKS: Hooks = Hooks {
    call_function: crate::call::call_function,
    import: |vm, name| crate::import::import_module(vm, name),
    warn: crate::warnings::warn,
    unraisable: crate::unraisable::report,
    serve_requests: crate::requests::serve,
    current_global: |vm, name| crate::frame_object::current(vm)?.globals().get_str(name, vm),
    super_arguments: crate::object_hooks::super_arguments,
    builtins_of: crate::functions::builtins_of,
    current_builtins: crate::object_hooks::current_builtins,
    new_code: crate::codes::from_raw,
    shapes_outdated: crate::dependents::outdated,
    audit: crate::audit::event,
    adaptive_code: crate::object_hooks::adaptive_code,
    first_path: |vm| state(vm).first_path.get().cloned(),
    trace_roots: crate::roots::trace,
};
