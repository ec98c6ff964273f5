//! What `copy` and `pickle` ask of every object: `__reduce_ex__` and the state (`object_reduce_ex` and what belongs to it).

use super::{Instance, OBJECT_TYPE, Type, instance};
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::descriptors::builtin_function::NativeFunction;
use crate::dict::Dict;
use crate::errors::PyResult;
use crate::list::List;
use crate::native::MemberDef;
use crate::ops::attribute::generic_getattr;
use crate::str::Str;
use crate::tuple::Tuple;
use crate::types::slots::GetAttrFn;
use crate::{Vm, names};

/// `object.__reduce_ex__`: the class's own `__reduce__` where it has one.
pub(super) fn reduce_ex(vm: &mut Vm, this: &Value, protocol: i32) -> PyResult {
    let own = this.ty().lookup(&names::__reduce__, vm).map(|found| found.to_owned());
    let default = OBJECT_TYPE.lookup(&names::__reduce__, vm);
    let overridden = own.is_none_or(|own| default.is_none_or(|default| !own.is(&default)));
    // Where attributes are looked up in the usual way, looking for the usual one runs nothing.
    if (overridden || !has_usual_lookup(this))
        && let Some(reduce) = vm.find_attr(this, &names::__reduce__)?
        && overridden
    {
        return vm.call(&reduce, &[]);
    }
    common_reduce(vm, this, protocol)
}

/// Whether the value's class looks attributes up as `object` does.
fn has_usual_lookup(this: &Value) -> bool {
    this.ty().slots().getattr().is_none_or(|get| std::ptr::fn_addr_eq(get, generic_getattr as GetAttrFn))
}

/// From protocol 2 on by `copyreg.__newobj__`, before by `copyreg._reduce_ex`.
pub(super) fn common_reduce(vm: &mut Vm, this: &Value, protocol: i32) -> PyResult {
    if protocol >= 2 {
        return reduce_by_new(vm, this);
    }
    let name = vm.intern("_reduce_ex");
    let reduce = vm.import_attr("copyreg", &name)?;
    vm.call(&reduce, &[this.clone(), Value::from_i32(protocol)])
}

/// What `__new__` is to be called with: by `__getnewargs_ex__`, else by `__getnewargs__`.
fn new_arguments(vm: &mut Vm, this: &Value) -> PyResult<(Option<Ref<Tuple>>, Option<Ref<Dict>>)> {
    if let Some(result) = vm.call_special(this, &names::__getnewargs_ex__, &[])? {
        let result = expect_tuple(vm, result, "__getnewargs_ex__ should return a tuple, not")?;
        let [args, kwargs] = result.as_slice() else {
            let len = result.len();
            return Err(vm.value_error(format_args!("__getnewargs_ex__ should return a tuple of length 2, not {len}")));
        };
        let args = expect_tuple(vm, args.clone(), "first item of the tuple returned by __getnewargs_ex__ must be a tuple, not")?;
        return match kwargs.clone().downcast_into::<Dict>() {
            Ok(kwargs) => Ok((Some(args), Some(kwargs))),
            Err(other) => {
                let kind = vm.type_name(&other);
                let what = "second item of the tuple returned by __getnewargs_ex__ must be a dict, not";
                Err(vm.type_error(format_args!("{what} '{kind}'")))
            }
        };
    }
    match vm.call_special(this, &names::__getnewargs__, &[])? {
        Some(args) => Ok((Some(expect_tuple(vm, args, "__getnewargs__ should return a tuple, not")?), None)),
        None => Ok((None, None)),
    }
}

fn expect_tuple(vm: &mut Vm, value: Value, what: &str) -> PyResult<Ref<Tuple>> {
    value.downcast_into::<Tuple>().map_err(|other| {
        let kind = vm.type_name(&other);
        vm.type_error(format_args!("{what} '{kind}'"))
    })
}

fn cannot_pickle<T>(vm: &mut Vm, this: &Value) -> PyResult<T> {
    let kind = this.ty().full_name(vm);
    Err(vm.type_error(format_args!("cannot pickle '{kind}' object")))
}

/// `reduce_newobj`.
fn reduce_by_new(vm: &mut Vm, this: &Value) -> PyResult {
    let class = this.ty();
    if class.slots().new_instance().is_none() || class.has_flags(super::type_flag::DISALLOW_INSTANTIATION) {
        return cannot_pickle(vm, this);
    }
    let (args, kwargs) = new_arguments(vm, this)?;
    let has_args = args.is_some();
    let copyreg = vm.import("copyreg")?;
    let class: Value = class.to_value();
    let (maker, arguments) = match (args, kwargs.filter(|kwargs| !kwargs.is_empty(vm))) {
        (args, None) => {
            let mut all = vec![class];
            all.extend(args.iter().flat_map(|args| args.as_slice()).cloned());
            (&names::__newobj__, all)
        }
        (Some(args), Some(kwargs)) => (&names::__newobj_ex__, vec![class, args.into(), kwargs.into()]),
        (None, Some(_)) => {
            return Err(vm.system_error(format_args!("bad argument to internal function")));
        }
    };
    let maker = vm.getattr(&copyreg, maker)?;
    let arguments = vm.new_tuple(arguments);
    let (is_list, is_dict) = (this.is_instance_of::<List>(), this.is_instance_of::<Dict>());
    let state = state(vm, this, !(has_args || is_list || is_dict))?;
    let list_items = if is_list { vm.iter(this)? } else { Value::none() };
    let dict_items = match is_dict {
        true => {
            let items = vm.call_method(this, &names::items, &[])?;
            vm.iter(&items)?
        }
        false => Value::none(),
    };
    Ok(vm.new_tuple(vec![maker, arguments.into(), state, list_items, dict_items]).into())
}

/// The state by the object's `__getstate__`; where that is `object`'s own, `required` says that nothing else would carry
/// what the native half holds (`object_getstate`).
fn state(vm: &mut Vm, this: &Value, required: bool) -> PyResult {
    let own = this.ty().lookup(&names::__getstate__, vm);
    let is_usual = own.is_some_and(|own| OBJECT_TYPE.lookup(&names::__getstate__, vm).is_some_and(|default| own.is(&default)));
    let is_instances = this.header().is_some_and(|header| instance::get(vm, header, &names::__getstate__).is_some());
    if is_usual && !is_instances && has_usual_lookup(this) {
        return default_state(vm, this, required);
    }
    let method = vm.getattr(this, &names::__getstate__)?;
    let is_default = method.downcast::<NativeFunction>().is_some_and(|function| {
        function.receiver().is(this)
            && Instance::PY_MEMBERS
                .iter()
                .any(|member| matches!(member, MemberDef::Method(def) if std::ptr::eq(*def, function.def()) && def.name == "__getstate__"))
    });
    if is_default { default_state(vm, this, required) } else { vm.call(&method, &[]) }
}

/// `object.__getstate__`: the `__dict__`, and the values of `__slots__` where there are any (`object_getstate_default`).
pub(super) fn default_state(vm: &mut Vm, this: &Value, required: bool) -> PyResult {
    let class = this.ty();
    if required && class.item_size(vm) != 0 {
        let kind = vm.type_name(this);
        return Err(vm.type_error(format_args!("cannot pickle {kind} objects")));
    }
    let state: Value = match this.header() {
        Some(header) if !instance::items(vm, header).is_empty() => {
            instance::dict(vm, header)?.map_or_else(Value::none, Value::from)
        }
        _ => Value::none(),
    };
    let names = slot_names(vm, class)?;
    if required {
        let slots = (class.slots_end() - class.layout().size) / 8;
        let known = names.as_ref().map_or(0, |names| names.len(vm));
        if !std::ptr::eq(class.native(), OBJECT_TYPE.get()) || slots > known {
            return cannot_pickle(vm, this);
        }
    }
    let Some(names) = names.filter(|names| !names.is_empty(vm)) else {
        return Ok(state);
    };
    let slots = vm.new_dict();
    let count = names.len(vm);
    let mut index = 0;
    while let Some(name) = names.get(index, vm) {
        index += 1;
        let Some(name) = name.downcast::<Str>() else {
            continue;
        };
        if let Some(value) = vm.find_attr(this, name)? {
            slots.set_str(name, value, vm)?;
        }
        if names.len(vm) != count {
            return Err(vm.runtime_error(format_args!("__slotsname__ changed size during iteration")));
        }
    }
    if slots.is_empty(vm) {
        return Ok(state);
    }
    Ok(vm.new_tuple(vec![state, slots.into()]).into())
}

/// The names of the `__slots__` of a class and its bases, as `copyreg` finds and remembers them (`_PyType_GetSlotNames`).
fn slot_names(vm: &mut Vm, class: &Object<Type>) -> PyResult<Option<Ref<List>>> {
    let unless_none = |names: Value| {
        if names.is_none() { Ok(None) } else { names.downcast_into::<List>().map(Some) }
    };
    if let Some(names) = class.dict(vm).get_str(&names::__slotnames__, vm) {
        return unless_none(names).map_err(|other| {
            let (class, kind) = (class.name().to_owned(), vm.type_name(&other));
            vm.type_error(format_args!("{class}.__slotnames__ should be a list or None, not {kind}"))
        });
    }
    // A class without slots anywhere needs no search.
    if class.slots_end() == class.layout().size && std::ptr::eq(class.native(), OBJECT_TYPE.get()) {
        return Ok(None);
    }
    let name = vm.intern("_slotnames");
    let function = vm.import_attr("copyreg", &name)?;
    let names = vm.call(&function, &[class.to_value()])?;
    unless_none(names).map_err(|_| vm.type_error(format_args!("copyreg._slotnames didn't return a list or None")))
}
