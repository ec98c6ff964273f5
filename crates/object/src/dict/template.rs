//! [`Template`]: the keys of dicts that come into being again and again, hashed and laid out once.

use super::Dict;
use super::table::Table;
use crate::Heap;
use crate::core::cell::HeapCell;
use crate::core::object::Ref;
use crate::core::value::Value;
use crate::heap::OutOfMemory;
use crate::str::Str;

/// Entries that a dict made from a template has room for beside the template's.
const SPARE: usize = 2;

/// The keys of dicts; see the module's page.
pub(crate) struct Template(Table);

/// The storage of a dict whose values are still missing.
pub(crate) struct Unfilled(Table);

impl Template {
    /// A template of different names.
    pub(crate) fn new(names: Vec<Ref<Str>>) -> Result<Template, OutOfMemory> {
        let mut table = Table::with_capacity(names.len() + SPARE)?;
        for name in names {
            let hash = name.hash_code();
            table.insert(name.into(), Value::none(), hash)?;
        }
        Ok(Template(table))
    }

    /// A copy of the keys.
    pub(crate) fn instantiate(&self) -> Result<Unfilled, OutOfMemory> {
        self.0.copy_keys().map(Unfilled)
    }
}

impl Heap {
    /// A dict with the template's keys and these values, as many as there are keys.
    pub(crate) fn fill_dict(&mut self, unfilled: Unfilled, values: Vec<Value>) -> Ref<Dict> {
        let Unfilled(mut table) = unfilled;
        table.fill(values);
        self.alloc(Dict { table: HeapCell::new(table) })
    }
}
