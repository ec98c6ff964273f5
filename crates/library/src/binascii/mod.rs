//! `binascii`: bytes to and from text that is ASCII.
//!
//! | file | what |
//! |---|---|
//! | `input.rs` | what the decoders take |
//! | `base64.rs` | base64, uuencoding |
//! | `quoted_printable.rs` | quoted-printable |

mod base64;
mod input;
mod quoted_printable;

use pvm_macros::{pyclass, pymodule};

/// Raised for text that cannot be decoded.
#[pyclass(exception, name = "Error", module = "binascii", base = pvm_object::exceptions::VALUE_ERROR, static_name = ERROR_TYPE)]
pub struct Error;

/// Raised for data that goes on.
#[pyclass(exception, name = "Incomplete", module = "binascii", static_name = INCOMPLETE_TYPE)]
pub struct Incomplete;

#[pymodule(name = "binascii")]
pub mod native {
    //! Conversion between binary data and ASCII
    use pvm_macros::pyfunction;
    use pvm_object::buffer::BufferView;
    use pvm_object::bytes::{Bytes, hex_separator};
    use pvm_object::text::bytes::hex;
    use pvm_object::{Heap, PyResult, Raised, Ref, Value, Vm};

    use super::base64;
    use super::input::AsciiBuffer;
    use super::quoted_printable;
    use crate::parameters::unsigned_mask;
    use crate::zlib;

    #[export]
    use super::Error;
    #[export]
    use super::Incomplete;

    #[cold]
    fn error(heap: &mut Heap, message: &str) -> Raised {
        heap.raise_message(super::ERROR_TYPE.get(), format_args!("{message}"))
    }

    /// The decoded bytes, or the error.
    fn decoded(heap: &mut Heap, result: Result<Vec<u8>, base64::Malformed>) -> PyResult<Ref<Bytes>> {
        match result {
            Ok(bytes) => Ok(heap.new_bytes(&bytes)?),
            Err(message) => Err(error(heap, &message)),
        }
    }

    /// Decode a line of uuencoded data.
    #[pyfunction]
    fn a2b_uu(vm: &mut Vm, data: AsciiBuffer) -> PyResult<Ref<Bytes>> {
        let result = base64::decode_uu(data.as_slice(vm));
        decoded(vm, result)
    }

    /// Uuencode line of data.
    #[pyfunction]
    #[signature = "(data, /, *, backtick=False)"]
    fn b2a_uu(vm: &mut Vm, data: BufferView, backtick: bool) -> PyResult<Ref<Bytes>> {
        if data.len() > 45 {
            return Err(error(vm, "At most 45 bytes at once"));
        }
        let line = base64::encode_uu(data.as_slice(vm), backtick);
        Ok(vm.new_bytes(&line)?)
    }

    /// Decode a line of base64 data.
    ///
    ///   strict_mode
    ///     When set to True, bytes that are not in the base64 standard are not allowed.
    ///     The same applies to excess data after padding (= / ==).
    #[pyfunction]
    #[signature = "(data, /, *, strict_mode=False)"]
    fn a2b_base64(vm: &mut Vm, data: AsciiBuffer, strict_mode: bool) -> PyResult<Ref<Bytes>> {
        let result = base64::decode(data.as_slice(vm), strict_mode);
        decoded(vm, result)
    }

    /// Base64-code line of data.
    #[pyfunction]
    #[signature = "(data, /, *, newline=True)"]
    fn b2a_base64(vm: &mut Vm, data: BufferView, newline: bool) -> PyResult<Ref<Bytes>> {
        let text = base64::encode(data.as_slice(vm), newline);
        Ok(vm.new_bytes(&text)?)
    }

    /// Compute CRC-CCITT incrementally.
    #[pyfunction]
    #[signature = "(data, crc, /)"]
    fn crc_hqx(vm: &mut Vm, data: BufferView, crc: &Value) -> PyResult<u32> {
        let start = unsigned_mask(crc, vm)? & 0xffff;
        // The polynomial x^16 + x^12 + x^5 + 1, the highest bit first.
        let step = |crc: u32, &byte: &u8| {
            (0..8).fold(crc ^ u32::from(byte) << 8, |crc, _| {
                let shifted = crc << 1;
                (if shifted & 0x1_0000 == 0 { shifted } else { shifted ^ 0x1021 }) & 0xffff
            })
        };
        Ok(data.as_slice(vm).iter().fold(start, step))
    }

    /// Compute CRC-32 incrementally.
    #[pyfunction]
    #[signature = "(data, crc=0, /)"]
    fn crc32(vm: &mut Vm, data: BufferView, #[default(None)] crc: Option<&Value>) -> PyResult<u32> {
        let start = crc.map_or(Ok(0), |crc| unsigned_mask(crc, vm))?;
        Ok(zlib::crc32(start, data.as_slice(vm)))
    }

    fn hexadecimal(vm: &mut Vm, data: &BufferView, sep: Option<&Value>, group: i32) -> PyResult<Ref<Bytes>> {
        let separator = hex_separator(sep, vm)?;
        let digits = hex::hex(data.as_slice(vm), separator, group as isize);
        Ok(vm.new_bytes(&digits)?)
    }

    /// Hexadecimal representation of binary data.
    ///
    ///   sep
    ///     An optional single character or byte to separate hex bytes.
    ///   bytes_per_sep
    ///     How many bytes between separators.  Positive values count from the
    ///     right, negative values count from the left.
    ///
    /// The return value is a bytes object.  This function is also
    /// available as "hexlify()".
    ///
    /// Example:
    /// >>> binascii.b2a_hex(b'\xb9\x01\xef')
    /// b'b901ef'
    /// >>> binascii.hexlify(b'\xb9\x01\xef', ':')
    /// b'b9:01:ef'
    /// >>> binascii.b2a_hex(b'\xb9\x01\xef', b'_', 2)
    /// b'b9_01ef'
    #[pyfunction]
    #[signature = "(data, sep=<unrepresentable>, bytes_per_sep=1)"]
    fn b2a_hex(vm: &mut Vm, data: BufferView, sep: Option<&Value>, bytes_per_sep: i32) -> PyResult<Ref<Bytes>> {
        hexadecimal(vm, &data, sep, bytes_per_sep)
    }

    /// Hexadecimal representation of binary data.
    ///
    ///   sep
    ///     An optional single character or byte to separate hex bytes.
    ///   bytes_per_sep
    ///     How many bytes between separators.  Positive values count from the
    ///     right, negative values count from the left.
    ///
    /// The return value is a bytes object.  This function is also
    /// available as "b2a_hex()".
    #[pyfunction]
    #[signature = "(data, sep=<unrepresentable>, bytes_per_sep=1)"]
    fn hexlify(vm: &mut Vm, data: BufferView, sep: Option<&Value>, bytes_per_sep: i32) -> PyResult<Ref<Bytes>> {
        hexadecimal(vm, &data, sep, bytes_per_sep)
    }

    fn from_hexadecimal(vm: &mut Vm, text: &AsciiBuffer) -> PyResult<Ref<Bytes>> {
        let digits = text.as_slice(vm);
        if !digits.len().is_multiple_of(2) {
            return Err(error(vm, "Odd-length string"));
        }
        let byte = |pair: &[u8]| Some(hex::hex_value(pair[0])? << 4 | hex::hex_value(pair[1])?);
        match digits.chunks_exact(2).map(byte).collect::<Option<Vec<u8>>>() {
            Some(bytes) => Ok(vm.new_bytes(&bytes)?),
            None => Err(error(vm, "Non-hexadecimal digit found")),
        }
    }

    /// Binary data of hexadecimal representation.
    ///
    /// hexstr must contain an even number of hex digits (upper or lower case).
    /// This function is also available as "unhexlify()".
    #[pyfunction]
    #[signature = "(hexstr, /)"]
    fn a2b_hex(vm: &mut Vm, hexstr: AsciiBuffer) -> PyResult<Ref<Bytes>> {
        from_hexadecimal(vm, &hexstr)
    }

    /// Binary data of hexadecimal representation.
    ///
    /// hexstr must contain an even number of hex digits (upper or lower case).
    #[pyfunction]
    #[signature = "(hexstr, /)"]
    fn unhexlify(vm: &mut Vm, hexstr: AsciiBuffer) -> PyResult<Ref<Bytes>> {
        from_hexadecimal(vm, &hexstr)
    }

    /// Decode a string of qp-encoded data.
    #[pyfunction]
    #[signature = "(data, header=False)"]
    fn a2b_qp(vm: &mut Vm, data: AsciiBuffer, header: bool) -> PyResult<Ref<Bytes>> {
        let bytes = quoted_printable::decode(data.as_slice(vm), header);
        Ok(vm.new_bytes(&bytes)?)
    }

    /// Encode a string using quoted-printable encoding.
    ///
    /// On encoding, when istext is set, newlines are not encoded, and white
    /// space at end of lines is.  When istext is not set, \r and \n (CR/LF)
    /// are both encoded.  When quotetabs is set, space and tabs are encoded.
    #[pyfunction]
    #[signature = "(data, quotetabs=False, istext=True, header=False)"]
    fn b2a_qp(vm: &mut Vm, data: BufferView, quotetabs: bool, istext: bool, header: bool) -> PyResult<Ref<Bytes>> {
        let encoder = quoted_printable::Encoder { quotetabs, istext, header };
        let text = encoder.encode(data.as_slice(vm));
        Ok(vm.new_bytes(&text)?)
    }
}
