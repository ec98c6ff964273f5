//! `ImportError`: which module could not be imported, and where it was looked for.

use pvm_macros::pymethods;

use super::fields::{attributes, exception_class, keywords, object_field};
use super::{BaseException, EXCEPTION, ExceptionFields, base};
use crate::core::cell::HeapCell;
use crate::core::object::{Object, Static};
use crate::core::slot::Args;
use crate::core::value::Value;
use crate::errors::{PyResult, Raised};
use crate::str::Str;
use crate::tuple::Tuple;
use crate::types::{Slots, Type};
use crate::{Heap, Vm, names};

/// The native half of an `ImportError`.
#[derive(pvm_macros::Trace)]
#[repr(C)]
pub struct ImportError {
    base: BaseException,
    msg: HeapCell<Option<Value>>,
    name: HeapCell<Option<Value>>,
    path: HeapCell<Option<Value>>,
    name_from: HeapCell<Option<Value>>,
}

exception_class! {
    /// `ImportError`.
    pub IMPORT_ERROR: ImportError = "ImportError", "Import can't find module, or can't find name in module." {
        base: EXCEPTION,
        members: [
            ImportError::PY_MEMBERS,
            &[
                object_field!(ImportError, msg, "msg", "exception message"),
                object_field!(ImportError, name, "name", "module name"),
                object_field!(ImportError, path, "path", "module path"),
                object_field!(ImportError, name_from, "name_from", "name imported from module")
            ]
        ],
        slots: Slots::new().with_init(init).with_str(str),
    }
}

impl ExceptionFields for ImportError {
    fn with(base: BaseException) -> ImportError {
        let empty = || HeapCell::new(None);
        ImportError { base, msg: empty(), name: empty(), path: empty(), name_from: empty() }
    }

    fn adopt(&self, args: &Object<Tuple>, heap: &mut Heap) {
        let msg = match args.as_slice() {
            [only] => Some(only.clone()),
            _ => None,
        };
        self.msg.set(msg, heap);
    }
}

fn import_error(value: &Value) -> &Object<ImportError> {
    value.downcast::<ImportError>().expect("the slot belongs to import errors")
}

fn init(vm: &mut Vm, this: &Value, args: Args<'_>) -> PyResult<()> {
    base::set_args(vm, this, args)?;
    let [name, path, name_from] = keywords(vm, "ImportError", args, ["name", "path", "name_from"])?;
    let this = import_error(this);
    this.name.set(name, vm);
    this.path.set(path, vm);
    this.name_from.set(name_from, vm);
    Ok(())
}

fn str(vm: &mut Vm, this: &Value) -> PyResult {
    match import_error(this).msg.get(vm) {
        Some(msg) if msg.downcast_exact::<Str>().is_some() => Ok(msg),
        _ => base::str(vm, this),
    }
}

#[pymethods]
impl ImportError {
    #[text_signature = "($self, /)"]
    fn __reduce__(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        let fields = [(&names::name, &this.name), (&names::path, &this.path), (&names::name_from, &this.name_from)];
        let fields = fields.map(|(name, field)| (name, field.get(vm)));
        let mut state = attributes(vm, &this.to_value())?;
        if fields.iter().any(|(_, value)| value.is_some()) {
            let dict = match state {
                Some(dict) => dict.copy(vm)?,
                None => vm.new_dict(),
            };
            for (name, value) in fields {
                if let Some(value) = value {
                    dict.set_str(name, value, vm)?;
                }
            }
            state = Some(dict);
        }
        let mut parts = vec![this.ty().to_value(), this.base.args(vm).into()];
        parts.extend(state.map(Value::from));
        Ok(vm.new_tuple(parts).into())
    }
}

impl ImportError {
    /// `name`.
    pub fn name(&self, heap: &Heap) -> Option<Value> {
        self.name.get(heap)
    }

    /// `name_from`.
    pub fn name_from(&self, heap: &Heap) -> Option<Value> {
        self.name_from.get(heap)
    }
}

/// What an `ImportError` is about; `None` leaves a field unset.
#[derive(Default)]
pub struct ImportErrorPlace {
    /// The module.
    pub name: Option<Value>,
    /// Where it was found or looked for.
    pub path: Option<Value>,
    /// The name that was to be taken from it.
    pub name_from: Option<Value>,
}

impl Heap {
    /// Raises an `ImportError`, or a class below it, with its fields.
    #[cold]
    pub fn import_error_with(&mut self, class: &'static Static<Type>, message: Value, place: ImportErrorPlace) -> Raised {
        let exception = self.new_exception(class, vec![message]);
        if let Some(error) = exception.as_value().downcast::<ImportError>() {
            error.name.set(place.name, self);
            error.path.set(place.path, self);
            error.name_from.set(place.name_from, self);
        }
        self.raise(exception)
    }

    /// Raises `ModuleNotFoundError: No module named 'x'`.
    #[cold]
    pub fn module_not_found(&mut self, name: &Object<Str>) -> Raised {
        let message = self.new_str(&format!("No module named '{name}'"));
        let place = ImportErrorPlace { name: Some(name.to_value()), ..ImportErrorPlace::default() };
        self.import_error_with(&super::MODULE_NOT_FOUND_ERROR, message.into(), place)
    }
}
