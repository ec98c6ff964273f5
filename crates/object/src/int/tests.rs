//! Tests of `int` and `bool` through the operations of the language.

use dashu_int::IBig;

use super::{BOOL_TYPE, INT_TYPE};
use crate::isolate::testing::with_vm;
use crate::number::bigint;
use crate::ops::{BinaryOp, CompareOp};
use crate::types::Type;
use crate::{PyResult, Static, Value, Vm};

/// A result's `repr`, or `Class: message`.
pub(crate) fn shown(vm: &mut Vm, result: PyResult) -> String {
    match result.and_then(|value| vm.repr(&value)) {
        Ok(text) => text.to_string(),
        Err(raised) => {
            let exception = vm.catch(raised);
            let class = exception.ty().name().to_owned();
            let message = exception.args(vm).as_slice().first().cloned();
            let message = message.map(|message| vm.str(&message).expect("a message").to_string());
            format!("{class}: {}", message.unwrap_or_default())
        }
    }
}

/// `class(argument, …)` as text.
pub(crate) fn called(vm: &mut Vm, class: &'static Static<Type>, arguments: &[Value]) -> String {
    let result = vm.call(&class.to_value(), arguments);
    shown(vm, result)
}

/// `value.method(argument, …)` as text.
pub(crate) fn method(vm: &mut Vm, value: &Value, name: &str, arguments: &[Value]) -> String {
    let name = vm.intern(name);
    let result = vm.call_method(value, &name, arguments);
    shown(vm, result)
}

fn int(vm: &mut Vm, text: &str) -> Value {
    vm.number(bigint::Int::from(text.parse::<IBig>().expect("a number")))
}

#[test]
fn operators_take_ints_of_every_size() {
    with_vm(|vm| {
        use BinaryOp::*;
        let cases = [
            (Add, "4611686018427387903", "1", "4611686018427387904"),
            (Subtract, "-4611686018427387904", "1", "-4611686018427387905"),
            (Add, "9223372036854775807", "1", "9223372036854775808"),
            (Subtract, "9223372036854775808", "9223372036854775800", "8"),
            (Multiply, "4294967296", "-4294967296", "-18446744073709551616"),
            (FloorDivide, "-7", "2", "-4"),
            (Remainder, "-7", "2", "1"),
            (Remainder, "7", "-18446744073709551616", "-18446744073709551609"),
            (FloorDivide, "1", "0", "ZeroDivisionError: division by zero"),
            (TrueDivide, "1", "3", "0.3333333333333333"),
            (Power, "2", "100", "1267650600228229401496703205376"),
            (Power, "2", "-1", "0.5"),
            (Power, "0", "-1", "ZeroDivisionError: zero to a negative power"),
            (LeftShift, "1", "62", "4611686018427387904"),
            (LeftShift, "-3", "100", "-3802951800684688204490109616128"),
            (LeftShift, "1", "4611686018427387904", "MemoryError: "),
            (LeftShift, "1", "-1", "ValueError: negative shift count"),
            (RightShift, "-1", "1000", "-1"),
            (And, "-1", "18446744073709551615", "18446744073709551615"),
            (Xor, "5", "3", "6"),
            (MatrixMultiply, "1", "1", "TypeError: unsupported operand type(s) for @: 'int' and 'int'"),
        ];
        for (op, left, right, wanted) in cases {
            let (left, right) = (int(vm, left), int(vm, right));
            let result = vm.binary(op, &left, &right);
            assert_eq!(shown(vm, result), wanted, "{left:?} {op:?} {right:?}");
        }
    });
}

#[test]
fn results_that_fit_the_word_are_in_the_word() {
    with_vm(|vm| {
        let big = int(vm, "4611686018427387904");
        assert!(!big.is_small_int() && big.is_exact_int());
        let small = vm.binary(BinaryOp::Subtract, &big, &Value::from_i32(1)).expect("a difference");
        assert!(small.is_small_int());
        let huge = vm.binary(BinaryOp::LeftShift, &Value::from_i32(1), &Value::from_i32(1_000_000)).expect("a power");
        let one = vm.binary(BinaryOp::RightShift, &huge, &Value::from_i32(1_000_000)).expect("one");
        assert_eq!(one.as_small_int(), Some(1));
    });
}

#[test]
fn digits_are_charged_and_limited() {
    with_vm(|vm| {
        let before = vm.heap_state().charged();
        let huge = vm.binary(BinaryOp::LeftShift, &Value::from_i32(1), &Value::from_i32(8_000_000)).expect("a power");
        assert!(vm.heap_state().charged() >= before + 1_000_000);
        drop(huge);
        assert!(vm.heap_state().charged() < before + 1_000_000);
        let limit = vm.heap_state().charged() + 500_000;
        vm.heap_state().set_limit(limit);
        let result = vm.binary(BinaryOp::LeftShift, &Value::from_i32(1), &Value::from_i32(8_000_000));
        assert_eq!(shown(vm, result), "MemoryError: ");
        let result = vm.power(&Value::from_i32(3), &Value::from_i32(8_000_000), &Value::none());
        assert_eq!(shown(vm, result), "MemoryError: ");
    });
}

#[test]
fn powers_with_a_modulus() {
    with_vm(|vm| {
        for (base, exponent, modulus, wanted) in [
            ("3", "-1", "7", "5"),
            ("2", "-1", "4", "ValueError: base is not invertible for the given modulus"),
            ("2", "3", "0", "ValueError: pow() 3rd argument cannot be 0"),
            ("2", "10", "-7", "-5"),
            ("7", "100000000000000000000", "1000000000000000000000007", "869787497264248455115927"),
        ] {
            let (base, exponent, modulus) = (int(vm, base), int(vm, exponent), int(vm, modulus));
            let result = vm.power(&base, &exponent, &modulus);
            assert_eq!(shown(vm, result), wanted);
        }
    });
}

#[test]
fn construction() {
    with_vm(|vm| {
        let text = |vm: &mut Vm, text: &str| Value::from(vm.new_str(text));
        for (literal, wanted) in [
            (" 12_3\n", "123"),
            ("٣", "3"),
            ("z", "ValueError: invalid literal for int() with base 10: 'z'"),
            ("", "ValueError: invalid literal for int() with base 10: ''"),
        ] {
            let literal = text(vm, literal);
            assert_eq!(called(vm, &INT_TYPE, &[literal]), wanted);
        }
        let literal = text(vm, "0xff");
        assert_eq!(called(vm, &INT_TYPE, &[literal.clone(), Value::from_i32(0)]), "255");
        assert_eq!(called(vm, &INT_TYPE, &[literal, Value::from_i32(1)]), "ValueError: int() base must be >= 2 and <= 36, or 0");
        assert_eq!(
            called(vm, &INT_TYPE, &[Value::from_i32(1), Value::from_i32(2)]),
            "TypeError: int() can't convert non-string with explicit base"
        );
        assert_eq!(
            called(vm, &INT_TYPE, &[Value::none()]),
            "TypeError: int() argument must be a string, a bytes-like object or a real number, not 'NoneType'"
        );
        let float = vm.float(-1e20);
        assert_eq!(called(vm, &INT_TYPE, &[float]), "-100000000000000000000");
        assert_eq!(called(vm, &BOOL_TYPE, &[Value::none()]), "False");
        let long = text(vm, &"1".repeat(5000));
        assert_eq!(
            called(vm, &INT_TYPE, std::slice::from_ref(&long)),
            "ValueError: Exceeds the limit (4300 digits) for integer string conversion: value has 5000 digits; use sys.set_int_max_str_digits() to increase the limit"
        );
        vm.set_int_max_str_digits(0);
        assert_eq!(called(vm, &INT_TYPE, &[long]).len(), 5000);
    });
}

#[test]
fn instances_of_subclasses_carry_their_number() {
    with_vm(|vm| {
        let class = vm.new_class("MyInt", INT_TYPE.get(), "tests").expect("a class");
        let five = vm.call(&class, &[Value::from_i32(5)]).expect("an instance");
        assert!(std::ptr::eq(five.ty().native(), INT_TYPE.get()) && !five.is_exact_int());
        let sum = vm.binary(BinaryOp::Add, &five, &Value::from_i32(1)).expect("a sum");
        assert_eq!(sum.as_small_int(), Some(6));
        assert!(vm.eq(&five, &Value::from_i32(5)).expect("a comparison"));
        assert_eq!(vm.hash(&five).ok(), vm.hash(&Value::from_i32(5)).ok());
        let plain = vm.to_int(&five).expect("an int");
        assert!(plain.is_small_int());
    });
}

#[test]
fn methods() {
    with_vm(|vm| {
        let number = Value::from_i32(-1234);
        assert_eq!(method(vm, &number, "bit_length", &[]), "11");
        assert_eq!(method(vm, &number, "as_integer_ratio", &[]), "(-1234, 1)");
        assert_eq!(method(vm, &number, "__round__", &[Value::from_i32(-2)]), "-1200");
        let spec = vm.new_str(",");
        assert_eq!(method(vm, &number, "__format__", &[spec.into()]), "'-1,234'");
        assert_eq!(
            method(vm, &number, "__format__", &[Value::from_i32(1)]),
            "TypeError: __format__() argument must be str, not int"
        );
        assert_eq!(method(vm, &Value::from_bool(true), "__and__", &[Value::from_bool(false)]), "False");
        assert_eq!(method(vm, &Value::from_bool(true), "__and__", &[Value::from_i32(3)]), "1");
        let (small, big) = (Value::from_i32(3), int(vm, "18446744073709551616"));
        for (op, wanted) in [(CompareOp::Lt, true), (CompareOp::Eq, false), (CompareOp::Ge, false)] {
            assert_eq!(vm.compare(&small, &big, op).ok(), Some(wanted));
        }
    });
}

#[test]
fn bytes_both_ways() {
    with_vm(|vm| {
        let number = Value::from_i32(-258);
        let (two, little): (Value, Value) = (Value::from_i32(2), vm.new_str("little").into());
        let bytes = vm.new_bytes(&[0xfe, 0xfe]).expect("bytes").into();
        let from_bytes = vm.intern("from_bytes");
        let result = vm.call_method(&INT_TYPE.to_value(), &from_bytes, &[bytes, little.clone()]);
        assert_eq!(shown(vm, result), "65278");
        assert_eq!(
            method(vm, &number, "to_bytes", &[two.clone(), little]),
            "OverflowError: can't convert negative int to unsigned"
        );
        assert_eq!(method(vm, &number, "to_bytes", &[Value::from_i32(-1)]), "ValueError: length argument must be non-negative");
        let result = vm.call_method(&INT_TYPE.to_value(), &from_bytes, &[two]);
        assert_eq!(shown(vm, result), "TypeError: cannot convert 'int' object to bytes");
    });
}
