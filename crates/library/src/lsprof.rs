//! `_lsprof`: how often functions are called, and how long they take.

use std::cell::Cell;
use std::time::Instant;

use pvm_macros::{Trace, pyclass, pymethods};
use pvm_object::code::Code;
use pvm_object::descriptors::builtin_function::NativeFunction;
use pvm_object::descriptors::native_method::NativeMethod;
use pvm_object::list::List;
use pvm_object::module::Module;
use pvm_object::{HeapCell, HeapVec, Object, PyResult, Ref, Value, Vm, names, struct_sequence};

struct_sequence! {
    pub PROFILER_ENTRY = "profiler_entry" in "_lsprof", visible: 6, {
        code: Some("code object or built-in function name"),
        callcount: Some("how many times this was called"),
        reccallcount: Some("how many times called recursively"),
        totaltime: Some("total time in this entry"),
        inlinetime: Some("inline time in this entry (not in subcalls)"),
        calls: Some("details of the calls"),
    }
}

struct_sequence! {
    pub PROFILER_SUBENTRY = "profiler_subentry" in "_lsprof", visible: 5, {
        code: Some("called code object or built-in function name"),
        callcount: Some("how many times this is called"),
        reccallcount: Some("how many times this is called recursively"),
        totaltime: Some("total time spent in this call"),
        inlinetime: Some("inline time (not in further subcalls)"),
    }
}

/// The number that profilers have among the tools of `sys.monitoring`.
const TOOL: i32 = 2;

/// What is known of the calls of a function, or of those from one function to another.
#[derive(Clone, Copy, Default)]
struct Count {
    total: i64,
    inline: i64,
    calls: u64,
    recursive: u64,
    level: u64,
}

/// A function.
#[derive(Trace)]
struct Entry {
    /// A code object, or the name of a native function.
    what: Value,
    #[trace(skip)]
    count: Count,
    /// The functions that it called, by their places.
    #[trace(skip)]
    called: Vec<(usize, Count)>,
}

/// A call that goes on.
#[derive(Clone, Copy)]
struct Running {
    start: i64,
    within: i64,
    entry: usize,
}

/// What was collected.
#[derive(Trace, Default)]
struct Collected {
    entries: Vec<Entry>,
    /// Places of the entries, by what identifies a function.
    #[trace(skip)]
    places: std::collections::HashMap<usize, usize>,
    #[trace(skip)]
    running: Vec<Running>,
}

/// Profiler(timer=None, timeunit=0.0, subcalls=True, builtins=True)
/// --
///
/// Build a profiler object using the specified timer function.
///
/// The default timer is a fast built-in one based on real time.
/// For custom timer functions returning integers, 'timeunit' can
/// be a float specifying a scale (that is, how long each integer unit
/// is, in seconds).
#[pyclass(name = "Profiler", module = "_lsprof", dict, weakref)]
pub struct Profiler {
    collected: HeapCell<Collected>,
    timer: HeapCell<Option<Value>>,
    unit: Cell<f64>,
    begin: Instant,
    subcalls: Cell<bool>,
    builtins: Cell<bool>,
    enabled: Cell<bool>,
    /// The timer is running, whose calls do not count.
    timing: Cell<bool>,
}

/// Callbacks of `sys.monitoring`: the event's name and the method's. Those of native calls come last.
const CALLBACKS: [(&str, &str); 9] = [
    ("PY_START", "_pystart_callback"),
    ("PY_RESUME", "_pystart_callback"),
    ("PY_THROW", "_pythrow_callback"),
    ("PY_RETURN", "_pyreturn_callback"),
    ("PY_YIELD", "_pyreturn_callback"),
    ("PY_UNWIND", "_pyreturn_callback"),
    ("CALL", "_ccall_callback"),
    ("C_RETURN", "_creturn_callback"),
    ("C_RAISE", "_creturn_callback"),
];
/// How many of them are about Python code. `C_RETURN` and `C_RAISE` come with `CALL`.
const OF_PYTHON: usize = 6;

/// `sys.monitoring`.
fn monitoring(vm: &mut Vm) -> PyResult {
    let name = vm.intern("monitoring");
    vm.import_attr("sys", &name)
}

fn call(vm: &mut Vm, object: &Value, method: &str, arguments: &[Value]) -> PyResult {
    let method = vm.intern(method);
    vm.call_method(object, &method, arguments)
}

impl Profiler {
    /// The time by the profiler's clock (`call_timer`).
    fn now(&self, vm: &mut Vm) -> i64 {
        let Some(timer) = self.timer.get(vm) else {
            return self.begin.elapsed().as_nanos() as i64;
        };
        self.timing.set(true);
        let result = vm.call(&timer, &[]);
        self.timing.set(false);
        let number = result.and_then(|time| match self.unit.get() > 0.0 {
            true => vm.index_isize(&time).map(|number| number as i64),
            // Seconds, in the finest steps that a word has room for.
            false => vm.to_float(&time).map(|seconds| (seconds * SECOND) as i64),
        });
        match number {
            Ok(number) => number,
            Err(raised) => {
                let shown = vm.repr(&timer).map(|text| text.to_string());
                let text = match shown {
                    Ok(shown) => format!("Exception ignored while calling _lsprof timer {shown}"),
                    Err(other) => {
                        drop(vm.catch(other));
                        "Exception ignored while calling _lsprof timer".to_owned()
                    }
                };
                vm.report_unraisable(raised, Some(&text), None);
                0
            }
        }
    }

    /// What the clock's numbers are to be multiplied by.
    fn factor(&self, vm: &Vm) -> f64 {
        match (self.timer.borrow(vm).is_some(), self.unit.get()) {
            (false, _) => 1e-9,
            (true, unit) if unit > 0.0 => unit,
            (true, _) => 1.0 / SECOND,
        }
    }

    /// The entry of a function.
    fn entry(&self, vm: &mut Vm, key: usize, what: impl FnOnce(&mut Vm) -> PyResult) -> PyResult<usize> {
        if let Some(&place) = self.collected.borrow(vm).places.get(&key) {
            return Ok(place);
        }
        let what = what(vm)?;
        let collected = self.collected.borrow_mut(vm);
        let place = collected.entries.len();
        collected.entries.push(Entry { what, count: Count::default(), called: Vec::new() });
        collected.places.insert(key, place);
        Ok(place)
    }

    /// A call begins (`initContext`).
    fn enter(&self, vm: &mut Vm, entry: usize) {
        let subcalls = self.subcalls.get();
        let collected = self.collected.borrow_mut(vm);
        collected.entries[entry].count.level += 1;
        if subcalls && let Some(caller) = collected.running.last() {
            let called = &mut collected.entries[caller.entry].called;
            match called.iter_mut().find(|(callee, _)| *callee == entry) {
                Some((_, count)) => count.level += 1,
                None => called.push((entry, Count { level: 1, ..Count::default() })),
            }
        }
        let place = collected.running.len();
        collected.running.push(Running { start: 0, within: 0, entry });
        let start = self.now(vm);
        if let Some(running) = self.collected.borrow_mut(vm).running.get_mut(place) {
            running.start = start;
        }
    }

    /// A call ends (`Stop`).
    fn leave(&self, vm: &mut Vm, entry: Option<usize>) {
        let now = self.now(vm);
        let subcalls = self.subcalls.get();
        let collected = self.collected.borrow_mut(vm);
        let Some(running) = collected.running.pop() else { return };
        // A call that began before the profiler did has no start.
        let entry = entry.unwrap_or(running.entry);
        let total = now - running.start;
        let inline = total - running.within;
        if let Some(caller) = collected.running.last_mut() {
            caller.within += total;
        }
        let add = |count: &mut Count| {
            count.level = count.level.saturating_sub(1);
            match count.level {
                0 => count.total += total,
                _ => count.recursive += 1,
            }
            count.inline += inline;
            count.calls += 1;
        };
        add(&mut collected.entries[entry].count);
        if subcalls
            && let Some(caller) = collected.running.last().map(|caller| caller.entry)
            && let Some((_, count)) = collected.entries[caller].called.iter_mut().find(|(callee, _)| *callee == entry)
        {
            add(count);
        }
    }

    /// Calls that have not ended are none that count (`flush_unmatched`).
    fn end_all(&self, vm: &mut Vm) {
        while !self.collected.borrow(vm).running.is_empty() {
            self.leave(vm, None);
        }
    }

    fn enter_code(&self, vm: &mut Vm, code: &Value) -> PyResult<()> {
        if self.timing.get() || !code.is_instance_of::<Code>() {
            return Ok(());
        }
        let entry = self.entry(vm, code.bits() as usize, |_| Ok(code.clone()))?;
        self.enter(vm, entry);
        Ok(())
    }

    fn leave_key(&self, vm: &mut Vm, key: usize) {
        if self.timing.get() {
            return;
        }
        let entry = self.collected.borrow(vm).places.get(&key).copied();
        if entry.is_some() {
            self.leave(vm, entry);
        }
    }
}

/// Units of the clock in a second, where a timer tells seconds.
const SECOND: f64 = 1e9;

/// The native function that a call is one of, and what identifies it (`get_cfunc_from_callable`).
fn native_key(callable: &Value) -> Option<usize> {
    if let Some(function) = callable.downcast::<NativeFunction>() {
        return Some(std::ptr::from_ref(function.def()) as usize);
    }
    callable.downcast::<NativeMethod>().map(|method| std::ptr::from_ref(method.def()) as usize)
}

/// The name of a native function (`normalizeUserObj`).
fn native_name(vm: &mut Vm, callable: &Value) -> PyResult {
    let Some(function) = callable.downcast::<NativeFunction>() else {
        return Ok(vm.repr(callable)?.into());
    };
    let (name, receiver) = (function.def().name, function.receiver().clone());
    let of_module = receiver.is_none() || receiver.is_instance_of::<Module>();
    if of_module {
        let module = vm.find_attr(callable, &names::__module__)?;
        let shown = match module.as_ref().and_then(|module| module.downcast::<pvm_object::str::Str>()) {
            Some(module) => format!("<built-in method {module}.{name}>"),
            None => format!("<built-in method {name}>"),
        };
        return Ok(vm.try_str(&shown)?.into());
    }
    // A method: as its class shows it.
    let class = receiver.ty().to_value();
    let attribute = vm.intern(name);
    match vm.find_attr(&class, &attribute)? {
        Some(method) => Ok(vm.repr(&method)?.into()),
        None => {
            let kind = vm.type_name(&receiver);
            Ok(vm.try_str(&format!("<built-in method {name} of {kind} object>"))?.into())
        }
    }
}

#[pymethods]
impl Profiler {
    #[new]
    #[signature = "(*args, **kwargs)"]
    #[text_signature = ""]
    fn new(_args: pvm_object::Args<'_>) -> Profiler {
        Profiler {
            collected: HeapCell::default(),
            timer: HeapCell::new(None),
            unit: Cell::new(0.0),
            begin: Instant::now(),
            subcalls: Cell::new(true),
            builtins: Cell::new(true),
            enabled: Cell::new(false),
            timing: Cell::new(false),
        }
    }

    #[signature = "(timer=None, timeunit=0.0, subcalls=True, builtins=True)"]
    fn __init__(&self, vm: &mut Vm, timer: Option<&Value>, #[default(0.0)] timeunit: f64, subcalls: bool, builtins: bool) {
        self.timer.set(timer.cloned(), vm);
        self.unit.set(timeunit);
        self.subcalls.set(subcalls);
        self.builtins.set(builtins);
    }

    /// Start collecting profiling information.
    ///
    ///   subcalls
    ///     If True, also records for each function
    ///     statistics separated according to its current caller.
    ///   builtins
    ///     If True, records the time spent in
    ///     built-in functions separately from their caller.
    #[signature = "(subcalls=True, builtins=True)"]
    fn enable(this: &Object<Self>, vm: &mut Vm, subcalls: bool, builtins: bool) -> PyResult<()> {
        this.subcalls.set(subcalls);
        this.builtins.set(builtins);
        let monitoring = monitoring(vm)?;
        let tool = Value::from_i32(TOOL);
        let name = vm.intern("cProfile").into();
        call(vm, &monitoring, "use_tool_id", &[tool.clone(), name])?;
        let events = vm.intern("events");
        let events = vm.getattr(&monitoring, &events)?;
        let mut wanted = 0;
        let callbacks = if builtins { &CALLBACKS[..] } else { &CALLBACKS[..OF_PYTHON] };
        for &(event, callback) in callbacks {
            let (event_name, callback) = (vm.intern(event), vm.intern(callback));
            let number = vm.getattr(&events, &event_name)?;
            let callback = vm.getattr(&this.to_value(), &callback)?;
            call(vm, &monitoring, "register_callback", &[tool.clone(), number.clone(), callback])?;
            if !event.starts_with("C_") {
                wanted |= number.as_small_int().unwrap_or(0);
            }
        }
        let wanted = vm.int(wanted);
        call(vm, &monitoring, "set_events", &[tool, wanted])?;
        this.enabled.set(true);
        Ok(())
    }

    /// Stop collecting profiling information.
    fn disable(&self, vm: &mut Vm) -> PyResult<()> {
        if self.timing.get() {
            return Err(vm.runtime_error(format_args!("cannot disable profiler in external timer")));
        }
        if self.enabled.replace(false) {
            let monitoring = monitoring(vm)?;
            let tool = Value::from_i32(TOOL);
            let events = vm.intern("events");
            let events = vm.getattr(&monitoring, &events)?;
            for &(event, _) in if self.builtins.get() { &CALLBACKS[..] } else { &CALLBACKS[..OF_PYTHON] } {
                let event = vm.intern(event);
                let number = vm.getattr(&events, &event)?;
                call(vm, &monitoring, "register_callback", &[tool.clone(), number, Value::none()])?;
            }
            call(vm, &monitoring, "set_events", &[tool.clone(), Value::from_i32(0)])?;
            call(vm, &monitoring, "free_tool_id", &[tool])?;
            self.end_all(vm);
        }
        Ok(())
    }

    /// Clear all profiling information collected so far.
    fn clear(&self, vm: &mut Vm) -> PyResult<()> {
        if self.timing.get() {
            return Err(vm.runtime_error(format_args!("cannot clear profiler in external timer")));
        }
        drop(self.collected.replace(Collected::default(), vm));
        Ok(())
    }

    /// list of profiler_entry objects.
    ///
    /// getstats() -> list of profiler_entry objects
    ///
    /// Return all information collected by the profiler.
    /// Each profiler_entry is a tuple-like object with the
    /// following attributes:
    ///
    ///     code          code object
    ///     callcount     how many times this was called
    ///     reccallcount  how many times called recursively
    ///     totaltime     total time in this entry
    ///     inlinetime    inline time in this entry (not in subcalls)
    ///     calls         details of the calls
    ///
    /// The calls attribute is either None or a list of
    /// profiler_subentry objects:
    ///
    ///     code          called code object
    ///     callcount     how many times this is called
    ///     reccallcount  how many times this is called recursively
    ///     totaltime     total time spent in this call
    ///     inlinetime    inline time (not in further subcalls)
    fn getstats(&self, vm: &mut Vm) -> PyResult<Ref<List>> {
        let factor = self.factor(vm);
        let entries: Vec<(Value, Count, Vec<(usize, Count)>)> = {
            let collected = self.collected.borrow(vm);
            collected.entries.iter().map(|entry| (entry.what.clone(), entry.count, entry.called.clone())).collect()
        };
        let numbers = |vm: &mut Vm, what: &Value, count: &Count| {
            vec![
                what.clone(),
                vm.int(count.calls as i64),
                vm.int(count.recursive as i64),
                vm.float(count.total as f64 * factor),
                vm.float(count.inline as f64 * factor),
            ]
        };
        let mut stats = HeapVec::default();
        for (what, count, called) in &entries {
            if count.calls == 0 {
                continue;
            }
            let mut subentries = Vec::new();
            for (callee, count) in called.iter().filter(|(_, count)| count.calls > 0) {
                let items = numbers(vm, &entries[*callee].0, count);
                subentries.push(PROFILER_SUBENTRY.make(vm, items)?.into());
            }
            let mut items = numbers(vm, what, count);
            items.push(match subentries.is_empty() {
                true => Value::none(),
                false => vm.try_list(subentries)?.into(),
            });
            stats.push(PROFILER_ENTRY.make(vm, items)?.into())?;
        }
        Ok(vm.list_from(stats))
    }

    #[signature = "(code, instruction_offset, /)"]
    fn _pystart_callback(&self, vm: &mut Vm, code: &Value, _instruction_offset: &Value) -> PyResult<()> {
        self.enter_code(vm, code)
    }

    #[signature = "(code, instruction_offset, exception, /)"]
    fn _pythrow_callback(&self, vm: &mut Vm, code: &Value, _instruction_offset: &Value, _exception: &Value) -> PyResult<()> {
        self.enter_code(vm, code)
    }

    #[signature = "(code, instruction_offset, retval, /)"]
    fn _pyreturn_callback(&self, vm: &mut Vm, code: &Value, _instruction_offset: &Value, _retval: &Value) {
        self.leave_key(vm, code.bits() as usize);
    }

    #[signature = "(code, instruction_offset, callable, self_arg, /)"]
    fn _ccall_callback(
        &self,
        vm: &mut Vm,
        _code: &Value,
        _instruction_offset: &Value,
        callable: &Value,
        _self_arg: &Value,
    ) -> PyResult<()> {
        if self.builtins.get()
            && !self.timing.get()
            && let Some(key) = native_key(callable)
        {
            let entry = self.entry(vm, key, |vm| native_name(vm, callable))?;
            self.enter(vm, entry);
        }
        Ok(())
    }

    #[signature = "(code, instruction_offset, callable, self_arg, /)"]
    fn _creturn_callback(&self, vm: &mut Vm, _code: &Value, _instruction_offset: &Value, callable: &Value, _self_arg: &Value) {
        if self.builtins.get()
            && let Some(key) = native_key(callable)
        {
            self.leave_key(vm, key);
        }
    }
}

#[pvm_macros::pymodule(name = "_lsprof")]
pub mod native {
    //! Fast profiler
    use pvm_object::{PyResult, Value, Vm};

    use super::{PROFILER_ENTRY, PROFILER_SUBENTRY};
    use crate::constants::set;

    #[export]
    use super::Profiler;

    #[init]
    fn init(vm: &mut Vm, module: &Value) -> PyResult<()> {
        for (name, class) in [("profiler_entry", PROFILER_ENTRY.class), ("profiler_subentry", PROFILER_SUBENTRY.class)] {
            set(vm, module, name, &class.to_value())?;
        }
        Ok(())
    }
}
