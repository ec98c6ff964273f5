//! The matcher: runs a [`Program`] over a text by backtracking.
//!
//! One stack holds the ways that are still open and, between them, what must be put back before one is taken: marks and
//! the counters of loops. A group that matches in one way only (an assertion, an atomic group, a round of a possessive
//! loop) stands on a barrier; when it has matched, the ways above the barrier are dropped and what is to be put back stays.

use pvm_object::text::Unit;
use pvm_object::{HeapVec, PyResult};

use super::charset::{is_word_ascii, is_word_unicode};
use super::opcode::{At, MAX_REPEAT};
use super::program::{Inst, Program, Single};

/// A mark that is not set.
const UNSET: usize = usize::MAX;

/// After so many steps back other work gets its turn.
const POLL_INTERVAL: u32 = 1 << 15;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Barrier {
    Atomic,
    Not,
    Round,
}

#[derive(Clone, Copy)]
enum Frame {
    /// Go on at a place.
    Resume { place: u32, at: usize },
    /// Try the alternatives from `next` on of the branch at `place`.
    Alternative { place: u32, next: u32, at: usize },
    /// The repetition at `place` may give back characters down to `low`.
    Greedy { place: u32, low: usize, at: usize },
    /// The repetition at `place` may take up to `left` more characters.
    Lazy { place: u32, left: u32, at: usize },
    /// The lazy loop at `place` may go another round.
    LazyLoop { place: u32, at: usize },
    /// Put a mark back.
    Mark { index: u32, last_index: u32, old: usize },
    /// Put a loop's state back.
    Loop { id: u32, rounds: u32, last: usize },
    /// See the module's page. `previous` is the place of the barrier below, plus one.
    Barrier { kind: Barrier, place: u32, previous: u32, at: usize },
}

/// Where a loop stands.
#[derive(Clone, Copy)]
struct Rounds {
    begun: u32,
    /// Where the last round began, which must not begin there again.
    last: usize,
}

/// The matcher's memory, kept between matches.
#[derive(Default)]
pub struct Scratch {
    stack: HeapVec<Frame>,
    loops: Vec<Rounds>,
    /// The positions noted for the groups, two each.
    marks: Vec<usize>,
    /// The group that was closed last, 0 for none.
    pub last_index: u32,
    barrier: u32,
    steps: u32,
}

impl Scratch {
    /// What a group has matched, counted from 0.
    #[inline]
    pub fn group(&self, group: usize) -> Option<(usize, usize)> {
        let (start, end) = (*self.marks.get(2 * group)?, *self.marks.get(2 * group + 1)?);
        (start != UNSET && end != UNSET && start <= end).then_some((start, end))
    }

    /// Gives memory back that a large match has taken.
    pub fn trim(&mut self) {
        const KEPT: usize = 1 << 12;
        if self.stack.capacity() > KEPT {
            self.stack = HeapVec::new();
        }
    }

    fn reset(&mut self, program: &Program) {
        self.stack.clear();
        self.loops.clear();
        self.loops.resize(program.loops, Rounds { begun: 0, last: UNSET });
        self.marks.clear();
        self.marks.resize(2 * program.groups, UNSET);
        self.last_index = 0;
        self.barrier = 0;
    }
}

/// What a match must be.
#[derive(Clone, Copy, Default)]
pub struct Demand {
    /// It must reach the end.
    pub full: bool,
    /// It must not be empty.
    pub advance: bool,
}

/// Runs a program over a text.
pub struct Matcher<'a, U> {
    program: &'a Program,
    text: &'a [U],
    scratch: &'a mut Scratch,
    poll: &'a mut dyn FnMut() -> PyResult<()>,
}

impl<'a, U: Unit> Matcher<'a, U> {
    /// A matcher for a text up to its end.
    pub fn new(
        program: &'a Program,
        text: &'a [U],
        scratch: &'a mut Scratch,
        poll: &'a mut dyn FnMut() -> PyResult<()>,
    ) -> Matcher<'a, U> {
        Matcher { program, text, scratch, poll }
    }

    /// Lets other work have its turn, now and then.
    #[inline]
    pub fn step(&mut self) -> PyResult<()> {
        self.scratch.steps += 1;
        if self.scratch.steps < POLL_INTERVAL {
            return Ok(());
        }
        self.scratch.steps = 0;
        (self.poll)()
    }

    /// The end of the match that begins at `start`, if there is one.
    pub fn match_at(&mut self, start: usize, demand: Demand) -> PyResult<Option<usize>> {
        self.begin();
        self.run(start, demand)
    }

    /// Forgets what an earlier match has noted.
    #[inline]
    pub fn begin(&mut self) {
        self.scratch.reset(self.program);
    }

    fn run(&mut self, start: usize, demand: Demand) -> PyResult<Option<usize>> {
        let (program, text) = (self.program, self.text);
        let (mut place, mut at) = (0usize, start);
        loop {
            let matched = match program.code[place] {
                Inst::One(single) => {
                    if at < text.len() && program.accepts(single, text[at].into()) {
                        at += 1;
                        place += 1;
                        true
                    } else {
                        false
                    }
                }
                Inst::Mark(mark) => {
                    self.set_mark(mark, at)?;
                    place += 1;
                    true
                }
                Inst::GreedyOne { single, min, max } => {
                    let count = self.count(single, at, max);
                    if count < min as usize {
                        false
                    } else {
                        let low = at + min as usize;
                        match self.give_back(place, low, at + count, true)? {
                            Some(found) => {
                                at = found;
                                place += 1;
                                true
                            }
                            None => false,
                        }
                    }
                }
                Inst::Branch { first, .. } => match self.alternative(place, first, at)? {
                    Some(next) => {
                        place = next;
                        true
                    }
                    None => false,
                },
                Inst::Jump(target) => {
                    place = target as usize;
                    true
                }
                Inst::At(condition) => {
                    place += 1;
                    self.holds(condition, at)
                }
                Inst::LazyOne { single, min, max } => {
                    if self.count(single, at, min) < min as usize {
                        false
                    } else {
                        at += min as usize;
                        if max > min {
                            let left = if max == MAX_REPEAT { max } else { max - min };
                            self.push(Frame::Lazy { place: place as u32, left, at })?;
                        }
                        place += 1;
                        true
                    }
                }
                Inst::PossessiveOne { single, min, max } => {
                    let count = self.count(single, at, max);
                    at += count;
                    place += 1;
                    count >= min as usize
                }
                Inst::LoopStart { id, until } => {
                    self.set_loop(id, 0, UNSET)?;
                    place = until as usize;
                    true
                }
                Inst::LoopGreedy { id, min, max, body } => {
                    let rounds = self.scratch.loops[id as usize];
                    if rounds.begun < min {
                        self.set_loop(id, rounds.begun + 1, rounds.last)?;
                        place = body as usize;
                    } else if (rounds.begun < max || max == MAX_REPEAT) && at != rounds.last {
                        self.push(Frame::Resume { place: place as u32 + 1, at })?;
                        self.set_loop(id, rounds.begun.saturating_add(1), at)?;
                        place = body as usize;
                    } else {
                        place += 1;
                    }
                    true
                }
                Inst::LoopLazy { id, min, max, body } => {
                    let rounds = self.scratch.loops[id as usize];
                    if rounds.begun < min {
                        self.set_loop(id, rounds.begun + 1, rounds.last)?;
                        place = body as usize;
                    } else {
                        if (rounds.begun < max || max == MAX_REPEAT) && at != rounds.last {
                            self.push(Frame::LazyLoop { place: place as u32, at })?;
                        }
                        place += 1;
                    }
                    true
                }
                Inst::Success => {
                    if !(demand.full && at != text.len() || demand.advance && at == start) {
                        return Ok(Some(at));
                    }
                    false
                }
                Inst::Fail => false,
                Inst::PossessiveStart { id } => {
                    self.set_loop(id, 0, UNSET)?;
                    place += 1;
                    true
                }
                Inst::PossessiveTry { id, min, max, tail } => {
                    let rounds = self.scratch.loops[id as usize];
                    if rounds.begun < min || (rounds.begun < max || max == MAX_REPEAT) && at != rounds.last {
                        self.push_barrier(Barrier::Round, place, at)?;
                        place += 1;
                    } else {
                        place = tail as usize;
                    }
                    true
                }
                Inst::PossessiveEnd { id, back } => {
                    let began = self.commit();
                    let rounds = self.scratch.loops[id as usize];
                    self.set_loop(id, rounds.begun.saturating_add(1), began)?;
                    place = back as usize;
                    true
                }
                Inst::Assert { back } => match at.checked_sub(back as usize) {
                    Some(earlier) => {
                        self.push_barrier(Barrier::Atomic, place, at)?;
                        at = earlier;
                        place += 1;
                        true
                    }
                    None => false,
                },
                Inst::AssertEnd => {
                    at = self.commit();
                    place += 1;
                    true
                }
                Inst::AssertNot { back, tail } => {
                    match at.checked_sub(back as usize) {
                        Some(earlier) => {
                            self.push_barrier(Barrier::Not, place, at)?;
                            at = earlier;
                            place += 1;
                        }
                        None => place = tail as usize,
                    }
                    true
                }
                Inst::AssertNotEnd => {
                    self.unwind();
                    false
                }
                Inst::Atomic => {
                    self.push_barrier(Barrier::Atomic, place, at)?;
                    place += 1;
                    true
                }
                Inst::AtomicEnd => {
                    self.commit();
                    place += 1;
                    true
                }
                Inst::GroupRef { group, fold } => match self.scratch.group(group as usize) {
                    Some((from, to)) if to - from <= text.len() - at => {
                        let (known, here) = (&text[from..to], &text[at..at + (to - from)]);
                        let same =
                            known == here || known.iter().zip(here).all(|(&a, &b)| fold.apply(a.into()) == fold.apply(b.into()));
                        at += to - from;
                        place += 1;
                        same
                    }
                    _ => false,
                },
                Inst::GroupRefExists { group, otherwise } => {
                    place = if self.scratch.group(group as usize).is_some() { place + 1 } else { otherwise as usize };
                    true
                }
            };
            if !matched {
                match self.backtrack()? {
                    Some((back_place, back_at)) => (place, at) = (back_place, back_at),
                    None => return Ok(None),
                }
            }
        }
    }

    /// Takes the way that was left open last: where to go on.
    fn backtrack(&mut self) -> PyResult<Option<(usize, usize)>> {
        self.step()?;
        loop {
            let Some(frame) = self.scratch.stack.pop() else {
                return Ok(None);
            };
            match frame {
                Frame::Resume { place, at } => return Ok(Some((place as usize, at))),
                Frame::Mark { .. } | Frame::Loop { .. } => self.put_back(frame),
                Frame::Greedy { place, low, at } => {
                    if let Some(found) = self.give_back(place as usize, low, at - 1, false)? {
                        return Ok(Some((place as usize + 1, found)));
                    }
                }
                Frame::Alternative { place, next, at } => {
                    if let Some(place) = self.alternative(place as usize, next, at)? {
                        return Ok(Some((place, at)));
                    }
                }
                Frame::Lazy { place, left, at } => {
                    if let Some(found) = self.take_more(place, left, at)? {
                        return Ok(Some((place as usize + 1, found)));
                    }
                }
                Frame::LazyLoop { place, at } => {
                    let Inst::LoopLazy { id, body, .. } = self.program.code[place as usize] else {
                        unreachable!("the frame belongs to a lazy loop")
                    };
                    let begun = self.scratch.loops[id as usize].begun;
                    self.set_loop(id, begun.saturating_add(1), at)?;
                    return Ok(Some((body as usize, at)));
                }
                Frame::Barrier { kind, place, previous, at } => {
                    self.scratch.barrier = previous;
                    match (kind, self.program.code[place as usize]) {
                        (Barrier::Not, Inst::AssertNot { tail, .. }) => {
                            return Ok(Some((tail as usize, at)));
                        }
                        (Barrier::Round, Inst::PossessiveTry { id, min, tail, .. })
                            if self.scratch.loops[id as usize].begun >= min =>
                        {
                            return Ok(Some((tail as usize, at)));
                        }
                        _ => {}
                    }
                }
            }
        }
    }

    #[inline]
    fn push(&mut self, frame: Frame) -> PyResult<()> {
        Ok(self.scratch.stack.push(frame)?)
    }

    #[inline]
    fn set_mark(&mut self, mark: u32, at: usize) -> PyResult<()> {
        let old = std::mem::replace(&mut self.scratch.marks[mark as usize], at);
        // Where no way is open nothing need be put back.
        if !self.scratch.stack.is_empty() {
            let last_index = self.scratch.last_index;
            self.push(Frame::Mark { index: mark, last_index, old })?;
        }
        if mark & 1 != 0 {
            self.scratch.last_index = mark / 2 + 1;
        }
        Ok(())
    }

    #[inline]
    fn set_loop(&mut self, id: u32, begun: u32, last: usize) -> PyResult<()> {
        let old = std::mem::replace(&mut self.scratch.loops[id as usize], Rounds { begun, last });
        if !self.scratch.stack.is_empty() {
            self.push(Frame::Loop { id, rounds: old.begun, last: old.last })?;
        }
        Ok(())
    }

    fn put_back(&mut self, frame: Frame) {
        match frame {
            Frame::Mark { index, last_index, old } => {
                self.scratch.marks[index as usize] = old;
                self.scratch.last_index = last_index;
            }
            Frame::Loop { id, rounds, last } => self.scratch.loops[id as usize] = Rounds { begun: rounds, last },
            _ => {}
        }
    }

    fn push_barrier(&mut self, kind: Barrier, place: usize, at: usize) -> PyResult<()> {
        let Ok(index) = u32::try_from(self.scratch.stack.len() + 1) else {
            return Err(pvm_object::OutOfMemory.into());
        };
        let previous = std::mem::replace(&mut self.scratch.barrier, index);
        self.push(Frame::Barrier { kind, place: place as u32, previous, at })
    }

    /// Drops the ways above the barrier and the barrier itself; the position it was set at.
    fn commit(&mut self) -> usize {
        let stack = &mut self.scratch.stack;
        let bottom = self.scratch.barrier as usize - 1;
        let Frame::Barrier { previous, at, .. } = stack[bottom] else { unreachable!("the barrier's index leads to it") };
        let mut kept = bottom;
        for index in bottom + 1..stack.len() {
            if matches!(stack[index], Frame::Mark { .. } | Frame::Loop { .. }) && bottom > 0 {
                stack[kept] = stack[index];
                kept += 1;
            }
        }
        while stack.len() > kept {
            stack.pop();
        }
        self.scratch.barrier = previous;
        at
    }

    /// Puts back what has changed since the barrier was set, and drops it.
    fn unwind(&mut self) {
        while let Some(frame) = self.scratch.stack.pop() {
            if let Frame::Barrier { previous, .. } = frame {
                let reached = self.scratch.stack.len() + 1 == self.scratch.barrier as usize;
                self.scratch.barrier = previous;
                if reached {
                    return;
                }
            }
            self.put_back(frame);
        }
    }

    /// The next alternative that may match; others are left open if there are any.
    fn alternative(&mut self, place: usize, from: u32, at: usize) -> PyResult<Option<usize>> {
        let Inst::Branch { end, .. } = self.program.code[place] else { unreachable!("the place is that of a branch") };
        let ch = self.text.get(at).map(|&unit| unit.into());
        let mut candidates = (from..end).filter(|&index| match (self.program.alternatives[index as usize].first, ch) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(single), Some(ch)) => self.program.accepts(single, ch),
        });
        let Some(found) = candidates.next() else {
            return Ok(None);
        };
        if let Some(next) = candidates.next() {
            drop(candidates);
            self.push(Frame::Alternative { place: place as u32, next, at })?;
        }
        Ok(Some(self.program.alternatives[found as usize].place as usize))
    }

    /// The last position between `low` and `at` from which what follows the repetition may match; earlier ones are left
    /// open.
    #[inline]
    fn give_back(&mut self, place: usize, low: usize, at: usize, all: bool) -> PyResult<Option<usize>> {
        let found = match self.program.code[place + 1] {
            Inst::One(Single::Literal(literal)) => {
                let last = match self.text.len().checked_sub(1) {
                    Some(last) if last.min(at) >= low => last.min(at),
                    _ => return Ok(None),
                };
                match U::from_code_point(literal).and_then(|unit| U::rfind_unit(&self.text[low..=last], unit)) {
                    Some(offset) => low + offset,
                    None => return Ok(None),
                }
            }
            Inst::One(single @ (Single::Set(_) | Single::NotLiteral(_))) if at > low || !all => {
                let mut candidate = at;
                loop {
                    if candidate < self.text.len() && self.program.accepts(single, self.text[candidate].into()) {
                        break candidate;
                    }
                    if candidate == low {
                        return Ok(None);
                    }
                    candidate -= 1;
                }
            }
            _ => at,
        };
        if found > low {
            self.push(Frame::Greedy { place: place as u32, low, at: found })?;
        }
        Ok(Some(found))
    }

    /// Lets the lazy repetition at `place` take one character more, or as many as it takes to reach what follows.
    fn take_more(&mut self, place: u32, left: u32, at: usize) -> PyResult<Option<usize>> {
        let (Inst::LazyOne { single, .. }, next) = (self.program.code[place as usize], self.program.code[place as usize + 1])
        else {
            unreachable!("the frame belongs to a lazy repetition")
        };
        let mut at = at;
        let mut left = left;
        loop {
            if left == 0 || at >= self.text.len() || !self.program.accepts(single, self.text[at].into()) {
                return Ok(None);
            }
            at += 1;
            if left != MAX_REPEAT {
                left -= 1;
            }
            let may_match = match next {
                Inst::One(next) => at < self.text.len() && self.program.accepts(next, self.text[at].into()),
                _ => true,
            };
            if may_match {
                break;
            }
        }
        if left > 0 {
            self.push(Frame::Lazy { place, left, at })?;
        }
        Ok(Some(at))
    }

    /// How many characters of a kind stand from `at` on, `max` at most.
    #[inline]
    fn count(&self, single: Single, at: usize, max: u32) -> usize {
        let rest = &self.text[at..];
        let rest = if max == MAX_REPEAT { rest } else { &rest[..rest.len().min(max as usize)] };
        let end = match single {
            Single::All => None,
            Single::Literal(literal) => rest.iter().position(|&unit| unit.into() != literal),
            Single::NotLiteral(literal) => match U::from_code_point(literal) {
                Some(unit) => U::find_unit(rest, unit),
                None => None,
            },
            Single::Set(set) => {
                let set = &self.program.sets[set as usize];
                rest.iter().position(|&unit| !set.contains(unit.into()))
            }
        };
        end.unwrap_or(rest.len())
    }

    /// Whether a condition holds at a position.
    fn holds(&self, condition: At, at: usize) -> bool {
        let text = self.text;
        let is_line_break = |unit: U| unit.into() == 10;
        let boundary = |is_word: fn(u32) -> bool| {
            let before = at > 0 && is_word(text[at - 1].into());
            let here = at < text.len() && is_word(text[at].into());
            before != here
        };
        match condition {
            At::Beginning | At::BeginningString => at == 0,
            At::BeginningLine => at == 0 || is_line_break(text[at - 1]),
            At::End => at == text.len() || at + 1 == text.len() && is_line_break(text[at]),
            At::EndLine => at == text.len() || is_line_break(text[at]),
            At::EndString => at == text.len(),
            At::Boundary | At::LocBoundary => boundary(is_word_ascii),
            At::NonBoundary | At::LocNonBoundary => !boundary(is_word_ascii),
            At::UniBoundary => boundary(is_word_unicode),
            At::UniNonBoundary => !boundary(is_word_unicode),
        }
    }
}
