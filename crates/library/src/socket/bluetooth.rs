//! Addresses of Bluetooth.

use pvm_object::bytes::Bytes;
use pvm_object::str::Str;
use pvm_object::tuple::Tuple;
use pvm_object::{PyResult, Value, Vm};

use super::address::{Parts, plain_error};
use crate::parameters::c_int;
use crate::system::SocketAddress;

const L2CAP: i32 = 0;
const HCI: i32 = 1;
const SCO: i32 = 2;
const RFCOMM: i32 = 3;

/// The six bytes of a device's address (`setbdaddr`), the last one first.
fn device(vm: &mut Vm, text: &str) -> PyResult<[u8; 6]> {
    let mut bytes = [0; 6];
    let parts: Vec<&str> = text.split(':').collect();
    let good = parts.len() == 6
        && parts.iter().zip(bytes.iter_mut().rev()).all(|(part, byte)| match u8::from_str_radix(part, 16) {
            Ok(number) if !part.starts_with('+') => {
                *byte = number;
                true
            }
            _ => false,
        });
    if good { Ok(bytes) } else { Err(plain_error(vm, "bad bluetooth address")) }
}

/// The text of a device's address.
fn device_text(bytes: &[u8]) -> String {
    let parts: Vec<String> = bytes.iter().rev().map(|byte| format!("{byte:02X}")).collect();
    parts.join(":")
}

fn wrong_format(vm: &mut Vm, function: &str) -> pvm_object::Raised {
    plain_error(vm, &format!("{function}(): wrong format"))
}

/// The system's form of an address.
pub fn address_of(vm: &mut Vm, protocol: i32, address: &Value, function: &str) -> PyResult<SocketAddress> {
    let tuple = address.is_instance_of::<Tuple>();
    match protocol {
        L2CAP if tuple => {
            let parts =
                Parts::of(vm, address, 2..=4, "AF_BLUETOOTH address must be a tuple (bdaddr, psm[, cid[, bdaddr_type]])")?;
            let text = parts.text(vm, 0)?;
            let bytes = device(vm, &text.to_string_lossy())?;
            let (psm, cid, kind) = (parts.int(vm, 1)? as u16, parts.int(vm, 2)? as u16, parts.int(vm, 3)? as u8);
            let (psm, cid) = (psm.to_le_bytes(), cid.to_le_bytes());
            Ok(SocketAddress::new(libc::AF_BLUETOOTH, &[&psm, &bytes, &cid, &[kind, 0]]))
        }
        RFCOMM if tuple => {
            let parts = Parts::of(vm, address, 2..=2, "AF_BLUETOOTH address must be a pair (bdaddr, channel)")?;
            let text = parts.text(vm, 0)?;
            let bytes = device(vm, &text.to_string_lossy())?;
            let channel = parts.int(vm, 1)? as u8;
            Ok(SocketAddress::new(libc::AF_BLUETOOTH, &[&bytes, &[channel, 0]]))
        }
        HCI => {
            let (device, channel) = match address.downcast::<Tuple>().map(|tuple| tuple.as_slice()) {
                Some([device]) => (c_int(device, vm)?, 0),
                Some([device, channel]) => (c_int(device, vm)?, c_int(channel, vm)?),
                _ if address.as_int().is_some() => (c_int(address, vm)?, 0),
                _ => return Err(wrong_format(vm, function)),
            };
            let (device, channel) = ((device as u16).to_ne_bytes(), (channel as u16).to_ne_bytes());
            Ok(SocketAddress::new(libc::AF_BLUETOOTH, &[&device, &channel]))
        }
        SCO => {
            let text = if let Some(bytes) = address.downcast::<Bytes>() {
                String::from_utf8_lossy(bytes.as_slice()).into_owned()
            } else if let Some(text) = address.downcast::<Str>() {
                text.to_string()
            } else {
                return Err(wrong_format(vm, function));
            };
            let bytes = device(vm, &text)?;
            Ok(SocketAddress::new(libc::AF_BLUETOOTH, &[&bytes]))
        }
        L2CAP | RFCOMM => Err(wrong_format(vm, function)),
        _ => Err(plain_error(vm, &format!("{function}(): unknown Bluetooth protocol"))),
    }
}

/// Python's form of an address.
pub fn shown(vm: &mut Vm, bytes: &[u8], protocol: i32) -> PyResult {
    let part = |at: usize, len: usize| bytes.get(at..at + len).unwrap_or(&[0; 6][..len]);
    let short = |at: usize| i32::from(u16::from_le_bytes([part(at, 1)[0], part(at + 1, 1)[0]]));
    let items = match protocol {
        L2CAP => {
            let device = vm.new_str(&device_text(part(4, 6))).into();
            let mut items = vec![device, Value::from_i32(short(2))];
            let (cid, kind) = (short(10), i32::from(part(12, 1)[0]));
            if cid != 0 || kind != 0 {
                items.push(Value::from_i32(cid));
            }
            if kind != 0 {
                items.push(Value::from_i32(kind));
            }
            items
        }
        RFCOMM => {
            let device = vm.new_str(&device_text(part(2, 6))).into();
            vec![device, Value::from_i32(part(8, 1)[0].into())]
        }
        HCI if short(4) == 0 => return Ok(Value::from_i32(short(2))),
        HCI => vec![Value::from_i32(short(2)), Value::from_i32(short(4))],
        SCO => return Ok(vm.new_str(&device_text(part(2, 6))).into()),
        _ => return Err(vm.value_error(format_args!("Unknown Bluetooth protocol"))),
    };
    Ok(vm.new_tuple(items).into())
}
