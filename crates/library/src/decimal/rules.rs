//! What a context demands of results: precision, limits and rounding; and the conditions that operations meet.

use super::number::{Kind, MOST_DIGITS, Number, Outcome, Rest, count_digits, pow10, shift_right};
use dashu_int::UBig;
use dashu_int::ops::BitTest;
use pvm_object::number::NumberError;
use pvm_object::number::bigint::large;

/// The conditions, with the numbers of libmpdec.
pub mod condition {
    pub const CLAMPED: u32 = 1;
    pub const CONVERSION_SYNTAX: u32 = 2;
    pub const DIVISION_BY_ZERO: u32 = 4;
    pub const DIVISION_IMPOSSIBLE: u32 = 8;
    pub const DIVISION_UNDEFINED: u32 = 0x10;
    pub const INEXACT: u32 = 0x40;
    pub const INVALID_CONTEXT: u32 = 0x80;
    pub const INVALID_OPERATION: u32 = 0x100;
    /// Not enough memory: what context flags have of it, for it is always an error.
    pub const MEMORY: u32 = 0x200;
    pub const FLOAT_OPERATION: u32 = 0x400;
    pub const OVERFLOW: u32 = 0x800;
    pub const ROUNDED: u32 = 0x1000;
    pub const SUBNORMAL: u32 = 0x2000;
    pub const UNDERFLOW: u32 = 0x4000;
    /// All that the signal `InvalidOperation` stands for.
    pub const INVALID: u32 =
        CONVERSION_SYNTAX | DIVISION_IMPOSSIBLE | DIVISION_UNDEFINED | 0x20 | INVALID_CONTEXT | INVALID_OPERATION | MEMORY;
    /// The conditions that are errors.
    pub const ERRORS: u32 = INVALID | DIVISION_BY_ZERO;
    /// The traps of the default context.
    pub const TRAPS: u32 = INVALID | DIVISION_BY_ZERO | OVERFLOW;
}

use condition::*;

/// The largest precision.
pub const MAX_PREC: i64 = 999_999_999_999_999_999;
/// The largest exponent.
pub const MAX_EMAX: i64 = 999_999_999_999_999_999;
/// The smallest adjusted exponent.
pub const MIN_EMIN: i64 = -999_999_999_999_999_999;
/// The smallest exponent.
pub const MIN_ETINY: i64 = MIN_EMIN - (MAX_PREC - 1);

/// How results are rounded, with the numbers of libmpdec.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rounding {
    Up,
    Down,
    Ceiling,
    Floor,
    HalfUp,
    HalfDown,
    HalfEven,
    ZeroFiveUp,
}

/// All ways to round, and their names.
pub const ROUNDINGS: [(Rounding, &str); 8] = [
    (Rounding::Up, "ROUND_UP"),
    (Rounding::Down, "ROUND_DOWN"),
    (Rounding::Ceiling, "ROUND_CEILING"),
    (Rounding::Floor, "ROUND_FLOOR"),
    (Rounding::HalfUp, "ROUND_HALF_UP"),
    (Rounding::HalfDown, "ROUND_HALF_DOWN"),
    (Rounding::HalfEven, "ROUND_HALF_EVEN"),
    (Rounding::ZeroFiveUp, "ROUND_05UP"),
];

impl Rounding {
    /// Whether a magnitude that lost `rest` becomes one greater in its last place.
    pub fn rounds_up(self, kept: &UBig, rest: Rest, negative: bool) -> bool {
        if rest == Rest::Zero {
            return false;
        }
        match self {
            Rounding::Up => true,
            Rounding::Down => false,
            Rounding::Ceiling => !negative,
            Rounding::Floor => negative,
            Rounding::HalfUp => matches!(rest, Rest::Half | Rest::Above),
            Rounding::HalfDown => rest == Rest::Above,
            Rounding::HalfEven => rest == Rest::Above || rest == Rest::Half && kept.bit(0),
            Rounding::ZeroFiveUp => kept % 5u8 == 0,
        }
    }
}

/// What a context demands of results.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    pub prec: i64,
    pub emax: i64,
    pub emin: i64,
    pub rounding: Rounding,
    pub clamp: bool,
}

impl Rules {
    /// The widest limits.
    pub const WIDEST: Rules =
        Rules { prec: MAX_PREC, emax: MAX_EMAX, emin: MIN_EMIN, rounding: Rounding::HalfEven, clamp: false };

    /// The smallest exponent of a subnormal.
    pub fn etiny(&self) -> i64 {
        self.emin - (self.prec - 1)
    }

    /// The largest exponent of a coefficient of full length.
    pub fn etop(&self) -> i64 {
        self.emax - (self.prec - 1)
    }

    /// The same with another rounding.
    pub fn rounded(&self, rounding: Rounding) -> Rules {
        Rules { rounding, ..*self }
    }

    /// The same with another precision.
    pub fn with_prec(&self, prec: i64) -> Rules {
        Rules { prec, ..*self }
    }

    /// The coefficient of full length with nines only.
    pub fn nines(&self) -> Outcome<UBig> {
        Ok(power(self.prec)? - 1u8)
    }
}

/// 10 to a power; an error where it would take too much memory.
pub fn power(power: i64) -> Outcome<UBig> {
    if power > MOST_DIGITS { Err(NumberError::Memory) } else { pow10(power) }
}

/// A coefficient with zeros appended.
pub fn shift_left(value: &UBig, places: i64) -> Outcome<UBig> {
    if places <= 0 || value.is_zero() {
        return Ok(value.clone());
    }
    large::mul(value, &power(places)?)
}

impl Number {
    /// The result of an operation that failed.
    pub fn fail(condition: u32, status: &mut u32) -> Outcome {
        *status |= condition;
        Ok(Number::nan())
    }

    /// Makes a result fit a context (`mpd_qfinalize`).
    pub fn finish(mut self, rules: &Rules, status: &mut u32) -> Outcome {
        match self.kind {
            Kind::Finite => {}
            Kind::Infinite => return Ok(self),
            Kind::Quiet | Kind::Signaling => {
                self.fit_payload(rules)?;
                return Ok(self);
            }
        }
        if let Some(replaced) = self.check_exponent(rules, status)? {
            return Ok(replaced);
        }
        let digits = self.digits()?;
        if digits > rules.prec {
            let shift = digits - rules.prec;
            let (kept, rest) = shift_right(&self.coefficient, digits, shift)?;
            self.exponent += shift;
            *status |= ROUNDED;
            let up = rules.rounding.rounds_up(&kept, rest, self.negative);
            self.coefficient = kept;
            if rest != Rest::Zero {
                *status |= INEXACT;
            }
            if up {
                self.coefficient += 1u8;
                if count_digits(&self.coefficient)? > rules.prec {
                    self.coefficient /= 10u8;
                    self.exponent += 1;
                }
            }
            if let Some(replaced) = self.check_exponent(rules, status)? {
                return Ok(replaced);
            }
        }
        Ok(self)
    }

    fn fit_payload(&mut self, rules: &Rules) -> Outcome<()> {
        let most = rules.prec - i64::from(rules.clamp);
        if self.digits()? > most {
            self.coefficient = large::div_rem(&self.coefficient, &pow10(most)?)?.1;
        }
        Ok(())
    }

    /// Sees to exponents that are too large or too small (`_mpd_check_exp`).
    fn check_exponent(&mut self, rules: &Rules, status: &mut u32) -> Outcome<Option<Number>> {
        let digits = self.digits()?;
        let adjusted = self.exponent + digits - 1;
        let zero = self.coefficient.is_zero();
        if adjusted > rules.emax {
            if zero {
                self.exponent = if rules.clamp { rules.etop() } else { rules.emax };
                *status |= CLAMPED;
                return Ok(None);
            }
            *status |= OVERFLOW | INEXACT | ROUNDED;
            let finite = match rules.rounding {
                Rounding::Down | Rounding::ZeroFiveUp => true,
                Rounding::Ceiling => self.negative,
                Rounding::Floor => !self.negative,
                _ => false,
            };
            return Ok(Some(match finite {
                true => Number::finite(self.negative, rules.nines()?, rules.etop()),
                false => Number::infinity(self.negative),
            }));
        }
        if rules.clamp && self.exponent > rules.etop() {
            let shift = self.exponent - rules.etop();
            self.coefficient = shift_left(&self.coefficient, shift)?;
            self.exponent = rules.etop();
            *status |= CLAMPED;
            if !zero && adjusted < rules.emin {
                *status |= SUBNORMAL;
            }
            return Ok(None);
        }
        if adjusted >= rules.emin {
            return Ok(None);
        }
        let etiny = rules.etiny();
        if zero {
            if self.exponent < etiny {
                self.exponent = etiny;
                *status |= CLAMPED;
            }
            return Ok(None);
        }
        *status |= SUBNORMAL;
        if self.exponent < etiny {
            let (mut kept, rest) = shift_right(&self.coefficient, digits, etiny.saturating_sub(self.exponent))?;
            if rules.rounding.rounds_up(&kept, rest, self.negative) {
                kept += 1u8;
            }
            self.coefficient = kept;
            self.exponent = etiny;
            *status |= ROUNDED;
            if rest != Rest::Zero {
                *status |= INEXACT | UNDERFLOW;
                if self.coefficient.is_zero() {
                    *status |= CLAMPED;
                }
            }
        }
        Ok(None)
    }

    /// The same value with another exponent, rounded; whether it is exact.
    pub fn rescaled(&self, exponent: i64, rounding: Rounding) -> Outcome<(Number, bool)> {
        if self.exponent >= exponent {
            let coefficient = shift_left(&self.coefficient, self.exponent - exponent)?;
            return Ok((Number::finite(self.negative, coefficient, exponent), true));
        }
        let (mut kept, rest) = shift_right(&self.coefficient, self.digits()?, exponent - self.exponent)?;
        if rounding.rounds_up(&kept, rest, self.negative) {
            kept += 1u8;
        }
        Ok((Number::finite(self.negative, kept, exponent), rest == Rest::Zero))
    }

    /// The NaN that an operation with NaNs gives, if one is (`mpd_qcheck_nans`).
    pub fn propagate(operands: &[&Number], rules: &Rules, status: &mut u32) -> Outcome<Option<Number>> {
        let Some(first) = operands.iter().find(|operand| operand.is_nan()) else { return Ok(None) };
        let chosen = match operands.iter().find(|operand| operand.is_signaling()) {
            Some(signaling) => {
                *status |= INVALID_OPERATION;
                signaling
            }
            None => first,
        };
        let mut result = (*chosen).clone();
        result.kind = Kind::Quiet;
        result.fit_payload(rules)?;
        Ok(Some(result))
    }
}
