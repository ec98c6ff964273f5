//! `_locale`: the C library's locales, and its translated messages.

use std::ffi::{CStr, CString};

use pvm_macros::{pyclass, pymodule};
use pvm_object::str::Str;
use pvm_object::{Object, PyResult, Raised, Ref, Vm};

use crate::constants::Numbers;
use crate::system;

/// The system has no such locale.
#[pyclass(exception, name = "Error", module = "locale", static_name = ERROR_TYPE)]
pub struct Error;

#[cold]
fn locale_error(vm: &mut Vm, message: &str) -> Raised {
    vm.raise_message(ERROR_TYPE.get(), format_args!("{message}"))
}

/// The categories.
#[rustfmt::skip]
static CATEGORIES: &Numbers = &[
    ("LC_CTYPE", libc::LC_CTYPE as i64), ("LC_TIME", libc::LC_TIME as i64), ("LC_COLLATE", libc::LC_COLLATE as i64),
    ("LC_MONETARY", libc::LC_MONETARY as i64), ("LC_MESSAGES", libc::LC_MESSAGES as i64),
    ("LC_NUMERIC", libc::LC_NUMERIC as i64), ("LC_ALL", libc::LC_ALL as i64), ("CHAR_MAX", 127),
];

/// What `nl_langinfo` tells, and the category it belongs to.
#[rustfmt::skip]
static ITEMS: &[(&str, i32, i32)] = &[
    ("DAY_1", libc::DAY_1, libc::LC_TIME), ("DAY_2", libc::DAY_2, libc::LC_TIME), ("DAY_3", libc::DAY_3, libc::LC_TIME),
    ("DAY_4", libc::DAY_4, libc::LC_TIME), ("DAY_5", libc::DAY_5, libc::LC_TIME), ("DAY_6", libc::DAY_6, libc::LC_TIME),
    ("DAY_7", libc::DAY_7, libc::LC_TIME), ("ABDAY_1", libc::ABDAY_1, libc::LC_TIME), ("ABDAY_2", libc::ABDAY_2, libc::LC_TIME),
    ("ABDAY_3", libc::ABDAY_3, libc::LC_TIME), ("ABDAY_4", libc::ABDAY_4, libc::LC_TIME),
    ("ABDAY_5", libc::ABDAY_5, libc::LC_TIME), ("ABDAY_6", libc::ABDAY_6, libc::LC_TIME),
    ("ABDAY_7", libc::ABDAY_7, libc::LC_TIME), ("MON_1", libc::MON_1, libc::LC_TIME), ("MON_2", libc::MON_2, libc::LC_TIME),
    ("MON_3", libc::MON_3, libc::LC_TIME), ("MON_4", libc::MON_4, libc::LC_TIME), ("MON_5", libc::MON_5, libc::LC_TIME),
    ("MON_6", libc::MON_6, libc::LC_TIME), ("MON_7", libc::MON_7, libc::LC_TIME), ("MON_8", libc::MON_8, libc::LC_TIME),
    ("MON_9", libc::MON_9, libc::LC_TIME), ("MON_10", libc::MON_10, libc::LC_TIME), ("MON_11", libc::MON_11, libc::LC_TIME),
    ("MON_12", libc::MON_12, libc::LC_TIME), ("ABMON_1", libc::ABMON_1, libc::LC_TIME),
    ("ABMON_2", libc::ABMON_2, libc::LC_TIME), ("ABMON_3", libc::ABMON_3, libc::LC_TIME),
    ("ABMON_4", libc::ABMON_4, libc::LC_TIME), ("ABMON_5", libc::ABMON_5, libc::LC_TIME),
    ("ABMON_6", libc::ABMON_6, libc::LC_TIME), ("ABMON_7", libc::ABMON_7, libc::LC_TIME),
    ("ABMON_8", libc::ABMON_8, libc::LC_TIME), ("ABMON_9", libc::ABMON_9, libc::LC_TIME),
    ("ABMON_10", libc::ABMON_10, libc::LC_TIME), ("ABMON_11", libc::ABMON_11, libc::LC_TIME),
    ("ABMON_12", libc::ABMON_12, libc::LC_TIME), ("RADIXCHAR", libc::RADIXCHAR, libc::LC_NUMERIC),
    ("THOUSEP", libc::THOUSEP, libc::LC_NUMERIC), ("CRNCYSTR", libc::CRNCYSTR, libc::LC_MONETARY),
    ("D_FMT", libc::D_FMT, libc::LC_TIME), ("D_T_FMT", libc::D_T_FMT, libc::LC_TIME), ("T_FMT", libc::T_FMT, libc::LC_TIME),
    ("AM_STR", libc::AM_STR, libc::LC_TIME), ("PM_STR", libc::PM_STR, libc::LC_TIME),
    ("CODESET", libc::CODESET, libc::LC_CTYPE), ("T_FMT_AMPM", libc::T_FMT_AMPM, libc::LC_TIME), ("ERA", ERA, libc::LC_TIME),
    ("ERA_D_FMT", libc::ERA_D_FMT, libc::LC_TIME), ("ERA_D_T_FMT", libc::ERA_D_T_FMT, libc::LC_TIME),
    ("ERA_T_FMT", libc::ERA_T_FMT, libc::LC_TIME), ("ALT_DIGITS", ALT_DIGITS, libc::LC_TIME),
    ("YESEXPR", libc::YESEXPR, libc::LC_MESSAGES), ("NOEXPR", libc::NOEXPR, libc::LC_MESSAGES),
    ("_DATE_FMT", 0x2006c, libc::LC_TIME),
];
const ERA: i32 = libc::ERA;
const ALT_DIGITS: i32 = libc::ALT_DIGITS;
/// How many digits of its own a calendar has at most.
const MOST_DIGITS: usize = 100;

/// Takes over the locale that the environment asks for, as far as it concerns characters: `C` means UTF-8 (PEP 538).
pub fn start() {
    let is_c = |name: &CString| matches!(name.to_bytes(), b"C" | b"POSIX");
    if system::set_locale(libc::LC_CTYPE, Some(c"")).is_none_or(|name| is_c(&name)) {
        system::set_locale(libc::LC_CTYPE, Some(c"C.UTF-8"));
    }
}

fn text_of(vm: &mut Vm, points: Vec<u32>) -> PyResult<Ref<Str>> {
    Ok(vm.str_from_code_points(points)?)
}

fn decoded(vm: &mut Vm, text: &CStr) -> PyResult<Ref<Str>> {
    let points = system::decode_locale(text);
    text_of(vm, points)
}

/// The code points of text without null characters.
fn points_of(vm: &mut Vm, text: &Object<Str>) -> PyResult<Vec<u32>> {
    let points: Vec<u32> = text.view().code_points().collect();
    match points.contains(&0) {
        true => Err(vm.value_error(format_args!("embedded null character"))),
        false => Ok(points),
    }
}

#[pymodule(name = "_locale")]
pub mod native {
    //! Support for POSIX locales.
    use std::ffi::CString;

    use pvm_interpreter::permissions::{Need, require};
    use pvm_macros::pyfunction;
    use pvm_object::dict::Dict;
    use pvm_object::str::Str;
    use pvm_object::{Object, PyResult, Ref, Value, Vm};

    use super::{ALT_DIGITS, CATEGORIES, ERA, ITEMS, MOST_DIGITS, decoded, locale_error, points_of, text_of};
    use crate::parameters::{CText, OptionalText};
    use crate::system::{self, Messages};

    #[export]
    use super::Error;

    fn c_string(text: &str) -> CString {
        CString::new(text).unwrap_or_default()
    }

    fn optional(text: OptionalText<'_>) -> Option<CString> {
        text.0.map(c_string)
    }

    /// Activates/queries locale processing.
    #[pyfunction]
    #[signature = "(category, locale=None, /)"]
    fn setlocale(vm: &mut Vm, category: i32, #[default(OptionalText::NONE)] locale: OptionalText<'_>) -> PyResult<Ref<Str>> {
        let locale = optional(locale);
        if locale.is_some() {
            require(vm, Need::Processes, "_locale.setlocale()")?;
        }
        match system::set_locale(category, locale.as_deref()) {
            Some(name) => decoded(vm, &name),
            None if locale.is_some() => Err(locale_error(vm, "unsupported locale setting")),
            None => Err(locale_error(vm, "locale query failed")),
        }
    }

    /// Returns numeric and monetary locale-specific parameters.
    #[pyfunction]
    fn localeconv(vm: &mut Vm) -> PyResult<Ref<Dict>> {
        let conventions = system::conventions();
        let result = vm.new_dict();
        for (name, text) in conventions.texts {
            let (name, text) = (vm.intern(name), text_of(vm, text)?);
            result.set_str(&name, text.into(), vm)?;
        }
        for (name, sizes) in conventions.groupings {
            // The end says whether the last size goes on: 0, or the largest number for no more groups.
            let end = sizes.iter().position(|&size| size == 127);
            let shown = match end {
                Some(end) => &sizes[..=end],
                None => &sizes[..],
            };
            let mut sizes: Vec<Value> = shown.iter().map(|&size| Value::from_i32(size.into())).collect();
            if end.is_none() && !sizes.is_empty() {
                sizes.push(Value::from_i32(0));
            }
            let (name, sizes) = (vm.intern(name), vm.try_list(sizes)?);
            result.set_str(&name, sizes.into(), vm)?;
        }
        for (name, number) in conventions.numbers {
            let name = vm.intern(name);
            result.set_str(&name, Value::from_i32(number.into()), vm)?;
        }
        Ok(result)
    }

    /// Compares two strings according to the locale.
    #[pyfunction]
    fn strcoll(vm: &mut Vm, os1: &Object<Str>, os2: &Object<Str>) -> PyResult<i32> {
        let (a, b) = (points_of(vm, os1)?, points_of(vm, os2)?);
        Ok(system::collate(&a, &b))
    }

    /// Return a string that can be used as a key for locale-aware comparisons.
    #[pyfunction]
    fn strxfrm(vm: &mut Vm, string: &Object<Str>) -> PyResult<Ref<Str>> {
        let text = points_of(vm, string)?;
        let key = match system::sort_key(&text) {
            Ok(key) => key,
            Err(error) => return Err(vm.os_error(error.raw_os_error())),
        };
        match key.iter().find(|&&point| point > 0x10_ffff) {
            Some(point) => Err(vm.value_error(format_args!("character U+{point:x} is not in range [U+0000; U+10ffff]"))),
            None => text_of(vm, key),
        }
    }

    /// Return the value for the locale information associated with key.
    #[pyfunction]
    fn nl_langinfo(vm: &mut Vm, key: i32) -> PyResult<Ref<Str>> {
        let Some(&(_, item, category)) = ITEMS.iter().find(|(_, item, _)| *item == key) else {
            return Err(vm.value_error(format_args!("unsupported langinfo constant")));
        };
        let list = match item {
            ERA => Some(usize::MAX),
            ALT_DIGITS => Some(MOST_DIGITS),
            _ => None,
        };
        text_of(vm, system::language_info(item, category, list))
    }

    /// gettext(msg) -> string
    ///
    /// Return translation of msg.
    #[pyfunction]
    fn gettext(vm: &mut Vm, msg: CText<'_>) -> PyResult<Ref<Str>> {
        text_of(vm, system::translate(Messages::Current, &c_string(msg.0)))
    }

    /// dgettext(domain, msg) -> string
    ///
    /// Return translation of msg in domain.
    #[pyfunction]
    #[signature = "(domain, msg, /)"]
    fn dgettext(vm: &mut Vm, domain: OptionalText<'_>, msg: CText<'_>) -> PyResult<Ref<Str>> {
        let domain = optional(domain);
        text_of(vm, system::translate(Messages::Domain(domain.as_deref()), &c_string(msg.0)))
    }

    /// Return translation of msg in domain and category.
    #[pyfunction]
    #[signature = "(domain, msg, category, /)"]
    fn dcgettext(vm: &mut Vm, domain: OptionalText<'_>, msg: CText<'_>, category: i32) -> PyResult<Ref<Str>> {
        let domain = optional(domain);
        text_of(vm, system::translate(Messages::Category(domain.as_deref(), category), &c_string(msg.0)))
    }

    /// Set the C library's textdmain to domain, returning the new domain.
    #[pyfunction]
    #[signature = "(domain, /)"]
    fn textdomain(vm: &mut Vm, domain: OptionalText<'_>) -> PyResult<Ref<Str>> {
        let domain = optional(domain);
        match system::text_domain(domain.as_deref()) {
            Ok(domain) => decoded(vm, &domain),
            Err(error) => Err(vm.os_error(error.raw_os_error())),
        }
    }

    /// Bind the C library's domain to dir.
    #[pyfunction]
    #[signature = "(domain, dir, /)"]
    fn bindtextdomain(vm: &mut Vm, domain: CText<'_>, dir: &Value) -> PyResult<Ref<Str>> {
        if domain.0.is_empty() {
            return Err(locale_error(vm, "domain must be a non-empty string"));
        }
        let directory = match dir.is_none() {
            true => None,
            false => Some(CString::new(crate::paths::fs_path(vm, dir)?).unwrap_or_default()),
        };
        match system::bind_domain(&c_string(domain.0), directory.as_deref()) {
            Ok(directory) => decoded(vm, &directory),
            Err(error) => Err(vm.os_error(error.raw_os_error())),
        }
    }

    /// Bind the C library's domain to codeset.
    #[pyfunction]
    #[signature = "(domain, codeset, /)"]
    fn bind_textdomain_codeset(vm: &mut Vm, domain: CText<'_>, codeset: OptionalText<'_>) -> PyResult<Option<Ref<Str>>> {
        let codeset = optional(codeset);
        match system::bind_codeset(&c_string(domain.0), codeset.as_deref()) {
            Some(codeset) => decoded(vm, &codeset).map(Some),
            None => Ok(None),
        }
    }

    /// Get the current locale encoding.
    #[pyfunction]
    fn getencoding(vm: &mut Vm) -> PyResult<Ref<Str>> {
        let points = system::language_info(libc::CODESET, libc::LC_CTYPE, None);
        match points.is_empty() {
            true => Ok(vm.try_str("utf-8")?),
            false => text_of(vm, points),
        }
    }

    #[init]
    fn init(vm: &mut Vm, module: &Value) -> PyResult<()> {
        crate::constants::add(vm, module, CATEGORIES)?;
        for &(name, item, _) in ITEMS {
            crate::constants::set(vm, module, name, &Value::from_i32(item))?;
        }
        Ok(())
    }
}
