//! `seek`, `tell` and `truncate`. A position in a text is the stream's position where decoding can start, with what must be
//! decoded from there: one int, opaque to programs.

use dashu_int::IBig;
use pvm_object::bytes::Bytes;
use pvm_object::int::IntView;
use pvm_object::{Object, PyResult, Raised, Value, Vm, exceptions, names};

use super::codec::{Decoder, DecoderState, Encoder};
use super::{Snapshot, TextIoWrapper};
use crate::io::errors::{call0, unsupported};
use crate::io::fileio::offset;
use pvm_object::ops::compare::CompareOp;
use pvm_object::text::TextBuf;

/// What a position is made of.
#[derive(Clone, Copy, Default)]
struct Cookie {
    /// Where to start reading.
    start: i64,
    /// The decoder's flags there.
    flags: i32,
    /// How many bytes to decode from there,
    bytes: i32,
    /// and how many of the characters are before the position.
    chars: i32,
    /// Whether the decoder must be told that the bytes end there.
    at_end: bool,
}

/// The size of a cookie's form in bytes.
const SIZE: usize = 8 + 3 * 4 + 1;

impl Cookie {
    fn to_value(self, vm: &mut Vm) -> Value {
        let mut bytes = [0; SIZE];
        bytes[..8].copy_from_slice(&self.start.to_le_bytes());
        bytes[8..12].copy_from_slice(&self.flags.to_le_bytes());
        bytes[12..16].copy_from_slice(&self.bytes.to_le_bytes());
        bytes[16..20].copy_from_slice(&self.chars.to_le_bytes());
        bytes[20] = u8::from(self.at_end);
        vm.big_int(IBig::from(dashu_int::UBig::from_le_bytes(&bytes)))
    }

    fn parse(vm: &mut Vm, cookie: &Value) -> PyResult<Cookie> {
        let int = vm.to_int(cookie)?;
        let bytes = match int.as_int() {
            Some(IntView::Small(small)) if small >= 0 => small.to_le_bytes().to_vec(),
            Some(IntView::Big(big)) if *big >= IBig::ZERO => big.clone().into_parts().1.to_le_bytes().to_vec(),
            _ => {
                return Err(vm.overflow_error(format_args!("can't convert negative int to unsigned")));
            }
        };
        if bytes.len() > SIZE {
            return Err(vm.overflow_error(format_args!("int too big to convert")));
        }
        let mut all = [0; SIZE];
        all[..bytes.len()].copy_from_slice(&bytes);
        let word = |at: usize| i32::from_le_bytes([all[at], all[at + 1], all[at + 2], all[at + 3]]);
        let mut start = [0; 8];
        start.copy_from_slice(&all[..8]);
        Ok(Cookie { start: i64::from_le_bytes(start), flags: word(8), bytes: word(12), chars: word(16), at_end: all[20] != 0 })
    }

    /// Brings a decoder to where decoding starts.
    fn prepare(&self, vm: &mut Vm, decoder: &mut Decoder) -> PyResult<()> {
        if self.start == 0 && self.flags == 0 {
            return decoder.reset(vm);
        }
        let pending = vm.new_bytes(&[])?;
        decoder.set_state(vm, &DecoderState { pending, flags: self.flags as u32 as u64 })
    }
}

#[cold]
fn os_error(vm: &mut Vm, message: &str) -> Raised {
    vm.raise_message(&exceptions::OS_ERROR, format_args!("{message}"))
}

/// Finds the cookie of a position inside of what was decoded since the snapshot (`_io_TextIOWrapper_tell_impl`).
struct Search<'a> {
    decoder: &'a mut Decoder,
    input: &'a [u8],
    errors: &'a str,
    ratio: f64,
}

impl Search<'_> {
    fn decode(&mut self, vm: &mut Vm, bytes: &[u8], last: bool) -> PyResult<i64> {
        let bytes = vm.new_bytes(bytes)?.into();
        Ok(self.decoder.decode(vm, &bytes, last, self.errors)?.len() as i64)
    }

    fn run(&mut self, vm: &mut Vm, mut cookie: Cookie, used: i64) -> PyResult<Cookie> {
        let mut left = used;
        // A guess from the bytes a character took goes back until it is a place where decoding can start.
        let mut skip = ((self.ratio * left as f64) as i64).min(self.input.len() as i64);
        let mut back = 1;
        while skip > 0 {
            cookie.prepare(vm, self.decoder)?;
            let input = self.input;
            let decoded = self.decode(vm, &input[..skip as usize], false)?;
            if decoded <= left {
                let state = self.decoder.state(vm)?;
                if state.pending.is_empty() {
                    cookie.flags = state.flags as i32;
                    left -= decoded;
                    break;
                }
                skip -= state.pending.len() as i64;
                back = 1;
            } else {
                skip -= back;
                back *= 2;
            }
        }
        if skip <= 0 {
            skip = 0;
            cookie.prepare(vm, self.decoder)?;
        }
        cookie.start += skip;
        cookie.chars = left as i32;
        if left == 0 {
            return Ok(cookie);
        }
        // From there byte by byte, with note of the last place where decoding can start.
        let mut decoded = 0;
        let input = self.input;
        let mut reached = false;
        for byte in &input[skip as usize..] {
            decoded += self.decode(vm, std::slice::from_ref(byte), false)?;
            cookie.bytes += 1;
            let state = self.decoder.state(vm)?;
            if state.pending.is_empty() && decoded <= left {
                cookie.start += i64::from(cookie.bytes);
                left -= decoded;
                cookie.flags = state.flags as i32;
                cookie.bytes = 0;
                decoded = 0;
            }
            if decoded >= left {
                reached = true;
                break;
            }
        }
        if !reached {
            decoded += self.decode(vm, &[], true)?;
            cookie.at_end = true;
            if decoded < left {
                return Err(os_error(vm, "can't reconstruct logical file position"));
            }
        }
        cookie.chars = left as i32;
        Ok(cookie)
    }
}

impl TextIoWrapper {
    /// `tell()`.
    pub(super) fn tell_text(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        let buffer = TextIoWrapper::open_buffer(this, vm)?;
        if !this.seekable.get() {
            return Err(unsupported(vm, "underlying stream is not seekable"));
        }
        if !this.telling.get() {
            return Err(os_error(vm, "telling position disabled by next() call"));
        }
        this.write_pending(vm, &buffer)?;
        call0(vm, &this.to_value(), &names::flush)?;
        let position = call0(vm, &buffer, &names::tell)?;
        let snapshot = this.snapshot.borrow(vm).as_ref();
        let snapshot = snapshot.map(|snapshot| (snapshot.flags, snapshot.input.clone()));
        let Some((flags, input)) = snapshot.filter(|_| this.decoder.borrow(vm).is_some()) else {
            return Ok(position);
        };
        let start = offset(&position, vm)? - input.len() as i64;
        let cookie = Cookie { start, flags: flags as i32, ..Cookie::default() };
        let used = this.used.get() as i64;
        if used == 0 {
            return Ok(cookie.to_value(vm));
        }
        let errors = this.error_handler(vm);
        let errors = errors.as_ref().and_then(|errors| errors.as_str()).unwrap_or("strict");
        let ratio = this.ratio.get();
        let found = this.with_decoder(vm, |vm, decoder| {
            let saved = decoder.state(vm)?;
            let mut search = Search { decoder, input: input.as_slice(), errors, ratio };
            let found = search.run(vm, cookie, used);
            let failed = found.as_ref().err().is_some().then(|| vm.take_pending()).flatten();
            let restored = decoder.set_state(vm, &saved);
            match failed {
                None => restored.and(found),
                Some(exception) => {
                    if let Err(raised) = restored {
                        drop(vm.catch(raised));
                    }
                    Err(vm.reraise(exception))
                }
            }
        })?;
        match found {
            Some(cookie) => Ok(cookie.to_value(vm)),
            None => Ok(position),
        }
    }

    fn reset_encoder(&self, vm: &mut Vm, at_start: bool) -> PyResult<()> {
        match self.encoder.borrow(vm).as_ref().map(Encoder::share) {
            Some(encoder) => encoder.reset(vm, at_start),
            None => Ok(()),
        }
    }

    /// `seek(cookie, whence)`.
    pub(super) fn seek_text(this: &Object<Self>, vm: &mut Vm, cookie: &Value, whence: i32) -> PyResult {
        let buffer = TextIoWrapper::open_buffer(this, vm)?;
        if !this.seekable.get() {
            return Err(unsupported(vm, "underlying stream is not seekable"));
        }
        let value = this.to_value();
        let zero = Value::from_i32(0);
        let cookie = match whence {
            0 => cookie.clone(),
            1 => {
                if !vm.eq(cookie, &zero)? {
                    return Err(unsupported(vm, "can't do nonzero cur-relative seeks"));
                }
                call0(vm, &value, &names::flush)?;
                call0(vm, &value, &names::tell)?
            }
            2 => {
                if !vm.eq(cookie, &zero)? {
                    return Err(unsupported(vm, "can't do nonzero end-relative seeks"));
                }
                return this.seek_end(vm, &value, &buffer);
            }
            _ => {
                let message = format_args!("invalid whence ({whence}, should be 0, 1 or 2)");
                return Err(vm.value_error(message));
            }
        };
        if vm.compare(&cookie, &zero, CompareOp::Lt)? {
            let repr = vm.repr(&cookie)?;
            return Err(vm.value_error(format_args!("negative seek position {repr}")));
        }
        call0(vm, &value, &names::flush)?;
        let parsed = Cookie::parse(vm, &cookie)?;
        let start = vm.int(parsed.start);
        vm.call_method(&buffer, &names::seek, &[start])?;
        this.set_decoded(TextBuf::new(), vm);
        this.snapshot.set(None, vm);
        this.with_decoder(vm, |vm, decoder| parsed.prepare(vm, decoder))?;
        if parsed.chars != 0 {
            this.restore(vm, &buffer, parsed)?;
        } else {
            let input = vm.new_bytes(&[])?;
            this.snapshot.set(Some(Snapshot { flags: parsed.flags as u32 as u64, input }), vm);
        }
        this.reset_encoder(vm, parsed.start == 0 && parsed.flags == 0)?;
        Ok(cookie)
    }

    fn seek_end(&self, vm: &mut Vm, this: &Value, buffer: &Value) -> PyResult {
        call0(vm, this, &names::flush)?;
        self.set_decoded(TextBuf::new(), vm);
        self.snapshot.set(None, vm);
        self.with_decoder(vm, |vm, decoder| decoder.reset(vm))?;
        let position = vm.call_method(buffer, &names::seek, &[Value::from_i32(0), Value::from_i32(2)])?;
        if self.encoder.borrow(vm).is_some() {
            let at_start = vm.eq(&position, &Value::from_i32(0))?;
            self.reset_encoder(vm, at_start)?;
        }
        Ok(position)
    }

    /// Decodes what lies between the cookie's start and its position.
    fn restore(&self, vm: &mut Vm, buffer: &Value, cookie: Cookie) -> PyResult<()> {
        let count = Value::from_i32(cookie.bytes);
        let input = vm.call_method(buffer, &names::read, &[count])?;
        let Ok(input) = input.downcast_into::<Bytes>().map_err(|other| {
            let kind = vm.type_name(&other);
            vm.type_error(format_args!("underlying read() should have returned a bytes object, not '{kind}'"))
        }) else {
            return Err(vm.raised());
        };
        let flags = cookie.flags as u32 as u64;
        self.snapshot.set(Some(Snapshot { flags, input: input.clone() }), vm);
        let text = self.decode(vm, &input.to_value(), cookie.at_end)?;
        let decoded = text.len();
        self.set_decoded(text, vm);
        if (decoded as i64) < i64::from(cookie.chars) {
            return Err(os_error(vm, "can't restore logical file position"));
        }
        self.used.set(cookie.chars as usize);
        Ok(())
    }
}
