//! `int(…)`: numbers and text to ints.

use dashu_int::IBig;
use pvm_macros::pymethods;

use super::{INT_TYPE, Int};
use crate::arguments::{Owner, ParamDef, Signature};
use crate::core::object::Object;
use crate::core::slot::Args;
use crate::core::value::Value;
use crate::errors::{PyResult, Raised};
use crate::number::bigint;
use crate::number::int_text::{self, ParseIntError};
use crate::str::Str;
use crate::text::strings::numeral::to_ascii_numeral;
use crate::types::{PyClass, Type};
use crate::{Vm, exceptions};

/// Characters of the literal's `repr` that the message about an invalid one shows.
const SHOWN: usize = 200;

/// The text of a literal: characters, or bytes that stand for them.
pub enum LiteralSource<'a> {
    /// A string.
    Text(&'a Object<Str>),
    /// What a bytes-like object holds.
    Bytes(&'a [u8]),
}

static SIGNATURE: Signature = Signature {
    name: "__new__",
    owner: Owner::Constructor(&INT_TYPE),
    params: &[ParamDef { name: "x", required: false }, ParamDef { name: "base", required: false }],
    positional_only: 1,
    positional: 2,
    required_positional: 0,
    required_keywords: 0,
    var_positional: false,
    var_keyword: false,
};

#[pymethods(part = construct)]
impl Int {
    #[new]
    fn new(cls: &Object<Type>, vm: &mut Vm, args: Args<'_>) -> PyResult {
        if let (Some(x), 1, false) = (args.get(0), args.len(), args.has_keywords())
            && std::ptr::eq(cls, Int::type_object())
        {
            return vm.to_int(&x);
        }
        if args.len() > 2 && !args.has_keywords() && std::ptr::eq(cls, Int::type_object()) {
            // CPython has a faster way for calls by position, with other words.
            let given = args.len();
            return Err(vm.type_error(format_args!("int expected at most 2 arguments, got {given}")));
        }
        let [x, base] = SIGNATURE.bind(vm, args)?;
        let (x, base) = (x.as_deref(), base.as_deref());
        let value = match (x, base) {
            (None, None) => Value::from_i32(0),
            (None, Some(_)) => {
                return Err(vm.type_error(format_args!("int() missing string argument")));
            }
            (Some(x), None) => vm.to_int(x)?,
            (Some(x), Some(base)) => with_base(vm, x, base)?,
        };
        if std::ptr::eq(cls, Int::type_object()) {
            return Ok(value);
        }
        let number = value.as_int_ref().expect("a conversion to int gives an int").big().into_owned();
        Ok(vm.int_of_class(cls, number))
    }
}

fn with_base(vm: &mut Vm, x: &Value, base: &Value) -> PyResult {
    let base = vm.index_clipped(base)?;
    let base = int_text::check_base(base as i64).map_err(|error| vm.number_error(error))?;
    match x.downcast::<Str>() {
        Some(text) => vm.parse_int(LiteralSource::Text(text), x, base),
        None => match vm.bytes_of(x)? {
            Some(bytes) => vm.parse_int_bytes(&bytes, base),
            None => Err(vm.type_error(format_args!("int() can't convert non-string with explicit base"))),
        },
    }
}

impl Vm {
    /// `int(value)` (`PyNumber_Long`).
    pub fn to_int(&mut self, value: &Value) -> PyResult {
        if value.is_exact_int() {
            return Ok(value.clone());
        }
        if let Some(convert) = value.ty().slots().int() {
            let result = convert(self, value)?;
            let result = self.check_int_result(result, "__int__")?;
            return Ok(self.plain_int(&result));
        }
        if value.ty().slots().index().is_some() {
            let result = self.index(value)?;
            return Ok(self.plain_int(&result));
        }
        if let Some(text) = value.downcast::<Str>() {
            return self.parse_int(LiteralSource::Text(text), value, 10);
        }
        if let Some(bytes) = self.buffer_bytes(value)? {
            return self.parse_int_bytes(&bytes, 10);
        }
        let kind = self.type_name(value);
        Err(self.type_error(format_args!("int() argument must be a string, a bytes-like object or a real number, not '{kind}'")))
    }

    /// What `__int__` or `__index__` gave, checked; subclasses of `int` are deprecated.
    pub(crate) fn check_int_result(&mut self, result: Value, method: &str) -> PyResult {
        if result.is_exact_int() {
            return Ok(result);
        }
        let got = self.type_name(&result);
        if !result.is_instance_of::<Int>() {
            return Err(self.type_error(format_args!("{method} returned non-int (type {got})")));
        }
        self.warn(
            exceptions::DEPRECATION_WARNING.get(),
            &format!(
                "{method} returned non-int (type {got}).  The ability to return an instance of a strict subclass of int is deprecated, and may be removed in a future version of Python."
            ),
            1,
        )?;
        Ok(result)
    }

    /// The int of a literal in `base` (0, or 2 to 36); `shown` is what the message about an invalid one shows.
    pub fn parse_int(&mut self, source: LiteralSource<'_>, shown: &Value, base: u32) -> PyResult {
        let limit = self.int_max_str_digits();
        let parsed = match source {
            LiteralSource::Text(text) => int_text::parse_int(to_ascii_numeral(text.view()).as_bytes(), base, limit),
            LiteralSource::Bytes(bytes) => int_text::parse_int(bytes, base, limit),
        };
        match parsed {
            Ok(value) => Ok(self.number(value)),
            Err(ParseIntError::Error(error)) => Err(self.number_error(error)),
            Err(ParseIntError::InvalidLiteral { base }) => Err(self.invalid_literal(shown, base)),
        }
    }

    /// The int of a literal in bytes (`_PyLong_FromBytes`).
    fn parse_int_bytes(&mut self, bytes: &[u8], base: u32) -> PyResult {
        let shown: Value = self.new_bytes(bytes)?.into();
        self.parse_int(LiteralSource::Bytes(bytes), &shown, base)
    }

    fn invalid_literal(&mut self, shown: &Value, base: u32) -> Raised {
        let repr = match self.repr(shown) {
            Ok(repr) => repr,
            Err(raised) => return raised,
        };
        let repr: Vec<u32> = repr.view().code_points().take(SHOWN).collect();
        let repr = crate::text::TextBuf::from_code_points(repr);
        self.value_error(format_args!("invalid literal for int() with base {base}: {}", repr.view().to_str_lossy()))
    }
}

impl From<&Value> for bigint::Int {
    /// The number of an int.
    ///
    /// # Panics
    /// For a value that is no int.
    fn from(value: &Value) -> bigint::Int {
        value.as_int_ref().expect("an int").to_int()
    }
}

impl From<bigint::Int> for IBig {
    fn from(value: bigint::Int) -> IBig {
        value.into_big()
    }
}
