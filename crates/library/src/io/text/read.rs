//! Reading text in chunks.

use pvm_object::bytes::Bytes;
use pvm_object::str::Str;
use pvm_object::text::{TextBuf, TextBuilder};
use pvm_object::{Object, PyResult, Raised, Ref, Value, Vm, exceptions, names};

use super::codec::DecoderState;
use super::{Snapshot, TextIoWrapper, native_buffer};
use crate::io::base::interrupted;
use crate::io::errors::{call0, unsupported};

impl TextIoWrapper {
    /// Takes at most `count` characters of what is decoded.
    fn take_decoded(&self, vm: &mut Vm, count: usize) -> PyResult<Ref<Str>> {
        // The text leaves its place while the string is made of it.
        let text = std::mem::take(&mut self.decoded.borrow_mut(vm).0);
        let start = self.used.get().min(text.len());
        let end = start + count.min(text.len() - start);
        let taken = vm.try_str_from_view(text.view().slice(start..end));
        self.decoded.borrow_mut(vm).0 = text;
        let taken = taken?;
        self.used.set(end);
        Ok(taken)
    }

    /// Bytes from the buffer, at most `size`; by `read1` where it has that.
    fn read_bytes(&self, vm: &mut Vm, buffer: &Value, size: usize) -> PyResult {
        if self.has_read1.get()
            && let Some(stream) = native_buffer(buffer, &names::read1, vm)
            && stream.can_read()
        {
            return Ok(stream.read1(vm, buffer, size as isize)?.into());
        }
        let name = if self.has_read1.get() { &names::read1 } else { &names::read };
        let size = vm.int(size as i64);
        vm.call_method(buffer, name, &[size])
    }

    /// Reads and decodes the next chunk; false at the end. `hint` is how many characters are wanted.
    fn read_chunk(&self, vm: &mut Vm, hint: usize) -> PyResult<bool> {
        let buffer = self.attached(vm)?;
        // Where the decoder holds nothing back, decoding can start again: that place is remembered for `tell`.
        let before = match self.telling.get() {
            true => self.with_decoder(vm, |vm, decoder| decoder.state(vm))?,
            false => None,
        };
        if self.decoder.borrow(vm).is_none() {
            return Err(unsupported(vm, "not readable"));
        }
        let wanted = (self.ratio.get().max(1.0) * hint as f64) as usize;
        let size = wanted.max(self.chunk_size.get()).min(isize::MAX as usize);
        let input = self.read_bytes(vm, &buffer, size)?;
        let view = match vm.bytes_like(&input) {
            Ok(view) => view,
            Err(raised) => {
                drop(vm.catch(raised));
                let name = if self.has_read1.get() { "read1" } else { "read" };
                let kind = vm.type_name(&input);
                return Err(
                    vm.type_error(format_args!("underlying {name}() should have returned a bytes-like object, not '{kind}'"))
                );
            }
        };
        let len = view.len();
        drop(view);
        let text = self.decode(vm, &input, len == 0)?;
        let count = text.len();
        self.set_decoded(text, vm);
        self.ratio.set(if count > 0 { len as f64 / count as f64 } else { 0.0 });
        if let Some(DecoderState { pending, flags }) = before {
            let input = self.joined(vm, &pending, &input)?;
            self.snapshot.set(Some(Snapshot { flags, input }), vm);
        }
        Ok(count > 0 || len > 0)
    }

    fn joined(&self, vm: &mut Vm, pending: &Object<Bytes>, input: &Value) -> PyResult<Ref<Bytes>> {
        if pending.is_empty()
            && let Some(bytes) = input.downcast::<Bytes>()
        {
            return Ok(bytes.to_ref());
        }
        let mut all = pending.as_slice().to_vec();
        let view = vm.bytes_like(input)?;
        all.extend_from_slice(view.as_slice(vm));
        Ok(vm.new_bytes(&all)?)
    }

    /// `read(size)`.
    pub(super) fn read_text(this: &Object<Self>, vm: &mut Vm, size: Option<usize>) -> PyResult<Ref<Str>> {
        let buffer = TextIoWrapper::open_buffer(this, vm)?;
        if this.decoder.borrow(vm).is_none() {
            return Err(unsupported(vm, "not readable"));
        }
        this.write_pending(vm, &buffer)?;
        let Some(size) = size else {
            return this.read_all(vm, &buffer);
        };
        let first = this.take_decoded(vm, size)?;
        if first.len() >= size {
            return Ok(first);
        }
        let mut text = TextBuilder::new();
        text.push_view(first.view());
        while text.len() < size {
            match this.read_chunk(vm, size - text.len()) {
                Ok(true) => {}
                Ok(false) => break,
                Err(raised) => {
                    interrupted(vm, raised)?;
                    continue;
                }
            }
            let more = this.take_decoded(vm, size - text.len())?;
            text.push_view(more.view());
        }
        Ok(vm.str_from_builder(text)?)
    }

    fn read_all(&self, vm: &mut Vm, buffer: &Value) -> PyResult<Ref<Str>> {
        let bytes = call0(vm, buffer, &names::read)?;
        if bytes.is_none() {
            return Err(vm.raise_message(&exceptions::BLOCKING_IO_ERROR, format_args!("Read returned None.")));
        }
        if !vm.has_buffer(&bytes) {
            let kind = vm.type_name(&bytes);
            return Err(vm.type_error(format_args!("can't concat {kind} to bytes")));
        }
        let rest = self.decode(vm, &bytes, true)?;
        let first = self.take_decoded(vm, usize::MAX)?;
        if self.snapshot.borrow(vm).is_some() {
            self.set_decoded(TextBuf::new(), vm);
            self.snapshot.set(None, vm);
        }
        if first.is_empty() {
            return Ok(vm.str_from_buf(rest)?);
        }
        let mut text = TextBuilder::with_capacity(first.len() + rest.len());
        text.push_view(first.view());
        text.push_view(rest.view());
        Ok(vm.str_from_builder(text)?)
    }

    /// `readline(limit)`.
    pub(super) fn read_line(this: &Object<Self>, vm: &mut Vm, limit: isize) -> PyResult<Ref<Str>> {
        let buffer = TextIoWrapper::open_buffer(this, vm)?;
        this.write_pending(vm, &buffer)?;
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        // Most lines lie in the chunk at hand.
        if let Some(end) = this.line_in_chunk(vm, limit) {
            return this.take_decoded(vm, end);
        }
        let mut line = TextBuilder::new();
        // The start of an end of line of two characters, whose second one comes with the next chunk.
        let mut held = TextBuilder::new();
        loop {
            if !this.fill(vm)? {
                this.set_decoded(TextBuf::new(), vm);
                this.snapshot.set(None, vm);
                break;
            }
            let chunk = std::mem::take(&mut this.decoded.borrow_mut(vm).0);
            let start = this.used.get().min(chunk.len());
            let in_front = held.len();
            let text = if in_front == 0 {
                chunk.view().slice_from(start)
            } else {
                held.push_view(chunk.view());
                held.view()
            };
            let found = this.newline.get().find_end(text);
            let most = limit - line.len();
            let (end, complete) = match found {
                Ok(end) => (end.min(most), true),
                Err(end) => (end.min(most), end >= most),
            };
            line.push_view(text.slice(0..end));
            if complete {
                this.used.set((start + end).saturating_sub(in_front));
                this.decoded.borrow_mut(vm).0 = chunk;
                held = TextBuilder::new();
                break;
            }
            let mut rest = TextBuilder::new();
            rest.push_view(text.slice_from(end));
            held = rest;
            this.used.set(0);
        }
        line.push_view(held.view());
        Ok(vm.str_from_builder(line)?)
    }

    /// The number of characters to the end of the line, where it lies in the chunk at hand.
    fn line_in_chunk(&self, vm: &mut Vm, limit: usize) -> Option<usize> {
        let text = self.decoded.borrow(vm);
        let text = text.view().slice_from(self.used.get().min(text.len()));
        match self.newline.get().find_end(text) {
            Ok(end) => Some(end.min(limit)),
            Err(sure) if sure >= limit => Some(limit),
            Err(_) => None,
        }
    }

    /// Reads chunks until one has text, unless there is some; false at the end.
    fn fill(&self, vm: &mut Vm) -> PyResult<bool> {
        while self.decoded.borrow(vm).is_empty() {
            match self.read_chunk(vm, 0) {
                Ok(true) => {}
                Ok(false) => return Ok(false),
                Err(raised) => interrupted(vm, raised)?,
            }
        }
        Ok(true)
    }

    /// `__next__`: positions are not kept track of meanwhile.
    pub(super) fn next_text_line(this: &Object<Self>, vm: &mut Vm) -> PyResult<Option<Value>> {
        this.attached(vm)?;
        this.telling.set(false);
        let value = this.to_value();
        let line: Value = match value.downcast_exact::<TextIoWrapper>() {
            Some(_) => TextIoWrapper::read_line(this, vm, -1)?.into(),
            None => call0(vm, &value, &names::readline)?,
        };
        let Some(text) = line.downcast::<Str>() else {
            return Err(no_text(vm, &line));
        };
        if !text.is_empty() {
            return Ok(Some(line));
        }
        this.snapshot.set(None, vm);
        this.telling.set(this.seekable.get());
        Ok(None)
    }
}

#[cold]
fn no_text(vm: &mut Vm, line: &Value) -> Raised {
    let kind = vm.type_name(line);
    let message = format_args!("readline() should have returned a str object, not '{kind}'");
    vm.raise_message(&exceptions::OS_ERROR, message)
}
