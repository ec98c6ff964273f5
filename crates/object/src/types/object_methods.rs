//! The methods of `object`, which every class inherits: `__class__`, `__dir__`, `__format__` and their like. What `pickle`
//! asks is in `reduce.rs`.

use pvm_macros::pymethods;

use super::{Instance, Type, assign, reduce};
use crate::core::object::{Object, Ref};
use crate::core::slot::Args;
use crate::core::value::Value;
use crate::dict::Dict;
use crate::errors::PyResult;
use crate::list::List;
use crate::str::Str;
use crate::tuple::Tuple;
use crate::{Heap, Vm, names};

#[pymethods]
impl Instance {
    /// Helper for pickle.
    #[signature = "(protocol, /)"]
    fn __reduce_ex__(this: &Value, vm: &mut Vm, protocol: i32) -> PyResult {
        reduce::reduce_ex(vm, this, protocol)
    }

    /// Helper for pickle.
    fn __reduce__(this: &Value, vm: &mut Vm) -> PyResult {
        reduce::common_reduce(vm, this, 0)
    }

    /// Helper for pickle.
    fn __getstate__(this: &Value, vm: &mut Vm) -> PyResult {
        reduce::default_state(vm, this, false)
    }

    /// Abstract classes can override this to customize issubclass().
    ///
    /// This is invoked early on by abc.ABCMeta.__subclasscheck__().
    /// It should return True, False or NotImplemented.  If it returns
    /// NotImplemented, the normal algorithm is used.  Otherwise, it
    /// overrides the normal algorithm (and the outcome is cached).
    ///
    #[classmethod]
    #[signature = "(object, /)"]
    fn __subclasshook__(_cls: &Object<Type>, object: &Value) -> Value {
        let _ = object;
        Value::not_implemented()
    }

    /// This method is called when a class is subclassed.
    ///
    /// The default implementation does nothing. It may be
    /// overridden to extend subclasses.
    ///
    #[classmethod]
    #[text_signature = "($type, /)"]
    fn __init_subclass__(cls: &Object<Type>, vm: &mut Vm, args: Args<'_>) -> PyResult<()> {
        if args.is_empty() {
            return Ok(());
        }
        // The message names the class that is being made.
        let (class, given) = (cls.qualname_object(vm), args.len());
        if args.has_keywords() {
            return Err(vm.type_error(format_args!("{class}.__init_subclass__() takes no keyword arguments")));
        }
        Err(vm.type_error(format_args!("{class}.__init_subclass__() takes no arguments ({given} given)")))
    }

    /// Default object formatter.
    ///
    /// Return str(self) if format_spec is empty. Raise TypeError otherwise.
    #[signature = "(format_spec, /)"]
    fn __format__(this: &Value, vm: &mut Vm, format_spec: &Object<Str>) -> PyResult<Ref<Str>> {
        if !format_spec.is_empty() {
            let kind = vm.type_name(this);
            return Err(vm.type_error(format_args!("unsupported format string passed to {kind}.__format__")));
        }
        vm.str(this)
    }

    /// Size of object in memory, in bytes.
    fn __sizeof__(this: &Value, heap: &Heap) -> usize {
        this.header().map_or_else(|| this.ty().instance_size(), |header| super::instance::size_of(heap, header))
    }

    /// Default dir() implementation.
    fn __dir__(this: &Value, vm: &mut Vm) -> PyResult<Ref<List>> {
        let names = match vm.find_attr(this, &names::__dict__)? {
            Some(own) => match own.downcast::<Dict>() {
                Some(own) => own.copy(vm)?,
                None => vm.new_dict(),
            },
            None => vm.new_dict(),
        };
        if let Some(class) = vm.find_attr(this, &names::__class__)? {
            merge_class_dict(vm, &names, &class)?;
        }
        vm.list_of(&names.into())
    }

    /// the object's class
    #[getter]
    fn __class__(this: &Value) -> Ref<Type> {
        this.ty().to_ref()
    }

    #[setter]
    #[allow(non_snake_case)]
    fn set___class__(this: &Value, vm: &mut Vm, value: Option<&Value>) -> PyResult<()> {
        assign::set_class(vm, this, value)
    }
}

/// Puts the names that a class and its bases define into a dict, for `dir()`.
pub(super) fn merge_class_dict(vm: &mut Vm, names: &Object<Dict>, class: &Value) -> PyResult<()> {
    vm.check_recursion(" in dir()")?;
    if let Some(class) = class.downcast::<Type>() {
        let items: Vec<_> = class.dict(vm).entries(vm).map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
        for (key, value) in items {
            names.set(&key, value, vm)?;
        }
    } else if let Some(own) = vm.find_attr(class, &names::__dict__)? {
        let keys = vm.call_method(&own, &names::keys, &[])?;
        for key in vm.collect_items(&keys)?.iter() {
            names.set(key, Value::none(), vm)?;
        }
    }
    let bases = match class.downcast::<Type>() {
        Some(class) => class.bases(vm).into(),
        None => vm.find_attr(class, &names::__bases__)?.unwrap_or_else(Value::none),
    };
    if let Some(bases) = bases.downcast::<Tuple>() {
        for base in bases.as_slice() {
            merge_class_dict(vm, names, base)?;
        }
    }
    Ok(())
}
