//! What those who audit a program are told of its calls of the system.

use pvm_object::buffer::BufferView;
use pvm_object::{PyResult, Value, Vm};

use super::descriptors::Offset;
use super::path::{Directory, FsString, Path};
use super::stat::Id;

/// An argument as events show it: not as it was given, but as the function understood it.
pub trait Shown {
    /// The value.
    fn shown(&self, vm: &mut Vm) -> PyResult;
}

impl<const NONE: bool, const FD: bool> Shown for Path<NONE, FD> {
    fn shown(&self, _: &mut Vm) -> PyResult {
        Ok(self.object.clone())
    }
}

impl Shown for Directory {
    fn shown(&self, _: &mut Vm) -> PyResult {
        Ok(Value::from_i32(if self.is_given() { self.0 } else { -1 }))
    }
}

impl<const GROUP: bool> Shown for Id<GROUP> {
    fn shown(&self, vm: &mut Vm) -> PyResult {
        Ok(vm.int(i64::from(self.0)))
    }
}

impl Shown for Offset {
    fn shown(&self, vm: &mut Vm) -> PyResult {
        Ok(vm.int(self.0))
    }
}

impl Shown for i32 {
    fn shown(&self, _: &mut Vm) -> PyResult {
        Ok(Value::from_i32(*self))
    }
}

impl Shown for FsString {
    fn shown(&self, vm: &mut Vm) -> PyResult {
        Ok(vm.new_bytes(self.0.as_bytes())?.into())
    }
}

impl Shown for BufferView {
    fn shown(&self, vm: &mut Vm) -> PyResult {
        Ok(vm.bytes_of_view(self)?.into())
    }
}

impl Shown for &Value {
    fn shown(&self, _: &mut Vm) -> PyResult {
        Ok((*self).clone())
    }
}

impl Shown for Option<&Value> {
    fn shown(&self, _: &mut Vm) -> PyResult {
        Ok(self.cloned().unwrap_or_else(Value::none))
    }
}

/// Tells the hooks of an event with these arguments, if there are any hooks; leaves the function where one refuses.
macro_rules! audit {
    ($vm:ident, $event:literal $(, $argument:expr)*) => {
        if pvm_interpreter::audit::is_heard($vm) {
            let arguments = [$($crate::posix::audit::Shown::shown(&$argument, $vm)?),*];
            pvm_interpreter::audit::event($vm, $event, &arguments)?;
        }
    };
}
pub(super) use audit;
