//! `BaseExceptionGroup` and `ExceptionGroup` (PEP 654).

use pvm_macros::pymethods;

use super::fields::{exception_class, object_field, wrong_count};
use super::split::{Matcher, split};
use super::{BASE_EXCEPTION, BaseException, EXCEPTION, ExceptionFields, base};
use crate::core::cell::HeapCell;
use crate::core::object::{Object, Ref, Static};
use crate::core::slot::Args;
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::list::List;
use crate::ops::join::join;
use crate::str::Str;
use crate::tuple::Tuple;
use crate::types::{NativeLayout, Slots, Type, TypeDef, type_flag};
use crate::{Heap, Vm};

/// The native half of an exception group.
#[derive(pvm_macros::Trace)]
#[repr(C)]
pub struct BaseExceptionGroup {
    base: BaseException,
    message: HeapCell<Option<Value>>,
    exceptions: HeapCell<Option<Value>>,
    /// What `repr` shows for a sequence that is neither list nor tuple: it as it was when the group was made.
    sequence: HeapCell<Option<Value>>,
}

exception_class! {
    /// `BaseExceptionGroup`.
    pub BASE_EXCEPTION_GROUP: BaseExceptionGroup = "BaseExceptionGroup", "A combination of multiple unrelated exceptions." {
        base: BASE_EXCEPTION,
        members: [
            BaseExceptionGroup::PY_MEMBERS,
            &[
                object_field!(readonly BaseExceptionGroup, message, "message", "exception message"),
                object_field!(readonly BaseExceptionGroup, exceptions, "exceptions", "nested exceptions")
            ]
        ],
        slots: Slots::new().with_new(new).with_init(init).with_str(str).with_repr(repr),
    }
}

/// `ExceptionGroup`.
pub static EXCEPTION_GROUP: Static<Type> = {
    static DEF: TypeDef = TypeDef {
        name: "ExceptionGroup",
        module: "builtins",
        full_name: "ExceptionGroup",
        doc: None,
        base: Some(&BASE_EXCEPTION_GROUP),
        also: Some(&EXCEPTION),
        members: &[],
        flags: type_flag::BASE_TYPE | type_flag::HAS_DICT | type_flag::HAS_WEAKREFS,
    };
    static LAYOUT: &NativeLayout = &NativeLayout::of::<BaseExceptionGroup>();
    Static::new_class_like(&DEF, LAYOUT, &raw const BASE_EXCEPTION_GROUP, Slots::new())
};

impl ExceptionFields for BaseExceptionGroup {
    fn with(base: BaseException) -> BaseExceptionGroup {
        let empty = || HeapCell::new(None);
        BaseExceptionGroup { base, message: empty(), exceptions: empty(), sequence: empty() }
    }
}

fn group(value: &Value) -> &Object<BaseExceptionGroup> {
    value.downcast::<BaseExceptionGroup>().expect("the slot belongs to exception groups")
}

fn new(vm: &mut Vm, class: &Object<Type>, args: Args<'_>) -> PyResult {
    let (Some(message), Some(sequence), 2) = (args.get(0), args.get(1), args.len()) else {
        return Err(wrong_count(vm, "BaseExceptionGroup.__new__", 2, args.len()));
    };
    if !message.is_instance_of::<Str>() {
        let kind = if message.is_none() { "None".to_owned() } else { vm.type_name(&message) };
        return Err(vm.type_error(format_args!("BaseExceptionGroup.__new__() argument 1 must be str, not {kind}")));
    }
    if sequence.ty().slots().item().is_none() {
        return Err(vm.type_error(format_args!("second argument (exceptions) must be a sequence")));
    }
    let exceptions = vm.tuple_of(&sequence)?;
    let class = checked_class(vm, class, &exceptions)?;
    let shown = match sequence.is_instance_of::<List>() || sequence.is_instance_of::<Tuple>() {
        true => None,
        false => Some(vm.repr(&sequence)?.into()),
    };
    let this = base::new(vm, &class, args)?;
    group(&this).message.set(Some(message.to_owned()), vm);
    group(&this).exceptions.set(Some(exceptions.into()), vm);
    group(&this).sequence.set(shown, vm);
    Ok(this)
}

/// Checks the exceptions; the class to make: a `BaseExceptionGroup` of `Exception`s alone is an `ExceptionGroup`.
fn checked_class(vm: &mut Vm, class: &Object<Type>, exceptions: &Object<Tuple>) -> PyResult<Ref<Type>> {
    if exceptions.is_empty() {
        return Err(vm.value_error(format_args!("second argument (exceptions) must be a non-empty sequence")));
    }
    let mut holds_base_exceptions = false;
    for (index, item) in exceptions.as_slice().iter().enumerate() {
        if item.as_exception().is_none() {
            return Err(vm.value_error(format_args!("Item {index} of second argument (exceptions) is not an exception")));
        }
        holds_base_exceptions |= !vm.is_instance(item, &EXCEPTION.to_value())?;
    }
    if std::ptr::eq(class, BASE_EXCEPTION_GROUP.get()) {
        return Ok(if holds_base_exceptions { class.to_ref() } else { EXCEPTION_GROUP.to_ref() });
    }
    if holds_base_exceptions {
        if std::ptr::eq(class, EXCEPTION_GROUP.get()) {
            return Err(vm.type_error(format_args!("Cannot nest BaseExceptions in an ExceptionGroup")));
        }
        if vm.is_subclass(&class.to_value(), &EXCEPTION.to_value())? {
            let name = class.name();
            return Err(vm.type_error(format_args!("Cannot nest BaseExceptions in '{name}'")));
        }
    }
    Ok(class.to_ref())
}

/// The class has an `__init__` of its own.
fn init(vm: &mut Vm, this: &Value, args: Args<'_>) -> PyResult<()> {
    base::init(vm, this, args)
}

fn str(vm: &mut Vm, this: &Value) -> PyResult {
    let this = group(this);
    let message = this.message.get(vm).unwrap_or_else(Value::none);
    let (message, count) = (vm.str(&message)?, this.exceptions(vm).len());
    let tail = format!(" ({count} sub-exception{})", if count > 1 { "s" } else { "" });
    Ok(join!(vm, &message, &tail)?.into())
}

/// What the group holds stands where the second argument stood, as a list where that was one and the last argument.
fn repr(vm: &mut Vm, this: &Value) -> PyResult {
    let error = group(this);
    let exceptions = error.exceptions(vm);
    let shown = match error.sequence.get(vm) {
        Some(shown) => vm.str(&shown)?,
        None => {
            let args = error.base.args(vm);
            let value: Value = match args.as_slice() {
                [_, sequence] if sequence.is_instance_of::<List>() => vm.try_list(exceptions.as_slice().iter().cloned())?.into(),
                _ => exceptions.into(),
            };
            vm.repr(&value)?
        }
    };
    let message = error.message.get(vm).unwrap_or_else(Value::none);
    let (name, message) = (this.ty().short_name().to_owned(), vm.repr(&message)?);
    Ok(join!(vm, &name, "(", &message, ", ", &shown, ")")?.into())
}

#[pymethods]
impl BaseExceptionGroup {
    /// Exception groups are generic over the type of their contained exceptions
    #[classmethod]
    #[text_signature = "($type, object, /)"]
    fn __class_getitem__(cls: &Object<Type>, vm: &mut Vm, object: &Value) -> PyResult {
        vm.generic_alias(&cls.to_value(), object)
    }

    #[text_signature = "($self, excs, /)"]
    fn derive(&self, vm: &mut Vm, excs: &Value) -> PyResult {
        let message = self.message.get(vm).unwrap_or_else(Value::none);
        vm.call(&BASE_EXCEPTION_GROUP.to_value(), &[message, excs.clone()])
    }

    #[text_signature = "($self, matcher_value, /)"]
    fn split(this: &Object<Self>, vm: &mut Vm, matcher_value: &Value) -> PyResult<(Option<Value>, Option<Value>)> {
        let matcher = Matcher::of(vm, matcher_value)?;
        let parts = split(vm, &this.to_value(), &matcher, true)?;
        Ok((parts.matching, parts.rest))
    }

    #[text_signature = "($self, matcher_value, /)"]
    fn subgroup(this: &Object<Self>, vm: &mut Vm, matcher_value: &Value) -> PyResult<Option<Value>> {
        let matcher = Matcher::of(vm, matcher_value)?;
        Ok(split(vm, &this.to_value(), &matcher, false)?.matching)
    }
}

impl Object<BaseExceptionGroup> {
    /// The exceptions in the group.
    pub fn exceptions(&self, heap: &Heap) -> Ref<Tuple> {
        let exceptions = self.exceptions.get(heap).and_then(|exceptions| exceptions.downcast_into().ok());
        exceptions.unwrap_or_else(|| crate::tuple::empty().to_ref())
    }
}

impl Vm {
    /// `BaseExceptionGroup(message, exceptions)`.
    pub fn new_exception_group(&mut self, message: &str, exceptions: Value) -> PyResult {
        let message = self.new_str(message);
        self.call(&BASE_EXCEPTION_GROUP.to_value(), &[message.into(), exceptions])
    }
}
