//! What the decompressors of `zlib`, `bz2` and `lzma` keep of their input, and where they stand.

use std::cell::Cell;

use pvm_macros::Trace;
use pvm_object::bytes::Bytes;
use pvm_object::{Heap, HeapCell, PyResult, Ref, Value, Vm};

use crate::parameters::bytes_of_buffer;

/// Input between two calls.
#[derive(Trace)]
pub struct Intake {
    /// Input that was not read yet.
    waiting: HeapCell<Vec<u8>>,
    /// Data found behind the end of the stream.
    unused: HeapCell<Ref<Bytes>>,
    ended: Cell<bool>,
    wanting: Cell<bool>,
}

impl Intake {
    /// Nothing yet.
    pub fn new(vm: &mut Vm) -> PyResult<Intake> {
        let unused = HeapCell::new(vm.new_bytes(b"")?);
        Ok(Intake { waiting: HeapCell::default(), unused, ended: Cell::new(false), wanting: Cell::new(true) })
    }

    /// All input that there is: what was not read before, and `data`. At the end of the stream `EOFError`, with a message.
    pub fn take(&self, vm: &mut Vm, data: &Value, at_end: &str) -> PyResult<Vec<u8>> {
        let data = bytes_of_buffer(data, vm)?;
        if self.ended.get() {
            return Err(vm.eof_error(format_args!("{at_end}")));
        }
        let mut input = std::mem::take(self.waiting.borrow_mut(vm));
        input.extend_from_slice(data.as_slice());
        Ok(input)
    }

    /// Keeps what lies behind the first `read` bytes, for later or as unused; `full` tells that the stream may have more to give as it is.
    pub fn keep(&self, vm: &mut Vm, mut input: Vec<u8>, read: usize, ended: bool, full: bool) -> PyResult<()> {
        input.drain(..read);
        self.ended.set(ended);
        self.wanting.set(!ended && input.is_empty() && !full);
        if !ended {
            *self.waiting.borrow_mut(vm) = input;
        } else if !input.is_empty() {
            let unused = vm.new_bytes(&input)?;
            self.unused.set(unused, vm);
        }
        Ok(())
    }

    /// After an error no more input helps.
    pub fn fail(&self) {
        self.wanting.set(false);
    }

    /// What was found behind the end of the stream.
    pub fn unused(&self, heap: &Heap) -> Ref<Bytes> {
        self.unused.get(heap)
    }

    /// Whether the stream has ended.
    pub fn has_ended(&self) -> bool {
        self.ended.get()
    }

    /// Whether more comes out only when more goes in.
    pub fn needs_input(&self) -> bool {
        self.wanting.get()
    }
}

/// The members that tell of the `intake` of a class.
macro_rules! intake_members {
    ($class:ident) => {
        #[pymethods(part = intake)]
        impl $class {
            /// Data found after the end of the compressed stream.
            #[member]
            fn unused_data(&self, heap: &pvm_object::Heap) -> Ref<Bytes> {
                self.intake.unused(heap)
            }

            /// True if the end-of-stream marker has been reached.
            #[member]
            fn eof(&self) -> bool {
                self.intake.has_ended()
            }

            /// True if more input is needed before more decompressed data can be produced.
            #[member]
            fn needs_input(&self) -> bool {
                self.intake.needs_input()
            }
        }
    };
}

pub(crate) use intake_members;
