//! Frame blocks: the loops, `try` and `with` blocks around the code being compiled, and leaving them by a jump or `return`.

use super::{Compiler, Label, Loc, NO_LOCATION, Op, Res};
use crate::ast::{Identifier, Stmt};

/// The deepest nesting of blocks in one code object (CPython's `CO_MAXBLOCKS`).
const MAX_BLOCKS: usize = 21;

/// Where a loop starts over and where it ends.
#[derive(Clone, Copy)]
pub(super) struct LoopLabels {
    pub start: Label,
    pub exit: Label,
}

/// What a frame block is.
#[derive(Clone, Copy)]
pub(super) enum FBlockKind<'a> {
    WhileLoop(LoopLabels),
    ForLoop(LoopLabels),
    TryExcept,
    /// The body of a `try` with this `finally` suite.
    FinallyTry(&'a [Stmt]),
    FinallyEnd,
    With,
    AsyncWith,
    /// The body of an `except` clause, with the name it binds.
    HandlerCleanup(Option<&'a Identifier>),
    PopValue,
    ExceptionHandler,
    ExceptionGroupHandler,
    AsyncComprehensionGenerator,
    StopIteration,
}

/// One frame block.
#[derive(Clone, Copy)]
pub(super) struct FBlock<'a> {
    pub kind: FBlockKind<'a>,
    pub loc: Loc,
}

/// Where unwinding ended: the location of what follows, and the loop it stopped at.
type Unwound<'a> = (Loc, Option<(FBlock<'a>, LoopLabels)>);

impl<'a> Compiler<'a> {
    pub(super) fn push_fblock(&mut self, loc: Loc, kind: FBlockKind<'a>) -> Res {
        if self.unit().fblocks.len() >= MAX_BLOCKS {
            return self.error(loc, "too many statically nested blocks");
        }
        // A `finally` suite is compiled twice and warns once.
        if matches!(kind, FBlockKind::FinallyEnd) {
            self.silence += 1;
        }
        self.unit_mut().fblocks.push(FBlock { kind, loc });
        Ok(())
    }

    pub(super) fn pop_fblock(&mut self) {
        if let Some(block) = self.unit_mut().fblocks.pop()
            && matches!(block.kind, FBlockKind::FinallyEnd)
        {
            self.silence -= 1;
        }
    }

    /// Emits what leaving one block takes; `preserve_tos` keeps the value on top of the stack. Gives the location of what
    /// follows: instructions after a `finally` suite or an `__exit__` call are artificial.
    pub(super) fn unwind_fblock(&mut self, loc: Loc, info: &FBlock<'a>, preserve_tos: bool) -> Res<Loc> {
        match info.kind {
            FBlockKind::WhileLoop(_)
            | FBlockKind::ExceptionHandler
            | FBlockKind::ExceptionGroupHandler
            | FBlockKind::AsyncComprehensionGenerator
            | FBlockKind::StopIteration => {}
            FBlockKind::ForLoop(_) | FBlockKind::PopValue => self.pop_below(loc, preserve_tos),
            FBlockKind::TryExcept => self.op(loc, Op::PopBlock),
            FBlockKind::FinallyTry(body) => {
                self.op(loc, Op::PopBlock);
                if preserve_tos {
                    self.push_fblock(loc, FBlockKind::PopValue)?;
                }
                self.visit_stmts(body)?;
                if preserve_tos {
                    self.pop_fblock();
                }
                return Ok(NO_LOCATION);
            }
            FBlockKind::FinallyEnd => {
                self.pop_below(loc, preserve_tos);
                if preserve_tos {
                    self.op_i(loc, Op::Swap, 2);
                }
                self.op(loc, Op::PopBlock);
                self.op(loc, Op::PopExcept);
            }
            FBlockKind::With | FBlockKind::AsyncWith => {
                let loc = info.loc;
                self.op(loc, Op::PopBlock);
                if preserve_tos {
                    self.op_i(loc, Op::Swap, 3);
                    self.op_i(loc, Op::Swap, 2);
                }
                self.call_exit_with_nones(loc);
                if matches!(info.kind, FBlockKind::AsyncWith) {
                    self.emit_await(loc, super::with_statements::AWAIT_AEXIT);
                }
                self.op(loc, Op::PopTop);
                return Ok(NO_LOCATION);
            }
            FBlockKind::HandlerCleanup(name) => {
                if name.is_some() {
                    self.op(loc, Op::PopBlock);
                }
                if preserve_tos {
                    self.op_i(loc, Op::Swap, 2);
                }
                self.op(loc, Op::PopBlock);
                self.op(loc, Op::PopExcept);
                if let Some(name) = name {
                    self.unbind_handler_name(loc, name)?;
                }
            }
        }
        Ok(loc)
    }

    fn pop_below(&mut self, loc: Loc, preserve_tos: bool) {
        if preserve_tos {
            self.op_i(loc, Op::Swap, 2);
        }
        self.op(loc, Op::PopTop);
    }

    /// Emits the leaving of every block, for `return`.
    pub(super) fn unwind_all(&mut self, loc: Loc, preserve_tos: bool) -> Res<Loc> {
        let (loc, _) = self.unwind_stack(loc, preserve_tos, false)?;
        Ok(loc)
    }

    /// Emits the leaving of the blocks inside the innermost loop, for `break` and `continue`.
    pub(super) fn unwind_to_loop(&mut self, loc: Loc) -> Res<Unwound<'a>> {
        self.unwind_stack(loc, false, true)
    }

    fn unwind_stack(&mut self, loc: Loc, preserve_tos: bool, stop_at_loop: bool) -> Res<Unwound<'a>> {
        let Some(top) = self.unit().fblocks.last().copied() else {
            return Ok((loc, None));
        };
        match top.kind {
            FBlockKind::ExceptionGroupHandler => {
                return self.error(loc, "'break', 'continue' and 'return' cannot appear in an except* block");
            }
            FBlockKind::WhileLoop(labels) | FBlockKind::ForLoop(labels) if stop_at_loop => {
                return Ok((loc, Some((top, labels))));
            }
            _ => {}
        }
        // While its `finally` suite is emitted, the block must not be there.
        self.pop_fblock();
        let loc = self.unwind_fblock(loc, &top, preserve_tos)?;
        let unwound = self.unwind_stack(loc, preserve_tos, stop_at_loop)?;
        self.push_fblock(top.loc, top.kind)?;
        Ok(unwound)
    }
}
