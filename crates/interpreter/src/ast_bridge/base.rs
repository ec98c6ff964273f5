//! `ast.AST`, the base of all node classes: construction, copies, pickling (CPython's `Python-ast.c`).

use pvm_macros::{pyclass, pymethods};
use pvm_object::dict::Dict;
use pvm_object::set::Set;
use pvm_object::str::Str;
use pvm_object::tuple::Tuple;
use pvm_object::types::Type;
use pvm_object::types::instance;
use pvm_object::{Args, Object, PyResult, Ref, Value, Vm, exceptions, names};

use super::classes::state;
use super::nodes::Class;

#[pyclass(name = "AST", module = "ast", dict, mutable)]
pub struct Ast {}

/// A class's name as messages show it.
fn shown_name(class: &Object<Type>) -> String {
    match std::ptr::eq(class, AST_TYPE.get()) {
        true => "ast.AST".to_owned(),
        false => class.name().to_owned(),
    }
}

/// The items of a class's `_fields` or `_attributes`; `None` where it has none.
pub(super) fn names_of(vm: &mut Vm, class: &Object<Type>, attribute: &str) -> PyResult<Option<Vec<Value>>> {
    let attribute = vm.intern(attribute);
    match vm.find_attr(&class.as_value(), &attribute)? {
        Some(sequence) => items_of(vm, &sequence).map(Some),
        None => Ok(None),
    }
}

fn items_of(vm: &mut Vm, sequence: &Value) -> PyResult<Vec<Value>> {
    let count = vm.len(sequence)?;
    let mut items = Vec::with_capacity(count);
    for index in 0..count {
        items.push(vm.getitem(sequence, &Value::from_i32(index as i32))?);
    }
    Ok(items)
}

fn name_of(vm: &mut Vm, name: &Value) -> PyResult<Ref<Str>> {
    match name.downcast::<Str>() {
        Some(name) => Ok(name.to_ref()),
        None => {
            let kind = vm.type_name(name);
            Err(vm.type_error(format_args!("attribute name must be string, not '{kind}'")))
        }
    }
}

fn position_of(vm: &mut Vm, names: &[Value], wanted: &Value) -> PyResult<Option<usize>> {
    for (index, name) in names.iter().enumerate() {
        if vm.eq(name, wanted)? {
            return Ok(Some(index));
        }
    }
    Ok(None)
}

fn deprecated(vm: &mut Vm, message: &str) -> PyResult<()> {
    crate::warnings::warn(vm, exceptions::DEPRECATION_WARNING.get(), message, 1)
}

/// Gives a field that the constructor got no value for its default, or warns of it.
fn fill_field(vm: &mut Vm, this: &Object<Ast>, name: &Value, field_types: &Value) -> PyResult<()> {
    let class_name = shown_name(this.ty());
    let Some(types) = field_types.downcast::<Dict>() else {
        return Err(vm.system_error(format_args!("bad argument to internal function")));
    };
    let shown = vm.repr(name)?;
    let Some(ty) = types.get(name, vm)? else {
        let message =
            format!("Field {shown} is missing from {class_name}._field_types. This will become an error in Python 3.15.");
        return deprecated(vm, &message);
    };
    let context = state(vm)?.class(Class::ContextSum, vm);
    let value = if ty.is_instance_of::<pvm_object::union::Union>() {
        // Optional: the class has `None` as an attribute.
        return Ok(());
    } else if ty.is_instance_of::<pvm_object::generic_alias::GenericAlias>() {
        vm.new_list().into()
    } else if ty.is(&context.as_value()) {
        state(vm)?.singleton(Class::Load, vm)
    } else {
        let message = format!(
            "{class_name}.__init__ missing 1 required positional argument: {shown}. This will become an error in Python 3.15."
        );
        return deprecated(vm, &message);
    };
    let name = name_of(vm, name)?;
    vm.setattr(&this.as_value(), &name, &value)
}

/// The names that `__replace__` needs values for and the node does not have (`ast_type_replace_check`).
fn check_replacement(vm: &mut Vm, this: &Object<Ast>, own: &[(Ref<Str>, Value)], args: Args<'_>) -> PyResult<()> {
    let class_name = shown_name(this.ty());
    let fields = names_of(vm, this.ty(), "_fields")?.unwrap_or_default();
    let attributes = names_of(vm, this.ty(), "_attributes")?.unwrap_or_default();
    let expected: Ref<Set> = vm.set_from(fields.iter().chain(&attributes))?;
    for (name, _) in args.keywords() {
        if !expected.discard(&name.as_value(), vm)? {
            let shown = vm.repr(&name.as_value())?;
            return Err(vm.type_error(format_args!("{class_name}.__replace__ got an unexpected keyword argument {shown}.")));
        }
    }
    for name in own.iter().map(|(name, _)| name.to_value()).chain(attributes) {
        expected.discard(&name, vm)?;
    }
    let field_types = vm.intern("_field_types");
    if let Some(types) = vm.find_attr(&this.ty().as_value(), &field_types)?
        && let Some(types) = types.downcast::<Dict>()
    {
        let optional: Vec<Value> = types
            .entries(vm)
            .filter(|(_, ty)| ty.is_instance_of::<pvm_object::union::Union>())
            .map(|(name, _)| name.to_owned())
            .collect();
        for name in optional {
            expected.discard(&name, vm)?;
        }
    }
    if expected.is_empty(vm) {
        return Ok(());
    }
    let mut missing: Vec<Value> = expected.iter(vm).cloned().collect();
    missing.sort_by_key(|name| name.downcast::<Str>().map(|name| name.to_string()));
    let mut shown = Vec::new();
    for name in &missing {
        shown.push(vm.repr(name)?.to_string());
    }
    let (count, plural, shown) = (shown.len(), if shown.len() == 1 { "" } else { "s" }, shown.join(", "));
    Err(vm.type_error(format_args!("{class_name}.__replace__ missing {count} keyword argument{plural}: {shown}.")))
}

#[pymethods]
impl Ast {
    #[new]
    #[text_signature = ""]
    fn new(_args: Args<'_>) -> Ast {
        Ast {}
    }

    #[text_signature = "($self, /, *args, **kwargs)"]
    fn __init__(this: &Object<Self>, vm: &mut Vm, args: Args<'_>) -> PyResult<()> {
        let class = this.ty().to_ref();
        let object = this.as_value();
        let fields = vm.intern("_fields");
        let fields = vm.getattr(&class.as_value(), &fields)?;
        let fields = items_of(vm, &fields)?;
        if fields.len() < args.len() {
            let (name, most) = (class.name(), fields.len());
            let plural = if most == 1 { "" } else { "s" };
            return Err(vm.type_error(format_args!("{name} constructor takes at most {most} positional argument{plural}")));
        }
        let mut missing = vec![true; fields.len()];
        for (index, value) in args.iter().enumerate() {
            let name = name_of(vm, &fields[index])?;
            vm.setattr(&object, &name, &value)?;
            missing[index] = false;
        }
        for (name, value) in args.keywords() {
            let key = name.as_value();
            match position_of(vm, &fields, &key)? {
                Some(index) if std::mem::replace(&mut missing[index], false) => {}
                Some(_) => {
                    let (class_name, shown) = (class.name(), vm.repr(&key)?);
                    return Err(vm.type_error(format_args!("{class_name} got multiple values for argument {shown}")));
                }
                None => {
                    let attributes = names_of(vm, &class, "_attributes")?.unwrap_or_default();
                    if position_of(vm, &attributes, &key)?.is_none() {
                        let (class_name, shown) = (shown_name(&class), vm.repr(&key)?);
                        let message = format!(
                            "{class_name}.__init__ got an unexpected keyword argument {shown}. Support for arbitrary keyword \
                             arguments is deprecated and will be removed in Python 3.15."
                        );
                        deprecated(vm, &message)?;
                    }
                }
            }
            vm.setattr(&object, name, &value)?;
        }
        if !missing.contains(&true) {
            return Ok(());
        }
        let field_types = vm.intern("_field_types");
        let Some(types) = vm.find_attr(&class.as_value(), &field_types)? else {
            return Ok(());
        };
        for (name, missing) in fields.iter().zip(missing) {
            if missing {
                fill_field(vm, this, name, &types)?;
            }
        }
        Ok(())
    }

    /// Fields go as positional arguments, so that the constructor does not miss them; their values follow with the rest.
    #[text_signature = ""]
    fn __reduce__(this: &Object<Self>, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
        let own = instance::items(vm, this.header());
        let mut placeholders = Vec::new();
        for name in names_of(vm, this.ty(), "_fields")?.unwrap_or_default() {
            let Some(name) = name.downcast::<Str>() else {
                break;
            };
            if !own.iter().any(|(known, _)| known.same_text(name)) {
                break;
            }
            placeholders.push(Value::none());
        }
        let state = vm.new_dict();
        for (name, value) in own {
            state.set_str(&name, value, vm)?;
        }
        let placeholders = vm.new_tuple(placeholders);
        Ok(vm.try_tuple([this.ty().to_value(), placeholders.into(), state.into()])?)
    }

    /// __replace__($self, /, **fields)
    /// --
    ///
    /// Return a copy of the AST node with new values for the specified fields.
    #[text_signature = "($self, /, **fields)"]
    fn __replace__(this: &Object<Self>, vm: &mut Vm, args: Args<'_>) -> PyResult {
        if args.get(0).is_some() {
            return Err(vm.type_error(format_args!("__replace__() takes no positional arguments")));
        }
        let own = instance::items(vm, this.header());
        check_replacement(vm, this, &own, args)?;
        let mut names: Vec<Value> = Vec::new();
        let mut values: Vec<Value> = Vec::new();
        for list in ["_fields", "_attributes"] {
            for name in names_of(vm, this.ty(), list)?.unwrap_or_default() {
                let Some(name) = name.downcast::<Str>() else {
                    continue;
                };
                let new = args.keywords().find(|(key, _)| key.same_text(name)).map(|(_, value)| value.to_owned());
                let old = || own.iter().find(|(known, _)| known.same_text(name)).map(|(_, value)| value.clone());
                if let Some(value) = new.or_else(old) {
                    names.push(name.to_value());
                    values.push(value);
                }
            }
        }
        let names = vm.new_tuple(names);
        vm.call_args(&this.ty().to_value(), Args::with_keywords(&values, Some(&names)))
    }

    fn __repr__(this: &Object<Self>, vm: &mut Vm) -> PyResult<Ref<Str>> {
        let text = super::repr::node(vm, &this.as_value(), 3)?;
        Ok(vm.try_str_from_view(text.view())?)
    }
}

/// Whether a value is a node.
pub(super) fn is_node(value: &Value) -> bool {
    value.is_instance_of::<Ast>()
}

/// A node of an exact class, its fields set without the constructor.
pub(super) fn make(vm: &mut Vm, class: &Object<Type>) -> Ref<Ast> {
    vm.alloc_as(class, Ast {})
}

/// The dict of a class.
pub(super) fn class_dict(vm: &mut Vm, module: &str) -> PyResult<Ref<Dict>> {
    let dict = vm.new_dict();
    let module = vm.intern(module);
    dict.set_str(&names::__module__, module.into(), vm)?;
    Ok(dict)
}
