//! The functions of `sys` that ask about objects and settings.

use pvm_macros::pymodule;

#[pymodule(name = "sys")]
mod sys {
    use pvm_macros::pyfunction;
    use pvm_object::exceptions::{self, BaseException};
    use pvm_object::int::IntView;
    use pvm_object::str::Str;
    use pvm_object::tuple::Tuple;
    use pvm_object::types::{Type, type_flag};
    use pvm_object::{Object, PyResult, Value, Vm, names};

    use crate::uncaught::Ending;

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
        // A tuple is all the arguments of the exception.
        let args: Vec<Value> = match status {
            Some(status) => match status.downcast_exact::<Tuple>() {
                Some(items) => items.as_slice().to_vec(),
                None => vec![status],
            },
            None => Vec::new(),
        };
        let exception = vm.call(&class, &args)?;
        match exception.downcast_into::<BaseException>() {
            Ok(exception) => Err(vm.raise(exception)),
            Err(_) => Err(vm.system_error(format_args!("SystemExit made something else"))),
        }
    }

    /// Private function for getting the base REPL
    #[pyfunction]
    fn _baserepl(vm: &mut Vm) -> PyResult<()> {
        match crate::repl::run(vm, false) {
            Ending::Status(0) => Ok(()),
            Ending::Status(status) => exit(vm, Some(Value::from_i32(i32::from(status)))).map(drop),
            Ending::Interrupted => Err(vm.raise_message(exceptions::KEYBOARD_INTERRUPT.get(), format_args!(""))),
        }
    }

    /// ``Intern'' the given string.
    #[pyfunction]
    #[signature = "(string, /)"]
    fn intern(vm: &mut Vm, string: &Value) -> PyResult {
        if let Some(string) = string.downcast_exact::<Str>() {
            return Ok(vm.intern_str(string).into());
        }
        let kind = vm.type_name(string);
        Err(match string.is_instance_of::<Str>() {
            true => vm.type_error(format_args!("can't intern {kind}")),
            false => vm.type_error(format_args!("intern() argument must be str, not {kind}")),
        })
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
        let size = size_of(vm, object);
        match default {
            Some(default) => Ok(vm.ok_unless(size, exceptions::TYPE_ERROR.get())?.unwrap_or(default)),
            None => size,
        }
    }

    /// What `__sizeof__` says, which must be a size (`_PySys_GetSizeOf`).
    fn size_of(vm: &mut Vm, object: &Value) -> PyResult {
        let Some(size) = vm.call_special(object, &names::__sizeof__, &[])? else {
            let kind = vm.type_name(object);
            return Err(vm.type_error(format_args!("Type {kind} doesn't define __sizeof__")));
        };
        match size.as_int() {
            None => Err(vm.type_error(format_args!("an integer is required"))),
            Some(IntView::Small(number)) if number < 0 => Err(vm.value_error(format_args!("__sizeof__() should return >= 0"))),
            Some(IntView::Small(number)) => Ok(vm.int(number)),
            Some(IntView::Big(_)) => Err(vm.overflow_error(format_args!("Python int too large to convert to C ssize_t"))),
        }
    }

    /// Return True if the given object is "immortal" per PEP 683.
    ///
    /// This function should be used for specialized purposes only.
    #[pyfunction]
    #[signature = "(op, /)"]
    fn _is_immortal(op: &Value) -> bool {
        op.header().is_none_or(|header| header.is_immortal())
    }

    /// Return True if the given string is "interned".
    #[pyfunction]
    #[signature = "(string, /)"]
    fn _is_interned(vm: &mut Vm, string: &Value) -> PyResult<bool> {
        match string.downcast::<Str>() {
            Some(string) => Ok(string.is_interned()),
            None => {
                let kind = vm.type_name(string);
                Err(vm.type_error(format_args!("_is_interned() argument must be str, not {kind}")))
            }
        }
    }

    /// Clear the internal type lookup cache.
    #[pyfunction]
    fn _clear_type_cache() {}

    /// Clear all internal performance-related caches.
    #[pyfunction]
    fn _clear_internal_caches() {}

    /// Private function for clearing certain descriptors from a type's dictionary.
    ///
    /// See gh-135228 for context.
    #[pyfunction]
    #[signature = "(type, /)"]
    fn _clear_type_descriptors(vm: &mut Vm, r#type: &Object<Type>) -> PyResult<()> {
        if !r#type.has_flags(type_flag::MUTABLE) {
            return Err(vm.type_error(format_args!("argument is immutable")));
        }
        r#type.forget_descriptors(vm);
        Ok(())
    }
}

pub(super) use sys::MODULE;
