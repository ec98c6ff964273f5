//! Bytes out of values that export a buffer.

use crate::Vm;
use crate::bytearray::ByteArray;
use crate::bytes::Bytes;
use crate::core::value::Value;
use crate::errors::PyResult;

impl Vm {
    /// A copy of the bytes that a bytes-like object exports; `None` for others.
    pub fn buffer_bytes(&mut self, value: &Value) -> PyResult<Option<Vec<u8>>> {
        if !self.has_buffer(value) {
            return Ok(None);
        }
        let view = self.bytes_like(value)?;
        let mut bytes = Vec::new();
        match bytes.try_reserve_exact(view.len()) {
            Ok(()) => {
                bytes.extend_from_slice(view.as_slice(self));
                Ok(Some(bytes))
            }
            Err(_) => Err(self.memory_error()),
        }
    }

    /// A copy of the bytes of a `bytes`, a `bytearray` or an instance of a subclass; `None` for others.
    pub fn bytes_of(&mut self, value: &Value) -> PyResult<Option<Vec<u8>>> {
        match value.is_instance_of::<Bytes>() || value.is_instance_of::<ByteArray>() {
            true => self.buffer_bytes(value),
            false => Ok(None),
        }
    }
}
