//! Calls of the raw stream below a buffered one: directly where it is a plain file, by its methods where it is not.

use pvm_object::buffer::BufferView;
use pvm_object::{PyResult, Raised, Value, Vm, exceptions, names};

use super::Buffered;
use crate::io::base::interrupted;
use crate::io::errors::call0;
use crate::io::fileio::offset;
use crate::io::memory_view;

impl Buffered {
    /// The raw stream's position.
    pub(super) fn raw_tell(&self, vm: &mut Vm) -> PyResult<i64> {
        let Some(raw) = self.raw.get(vm) else {
            return Err(self.not_ready(vm));
        };
        let position = match Buffered::file(&raw, &names::tell, vm) {
            Some(file) => file.seek_raw(vm, 0, 1)?,
            None => {
                let position = call0(vm, &raw, &names::tell)?;
                offset(&position, vm)?
            }
        };
        self.learn_position(vm, position)
    }

    fn learn_position(&self, vm: &mut Vm, position: i64) -> PyResult<i64> {
        if position < 0 {
            let message = format_args!("Raw stream returned invalid position {position}");
            return Err(vm.raise_message(&exceptions::OS_ERROR, message));
        }
        self.abs_pos.set(position);
        Ok(position)
    }

    /// The raw stream's position, asked for only where it is not known.
    pub(super) fn raw_position(&self, vm: &mut Vm) -> PyResult<i64> {
        match self.abs_pos.get() {
            -1 => self.raw_tell(vm),
            known => Ok(known),
        }
    }

    /// Moves the raw stream.
    pub(super) fn raw_seek(&self, vm: &mut Vm, target: i64, whence: i32) -> PyResult<i64> {
        let raw = self.raw(vm)?;
        let position = match Buffered::file(&raw, &names::seek, vm) {
            Some(file) => file.seek_raw(vm, target, whence)?,
            None => {
                let target = vm.int(target);
                let position = vm.call_method(&raw, &names::seek, &[target, Value::from_i32(whence)])?;
                offset(&position, vm)?
            }
        };
        self.learn_position(vm, position)
    }

    /// Reads into `room` with one call; `None` where nothing is there now.
    pub(super) fn raw_read(&self, vm: &mut Vm, room: &mut [u8]) -> PyResult<Option<usize>> {
        let raw = self.raw(vm)?;
        let read = match Buffered::file(&raw, &names::readinto, vm) {
            Some(file) => file.read_into_slice(vm, room)?,
            None => read_by_method(vm, &raw, room)?,
        };
        if let Some(count) = read {
            self.moved(count);
        }
        Ok(read)
    }

    /// Reads at most `count` bytes to the end of `data`, which has room for them. A file may give more, as much as there is
    /// room for.
    pub(super) fn raw_extend(&self, vm: &mut Vm, data: &mut Vec<u8>, count: usize) -> PyResult<Option<usize>> {
        let raw = self.raw(vm)?;
        let Some(file) = Buffered::file(&raw, &names::readinto, vm) else {
            let filled = data.len();
            data.resize(filled + count, 0);
            let read = self.raw_read(vm, &mut data[filled..]);
            data.truncate(filled + read.as_ref().ok().copied().flatten().unwrap_or(0));
            return read;
        };
        let read = file.read_to_capacity(vm, data)?;
        if let Some(count) = read {
            self.moved(count);
        }
        Ok(read)
    }

    fn moved(&self, count: usize) {
        if self.abs_pos.get() != -1 {
            self.abs_pos.set(self.abs_pos.get() + count as i64);
        }
    }

    /// Reads into the buffer, behind what was read already.
    pub(super) fn fill_buffer(&self, vm: &mut Vm) -> PyResult<Option<usize>> {
        let start = if self.reads() { self.read_end.get() as usize } else { 0 };
        let mut buffer = self.take_buffer(vm);
        let read = self.raw_read(vm, &mut buffer[start..]);
        self.buffer.borrow_mut(vm).0 = buffer;
        let read = read?;
        if let Some(count) = read.filter(|&count| count > 0) {
            self.read_end.set((start + count) as i64);
            self.raw_pos.set((start + count) as i64);
        }
        Ok(read)
    }

    /// As [`Buffered::raw_write`], for the bytes of a view from `start` on.
    pub(super) fn raw_write_view(&self, vm: &mut Vm, source: &BufferView, start: usize) -> PyResult<Option<usize>> {
        let raw = self.raw(vm)?;
        let written = match Buffered::file(&raw, &names::write, vm) {
            Some(file) => file.write_part(vm, source, start)?,
            None => {
                let rest = source.as_slice(vm)[start..].to_vec();
                write_by_method(vm, &raw, &rest)?
            }
        };
        if let Some(count) = written {
            self.moved(count);
        }
        Ok(written)
    }

    /// Writes with one call; `None` where it would block.
    pub(super) fn raw_write(&self, vm: &mut Vm, bytes: &[u8]) -> PyResult<Option<usize>> {
        let raw = self.raw(vm)?;
        let written = match Buffered::file(&raw, &names::write, vm) {
            Some(file) => file.write_slice(vm, bytes)?,
            None => write_by_method(vm, &raw, bytes)?,
        };
        if let Some(count) = written {
            self.moved(count);
        }
        Ok(written)
    }
}

fn read_by_method(vm: &mut Vm, raw: &Value, room: &mut [u8]) -> PyResult<Option<usize>> {
    let array = vm.new_bytearray(room)?;
    let view = memory_view(vm, &array.to_value())?;
    let result = loop {
        match vm.call_method(raw, &names::readinto, std::slice::from_ref(&view)) {
            Ok(result) => break result,
            Err(raised) => interrupted(vm, raised)?,
        }
    };
    if result.is_none() {
        return Ok(None);
    }
    let count = match vm.index_isize_or(&result, &exceptions::VALUE_ERROR) {
        Ok(count) => count,
        Err(raised) => return Err(failed_because(vm, raised, "raw readinto() failed")),
    };
    let len = room.len();
    match usize::try_from(count) {
        Ok(count) if count <= len => {
            room[..count].copy_from_slice(&array.as_slice(vm)[..count]);
            Ok(Some(count))
        }
        _ => Err(invalid_length(vm, "readinto", count, len)),
    }
}

fn write_by_method(vm: &mut Vm, raw: &Value, bytes: &[u8]) -> PyResult<Option<usize>> {
    let len = bytes.len();
    let bytes = vm.new_bytes(bytes)?;
    let view = memory_view(vm, &bytes.to_value())?;
    let result = loop {
        match vm.call_method(raw, &names::write, std::slice::from_ref(&view)) {
            Ok(result) => break result,
            Err(raised) => interrupted(vm, raised)?,
        }
    };
    if result.is_none() {
        return Ok(None);
    }
    let count = vm.index_isize_or(&result, &exceptions::VALUE_ERROR)?;
    match usize::try_from(count) {
        Ok(count) if count <= len => Ok(Some(count)),
        _ => Err(invalid_length(vm, "write", count, len)),
    }
}

#[cold]
fn invalid_length(vm: &mut Vm, method: &str, count: isize, len: usize) -> Raised {
    let message = format_args!("raw {method}() returned invalid length {count} (should have been between 0 and {len})");
    vm.raise_message(&exceptions::OS_ERROR, message)
}

/// Raises an `OSError` with the pending exception as its cause (`_PyErr_FormatFromCause`).
#[cold]
fn failed_because(vm: &mut Vm, raised: Raised, message: &str) -> Raised {
    let cause = vm.catch(raised);
    let raised = vm.raise_message(&exceptions::OS_ERROR, format_args!("{message}"));
    let exception = vm.catch(raised);
    exception.set_cause(Some(cause.clone()), vm);
    exception.set_context(Some(cause), vm);
    vm.reraise(exception)
}
