//! Functions about objects, attributes and namespaces.

use pvm_macros::pymodule;

#[pymodule(name = "builtins")]
mod functions {
    use pvm_macros::pyfunction;
    use pvm_object::dict::Dict;
    use pvm_object::{Object, PyResult, Value, Vm, names};

    use crate::frame_object;

    /// getattr(object, name[, default]) -> value
    ///
    /// Get a named attribute from an object; getattr(x, 'y') is equivalent to x.y.
    /// When a default argument is given, it is returned when the attribute doesn't
    /// exist; without it, an exception is raised in that case.
    #[pyfunction]
    #[signature = "(object, name, default=<unrepresentable>, /)"]
    #[text_signature = ""]
    fn getattr(vm: &mut Vm, object: &Value, name: &Value, default: Option<Value>) -> PyResult {
        let name = vm.attribute_name(name)?;
        match default {
            None => vm.getattr(object, &name),
            Some(default) => Ok(vm.find_attr(object, &name)?.unwrap_or(default)),
        }
    }

    /// Return whether the object has an attribute with the given name.
    ///
    /// This is done by calling getattr(obj, name) and catching AttributeError.
    #[pyfunction]
    #[signature = "(obj, name, /)"]
    fn hasattr(vm: &mut Vm, obj: &Value, name: &Value) -> PyResult<bool> {
        let name = vm.attribute_name(name)?;
        Ok(vm.find_attr(obj, &name)?.is_some())
    }

    /// Sets the named attribute on the given object to the specified value.
    ///
    /// setattr(x, 'y', v) is equivalent to ``x.y = v``
    #[pyfunction]
    #[signature = "(obj, name, value, /)"]
    fn setattr(vm: &mut Vm, obj: &Value, name: &Value, value: &Value) -> PyResult<()> {
        let name = vm.attribute_name(name)?;
        vm.setattr(obj, &name, value)
    }

    /// Deletes the named attribute from the given object.
    ///
    /// delattr(x, 'y') is equivalent to ``del x.y``
    #[pyfunction]
    #[signature = "(obj, name, /)"]
    fn delattr(vm: &mut Vm, obj: &Value, name: &Value) -> PyResult<()> {
        let name = vm.attribute_name(name)?;
        vm.delattr(obj, &name)
    }

    /// Return whether the object is callable (i.e., some kind of function).
    ///
    /// Note that classes are callable, as are instances of classes with a
    /// __call__() method.
    #[pyfunction]
    fn callable(obj: &Value) -> bool {
        obj.ty().slots().call().is_some()
    }

    /// Return the identity of an object.
    ///
    /// This is guaranteed to be unique among simultaneously existing objects.
    /// (CPython uses the object's memory address.)
    #[pyfunction]
    fn id(vm: &mut Vm, obj: &Value) -> PyResult {
        let id = match i64::try_from(obj.bits()) {
            Ok(bits) => vm.int(bits),
            Err(_) => vm.big_int(obj.bits().into()),
        };
        crate::audit::event(vm, "builtins.id", std::slice::from_ref(&id))?;
        Ok(id)
    }

    /// Return the hash value for the given object.
    ///
    /// Two objects that compare equal must also have the same hash value, but the
    /// reverse is not necessarily true.
    #[pyfunction]
    fn hash(vm: &mut Vm, obj: &Value) -> PyResult<i64> {
        vm.hash(obj)
    }

    /// Return whether an object is an instance of a class or of a subclass thereof.
    ///
    /// A tuple, as in ``isinstance(x, (A, B, ...))``, may be given as the target to
    /// check against. This is equivalent to ``isinstance(x, A) or isinstance(x, B)
    /// or ...`` etc.
    #[pyfunction]
    #[signature = "(obj, class_or_tuple, /)"]
    fn isinstance(vm: &mut Vm, obj: &Value, class_or_tuple: &Value) -> PyResult<bool> {
        vm.is_instance(obj, class_or_tuple)
    }

    /// Return whether 'cls' is derived from another class or is the same class.
    ///
    /// A tuple, as in ``issubclass(x, (A, B, ...))``, may be given as the target to
    /// check against. This is equivalent to ``issubclass(x, A) or issubclass(x, B)
    /// or ...``.
    #[pyfunction]
    #[signature = "(cls, class_or_tuple, /)"]
    fn issubclass(vm: &mut Vm, cls: &Value, class_or_tuple: &Value) -> PyResult<bool> {
        vm.is_subclass(cls, class_or_tuple)
    }

    /// Return the dictionary containing the current scope's global variables.
    ///
    /// NOTE: Updates to this dictionary *will* affect name lookups in the current
    /// global scope and vice-versa.
    #[pyfunction]
    fn globals(vm: &mut Vm) -> PyResult {
        match frame_object::current(vm) {
            Some(frame) => Ok(frame.globals().to_value()),
            None => Err(vm.system_error(format_args!("globals() without a frame"))),
        }
    }

    /// Return a dictionary containing the current scope's local variables.
    ///
    /// NOTE: Whether or not updates to this dictionary will affect name lookups in
    /// the local scope and vice-versa is *implementation dependent* and not
    /// covered by any backwards compatibility guarantees.
    #[pyfunction]
    fn locals(vm: &mut Vm) -> PyResult {
        let frame = crate::thread::extension(vm).frame.get();
        if frame.is_null() {
            return Err(vm.system_error(format_args!("locals() without a frame")));
        }
        let frame = frame_object::current_object(vm);
        crate::frame_locals::snapshot(vm, &frame)
    }

    /// vars([object]) -> dictionary
    ///
    /// Without arguments, equivalent to locals().
    /// With an argument, equivalent to object.__dict__.
    #[pyfunction]
    #[signature = "(object=<unrepresentable>, /)"]
    #[text_signature = ""]
    fn vars(vm: &mut Vm, object: Option<&Value>) -> PyResult {
        let Some(object) = object else { return locals(vm) };
        match vm.find_attr(object, &names::__dict__)? {
            Some(dict) => Ok(dict),
            None => Err(vm.type_error(format_args!("vars() argument must have __dict__ attribute"))),
        }
    }

    /// dir([object]) -> list of strings
    ///
    /// If called without an argument, return the names in the current scope.
    /// Else, return an alphabetized list of names comprising (some of) the attributes
    /// of the given object, and of attributes reachable from it.
    #[pyfunction]
    #[signature = "(object=<unrepresentable>, /)"]
    #[text_signature = ""]
    fn dir(vm: &mut Vm, object: Option<&Value>) -> PyResult {
        let names = match object {
            Some(object) => match vm.call_special(object, &names::__dir__, &[])? {
                Some(names) => names,
                None => return Err(vm.type_error(format_args!("object does not provide __dir__"))),
            },
            None => {
                let namespace = locals(vm)?;
                match namespace.downcast_exact::<Dict>() {
                    Some(_) => namespace,
                    None => vm.call_method(&namespace, &names::keys, &[])?,
                }
            }
        };
        let list = vm.list_of(&names)?;
        vm.call_method(&list.clone().into(), &names::sort, &[])?;
        Ok(list.into())
    }

    /// Return a printable version of an object.
    #[pyfunction]
    fn ascii(vm: &mut Vm, obj: &Value) -> PyResult {
        Ok(vm.ascii(obj)?.into())
    }

    /// Return the canonical string representation of the object.
    ///
    /// For many object types, including most builtins, eval() will return
    /// an object equal to the original.
    #[pyfunction]
    fn repr(vm: &mut Vm, obj: &Value) -> PyResult {
        Ok(vm.repr(obj)?.into())
    }

    /// Return type(value).__format__(value, format_spec)
    ///
    /// Many built-in types implement format_spec according to the
    /// Format Specification Mini-language. See help('FORMATTING') for
    /// details.
    #[pyfunction]
    #[text_signature = "($module, value, format_spec='', /)"]
    #[signature = "(value, format_spec=<unrepresentable>, /)"]
    fn format(vm: &mut Vm, value: &Value, format_spec: Option<&Object<pvm_object::str::Str>>) -> PyResult {
        Ok(vm.format(value, format_spec.unwrap_or(pvm_object::str::intern::EMPTY.get()))?.into())
    }

    /// Import a module.
    ///
    /// The __import__() method is used by the import statement; calling it directly is rarely what a program wants.
    #[pyfunction]
    #[signature = "(name, globals=None, locals=None, fromlist=(), level=0)"]
    fn __import__(
        vm: &mut Vm,
        name: &Value,
        globals: Option<&Value>,
        locals: Option<&Value>,
        fromlist: Option<&Value>,
        level: Option<&Value>,
    ) -> PyResult {
        let _ = locals;
        let Some(name) = name.downcast::<pvm_object::str::Str>() else {
            return Err(vm.type_error(format_args!("module name must be a string")));
        };
        let (none, zero) = (Value::none(), Value::from_i32(0));
        crate::import::import_name(vm, name, globals.unwrap_or(&none), fromlist.unwrap_or(&none), level.unwrap_or(&zero))
    }
}

pub(super) use functions::MODULE;
