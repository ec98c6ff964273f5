//! The scanner of JSON documents: one pass over the text, straight into objects.

use pvm_macros::{pyclass, pymethods};
use pvm_object::dict::Dict;
use pvm_object::float::FLOAT_TYPE;
use pvm_object::int::INT_TYPE;
use pvm_object::str::Str;
use pvm_object::text::TextView;
use pvm_object::{HeapVec, Object, PyResult, Raised, Ref, Value, Vm};

use super::keys::Keys;
use super::strings::{self, AsText};
use super::{decode_error, text_argument};

/// JSON scanner object
#[pyclass(name = "Scanner", module = "_json", no_export)]
pub struct Scanner {
    /// strict
    #[member]
    strict: bool,
    /// object_hook
    #[member]
    object_hook: Value,
    #[member]
    object_pairs_hook: Value,
    /// parse_float
    #[member]
    parse_float: Value,
    /// parse_int
    #[member]
    parse_int: Value,
    /// parse_constant
    #[member]
    parse_constant: Value,
    keys: Keys,
}

#[pymethods]
impl Scanner {
    #[new]
    #[signature = "(context)"]
    fn new(vm: &mut Vm, context: &Value) -> PyResult<Scanner> {
        let mut get = |name: &str| {
            let name = vm.intern(name);
            vm.getattr(context, &name)
        };
        let strict = get("strict")?;
        let (object_hook, object_pairs_hook) = (get("object_hook")?, get("object_pairs_hook")?);
        let (parse_float, parse_int, parse_constant) = (get("parse_float")?, get("parse_int")?, get("parse_constant")?);
        let strict = vm.truth(&strict)?;
        Ok(Scanner { strict, object_hook, object_pairs_hook, parse_float, parse_int, parse_constant, keys: Keys::default() })
    }

    #[signature = "($self, string, idx)"]
    fn __call__(&self, string: &Value, idx: isize, vm: &mut Vm) -> PyResult<(Value, usize)> {
        let document = text_argument(vm, string)?;
        let Ok(start) = usize::try_from(idx) else {
            return Err(vm.value_error(format_args!("idx cannot be negative")));
        };
        match document.view() {
            TextView::Ascii(text) | TextView::Latin1(text) => Document::new(self, document, text).value(start, vm),
            TextView::Ucs2(text) => Document::new(self, document, text).value(start, vm),
            TextView::Ucs4(text) => Document::new(self, document, text).value(start, vm),
        }
    }
}

/// A document being scanned.
struct Document<'a, U> {
    scanner: &'a Scanner,
    object: &'a Object<Str>,
    text: &'a [U],
    floats_are_floats: bool,
    ints_are_ints: bool,
}

impl<'a, U: AsText> Document<'a, U> {
    fn new(scanner: &'a Scanner, object: &'a Object<Str>, text: &'a [U]) -> Document<'a, U> {
        Document {
            scanner,
            object,
            text,
            floats_are_floats: scanner.parse_float.is(&FLOAT_TYPE.as_value()),
            ints_are_ints: scanner.parse_int.is(&INT_TYPE.as_value()),
        }
    }

    #[inline]
    fn at(&self, place: usize) -> Option<u8> {
        let &unit = self.text.get(place)?;
        u8::try_from(unit.into()).ok()
    }

    #[inline]
    fn skip_space(&self, mut place: usize) -> usize {
        while matches!(self.at(place), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            place += 1;
        }
        place
    }

    fn error(&self, message: &str, place: usize, vm: &mut Vm) -> Raised {
        decode_error(vm, message, self.object, place)
    }

    /// Nothing that could be a value: the decoder makes an error of it.
    #[cold]
    fn no_value(&self, place: usize, vm: &mut Vm) -> Raised {
        let place = vm.int(place as i64);
        vm.stop_iteration_with(place)
    }

    fn has(&self, place: usize, word: &str) -> bool {
        let Some(units) = self.text.get(place..place + word.len()) else {
            return false;
        };
        units.iter().zip(word.bytes()).all(|(&unit, byte)| unit.into() == u32::from(byte))
    }

    /// The value at a place, and the place behind it (`scan_once_unicode`).
    fn value(&mut self, place: usize, vm: &mut Vm) -> PyResult<(Value, usize)> {
        match self.at(place) {
            Some(b'"') => {
                let (string, end) = strings::scan_object(self.object, self.text, place + 1, self.scanner.strict, vm)?;
                Ok((string.into(), end))
            }
            Some(b'{') => {
                vm.check_recursion(" while decoding a JSON object from a unicode string")?;
                self.object(place + 1, vm)
            }
            Some(b'[') => {
                vm.check_recursion(" while decoding a JSON array from a unicode string")?;
                self.array(place + 1, vm)
            }
            Some(b'n') if self.has(place, "null") => Ok((Value::none(), place + 4)),
            Some(b't') if self.has(place, "true") => Ok((Value::from_bool(true), place + 4)),
            Some(b'f') if self.has(place, "false") => Ok((Value::from_bool(false), place + 5)),
            Some(b'N') if self.has(place, "NaN") => self.constant("NaN", place, vm),
            Some(b'I') if self.has(place, "Infinity") => self.constant("Infinity", place, vm),
            Some(b'-') if self.has(place, "-Infinity") => self.constant("-Infinity", place, vm),
            Some(b'-' | b'0'..=b'9') => self.number(place, vm),
            _ => Err(self.no_value(place, vm)),
        }
    }

    fn constant(&self, name: &str, place: usize, vm: &mut Vm) -> PyResult<(Value, usize)> {
        let text = vm.intern(name);
        let value = vm.call(&self.scanner.parse_constant, &[text.into()])?;
        Ok((value, place + name.len()))
    }

    fn digits(&self, mut place: usize) -> usize {
        while matches!(self.at(place), Some(b'0'..=b'9')) {
            place += 1;
        }
        place
    }

    fn number(&self, start: usize, vm: &mut Vm) -> PyResult<(Value, usize)> {
        let whole = if self.at(start) == Some(b'-') { start + 1 } else { start };
        let mut end = match self.at(whole) {
            Some(b'0') => whole + 1,
            Some(b'1'..=b'9') => self.digits(whole + 1),
            _ => return Err(self.no_value(start, vm)),
        };
        let mut is_float = false;
        if self.at(end) == Some(b'.') {
            let fraction = self.digits(end + 1);
            if fraction > end + 1 {
                (end, is_float) = (fraction, true);
            }
        }
        if matches!(self.at(end), Some(b'e' | b'E')) {
            let signed = if matches!(self.at(end + 1), Some(b'+' | b'-')) { end + 2 } else { end + 1 };
            let exponent = self.digits(signed);
            if exponent > signed {
                (end, is_float) = (exponent, true);
            }
        }
        let units = &self.text[start..end];
        let value = if is_float { self.float(units, vm)? } else { self.int(units, vm)? };
        Ok((value, end))
    }

    fn float(&self, units: &[U], vm: &mut Vm) -> PyResult {
        if self.floats_are_floats {
            let text: String = units.iter().map(|&unit| unit.into() as u8 as char).collect();
            if let Ok(number) = text.parse::<f64>() {
                return Ok(vm.float(number));
            }
        }
        let text = vm.try_str_from_view(U::as_text(units))?;
        vm.call(&self.scanner.parse_float, &[text.into()])
    }

    fn int(&self, units: &[U], vm: &mut Vm) -> PyResult {
        // Eighteen digits fit into the word.
        if self.ints_are_ints && units.len() <= 18 {
            let (sign, digits) = if units[0].into() == u32::from(b'-') { (-1, &units[1..]) } else { (1, units) };
            let number = digits.iter().fold(0, |number, &digit| number * 10 + i64::from(digit.into() - u32::from(b'0')));
            return Ok(vm.int(sign * number));
        }
        let text = vm.try_str_from_view(U::as_text(units))?;
        vm.call(&self.scanner.parse_int, &[text.into()])
    }

    /// The key that begins behind a quote.
    fn key(&mut self, start: usize, vm: &mut Vm) -> PyResult<(Ref<Str>, usize)> {
        let end = strings::plain_end(self.text, start, self.scanner.strict);
        if self.text.get(end).is_none_or(|&unit| unit.into() != u32::from(b'"')) {
            return strings::scan_object(self.object, self.text, start, self.scanner.strict, vm);
        }
        Ok((self.scanner.keys.get(&self.text[start..end], vm)?, end + 1))
    }

    fn object(&mut self, place: usize, vm: &mut Vm) -> PyResult<(Value, usize)> {
        let with_pairs = !self.scanner.object_pairs_hook.is_none();
        let mut pairs = HeapVec::new();
        let dict: Ref<Dict> = vm.new_dict();
        let mut at = self.skip_space(place);
        if self.at(at) != Some(b'}') {
            loop {
                if self.at(at) != Some(b'"') {
                    return Err(self.error("Expecting property name enclosed in double quotes", at, vm));
                }
                let (key, end) = self.key(at + 1, vm)?;
                at = self.skip_space(end);
                if self.at(at) != Some(b':') {
                    return Err(self.error("Expecting ':' delimiter", at, vm));
                }
                at = self.skip_space(at + 1);
                let (value, end) = self.value(at, vm)?;
                if with_pairs {
                    pairs.push(vm.try_tuple([key.into(), value])?.into())?;
                } else {
                    dict.set_str(&key, value, vm)?;
                }
                at = self.skip_space(end);
                match self.at(at) {
                    Some(b'}') => break,
                    Some(b',') => {}
                    _ => return Err(self.error("Expecting ',' delimiter", at, vm)),
                }
                let comma = at;
                at = self.skip_space(at + 1);
                if self.at(at) == Some(b'}') {
                    return Err(self.error("Illegal trailing comma before end of object", comma, vm));
                }
            }
        }
        let scanner = self.scanner;
        let value = if with_pairs {
            let pairs = vm.list_from(pairs);
            vm.call(&scanner.object_pairs_hook, &[pairs.into()])?
        } else if !scanner.object_hook.is_none() {
            vm.call(&scanner.object_hook, &[dict.into()])?
        } else {
            dict.into()
        };
        Ok((value, at + 1))
    }

    fn array(&mut self, place: usize, vm: &mut Vm) -> PyResult<(Value, usize)> {
        let mut items = HeapVec::new();
        let mut at = self.skip_space(place);
        if self.at(at) != Some(b']') {
            loop {
                let (value, end) = self.value(at, vm)?;
                items.push(value)?;
                at = self.skip_space(end);
                match self.at(at) {
                    Some(b']') => break,
                    Some(b',') => {}
                    _ => return Err(self.error("Expecting ',' delimiter", at, vm)),
                }
                let comma = at;
                at = self.skip_space(at + 1);
                if self.at(at) == Some(b']') {
                    return Err(self.error("Illegal trailing comma before end of array", comma, vm));
                }
            }
        }
        Ok((vm.list_from(items).into(), at + 1))
    }
}
