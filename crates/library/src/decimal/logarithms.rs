//! `exp`, `ln` and `log10`, rounded correctly, by the integer algorithms of `_pydecimal`.

use dashu_int::ops::{Abs, BitTest, UnsignedAbs};
use dashu_int::{IBig, Sign, UBig};
use pvm_object::number::NumberError;
use pvm_object::number::bigint::{IntRef, arith, large};
use pvm_object::number::error::go_on;

use super::number::{MOST_DIGITS, Number, Outcome, count_digits, pow10};
use super::rules::{Rounding, Rules, condition::*};

fn int(value: UBig) -> IBig {
    IBig::from(value)
}

fn ten(power: i64) -> Outcome<IBig> {
    pow10(power).map(int)
}

fn product(a: &IBig, b: &IBig) -> Outcome<IBig> {
    Ok(arith::mul(IntRef::Big(a), IntRef::Big(b))?.into_big())
}

/// Quotient and remainder, the latter not negative where the divisor is not.
fn floor_division(a: &IBig, b: &IBig) -> Outcome<(IBig, IBig)> {
    let (quotient, rest) = arith::div_mod(IntRef::Big(a), IntRef::Big(b))?;
    Ok((quotient.into_big(), rest.into_big()))
}

/// How many digits the magnitude has.
fn digits_of(value: &IBig) -> Outcome<i64> {
    count_digits(&value.clone().unsigned_abs())
}

/// The whole number nearest to a quotient of a positive divisor, the even one of two.
fn nearest(a: &IBig, b: &IBig) -> Outcome<IBig> {
    go_on()?;
    let (quotient, rest) = floor_division(a, b)?;
    let odd = quotient.bit(0) as u8;
    Ok(match (rest << 1usize) + odd > *b {
        true => quotient + 1,
        false => quotient,
    })
}

/// The same for a division by a power of two.
fn nearest_shift(value: &IBig, shift: usize) -> Outcome<IBig> {
    nearest(value, &(IBig::ONE << shift))
}

/// An approximation to `scale * ln(value / scale)`, for values from a tenth to ten of the scale (`_ilog`).
fn scaled_ln(value: &IBig, scale: &IBig) -> Outcome<IBig> {
    const STEPS: usize = 8;
    let mut y = value - scale;
    let mut halvings = 0usize;
    loop {
        let size = (&y).abs();
        let large = match halvings <= STEPS {
            true => (size << (STEPS - halvings)) >= *scale,
            false => (size >> (halvings - STEPS)) >= *scale,
        };
        if !large {
            break;
        }
        let under_root = product(scale, &(scale + nearest_shift(&y, halvings)?))?;
        let root = nearest_root(under_root)?;
        y = nearest(&(product(scale, &y)? << 1usize), &(scale + root))?;
        halvings += 1;
    }
    let digits = digits_of(scale)?;
    let terms = (10 * digits + 3 * STEPS as i64 - 1) / (3 * STEPS as i64);
    let shifted = nearest_shift(&y, halvings)?;
    let mut w = nearest(scale, &IBig::from(terms))?;
    for k in (1..terms).rev() {
        w = nearest(scale, &IBig::from(k))? - nearest(&product(&shifted, &w)?, scale)?;
    }
    nearest(&product(&w, &y)?, scale)
}

/// The whole number nearest to the square root of a positive one.
fn nearest_root(value: IBig) -> Outcome<IBig> {
    let value = value.unsigned_abs();
    let root = large::isqrt(value.clone())?;
    let rest = value - large::sqr(&root)?;
    Ok(int(if rest > root { root + 1u8 } else { root }))
}

/// The digits of the natural logarithm of ten.
const LN_OF_TEN: &str = "\
    230258509299404568401799145468436420760110148862877297603332790096757260967735248023599720508959829834196778404228624863\
    340952546508280675666628736909878168948290720832555468084379989482623319852839350530896537773262884616336622228769821988\
    674654366747440424327436515504893431493939147961940440022210510171417480036880840126470806855677432162283552201148046637\
    156591213734507478569476834636167921018064450706480002775026849167465505868569356734206705811364292245544057589257242082\
    413146956890167589402567763113569192920333765871416602301057030896345720754403708474699401682692828084811842893148485249\
    486448719278096762712757753970276686059524967166741834857044225071979650047149510504922147765676369386629769795221107182\
    645497347726624257094293225827985025855097852653832076067263171643095059950878075237103331011978575473315414218084275438\
    635917781170543098274823850456480190956102992918243182375253577097505395651876975103749708886921802051893395072385392051\
    446341972652872869651108625714921988499787488737713456862091670584980782805975119385444500997813114691593466624107184669\
    231010759843831919129223079250374729865092900988039194170265441681633572755570315159611356484654619089704281976336583698";

/// `floor(10**places * ln(10))` (`_Log10Memoize.getdigits`).
fn ln_of_ten(places: i64) -> Outcome<IBig> {
    if let Some(known) = LN_OF_TEN.get(..places as usize + 1) {
        return Ok(known.parse().unwrap_or(IBig::ZERO));
    }
    let mut extra = 3;
    loop {
        let scale = ten(places + extra + 2)?;
        let digits = nearest(&scaled_ln(&(&scale * IBig::from(10)), &scale)?, &IBig::from(100))?;
        let (kept, rest) = floor_division(&digits, &ten(extra)?)?;
        if !rest.is_zero() {
            return Ok(kept);
        }
        extra += 3;
    }
}

/// `scale * exp(value / scale)`, for values up to some ten times the scale (`_iexp`).
fn scaled_exp(value: &IBig, scale: &IBig) -> Outcome<IBig> {
    const STEPS: usize = 8;
    let halvings = floor_division(&(value.abs() << STEPS), scale)?.0.bit_len();
    let digits = digits_of(scale)?;
    let terms = (10 * digits + 3 * STEPS as i64 - 1) / (3 * STEPS as i64);
    let mut y = nearest(value, &IBig::from(terms))?;
    let wide = scale << halvings;
    for k in (1..terms).rev() {
        y = nearest(&product(value, &(&wide + y))?, &(&wide * IBig::from(k)))?;
    }
    for k in (0..halvings).rev() {
        let wide = scale << (k + 2);
        y = nearest(&product(&y, &(&y + &wide))?, &wide)?;
    }
    Ok(scale + y)
}

/// `exp(c * 10**e)` as coefficient and exponent, `places` digits of it (`_dexp`).
fn digits_of_exp(c: &IBig, e: i64, places: i64) -> Outcome<(IBig, i64)> {
    let places = places + 2;
    let extra = (e + digits_of(c)? - 1).max(0);
    let precision = places + extra;
    let shift = e + precision;
    let shifted = if shift >= 0 { product(c, &ten(shift)?)? } else { floor_division(c, &ten(-shift)?)?.0 };
    let (tens, rest) = floor_division(&shifted, &ln_of_ten(precision)?)?;
    let rest = nearest(&rest, &ten(extra)?)?;
    let tens = i64::try_from(tens).unwrap_or(0);
    Ok((nearest(&scaled_exp(&rest, &ten(places)?)?, &IBig::from(1000))?, tens - places + 3))
}

/// The logarithm of `c / 10**(digits or so)`, scaled, and the power of ten that is left.
fn split_ln(c: &UBig, e: i64, places: i64) -> Outcome<(IBig, i64)> {
    let length = count_digits(c)?;
    let power = e + length - i64::from(e + length >= 1);
    if places <= 0 {
        return Ok((IBig::ZERO, power));
    }
    let k = e + places - power;
    let c = match k >= 0 {
        true => int(large::mul(c, &pow10(k)?)?),
        false => nearest(&int(c.clone()), &ten(-k)?)?,
    };
    Ok((scaled_ln(&c, &ten(places)?)?, power))
}

/// `10**places * log10(c * 10**e)` (`_dlog10`).
fn scaled_log10(c: &UBig, e: i64, places: i64) -> Outcome<IBig> {
    let places = places + 2;
    let (ln, power) = split_ln(c, e, places)?;
    let (log, powers) = match places > 0 {
        true => {
            let unit = ten(places)?;
            (nearest(&product(&ln, &unit)?, &ln_of_ten(places)?)?, IBig::from(power) * unit)
        }
        false => (IBig::ZERO, nearest(&IBig::from(power), &ten(-places)?)?),
    };
    nearest(&(powers + log), &IBig::from(100))
}

/// `10**places * ln(c * 10**e)` (`_dlog`).
fn scaled_log(c: &UBig, e: i64, places: i64) -> Outcome<IBig> {
    let places = places + 2;
    let (ln, power) = split_ln(c, e, places)?;
    let mut powers = IBig::ZERO;
    if power != 0 {
        let extra = digit_count(power) - 1;
        if places + extra >= 0 {
            powers = nearest(&(IBig::from(power) * ln_of_ten(places + extra)?), &ten(extra)?)?;
        }
    }
    nearest(&(powers + ln), &IBig::from(100))
}

/// Whether the digits behind the precision tell how to round.
fn decides(coefficient: &UBig, prec: i64) -> Outcome<bool> {
    let beyond = count_digits(coefficient)? - prec - 1;
    Ok(beyond >= 0 && !large::div_rem(coefficient, &(pow10(beyond)? * 5u8))?.1.is_zero())
}

/// How many digits a small number has.
pub fn digit_count(value: i64) -> i64 {
    value.unsigned_abs().checked_ilog10().map_or(1, |digits| i64::from(digits) + 1)
}

/// `exp(a)`.
pub fn exp(a: &Number, rules: &Rules, status: &mut u32) -> Outcome {
    if let Some(nan) = Number::propagate(&[a], rules, status)? {
        return Ok(nan);
    }
    if a.is_infinite() {
        return Ok(if a.negative { Number::zero(false, 0) } else { a.clone() });
    }
    if a.is_zero() {
        return Ok(Number::integer(1));
    }
    if rules.prec > MOST_DIGITS {
        return Err(NumberError::Memory);
    }
    let (prec, adjusted) = (rules.prec, a.adjusted()?);
    let rules = rules.rounded(Rounding::HalfEven);
    let result = if !a.negative && adjusted > digit_count((rules.emax + 1).saturating_mul(3)) {
        Number::finite(false, 1u8, rules.emax + 1)
    } else if a.negative && adjusted > digit_count((1 - rules.etiny()).saturating_mul(3)) {
        Number::finite(false, 1u8, rules.etiny() - 1)
    } else if !a.negative && adjusted < -prec {
        Number::finite(false, pow10(prec)? + 1u8, -prec)
    } else if a.negative && adjusted < -prec - 1 {
        Number::finite(false, pow10(prec + 1)? - 1u8, -prec - 1)
    } else {
        let c = if a.negative { -int(a.coefficient.clone()) } else { int(a.coefficient.clone()) };
        let mut extra = 3;
        loop {
            let (coefficient, exponent) = digits_of_exp(&c, a.exponent, prec + extra)?;
            let coefficient = coefficient.unsigned_abs();
            if decides(&coefficient, prec)? {
                break Number::finite(false, coefficient, exponent);
            }
            extra += 3;
        }
    };
    result.finish(&rules, status)
}

/// A lower bound of the adjusted exponent of a logarithm's magnitude, for numbers whose own is 0 or -1, by the difference
/// from one; `factor` scales the denominator (`_ln_exp_bound`, `_log10_exp_bound`).
fn bound_near_one(a: &Number, factor: u32) -> Outcome<i64> {
    let one = pow10(-a.exponent)?;
    let c = &a.coefficient;
    if a.adjusted()? == 0 {
        let (numerator, denominator) = (large::to_decimal(&(c - one))?, large::to_decimal(&(c * factor))?);
        return Ok(numerator.len() as i64 - denominator.len() as i64 - i64::from(numerator < denominator));
    }
    let numerator = large::to_decimal(&(one - c))?;
    Ok(match factor {
        1 => a.exponent + numerator.len() as i64 - 1,
        _ => numerator.len() as i64 + a.exponent - i64::from(numerator.as_str() < "231") - 1,
    })
}

fn is_one(a: &Number) -> Outcome<bool> {
    let may_be = !a.negative && a.is_finite() && a.exponent <= 0 && a.adjusted()? == 0;
    Ok(may_be && a.coefficient == pow10(-a.exponent)?)
}

fn logarithm(a: &Number, rules: &Rules, places: i64, scaled: fn(&UBig, i64, i64) -> Outcome<IBig>, status: &mut u32) -> Outcome {
    let mut places = places;
    loop {
        let value = scaled(&a.coefficient, a.exponent, places)?;
        let negative = value.sign() == Sign::Negative;
        let coefficient = value.unsigned_abs();
        if decides(&coefficient, rules.prec)? {
            return Number::finite(negative, coefficient, -places).finish(rules, status);
        }
        places += 3;
    }
}

/// The cases of logarithms that need no computation.
fn special_logarithm(a: &Number, rules: &Rules, status: &mut u32) -> Outcome<Option<Number>> {
    if let Some(nan) = Number::propagate(&[a], rules, status)? {
        return Ok(Some(nan));
    }
    if a.is_zero() {
        return Ok(Some(Number::infinity(true)));
    }
    if a.negative {
        return Number::fail(INVALID_OPERATION, status).map(Some);
    }
    Ok(a.is_infinite().then(|| a.clone()))
}

/// `ln(a)`.
pub fn ln(a: &Number, rules: &Rules, status: &mut u32) -> Outcome {
    if let Some(special) = special_logarithm(a, rules, status)? {
        return Ok(special);
    }
    if is_one(a)? {
        return Ok(Number::zero(false, 0));
    }
    if rules.prec > MOST_DIGITS {
        return Err(NumberError::Memory);
    }
    let adjusted = a.adjusted()?;
    let bound = match adjusted {
        1.. => digit_count((i128::from(adjusted) * 23 / 10) as i64) - 1,
        ..=-2 => digit_count(((-1 - i128::from(adjusted)) * 23 / 10) as i64) - 1,
        _ => bound_near_one(a, 1)?,
    };
    logarithm(a, &rules.rounded(Rounding::HalfEven), rules.prec - bound + 2, scaled_log, status)
}

/// `log10(a)`.
pub fn log10(a: &Number, rules: &Rules, status: &mut u32) -> Outcome {
    if let Some(special) = special_logarithm(a, rules, status)? {
        return Ok(special);
    }
    let half_even = rules.rounded(Rounding::HalfEven);
    let (adjusted, digits) = (a.adjusted()?, a.digits()?);
    if a.coefficient == pow10(digits - 1)? {
        return Number::integer(adjusted).finish(&half_even, status);
    }
    if rules.prec > MOST_DIGITS {
        return Err(NumberError::Memory);
    }
    let bound = match adjusted {
        1.. => digit_count(adjusted) - 1,
        ..=-2 => digit_count(-1 - adjusted) - 1,
        0 => bound_near_one(a, 231)? + 2,
        _ => bound_near_one(a, 231)?,
    };
    logarithm(a, &half_even, rules.prec - bound + 2, scaled_log10, status)
}
