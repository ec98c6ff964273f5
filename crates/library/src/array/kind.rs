//! Type codes: what the items of an array are, and how values become their bytes and come back.

use pvm_object::arguments::Argument;
use pvm_object::convert::FromArg;
use pvm_object::int::IntView;
use pvm_object::str::Str;
use pvm_object::{Heap, PyResult, Raised, Value, Vm};

/// An item's bytes; those beyond its size are zero.
pub type Word = [u8; 8];

/// What a type code stands for.
pub struct Kind {
    /// The type code.
    pub code: char,
    /// The same as the format of a buffer.
    pub format: &'static str,
    /// Bytes an item.
    pub size: usize,
    /// The number of the items' representation in pickles (`machine_format_code`).
    pub machine_format: i32,
    /// The value of an item.
    pub load: fn(Word, &mut Heap) -> PyResult,
    /// The item of a value.
    pub store: fn(&Value, &mut Vm) -> PyResult<Word>,
}

impl Kind {
    /// The kind of a type code.
    pub fn of(code: char) -> Option<&'static Kind> {
        KINDS.iter().find(|kind| kind.code == code)
    }

    /// Whether the items are characters.
    pub fn is_text(&self) -> bool {
        matches!(self.code, 'u' | 'w')
    }

    /// Whether items are the same exactly if their bytes are.
    pub fn is_bitwise(&self) -> bool {
        !matches!(self.code, 'f' | 'd')
    }

    /// The item at a position of the bytes of an array.
    pub fn word_at(&self, bytes: &[u8], index: usize) -> Option<Word> {
        let start = index.checked_mul(self.size)?;
        let bytes = bytes.get(start..start.checked_add(self.size)?)?;
        let mut word = Word::default();
        word[..self.size].copy_from_slice(bytes);
        Some(word)
    }
}

/// All type codes, in CPython's order.
pub static KINDS: [Kind; 14] = [
    Kind { code: 'b', format: "b", size: 1, machine_format: 1, load: load_i8, store: store_i8 },
    Kind { code: 'B', format: "B", size: 1, machine_format: 0, load: load_u8, store: store_u8 },
    Kind { code: 'u', format: "w", size: 4, machine_format: native(20), load: load_char, store: store_char },
    Kind { code: 'w', format: "w", size: 4, machine_format: native(20), load: load_char, store: store_char },
    Kind { code: 'h', format: "h", size: 2, machine_format: native(4), load: load_i16, store: store_i16 },
    Kind { code: 'H', format: "H", size: 2, machine_format: native(2), load: load_u16, store: store_u16 },
    Kind { code: 'i', format: "i", size: 4, machine_format: native(8), load: load_i32, store: store_i32 },
    Kind { code: 'I', format: "I", size: 4, machine_format: native(6), load: load_u32, store: store_unsigned_int },
    Kind { code: 'l', format: "l", size: 8, machine_format: native(12), load: load_i64, store: store_long },
    Kind { code: 'L', format: "L", size: 8, machine_format: native(10), load: load_u64, store: store_unsigned_long },
    Kind { code: 'q', format: "q", size: 8, machine_format: native(12), load: load_i64, store: store_long_long },
    Kind { code: 'Q', format: "Q", size: 8, machine_format: native(10), load: load_u64, store: store_unsigned_long_long },
    Kind { code: 'f', format: "f", size: 4, machine_format: native(14), load: load_f32, store: store_f32 },
    Kind { code: 'd', format: "d", size: 8, machine_format: native(16), load: load_f64, store: store_f64 },
];

/// The machine's own of a format and the one of the other byte order, which follows it.
const fn native(little_endian: i32) -> i32 {
    little_endian + cfg!(target_endian = "big") as i32
}

/// The first bytes of a word.
fn front<const N: usize>(word: Word) -> [u8; N] {
    std::array::from_fn(|at| word[at])
}

fn word<const N: usize>(bytes: [u8; N]) -> Word {
    let mut word = Word::default();
    word[..N].copy_from_slice(&bytes);
    word
}

macro_rules! loads {
    ($($name:ident $ty:ty;)*) => {$(
        fn $name(word: Word, heap: &mut Heap) -> PyResult {
            let value = <$ty>::from_ne_bytes(front(word));
            pvm_object::convert::IntoPyResult::into_py_result(value, heap)
        }
    )*};
}

loads! {
    load_i8 i8; load_u8 u8; load_i16 i16; load_u16 u16; load_i32 i32; load_u32 u32; load_i64 i64; load_u64 u64; load_f64 f64;
}

fn load_f32(word: Word, heap: &mut Heap) -> PyResult {
    let value = f32::from_ne_bytes(front(word));
    Ok(heap.float(f64::from(value)))
}

fn load_char(word: Word, heap: &mut Heap) -> PyResult {
    let point = u32::from_ne_bytes(front(word));
    check_point(point, heap)?;
    Ok(heap.str_of_char(point)?.into())
}

/// An error where a number is no character.
pub fn check_point(point: u32, heap: &mut Heap) -> PyResult<()> {
    match point {
        0..=0x10_ffff => Ok(()),
        _ => Err(heap.value_error(format_args!("character U+{point:x} is not in range [U+0000; U+10ffff]"))),
    }
}

fn overflow(heap: &mut Heap, message: &str) -> Raised {
    heap.overflow_error(format_args!("{message}"))
}

/// A C `long` that lies in a range; the words name what is too small or too large.
fn ranged(value: &Value, vm: &mut Vm, range: std::ops::RangeInclusive<i64>, name: &str) -> PyResult<i64> {
    let number = i64::from_arg(value.borrowed(), Argument::operand(""), vm)?;
    if range.contains(&number) {
        return Ok(number);
    }
    let bound = if number < *range.start() { "less than minimum" } else { "greater than maximum" };
    Err(overflow(vm, &format!("{name} is {bound}")))
}

const SHORT: std::ops::RangeInclusive<i64> = i16::MIN as i64..=i16::MAX as i64;
const INT: std::ops::RangeInclusive<i64> = i32::MIN as i64..=i32::MAX as i64;

fn store_i8(value: &Value, vm: &mut Vm) -> PyResult<Word> {
    ranged(value, vm, SHORT, "signed short integer")?;
    let number = ranged(value, vm, -128..=127, "signed char")?;
    Ok(word((number as i8).to_ne_bytes()))
}

fn store_u8(value: &Value, vm: &mut Vm) -> PyResult<Word> {
    let number = ranged(value, vm, 0..=255, "unsigned byte integer")?;
    Ok(word((number as u8).to_ne_bytes()))
}

fn store_i16(value: &Value, vm: &mut Vm) -> PyResult<Word> {
    let number = ranged(value, vm, SHORT, "signed short integer")?;
    Ok(word((number as i16).to_ne_bytes()))
}

fn store_u16(value: &Value, vm: &mut Vm) -> PyResult<Word> {
    let number = ranged(value, vm, INT, "signed integer")?;
    let Ok(short) = u16::try_from(number) else {
        let bound = if number < 0 { "less than minimum" } else { "greater than maximum" };
        return Err(overflow(vm, &format!("unsigned short is {bound}")));
    };
    Ok(word(short.to_ne_bytes()))
}

fn store_i32(value: &Value, vm: &mut Vm) -> PyResult<Word> {
    let number = ranged(value, vm, INT, "signed integer")?;
    Ok(word((number as i32).to_ne_bytes()))
}

/// An int as 128 bits, which tell whether it is negative where it does not fit.
fn wide(value: &Value, vm: &mut Vm) -> PyResult<i128> {
    let int = vm.index(value)?;
    Ok(match int.as_int() {
        Some(IntView::Small(small)) => small.into(),
        Some(IntView::Big(big)) => {
            let negative = big < &dashu_int::IBig::ZERO;
            i128::try_from(big).unwrap_or(if negative { i128::MIN } else { i128::MAX })
        }
        None => unreachable!("an index is an int"),
    })
}

fn unsigned_long(value: &Value, vm: &mut Vm) -> PyResult<u64> {
    let number = wide(value, vm)?;
    if number < 0 {
        return Err(overflow(vm, "can't convert negative value to unsigned int"));
    }
    u64::try_from(number).map_err(|_| overflow(vm, "Python int too large to convert to C unsigned long"))
}

fn store_unsigned_int(value: &Value, vm: &mut Vm) -> PyResult<Word> {
    let number = unsigned_long(value, vm)?;
    match u32::try_from(number) {
        Ok(number) => Ok(word(number.to_ne_bytes())),
        Err(_) => Err(overflow(vm, "unsigned int is greater than maximum")),
    }
}

fn store_long(value: &Value, vm: &mut Vm) -> PyResult<Word> {
    let number = i64::from_arg(value.borrowed(), Argument::operand(""), vm)?;
    Ok(word(number.to_ne_bytes()))
}

fn store_unsigned_long(value: &Value, vm: &mut Vm) -> PyResult<Word> {
    Ok(word(unsigned_long(value, vm)?.to_ne_bytes()))
}

fn store_long_long(value: &Value, vm: &mut Vm) -> PyResult<Word> {
    match i64::try_from(wide(value, vm)?) {
        Ok(number) => Ok(word(number.to_ne_bytes())),
        Err(_) => Err(overflow(vm, "int too big to convert")),
    }
}

fn store_unsigned_long_long(value: &Value, vm: &mut Vm) -> PyResult<Word> {
    let number = wide(value, vm)?;
    match u64::try_from(number) {
        Ok(number) => Ok(word(number.to_ne_bytes())),
        Err(_) if number < 0 => Err(overflow(vm, "can't convert negative int to unsigned")),
        Err(_) => Err(overflow(vm, "int too big to convert")),
    }
}

fn store_f32(value: &Value, vm: &mut Vm) -> PyResult<Word> {
    Ok(word((vm.to_float(value)? as f32).to_ne_bytes()))
}

fn store_f64(value: &Value, vm: &mut Vm) -> PyResult<Word> {
    Ok(word(vm.to_float(value)?.to_ne_bytes()))
}

fn store_char(value: &Value, vm: &mut Vm) -> PyResult<Word> {
    let Some(text) = value.downcast::<Str>() else {
        let kind = value.ty().full_name(vm);
        return Err(vm.type_error(format_args!("array item must be a unicode character, not {kind}")));
    };
    if text.len() != 1 {
        let len = text.len();
        return Err(vm.type_error(format_args!("array item must be a unicode character, not a string of length {len}")));
    }
    Ok(word(text.view().get(0).to_ne_bytes()))
}
