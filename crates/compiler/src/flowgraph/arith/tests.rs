use super::*;
use std::sync::Arc;

fn int(value: i64) -> Constant {
    Constant::int(value)
}

fn op(operator: BinaryOp, left: Constant, right: Constant) -> Option<Constant> {
    binary(operator, &left, &right)
}

#[test]
fn ints() {
    use BinaryOp::*;
    let cases = [
        (FloorDivide, -7, 2, Some(-4)),
        (Remainder, -7, 2, Some(1)),
        (Remainder, 7, -2, Some(-1)),
        (FloorDivide, 1, 0, None),
        (Power, 2, 64, None),
        (Power, 0, 0, Some(1)),
        (Rshift, -5, 1, Some(-3)),
        (Rshift, -5, 1000, Some(-1)),
        (Rshift, 1, -1, None),
        (Lshift, 1, 128, None),
        (Lshift, 0, 1 << 40, Some(0)),
        (And, -2, 7, Some(6)),
        (Or, -8, 3, Some(-5)),
        (Xor, -1, 5, Some(-6)),
    ];
    for (operator, left, right, wanted) in cases {
        let wanted = match (operator, wanted) {
            (Power, None) => Some(Constant::Int(IBig::ONE << 64)),
            _ => wanted.map(int),
        };
        assert_eq!(op(operator, int(left), int(right)), wanted, "{operator:?} {left} {right}");
    }
    assert_eq!(op(Power, int(2), int(65)), None);
    assert_eq!(op(Power, int(2), int(-1)), Some(Constant::Float(0.5)));
    assert_eq!(op(Add, Constant::Bool(true), Constant::Bool(true)), Some(int(2)));
    assert_eq!(op(And, Constant::Bool(true), Constant::Bool(false)), Some(Constant::Bool(false)));
    assert_eq!(unary(UnaryOp::Invert, &Constant::Bool(true)), None);
    assert_eq!(unary(UnaryOp::Negative, &Constant::Bool(true)), Some(int(-1)));
}

#[test]
fn true_division() {
    let big = |exponent: usize| Constant::Int(IBig::ONE << exponent);
    let divide = |left, right| op(BinaryOp::TrueDivide, left, right);
    assert_eq!(divide(int(1), int(3)), Some(Constant::Float(1.0 / 3.0)));
    assert_eq!(divide(big(1100), big(1099)), Some(Constant::Float(2.0)));
    assert_eq!(divide(big(1100), int(-1)), None);
    assert_eq!(divide(int(1), big(1074)), Some(Constant::Float(5e-324)));
    assert_eq!(divide(int(1), big(1075)), Some(Constant::Float(0.0)));
    assert_eq!(divide(int(3), big(1075)), Some(Constant::Float(1e-323)));
    assert_eq!(divide(int(0), int(-5)), Some(Constant::Float(-0.0)));
}

#[test]
fn floats_and_complexes() {
    use BinaryOp::*;
    let float = Constant::Float;
    assert_eq!(op(FloorDivide, float(-1.0), float(0.3)), Some(float(-4.0)));
    assert_eq!(op(Remainder, float(-0.0), float(3.0)), Some(float(0.0)));
    assert_eq!(op(Power, float(0.0), int(-1)), None);
    assert_eq!(op(Power, float(10.0), int(400)), None);
    assert_eq!(op(TrueDivide, float(1.0), int(0)), None);
    assert_eq!(op(Subtract, int(0), Constant::Complex(0.0, 1.0)), Some(Constant::Complex(0.0, -1.0)));
    assert_eq!(op(Add, float(-0.0), Constant::Complex(-0.0, 1.0)), Some(Constant::Complex(-0.0, 1.0)));
    assert_eq!(op(Power, Constant::Complex(0.0, 1.0), int(2)), Some(Constant::Complex(-1.0, 0.0)));
}

#[test]
fn sequences() {
    use BinaryOp::*;
    let tuple = |items: &[i64]| Constant::Tuple(items.iter().map(|&item| int(item)).collect());
    let slice = |start: Option<i64>, stop: Option<i64>, step: Option<i64>| {
        let part = |part: Option<i64>| part.map_or(Constant::None, int);
        Constant::Slice(Arc::new([part(start), part(stop), part(step)]))
    };
    let text = Constant::str("abcd");
    assert_eq!(op(Multiply, int(2), Constant::str("ab")), Some(text.clone()).map(|_| Constant::str("abab")));
    assert_eq!(op(Multiply, Constant::str("a"), int(4097)), None);
    assert_eq!(op(Multiply, Constant::str("a"), int(-1)), None);
    assert_eq!(op(Multiply, tuple(&[1]), int(257)), None);
    assert_eq!(op(Multiply, tuple(&[1]), int(2)), Some(tuple(&[1, 1])));
    assert_eq!(op(Subscr, text.clone(), int(-1)), Some(Constant::str("d")));
    assert_eq!(op(Subscr, text.clone(), int(4)), None);
    assert_eq!(op(Subscr, text.clone(), slice(None, None, Some(-1))), Some(Constant::str("dcba")));
    assert_eq!(op(Subscr, text, slice(Some(-3), Some(100), Some(2))), Some(Constant::str("bd")));
    assert_eq!(op(Add, tuple(&[1]), tuple(&[2])), Some(tuple(&[1, 2])));
    assert_eq!(op(Remainder, Constant::str("%s"), int(1)), None);
}

#[test]
fn sets_keep_the_first_of_equals() {
    let set = frozenset(vec![int(1), Constant::Bool(true), Constant::Float(1.0), int(2)]);
    assert_eq!(set, Constant::FrozenSet(Arc::new([int(1), int(2)])));
}
