//! Locales and translated messages. The C library keeps one locale a process.

use std::ffi::{CStr, CString};
use std::os::raw::{c_char, c_int};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{SysResult, last_error};

unsafe extern "C" {
    fn wcscoll(a: *const libc::wchar_t, b: *const libc::wchar_t) -> c_int;
    fn wcsxfrm(to: *mut libc::wchar_t, from: *const libc::wchar_t, len: usize) -> usize;
    fn mbrtowc(to: *mut libc::wchar_t, from: *const c_char, len: usize, state: *mut [u64; 2]) -> usize;
    fn gettext(message: *const c_char) -> *const c_char;
    fn dgettext(domain: *const c_char, message: *const c_char) -> *const c_char;
    fn dcgettext(domain: *const c_char, message: *const c_char, category: c_int) -> *const c_char;
    fn textdomain(domain: *const c_char) -> *const c_char;
    fn bindtextdomain(domain: *const c_char, directory: *const c_char) -> *const c_char;
    fn bind_textdomain_codeset(domain: *const c_char, codeset: *const c_char) -> *const c_char;
}

/// Held while strings of the C library are read, which its next call may change.
static LOCALE: Mutex<()> = Mutex::new(());

fn hold() -> MutexGuard<'static, ()> {
    LOCALE.lock().unwrap_or_else(PoisonError::into_inner)
}

fn pointer(text: Option<&CStr>) -> *const c_char {
    text.map_or(std::ptr::null(), CStr::as_ptr)
}

/// A copy of a string of the C library's; `None` for no string.
///
/// # Safety
/// The pointer is null or one to a C string, which nobody changes before this returns.
unsafe fn copy(text: *const c_char) -> Option<CString> {
    // SAFETY: as the caller says.
    (!text.is_null()).then(|| unsafe { CStr::from_ptr(text) }.to_owned())
}

/// `setlocale`
pub fn set_locale(category: i32, locale: Option<&CStr>) -> Option<CString> {
    let _held = hold();
    // SAFETY: the name is a C string or null; the lock keeps other calls from changing the result before it is copied.
    unsafe { copy(libc::setlocale(category, pointer(locale))) }
}

/// What numbers and money look like.
pub struct Conventions {
    /// Names and texts.
    pub texts: Vec<(&'static str, Vec<u32>)>,
    /// Names and the sizes of groups of digits.
    pub groupings: Vec<(&'static str, Vec<u8>)>,
    /// Names and small numbers.
    pub numbers: Vec<(&'static str, i8)>,
}

/// While this lives, text is read as the locale of another category has it.
struct Borrowed(Option<CString>);

impl Borrowed {
    fn of(category: c_int) -> Borrowed {
        // SAFETY: the names are C strings; the caller holds the lock.
        unsafe {
            let old = copy(libc::setlocale(libc::LC_CTYPE, std::ptr::null()));
            let new = copy(libc::setlocale(category, std::ptr::null()));
            match new {
                Some(new) if old.as_ref() != Some(&new) => {
                    libc::setlocale(libc::LC_CTYPE, new.as_ptr());
                    Borrowed(old)
                }
                _ => Borrowed(None),
            }
        }
    }
}

impl Drop for Borrowed {
    fn drop(&mut self) {
        if let Some(old) = &self.0 {
            // SAFETY: the name is a C string; the caller holds the lock.
            unsafe { libc::setlocale(libc::LC_CTYPE, old.as_ptr()) };
        }
    }
}

/// `localeconv`
pub fn conventions() -> Conventions {
    let _held = hold();
    // SAFETY: the call gives a structure whose strings stay as they are while the lock is held: they are copied before anything
    // is asked in another locale.
    let (raw, strings) = unsafe {
        let raw = *libc::localeconv();
        let text = |text: *mut c_char| copy(text).unwrap_or_default();
        let strings = [
            ("decimal_point", true, text(raw.decimal_point)),
            ("thousands_sep", true, text(raw.thousands_sep)),
            ("int_curr_symbol", false, text(raw.int_curr_symbol)),
            ("currency_symbol", false, text(raw.currency_symbol)),
            ("mon_decimal_point", false, text(raw.mon_decimal_point)),
            ("mon_thousands_sep", false, text(raw.mon_thousands_sep)),
            ("positive_sign", false, text(raw.positive_sign)),
            ("negative_sign", false, text(raw.negative_sign)),
            ("grouping", true, text(raw.grouping)),
            ("mon_grouping", false, text(raw.mon_grouping)),
        ];
        (raw, strings)
    };
    let (mut texts, mut groupings) = (Vec::new(), Vec::new());
    for (name, numeric, text) in &strings {
        if name.ends_with("grouping") {
            groupings.push((*name, text.to_bytes().to_vec()));
            continue;
        }
        let _locale =
            (!text.to_bytes().is_ascii()).then(|| Borrowed::of(if *numeric { libc::LC_NUMERIC } else { libc::LC_MONETARY }));
        texts.push((*name, decode_bytes(text.to_bytes())));
    }
    let numbers = vec![
        ("int_frac_digits", raw.int_frac_digits),
        ("frac_digits", raw.frac_digits),
        ("p_cs_precedes", raw.p_cs_precedes),
        ("p_sep_by_space", raw.p_sep_by_space),
        ("n_cs_precedes", raw.n_cs_precedes),
        ("n_sep_by_space", raw.n_sep_by_space),
        ("p_sign_posn", raw.p_sign_posn),
        ("n_sign_posn", raw.n_sign_posn),
    ];
    Conventions { texts, groupings, numbers }
}

/// Text of the C library as code points; bytes that mean nothing become surrogates (`Py_DecodeLocale`).
fn decode_bytes(mut bytes: &[u8]) -> Vec<u32> {
    let (mut points, mut state) = (Vec::with_capacity(bytes.len()), [0_u64; 2]);
    while let Some(&first) = bytes.first() {
        let mut wide: libc::wchar_t = 0;
        // SAFETY: the call reads at most as many bytes as there are, and writes one character and its own state.
        let len = unsafe { mbrtowc(&mut wide, bytes.as_ptr().cast(), bytes.len(), &mut state) };
        // Both failures are huge numbers.
        if len > bytes.len() || wide as u32 > 0x10_ffff {
            points.push(if first < 0x80 { first.into() } else { 0xdc00 + u32::from(first) });
            (bytes, state) = (&bytes[1..], [0; 2]);
        } else {
            points.push(wide as u32);
            bytes = &bytes[len.max(1)..];
        }
    }
    points
}

/// Text in the encoding of the locale.
pub fn decode_locale(text: &CStr) -> Vec<u32> {
    let _held = hold();
    decode_bytes(text.to_bytes())
}

fn wide(text: &[u32]) -> Vec<libc::wchar_t> {
    text.iter().map(|&point| point as libc::wchar_t).chain([0]).collect()
}

/// `wcscoll`
pub fn collate(a: &[u32], b: &[u32]) -> i32 {
    let (a, b) = (wide(a), wide(b));
    // SAFETY: both end with a null.
    unsafe { wcscoll(a.as_ptr(), b.as_ptr()) }
}

/// `wcsxfrm`
pub fn sort_key(text: &[u32]) -> SysResult<Vec<u32>> {
    let text = wide(text);
    let mut key: Vec<libc::wchar_t> = vec![0; text.len() + 1];
    loop {
        // SAFETY: `errno` is this thread's own; the text ends with a null, and no more is written than there is room for.
        let len = unsafe {
            *libc::__errno_location() = 0;
            wcsxfrm(key.as_mut_ptr(), text.as_ptr(), key.len())
        };
        // SAFETY: as above.
        if unsafe { *libc::__errno_location() } != 0 {
            return Err(last_error());
        }
        if len < key.len() {
            return Ok(key[..len].iter().map(|&wide| wide as u32).collect());
        }
        key.resize(len + 1, 0);
    }
}

/// `nl_langinfo`: an item's text, read as its category has it. Items that are lists come with `;` between.
pub fn language_info(item: i32, category: i32, list: Option<usize>) -> Vec<u32> {
    let _held = hold();
    // SAFETY: the call gives a C string, or several one after the other with an empty one at the end; `list` says at most how many.
    // They are copied before anything else is asked.
    let text = unsafe {
        let start = libc::nl_langinfo(item);
        match list {
            None => copy(start).unwrap_or_default().into_bytes(),
            Some(most) => {
                let (mut next, mut text) = (start.cast_const(), Vec::new());
                for _ in 0..most {
                    if next.is_null() || *next == 0 {
                        break;
                    }
                    let part = CStr::from_ptr(next);
                    if !text.is_empty() {
                        text.push(b';');
                    }
                    text.extend_from_slice(part.to_bytes());
                    next = next.add(part.to_bytes_with_nul().len());
                }
                text
            }
        }
    };
    let _locale = (!text.is_ascii() && category != libc::LC_CTYPE).then(|| Borrowed::of(category));
    decode_bytes(&text)
}

/// Where a message's translation is looked for.
pub enum Messages<'a> {
    /// In the domain that is set.
    Current,
    /// In this domain, or the one that is set.
    Domain(Option<&'a CStr>),
    /// In this domain, for this category.
    Category(Option<&'a CStr>, i32),
}

/// `gettext`, `dgettext`, `dcgettext`
pub fn translate(place: Messages<'_>, message: &CStr) -> Vec<u32> {
    let _held = hold();
    // SAFETY: all names are C strings or null where that is allowed; the result is copied while the lock is held.
    let text = unsafe {
        copy(match place {
            Messages::Current => gettext(message.as_ptr()),
            Messages::Domain(domain) => dgettext(pointer(domain), message.as_ptr()),
            Messages::Category(domain, category) => dcgettext(pointer(domain), message.as_ptr(), category),
        })
    };
    decode_bytes(text.unwrap_or_else(|| message.to_owned()).to_bytes())
}

/// `textdomain`
pub fn text_domain(domain: Option<&CStr>) -> SysResult<CString> {
    let _held = hold();
    // SAFETY: the name is a C string or null; the result is copied while the lock is held.
    unsafe { copy(textdomain(pointer(domain))) }.ok_or_else(last_error)
}

/// `bindtextdomain`
pub fn bind_domain(domain: &CStr, directory: Option<&CStr>) -> SysResult<CString> {
    let _held = hold();
    // SAFETY: as with `text_domain`.
    unsafe { copy(bindtextdomain(domain.as_ptr(), pointer(directory))) }.ok_or_else(last_error)
}

/// `bind_textdomain_codeset`
pub fn bind_codeset(domain: &CStr, codeset: Option<&CStr>) -> Option<CString> {
    let _held = hold();
    // SAFETY: as with `text_domain`.
    unsafe { copy(bind_textdomain_codeset(domain.as_ptr(), pointer(codeset))) }
}
