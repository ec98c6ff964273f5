//! `sys.audit` and `sys.addaudithook`.

use pvm_macros::pymodule;

#[pymodule(name = "sys")]
mod hooks {
    use pvm_macros::pyfunction;
    use pvm_object::{Args, PyResult, Value, Vm, exceptions};

    use crate::audit as events;
    use crate::interpreter::state;

    /// Passes the event to any audit hooks that are attached.
    #[pyfunction]
    #[text_signature = "($module, event, /, *args)"]
    fn audit(vm: &mut Vm, args: Args<'_>) -> PyResult<()> {
        if args.has_keywords() {
            return Err(vm.type_error(format_args!("sys.audit() takes no keyword arguments")));
        }
        let Some(event) = args.get(0) else {
            return Err(vm.type_error(format_args!("audit expected at least 1 argument, got 0")));
        };
        if !event.is_instance_of::<pvm_object::str::Str>() {
            let kind = vm.type_name(&event);
            return Err(vm.type_error(format_args!("audit() argument 1 must be str, not {kind}")));
        }
        let (event, values) = (event.to_owned(), args.skip(1).to_values());
        events::raise_event(vm, &event, values)
    }

    /// Adds a new audit hook callback.
    #[pyfunction]
    fn addaudithook(vm: &mut Vm, hook: Value) -> PyResult<()> {
        // A hook that is there may refuse a new one, which is then left out silently.
        let allowed = events::event(vm, "sys.addaudithook", &[]);
        if vm.ok_unless(allowed, exceptions::EXCEPTION.get())?.is_some() {
            state(vm).add_audit_hook(hook);
        }
        Ok(())
    }
}

pub(super) use hooks::MODULE;
