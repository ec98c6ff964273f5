//! What the code that the house's macros generate refers to. Nothing here is meant to be named by hand.

pub use crate::arguments::{Argument, Keywords, Owner, ParamDef, Signature};
pub use crate::buffer::BufferView;
pub use crate::convert::{FieldValue, FromArg, FromOperand, IntoInstance, IntoPyResult, IntoResult};
pub use crate::core::object::{Object, Static};
pub use crate::core::slot::Args;
pub use crate::core::value::{Value, ValueRef};
pub use crate::errors::PyResult;
pub use crate::module_def::{ModuleDef, ModuleItem};
pub use crate::native::{ConstDef, DirectEntries, Effects, GetSetDef, MemberDef, MethodDef, MethodKind};
pub use crate::ops::compare::CompareOp;
pub use crate::str::Str;
pub use crate::types::slots::{Sent, SlotFn, SlotId, Slots};
pub use crate::types::{NativeLayout, OBJECT_TYPE, PyClass, Type, TypeDef, type_flag};

use crate::errors::Raised;
use crate::singletons::NONE;
use crate::{Heap, Vm};

/// Members and slots of a class without `#[pymethods]`: the constants of its own, where it has them, come first.
pub trait WithoutMethods {
    /// No members.
    const PY_MEMBERS: &'static [MemberDef] = &[];
    /// No slots.
    const PY_SLOTS: &'static [SlotFn] = &[];
}
impl<T> WithoutMethods for T {}

/// How many members the blocks of a class have together.
pub const fn total_members(blocks: &[&[MemberDef]]) -> usize {
    let (mut total, mut index) = (0, 0);
    while index < blocks.len() {
        total += blocks[index].len();
        index += 1;
    }
    total
}

/// The members of all blocks of a class.
pub const fn concat_members<const N: usize>(blocks: &[&[MemberDef]]) -> [MemberDef; N] {
    const NONE: ConstDef = ConstDef { name: "", value: |_| Ok(Value::none()) };
    let mut members = [MemberDef::Const(&NONE); N];
    let (mut filled, mut block) = (0, 0);
    while block < blocks.len() {
        let mut index = 0;
        while index < blocks[block].len() {
            members[filled] = blocks[block][index];
            filled += 1;
            index += 1;
        }
        block += 1;
    }
    assert!(filled == N);
    members
}

/// The slots of all blocks of a class.
pub const fn fill_slots(blocks: &[&[SlotFn]]) -> Slots {
    let mut slots = Slots::new();
    let mut index = 0;
    while index < blocks.len() {
        slots = slots.with_all(blocks[index]);
        index += 1;
    }
    slots
}

/// The flag of a class that has no `#[new]`: calling it is refused.
pub const fn instantiation_flag(blocks: &[&[SlotFn]]) -> u32 {
    let mut block = 0;
    while block < blocks.len() {
        let mut index = 0;
        while index < blocks[block].len() {
            if matches!(blocks[block][index], SlotFn::New(_)) {
                return 0;
            }
            index += 1;
        }
        block += 1;
    }
    type_flag::DISALLOW_INSTANTIATION
}

/// `self` as an instance of `T`.
#[inline(always)]
pub fn receiver<'a, T: PyClass>(this: &'a Value, heap: &mut Heap, name: &str) -> PyResult<&'a Object<T>> {
    match this.downcast::<T>() {
        Some(object) => Ok(object),
        None => Err(wrong_receiver(this, T::type_object(), heap, name)),
    }
}

#[cold]
#[inline(never)]
fn wrong_receiver(this: &Value, class: &Object<Type>, heap: &mut Heap, name: &str) -> Raised {
    let (class, got) = (class.full_name(heap), this.ty().full_name(heap));
    heap.type_error(format_args!("descriptor '{name}' for '{class}' objects doesn't apply to a '{got}' object"))
}

/// The arguments of a `__new__` that takes no keywords: those for a subclass with an `__init__` of its own are not its to
/// refuse (`_PyArg_NoKeywords` as Argument Clinic calls it).
#[inline(always)]
pub fn constructor_args<'a>(class: &Object<Type>, owner: &'static Static<Type>, args: Args<'a>) -> Args<'a> {
    if args.has_keywords() && !std::ptr::eq(class, owner.get()) && !class.slots().same(owner.slots(), SlotId::Init) {
        args.without_keywords()
    } else {
        args
    }
}

/// The value of a parameter that binding has made sure of.
#[inline(always)]
pub fn required(value: Option<ValueRef<'_>>) -> ValueRef<'_> {
    value.expect("a required argument was bound")
}

/// Nothing for a value that was not given, nor for `None`.
#[inline(always)]
pub fn unless_none(value: Option<ValueRef<'_>>) -> Option<ValueRef<'_>> {
    value.filter(|value| !value.is_none())
}

/// `None`, borrowed.
#[inline(always)]
pub fn none_ref() -> ValueRef<'static> {
    NONE.get().as_value()
}

/// `NotImplemented`.
#[inline(always)]
pub fn not_implemented() -> Value {
    Value::not_implemented()
}

/// -1 means an error in C, so it is no hash.
#[inline(always)]
pub fn fix_hash(hash: i64) -> i64 {
    if hash == -1 { -2 } else { hash }
}

/// The result of `__ne__` by that of `__eq__`, as `object.__ne__` has it.
pub fn invert_comparison(vm: &mut Vm, equal: Value) -> PyResult {
    if equal.is_not_implemented() {
        return Ok(equal);
    }
    vm.truth(&equal).map(|equal| Value::from_bool(!equal))
}

/// The error of a slot that sets and deletes, for the half that the class does not have.
#[cold]
pub fn lacks_half(vm: &mut Vm, this: &Value, slot: SlotId, sets: bool) -> Raised {
    let kind = vm.type_name(this);
    match (slot, sets) {
        (SlotId::SetItem, true) => vm.type_error(format_args!("'{kind}' object does not support item assignment")),
        (SlotId::SetItem, false) => vm.type_error(format_args!("'{kind}' object doesn't support item deletion")),
        (SlotId::DescrSet, true) => vm.attribute_error(format_args!("__set__")),
        (SlotId::DescrSet, false) => vm.attribute_error(format_args!("__delete__")),
        (_, true) => vm.type_error(format_args!("'{kind}' object has no settable attributes")),
        (_, false) => vm.type_error(format_args!("'{kind}' object has no deletable attributes")),
    }
}

/// The error for `del` of an attribute that can only be set.
#[cold]
pub fn cannot_delete(vm: &mut Vm, name: &str) -> Raised {
    vm.type_error(format_args!("cannot delete '{name}' attribute"))
}

/// The error for `del` of a member that holds a number.
#[cold]
pub fn cannot_delete_member(vm: &mut Vm) -> Raised {
    vm.type_error(format_args!("can't delete numeric/char attribute"))
}
