//! Filling the dict of a static class from its definition.

use super::{Type, TypeDef};
use crate::Heap;
use crate::core::object::Object;
use crate::dict::Dict;

pub(super) fn fill_static_dict(_heap: &mut Heap, _class: &Object<Type>, _def: &TypeDef, _dict: &Object<Dict>) {}
