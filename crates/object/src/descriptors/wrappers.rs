//! `classmethod` and `staticmethod`.

use crate::core::cell::HeapCell;
use crate::core::object::Object;
use crate::core::slot::Args;
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::trace::{Trace, Visitor};
use crate::types::{NativeLayout, Slots, Type, static_class, type_flag};
use crate::{Heap, Vm};

macro_rules! wrapper_class {
    ($native:ident $class:ident $layout:ident $python:literal $slots:expr) => {
        #[doc = concat!("The native half of a `", $python, "`.")]
        pub struct $native {
            pub(crate) callable: HeapCell<Value>,
        }

        // SAFETY: the callable is visited once.
        unsafe impl Trace for $native {
            fn trace(&self, visitor: &mut Visitor<'_>) {
                self.callable.trace(visitor);
            }
        }

        static_class! {
            #[doc = concat!("`", $python, "`.")]
            pub $class: $native = {
                name: $python,
                layout: &$layout,
                flags: type_flag::BASE_TYPE | type_flag::HAS_DICT | type_flag::HAS_WEAKREFS,
                members: &[],
                slots: $slots,
            }
        }
        static $layout: NativeLayout = NativeLayout::of::<$native>();

        impl Object<$native> {
            /// What it wraps.
            pub fn callable(&self, heap: &Heap) -> Value {
                self.callable.get(heap)
            }
        }
    };
}

wrapper_class!(ClassMethod CLASS_METHOD_TYPE CLASS_METHOD_LAYOUT "classmethod" Slots::new().with_descr_get(class_get).with_new(class_new).with_init(class_init));
wrapper_class!(StaticMethod STATIC_METHOD_TYPE STATIC_METHOD_LAYOUT "staticmethod" Slots::new().with_descr_get(static_get).with_call(static_call).with_new(static_new).with_init(static_init));

fn class_get(vm: &mut Vm, this: &Value, instance: Option<&Value>, owner: Option<&Value>) -> PyResult {
    let this = this.downcast::<ClassMethod>().expect("the slot belongs to class methods");
    let callable = this.callable(vm);
    let receiver = match (owner, instance) {
        (Some(owner), _) => owner.clone(),
        (None, Some(instance)) => instance.ty().to_value(),
        (None, None) => return Err(vm.type_error(format_args!("__get__(None, None) is invalid"))),
    };
    Ok(vm.new_method(callable, receiver))
}

fn static_get(vm: &mut Vm, this: &Value, _instance: Option<&Value>, _owner: Option<&Value>) -> PyResult {
    Ok(this.downcast::<StaticMethod>().expect("the slot belongs to static methods").callable(vm))
}

fn static_call(vm: &mut Vm, this: &Value, args: Args<'_>) -> PyResult {
    let callable = this.downcast::<StaticMethod>().expect("the slot belongs to static methods").callable(vm);
    vm.call_args(&callable, args)
}

fn class_new(vm: &mut Vm, class: &Object<Type>, _args: Args<'_>) -> PyResult {
    Ok(vm.alloc_as(class, ClassMethod { callable: HeapCell::new(Value::none()) }).into())
}

fn static_new(vm: &mut Vm, class: &Object<Type>, _args: Args<'_>) -> PyResult {
    Ok(vm.alloc_as(class, StaticMethod { callable: HeapCell::new(Value::none()) }).into())
}

fn one_argument(vm: &mut Vm, name: &str, args: Args<'_>) -> PyResult {
    if args.has_keywords() {
        return Err(vm.type_error(format_args!("{name}() takes no keyword arguments")));
    }
    match (args.get(0), args.len()) {
        (Some(callable), 1) => Ok(callable.to_owned()),
        (_, got) => Err(vm.type_error(format_args!("{name} expected 1 argument, got {got}"))),
    }
}

fn class_init(vm: &mut Vm, this: &Value, args: Args<'_>) -> PyResult<()> {
    let callable = one_argument(vm, "classmethod", args)?;
    this.downcast::<ClassMethod>().expect("the slot belongs to class methods").callable.set(callable, vm);
    Ok(())
}

fn static_init(vm: &mut Vm, this: &Value, args: Args<'_>) -> PyResult<()> {
    let callable = one_argument(vm, "staticmethod", args)?;
    this.downcast::<StaticMethod>().expect("the slot belongs to static methods").callable.set(callable, vm);
    Ok(())
}

impl Heap {
    /// A `staticmethod` of a callable.
    pub fn new_static_method(&mut self, callable: Value) -> Value {
        self.alloc(StaticMethod { callable: HeapCell::new(callable) }).into()
    }

    /// A `classmethod` of a callable.
    pub fn new_class_method(&mut self, callable: Value) -> Value {
        self.alloc(ClassMethod { callable: HeapCell::new(callable) }).into()
    }
}
