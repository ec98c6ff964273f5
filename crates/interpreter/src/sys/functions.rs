//! The functions of `sys`.

use pvm_macros::pymodule;

#[pymodule(name = "sys")]
mod sys {
    use pvm_macros::pyfunction;
    use pvm_object::exceptions::{self, BaseException};
    use pvm_object::str::Str;
    use pvm_object::{Args, PyResult, Value, Vm, names};

    use crate::interpreter::state;
    use crate::thread::extension;

    /// Exit the interpreter by raising SystemExit(status).
    ///
    /// If the status is omitted or None, it defaults to zero (i.e., success).
    /// If the status is an integer, it will be used as the system exit status.
    /// If it is another kind of object, it will be printed and the system
    /// exit status will be one (i.e., failure).
    #[pyfunction]
    #[signature = "(status=None, /)"]
    fn exit(vm: &mut Vm, status: Option<Value>) -> PyResult {
        let class = exceptions::SYSTEM_EXIT.to_value();
        let args: Vec<Value> = status.into_iter().collect();
        let exception = vm.call(&class, &args)?;
        match exception.downcast_into::<BaseException>() {
            Ok(exception) => Err(vm.raise(exception)),
            Err(_) => Err(vm.system_error(format_args!("SystemExit made something else"))),
        }
    }

    /// Return current exception information: (type, value, traceback).
    #[pyfunction]
    fn exc_info(vm: &mut Vm) -> Value {
        let parts = match vm.thread().handled() {
            Some(exception) => {
                let traceback = exception.traceback(vm).unwrap_or_else(Value::none);
                vec![exception.ty().to_value(), exception.into(), traceback]
            }
            None => vec![Value::none(), Value::none(), Value::none()],
        };
        vm.new_tuple(parts).into()
    }

    /// Return the current exception.
    #[pyfunction]
    fn exception(vm: &mut Vm) -> Value {
        vm.thread().handled().map_or_else(Value::none, Value::from)
    }

    /// Return a frame object from the call stack.
    ///
    /// If optional integer depth is given, return the frame object that many
    /// calls below the top of the stack.
    #[pyfunction]
    #[signature = "(depth=0, /)"]
    fn _getframe(vm: &mut Vm, depth: i32) -> PyResult {
        let mut frame = extension(vm).frame.get();
        for _ in 0..depth.max(0) {
            if frame.is_null() {
                break;
            }
            // SAFETY: frames below the running one are live.
            frame = unsafe { (*frame).previous };
        }
        if frame.is_null() {
            return Err(vm.value_error(format_args!("call stack is not deep enough")));
        }
        // SAFETY: a live frame.
        Ok(unsafe { crate::frame_object::of(vm, frame) }.into())
    }

    /// Return the name of the module for a calling frame.
    #[pyfunction]
    #[signature = "(depth=0)"]
    fn _getframemodulename(vm: &mut Vm, depth: i32) -> PyResult {
        let mut frame = extension(vm).frame.get();
        for _ in 0..depth.max(0) {
            if frame.is_null() {
                return Ok(Value::none());
            }
            // SAFETY: frames below the running one are live.
            frame = unsafe { (*frame).previous };
        }
        if frame.is_null() {
            return Ok(Value::none());
        }
        // SAFETY: a live frame.
        Ok(unsafe { (*frame).function() }.module.get(vm))
    }

    /// ``Intern'' the given string.
    #[pyfunction]
    #[signature = "(string, /)"]
    fn intern(vm: &mut Vm, string: &Value) -> PyResult {
        match string.downcast_exact::<Str>() {
            Some(string) => Ok(vm.intern_str(string).into()),
            None => {
                let kind = vm.type_name(string);
                Err(vm.type_error(format_args!("can't intern {kind}")))
            }
        }
    }

    /// Return the current value of the recursion limit.
    #[pyfunction]
    fn getrecursionlimit(vm: &mut Vm) -> u32 {
        state(vm).recursion_limit()
    }

    /// Set the maximum depth of the Python interpreter stack to n.
    #[pyfunction]
    #[signature = "(limit, /)"]
    fn setrecursionlimit(vm: &mut Vm, limit: i32) -> PyResult<()> {
        if limit < 1 {
            return Err(vm.value_error(format_args!("recursion limit must be greater or equal than 1")));
        }
        let (old, left) = (state(vm).recursion_limit() as i32, extension(vm).depth_left.get());
        let depth = old - left;
        if depth >= limit {
            return Err(vm.recursion_error(format_args!(
                "cannot set the recursion limit to {limit} at the recursion depth {depth}: the limit is too low"
            )));
        }
        extension(vm).depth_left.set(limit - depth);
        state(vm).set_recursion_limit(limit as u32);
        Ok(())
    }

    /// Return the current string encoding used by the Unicode implementation.
    #[pyfunction]
    fn getdefaultencoding() -> &'static str {
        "utf-8"
    }

    /// Return the encoding used to convert Unicode filenames to OS filenames.
    #[pyfunction]
    fn getfilesystemencoding() -> &'static str {
        "utf-8"
    }

    /// Return the error mode used Unicode to OS filename conversion.
    #[pyfunction]
    fn getfilesystemencodeerrors() -> &'static str {
        "surrogateescape"
    }

    /// Set a finalizer for async generators objects.
    #[pyfunction]
    #[signature = "(firstiter=<unrepresentable>, finalizer=<unrepresentable>)"]
    #[text_signature = ""]
    fn set_asyncgen_hooks(vm: &mut Vm, firstiter: Option<Value>, finalizer: Option<Value>) -> PyResult<()> {
        let thread = extension(vm);
        let (mut first, mut last) = thread.async_generator_hooks();
        for (name, given, place) in [("firstiter", firstiter, &mut first), ("finalizer", finalizer, &mut last)] {
            let Some(given) = given else { continue };
            if !given.is_none() && given.ty().slots().call().is_none() {
                let kind = vm.type_name(&given);
                return Err(vm.type_error(format_args!("callable {name} expected, got {kind}")));
            }
            *place = (!given.is_none()).then_some(given);
        }
        thread.set_async_generator_hooks(first, last);
        Ok(())
    }

    /// Return the installed asynchronous generators hooks.
    #[pyfunction]
    fn get_asyncgen_hooks(vm: &mut Vm) -> PyResult {
        let (first, last) = extension(vm).async_generator_hooks();
        let items = [first, last].map(|hook| hook.unwrap_or_else(Value::none));
        Ok(crate::sys::records::ASYNCGEN_HOOKS.make(vm, items.into())?.into())
    }

    /// Private function for getting PyConfig.cpu_count
    #[pyfunction]
    fn _get_cpu_count_config() -> i32 {
        -1
    }

    /// Return True if Python is exiting.
    #[pyfunction]
    fn is_finalizing() -> bool {
        false
    }

    /// Return the reference count of object.
    #[pyfunction]
    fn getrefcount(object: &Value) -> u32 {
        object.header().map_or(u32::MAX, |header| header.count())
    }

    /// Return the size of object in bytes.
    #[pyfunction]
    #[signature = "(object, default=<unrepresentable>)"]
    #[text_signature = ""]
    fn getsizeof(vm: &mut Vm, object: &Value, default: Option<Value>) -> PyResult {
        let size = vm.call_special(object, &names::__sizeof__, &[]);
        match (vm.ok_unless(size, exceptions::TYPE_ERROR.get())?.flatten(), default) {
            (Some(size), _) => Ok(size),
            (None, Some(default)) => Ok(default),
            (None, None) => {
                let kind = vm.type_name(object);
                Err(vm.type_error(format_args!("Type {kind} doesn't define __sizeof__")))
            }
        }
    }

    /// Print an object to sys.stdout and also save it in builtins._
    #[pyfunction]
    fn displayhook(vm: &mut Vm, object: &Value) -> PyResult<()> {
        if object.is_none() {
            return Ok(());
        }
        let (builtins, underscore) = (state(vm).builtins_ref(vm), vm.intern("_"));
        builtins.set_str(&underscore, Value::none(), vm)?;
        let text = vm.repr(object)?;
        let Some(stdout) = crate::sys::get(vm, "stdout").filter(|stdout| !stdout.is_none()) else {
            return Err(vm.runtime_error(format_args!("lost sys.stdout")));
        };
        vm.call_method(&stdout, &names::write, &[text.into()])?;
        let newline = vm.new_str("\n");
        vm.call_method(&stdout, &names::write, &[newline.into()])?;
        builtins.set_str(&underscore, object.clone(), vm)
    }

    /// Handle an exception by displaying it with a traceback on sys.stderr.
    #[pyfunction]
    #[signature = "(exctype, value, traceback, /)"]
    fn excepthook(vm: &mut Vm, exctype: &Value, value: &Value, traceback: &Value) -> PyResult<()> {
        let _ = exctype;
        let Some(exception) = value.downcast::<BaseException>() else {
            let kind = vm.type_name(value);
            return Err(vm.type_error(format_args!("print_exception(): Exception expected for value, {kind} found")));
        };
        let exception = exception.to_ref();
        if !traceback.is_none() && exception.traceback(vm).is_none() {
            exception.set_traceback(Some(traceback.clone()), vm);
        }
        crate::display::print_exception(vm, &exception);
        Ok(())
    }

    /// Passes the event to any hooks that are attached.
    #[pyfunction]
    fn audit(args: Args<'_>) {
        let _ = args;
    }

    /// Return the tracing function set with sys.settrace.
    #[pyfunction]
    fn gettrace() -> Option<Value> {
        None
    }

    /// Return the profiling function set with sys.setprofile.
    #[pyfunction]
    fn getprofile() -> Option<Value> {
        None
    }

    /// Return the thread switch interval in seconds.
    #[pyfunction]
    fn getswitchinterval() -> f64 {
        0.005
    }

    /// Return the maximum string digits limit for non-binary int<->str conversions.
    #[pyfunction]
    fn get_int_max_str_digits(vm: &mut Vm) -> i64 {
        vm.int_max_str_digits() as i64
    }

    /// Handle an unraisable exception.
    #[pyfunction]
    fn unraisablehook(vm: &mut Vm, unraisable: &Value) -> PyResult<()> {
        let name = vm.intern("exc_value");
        let exception = vm.getattr(unraisable, &name)?;
        if let Some(exception) = exception.downcast::<BaseException>() {
            let exception = exception.to_ref();
            crate::unraisable::report(vm, exception, None, None);
        }
        Ok(())
    }
}

pub(super) use sys::MODULE;
