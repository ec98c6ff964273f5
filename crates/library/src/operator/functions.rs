//! One function an operator.

use pvm_macros::pyfunction;
use pvm_object::ops::{BinaryOp, CompareOp};
use pvm_object::{Args, PyResult, Value, Vm};

macro_rules! binary {
    ($($(#[doc = $doc:literal])* $name:ident $python:literal $op:ident;)*) => {$(
        $(#[doc = $doc])*
        #[pyfunction(module = "_operator", name = $python)]
        pub fn $name(vm: &mut Vm, a: &Value, b: &Value) -> PyResult {
            vm.binary(BinaryOp::$op, a, b)
        }
    )*};
}

binary! {
    /// Same as a + b.
    add "add" Add;
    /// Same as a - b.
    sub "sub" Subtract;
    /// Same as a * b.
    mul "mul" Multiply;
    /// Same as a @ b.
    matmul "matmul" MatrixMultiply;
    /// Same as a // b.
    floordiv "floordiv" FloorDivide;
    /// Same as a / b.
    truediv "truediv" TrueDivide;
    /// Same as a % b.
    mod_ "mod" Remainder;
    /// Same as a ** b.
    pow "pow" Power;
    /// Same as a << b.
    lshift "lshift" LeftShift;
    /// Same as a >> b.
    rshift "rshift" RightShift;
    /// Same as a & b.
    and_ "and_" And;
    /// Same as a ^ b.
    xor "xor" Xor;
    /// Same as a | b.
    or_ "or_" Or;
}

macro_rules! inplace {
    ($($(#[doc = $doc:literal])* $name:ident $op:ident;)*) => {$(
        $(#[doc = $doc])*
        #[pyfunction(module = "_operator")]
        pub fn $name(vm: &mut Vm, a: &Value, b: &Value) -> PyResult {
            vm.inplace(BinaryOp::$op, a, b)
        }
    )*};
}

inplace! {
    /// Same as a += b.
    iadd Add;
    /// Same as a -= b.
    isub Subtract;
    /// Same as a *= b.
    imul Multiply;
    /// Same as a @= b.
    imatmul MatrixMultiply;
    /// Same as a //= b.
    ifloordiv FloorDivide;
    /// Same as a /= b.
    itruediv TrueDivide;
    /// Same as a %= b.
    imod Remainder;
    /// Same as a **= b.
    ipow Power;
    /// Same as a <<= b.
    ilshift LeftShift;
    /// Same as a >>= b.
    irshift RightShift;
    /// Same as a &= b.
    iand And;
    /// Same as a ^= b.
    ixor Xor;
    /// Same as a |= b.
    ior Or;
}

macro_rules! comparisons {
    ($($(#[doc = $doc:literal])* $name:ident $op:ident;)*) => {$(
        $(#[doc = $doc])*
        #[pyfunction(module = "_operator")]
        pub fn $name(vm: &mut Vm, a: &Value, b: &Value) -> PyResult {
            vm.rich_compare(a, b, CompareOp::$op)
        }
    )*};
}

comparisons! {
    /// Same as a == b.
    eq Eq;
    /// Same as a != b.
    ne Ne;
    /// Same as a < b.
    lt Lt;
    /// Same as a <= b.
    le Le;
    /// Same as a > b.
    gt Gt;
    /// Same as a >= b.
    ge Ge;
}

macro_rules! unary {
    ($($(#[doc = $doc:literal])* $name:ident $method:ident;)*) => {$(
        $(#[doc = $doc])*
        #[pyfunction(module = "_operator")]
        pub fn $name(vm: &mut Vm, a: &Value) -> PyResult {
            vm.$method(a)
        }
    )*};
}

unary! {
    /// Same as -a.
    neg negative;
    /// Same as +a.
    pos positive;
    /// Same as abs(a).
    abs absolute;
    /// Same as ~a.
    inv invert;
    /// Same as ~a.
    invert invert;
}

/// Same as a.__index__()
#[pyfunction(module = "_operator")]
pub fn index(vm: &mut Vm, a: &Value) -> PyResult {
    let index = vm.index(a)?;
    Ok(vm.plain_int(&index))
}

/// Return True if a is true, False otherwise.
#[pyfunction(module = "_operator")]
pub fn truth(a: bool) -> bool {
    a
}

/// Same as not a.
#[pyfunction(module = "_operator")]
pub fn not_(a: bool) -> bool {
    !a
}

/// Same as a is b.
#[pyfunction(module = "_operator")]
pub fn is_(a: &Value, b: &Value) -> bool {
    a.is(b)
}

/// Same as a is not b.
#[pyfunction(module = "_operator")]
pub fn is_not(a: &Value, b: &Value) -> bool {
    !a.is(b)
}

/// Same as a is None.
#[pyfunction(module = "_operator")]
pub fn is_none(a: &Value) -> bool {
    a.is_none()
}

/// Same as a is not None.
#[pyfunction(module = "_operator")]
pub fn is_not_none(a: &Value) -> bool {
    !a.is_none()
}

/// Same as b in a (note reversed operands).
#[pyfunction(module = "_operator")]
pub fn contains(vm: &mut Vm, a: &Value, b: &Value) -> PyResult<bool> {
    vm.contains(a, b)
}

/// Same as a[b].
#[pyfunction(module = "_operator")]
pub fn getitem(vm: &mut Vm, a: &Value, b: &Value) -> PyResult {
    vm.getitem(a, b)
}

/// Same as a[b] = c.
#[pyfunction(module = "_operator")]
pub fn setitem(vm: &mut Vm, a: &Value, b: &Value, c: &Value) -> PyResult<()> {
    vm.setitem(a, b, c)
}

/// Same as del a[b].
#[pyfunction(module = "_operator")]
pub fn delitem(vm: &mut Vm, a: &Value, b: &Value) -> PyResult<()> {
    vm.delitem(a, b)
}

/// call($module, obj, /, *args, **kwargs)
/// --
///
/// Same as obj(*args, **kwargs).
#[pyfunction(module = "_operator")]
pub fn call(vm: &mut Vm, args: Args<'_>) -> PyResult {
    match args.get(0) {
        Some(callable) => vm.call_args(&callable, args.skip(1)),
        None => Err(vm.type_error(format_args!("call expected at least 1 argument, got 0"))),
    }
}
