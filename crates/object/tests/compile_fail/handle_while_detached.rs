//! No handle goes into `Vm::detach`, which gives the interpreter to other threads meanwhile; nor does the token.

use pvm_object::{Value, Vm};

fn count(value: &Value, vm: &mut Vm) -> bool {
    vm.detach(|| value.clone().is_none())
}

fn again(vm: &mut Vm) {
    vm.detach(|| drop(vm.new_list()));
}

fn main() {}
