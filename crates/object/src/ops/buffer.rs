//! Bytes out of values that export a buffer.

use crate::bytearray::ByteArray;
use crate::bytes::Bytes;
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::str::Str;
use crate::{Vm, names};

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

    /// The bytes that a value stands for (`PyObject_Bytes`): by `__bytes__`, its buffer, or its items.
    pub fn to_bytes(&mut self, value: &Value) -> PyResult<Vec<u8>> {
        if value.downcast_exact::<Bytes>().is_none()
            && let Some(result) = self.call_special(value, &names::__bytes__, &[])?
        {
            return match result.downcast::<Bytes>() {
                Some(bytes) => Ok(bytes.as_slice().to_vec()),
                None => {
                    let kind = self.type_name(&result);
                    Err(self.type_error(format_args!("__bytes__ returned non-bytes (type {kind})")))
                }
            };
        }
        if let Some(bytes) = self.buffer_bytes(value)? {
            return Ok(bytes);
        }
        let slots = value.ty().slots();
        if value.is_instance_of::<Str>() || slots.iter().is_none() && slots.item().is_none() {
            let kind = self.type_name(value);
            return Err(self.type_error(format_args!("cannot convert '{kind}' object to bytes")));
        }
        let iterator = self.iter(value)?;
        let mut bytes = Vec::new();
        while let Some(item) = self.next(&iterator)? {
            let number = self.index_clipped(&item)?;
            let Ok(byte) = u8::try_from(number) else {
                return Err(self.value_error(format_args!("bytes must be in range(0, 256)")));
            };
            bytes.push(byte);
            self.poll(1)?;
        }
        Ok(bytes)
    }
}
