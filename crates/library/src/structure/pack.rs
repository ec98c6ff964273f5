//! Values to bytes.

use pvm_object::bytearray::ByteArray;
use pvm_object::bytes::{Bytes, BytesWriter};
use pvm_object::number::bigint::IntRef;
use pvm_object::{Args, PyResult, Raised, Ref, Value, Vm, exceptions};

use super::floats::{to_half, to_single};
use super::layout::{Code, Kind, Layout, Order};
use super::{Doing, error};

/// Where packed bytes go.
trait Output {
    fn bytes(&mut self, bytes: &[u8]);
    fn zeros(&mut self, count: usize);
}

impl Output for BytesWriter {
    fn bytes(&mut self, bytes: &[u8]) {
        self.push(bytes);
    }

    fn zeros(&mut self, count: usize) {
        self.push_repeated(0, count);
    }
}

impl Output for Vec<u8> {
    fn bytes(&mut self, bytes: &[u8]) {
        self.extend_from_slice(bytes);
    }

    fn zeros(&mut self, count: usize) {
        self.resize(self.len() + count, 0);
    }
}

fn check_count(vm: &mut Vm, layout: &Layout, given: usize, function: &str) -> PyResult<()> {
    if given == layout.len {
        return Ok(());
    }
    let wanted = layout.len;
    Err(error(vm, format_args!("{function} expected {wanted} items for packing (got {given})")))
}

/// `pack(…)`.
pub fn pack(vm: &mut Vm, layout: &Layout, values: Args<'_>) -> PyResult<Ref<Bytes>> {
    check_count(vm, layout, values.len(), "pack")?;
    if let [code] = &layout.codes[..]
        && let Some(value) = values.get(0)
        && let Some(bytes) = small_int_bytes(layout, code, &value)
    {
        return Ok(vm.new_bytes(&bytes[..code.size])?);
    }
    if layout.size < 2 {
        let mut bytes = Vec::new();
        write_all(vm, layout, values, &mut bytes)?;
        return Ok(vm.new_bytes(&bytes)?);
    }
    let mut writer = vm.bytes_writer(layout.size)?;
    write_all(vm, layout, values, &mut writer)?;
    Ok(writer.finish())
}

/// The bytes of a format that is one int, in its order, where the value is a small int in its range.
fn small_int_bytes(layout: &Layout, code: &Code, value: &Value) -> Option<[u8; 8]> {
    let number = value.as_small_int()?;
    if code.repeat != 1 || code.offset != 0 || code.size != layout.size || !(1..=8).contains(&code.size) {
        return None;
    }
    let spare = 64 - 8 * code.size as u32;
    let fits = match code.kind {
        Kind::Signed => number << spare >> spare == number,
        Kind::Unsigned => number >= 0 && number as u64 == (number as u64) << spare >> spare,
        _ => false,
    };
    let bytes = match layout.order {
        Order::Little => number.to_le_bytes(),
        Order::Big => (number << spare).to_be_bytes(),
    };
    fits.then_some(bytes)
}

/// `pack_into(buffer, offset, …)`.
pub fn pack_into(vm: &mut Vm, layout: &Layout, args: Args<'_>) -> PyResult<()> {
    let Some(buffer) = args.get(0) else {
        return Err(error(vm, format_args!("pack_into expected buffer argument")));
    };
    let Some(offset) = args.get(1) else {
        return Err(error(vm, format_args!("pack_into expected offset argument")));
    };
    let values = args.skip(2);
    check_count(vm, layout, values.len(), "pack_into")?;
    let view = vm.writable_bytes_like(&buffer);
    let view = match view {
        Ok(view) => view,
        Err(_) => {
            drop(vm.take_pending());
            let kind = vm.type_name(&buffer);
            return Err(vm.type_error(format_args!("argument must be read-write bytes-like object, not {kind}")));
        }
    };
    let offset = vm.index_isize_or(&offset, exceptions::INDEX_ERROR.get())?;
    let (size, len) = (layout.size, view.len());
    let doing = Doing { function: "pack_into", doing: "packing", lacking: "no space to pack" };
    let start = doing.start(vm, size, len, offset)?;
    let mut bytes = Vec::new();
    bytes.try_reserve_exact(size).map_err(|_| vm.memory_error())?;
    write_all(vm, layout, values, &mut bytes)?;
    if let Some(target) = view.as_mut_slice(vm).and_then(|memory| memory.get_mut(start..start + size)) {
        target.copy_from_slice(&bytes);
    }
    Ok(())
}

fn write_all(vm: &mut Vm, layout: &Layout, values: Args<'_>, out: &mut dyn Output) -> PyResult<()> {
    let mut values = values.iter();
    let mut written = 0;
    for code in &layout.codes {
        out.zeros(code.offset - written);
        for _ in 0..code.repeat {
            let value = values.next().expect("the values were counted");
            write(vm, code, layout.order, &value, out).map_err(|raised| overflow_of_int(vm, &value, raised))?;
        }
        written = code.offset + code.size * code.repeat;
    }
    out.zeros(layout.size - written);
    Ok(())
}

/// An int that is too large for a float is an error of this module's.
fn overflow_of_int(vm: &mut Vm, value: &Value, raised: Raised) -> Raised {
    if value.as_int().is_none() || !vm.pending_is(exceptions::OVERFLOW_ERROR.get()) {
        return raised;
    }
    drop(vm.take_pending());
    error(vm, format_args!("int too large to convert"))
}

fn write(vm: &mut Vm, code: &Code, order: Order, value: &Value, out: &mut dyn Output) -> PyResult<()> {
    match code.kind {
        Kind::Signed | Kind::Unsigned | Kind::Pointer => write_int(vm, code, order, value, out),
        Kind::Truth => {
            let truth = vm.truth(value)?;
            out.bytes(&[u8::from(truth)]);
            Ok(())
        }
        Kind::Character => match value.downcast::<Bytes>() {
            Some(bytes) if bytes.len() == 1 => {
                out.bytes(bytes.as_slice());
                Ok(())
            }
            _ => Err(error(vm, format_args!("char format requires a bytes object of length 1"))),
        },
        Kind::Float => {
            let number = vm.to_float(value);
            let Ok(number) = number else {
                drop(vm.take_pending());
                return Err(error(vm, format_args!("required argument is not a float")));
            };
            write_float(vm, code.letter, code.size, order, number, out)
        }
        Kind::Complex => {
            let number = vm.to_complex(value);
            let Ok(number) = number else {
                drop(vm.take_pending());
                return Err(error(vm, format_args!("required argument is not a complex")));
            };
            for part in [number.re, number.im] {
                match (code.size, order) {
                    // In the machine's own order the parts are C's, which become infinite.
                    (8, Order::NATIVE) => put(out, order, &(part as f32).to_le_bytes()),
                    (8, _) => write_float(vm, b'f', 4, order, part, out)?,
                    _ => put(out, order, &part.to_le_bytes()),
                }
            }
            Ok(())
        }
        Kind::Text | Kind::Pascal => write_text(vm, code, value, out),
    }
}

/// Writes bytes that have the lowest first.
fn put(out: &mut dyn Output, order: Order, bytes: &[u8]) {
    match order {
        Order::Little => out.bytes(bytes),
        Order::Big => {
            let mut reversed = [0; 8];
            let reversed = &mut reversed[..bytes.len()];
            reversed.copy_from_slice(bytes);
            reversed.reverse();
            out.bytes(reversed);
        }
    }
}

/// The int of an int or of anything with `__index__` (`get_pylong`).
fn integer(vm: &mut Vm, value: &Value) -> PyResult {
    if value.as_int().is_some() {
        return Ok(value.clone());
    }
    if value.ty().slots().index().is_some() {
        return vm.index(value);
    }
    Err(error(vm, format_args!("required argument is not an integer")))
}

fn write_int(vm: &mut Vm, code: &Code, order: Order, value: &Value, out: &mut dyn Output) -> PyResult<()> {
    let int = integer(vm, value)?;
    let number = match int.as_int_ref() {
        Some(IntRef::Small(small)) => Some(i128::from(small)),
        Some(IntRef::Big(big)) => i128::try_from(big).ok(),
        None => None,
    };
    let bits = 8 * code.size as u32;
    let (lowest, highest) = match code.kind {
        Kind::Signed => (-(1i128 << (bits - 1)), (1i128 << (bits - 1)) - 1),
        Kind::Unsigned => (0, (1i128 << bits) - 1),
        _ => (-(1i128 << (bits - 1)), (1i128 << bits) - 1),
    };
    match number.filter(|number| (lowest..=highest).contains(number)) {
        Some(number) => {
            put(out, order, &number.to_le_bytes()[..code.size]);
            Ok(())
        }
        None if code.kind == Kind::Pointer => Err(vm.overflow_error(format_args!("int too large to convert"))),
        None => {
            let letter = char::from(code.letter);
            Err(error(vm, format_args!("'{letter}' format requires {lowest} <= number <= {highest}")))
        }
    }
}

fn write_float(vm: &mut Vm, letter: u8, size: usize, order: Order, number: f64, out: &mut dyn Output) -> PyResult<()> {
    let fits = match size {
        2 => to_half(number).map(|bits| put(out, order, &bits.to_le_bytes())).is_some(),
        4 => to_single(number).map(|bits| put(out, order, &bits.to_le_bytes())).is_some(),
        _ => {
            put(out, order, &number.to_le_bytes());
            true
        }
    };
    match fits {
        true => Ok(()),
        false => {
            let letter = char::from(letter);
            Err(vm.overflow_error(format_args!("float too large to pack with {letter} format")))
        }
    }
}

fn write_text(vm: &mut Vm, code: &Code, value: &Value, out: &mut dyn Output) -> PyResult<()> {
    if !value.is_instance_of::<Bytes>() && !value.is_instance_of::<ByteArray>() {
        let letter = char::from(code.letter);
        return Err(error(vm, format_args!("argument for '{letter}' must be a bytes object")));
    }
    let view = vm.bytes_like(value)?;
    let text = view.as_slice(vm);
    let room = match code.kind {
        Kind::Pascal if code.size == 0 => return Ok(()),
        Kind::Pascal => code.size - 1,
        _ => code.size,
    };
    let text = &text[..text.len().min(room)];
    if code.kind == Kind::Pascal {
        out.bytes(&[text.len().min(255) as u8]);
    }
    out.bytes(text);
    out.zeros(room - text.len());
    Ok(())
}
