//! `syslog`: messages to the system's log.

use std::cell::Cell;

use pvm_object::{Ref, Vm};

use crate::constants::Numbers;

/// Names and values, as Linux has them.
#[rustfmt::skip]
static NUMBERS: &Numbers = &[
    ("LOG_ALERT", 1), ("LOG_AUTH", 32), ("LOG_AUTHPRIV", 80), ("LOG_CONS", 2), ("LOG_CRIT", 2), ("LOG_CRON", 72),
    ("LOG_DAEMON", 24), ("LOG_DEBUG", 7), ("LOG_EMERG", 0), ("LOG_ERR", 3), ("LOG_FTP", 88), ("LOG_INFO", 6),
    ("LOG_KERN", 0), ("LOG_LOCAL0", 128), ("LOG_LOCAL1", 136), ("LOG_LOCAL2", 144), ("LOG_LOCAL3", 152),
    ("LOG_LOCAL4", 160), ("LOG_LOCAL5", 168), ("LOG_LOCAL6", 176), ("LOG_LOCAL7", 184), ("LOG_LPR", 48),
    ("LOG_MAIL", 16), ("LOG_NDELAY", 8), ("LOG_NEWS", 56), ("LOG_NOTICE", 5), ("LOG_NOWAIT", 16), ("LOG_ODELAY", 4),
    ("LOG_PERROR", 32), ("LOG_PID", 1), ("LOG_SYSLOG", 40), ("LOG_USER", 8), ("LOG_UUCP", 64), ("LOG_WARNING", 4),];

/// Whether this interpreter opened the log.
#[pvm_macros::pyclass(name = "_Log", module = "syslog", no_export)]
pub struct Log {
    open: Cell<bool>,
}

impl Log {
    fn of(vm: &mut Vm) -> Ref<Log> {
        vm.module_state(|_| Log { open: Cell::new(false) })
    }
}

#[pvm_macros::pymodule(name = "syslog")]
pub mod native {
    use std::ffi::CString;

    use pvm_interpreter::audit;
    use pvm_macros::pyfunction;
    use pvm_object::list::List;
    use pvm_object::str::Str;
    use pvm_object::{Args, Object, PyResult, Value, Vm};

    use super::Log;
    use crate::parameters::c_int;
    use crate::system;

    /// The name of the program, without its folder (`syslog_get_argv`).
    fn program(vm: &mut Vm) -> PyResult<Option<CString>> {
        let name = vm.intern("argv");
        let argv = vm.import_attr("sys", &name)?;
        let first = argv.downcast::<List>().and_then(|list| list.get(0, vm));
        let Some(text) = first.as_ref().and_then(|first| first.downcast::<Str>()).map(|text| text.to_string()) else {
            return Ok(None);
        };
        let base = text.rsplit('/').next().unwrap_or_default();
        Ok(if base.is_empty() { None } else { CString::new(base).ok() })
    }

    fn open(vm: &mut Vm, ident: Option<CString>, option: i32, facility: i32) -> PyResult<()> {
        let ident = match ident {
            Some(ident) => Some(ident),
            None => program(vm)?,
        };
        let shown = match &ident {
            Some(ident) => vm.new_str(&ident.to_string_lossy()).into(),
            None => Value::none(),
        };
        audit::event(vm, "syslog.openlog", &[shown, Value::from_i32(option), Value::from_i32(facility)])?;
        system::open_log(ident, option, facility);
        Log::of(vm).open.set(true);
        Ok(())
    }

    /// openlog(ident=<unrepresentable>, logoption=0, facility=LOG_USER)
    /// --
    ///
    /// Set logging options of subsequent syslog() calls.
    #[pyfunction]
    #[signature = "(ident=<unrepresentable>, logoption=0, facility=8)"]
    fn openlog(vm: &mut Vm, ident: Option<&Object<Str>>, logoption: i32, facility: i32) -> PyResult<()> {
        let ident = match ident {
            Some(ident) => {
                let mut bytes = vm.encode(ident, Some("utf-8"), None)?.as_slice().to_vec();
                // C's string ends at a null.
                bytes.truncate(bytes.iter().position(|&byte| byte == 0).unwrap_or(bytes.len()));
                CString::new(bytes).ok()
            }
            None => None,
        };
        open(vm, ident, logoption, facility)
    }

    /// syslog([priority=LOG_INFO,] message)
    /// Send the string message to the system logger.
    #[pyfunction]
    #[signature = "(*args)"]
    #[text_signature = ""]
    fn syslog(vm: &mut Vm, args: Args<'_>) -> PyResult<()> {
        let values = args.to_values();
        let (priority, message, position) = match &values[..] {
            [message] => (None, message, 1),
            [priority, message] => (Some(priority), message, 2),
            _ => return Err(vm.type_error(format_args!("syslog.syslog requires 1 to 2 arguments"))),
        };
        let priority = match priority {
            Some(priority) => c_int(priority, vm)?,
            None => libc::LOG_INFO,
        };
        let Some(text) = message.downcast::<Str>() else {
            let kind = vm.type_name(message);
            return Err(vm.type_error(format_args!("syslog() argument {position} must be str, not {kind}")));
        };
        let Ok(line) = CString::new(vm.encode(text, Some("utf-8"), None)?.as_slice()) else {
            return Err(vm.value_error(format_args!("embedded null character")));
        };
        audit::event(vm, "syslog.syslog", &[Value::from_i32(priority), message.clone()])?;
        if !Log::of(vm).open.get() {
            open(vm, None, 0, libc::LOG_USER)?;
        }
        vm.detach(|| system::write_log(priority, &line));
        Ok(())
    }

    /// Reset the syslog module values and call the system library closelog().
    #[pyfunction]
    #[signature = "()"]
    fn closelog(vm: &mut Vm) -> PyResult<()> {
        audit::event(vm, "syslog.closelog", &[])?;
        if Log::of(vm).open.replace(false) {
            system::close_log();
        }
        Ok(())
    }

    /// setlogmask(maskpri, /)
    /// --
    ///
    /// Set the priority mask to maskpri and return the previous mask value.
    #[pyfunction]
    fn setlogmask(vm: &mut Vm, maskpri: i32) -> PyResult<i32> {
        audit::event(vm, "syslog.setlogmask", &[Value::from_i32(maskpri)])?;
        Ok(system::set_log_mask(maskpri))
    }

    /// LOG_MASK(pri, /)
    /// --
    ///
    /// Calculates the mask for the individual priority pri.
    #[pyfunction]
    #[name = "LOG_MASK"]
    fn log_mask(pri: i32) -> i32 {
        1i32.wrapping_shl(pri as u32)
    }

    /// LOG_UPTO(pri, /)
    /// --
    ///
    /// Calculates the mask for all priorities up to and including pri.
    #[pyfunction]
    #[name = "LOG_UPTO"]
    fn log_upto(pri: i32) -> i32 {
        1i32.wrapping_shl((pri + 1) as u32).wrapping_sub(1)
    }

    #[init]
    fn init(vm: &mut Vm, module: &Value) -> PyResult<()> {
        crate::constants::add(vm, module, super::NUMBERS)
    }
}
