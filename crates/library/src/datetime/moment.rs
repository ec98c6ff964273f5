//! What `time` and `datetime` have in common: the members that tell a time, its fold and its zone.

use pvm_object::tuple::Tuple;
use pvm_object::{Object, PyResult, Ref, Type, Value, Vm};

/// What pickles make an object of: its class, and its state with its zone.
pub fn reduction(vm: &mut Vm, class: &Object<Type>, state: Value, zone: Option<&Value>) -> PyResult<Ref<Tuple>> {
    let arguments = match zone {
        Some(zone) => vm.try_tuple([state, zone.clone()])?,
        None => vm.try_tuple([state])?,
    };
    Ok(vm.try_tuple([class.to_value(), arguments.into()])?)
}

/// The members, for a class that has `clock`, `fold` and `zone`, and whose `reduced` makes what pickles keep.
macro_rules! moment_members {
    ($class:ident) => {
        #[pymethods(part = moment)]
        impl $class {
            #[getter]
            fn hour(&self) -> i32 {
                self.clock.hour
            }

            #[getter]
            fn minute(&self) -> i32 {
                self.clock.minute
            }

            #[getter]
            fn second(&self) -> i32 {
                self.clock.second
            }

            #[getter]
            fn microsecond(&self) -> i32 {
                self.clock.micro
            }

            #[getter]
            fn tzinfo(&self) -> Option<Value> {
                self.zone.clone()
            }

            #[getter(fold)]
            fn get_fold(&self) -> u8 {
                self.fold.get()
            }

            /// __reduce_ex__(proto) -> (cls, state)
            #[signature = "($self, proto, /)"]
            #[text_signature = ""]
            fn __reduce_ex__(this: &Object<Self>, vm: &mut Vm, proto: i32) -> PyResult<Ref<Tuple>> {
                $class::reduced(this, vm, proto)
            }

            /// __reduce__() -> (cls, state)
            fn __reduce__(this: &Object<Self>, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
                $class::reduced(this, vm, 2)
            }

            #[constant]
            #[name = "resolution"]
            fn resolution(heap: &mut Heap) -> PyResult<Ref<Delta>> {
                Delta::of_micros(heap, 1)
            }
        }
    };
}

pub(super) use moment_members;
