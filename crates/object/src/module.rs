//! `module`: the object. Its dict lies in the native half, so that the interpreter can rely on the version of its keys.

use pvm_macros::pyclass;

use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::dict::Dict;
use crate::errors::PyResult;
use crate::{Heap, names};

/// module(name, doc=None)
/// --
///
/// Create a module object.
///
/// The name must be a string; the optional docstring can have any type.
#[pyclass(name = "module", weakref)]
pub struct Module {
    dict: Ref<Dict>,
}

impl Module {
    /// A module with this dict.
    pub fn new(dict: Ref<Dict>) -> Module {
        Module { dict }
    }

    /// The module's names.
    #[inline(always)]
    pub fn dict(&self) -> &Object<Dict> {
        &self.dict
    }
}

impl Heap {
    /// A module with a name and a doc, and nothing else (`PyModule_NewObject`).
    pub fn new_module(&mut self, name: &str, doc: Option<&str>) -> PyResult<Ref<Module>> {
        let dict = self.new_dict();
        let name = self.new_str(name).into();
        let doc = match doc {
            Some(doc) => self.new_str(doc).into(),
            None => Value::none(),
        };
        dict.set_str(&names::__name__, name, self)?;
        dict.set_str(&names::__doc__, doc, self)?;
        for name in [&names::__package__, &names::__loader__, &names::__spec__] {
            dict.set_str(name, Value::none(), self)?;
        }
        Ok(self.alloc(Module::new(dict)))
    }
}
