//! Where a pickle is written: a buffer cut into frames, which goes to a file piece by piece.

use pvm_object::{PyResult, Value, Vm};

use super::opcodes::{FRAME, FRAME_HEADER, FRAME_MIN, FRAME_TARGET};

/// A pickle being written.
pub struct Output {
    bytes: Vec<u8>,
    /// Where the frame begins, header included.
    frame: Option<usize>,
    framing: bool,
    /// The file's method; none for a pickle that is kept.
    write: Option<Value>,
}

impl Output {
    /// One that goes to a file, or is kept.
    pub fn new(write: Option<Value>, framing: bool, prefix: &[u8]) -> Output {
        Output { bytes: prefix.to_vec(), frame: None, framing, write }
    }

    /// Room for the header of a frame that begins.
    #[inline]
    fn open_frame(&mut self) {
        if self.framing && self.frame.is_none() {
            self.frame = Some(self.bytes.len());
            self.bytes.extend_from_slice(&[0; FRAME_HEADER]);
        }
    }

    /// Writes bytes.
    #[inline]
    pub fn put(&mut self, bytes: &[u8]) {
        self.open_frame();
        self.bytes.extend_from_slice(bytes);
    }

    /// Writes a byte.
    #[inline]
    pub fn op(&mut self, op: u8) {
        self.open_frame();
        self.bytes.push(op);
    }

    /// Ends the frame (`_Pickler_CommitFrame`).
    pub fn commit(&mut self) {
        let Some(start) = self.frame.take() else { return };
        let length = self.bytes.len() - start - FRAME_HEADER;
        if length >= FRAME_MIN {
            self.bytes[start] = FRAME;
            self.bytes[start + 1..start + FRAME_HEADER].copy_from_slice(&(length as u64).to_le_bytes());
        } else {
            self.bytes.drain(start..start + FRAME_HEADER);
        }
    }

    /// Between two objects: a frame that is long enough ends here.
    #[inline]
    pub fn boundary(&mut self, vm: &mut Vm) -> PyResult<()> {
        match self.frame {
            Some(start) if self.bytes.len() - start >= FRAME_HEADER + FRAME_TARGET => {
                self.commit();
                self.flush(vm)
            }
            _ => Ok(()),
        }
    }

    /// Gives what is written to the file, if there is one.
    pub fn flush(&mut self, vm: &mut Vm) -> PyResult<()> {
        if let Some(write) = &self.write {
            let bytes = vm.new_bytes(&self.bytes)?;
            self.bytes.clear();
            vm.call(write, &[bytes.into()])?;
        }
        Ok(())
    }

    /// Writes a header and bytes, which go around the frames where they are many (`_Pickler_write_bytes`).
    pub fn large(&mut self, vm: &mut Vm, header: &[u8], data: &[u8], whole: Option<&Value>) -> PyResult<()> {
        if data.len() < FRAME_TARGET {
            self.put(header);
            self.put(data);
            return Ok(());
        }
        self.commit();
        let framing = std::mem::replace(&mut self.framing, false);
        self.put(header);
        match self.write.clone() {
            Some(write) => {
                self.flush(vm)?;
                let payload = match whole {
                    Some(whole) => whole.clone(),
                    None => vm.new_bytes(data)?.into(),
                };
                vm.call(&write, &[payload])?;
            }
            None => self.put(data),
        }
        self.framing = framing;
        Ok(())
    }

    /// The whole pickle, where it is kept.
    pub fn finish(mut self) -> Vec<u8> {
        self.commit();
        self.bytes
    }
}
