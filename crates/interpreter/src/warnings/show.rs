//! Showing a warning: by way of the module `warnings`, or on standard error where that is not loaded.

use pvm_object::str::Str;
use pvm_object::{PyResult, Value, Vm, names};

use super::filters::Warning;
use super::warnings_attribute;
use crate::permissions::{self, Need};

/// Shows a warning (`call_show_warning`).
pub(super) fn show(vm: &mut Vm, warning: &Warning, text: &Value) -> PyResult<()> {
    // Only the Python implementation can tell where the object that the warning is about was made.
    let Some(function) = warnings_attribute(vm, "_showwarnmsg", warning.source.is_some())? else {
        show_natively(vm, warning, text);
        return Ok(());
    };
    if function.ty().slots().call().is_none() {
        return Err(vm.type_error(format_args!("warnings._showwarnmsg() must be set to a callable")));
    }
    let Some(class) = warnings_attribute(vm, "WarningMessage", false)? else {
        return Err(vm.runtime_error(format_args!("unable to get warnings.WarningMessage")));
    };
    let message = vm.call(
        &class,
        &[
            warning.message.clone(),
            warning.category.clone(),
            warning.filename.clone(),
            Value::from_i32(warning.line),
            Value::none(),
            warning.source_line.clone().unwrap_or_else(Value::none),
            warning.source.clone().unwrap_or_else(Value::none),
        ],
    )?;
    vm.call(&function, &[message])?;
    Ok(())
}

/// Shows a warning on standard error; what goes wrong then is forgotten.
fn show_natively(vm: &mut Vm, warning: &Warning, text: &Value) {
    let shown = (|| -> PyResult<String> {
        let name = vm.getattr(&warning.category, &names::__name__)?;
        let (name, filename, text) = (vm.str(&name)?, vm.str(&warning.filename)?, vm.str(text)?);
        let line = warning.line;
        let mut shown = format!("{filename}:{line}: {name}: {text}\n");
        let source = match &warning.source_line {
            Some(source) => source.downcast::<Str>().map(|source| source.to_string()),
            None if !permissions::is_granted(vm, Need::ReadFiles) => None,
            None => std::fs::read_to_string(&*filename.to_string_lossy())
                .ok()
                .and_then(|source| source.lines().nth((line as usize).checked_sub(1)?).map(str::to_owned)),
        };
        if let Some(source) = source {
            shown += &format!("  {}\n", source.trim_start_matches([' ', '\t', '\x0c']));
        }
        Ok(shown)
    })();
    match shown {
        Ok(shown) => crate::display::write_stderr(vm, &shown),
        Err(raised) => drop(vm.catch(raised)),
    }
}
