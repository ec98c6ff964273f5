//! From the code that `re._compiler` emits to a [`Program`]. Code that the compiler would not emit is refused, so the
//! matcher can rely on what it runs (CPython's `_validate`).

use memchr::memmem::Finder;
use pvm_object::{PyResult, Vm};

use super::charset::{CharSet, Fold, read_set};
use super::opcode::{At, Category, MAX_REPEAT, Op, info};
use super::program::{Alternative, Inst, Program, Search, Single};

/// Why a code cannot be translated.
enum Refused {
    Invalid,
    Raised(pvm_object::Raised),
}

impl From<pvm_object::Raised> for Refused {
    fn from(raised: pvm_object::Raised) -> Refused {
        Refused::Raised(raised)
    }
}

type Translated<T = ()> = Result<T, Refused>;

/// Translates a pattern's code.
pub fn translate(code: &[u32], groups: usize, vm: &mut Vm) -> PyResult<Program> {
    let program = Program {
        code: Vec::new(),
        sets: Vec::new(),
        alternatives: Vec::new(),
        groups,
        loops: 0,
        search: Search::Anywhere,
        min_width: 0,
    };
    let mut translator = Translator { code, program, vm };
    match translator.whole() {
        Ok(()) => Ok(translator.program),
        Err(Refused::Raised(raised)) => Err(raised),
        Err(Refused::Invalid) => Err(translator.vm.runtime_error(format_args!("invalid SRE code"))),
    }
}

struct Translator<'a> {
    code: &'a [u32],
    program: Program,
    vm: &'a mut Vm,
}

impl Translator<'_> {
    fn word(&self, place: usize) -> Translated<u32> {
        self.code.get(place).copied().ok_or(Refused::Invalid)
    }

    /// The place that the distance at `place` leads to, within `end`.
    fn target(&self, place: usize, end: usize) -> Translated<usize> {
        let target = place.checked_add(self.word(place)? as usize).ok_or(Refused::Invalid)?;
        if target <= end && target > place { Ok(target) } else { Err(Refused::Invalid) }
    }

    fn op(&self, place: usize) -> Translated<Op> {
        Op::from_code(self.word(place)?).ok_or(Refused::Invalid)
    }

    fn expect(&self, place: usize, op: Op) -> Translated {
        if self.op(place)? == op { Ok(()) } else { Err(Refused::Invalid) }
    }

    fn here(&self) -> u32 {
        self.program.code.len() as u32
    }

    /// Adds an instruction; its place.
    fn emit(&mut self, inst: Inst) -> usize {
        self.program.code.push(inst);
        self.program.code.len() - 1
    }

    fn set(&mut self, set: CharSet) -> Single {
        self.program.sets.push(set);
        Single::Set(self.program.sets.len() as u32 - 1)
    }

    fn group(&self, number: u32) -> Translated<u32> {
        if (number as usize) < self.program.groups { Ok(number) } else { Err(Refused::Invalid) }
    }

    fn new_loop(&mut self) -> u32 {
        self.program.loops += 1;
        self.program.loops as u32 - 1
    }

    fn whole(&mut self) -> Translated {
        let end = self.code.len().checked_sub(1).ok_or(Refused::Invalid)?;
        self.expect(end, Op::Success)?;
        let (mut start, mut block) = (0, None);
        if start < end && self.op(0)? == Op::Info {
            start = self.target(1, end)?;
            self.program.min_width = self.word(3)? as usize;
            block = Some((self.word(2)?, start));
        }
        self.sequence(start, end)?;
        self.emit(Inst::Success);
        self.program.search = match block {
            Some((flags, block_end)) if flags & info::PREFIX != 0 => self.prefix(flags & info::LITERAL != 0, block_end)?,
            _ => self.derived_search(),
        };
        Ok(())
    }

    fn prefix(&self, whole: bool, end: usize) -> Translated<Search> {
        let len = self.word(5)? as usize;
        if len == 0 || len > end {
            return Err(Refused::Invalid);
        }
        let characters = self.code.get(7..7 + len).filter(|_| 7 + len <= end).ok_or(Refused::Invalid)?.to_vec();
        let bytes: Option<Vec<u8>> = characters.iter().map(|&ch| u8::try_from(ch).ok()).collect();
        let finder = bytes.map(|bytes| Box::new(Finder::new(&bytes).into_owned()));
        Ok(Search::Prefix { characters, finder, whole })
    }

    /// How to search a pattern about which the compiler has said nothing.
    fn derived_search(&self) -> Search {
        const DEPTH: usize = 20;
        if let Some(Inst::At(At::Beginning | At::BeginningString)) = self.program.code.first() {
            return Search::AtBeginning;
        }
        match self.program.first_characters(0, DEPTH) {
            Some((low, high)) => Search::OneOf { low, high },
            None => Search::Anywhere,
        }
    }

    fn sequence(&mut self, mut place: usize, end: usize) -> Translated {
        self.vm.check_recursion(" in regular expression")?;
        while place < end {
            place = self.operation(place, end)?;
        }
        if place == end { Ok(()) } else { Err(Refused::Invalid) }
    }

    /// A character's operation; the kind of character and the place behind, `None` where it is another operation.
    fn single(&mut self, place: usize, end: usize) -> Translated<Option<(Single, usize)>> {
        let op = self.op(place)?;
        let literal = |this: &mut Self, fold: Fold, negated: bool| {
            let literal = this.word(place + 1)?;
            Ok::<_, Refused>((this.set(CharSet::of_literal(literal, fold, negated)), place + 2))
        };
        let set = |this: &mut Self, fold: Fold| {
            let behind = this.target(place + 1, end)?;
            let operations = read_set(&this.code[place + 2..behind]).ok_or(Refused::Invalid)?;
            Ok::<_, Refused>((this.set(CharSet::new(operations, fold)), behind))
        };
        let found = match op {
            Op::Any => (Single::NotLiteral(10), place + 1),
            Op::AnyAll => (Single::All, place + 1),
            Op::Literal => (Single::Literal(self.word(place + 1)?), place + 2),
            Op::NotLiteral => (Single::NotLiteral(self.word(place + 1)?), place + 2),
            Op::LiteralIgnore => literal(self, Fold::Ascii, false)?,
            Op::NotLiteralIgnore => literal(self, Fold::Ascii, true)?,
            Op::LiteralUniIgnore => literal(self, Fold::Unicode, false)?,
            Op::NotLiteralUniIgnore => literal(self, Fold::Unicode, true)?,
            Op::LiteralLocIgnore => literal(self, Fold::Locale, false)?,
            Op::NotLiteralLocIgnore => literal(self, Fold::Locale, true)?,
            Op::In => set(self, Fold::None)?,
            Op::InIgnore => set(self, Fold::Ascii)?,
            Op::InUniIgnore => set(self, Fold::Unicode)?,
            Op::InLocIgnore => set(self, Fold::Locale)?,
            Op::Category => {
                let category = Category::from_code(self.word(place + 1)?).ok_or(Refused::Invalid)?;
                (self.set(CharSet::of_category(category)), place + 2)
            }
            _ => return Ok(None),
        };
        if found.1 <= end { Ok(Some(found)) } else { Err(Refused::Invalid) }
    }

    /// One operation; the place behind it.
    fn operation(&mut self, place: usize, end: usize) -> Translated<usize> {
        if let Some((single, behind)) = self.single(place, end)? {
            self.emit(Inst::One(single));
            return Ok(behind);
        }
        let op = self.op(place)?;
        match op {
            Op::Failure => {
                self.emit(Inst::Fail);
                Ok(place + 1)
            }
            Op::Mark => {
                let mark = self.word(place + 1)?;
                self.group(mark / 2)?;
                self.emit(Inst::Mark(mark));
                Ok(place + 2)
            }
            Op::At => {
                let at = At::from_code(self.word(place + 1)?).ok_or(Refused::Invalid)?;
                self.emit(Inst::At(at));
                Ok(place + 2)
            }
            Op::Branch => self.branch(place + 1, end),
            Op::RepeatOne | Op::MinRepeatOne | Op::PossessiveRepeatOne => self.repeat_one(op, place, end),
            Op::Repeat => self.repeat(place, end),
            Op::PossessiveRepeat => self.possessive_repeat(place, end),
            Op::AtomicGroup => {
                let behind = self.target(place + 1, end)?;
                self.expect(behind - 1, Op::Success)?;
                self.emit(Inst::Atomic);
                self.sequence(place + 2, behind - 1)?;
                self.emit(Inst::AtomicEnd);
                Ok(behind)
            }
            Op::Assert | Op::AssertNot => self.assertion(op, place, end),
            Op::GroupRef | Op::GroupRefIgnore | Op::GroupRefUniIgnore | Op::GroupRefLocIgnore => {
                let group = self.group(self.word(place + 1)?)?;
                let fold = match op {
                    Op::GroupRef => Fold::None,
                    Op::GroupRefUniIgnore => Fold::Unicode,
                    Op::GroupRefLocIgnore => Fold::Locale,
                    _ => Fold::Ascii,
                };
                self.emit(Inst::GroupRef { group, fold });
                Ok(place + 2)
            }
            Op::GroupRefExists => self.conditional(place, end),
            _ => Err(Refused::Invalid),
        }
    }

    fn branch(&mut self, mut place: usize, end: usize) -> Translated<usize> {
        let inst = self.emit(Inst::Fail);
        let (mut starts, mut jumps, mut tail) = (Vec::new(), Vec::new(), None);
        while self.word(place)? != Op::Failure as u32 {
            let next = self.target(place, end)?;
            let jump = next.checked_sub(2).filter(|&jump| jump > place).ok_or(Refused::Invalid)?;
            self.expect(jump, Op::Jump)?;
            let target = self.target(jump + 1, end)?;
            if *tail.get_or_insert(target) != target {
                return Err(Refused::Invalid);
            }
            starts.push(self.here());
            self.sequence(place + 1, jump)?;
            jumps.push(self.emit(Inst::Fail));
            place = next;
        }
        let tail = tail.filter(|&tail| tail == place + 1).ok_or(Refused::Invalid)?;
        let behind = self.here();
        for jump in jumps {
            self.program.code[jump] = Inst::Jump(behind);
        }
        let first = self.program.alternatives.len() as u32;
        for start in starts {
            let single = self.program.first_single(start as usize);
            self.program.alternatives.push(Alternative { first: single, place: start });
        }
        self.program.code[inst] = Inst::Branch { first, end: self.program.alternatives.len() as u32 };
        Ok(tail)
    }

    fn bounds(&self, place: usize) -> Translated<(u32, u32)> {
        let (min, max) = (self.word(place)?, self.word(place + 1)?);
        if min <= max { Ok((min, max)) } else { Err(Refused::Invalid) }
    }

    fn repeat_one(&mut self, op: Op, place: usize, end: usize) -> Translated<usize> {
        let behind = self.target(place + 1, end)?;
        let (min, max) = self.bounds(place + 2)?;
        self.expect(behind - 1, Op::Success)?;
        let Some((single, single_end)) = self.single(place + 4, behind - 1)? else {
            return self.repeat_one_of_other(place, behind);
        };
        if single_end != behind - 1 {
            return Err(Refused::Invalid);
        }
        self.emit(match op {
            Op::RepeatOne => Inst::GreedyOne { single, min, max },
            Op::MinRepeatOne => Inst::LazyOne { single, min, max },
            _ => Inst::PossessiveOne { single, min, max },
        });
        Ok(behind)
    }

    /// A set that accepts nothing is compiled to a plain failure: so many of them match as the bounds ask for none.
    fn repeat_one_of_other(&mut self, place: usize, behind: usize) -> Translated<usize> {
        self.expect(place + 4, Op::Failure)?;
        if place + 5 != behind - 1 {
            return Err(Refused::Invalid);
        }
        if self.word(place + 2)? > 0 {
            self.emit(Inst::Fail);
        }
        Ok(behind)
    }

    fn repeat(&mut self, place: usize, end: usize) -> Translated<usize> {
        let until = self.target(place + 1, end)?;
        let (min, max) = self.bounds(place + 2)?;
        let id = self.new_loop();
        let start = self.emit(Inst::Fail);
        let body = self.here();
        self.sequence(place + 4, until)?;
        let until_inst = self.here();
        self.program.code[start] = Inst::LoopStart { id, until: until_inst };
        match self.op(until)? {
            Op::MaxUntil => self.emit(Inst::LoopGreedy { id, min, max, body }),
            Op::MinUntil => self.emit(Inst::LoopLazy { id, min, max, body }),
            _ => return Err(Refused::Invalid),
        };
        Ok(until + 1)
    }

    fn possessive_repeat(&mut self, place: usize, end: usize) -> Translated<usize> {
        let until = self.target(place + 1, end)?;
        let (min, max) = self.bounds(place + 2)?;
        self.expect(until, Op::Success)?;
        let id = self.new_loop();
        self.emit(Inst::PossessiveStart { id });
        let back = self.emit(Inst::Fail);
        self.sequence(place + 4, until)?;
        self.emit(Inst::PossessiveEnd { id, back: back as u32 });
        self.program.code[back] = Inst::PossessiveTry { id, min, max, tail: self.here() };
        Ok(until + 1)
    }

    fn assertion(&mut self, op: Op, place: usize, end: usize) -> Translated<usize> {
        let behind = self.target(place + 1, end)?;
        let back = self.word(place + 2)?;
        if back & 0x8000_0000 != 0 {
            return Err(Refused::Invalid);
        }
        self.expect(behind - 1, Op::Success)?;
        let inst = self.emit(Inst::Assert { back });
        self.sequence(place + 3, behind - 1)?;
        if op == Op::Assert {
            self.emit(Inst::AssertEnd);
        } else {
            self.emit(Inst::AssertNotEnd);
            self.program.code[inst] = Inst::AssertNot { back, tail: self.here() };
        }
        Ok(behind)
    }

    /// `(?(group)yes|no)`: where there is a "no", "yes" ends with a jump over it.
    fn conditional(&mut self, place: usize, end: usize) -> Translated<usize> {
        let group = self.group(self.word(place + 1)?)?;
        let no = self.target(place + 2, end + 1)?.checked_sub(1).filter(|&no| no >= place + 3).ok_or(Refused::Invalid)?;
        let inst = self.emit(Inst::Fail);
        let jump = no.checked_sub(2).filter(|&jump| jump >= place + 3 && self.is_jump_over(place + 3, jump, no, end));
        let Some(jump) = jump else {
            self.sequence(place + 3, no)?;
            self.program.code[inst] = Inst::GroupRefExists { group, otherwise: self.here() };
            return Ok(no);
        };
        let behind = self.target(jump + 1, end)?;
        self.sequence(place + 3, jump)?;
        let over = self.emit(Inst::Fail);
        self.program.code[inst] = Inst::GroupRefExists { group, otherwise: self.here() };
        self.sequence(no, behind)?;
        self.program.code[over] = Inst::Jump(self.here());
        Ok(behind)
    }

    /// Whether the "yes" of a conditional ends with a jump. That word may also be an operand, so the operations before are
    /// walked through.
    fn is_jump_over(&self, mut place: usize, jump: usize, no: usize, end: usize) -> bool {
        while place < jump {
            match self.width(place) {
                Some(width) => place += width,
                None => return false,
            }
        }
        place == jump && matches!(self.op(jump), Ok(Op::Jump)) && matches!(self.target(jump + 1, end), Ok(target) if target >= no)
    }

    /// How many words an operation takes.
    fn width(&self, place: usize) -> Option<usize> {
        let skip = |at: usize| Some(self.code.get(place + at).copied()? as usize + at);
        Some(match self.op(place).ok()? {
            Op::Success | Op::Failure | Op::Any | Op::AnyAll | Op::MaxUntil | Op::MinUntil => 1,
            Op::Repeat | Op::PossessiveRepeat => skip(1)? + 1,
            Op::RepeatOne | Op::MinRepeatOne | Op::PossessiveRepeatOne | Op::AtomicGroup | Op::Assert | Op::AssertNot => skip(1)?,
            Op::In | Op::InIgnore | Op::InUniIgnore | Op::InLocIgnore => skip(1)?,
            Op::GroupRefExists => {
                // The distance leads behind the "yes"; what may follow is an operation of its own for this purpose.
                skip(2)? - 1
            }
            Op::Branch => {
                let mut at = 1;
                while *self.code.get(place + at)? != Op::Failure as u32 {
                    at += self.code[place + at] as usize;
                }
                at + 1
            }
            _ => 2,
        })
    }
}

const _: () = assert!(MAX_REPEAT == u32::MAX);
