//! Float to text: CPython's `PyOS_double_to_string`.
//!
//! Shortest digits come from `zmij`; digits to a given precision from the standard library, whose fixed and
//! exponential forms are exact and round half to even.

use super::fixed::Fixed;
use crate::number::error::{NumberError, check_room};

/// Which text form is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FloatForm {
    /// `e`: one digit, the point, `precision` digits, an exponent.
    Exponent,
    /// `f`: `precision` digits after the point.
    Fixed,
    /// `g`: `precision` significant digits, with an exponent if it is far from zero.
    General,
    /// `r`: the fewest digits that read back as the same float; the precision is unused.
    Shortest,
}

/// Variations of the form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FormatFlags {
    /// `E`, `INF`, `NAN` instead of the small letters.
    pub upper: bool,
    /// `+` before numbers that are not negative.
    pub sign: bool,
    /// `.0` after what would look like an integer.
    pub add_dot_0: bool,
    /// Always a decimal point, and no trailing zeros dropped (`#`).
    pub alternate: bool,
    /// A result of zero is written without minus (`z`).
    pub no_negative_zero: bool,
}

/// `repr(x)`.
pub fn repr(x: f64) -> String {
    if x.is_finite() {
        let mut buffer = zmij::Buffer::new();
        let text = buffer.format_finite(x);
        // Without exponent the digits are laid out as Python's, but for one more small power of ten.
        let digits = text.strip_prefix('-').unwrap_or(text);
        if !digits.contains('e') && !digits.starts_with("0.0000") {
            return text.to_owned();
        }
    }
    let flags = FormatFlags { add_dot_0: true, ..FormatFlags::default() };
    let mut out = String::with_capacity(24);
    write_form(&mut out, x, FloatForm::Shortest, 0, flags);
    out
}

/// The greatest precision: C's largest int without the room that CPython keeps for the other characters.
const MAX_PRECISION: usize = i32::MAX as usize - 1024;

/// The text of `x` in the given form, as `PyOS_double_to_string` makes it.
///
/// # Errors
/// `ValueError` for a precision beyond C's int, `MemoryError` for one that memory cannot hold.
pub fn format_float(x: f64, form: FloatForm, precision: usize, flags: FormatFlags) -> Result<String, NumberError> {
    if precision > MAX_PRECISION {
        return Err(NumberError::value("precision too big"));
    }
    if form == FloatForm::Fixed || flags.alternate || form == FloatForm::Exponent {
        check_room(precision as u128)?;
    }
    let mut out = String::new();
    write_form(&mut out, x, form, precision, flags);
    Ok(out)
}

/// Every float's digits end before this many, significant or after the point.
const ALL_DIGITS: usize = 1100;

fn write_form(out: &mut String, x: f64, form: FloatForm, precision: usize, flags: FormatFlags) {
    if !x.is_finite() {
        write_sign(out, x < 0.0, flags);
        out.push_str(match (x.is_nan(), flags.upper) {
            (true, false) => "nan",
            (true, true) => "NAN",
            (false, false) => "inf",
            (false, true) => "INF",
        });
        return;
    }
    if form == FloatForm::Fixed {
        write_fixed(out, x, precision, flags);
        return;
    }
    let precision = if form == FloatForm::General { precision.max(1) } else { precision };
    let digits = match form {
        FloatForm::Shortest => Digits::shortest(x.abs()),
        FloatForm::Exponent => Digits::exact(x.abs(), precision.saturating_add(1)),
        FloatForm::General | FloatForm::Fixed => Digits::exact(x.abs(), precision),
    };
    let negative = x.is_sign_negative() && !(flags.no_negative_zero && digits.is_zero());
    write_sign(out, negative, flags);
    let point = digits.point;
    let general_limit = i64::try_from(precision).unwrap_or(i64::MAX) - i64::from(flags.add_dot_0);
    let use_exponent = match form {
        FloatForm::Exponent => true,
        FloatForm::Shortest => point <= -4 || i64::from(point) > 16,
        _ => point <= -4 || i64::from(point) > general_limit,
    };
    // How many digits are written at least, counted from the first significant one.
    let wanted = match form {
        FloatForm::Exponent => precision.saturating_add(1),
        FloatForm::General if flags.alternate => precision,
        _ => 0,
    };
    if use_exponent {
        digits.write_plain(out, 1, wanted, false, flags.alternate);
        write_exponent(out, point - 1, flags.upper);
    } else {
        digits.write_plain(out, point, wanted, flags.add_dot_0, flags.alternate);
    }
}

fn write_sign(out: &mut String, negative: bool, flags: FormatFlags) {
    if negative {
        out.push('-');
    } else if flags.sign {
        out.push('+');
    }
}

fn write_fixed(out: &mut String, x: f64, precision: usize, flags: FormatFlags) {
    let magnitude = x.abs();
    if let Some(text) = Fixed::new(magnitude, precision).filter(|_| !flags.no_negative_zero) {
        write_sign(out, x.is_sign_negative(), flags);
        out.push_str(text.as_str());
        return;
    }
    let computed = precision.min(ALL_DIGITS);
    let text = format!("{magnitude:.computed$}");
    let is_zero = || text.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    let negative = x.is_sign_negative() && !(flags.no_negative_zero && is_zero());
    out.reserve(text.len() + precision - computed + 2);
    write_sign(out, negative, flags);
    out.push_str(&text);
    out.extend(std::iter::repeat_n('0', precision - computed));
    if precision == 0 {
        if flags.add_dot_0 {
            out.push_str(".0");
        } else if flags.alternate {
            out.push('.');
        }
    }
}

fn write_exponent(out: &mut String, exponent: i32, upper: bool) {
    out.push(if upper { 'E' } else { 'e' });
    out.push(if exponent < 0 { '-' } else { '+' });
    let magnitude = exponent.unsigned_abs();
    if magnitude < 10 {
        out.push('0');
    }
    out.push_str(&magnitude.to_string());
}

/// Significant digits without trailing zeros, and where the decimal point stands after the first of them.
struct Digits {
    text: String,
    point: i32,
}

impl Digits {
    /// The fewest digits of a finite number, not negative, that read back as the same float.
    fn shortest(x: f64) -> Digits {
        if x == 0.0 {
            return Digits::zero();
        }
        let mut buffer = zmij::Buffer::new();
        Digits::from_scientific(buffer.format_finite(x))
    }

    /// `count` correctly rounded digits of a finite number that is not negative.
    fn exact(x: f64, count: usize) -> Digits {
        if x == 0.0 {
            return Digits::zero();
        }
        let places = count.min(ALL_DIGITS) - 1;
        Digits::from_scientific(&format!("{x:.places$e}"))
    }

    fn zero() -> Digits {
        Digits { text: "0".to_owned(), point: 1 }
    }

    fn is_zero(&self) -> bool {
        self.text == "0"
    }

    /// Takes apart `1.25e-7`, `0.0012`, `1250.0` and the like.
    fn from_scientific(text: &str) -> Digits {
        let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
        let exponent: i32 = exponent.parse().unwrap_or(0);
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let mut digits = String::with_capacity(mantissa.len());
        digits.push_str(whole);
        digits.push_str(fraction);
        let leading = digits.len() - digits.trim_start_matches('0').len();
        digits.drain(..leading);
        digits.truncate(digits.trim_end_matches('0').len());
        Digits { point: exponent + whole.len() as i32 - leading as i32, text: digits }
    }

    /// Writes the digits with the point after `point` of them, zeros where digits are missing, at least
    /// `wanted` digits; a point that nothing follows stays only if `keep_point`.
    fn write_plain(&self, out: &mut String, point: i32, wanted: usize, add_dot_0: bool, keep_point: bool) {
        let digits = &self.text;
        let zeros = |out: &mut String, count: usize| out.extend(std::iter::repeat_n('0', count));
        if point <= 0 {
            out.push_str("0.");
            zeros(out, point.unsigned_abs() as usize);
            out.push_str(digits);
            zeros(out, wanted.saturating_sub(digits.len()));
            return;
        }
        let point = point as usize;
        let mut end = wanted.max(digits.len()).max(point);
        if add_dot_0 {
            end = end.max(point + 1);
        }
        if digits.len() > point {
            out.push_str(&digits[..point]);
            out.push('.');
            out.push_str(&digits[point..]);
            zeros(out, end - digits.len());
        } else {
            out.push_str(digits);
            zeros(out, point - digits.len());
            if end > point || keep_point {
                out.push('.');
                zeros(out, end - point);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repr_switches_to_exponents_where_cpython_does() {
        for (x, expected) in [
            (0.0, "0.0"),
            (-0.0, "-0.0"),
            (1.0, "1.0"),
            (0.1, "0.1"),
            (1e16, "1e+16"),
            (1e15, "1000000000000000.0"),
            (9999999999999998.0, "9999999999999998.0"),
            (1e-5, "1e-05"),
            (0.0001, "0.0001"),
            (1.5e-7, "1.5e-07"),
            (1e22, "1e+22"),
            (5e-324, "5e-324"),
            (f64::MAX, "1.7976931348623157e+308"),
            (123456789.125, "123456789.125"),
            (f64::INFINITY, "inf"),
            (f64::NEG_INFINITY, "-inf"),
            (-f64::NAN, "nan"),
        ] {
            assert_eq!(repr(x), expected);
        }
    }

    fn form(x: f64, form: FloatForm, precision: usize, alternate: bool) -> String {
        let flags = FormatFlags { alternate, ..FormatFlags::default() };
        format_float(x, form, precision, flags).unwrap()
    }

    #[test]
    fn forms_with_precision() {
        use FloatForm::{Exponent, Fixed, General};
        for (x, kind, precision, alternate, expected) in [
            (2.5, Fixed, 0, false, "2"),
            (2.5, Fixed, 0, true, "2."),
            (2.46802, Fixed, 2, false, "2.47"),
            (15.0, Exponent, 0, false, "2e+01"),
            (15.0, Exponent, 0, true, "2.e+01"),
            (0.0, Exponent, 3, false, "0.000e+00"),
            (1e100, Exponent, 3, false, "1.000e+100"),
            (100000.0, General, 6, false, "100000"),
            (1000000.0, General, 6, false, "1e+06"),
            (1.0, General, 6, true, "1.00000"),
            (0.00001, General, 6, false, "1e-05"),
            (0.0001, General, 6, true, "0.000100000"),
            (999999.5, General, 6, false, "1e+06"),
            (0.0, General, 6, true, "0.00000"),
            (0.1, Fixed, 55, false, "0.1000000000000000055511151231257827021181583404541015625"),
        ] {
            assert_eq!(form(x, kind, precision, alternate), expected);
        }
        let long = form(1.0, Fixed, 5000, false);
        assert_eq!(long.len(), 5002);
    }

    #[test]
    fn negative_zero_can_be_dropped() {
        let flags = FormatFlags { no_negative_zero: true, ..FormatFlags::default() };
        assert_eq!(format_float(-0.001, FloatForm::Fixed, 1, flags).unwrap(), "0.0");
        assert_eq!(format_float(-0.0, FloatForm::General, 3, flags).unwrap(), "0");
        assert_eq!(format_float(-0.06, FloatForm::Fixed, 1, flags).unwrap(), "-0.1");
    }
}
