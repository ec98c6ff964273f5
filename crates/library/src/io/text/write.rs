//! Writing text: what is encoded collects until it is a chunk, and goes to the buffer then.

use pvm_object::str::Str;
use pvm_object::text::{TextBuf, TextBuilder, TextView};
use pvm_object::{Object, PyResult, Ref, Value, Vm, names};

use super::codec::Encoder;
use super::{TextIoWrapper, native_buffer};
use crate::io::base::interrupted;
use crate::io::errors::{call0, unsupported};

/// Whether a text has a character that is ASCII.
fn contains(text: TextView<'_>, byte: u8) -> bool {
    match text {
        TextView::Ascii(units) | TextView::Latin1(units) => memchr::memchr(byte, units).is_some(),
        TextView::Ucs2(units) => units.contains(&byte.into()),
        TextView::Ucs4(units) => units.contains(&byte.into()),
    }
}

/// A text with another end in the place of each `\n`.
pub(in crate::io) fn with_newlines(text: TextView<'_>, newline: &str) -> TextBuf {
    let mut out = TextBuilder::with_capacity(text.len() + text.len() / 16);
    let mut start = 0;
    for (at, point) in text.code_points().enumerate() {
        if point == u32::from(b'\n') {
            out.push_view(text.slice(start..at));
            out.push_str(newline);
            start = at + 1;
        }
    }
    out.push_view(text.slice_from(start));
    out.finish()
}

/// What the `replace` of a class derived from `str` makes of a text.
fn replaced_by_method(vm: &mut Vm, text: &Object<Str>, newline: &str) -> PyResult<Ref<Str>> {
    let (end, newline) = (vm.intern("\n"), vm.intern(newline));
    let name = vm.intern("replace");
    let replaced = vm.call_method(&text.to_value(), &name, &[end.into(), newline.into()])?;
    replaced.downcast_into::<Str>().map_err(|other| {
        let kind = vm.type_name(&other);
        vm.type_error(format_args!("replace() should return a str, not {kind}"))
    })
}

impl TextIoWrapper {
    /// `write(text)`.
    pub fn write_text(this: &Object<Self>, vm: &mut Vm, text: &Object<Str>) -> PyResult<usize> {
        let buffer = TextIoWrapper::open_buffer(this, vm)?;
        let encoder = this.current_encoder(vm)?;
        let written_newline = this.newline.get().written();
        let line_buffering = this.line_buffering.get();
        let has_newline = (written_newline.is_some() || line_buffering) && contains(text.view(), b'\n');
        let (mut buffer, mut encoder) = (buffer, encoder);
        let translated = match written_newline.filter(|_| has_newline) {
            Some(newline) if text.as_value().downcast_exact::<Str>().is_some() => {
                Some(vm.str_from_buf(with_newlines(text.view(), newline))?)
            }
            Some(newline) => {
                let replaced = replaced_by_method(vm, text, newline)?;
                // The method may have closed the stream, or set it up anew.
                buffer = TextIoWrapper::open_buffer(this, vm)?;
                encoder = this.current_encoder(vm)?;
                Some(replaced)
            }
            None => None,
        };
        let outgoing = translated.as_deref().unwrap_or(text);
        let flushes = line_buffering && (has_newline || contains(text.view(), b'\r'));
        this.put(vm, &buffer, &encoder, outgoing)?;
        let full = this.pending.borrow(vm).len() >= this.chunk_size.get();
        if full || flushes || this.write_through.get() {
            this.write_pending(vm, &buffer)?;
        }
        if flushes {
            flush_buffer(vm, &buffer)?;
        }
        if this.snapshot.borrow(vm).is_some() {
            this.set_decoded(TextBuf::new(), vm);
            this.snapshot.set(None, vm);
        }
        this.with_decoder(vm, |vm, decoder| decoder.reset(vm))?;
        Ok(text.len())
    }

    fn current_encoder(&self, vm: &mut Vm) -> PyResult<Encoder> {
        match self.encoder.borrow(vm).as_ref().map(Encoder::share) {
            Some(encoder) => Ok(encoder),
            None => Err(unsupported(vm, "not writable")),
        }
    }

    /// Encodes a text behind what waits already; that is written first where it would become more than a chunk.
    fn put(&self, vm: &mut Vm, buffer: &Value, encoder: &Encoder, text: &Object<Str>) -> PyResult<()> {
        let errors = self.error_handler(vm);
        let errors = errors.as_ref().and_then(|errors| errors.as_str()).unwrap_or("strict");
        let mut pending = std::mem::take(&mut self.pending.borrow_mut(vm).0);
        let before = pending.len();
        let encoded = encoder.encode(vm, text, errors, &mut pending);
        let mut fresh = match encoded {
            Ok(()) if before == 0 || pending.len() <= self.chunk_size.get() => Vec::new(),
            Ok(()) => pending.split_off(before),
            Err(raised) => {
                pending.truncate(before);
                self.put_back(pending, vm);
                return Err(raised);
            }
        };
        self.put_back(pending, vm);
        if !fresh.is_empty() {
            // To write may run code that leaves more to write.
            while !self.pending.borrow(vm).is_empty() {
                self.write_pending(vm, buffer)?;
            }
            self.pending.borrow_mut(vm).append(&mut fresh);
        }
        Ok(())
    }

    /// Puts bytes back before those that were added by code which ran meanwhile.
    fn put_back(&self, mut bytes: Vec<u8>, vm: &mut Vm) {
        let pending = self.pending.borrow_mut(vm);
        if pending.is_empty() {
            pending.0 = bytes;
        } else {
            bytes.append(&mut pending.0);
            pending.0 = bytes;
        }
    }

    /// Gives what waits to the buffer.
    pub(super) fn write_pending(&self, vm: &mut Vm, buffer: &Value) -> PyResult<()> {
        if self.pending.borrow(vm).is_empty() {
            return Ok(());
        }
        let mut bytes = std::mem::take(&mut self.pending.borrow_mut(vm).0);
        if let Some(stream) = native_buffer(buffer, &names::write, vm)
            && stream.can_write()
            && stream.write_small(vm, buffer, &bytes)?
        {
            // The memory is used again, unless other text came meanwhile.
            bytes.clear();
            self.put_back(bytes, vm);
            return Ok(());
        }
        let bytes = vm.new_bytes(&bytes)?.into();
        while let Err(raised) = vm.call_method(buffer, &names::write, std::slice::from_ref(&bytes)) {
            interrupted(vm, raised)?;
        }
        Ok(())
    }

    /// `flush()`.
    pub fn flush_text(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        let buffer = TextIoWrapper::open_buffer(this, vm)?;
        this.telling.set(this.seekable.get());
        this.write_pending(vm, &buffer)?;
        flush_buffer(vm, &buffer)
    }
}

/// `buffer.flush()`.
fn flush_buffer(vm: &mut Vm, buffer: &Value) -> PyResult {
    if let Some(stream) = native_buffer(buffer, &names::flush, vm)
        && stream.can_write()
    {
        stream.flush(vm, buffer)?;
        return Ok(Value::none());
    }
    call0(vm, buffer, &names::flush)
}
