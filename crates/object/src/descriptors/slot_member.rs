//! `member_descriptor`: the attributes that `__slots__` declares, and the members of native classes.

use pvm_macros::pymethods;

use super::shown::reduce_by_getattr;
use crate::core::object::{Object, Ref};
use crate::core::value::{Value, ValueRef};
use crate::errors::PyResult;
use crate::native::GetSetDef;
use crate::ops::join::join;
use crate::str::Str;
use crate::trace::{Trace, Visitor};
use crate::types::{NativeLayout, Slots, Type, instance, static_class};
use crate::{Heap, Vm};

/// The native half of a member: a name, and where its value lies in instances.
pub struct SlotMember {
    name: Ref<Str>,
    class: Ref<Type>,
    place: Place,
}

/// Where the value of a member is.
#[derive(Clone, Copy)]
enum Place {
    /// In a slot, this many bytes from the start of an instance.
    Slot(usize),
    /// In the native half: these functions know.
    Native(&'static GetSetDef),
}

// SAFETY: both references are visited once.
unsafe impl Trace for SlotMember {
    fn trace(&self, visitor: &mut Visitor<'_>) {
        self.name.trace(visitor);
        self.class.trace(visitor);
    }
}

static_class! {
    /// `types.MemberDescriptorType`.
    pub SLOT_MEMBER_TYPE: SlotMember = {
        name: "member_descriptor",
        layout: &SLOT_MEMBER_LAYOUT,
        flags: 0,
        members: SlotMember::PY_MEMBERS,
        slots: Slots::new().with_descr_get(descr_get).with_descr_set(descr_set).with_repr(repr),
    }
}
static SLOT_MEMBER_LAYOUT: NativeLayout = NativeLayout::of::<SlotMember>();

impl SlotMember {
    /// Bytes from the start of an instance to the value, where `__slots__` declares the member and all instances are alike.
    pub fn offset(&self) -> Option<usize> {
        match self.place {
            Place::Slot(offset) if self.class.var_size().is_none() => Some(offset),
            _ => None,
        }
    }

    /// What a member of the native half does.
    pub(crate) fn native(&self) -> Option<&'static GetSetDef> {
        match self.place {
            Place::Native(def) => Some(def),
            Place::Slot(_) => None,
        }
    }

    /// The class that declared it.
    pub fn class(&self) -> &Object<Type> {
        &self.class
    }

    /// Its name.
    pub fn name(&self) -> &Object<Str> {
        &self.name
    }
}

fn native(value: &Value) -> &Object<SlotMember> {
    value.downcast::<SlotMember>().expect("the slot belongs to members")
}

impl Object<SlotMember> {
    fn check(&self, vm: &mut Vm, instance: &Value) -> PyResult<()> {
        if instance.ty().is_subclass_of(&self.class, vm) {
            return Ok(());
        }
        let (class, got) = (self.class.name().to_owned(), vm.type_name(instance));
        let name = self.name.to_string();
        Err(vm.type_error(format_args!("descriptor '{name}' for '{class}' objects doesn't apply to a '{got}' object")))
    }
}

fn descr_get(vm: &mut Vm, this: &Value, object: Option<&Value>, _owner: Option<&Value>) -> PyResult {
    let Some(object) = object else { return Ok(this.clone()) };
    let this = native(this);
    this.check(vm, object)?;
    let offset = match this.place {
        Place::Native(def) => return (def.get)(vm, object),
        Place::Slot(offset) => offset,
    };
    let header = object.header().expect("instances with slots are objects");
    let word = instance::slot_word(header, offset).get();
    if word == 0 {
        let (class, name) = (object.ty().message_name(vm), &this.name);
        return Err(vm.attribute_error_on(object, name, format_args!("'{class}' object has no attribute '{name}'")));
    }
    // SAFETY: a filled slot owns a live value.
    Ok(unsafe { ValueRef::from_bits(word) }.to_owned())
}

fn descr_set(vm: &mut Vm, this: &Value, object: &Value, value: Option<&Value>) -> PyResult<()> {
    let this = native(this);
    this.check(vm, object)?;
    let offset = match this.place {
        Place::Native(GetSetDef { set: Some(set), .. }) => return set(vm, object, value),
        Place::Native(_) => return Err(vm.attribute_error(format_args!("readonly attribute"))),
        Place::Slot(offset) => offset,
    };
    let header = object.header().expect("instances with slots are objects");
    let old = instance::slot_word(header, offset).replace(value.map_or(0, |value| value.clone().into_bits()));
    if old != 0 {
        // SAFETY: a filled slot owned its value.
        vm.release(unsafe { Value::from_bits(old) });
    } else if value.is_none() {
        let name = &this.name;
        return Err(vm.attribute_error(format_args!("{name}")));
    }
    Ok(())
}

fn repr(vm: &mut Vm, this: &Value) -> PyResult {
    let this = native(this);
    let text = format!("<member '{}' of '{}' objects>", &*this.name, this.class.full_name(vm));
    Ok(vm.new_str(&text).into())
}

#[pymethods]
impl SlotMember {
    #[text_signature = "($self, /)"]
    fn __reduce__(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        reduce_by_getattr(vm, this.class.to_value(), &this.name)
    }

    #[member]
    fn __objclass__(&self) -> Ref<Type> {
        self.class.clone()
    }

    #[member]
    fn __name__(&self) -> Ref<Str> {
        self.name.clone()
    }

    #[getter]
    fn __qualname__(&self, vm: &mut Vm) -> PyResult<Ref<Str>> {
        let class = self.class.qualname_object(vm);
        join!(vm, &class, ".", &self.name)
    }

    #[getter]
    fn __doc__(&self) -> Option<&'static str> {
        match self.place {
            Place::Slot(_) => None,
            Place::Native(def) => def.doc,
        }
    }
}

impl Heap {
    /// A member of a class at an offset that the class has reserved.
    pub(crate) fn new_slot_member(&mut self, name: Ref<Str>, class: &Object<Type>, offset: usize) -> Value {
        self.alloc(SlotMember { name, class: class.to_ref(), place: Place::Slot(offset) }).into()
    }

    /// A member of a native class.
    pub(super) fn new_native_member(&mut self, def: &'static GetSetDef, class: &Object<Type>) -> Value {
        let name = self.intern(def.name);
        self.alloc(SlotMember { name, class: class.to_ref(), place: Place::Native(def) }).into()
    }
}
