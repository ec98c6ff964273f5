//! Separators of locales, for the format `n`.

use pvm_object::dict::Dict;
use pvm_object::list::List;
use pvm_object::str::Str;
use pvm_object::{PyResult, Value, Vm};

use super::format::Locale;

/// Takes over what a dict has of `decimal_point`, `thousands_sep` and `grouping`, whose sizes are characters of a text.
pub fn of_dict(vm: &mut Vm, value: &Value, locale: &mut Locale) -> PyResult<()> {
    let Some(dict) = value.downcast::<Dict>() else {
        return Err(vm.type_error(format_args!("optional argument must be a dict")));
    };
    let entry = |vm: &mut Vm, name: &str| -> PyResult<Option<String>> {
        let key = vm.intern(name);
        match dict.get_str(&key, vm) {
            None => Ok(None),
            Some(value) => match value.downcast::<Str>().and_then(|text| text.as_str().map(str::to_owned)) {
                Some(text) => Ok(Some(text)),
                None => Err(vm.type_error(format_args!("format override must be str"))),
            },
        }
    };
    if let Some(point) = entry(vm, "decimal_point")? {
        locale.point = point;
    }
    if let Some(separator) = entry(vm, "thousands_sep")? {
        locale.separator = separator;
    }
    if let Some(grouping) = entry(vm, "grouping")? {
        if grouping.chars().any(|c| u32::from(c) > 127) {
            return Err(vm.value_error(format_args!("invalid override dict")));
        }
        locale.grouping = grouping.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(127)).collect();
        // The last size holds for all groups, as after a zero.
        if locale.grouping.last().is_some_and(|&last| last != 0 && last < 127) {
            locale.grouping.push(0);
        }
    }
    // As `mpd_validate_lconv` has it, in bytes.
    if locale.point.is_empty() || locale.point.len() > 4 || locale.separator.len() > 4 {
        return Err(vm.value_error(format_args!("invalid override dict")));
    }
    Ok(())
}

/// The separators of the program's locale (`locale.localeconv()`).
pub fn current(vm: &mut Vm) -> PyResult<Locale> {
    let name = vm.intern("localeconv");
    let function = vm.import_attr("_locale", &name)?;
    let found = vm.call(&function, &[])?;
    let text = |vm: &mut Vm, name: &str| -> PyResult<String> {
        let key = vm.intern(name).into();
        let value = vm.getitem(&found, &key)?;
        Ok(vm.str(&value)?.to_string_lossy().into_owned())
    };
    let (point, separator) = (text(vm, "decimal_point")?, text(vm, "thousands_sep")?);
    let key = vm.intern("grouping").into();
    let grouping = vm.getitem(&found, &key)?;
    let mut sizes = Vec::new();
    if grouping.is_instance_of::<List>() {
        for size in vm.collect_items(&grouping)?.iter() {
            sizes.push(vm.index_isize(size)?.clamp(0, 127) as u8);
        }
    }
    Ok(Locale { point, separator, grouping: sizes })
}
