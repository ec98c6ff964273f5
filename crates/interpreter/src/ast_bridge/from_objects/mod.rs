//! Objects of `ast` as the compiler's tree (CPython's `PyAST_obj2mod`). Fields are named by their place in the grammar.

mod expr;
mod parts;
mod stmt;

use std::sync::Arc;

use pvm_compiler::Mode;
use pvm_compiler::ast::{Constant, Location, Mod, TypeIgnore};
use pvm_object::list::List;
use pvm_object::str::Str;
use pvm_object::{Object, PyResult, Raised, Ref, Value, Vm};

use super::classes::{AstState, state};
use super::nodes::{Class, alternatives};
use crate::codes;

/// The tree that a node stands for, which must be of the class that the mode asks for.
pub(super) fn convert(vm: &mut Vm, node: &Value, mode: Mode) -> PyResult<Mod> {
    check_mode(vm, node, mode)?;
    let state = state(vm)?;
    Reader { vm, state }.module(node)
}

/// Refuses a tree that is not what the mode asks for.
pub(super) fn check_mode(vm: &mut Vm, node: &Value, mode: Mode) -> PyResult<()> {
    let wanted = match mode {
        Mode::Exec => Class::Module,
        Mode::Eval => Class::Expression,
        Mode::Single => Class::Interactive,
        Mode::FuncType => Class::FunctionType,
    };
    let class = state(vm)?.class(wanted, vm);
    if !vm.is_instance(node, &class.as_value())? {
        let (wanted, got) = (wanted.def().name, node.ty().name());
        return Err(vm.type_error(format_args!("expected {wanted} node, got {got}")));
    }
    Ok(())
}

/// Reads objects.
struct Reader<'a> {
    vm: &'a mut Vm,
    state: Ref<AstState>,
}

/// An object, and the class whose fields are read from it.
struct Node<'a> {
    object: &'a Value,
    class: Class,
}

impl Node<'_> {
    fn field_name(&self, index: usize) -> &'static str {
        let mut fields = self.class.def().fields();
        fields.nth(index).expect("the grammar has the field").name
    }

    fn name(&self) -> &'static str {
        self.class.def().name
    }
}

impl Reader<'_> {
    /// The alternative of a sum that an object is an instance of; `None` for Python's `None`.
    fn alternative(&mut self, object: &Value, sum: Class) -> PyResult<Option<Class>> {
        if object.is_none() {
            return Ok(None);
        }
        if let Some(class) = self.state.exact_class(object, self.vm)
            && class.def().sum == Some(sum)
        {
            return Ok(Some(class));
        }
        for def in alternatives(sum) {
            let class = self.state.class(def.class, self.vm);
            if self.vm.is_instance(object, &class.as_value())? {
                return Ok(Some(def.class));
            }
        }
        let (name, shown) = (sum.def().name, self.vm.repr(object)?);
        Err(self.vm.type_error(format_args!("expected some sort of {name}, but got {shown}")))
    }

    /// An attribute that tells where a node stands; `class` is the sum or product that has it.
    fn place_part(&mut self, object: &Value, class: Class, index: usize) -> PyResult<Option<i32>> {
        let name = self.state.attribute(index, self.vm);
        match self.vm.find_attr(object, &name)? {
            Some(value) if index < 2 || !value.is_none() => self.number_of(&value).map(Some),
            Some(_) => Ok(None),
            None if index >= 2 && class.def().place == super::nodes::Place::OptionalEnd => Ok(None),
            None => Err(self.missing(super::classes::ATTRIBUTES[index], class.def().name)),
        }
    }

    /// Where a node stands. An end that is left out is the start.
    fn place(&mut self, object: &Value, class: Class) -> PyResult<Location> {
        let lineno = self.place_part(object, class, 0)?.unwrap_or(0);
        let col_offset = self.place_part(object, class, 1)?.unwrap_or(0);
        let end_lineno = self.place_part(object, class, 2)?.unwrap_or(lineno);
        let end_col_offset = self.place_part(object, class, 3)?.unwrap_or(col_offset);
        Ok(Location { lineno, col_offset, end_lineno, end_col_offset })
    }

    fn missing(&mut self, field: &str, class: &str) -> Raised {
        self.vm.type_error(format_args!("required field \"{field}\" missing from {class}"))
    }

    fn optional_field(&mut self, node: &Node<'_>, index: usize) -> PyResult<Option<Value>> {
        let name = self.state.field(node.class, index, self.vm);
        self.vm.find_attr(node.object, &name)
    }

    fn field(&mut self, node: &Node<'_>, index: usize) -> PyResult<Value> {
        match self.optional_field(node, index)? {
            Some(value) => Ok(value),
            None => Err(self.missing(node.field_name(index), node.name())),
        }
    }

    /// A field that must be there and not `None`.
    fn one<T>(&mut self, node: &Node<'_>, index: usize, convert: impl FnOnce(&mut Self, &Value) -> PyResult<T>) -> PyResult<T> {
        let value = self.field(node, index)?;
        if value.is_none() {
            let (field, class) = (node.field_name(index), node.name());
            return Err(self.vm.value_error(format_args!("field '{field}' is required for {class}")));
        }
        convert(self, &value)
    }

    /// A field that may be missing or `None`.
    fn optional<T>(
        &mut self,
        node: &Node<'_>,
        index: usize,
        convert: impl FnOnce(&mut Self, &Value) -> PyResult<T>,
    ) -> PyResult<Option<T>> {
        match self.optional_field(node, index)?.filter(|value| !value.is_none()) {
            Some(value) => convert(self, &value).map(Some),
            None => Ok(None),
        }
    }

    /// The items of a list; one that is missing is empty.
    fn list<T>(
        &mut self,
        node: &Node<'_>,
        index: usize,
        mut convert: impl FnMut(&mut Self, &Value) -> PyResult<T>,
    ) -> PyResult<Vec<T>> {
        let Some(value) = self.optional_field(node, index)? else {
            return Ok(Vec::new());
        };
        let Some(list) = value.downcast::<List>() else {
            let (class, field, kind) = (node.name(), node.field_name(index), self.vm.type_name(&value));
            return Err(self.vm.type_error(format_args!("{class} field \"{field}\" must be a list, not a {kind}")));
        };
        let count = list.len(self.vm);
        let mut items = Vec::with_capacity(count);
        while let Some(item) = list.get(items.len(), self.vm) {
            items.push(convert(self, &item)?);
            if list.len(self.vm) != count {
                let (class, field) = (node.name(), node.field_name(index));
                return Err(self.vm.runtime_error(format_args!("{class} field \"{field}\" changed size during iteration")));
            }
        }
        Ok(items)
    }

    fn string_of(&mut self, string: &Object<Str>) -> PyResult<Arc<str>> {
        match string.as_str() {
            Some(text) => Ok(text.into()),
            None => Err(self.vm.surrogates_not_allowed(string)),
        }
    }

    fn name_of(&mut self, value: &Value) -> PyResult<Arc<str>> {
        match value.downcast_exact::<Str>() {
            Some(name) => self.string_of(name),
            None => Err(self.vm.type_error(format_args!("AST identifier must be of type str"))),
        }
    }

    fn name(&mut self, node: &Node<'_>, index: usize) -> PyResult<Arc<str>> {
        self.one(node, index, Self::name_of)
    }

    fn opt_name(&mut self, node: &Node<'_>, index: usize) -> PyResult<Option<Arc<str>>> {
        self.optional(node, index, Self::name_of)
    }

    fn text_of(&mut self, value: &Value) -> PyResult<Arc<str>> {
        match value.downcast_exact::<Str>() {
            Some(text) => self.string_of(text),
            None => Err(self.vm.type_error(format_args!("AST string must be of type str"))),
        }
    }

    fn opt_text(&mut self, node: &Node<'_>, index: usize) -> PyResult<Option<Arc<str>>> {
        self.optional(node, index, Self::text_of)
    }

    fn number_of(&mut self, value: &Value) -> PyResult<i32> {
        if value.as_int().is_none() {
            let shown = self.vm.repr(value)?;
            return Err(self.vm.value_error(format_args!("invalid integer value: {shown}")));
        }
        match value.as_small_int().map(i32::try_from) {
            Some(Ok(number)) => Ok(number),
            _ if value.is_bool() => Ok(value.is_true().into()),
            _ => Err(self.vm.overflow_error(format_args!("Python int too large to convert to C int"))),
        }
    }

    fn number(&mut self, node: &Node<'_>, index: usize) -> PyResult<i32> {
        let value = self.field(node, index)?;
        self.number_of(&value)
    }

    fn flag(&mut self, node: &Node<'_>, index: usize) -> PyResult<bool> {
        Ok(self.number(node, index)? != 0)
    }

    fn constant(&mut self, node: &Node<'_>, index: usize) -> PyResult<Constant> {
        let value = self.field(node, index)?;
        let class = match codes::to_constant(self.vm, &value)? {
            Ok(Constant::Code(_) | Constant::Slice(_) | Constant::StopIteration) => value.ty().to_ref(),
            Ok(constant) => return Ok(constant),
            Err(class) => class,
        };
        Err(self.vm.type_error(format_args!("got an invalid type in Constant: {}", class.name())))
    }

    fn module(&mut self, object: &Value) -> PyResult<Mod> {
        let Some(class) = self.alternative(object, Class::ModSum)? else {
            return Err(self.vm.type_error(format_args!("expected some sort of mod, but got None")));
        };
        let node = Node { object, class };
        Ok(match class {
            Class::Module => Mod::Module { body: self.stmts(&node, 0)?, type_ignores: self.type_ignores(&node)? },
            Class::Interactive => Mod::Interactive { body: self.stmts(&node, 0)? },
            Class::Expression => Mod::Expression { body: self.expr(&node, 0)? },
            _ => Mod::FunctionType { argtypes: self.exprs(&node, 0)?, returns: self.expr(&node, 1)? },
        })
    }

    fn type_ignores(&mut self, node: &Node<'_>) -> PyResult<Vec<TypeIgnore>> {
        self.list(node, 1, |this, object| {
            if this.alternative(object, Class::TypeIgnoreSum)?.is_none() {
                return Err(this.vm.value_error(format_args!("None disallowed in type_ignore list")));
            }
            let node = Node { object, class: Class::TypeIgnore };
            let lineno = this.number(&node, 0)?;
            let tag = this.field(&node, 1)?;
            Ok(TypeIgnore { lineno, tag: this.text_of(&tag)? })
        })
    }
}
