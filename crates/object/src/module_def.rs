//! [`ModuleDef`]: what `#[pymodule]` makes of a Rust module.

use crate::Vm;
use crate::core::object::Static;
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::native::MemberDef;
use crate::types::Type;

/// One thing in a native module.
#[derive(Clone, Copy)]
pub enum ModuleItem {
    /// A function or constant.
    Member(MemberDef),
    /// A class, under its own name.
    Class(&'static Static<Type>),
}

/// A native module. The layers above list them in a table and make a module object of one when it is imported.
pub struct ModuleDef {
    /// Its full name.
    pub name: &'static str,
    /// `__doc__`.
    pub doc: Option<&'static str>,
    /// What it holds, in the order of the source.
    pub items: &'static [ModuleItem],
    /// Runs once the items are in the module's dict.
    pub init: Option<fn(&mut Vm, &Value) -> PyResult<()>>,
}

impl ModuleDef {
    /// Functions and constants.
    pub fn members(&self) -> impl Iterator<Item = &'static MemberDef> {
        self.items.iter().filter_map(|item| match item {
            ModuleItem::Member(member) => Some(member),
            ModuleItem::Class(_) => None,
        })
    }

    /// Classes.
    pub fn classes(&self) -> impl Iterator<Item = &'static Static<Type>> {
        self.items.iter().filter_map(|item| match item {
            ModuleItem::Member(_) => None,
            ModuleItem::Class(class) => Some(*class),
        })
    }
}
