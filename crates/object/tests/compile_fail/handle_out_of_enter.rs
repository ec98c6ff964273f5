//! No handle leaves `Isolate::enter`, as its result or by what its closure captures.

use pvm_object::Value;
use pvm_object::isolate::Isolate;

fn result(isolate: &Isolate) {
    let list = isolate.enter(|vm| Value::from(vm.new_list()));
    drop(list);
}

fn captured(isolate: &Isolate, kept: &mut Option<Value>) {
    isolate.enter(|vm| *kept = Some(vm.new_list().into()));
}

fn main() {}
