//! `classmethod` and `staticmethod`.

use pvm_macros::{pyclass, pymethods};

use crate::core::cell::HeapCell;
use crate::core::object::{Object, Ref};
use crate::core::slot::Args;
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::ops::join::join;
use crate::str::Str;
use crate::types::{Type, instance};
use crate::{Heap, Vm, names};

/// classmethod(function, /)
/// --
///
/// Convert a function to be a class method.
///
/// A class method receives the class as implicit first argument,
/// just like an instance method receives the instance.
/// To declare a class method, use this idiom:
///
///   class C:
///       @classmethod
///       def f(cls, arg1, arg2, argN):
///           ...
///
/// It can be called either on the class (e.g. C.f()) or on an instance
/// (e.g. C().f()).  The instance is ignored except for its class.
/// If a class method is called for a derived class, the derived class
/// object is passed as the implied first argument.
///
/// Class methods are different than C++ or Java static methods.
/// If you want those, see the staticmethod builtin.
#[pyclass(name = "classmethod", dict, parts(shared), static_name = CLASS_METHOD_TYPE)]
pub struct ClassMethod {
    callable: HeapCell<Value>,
}

/// staticmethod(function, /)
/// --
///
/// Convert a function to be a static method.
///
/// A static method does not receive an implicit first argument.
/// To declare a static method, use this idiom:
///
///      class C:
///          @staticmethod
///          def f(arg1, arg2, argN):
///              ...
///
/// It can be called either on the class (e.g. C.f()) or on an instance
/// (e.g. C().f()). Both the class and the instance are ignored, and
/// neither is passed implicitly as the first argument to the method.
///
/// Static methods in Python are similar to those found in Java or C++.
/// For a more advanced concept, see the classmethod builtin.
#[pyclass(name = "staticmethod", dict, parts(shared), static_name = STATIC_METHOD_TYPE)]
pub struct StaticMethod {
    callable: HeapCell<Value>,
}

/// Lets a wrapper look like what it wraps (`functools_wraps`).
fn copy_attributes(vm: &mut Vm, wrapper: &Value, wrapped: &Value) -> PyResult<()> {
    for name in [&names::__module__, &names::__name__, &names::__qualname__, &names::__doc__] {
        if let Some(value) = vm.find_attr(wrapped, name)? {
            vm.setattr(wrapper, name, &value)?;
        }
    }
    Ok(())
}

/// An attribute that is the wrapped callable's until it is asked for or set, then the wrapper's own
/// (`descriptor_get_wrapped_attribute`).
fn wrapped_attribute(vm: &mut Vm, wrapper: &Value, wrapped: &Value, name: &Object<Str>) -> PyResult {
    let header = wrapper.header().expect("wrappers are objects");
    if let Some(known) = instance::get(vm, header, name) {
        return Ok(known);
    }
    let value = vm.getattr(wrapped, name)?;
    instance::set(vm, header, name, value.clone())?;
    Ok(value)
}

fn set_wrapped_attribute(vm: &mut Vm, wrapper: &Value, name: &Object<Str>, value: Option<&Value>) -> PyResult<()> {
    let header = wrapper.header().expect("wrappers are objects");
    match value {
        Some(value) => {
            instance::set(vm, header, name, value.clone())?;
        }
        None => {
            if !instance::delete(vm, header, name)? {
                return Err(vm.no_attribute(wrapper, name));
            }
        }
    }
    Ok(())
}

fn is_abstract(vm: &mut Vm, callable: &Value) -> PyResult<bool> {
    match vm.find_attr(callable, &names::__isabstractmethod__)? {
        Some(is_abstract) => vm.truth(&is_abstract),
        None => Ok(false),
    }
}

/// What both classes have alike.
macro_rules! wrapper_methods {
    ($native:ident, $python:literal) => {
        #[pymethods(part = shared)]
        impl $native {
            #[new]
            fn new(cls: &Object<Type>, heap: &mut Heap, _args: Args<'_>) -> Ref<$native> {
                heap.alloc_as(cls, $native { callable: HeapCell::new(Value::none()) })
            }

            fn __init__(this: &Object<Self>, vm: &mut Vm, function: &Value) -> PyResult<()> {
                let old = this.callable.replace(function.clone(), vm);
                vm.release(old);
                copy_attributes(vm, &this.as_value(), function)
            }

            fn __repr__(&self, vm: &mut Vm) -> PyResult<Ref<Str>> {
                let callable = self.callable.get(vm);
                let callable = vm.repr(&callable)?;
                join!(vm, concat!("<", $python, "("), &callable, ")>")
            }

            #[classmethod]
            #[text_signature = "($type, object, /)"]
            fn __class_getitem__(cls: &Object<Type>, vm: &mut Vm, object: &Value) -> PyResult {
                vm.generic_alias(&cls.as_value(), object)
            }

            #[member]
            fn __func__(&self, heap: &Heap) -> Value {
                self.callable.get(heap)
            }

            #[member]
            fn __wrapped__(&self, heap: &Heap) -> Value {
                self.callable.get(heap)
            }

            #[getter]
            fn __isabstractmethod__(&self, vm: &mut Vm) -> PyResult<bool> {
                let callable = self.callable.get(vm);
                is_abstract(vm, &callable)
            }

            #[getter]
            fn __annotations__(this: &Object<Self>, vm: &mut Vm) -> PyResult {
                let callable = this.callable.get(vm);
                wrapped_attribute(vm, &this.as_value(), &callable, &names::__annotations__)
            }

            #[setter(__annotations__)]
            fn set_annotations(this: &Object<Self>, vm: &mut Vm, value: Option<&Value>) -> PyResult<()> {
                set_wrapped_attribute(vm, &this.as_value(), &names::__annotations__, value)
            }

            #[getter]
            fn __annotate__(this: &Object<Self>, vm: &mut Vm) -> PyResult {
                let callable = this.callable.get(vm);
                wrapped_attribute(vm, &this.as_value(), &callable, &names::__annotate__)
            }

            #[setter(__annotate__)]
            fn set_annotate(this: &Object<Self>, vm: &mut Vm, value: Option<&Value>) -> PyResult<()> {
                set_wrapped_attribute(vm, &this.as_value(), &names::__annotate__, value)
            }
        }

        impl Object<$native> {
            /// What it wraps.
            pub fn callable(&self, heap: &Heap) -> Value {
                self.callable.get(heap)
            }
        }
    };
}

wrapper_methods!(ClassMethod, "classmethod");
wrapper_methods!(StaticMethod, "staticmethod");

#[pymethods]
impl ClassMethod {
    fn __get__(this: &Object<Self>, vm: &mut Vm, instance: Option<&Value>, owner: Option<&Value>) -> PyResult {
        let receiver = match (owner, instance) {
            (Some(owner), _) => owner.clone(),
            (None, Some(instance)) => instance.ty().to_value(),
            (None, None) => {
                return Err(vm.type_error(format_args!("__get__(None, None) is invalid")));
            }
        };
        let callable = this.callable(vm);
        Ok(vm.new_method(callable, receiver))
    }
}

#[pymethods]
impl StaticMethod {
    fn __get__(this: &Object<Self>, heap: &Heap, _instance: Option<&Value>, _owner: Option<&Value>) -> Value {
        this.callable(heap)
    }

    fn __call__(this: &Object<Self>, vm: &mut Vm, args: Args<'_>) -> PyResult {
        let callable = this.callable(vm);
        vm.call_args(&callable, args)
    }
}

impl Heap {
    /// A `staticmethod` of a callable, as the machine makes it for a class's own functions: without its attributes.
    pub fn new_static_method(&mut self, callable: Value) -> Value {
        self.alloc(StaticMethod { callable: HeapCell::new(callable) }).into()
    }

    /// A `classmethod` of a callable, as the machine makes it for a class's own functions: without its attributes.
    pub fn new_class_method(&mut self, callable: Value) -> Value {
        self.alloc(ClassMethod { callable: HeapCell::new(callable) }).into()
    }
}
