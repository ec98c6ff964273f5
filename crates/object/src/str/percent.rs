//! `str % values`, and what it shares with `bytes % values`: the arguments and the numbers.

use super::Str;
use crate::Vm;
use crate::bytes::Bytes;
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::errors::{PyResult, Raised};
use crate::exceptions;
use crate::int::{Int, IntView};
use crate::number::bigint::IntRef;
use crate::number::percent_format::{self, Directive as NumberDirective};
use crate::text::percent::{Arguments, Directive, Failure, Operand, Parser, Part, PercentError, PercentErrorKind, Star};
use crate::text::{TextBuilder, TextView};
use crate::tuple::Tuple;

/// The right operand as it is used up.
pub(crate) struct PercentArguments<'a> {
    pub vm: &'a mut Vm,
    operand: Operand,
    /// A tuple's items, or one value for all.
    args: Value,
    /// The next item of a tuple; for one value, whether it was used.
    next: usize,
    single: bool,
    /// The right operand, where it is a mapping.
    mapping: Option<Value>,
}

impl<'a> PercentArguments<'a> {
    pub fn new(vm: &'a mut Vm, operand: Operand, args: &Value) -> PercentArguments<'a> {
        let is_tuple = args.is_instance_of::<Tuple>();
        let is_text = match operand {
            Operand::Str => args.is_instance_of::<Str>(),
            Operand::Bytes => {
                args.is_instance_of::<Str>()
                    || args.is_instance_of::<Bytes>()
                    || args.is_instance_of::<crate::bytearray::ByteArray>()
            }
        };
        let is_mapping = !is_tuple && !is_text && args.ty().slots().getitem().is_some();
        PercentArguments {
            vm,
            operand,
            args: args.clone(),
            next: 0,
            single: !is_tuple,
            mapping: is_mapping.then(|| args.clone()),
        }
    }

    /// The next argument.
    pub fn take(&mut self) -> PyResult {
        let index = self.next;
        let found = if self.single {
            (index == 0).then(|| self.args.clone())
        } else {
            self.args.downcast::<Tuple>().and_then(|items| items.as_slice().get(index).cloned())
        };
        match found {
            Some(value) => {
                self.next += 1;
                Ok(value)
            }
            None => Err(self.vm.type_error(format_args!("not enough arguments for format string"))),
        }
    }

    /// An error where arguments are left over.
    pub fn finish(self) -> PyResult<()> {
        let count = if self.single { 1 } else { self.args.downcast::<Tuple>().map_or(0, |items| items.len()) };
        if self.next < count && self.mapping.is_none() {
            let kind = if self.operand == Operand::Str { "string" } else { "bytes" };
            return Err(self.vm.type_error(format_args!("not all arguments converted during {kind} formatting")));
        }
        Ok(())
    }

    /// Raises what is wrong with the format.
    #[cold]
    pub fn wrong(&mut self, error: PercentError) -> Raised {
        let (kind, message) = error.describe(self.operand);
        match kind {
            PercentErrorKind::Type => self.vm.type_error(format_args!("{message}")),
            PercentErrorKind::Value => self.vm.value_error(format_args!("{message}")),
            PercentErrorKind::Overflow => self.vm.overflow_error(format_args!("{message}")),
        }
    }

    /// The next part of a format.
    pub fn next_part<'t>(&mut self, parser: &mut Parser<'t>) -> PyResult<Option<Part<'t>>> {
        parser.next(self).map_err(|failure| match failure {
            Failure::Format(error) => self.wrong(error),
            Failure::Argument(raised) => raised,
        })
    }
}

impl Arguments for PercentArguments<'_> {
    type Error = Raised;

    fn is_mapping(&self) -> bool {
        self.mapping.is_some()
    }

    fn select(&mut self, key: TextView<'_>) -> Result<(), Raised> {
        let mapping = self.mapping.clone().expect("keys are allowed for mappings only");
        let key: Value = match self.operand {
            Operand::Str => self.vm.try_str_from_view(key)?.into(),
            Operand::Bytes => self.vm.new_bytes(key.storage_bytes())?.into(),
        };
        self.args = self.vm.getitem(&mapping, &key)?;
        self.single = true;
        self.next = 0;
        Ok(())
    }

    fn star(&mut self, star: Star) -> Result<isize, Raised> {
        let value = self.take()?;
        let (fits, c_type) = match star {
            Star::Width => (isize::MIN..=isize::MAX, "ssize_t"),
            Star::Precision => (i32::MIN as isize..=i32::MAX as isize, "int"),
        };
        match value.as_int() {
            None => Err(self.vm.type_error(format_args!("* wants int"))),
            Some(IntView::Small(small)) if small as isize == isize::MIN && star == Star::Width => {
                Err(self.vm.overflow_error(format_args!("width too big")))
            }
            Some(IntView::Small(small)) if fits.contains(&(small as isize)) => Ok(small as isize),
            Some(_) => Err(self.vm.overflow_error(format_args!("Python int too large to convert to C {c_type}"))),
        }
    }
}

/// The directive as the numeric algorithms take it.
fn number_directive(directive: &Directive) -> NumberDirective {
    NumberDirective {
        left: directive.left,
        plus: directive.sign,
        space: directive.blank,
        alternate: directive.alternate,
        zero: directive.zero,
        width: directive.width.unwrap_or(0),
        precision: directive.precision,
        conversion: directive.conversion as u8,
    }
}

/// An int as the numeric algorithms take it.
pub(crate) fn int_ref(view: IntView<'_>) -> IntRef<'_> {
    match view {
        IntView::Small(small) => IntRef::Small(small),
        IntView::Big(big) => IntRef::Big(big),
    }
}

impl Vm {
    /// A number under one of the numeric directives.
    pub(crate) fn percent_number(&mut self, directive: &Directive, value: &Value) -> PyResult<String> {
        let conversion = directive.conversion as u8;
        let spec = number_directive(directive);
        if matches!(conversion, b'e' | b'E' | b'f' | b'F' | b'g' | b'G') {
            let number = self.to_float(value)?;
            return percent_format::format_float(number, &spec).map_err(|error| self.number_error(error));
        }
        let int = self.percent_int(conversion, value)?;
        let max_digits = self.int_max_str_digits();
        let int = int.as_int().expect("conversions to int give ints");
        percent_format::format_int(int_ref(int), &spec, max_digits).map_err(|error| self.number_error(error))
    }

    /// The int that `%d` and its like show for a value.
    fn percent_int(&mut self, conversion: u8, value: &Value) -> PyResult {
        if value.is_small_int() || value.is_instance_of::<Int>() {
            return Ok(value.clone());
        }
        let exact = matches!(conversion, b'o' | b'x' | b'X');
        let slots = value.ty().slots();
        let converted = if exact && slots.index().is_some() {
            Some(self.index(value))
        } else if !exact && (slots.int().is_some() || slots.index().is_some()) {
            Some(self.to_int(value))
        } else {
            None
        };
        let converted = match converted {
            Some(result) => self.ok_unless(result, exceptions::TYPE_ERROR.get())?,
            None => None,
        };
        if let Some(int) = converted {
            return Ok(int);
        }
        let (letter, kind) = (conversion as char, self.type_name(value));
        let wanted = if exact { "an integer" } else { "a real number" };
        Err(self.type_error(format_args!("%{letter} format: {wanted} is required, not {kind}")))
    }

    /// The character that `%c` shows for a value.
    fn percent_character(&mut self, value: &Value) -> PyResult<u32> {
        if let Some(text) = value.downcast::<Str>() {
            if text.len() == 1 {
                return Ok(text.view().get(0));
            }
            let len = text.len();
            return Err(self.type_error(format_args!("%c requires an int or a unicode character, not a string of length {len}")));
        }
        if value.as_int().is_none() && value.ty().slots().index().is_none() {
            let kind = value.ty().message_name(self);
            return Err(self.type_error(format_args!("%c requires an int or a unicode character, not {kind}")));
        }
        let int = self.index(value)?;
        let int = int.as_int().expect("an index is an int");
        percent_format::character(int_ref(int), false).map_err(|error| self.number_error(error))
    }

    /// `format % values`.
    pub fn percent_format(&mut self, format: &Object<Str>, values: &Value) -> PyResult<Ref<Str>> {
        if let Some(text) = self.plain_percent(format, values)? {
            return Ok(text);
        }
        let mut out = TextBuilder::with_capacity(format.len() + 16);
        let mut parser = Parser::new(format.view());
        let mut args = PercentArguments::new(self, Operand::Str, values);
        // What the last part gave: where it is all there is, it is the result itself, as CPython's writer has it.
        let mut last = None;
        while let Some(part) = args.next_part(&mut parser)? {
            last = match part {
                Part::Literal(text) => {
                    out.push_view(text);
                    (text.len() == format.len()).then(|| format.to_ref())
                }
                Part::Directive(directive) => push_directive(&mut args, &directive, &mut out)?,
            };
        }
        args.finish()?;
        match last.filter(|last| !last.is_empty() && last.len() == out.len()) {
            Some(whole) => Ok(whole),
            None => Ok(self.str_from_builder(out)?),
        }
    }
}

/// Appends what a directive shows; that text, if it was a string's and stands there as it is.
fn push_directive(args: &mut PercentArguments<'_>, directive: &Directive, out: &mut TextBuilder) -> PyResult<Option<Ref<Str>>> {
    let value = args.take()?;
    let vm = &mut *args.vm;
    let text = match u8::try_from(directive.conversion).unwrap_or(0) {
        b's' => vm.str(&value)?,
        b'r' => vm.repr(&value)?,
        b'a' => vm.ascii(&value)?,
        b'c' => {
            let point = vm.percent_character(&value)?;
            let text = vm.str_of_char(point)?;
            push_padded(text.view(), directive, out, vm)?;
            return Ok(None);
        }
        b'd' | b'i' | b'u' | b'o' | b'x' | b'X' | b'e' | b'E' | b'f' | b'F' | b'g' | b'G' => {
            if directive.conversion == u32::from(b'd')
                && let Some(small) = value.as_small_int()
                && directive.width.is_none()
                && directive.precision.is_none()
                && !directive.sign
                && !directive.blank
            {
                use std::fmt::Write;
                let _ = write!(out, "{small}");
                return Ok(None);
            }
            let text = vm.percent_number(directive, &value)?;
            out.push_ascii(text.as_bytes());
            return Ok(None);
        }
        _ => return Err(args.wrong(directive.unsupported())),
    };
    let view = text.view();
    let shown = directive.precision.map_or(view.len(), |precision| precision.min(view.len()));
    push_padded(view.slice(0..shown), directive, out, vm)?;
    Ok((shown == text.len()).then_some(text))
}

/// Text in the directive's width.
fn push_padded(text: TextView<'_>, directive: &Directive, out: &mut TextBuilder, vm: &mut Vm) -> PyResult<()> {
    let padding = directive.width.unwrap_or(0).saturating_sub(text.len());
    vm.check_room(padding)?;
    if !directive.left {
        out.push_repeated(b' '.into(), padding);
    }
    out.push_view(text);
    if directive.left {
        out.push_repeated(b' '.into(), padding);
    }
    Ok(())
}
