//! Tests of `float` through the operations of the language.

use super::FLOAT_TYPE;
use crate::int::tests::{called, method, shown};
use crate::isolate::testing::with_vm;
use crate::ops::{BinaryOp, CompareOp};
use crate::{Value, Vm};

#[test]
fn operators_mix_floats_and_ints() {
    with_vm(|vm| {
        use BinaryOp::*;
        let cases = [
            (Add, 1.5, 2.25, "3.75"),
            (Multiply, 1e200, 1e200, "inf"),
            (TrueDivide, 1.0, 0.0, "ZeroDivisionError: division by zero"),
            (FloorDivide, -7.5, 2.0, "-4.0"),
            (Remainder, -7.5, 2.0, "0.5"),
            (Power, -8.0, 1.0 / 3.0, "(1.0000000000000002+1.7320508075688772j)"),
            (Power, 1e300, 2.0, "OverflowError: 34"),
            (And, 1.0, 1.0, "TypeError: unsupported operand type(s) for &: 'float' and 'float'"),
        ];
        for (op, left, right, wanted) in cases {
            let (left, right) = (vm.float(left), vm.float(right));
            let result = vm.binary(op, &left, &right);
            assert_eq!(shown(vm, result), wanted, "{left:?} {op:?} {right:?}");
        }
        let half = vm.float(0.5);
        for (left, right, wanted) in [(Value::from_i32(1), half.clone(), "1.5"), (half.clone(), Value::from_i32(2), "2.5")] {
            let result = vm.binary(Add, &left, &right);
            assert_eq!(shown(vm, result), wanted);
        }
        let huge = vm.binary(LeftShift, &Value::from_i32(1), &Value::from_i32(2000)).expect("a power");
        let result = vm.binary(Add, &half, &huge);
        assert_eq!(shown(vm, result), "OverflowError: int too large to convert to float");
        let result = vm.power(&half, &half, &half);
        assert_eq!(shown(vm, result), "TypeError: pow() 3rd argument not allowed unless all arguments are integers");
    });
}

#[test]
fn comparisons_with_ints_are_exact() {
    with_vm(|vm| {
        let compare = |vm: &mut Vm, left: &Value, right: &Value, op| vm.compare(left, right, op).expect("a comparison");
        let int = vm.int((1 << 53) + 1);
        let float = vm.float((1u64 << 53) as f64);
        assert!(!compare(vm, &int, &float, CompareOp::Eq) && compare(vm, &int, &float, CompareOp::Gt));
        assert!(compare(vm, &float, &int, CompareOp::Lt));
        let nan = vm.float(f64::NAN);
        assert!(!compare(vm, &nan, &int, CompareOp::Lt) && compare(vm, &int, &nan, CompareOp::Ne));
        let (left, right) = (vm.float(2.0), Value::from_i32(2));
        assert_eq!(vm.hash(&left).ok(), vm.hash(&right).ok());
    });
}

#[test]
fn construction_and_methods() {
    with_vm(|vm| {
        for (text, wanted) in
            [(" -1_0.5e1 ", "-105.0"), ("nan", "nan"), ("1_", "ValueError: could not convert string to float: '1_'")]
        {
            let text = vm.new_str(text).into();
            assert_eq!(called(vm, &FLOAT_TYPE, &[text]), wanted);
        }
        assert_eq!(
            called(vm, &FLOAT_TYPE, &[Value::none()]),
            "TypeError: float() argument must be a string or a real number, not 'NoneType'"
        );
        let number = vm.float(-2.5);
        assert_eq!(method(vm, &number, "__round__", &[]), "-2");
        assert_eq!(method(vm, &number, "as_integer_ratio", &[]), "(-5, 2)");
        assert_eq!(method(vm, &number, "hex", &[]), "'-0x1.4000000000000p+1'");
        assert_eq!(method(vm, &number, "is_integer", &[]), "False");
        let spec = vm.new_str(".3e").into();
        assert_eq!(method(vm, &number, "__format__", &[spec]), "'-2.500e+00'");
        let infinity = vm.float(f64::INFINITY);
        assert_eq!(method(vm, &infinity, "__trunc__", &[]), "OverflowError: cannot convert float infinity to integer");
        let text: Value = vm.new_str("0x1.8p1").into();
        assert_eq!(method(vm, &FLOAT_TYPE.to_value(), "fromhex", &[text]), "3.0");
        let class = vm.new_class("MyFloat", FLOAT_TYPE.get(), "tests").expect("a class");
        let three = vm.call(&class, &[Value::from_i32(3)]).expect("an instance");
        assert_eq!(shown(vm, Ok(three.clone())), "3.0");
        let sum = vm.binary(BinaryOp::Add, &three, &three).expect("a sum");
        assert!(sum.is_small_float());
    });
}
