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
    ($($(#[doc = $doc:literal])* $name:ident = $function:path;)*) => {
        #[pymethods(part = unary)]
        impl Decimal {
            $(
                $(#[doc = $doc])*
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
                $(#[doc = $doc])*
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
    /// Return the value of the (natural) exponential function e**x.
    exp = logarithms::exp;
    /// Return the natural (base e) logarithm of the operand.
    ln = logarithms::ln;
    /// Return the base ten logarithm of the operand.
    log10 = logarithms::log10;
    /// Return the adjusted exponent of the operand as a Decimal instance.
    logb = exponent::logb;
    /// Return the digit-wise inversion of the (logical) operand.
    logical_invert = exponent::logical_invert;
    /// Return the largest representable number smaller than the operand.
    next_minus = exponent::next_minus;
    /// Return the smallest representable number larger than the operand.
    next_plus = exponent::next_plus;
    /// Normalize the number by stripping trailing 0s.
    normalize = exponent::reduce;
    /// Return the square root of the argument to full precision.
    sqrt = arithmetic::square_root;
}

fn compare_total(a: &Number, b: &Number, _: &Rules, _: &mut u32) -> Outcome {
    compare::compare_total(a, b)
}

fn compare_total_mag(a: &Number, b: &Number, _: &Rules, _: &mut u32) -> Outcome {
    compare::compare_total_mag(a, b)
}

macro_rules! binary {
    ($($(#[doc = $doc:literal])* $name:ident = $function:path;)*) => {
        #[pymethods(part = binary)]
        impl Decimal {
            $(
                $(#[doc = $doc])*
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
                $(#[doc = $doc])*
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
    /// Compare two operands numerically.
    compare = compare::compare;
    /// Compare two operands numerically; all NaNs signal.
    compare_signal = compare::compare_signal;
    /// Compare two operands using their abstract representation.
    compare_total = compare_total;
    /// Compare two operands using their abstract representation, ignoring sign.
    compare_total_mag = compare_total_mag;
    /// Digit-wise and of two logical operands.
    logical_and = exponent::logical_and;
    /// Digit-wise or of two logical operands.
    logical_or = exponent::logical_or;
    /// Digit-wise xor of two logical operands.
    logical_xor = exponent::logical_xor;
    /// Return the maximum of two operands, a number rather than a quiet NaN.
    max = compare::max;
    /// As the max() method, but compares the absolute values.
    max_mag = compare::max_mag;
    /// Return the minimum of two operands, a number rather than a quiet NaN.
    min = compare::min;
    /// As the min() method, but compares the absolute values.
    min_mag = compare::min_mag;
    /// Return the number closest to the first operand, in the direction of the second.
    next_toward = exponent::next_toward;
    /// Return the remainder that is nearest to zero.
    remainder_near = arithmetic::remainder_near;
    /// Return the first operand with its digits rotated by the second.
    rotate = exponent::rotate;
    /// Return the first operand with its exponent adjusted by the second.
    scaleb = exponent::scaleb;
    /// Return the first operand with its digits shifted by the second.
    shift = exponent::shift;
}

macro_rules! predicates {
    ($($(#[doc = $doc:literal])* $name:ident = $function:expr;)*) => {
        #[pymethods(part = predicates)]
        impl Decimal {
            $(
                $(#[doc = $doc])*
                fn $name(&self) -> bool {
                    let holds: fn(&Number) -> bool = $function;
                    holds(self.number())
                }
            )*

            /// Return True if the argument is canonical, which every Decimal is.
            fn is_canonical(&self) -> bool {
                true
            }

            /// Return True if the argument is a normal number.
            #[signature = "(context=None)"]
            fn is_normal(&self, vm: &mut Vm, context: Option<&Value>) -> PyResult<bool> {
                let emin = context::of(vm, context)?.rules().emin;
                checked(vm, is_normal(self.number(), emin))
            }

            /// Return True if the argument is subnormal.
            #[signature = "(context=None)"]
            fn is_subnormal(&self, vm: &mut Vm, context: Option<&Value>) -> PyResult<bool> {
                let emin = context::of(vm, context)?.rules().emin;
                checked(vm, is_subnormal(self.number(), emin))
            }
        }

        #[pymethods(part = predicates)]
        impl Context {
            $(
                $(#[doc = $doc])*
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

predicates! {
    /// Return True if the argument is neither infinite nor a NaN.
    is_finite = |number| number.is_finite();
    /// Return True if the argument is an infinity.
    is_infinite = |number| number.is_infinite();
    /// Return True if the argument is a (quiet or signaling) NaN.
    is_nan = |number| number.is_nan();
    /// Return True if the argument is a quiet NaN.
    is_qnan = |number| number.kind == Kind::Quiet;
    /// Return True if the argument has a negative sign.
    is_signed = |number| number.negative;
    /// Return True if the argument is a signaling NaN.
    is_snan = |number| number.is_signaling();
    /// Return True if the argument is a zero.
    is_zero = |number| number.is_zero();
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

            /// Compute a**b.
            ///
            /// If 'a' is negative, then 'b' must be integral.  The result
            /// will be inexact unless 'a' is integral and the result is
            /// finite and can be expressed exactly in 'precision' digits.
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

            /// Create a new Decimal instance from num, using self as the context.
            ///
            /// Unlike the Decimal constructor, this function observes the context
            /// limits.
            #[signature = "(num=<unrepresentable>, /)"]
            #[text_signature = "($self, num='0', /)"]
            fn create_decimal(&self, vm: &mut Vm, num: Option<&Value>) -> PyResult<Ref<Decimal>> {
                let number = match num {
                    Some(value) => convert::rounded(vm, value, self)?,
                    None => Number::zero(false, 0),
                };
                Ok(super::object::new(vm, number))
            }

            /// Create a new Decimal instance from float f.
            ///
            /// Unlike the Decimal.from_float() class method, this function
            /// observes the context limits.
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

            /// Apply self to Decimal x.
            #[signature = "(x, /)"]
            fn _apply(&self, vm: &mut Vm, x: &Value) -> PyResult {
                let x = convert::argument(vm, x)?.clone();
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

            /// Return a string describing the class of x.
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
    /// Minus corresponds to the unary prefix minus operator in Python.
    ///
    /// This operation applies the context to the result.
    minus "(x, /)" (x) = arithmetic::minus;
    /// Return the product of x and y.
    multiply "(x, y, /)" (x, y) = arithmetic::multiply;
    /// Plus corresponds to the unary prefix plus operator in Python.
    ///
    /// This operation applies the context to the result.
    plus "(x, /)" (x) = arithmetic::plus;
    /// Return a value equal to x (rounded), having the exponent of y.
    quantize "(x, y, /)" (x, y) = exponent::quantize;
    /// Return the remainder from integer division.
    remainder "(x, y, /)" (x, y) = arithmetic::remainder;
    /// Return the difference between x and y.
    subtract "(x, y, /)" (x, y) = arithmetic::subtract;
    /// Round to an integer.
    to_integral "(x, /)" (x) = integral;
    /// Round to an integer. Signal if the result is rounded or inexact.
    to_integral_exact "(x, /)" (x) = integral_exactly;
    /// Round to an integer.
    to_integral_value "(x, /)" (x) = integral;
}
