//! `repr` of nodes: three levels deep, lists by their first and last items (CPython's `ast_repr_max_depth`).

use pvm_object::list::List;
use pvm_object::str::Str;
use pvm_object::text::{TextBuf, TextBuilder};
use pvm_object::tuple::Tuple;
use pvm_object::{Heap, PyResult, Value, Vm};

use super::base::{AST_TYPE, is_node, names_of};

/// The text of a node down to a depth.
pub(super) fn node(vm: &mut Vm, node: &Value, depth: u32) -> PyResult<TextBuf> {
    let class = node.ty().to_ref();
    let name = match std::ptr::eq(&*class, AST_TYPE.get()) {
        true => "ast.AST".to_owned(),
        false => class.name().to_owned(),
    };
    let mut text = TextBuilder::new();
    text.push_str(&name);
    let address = node.bits() as usize;
    if depth == 0 || !vm.thread().enter_repr(address) {
        text.push_str("(...)");
        return Ok(text.finish());
    }
    let fields = fields(vm, node, depth, &mut text);
    vm.thread().leave_repr(address);
    fields?;
    Ok(text.finish())
}

fn fields(vm: &mut Vm, node: &Value, depth: u32, text: &mut TextBuilder) -> PyResult<()> {
    let mut separator = "(";
    for name in names_of(vm, &node.ty().to_ref(), "_fields")?.unwrap_or_default() {
        let name = vm.attribute_name(&name)?;
        let value = vm.getattr(node, &name)?;
        text.push_str(std::mem::replace(&mut separator, ", "));
        text.push_view(name.view());
        text.push_str("=");
        field(vm, &value, depth - 1, text)?;
    }
    text.push_str(if separator == "(" { "()" } else { ")" });
    Ok(())
}

fn field(vm: &mut Vm, value: &Value, depth: u32, text: &mut TextBuilder) -> PyResult<()> {
    let brackets = if value.is_instance_of::<List>() {
        ("[", "]")
    } else if value.is_instance_of::<Tuple>() {
        ("(", ")")
    } else {
        return item(vm, value, depth, text);
    };
    let items = items(value, vm);
    if items.is_empty() {
        text.push_view(vm.repr(value)?.view());
        return Ok(());
    }
    text.push_str(brackets.0);
    for (index, value) in items.iter().enumerate() {
        let is_last = index + 1 == items.len();
        if index > 0 && !is_last {
            // Only the ends are shown.
            if index == 1 {
                text.push_str(", ...");
            }
            continue;
        }
        if index > 0 {
            text.push_str(", ");
        }
        item(vm, value, depth, text)?;
    }
    text.push_str(brackets.1);
    Ok(())
}

fn items(value: &Value, heap: &Heap) -> Vec<Value> {
    match (value.downcast::<List>(), value.downcast::<Tuple>()) {
        (Some(list), _) => list.items(heap).to_vec(),
        (_, Some(tuple)) => tuple.as_slice().to_vec(),
        _ => Vec::new(),
    }
}

fn item(vm: &mut Vm, value: &Value, depth: u32, text: &mut TextBuilder) -> PyResult<()> {
    if is_node(value) {
        let shown = node(vm, value, depth)?;
        text.push_view(shown.view());
    } else {
        let shown: pvm_object::Ref<Str> = vm.repr(value)?;
        text.push_view(shown.view());
    }
    Ok(())
}
