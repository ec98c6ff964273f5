//! What the decoders take: text that is ASCII, or bytes.

use pvm_object::arguments::Argument;
use pvm_object::buffer::BufferView;
use pvm_object::convert::FromArg;
use pvm_object::native::Effects;
use pvm_object::str::Str;
use pvm_object::{Heap, PyResult, Ref, ValueRef, Vm};

/// A text of ASCII characters, or the bytes of a buffer (`ascii_buffer_converter`).
pub enum AsciiBuffer {
    /// A string that is ASCII.
    Text(Ref<Str>),
    /// A buffer's bytes, whatever they are.
    Bytes(BufferView),
}

impl AsciiBuffer {
    /// The characters.
    pub fn as_slice<'a>(&'a self, heap: &'a Heap) -> &'a [u8] {
        match self {
            AsciiBuffer::Text(text) => text.as_str().unwrap_or_default().as_bytes(),
            AsciiBuffer::Bytes(view) => view.as_slice(heap),
        }
    }
}

impl FromArg<'_> for AsciiBuffer {
    const EFFECTS: Effects = Effects::Anything;

    fn from_arg(value: ValueRef<'_>, _: Argument, vm: &mut Vm) -> PyResult<AsciiBuffer> {
        if let Some(text) = value.downcast_ref::<Str>() {
            return match text.is_ascii() {
                true => Ok(AsciiBuffer::Text(text.to_ref())),
                false => Err(vm.value_error(format_args!("string argument should contain only ASCII characters"))),
            };
        }
        if !vm.has_buffer(&value) {
            let kind = vm.type_name(&value);
            return Err(vm.type_error(format_args!("argument should be bytes, buffer or ASCII string, not '{kind}'")));
        }
        vm.bytes_like(&value).map(AsciiBuffer::Bytes)
    }
}
