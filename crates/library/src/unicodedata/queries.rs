//! The functions of the module and the methods of `UCD`, for either version.

use pvm_compiler::names;
use pvm_object::exceptions;
use pvm_object::str::Str;
use pvm_object::text::TextBuf;
use pvm_object::{Object, PyResult, Ref, Value, Vm};

use super::database::Database;
use super::normalize::Form;

/// The longest name there is (`NAME_MAXLEN`).
const LONGEST_NAME: usize = 256;

/// The value, else the default, else an error.
pub fn or_default(vm: &mut Vm, value: Option<Value>, default: Option<&Value>, message: &str) -> PyResult {
    match value.or_else(|| default.cloned()) {
        Some(value) => Ok(value),
        None => Err(vm.value_error(format_args!("{message}"))),
    }
}

fn form(vm: &mut Vm, name: &str) -> PyResult<Form> {
    match Form::of(name) {
        Some(form) => Ok(form),
        None => Err(vm.value_error(format_args!("invalid normalization form"))),
    }
}

/// `normalize(form, unistr)`.
pub fn normalize(vm: &mut Vm, database: Database, name: &str, text: &Object<Str>) -> PyResult<Ref<Str>> {
    if text.is_empty() {
        return Ok(vm.plain_str(text)?);
    }
    match applied(vm, database, name, text)? {
        Some(normal) => Ok(vm.str_from_buf(normal)?),
        None => Ok(vm.plain_str(text)?),
    }
}

/// A text in a form; `None` where it is so already.
fn applied(vm: &mut Vm, database: Database, name: &str, text: &Object<Str>) -> PyResult<Option<TextBuf>> {
    let normal = form(vm, name)?.apply(text.view(), database);
    normal.or_else(|_| {
        vm.poll(0)?;
        Err(vm.memory_error())
    })
}

/// `is_normalized(form, unistr)`.
pub fn is_normalized(vm: &mut Vm, database: Database, name: &str, text: &Object<Str>) -> PyResult<bool> {
    if text.is_empty() {
        return Ok(true);
    }
    let normal = applied(vm, database, name, text)?;
    Ok(normal.is_none_or(|normal| normal.view().code_points().eq(text.view().code_points())))
}

/// A name and its characters in hexadecimal digits a line, in order.
const SEQUENCES: &str = include_str!("sequences.txt");

/// The characters of a named sequence.
fn sequence(name: &str) -> Option<String> {
    let points = SEQUENCES.lines().find_map(|line| {
        let (known, points) = line.split_once(';')?;
        known.eq_ignore_ascii_case(name).then_some(points)
    })?;
    points.split(' ').map(|point| u32::from_str_radix(point, 16).ok().and_then(char::from_u32)).collect()
}

/// `lookup(name)`.
pub fn lookup(vm: &mut Vm, database: Database, name: &Object<Str>) -> PyResult<Ref<Str>> {
    if name.len() > LONGEST_NAME {
        return Err(vm.raise_message(&exceptions::KEY_ERROR, format_args!("name too long")));
    }
    // The older version has no aliases.
    let found = name.as_str().and_then(|text| match database {
        Database::Present => names::character(text),
        Database::Old => names::named(text),
    });
    let sequence = || name.as_str().filter(|_| database == Database::Present).and_then(sequence);
    match found {
        Some(point) => Ok(vm.str_of_char(point)?),
        None if let Some(text) = sequence() => Ok(vm.try_str(&text)?),
        None => {
            let name = name.to_string_lossy();
            Err(vm.raise_message(&exceptions::KEY_ERROR, format_args!("undefined character name '{name}'")))
        }
    }
}
