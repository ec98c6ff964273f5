//! Handles stay on the thread that holds their interpreter's lock.

use pvm_object::list::List;
use pvm_object::{Object, Ref, Value, ValueRef, Vm};

fn is_send<T: Send>() {}

fn main() {
    is_send::<Value>();
    is_send::<ValueRef<'static>>();
    is_send::<Ref<List>>();
    is_send::<&Object<List>>();
    is_send::<&mut Vm>();
    is_send::<&Vm>();
}
