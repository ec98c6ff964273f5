//! What the hash functions do with their data.

use pvm_object::buffer::BufferView;
use pvm_object::heap::is_told_to_stop;
use pvm_object::str::Str;
use pvm_object::{Heap, PyResult, Raised, Value, Vm};

/// The buffer of the data to hash (`GET_BUFFER_VIEW_OR_ERROUT`).
pub fn view_of(vm: &mut Vm, data: &Value) -> PyResult<BufferView> {
    if data.is_instance_of::<Str>() {
        return Err(vm.type_error(format_args!("Strings must be encoded before hashing")));
    }
    if !vm.has_buffer(data) {
        return Err(vm.type_error(format_args!("object supporting the buffer API required")));
    }
    let view = vm.bytes_like(data)?;
    if view.layout().is_some_and(|layout| layout.shape.len() > 1) {
        return Err(vm.buffer_error(format_args!("Buffer must be single dimension")));
    }
    Ok(view)
}

/// Bytes that are read or written without asking whether the program is to stop: a few milliseconds by the slowest of the functions.
const PIECE: usize = 1 << 20;

/// The program was told to stop before all was done; what is half done is to be dropped.
pub struct Stopped;

impl Stopped {
    /// Raises what ends the program.
    pub fn raise(self, heap: &mut Heap) -> Raised {
        heap.told_to_stop()
    }
}

/// Gives bytes to `update`, in pieces. Nothing else runs meanwhile, so that threads may share a hash object.
pub fn in_pieces(bytes: &[u8], mut update: impl FnMut(&[u8])) -> Result<(), Stopped> {
    for piece in bytes.chunks(PIECE) {
        if is_told_to_stop() {
            return Err(Stopped);
        }
        update(piece);
    }
    Ok(())
}

/// Gives the bytes of `data` to `update`, as [`in_pieces`].
pub fn feed(vm: &mut Vm, data: &Value, update: impl FnMut(&[u8])) -> PyResult<()> {
    let view = view_of(vm, data)?;
    in_pieces(view.as_slice(vm), update).map_err(|stopped| stopped.raise(vm))
}

/// So many bytes of a digest that has no end, which `read` gives from where it was left.
pub fn squeeze(heap: &mut Heap, length: usize, mut read: impl FnMut(&mut [u8])) -> PyResult<Vec<u8>> {
    // The digest is copied, or written in digits.
    heap.check_room(length.saturating_mul(3))?;
    let mut digest = vec![0; length];
    for piece in digest.chunks_mut(PIECE) {
        if is_told_to_stop() {
            return Err(heap.told_to_stop());
        }
        read(piece);
    }
    Ok(digest)
}

/// The data that a constructor was given, under one name or the other (`_Py_hashlib_data_argument`).
pub fn data_argument<'a>(vm: &mut Vm, data: Option<&'a Value>, string: Option<&'a Value>) -> PyResult<Option<&'a Value>> {
    match (data, string) {
        (Some(_), Some(_)) => Err(vm.type_error(format_args!(
            "'data' and 'string' are mutually exclusive and support for 'string' keyword parameter is slated for removal in a future version."
        ))),
        (data, string) => Ok(data.or(string)),
    }
}

/// Bytes in hexadecimal digits.
pub fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |half: u8| char::from(DIGITS[usize::from(half)]);
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        text.push(digit(byte >> 4));
        text.push(digit(byte & 15));
    }
    text
}
