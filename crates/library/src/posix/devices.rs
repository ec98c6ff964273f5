//! The numbers of devices.

use dashu_int::Sign;
use pvm_macros::pyfunction;
use pvm_object::arguments::Argument;
use pvm_object::convert::FromArg;
use pvm_object::int::IntView;
use pvm_object::native::Effects;
use pvm_object::{PyResult, Value, ValueRef, Vm};

/// The number of a device: `NODEV`, which shows as -1, or an int without a sign (`_Py_Dev_Converter`).
pub struct Device(u64);

impl FromArg<'_> for Device {
    const EFFECTS: Effects = Effects::Anything;

    fn from_arg(value: ValueRef<'_>, _: Argument, vm: &mut Vm) -> PyResult<Device> {
        let index = vm.index(&value)?;
        match index.as_int() {
            Some(IntView::Small(-1)) => Ok(Device(u64::MAX)),
            Some(IntView::Small(number)) if number >= 0 => Ok(Device(number as u64)),
            Some(IntView::Big(number)) if let Ok(number) = u64::try_from(number) => Ok(Device(number)),
            Some(IntView::Big(number)) if number.sign() == Sign::Positive => {
                Err(vm.overflow_error(format_args!("int too big to convert")))
            }
            _ => Err(vm.overflow_error(format_args!("can't convert negative int to unsigned"))),
        }
    }
}

/// A part of the number of a device, likewise.
pub struct DevicePart(u32);

impl FromArg<'_> for DevicePart {
    const EFFECTS: Effects = Effects::Anything;

    fn from_arg(value: ValueRef<'_>, argument: Argument, vm: &mut Vm) -> PyResult<DevicePart> {
        match Device::from_arg(value, argument, vm)?.0 {
            u64::MAX => Ok(DevicePart(u32::MAX)),
            number => match u32::try_from(number) {
                Ok(number) => Ok(DevicePart(number)),
                Err(_) => Err(vm.overflow_error(format_args!("Python int too large to convert to C unsigned int"))),
            },
        }
    }
}

/// A part as Python has it, -1 for `NODEV`.
fn shown_part(part: u32) -> i64 {
    if part == u32::MAX { -1 } else { part.into() }
}

/// The number of the part `major` of a device's.
#[pyfunction(module = "posix")]
#[signature = "(device, /)"]
pub fn major(device: Device) -> i64 {
    shown_part(rustix::fs::major(device.0))
}

/// The number of the part `minor` of a device's.
#[pyfunction(module = "posix")]
#[signature = "(device, /)"]
pub fn minor(device: Device) -> i64 {
    shown_part(rustix::fs::minor(device.0))
}

/// The number of a device from its parts.
#[pyfunction(module = "posix")]
#[signature = "(major, minor, /)"]
pub fn makedev(vm: &mut Vm, major: DevicePart, minor: DevicePart) -> Value {
    match rustix::fs::makedev(major.0, minor.0) {
        u64::MAX => Value::from_i32(-1),
        device => vm.big_int(device.into()),
    }
}
