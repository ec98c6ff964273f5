//! `int` and `bool`.

use dashu_int::IBig;

use crate::Heap;
use crate::core::header::Header;
use crate::core::object::{Object, Static};
use crate::core::value::Value;
use crate::trace::{Trace, Visitor};
use crate::types::{NativeLayout, PyClass, Slots, Type, TypeDef, static_class, type_flag};

/// The native half of an int that does not fit the word, of a bool, and of every instance of a subclass.
pub struct Int {
    value: IBig,
}

// SAFETY: it holds no references.
unsafe impl Trace for Int {
    const HOLDS_REFERENCES: bool = false;

    fn trace(&self, _: &mut Visitor<'_>) {}
}

static_class! {
    /// `int`.
    pub INT_TYPE: Int = {
        name: "int",
        layout: &INT_LAYOUT,
        flags: type_flag::BASE_TYPE | type_flag::MATCH_SELF,
        members: &[],
        slots: Slots::new(),
    }
}
static INT_LAYOUT: NativeLayout = NativeLayout::of::<Int>();

/// `bool`.
pub static BOOL_TYPE: Static<Type> = {
    static DEF: TypeDef = TypeDef {
        name: "bool",
        module: "builtins",
        doc: None,
        base: Some(&INT_TYPE),
        also: None,
        members: &[],
        flags: type_flag::MATCH_SELF,
    };
    Static::new_class_like(&DEF, &INT_LAYOUT, &raw const INT_TYPE, Slots::new())
};

/// `False`.
pub static FALSE: Static<Int> = truth(IBig::ZERO);
/// `True`.
pub static TRUE: Static<Int> = truth(IBig::ONE);

const fn truth(value: IBig) -> Static<Int> {
    // SAFETY: the header is immortal, and an int never changes.
    unsafe { Static::new(Object { header: Header::immortal(&raw const BOOL_TYPE), native: Int { value } }) }
}

/// An int, wherever it lives.
#[derive(Clone, Copy)]
pub enum IntView<'a> {
    /// In the word, or small though on the heap.
    Small(i64),
    /// On the heap.
    Big(&'a IBig),
}

impl Int {
    /// The number.
    pub fn value(&self) -> &IBig {
        &self.value
    }
}

impl Value {
    /// `True` or `False`.
    #[inline(always)]
    pub fn from_bool(value: bool) -> Value {
        if value { TRUE.to_value() } else { FALSE.to_value() }
    }

    /// Whether this is `True`.
    #[inline(always)]
    pub fn is_true(&self) -> bool {
        self.bits() == &raw const TRUE as u64
    }

    /// Whether this is `False`.
    #[inline(always)]
    pub fn is_false(&self) -> bool {
        self.bits() == &raw const FALSE as u64
    }

    /// The number of an int, a bool, or an instance of a subclass of `int`.
    #[inline]
    pub fn as_int(&self) -> Option<IntView<'_>> {
        if let Some(small) = self.as_small_int() {
            return Some(IntView::Small(small));
        }
        let value = self.downcast::<Int>()?.native.value();
        Some(match i64::try_from(value) {
            Ok(small) => IntView::Small(small),
            Err(_) => IntView::Big(value),
        })
    }
}

impl Heap {
    /// An int of 64 bits.
    #[inline]
    pub fn int(&mut self, value: i64) -> Value {
        Value::small_int(value).unwrap_or_else(|| self.alloc(Int { value: IBig::from(value) }).into())
    }

    /// An int of any size: in the word where it fits.
    pub fn big_int(&mut self, value: IBig) -> Value {
        match i64::try_from(&value) {
            Ok(small) => self.int(small),
            Err(_) => self.alloc(Int { value }).into(),
        }
    }

    /// An instance of `class`, a subclass of `int`.
    pub fn int_of_class(&mut self, class: &Object<Type>, value: IBig) -> Value {
        if std::ptr::eq(class, Int::type_object()) { self.big_int(value) } else { self.alloc_as(class, Int { value }).into() }
    }
}
