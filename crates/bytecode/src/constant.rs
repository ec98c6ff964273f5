//! [`Constant`]: what code objects hold as constants, and what marshal can express without a heap.

use std::collections::HashSet;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use dashu_int::IBig;

use crate::code::CodeObject;
use crate::frozen::CodeRef;
use crate::text::Text;

/// An immutable value that the compiler may put into a code object.
///
/// Equality and hash are those of CPython's `_PyCode_ConstantKey`: constants are equal when one may stand for the other
/// without any program noticing. So the type counts (`1`, `1.0` and `True` differ), and of floats the sign of zero; NaNs are
/// equal when their bits are, which CPython's compiler, comparing objects, does not find: see [`Constant::has_nan`]. A code
/// object equals only itself ([`CodeRef::is`]).
#[derive(Clone, Debug)]
pub enum Constant {
    /// `None`
    None,
    /// `...`
    Ellipsis,
    /// `StopIteration`, which marshal can express but no compiler emits.
    StopIteration,
    /// `True` or `False`
    Bool(bool),
    /// An int of any size.
    Int(IBig),
    /// A float.
    Float(f64),
    /// Real and imaginary part.
    Complex(f64, f64),
    /// A string.
    Str(Text),
    /// Bytes.
    Bytes(Arc<[u8]>),
    /// A tuple.
    Tuple(Arc<[Constant]>),
    /// A frozen set's members in the order in which they are to be written.
    FrozenSet(Arc<[Constant]>),
    /// `slice(start, stop, step)`
    Slice(Arc<[Constant; 3]>),
    /// A code object.
    Code(CodeRef),
}

impl Constant {
    /// A string constant.
    pub fn str(text: &str) -> Constant {
        Constant::Str(Text::from(text))
    }

    /// An int constant.
    pub fn int(value: impl Into<IBig>) -> Constant {
        Constant::Int(value.into())
    }

    /// The type's name in Python.
    pub fn type_name(&self) -> &'static str {
        match self {
            Constant::None => "NoneType",
            Constant::Ellipsis => "ellipsis",
            Constant::StopIteration => "type",
            Constant::Bool(_) => "bool",
            Constant::Int(_) => "int",
            Constant::Float(_) => "float",
            Constant::Complex(..) => "complex",
            Constant::Str(_) => "str",
            Constant::Bytes(_) => "bytes",
            Constant::Tuple(_) => "tuple",
            Constant::FrozenSet(_) => "frozenset",
            Constant::Slice(_) => "slice",
            Constant::Code(_) => "code",
        }
    }

    /// The string's content, if this is one.
    pub fn as_text(&self) -> Option<&Text> {
        match self {
            Constant::Str(text) => Some(text),
            _ => None,
        }
    }

    /// The code object, if this is one.
    pub fn as_code(&self) -> Option<&CodeRef> {
        match self {
            Constant::Code(code) => Some(code),
            _ => None,
        }
    }

    /// Whether the constant is or holds a NaN, so that CPython's compiler never merges it with an equal one.
    pub fn has_nan(&self) -> bool {
        match self {
            Constant::Float(value) => value.is_nan(),
            Constant::Complex(real, imag) => real.is_nan() || imag.is_nan(),
            Constant::Tuple(items) | Constant::FrozenSet(items) => items.iter().any(Constant::has_nan),
            Constant::Slice(parts) => parts.iter().any(Constant::has_nan),
            _ => false,
        }
    }

    /// What `bool()` gives for this constant.
    pub fn is_true(&self) -> bool {
        match self {
            Constant::None => false,
            Constant::Bool(value) => *value,
            Constant::Int(value) => !value.is_zero(),
            Constant::Float(value) => *value != 0.0,
            Constant::Complex(real, imag) => *real != 0.0 || *imag != 0.0,
            Constant::Str(text) => !text.is_empty(),
            Constant::Bytes(bytes) => !bytes.is_empty(),
            Constant::Tuple(items) | Constant::FrozenSet(items) => !items.is_empty(),
            Constant::Ellipsis | Constant::StopIteration | Constant::Slice(_) | Constant::Code(_) => true,
        }
    }
}

impl PartialEq for Constant {
    fn eq(&self, other: &Constant) -> bool {
        match (self, other) {
            (Constant::None, Constant::None)
            | (Constant::Ellipsis, Constant::Ellipsis)
            | (Constant::StopIteration, Constant::StopIteration) => true,
            (Constant::Bool(a), Constant::Bool(b)) => a == b,
            (Constant::Int(a), Constant::Int(b)) => a == b,
            (Constant::Float(a), Constant::Float(b)) => a.to_bits() == b.to_bits(),
            (Constant::Complex(a, b), Constant::Complex(c, d)) => a.to_bits() == c.to_bits() && b.to_bits() == d.to_bits(),
            (Constant::Str(a), Constant::Str(b)) => a == b,
            (Constant::Bytes(a), Constant::Bytes(b)) => a == b,
            (Constant::Tuple(a), Constant::Tuple(b)) => a == b,
            (Constant::FrozenSet(a), Constant::FrozenSet(b)) => a.len() == b.len() && same_members(a, b),
            (Constant::Slice(a), Constant::Slice(b)) => a == b,
            (Constant::Code(a), Constant::Code(b)) => a.is(b),
            _ => false,
        }
    }
}

impl Eq for Constant {}

/// Whether `b` contains every member of `a`.
fn same_members(a: &[Constant], b: &[Constant]) -> bool {
    if b.len() <= 16 {
        return a.iter().all(|item| b.contains(item));
    }
    let members: HashSet<&Constant> = b.iter().collect();
    a.iter().all(|item| members.contains(item))
}

impl Hash for Constant {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::mem::discriminant(self).hash(state);
        match self {
            Constant::None | Constant::Ellipsis | Constant::StopIteration => {}
            Constant::Bool(value) => value.hash(state),
            Constant::Int(value) => value.hash(state),
            Constant::Float(value) => value.to_bits().hash(state),
            Constant::Complex(real, imag) => (real.to_bits(), imag.to_bits()).hash(state),
            Constant::Str(text) => text.hash(state),
            Constant::Bytes(bytes) => bytes.hash(state),
            Constant::Tuple(items) => items.hash(state),
            // the order of members does not count
            Constant::FrozenSet(items) => items.len().hash(state),
            Constant::Slice(parts) => parts.hash(state),
            Constant::Code(code) => code.identity().hash(state),
        }
    }
}

impl From<Text> for Constant {
    fn from(text: Text) -> Constant {
        Constant::Str(text)
    }
}

impl From<bool> for Constant {
    fn from(value: bool) -> Constant {
        Constant::Bool(value)
    }
}

impl From<f64> for Constant {
    fn from(value: f64) -> Constant {
        Constant::Float(value)
    }
}

impl From<CodeObject> for Constant {
    fn from(code: CodeObject) -> Constant {
        Constant::Code(Arc::new(code).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_and_signs_count() {
        let constants = [
            Constant::int(0),
            Constant::Bool(false),
            Constant::Float(0.0),
            Constant::Float(-0.0),
            Constant::Complex(0.0, 0.0),
            Constant::Complex(0.0, -0.0),
            Constant::Complex(-0.0, 0.0),
            Constant::None,
            Constant::Ellipsis,
            Constant::str(""),
            Constant::Bytes(Arc::from(&b""[..])),
            Constant::Tuple(Arc::from([])),
            Constant::FrozenSet(Arc::from([])),
            Constant::Tuple(Arc::from([Constant::int(1)])),
            Constant::Tuple(Arc::from([Constant::Bool(true)])),
            Constant::Slice(Arc::new([Constant::None, Constant::None, Constant::int(1)])),
        ];
        let set: HashSet<&Constant> = constants.iter().collect();
        assert_eq!(set.len(), constants.len());
        assert!(set.contains(&Constant::Float(0.0)) && !set.contains(&Constant::Float(1.0)));
        assert_eq!(Constant::Float(f64::NAN), Constant::Float(f64::NAN));
    }

    #[test]
    fn frozen_sets_have_no_order() {
        let [a, b] = [[1, 2], [2, 1]].map(|items| Constant::FrozenSet(items.map(Constant::int).into()));
        assert_eq!(a, b);
        let mut set = HashSet::from([a]);
        assert!(!set.insert(b));
    }
}
