//! `_struct`: values to and from the bytes of C structs.
//!
//! | file | subject |
//! |---|---|
//! | `layout` | formats |
//! | `floats` | floats of two and four bytes |
//! | `pack`, `unpack` | values to bytes, bytes to values |
//! | `compiled` | `Struct`, and the compiled formats that the functions keep |
//! | `iterator` | what `iter_unpack` returns |

mod compiled;
mod floats;
mod iterator;
mod layout;
mod pack;
mod unpack;

use pvm_macros::{pyclass, pymodule};
use pvm_object::{Heap, PyResult, Raised};

/// Raised for bad formats, and for values and buffers that do not suit one.
#[pyclass(exception, name = "error", module = "struct")]
pub struct StructError;

/// Raises `struct.error`.
fn error(heap: &mut Heap, message: std::fmt::Arguments<'_>) -> Raised {
    heap.raise_message(STRUCT_ERROR_TYPE.get(), message)
}

/// What is done with a struct within a buffer, for messages.
struct Doing {
    function: &'static str,
    doing: &'static str,
    lacking: &'static str,
}

impl Doing {
    /// Where a struct of `size` bytes begins in a buffer of `len`; an offset below zero counts from the end.
    fn start(&self, heap: &mut Heap, size: usize, len: usize, offset: isize) -> PyResult<usize> {
        let Doing { function, doing, lacking } = self;
        let start = match usize::try_from(offset) {
            Ok(start) => start,
            Err(_) => {
                let from_end = offset.unsigned_abs();
                if from_end < size {
                    return Err(error(heap, format_args!("{lacking} {size} bytes at offset {offset}")));
                }
                match len.checked_sub(from_end) {
                    Some(start) => start,
                    None => return Err(error(heap, format_args!("offset {offset} out of range for {len}-byte buffer"))),
                }
            }
        };
        if start <= len && len - start >= size {
            return Ok(start);
        }
        let needed = size as u128 + start as u128;
        Err(error(
            heap,
            format_args!(
                "{function} requires a buffer of at least {needed} bytes for {doing} {size} bytes at offset {start} (actual buffer size is {len})"
            ),
        ))
    }
}

#[pymodule(name = "_struct")]
pub mod native {
    //! Functions to convert between Python values and C structs.
    //! Python bytes objects are used to hold the data representing the C struct.
    //! The format string (explained below) describes the layout of data
    //! in the C struct.
    //!
    //! The optional first format char indicates byte order, size and alignment:
    //!   @: native order, size & alignment (default)
    //!   =: native order, std. size & alignment
    //!   <: little-endian, std. size & alignment
    //!   >: big-endian, std. size & alignment
    //!   !: same as >
    //!
    //! The remaining characters indicate types of args and must match exactly;
    //! these can be preceded by a decimal repeat count:
    //!   x: pad byte (no data); c: char; b: signed byte; B: unsigned byte;
    //!   ?: _Bool; h: short; H: unsigned short; i: int; I: unsigned int;
    //!   l: long; L: unsigned long; q: long long; Q: unsigned long long;
    //!   f: float; d: double; e: half-float;
    //!   F: float complex; D: double complex.
    //! Special cases (preceding decimal count indicates length):
    //!   s: byte string (array of char); p: Pascal string (with count byte).
    //! Special cases (only available in native format):
    //!   n: ssize_t; N: size_t;
    //!   P: an integer type that is wide enough to hold a pointer.
    //! Whitespace between formats is ignored.
    //!
    //! The variable struct.error is an exception raised on errors.
    use pvm_macros::pyfunction;
    use pvm_object::bytes::Bytes;
    use pvm_object::tuple::Tuple;
    use pvm_object::{Args, PyResult, Ref, Value, Vm};

    #[export]
    use super::StructError;
    #[export]
    use super::compiled::Struct;
    use super::compiled::{self, CompiledLayout, compiled};
    use super::iterator::UnpackIterator;

    /// Clear the internal cache.
    #[pyfunction]
    fn _clearcache(vm: &mut Vm) {
        compiled::clear(vm);
    }

    /// Return size in bytes of the struct described by the format string.
    #[pyfunction]
    fn calcsize(vm: &mut Vm, format: &Value) -> PyResult<usize> {
        Ok(compiled(vm, format)?.size)
    }

    /// iter_unpack($module, format, buffer, /)
    /// --
    ///
    /// Return an iterator yielding tuples unpacked from the given bytes.
    ///
    /// The bytes are unpacked according to the format string, like
    /// a repeated invocation of unpack_from().
    ///
    /// Requires that the bytes length be a multiple of the format struct size.
    #[pyfunction]
    fn iter_unpack(vm: &mut Vm, format: &Value, buffer: &Value) -> PyResult<Ref<UnpackIterator>> {
        let layout = compiled(vm, format)?;
        UnpackIterator::over(vm, layout, buffer)
    }

    /// The layout of the format that comes first among the arguments.
    fn layout_of(vm: &mut Vm, args: Args<'_>, function: &str) -> PyResult<Ref<CompiledLayout>> {
        if args.has_keywords() {
            return Err(vm.type_error(format_args!("_struct.{function}() takes no keyword arguments")));
        }
        match args.get(0) {
            Some(format) => compiled(vm, &format),
            None => Err(vm.type_error(format_args!("missing format argument"))),
        }
    }

    /// pack(format, v1, v2, ...) -> bytes
    ///
    /// Return a bytes object containing the values v1, v2, ... packed according
    /// to the format string.  See help(struct) for more on format strings.
    #[pyfunction]
    fn pack(vm: &mut Vm, args: Args<'_>) -> PyResult<Ref<Bytes>> {
        let layout = layout_of(vm, args, "pack")?;
        super::pack::pack(vm, &layout, args.skip(1))
    }

    /// pack_into(format, buffer, offset, v1, v2, ...)
    ///
    /// Pack the values v1, v2, ... according to the format string and write
    /// the packed bytes into the writable buffer buf starting at offset.  Note
    /// that the offset is a required argument.  A negative offset counts from
    /// the end of the buffer.  See help(struct) for more on format strings.
    #[pyfunction]
    fn pack_into(vm: &mut Vm, args: Args<'_>) -> PyResult<()> {
        let layout = layout_of(vm, args, "pack_into")?;
        super::pack::pack_into(vm, &layout, args.skip(1))
    }

    /// unpack($module, format, buffer, /)
    /// --
    ///
    /// Return a tuple containing values unpacked according to the format string.
    ///
    /// The buffer's size in bytes must be calcsize(format).
    ///
    /// See help(struct) for more on format strings.
    #[pyfunction]
    fn unpack(vm: &mut Vm, format: &Value, buffer: &Value) -> PyResult<Ref<Tuple>> {
        let layout = compiled(vm, format)?;
        super::unpack::unpack(vm, &layout, buffer)
    }

    /// unpack_from($module, format, /, buffer, offset=0)
    /// --
    ///
    /// Return a tuple containing values unpacked according to the format string.
    ///
    /// The buffer's size, minus offset, must be at least calcsize(format).
    /// A negative offset counts from the end of the buffer.
    ///
    /// See help(struct) for more on format strings.
    #[pyfunction]
    fn unpack_from(vm: &mut Vm, format: &Value, buffer: &Value, offset: isize) -> PyResult<Ref<Tuple>> {
        let layout = compiled(vm, format)?;
        super::unpack::unpack_from(vm, &layout, buffer, offset)
    }
}
