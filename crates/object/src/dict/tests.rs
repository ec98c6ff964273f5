use crate::core::value::Value;
use crate::isolate::testing::with_vm;

#[test]
fn names_keep_their_order() {
    with_vm(|vm| {
        let dict = vm.new_dict();
        for number in 0..1000 {
            let name = vm.new_str(&format!("name{number}"));
            dict.set_str(&name, Value::from_i32(number), vm).unwrap();
        }
        for number in (0..1000).step_by(3) {
            let name = vm.new_str(&format!("name{number}"));
            assert_eq!(dict.remove_str(&name, vm).unwrap().as_small_int(), Some(number));
        }
        assert_eq!(dict.len(vm), 666);
        for number in 1000..3000 {
            let name = vm.new_str(&format!("name{number}"));
            dict.set_str(&name, Value::from_i32(number), vm).unwrap();
        }
        let order: Vec<i64> = dict.entries(vm).map(|(_, value)| value.as_small_int().unwrap()).collect();
        assert!(order.is_sorted() && order.len() == 2666);
        for number in 0..3000 {
            let name = vm.new_str(&format!("name{number}"));
            let expected = (number >= 1000 || number % 3 != 0).then_some(number);
            assert_eq!(dict.get_str(&name, vm).and_then(|value| value.as_small_int()), expected);
        }
    });
}

#[test]
fn keys_of_all_layouts() {
    with_vm(|vm| {
        let dict = vm.new_dict();
        for number in 0..300 {
            let key = match number % 3 {
                0 => vm.new_str(&number.to_string()).into(),
                1 => Value::from_i32(number),
                _ if number < 100 => continue,
                _ => Value::small_float(number as f64 + 0.5).unwrap(),
            };
            dict.set(&key, Value::from_i32(number), vm).unwrap();
        }
        let string = vm.new_str("3");
        assert_eq!(dict.get_str(&string, vm).unwrap().as_small_int(), Some(3));
        assert_eq!(dict.get(&Value::from_i32(4), vm).unwrap().unwrap().as_small_int(), Some(4));
        assert_eq!(dict.get(&Value::small_float(200.5).unwrap(), vm).unwrap().unwrap().as_small_int(), Some(200));
        assert!(dict.get(&Value::from_i32(3), vm).unwrap().is_none());
        let copy = dict.copy(vm).unwrap();
        while let Some((key, value)) = dict.pop_item(vm) {
            assert_eq!(copy.get(&key, vm).unwrap().unwrap().as_small_int(), value.as_small_int());
        }
        assert!(dict.is_empty(vm) && copy.len(vm) == 267);
        dict.merge(&copy, true, vm).unwrap();
        assert_eq!(dict.len(vm), 267);
    });
}

#[test]
fn versions_follow_keys() {
    with_vm(|vm| {
        let dict = vm.new_dict();
        let (a, b) = (vm.intern("a"), vm.intern("b"));
        dict.set_str(&a, Value::from_i32(1), vm).unwrap();
        let version = dict.version(vm);
        let index = dict.entry_index(&a, vm).unwrap();
        dict.set_str(&a, Value::from_i32(2), vm).unwrap();
        assert_eq!((version, dict.value_at(index, vm).unwrap().as_small_int()), (dict.known_version(vm), Some(2)));
        dict.set_str(&b, Value::from_i32(3), vm).unwrap();
        assert_eq!(dict.known_version(vm), 0);
        assert_ne!(dict.version(vm), version);
        dict.remove_str(&b, vm);
        assert_eq!(dict.known_version(vm), 0);
    });
}

#[test]
fn storage_is_lean() {
    with_vm(|vm| {
        let dict = vm.dict_with_capacity(3).unwrap();
        for name in ["a", "b", "c"] {
            let name = vm.intern(name);
            dict.set_str(&name, Value::none(), vm).unwrap();
        }
        assert_eq!(dict.size_in_memory(vm), 48 + 8 + 3 * 16);
        let dict = vm.new_dict();
        for number in 0..1_000_000 {
            dict.set(&Value::from_i32(number), Value::none(), vm).unwrap();
        }
        assert!(dict.size_in_memory(vm) < 28 << 20, "{}", dict.size_in_memory(vm));
    });
}

/// A small generator of random numbers (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

/// Holds a dict against a list of entries through random changes.
fn compare_with_model(seed: u64, keys: &[Value], vm: &mut crate::Vm) {
    let mut random = Random(seed);
    let mut dict = vm.new_dict();
    let mut model: Vec<(usize, i32)> = Vec::new();
    for step in 0..4000 {
        let index = random.below(keys.len() as u64) as usize;
        let key = &keys[index];
        match random.below(100) {
            0..55 => {
                dict.set(key, Value::from_i32(step), vm).unwrap();
                match model.iter_mut().find(|entry| entry.0 == index) {
                    Some(entry) => entry.1 = step,
                    None => model.push((index, step)),
                }
            }
            55..80 => {
                let expected = model.iter().position(|entry| entry.0 == index).map(|at| i64::from(model.remove(at).1));
                assert_eq!(dict.remove(key, vm).unwrap().and_then(|value| value.as_small_int()), expected);
            }
            80..90 => {
                let expected = model.pop().map(|entry| i64::from(entry.1));
                assert_eq!(dict.pop_item(vm).and_then(|(_, value)| value.as_small_int()), expected);
            }
            90..96 => {
                let expected = model.iter().find(|entry| entry.0 == index).map(|entry| i64::from(entry.1));
                assert_eq!(dict.get(key, vm).unwrap().and_then(|value| value.as_small_int()), expected);
            }
            96 => dict = dict.copy(vm).unwrap(),
            97 => dict.reserve(random.below(50) as usize, vm).unwrap(),
            98 if random.below(10) == 0 => {
                dict.clear(vm);
                model.clear();
            }
            _ => {
                let other = vm.new_dict();
                for _ in 0..random.below(20) {
                    let index = random.below(keys.len() as u64) as usize;
                    other.set(&keys[index], Value::from_i32(-step), vm).unwrap();
                    match model.iter_mut().find(|entry| entry.0 == index) {
                        Some(entry) => entry.1 = -step,
                        None => model.push((index, -step)),
                    }
                }
                dict.merge(&other, true, vm).unwrap();
            }
        }
        assert_eq!(dict.len(vm), model.len());
        if step % 50 == 0 {
            let entries: Vec<(u64, i64)> =
                dict.entries(vm).map(|(key, value)| (key.bits(), value.as_small_int().unwrap())).collect();
            let expected: Vec<(u64, i64)> = model.iter().map(|&(index, value)| (keys[index].bits(), i64::from(value))).collect();
            assert_eq!(entries, expected);
        }
    }
}

#[test]
fn random_changes() {
    with_vm(|vm| {
        let names: Vec<Value> = (0..300).map(|number| vm.new_str(&format!("n{number}")).into()).collect();
        let ints: Vec<Value> = (0..300).map(|number| Value::from_i32(number * 8)).collect();
        let floats: Vec<Value> = (0..50).map(|number| Value::small_float(f64::from(number) + 0.25).unwrap()).collect();
        for seed in 1..6 {
            compare_with_model(seed, &names, vm);
            compare_with_model(seed * 31, &ints, vm);
            let mixed: Vec<Value> = names.iter().chain(&ints).chain(&floats).cloned().collect();
            compare_with_model(seed * 77, &mixed, vm);
            compare_with_model(seed * 99, &mixed[..7], vm);
        }
    });
}
