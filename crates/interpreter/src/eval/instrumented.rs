//! `INSTRUMENTED_INSTRUCTION`: what an instruction of code that reports itself is about to do is told, then its original form is
//! executed (PEP 669).

use pvm_bytecode::opcode::Opcode;
use pvm_object::descriptors::method::Method;
use pvm_object::function::Function;
use pvm_object::tuple::Tuple;
use pvm_object::types::slots::Sent;
use pvm_object::{PyResult, Slot, Value, Vm, exceptions, names};

use super::Next;
use super::calls;
use crate::frame::Frame;
use crate::generator::{self, Generator};
use crate::interpreter::state;
use crate::monitoring::fire::fire;
use crate::monitoring::instrumentation::Instrumentation;
use crate::monitoring::{self, event};
use crate::thread::extension;

/// How the loop goes on.
enum Step {
    /// With this form of the instruction.
    Execute(Opcode),
    /// Where the frame says: a trace function has moved it.
    Moved,
    /// Behind the instruction, which was a call and is done; with the units to there.
    Called(Next, u16),
}

/// Reports an instruction, behind whose unit `ip` is. Frame, operand and opcode come back as the loop is to go on with them,
/// the instruction pointer of the frame at the instruction.
#[cold]
#[inline(never)]
pub(super) unsafe fn step(vm: &mut Vm, frame: &mut *mut Frame, ip: *const u16, oparg: &mut usize) -> PyResult<Opcode> {
    // SAFETY: passed on; where the frame stands there is an instruction.
    unsafe {
        let start = *frame;
        match report(vm, start, ip, (*start).sp, *oparg)? {
            Step::Execute(opcode) => return Ok(opcode),
            Step::Moved => {}
            Step::Called(Next::Continue(end), units) => {
                (*start).sp = end;
                (*start).ip = (*start).ip.add(units as usize);
            }
            Step::Called(Next::Enter(callee, end), units) => {
                (*start).sp = end;
                (*start).return_offset = units;
                (*callee).previous = start;
                extension(vm).frame.set(callee);
                *frame = callee;
            }
        }
        let word = *(**frame).ip;
        *oparg = (word >> 8) as usize;
        Ok(super::table::decode(word as u8))
    }
}

unsafe fn report(vm: &mut Vm, frame: *mut Frame, ip: *const u16, sp: *mut Slot, oparg: usize) -> PyResult<Step> {
    // SAFETY: the frame runs, `ip` is within its instructions, the operands are on the stack.
    unsafe {
        let execution = &*(*frame).execution;
        let unit = ip.offset_from(execution.instructions.as_ptr()) as usize - 1;
        let Some(known) = execution.instrumentation() else {
            return Err(vm.system_error(format_args!("instrumented code without instrumentation")));
        };
        known.begin(execution, unit);
        let opcode = known.opcode(unit);
        let thread = extension(vm);
        if thread.tracing.depth.get() > 0 || !known.is_traceable(unit) {
            return Ok(Step::Execute(executed(opcode)));
        }
        // A frame that begins may lie where another was.
        let begins = opcode == Opcode::Resume && oparg & 3 == 0;
        let previous = thread.tracing.advance(frame, unit).filter(|&previous| !begins && known.contains(previous));
        if let Some(previous) = previous.filter(|&previous| known.opcode(previous) == Opcode::ForIter) {
            if opcode == Opcode::EndFor {
                // The end of a generator passes here, that of other iterators does not.
                thread.tracing.advance(frame, previous);
            } else if unit == previous + 1 + Opcode::ForIter.caches() {
                fire(vm, frame, event::BRANCH_LEFT, previous, &[Value::from_i32(2 * unit as i32)])?;
            }
        }
        let here = (*frame).ip;
        // A long operand's first unit stands for the instruction.
        if unit == 0 || known.opcode(unit - 1) != Opcode::ExtendedArg {
            if known.starts_line(unit) && begins_line(known, unit, previous) {
                let line = Value::from_i32(known.line(unit));
                fire(vm, frame, event::LINE, unit, &[line])?;
                if (*frame).ip != here {
                    return Ok(Step::Moved);
                }
            }
            fire(vm, frame, event::INSTRUCTION, unit, &[])?;
            if (*frame).ip != here {
                return Ok(Step::Moved);
            }
        }
        let after = unit + 1 + opcode.caches();
        let offset = |unit: usize| Value::from_i32(2 * unit as i32);
        match opcode {
            Opcode::Resume => {
                let event = if oparg & 3 == 0 { event::PY_START } else { event::PY_RESUME };
                fire(vm, frame, event, unit, &[])?;
            }
            Opcode::ReturnValue => {
                let value = (*sp.sub(1)).value().to_owned();
                fire(vm, frame, event::PY_RETURN, unit, &[value])?;
                thread.tracing.forget(frame);
            }
            Opcode::YieldValue => {
                let value = (*sp.sub(1)).value().to_owned();
                fire(vm, frame, event::PY_YIELD, unit, &[value])?;
            }
            Opcode::JumpForward => fire(vm, frame, event::JUMP, unit, &[offset(after + oparg)])?,
            Opcode::JumpBackward => fire(vm, frame, event::JUMP, unit, &[offset(after - oparg)])?,
            Opcode::PopJumpIfTrue | Opcode::PopJumpIfFalse | Opcode::PopJumpIfNone | Opcode::PopJumpIfNotNone => {
                let value = (*sp.sub(1)).value();
                let taken = match opcode {
                    Opcode::PopJumpIfTrue => value.is_true(),
                    Opcode::PopJumpIfFalse => value.is_false(),
                    Opcode::PopJumpIfNone => value.is_none(),
                    _ => !value.is_none(),
                };
                if taken {
                    fire(vm, frame, event::BRANCH_RIGHT, unit, &[offset(after + oparg)])?;
                }
            }
            Opcode::NotTaken => fire(vm, frame, event::BRANCH_LEFT, previous.unwrap_or(unit), &[offset(after)])?,
            Opcode::PopIter if previous.is_some_and(|previous| known.opcode(previous) == Opcode::ForIter) => {
                fire(vm, frame, event::BRANCH_RIGHT, previous.unwrap_or(unit), &[offset(after)])?;
            }
            Opcode::EndAsyncFor => fire(vm, frame, event::BRANCH_RIGHT, after.saturating_sub(oparg), &[offset(after)])?,
            Opcode::ForIter => {
                if let Some(step) = for_iter(vm, frame, unit, sp, oparg)? {
                    return Ok(step);
                }
            }
            Opcode::EndSend => end(vm, frame, previous.unwrap_or(unit), sp)?,
            Opcode::LoadSuperAttr => {
                let class = (*sp.sub(2)).value().to_owned();
                let first = if oparg & 2 != 0 { class } else { state(vm).monitoring.missing(vm) };
                let told = [(*sp.sub(3)).value().to_owned(), first];
                fire(vm, frame, event::CALL, unit, &told)?;
                fire(vm, frame, event::C_RETURN, unit, &told)?;
            }
            Opcode::Call | Opcode::CallKw | Opcode::CallFunctionEx => return call(vm, frame, unit, sp, oparg, opcode),
            _ => {}
        }
        Ok(if (*frame).ip == here { Step::Execute(executed(opcode)) } else { Step::Moved })
    }
}

/// The form to execute: `RESUME` would overwrite itself.
fn executed(opcode: Opcode) -> Opcode {
    if opcode == Opcode::Resume { Opcode::ResumeCheck } else { opcode }
}

/// Whether the line is another than the one before, or is entered anew (`_Py_call_instrumentation_line`).
fn begins_line(known: &Instrumentation, unit: usize, previous: Option<usize>) -> bool {
    previous.is_none_or(|previous| known.line(previous) != known.line(unit) || known.opcode(previous) == Opcode::Resume)
}

/// The next item of a generator, or of an iterator whose `__next__` is Python code, so that the `StopIteration` which ends the
/// loop can be told of; nothing for other iterators, which end without one.
unsafe fn for_iter(vm: &mut Vm, frame: *mut Frame, unit: usize, sp: *mut Slot, oparg: usize) -> PyResult<Option<Step>> {
    if !monitoring::wants(vm, 1 << event::RAISE | 1 << event::STOP_ITERATION) {
        return Ok(None);
    }
    // SAFETY: the iterator is on the stack, which has room for the item; behind the loop there are instructions.
    unsafe {
        let iterator = (*sp.sub(1)).value().to_owned();
        let units = 1 + Opcode::ForIter.caches();
        if let Some(generator) = iterator.downcast_exact::<Generator>() {
            let stop = match generator::send(vm, generator, Value::none())? {
                Sent::Yielded(item) => {
                    *sp = Slot::owned(item);
                    return Ok(Some(Step::Called(Next::Continue(sp.add(1)), units as u16)));
                }
                Sent::Returned(value) => stop_iteration(vm, value),
            };
            fire(vm, frame, event::STOP_ITERATION, unit, &[stop])?;
            (*frame).ip = (*frame).ip.add(units + oparg + 1);
            return Ok(Some(Step::Moved));
        }
        let method = vm.find_special(&iterator, &names::__next__)?.and_then(|method| method.downcast_into::<Method>().ok());
        let Some(method) = method.filter(|method| method.function().downcast_exact::<Function>().is_some()) else {
            return Ok(None);
        };
        match vm.call(&method.into(), &[]) {
            Ok(item) => {
                *sp = Slot::owned(item);
                Ok(Some(Step::Called(Next::Continue(sp.add(1)), units as u16)))
            }
            Err(raised) if vm.pending_is(exceptions::STOP_ITERATION.get()) => {
                let stop = vm.catch(raised);
                fire(vm, frame, event::RAISE, unit, &[stop.into()])?;
                // Behind `END_FOR`.
                (*frame).ip = (*frame).ip.add(units + oparg + 1);
                Ok(Some(Step::Moved))
            }
            Err(raised) => Err(raised),
        }
    }
}

/// Tells of the `StopIteration` that the end of what is awaited or delegated to was spared (`monitor_stop_iteration`).
unsafe fn end(vm: &mut Vm, frame: *mut Frame, unit: usize, sp: *mut Slot) -> PyResult<()> {
    if !monitoring::wants(vm, 1 << event::RAISE | 1 << event::STOP_ITERATION) {
        return Ok(());
    }
    // SAFETY: what ended and what it returned are on the stack.
    let (ended, value) = unsafe { ((*sp.sub(2)).value().to_owned(), (*sp.sub(1)).value().to_owned()) };
    let event = match ended.is_instance_of::<Generator>() {
        true => event::STOP_ITERATION,
        false if value.is_none() && !ended.ty().name().starts_with("async_generator") => return Ok(()),
        false => event::RAISE,
    };
    let stop = stop_iteration(vm, value);
    // SAFETY: passed on.
    unsafe { fire(vm, frame, event, unit, &[stop]) }
}

fn stop_iteration(vm: &mut Vm, value: Value) -> Value {
    let arguments = if value.is_none() { vec![] } else { vec![value] };
    vm.new_exception(exceptions::STOP_ITERATION.get(), arguments).into()
}

/// Reports a call; one of native code is made here, so that its end can be reported as well.
unsafe fn call(vm: &mut Vm, frame: *mut Frame, unit: usize, sp: *mut Slot, oparg: usize, opcode: Opcode) -> PyResult<Step> {
    // SAFETY: the operands of a call are on the stack.
    unsafe {
        let depth = match opcode {
            Opcode::Call => oparg + 2,
            Opcode::CallKw => oparg + 3,
            _ => 4,
        };
        let at = |depth: usize| {
            let slot = *sp.sub(depth);
            (!slot.is_empty()).then(|| slot.value().to_owned())
        };
        let Some(mut callable) = at(depth) else { return Ok(Step::Execute(opcode)) };
        let mut first = match opcode {
            Opcode::CallFunctionEx => {
                at(2).and_then(|args| args.downcast::<Tuple>().and_then(|args| args.as_slice().first().cloned()))
            }
            _ => at(depth - 1).or_else(|| if oparg > 0 { at(depth - 2) } else { None }),
        };
        // `f(*args)` does not look into bound methods.
        if let Some(method) = callable.clone().downcast::<Method>().filter(|_| opcode != Opcode::CallFunctionEx) {
            first = Some(method.receiver().clone());
            callable = method.function().clone();
        }
        let first = first.unwrap_or_else(|| state(vm).monitoring.missing(vm));
        let told = [callable.clone(), first];
        fire(vm, frame, event::CALL, unit, &told)?;
        if callable.downcast_exact::<Function>().is_some() {
            return Ok(Step::Execute(opcode));
        }
        let called = match opcode {
            Opcode::Call => calls::call(vm, frame, sp, oparg),
            Opcode::CallKw => calls::call_kw(vm, frame, sp, oparg),
            _ => calls::call_function_ex(vm, frame, sp),
        };
        let units = 1 + opcode.caches() as u16;
        let step = match called {
            Ok(Next::Continue(end)) => {
                (*frame).sp = end;
                fire(vm, frame, event::C_RETURN, unit, &told)?;
                Ok(Step::Called(Next::Continue(end), units))
            }
            Ok(enter) => Ok(Step::Called(enter, units)),
            Err(raised) => {
                let exception = vm.catch(raised);
                fire(vm, frame, event::C_RAISE, unit, &told)?;
                Err(vm.reraise(exception))
            }
        };
        if let Ok(Step::Called(Next::Continue(_), _)) = step {
            // What the call consumed may end here, and be told of.
            for value in told {
                vm.release(value);
            }
        }
        step
    }
}
