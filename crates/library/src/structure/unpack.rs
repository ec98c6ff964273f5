//! Bytes to values.

use pvm_object::number::bigint::Int;
use pvm_object::number::complex::Complex;
use pvm_object::tuple::Tuple;
use pvm_object::{Heap, HeapVec, PyResult, Ref, Value, Vm};

use super::floats::{from_half, from_single};
use super::layout::{Code, Kind, Layout, Order};
use super::{Doing, error};

/// `unpack(buffer)`.
pub fn unpack(vm: &mut Vm, layout: &Layout, buffer: &Value) -> PyResult<Ref<Tuple>> {
    let view = vm.bytes_like(buffer)?;
    if view.len() != layout.size {
        let size = layout.size;
        return Err(error(vm, format_args!("unpack requires a buffer of {size} bytes")));
    }
    read_all(vm, layout, &view, 0)
}

/// `unpack_from(buffer, offset)`.
pub fn unpack_from(vm: &mut Vm, layout: &Layout, buffer: &Value, offset: isize) -> PyResult<Ref<Tuple>> {
    let view = vm.bytes_like(buffer)?;
    let doing = Doing { function: "unpack_from", doing: "unpacking", lacking: "not enough data to unpack" };
    let start = doing.start(vm, layout.size, view.len(), offset)?;
    read_all(vm, layout, &view, start)
}

/// The values of a struct that begins at `start`; the view is long enough.
pub fn read_all(heap: &mut Heap, layout: &Layout, view: &pvm_object::buffer::BufferView, start: usize) -> PyResult<Ref<Tuple>> {
    let mut values = HeapVec::with_capacity(layout.len)?;
    for code in &layout.codes {
        let mut place = start + code.offset;
        for _ in 0..code.repeat {
            values.push(read(heap, code, layout.order, view, place)?)?;
            place += code.size;
        }
    }
    Ok(heap.try_tuple(values)?)
}

/// An item's bytes with the lowest first, in a number.
fn word(bytes: &[u8], order: Order) -> u64 {
    let join = |word: u64, byte: &u8| word << 8 | u64::from(*byte);
    match order {
        Order::Little => bytes.iter().rev().fold(0, join),
        Order::Big => bytes.iter().fold(0, join),
    }
}

fn float(bytes: &[u8], order: Order) -> f64 {
    let bits = word(bytes, order);
    match bytes.len() {
        2 => from_half(bits as u16),
        4 => from_single(bits as u32),
        _ => f64::from_bits(bits),
    }
}

fn read(heap: &mut Heap, code: &Code, order: Order, view: &pvm_object::buffer::BufferView, place: usize) -> PyResult {
    let bytes = &view.as_slice(heap)[place..place + code.size];
    Ok(match code.kind {
        Kind::Signed => {
            let unused = 64 - 8 * code.size as u32;
            let number = (word(bytes, order) << unused).cast_signed() >> unused;
            heap.int(number)
        }
        Kind::Unsigned | Kind::Pointer => {
            let number = word(bytes, order);
            heap.number(Int::from(number))
        }
        Kind::Truth => Value::from_bool(bytes[0] != 0),
        Kind::Float => {
            let number = float(bytes, order);
            heap.float(number)
        }
        Kind::Complex => {
            let (re, im) = bytes.split_at(code.size / 2);
            let number = Complex::new(float(re, order), float(im, order));
            heap.complex(number)
        }
        Kind::Character | Kind::Text => {
            let text = bytes.to_vec();
            heap.new_bytes(&text)?.into()
        }
        Kind::Pascal => {
            // The first byte says how many of the others count.
            let text = match bytes {
                [] => Vec::new(),
                [len, rest @ ..] => rest[..usize::from(*len).min(rest.len())].to_vec(),
            };
            heap.new_bytes(&text)?.into()
        }
    })
}
