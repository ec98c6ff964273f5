//! Writing through the buffer.

use pvm_object::buffer::BufferView;
use pvm_object::{Heap, PyResult, Raised, Value, Vm, exceptions};

use super::Buffered;

/// Raises a `BlockingIOError` that tells how much was taken.
#[cold]
fn would_block(vm: &mut Vm, written: usize) -> Raised {
    let message = vm.new_str("write could not complete without blocking").into();
    let arguments = [Value::from_i32(libc::EAGAIN), message, vm.int(written as i64)];
    match vm.call(&exceptions::BLOCKING_IO_ERROR.to_value(), &arguments) {
        Ok(error) => match error.downcast_into() {
            Ok(error) => vm.raise(error),
            Err(_) => vm.os_error(libc::EAGAIN),
        },
        Err(raised) => raised,
    }
}

impl Buffered {
    /// `flush()`.
    pub fn flush(&self, vm: &mut Vm, this: &Value) -> PyResult<()> {
        self.check_ready(vm)?;
        self.check_open(vm, "flush of closed file")?;
        self.locked(vm, this, |vm| self.flush_and_rewind(vm))
    }

    /// Writes out what waits, and moves the raw stream back to the logical position.
    pub(super) fn flush_and_rewind(&self, vm: &mut Vm) -> PyResult<()> {
        self.flush_unlocked(vm)?;
        if self.readable.get() {
            let moved = self.raw_seek(vm, -self.raw_offset(), 1);
            self.reset_read();
            moved?;
        }
        Ok(())
    }

    /// Writes out what waits (`_bufferedwriter_flush_unlocked`).
    pub(super) fn flush_unlocked(&self, vm: &mut Vm) -> PyResult<()> {
        if !self.writes() || self.write_pos.get() as i64 == self.write_end.get() {
            // Afterwards the buffer counts as not used for writing: `raw_offset` relies on it.
            self.reset_write();
            return Ok(());
        }
        let rewind = self.raw_offset() + (self.pos.get() as i64 - self.write_pos.get() as i64);
        if rewind != 0 {
            self.raw_seek(vm, -rewind, 1)?;
            self.raw_pos.set(self.raw_pos.get() - rewind);
        }
        while (self.write_pos.get() as i64) < self.write_end.get() {
            let range = self.write_pos.get()..self.write_end.get() as usize;
            let buffer = self.take_buffer(vm);
            let written = self.raw_write(vm, &buffer[range]);
            self.buffer.borrow_mut(vm).0 = buffer;
            match written? {
                None => return Err(would_block(vm, 0)),
                Some(count) => {
                    self.write_pos.set(self.write_pos.get() + count);
                    self.raw_pos.set(self.write_pos.get() as i64);
                }
            }
            // A write that a signal interrupted succeeds in part; its handler runs before the next, which might block.
            vm.poll(0)?;
        }
        self.reset_write();
        Ok(())
    }

    /// Copies bytes into the buffer, which has room for them.
    fn store(&self, at: usize, bytes: &[u8], heap: &mut Heap) {
        self.buffer.borrow_mut(heap)[at..at + bytes.len()].copy_from_slice(bytes);
    }

    /// The bytes of `source` from `start` on, at most `count`, into the buffer at `at`.
    fn store_view(&self, at: usize, source: &BufferView, start: usize, count: usize, heap: &mut Heap) {
        let mut buffer = self.take_buffer(heap);
        buffer[at..at + count].copy_from_slice(&source.as_slice(heap)[start..start + count]);
        self.buffer.borrow_mut(heap).0 = buffer;
    }

    /// Takes note of `count` bytes that were stored at the position.
    fn stored(&self, count: usize) {
        let position = self.pos.get();
        if !self.writes() || self.write_pos.get() > position {
            self.write_pos.set(position);
        }
        self.set_position(position + count);
        if self.pos.get() as i64 > self.write_end.get() {
            self.write_end.set(self.pos.get() as i64);
        }
    }

    /// Room in the buffer behind the position.
    fn room(&self) -> usize {
        if !self.reads() && !self.writes() {
            self.pos.set(0);
            self.raw_pos.set(0);
        }
        self.size.get() - self.pos.get()
    }

    fn check_writing(&self, vm: &mut Vm) -> PyResult<()> {
        if !self.has_buffer.get() || self.closed(vm)? {
            return Err(vm.value_error(format_args!("write to closed file")));
        }
        Ok(())
    }

    /// Writes bytes that are no object's: the way of text streams, where the bytes fit into the buffer. False where they do
    /// not, and nothing was done.
    pub fn write_small(&self, vm: &mut Vm, this: &Value, bytes: &[u8]) -> PyResult<bool> {
        self.check_ready(vm)?;
        self.locked(vm, this, |vm| {
            self.check_writing(vm)?;
            if bytes.len() > self.room() {
                return Ok(false);
            }
            self.store(self.pos.get(), bytes, vm);
            self.stored(bytes.len());
            Ok(true)
        })
    }

    /// `write(buffer)`.
    pub(super) fn write(&self, vm: &mut Vm, this: &Value, source: &BufferView) -> PyResult<usize> {
        self.check_ready(vm)?;
        self.locked(vm, this, |vm| {
            self.check_writing(vm)?;
            let len = source.len();
            if len <= self.room() {
                self.store_view(self.pos.get(), source, 0, len, vm);
                self.stored(len);
                return Ok(len);
            }
            if let Err(raised) = self.flush_unlocked(vm) {
                return self.keep_what_fits(vm, raised, source);
            }
            // The raw stream may be ahead where the read buffer was filled and not changed.
            let offset = self.raw_offset();
            if offset != 0 {
                self.raw_seek(vm, -offset, 1)?;
                self.raw_pos.set(self.raw_pos.get() - offset);
            }
            self.write_large(vm, source)
        })
    }

    /// The raw stream takes nothing more: as much as there is room for is buffered.
    fn keep_what_fits(&self, vm: &mut Vm, raised: Raised, source: &BufferView) -> PyResult<usize> {
        if !vm.pending_is(&exceptions::BLOCKING_IO_ERROR) {
            return Err(raised);
        }
        if self.readable.get() {
            self.reset_read();
        }
        let start = self.write_pos.get();
        let waiting = start..self.write_end.get() as usize;
        self.buffer.borrow_mut(vm).copy_within(waiting.clone(), 0);
        self.write_end.set(waiting.len() as i64);
        self.raw_pos.set(self.raw_pos.get() - start as i64);
        self.pos.set(self.pos.get() - start);
        self.write_pos.set(0);
        let room = self.size.get() - waiting.len();
        let taken = source.len().min(room);
        self.store_view(waiting.len(), source, 0, taken, vm);
        self.write_end.set((waiting.len() + taken) as i64);
        self.advance(taken);
        drop(vm.catch(raised));
        if taken == source.len() { Ok(taken) } else { Err(would_block(vm, taken)) }
    }

    /// Writes what is larger than the buffer; what is left at the end, less than a buffer full, is buffered.
    fn write_large(&self, vm: &mut Vm, source: &BufferView) -> PyResult<usize> {
        let (len, size) = (source.len(), self.size.get());
        let mut written = 0;
        while len - written > size {
            match self.raw_write_view(vm, source, written)? {
                Some(count) => written += count,
                None => {
                    self.store_view(0, source, written, size, vm);
                    self.raw_pos.set(0);
                    self.set_position(size);
                    self.write_pos.set(0);
                    self.write_end.set(size as i64);
                    return Err(would_block(vm, written + size));
                }
            }
            vm.poll(0)?;
        }
        if self.readable.get() {
            self.reset_read();
        }
        let left = len - written;
        self.store_view(0, source, written, left, vm);
        self.write_pos.set(0);
        self.write_end.set(left as i64);
        self.set_position(left);
        self.raw_pos.set(0);
        Ok(len)
    }
}
