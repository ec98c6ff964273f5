//! `weakref.proxy`: an object that forwards to another without keeping it alive.

use crate::core::cell::HeapCell;
use crate::core::object::{Object, Ref};
use crate::core::slot::Args;
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::ops::{BinaryOp, CompareOp};
use crate::str::Str;
use crate::trace::{Trace, Visitor};
use crate::types::slots::BinaryFn;
use crate::types::{NativeLayout, OBJECT_TYPE, PyClass, Slots, Type, TypeDef};
use crate::weakref::WeakRef;
use crate::{Static, Vm};

/// The native half of both kinds of proxies.
pub struct Proxy {
    weak: HeapCell<Ref<WeakRef>>,
}

// SAFETY: the weak reference is visited once.
unsafe impl Trace for Proxy {
    fn trace(&self, visitor: &mut Visitor<'_>) {
        self.weak.trace(visitor);
    }
}

static LAYOUT: NativeLayout = NativeLayout::of::<Proxy>();

const fn definition(name: &'static str) -> TypeDef {
    TypeDef { name, module: "weakref", doc: None, base: Some(&OBJECT_TYPE), also: None, members: &[], flags: 0 }
}
static PROXY_DEF: TypeDef = definition("ProxyType");
static CALLABLE_PROXY_DEF: TypeDef = definition("CallableProxyType");

/// `weakref.ProxyType`.
pub static PROXY_TYPE: Static<Type> = Static::new_class(&PROXY_DEF, &LAYOUT, slots());
/// `weakref.CallableProxyType`.
pub static CALLABLE_PROXY_TYPE: Static<Type> =
    Static::new_class_like(&CALLABLE_PROXY_DEF, &LAYOUT, &raw const PROXY_TYPE, slots().with_call(call));

// SAFETY: the static is declared with the layout of `Proxy`.
unsafe impl PyClass for Proxy {
    const TYPE: &'static Static<Type> = &PROXY_TYPE;
}

macro_rules! binary {
    ($($operator:ident),*) => {{
        const fn table() -> [BinaryFn; 12] {
            [$({
                fn forward(vm: &mut Vm, left: &Value, right: &Value) -> PyResult {
                    let (left, right) = (target(vm, left)?, target(vm, right)?);
                    vm.binary(BinaryOp::$operator, &left, &right)
                }
                forward as BinaryFn
            }),*]
        }
        table()
    }};
}

macro_rules! inplace {
    ($($operator:ident),*) => {{
        const fn table() -> [BinaryFn; 12] {
            [$({
                fn forward(vm: &mut Vm, left: &Value, right: &Value) -> PyResult {
                    let (left, right) = (target(vm, left)?, target(vm, right)?);
                    vm.inplace(BinaryOp::$operator, &left, &right)
                }
                forward as BinaryFn
            }),*]
        }
        table()
    }};
}

const fn slots() -> Slots {
    let binary = binary!(
        Add, And, FloorDivide, LeftShift, MatrixMultiply, Multiply, Remainder, Or, RightShift, Subtract, TrueDivide, Xor
    );
    let inplace = inplace!(
        Add, And, FloorDivide, LeftShift, MatrixMultiply, Multiply, Remainder, Or, RightShift, Subtract, TrueDivide, Xor
    );
    Slots::new()
        .with_add(binary[0])
        .with_and(binary[1])
        .with_floor_divide(binary[2])
        .with_left_shift(binary[3])
        .with_matrix_multiply(binary[4])
        .with_multiply(binary[5])
        .with_remainder(binary[6])
        .with_or(binary[7])
        .with_right_shift(binary[8])
        .with_subtract(binary[9])
        .with_true_divide(binary[10])
        .with_xor(binary[11])
        .with_inplace_add(inplace[0])
        .with_inplace_and(inplace[1])
        .with_inplace_floor_divide(inplace[2])
        .with_inplace_left_shift(inplace[3])
        .with_inplace_matrix_multiply(inplace[4])
        .with_inplace_multiply(inplace[5])
        .with_inplace_remainder(inplace[6])
        .with_inplace_or(inplace[7])
        .with_inplace_right_shift(inplace[8])
        .with_inplace_subtract(inplace[9])
        .with_inplace_true_divide(inplace[10])
        .with_inplace_xor(inplace[11])
        .with_divmod(|vm, left, right| {
            let (left, right) = (target(vm, left)?, target(vm, right)?);
            vm.divmod(&left, &right)
        })
        .with_power(|vm, base, exponent, modulus| {
            let (base, exponent, modulus) = (target(vm, base)?, target(vm, exponent)?, target(vm, modulus)?);
            vm.power(&base, &exponent, &modulus)
        })
        .with_negative(|vm, this| target(vm, this).and_then(|target| vm.negative(&target)))
        .with_positive(|vm, this| target(vm, this).and_then(|target| vm.positive(&target)))
        .with_absolute(|vm, this| target(vm, this).and_then(|target| vm.absolute(&target)))
        .with_invert(|vm, this| target(vm, this).and_then(|target| vm.invert(&target)))
        .with_index(|vm, this| target(vm, this).and_then(|target| vm.index(&target)))
        .with_bool(|vm, this| target(vm, this).and_then(|target| vm.truth(&target)))
        .with_len(|vm, this| target(vm, this).and_then(|target| vm.len(&target)))
        .with_iter(|vm, this| target(vm, this).and_then(|target| vm.iter(&target)))
        .with_next(next)
        .with_contains(|vm, this, item| target(vm, this).and_then(|target| vm.contains(&target, item)))
        .with_getitem(|vm, this, key| target(vm, this).and_then(|target| vm.getitem(&target, key)))
        .with_setitem(setitem)
        .with_getattr(|vm, this, name| target(vm, this).and_then(|target| vm.getattr(&target, name)))
        .with_setattr(setattr)
        .with_str(|vm, this| target(vm, this).and_then(|target| Ok(vm.str(&target)?.into())))
        .with_repr(repr)
        .with_hash(|vm, this| {
            let kind = vm.type_name(this);
            Err(vm.type_error(format_args!("unhashable type: '{kind}'")))
        })
        .with_richcompare(richcompare)
}

/// What a proxy stands for; other values stand for themselves.
fn target(vm: &mut Vm, value: &Value) -> PyResult {
    let Some(proxy) = value.downcast::<Proxy>() else { return Ok(value.clone()) };
    match proxy.weak.borrow(vm).upgrade() {
        Some(target) => Ok(target),
        None => Err(vm.reference_error(format_args!("weakly-referenced object no longer exists"))),
    }
}

fn next(vm: &mut Vm, this: &Value) -> PyResult<Option<Value>> {
    let target = target(vm, this)?;
    if target.ty().slots().next().is_none() {
        let kind = vm.type_name(&target);
        return Err(vm.type_error(format_args!("Weakref proxy referenced a non-iterator '{kind}' object")));
    }
    vm.next_or_stop(&target)
}

fn setitem(vm: &mut Vm, this: &Value, key: &Value, item: Option<&Value>) -> PyResult<()> {
    let target = target(vm, this)?;
    match item {
        Some(item) => vm.setitem(&target, key, item),
        None => vm.delitem(&target, key),
    }
}

fn setattr(vm: &mut Vm, this: &Value, name: &Object<Str>, value: Option<&Value>) -> PyResult<()> {
    let target = target(vm, this)?;
    match value {
        Some(value) => vm.setattr(&target, name, value),
        None => vm.delattr(&target, name),
    }
}

fn call(vm: &mut Vm, this: &Value, args: Args<'_>) -> PyResult {
    let target = target(vm, this)?;
    vm.call_args(&target, args)
}

fn richcompare(vm: &mut Vm, left: &Value, right: &Value, op: CompareOp) -> PyResult {
    let (left, right) = (target(vm, left)?, target(vm, right)?);
    vm.rich_compare(&left, &right, op)
}

fn repr(vm: &mut Vm, this: &Value) -> PyResult {
    let target = target(vm, this)?;
    let text = format!("<weakproxy at {:#x}; to '{}' at {:#x}>", this.bits(), target.ty().name(), target.bits());
    Ok(vm.new_str(&text).into())
}

impl Vm {
    /// `weakref.proxy(object, callback)`.
    pub fn new_weak_proxy(&mut self, target: &Value, callback: Option<Value>) -> PyResult {
        let class = crate::weakref::WEAKREF_TYPE.to_value();
        let mut args = vec![target.clone()];
        args.extend(callback);
        let weak = self.call(&class, &args)?;
        let weak: Ref<WeakRef> = weak.downcast_into().map_err(|_| self.system_error(format_args!("ref() made no weak reference")))?;
        let class = if target.ty().slots().call().is_some() { CALLABLE_PROXY_TYPE.get() } else { PROXY_TYPE.get() };
        Ok(self.alloc_as(class, Proxy { weak: HeapCell::new(weak) }).into())
    }
}
