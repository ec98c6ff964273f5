//! Follows all paths through the code until nothing new is learned.

use super::Fault;
use super::layout::{Handler, Ins, Layout, NOTHING, clear_caches};
use super::rules::{Frame, consumed};
use super::state::{Joined, Kind, Slot, State, local};
use crate::code::CodeObject;
use crate::opcode::{Flags, Opcode, Operand, op};

/// How many slots and instructions are looked at before the code counts as too complex. Compilers stay far below; it bounds
/// what hostile code can cost.
const BUDGET: usize = 1 << 28;

pub(super) struct Flow<'a> {
    code: &'a CodeObject,
    layout: &'a Layout,
    /// What is known before each leader.
    states: Vec<Option<Box<State>>>,
    pending: Vec<u32>,
    waiting: Vec<bool>,
    budget: usize,
    owning: Vec<bool>,
    /// Loads that must look whether their local is bound.
    unchecked: Vec<u32>,
}

/// What has to be changed in the code.
pub(super) struct Mending {
    owning: Vec<bool>,
    unchecked: Vec<u32>,
}

impl<'a> Flow<'a> {
    pub(super) fn run(code: &'a CodeObject, layout: &'a Layout) -> Result<Mending, Fault> {
        let mut flow = Flow {
            code,
            layout,
            states: layout.leaders.iter().map(|_| None).collect(),
            pending: Vec::new(),
            waiting: vec![false; layout.leaders.len()],
            budget: BUDGET,
            owning: vec![false; code.nlocalsplus()],
            unchecked: Vec::new(),
        };
        let mut locals = vec![local::UNBOUND; code.nlocalsplus()];
        locals[..code.total_args()].fill(local::VALUE);
        flow.check_prologue()?;
        flow.states[0] = Some(Box::new(State { stack: Vec::new(), locals }));
        flow.wait_for(0);
        while let Some(index) = flow.pending.pop() {
            flow.waiting[index as usize] = false;
            let state = flow.states[index as usize].clone().expect("what is pending has a state");
            flow.follow(index as usize, *state)?;
        }
        Ok(Mending { owning: flow.owning, unchecked: flow.unchecked })
    }

    fn spend(&mut self, amount: usize) -> Result<(), Fault> {
        match self.budget.checked_sub(amount) {
            Some(rest) => self.budget = rest,
            None => return Err(Fault::new("code is too complex to be verified")),
        }
        Ok(())
    }

    fn wait_for(&mut self, index: u32) {
        if !std::mem::replace(&mut self.waiting[index as usize], true) {
            self.pending.push(index);
        }
    }

    /// `COPY_FREE_VARS` stands first or nowhere; a generator makes its object before anything else, and nothing else does.
    fn check_prologue(&self) -> Result<(), Fault> {
        let generator = self.code.is_generator_like();
        let prologue = |ins: &&Ins| matches!(ins.opcode, Opcode::CopyFreeVars | Opcode::MakeCell);
        let first = self.layout.instructions.iter().take_while(prologue).count();
        for (index, ins) in self.layout.instructions.iter().enumerate() {
            let allowed = match ins.opcode {
                Opcode::CopyFreeVars => index == 0,
                Opcode::ReturnGenerator => generator && index == first,
                Opcode::YieldValue => generator,
                _ => !generator || index != first,
            };
            if !allowed {
                return Err(Fault::at(ins.offset, format!("{} may not stand here", ins.opcode)));
            }
        }
        // what comes before must not be reached again
        if let Some(index) = self.layout.leaders.iter().take(first + usize::from(generator)).position(|&leader| leader) {
            return Err(Fault::at(self.layout.instructions[index].offset, "jump into the prologue"));
        }
        Ok(())
    }

    /// Follows one path to the next leader, or to where it ends.
    fn follow(&mut self, mut index: usize, mut state: State) -> Result<(), Fault> {
        let layout = self.layout;
        // the handler that knows this state, as far as it matters there
        let mut told = NOTHING;
        loop {
            let ins = &layout.instructions[index];
            self.spend(1)?;
            if ins.opcode.popped(ins.oparg) as usize > state.stack.len() {
                let message = format!("{} takes more values than are on the stack", ins.opcode);
                return Err(Fault::at(ins.offset, message));
            }
            if ins.handler != NOTHING {
                if told != ins.handler {
                    self.raise(ins, &state)?;
                    told = ins.handler;
                } else {
                    self.check_depth(ins, &state)?;
                }
            }
            let depth = layout.handlers.get(told as usize).map_or(0, |handler| handler.depth);
            let reaches_below = state.stack.len() < depth + consumed(ins.opcode, ins.oparg);
            let mut frame = Frame::new(self.code, &mut state, &mut self.owning);
            frame.apply(ins)?;
            let (locals_changed, unchecked) = (frame.locals_changed, frame.unchecked);
            if unchecked {
                self.unchecked.push(index as u32);
            }
            if locals_changed || reaches_below || ins.opcode == Opcode::Swap {
                told = NOTHING;
            }
            if ins.opcode.has_jump() {
                self.jump(index, ins, &mut state)?;
            }
            if ins.opcode.has(Flags::NO_FALLTHROUGH) {
                return Ok(());
            }
            index += 1;
            if index >= layout.instructions.len() {
                return Err(Fault::at(ins.offset, "control runs off the end of the code"));
            }
            if layout.leaders[index] {
                return self.reach(index as u32, &state.stack, &state.locals, ins);
            }
        }
    }

    /// Takes the state after an instruction to its target, and makes of it the state before the next one.
    fn jump(&mut self, index: usize, ins: &Ins, state: &mut State) -> Result<(), Fault> {
        match ins.opcode {
            Opcode::EndAsyncFor => Ok(()),
            Opcode::ForIter => {
                // an exhausted iterator stays without a value, and END_FOR is skipped
                let stack = &state.stack[..state.stack.len() - 1];
                self.reach(ins.target + 1, stack, &state.locals, ins)
            }
            Opcode::PopJumpIfNone | Opcode::PopJumpIfNotNone
                if self.tests_copy(index) && state.stack.last() == Some(&Slot::from(Kind::ExceptionOrNone)) =>
            {
                // a copy that turns out not to be None says the same of the original
                let top = state.stack.len() - 1;
                let (known, unknown) = (Kind::Exception, Kind::ExceptionOrNone);
                let (next, jump) = match ins.opcode {
                    Opcode::PopJumpIfNone => (known, unknown),
                    _ => (unknown, known),
                };
                state.stack[top] = jump.into();
                self.reach(ins.target, &state.stack, &state.locals, ins)?;
                state.stack[top] = next.into();
                Ok(())
            }
            _ => self.reach(ins.target, &state.stack, &state.locals, ins),
        }
    }

    /// Whether what the instruction takes is a copy of what lies below.
    fn tests_copy(&self, index: usize) -> bool {
        index > 0 && !self.layout.leaders[index] && {
            let before = &self.layout.instructions[index - 1];
            before.opcode == Opcode::Copy && before.oparg == 1
        }
    }

    /// The stack must not fall below what the handler expects before the instruction raises.
    fn check_depth(&self, ins: &Ins, state: &State) -> Result<Handler, Fault> {
        let handler = self.layout.handlers[ins.handler as usize];
        let can_raise = ins.opcode.has(Flags::ERROR) || ins.opcode.has(Flags::ESCAPES);
        let consumed = if can_raise { consumed(ins.opcode, ins.oparg) } else { 0 };
        if state.stack.len() < handler.depth + consumed {
            return Err(Fault::at(ins.offset, format!("{} may raise below the depth of its handler", ins.opcode)));
        }
        Ok(handler)
    }

    /// Takes the state before an instruction to its handler.
    fn raise(&mut self, ins: &Ins, state: &State) -> Result<(), Fault> {
        let handler = self.check_depth(ins, state)?;
        let mut stack = Vec::with_capacity(handler.depth + 2);
        stack.extend_from_slice(&state.stack[..handler.depth]);
        // what was yielded is gone when the exception comes, and None in its place
        if ins.opcode == Opcode::YieldValue && handler.depth == state.stack.len() {
            stack[handler.depth - 1] = Slot::from(Kind::Value);
        }
        if handler.lasti {
            stack.push(Slot::from(Kind::Lasti));
        }
        stack.push(Slot::from(Kind::Exception));
        self.reach(handler.target, &stack, &state.locals, ins)
    }

    /// Joins a state into what is known at a leader, and has it followed if that is news.
    fn reach(&mut self, target: u32, stack: &[Slot], locals: &[u8], ins: &Ins) -> Result<(), Fault> {
        self.spend(stack.len() + locals.len())?;
        let Some(known) = &mut self.states[target as usize] else {
            self.states[target as usize] = Some(Box::new(State { stack: stack.to_vec(), locals: locals.to_vec() }));
            self.wait_for(target);
            return Ok(());
        };
        let mut owning = Vec::new();
        let joined = known.join(stack, locals, &mut owning);
        for local in owning {
            self.owning[local as usize] = true;
        }
        let to = self.layout.instructions[target as usize].offset;
        match joined {
            Joined::Same => {}
            Joined::Changed => self.wait_for(target),
            Joined::Depth => {
                let message = format!("the stack has different depths on the ways to offset {to}");
                return Err(Fault::at(ins.offset, message));
            }
            Joined::Open => {
                let message = format!("a function lacks its closure on some ways to offset {to}");
                return Err(Fault::at(ins.offset, message));
            }
        }
        Ok(())
    }
}

impl Mending {
    /// The code with its loads mended and its caches zeroed, if that changes anything.
    pub(super) fn apply(self, code: &CodeObject, layout: &Layout) -> Option<Vec<u8>> {
        let mut bytes: Option<Vec<u8>> = None;
        for ins in &layout.instructions {
            let owned = |index: u32| self.owning[index as usize];
            let replacement = match ins.opcode {
                Opcode::LoadFastBorrow if owned(ins.oparg) => op::LOAD_FAST,
                Opcode::LoadFastBorrowLoadFastBorrow if owned(ins.oparg >> 4) || owned(ins.oparg & 15) => op::LOAD_FAST_LOAD_FAST,
                _ => continue,
            };
            bytes.get_or_insert_with(|| code.code.to_vec())[ins.offset as usize] = replacement;
        }
        for index in self.unchecked {
            let ins = &layout.instructions[index as usize];
            debug_assert_eq!(ins.opcode.info().operand, Operand::Local);
            bytes.get_or_insert_with(|| code.code.to_vec())[ins.offset as usize] = op::LOAD_FAST_CHECK;
        }
        if layout.dirty_caches {
            clear_caches(bytes.get_or_insert_with(|| code.code.to_vec()));
        }
        bytes
    }
}
