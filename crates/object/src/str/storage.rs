//! Making strings: allocation, [`StrWriter`] for results of known size, growing in place.

use std::sync::atomic::{AtomicI64, AtomicPtr, AtomicU32, AtomicUsize, Ordering};

use super::{ASCII_DATA, COMPACT_DATA, STR_TYPE, Str, Utf8Cache, intern, state};
use crate::Heap;
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::heap::OutOfMemory;
use crate::text::{TextBuf, TextBuilder, TextView, Width};
use crate::types::Type;

/// Bytes of a string object with so many characters; `None` where that is no size.
fn size_of(length: usize, width: Width) -> Option<usize> {
    let size = match width {
        Width::Ascii => length.checked_add(ASCII_DATA + 1)?,
        _ => length.checked_add(1)?.checked_mul(width.bytes())?.checked_add(COMPACT_DATA)?,
    };
    (size < isize::MAX as usize).then_some(size)
}

/// A fresh string that is being filled from the left. Its width and length are fixed: the width must be the narrowest that
/// holds the characters.
pub struct StrWriter {
    string: Ref<Str>,
    filled: usize,
}

impl StrWriter {
    fn room(&mut self, count: usize) -> *mut u8 {
        assert!(count <= self.string.length - self.filled, "more characters than the string was made for");
        let at = self.filled * self.string.kind();
        self.filled += count;
        // SAFETY: `filled` characters lie within the object.
        unsafe { self.string.data().cast_mut().add(at) }
    }

    /// Appends ASCII characters to a string of one byte a character.
    #[inline]
    pub fn push_ascii(&mut self, text: &[u8]) {
        assert!(self.string.kind() == 1);
        debug_assert!(text.is_ascii());
        let to = self.room(text.len());
        // SAFETY: there is room for the characters; fresh memory overlaps nothing.
        unsafe { std::ptr::copy_nonoverlapping(text.as_ptr(), to, text.len()) };
    }

    /// Appends a text. Every character must fit the string's width.
    pub fn push_view(&mut self, view: TextView<'_>) {
        let width = self.string.width();
        assert!(view.width() <= width || view.narrowest() <= width, "a character is too wide for the string");
        let kind = width.bytes();
        let to = self.room(view.len());
        // SAFETY: there is room for the characters, aligned for units of the string's kind; fresh memory overlaps nothing.
        unsafe {
            if view.width().bytes() == kind {
                let bytes = view.storage_bytes();
                return std::ptr::copy_nonoverlapping(bytes.as_ptr(), to, bytes.len());
            }
            match (kind, view) {
                (1, _) => view.code_points().enumerate().for_each(|(index, point)| to.add(index).write(point as u8)),
                (2, TextView::Ascii(units) | TextView::Latin1(units)) => {
                    let to = to.cast::<u16>();
                    units.iter().enumerate().for_each(|(index, &unit)| to.add(index).write(unit.into()));
                }
                (2, _) => {
                    let to = to.cast::<u16>();
                    view.code_points().enumerate().for_each(|(index, point)| to.add(index).write(point as u16));
                }
                _ => {
                    let to = to.cast::<u32>();
                    view.code_points().enumerate().for_each(|(index, point)| to.add(index).write(point));
                }
            }
        }
    }

    /// Appends the same character `count` times. It must fit the string's width.
    pub fn push_repeated(&mut self, point: u32, count: usize) {
        assert!(Width::of(point) <= self.string.width(), "a character is too wide for the string");
        let kind = self.string.kind();
        let to = self.room(count);
        // SAFETY: there is room for `count` units of the string's kind.
        unsafe {
            match kind {
                1 => to.write_bytes(point as u8, count),
                2 => (0..count).for_each(|index| to.cast::<u16>().add(index).write(point as u16)),
                _ => (0..count).for_each(|index| to.cast::<u32>().add(index).write(point)),
            }
        }
    }

    /// Repeats what was written so far until the string is full, of whose length it is a divisor.
    fn repeat_to_end(&mut self) {
        let kind = self.string.kind();
        let total = self.string.length * kind;
        let data = self.string.data().cast_mut();
        let mut filled = self.filled * kind;
        while filled < total {
            let count = filled.min(total - filled);
            // SAFETY: the first `filled` bytes are written, and at least `count` follow.
            unsafe { std::ptr::copy_nonoverlapping(data, data.add(filled), count) };
            filled += count;
        }
        self.filled = self.string.length;
    }

    /// The string, which must be full.
    pub fn finish(self) -> Ref<Str> {
        assert!(self.filled == self.string.length, "fewer characters than the string was made for");
        self.string.write_end();
        self.string
    }
}

impl Object<Str> {
    /// Writes the zero behind the characters.
    fn write_end(&self) {
        let kind = self.kind();
        // SAFETY: every string has room for a zero unit behind its characters; callers own the only reference.
        unsafe { self.data().cast_mut().add(self.length * kind).write_bytes(0, kind) };
    }

    /// Forgets what was derived from the characters, before they change.
    fn forget_derived(&self) {
        self.hash.store(-1, Ordering::Relaxed);
        if !self.is_ascii() {
            let cache = self.utf8_cache();
            let bytes = cache.bytes.swap(std::ptr::null_mut(), Ordering::AcqRel);
            if !bytes.is_null() {
                let len = cache.length.load(Ordering::Relaxed);
                // SAFETY: the cache owned the box.
                drop(unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(bytes, len)) });
            }
        }
    }
}

impl Heap {
    /// A string object with room for `size` bytes in all, its characters not written yet.
    #[inline]
    fn alloc_str(&mut self, class: &Object<Type>, length: usize, width: Width, size: usize) -> Result<Ref<Str>, OutOfMemory> {
        let ascii = if width == Width::Ascii { state::ASCII } else { 0 };
        let bits = (width.bytes() as u32) << state::KIND_SHIFT | state::COMPACT | ascii;
        let native = Str { length, hash: AtomicI64::new(-1), state: AtomicU32::new(bits) };
        let string = self.alloc_sized(class, native, size)?;
        if width != Width::Ascii {
            // SAFETY: the cache lies behind the head of a fresh string that is not ASCII.
            unsafe {
                let cache = (&raw const *string).cast_mut().cast::<u8>().add(ASCII_DATA).cast::<Utf8Cache>();
                cache.write(Utf8Cache { length: AtomicUsize::new(0), bytes: AtomicPtr::new(std::ptr::null_mut()) });
            }
        }
        Ok(string)
    }

    /// A writer of a string with `length` characters of `width`, which is the narrowest that holds them all.
    pub fn str_writer(&mut self, length: usize, width: Width) -> Result<StrWriter, OutOfMemory> {
        let size = size_of(length, width).ok_or(OutOfMemory)?;
        Ok(StrWriter { string: self.alloc_str(&STR_TYPE, length, width, size)?, filled: 0 })
    }

    /// A string of two pieces of ASCII.
    #[inline]
    fn ascii_str(&mut self, left: &[u8], right: &[u8]) -> Result<Ref<Str>, OutOfMemory> {
        let length = left.len().checked_add(right.len()).ok_or(OutOfMemory)?;
        let size = size_of(length, Width::Ascii).ok_or(OutOfMemory)?;
        let string = self.alloc_str(&STR_TYPE, length, Width::Ascii, size)?;
        // SAFETY: the fresh string has room for both pieces and a zero behind them.
        unsafe {
            let data = string.data().cast_mut();
            std::ptr::copy_nonoverlapping(left.as_ptr(), data, left.len());
            std::ptr::copy_nonoverlapping(right.as_ptr(), data.add(left.len()), right.len());
            data.add(length).write(0);
        }
        Ok(string)
    }

    /// A string with the characters of a view, in the narrowest storage.
    pub fn try_str_from_view(&mut self, view: TextView<'_>) -> Result<Ref<Str>, OutOfMemory> {
        if view.len() <= 1 {
            match view.first() {
                None => return Ok(intern::EMPTY.get().to_ref()),
                Some(point) => return self.str_of_char(point),
            }
        }
        if let TextView::Ascii(text) = view {
            return self.ascii_str(text, &[]);
        }
        let mut writer = self.str_writer(view.len(), view.narrowest())?;
        writer.push_view(view);
        Ok(writer.finish())
    }

    /// The string of one character (surrogates allowed).
    #[inline]
    pub fn str_of_char(&mut self, point: u32) -> Result<Ref<Str>, OutOfMemory> {
        if let Some(string) = intern::single(point) {
            return Ok(string.to_ref());
        }
        let mut writer = self.str_writer(1, Width::of(point))?;
        writer.push_repeated(point, 1);
        Ok(writer.finish())
    }

    /// A string of UTF-8 text.
    pub fn new_str(&mut self, text: &str) -> Ref<Str> {
        self.try_str(text).unwrap_or_else(|_| panic!("a string of {} bytes does not fit into memory", text.len()))
    }

    /// A string of UTF-8 text, where it may be too long for memory.
    pub fn try_str(&mut self, text: &str) -> Result<Ref<Str>, OutOfMemory> {
        if text.is_ascii() {
            return self.try_str_from_view(TextView::Ascii(text.as_bytes()));
        }
        self.try_str_from_view(TextBuf::from(text).view())
    }

    /// A string of text that was built.
    pub fn str_from_buf(&mut self, text: TextBuf) -> Result<Ref<Str>, OutOfMemory> {
        self.try_str_from_view(text.view())
    }

    /// A string of what a builder holds.
    pub fn str_from_builder(&mut self, text: TextBuilder) -> Result<Ref<Str>, OutOfMemory> {
        self.str_from_buf(text.finish())
    }

    /// A string of code points (surrogates allowed).
    pub fn str_from_code_points(&mut self, points: impl IntoIterator<Item = u32>) -> Result<Ref<Str>, OutOfMemory> {
        self.str_from_buf(TextBuf::from_code_points(points))
    }

    /// The string itself, or a plain one with its characters where it is of a subclass.
    pub fn plain_str(&mut self, string: &Object<Str>) -> Result<Ref<Str>, OutOfMemory> {
        if std::ptr::eq(string.ty(), STR_TYPE.get()) { Ok(string.to_ref()) } else { self.try_str_from_view(string.view()) }
    }

    /// The characters in `range` as a string.
    pub fn str_slice(&mut self, string: &Object<Str>, range: std::ops::Range<usize>) -> Result<Ref<Str>, OutOfMemory> {
        if range.len() == string.len() { self.plain_str(string) } else { self.try_str_from_view(string.view().slice(range)) }
    }

    /// `left + right`.
    pub fn str_concat(&mut self, left: &Object<Str>, right: &Object<Str>) -> Result<Ref<Str>, OutOfMemory> {
        if left.is_empty() {
            return self.plain_str(right);
        }
        if right.is_empty() {
            return self.plain_str(left);
        }
        if let (TextView::Ascii(left), TextView::Ascii(right)) = (left.view(), right.view()) {
            return self.ascii_str(left, right);
        }
        let length = left.len().checked_add(right.len()).ok_or(OutOfMemory)?;
        let mut writer = self.str_writer(length, left.width().max(right.width()))?;
        writer.push_view(left.view());
        writer.push_view(right.view());
        Ok(writer.finish())
    }

    /// `string * count`.
    pub fn str_repeat(&mut self, string: &Object<Str>, count: usize) -> Result<Ref<Str>, OutOfMemory> {
        if count == 0 || string.is_empty() {
            return Ok(intern::EMPTY.get().to_ref());
        }
        if count == 1 {
            return self.plain_str(string);
        }
        let length = string.len().checked_mul(count).ok_or(OutOfMemory)?;
        let mut writer = self.str_writer(length, string.width())?;
        if let (1, Some(point)) = (string.len(), string.view().first()) {
            writer.push_repeated(point, count);
        } else {
            writer.push_view(string.view());
            writer.repeat_to_end();
        }
        Ok(writer.finish())
    }

    /// A string with the same characters, of the class `class` (`str` or a subclass).
    pub fn str_subclass(&mut self, class: &Object<Type>, text: &Object<Str>) -> Result<Ref<Str>, OutOfMemory> {
        if std::ptr::eq(class, STR_TYPE.get()) {
            return self.plain_str(text);
        }
        let size = size_of(text.len(), text.width()).ok_or(OutOfMemory)?;
        let extra = class.instance_size() - class.layout().size;
        let string = self.alloc_str(class, text.len(), text.width(), size.next_multiple_of(8) + extra)?;
        string.hash.store(text.hash.load(Ordering::Relaxed), Ordering::Relaxed);
        let mut writer = StrWriter { string, filled: 0 };
        writer.push_view(text.view());
        Ok(writer.finish())
    }

    /// `left += right`: a string that nobody else sees grows where it is, so that building one piece by piece takes time
    /// in proportion to its length.
    pub fn str_append(&mut self, left: Value, right: &Object<Str>) -> Result<Value, OutOfMemory> {
        let string = left.downcast::<Str>().expect("the left operand is a string");
        if right.is_empty() {
            return Ok(self.plain_str(string)?.into());
        }
        let alone = string.header.count() == 1
            && std::ptr::eq(string.ty(), STR_TYPE.get())
            && !string.is_interned()
            && right.width() <= string.width()
            && !std::ptr::eq(string, right);
        if !alone {
            return Ok(self.str_concat(string, right)?.into());
        }
        let length = string.len().checked_add(right.len()).ok_or(OutOfMemory)?;
        let size = size_of(length, string.width()).ok_or(OutOfMemory)?;
        // SAFETY: the object is alive, and was allocated by this heap.
        let room = unsafe { self.state().room_of(&string.header) };
        let left = if size <= room { left } else { self.grow_str(left, size)? };
        // SAFETY: the only reference to the string is `left`; it has room for `size` bytes, so for `length` characters.
        unsafe {
            let object = left.bits() as *mut Object<Str>;
            let string = &mut *object;
            string.forget_derived();
            let filled = std::mem::replace(&mut string.native.length, length);
            let mut writer = StrWriter { string: Ref::from_raw(object), filled };
            std::mem::forget(left);
            writer.push_view(right.view());
            Ok(writer.finish().into())
        }
    }

    /// The string with room for `size` bytes and a share more; it may have moved.
    fn grow_str(&mut self, left: Value, size: usize) -> Result<Value, OutOfMemory> {
        const MODERATE: usize = 64 << 10;
        let share = if size < MODERATE { size / 2 } else { size / 8 };
        let roomy = size + share;
        let string = left.downcast::<Str>().expect("a string grows");
        if string.header.has(crate::core::header::flag::LARGE) {
            let bits = left.into_bits();
            // SAFETY: the only reference to the object was `left`, whose count goes along to the new place.
            return match unsafe { self.state().resize_large(bits as *mut _, roomy) } {
                // SAFETY: the moved object carries the count along.
                Ok(moved) => Ok(unsafe { Value::from_bits(moved as u64) }),
                Err(error) => {
                    // SAFETY: the object stayed where it was.
                    drop(unsafe { Value::from_bits(bits) });
                    Err(error)
                }
            };
        }
        let grown = self.alloc_str(&STR_TYPE, string.len(), string.width(), roomy)?;
        let mut writer = StrWriter { string: grown, filled: 0 };
        writer.push_view(string.view());
        Ok(writer.finish().into())
    }
}
