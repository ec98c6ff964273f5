use super::sort::sort_items;
use crate::Vm;
use crate::core::value::Value;
use crate::heap::HeapVec;
use crate::isolate::testing::with_vm;

fn ints(numbers: impl IntoIterator<Item = i32>) -> HeapVec<Value> {
    HeapVec::try_from_iter(numbers.into_iter().map(Value::from_i32)).unwrap()
}

fn numbers(items: &[Value]) -> Vec<i64> {
    items.iter().map(|item| item.as_small_int().unwrap()).collect()
}

fn noise(count: u32, modulus: u32) -> impl Iterator<Item = i32> {
    let mut state = 12345u32;
    (0..count).map(move |_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        ((state >> 8) % modulus) as i32
    })
}

#[test]
fn sorts_numbers_of_all_kinds() {
    with_vm(|vm| {
        for count in [0, 1, 2, 3, 63, 64, 65, 1000, 5000] {
            for modulus in [3, 100, 1 << 20] {
                let mut expected: Vec<i64> = noise(count, modulus).map(i64::from).collect();
                expected.sort();
                let mut items = ints(noise(count, modulus));
                sort_items(&mut items, None, false, vm).unwrap();
                assert_eq!(numbers(&items), expected);
                sort_items(&mut items, None, true, vm).unwrap();
                expected.reverse();
                assert_eq!(numbers(&items), expected);
            }
        }
    });
}

fn strings(vm: &mut Vm, count: u32, modulus: u32) -> HeapVec<Value> {
    let texts = noise(count, modulus).map(|number| vm.new_str(&format!("text {number}")).into());
    HeapVec::try_from_iter(texts).unwrap()
}

#[test]
fn sorts_strings_and_tuples_stably() {
    with_vm(|vm| {
        let mut items = strings(vm, 3000, 500);
        let mut expected: Vec<String> =
            items.iter().map(|item| item.downcast::<crate::str::Str>().unwrap().to_string()).collect();
        expected.sort();
        sort_items(&mut items, None, false, vm).unwrap();
        let sorted: Vec<String> = items.iter().map(|item| item.downcast::<crate::str::Str>().unwrap().to_string()).collect();
        assert_eq!(sorted, expected);
        for reverse in [false, true] {
            let pairs = noise(2000, 50).enumerate().map(|(index, number)| {
                let items = [Value::from_i32(number), Value::from_i32(if reverse { -(index as i32) } else { index as i32 })];
                vm.try_tuple(items).unwrap().into()
            });
            let mut items = HeapVec::try_from_iter(pairs).unwrap();
            sort_items(&mut items, None, reverse, vm).unwrap();
            let pairs: Vec<Vec<i64>> =
                items.iter().map(|item| numbers(item.downcast::<crate::tuple::Tuple>().unwrap().as_slice())).collect();
            assert!(if reverse { pairs.is_sorted_by(|a, b| a > b) } else { pairs.is_sorted() });
        }
    });
}

#[test]
fn runs_are_merged() {
    with_vm(|vm| {
        let saw = (0..20).flat_map(|tooth| (0..500).map(move |step| step * 20 + tooth));
        let mut items = ints(saw.chain((0..700).rev()).chain([5; 300]));
        let mut expected = numbers(&items);
        expected.sort();
        sort_items(&mut items, None, false, vm).unwrap();
        assert_eq!(numbers(&items), expected);
    });
}

#[test]
fn nothing_is_lost_when_a_comparison_fails() {
    with_vm(|vm| {
        for count in [2usize, 50, 200, 1500] {
            // Nothing knows how to compare a number and `None`.
            let mut values = ints(noise(count as u32, 1000));
            values[count * 2 / 3] = Value::none();
            let list = vm.list_from(values);
            let result = super::sort::sort(&list, None, false, vm);
            assert!(result.is_err());
            drop(vm.take_pending());
            let items = list.items(vm);
            assert_eq!(items.len(), count);
            assert_eq!(items.iter().filter(|item| item.is_none()).count(), 1);
            let mut left: Vec<i64> = items.iter().filter_map(Value::as_small_int).collect();
            left.sort();
            let mut expected: Vec<i64> = noise(count as u32, 1000).map(i64::from).collect();
            expected.remove(count * 2 / 3);
            expected.sort();
            assert_eq!(left, expected);
        }
    });
}

#[test]
fn lists_shrink() {
    with_vm(|vm| {
        let list = vm.list_from(ints(0..1000));
        for _ in 0..990 {
            vm.call_method(&list.as_value(), &crate::names::pop, &[]).unwrap();
        }
        assert!(list.items.borrow(vm).capacity() < 32);
        assert_eq!(numbers(list.items(vm)), (0..10).collect::<Vec<_>>());
    });
}
