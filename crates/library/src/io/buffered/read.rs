//! Reading through the buffer.

use pvm_object::buffer::BufferView;
use pvm_object::bytes::Bytes;
use pvm_object::{PyResult, Ref, Value, Vm, names};

use super::Buffered;
use crate::io::errors::call0;
use crate::io::fileio::FileIo;

impl Buffered {
    /// Takes the next `count` bytes out of the buffer, where they are all there.
    fn read_fast(&self, vm: &mut Vm, count: usize) -> PyResult<Option<Ref<Bytes>>> {
        if count > self.read_ahead() {
            return Ok(None);
        }
        self.take_bytes(count, vm)
    }

    /// `read(size)`.
    pub(super) fn read(&self, vm: &mut Vm, this: &Value, size: isize) -> PyResult {
        self.check_ready(vm)?;
        if size < -1 {
            return Err(vm.value_error(format_args!("read length must be non-negative or -1")));
        }
        self.check_open(vm, "read of closed file")?;
        let Ok(size) = usize::try_from(size) else {
            return self.locked(vm, this, |vm| self.read_all(vm));
        };
        if let Some(data) = self.read_fast(vm, size)? {
            return Ok(data.into());
        }
        self.locked(vm, this, |vm| self.read_generic(vm, size))
    }

    /// Gives what the buffer holds.
    fn take_ahead(&self, vm: &mut Vm) -> Vec<u8> {
        let count = self.read_ahead();
        let data = self.buffered(count, vm).unwrap_or_default().to_vec();
        self.advance(data.len());
        data
    }

    fn read_all(&self, vm: &mut Vm) -> PyResult {
        let mut data = self.take_ahead(vm);
        if self.writable.get() {
            self.flush_and_rewind(vm)?;
        }
        self.reset_read();
        let raw = self.raw(vm)?;
        if let Some(file) = Buffered::file(&raw, &names::readall, vm) {
            return self.read_all_of_file(vm, file, data);
        }
        if let Some(readall) = vm.find_attr(&raw, &names::readall)? {
            let rest = vm.call(&readall, &[])?;
            if !rest.is_none() && !rest.is_instance_of::<Bytes>() {
                return Err(vm.type_error(format_args!("readall() should return bytes")));
            }
            if data.is_empty() {
                return Ok(rest);
            }
            if let Some(rest) = rest.downcast::<Bytes>() {
                data.extend_from_slice(rest.as_slice());
            }
            return Ok(vm.new_bytes(&data)?.into());
        }
        loop {
            let more = call0(vm, &raw, &names::read)?;
            let bytes = more.downcast::<Bytes>();
            if bytes.is_none() && !more.is_none() {
                return Err(vm.type_error(format_args!("read() should return bytes")));
            }
            let Some(bytes) = bytes.filter(|bytes| !bytes.is_empty()) else {
                return if data.is_empty() { Ok(more) } else { Ok(vm.new_bytes(&data)?.into()) };
            };
            data.extend_from_slice(bytes.as_slice());
            if self.abs_pos.get() != -1 {
                self.abs_pos.set(self.abs_pos.get() + bytes.len() as i64);
            }
        }
    }

    fn read_all_of_file(&self, vm: &mut Vm, file: &FileIo, mut data: Vec<u8>) -> PyResult {
        self.abs_pos.set(-1);
        match file.read_all(vm)? {
            None if data.is_empty() => return Ok(Value::none()),
            None => {}
            Some(rest) if data.is_empty() => data = rest,
            Some(rest) => data.extend_from_slice(&rest),
        }
        Ok(vm.new_bytes(&data)?.into())
    }

    /// Reads until there are `size` bytes, the end is reached, or it would block (`_bufferedreader_read_generic`).
    fn read_generic(&self, vm: &mut Vm, size: usize) -> PyResult {
        if let Some(data) = self.read_fast(vm, size)? {
            return Ok(data.into());
        }
        let mut data: Vec<u8> = Vec::new();
        if data.try_reserve_exact(size).is_err() {
            return Err(vm.memory_error());
        }
        data.extend(self.take_ahead(vm));
        if self.writable.get() {
            self.flush_and_rewind(vm)?;
        }
        self.reset_read();
        // Whole blocks go to where they are wanted, the last one through the buffer.
        let block = self.size.get();
        loop {
            let whole = (size - data.len()) / block * block;
            if whole == 0 {
                break;
            }
            match self.raw_extend(vm, &mut data, whole)? {
                Some(0) => return Ok(vm.new_bytes(&data)?.into()),
                None if !data.is_empty() => return Ok(vm.new_bytes(&data)?.into()),
                None => return Ok(Value::none()),
                Some(_) => {}
            }
        }
        self.pos.set(0);
        self.raw_pos.set(0);
        self.read_end.set(0);
        // Once there is enough no more is read, which could block for ever.
        while data.len() < size && (self.read_end.get() as usize) < block {
            match self.fill_buffer(vm)? {
                Some(0) => break,
                None if !data.is_empty() => break,
                None => return Ok(Value::none()),
                Some(read) => {
                    let count = read.min(size - data.len());
                    data.extend_from_slice(self.buffered(count, vm).unwrap_or_default());
                    self.advance(count);
                }
            }
        }
        Ok(vm.new_bytes(&data)?.into())
    }

    /// `read1(size)`: what is buffered, else what one call of the raw stream gives.
    pub fn read1(&self, vm: &mut Vm, this: &Value, size: isize) -> PyResult<Ref<Bytes>> {
        self.check_ready(vm)?;
        let size = usize::try_from(size).unwrap_or(self.size.get());
        self.check_open(vm, "read of closed file")?;
        if size == 0 {
            return Ok(vm.new_bytes(&[])?);
        }
        let ahead = self.read_ahead();
        if ahead > 0
            && let Some(data) = self.read_fast(vm, size.min(ahead))?
        {
            return Ok(data);
        }
        let mut data: Vec<u8> = Vec::new();
        if data.try_reserve_exact(size).is_err() {
            return Err(vm.memory_error());
        }
        data.resize(size, 0);
        let read = self.locked(vm, this, |vm| {
            if self.writable.get() {
                self.flush_and_rewind(vm)?;
            }
            self.reset_read();
            self.raw_read(vm, &mut data)
        })?;
        Ok(vm.new_bytes(&data[..read.unwrap_or(0)])?)
    }

    /// `readinto(buffer)` and `readinto1(buffer)`.
    pub(super) fn read_into(&self, vm: &mut Vm, this: &Value, target: &BufferView, once: bool) -> PyResult<Option<usize>> {
        self.check_ready(vm)?;
        self.check_open(vm, "readinto of closed file")?;
        let len = target.len();
        let (ahead, mut written) = (self.read_ahead(), 0);
        if ahead > 0 {
            written = self.copy_out(ahead.min(len), target, 0, vm);
            if written == len {
                return Ok(Some(len));
            }
        }
        self.locked(vm, this, |vm| {
            if self.writable.get() {
                self.flush_and_rewind(vm)?;
            }
            self.reset_read();
            self.pos.set(0);
            while written < len {
                let remaining = len - written;
                if remaining > self.size.get() {
                    // More than the buffer takes goes to the target without it.
                    let mut direct = vec![0; remaining];
                    match self.raw_read(vm, &mut direct)? {
                        None if written == 0 => return Ok(None),
                        None | Some(0) => break,
                        Some(count) => {
                            if let Some(target) = target.as_mut_slice(vm) {
                                target[written..written + count].copy_from_slice(&direct[..count]);
                            }
                            written += count;
                        }
                    }
                    if once {
                        break;
                    }
                } else if once && written > 0 {
                    break;
                } else {
                    match self.fill_buffer(vm)? {
                        None if written == 0 => return Ok(None),
                        None | Some(0) => break,
                        Some(count) => {
                            written += self.copy_out(count.min(remaining), target, written, vm);
                        }
                    }
                }
            }
            Ok(Some(written))
        })
    }

    /// `peek()`: what is buffered, else a buffer full; the position stays.
    pub(super) fn peek(&self, vm: &mut Vm, this: &Value) -> PyResult<Ref<Bytes>> {
        self.check_ready(vm)?;
        self.check_open(vm, "peek of closed file")?;
        self.locked(vm, this, |vm| {
            if self.writable.get() {
                self.flush_and_rewind(vm)?;
            }
            let ahead = self.read_ahead();
            if ahead > 0 {
                return self.bytes_ahead(ahead, vm);
            }
            self.reset_read();
            let read = self.fill_buffer(vm)?.unwrap_or(0);
            self.pos.set(0);
            self.bytes_ahead(read, vm)
        })
    }

    /// The next bytes of the buffer; the position stays.
    fn bytes_ahead(&self, count: usize, vm: &mut Vm) -> PyResult<Ref<Bytes>> {
        let position = self.pos.get();
        let data = self.take_bytes(count, vm)?;
        self.pos.set(position);
        match data {
            Some(data) => Ok(data),
            None => Ok(vm.new_bytes(&[])?),
        }
    }

    /// A line, its end included, of at most `limit` bytes.
    pub(super) fn read_line(&self, vm: &mut Vm, this: &Value, limit: isize) -> PyResult<Ref<Bytes>> {
        self.check_open(vm, "readline of closed file")?;
        let mut left = usize::try_from(limit).unwrap_or(usize::MAX);
        // A line that is in the buffer needs no lock.
        let ahead = self.read_ahead().min(left);
        if let Some(data) = self.buffered(ahead, vm) {
            let line = memchr::memchr(b'\n', data).map(|end| end + 1).or((ahead == left).then_some(ahead));
            if let Some(len) = line
                && let Some(line) = self.take_bytes(len, vm)?
            {
                return Ok(line);
            }
        }
        self.locked(vm, this, |vm| {
            let ahead = self.read_ahead().min(left);
            let mut line = self.buffered(ahead, vm).unwrap_or_default().to_vec();
            self.advance(line.len());
            left -= line.len();
            if self.writable.get() {
                self.flush_and_rewind(vm)?;
            }
            loop {
                self.reset_read();
                let Some(read) = self.fill_buffer(vm)?.filter(|&read| read > 0) else {
                    break;
                };
                let most = read.min(left);
                self.pos.set(0);
                let data = self.buffered(most, vm).unwrap_or_default();
                let end = memchr::memchr(b'\n', data).map(|end| end + 1);
                let taken = end.unwrap_or(data.len());
                line.extend_from_slice(&data[..taken]);
                self.pos.set(taken);
                left -= taken;
                if end.is_some() || left == 0 {
                    break;
                }
            }
            Ok(vm.new_bytes(&line)?)
        })
    }
}
