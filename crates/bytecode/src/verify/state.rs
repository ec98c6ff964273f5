//! What is known about the frame before an instruction: the kind of each stack slot and of each local.

/// What a stack slot holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Null,
    /// NULL, or any object.
    MaybeNull,
    /// Any object.
    Value,
    Cell,
    List,
    Set,
    Dict,
    Tuple,
    /// A constant tuple of so many strings.
    Names(u32),
    /// A tuple of so many cells.
    Cells(u32),
    Str,
    /// The code object among the constants at this index.
    Code(u32),
    Function,
    /// A function that still lacks its closure of so many cells.
    OpenFunction(u32),
    Exception,
    ExceptionOrNone,
    /// The offset that `RERAISE` goes on from.
    Lasti,
}

impl Kind {
    pub(super) fn may_be_null(self) -> bool {
        matches!(self, Kind::Null | Kind::MaybeNull)
    }

    /// Whether any instruction may take it for an object.
    pub(super) fn is_value(self) -> bool {
        !self.may_be_null() && !matches!(self, Kind::OpenFunction(_))
    }

    /// What holds of both; `None` for an open function and something else.
    fn join(self, other: Kind) -> Option<Kind> {
        use Kind::*;
        Some(match (self, other) {
            _ if self == other => self,
            (OpenFunction(_), _) | (_, OpenFunction(_)) => return None,
            _ if self.may_be_null() || other.may_be_null() => MaybeNull,
            (Tuple | Names(_) | Cells(_), Tuple | Names(_) | Cells(_)) => Tuple,
            (Exception | ExceptionOrNone, Exception | ExceptionOrNone) => ExceptionOrNone,
            _ => Value,
        })
    }
}

/// A stack slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Slot {
    pub(super) kind: Kind,
    /// The local that the reference may be borrowed from.
    pub(super) borrowed: Option<u32>,
}

impl From<Kind> for Slot {
    fn from(kind: Kind) -> Slot {
        Slot { kind, borrowed: None }
    }
}

/// What a local's slot may hold: a set of these bits.
pub(super) mod local {
    pub(in super::super) const UNBOUND: u8 = 1;
    pub(in super::super) const VALUE: u8 = 2;
    pub(in super::super) const CELL: u8 = 4;
}

/// The frame before an instruction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct State {
    pub(super) stack: Vec<Slot>,
    pub(super) locals: Vec<u8>,
}

/// What came of joining two states.
pub(super) enum Joined {
    Same,
    Changed,
    /// The stacks differ in depth.
    Depth,
    /// A slot holds an open function on one way and something else on another.
    Open,
}

impl State {
    /// Takes in another way to the same instruction. Locals that one slot is borrowed from on different ways go to
    /// `owning`.
    pub(super) fn join(&mut self, stack: &[Slot], locals: &[u8], owning: &mut Vec<u32>) -> Joined {
        if self.stack.len() != stack.len() {
            return Joined::Depth;
        }
        let mut changed = false;
        for (mine, theirs) in self.stack.iter_mut().zip(stack) {
            if mine == theirs {
                continue;
            }
            let Some(kind) = mine.kind.join(theirs.kind) else {
                return Joined::Open;
            };
            let borrowed = match (mine.borrowed, theirs.borrowed) {
                (Some(a), Some(b)) if a != b => {
                    owning.extend([a, b]);
                    None
                }
                (a, b) => a.or(b),
            };
            let joined = Slot { kind, borrowed };
            changed |= joined != *mine;
            *mine = joined;
        }
        for (mine, theirs) in self.locals.iter_mut().zip(locals) {
            changed |= *theirs & !*mine != 0;
            *mine |= theirs;
        }
        if changed { Joined::Changed } else { Joined::Same }
    }
}
