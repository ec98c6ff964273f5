//! Where a pickle is read from: bytes, or a file that is read or peeked into piece by piece.

use pvm_object::bytes::Bytes;
use pvm_object::{PyResult, Raised, Ref, Value, Vm, exceptions};

use super::unpickling_error;
use crate::parameters::bytes_of_buffer;

/// So many bytes are peeked at.
const PREFETCH: usize = 128 << 10;

/// The methods of a file.
pub struct File {
    pub read: Value,
    pub readline: Value,
    pub peek: Option<Value>,
}

/// A pickle being read.
pub struct Input {
    data: Ref<Bytes>,
    at: usize,
    /// Up to here the file itself was read; what is behind was only peeked at.
    fetched: usize,
    file: Option<File>,
    /// Where the frame ends that is being read.
    frame: Option<usize>,
}

#[cold]
fn truncated(vm: &mut Vm) -> Raised {
    unpickling_error(vm, "pickle data was truncated")
}

/// A part of what was read.
pub struct Chunk {
    data: Ref<Bytes>,
    start: usize,
    end: usize,
}

impl std::ops::Deref for Chunk {
    type Target = [u8];

    #[inline]
    fn deref(&self) -> &[u8] {
        &self.data.as_slice()[self.start..self.end]
    }
}

impl Input {
    /// One over bytes.
    pub fn of_bytes(data: Ref<Bytes>) -> Input {
        let fetched = data.len();
        Input { data, at: 0, fetched, file: None, frame: None }
    }

    /// One over a file.
    pub fn of_file(file: File) -> Input {
        Input { data: pvm_object::bytes::empty().to_ref(), at: 0, fetched: 0, file: Some(file), frame: None }
    }

    /// Reads from the file what was taken from a peek (`_Unpickler_SkipConsumed`).
    pub fn skip_consumed(&mut self, vm: &mut Vm) -> PyResult<()> {
        let Some(file) = &self.file else { return Ok(()) };
        if self.at > self.fetched {
            let (read, consumed) = (file.read.clone(), vm.int((self.at - self.fetched) as i64));
            self.fetched = self.at;
            vm.call(&read, &[consumed])?;
        }
        Ok(())
    }

    fn set(&mut self, vm: &mut Vm, data: &Value) -> PyResult<usize> {
        self.data = bytes_of_buffer(data, vm)?;
        self.at = 0;
        self.fetched = self.data.len();
        Ok(self.fetched)
    }

    /// Reads at least `count` bytes where there are as many (`_Unpickler_ReadFromFile`).
    fn fetch(&mut self, vm: &mut Vm, count: usize) -> PyResult<usize> {
        self.skip_consumed(vm)?;
        let Some(file) = &mut self.file else { return Err(truncated(vm)) };
        if let Some(peek) = file.peek.clone().filter(|_| count < PREFETCH) {
            let size = vm.int(PREFETCH as i64);
            let peeked = vm.call(&peek, &[size]);
            match peeked {
                Ok(data) => {
                    let size = self.set(vm, &data)?;
                    self.fetched = 0;
                    if count <= size {
                        return Ok(size);
                    }
                }
                Err(raised) if vm.pending_is(&exceptions::NOT_IMPLEMENTED_ERROR) => {
                    drop(vm.catch(raised));
                    file.peek = None;
                }
                Err(raised) => return Err(raised),
            }
        }
        let Some(file) = &self.file else { return Err(truncated(vm)) };
        let (read, size) = (file.read.clone(), vm.int(count as i64));
        let data = vm.call(&read, &[size])?;
        self.set(vm, &data)
    }

    #[cold]
    fn refill(&mut self, vm: &mut Vm, count: usize) -> PyResult<()> {
        let held = self.data.len() - self.at;
        let begun = self.at < self.fetched;
        if self.file.is_none() {
            return Err(truncated(vm));
        }
        // What a frame left over is gone from the file: the rest is read behind it.
        let kept = (held > 0 && begun).then(|| self.data.as_slice()[self.at..].to_vec());
        let Some(kept) = kept else {
            return match self.fetch(vm, count)? {
                read if read < count => Err(truncated(vm)),
                _ => Ok(()),
            };
        };
        self.at = self.data.len();
        self.fetched = self.at;
        let read = self.fetch(vm, count - kept.len())?;
        if read < count - kept.len() {
            return Err(truncated(vm));
        }
        let fetched = self.fetched + kept.len();
        let joined = [&kept, self.data.as_slice()].concat();
        self.data = vm.new_bytes(&joined)?;
        self.fetched = fetched;
        Ok(())
    }

    /// Makes sure of `count` bytes and goes on behind them; gives where they begin.
    #[inline]
    fn advance(&mut self, vm: &mut Vm, count: usize) -> PyResult<usize> {
        if let Some(end) = self.frame {
            self.check_frame(vm, end, count)?;
        }
        if count > self.data.len() - self.at {
            self.refill(vm, count)?;
        }
        let start = self.at;
        self.at += count;
        Ok(start)
    }

    /// An error where a read would go beyond the frame; its end is where it is left.
    fn check_frame(&mut self, vm: &mut Vm, end: usize, count: usize) -> PyResult<()> {
        if self.at == end && count > 0 {
            self.frame = None;
        } else if self.at + count > end {
            return Err(unpickling_error(vm, "pickle exhausted before end of frame"));
        }
        Ok(())
    }

    /// The next byte; an `EOFError` at the end.
    #[inline]
    pub fn op(&mut self, vm: &mut Vm) -> PyResult<u8> {
        if self.frame == Some(self.at) {
            self.frame = None;
        }
        if self.at == self.data.len()
            && let Err(raised) = self.refill(vm, 1)
        {
            if vm.pending_is(super::UNPICKLING_ERROR_TYPE.get()) {
                drop(vm.catch(raised));
                return Err(vm.eof_error(format_args!("Ran out of input")));
            }
            return Err(raised);
        }
        let op = self.data.as_slice()[self.at];
        self.at += 1;
        Ok(op)
    }

    /// The next bytes, as many as the array has.
    #[inline]
    pub fn array<const N: usize>(&mut self, vm: &mut Vm) -> PyResult<[u8; N]> {
        let start = self.advance(vm, N)?;
        let mut bytes = [0; N];
        bytes.copy_from_slice(&self.data.as_slice()[start..start + N]);
        Ok(bytes)
    }

    /// The next `count` bytes.
    pub fn chunk(&mut self, vm: &mut Vm, count: usize) -> PyResult<Chunk> {
        let start = self.advance(vm, count)?;
        Ok(Chunk { data: self.data.clone(), start, end: start + count })
    }

    /// Reads a frame, which is then read from.
    pub fn frame(&mut self, vm: &mut Vm, count: usize) -> PyResult<()> {
        if self.frame.is_some_and(|end| self.at < end) {
            return Err(unpickling_error(vm, "beginning of a new frame before end of current frame"));
        }
        self.frame = None;
        let start = self.advance(vm, count)?;
        self.at = start;
        self.frame = Some(start + count);
        Ok(())
    }

    /// The next line without its end.
    pub fn line(&mut self, vm: &mut Vm) -> PyResult<Chunk> {
        if let Some(length) = memchr::memchr(b'\n', &self.data.as_slice()[self.at..]) {
            if let Some(end) = self.frame {
                self.check_frame(vm, end, length + 1)?;
            }
            let start = self.at;
            self.at += length + 1;
            return Ok(Chunk { data: self.data.clone(), start, end: start + length });
        }
        if self.frame.is_some_and(|end| self.at < end) {
            return Err(unpickling_error(vm, "pickle exhausted before end of frame"));
        }
        self.frame = None;
        self.skip_consumed(vm)?;
        let Some(file) = &self.file else { return Err(truncated(vm)) };
        let readline = file.readline.clone();
        let data = vm.call(&readline, &[])?;
        let size = self.set(vm, &data)?;
        if self.data.as_slice().last() != Some(&b'\n') {
            return Err(truncated(vm));
        }
        self.at = size;
        Ok(Chunk { data: self.data.clone(), start: 0, end: size - 1 })
    }

    /// The next line, which is not empty.
    pub fn name(&mut self, vm: &mut Vm) -> PyResult<Chunk> {
        let line = self.line(vm)?;
        match line.is_empty() {
            true => Err(truncated(vm)),
            false => Ok(line),
        }
    }
}
