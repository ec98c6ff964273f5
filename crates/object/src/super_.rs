//! `super`: attributes of the classes behind one in the order of resolution.

use pvm_macros::{pyclass, pymethods};

use crate::core::cell::HeapCell;
use crate::core::object::{Object, Ref};
use crate::core::slot::Args;
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::ops::attribute::generic_getattr;
use crate::ops::join::join;
use crate::str::Str;
use crate::types::{Type, type_flag};
use crate::{Heap, Vm, names};

/// super() -> same as super(__class__, <first argument>)
/// super(type) -> unbound super object
/// super(type, obj) -> bound super object; requires isinstance(obj, type)
/// super(type, type2) -> bound super object; requires
///     issubclass(type2, type)
/// Typical use to call a cooperative superclass method:
/// class C(B):
///     def meth(self, arg):
///         super().meth(arg)
/// This works for class methods too:
/// class C(B):
///     @classmethod
///     def cmeth(cls, arg):
///         super().cmeth(arg)
///
#[pyclass(name = "super")]
pub struct Super {
    /// the class invoking super()
    #[member]
    #[name = "__thisclass__"]
    class: HeapCell<Option<Ref<Type>>>,
    /// the instance invoking super(); may be None
    #[member]
    #[name = "__self__"]
    receiver: HeapCell<Option<Value>>,
    /// the type of the instance invoking super(); may be None
    #[member]
    #[name = "__self_class__"]
    receiver_class: HeapCell<Option<Ref<Type>>>,
}

/// The class whose order of resolution is searched for a receiver: the receiver itself where it is a class below `class`,
/// else its class (`supercheck`).
fn check(vm: &mut Vm, class: &Object<Type>, receiver: &Value) -> PyResult<Ref<Type>> {
    if let Some(given) = receiver.downcast::<Type>()
        && given.is_subclass_of(class, vm)
    {
        return Ok(given.to_ref());
    }
    if receiver.ty().is_subclass_of(class, vm) {
        return Ok(receiver.ty().to_ref());
    }
    // A proxy may claim another class.
    if let Some(claimed) = vm.find_attr(receiver, &names::__class__)?
        && let Some(claimed) = claimed.downcast::<Type>()
        && !std::ptr::eq(claimed, receiver.ty())
        && claimed.is_subclass_of(class, vm)
    {
        return Ok(claimed.to_ref());
    }
    let (kind, name) = match receiver.downcast::<Type>() {
        Some(given) => ("type", given.name().to_owned()),
        None => ("instance of", vm.type_name(receiver)),
    };
    let class = class.name().to_owned();
    Err(vm.type_error(format_args!("super(type, obj): obj ({kind} {name}) is not an instance or subtype of type ({class}).")))
}

/// What a `super` object finds behind `class`; `None` where there is nothing. With `as_method` a function that binds comes
/// unbound, and the flag says so.
fn find(
    vm: &mut Vm,
    class: &Object<Type>,
    receiver: &Value,
    receiver_class: &Object<Type>,
    name: &Object<Str>,
    as_method: bool,
) -> PyResult<Option<(Value, bool)>> {
    // `super().__class__` is `super` itself.
    if name.is_str("__class__") {
        return Ok(None);
    }
    let order = receiver_class.mro(vm).to_ref();
    let behind = order.as_slice().iter().skip_while(|base| !base.is(&class.as_value())).skip(1);
    let mut found = None;
    for base in behind {
        found = base.downcast::<Type>().and_then(|base| base.dict(vm).get_str(name, vm));
        if found.is_some() {
            break;
        }
    }
    let Some(found) = found else { return Ok(None) };
    // The receiver is the owner itself where `super` was called for a class.
    let instance = (!receiver.is(&receiver_class.as_value())).then_some(receiver);
    if as_method && instance.is_some() && found.ty().has_flags(type_flag::METHOD_DESCRIPTOR) {
        return Ok(Some((found, true)));
    }
    let Some(get) = found.ty().slots().descr_get() else {
        return Ok(Some((found, false)));
    };
    let bound = get(vm, &found, instance, Some(&receiver_class.as_value()))?;
    Ok(Some((bound, false)))
}

/// `super(class, receiver).name`, without the object in between (`_PySuper_Lookup`). With `wants_method` the flag tells that
/// the value is a function that the receiver goes before the arguments of.
pub fn lookup(
    vm: &mut Vm,
    class: &Object<Type>,
    receiver: &Value,
    name: &Object<Str>,
    wants_method: bool,
) -> PyResult<(Value, bool)> {
    let receiver_class = check(vm, class, receiver)?;
    if let Some(found) = find(vm, class, receiver, &receiver_class, name, wants_method)? {
        return Ok(found);
    }
    let object = Super {
        class: HeapCell::new(Some(class.to_ref())),
        receiver: HeapCell::new(Some(receiver.clone())),
        receiver_class: HeapCell::new(Some(receiver_class)),
    };
    let object: Value = vm.alloc(object).into();
    Ok((generic_getattr(vm, &object, name)?, false))
}

#[pymethods]
impl Super {
    #[new]
    fn new(cls: &Object<Type>, heap: &mut Heap, _args: Args<'_>) -> Ref<Super> {
        let empty = Super { class: HeapCell::new(None), receiver: HeapCell::new(None), receiver_class: HeapCell::new(None) };
        heap.alloc_as(cls, empty)
    }

    fn __init__(this: &Object<Self>, vm: &mut Vm, args: Args<'_>) -> PyResult<()> {
        if args.has_keywords() {
            return Err(vm.type_error(format_args!("super() takes no keyword arguments")));
        }
        if args.len() > 2 {
            let given = args.len();
            return Err(vm.type_error(format_args!("super() expected at most 2 arguments, got {given}")));
        }
        let (class, receiver) = match args.get(0) {
            None => {
                let (class, receiver) = (vm.hooks().super_arguments)(vm)?;
                (class, Some(receiver))
            }
            Some(class) => {
                if !class.is_instance_of::<Type>() {
                    let kind = vm.type_name(&class);
                    return Err(vm.type_error(format_args!("super() argument 1 must be a type, not {kind}")));
                }
                (class.to_owned(), args.get(1).filter(|receiver| !receiver.is_none()).map(|receiver| receiver.to_owned()))
            }
        };
        this.bind(vm, class, receiver)
    }

    fn __repr__(this: &Object<Self>, vm: &mut Vm) -> PyResult<Ref<Str>> {
        let class = match this.class.get(vm) {
            Some(class) => class.name_object(vm),
            None => vm.new_str("NULL"),
        };
        match this.receiver_class.get(vm) {
            Some(owner) => {
                let owner = owner.name_object(vm);
                join!(vm, "<super: <class '", &class, "'>, <", &owner, " object>>")
            }
            None => join!(vm, "<super: <class '", &class, "'>, NULL>"),
        }
    }

    fn __getattribute__(this: &Object<Self>, vm: &mut Vm, name: &Object<Str>) -> PyResult {
        if let (Some(class), Some(receiver), Some(owner)) =
            (this.class.get(vm), this.receiver.get(vm), this.receiver_class.get(vm))
            && let Some((found, _)) = find(vm, &class, &receiver, &owner, name, false)?
        {
            return Ok(found);
        }
        generic_getattr(vm, &this.as_value(), name)
    }

    fn __get__(this: &Object<Self>, vm: &mut Vm, instance: Option<&Value>, _owner: Option<&Value>) -> PyResult {
        let (Some(instance), None) = (instance, this.receiver.get(vm)) else {
            return Ok(this.to_value());
        };
        let Some(class) = this.class.get(vm) else {
            return Ok(this.to_value());
        };
        if !std::ptr::eq(this.ty(), SUPER_TYPE.get()) {
            // A subclass's instances are made by calling it.
            return vm.call(&this.ty().to_value(), &[class.into(), instance.clone()]);
        }
        let owner = check(vm, &class, instance)?;
        let bound = Super {
            class: HeapCell::new(Some(class)),
            receiver: HeapCell::new(Some(instance.clone())),
            receiver_class: HeapCell::new(Some(owner)),
        };
        Ok(vm.alloc(bound).into())
    }
}

impl Object<Super> {
    fn bind(&self, vm: &mut Vm, class: Value, receiver: Option<Value>) -> PyResult<()> {
        let class = class.downcast_into::<Type>().map_err(|other| {
            let kind = vm.type_name(&other);
            vm.runtime_error(format_args!("super(): __class__ is not a type ({kind})"))
        })?;
        let owner = match &receiver {
            Some(receiver) => Some(check(vm, &class, receiver)?),
            None => None,
        };
        self.class.set(Some(class), vm);
        self.receiver.set(receiver, vm);
        self.receiver_class.set(owner, vm);
        Ok(())
    }
}
