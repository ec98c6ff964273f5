use dashu_int::IBig;

use super::Range;
use crate::core::value::Value;
use crate::isolate::testing::with_vm;

fn ints(range: &Range, vm: &mut crate::Vm) -> Vec<i64> {
    let iterator = range.iterator(vm);
    let mut ints = Vec::new();
    while let Some(int) = vm.next(&iterator).unwrap() {
        ints.push(super::word(&int).unwrap());
    }
    ints
}

#[test]
fn ranges_step_both_ways() {
    with_vm(|vm| {
        for (start, stop, step, expected) in [
            (0, 5, 1, vec![0, 1, 2, 3, 4]),
            (0, 5, 2, vec![0, 2, 4]),
            (5, 0, -2, vec![5, 3, 1]),
            (5, 0, 1, vec![]),
            (i64::MAX - 2, i64::MAX, 1, vec![i64::MAX - 2, i64::MAX - 1]),
            (i64::MIN, i64::MAX, i64::MAX, vec![i64::MIN, -1, i64::MAX - 1]),
        ] {
            let range = vm.new_range(start, stop, step);
            assert_eq!(ints(&range, vm), expected);
            assert_eq!(super::word(&range.length), Some(expected.len() as i64));
            for (position, &int) in expected.iter().enumerate() {
                let value = vm.int(int);
                assert_eq!(range.position_of(&value, vm).and_then(|value| value.as_small_int()), Some(position as i64));
            }
        }
    });
}

#[test]
fn big_ranges() {
    with_vm(|vm| {
        let stop = vm.big_int(IBig::ONE << 70);
        let step = vm.big_int(IBig::ONE << 68);
        let range = Range::new(Value::from_i32(1), stop, step, vm);
        assert_eq!(range.length.as_small_int(), Some(4));
        let last = range.item_at(&Value::from_i32(3), vm);
        assert_eq!(super::big(&last), (IBig::from(3) << 68) + IBig::ONE);
        assert_eq!(range.position_of(&last, vm).unwrap().as_small_int(), Some(3));
        assert!(range.position_of(&Value::from_i32(2), vm).is_none());
        let whole = vm.new_range(i64::MIN, i64::MAX, 1);
        assert_eq!(super::big(&whole.length), (IBig::ONE << 64) - IBig::ONE);
    });
}
