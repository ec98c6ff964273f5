//! Values as the constants of code objects that are plain data.

use std::collections::HashMap;
use std::sync::Arc;

use pvm_bytecode::marshal::MAX_DEPTH;
use pvm_bytecode::{Constant, Text};

use super::Code;
use crate::Heap;
use crate::bytes::Bytes;
use crate::complex::Complex;
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::float::Float;
use crate::int::{Int, IntView};
use crate::set::FrozenSet;
use crate::slice::Slice;
use crate::str::Str;
use crate::tuple::Tuple;
use crate::types::{PyClass, Type};

/// Why a value is no constant.
pub enum NoConstant {
    /// This class, its own or that of something in it, has no form as one; instances of subclasses have none.
    Class(Ref<Type>),
    /// It is nested deeper than marshal can write.
    Depth,
}

/// The heap's string as a text of the bytecode.
pub(super) fn text(string: &Object<Str>) -> Text {
    match string.as_str() {
        Some(text) => Text::from(text),
        None => Text::from_code_points(string.view().code_points()).unwrap_or_else(Text::empty),
    }
}

fn no_constant(value: &Value) -> NoConstant {
    NoConstant::Class(value.ty().to_ref())
}

/// Makes constants of values. What is shared among the values is shared among the constants.
pub struct Constants<'a> {
    heap: &'a Heap,
    /// Containers that were met, by their address.
    known: HashMap<u64, Constant>,
    depth: usize,
}

impl<'a> Constants<'a> {
    /// Knows nothing yet. The values must stay alive as long as it does.
    pub fn new(heap: &'a Heap) -> Constants<'a> {
        Constants { heap, known: HashMap::new(), depth: 0 }
    }

    /// The constant that a value is.
    pub fn of(&mut self, value: &Value) -> Result<Constant, NoConstant> {
        let exact = |class: &Object<Type>| std::ptr::eq(value.ty(), class);
        Ok(if value.is_none() {
            Constant::None
        } else if value.is_ellipsis() {
            Constant::Ellipsis
        } else if value.is_true() || value.is_false() {
            Constant::Bool(value.is_true())
        } else if exact(Int::type_object()) {
            match value.as_int().ok_or_else(|| no_constant(value))? {
                IntView::Small(int) => Constant::int(int),
                IntView::Big(int) => Constant::Int(int.clone()),
            }
        } else if exact(Float::type_object()) {
            Constant::Float(value.as_float().ok_or_else(|| no_constant(value))?)
        } else if let Some(complex) = value.downcast_exact::<Complex>() {
            let number = complex.value();
            Constant::Complex(number.re, number.im)
        } else if let Some(string) = value.downcast_exact::<Str>() {
            Constant::Str(text(string))
        } else if let Some(bytes) = value.downcast_exact::<Bytes>() {
            Constant::Bytes(bytes.as_slice().into())
        } else if let Some(code) = value.downcast_exact::<Code>() {
            Constant::Code(code.plain().clone())
        } else if value.is(&crate::exceptions::STOP_ITERATION.to_value()) {
            Constant::StopIteration
        } else {
            return self.container(value);
        })
    }

    fn container(&mut self, value: &Value) -> Result<Constant, NoConstant> {
        let address = value.bits();
        if let Some(known) = self.known.get(&address) {
            return Ok(known.clone());
        }
        let constant = if let Some(tuple) = value.downcast_exact::<Tuple>() {
            Constant::Tuple(self.items(tuple.as_slice().iter())?)
        } else if let Some(set) = value.downcast_exact::<FrozenSet>() {
            Constant::FrozenSet(self.items(set.iter(self.heap))?)
        } else if let Some(slice) = value.downcast_exact::<Slice>() {
            let parts = self.items([&slice.start, &slice.stop, &slice.step].into_iter())?;
            let parts = <[Constant; 3]>::try_from(parts.to_vec()).map_err(|_| no_constant(value))?;
            Constant::Slice(Arc::new(parts))
        } else {
            return Err(no_constant(value));
        };
        self.known.insert(address, constant.clone());
        Ok(constant)
    }

    fn items<'v>(&mut self, items: impl Iterator<Item = &'v Value>) -> Result<Arc<[Constant]>, NoConstant> {
        if self.depth >= MAX_DEPTH {
            return Err(NoConstant::Depth);
        }
        self.depth += 1;
        let constants = items.map(|item| self.of(item)).collect();
        self.depth -= 1;
        constants
    }
}
