//! What each instruction takes from the stack and leaves there.
//!
//! Most instructions take values and leave values, as many as the opcode table says. The others are rows of [`TYPED`], or
//! functions of their operand in [`Frame::apply`].

use super::Fault;
use super::layout::Ins;
use super::state::{Kind, Slot, State, local};
use crate::code::CodeObject;
use crate::constant::Constant;
use crate::opcode::{FunctionAttribute, Intrinsic1, Intrinsic2, Opcode};

/// What an instruction wants in a slot.
#[derive(Clone, Copy, Debug)]
enum Want {
    /// An object, complete.
    Value,
    /// An object or NULL.
    Any,
    Null,
    List,
    Set,
    Dict,
    DictOrNull,
    Tuple,
    /// A tuple of strings.
    Names,
    Str,
    Function,
    Exception,
    ExceptionOrNone,
    Lasti,
}

impl Want {
    fn accepts(self, kind: Kind) -> bool {
        match self {
            Want::Value => kind.is_value(),
            Want::Any => !matches!(kind, Kind::OpenFunction(_)),
            Want::Null => kind == Kind::Null,
            Want::List => kind == Kind::List,
            Want::Set => kind == Kind::Set,
            Want::Dict => kind == Kind::Dict,
            Want::DictOrNull => matches!(kind, Kind::Dict | Kind::Null),
            Want::Tuple => matches!(kind, Kind::Tuple | Kind::Names(_) | Kind::Cells(_)),
            Want::Names => matches!(kind, Kind::Names(_)),
            Want::Str => kind == Kind::Str,
            Want::Function => kind == Kind::Function,
            Want::Exception => kind == Kind::Exception,
            Want::ExceptionOrNone => matches!(kind, Kind::Exception | Kind::ExceptionOrNone),
            Want::Lasti => kind == Kind::Lasti,
        }
    }
}

/// What an instruction leaves in a slot.
#[derive(Clone, Copy, Debug)]
enum Leave {
    Kind(Kind),
    /// What it took from this place.
    Taken(usize),
}

const VALUE: Leave = Leave::Kind(Kind::Value);

/// Instructions of fixed arity that are particular about kinds: what they take, the top last, and what they leave.
const TYPED: &[(Opcode, &[Want], &[Leave])] = &[
    (Opcode::BuildTemplate, &[Want::Tuple, Want::Tuple], &[VALUE]),
    (Opcode::CallFunctionEx, &[Want::Value, Want::Null, Want::Value, Want::DictOrNull], &[VALUE]),
    (
        Opcode::CheckEgMatch,
        &[Want::ExceptionOrNone, Want::Value],
        &[Leave::Kind(Kind::ExceptionOrNone), Leave::Kind(Kind::ExceptionOrNone)],
    ),
    (Opcode::CheckExcMatch, &[Want::Exception, Want::Value], &[Leave::Taken(0), VALUE]),
    (Opcode::CleanupThrow, &[Want::Value, Want::Value, Want::Exception], &[VALUE, VALUE]),
    (Opcode::ConvertValue, &[Want::Value], &[Leave::Kind(Kind::Str)]),
    (Opcode::EndAsyncFor, &[Want::Value, Want::Exception], &[]),
    // What is traced looks at the iterator below as well.
    (Opcode::EndFor, &[Want::Value, Want::Value], &[Leave::Taken(0)]),
    (Opcode::ForIter, &[Want::Value], &[Leave::Taken(0), VALUE]),
    (Opcode::FormatSimple, &[Want::Value], &[Leave::Kind(Kind::Str)]),
    (Opcode::FormatWithSpec, &[Want::Value, Want::Str], &[Leave::Kind(Kind::Str)]),
    (Opcode::GetAnext, &[Want::Value], &[Leave::Taken(0), VALUE]),
    (Opcode::GetLen, &[Want::Value], &[Leave::Taken(0), VALUE]),
    (Opcode::ImportFrom, &[Want::Value], &[Leave::Taken(0), VALUE]),
    (Opcode::LoadSpecial, &[Want::Value], &[VALUE, Leave::Kind(Kind::MaybeNull)]),
    (Opcode::MatchClass, &[Want::Value, Want::Value, Want::Names], &[VALUE]),
    (Opcode::MatchKeys, &[Want::Value, Want::Tuple], &[Leave::Taken(0), Leave::Taken(1), VALUE]),
    (Opcode::MatchMapping, &[Want::Value], &[Leave::Taken(0), VALUE]),
    (Opcode::MatchSequence, &[Want::Value], &[Leave::Taken(0), VALUE]),
    (Opcode::PopExcept, &[Want::ExceptionOrNone], &[]),
    (Opcode::PopTop, &[Want::Any], &[]),
    (Opcode::PushExcInfo, &[Want::Exception], &[Leave::Kind(Kind::ExceptionOrNone), Leave::Taken(0)]),
    (Opcode::PushNull, &[], &[Leave::Kind(Kind::Null)]),
    (Opcode::Send, &[Want::Value, Want::Value], &[Leave::Taken(0), VALUE]),
    (
        Opcode::WithExceptStart,
        &[Want::Value, Want::Any, Want::Lasti, Want::Any, Want::Exception],
        &[Leave::Taken(0), Leave::Taken(1), Leave::Taken(2), Leave::Taken(3), Leave::Taken(4), VALUE],
    ),
];

/// For each opcode its row of [`TYPED`], or a number that is none.
static TYPED_ROWS: [u8; 256] = {
    let mut rows = [u8::MAX; 256];
    let mut row = 0;
    while row < TYPED.len() {
        rows[TYPED[row].0 as usize] = row as u8;
        row += 1;
    }
    rows
};

const INTRINSICS_1: &[(Intrinsic1, Want, Kind)] = &[
    (Intrinsic1::StopIterationError, Want::Exception, Kind::Exception),
    (Intrinsic1::ListToTuple, Want::List, Kind::Tuple),
    (Intrinsic1::TypeVar, Want::Str, Kind::Value),
    (Intrinsic1::ParamSpec, Want::Str, Kind::Value),
    (Intrinsic1::TypeVarTuple, Want::Str, Kind::Value),
    (Intrinsic1::TypeAlias, Want::Tuple, Kind::Value),
];

const INTRINSICS_2: &[(Intrinsic2, [Want; 2], Kind)] = &[
    (Intrinsic2::PrepReraiseStar, [Want::Exception, Want::List], Kind::ExceptionOrNone),
    (Intrinsic2::TypeVarWithBound, [Want::Str, Want::Function], Kind::Value),
    (Intrinsic2::TypeVarWithConstraints, [Want::Str, Want::Function], Kind::Value),
    (Intrinsic2::SetFunctionTypeParams, [Want::Function, Want::Tuple], Kind::Function),
];

/// How many values at the top of the stack an instruction may have let go of when it raises; of some that the table counts as
/// popped it only looks at those below.
pub(super) fn consumed(opcode: Opcode, oparg: u32) -> usize {
    match opcode {
        // on `throw()` a value is there as if it had been sent
        Opcode::YieldValue => 0,
        Opcode::Copy | Opcode::Swap | Opcode::ForIter | Opcode::GetAnext | Opcode::GetLen | Opcode::ImportFrom => 0,
        Opcode::MatchMapping | Opcode::MatchSequence | Opcode::MatchKeys | Opcode::WithExceptStart => 0,
        Opcode::ListAppend | Opcode::ListExtend | Opcode::SetAdd | Opcode::SetUpdate => 1,
        Opcode::DictUpdate | Opcode::DictMerge | Opcode::Send | Opcode::CheckExcMatch | Opcode::Reraise => 1,
        Opcode::MapAdd => 2,
        _ => opcode.popped(oparg) as usize,
    }
}

/// A state while an instruction is applied to it, and what it teaches about the whole code.
pub(super) struct Frame<'a> {
    code: &'a CodeObject,
    state: &'a mut State,
    /// Whether a local changed.
    pub(super) locals_changed: bool,
    /// Locals whose loads must own.
    owning: &'a mut [bool],
    /// The instruction's load may find its local unbound.
    pub(super) unchecked: bool,
}

impl<'a> Frame<'a> {
    pub(super) fn new(code: &'a CodeObject, state: &'a mut State, owning: &'a mut [bool]) -> Frame<'a> {
        Frame { code, state, locals_changed: false, owning, unchecked: false }
    }

    /// Applies the instruction's effect on its way to the next one. The stack must have as many values as the opcode table
    /// says that it takes.
    pub(super) fn apply(&mut self, ins: &Ins) -> Result<(), Fault> {
        let Ins { opcode, oparg, offset, .. } = *ins;
        self.effect(opcode, oparg).map_err(|message| Fault::at(offset, format!("{opcode}: {message}")))?;
        if self.state.stack.len() > self.code.stacksize as usize {
            return Err(Fault::at(offset, format!("{opcode} leaves more values than co_stacksize allows")));
        }
        Ok(())
    }

    fn effect(&mut self, opcode: Opcode, oparg: u32) -> Result<(), String> {
        if let Some((_, wants, leaves)) = TYPED.get(usize::from(TYPED_ROWS[usize::from(opcode.code())])) {
            return self.typed(wants, leaves);
        }
        let place = oparg as usize;
        match opcode {
            Opcode::LoadFast | Opcode::LoadFastBorrow | Opcode::LoadFastCheck => {
                self.load(oparg, opcode == Opcode::LoadFastBorrow, opcode == Opcode::LoadFastCheck)?;
            }
            Opcode::LoadFastLoadFast | Opcode::LoadFastBorrowLoadFastBorrow => {
                let borrow = opcode == Opcode::LoadFastBorrowLoadFastBorrow;
                self.load(oparg >> 4, borrow, false)?;
                self.load(oparg & 15, borrow, false)?;
                if self.unchecked {
                    return Err("local may be unbound".into());
                }
            }
            Opcode::LoadFastAndClear => {
                let kind = match self.state.locals[place] {
                    local::UNBOUND => Kind::Null,
                    local::VALUE => Kind::Value,
                    local::CELL => Kind::Cell,
                    bits if bits & local::UNBOUND != 0 => Kind::MaybeNull,
                    _ => Kind::Value,
                };
                self.set_local(oparg, local::UNBOUND);
                self.push(kind);
            }
            Opcode::StoreFast => self.store(oparg)?,
            Opcode::StoreFastLoadFast => {
                self.store(oparg >> 4)?;
                self.load(oparg & 15, false, false)?;
                if self.unchecked {
                    return Err("local may be unbound".into());
                }
            }
            Opcode::StoreFastStoreFast => {
                self.store(oparg >> 4)?;
                self.store(oparg & 15)?;
            }
            Opcode::DeleteFast => {
                if self.state.locals[place] & local::CELL != 0 {
                    return Err("local is a cell".into());
                }
                self.set_local(oparg, local::UNBOUND);
            }
            Opcode::MakeCell => self.set_local(oparg, local::CELL),
            Opcode::CopyFreeVars => {
                let first = self.code.nlocalsplus() - place;
                self.state.locals[first..].fill(local::CELL);
                self.locals_changed = true;
            }
            Opcode::LoadDeref | Opcode::StoreDeref | Opcode::DeleteDeref | Opcode::LoadFromDictOrDeref => {
                if self.state.locals[place] != local::CELL {
                    return Err("local is not a cell".into());
                }
                self.default_effect(opcode, oparg)?;
            }
            Opcode::LoadConst => {
                let kind = constant_kind(&self.code.consts[place], oparg);
                self.push(kind);
            }
            Opcode::Copy => {
                let slot = self.state.stack[self.state.stack.len() - place];
                if !slot.kind.is_value() {
                    return Err("copies what is not a value".into());
                }
                self.state.stack.push(slot);
            }
            Opcode::Swap => {
                let top = self.state.stack.len() - 1;
                self.state.stack.swap(top, top + 1 - place);
            }
            Opcode::LoadGlobal => {
                self.push(Kind::Value);
                if oparg & 1 != 0 {
                    self.push(Kind::Null);
                }
            }
            Opcode::LoadAttr | Opcode::LoadSuperAttr => {
                self.take(if opcode == Opcode::LoadAttr { 1 } else { 3 })?;
                self.push(Kind::Value);
                if oparg & 1 != 0 {
                    self.push(Kind::MaybeNull);
                }
            }
            Opcode::Call => {
                self.take(place)?;
                self.typed(&[Want::Value, Want::Any], &[VALUE])?;
            }
            Opcode::CallKw => {
                match self.pop().kind {
                    Kind::Names(count) if count <= oparg => {}
                    _ => return Err("keyword names are not a tuple of so many strings".into()),
                }
                self.take(place)?;
                self.typed(&[Want::Value, Want::Any], &[VALUE])?;
            }
            Opcode::BuildList => self.build(place, Kind::List)?,
            Opcode::BuildSet => self.build(place, Kind::Set)?,
            Opcode::BuildMap => self.build(2 * place, Kind::Dict)?,
            Opcode::BuildString => {
                (0..place).try_for_each(|item| self.expect(item, Want::Str))?;
                self.build(place, Kind::Str)?;
            }
            Opcode::BuildTuple => {
                let items = &self.state.stack[self.state.stack.len() - place..];
                let cells = place > 0 && items.iter().all(|slot| slot.kind == Kind::Cell);
                self.build(place, if cells { Kind::Cells(oparg) } else { Kind::Tuple })?;
            }
            Opcode::BuildInterpolation => {
                if oparg & 1 != 0 {
                    self.expect(0, Want::Str)?;
                    self.pop();
                }
                self.typed(&[Want::Value, Want::Str], &[VALUE])?;
            }
            Opcode::ListAppend | Opcode::ListExtend => self.collect(1, place, Want::List)?,
            // a module's set of conditional annotations is reached by its name, so it may be anything
            Opcode::SetAdd => self.collect(1, place, Want::Value)?,
            Opcode::SetUpdate => self.collect(1, place, Want::Set)?,
            Opcode::DictUpdate => self.collect(1, place, Want::Dict)?,
            Opcode::MapAdd => self.collect(2, place, Want::Dict)?,
            Opcode::DictMerge => {
                self.collect(1, place, Want::Dict)?;
                // the callable, for the message of an error
                self.expect(place + 2, Want::Value)?;
            }
            Opcode::CallIntrinsic1 => {
                let found = INTRINSICS_1.iter().find(|(intrinsic, ..)| intrinsic.number() == oparg);
                let (want, leave) = found.map_or((Want::Value, Kind::Value), |&(_, want, leave)| (want, leave));
                self.typed(&[want], &[Leave::Kind(leave)])?;
            }
            Opcode::CallIntrinsic2 => {
                let found = INTRINSICS_2.iter().find(|(intrinsic, ..)| intrinsic.number() == oparg);
                let (wants, leave) = found.map_or(([Want::Value; 2], Kind::Value), |&(_, wants, leave)| (wants, leave));
                self.typed(&wants, &[Leave::Kind(leave)])?;
            }
            Opcode::MakeFunction => {
                let Kind::Code(index) = self.pop().kind else {
                    return Err("operand is not a constant code object".into());
                };
                let free = self.code.consts[index as usize].as_code().map_or(0, |code| code.nfreevars());
                self.push(if free > 0 { Kind::OpenFunction(free as u32) } else { Kind::Function });
            }
            Opcode::SetFunctionAttribute => self.set_function_attribute(oparg)?,
            Opcode::Reraise => {
                self.expect(0, Want::Exception)?;
                if oparg > 0 {
                    self.expect(place, Want::Lasti)?;
                }
            }
            Opcode::YieldValue => {
                // whoever closes the generator looks for the inner one below
                if oparg == 1 && self.state.stack.len() < 2 {
                    return Err("there is no iterator below the value".into());
                }
                if oparg == 1 {
                    self.expect(1, Want::Value)?;
                }
                self.typed(&[Want::Value], &[VALUE])?;
            }
            Opcode::ReturnValue => {
                self.take(1)?;
                if !self.state.stack.is_empty() {
                    return Err("values remain on the stack".into());
                }
            }
            _ => self.default_effect(opcode, oparg)?,
        }
        Ok(())
    }

    fn default_effect(&mut self, opcode: Opcode, oparg: u32) -> Result<(), String> {
        self.take(opcode.popped(oparg) as usize)?;
        for _ in 0..opcode.pushed(oparg) {
            self.push(Kind::Value);
        }
        Ok(())
    }

    fn typed(&mut self, wants: &[Want], leaves: &[Leave]) -> Result<(), String> {
        for (place, &want) in wants.iter().rev().enumerate() {
            self.expect(place, want)?;
        }
        let base = self.state.stack.len() - wants.len();
        let mut taken = [Slot::from(Kind::Value); 5];
        taken[..wants.len()].copy_from_slice(&self.state.stack[base..]);
        self.state.stack.truncate(base);
        self.state.stack.extend(leaves.iter().map(|leave| match *leave {
            Leave::Kind(kind) => Slot::from(kind),
            Leave::Taken(place) => taken[place],
        }));
        Ok(())
    }

    /// Wants something in the slot at this place below the top.
    fn expect(&self, place: usize, want: Want) -> Result<(), String> {
        let slot = self.state.stack.len().checked_sub(place + 1).map(|index| self.state.stack[index]);
        match slot {
            Some(slot) if want.accepts(slot.kind) => Ok(()),
            Some(slot) => Err(format!("wants {want:?}, finds {:?}", slot.kind)),
            None => Err("takes more values than are on the stack".into()),
        }
    }

    fn pop(&mut self) -> Slot {
        self.state.stack.pop().expect("the depth was checked against the opcode table")
    }

    fn push(&mut self, kind: Kind) {
        self.state.stack.push(kind.into());
    }

    /// Pops values.
    fn take(&mut self, count: usize) -> Result<(), String> {
        let base = self.state.stack.len() - count;
        if let Some(slot) = self.state.stack[base..].iter().find(|slot| !slot.kind.is_value()) {
            return Err(format!("wants {:?}, finds {:?}", Want::Value, slot.kind));
        }
        self.state.stack.truncate(base);
        Ok(())
    }

    fn build(&mut self, count: usize, kind: Kind) -> Result<(), String> {
        self.take(count)?;
        self.push(kind);
        Ok(())
    }

    /// Pops values and puts them into the container at `place` below.
    fn collect(&mut self, count: usize, place: usize, want: Want) -> Result<(), String> {
        self.take(count)?;
        self.expect(place - 1, want)
    }

    fn load(&mut self, index: u32, borrow: bool, checked: bool) -> Result<(), String> {
        let bits = &mut self.state.locals[index as usize];
        if *bits & local::UNBOUND != 0 {
            self.unchecked |= !checked;
            // after the check it is bound; if it never is, the check always raises
            let bound = *bits & !local::UNBOUND;
            *bits = if bound == 0 { local::VALUE } else { bound };
            self.locals_changed = true;
        }
        let kind = if *bits == local::CELL { Kind::Cell } else { Kind::Value };
        let borrowed = (borrow && !self.owning[index as usize]).then_some(index);
        self.state.stack.push(Slot { kind, borrowed });
        Ok(())
    }

    fn store(&mut self, index: u32) -> Result<(), String> {
        let Slot { kind, borrowed } = self.pop();
        if let Some(source) = borrowed {
            self.owning[source as usize] = true;
        }
        let bits = match kind {
            Kind::OpenFunction(_) => return Err("stores a function without its closure".into()),
            Kind::Null => local::UNBOUND,
            Kind::Cell => local::CELL,
            Kind::MaybeNull => local::UNBOUND | local::VALUE | local::CELL,
            _ => local::VALUE,
        };
        self.set_local(index, bits);
        Ok(())
    }

    fn set_local(&mut self, index: u32, bits: u8) {
        self.locals_changed |= self.state.locals[index as usize] != bits;
        self.state.locals[index as usize] = bits;
        if self.state.stack.iter().any(|slot| slot.borrowed == Some(index)) {
            self.owning[index as usize] = true;
        }
    }

    fn set_function_attribute(&mut self, oparg: u32) -> Result<(), String> {
        let function = self.pop().kind;
        let attribute = self.pop().kind;
        let open = match function {
            Kind::Function => 0,
            Kind::OpenFunction(free) => free,
            _ => return Err("operand is not a new function".into()),
        };
        let fits = match FunctionAttribute::from_oparg(oparg) {
            // those of generic functions come by way of locals
            Some(FunctionAttribute::Defaults | FunctionAttribute::KwDefaults | FunctionAttribute::Annotate) => {
                Want::Value.accepts(attribute)
            }
            Some(FunctionAttribute::Annotations) => Want::Tuple.accepts(attribute) || Want::Dict.accepts(attribute),
            Some(FunctionAttribute::Closure) => open > 0 && attribute == Kind::Cells(open),
            None => false,
        };
        if !fits {
            return Err(format!("attribute {oparg} cannot be {attribute:?}"));
        }
        let closed = oparg == FunctionAttribute::Closure.oparg();
        self.push(if closed { Kind::Function } else { function });
        Ok(())
    }
}

fn constant_kind(constant: &Constant, index: u32) -> Kind {
    match constant {
        Constant::Str(_) => Kind::Str,
        Constant::Code(_) => Kind::Code(index),
        Constant::Tuple(items) if items.iter().all(|item| item.as_text().is_some()) => Kind::Names(items.len() as u32),
        Constant::Tuple(_) => Kind::Tuple,
        _ => Kind::Value,
    }
}
