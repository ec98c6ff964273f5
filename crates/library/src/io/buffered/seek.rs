//! Positions: `seek`, `tell`, `truncate`.

use pvm_object::{PyResult, Value, Vm, names};

use super::Buffered;
use crate::io::base::check_seekable;
use crate::io::errors::unsupported;
use crate::io::fileio::offset;

impl Buffered {
    /// `tell()`.
    pub(super) fn tell(&self, vm: &mut Vm) -> PyResult<i64> {
        self.check_ready(vm)?;
        let position = self.raw_tell(vm)?;
        // Character devices may tell 0 wherever they are.
        Ok((position - self.raw_offset()).max(0))
    }

    /// `seek(target, whence)`.
    pub(super) fn seek(&self, vm: &mut Vm, this: &Value, target: &Value, whence: i32) -> PyResult<i64> {
        self.check_ready(vm)?;
        if !(0..=2).contains(&whence) && whence != libc::SEEK_DATA && whence != libc::SEEK_HOLE {
            return Err(vm.value_error(format_args!("whence value {whence} unsupported")));
        }
        self.check_open(vm, "seek of closed file")?;
        let raw = self.raw(vm)?;
        check_seekable(vm, &raw)?;
        let mut target = offset(target, vm)?;
        if matches!(whence, 0 | 1) && self.readable.get() {
            // Within the buffer nothing but the position changes.
            let current = self.raw_position(vm)?;
            let ahead = self.read_ahead() as i64;
            if ahead > 0 {
                let distance = if whence == 0 { target - (current - self.raw_offset()) } else { target };
                if distance >= -(self.pos.get() as i64) && distance <= ahead {
                    self.pos.set((self.pos.get() as i64 + distance) as usize);
                    return Ok((current - ahead + distance).max(0));
                }
            }
        }
        self.locked(vm, this, |vm| {
            if self.writable.get() {
                self.flush_unlocked(vm)?;
            }
            if whence == 1 {
                target -= self.raw_offset();
            }
            let position = self.raw_seek(vm, target, whence)?;
            self.raw_pos.set(-1);
            if self.readable.get() {
                self.reset_read();
            }
            Ok(position)
        })
    }

    /// `truncate(pos)`.
    pub(super) fn truncate(&self, vm: &mut Vm, this: &Value, pos: &Value) -> PyResult {
        self.check_ready(vm)?;
        self.check_open(vm, "truncate of closed file")?;
        if !self.writable.get() {
            return Err(unsupported(vm, "truncate"));
        }
        self.locked(vm, this, |vm| {
            self.flush_and_rewind(vm)?;
            let raw = self.raw(vm)?;
            let size = vm.call_method(&raw, &names::truncate, std::slice::from_ref(pos))?;
            if let Err(raised) = self.raw_tell(vm) {
                drop(vm.catch(raised));
            }
            Ok(size)
        })
    }
}
