//! What the functions give for infinities and NaNs, after annex G of C99.

use std::f64::consts::{FRAC_PI_2 as P12, FRAC_PI_4 as P14, PI as P};

use pvm_object::number::complex::Complex;

const I: f64 = f64::INFINITY;
const N: f64 = f64::NAN;
const P34: f64 = 3.0 * P14;

/// Results by the kinds of both parts: minus infinity, negative, minus zero, zero, positive, infinity, NaN. `E` is outside
/// of the domain; the finite ones are computed.
pub struct Table([[Option<(f64, f64)>; 7]; 7]);

const E: Option<(f64, f64)> = None;

const fn z(re: f64, im: f64) -> Option<(f64, f64)> {
    Some((re, im))
}

/// The row or column of a number (`special_type`).
fn kind(x: f64) -> usize {
    match (x.is_nan(), x.is_infinite(), x == 0.0, x.is_sign_negative()) {
        (true, ..) => 6,
        (_, true, _, true) => 0,
        (_, true, _, false) => 5,
        (.., true, true) => 2,
        (.., true, false) => 3,
        (.., true) => 1,
        _ => 4,
    }
}

impl Table {
    /// The value, where a part is not finite; `None` outside of the domain.
    pub fn value(&self, re: f64, im: f64) -> Option<Complex> {
        self.0[kind(re)][kind(im)].map(|(re, im)| Complex::new(re, im))
    }
}

/// Of `acos`.
#[rustfmt::skip]
pub const ACOS: Table = Table([
    [z(P34, I), z(P, I), z(P, I), z(P, -I), z(P, -I), z(P34, -I), z(N, I)],
    [z(P12, I), E, E, E, E, z(P12, -I), z(N, N)],
    [z(P12, I), E, E, E, E, z(P12, -I), z(P12, N)],
    [z(P12, I), E, E, E, E, z(P12, -I), z(P12, N)],
    [z(P12, I), E, E, E, E, z(P12, -I), z(N, N)],
    [z(P14, I), z(0.0, I), z(0.0, I), z(0.0, -I), z(0.0, -I), z(P14, -I), z(N, I)],
    [z(N, I), z(N, N), z(N, N), z(N, N), z(N, N), z(N, -I), z(N, N)],
]);

/// Of `acosh`.
#[rustfmt::skip]
pub const ACOSH: Table = Table([
    [z(I, -P34), z(I, -P), z(I, -P), z(I, P), z(I, P), z(I, P34), z(I, N)],
    [z(I, -P12), E, E, E, E, z(I, P12), z(N, N)],
    [z(I, -P12), E, E, E, E, z(I, P12), z(N, P12)],
    [z(I, -P12), E, E, E, E, z(I, P12), z(N, P12)],
    [z(I, -P12), E, E, E, E, z(I, P12), z(N, N)],
    [z(I, -P14), z(I, -0.0), z(I, -0.0), z(I, 0.0), z(I, 0.0), z(I, P14), z(I, N)],
    [z(I, N), z(N, N), z(N, N), z(N, N), z(N, N), z(I, N), z(N, N)],
]);

/// Of `asinh`.
#[rustfmt::skip]
pub const ASINH: Table = Table([
    [z(-I, -P14), z(-I, -0.0), z(-I, -0.0), z(-I, 0.0), z(-I, 0.0), z(-I, P14), z(-I, N)],
    [z(-I, -P12), E, E, E, E, z(-I, P12), z(N, N)],
    [z(-I, -P12), E, E, E, E, z(-I, P12), z(N, N)],
    [z(I, -P12), E, E, E, E, z(I, P12), z(N, N)],
    [z(I, -P12), E, E, E, E, z(I, P12), z(N, N)],
    [z(I, -P14), z(I, -0.0), z(I, -0.0), z(I, 0.0), z(I, 0.0), z(I, P14), z(I, N)],
    [z(I, N), z(N, N), z(N, -0.0), z(N, 0.0), z(N, N), z(I, N), z(N, N)],
]);

/// Of `atanh`.
#[rustfmt::skip]
pub const ATANH: Table = Table([
    [z(-0.0, -P12), z(-0.0, -P12), z(-0.0, -P12), z(-0.0, P12), z(-0.0, P12), z(-0.0, P12), z(-0.0, N)],
    [z(-0.0, -P12), E, E, E, E, z(-0.0, P12), z(N, N)],
    [z(-0.0, -P12), E, E, E, E, z(-0.0, P12), z(-0.0, N)],
    [z(0.0, -P12), E, E, E, E, z(0.0, P12), z(0.0, N)],
    [z(0.0, -P12), E, E, E, E, z(0.0, P12), z(N, N)],
    [z(0.0, -P12), z(0.0, -P12), z(0.0, -P12), z(0.0, P12), z(0.0, P12), z(0.0, P12), z(0.0, N)],
    [z(0.0, -P12), z(N, N), z(N, N), z(N, N), z(N, N), z(0.0, P12), z(N, N)],
]);

/// Of `cosh`.
#[rustfmt::skip]
pub const COSH: Table = Table([
    [E, z(-I, I), z(I, 0.0), z(I, -0.0), z(-I, -I), E, z(I, N)],
    [E, E, E, E, E, E, z(N, N)],
    [E, E, E, E, E, E, z(N, 0.0)],
    [E, E, E, E, E, E, z(N, 0.0)],
    [E, E, E, E, E, E, z(N, N)],
    [E, z(-I, -I), z(I, -0.0), z(I, 0.0), z(-I, I), E, z(I, N)],
    [z(N, N), z(N, N), z(N, 0.0), z(N, 0.0), z(N, N), z(N, N), z(N, N)],
]);

/// Of `exp`.
#[rustfmt::skip]
pub const EXP: Table = Table([
    [z(0.0, 0.0), z(-0.0, -0.0), z(0.0, -0.0), z(0.0, 0.0), z(-0.0, 0.0), z(0.0, 0.0), z(0.0, 0.0)],
    [E, E, E, E, E, E, z(N, N)],
    [E, E, E, E, E, E, z(N, N)],
    [E, E, E, E, E, E, z(N, N)],
    [E, E, E, E, E, E, z(N, N)],
    [E, z(-I, -I), z(I, -0.0), z(I, 0.0), z(-I, I), E, z(I, N)],
    [z(N, N), z(N, N), z(N, -0.0), z(N, 0.0), z(N, N), z(N, N), z(N, N)],
]);

/// Of `log`.
#[rustfmt::skip]
pub const LOG: Table = Table([
    [z(I, -P34), z(I, -P), z(I, -P), z(I, P), z(I, P), z(I, P34), z(I, N)],
    [z(I, -P12), E, E, E, E, z(I, P12), z(N, N)],
    [z(I, -P12), E, E, E, E, z(I, P12), z(N, N)],
    [z(I, -P12), E, E, E, E, z(I, P12), z(N, N)],
    [z(I, -P12), E, E, E, E, z(I, P12), z(N, N)],
    [z(I, -P14), z(I, -0.0), z(I, -0.0), z(I, 0.0), z(I, 0.0), z(I, P14), z(I, N)],
    [z(I, N), z(N, N), z(N, N), z(N, N), z(N, N), z(I, N), z(N, N)],
]);

/// Of `sinh`.
#[rustfmt::skip]
pub const SINH: Table = Table([
    [E, z(I, -I), z(-I, -0.0), z(-I, 0.0), z(I, I), E, z(I, N)],
    [E, E, E, E, E, E, z(N, N)],
    [E, E, E, E, E, E, z(0.0, N)],
    [E, E, E, E, E, E, z(0.0, N)],
    [E, E, E, E, E, E, z(N, N)],
    [E, z(-I, -I), z(I, -0.0), z(I, 0.0), z(-I, I), E, z(I, N)],
    [z(N, N), z(N, N), z(N, -0.0), z(N, 0.0), z(N, N), z(N, N), z(N, N)],
]);

/// Of `sqrt`.
#[rustfmt::skip]
pub const SQRT: Table = Table([
    [z(I, -I), z(0.0, -I), z(0.0, -I), z(0.0, I), z(0.0, I), z(I, I), z(N, I)],
    [z(I, -I), E, E, E, E, z(I, I), z(N, N)],
    [z(I, -I), E, E, E, E, z(I, I), z(N, N)],
    [z(I, -I), E, E, E, E, z(I, I), z(N, N)],
    [z(I, -I), E, E, E, E, z(I, I), z(N, N)],
    [z(I, -I), z(I, -0.0), z(I, -0.0), z(I, 0.0), z(I, 0.0), z(I, I), z(I, N)],
    [z(I, -I), z(N, N), z(N, N), z(N, N), z(N, N), z(I, I), z(N, N)],
]);

/// Of `tanh`.
#[rustfmt::skip]
pub const TANH: Table = Table([
    [z(-1.0, 0.0), z(-1.0, 0.0), z(-1.0, -0.0), z(-1.0, 0.0), z(-1.0, -0.0), z(-1.0, 0.0), z(-1.0, 0.0)],
    [E, E, E, E, E, E, z(N, N)],
    [E, E, E, E, E, E, z(-0.0, N)],
    [E, E, E, E, E, E, z(0.0, N)],
    [E, E, E, E, E, E, z(N, N)],
    [z(1.0, 0.0), z(1.0, 0.0), z(1.0, -0.0), z(1.0, 0.0), z(1.0, -0.0), z(1.0, 0.0), z(1.0, 0.0)],
    [z(N, N), z(N, N), z(N, -0.0), z(N, 0.0), z(N, N), z(N, N), z(N, N)],
]);

/// Of `rect`, by radius and angle.
#[rustfmt::skip]
pub const RECT: Table = Table([
    [E, z(I, I), z(-I, 0.0), z(-I, -0.0), z(I, -I), E, z(I, N)],
    [E, E, E, E, E, E, z(N, N)],
    [z(0.0, 0.0), E, E, E, E, z(0.0, 0.0), z(0.0, 0.0)],
    [z(0.0, 0.0), E, E, E, E, z(0.0, 0.0), z(0.0, 0.0)],
    [E, E, E, E, E, E, z(N, N)],
    [E, z(-I, -I), z(I, -0.0), z(I, 0.0), z(-I, I), E, z(I, N)],
    [z(N, N), z(N, N), z(N, 0.0), z(N, 0.0), z(N, N), z(N, N), z(N, N)],
]);
