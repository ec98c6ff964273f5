//! Pages, limits and collections, as a heap without an interpreter has them.

use super::collector::trial_of;
use crate::core::object::Ref;
use crate::isolate::testing::with_vm;
use crate::list::List;
use crate::{Heap, Value, Vm};

fn list_of(item: Value, heap: &mut Heap) -> Ref<List> {
    let list = heap.new_list();
    list.push(item, heap).expect("there is memory");
    list
}

fn ring(length: usize, vm: &mut Vm) -> Ref<List> {
    let first = vm.new_list();
    let mut last = first.clone();
    for _ in 1..length {
        let next = vm.new_list();
        last.push(next.to_value(), vm).expect("there is memory");
        last = next;
    }
    last.push(first.to_value(), vm).expect("there is memory");
    first
}

/// The safepoint of a program that does nothing else.
fn safepoint(vm: &mut Vm) {
    if vm.heap_state().requests() != 0 {
        vm.collect_if_due();
    }
}

#[test]
fn full_collections_find_exactly_the_garbage() {
    with_vm(|vm| {
        vm.collect();
        let kept = ring(10, vm);
        for length in [1, 2, 1000] {
            drop(ring(length, vm));
        }
        assert_eq!(vm.collect(), 1003);
        assert_eq!(vm.collect(), 0);
        drop(kept);
        assert_eq!(vm.collect(), 10);
    });
}

#[test]
fn collections_of_the_young_leave_the_old_alone() {
    with_vm(|vm| {
        vm.collect();
        let old = ring(3, vm);
        vm.collect();
        drop(old);
        drop(ring(5, vm));
        assert_eq!(vm.collect_generation(0), 5);
        assert_eq!(vm.collect_generation(0), 0);
        assert_eq!(vm.collect_generation(2), 3);
    });
}

#[test]
fn a_trial_of_any_part_keeps_what_is_referred_to_from_outside_it() {
    with_vm(|vm| {
        vm.collect();
        let inner = vm.new_list();
        let outer = list_of(inner.to_value(), vm);
        inner.push(outer.to_value(), vm).expect("there is memory");
        let addresses = [inner.address(), outer.address()];
        assert_eq!(trial_of(vm, &addresses), 0);
        drop((inner, outer));
        // Each alone is referred to by the other.
        assert_eq!(addresses.map(|address| trial_of(vm, &[address])), [0, 0]);
        assert_eq!(trial_of(vm, &addresses), 2);
        assert_eq!(vm.collect(), 2);
    });
}

#[test]
fn old_garbage_goes_in_slices() {
    with_vm(|vm| {
        let kept = vm.new_list();
        let mut garbage = Vec::new();
        for number in 0..40_000 {
            let item = list_of(vm.int(number), vm);
            kept.push(item.into(), vm).expect("there is memory");
            garbage.push(ring(2, vm));
            safepoint(vm);
        }
        // They are old by now, and nobody knows them any more.
        garbage.clear();
        let others = vm.new_list();
        for turn in 0..2_000_000 {
            let item = vm.new_list();
            others.push(item.into(), vm).expect("there is memory");
            if turn % 400_000 == 0 {
                others.clear(vm);
            }
            safepoint(vm);
        }
        let [young, _, old] = vm.collector().collected.get();
        assert!(old > 70_000 && young + old == 80_000, "{young} and {old}");
        assert_eq!(kept.len(vm), 40_000);
        assert!((0..40_000).all(|number| {
            let item = kept.get(number, vm).expect("the item is there");
            let item = item.downcast::<List>().expect("a list").get(0, vm).expect("its item is there");
            item.bits() == vm.int(number as i64).bits()
        }));
    });
}

#[test]
fn pages_go_back_to_the_system() {
    with_vm(|vm| {
        let before = vm.heap_state().charged();
        let many: Vec<_> = (0..300_000).map(|_| vm.new_list()).collect();
        assert!(vm.heap_state().charged() > before + 300_000 * 40);
        drop(many);
        assert!(vm.heap_state().charged() < before + (1 << 20));
        // And are of use again.
        let many: Vec<_> = (0..300_000).map(|_| vm.new_tuple(vec![Value::none(); 3])).collect();
        drop(many);
        assert!(vm.heap_state().charged() < before + (1 << 20));
    });
}

#[test]
fn interiors_fail_at_the_limit_and_go_on_after_it() {
    with_vm(|vm| {
        let limit = vm.heap_state().charged() + (8 << 20);
        vm.heap_state().set_limit(limit);
        let list = vm.new_list();
        let filled = (0..).find(|_| list.push(Value::none(), vm).is_err()).expect("the limit holds");
        assert!(filled > 100_000 && vm.heap_state().charged() <= limit);
        drop(list);
        let again = vm.new_list();
        assert!((0..100_000).all(|_| again.push(Value::none(), vm).is_ok()));
    });
}

#[test]
fn small_objects_past_the_limit_raise_at_a_safepoint() {
    with_vm(|vm| {
        vm.heap_state().set_limit(vm.heap_state().charged() + (8 << 20));
        let mut chain = Value::none();
        let raised = (0..10_000_000).find_map(|_| {
            chain = vm.new_tuple(vec![std::mem::replace(&mut chain, Value::none())]).into();
            if vm.heap_state().requests() != 0 { vm.serve_memory_request().err() } else { None }
        });
        let exception = vm.catch(raised.expect("the limit holds"));
        assert_eq!(exception.ty().name(), "MemoryError");
        drop((exception, chain));
        let list = vm.new_list();
        assert!((0..100_000).all(|_| list.push(Value::none(), vm).is_ok()));
    });
}
