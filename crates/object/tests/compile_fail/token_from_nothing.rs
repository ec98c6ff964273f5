//! Safe code cannot make a token, nor copy one, nor say that an exception is pending.

use std::ptr::NonNull;

use pvm_object::thread::ThreadState;
use pvm_object::{Heap, Raised, Vm};

fn attach(thread: NonNull<ThreadState>) -> Vm {
    Vm::attach(thread)
}

fn copy(vm: &Vm) -> Vm {
    vm.clone()
}

fn make() -> Heap {
    Heap::default()
}

fn raise() -> Raised {
    Raised(())
}

fn main() {}
