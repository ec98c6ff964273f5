//! Text out of values: `repr`, `str`, `ascii`, `format`.

use crate::Vm;
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::names;
use crate::str::Str;

impl Vm {
    /// `repr(value)`.
    pub fn repr(&mut self, value: &Value) -> PyResult<Ref<Str>> {
        self.check_recursion(" while getting the repr of an object")?;
        let Some(repr) = value.ty().slots().repr() else {
            let text = format!("<{} object at {:#x}>", self.type_name(value), value.bits());
            return Ok(self.new_str(&text));
        };
        let result = repr(self, value)?;
        self.expect_str(result, "__repr__ returned non-string")
    }

    /// `str(value)`.
    pub fn str(&mut self, value: &Value) -> PyResult<Ref<Str>> {
        if let Some(string) = value.downcast_exact::<Str>() {
            return Ok(string.to_ref());
        }
        if let Some(int) = value.as_small_int() {
            return Ok(self.small_int_text(int));
        }
        let Some(str) = value.ty().slots().str() else { return self.repr(value) };
        self.check_stack(" while getting the str of an object")?;
        let result = str(self, value)?;
        self.expect_str(result, "__str__ returned non-string")
    }

    fn expect_str(&mut self, value: Value, message: &str) -> PyResult<Ref<Str>> {
        value.downcast_into::<Str>().map_err(|value| {
            let kind = self.type_name(&value);
            self.type_error(format_args!("{message} (type {kind})"))
        })
    }

    /// `ascii(value)`.
    pub fn ascii(&mut self, value: &Value) -> PyResult<Ref<Str>> {
        let repr = self.repr(value)?;
        if repr.is_ascii() {
            return Ok(repr);
        }
        let mut text = String::with_capacity(repr.len() + 8);
        for point in repr.view().code_points() {
            match point {
                0..0x80 => text.push(point as u8 as char),
                0x80..0x100 => text += &format!("\\x{point:02x}"),
                0x100..0x1_0000 => text += &format!("\\u{point:04x}"),
                _ => text += &format!("\\U{point:08x}"),
            }
        }
        Ok(self.try_str(&text)?)
    }

    /// `format(value, spec)`.
    pub fn format(&mut self, value: &Value, spec: &Object<Str>) -> PyResult<Ref<Str>> {
        if let Some(string) = value.downcast_exact::<Str>() {
            return self.format_str(string, spec);
        }
        if spec.is_empty() && (value.is_small_int() || value.is_small_float()) {
            return self.str(value);
        }
        let Some(result) = self.call_special(value, &names::__format__, &[spec.to_value()])? else {
            let kind = self.type_name(value);
            return Err(self.type_error(format_args!("Type {kind} doesn't define __format__")));
        };
        result.downcast_into::<Str>().map_err(|value| {
            let kind = self.type_name(&value);
            self.type_error(format_args!("__format__ must return a str, not {kind}"))
        })
    }
}
