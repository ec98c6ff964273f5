//! Setting `f_lineno`: a trace function moves a frame to another line (`frame_setlineno`).

use pvm_bytecode::CodeObject;
use pvm_bytecode::opcode::Opcode;
use pvm_object::exceptions::{BaseException, RUNTIME_WARNING};
use pvm_object::{Object, PyResult, Slot, Value, Vm};

use crate::execution::Execution;
use crate::frame::Frame;
use crate::frame_object::FrameObject;
use crate::monitoring::event;
use crate::thread::extension;

/// What lies on the evaluation stack at some instruction, as far as it decides where frames may go.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Iterator = 1,
    Except,
    Object,
    Null,
    Lasti,
}

type Stack = Vec<Kind>;

/// The stacks' order: the deeper one is greater, and of two as deep that with the greater kinds.
fn exceeds(stack: &[Kind], other: &[Kind]) -> bool {
    (stack.len(), stack) > (other.len(), other)
}

/// Whether a frame can go from one stack to another by dropping values (`compatible_stack`).
fn compatible(from: &[Kind], to: Option<&Stack>) -> bool {
    let Some(to) = to else { return false };
    let mut from = from;
    while exceeds(from, to) {
        from = &from[..from.len() - 1];
    }
    from.len() == to.len()
        && from.iter().zip(to).all(|(from, to)| match to {
            Kind::Object => *from != Kind::Null,
            Kind::Null => true,
            kind => from == kind,
        })
}

/// Why a frame cannot go to where this is the stack (`explain_incompatible_stack`).
fn explain(to: Option<&Stack>) -> &'static str {
    match to.map(|stack| stack.last()) {
        None => "can't jump into an exception handler, or code may be unreachable",
        Some(Some(Kind::Except)) => "can't jump into an 'except' block as there's no exception",
        Some(Some(Kind::Lasti)) => "can't jump into a re-raising block as there's no location",
        Some(Some(Kind::Iterator)) => "can't jump into the body of a for loop",
        Some(Some(Kind::Object | Kind::Null) | None) => "incompatible stacks",
    }
}

/// The stack before each unit; `None` where no way leads to (`mark_stacks`).
fn mark_stacks(code: &CodeObject, execution: &Execution) -> Vec<Option<Stack>> {
    let count = execution.instructions.len();
    let mut stacks: Vec<Option<Stack>> = vec![None; count + 1];
    stacks[0] = Some(Stack::new());
    let mut again = true;
    while again {
        again = false;
        let mut at = 0;
        while at < count {
            let Some(mut stack) = stacks[at].clone() else {
                at += 1 + execution.opcode_at(at).caches();
                continue;
            };
            let mut oparg = 0;
            let mut opcode = execution.opcode_at(at);
            loop {
                oparg = oparg << 8 | (execution.instructions[at] >> 8) as usize;
                if opcode != Opcode::ExtendedArg || at + 1 >= count {
                    break;
                }
                at += 1;
                stacks[at] = Some(stack.clone());
                opcode = execution.opcode_at(at);
            }
            let next = (at + 1 + opcode.caches()).min(count);
            let forward = (next + oparg).min(count);
            let mut target = None;
            let mut falls_through = true;
            match opcode {
                Opcode::PopJumpIfTrue | Opcode::PopJumpIfFalse | Opcode::PopJumpIfNone | Opcode::PopJumpIfNotNone => {
                    stack.pop();
                    target = Some(forward);
                }
                Opcode::Send => target = Some(forward),
                Opcode::JumpForward => (target, falls_through) = (Some(forward), false),
                Opcode::JumpBackward | Opcode::JumpBackwardNoInterrupt => {
                    let back = next.saturating_sub(oparg);
                    again |= stacks[back].is_none() && back < at;
                    (target, falls_through) = (Some(back), false);
                }
                Opcode::GetIter | Opcode::GetAiter => {
                    stack.pop();
                    stack.push(Kind::Iterator);
                }
                Opcode::ForIter => {
                    stack.push(Kind::Object);
                    target = Some(forward);
                }
                Opcode::PushExcInfo => stack.push(Kind::Except),
                Opcode::ReturnValue | Opcode::RaiseVarargs | Opcode::Reraise => falls_through = false,
                Opcode::PushNull => stack.push(Kind::Null),
                Opcode::LoadGlobal => {
                    stack.push(Kind::Object);
                    if oparg & 1 != 0 {
                        stack.push(Kind::Null);
                    }
                }
                Opcode::LoadAttr if oparg & 1 != 0 => {
                    stack.pop();
                    stack.extend([Kind::Object, Kind::Null]);
                }
                Opcode::Swap => {
                    let top = stack.len();
                    if oparg >= 1 && oparg <= top {
                        stack.swap(top - 1, top - oparg);
                    }
                }
                Opcode::Copy => {
                    let copied = stack.len().checked_sub(oparg).and_then(|at| stack.get(at).copied());
                    stack.push(copied.unwrap_or(Kind::Object));
                }
                _ => {
                    let effect = opcode.stack_effect(oparg as u32, false);
                    let depth = stack.len().saturating_add_signed(effect as isize);
                    stack.resize(depth, Kind::Object);
                }
            }
            if let Some(target) = target {
                stacks[target] = Some(stack.clone());
            }
            if falls_through {
                stacks[next] = Some(stack);
            }
            at = next;
        }
        for entry in code.exception_entries() {
            let (start, handler) = (entry.start as usize / 2, entry.target as usize / 2);
            if stacks[handler].is_none()
                && let Some(mut stack) = stacks[start].clone()
            {
                again = true;
                stack.truncate(entry.depth as usize);
                if entry.lasti {
                    stack.push(Kind::Lasti);
                }
                stack.push(Kind::Except);
                stacks[handler] = Some(stack);
            }
        }
    }
    stacks
}

/// The lines that begin at units, -1 elsewhere (`marklines`).
fn mark_lines(code: &CodeObject, count: usize) -> Vec<i32> {
    let (mut lines, mut last) = (vec![-1; count], -1);
    for range in code.location_ranges().filter(|range| range.location.lineno >= 0) {
        if let Some(line) = lines.get_mut(range.start as usize / 2)
            && range.location.lineno != last
        {
            last = range.location.lineno;
            *line = last;
        }
    }
    lines
}

/// Whether the running trace function may move the frame.
fn check_event(vm: &mut Vm, frame: *mut Frame) -> PyResult<()> {
    let problem = match extension(vm).tracing.told.get() {
        None => "f_lineno can only be set in a trace function",
        Some((event::PY_START, _)) => "can't jump from the 'call' trace event of a new frame",
        Some((event::CALL | event::C_RETURN, _)) => "can't jump during a call",
        Some((
            event::PY_RETURN
            | event::PY_THROW
            | event::PY_UNWIND
            | event::RAISE
            | event::C_RAISE
            | event::INSTRUCTION
            | event::EXCEPTION_HANDLED
            | event::RERAISE
            | event::STOP_ITERATION,
            _,
        )) => "can only jump from a 'line' trace event",
        // A frame further out is in the middle of a call.
        Some((_, told)) if told != frame => "can't jump during a call",
        Some(_) => return Ok(()),
    };
    Err(vm.value_error(format_args!("{problem}")))
}

/// Moves a frame to a line.
pub(crate) fn set_line(vm: &mut Vm, object: &Object<FrameObject>, line: Option<&Value>) -> PyResult<()> {
    let Some(line) = line else {
        return Err(vm.attribute_error(format_args!("attribute 'f_lineno' of 'frame' objects cannot be deleted")));
    };
    let line = match line.as_int_ref() {
        Some(number) if line.is_exact_int() => number.to_i64(),
        _ => return Err(vm.value_error(format_args!("lineno must be an integer"))),
    };
    let Some(frame) = object.frame() else {
        return Err(vm.value_error(format_args!("f_lineno can only be set in a trace function")));
    };
    check_event(vm, frame)?;
    let Some(wanted) = line.and_then(|line| i32::try_from(line).ok()) else {
        return Err(vm.value_error(format_args!("lineno out of range")));
    };
    let code = object.code().to_ref();
    if wanted < code.raw.firstlineno {
        return Err(vm.value_error(format_args!("line {wanted} comes before the current code block")));
    }
    // SAFETY: the frame runs, for its event is being told of.
    let (execution, here) = unsafe { (&*(*frame).execution, (*frame).lasti() as usize / 2) };
    let lines = mark_lines(&code.raw, execution.instructions.len());
    let Some(target) = lines.iter().copied().filter(|&line| line >= wanted).min() else {
        return Err(vm.value_error(format_args!("line {wanted} comes after the current code block")));
    };
    let stacks = mark_stacks(&code.raw, execution);
    let (unit, depth) = match find(&lines, &stacks, here, target) {
        Ok(found) => found,
        Err(problem) => return Err(vm.value_error(format_args!("{problem}"))),
    };
    // SAFETY: the frame runs and its stack's end is set; its variables are filled or empty.
    unsafe {
        bind_unbound(vm, frame)?;
        shorten(vm, frame, stacks[here].as_deref().unwrap_or(&[]), depth);
        (*frame).ip = execution.instructions.as_ptr().add(unit);
    }
    // The line it goes to is not told of.
    extension(vm).tracing.advance(frame, unit);
    Ok(())
}

/// The unit of a line where a frame can go to from `here`, and the depth of the stack there.
fn find(lines: &[i32], stacks: &[Option<Stack>], here: usize, line: i32) -> Result<(usize, usize), &'static str> {
    let Some(start) = &stacks[here] else { return Err("can't jump from unreachable code") };
    let mut best: Option<(usize, &Stack)> = None;
    let mut problem = None;
    for unit in (0..lines.len()).filter(|&unit| lines[unit] == line) {
        match &stacks[unit] {
            Some(stack) if compatible(start, Some(stack)) => {
                if best.is_none_or(|(_, known)| exceeds(stack, known)) {
                    best = Some((unit, stack));
                }
            }
            stack => {
                problem.get_or_insert_with(|| explain(stack.as_ref()));
            }
        }
    }
    match best {
        Some((unit, stack)) => Ok((unit, stack.len())),
        None => Err(problem.unwrap_or("cannot find bytecode for specified line")),
    }
}

/// Binds the variables that have no value to `None`: code at the new place may load them unchecked.
///
/// # Safety
/// The frame runs.
unsafe fn bind_unbound(vm: &mut Vm, frame: *mut Frame) -> PyResult<()> {
    // SAFETY: variables are filled or empty slots.
    unsafe {
        let variables = (*(*frame).execution).variables;
        let unbound = (0..variables).filter(|&index| (*Frame::locals(frame).add(index)).is_empty()).count();
        if unbound == 0 {
            return Ok(());
        }
        let plural = if unbound == 1 { "" } else { "s" };
        vm.warn(&RUNTIME_WARNING, &format!("assigning None to {unbound} unbound local{plural}"), 1)?;
        for index in 0..variables {
            let slot = Frame::locals(frame).add(index);
            if (*slot).is_empty() {
                *slot = Slot::owned(Value::none());
            }
        }
        Ok(())
    }
}

/// Drops the stack down to a depth; exceptions that are left are handled no more.
///
/// # Safety
/// The frame runs, its stack's end is set, and `start` is what lies there.
unsafe fn shorten(vm: &mut Vm, frame: *mut Frame, start: &[Kind], depth: usize) {
    // SAFETY: the slots of the stack are filled or empty, and it is shortened before each is released.
    unsafe {
        let bottom = Frame::stack_base(frame);
        let mut length = (*frame).sp.offset_from(bottom) as usize;
        while length > depth {
            length -= 1;
            (*frame).sp = bottom.add(length);
            let slot = (*frame).sp.replace(Slot::EMPTY);
            if slot.is_empty() || slot.is_borrowed() {
                continue;
            }
            let value = slot.into_value();
            if start.get(length) == Some(&Kind::Except) {
                let left = vm.thread().set_handled(value.downcast_into::<BaseException>().ok());
                if let Some(left) = left {
                    vm.release(left.into());
                }
            } else {
                vm.release(value);
            }
        }
        // What was borrowed for a few instructions is now kept for as long as the code at the new place needs.
        for index in 0..length {
            let slot = bottom.add(index);
            if !(*slot).is_empty() && (*slot).is_borrowed() {
                *slot = (*slot).to_owned_slot();
            }
        }
    }
}
