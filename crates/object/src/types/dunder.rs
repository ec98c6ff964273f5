//! The functions that fill the slots of classes with special methods written in Python: each looks its method up on the
//! class and calls it (CPython's `slot_*` functions).

pub(super) use crate::buffer::{export_by_method as buffer, release_by_method as release_buffer};
use crate::core::object::Object;
use crate::core::slot::Args;
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::int::{Int, IntView};
use crate::ops::CompareOp;
use crate::str::Str;
use crate::str::intern::Name;
use crate::types::slots::{GetAttrFn, Sent};
use crate::types::{Type, type_flag};
use crate::{Vm, exceptions, names};

/// Calls a special method; an `AttributeError` of its bare name where the class lacks it (`vectorcall_method`).
fn call(vm: &mut Vm, this: &Value, name: &Name, args: &[Value]) -> PyResult {
    match vm.call_special(this, name, args)? {
        Some(result) => Ok(result),
        None => Err(vm.attribute_error(format_args!("{}", &**name))),
    }
}

macro_rules! unary {
    ($($function:ident $name:ident;)*) => {$(
        pub(super) fn $function(vm: &mut Vm, this: &Value) -> PyResult {
            call(vm, this, &names::$name, &[])
        }
    )*};
}

unary! {
    negative __neg__;
    positive __pos__;
    absolute __abs__;
    invert __invert__;
    int __int__;
    float __float__;
    index __index__;
    repr __repr__;
    str __str__;
    r#await __await__;
    async_iter __aiter__;
    async_next __anext__;
}

/// Whether the class's method `name` is `None`, which says that instances lack the operation.
fn is_disabled(vm: &Vm, this: &Value, name: &Name) -> bool {
    this.ty().lookup(name, vm).is_some_and(|method| method.is_none())
}

pub(super) fn iter(vm: &mut Vm, this: &Value) -> PyResult {
    if is_disabled(vm, this, &names::__iter__) {
        let kind = vm.type_name(this);
        return Err(vm.type_error(format_args!("'{kind}' object is not iterable")));
    }
    call(vm, this, &names::__iter__, &[])
}

/// An operator with a reflected form: one function serves as the slot of the left and of the right operand
/// (`SLOT1BINFULL`).
fn operator(
    vm: &mut Vm,
    left: &Value,
    right: &Value,
    function: crate::types::slots::BinaryFn,
    index: usize,
    name: &Name,
    reflected: &Name,
) -> PyResult {
    let is_ours = |value: &Value| slot_is(value, index, function);
    let differ = !std::ptr::eq(left.ty(), right.ty());
    let mut try_right = differ && is_ours(right);
    if is_ours(left) {
        if try_right && right.ty().is_subclass_of(left.ty(), vm) && overrides(vm, left, right, reflected) {
            let result = vm.call_special(right, reflected, std::slice::from_ref(left))?;
            if let Some(result) = result.filter(|result| !result.is_not_implemented()) {
                return Ok(result);
            }
            try_right = false;
        }
        let result = vm.call_special(left, name, std::slice::from_ref(right))?;
        if let Some(result) = result.filter(|result| !result.is_not_implemented()) {
            return Ok(result);
        }
        if !differ {
            return Ok(Value::not_implemented());
        }
    }
    if try_right {
        let result = vm.call_special(right, reflected, std::slice::from_ref(left))?;
        return Ok(result.unwrap_or_else(Value::not_implemented));
    }
    Ok(Value::not_implemented())
}

fn slot_is(value: &Value, index: usize, function: crate::types::slots::BinaryFn) -> bool {
    value.ty().slots().binary(index).is_some_and(|slot| std::ptr::fn_addr_eq(slot, function))
}

/// Whether the right operand's class has another reflected method than the left one's.
fn overrides(vm: &Vm, left: &Value, right: &Value, reflected: &Name) -> bool {
    match (right.ty().lookup(reflected, vm), left.ty().lookup(reflected, vm)) {
        (None, _) => false,
        (Some(_), None) => true,
        (Some(right), Some(left)) => !right.is(&left),
    }
}

macro_rules! operators {
    ($($function:ident $slot:ident $name:ident $reflected:ident;)*) => {$(
        pub(super) fn $function(vm: &mut Vm, left: &Value, right: &Value) -> PyResult {
            operator(vm, left, right, $function, super::SlotId::$slot as usize, &names::$name, &names::$reflected)
        }
    )*};
}

operators! {
    add Add __add__ __radd__;
    and And __and__ __rand__;
    floor_divide FloorDivide __floordiv__ __rfloordiv__;
    left_shift LeftShift __lshift__ __rlshift__;
    matrix_multiply MatrixMultiply __matmul__ __rmatmul__;
    multiply Multiply __mul__ __rmul__;
    remainder Remainder __mod__ __rmod__;
    or Or __or__ __ror__;
    right_shift RightShift __rshift__ __rrshift__;
    subtract Subtract __sub__ __rsub__;
    true_divide TrueDivide __truediv__ __rtruediv__;
    xor Xor __xor__ __rxor__;
    divmod Divmod __divmod__ __rdivmod__;
}

macro_rules! inplace_operators {
    ($($function:ident $name:ident;)*) => {$(
        pub(super) fn $function(vm: &mut Vm, left: &Value, right: &Value) -> PyResult {
            call(vm, left, &names::$name, std::slice::from_ref(right))
        }
    )*};
}

inplace_operators! {
    inplace_add __iadd__;
    inplace_and __iand__;
    inplace_floor_divide __ifloordiv__;
    inplace_left_shift __ilshift__;
    inplace_matrix_multiply __imatmul__;
    inplace_multiply __imul__;
    inplace_remainder __imod__;
    inplace_or __ior__;
    inplace_right_shift __irshift__;
    inplace_subtract __isub__;
    inplace_true_divide __itruediv__;
    inplace_xor __ixor__;
    getitem __getitem__;
}

pub(super) fn power(vm: &mut Vm, base: &Value, exponent: &Value, modulus: &Value) -> PyResult {
    let is_ours = |value: &Value| {
        value.ty().slots().power().is_some_and(|slot| std::ptr::fn_addr_eq(slot, power as crate::types::slots::PowerFn))
    };
    if modulus.is_none() {
        let mut ask_other = !std::ptr::eq(base.ty(), exponent.ty()) && is_ours(exponent);
        if is_ours(base) {
            if ask_other && exponent.ty().is_subclass_of(base.ty(), vm) && overrides(vm, base, exponent, &names::__rpow__) {
                let result = vm.call_special(exponent, &names::__rpow__, std::slice::from_ref(base))?;
                if let Some(result) = result.filter(|result| !result.is_not_implemented()) {
                    return Ok(result);
                }
                ask_other = false;
            }
            let result = vm.call_special(base, &names::__pow__, std::slice::from_ref(exponent))?;
            if let Some(result) = result.filter(|result| !result.is_not_implemented()) {
                return Ok(result);
            }
        }
        if ask_other {
            let result = vm.call_special(exponent, &names::__rpow__, std::slice::from_ref(base))?;
            return Ok(result.unwrap_or_else(Value::not_implemented));
        }
        return Ok(Value::not_implemented());
    }
    if is_ours(base) {
        return call(vm, base, &names::__pow__, &[exponent.clone(), modulus.clone()]);
    }
    if is_ours(exponent) {
        let result = vm.call_special(exponent, &names::__rpow__, &[base.clone(), modulus.clone()])?;
        return Ok(result.unwrap_or_else(Value::not_implemented));
    }
    Ok(Value::not_implemented())
}

pub(super) fn inplace_power(vm: &mut Vm, base: &Value, exponent: &Value, _modulus: &Value) -> PyResult {
    call(vm, base, &names::__ipow__, std::slice::from_ref(exponent))
}

pub(super) fn bool(vm: &mut Vm, this: &Value) -> PyResult<bool> {
    if is_disabled(vm, this, &names::__bool__) {
        let kind = vm.type_name(this);
        return Err(vm.type_error(format_args!("'{kind}' cannot be interpreted as a boolean")));
    }
    if let Some(result) = vm.call_special(this, &names::__bool__, &[])? {
        if result.is_true() || result.is_false() {
            return Ok(result.is_true());
        }
        let kind = vm.type_name(&result);
        return Err(vm.type_error(format_args!("__bool__ should return bool, returned {kind}")));
    }
    match vm.call_special(this, &names::__len__, &[])? {
        Some(len) => Ok(length(vm, &len)? != 0),
        None => Ok(true),
    }
}

fn length(vm: &mut Vm, result: &Value) -> PyResult<usize> {
    let len = vm.index(result)?;
    match len.as_int() {
        Some(IntView::Small(small)) if small < 0 => Err(vm.value_error(format_args!("__len__() should return >= 0"))),
        Some(IntView::Big(big)) if *big < dashu_int::IBig::ZERO => {
            Err(vm.value_error(format_args!("__len__() should return >= 0")))
        }
        Some(IntView::Small(small)) => Ok(small as usize),
        _ => Err(vm.overflow_error(format_args!("cannot fit 'int' into an index-sized integer"))),
    }
}

pub(super) fn len(vm: &mut Vm, this: &Value) -> PyResult<usize> {
    let result = call(vm, this, &names::__len__, &[])?;
    length(vm, &result)
}

pub(super) fn hash(vm: &mut Vm, this: &Value) -> PyResult<i64> {
    let method = this.ty().lookup(&names::__hash__, vm).map(|method| method.to_owned());
    if method.is_none_or(|method| method.is_none()) {
        return no_hash(vm, this);
    }
    let result = call(vm, this, &names::__hash__, &[])?;
    if !result.is_small_int() && !result.is_instance_of::<Int>() {
        return Err(vm.type_error(format_args!("__hash__ method should return an integer")));
    }
    let hash = match result.as_int() {
        Some(IntView::Small(small)) => small,
        Some(IntView::Big(big)) => crate::hashing::hash_int(big.into()),
        None => unreachable!("ints have a value"),
    };
    Ok(if hash == -1 { -2 } else { hash })
}

/// The hash slot of classes that set `__hash__` to `None`.
pub(crate) fn no_hash(vm: &mut Vm, this: &Value) -> PyResult<i64> {
    let kind = vm.type_name(this);
    Err(vm.type_error(format_args!("unhashable type: '{kind}'")))
}

pub(super) fn richcompare(vm: &mut Vm, left: &Value, right: &Value, op: CompareOp) -> PyResult {
    let name = [&names::__lt__, &names::__le__, &names::__eq__, &names::__ne__, &names::__gt__, &names::__ge__][op as usize];
    Ok(vm.call_special(left, name, std::slice::from_ref(right))?.unwrap_or_else(Value::not_implemented))
}

pub(super) fn call_slot(vm: &mut Vm, this: &Value, args: Args<'_>) -> PyResult {
    let class = this.ty();
    let Some(found) = class.lookup(&names::__call__, vm).map(|method| method.to_owned()) else {
        let kind = vm.type_name(this);
        return Err(vm.type_error(format_args!("'{kind}' object is not callable")));
    };
    vm.check_recursion(" while calling a Python object")?;
    call_found(vm, &found, this, args)
}

/// Calls a function found on the class of `this` as a method of it.
fn call_found(vm: &mut Vm, found: &Value, this: &Value, args: Args<'_>) -> PyResult {
    if found.ty().has_flags(type_flag::METHOD_DESCRIPTOR) {
        return args.with_first(this, |args| vm.call_args(found, args));
    }
    match found.ty().slots().descr_get() {
        Some(get) => {
            let bound = get(vm, found, Some(this), Some(&this.ty().as_value()))?;
            vm.call_args(&bound, args)
        }
        None => vm.call_args(found, args),
    }
}

pub(super) fn new_instance(vm: &mut Vm, class: &Object<Type>, args: Args<'_>) -> PyResult {
    let class_value = class.to_value();
    let new = vm.getattr(&class_value, &names::__new__)?;
    args.with_first(&class_value, |args| vm.call_args(&new, args))
}

pub(super) fn init(vm: &mut Vm, this: &Value, args: Args<'_>) -> PyResult<()> {
    let Some(found) = this.ty().lookup(&names::__init__, vm).map(|method| method.to_owned()) else {
        return Err(vm.no_attribute(this, &names::__init__));
    };
    let result = call_found(vm, &found, this, args)?;
    if result.is_none() {
        return Ok(());
    }
    let kind = vm.type_name(&result);
    Err(vm.type_error(format_args!("__init__() should return None, not '{kind}'")))
}

pub(super) fn finalize(vm: &mut Vm, this: &Value) {
    let pending = vm.take_pending();
    match vm.find_special(this, &names::__del__) {
        Ok(Some(method)) => {
            if let Err(raised) = vm.call(&method, &[]) {
                let function = this.ty().lookup(&names::__del__, vm).map(|method| method.to_owned());
                vm.report_unraisable(raised, Some("Exception ignored while calling deallocator"), function.as_ref());
            }
        }
        Ok(None) => {}
        Err(raised) => vm.report_unraisable(raised, None, None),
    }
    vm.restore_pending(pending);
}

/// `__getattribute__`, and `__getattr__` where that finds nothing (`slot_tp_getattr_hook`).
pub(super) fn getattr(vm: &mut Vm, this: &Value, name: &Object<Str>) -> PyResult {
    let class = this.ty();
    let fallback = class.lookup(&names::__getattr__, vm).map(|method| method.to_owned());
    let getattribute = class.lookup(&names::__getattribute__, vm).map(|method| method.to_owned());
    let native = getattribute.as_ref().and_then(|found| super::wrapper::native_getattr(found));
    let is_generic =
        native.is_some_and(|native| std::ptr::fn_addr_eq(native, crate::ops::attribute::generic_getattr as GetAttrFn));
    let found = match (native, getattribute) {
        (Some(_), _) if is_generic => match (crate::ops::attribute::generic_find(vm, this, name), &fallback) {
            (Ok(Some(value)), _) => Ok(value),
            // No error is made that would be dropped at once.
            (Ok(None), Some(fallback)) => return call_found(vm, fallback, this, Args::positional(&[name.to_value()])),
            (Ok(None), None) => Err(vm.no_attribute(this, name)),
            (Err(raised), _) => Err(raised),
        },
        (Some(native), _) => native(vm, this, name),
        (None, Some(found)) => call_found(vm, &found, this, Args::positional(&[name.to_value()])),
        (None, None) => crate::ops::attribute::generic_getattr(vm, this, name),
    };
    let Some(fallback) = fallback else { return found };
    match found {
        Err(_) if vm.pending_is(exceptions::ATTRIBUTE_ERROR.get()) => {
            drop(vm.take_pending());
            call_found(vm, &fallback, this, Args::positional(&[name.to_value()]))
        }
        found => found,
    }
}

pub(super) fn setattr(vm: &mut Vm, this: &Value, name: &Object<Str>, value: Option<&Value>) -> PyResult<()> {
    match value {
        Some(value) => call(vm, this, &names::__setattr__, &[name.to_value(), value.clone()])?,
        None => call(vm, this, &names::__delattr__, &[name.to_value()])?,
    };
    Ok(())
}

pub(super) fn descr_get(vm: &mut Vm, this: &Value, instance: Option<&Value>, owner: Option<&Value>) -> PyResult {
    let none = Value::none();
    let args = [instance.unwrap_or(&none).clone(), owner.unwrap_or(&none).clone()];
    match vm.call_special(this, &names::__get__, &args)? {
        Some(result) => Ok(result),
        None => Ok(this.clone()),
    }
}

pub(super) fn descr_set(vm: &mut Vm, this: &Value, instance: &Value, value: Option<&Value>) -> PyResult<()> {
    match value {
        Some(value) => call(vm, this, &names::__set__, &[instance.clone(), value.clone()])?,
        None => call(vm, this, &names::__delete__, std::slice::from_ref(instance))?,
    };
    Ok(())
}

pub(super) fn next(vm: &mut Vm, this: &Value) -> PyResult<Option<Value>> {
    call(vm, this, &names::__next__, &[]).map(Some)
}

pub(super) fn item(vm: &mut Vm, this: &Value, index: isize) -> PyResult {
    let index = vm.int(index as i64);
    call(vm, this, &names::__getitem__, &[index])
}

pub(super) fn set_index(vm: &mut Vm, this: &Value, index: isize, value: Option<&Value>) -> PyResult<()> {
    let index = vm.int(index as i64);
    setitem(vm, this, &index, value)
}

pub(super) fn setitem(vm: &mut Vm, this: &Value, key: &Value, value: Option<&Value>) -> PyResult<()> {
    match value {
        Some(value) => call(vm, this, &names::__setitem__, &[key.clone(), value.clone()])?,
        None => call(vm, this, &names::__delitem__, std::slice::from_ref(key))?,
    };
    Ok(())
}

pub(super) fn contains(vm: &mut Vm, this: &Value, item: &Value) -> PyResult<bool> {
    let found = this.ty().lookup(&names::__contains__, vm).map(|method| method.to_owned());
    match found {
        Some(method) if method.is_none() => {
            let kind = vm.type_name(this);
            Err(vm.type_error(format_args!("'{kind}' object is not a container")))
        }
        Some(_) => {
            let result = call(vm, this, &names::__contains__, std::slice::from_ref(item))?;
            vm.truth(&result)
        }
        None => {
            let iterator = vm.iter(this)?;
            while let Some(candidate) = vm.next(&iterator)? {
                if vm.eq(&candidate, item)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
    }
}

/// `send` by way of the method and `StopIteration`.
pub fn send(vm: &mut Vm, this: &Value, value: Value) -> PyResult<Sent> {
    let result = if value.is_none() && this.ty().slots().next().is_some() {
        match vm.next_or_stop(this) {
            Ok(Some(item)) => return Ok(Sent::Yielded(item)),
            Ok(None) => return Ok(Sent::Returned(Value::none())),
            Err(raised) => Err(raised),
        }
    } else {
        vm.call_method(this, &names::send, &[value])
    };
    match result {
        Ok(item) => Ok(Sent::Yielded(item)),
        Err(_) if vm.pending_is(exceptions::STOP_ITERATION.get()) => {
            let stop = vm.take_pending().expect("an exception is pending");
            Ok(Sent::Returned(vm.stop_iteration_value(&stop)))
        }
        Err(raised) => Err(raised),
    }
}
