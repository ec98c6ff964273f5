//! Displays, unpacking, formatting, functions.

use pvm_bytecode::opcode::{FunctionAttribute, Intrinsic1};
use pvm_object::code::Code;
use pvm_object::dict::{Dict, plain_dict};
use pvm_object::function::Function;
use pvm_object::list::List;
use pvm_object::set::Set;
use pvm_object::str::Str;
use pvm_object::tuple::Tuple;
use pvm_object::{HeapVec, Object, PyResult, Raised, Slot, Value, Vm, exceptions};

use super::stack::{drop_top, finish, peek, push};
use crate::frame::Frame;

pub(super) unsafe fn build_tuple(vm: &mut Vm, _frame: *mut Frame, sp: *mut Slot, oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: the operands are on the stack.
    unsafe {
        let start = sp.sub(oparg);
        let tuple = vm.tuple_from_slots(start, oparg)?;
        Ok(push(start, tuple.into()))
    }
}

pub(super) unsafe fn build_list(vm: &mut Vm, _frame: *mut Frame, sp: *mut Slot, oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: the operands are on the stack.
    unsafe {
        let start = sp.sub(oparg);
        let mut items = HeapVec::with_capacity(oparg)?;
        for index in 0..oparg {
            items.push(start.add(index).replace(Slot::EMPTY).into_value())?;
        }
        let list = vm.list_from(items);
        Ok(push(start, list.into()))
    }
}

pub(super) unsafe fn build_set(vm: &mut Vm, _frame: *mut Frame, sp: *mut Slot, oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: the operands are on the stack.
    unsafe {
        let set = vm.new_set();
        for depth in (1..=oparg).rev() {
            set.add(&peek(sp, depth), vm)?;
        }
        Ok(finish(vm, sp, oparg, set.into()))
    }
}

pub(super) unsafe fn build_map(vm: &mut Vm, _frame: *mut Frame, sp: *mut Slot, oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: the operands are on the stack.
    unsafe {
        let dict = vm.dict_with_capacity(oparg)?;
        for pair in (1..=oparg).rev() {
            dict.set(&peek(sp, 2 * pair), peek(sp, 2 * pair - 1).to_owned(), vm)?;
        }
        Ok(finish(vm, sp, 2 * oparg, dict.into()))
    }
}

pub(super) unsafe fn build_slice(vm: &mut Vm, _frame: *mut Frame, sp: *mut Slot, oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: the operands are on the stack.
    unsafe {
        let step = if oparg == 3 { peek(sp, 1).to_owned() } else { Value::none() };
        let slice = vm.new_slice(peek(sp, oparg).to_owned(), peek(sp, oparg - 1).to_owned(), step);
        Ok(finish(vm, sp, oparg, slice.into()))
    }
}

pub(super) unsafe fn build_string(vm: &mut Vm, _frame: *mut Frame, sp: *mut Slot, oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: the operands are strings on the stack.
    unsafe {
        let pieces = (1..=oparg)
            .rev()
            .map(|depth| peek(sp, depth).downcast_ref::<Str>().expect("the compiler or the verifier made sure of strings"));
        let text = vm.str_concat_all(pieces)?;
        Ok(finish(vm, sp, oparg, text.into()))
    }
}

pub(super) unsafe fn build_template(vm: &mut Vm, _frame: *mut Frame, sp: *mut Slot, _oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: two operands.
    unsafe {
        let template = crate::templates::template(vm, &peek(sp, 2), &peek(sp, 1))?;
        Ok(finish(vm, sp, 2, template))
    }
}

pub(super) unsafe fn build_interpolation(vm: &mut Vm, _frame: *mut Frame, sp: *mut Slot, oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: two operands, three with a format.
    unsafe {
        let count = if oparg & 1 != 0 { 3 } else { 2 };
        let format = if count == 3 { peek(sp, 1).to_owned() } else { vm.new_str("").into() };
        let conversion = oparg >> 2;
        let interpolation = crate::templates::interpolation(vm, &peek(sp, count), &peek(sp, count - 1), conversion, &format)?;
        Ok(finish(vm, sp, count, interpolation))
    }
}

#[inline(always)]
pub(super) unsafe fn list_append(vm: &mut Vm, _frame: *mut Frame, sp: *mut Slot, oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: a list lies `oparg` below the item.
    unsafe {
        let list = peek(sp, oparg + 1);
        let list = match list.downcast_exact::<List>() {
            Some(list) => list,
            None => list.downcast::<List>().expect("the compiler or the verifier made sure of a list"),
        };
        list.push(sp.sub(1).replace(Slot::EMPTY).into_value(), vm)?;
        Ok(sp.sub(1))
    }
}

pub(super) unsafe fn list_extend(vm: &mut Vm, _frame: *mut Frame, sp: *mut Slot, oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: a list lies `oparg` below the iterable.
    unsafe {
        let (list, iterable) = (peek(sp, oparg + 1), peek(sp, 1));
        let list = list.downcast::<List>().expect("the compiler or the verifier made sure of a list");
        if let Err(raised) = list.extend(&iterable, vm) {
            let iterates = iterable.ty().slots().iter().is_some() || iterable.ty().slots().item().is_some();
            if vm.pending_is(exceptions::TYPE_ERROR.get()) && !iterates {
                drop(vm.catch(raised));
                let kind = vm.type_name(&iterable);
                return Err(vm.type_error(format_args!("Value after * must be an iterable, not {kind}")));
            }
            return Err(raised);
        }
        Ok(drop_top(vm, sp, 1))
    }
}

pub(super) unsafe fn set_add(vm: &mut Vm, _frame: *mut Frame, sp: *mut Slot, oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: a set lies `oparg` below the item.
    unsafe {
        let set = peek(sp, oparg + 1);
        let Some(set) = set.downcast::<Set>() else {
            // A program may have bound `__conditional_annotations__` to something else.
            let kind = vm.type_name(&set);
            return Err(vm.type_error(format_args!("'{kind}' object is not a set")));
        };
        set.add(&peek(sp, 1), vm)?;
        Ok(drop_top(vm, sp, 1))
    }
}

pub(super) unsafe fn set_update(vm: &mut Vm, _frame: *mut Frame, sp: *mut Slot, oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: a set lies `oparg` below the iterable.
    unsafe {
        let set = peek(sp, oparg + 1);
        set.downcast::<Set>().expect("the compiler or the verifier made sure of a set").update(&peek(sp, 1), vm)?;
        Ok(drop_top(vm, sp, 1))
    }
}

pub(super) unsafe fn map_add(vm: &mut Vm, _frame: *mut Frame, sp: *mut Slot, oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: a dict lies `oparg` below the key.
    unsafe {
        let dict = peek(sp, oparg + 2);
        let dict = dict.downcast::<Dict>().expect("the compiler or the verifier made sure of a dict");
        // The value moves, with its count if it has one.
        dict.set(&peek(sp, 2), sp.sub(1).replace(Slot::EMPTY).into_value(), vm)?;
        Ok(drop_top(vm, sp, 2))
    }
}

pub(super) unsafe fn dict_update(vm: &mut Vm, _frame: *mut Frame, sp: *mut Slot, oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: a dict lies `oparg` below the mapping.
    unsafe {
        let (dict, mapping) = (peek(sp, oparg + 1), peek(sp, 1));
        let dict = dict.downcast::<Dict>().expect("the compiler or the verifier made sure of a dict");
        if let Err(raised) = dict.merge_mapping(&mapping, true, vm) {
            if vm.pending_is(exceptions::ATTRIBUTE_ERROR.get()) {
                drop(vm.catch(raised));
                let kind = vm.type_name(&mapping);
                return Err(vm.type_error(format_args!("'{kind}' object is not a mapping")));
            }
            return Err(raised);
        }
        Ok(drop_top(vm, sp, 1))
    }
}

pub(super) unsafe fn dict_merge(vm: &mut Vm, _frame: *mut Frame, sp: *mut Slot, oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: a dict lies `oparg` below the mapping, the callable four below that.
    unsafe {
        let (dict, mapping, callable) = (peek(sp, oparg + 1), peek(sp, 1), peek(sp, oparg + 4));
        let dict = dict.downcast::<Dict>().expect("the compiler or the verifier made sure of a dict");
        merge_keywords(vm, dict, &mapping, &callable)?;
        Ok(drop_top(vm, sp, 1))
    }
}

/// Adds the items of a `**mapping` argument; a name that is there already is an error.
pub(super) fn merge_keywords(vm: &mut Vm, dict: &Object<Dict>, mapping: &Value, callable: &Value) -> PyResult<()> {
    match merge_new(vm, dict, mapping, callable) {
        Err(raised) => Err(explain_refused_keywords(vm, raised, mapping, callable)?),
        done => done,
    }
}

fn merge_new(vm: &mut Vm, dict: &Object<Dict>, mapping: &Value, callable: &Value) -> PyResult<()> {
    if let Some(other) = plain_dict(mapping) {
        let items: Vec<(Value, Value)> = other.entries(vm).map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
        for (key, value) in items {
            refuse_known(vm, dict, &key, callable)?;
            dict.set(&key, value, vm)?;
        }
        return Ok(());
    }
    for key in vm.mapping_keys(mapping)? {
        refuse_known(vm, dict, &key, callable)?;
        let value = vm.getitem(mapping, &key)?;
        dict.set(&key, value, vm)?;
    }
    Ok(())
}

/// What becomes of errors on the way (`_PyEval_FormatKwargsError`): every `AttributeError` says that there is no mapping, every
/// `KeyError` of one key that the key came twice.
#[cold]
fn explain_refused_keywords(vm: &mut Vm, raised: Raised, mapping: &Value, callable: &Value) -> PyResult<Raised> {
    if vm.pending_is(exceptions::ATTRIBUTE_ERROR.get()) {
        drop(vm.catch(raised));
        let (name, kind) = (super::calls::callable_name(vm, callable)?, vm.type_name(mapping));
        return Ok(vm.type_error(format_args!("{name} argument after ** must be a mapping, not {kind}")));
    }
    if !vm.pending_is(exceptions::KEY_ERROR.get()) {
        return Ok(raised);
    }
    let error = vm.catch(raised);
    let args = error.args(vm);
    match args.as_slice() {
        [key] => given_twice(vm, key, callable),
        _ => Ok(vm.reraise(error)),
    }
}

fn given_twice(vm: &mut Vm, key: &Value, callable: &Value) -> PyResult<Raised> {
    let name = super::calls::callable_name(vm, callable)?;
    let key = vm.str(key)?;
    Ok(vm.type_error(format_args!("{name} got multiple values for keyword argument '{key}'")))
}

fn refuse_known(vm: &mut Vm, dict: &Object<Dict>, key: &Value, callable: &Value) -> PyResult<()> {
    if dict.contains(key, vm)? {
        return Err(given_twice(vm, key, callable)?);
    }
    Ok(())
}

pub(super) unsafe fn unpack_sequence(vm: &mut Vm, _frame: *mut Frame, sp: *mut Slot, oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: one operand; the stack has room for the items.
    unsafe {
        let items = unpack(vm, &peek(sp, 1), oparg, None)?;
        let mut sp = drop_top(vm, sp, 1);
        for item in items.into_iter().rev() {
            sp = push(sp, item);
        }
        Ok(sp)
    }
}

pub(super) unsafe fn unpack_ex(vm: &mut Vm, _frame: *mut Frame, sp: *mut Slot, oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: one operand; the stack has room for the items.
    unsafe {
        let (before, after) = (oparg & 0xFF, oparg >> 8);
        let sequence = peek(sp, 1);
        let known = match (sequence.downcast_exact::<Tuple>(), sequence.downcast_exact::<List>()) {
            (Some(tuple), _) => Some(HeapVec::from_slice(tuple.as_slice())?),
            (_, Some(list)) => Some(HeapVec::from_slice(list.items(vm))?),
            _ => None,
        };
        if let Some(mut items) = known.filter(|items| items.len() >= before + after) {
            let mut sp = drop_top(vm, sp, 1);
            for _ in 0..after {
                sp = push(sp, items.pop().expect("there are enough items"));
            }
            let middle = items.split_off(before)?;
            sp = push(sp, vm.list_from(middle).into());
            while let Some(item) = items.pop() {
                sp = push(sp, item);
            }
            return Ok(sp);
        }
        let mut items = unpack(vm, &peek(sp, 1), before, Some(after))?;
        let tail = items.split_off(items.len() - after);
        let middle = items.split_off(before);
        let middle = vm.try_list(middle)?;
        let mut sp = drop_top(vm, sp, 1);
        for item in tail.into_iter().rev() {
            sp = push(sp, item);
        }
        sp = push(sp, middle.into());
        for item in items.into_iter().rev() {
            sp = push(sp, item);
        }
        Ok(sp)
    }
}

/// The items for `before` targets, exactly; or at least as many as before and after a starred one.
fn unpack(vm: &mut Vm, value: &Value, before: usize, after: Option<usize>) -> PyResult<Vec<Value>> {
    let slots = value.ty().slots();
    if slots.iter().is_none() && slots.item().is_none() {
        let kind = vm.type_name(value);
        return Err(vm.type_error(format_args!("cannot unpack non-iterable {kind} object")));
    }
    let iterator = vm.iter(value)?;
    let mut items = Vec::with_capacity(before);
    while items.len() < before {
        match vm.next(&iterator)? {
            Some(item) => items.push(item),
            None => {
                let got = items.len();
                return Err(match after {
                    None => vm.value_error(format_args!("not enough values to unpack (expected {before}, got {got})")),
                    Some(after) => vm.value_error(format_args!(
                        "not enough values to unpack (expected at least {}, got {got})",
                        before + after
                    )),
                });
            }
        }
    }
    match after {
        None => {
            if vm.next(&iterator)?.is_none() {
                return Ok(items);
            }
            let known = (value.downcast_exact::<Tuple>().map(|tuple| tuple.as_slice().len()))
                .or_else(|| value.downcast_exact::<List>().map(|list| list.len(vm)))
                .or_else(|| value.downcast_exact::<Dict>().map(|dict| dict.len(vm)));
            if let Some(got) = known {
                return Err(vm.value_error(format_args!("too many values to unpack (expected {before}, got {got})")));
            }
            Err(vm.value_error(format_args!("too many values to unpack (expected {before})")))
        }
        Some(after) => {
            while let Some(item) = vm.next(&iterator)? {
                items.push(item);
            }
            if items.len() < before + after {
                let got = items.len();
                return Err(
                    vm.value_error(format_args!("not enough values to unpack (expected at least {}, got {got})", before + after))
                );
            }
            Ok(items)
        }
    }
}

pub(super) unsafe fn format_simple(vm: &mut Vm, _frame: *mut Frame, sp: *mut Slot, _oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: one operand.
    unsafe {
        let value = peek(sp, 1);
        if value.downcast_exact::<Str>().is_some() {
            return Ok(sp);
        }
        let text = vm.format(&value, pvm_object::str::intern::EMPTY.get())?;
        Ok(finish(vm, sp, 1, text.into()))
    }
}

pub(super) unsafe fn format_with_spec(vm: &mut Vm, _frame: *mut Frame, sp: *mut Slot, _oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: two operands, the upper one a string.
    unsafe {
        let (value, spec) = (peek(sp, 2), peek(sp, 1));
        let spec = spec.downcast::<Str>().expect("the compiler or the verifier made sure of a string");
        let text = vm.format(&value, spec)?;
        Ok(finish(vm, sp, 2, text.into()))
    }
}

pub(super) unsafe fn convert_value(vm: &mut Vm, _frame: *mut Frame, sp: *mut Slot, oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: one operand.
    unsafe {
        let value = peek(sp, 1);
        let text = match oparg {
            1 => vm.str(&value)?,
            2 => vm.repr(&value)?,
            _ => vm.ascii(&value)?,
        };
        Ok(finish(vm, sp, 1, text.into()))
    }
}

pub(super) unsafe fn make_function(vm: &mut Vm, frame: *mut Frame, sp: *mut Slot, _oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: one operand, a code object; the frame's function owns its globals.
    unsafe {
        let code = peek(sp, 1);
        let code = code.downcast::<Code>().expect("the compiler or the verifier made sure of code");
        let function = crate::functions::new_function(vm, code, &*(*frame).globals)?;
        Ok(finish(vm, sp, 1, function.into()))
    }
}

pub(super) unsafe fn set_function_attribute(vm: &mut Vm, _frame: *mut Frame, sp: *mut Slot, oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: two operands: the attribute and the function, which stays.
    unsafe {
        let (function_value, attribute) = (peek(sp, 1), peek(sp, 2).to_owned());
        let function = function_value.downcast::<Function>().expect("the compiler or the verifier made sure of a function");
        match FunctionAttribute::from_oparg(oparg as u32) {
            Some(FunctionAttribute::Defaults) => function.defaults.set(attribute.downcast_into::<Tuple>().ok(), vm),
            Some(FunctionAttribute::KwDefaults) => function.kwdefaults.set(attribute.downcast_into::<Dict>().ok(), vm),
            Some(FunctionAttribute::Annotations) => function.annotations.set(Some(attribute), vm),
            Some(FunctionAttribute::Closure) => function.closure.set(attribute.downcast_into::<Tuple>().ok(), vm),
            Some(FunctionAttribute::Annotate) => {
                if let Some(annotate) = attribute.downcast::<Function>() {
                    let qualname = format!("{}.__annotate__", &*function.qualname(vm));
                    let qualname = vm.new_str(&qualname);
                    annotate.set_qualified_name(vm, qualname);
                }
                function.annotate.set(Some(attribute), vm);
            }
            None => return Err(vm.system_error(format_args!("unknown function attribute {oparg}"))),
        }
        let function = sp.sub(1).replace(Slot::EMPTY);
        let sp = drop_top(vm, sp, 2);
        *sp = function;
        Ok(sp.add(1))
    }
}

pub(super) unsafe fn call_intrinsic_1(vm: &mut Vm, frame: *mut Frame, sp: *mut Slot, oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: one operand.
    unsafe {
        let Some(intrinsic) = Intrinsic1::from_number(oparg as u32) else {
            return Err(vm.system_error(format_args!("unknown intrinsic {oparg}")));
        };
        let result = crate::intrinsics::unary(vm, frame, intrinsic, &peek(sp, 1))?;
        Ok(finish(vm, sp, 1, result))
    }
}

pub(super) unsafe fn call_intrinsic_2(vm: &mut Vm, frame: *mut Frame, sp: *mut Slot, oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: two operands.
    unsafe {
        let Some(intrinsic) = pvm_bytecode::opcode::Intrinsic2::from_number(oparg as u32) else {
            return Err(vm.system_error(format_args!("unknown intrinsic {oparg}")));
        };
        let result = crate::intrinsics::binary(vm, frame, intrinsic, &peek(sp, 2), &peek(sp, 1))?;
        Ok(finish(vm, sp, 2, result))
    }
}
