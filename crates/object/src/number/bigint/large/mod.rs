//! Big numbers of many thousands of words. What `dashu_int` does in one go would keep a program from being stopped, and above
//! [`SAFE`](product::SAFE) words it is not to be trusted: its division multiplies parts that may be zero, which its number-theoretic
//! transform faults at. So products, quotients, roots, common divisors and decimal text are made here of pieces, between which
//! [`go_on`](crate::number::error::go_on) is asked.
//!
//! | file | what |
//! |---|---|
//! | `product.rs` | products, powers |
//! | `transform.rs` | products of two long numbers, by number-theoretic transforms |
//! | `division.rs` | quotients |
//! | `roots.rs` | square roots, common divisors, inverses |
//! | `text.rs` | decimal and other text both ways |

mod division;
mod product;
mod roots;
mod text;
mod transform;

pub use division::div_rem;
pub(super) use division::is_short_division;
pub(super) use product::SAFE;
pub use product::{mul, pow, sqr};
pub use roots::isqrt;
pub(super) use roots::{gcd, inverse};
pub use text::{from_digits, to_decimal};

/// Numbers with long runs of zeros and ones, a bit below and above what is done here.
#[cfg(test)]
fn test_numbers() -> Vec<dashu_int::UBig> {
    use dashu_int::UBig;
    let bits = 64 * SAFE;
    let mut numbers = Vec::new();
    for bits in [bits / 2, 3 * bits, 5 * bits + 7] {
        let power = UBig::ONE << bits;
        numbers.extend([&power + UBig::ONE, &power - UBig::ONE, &power + (UBig::ONE << (bits / 2)), power]);
    }
    numbers
}
