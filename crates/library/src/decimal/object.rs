//! `Decimal`: making, operators, and conversions.

use pvm_macros::{pyclass, pymethods};
use pvm_object::heap;
use pvm_object::ops::compare::CompareOp;
use pvm_object::str::Str;
use pvm_object::tuple::Tuple;
use pvm_object::{Foreign, Object, PyClass, PyResult, Ref, Type, Value, Vm};

use super::context::{self, Context};
use super::convert::{self, comparable, operand};
use super::number::{Kind, Number, Outcome};
use super::rules::{MAX_EMAX, MIN_ETINY, Rounding, Rules, condition};
use super::{arithmetic, compare, exponent, format, power, text};
use crate::math::checked;

/// Decimal(value="0", context=None)
/// --
///
/// Construct a new Decimal object. 'value' can be an integer, string, tuple,
/// or another Decimal object. If no value is given, return Decimal('0'). The
/// context does not affect the conversion and is only passed to determine if
/// the InvalidOperation trap is active.
#[pyclass(name = "Decimal", module = "decimal", parts(unary, binary, predicates))]
pub struct Decimal {
    number: Foreign<Number>,
}

impl Decimal {
    /// Its number.
    pub fn number(&self) -> &Number {
        &self.number.0
    }
}

/// Bytes of a number beyond the object itself: coefficients of up to two words lie in the object.
fn bytes_beyond(number: &Number) -> isize {
    let words = number.coefficient.as_words().len();
    if words > 2 { 8 * words as isize } else { 0 }
}

impl Decimal {
    /// The native half, its digits charged to the interpreter.
    fn charged(number: Number) -> Decimal {
        let beyond = bytes_beyond(&number);
        if beyond != 0 {
            heap::charge_always(beyond);
        }
        Decimal { number: Foreign(number) }
    }
}

impl Drop for Decimal {
    fn drop(&mut self) {
        let beyond = bytes_beyond(self.number());
        if beyond != 0 {
            // Giving back never fails.
            let _ = heap::charge(-beyond);
        }
    }
}

/// A decimal of a number.
pub fn new(vm: &mut Vm, number: Number) -> Ref<Decimal> {
    vm.alloc(Decimal::charged(number))
}

/// A decimal of a class.
pub fn of_class(vm: &mut Vm, class: &Object<Type>, number: Number) -> PyResult {
    let made: Value = new(vm, number).into();
    match std::ptr::eq(class, Decimal::type_object()) {
        true => Ok(made),
        false => vm.call(&class.to_value(), &[made]),
    }
}

type Operation = fn(&Number, &Number, &Rules, &mut u32) -> Outcome;

fn binary(vm: &mut Vm, left: &Value, right: &Value, operation: Operation) -> PyResult {
    let (Some(a), Some(b)) = (operand(left), operand(right)) else { return Ok(Value::not_implemented()) };
    let context = context::current(vm)?;
    context.apply(vm, |rules, status| operation(&a, &b, rules, status))
}

fn unary(vm: &mut Vm, this: &Decimal, operation: fn(&Number, &Rules, &mut u32) -> Outcome) -> PyResult {
    let context = context::current(vm)?;
    context.apply(vm, |rules, status| operation(this.number(), rules, status))
}

/// The hash of a number, which equals that of every other number of the same value (`_dec_hash`).
fn hash(number: &Number) -> i64 {
    const PRIME: u128 = pvm_object::hashing::MODULUS as u128;
    let raise = |mut base: u128, mut power: u64| {
        let mut result = 1u128;
        while power > 0 {
            if power & 1 == 1 {
                result = result * base % PRIME;
            }
            base = base * base % PRIME;
            power >>= 1;
        }
        result
    };
    let magnitude = match number.kind {
        Kind::Infinite => pvm_object::hashing::INFINITY,
        _ => {
            let coefficient = u128::from(&number.coefficient % (PRIME as u64));
            let unit = match number.exponent >= 0 {
                true => raise(10, number.exponent as u64),
                // The inverse of ten.
                false => raise(raise(10, PRIME as u64 - 2), number.exponent.unsigned_abs()),
            };
            (coefficient * unit % PRIME) as i64
        }
    };
    if number.negative { -magnitude } else { magnitude }
}

#[pymethods]
impl Decimal {
    #[new]
    #[signature = "(value=<unrepresentable>, context=None)"]
    fn new(vm: &mut Vm, value: Option<&Value>, context: Option<&Value>) -> PyResult<Decimal> {
        let context = context::of(vm, context)?;
        let number = match value {
            None => Number::zero(false, 0),
            Some(value) => convert::exactly(vm, value, &context)?,
        };
        Ok(Decimal::charged(number))
    }

    /// from_float($type, f, /)
    /// --
    ///
    /// Class method that converts a float to a decimal number, exactly.
    /// Since 0.1 is not exactly representable in binary floating point,
    /// Decimal.from_float(0.1) is not the same as Decimal('0.1').
    ///
    ///     >>> Decimal.from_float(0.1)
    ///     Decimal('0.1000000000000000055511151231257827021181583404541015625')
    ///     >>> Decimal.from_float(float('nan'))
    ///     Decimal('NaN')
    ///     >>> Decimal.from_float(float('inf'))
    ///     Decimal('Infinity')
    ///     >>> Decimal.from_float(float('-inf'))
    ///     Decimal('-Infinity')
    #[classmethod]
    fn from_float(cls: &Object<Type>, vm: &mut Vm, f: &Value) -> PyResult {
        let number = match (f.as_float(), convert::from_int(f)) {
            (Some(float), _) => convert::from_float(float),
            (_, Some(number)) => number,
            _ => return Err(vm.type_error(format_args!("argument must be int or float"))),
        };
        of_class(vm, cls, number)
    }

    /// from_number($type, number, /)
    /// --
    ///
    /// Class method that converts a real number to a decimal number, exactly.
    ///
    ///     >>> Decimal.from_number(314)              # int
    ///     Decimal('314')
    ///     >>> Decimal.from_number(0.1)              # float
    ///     Decimal('0.1000000000000000055511151231257827021181583404541015625')
    ///     >>> Decimal.from_number(Decimal('3.14'))  # another decimal instance
    ///     Decimal('3.14')
    #[classmethod]
    fn from_number(cls: &Object<Type>, vm: &mut Vm, number: &Value) -> PyResult {
        let value = if let Some(operand) = operand(number) {
            operand.clone()
        } else if let Some(float) = number.as_float() {
            convert::from_float(float)
        } else {
            return Err(convert::cannot_convert(vm, number));
        };
        of_class(vm, cls, value)
    }

    #[getter]
    fn real(this: &Object<Self>) -> Value {
        this.to_value()
    }

    #[getter]
    fn imag(&self, vm: &mut Vm) -> Ref<Decimal> {
        new(vm, Number::zero(false, 0))
    }

    fn __add__(vm: &mut Vm, left: &Value, right: &Value) -> PyResult {
        binary(vm, left, right, arithmetic::add)
    }

    fn __sub__(vm: &mut Vm, left: &Value, right: &Value) -> PyResult {
        binary(vm, left, right, arithmetic::subtract)
    }

    fn __mul__(vm: &mut Vm, left: &Value, right: &Value) -> PyResult {
        binary(vm, left, right, arithmetic::multiply)
    }

    fn __truediv__(vm: &mut Vm, left: &Value, right: &Value) -> PyResult {
        binary(vm, left, right, arithmetic::divide)
    }

    fn __floordiv__(vm: &mut Vm, left: &Value, right: &Value) -> PyResult {
        binary(vm, left, right, arithmetic::divide_int)
    }

    fn __mod__(vm: &mut Vm, left: &Value, right: &Value) -> PyResult {
        binary(vm, left, right, arithmetic::remainder)
    }

    fn __divmod__(vm: &mut Vm, left: &Value, right: &Value) -> PyResult {
        let (Some(a), Some(b)) = (operand(left), operand(right)) else { return Ok(Value::not_implemented()) };
        let context = context::current(vm)?;
        divmod(vm, &a, &b, &context)
    }

    fn __pow__(vm: &mut Vm, base: &Value, exponent: &Value, modulus: &Value) -> PyResult {
        let (Some(a), Some(b)) = (operand(base), operand(exponent)) else { return Ok(Value::not_implemented()) };
        let context = context::current(vm)?;
        if modulus.is_none() {
            return context.apply(vm, |rules, status| power::pow(&a, &b, rules, status));
        }
        let Some(modulus) = operand(modulus) else { return Ok(Value::not_implemented()) };
        context.apply(vm, |rules, status| power::pow_mod(&a, &b, &modulus, rules, status))
    }

    fn __neg__(&self, vm: &mut Vm) -> PyResult {
        unary(vm, self, arithmetic::minus)
    }

    fn __pos__(&self, vm: &mut Vm) -> PyResult {
        unary(vm, self, arithmetic::plus)
    }

    fn __abs__(&self, vm: &mut Vm) -> PyResult {
        unary(vm, self, arithmetic::absolute)
    }

    fn __bool__(&self) -> bool {
        !self.number().is_zero()
    }

    fn __int__(&self, vm: &mut Vm) -> PyResult {
        convert::to_int(vm, self.number())
    }

    fn __trunc__(&self, vm: &mut Vm) -> PyResult {
        convert::to_int(vm, self.number())
    }

    fn __floor__(&self, vm: &mut Vm) -> PyResult {
        self.to_whole(vm, Rounding::Floor)
    }

    fn __ceil__(&self, vm: &mut Vm) -> PyResult {
        self.to_whole(vm, Rounding::Ceiling)
    }

    #[signature = "(ndigits=<unrepresentable>, /)"]
    #[text_signature = ""]
    fn __round__(&self, vm: &mut Vm, ndigits: Option<&Value>) -> PyResult {
        let Some(ndigits) = ndigits else {
            return self.to_whole(vm, Rounding::HalfEven);
        };
        let places = context::size(vm, ndigits, "optional arg must be an integer")?;
        let context = context::current(vm)?;
        let unit = Number::finite(false, 1u8, places.checked_neg().unwrap_or(i64::MAX).clamp(MIN_ETINY - 1, MAX_EMAX + 1));
        context.apply(vm, |rules, status| exponent::quantize(self.number(), &unit, rules, status))
    }

    fn __float__(&self, vm: &mut Vm) -> PyResult<f64> {
        convert::to_f64(vm, self.number())
    }

    fn __complex__(&self, vm: &mut Vm) -> PyResult {
        let re = convert::to_f64(vm, self.number())?;
        Ok(vm.complex(pvm_object::number::complex::Complex { re, im: 0.0 }))
    }

    fn __hash__(this: &Object<Self>, vm: &mut Vm) -> PyResult<i64> {
        match this.number().kind {
            Kind::Signaling => Err(vm.type_error(format_args!("Cannot hash a signaling NaN value"))),
            Kind::Quiet => Ok(pvm_object::hashing::hash_pointer(this.address())),
            _ => Ok(hash(this.number())),
        }
    }

    #[slot(richcompare)]
    fn richcompare(this: &Object<Self>, vm: &mut Vm, other: &Value, op: CompareOp) -> PyResult {
        let context = context::current(vm)?;
        let equality = matches!(op, CompareOp::Eq | CompareOp::Ne);
        let Some((a, b)) = comparable(vm, this.number(), other, equality, &context)? else {
            return Ok(Value::not_implemented());
        };
        if a.is_nan() || b.is_nan() {
            if a.is_signaling() || b.is_signaling() || !equality {
                context.signal(vm, condition::INVALID_OPERATION)?;
            }
            return Ok(Value::from_bool(op == CompareOp::Ne));
        }
        Ok(Value::from_bool(op.holds(checked(vm, compare::compare_values(&a, &b))?)))
    }

    fn __str__(&self, vm: &mut Vm) -> PyResult<String> {
        let context = context::current(vm)?;
        checked(vm, text::to_text(self.number(), context.capitals(), false))
    }

    fn __repr__(&self, vm: &mut Vm) -> PyResult<String> {
        let context = context::current(vm)?;
        let text = checked(vm, text::to_text(self.number(), context.capitals(), false))?;
        Ok(format!("Decimal('{text}')"))
    }

    #[signature = "(fmtarg, override=<unrepresentable>, /)"]
    #[text_signature = ""]
    fn __format__(this: &Object<Self>, vm: &mut Vm, fmtarg: &Value, override_: Option<&Value>) -> PyResult {
        let Some(spec_text) = fmtarg.downcast::<Str>() else {
            return Err(vm.type_error(format_args!("format arg must be str")));
        };
        let context = context::current(vm)?;
        let parsed = spec_text.as_str().and_then(|text| format::Spec::parse(text, context.capitals()));
        let Some(mut spec) = parsed else {
            return with_pydecimal(vm, this, fmtarg, &context);
        };
        if let Some(given) = override_ {
            super::locale::of_dict(vm, given, &mut spec.locale)?;
        } else if matches!(spec.kind, b'n' | b'N') {
            spec.locale = super::locale::current(vm)?;
        }
        match spec.kind {
            b'n' => spec.kind = b'g',
            b'N' => {
                spec.kind = b'G';
                vm.warn(&pvm_object::exceptions::DEPRECATION_WARNING, "Format specifier 'N' is deprecated", 1)?;
            }
            _ => {}
        }
        match checked(vm, spec.apply(this.number(), context.rules().rounding))? {
            Some(text) => Ok(vm.try_str(&text)?.into()),
            None => Err(vm.value_error(format_args!("format specification exceeds internal limits of _decimal"))),
        }
    }

    fn __copy__(this: &Object<Self>) -> Value {
        this.to_value()
    }

    #[signature = "(object, /)"]
    fn __deepcopy__(this: &Object<Self>, object: &Value) -> Value {
        let _ = object;
        this.to_value()
    }

    fn __reduce__(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        let text = vm.str(&this.to_value())?.into();
        let (class, arguments) = (this.ty().to_value(), vm.new_tuple(vec![text]).into());
        Ok(vm.new_tuple(vec![class, arguments]).into())
    }

    fn __sizeof__(&self) -> usize {
        16 + std::mem::size_of::<Number>() + bytes_beyond(self.number()) as usize
    }

    /// Return a tuple representation of the number.
    fn as_tuple(&self, vm: &mut Vm) -> PyResult {
        let number = self.number();
        let digits = match number.kind {
            Kind::Infinite => "0".to_owned(),
            Kind::Quiet | Kind::Signaling if number.coefficient.is_zero() => String::new(),
            _ => checked(vm, number.digit_text())?,
        };
        let digits = vm.try_tuple(digits.bytes().map(|byte| Value::from_i32(i32::from(byte - b'0'))))?.into();
        let exponent = match number.kind {
            Kind::Finite => vm.int(number.exponent),
            Kind::Infinite => vm.intern("F").into(),
            Kind::Quiet => vm.intern("n").into(),
            Kind::Signaling => vm.intern("N").into(),
        };
        let class = super::signals::make(vm)?.tuple(vm)?;
        vm.call(&class, &[Value::from_i32(i32::from(number.negative)), digits, exponent])
    }

    /// Decimal.as_integer_ratio() -> (int, int)
    ///
    /// Return a pair of integers, whose ratio is exactly equal to the original
    /// Decimal and with a positive denominator. The ratio is in lowest terms.
    /// Raise OverflowError on infinities and a ValueError on NaNs.
    fn as_integer_ratio(&self, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
        convert::to_ratio(vm, self.number())
    }

    /// Return the adjusted exponent of the number.  Defined as exp + digits - 1.
    fn adjusted(&self, vm: &mut Vm) -> PyResult<i64> {
        if self.number().is_finite() { checked(vm, self.number().adjusted()) } else { Ok(0) }
    }

    /// Return self.
    fn conjugate(this: &Object<Self>) -> Value {
        this.to_value()
    }

    /// Return Decimal(10), the radix (base) in which the Decimal class does
    /// all its arithmetic. Included for compatibility with the specification.
    fn radix(&self, vm: &mut Vm) -> Ref<Decimal> {
        new(vm, Number::integer(10))
    }

    /// Return the canonical encoding of the argument.  Currently, the encoding
    /// of a Decimal instance is always canonical, so this operation returns its
    /// argument unchanged.
    fn canonical(this: &Object<Self>) -> Value {
        this.to_value()
    }

    /// Return the absolute value of the argument.  This operation is unaffected by
    /// context and is quiet: no flags are changed and no rounding is performed.
    fn copy_abs(&self, vm: &mut Vm) -> Ref<Decimal> {
        new(vm, self.number().clone().with_sign(false))
    }

    /// Return the negation of the argument.  This operation is unaffected by context
    /// and is quiet: no flags are changed and no rounding is performed.
    fn copy_negate(&self, vm: &mut Vm) -> Ref<Decimal> {
        new(vm, self.number().clone().with_sign(!self.number().negative))
    }

    /// Return a copy of the first operand with the sign set to be the same as the
    /// sign of the second operand. For example:
    ///
    ///     >>> Decimal('2.3').copy_sign(Decimal('-1.5'))
    ///     Decimal('-2.3')
    ///
    /// This operation is unaffected by context and is quiet: no flags are changed
    /// and no rounding is performed. As an exception, the C version may raise
    /// InvalidOperation if the second operand cannot be converted exactly.
    #[signature = "(other, context=None)"]
    fn copy_sign(&self, vm: &mut Vm, other: &Value, context: Option<&Value>) -> PyResult<Ref<Decimal>> {
        context::of(vm, context)?;
        let negative = convert::argument(vm, other)?.negative;
        Ok(new(vm, self.number().clone().with_sign(negative)))
    }

    /// Fused multiply-add.  Return self*other+third with no rounding of the
    /// intermediate product self*other.
    ///
    ///     >>> Decimal(2).fma(3, 5)
    ///     Decimal('11')
    #[signature = "(other, third, context=None)"]
    fn fma(&self, vm: &mut Vm, other: &Value, third: &Value, context: Option<&Value>) -> PyResult {
        let context = context::of(vm, context)?;
        let (other, third) = (convert::argument(vm, other)?, convert::argument(vm, third)?);
        context.apply(vm, |rules, status| arithmetic::fma(self.number(), &other, &third, rules, status))
    }

    /// Return a value equal to the first operand after rounding and having the
    /// exponent of the second operand.
    ///
    ///     >>> Decimal('1.41421356').quantize(Decimal('1.000'))
    ///     Decimal('1.414')
    ///
    /// Unlike other operations, if the length of the coefficient after the quantize
    /// operation would be greater than precision, then an InvalidOperation is signaled.
    /// This guarantees that, unless there is an error condition, the quantized exponent
    /// is always equal to that of the right-hand operand.
    ///
    /// Also unlike other operations, quantize never signals Underflow, even if the
    /// result is subnormal and inexact.
    ///
    /// If the exponent of the second operand is larger than that of the first, then
    /// rounding may be necessary. In this case, the rounding mode is determined by the
    /// rounding argument if given, else by the given context argument; if neither
    /// argument is given, the rounding mode of the current thread's context is used.
    #[signature = "(exp, rounding=None, context=None)"]
    fn quantize(&self, vm: &mut Vm, exp: &Value, rounding: Option<&Value>, context: Option<&Value>) -> PyResult {
        let context = context::of(vm, context)?;
        let mut rules = context.rules();
        if let Some(rounding) = rounding {
            rules.rounding = context::rounding_of(vm, rounding)?;
        }
        let exp = convert::argument(vm, exp)?;
        context.apply(vm, |_, status| exponent::quantize(self.number(), &exp, &rules, status))
    }

    /// Identical to the to_integral_value() method.  The to_integral() name has been
    /// kept for compatibility with older versions.
    #[signature = "(rounding=None, context=None)"]
    fn to_integral(&self, vm: &mut Vm, rounding: Option<&Value>, context: Option<&Value>) -> PyResult {
        self.integral(vm, false, rounding, context)
    }

    /// Round to the nearest integer without signaling Inexact or Rounded.  The
    /// rounding mode is determined by the rounding parameter if given, else by
    /// the given context. If neither parameter is given, then the rounding mode
    /// of the current default context is used.
    #[signature = "(rounding=None, context=None)"]
    fn to_integral_value(&self, vm: &mut Vm, rounding: Option<&Value>, context: Option<&Value>) -> PyResult {
        self.integral(vm, false, rounding, context)
    }

    /// Round to the nearest integer, signaling Inexact or Rounded as appropriate if
    /// rounding occurs.  The rounding mode is determined by the rounding parameter
    /// if given, else by the given context. If neither parameter is given, then the
    /// rounding mode of the current default context is used.
    #[signature = "(rounding=None, context=None)"]
    fn to_integral_exact(&self, vm: &mut Vm, rounding: Option<&Value>, context: Option<&Value>) -> PyResult {
        self.integral(vm, true, rounding, context)
    }

    /// Convert to an engineering-type string.  Engineering notation has an exponent
    /// which is a multiple of 3, so there are up to 3 digits left of the decimal
    /// place. For example, Decimal('123E+1') is converted to Decimal('1.23E+3').
    ///
    /// The value of context.capitals determines whether the exponent sign is lower
    /// or upper case. Otherwise, the context does not affect the operation.
    #[signature = "(context=None)"]
    fn to_eng_string(&self, vm: &mut Vm, context: Option<&Value>) -> PyResult<String> {
        let context = context::of(vm, context)?;
        checked(vm, text::to_text(self.number(), context.capitals(), true))
    }

    /// Return a string describing the class of the operand.  The returned value
    /// is one of the following ten strings:
    ///
    ///     * '-Infinity', indicating that the operand is negative infinity.
    ///     * '-Normal', indicating that the operand is a negative normal number.
    ///     * '-Subnormal', indicating that the operand is negative and subnormal.
    ///     * '-Zero', indicating that the operand is a negative zero.
    ///     * '+Zero', indicating that the operand is a positive zero.
    ///     * '+Subnormal', indicating that the operand is positive and subnormal.
    ///     * '+Normal', indicating that the operand is a positive normal number.
    ///     * '+Infinity', indicating that the operand is positive infinity.
    ///     * 'NaN', indicating that the operand is a quiet NaN (Not a Number).
    ///     * 'sNaN', indicating that the operand is a signaling NaN.
    #[signature = "(context=None)"]
    fn number_class(&self, vm: &mut Vm, context: Option<&Value>) -> PyResult<&'static str> {
        let context = context::of(vm, context)?;
        checked(vm, exponent::class(self.number(), &context.rules()))
    }

    /// Test whether self and other have the same exponent or whether both are NaN.
    ///
    /// This operation is unaffected by context and is quiet: no flags are changed
    /// and no rounding is performed. As an exception, the C version may raise
    /// InvalidOperation if the second operand cannot be converted exactly.
    #[signature = "(other, context=None)"]
    fn same_quantum(&self, vm: &mut Vm, other: &Value, context: Option<&Value>) -> PyResult<bool> {
        context::of(vm, context)?;
        let other = convert::argument(vm, other)?;
        Ok(exponent::same_quantum(self.number(), &other))
    }
}

impl Decimal {
    fn to_whole(&self, vm: &mut Vm, rounding: Rounding) -> PyResult {
        let mut status = 0;
        let rounded = exponent::to_integral(self.number(), false, &Rules::WIDEST.rounded(rounding), &mut status);
        let rounded = checked(vm, rounded)?;
        convert::to_int(vm, &rounded)
    }

    fn integral(&self, vm: &mut Vm, exactly: bool, rounding: Option<&Value>, context: Option<&Value>) -> PyResult {
        let context = context::of(vm, context)?;
        let mut rules = context.rules();
        if let Some(rounding) = rounding {
            rules.rounding = context::rounding_of(vm, rounding)?;
        }
        context.apply(vm, |_, status| exponent::to_integral(self.number(), exactly, &rules, status))
    }
}

/// Quotient and remainder.
pub fn divmod(vm: &mut Vm, a: &Number, b: &Number, context: &Context) -> PyResult {
    let mut status = 0;
    let result = arithmetic::divmod(a, b, &context.rules(), &mut status);
    let (quotient, rest) = context.outcome(vm, result)?;
    context.signal(vm, status)?;
    let pair = vec![new(vm, quotient).into(), new(vm, rest).into()];
    Ok(vm.new_tuple(pair).into())
}

/// Specifications that are not libmpdec's are seen to by `_pydecimal` (`pydec_format`).
#[cold]
fn with_pydecimal(vm: &mut Vm, this: &Object<Decimal>, spec: &Value, context: &Context) -> PyResult {
    let name = vm.intern("Decimal");
    let class = vm.import_attr("_pydecimal", &name)?;
    let text = checked(vm, text::to_text(this.number(), context.capitals(), false))?;
    let text = vm.try_str(&text)?.into();
    let other = vm.call(&class, &[text])?;
    let name = vm.intern("Context");
    let class = vm.import_attr("_pydecimal", &name)?;
    let rules = context.rules();
    let name = vm.intern("rounding");
    let rounding = super::rules::ROUNDINGS.iter().find(|(known, _)| *known == rules.rounding).map_or("", |(_, name)| name);
    let rounding = vm.intern(rounding).into();
    let settings = vm.call(&class, &[])?;
    vm.setattr(&settings, &name, &rounding)?;
    let name = vm.intern("capitals");
    vm.setattr(&settings, &name, &Value::from_i32(i32::from(context.capitals())))?;
    let name = vm.intern("__format__");
    match vm.call_method(&other, &name, &[spec.clone(), settings]) {
        Err(raised) if vm.pending_is(pvm_object::exceptions::VALUE_ERROR.get()) => {
            drop(vm.catch(raised));
            Err(vm.value_error(format_args!("invalid format string")))
        }
        result => result,
    }
}
