//! The compiler's tree as objects of `ast` (CPython's `PyAST_mod2obj`).
//!
//! Fields are written in the grammar's order; `build!` names the conversion of each.

mod expr;
mod parts;
mod stmt;

use pvm_compiler::ast::{Constant, Location, Mod};
use pvm_object::str::Str;
use pvm_object::types::instance;
use pvm_object::{PyResult, Ref, Value, Vm};

use super::base;
use super::classes::{AstState, state};
use super::nodes::Class;
use crate::codes;

/// A tree as objects.
pub(super) fn convert(vm: &mut Vm, tree: &Mod) -> PyResult {
    let state = state(vm)?;
    Builder { vm, state }.module(tree)
}

/// Makes objects.
struct Builder<'a> {
    vm: &'a mut Vm,
    state: Ref<AstState>,
}

/// `build!(self, Class, place; conversion value, …)`: a node with these fields.
macro_rules! build {
    ($builder:ident, $class:expr, $place:expr $(; $($convert:ident $value:expr),*)?) => {{
        let fields = [$($($builder.$convert($value)?),*)?];
        $builder.node($class, fields, $place)
    }};
}
use build;

impl Builder<'_> {
    /// A node of a class with its fields, and its place if it has one.
    fn node<const N: usize>(&mut self, class: Class, fields: [Value; N], place: Option<Location>) -> PyResult {
        let ty = self.state.class(class, self.vm);
        let node = base::make(self.vm, &ty);
        for (index, value) in fields.into_iter().enumerate() {
            let name = self.state.field(class, index, self.vm);
            instance::set(self.vm, node.header(), &name, value)?;
        }
        if let Some(place) = place {
            let numbers = [place.lineno, place.col_offset, place.end_lineno, place.end_col_offset];
            for (index, number) in numbers.into_iter().enumerate() {
                let name = self.state.attribute(index, self.vm);
                instance::set(self.vm, node.header(), &name, Value::from_i32(number))?;
            }
        }
        Ok(node.into())
    }

    fn single(&mut self, class: Class) -> PyResult {
        Ok(self.state.singleton(class, self.vm))
    }

    /// A list of what `convert` makes of each item.
    fn list<T>(&mut self, items: &[T], mut convert: impl FnMut(&mut Self, &T) -> PyResult) -> PyResult {
        let mut values = Vec::with_capacity(items.len());
        for item in items {
            values.push(convert(self, item)?);
        }
        Ok(self.vm.try_list(values)?.into())
    }

    /// What `convert` makes of a value, or `None`.
    fn optional<T: ?Sized>(&mut self, value: Option<&T>, convert: impl FnOnce(&mut Self, &T) -> PyResult) -> PyResult {
        value.map_or_else(|| Ok(Value::none()), |value| convert(self, value))
    }

    fn text(&mut self, text: &str) -> PyResult {
        let text: Ref<Str> = self.vm.try_str(text)?;
        Ok(text.into())
    }

    fn opt_text(&mut self, text: Option<&str>) -> PyResult {
        self.optional(text, Self::text)
    }

    fn name(&mut self, name: &str) -> PyResult {
        Ok(self.vm.intern(name).into())
    }

    fn opt_name(&mut self, name: Option<&str>) -> PyResult {
        self.optional(name, Self::name)
    }

    fn number(&mut self, number: i32) -> PyResult {
        Ok(Value::from_i32(number))
    }

    fn flag(&mut self, flag: bool) -> PyResult {
        Ok(Value::from_i32(flag.into()))
    }

    fn constant(&mut self, constant: &Constant) -> PyResult {
        codes::constant_value(self.vm, constant)
    }

    fn module(&mut self, tree: &Mod) -> PyResult {
        match tree {
            Mod::Module { body, type_ignores } => {
                let body = self.stmts(body)?;
                let ignores = self.list(
                    type_ignores,
                    |this, ignore| build!(this, Class::TypeIgnore, None; number ignore.lineno, text &ignore.tag),
                )?;
                self.node(Class::Module, [body, ignores], None)
            }
            Mod::Interactive { body } => build!(self, Class::Interactive, None; stmts body),
            Mod::Expression { body } => build!(self, Class::Expression, None; expr body),
            Mod::FunctionType { argtypes, returns } => {
                build!(self, Class::FunctionType, None; exprs argtypes, expr returns)
            }
        }
    }
}
