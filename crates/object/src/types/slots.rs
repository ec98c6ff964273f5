//! [`Slots`]: the table of native functions behind a class's operators.
//!
//! One row of the table below per slot: its number, the name of the accessor and of the builder, and the signature.
//! Which Python method belongs to which slot is in `slot_methods.rs`.

use std::cell::Cell;

use super::Type;
use crate::Vm;
use crate::buffer::BufferView;
use crate::core::object::Object;
use crate::core::slot::Args;
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::ops::compare::CompareOp;
use crate::str::Str;

/// One operand.
pub type UnaryFn = fn(&mut Vm, &Value) -> PyResult;
/// Two operands, left then right; `NotImplemented` where it does not know how.
pub type BinaryFn = fn(&mut Vm, &Value, &Value) -> PyResult;
/// Base, exponent and modulus (`None` without one).
pub type PowerFn = fn(&mut Vm, &Value, &Value, &Value) -> PyResult;
/// A yes or no.
pub type InquiryFn = fn(&mut Vm, &Value) -> PyResult<bool>;
/// A number of items.
pub type LenFn = fn(&mut Vm, &Value) -> PyResult<usize>;
/// A hash; never -1.
pub type HashFn = fn(&mut Vm, &Value) -> PyResult<i64>;
/// A comparison; `NotImplemented` where it does not know how.
pub type CompareFn = fn(&mut Vm, &Value, &Value, CompareOp) -> PyResult;
/// The next item, `None` at the end.
pub type NextFn = fn(&mut Vm, &Value) -> PyResult<Option<Value>>;
/// An attribute.
pub type GetAttrFn = fn(&mut Vm, &Value, &Object<Str>) -> PyResult;
/// Sets an attribute, or deletes it where the value is `None`.
pub type SetAttrFn = fn(&mut Vm, &Value, &Object<Str>, Option<&Value>) -> PyResult<()>;
/// `__get__(self, instance, owner)`.
pub type DescrGetFn = fn(&mut Vm, &Value, Option<&Value>, Option<&Value>) -> PyResult;
/// `__set__(self, instance, value)`, or `__delete__` where the value is `None`.
pub type DescrSetFn = fn(&mut Vm, &Value, &Value, Option<&Value>) -> PyResult<()>;
/// A call.
pub type CallFn = fn(&mut Vm, &Value, Args<'_>) -> PyResult;
/// `__new__(cls, …)`.
pub type NewFn = fn(&mut Vm, &Object<Type>, Args<'_>) -> PyResult;
/// `__init__(self, …)`.
pub type InitFn = fn(&mut Vm, &Value, Args<'_>) -> PyResult<()>;
/// The finaliser; its errors are its own to report.
pub type FinalizeFn = fn(&mut Vm, &Value);
/// Item by position; negative positions were already counted from the end.
pub type ItemFn = fn(&mut Vm, &Value, isize) -> PyResult;
/// Sets (or deletes) an item by position.
pub type SetIndexFn = fn(&mut Vm, &Value, isize, Option<&Value>) -> PyResult<()>;
/// `self[key] = value`, or `del self[key]` where the value is `None`.
pub type SetItemFn = fn(&mut Vm, &Value, &Value, Option<&Value>) -> PyResult<()>;
/// `item in self`.
pub type ContainsFn = fn(&mut Vm, &Value, &Value) -> PyResult<bool>;
/// `self * count`.
pub type RepeatFn = fn(&mut Vm, &Value, isize) -> PyResult;
/// Exports a buffer; the flags are those of the buffer protocol.
pub type BufferFn = fn(&mut Vm, &Value, u32) -> PyResult<BufferView>;
/// Takes an exported buffer back.
pub type ReleaseBufferFn = fn(&mut Vm, &Value, &BufferView);

/// What a coroutine-like object did when something was sent into it.
#[derive(Debug)]
pub enum Sent {
    /// It yielded.
    Yielded(Value),
    /// It returned.
    Returned(Value),
}

/// `send(value)` without the detour over `StopIteration`.
pub type SendFn = fn(&mut Vm, &Value, Value) -> PyResult<Sent>;

macro_rules! slot_table {
    ($($(#[$doc:meta])* $id:ident $get:ident $set:ident: $ty:ty),* $(,)?) => {
        /// The number of a slot.
        #[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
        #[repr(u8)]
        pub enum SlotId { $($(#[$doc])* $id),* }

        /// Every slot, in the order of their numbers.
        pub const ALL_SLOTS: &[SlotId] = &[$(SlotId::$id),*];

        impl Slots {
            $(
                #[doc = concat!("The `", stringify!($id), "` slot.")]
                #[inline(always)]
                pub fn $get(&self) -> Option<$ty> {
                    let raw = self.table[SlotId::$id as usize].get();
                    // SAFETY: only the builder and setter of this row write the entry, with a function of this type; a
                    // null pointer is `None`.
                    unsafe { std::mem::transmute::<*const (), Option<$ty>>(raw) }
                }

                #[doc = concat!("With the `", stringify!($id), "` slot filled.")]
                pub const fn $set(mut self, function: $ty) -> Slots {
                    self.table[SlotId::$id as usize] = Cell::new(function as *const ());
                    self
                }
            )*
        }

        /// A function for a slot, of the slot's own type.
        #[derive(Clone, Copy)]
        pub enum SlotFn { $($(#[$doc])* $id($ty)),* }

        impl SlotFn {
            /// The slot it belongs to.
            pub const fn id(self) -> SlotId {
                match self { $(SlotFn::$id(_) => SlotId::$id),* }
            }

            const fn raw(self) -> *const () {
                match self { $(SlotFn::$id(function) => function as *const ()),* }
            }
        }
    };
}

slot_table! {
    // The binary operators stand first, in the order of `BINARY_OP`'s operand.
    Add add with_add: BinaryFn,
    And and with_and: BinaryFn,
    FloorDivide floor_divide with_floor_divide: BinaryFn,
    LeftShift left_shift with_left_shift: BinaryFn,
    MatrixMultiply matrix_multiply with_matrix_multiply: BinaryFn,
    Multiply multiply with_multiply: BinaryFn,
    Remainder remainder with_remainder: BinaryFn,
    Or or with_or: BinaryFn,
    Power power with_power: PowerFn,
    RightShift right_shift with_right_shift: BinaryFn,
    Subtract subtract with_subtract: BinaryFn,
    TrueDivide true_divide with_true_divide: BinaryFn,
    Xor xor with_xor: BinaryFn,
    InplaceAdd inplace_add with_inplace_add: BinaryFn,
    InplaceAnd inplace_and with_inplace_and: BinaryFn,
    InplaceFloorDivide inplace_floor_divide with_inplace_floor_divide: BinaryFn,
    InplaceLeftShift inplace_left_shift with_inplace_left_shift: BinaryFn,
    InplaceMatrixMultiply inplace_matrix_multiply with_inplace_matrix_multiply: BinaryFn,
    InplaceMultiply inplace_multiply with_inplace_multiply: BinaryFn,
    InplaceRemainder inplace_remainder with_inplace_remainder: BinaryFn,
    InplaceOr inplace_or with_inplace_or: BinaryFn,
    InplacePower inplace_power with_inplace_power: PowerFn,
    InplaceRightShift inplace_right_shift with_inplace_right_shift: BinaryFn,
    InplaceSubtract inplace_subtract with_inplace_subtract: BinaryFn,
    InplaceTrueDivide inplace_true_divide with_inplace_true_divide: BinaryFn,
    InplaceXor inplace_xor with_inplace_xor: BinaryFn,
    Divmod divmod with_divmod: BinaryFn,
    Negative negative with_negative: UnaryFn,
    Positive positive with_positive: UnaryFn,
    Absolute absolute with_absolute: UnaryFn,
    Invert invert with_invert: UnaryFn,
    Int int with_int: UnaryFn,
    Float float with_float: UnaryFn,
    Index index with_index: UnaryFn,
    Bool bool with_bool: InquiryFn,
    Repr repr with_repr: UnaryFn,
    Str str with_str: UnaryFn,
    Hash hash with_hash: HashFn,
    RichCompare richcompare with_richcompare: CompareFn,
    Call call with_call: CallFn,
    GetAttr getattr with_getattr: GetAttrFn,
    SetAttr setattr with_setattr: SetAttrFn,
    Iter iter with_iter: UnaryFn,
    Next next with_next: NextFn,
    DescrGet descr_get with_descr_get: DescrGetFn,
    DescrSet descr_set with_descr_set: DescrSetFn,
    New new_instance with_new: NewFn,
    Init init with_init: InitFn,
    Finalize finalize with_finalize: FinalizeFn,
    /// Length of a sequence or mapping.
    Len len with_len: LenFn,
    /// Item by position: the sequence protocol.
    Item item with_item: ItemFn,
    SetIndex set_index with_set_index: SetIndexFn,
    /// Item by key: the mapping protocol, and what `self[key]` asks first.
    GetItem getitem with_getitem: BinaryFn,
    SetItem setitem with_setitem: SetItemFn,
    Contains contains with_contains: ContainsFn,
    Concat concat with_concat: BinaryFn,
    Repeat repeat with_repeat: RepeatFn,
    InplaceConcat inplace_concat with_inplace_concat: BinaryFn,
    InplaceRepeat inplace_repeat with_inplace_repeat: RepeatFn,
    Await r#await with_await: UnaryFn,
    AsyncIter async_iter with_async_iter: UnaryFn,
    AsyncNext async_next with_async_next: UnaryFn,
    Send send with_send: SendFn,
    Buffer buffer with_buffer: BufferFn,
    ReleaseBuffer release_buffer with_release_buffer: ReleaseBufferFn,
}

/// The number of slots.
pub const SLOT_COUNT: usize = ALL_SLOTS.len();

/// A class's table of native functions. Static classes fill it when they are declared and inherit the rest once, when
/// they are first used; classes made by Python code change theirs when their methods change.
pub struct Slots {
    table: [Cell<*const ()>; SLOT_COUNT],
}

impl Slots {
    /// A table with nothing filled.
    pub const fn new() -> Slots {
        Slots { table: [const { Cell::new(std::ptr::null()) }; SLOT_COUNT] }
    }

    /// With every slot filled that one of the functions belongs to.
    pub const fn with_all(mut self, functions: &[SlotFn]) -> Slots {
        let mut index = 0;
        while index < functions.len() {
            self.table[functions[index].id() as usize] = Cell::new(functions[index].raw());
            index += 1;
        }
        self
    }

    /// Whether a slot is filled.
    #[inline(always)]
    pub fn has(&self, id: SlotId) -> bool {
        !self.table[id as usize].get().is_null()
    }

    /// Whether both tables have the same function in a slot.
    pub fn same(&self, other: &Slots, id: SlotId) -> bool {
        self.table[id as usize].get() == other.table[id as usize].get()
    }

    /// Fills the slot a function belongs to.
    pub(crate) fn set(&self, function: SlotFn) {
        self.table[function.id() as usize].set(function.raw());
    }

    /// Copies a slot, filled or not.
    pub(crate) fn copy_from(&self, other: &Slots, id: SlotId) {
        self.table[id as usize].set(other.table[id as usize].get());
    }

    /// Empties a slot.
    pub(crate) fn clear(&self, id: SlotId) {
        self.table[id as usize].set(std::ptr::null());
    }

    /// Fills what is empty from a base's table. Hash and comparison go together: a class with one of its own inherits
    /// neither.
    pub(crate) fn inherit(&self, base: &Slots) {
        let compares = self.has(SlotId::RichCompare) || self.has(SlotId::Hash);
        for &id in ALL_SLOTS {
            let kept_apart = compares && matches!(id, SlotId::RichCompare | SlotId::Hash);
            if !self.has(id) && !kept_apart {
                self.copy_from(base, id);
            }
        }
    }

    /// The two-operand function of `BINARY_OP`'s operand; `None` for the powers, which take three.
    #[inline(always)]
    pub fn binary(&self, operator: usize) -> Option<BinaryFn> {
        if operator == SlotId::Power as usize || operator == SlotId::InplacePower as usize {
            return None;
        }
        assert!(operator <= SlotId::Divmod as usize);
        // SAFETY: all rows up to `Divmod` but the powers are `BinaryFn`; a null pointer is `None`.
        unsafe { std::mem::transmute::<*const (), Option<BinaryFn>>(self.table[operator].get()) }
    }
}

impl Default for Slots {
    fn default() -> Slots {
        Slots::new()
    }
}
