use super::Elements;
use crate::core::value::Value;
use crate::isolate::testing::with_vm;

fn numbers(set: &Elements, vm: &crate::Vm) -> Vec<i64> {
    set.iter(vm).filter_map(Value::as_small_int).collect()
}

/// The orders are those of CPython 3.14 for `set` with the same additions and removals.
#[test]
fn order_is_cpythons() {
    with_vm(|vm| {
        let set = vm.new_set();
        for number in [5, 100, 3, 8, 16, 24, 1000, 7] {
            set.add(&Value::from_i32(number), vm).unwrap();
        }
        assert_eq!(numbers(&set, vm), [3, 100, 5, 7, 8, 1000, 16, 24]);
        set.discard(&Value::from_i32(3), vm).unwrap();
        for number in 0..30 {
            set.add(&Value::from_i32(number * 37), vm).unwrap();
        }
        let copy = vm.set_of(&set.as_value()).unwrap();
        assert_eq!(copy.len(vm), set.len(vm));
        let popped: Vec<_> = (0..3).map(|_| set.pop_element(vm).unwrap().as_small_int().unwrap()).collect();
        assert_eq!(popped, POPPED);
        assert_eq!(numbers(&copy, vm), COPIED);
    });
}
const POPPED: [i64; 3] = [0, 259, 5];
const COPIED: [i64; 37] = [
    0, 259, 5, 518, 7, 8, 777, 1036, 16, 148, 407, 24, 666, 925, 37, 296, 555, 814, 1073, 185, 444, 703, 962, 74, 333, 592, 851,
    222, 481, 100, 740, 999, 1000, 111, 370, 629, 888,
];

#[test]
fn mixed_elements_and_removals() {
    with_vm(|vm| {
        let set = vm.new_set();
        for number in 0..2000 {
            set.add(&Value::from_i32(number), vm).unwrap();
        }
        for number in (0..2000).step_by(2) {
            assert!(set.discard(&Value::from_i32(number), vm).unwrap());
        }
        let words: Vec<Value> = (0..500).map(|number| vm.new_str(&format!("w{number}")).into()).collect();
        for word in &words {
            set.add(word, vm).unwrap();
        }
        assert_eq!(set.len(vm), 1500);
        for number in 0..2000 {
            assert_eq!(set.contains(&Value::from_i32(number), vm).unwrap(), number % 2 == 1);
        }
        assert!(words.iter().all(|word| set.contains(word, vm).unwrap()));
        let mut rest = 0;
        while set.pop_element(vm).is_some() {
            rest += 1;
        }
        assert_eq!(rest, 1500);
    });
}

#[test]
fn algebra() {
    with_vm(|vm| {
        let of = |range: std::ops::Range<i32>, vm: &mut crate::Vm| {
            let values: Vec<Value> = range.map(Value::from_i32).collect();
            vm.set_from(&values).unwrap()
        };
        let (a, b) = (of(0..20, vm), of(10..30, vm));
        let both = vm.new_set();
        a.intersection_into(&both, &b.as_value(), vm).unwrap();
        assert_eq!(numbers(&both, vm), (10..20).collect::<Vec<_>>());
        let only = vm.new_set();
        a.difference_into(&only, &b.as_value(), vm).unwrap();
        assert_eq!(numbers(&only, vm), (0..10).collect::<Vec<_>>());
        a.symmetric_difference_update(&b.as_value(), vm).unwrap();
        let mut left = numbers(&a, vm);
        left.sort();
        assert_eq!(left, (0..10).chain(20..30).collect::<Vec<_>>());
        assert!(only.is_subset(&a.as_value(), vm).unwrap() && !b.is_superset(&a.as_value(), vm).unwrap());
        assert!(both.is_disjoint(&a.as_value(), vm).unwrap());
    });
}

#[test]
fn storage_is_lean() {
    with_vm(|vm| {
        let set = vm.new_set();
        for number in 0..1_000_000 {
            set.add(&Value::from_i32(number), vm).unwrap();
        }
        assert!(set.storage_size(vm) <= 16 << 20, "{}", set.storage_size(vm));
    });
}

#[test]
fn random_changes() {
    with_vm(|vm| {
        let mut state = 88_172_645_463_325_252u64;
        let mut random = |limit: u64| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state % limit) as usize
        };
        let words: Vec<Value> = (0..100).map(|number| vm.new_str(&format!("w{number}")).into()).collect();
        let keys: Vec<Value> = (0..200).map(|number| Value::from_i32(number * 3)).chain(words).collect();
        for limit in [5, 200, 300] {
            let set = vm.new_set();
            let mut model = vec![false; keys.len()];
            for step in 0..6000 {
                let index = random(limit);
                match random(10) {
                    0..6 => {
                        set.add(&keys[index], vm).unwrap();
                        model[index] = true;
                    }
                    6..8 => {
                        assert_eq!(set.discard(&keys[index], vm).unwrap(), std::mem::take(&mut model[index]));
                    }
                    8 => {
                        if let Some(popped) = set.pop_element(vm) {
                            let at = keys.iter().position(|key| key.is(&popped)).unwrap();
                            assert!(std::mem::take(&mut model[at]));
                        }
                    }
                    _ => {
                        let others: Vec<&Value> = (0..random(20)).map(|_| &keys[random(limit)]).collect();
                        let other = vm.set_from(others.iter().copied()).unwrap();
                        let add = random(2) == 0;
                        if add {
                            set.update(&other.as_value(), vm).unwrap();
                        } else {
                            set.difference_update(&other.as_value(), vm).unwrap();
                        }
                        for other in others {
                            let at = keys.iter().position(|key| key.is(other)).unwrap();
                            model[at] = add;
                        }
                    }
                }
                assert_eq!(set.len(vm), model.iter().filter(|&&there| there).count());
                if step % 100 == 0 {
                    for (key, &there) in keys.iter().zip(&model) {
                        assert_eq!(set.contains(key, vm).unwrap(), there);
                    }
                }
            }
        }
    });
}
