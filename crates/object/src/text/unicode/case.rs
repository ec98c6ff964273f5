//! Case mappings of single code points.

use super::records::{Record, record};
use super::special_cases::SPECIAL_CASES;

/// The one to three code points another is mapped to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Mapped {
    code_points: [u32; 3],
    len: u8,
}

impl Mapped {
    #[inline]
    const fn one(code_point: u32) -> Mapped {
        Mapped { code_points: [code_point, 0, 0], len: 1 }
    }

    /// The code points as a slice.
    #[inline]
    pub fn as_slice(&self) -> &[u32] {
        &self.code_points[..usize::from(self.len)]
    }
}

/// The columns of the table of special cases.
#[derive(Clone, Copy)]
enum Form {
    Upper,
    Lower,
    Title,
    Folded,
}

#[inline]
fn map(code_point: u32, form: Form, distance: impl Fn(&Record) -> i32) -> Mapped {
    let record = record(code_point);
    if record.has_extended_case() {
        return special(code_point, form);
    }
    Mapped::one(code_point.wrapping_add_signed(distance(record)))
}

#[cold]
fn special(code_point: u32, form: Form) -> Mapped {
    let Ok(row) = SPECIAL_CASES.binary_search_by_key(&code_point, |row| row.0) else {
        return Mapped::one(code_point);
    };
    let mut mapped = Mapped { code_points: [0; 3], len: 0 };
    for (slot, c) in mapped.code_points.iter_mut().zip(SPECIAL_CASES[row].1[form as usize].chars()) {
        *slot = c.into();
        mapped.len += 1;
    }
    mapped
}

/// The full uppercase mapping.
#[inline]
pub fn to_upper(code_point: u32) -> Mapped {
    if code_point < 0x80 {
        return Mapped::one((code_point as u8).to_ascii_uppercase().into());
    }
    map(code_point, Form::Upper, |record| record.to_upper)
}

/// The full lowercase mapping, without regard to the context (a final sigma is the caller's matter).
#[inline]
pub fn to_lower(code_point: u32) -> Mapped {
    if code_point < 0x80 {
        return Mapped::one((code_point as u8).to_ascii_lowercase().into());
    }
    map(code_point, Form::Lower, |record| record.to_lower)
}

/// The full titlecase mapping.
#[inline]
pub fn to_title(code_point: u32) -> Mapped {
    map(code_point, Form::Title, |record| record.to_title)
}

/// The full case folding.
#[inline]
pub fn case_fold(code_point: u32) -> Mapped {
    map(code_point, Form::Folded, |record| record.to_lower)
}

/// The simple lowercase mapping, always one code point: what `re` compares by.
#[inline]
pub fn to_lower_simple(code_point: u32) -> u32 {
    code_point.wrapping_add_signed(record(code_point).to_lower)
}
