//! The intrinsic functions: what `CALL_INTRINSIC_1` and `CALL_INTRINSIC_2` do.

use pvm_bytecode::opcode::{Intrinsic1, Intrinsic2};
use pvm_object::dict::Dict;
use pvm_object::exceptions::{self, BaseException};
use pvm_object::function::Function;
use pvm_object::list::List;
use pvm_object::module::Module;
use pvm_object::str::Str;
use pvm_object::tuple::Tuple;
use pvm_object::{PyResult, Value, Vm, names};

use crate::frame::Frame;

/// An intrinsic of one operand.
///
/// # Safety
/// `frame` is the running frame.
pub(crate) unsafe fn unary(vm: &mut Vm, frame: *mut Frame, intrinsic: Intrinsic1, value: &Value) -> PyResult {
    match intrinsic {
        Intrinsic1::Invalid => Err(vm.system_error(format_args!("invalid intrinsic function"))),
        Intrinsic1::Print => print(vm, value),
        // SAFETY: the running frame.
        Intrinsic1::ImportStar => unsafe { import_star(vm, frame, value) },
        Intrinsic1::StopIterationError => stop_iteration_error(vm, frame, value),
        Intrinsic1::AsyncGenWrap => crate::generator::async_generator::wrap(vm, value),
        Intrinsic1::UnaryPositive => vm.positive(value),
        Intrinsic1::ListToTuple => match value.downcast::<List>() {
            Some(list) => {
                let items = list.items(vm).to_vec();
                Ok(vm.try_tuple(items)?.into())
            }
            None => Err(vm.system_error(format_args!("expected a list"))),
        },
        Intrinsic1::TypeVar => vm.make_type_var(value, None, None),
        Intrinsic1::ParamSpec => vm.make_param_spec(value),
        Intrinsic1::TypeVarTuple => vm.make_type_var_tuple(value),
        Intrinsic1::SubscriptGeneric => vm.subscript_generic(value),
        Intrinsic1::TypeAlias => vm.make_type_alias(value),
    }
}

/// An intrinsic of two operands.
///
/// # Safety
/// `frame` is the running frame.
pub(crate) unsafe fn binary(vm: &mut Vm, _frame: *mut Frame, intrinsic: Intrinsic2, left: &Value, right: &Value) -> PyResult {
    match intrinsic {
        Intrinsic2::Invalid => Err(vm.system_error(format_args!("invalid intrinsic function"))),
        Intrinsic2::PrepReraiseStar => {
            let left_over = match right.downcast::<List>() {
                Some(list) => list.items(vm).to_vec(),
                None => return Err(vm.system_error(format_args!("expected a list"))),
            };
            Ok(vm.prepare_reraise_star(left, &left_over)?.unwrap_or_else(Value::none))
        }
        Intrinsic2::TypeVarWithBound => vm.make_type_var(left, Some(right), None),
        Intrinsic2::TypeVarWithConstraints => vm.make_type_var(left, None, Some(right)),
        Intrinsic2::SetFunctionTypeParams => {
            let (Some(function), Some(params)) = (left.downcast::<Function>(), right.downcast::<Tuple>()) else {
                return Err(vm.system_error(format_args!("expected a function and a tuple")));
            };
            function.type_params.set(Some(params.to_ref()), vm);
            Ok(left.clone())
        }
        Intrinsic2::SetTypeParamDefault => {
            vm.set_type_parameter_default(left, right)?;
            Ok(left.clone())
        }
    }
}

/// An expression statement of interactive input.
fn print(vm: &mut Vm, value: &Value) -> PyResult {
    let sys = crate::interpreter::state(vm).sys_dict(vm);
    match sys.get_str(&names::displayhook, vm) {
        Some(hook) => vm.call(&hook, std::slice::from_ref(value)),
        None => Err(vm.runtime_error(format_args!("lost sys.displayhook"))),
    }
}

/// `StopIteration` that leaves a generator becomes a `RuntimeError` (PEP 479).
fn stop_iteration_error(vm: &mut Vm, frame: *mut Frame, value: &Value) -> PyResult {
    // SAFETY: the running frame.
    let flags = unsafe { (*frame).raw_code().flags };
    let kind = match flags {
        flags if flags & pvm_bytecode::flags::CO_ASYNC_GENERATOR != 0 => "async generator",
        flags if flags & pvm_bytecode::flags::CO_COROUTINE != 0 => "coroutine",
        _ => "generator",
    };
    let Some(exception) = value.downcast::<BaseException>() else { return Ok(value.clone()) };
    let what = if exception.ty().is_subclass_of(&exceptions::STOP_ITERATION, vm) {
        "StopIteration"
    } else if kind == "async generator" && exception.ty().is_subclass_of(&exceptions::STOP_ASYNC_ITERATION, vm) {
        "StopAsyncIteration"
    } else {
        return Ok(value.clone());
    };
    let raised = vm.runtime_error(format_args!("{kind} raised {what}"));
    let error = vm.catch(raised);
    error.set_cause(Some(exception.to_ref()), vm);
    error.set_context(Some(exception.to_ref()), vm);
    Ok(error.into())
}

/// `from module import *` into the frame's namespace (`import_all_from`).
unsafe fn import_star(vm: &mut Vm, frame: *mut Frame, module: &Value) -> PyResult {
    // SAFETY: passed on.
    let Some(namespace) = (unsafe { (*frame).namespace() }).map(|namespace| namespace.to_owned()) else {
        return Err(vm.system_error(format_args!("no locals found during 'import *'")));
    };
    let all = vm.find_attr(module, &names::__all__)?;
    let (exported, skip_private) = match all {
        Some(all) => (vm.collect_items(&all)?, false),
        None => {
            let Some(dict) = vm.find_attr(module, &names::__dict__)? else {
                return Err(vm.import_error(format_args!("from-import-* object has no __dict__ and no __all__")));
            };
            (vm.collect_items(&dict)?, true)
        }
    };
    for name in exported {
        let Some(text) = name.downcast::<Str>() else {
            let what = if skip_private { "Key in" } else { "Item in" };
            let attribute = if skip_private { "__dict__" } else { "__all__" };
            let module_name = module.downcast::<Module>().and_then(|module| module.dict().get_str(&names::__name__, vm));
            let module_name =
                module_name.map_or_else(|| Ok("?".to_owned()), |name| vm.str(&name).map(|name| name.to_string()))?;
            let kind = vm.type_name(&name);
            return Err(vm.type_error(format_args!("{what} {module_name}.{attribute} must be str, not {kind}")));
        };
        if skip_private && text.view().first() == Some('_' as u32) {
            continue;
        }
        let text = vm.intern_str(text);
        let value = vm.getattr(module, &text)?;
        match namespace.downcast_exact::<Dict>() {
            Some(dict) => dict.set_str(&text, value, vm)?,
            None => vm.setitem(&namespace, &text.as_value(), &value)?,
        }
    }
    Ok(Value::none())
}
