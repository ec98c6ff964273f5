//! The operations that are methods of both `Decimal` and `Context`, by tables.

use pvm_macros::pymethods;
use pvm_object::{PyResult, Ref, Value, Vm};

use super::context::{self, Context};
use super::number::{Kind, Number, Outcome};
use super::object::Decimal;
use super::rules::Rules;
use super::{arithmetic, compare, convert, exponent, logarithms, power, text};
use crate::math::checked;

macro_rules! unary {
    ($($name:ident = $function:path {
        $(#[doc = $own:literal])* Decimal,
        $(#[doc = $of_context:literal])* Context
    })*) => {
        #[pymethods(part = unary)]
        impl Decimal {
            $(
                $(#[doc = $own])*
                #[signature = "(context=None)"]
                fn $name(&self, vm: &mut Vm, context: Option<&Value>) -> PyResult {
                    let context = context::of(vm, context)?;
                    context.apply(vm, |rules, status| $function(self.number(), rules, status))
                }
            )*
        }

        #[pymethods(part = unary)]
        impl Context {
            $(
                $(#[doc = $of_context])*
                #[signature = "(x, /)"]
                fn $name(&self, vm: &mut Vm, x: &Value) -> PyResult {
                    let x = convert::argument(vm, x)?;
                    self.apply(vm, |rules, status| $function(&x, rules, status))
                }
            )*
        }
    };
}

unary! {
    exp = logarithms::exp {
        /// Return the value of the (natural) exponential function e**x at the given
        /// number.  The function always uses the ROUND_HALF_EVEN mode and the result
        /// is correctly rounded.
        Decimal,
        /// Return e ** x.
        Context
    }
    ln = logarithms::ln {
        /// Return the natural (base e) logarithm of the operand. The function always
        /// uses the ROUND_HALF_EVEN mode and the result is correctly rounded.
        Decimal,
        /// Return the natural (base e) logarithm of x.
        Context
    }
    log10 = logarithms::log10 {
        /// Return the base ten logarithm of the operand. The function always uses the
        /// ROUND_HALF_EVEN mode and the result is correctly rounded.
        Decimal,
        /// Return the base 10 logarithm of x.
        Context
    }
    logb = exponent::logb {
        /// For a non-zero number, return the adjusted exponent of the operand as a
        /// Decimal instance.  If the operand is a zero, then Decimal('-Infinity') is
        /// returned and the DivisionByZero condition is raised. If the operand is
        /// an infinity then Decimal('Infinity') is returned.
        Decimal,
        /// Return the exponent of the magnitude of the operand's MSD.
        Context
    }
    logical_invert = exponent::logical_invert {
        /// Invert all its digits.
        ///
        /// The self must be logical number.
        Decimal,
        /// Invert all the digits in the operand.
        ///
        /// The operand must be a logical number.
        ///
        ///     >>> ExtendedContext.logical_invert(Decimal('0'))
        ///     Decimal('111111111')
        ///     >>> ExtendedContext.logical_invert(Decimal('1'))
        ///     Decimal('111111110')
        ///     >>> ExtendedContext.logical_invert(Decimal('111111111'))
        ///     Decimal('0')
        ///     >>> ExtendedContext.logical_invert(Decimal('101010101'))
        ///     Decimal('10101010')
        ///     >>> ExtendedContext.logical_invert(1101)
        ///     Decimal('111110010')
        Context
    }
    next_minus = exponent::next_minus {
        /// Return the largest number representable in the given context (or in the
        /// current default context if no context is given) that is smaller than the
        /// given operand.
        Decimal,
        /// Return the largest representable number smaller than x.
        Context
    }
    next_plus = exponent::next_plus {
        /// Return the smallest number representable in the given context (or in the
        /// current default context if no context is given) that is larger than the
        /// given operand.
        Decimal,
        /// Return the smallest representable number larger than x.
        Context
    }
    normalize = exponent::reduce {
        /// Normalize the number by stripping the rightmost trailing zeros and
        /// converting any result equal to Decimal('0') to Decimal('0e0').  Used
        /// for producing canonical values for members of an equivalence class.
        /// For example, Decimal('32.100') and Decimal('0.321000e+2') both normalize
        /// to the equivalent value Decimal('32.1').
        Decimal,
        /// Reduce x to its simplest form. Alias for reduce(x).
        Context
    }
    sqrt = arithmetic::square_root {
        /// Return the square root of the argument to full precision. The result is
        /// correctly rounded using the ROUND_HALF_EVEN rounding mode.
        Decimal,
        /// Square root of a non-negative number to context precision.
        Context
    }
}

fn compare_total(a: &Number, b: &Number, _: &Rules, _: &mut u32) -> Outcome {
    compare::compare_total(a, b)
}

fn compare_total_mag(a: &Number, b: &Number, _: &Rules, _: &mut u32) -> Outcome {
    compare::compare_total_mag(a, b)
}

macro_rules! binary {
    ($($name:ident = $function:path {
        $(#[doc = $own:literal])* Decimal,
        $(#[doc = $of_context:literal])* Context
    })*) => {
        #[pymethods(part = binary)]
        impl Decimal {
            $(
                $(#[doc = $own])*
                #[signature = "(other, context=None)"]
                fn $name(&self, vm: &mut Vm, other: &Value, context: Option<&Value>) -> PyResult {
                    let context = context::of(vm, context)?;
                    let other = convert::argument(vm, other)?;
                    context.apply(vm, |rules, status| $function(self.number(), &other, rules, status))
                }
            )*
        }

        #[pymethods(part = binary)]
        impl Context {
            $(
                $(#[doc = $of_context])*
                #[signature = "(x, y, /)"]
                fn $name(&self, vm: &mut Vm, x: &Value, y: &Value) -> PyResult {
                    let (x, y) = (convert::argument(vm, x)?, convert::argument(vm, y)?);
                    self.apply(vm, |rules, status| $function(&x, &y, rules, status))
                }
            )*
        }
    };
}

binary! {
    compare = compare::compare {
        /// Compare self to other.  Return a decimal value:
        ///
        ///     a or b is a NaN ==> Decimal('NaN')
        ///     a < b           ==> Decimal('-1')
        ///     a == b          ==> Decimal('0')
        ///     a > b           ==> Decimal('1')
        Decimal,
        /// Compare x and y numerically.
        Context
    }
    compare_signal = compare::compare_signal {
        /// Identical to compare, except that all NaNs signal.
        Decimal,
        /// Compare x and y numerically.  All NaNs signal.
        Context
    }
    compare_total = compare_total {
        /// Compare two operands using their abstract representation rather than
        /// their numerical value.  Similar to the compare() method, but the result
        /// gives a total ordering on Decimal instances.  Two Decimal instances with
        /// the same numeric value but different representations compare unequal
        /// in this ordering:
        ///
        ///     >>> Decimal('12.0').compare_total(Decimal('12'))
        ///     Decimal('-1')
        ///
        /// Quiet and signaling NaNs are also included in the total ordering. The result
        /// of this function is Decimal('0') if both operands have the same representation,
        /// Decimal('-1') if the first operand is lower in the total order than the second,
        /// and Decimal('1') if the first operand is higher in the total order than the
        /// second operand. See the specification for details of the total order.
        ///
        /// This operation is unaffected by context and is quiet: no flags are changed
        /// and no rounding is performed. As an exception, the C version may raise
        /// InvalidOperation if the second operand cannot be converted exactly.
        Decimal,
        /// Compare x and y using their abstract representation.
        Context
    }
    compare_total_mag = compare_total_mag {
        /// Compare two operands using their abstract representation rather than their
        /// value as in compare_total(), but ignoring the sign of each operand.
        ///
        /// x.compare_total_mag(y) is equivalent to x.copy_abs().compare_total(y.copy_abs()).
        ///
        /// This operation is unaffected by context and is quiet: no flags are changed
        /// and no rounding is performed. As an exception, the C version may raise
        /// InvalidOperation if the second operand cannot be converted exactly.
        Decimal,
        /// Compare x and y using their abstract representation, ignoring sign.
        Context
    }
    logical_and = exponent::logical_and {
        /// Applies an 'and' operation between self and other's digits.
        ///
        /// Both self and other must be logical numbers.
        Decimal,
        /// Applies the logical operation 'and' between each operand's digits.
        ///
        /// The operands must be both logical numbers.
        ///
        ///     >>> ExtendedContext.logical_and(Decimal('0'), Decimal('0'))
        ///     Decimal('0')
        ///     >>> ExtendedContext.logical_and(Decimal('0'), Decimal('1'))
        ///     Decimal('0')
        ///     >>> ExtendedContext.logical_and(Decimal('1'), Decimal('0'))
        ///     Decimal('0')
        ///     >>> ExtendedContext.logical_and(Decimal('1'), Decimal('1'))
        ///     Decimal('1')
        ///     >>> ExtendedContext.logical_and(Decimal('1100'), Decimal('1010'))
        ///     Decimal('1000')
        ///     >>> ExtendedContext.logical_and(Decimal('1111'), Decimal('10'))
        ///     Decimal('10')
        ///     >>> ExtendedContext.logical_and(110, 1101)
        ///     Decimal('100')
        ///     >>> ExtendedContext.logical_and(Decimal(110), 1101)
        ///     Decimal('100')
        ///     >>> ExtendedContext.logical_and(110, Decimal(1101))
        ///     Decimal('100')
        Context
    }
    logical_or = exponent::logical_or {
        /// Applies an 'or' operation between self and other's digits.
        ///
        /// Both self and other must be logical numbers.
        Decimal,
        /// Applies the logical operation 'or' between each operand's digits.
        ///
        /// The operands must be both logical numbers.
        ///
        ///     >>> ExtendedContext.logical_or(Decimal('0'), Decimal('0'))
        ///     Decimal('0')
        ///     >>> ExtendedContext.logical_or(Decimal('0'), Decimal('1'))
        ///     Decimal('1')
        ///     >>> ExtendedContext.logical_or(Decimal('1'), Decimal('0'))
        ///     Decimal('1')
        ///     >>> ExtendedContext.logical_or(Decimal('1'), Decimal('1'))
        ///     Decimal('1')
        ///     >>> ExtendedContext.logical_or(Decimal('1100'), Decimal('1010'))
        ///     Decimal('1110')
        ///     >>> ExtendedContext.logical_or(Decimal('1110'), Decimal('10'))
        ///     Decimal('1110')
        ///     >>> ExtendedContext.logical_or(110, 1101)
        ///     Decimal('1111')
        ///     >>> ExtendedContext.logical_or(Decimal(110), 1101)
        ///     Decimal('1111')
        ///     >>> ExtendedContext.logical_or(110, Decimal(1101))
        ///     Decimal('1111')
        Context
    }
    logical_xor = exponent::logical_xor {
        /// Applies an 'xor' operation between self and other's digits.
        ///
        /// Both self and other must be logical numbers.
        Decimal,
        /// Applies the logical operation 'xor' between each operand's digits.
        ///
        /// The operands must be both logical numbers.
        ///
        ///     >>> ExtendedContext.logical_xor(Decimal('0'), Decimal('0'))
        ///     Decimal('0')
        ///     >>> ExtendedContext.logical_xor(Decimal('0'), Decimal('1'))
        ///     Decimal('1')
        ///     >>> ExtendedContext.logical_xor(Decimal('1'), Decimal('0'))
        ///     Decimal('1')
        ///     >>> ExtendedContext.logical_xor(Decimal('1'), Decimal('1'))
        ///     Decimal('0')
        ///     >>> ExtendedContext.logical_xor(Decimal('1100'), Decimal('1010'))
        ///     Decimal('110')
        ///     >>> ExtendedContext.logical_xor(Decimal('1111'), Decimal('10'))
        ///     Decimal('1101')
        ///     >>> ExtendedContext.logical_xor(110, 1101)
        ///     Decimal('1011')
        ///     >>> ExtendedContext.logical_xor(Decimal(110), 1101)
        ///     Decimal('1011')
        ///     >>> ExtendedContext.logical_xor(110, Decimal(1101))
        ///     Decimal('1011')
        Context
    }
    max = compare::max {
        /// Maximum of self and other.  If one operand is a quiet NaN and the other is
        /// numeric, the numeric operand is returned.
        Decimal,
        /// Compare the values numerically and return the maximum.
        Context
    }
    max_mag = compare::max_mag {
        /// Similar to the max() method, but the comparison is done using the absolute
        /// values of the operands.
        Decimal,
        /// Compare the values numerically with their sign ignored.
        Context
    }
    min = compare::min {
        /// Minimum of self and other. If one operand is a quiet NaN and the other is
        /// numeric, the numeric operand is returned.
        Decimal,
        /// Compare the values numerically and return the minimum.
        Context
    }
    min_mag = compare::min_mag {
        /// Similar to the min() method, but the comparison is done using the absolute
        /// values of the operands.
        Decimal,
        /// Compare the values numerically with their sign ignored.
        Context
    }
    next_toward = exponent::next_toward {
        /// If the two operands are unequal, return the number closest to the first
        /// operand in the direction of the second operand.  If both operands are
        /// numerically equal, return a copy of the first operand with the sign set
        /// to be the same as the sign of the second operand.
        Decimal,
        /// Return the number closest to x, in the direction towards y.
        Context
    }
    remainder_near = arithmetic::remainder_near {
        /// Return the remainder from dividing self by other.  This differs from
        /// self % other in that the sign of the remainder is chosen so as to minimize
        /// its absolute value. More precisely, the return value is self - n * other
        /// where n is the integer nearest to the exact value of self / other, and
        /// if two integers are equally near then the even one is chosen.
        ///
        /// If the result is zero then its sign will be the sign of self.
        Decimal,
        /// Return x - y * n, where n is the integer nearest the exact value of x / y
        /// (if the result is 0 then its sign will be the sign of x).
        Context
    }
    rotate = exponent::rotate {
        /// Return the result of rotating the digits of the first operand by an amount
        /// specified by the second operand.  The second operand must be an integer in
        /// the range -precision through precision. The absolute value of the second
        /// operand gives the number of places to rotate. If the second operand is
        /// positive then rotation is to the left; otherwise rotation is to the right.
        /// The coefficient of the first operand is padded on the left with zeros to
        /// length precision if necessary. The sign and exponent of the first operand are
        /// unchanged.
        Decimal,
        /// Return a copy of x, rotated by y places.
        Context
    }
    scaleb = exponent::scaleb {
        /// Return the first operand with the exponent adjusted the second.  Equivalently,
        /// return the first operand multiplied by 10**other. The second operand must be
        /// an integer.
        Decimal,
        /// Return the first operand after adding the second value to its exp.
        Context
    }
    shift = exponent::shift {
        /// Return the result of shifting the digits of the first operand by an amount
        /// specified by the second operand.  The second operand must be an integer in
        /// the range -precision through precision. The absolute value of the second
        /// operand gives the number of places to shift. If the second operand is
        /// positive, then the shift is to the left; otherwise the shift is to the
        /// right. Digits shifted into the coefficient are zeros. The sign and exponent
        /// of the first operand are unchanged.
        Decimal,
        /// Return a copy of x, shifted by y places.
        Context
    }
}

macro_rules! predicates {
    ($($name:ident = $function:path {
        $(#[doc = $own:literal])* Decimal,
        $(#[doc = $of_context:literal])* Context
    })*) => {
        #[pymethods(part = predicates)]
        impl Decimal {
            $(
                $(#[doc = $own])*
                fn $name(&self) -> bool {
                    let holds: fn(&Number) -> bool = $function;
                    holds(self.number())
                }
            )*

            /// Return True if the argument is canonical and False otherwise.  Currently,
            /// a Decimal instance is always canonical, so this operation always returns
            /// True.
            fn is_canonical(&self) -> bool {
                true
            }

            /// Return True if the argument is a normal finite non-zero number with an
            /// adjusted exponent greater than or equal to Emin. Return False if the
            /// argument is zero, subnormal, infinite or a NaN.
            #[signature = "(context=None)"]
            fn is_normal(&self, vm: &mut Vm, context: Option<&Value>) -> PyResult<bool> {
                let emin = context::of(vm, context)?.rules().emin;
                checked(vm, is_normal(self.number(), emin))
            }

            /// Return True if the argument is subnormal, and False otherwise. A number is
            /// subnormal if it is non-zero, finite, and has an adjusted exponent less
            /// than Emin.
            #[signature = "(context=None)"]
            fn is_subnormal(&self, vm: &mut Vm, context: Option<&Value>) -> PyResult<bool> {
                let emin = context::of(vm, context)?.rules().emin;
                checked(vm, is_subnormal(self.number(), emin))
            }
        }

        #[pymethods(part = predicates)]
        impl Context {
            $(
                $(#[doc = $of_context])*
                #[signature = "(x, /)"]
                fn $name(&self, vm: &mut Vm, x: &Value) -> PyResult<bool> {
                    let holds: fn(&Number) -> bool = $function;
                    Ok(holds(&*convert::argument(vm, x)?))
                }
            )*

            /// Return True if x is canonical, False otherwise.
            #[signature = "(x, /)"]
            fn is_canonical(&self, vm: &mut Vm, x: &Value) -> PyResult<bool> {
                match x.is_instance_of::<Decimal>() {
                    true => Ok(true),
                    false => Err(vm.type_error(format_args!("argument must be a Decimal"))),
                }
            }

            /// Return True if x is a normal number, False otherwise.
            #[signature = "(x, /)"]
            fn is_normal(&self, vm: &mut Vm, x: &Value) -> PyResult<bool> {
                let x = convert::argument(vm, x)?;
                checked(vm, is_normal(&x, self.rules().emin))
            }

            /// Return True if x is subnormal, False otherwise.
            #[signature = "(x, /)"]
            fn is_subnormal(&self, vm: &mut Vm, x: &Value) -> PyResult<bool> {
                let x = convert::argument(vm, x)?;
                checked(vm, is_subnormal(&x, self.rules().emin))
            }
        }
    };
}

fn is_normal(number: &Number, emin: i64) -> Outcome<bool> {
    Ok(number.is_finite() && !number.is_zero() && number.adjusted()? >= emin)
}

fn is_subnormal(number: &Number, emin: i64) -> Outcome<bool> {
    Ok(number.is_finite() && !number.is_zero() && number.adjusted()? < emin)
}

/// Whether it is a NaN that is quiet.
fn is_quiet(number: &Number) -> bool {
    number.kind == Kind::Quiet
}

fn is_signed(number: &Number) -> bool {
    number.negative
}

predicates! {
    is_finite = Number::is_finite {
        /// Return True if the argument is a finite number, and False if the argument
        /// is infinite or a NaN.
        Decimal,
        /// Return True if x is finite, False otherwise.
        Context
    }
    is_infinite = Number::is_infinite {
        /// Return True if the argument is either positive or negative infinity and
        /// False otherwise.
        Decimal,
        /// Return True if x is infinite, False otherwise.
        Context
    }
    is_nan = Number::is_nan {
        /// Return True if the argument is a (quiet or signaling) NaN and False
        /// otherwise.
        Decimal,
        /// Return True if x is a qNaN or sNaN, False otherwise.
        Context
    }
    is_qnan = is_quiet {
        /// Return True if the argument is a quiet NaN, and False otherwise.
        Decimal,
        /// Return True if x is a quiet NaN, False otherwise.
        Context
    }
    is_signed = is_signed {
        /// Return True if the argument has a negative sign and False otherwise.
        /// Note that both zeros and NaNs can carry signs.
        Decimal,
        /// Return True if x is negative, False otherwise.
        Context
    }
    is_snan = Number::is_signaling {
        /// Return True if the argument is a signaling NaN and False otherwise.
        Decimal,
        /// Return True if x is a signaling NaN, False otherwise.
        Context
    }
    is_zero = Number::is_zero {
        /// Return True if the argument is a (positive or negative) zero and False
        /// otherwise.
        Decimal,
        /// Return True if x is a zero, False otherwise.
        Context
    }
}

macro_rules! of_contexts {
    ($($(#[doc = $doc:literal])* $name:ident $parameters:literal ($($parameter:ident),*) = $function:path;)*) => {
        #[pymethods(part = others)]
        impl Context {
            $(
                $(#[doc = $doc])*
                #[signature = $parameters]
                fn $name(&self, vm: &mut Vm, $($parameter: &Value),*) -> PyResult {
                    $(let $parameter = convert::argument(vm, $parameter)?;)*
                    self.apply(vm, |rules, status| $function($(&$parameter,)* rules, status))
                }
            )*

            /// Return quotient and remainder of the division x / y.
            #[signature = "(x, y, /)"]
            fn divmod(&self, vm: &mut Vm, x: &Value, y: &Value) -> PyResult {
                let (x, y) = (convert::argument(vm, x)?, convert::argument(vm, y)?);
                super::object::divmod(vm, &x, &y, self)
            }

            /// Compute a**b. If 'a' is negative, then 'b' must be integral. The result
            /// will be inexact unless 'a' is integral and the result is finite and can
            /// be expressed exactly in 'precision' digits.  In the Python version the
            /// result is always correctly rounded, in the C version the result is almost
            /// always correctly rounded.
            ///
            /// If modulo is given, compute (a**b) % modulo. The following restrictions
            /// hold:
            ///
            ///     * all three arguments must be integral
            ///     * 'b' must be nonnegative
            ///     * at least one of 'a' or 'b' must be nonzero
            ///     * modulo must be nonzero and less than 10**prec in absolute value
            #[signature = "(a, b, modulo=None)"]
            fn power(&self, vm: &mut Vm, a: &Value, b: &Value, modulo: Option<&Value>) -> PyResult {
                let (a, b) = (convert::argument(vm, a)?, convert::argument(vm, b)?);
                match modulo {
                    None => self.apply(vm, |rules, status| power::pow(&a, &b, rules, status)),
                    Some(modulo) => {
                        let modulo = convert::argument(vm, modulo)?;
                        self.apply(vm, |rules, status| power::pow_mod(&a, &b, &modulo, rules, status))
                    }
                }
            }

            /// Create a new Decimal instance from num, using self as the context. Unlike the
            /// Decimal constructor, this function observes the context limits.
            #[signature = "(num=<unrepresentable>, /)"]
            #[text_signature = "($self, num=\"0\", /)"]
            fn create_decimal(&self, vm: &mut Vm, num: Option<&Value>) -> PyResult<Ref<Decimal>> {
                let number = match num {
                    Some(value) => convert::rounded(vm, value, self)?,
                    None => Number::zero(false, 0),
                };
                Ok(super::object::new(vm, number))
            }

            /// Create a new Decimal instance from float f.  Unlike the Decimal.from_float()
            /// class method, this function observes the context limits.
            #[signature = "(f, /)"]
            fn create_decimal_from_float(&self, vm: &mut Vm, f: &Value) -> PyResult {
                let number = match (f.as_float(), convert::from_int(f)) {
                    (Some(float), _) => convert::from_float(float),
                    (_, Some(number)) => number,
                    _ => return Err(vm.type_error(format_args!("argument must be int or float"))),
                };
                self.apply(vm, |rules, status| number.finish(rules, status))
            }

            /// Return a new instance of x.
            #[signature = "(x, /)"]
            fn canonical(&self, vm: &mut Vm, x: &Value) -> PyResult {
                match x.is_instance_of::<Decimal>() {
                    true => Ok(x.clone()),
                    false => Err(vm.type_error(format_args!("argument must be a Decimal"))),
                }
            }

            #[signature = "(object, /)"]
            fn _apply(&self, vm: &mut Vm, object: &Value) -> PyResult {
                let x = convert::argument(vm, object)?.clone();
                self.apply(vm, |rules, status| x.finish(rules, status))
            }

            /// Return a copy of x with the sign set to 0.
            #[signature = "(x, /)"]
            fn copy_abs(&self, vm: &mut Vm, x: &Value) -> PyResult<Ref<Decimal>> {
                let x = convert::argument(vm, x)?.clone();
                Ok(super::object::new(vm, x.with_sign(false)))
            }

            /// Return a copy of Decimal x.
            #[signature = "(x, /)"]
            fn copy_decimal(&self, vm: &mut Vm, x: &Value) -> PyResult {
                match x.is_instance_of::<Decimal>() {
                    true => Ok(x.clone()),
                    false => {
                        let x = convert::argument(vm, x)?.clone();
                        Ok(super::object::new(vm, x).into())
                    }
                }
            }

            /// Return a copy of x with the sign inverted.
            #[signature = "(x, /)"]
            fn copy_negate(&self, vm: &mut Vm, x: &Value) -> PyResult<Ref<Decimal>> {
                let x = convert::argument(vm, x)?.clone();
                let negative = !x.negative;
                Ok(super::object::new(vm, x.with_sign(negative)))
            }

            /// Copy the sign from y to x.
            #[signature = "(x, y, /)"]
            fn copy_sign(&self, vm: &mut Vm, x: &Value, y: &Value) -> PyResult<Ref<Decimal>> {
                let (x, y) = (convert::argument(vm, x)?.clone(), convert::argument(vm, y)?);
                let negative = y.negative;
                Ok(super::object::new(vm, x.with_sign(negative)))
            }

            /// Return an indication of the class of x.
            #[signature = "(x, /)"]
            fn number_class(&self, vm: &mut Vm, x: &Value) -> PyResult<&'static str> {
                let x = convert::argument(vm, x)?;
                checked(vm, exponent::class(&x, &self.rules()))
            }

            /// Return True if the two operands have the same exponent.
            #[signature = "(x, y, /)"]
            fn same_quantum(&self, vm: &mut Vm, x: &Value, y: &Value) -> PyResult<bool> {
                let (x, y) = (convert::argument(vm, x)?, convert::argument(vm, y)?);
                Ok(exponent::same_quantum(&x, &y))
            }

            /// Convert a number to a string using scientific notation.
            #[signature = "(x, /)"]
            fn to_sci_string(&self, vm: &mut Vm, x: &Value) -> PyResult<String> {
                let x = convert::argument(vm, x)?;
                checked(vm, text::to_text(&x, self.capitals(), false))
            }

            /// Convert a number to a string, using engineering notation.
            #[signature = "(x, /)"]
            fn to_eng_string(&self, vm: &mut Vm, x: &Value) -> PyResult<String> {
                let x = convert::argument(vm, x)?;
                checked(vm, text::to_text(&x, self.capitals(), true))
            }
        }
    };
}

fn integral_exactly(a: &Number, rules: &Rules, status: &mut u32) -> Outcome {
    exponent::to_integral(a, true, rules, status)
}

fn integral(a: &Number, rules: &Rules, status: &mut u32) -> Outcome {
    exponent::to_integral(a, false, rules, status)
}

of_contexts! {
    /// Return the absolute value of x.
    abs "(x, /)" (x) = arithmetic::absolute;
    /// Return the sum of x and y.
    add "(x, y, /)" (x, y) = arithmetic::add;
    /// Return x divided by y.
    divide "(x, y, /)" (x, y) = arithmetic::divide;
    /// Return x divided by y, truncated to an integer.
    divide_int "(x, y, /)" (x, y) = arithmetic::divide_int;
    /// Return x multiplied by y, plus z.
    fma "(x, y, z, /)" (x, y, z) = arithmetic::fma;
    /// Minus corresponds to the unary prefix minus operator in Python, but applies
    /// the context to the result.
    minus "(x, /)" (x) = arithmetic::minus;
    /// Return the product of x and y.
    multiply "(x, y, /)" (x, y) = arithmetic::multiply;
    /// Plus corresponds to the unary prefix plus operator in Python, but applies
    /// the context to the result.
    plus "(x, /)" (x) = arithmetic::plus;
    /// Return a value equal to x (rounded), having the exponent of y.
    quantize "(x, y, /)" (x, y) = exponent::quantize;
    /// Return the remainder from integer division.  The sign of the result,
    /// if non-zero, is the same as that of the original dividend.
    remainder "(x, y, /)" (x, y) = arithmetic::remainder;
    /// Return the difference between x and y.
    subtract "(x, y, /)" (x, y) = arithmetic::subtract;
    /// Identical to to_integral_value(x).
    to_integral "(x, /)" (x) = integral;
    /// Round to an integer. Signal if the result is rounded or inexact.
    to_integral_exact "(x, /)" (x) = integral_exactly;
    /// Round to an integer.
    to_integral_value "(x, /)" (x) = integral;
}
