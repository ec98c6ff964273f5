//! Entering another interpreter needs `detach` first: the token of the one does not go into the closure of the other.

use pvm_object::isolate::Isolate;

fn mix(first: Isolate, second: Isolate) {
    first.enter(move |vm| second.enter(|_| drop(vm.new_list())));
}

fn main() {}
