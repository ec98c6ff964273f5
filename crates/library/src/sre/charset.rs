//! [`CharSet`]: which characters one position of a pattern accepts. What is below U+0100 is a bitmap; the rest is worked
//! out from the operations of the pattern's code.

use std::sync::OnceLock;

use pvm_object::text::unicode;

use super::opcode::{Category, Op};

/// How characters are folded before they are compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fold {
    /// Not at all.
    None,
    /// ASCII letters to lower case.
    Ascii,
    /// As the locale has it: a UTF-8 locale folds single bytes as ASCII.
    Locale,
    /// To the simple lower case of Unicode.
    Unicode,
}

impl Fold {
    /// The character to compare.
    #[inline]
    pub fn apply(self, ch: u32) -> u32 {
        match self {
            Fold::None => ch,
            Fold::Ascii | Fold::Locale => lower_ascii(ch),
            Fold::Unicode => lower_unicode(ch),
        }
    }
}

/// The lower case of an ASCII letter.
#[inline]
pub fn lower_ascii(ch: u32) -> u32 {
    if (0x41..=0x5A).contains(&ch) { ch + 32 } else { ch }
}

fn upper_ascii(ch: u32) -> u32 {
    if (0x61..=0x7A).contains(&ch) { ch - 32 } else { ch }
}

/// The simple lower case.
#[inline]
pub fn lower_unicode(ch: u32) -> u32 {
    if ch < 0x80 { lower_ascii(ch) } else { unicode::to_lower_simple(ch) }
}

/// The simple upper case: the first character of the full one.
pub fn upper_unicode(ch: u32) -> u32 {
    unicode::to_upper(ch).as_slice().first().copied().unwrap_or(ch)
}

/// Whether a character is part of an ASCII word.
#[inline]
pub fn is_word_ascii(ch: u32) -> bool {
    u8::try_from(ch).is_ok_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Whether a character is part of a word.
#[inline]
pub fn is_word_unicode(ch: u32) -> bool {
    if ch < 0x80 { is_word_ascii(ch) } else { unicode::is_alphanumeric(ch) }
}

fn is_space_ascii(ch: u32) -> bool {
    matches!(ch, 9..=13 | 32)
}

fn is_digit_ascii(ch: u32) -> bool {
    (0x30..=0x39).contains(&ch)
}

impl Category {
    fn contains(self, ch: u32) -> bool {
        match self {
            Category::Digit => is_digit_ascii(ch),
            Category::NotDigit => !is_digit_ascii(ch),
            Category::Space => is_space_ascii(ch),
            Category::NotSpace => !is_space_ascii(ch),
            Category::Word | Category::LocWord => is_word_ascii(ch),
            Category::NotWord | Category::LocNotWord => !is_word_ascii(ch),
            Category::Linebreak => ch == 10,
            Category::NotLinebreak => ch != 10,
            Category::UniDigit => unicode::is_decimal(ch),
            Category::UniNotDigit => !unicode::is_decimal(ch),
            Category::UniSpace => unicode::is_space(ch),
            Category::UniNotSpace => !unicode::is_space(ch),
            Category::UniWord => is_word_unicode(ch),
            Category::UniNotWord => !is_word_unicode(ch),
            Category::UniLinebreak => unicode::is_line_break(ch),
            Category::UniNotLinebreak => !unicode::is_line_break(ch),
        }
    }
}

type Block = [u32; 8];

/// One operation of a set's code.
#[derive(Debug, PartialEq)]
pub enum SetOp {
    /// From here on what is listed is not accepted, and the reverse.
    Negate,
    /// One character.
    Literal(u32),
    /// Characters from one to another.
    Range(u32, u32),
    /// The same, or their upper case is.
    RangeIgnore(u32, u32),
    /// A bitmap of the characters below U+0100.
    Bitmap(Block),
    /// Bitmaps of the characters below U+10000.
    Big(Box<[u8; 256]>, Vec<Block>),
    /// A class.
    Category(Category),
}

fn in_block(block: &Block, ch: u32) -> bool {
    block[(ch >> 5 & 7) as usize] >> (ch & 31) & 1 != 0
}

impl SetOp {
    fn contains(&self, ch: u32) -> bool {
        match self {
            SetOp::Negate => false,
            SetOp::Literal(literal) => ch == *literal,
            SetOp::Range(low, high) => (*low..=*high).contains(&ch),
            SetOp::RangeIgnore(low, high) => {
                let range = *low..=*high;
                range.contains(&ch) || range.contains(&upper_unicode(ch))
            }
            SetOp::Bitmap(block) => ch < 256 && in_block(block, ch),
            SetOp::Big(index, blocks) => {
                ch < 0x1_0000 && blocks.get(index[(ch >> 8) as usize] as usize).is_some_and(|block| in_block(block, ch))
            }
            SetOp::Category(category) => category.contains(ch),
        }
    }
}

/// The characters that one position of a pattern accepts.
#[derive(Debug)]
pub struct CharSet {
    low: Low,
    operations: Vec<SetOp>,
    fold: Fold,
}

/// Whether a set accepts a character, of which `matches` tells whether an operation lists it.
fn evaluate(operations: &[SetOp], matches: impl Fn(&SetOp) -> bool) -> bool {
    let mut listed = true;
    for operation in operations {
        match operation {
            SetOp::Negate => listed = !listed,
            other if matches(other) => return listed,
            _ => {}
        }
    }
    !listed
}

fn evaluate_folded(operations: &[SetOp], fold: Fold, ch: u32) -> bool {
    if fold == Fold::Locale {
        let (lower, upper) = (lower_ascii(ch), upper_ascii(ch));
        return evaluate(operations, |operation| operation.contains(lower) || operation.contains(upper));
    }
    let ch = fold.apply(ch);
    evaluate(operations, |operation| operation.contains(ch))
}

/// The characters below U+0100, as bits.
pub type Low = [u64; 4];

fn has(low: &Low, ch: u32) -> bool {
    low[(ch >> 6) as usize] >> (ch & 63) & 1 != 0
}

fn collect_low(accepts: impl Fn(u32) -> bool) -> Low {
    let mut low = [0; 4];
    for ch in (0..256).filter(|&ch| accepts(ch)) {
        low[(ch >> 6) as usize] |= 1 << (ch & 63);
    }
    low
}

/// The bits from one character to another.
fn range_low(low: u32, high: u32) -> Low {
    let below = |end: u32| -> Low {
        std::array::from_fn(|word| match end.saturating_sub(64 * word as u32) {
            bits @ 0..64 => (1 << bits) - 1,
            _ => u64::MAX,
        })
    };
    let (start, end) = (below(low), below(high.saturating_add(1)));
    std::array::from_fn(|word| end[word] & !start[word])
}

impl Category {
    /// Its characters below U+0100, worked out once.
    fn low(self) -> Low {
        static KNOWN: [OnceLock<Low>; Category::ALL.len()] = [const { OnceLock::new() }; Category::ALL.len()];
        *KNOWN[self as usize].get_or_init(|| collect_low(|ch| self.contains(ch)))
    }
}

impl SetOp {
    fn low(&self) -> Low {
        match self {
            SetOp::Negate => [0; 4],
            SetOp::Literal(literal) => range_low(*literal, *literal),
            SetOp::Range(low, high) => range_low(*low, *high),
            SetOp::Category(category) => category.low(),
            SetOp::Bitmap(block) => std::array::from_fn(|word| u64::from(block[2 * word]) | u64::from(block[2 * word + 1]) << 32),
            SetOp::RangeIgnore(..) | SetOp::Big(..) => collect_low(|ch| self.contains(ch)),
        }
    }
}

/// The characters below U+0100 that operations accept, unfolded.
fn low_of(operations: &[SetOp]) -> Low {
    let (mut accepted, mut undecided, mut listed) = ([0; 4], [u64::MAX; 4], true);
    for operation in operations {
        if *operation == SetOp::Negate {
            listed = !listed;
            continue;
        }
        for (word, bits) in operation.low().into_iter().enumerate() {
            if listed {
                accepted[word] |= bits & undecided[word];
            }
            undecided[word] &= !bits;
        }
    }
    if !listed {
        accepted.iter_mut().zip(undecided).for_each(|(word, bits)| *word |= bits);
    }
    accepted
}

impl CharSet {
    /// The set of these operations.
    pub fn new(operations: Vec<SetOp>, fold: Fold) -> CharSet {
        let plain = low_of(&operations);
        let low = match fold {
            Fold::None => plain,
            Fold::Ascii | Fold::Unicode => collect_low(|ch| match fold.apply(ch) {
                folded @ 0..256 => has(&plain, folded),
                _ => evaluate_folded(&operations, fold, ch),
            }),
            Fold::Locale => collect_low(|ch| evaluate_folded(&operations, fold, ch)),
        };
        CharSet { low, operations, fold }
    }

    /// The set of one class.
    pub fn of_category(category: Category) -> CharSet {
        CharSet::new(vec![SetOp::Category(category)], Fold::None)
    }

    /// The characters that fold to one; or all others.
    pub fn of_literal(literal: u32, fold: Fold, negated: bool) -> CharSet {
        if fold == Fold::Locale {
            // The literal is not folded: a character is the same, or either case of it is.
            let mut operations =
                vec![SetOp::Literal(literal), SetOp::Literal(lower_ascii(literal)), SetOp::Literal(upper_ascii(literal))];
            if negated {
                operations.insert(0, SetOp::Negate);
            }
            return CharSet::new(operations, Fold::None);
        }
        let mut operations = vec![SetOp::Literal(literal)];
        if negated {
            operations.insert(0, SetOp::Negate);
        }
        CharSet::new(operations, fold)
    }

    /// Whether a character is accepted.
    #[inline(always)]
    pub fn contains(&self, ch: u32) -> bool {
        if ch < 256 { has(&self.low, ch) } else { self.contains_high(ch) }
    }

    fn contains_high(&self, ch: u32) -> bool {
        evaluate_folded(&self.operations, self.fold, ch)
    }

    /// The characters below U+0100, as bits.
    pub fn low(&self) -> &Low {
        &self.low
    }
}

/// Reads a set's code up to its end (`FAILURE`); `None` where it is no valid code.
pub fn read_set(mut code: &[u32]) -> Option<Vec<SetOp>> {
    let mut operations = Vec::new();
    loop {
        let (&first, rest) = code.split_first()?;
        code = rest;
        let operand = |index: usize| rest.get(index).copied();
        let (operation, width) = match Op::from_code(first)? {
            Op::Failure => return rest.is_empty().then_some(operations),
            Op::Negate => (SetOp::Negate, 0),
            Op::Literal => (SetOp::Literal(operand(0)?), 1),
            Op::Range => (SetOp::Range(operand(0)?, operand(1)?), 2),
            Op::RangeUniIgnore => (SetOp::RangeIgnore(operand(0)?, operand(1)?), 2),
            Op::Category => (SetOp::Category(Category::from_code(operand(0)?)?), 1),
            Op::Charset => (SetOp::Bitmap(rest.get(..8)?.try_into().ok()?), 8),
            Op::BigCharset => {
                let count = operand(0)? as usize;
                let words = rest.get(1..65)?;
                let mut index = Box::new([0u8; 256]);
                for (place, word) in index.as_chunks_mut::<4>().0.iter_mut().zip(words) {
                    *place = word.to_ne_bytes();
                }
                if index.iter().any(|&block| block as usize >= count) {
                    return None;
                }
                let end = count.checked_mul(8)?.checked_add(65)?;
                let blocks = rest.get(65..end)?.as_chunks::<8>().0.to_vec();
                (SetOp::Big(index, blocks), end)
            }
            _ => return None,
        };
        operations.push(operation);
        code = &code[width..];
    }
}
