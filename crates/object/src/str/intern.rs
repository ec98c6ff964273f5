//! Interned strings: the table of names, and the strings that are part of the binary.

use std::cell::UnsafeCell;
use std::ptr::NonNull;

use super::{StaticLatin1, StaticStr, Str};
use crate::Heap;
use crate::core::object::{Object, Ref};

/// The empty string.
pub static EMPTY: StaticStr<0> = StaticStr::new("");

/// The strings of one ASCII character.
pub static ASCII_CHARACTERS: [StaticStr<1>; 128] = {
    const BYTES: [u8; 128] = {
        let mut bytes = [0; 128];
        let mut index = 0;
        while index < 128 {
            bytes[index] = index as u8;
            index += 1;
        }
        bytes
    };
    macro_rules! one {
        ($($index:expr),*) => { [$({
            match std::str::from_utf8(BYTES.split_at($index).1.split_at(1).0) {
                Ok(text) => StaticStr::new(text),
                Err(_) => panic!(),
            }
        }),*] };
    }
    one!(
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32,
        33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62,
        63, 64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90, 91, 92,
        93, 94, 95, 96, 97, 98, 99, 100, 101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 111, 112, 113, 114, 115, 116, 117,
        118, 119, 120, 121, 122, 123, 124, 125, 126, 127
    )
};

/// The strings of one character from U+0080 to U+00FF.
pub static LATIN1_CHARACTERS: [StaticLatin1; 128] = {
    macro_rules! upper_half {
        ($($row:literal),*) => { [$(
            StaticLatin1::new($row), StaticLatin1::new($row + 1), StaticLatin1::new($row + 2), StaticLatin1::new($row + 3),
            StaticLatin1::new($row + 4), StaticLatin1::new($row + 5), StaticLatin1::new($row + 6), StaticLatin1::new($row + 7)
        ),*] };
    }
    upper_half!(0x80, 0x88, 0x90, 0x98, 0xA0, 0xA8, 0xB0, 0xB8, 0xC0, 0xC8, 0xD0, 0xD8, 0xE0, 0xE8, 0xF0, 0xF8)
};

/// The string of one character that is part of the binary: those up to U+00FF are.
#[inline]
pub fn single(point: u32) -> Option<&'static Object<Str>> {
    match point {
        0..0x80 => Some(ASCII_CHARACTERS[point as usize].get()),
        0x80..0x100 => Some(LATIN1_CHARACTERS[point as usize - 0x80].get()),
        _ => None,
    }
}

/// The table of interned strings, open addressing by the strings' own hashes. It does not count what it holds: a string
/// takes itself out when it ends.
pub(crate) struct InternTable {
    places: UnsafeCell<Vec<Option<NonNull<Object<Str>>>>>,
    used: UnsafeCell<usize>,
}

impl InternTable {
    pub(crate) fn new() -> InternTable {
        InternTable { places: UnsafeCell::new(Vec::new()), used: UnsafeCell::new(0) }
    }

    #[allow(clippy::mut_from_ref)]
    fn places(&self) -> &mut Vec<Option<NonNull<Object<Str>>>> {
        // SAFETY: each borrow ends within a method of this table, none calls out.
        unsafe { &mut *self.places.get() }
    }

    fn find(&self, string: &Object<Str>) -> Result<NonNull<Object<Str>>, usize> {
        let places = self.places();
        let mask = places.len() - 1;
        let mut index = string.hash_code() as usize & mask;
        while let Some(known) = places[index] {
            // SAFETY: strings in the table are alive.
            let text = unsafe { known.as_ref() };
            if text.hash_code() == string.hash_code() && text.kind() == string.kind() && text.view() == string.view() {
                return Ok(known);
            }
            index = (index + 1) & mask;
        }
        Err(index)
    }

    /// The interned string with this text, where that is ASCII and there is one.
    fn find_ascii(&self, text: &str) -> Option<NonNull<Object<Str>>> {
        let places = self.places();
        if !text.is_ascii() || places.is_empty() {
            return None;
        }
        let hash = crate::hashing::hash_bytes(crate::hashing::process::secret(), text.as_bytes());
        let mask = places.len() - 1;
        let mut index = hash as usize & mask;
        while let Some(known) = places[index] {
            // SAFETY: strings in the table are alive.
            let string = unsafe { known.as_ref() };
            if string.hash_code() == hash && string.is_ascii() && string.as_str() == Some(text) {
                return Some(known);
            }
            index = (index + 1) & mask;
        }
        None
    }

    /// The interned string with the text of `string`, which becomes it where there is none.
    fn intern(&self, string: &Object<Str>) -> NonNull<Object<Str>> {
        // SAFETY: the counter is used within this table's methods only.
        let used = unsafe { &mut *self.used.get() };
        if self.places().len() < 2 * (*used + 1) {
            self.grow();
        }
        match self.find(string) {
            Ok(known) => known,
            Err(place) => {
                self.places()[place] = Some(NonNull::from(string));
                *used += 1;
                string.set_interned(true);
                NonNull::from(string)
            }
        }
    }

    fn grow(&self) {
        let size = (self.places().len() * 2).max(2048);
        let old = std::mem::replace(self.places(), vec![None; size]);
        for string in old.into_iter().flatten() {
            // SAFETY: strings in the table are alive.
            if let Err(place) = self.find(unsafe { string.as_ref() }) {
                self.places()[place] = Some(string);
            }
        }
    }

    /// Takes a string out that is about to end.
    pub(crate) fn forget(&self, string: &Object<Str>) {
        if self.places().is_empty() {
            return;
        }
        let mask = self.places().len() - 1;
        let mut hole = match self.find(string) {
            Ok(known) if std::ptr::eq(known.as_ptr(), string) => {
                let mut index = string.hash_code() as usize & mask;
                while self.places()[index] != Some(known) {
                    index = (index + 1) & mask;
                }
                index
            }
            _ => return,
        };
        self.places()[hole] = None;
        // SAFETY: the counter is used within this table's methods only.
        unsafe { *self.used.get() -= 1 };
        // Strings behind the hole that probed past it move into it.
        let mut index = (hole + 1) & mask;
        while let Some(next) = self.places()[index] {
            // SAFETY: strings in the table are alive.
            let home = unsafe { next.as_ref() }.hash_code() as usize & mask;
            if (index.wrapping_sub(home) & mask) >= (index.wrapping_sub(hole) & mask) {
                self.places()[hole] = Some(next);
                self.places()[index] = None;
                hole = index;
            }
            index = (index + 1) & mask;
        }
    }

    /// Forgets everything, at the end of the heap.
    pub(crate) fn clear(&self) {
        self.places().clear();
    }
}

impl Heap {
    /// The interned string with this text.
    pub fn intern(&mut self, text: &str) -> Ref<Str> {
        if let Some(known) = self.state().interned.find_ascii(text) {
            // SAFETY: strings in the table are alive.
            return unsafe { known.as_ref() }.to_ref();
        }
        let string = self.new_str(text);
        self.intern_str(&string)
    }

    /// The interned string with the text of `string`. For a subclass's instance that is a plain string.
    pub fn intern_str(&mut self, string: &Object<Str>) -> Ref<Str> {
        if string.is_interned() {
            return string.to_ref();
        }
        if !std::ptr::eq(string.ty(), super::STR_TYPE.get()) {
            let plain = self.try_str_from_view(string.view()).expect("a copy of a string in memory fits");
            return self.intern_str(&plain);
        }
        // SAFETY: strings in the table are alive.
        unsafe { self.state().interned.intern(string).as_ref() }.to_ref()
    }

    /// Puts a string of the binary into the table, so that equal names are found as it.
    pub(crate) fn register_static_name(&self, name: &'static Object<Str>) {
        self.state().interned.intern(name);
    }
}

/// A name of the binary; stands for its string.
pub struct Name(&'static Object<Str>);

// SAFETY: the string is static: immortal, and its content atomic.
unsafe impl Sync for Name {}

impl Name {
    /// The string.
    #[inline(always)]
    pub fn get(&self) -> &'static Object<Str> {
        self.0
    }
}

impl std::ops::Deref for Name {
    type Target = Object<Str>;

    #[inline(always)]
    fn deref(&self) -> &Object<Str> {
        self.0
    }
}

macro_rules! static_names {
    ($($(#[$doc:meta])* $id:ident $(= $text:literal)?),* $(,)?) => {
        /// Names the machine knows by heart: strings of the binary, one each.
        pub mod names {
            #![allow(non_upper_case_globals, missing_docs)]
            use $crate::str::StaticStr;
            use $crate::str::intern::Name;
            $(
                pub static $id: Name = {
                    const TEXT: &str = static_names!(@text $id $(, $text)?);
                    static NAME: StaticStr<{ TEXT.len() }> = StaticStr::new(TEXT);
                    Name(NAME.get())
                };
            )*
            /// All of them.
            pub static ALL: &[&Name] = &[$(&$id),*];
        }
    };
    (@text $id:ident) => { stringify!($id) };
    (@text $id:ident, $text:literal) => { $text };
}

static_names! {
    __abc_tpflags__, __abs__, __abstractmethods__, __add__, __aenter__, __aexit__, __aiter__, __all__, __and__, __anext__, __annotate__,
    __annotate_func__, __annotations__, __annotations_cache__, __args__, __await__, __bases__, __bool__, __buffer__,
    __build_class__, __builtins__, __bytes__, __call__, __cause__, __class__, __class_getitem__, __classcell__, __classdict__,
    __classdictcell__, __closure__, __code__, __complex__, __contains__, __context__, __copy__, __ctypes_from_outparam__,
    __debug__, __deepcopy__, __defaults__, __del__, __delattr__, __delete__, __delitem__, __dict__, __dictoffset__, __dir__,
    __divmod__, __doc__, __enter__, __eq__, __exit__, __file__, __firstlineno__, __float__, __floordiv__, __format__, __fspath__,
    __func__, __ge__, __get__, __getattr__, __getattribute__, __getinitargs__, __getitem__, __getnewargs__, __getnewargs_ex__,
    __getstate__, __globals__, __gt__, __hash__, __iadd__, __iand__, __ifloordiv__, __ilshift__, __imatmul__, __imod__,
    __import__, __imul__, __index__, __init__, __init_subclass__, __instancecheck__, __int__, __invert__, __ior__, __ipow__,
    __irshift__, __isabstractmethod__, __isub__, __iter__, __itruediv__, __ixor__, __kwdefaults__, __le__, __len__,
    __length_hint__, __loader__, __lshift__, __lt__, __main__, __match_args__, __matmul__, __missing__, __mod__, __module__,
    __mro__, __mro_entries__, __mul__, __name__, __ne__, __neg__, __new__, __newobj__, __newobj_ex__, __next__, __notes__,
    __objclass__, __or__, __origin__, __orig_bases__, __orig_class__, __package__, __parameters__, __path__, __pos__, __pow__,
    __prepare__, __qualname__, __radd__, __rand__, __rdivmod__, __reduce__, __reduce_ex__, __release_buffer__, __repr__,
    __reversed__, __rfloordiv__, __rlshift__, __rmatmul__, __rmod__, __rmul__, __ror__, __round__, __rpow__, __rrshift__,
    __rshift__, __rsub__, __rtruediv__, __rxor__, __self__, __set__, __set_name__, __setattr__, __setitem__, __setstate__,
    __signature__, __sizeof__, __slots__, __slotnames__, __spec__, __static_attributes__, __str__, __sub__, __subclasscheck__, __subclasses__,
    __subclasshook__, __suppress_context__, __text_signature__, __traceback__, __trunc__, __truediv__, __type_params__,
    __typing_subst__, __typing_is_unpacked_typevartuple__, __typing_unpacked_tuple_args__, __typing_prepare_subst__,
    __unpacked__, __weakref__, __weakrefoffset__, __wrapped__, __xor__, __ceil__, __floor__, __basicsize__, __itemsize__,
    __flags__, __base__, __kwnames__ = "kwnames", __cached__, __conditional_annotations__,
    abstractmethod, add, all, any, append, args, builtins, clear, close, copy, copyreg, decode, encoding, end, errors,
    excepthook, extend, fileno, file, filename, flush, fromlist, get, items, key, keys, locals, globals, level, metaclass, mode,
    mro, msg, name, name_from, obj, offset, path, pop, print_file_and_line, read, readline, real, imag, reason, remove,
    replace, reverse, self_ = "self", send, sep, setdefault, sort, start, step, stop, stderr, stdin, stdout, strict, sys, text,
    throw, type_ = "type", update, value, values, write, warnings, lineno, end_lineno, end_offset, displayhook,
    __anonymous_lambda__ = "<lambda>", __module_name__ = "<module>", object,
    _initializing, _is_text_encoding, _fields, _attributes, __new_member__ = "_new_member_", _uninitialized_submodules, _abc_impl,
    closed, readable, writable, seekable, seek, tell, truncate, isatty, read1, readinto, readinto1, readall, readlines, peek,
    _finalizing, _dealloc_warn, buffer, newlines, line_buffering, write_through, getstate, setstate, reset,
    encode, incrementaldecoder, incrementalencoder, raw, fspath, errno, fd,
}
