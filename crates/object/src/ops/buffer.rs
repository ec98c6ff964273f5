//! Bytes out of values that export a buffer.

use crate::Vm;
use crate::core::value::Value;
use crate::errors::PyResult;

/// `PyBUF_SIMPLE`: contiguous bytes.
const SIMPLE: u32 = 0;

impl Vm {
    /// A copy of the bytes that a bytes-like object exports; `None` for others.
    pub fn buffer_bytes(&mut self, value: &Value) -> PyResult<Option<Vec<u8>>> {
        let slots = value.ty().slots();
        let Some(export) = slots.buffer() else { return Ok(None) };
        let view = export(self, value, SIMPLE)?;
        let mut bytes = Vec::new();
        let room = bytes.try_reserve_exact(view.len);
        if room.is_ok() && view.len > 0 {
            // SAFETY: an exporter keeps `len` bytes at `data` in place until the view is given back, and no other code
            // runs meanwhile.
            bytes.extend_from_slice(unsafe { std::slice::from_raw_parts(view.data, view.len) });
        }
        if let Some(release) = slots.release_buffer() {
            release(self, value, &view);
        }
        match room {
            Ok(()) => Ok(Some(bytes)),
            Err(_) => Err(self.memory_error()),
        }
    }

    /// A copy of the bytes of a `bytes`, a `bytearray` or an instance of a subclass; `None` for others.
    pub fn bytes_of(&mut self, value: &Value) -> PyResult<Option<Vec<u8>>> {
        match value.ty().native().name() {
            "bytes" | "bytearray" => self.buffer_bytes(value),
            _ => Ok(None),
        }
    }
}
