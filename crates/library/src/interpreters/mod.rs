//! `_interpreters` and `_interpqueues`: interpreters that programs make, each with a heap of its own, and what goes between
//! them.
//!
//! | file | what |
//! |---|---|
//! | `family.rs` | the interpreters that come from one, and what they share |
//! | `transport.rs` | values on their way, as pickles; calls in another interpreter |
//! | `queues.rs` | `_interpqueues` |
//! | this one | `_interpreters` |

mod family;
pub mod queues;
mod transport;

#[pvm_macros::pymodule(name = "_interpreters")]
pub mod native {
    //! This module provides primitive operations to manage Python interpreters.
    //! The 'interpreters' module provides a more convenient interface.
    use std::sync::atomic::{AtomicUsize, Ordering};

    use pvm_macros::pyfunction;
    use pvm_object::dict::Dict;
    use pvm_object::tuple::Tuple;
    use pvm_object::{PyResult, Ref, Value, Vm};

    use super::family::{self, class, error, find, member};
    use super::transport::{self, Outcome};

    #[constant]
    const WHENCE_UNKNOWN: i64 = 0;
    #[constant]
    const WHENCE_RUNTIME: i64 = 1;
    #[constant]
    const WHENCE_LEGACY_CAPI: i64 = 2;
    #[constant]
    const WHENCE_CAPI: i64 = 3;
    #[constant]
    const WHENCE_XI: i64 = 4;
    #[constant]
    const WHENCE_STDLIB: i64 = 5;

    /// Create a new interpreter and return a unique generated ID.
    ///
    /// The caller is responsible for destroying the interpreter before exiting,
    /// typically by using _interpreters.destroy().  This can be managed
    /// automatically by passing "reqrefs=True" and then using _incref() and
    /// _decref() appropriately.
    #[pyfunction]
    #[signature = "(config='isolated', *, reqrefs=False)"]
    fn create(vm: &mut Vm, _config: Option<&Value>, _reqrefs: bool) -> PyResult<i64> {
        family::create(vm)
    }

    /// Destroy the identified interpreter.
    ///
    /// Attempting to destroy the current interpreter raises InterpreterError.
    /// So does an unrecognized ID.
    #[pyfunction]
    #[signature = "(id, *, restrict=False)"]
    fn destroy(vm: &mut Vm, id: i64, _restrict: bool) -> PyResult<()> {
        family::destroy(vm, id)
    }

    /// Return a list containing the ID of every existing interpreter.
    #[pyfunction]
    #[signature = "(*, require_ready=False)"]
    fn list_all(vm: &mut Vm, _require_ready: bool) -> PyResult {
        let numbers: Vec<i64> = member(vm).family.shared().children.keys().copied().collect();
        let mut entries = vec![entry(vm, 0)?.into()];
        for number in numbers {
            entries.push(entry(vm, number)?.into());
        }
        Ok(vm.try_list(entries)?.into())
    }

    /// A number, and where its interpreter comes from.
    fn entry(vm: &mut Vm, number: i64) -> PyResult<Ref<Tuple>> {
        let whence = if number == 0 { WHENCE_RUNTIME } else { WHENCE_STDLIB };
        let pair = [vm.int(number), vm.int(whence)];
        Ok(vm.try_tuple(pair)?)
    }

    /// Return (ID, whence) of the current interpreter.
    #[pyfunction]
    fn get_current(vm: &mut Vm) -> PyResult<Ref<Tuple>> {
        let number = member(vm).number;
        entry(vm, number)
    }

    /// Return (ID, whence) of the main interpreter.
    #[pyfunction]
    fn get_main(vm: &mut Vm) -> PyResult<Ref<Tuple>> {
        entry(vm, 0)
    }

    /// Return an identifier for where the interpreter was created.
    #[pyfunction]
    #[signature = "(id)"]
    fn whence(vm: &mut Vm, id: i64) -> PyResult<i64> {
        if id == 0 {
            return Ok(WHENCE_RUNTIME);
        }
        find(vm, id)?;
        Ok(WHENCE_STDLIB)
    }

    /// Return whether or not the identified interpreter is running.
    #[pyfunction]
    #[signature = "(id, *, restrict=False)"]
    fn is_running(vm: &mut Vm, id: i64, _restrict: bool) -> PyResult<bool> {
        if id == 0 || id == member(vm).number {
            return Ok(true);
        }
        let child = find(vm, id)?;
        Ok(child.interpreter.try_lock().is_err())
    }

    #[pyfunction]
    #[signature = "(id, *, implieslink=False, restrict=False)"]
    fn incref(vm: &mut Vm, id: i64, _implieslink: bool, _restrict: bool) -> PyResult<()> {
        if id != 0 {
            find(vm, id)?.references.fetch_add(1, Ordering::Relaxed);
        }
        Ok(())
    }

    #[pyfunction]
    #[signature = "(id, *, restrict=False)"]
    fn decref(vm: &mut Vm, id: i64, _restrict: bool) -> PyResult<()> {
        if id == 0 {
            return Ok(());
        }
        let left = find(vm, id)?.references.fetch_sub(1, Ordering::Relaxed) - 1;
        if left <= 0 && id != member(vm).number {
            return family::destroy(vm, id);
        }
        Ok(())
    }

    /// Return True if the object's data may be shared between interpreters and False otherwise.
    #[pyfunction]
    #[signature = "(obj)"]
    fn is_shareable(obj: &Value) -> bool {
        transport::is_shareable(obj)
    }

    /// Return a snapshot of an exception.
    ///
    /// If "exc" is None then the current exception, if any, is used (but not cleared).
    #[pyfunction]
    #[signature = "(exc=None)"]
    fn capture_exception(vm: &mut Vm, exc: Option<&Value>) -> PyResult {
        let exception = match exc {
            Some(exc) => match exc.as_exception() {
                Some(exception) => exception.to_ref(),
                None => return Err(vm.type_error(format_args!("expected exception, got '{}'", exc.ty().name()))),
            },
            None => match vm.thread().handled() {
                Some(exception) => exception.to_ref(),
                None => return Ok(Value::none()),
            },
        };
        let texts = transport::describe(vm, &exception);
        transport::explain(vm, &texts)
    }

    /// What a run ended with, as the functions below return it: the result, and what tells of an exception.
    fn finish(vm: &mut Vm, outcome: Outcome) -> PyResult<(Value, Value)> {
        match outcome {
            Outcome::Result(parcel) => Ok((transport::unpack(vm, &parcel)?, Value::none())),
            Outcome::Failed(texts) => Ok((Value::none(), transport::explain(vm, &texts)?)),
            Outcome::NotShareable(reason) => Err(error(vm, "NotShareableError", &reason)),
        }
    }

    /// The interpreter that a function may run something in.
    fn idle(vm: &mut Vm, id: i64) -> PyResult<std::sync::Arc<family::Child>> {
        match id == 0 || id == member(vm).number {
            true => Err(error(vm, "InterpreterError", "interpreter already running")),
            false => find(vm, id),
        }
    }

    /// Bind the given attributes in the interpreter's __main__ module.
    #[pyfunction]
    #[signature = "(id, ns, *, restrict=False)"]
    fn set___main___attrs(vm: &mut Vm, id: i64, ns: &Value, _restrict: bool) -> PyResult<()> {
        let child = idle(vm, id)?;
        if !ns.is_instance_of::<Dict>() {
            return Err(vm.type_error(format_args!("expected a dict 'ns'")));
        }
        let parcel = transport::share(vm, ns)?;
        let outcome = transport::run_in(vm, &child, move |vm| {
            let updates = transport::unpack(vm, &parcel)?;
            let main: Value = pvm_interpreter::start::main_module(vm)?.into();
            let name = vm.intern("__dict__");
            let namespace = vm.getattr(&main, &name)?;
            let name = vm.intern("update");
            vm.call_method(&namespace, &name, &[updates])
        })?;
        match outcome {
            Outcome::Result(_) => Ok(()),
            Outcome::Failed([.., line, _]) | Outcome::NotShareable(line) => Err(error(vm, "NotShareableError", &line)),
        }
    }

    /// Runs a script, after it has bound what is shared.
    fn run(vm: &mut Vm, id: i64, code: &Value, shared: Option<&Value>, wanted: &str) -> PyResult {
        let child = idle(vm, id)?;
        let Some(script) = transport::script_of(vm, code)? else {
            let kind = vm.type_name(code);
            return Err(vm.type_error(format_args!("{wanted}, got {kind}")));
        };
        if let Some(shared) = shared {
            set___main___attrs(vm, id, shared, false)?;
        }
        let outcome = transport::run_in(vm, &child, move |vm| transport::run_script(vm, &script))?;
        Ok(finish(vm, outcome)?.1)
    }

    /// Execute the provided code in the identified interpreter.
    ///
    /// This is equivalent to running the builtin exec() under the target
    /// interpreter, using the __dict__ of its __main__ module as both
    /// globals and locals.
    ///
    /// "code" may be a string containing the text of a Python script, or a
    /// function (or code object) without arguments.
    #[pyfunction]
    #[signature = "(id, code, shared=None, *, restrict=False)"]
    fn exec(vm: &mut Vm, id: i64, code: &Value, shared: Option<&Value>, _restrict: bool) -> PyResult {
        run(vm, id, code, shared, "exec() argument 2 must be a string, a function, or a code object")
    }

    /// Execute the provided string in the identified interpreter.
    #[pyfunction]
    #[signature = "(id, script, shared=None, *, restrict=False)"]
    fn run_string(vm: &mut Vm, id: i64, script: &Value, shared: Option<&Value>, _restrict: bool) -> PyResult {
        run(vm, id, script, shared, "run_string() argument 2 must be a string")
    }

    /// Execute the body of the provided function in the identified interpreter.
    #[pyfunction]
    #[signature = "(id, func, shared=None, *, restrict=False)"]
    fn run_func(vm: &mut Vm, id: i64, func: &Value, shared: Option<&Value>, _restrict: bool) -> PyResult {
        run(vm, id, func, shared, "run_func() argument 2 must be a function or a code object")
    }

    /// Call the provided object in the identified interpreter.
    ///
    /// Pass the given args and kwargs, if possible.
    #[pyfunction]
    #[signature = "(id, callable, args=None, kwargs=None, *, preserve_exc=False, restrict=False)"]
    fn call(
        vm: &mut Vm,
        id: i64,
        callable: &Value,
        args: Option<Value>,
        kwargs: Option<Value>,
        _preserve_exc: bool,
        _restrict: bool,
    ) -> PyResult<(Value, Value)> {
        let child = idle(vm, id)?;
        let args = args.unwrap_or_else(|| pvm_object::tuple::empty().to_value());
        let kwargs = match kwargs {
            Some(kwargs) => kwargs,
            None => vm.new_dict().into(),
        };
        let parcels = [transport::share(vm, callable)?, transport::share(vm, &args)?, transport::share(vm, &kwargs)?];
        let arrived = std::sync::Arc::new(AtomicUsize::new(0));
        let arrival = std::sync::Arc::clone(&arrived);
        let outcome = transport::run_in(vm, &child, move |vm| {
            let mut parts = Vec::with_capacity(parcels.len());
            for parcel in &parcels {
                parts.push(transport::unpack(vm, parcel)?);
                arrival.fetch_add(1, Ordering::Relaxed);
            }
            let [function, args, kwargs] = parts.as_slice() else { return Ok(Value::none()) };
            let positional = vm.tuple_of(args)?;
            let Some(keywords) = kwargs.downcast::<Dict>() else {
                return vm.call(function, positional.as_slice());
            };
            let items = keywords.str_items(vm);
            let mut values = positional.as_slice().to_vec();
            let names = items.iter().map(|(name, _)| name.clone().into()).collect();
            values.extend(items.into_iter().map(|(_, value)| value));
            let names = vm.new_tuple(names);
            vm.call_args(function, pvm_object::Args::with_keywords(&values, Some(&names)))
        })?;
        // What did not even arrive is no failure of the call.
        let lost = ["func", "args", "kwargs"].get(arrived.load(Ordering::Relaxed));
        match (outcome, lost) {
            (Outcome::Failed(_), Some(lost)) => {
                let raised = error(vm, "NotShareableError", "object could not be unpickled");
                let cause = vm.catch(raised);
                let raised = error(vm, "NotShareableError", &format!("{lost} not shareable"));
                let exception = vm.catch(raised);
                exception.set_cause(Some(cause), vm);
                Err(vm.reraise(exception))
            }
            (outcome, _) => finish(vm, outcome),
        }
    }

    /// Ends all interpreters that are left.
    #[pyfunction]
    fn _destroy_all(vm: &mut Vm) -> PyResult<()> {
        family::destroy_all(vm)
    }

    #[init]
    fn init(vm: &mut Vm, module: &Value) -> PyResult<()> {
        for name in ["InterpreterError", "InterpreterNotFoundError", "NotShareableError"] {
            let made = class(vm, name)?;
            crate::constants::set(vm, module, name, &made)?;
        }
        let (register, destroy) = (vm.intern("register"), vm.intern("_destroy_all"));
        let register = vm.import_attr("atexit", &register)?;
        let destroy = vm.getattr(module, &destroy)?;
        vm.call(&register, &[destroy])?;
        Ok(())
    }
}
