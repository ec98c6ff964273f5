//! Handles stay on the thread that holds their interpreter's lock.

use pvm_object::float::Float;
use pvm_object::{Ref, Value, ValueRef, Vm};

fn is_send<T: Send>() {}

fn main() {
    is_send::<Value>();
    is_send::<ValueRef<'static>>();
    is_send::<Ref<Float>>();
    is_send::<&Vm>();
}
