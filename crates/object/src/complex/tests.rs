//! Tests of `complex` through the operations of the language.

use super::COMPLEX_TYPE;
use crate::Value;
use crate::int::tests::{called, method, shown};
use crate::isolate::testing::with_vm;
use crate::number::complex::Complex as Number;
use crate::ops::{BinaryOp, CompareOp};

#[test]
fn operators() {
    with_vm(|vm| {
        let i = vm.complex(Number::new(0.0, 1.0));
        let cases = [
            (BinaryOp::Multiply, i.clone(), i.clone(), "(-1+0j)"),
            (BinaryOp::Add, Value::from_i32(1), i.clone(), "(1+1j)"),
            (BinaryOp::Subtract, i.clone(), vm.float(0.5), "(-0.5+1j)"),
            (BinaryOp::TrueDivide, i.clone(), Value::from_i32(0), "ZeroDivisionError: division by zero"),
            (BinaryOp::Power, i.clone(), Value::from_i32(2), "(-1+0j)"),
            (
                BinaryOp::FloorDivide,
                i.clone(),
                i.clone(),
                "TypeError: unsupported operand type(s) for //: 'complex' and 'complex'",
            ),
        ];
        for (op, left, right, wanted) in cases {
            let result = vm.binary(op, &left, &right);
            assert_eq!(shown(vm, result), wanted, "{op:?}");
        }
        let result = vm.power(&i, &Value::from_i32(1), &Value::from_i32(1));
        assert_eq!(shown(vm, result), "ValueError: complex modulo");
        let one = vm.complex(Number::new(1.0, 0.0));
        assert!(vm.compare(&one, &Value::from_i32(1), CompareOp::Eq).expect("a comparison"));
        assert_eq!(vm.hash(&one).ok(), Some(1));
        let result = vm.rich_compare(&one, &i, CompareOp::Lt);
        assert_eq!(shown(vm, result), "TypeError: '<' not supported between instances of 'complex' and 'complex'");
    });
}

#[test]
fn construction() {
    with_vm(|vm| {
        for (text, wanted) in [
            (" ( 1-2j )", "(1-2j)"),
            ("1_", "ValueError: could not convert string to complex: '1_'"),
            ("x", "ValueError: complex() arg is a malformed string"),
        ] {
            let text = vm.new_str(text).into();
            assert_eq!(called(vm, &COMPLEX_TYPE, &[text]), wanted);
        }
        let (i, text): (Value, Value) = (vm.complex(Number::new(0.0, 1.0)), vm.new_str("1").into());
        assert_eq!(called(vm, &COMPLEX_TYPE, &[]), "0j");
        assert_eq!(called(vm, &COMPLEX_TYPE, &[Value::from_i32(1), i.clone()]), "0j");
        assert_eq!(called(vm, &COMPLEX_TYPE, &[i.clone(), Value::from_i32(2)]), "3j");
        assert_eq!(
            called(vm, &COMPLEX_TYPE, &[text, i.clone()]),
            "TypeError: complex() argument 'real' must be a real number, not str"
        );
        assert_eq!(
            called(vm, &COMPLEX_TYPE, &[Value::none()]),
            "TypeError: complex() argument must be a string or a number, not NoneType"
        );
        assert_eq!(method(vm, &i, "conjugate", &[]), "-1j");
        assert_eq!(method(vm, &i, "__complex__", &[]), "1j");
    });
}
