//! `print`, `input` and `breakpoint`.

use pvm_macros::pymodule;

#[pymodule(name = "builtins")]
mod functions {
    use pvm_macros::pyfunction;
    use pvm_object::str::Str;
    use pvm_object::{Args, PyResult, Value, Vm, names};

    use crate::interpreter::state;

    fn sys_attr(vm: &mut Vm, name: &pvm_object::Object<Str>) -> Option<Value> {
        let sys = state(vm).sys_dict(vm);
        sys.get_str(name, vm)
    }

    fn separator(vm: &mut Vm, name: &str, value: Option<Value>) -> PyResult<Option<Value>> {
        match value {
            None => Ok(None),
            Some(value) if value.is_none() => Ok(None),
            Some(value) if value.is_instance_of::<Str>() => Ok(Some(value)),
            Some(value) => {
                let kind = vm.type_name(&value);
                Err(vm.type_error(format_args!("{name} must be None or a string, not {kind}")))
            }
        }
    }

    /// Call sys.breakpointhook(*args, **kws).
    ///
    /// sys.breakpointhook() must accept whatever arguments are passed.
    ///
    /// By default, this drops you into the pdb debugger.
    #[pyfunction]
    #[text_signature = "($module, /, *args, **kws)"]
    fn breakpoint(vm: &mut Vm, args: Args<'_>) -> PyResult {
        match crate::sys::get(vm, "breakpointhook") {
            Some(hook) => {
                crate::audit::event(vm, "builtins.breakpoint", std::slice::from_ref(&hook))?;
                vm.call_args(&hook, args)
            }
            None => Err(vm.runtime_error(format_args!("lost sys.breakpointhook"))),
        }
    }

    /// Prints the values to a stream, or to sys.stdout by default.
    ///
    /// sep
    ///   string inserted between values, default a space.
    /// end
    ///   string appended after the last value, default a newline.
    /// file
    ///   a file-like object (stream); defaults to the current sys.stdout.
    /// flush
    ///   whether to forcibly flush the stream.
    #[pyfunction]
    #[text_signature = "($module, /, *args, sep=' ', end='\\n', file=None, flush=False)"]
    fn print(vm: &mut Vm, args: Args<'_>) -> PyResult<()> {
        let (mut sep, mut end, mut file, mut flush) = (None, None, None, false);
        for (name, value) in args.keywords() {
            match &*name.to_string_lossy() {
                "sep" => sep = Some(value.to_owned()),
                "end" => end = Some(value.to_owned()),
                "file" => file = (!value.is_none()).then(|| value.to_owned()),
                "flush" => flush = vm.truth(&value)?,
                _ => return Err(vm.unexpected_keyword(&"print", name, ["sep", "end", "file", "flush"])),
            }
        }
        let (sep, end) = (separator(vm, "sep", sep)?, separator(vm, "end", end)?);
        let file = match file {
            Some(file) => file,
            None => match sys_attr(vm, &names::stdout) {
                Some(file) if file.is_none() => return Ok(()),
                Some(file) => file,
                None => return Err(vm.runtime_error(format_args!("lost sys.stdout"))),
            },
        };
        let write = vm.getattr(&file, &names::write)?;
        for (index, value) in args.iter().enumerate() {
            if index > 0 {
                let sep = match &sep {
                    Some(sep) => sep.clone(),
                    None => vm.new_str(" ").into(),
                };
                vm.call(&write, &[sep])?;
            }
            let text = vm.str(&value)?;
            vm.call(&write, &[text.into()])?;
        }
        let end = match end {
            Some(end) => end,
            None => vm.new_str("\n").into(),
        };
        vm.call(&write, &[end])?;
        if flush {
            vm.call_method(&file, &names::flush, &[])?;
        }
        Ok(())
    }

    /// Read a string from standard input.  The trailing newline is stripped.
    ///
    /// The prompt string, if given, is printed to standard output without a
    /// trailing newline before reading input.
    ///
    /// If the user hits EOF (*nix: Ctrl-D, Windows: Ctrl-Z+Return), raise EOFError.
    /// On *nix systems, readline is used if available.
    #[pyfunction]
    #[signature = "(prompt='', /)"]
    fn input(vm: &mut Vm, prompt: Option<&Value>) -> PyResult {
        for (name, text) in [(&names::stderr, "stderr"), (&names::stdin, "stdin"), (&names::stdout, "stdout")] {
            if sys_attr(vm, name).is_none_or(|stream| stream.is_none()) {
                return Err(vm.runtime_error(format_args!("input(): lost sys.{text}")));
            }
        }
        crate::audit::event(vm, "builtins.input", &[prompt.cloned().unwrap_or_else(Value::none)])?;
        let (stdin, stdout) = (sys_attr(vm, &names::stdin).expect("checked"), sys_attr(vm, &names::stdout).expect("checked"));
        if let Some(prompt) = prompt {
            let text = vm.str(prompt)?;
            vm.call_method(&stdout, &names::write, &[text.into()])?;
        }
        // What cannot flush need not.
        if let Err(raised) = vm.call_method(&stdout, &names::flush, &[]) {
            drop(vm.catch(raised));
        }
        let line = vm.call_method(&stdin, &names::readline, &[])?;
        let Some(line) = line.downcast::<Str>() else {
            return Err(vm.type_error(format_args!("input() should return a string")));
        };
        if line.is_empty() {
            return Err(vm.eof_error(format_args!("EOF when reading a line")));
        }
        let len = line.len();
        let keep = if line.view().last() == Some('\n' as u32) { len - 1 } else { len };
        Ok(vm.try_str_from_view(line.view().slice(0..keep))?.into())
    }
}

pub(super) use functions::MODULE;
