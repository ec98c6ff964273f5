//! The loop: fetches an instruction, executes its arm, goes on; leaves for the unwinder when one fails.
//!
//! Frequent instructions have their arms here; the others are functions in the files beside this one (`table.rs`).

use pvm_bytecode::opcode::Opcode;
use pvm_object::heap::stress::{self, Mode};
use pvm_object::list::List;
use pvm_object::tuple::Tuple;
use pvm_object::{PyResult, Raised, Slot, Value, Vm};

use super::attributes::Known;
use super::table::decode;
use super::{Next, arithmetic, attributes, building, calls, instrumented, iteration, names, specialize};
use super::{stack, table, unwind, wide};
use crate::frame::{Frame, OnReturn, Owner};
use crate::thread::extension;
use crate::{call, generator};

/// As [`run`](super::run); begins by raising the pending exception where the frame stands, if one is given.
///
/// # Safety
/// As [`run`](super::run).
pub unsafe fn run_or_throw(vm: &mut Vm, entry: *mut Frame, mut thrown: Option<Raised>) -> PyResult {
    let thread = extension(vm);
    let mut frame = entry;
    // SAFETY: code objects come from the compiler or passed the verifier: jumps stay inside the instructions, the stack
    // within its bounds, operands are of the kind that each instruction expects. Frames are filled when they get here.
    unsafe {
        (*frame).previous = thread.frame.get();
        thread.frame.set(frame);
        let mut ip = (*frame).ip;
        let mut sp = (*frame).sp;

        macro_rules! load_frame {
            () => {
                ip = (*frame).ip;
                sp = (*frame).sp;
            };
        }
        // Goes on in a frame that is ready; the caller's stack is set.
        macro_rules! enter {
            ($callee:expr, $offset:expr) => {
                (*frame).return_offset = $offset;
                (*$callee).previous = frame;
                frame = $callee;
                thread.frame.set(frame);
                load_frame!();
            };
        }
        // A variable's place; computed from the frame, so that it needs no register of its own.
        macro_rules! variable {
            ($index:expr) => {
                Frame::locals(frame).add($index)
            };
        }
        macro_rules! push {
            ($slot:expr) => {{
                let slot: Slot = $slot;
                sp.write(slot);
                sp = sp.add(1);
            }};
        }
        macro_rules! pop {
            () => {{
                sp = sp.sub(1);
                *sp
            }};
        }
        macro_rules! cache_u32 {
            ($index:expr) => {
                (ip.add($index).cast::<u32>()).read_unaligned()
            };
        }
        macro_rules! cache_pointer {
            ($index:expr) => {
                (ip.add($index).cast::<u64>()).read_unaligned()
            };
        }
        macro_rules! jump {
            ($units:expr) => {
                ip = ip.offset($units as isize)
            };
        }

        loop {
            let raised: Raised = 'failed: {
                if let Some(raised) = thrown.take() {
                    break 'failed unwind::thrown(vm, frame, raised);
                }
                let mut opcode: Opcode;
                // The upper part of an operand longer than a byte, until the instruction takes it.
                let mut wide = 0;
                // The frame knows where it stands only while something else than the loop may look at it.
                macro_rules! save {
                    () => {
                        (*frame).ip = ip.sub(1);
                        (*frame).sp = sp;
                    };
                }
                // Drops a slot that is off the stack already.
                macro_rules! release {
                    ($slot:expr) => {{
                        let slot: Slot = $slot;
                        if slot.release() {
                            save!();
                            vm.end_object(slot);
                        }
                    }};
                }
                // As `release!`, of a slot that may be empty.
                macro_rules! release_filled {
                    ($slot:expr) => {{
                        let slot: Slot = $slot;
                        if !slot.is_empty() {
                            release!(slot);
                        }
                    }};
                }
                macro_rules! assign {
                    ($index:expr, $value:expr) => {{
                        let old = variable!($index).replace($value);
                        release_filled!(old);
                    }};
                }
                macro_rules! fetch {
                    () => {
                        let word = *ip;
                        ip = ip.add(1);
                        if stress::on(Mode::Drain) && vm.drops_wait() {
                            save!();
                            vm.drain_drops();
                        }
                        opcode = decode(word as u8);
                    };
                }
                // The operand of an instruction that has no long one or whose long one is the matter of `wide`.
                macro_rules! short {
                    () => {
                        usize::from(*ip.sub(1) >> 8)
                    };
                }
                macro_rules! operand {
                    () => {{
                        let operand = short!() | wide;
                        wide = 0;
                        operand
                    }};
                }
                fetch!();
                // One flat loop: a loop inside would make the optimiser compute stack addresses ahead of every dispatch.
                'next: loop {
                    macro_rules! next {
                        () => {{
                            fetch!();
                            continue 'next;
                        }};
                    }
                    macro_rules! again {
                        ($base:ident) => {{
                            opcode = Opcode::$base;
                            continue 'next;
                        }};
                    }
                    // Executes an instruction whose operand may be long.
                    macro_rules! resume_with {
                        ($operand:expr) => {{
                            let oparg: usize = $operand;
                            wide = oparg & !0xff;
                            if wide != 0 && wide::has_short_arm(opcode) {
                                wide = 0;
                                save!();
                                (ip, sp) = try_op!(wide::execute(vm, frame, ip, sp, opcode, oparg));
                                next!();
                            }
                            continue 'next;
                        }};
                    }
                    // Gives specialisation a try now and then; the caches begin at `ip`.
                    macro_rules! adapt {
                        ($specialise:expr, $operand:expr) => {{
                            let counter = *ip;
                            // The specialised forms have short operands.
                            if counter == 0 && $operand <= 0xff {
                                save!();
                                let at = ip.cast_mut().sub(1);
                                if $specialise(vm, frame, at, sp, $operand) {
                                    opcode = decode(*at as u8);
                                    continue 'next;
                                }
                                ip.cast_mut().write(crate::execution::backoff());
                            } else {
                                ip.cast_mut().write(counter.saturating_sub(1));
                            }
                        }};
                    }
                    // A specialised form that does not fit: after some misses the instruction is specialised anew.
                    macro_rules! miss {
                        ($base:ident) => {{
                            specialize::missed(ip.cast_mut(), Opcode::$base);
                            again!($base)
                        }};
                    }
                    macro_rules! try_op {
                        ($result:expr) => {
                            match $result {
                                Ok(value) => value,
                                Err(raised) => break 'failed raised,
                            }
                        };
                    }
                    macro_rules! operation {
                        ($function:expr, $operand:expr, $caches:expr) => {{
                            save!();
                            sp = try_op!($function(vm, frame, sp, $operand));
                            ip = ip.add($caches);
                            next!();
                        }};
                    }
                    macro_rules! int_op {
                        ($left:ident, $right:ident, $result:expr) => {{
                            let ($left, $right) = ((*sp.sub(2)).bits() as i64, (*sp.sub(1)).bits() as i64);
                            if $left & $right & 1 != 0
                                && let Some(result) = $result
                            {
                                sp = sp.sub(1);
                                *sp.sub(1) = Slot::from_bits(result as u64);
                                ip = ip.add(5);
                                next!();
                            }
                            miss!(BinaryOp)
                        }};
                    }
                    macro_rules! float_op {
                        ($base:ident, $a:ident, $b:ident, $result:expr) => {{
                            let (left, right) = (*sp.sub(2), *sp.sub(1));
                            if arithmetic::are_floats(left, right) {
                                let $a = pvm_object::core::value::untag_float(left.bits());
                                let $b = pvm_object::core::value::untag_float(right.bits());
                                let result: f64 = $result;
                                sp = sp.sub(1);
                                *sp.sub(1) = match pvm_object::core::value::tag_float(result) {
                                    Some(bits) => Slot::from_bits(bits),
                                    None => Slot::owned(vm.float(result)),
                                };
                                ip = ip.add(5);
                                next!();
                            }
                            if let Some(($a, $b)) = arithmetic::floats_of(left, right) {
                                let result: f64 = $result;
                                save!();
                                let value = vm.float(result);
                                sp = stack::finish(vm, sp, 2, value);
                                ip = ip.add(5);
                                next!();
                            }
                            miss!($base)
                        }};
                    }
                    // `container[int]`: the item, where the operands are as they were.
                    macro_rules! item_op {
                        ($item:expr) => {
                            match $item {
                                Some(item) => {
                                    let container = *sp.sub(2);
                                    sp = sp.sub(1);
                                    *sp.sub(1) = item;
                                    release!(container);
                                    ip = ip.add(5);
                                    next!();
                                }
                                None => miss!(BinaryOp),
                            }
                        };
                    }
                    // A safepoint: behind native calls as well, so that a signal's handler runs where the call was interrupted.
                    macro_rules! serve_requests {
                        () => {
                            if vm.heap_state().requests() != 0 {
                                save!();
                                try_op!((vm.hooks().serve_requests)(vm));
                            }
                        };
                    }
                    // A call that runs native code at once or enters a frame.
                    macro_rules! call {
                        ($call:expr, $caches:expr) => {{
                            save!();
                            match try_op!($call) {
                                Next::Continue(end) => {
                                    sp = end;
                                    serve_requests!();
                                    ip = ip.add($caches);
                                }
                                Next::Enter(callee, end) => {
                                    (*frame).sp = end;
                                    enter!(callee, $caches + 1);
                                }
                            }
                            next!();
                        }};
                    }
                    // Goes on in the frame of a Python function that takes the operands; nothing where the callable is another.
                    macro_rules! python_call {
                        ($callee:expr) => {{
                            let Some(callee) = $callee else { miss!(Call) };
                            save!();
                            (*frame).sp = sp.sub(short!() + 2);
                            (*frame).return_offset = 4;
                            (*callee).previous = frame;
                            frame = callee;
                            thread.frame.set(frame);
                            ip = (*(*frame).execution).instructions.as_ptr();
                            sp = (*frame).sp;
                            next!();
                        }};
                    }
                    // Goes on in a generator, with a value that leaves the stack if there is one.
                    macro_rules! enter_generator {
                        ($generator:expr, $value:expr, $popped:expr, $base:ident) => {{
                            save!();
                            match generator::enter(vm, $generator, $value) {
                                Some(callee) => {
                                    (*frame).sp = sp.sub($popped);
                                    enter!(callee, (2 + short!()) as u16);
                                    next!();
                                }
                                None => miss!($base),
                            }
                        }};
                    }
                    // A loaded callable that brings no receiver leaves its place empty.
                    macro_rules! push_no_receiver {
                        () => {
                            if short!() & 1 != 0 {
                                push!(Slot::EMPTY);
                            }
                        };
                    }
                    // Puts an attribute in its owner's place, where it was found.
                    macro_rules! attribute {
                        ($found:expr) => {
                            match $found {
                                Some(value) => {
                                    let slot = (sp.sub(1)).replace(value);
                                    push_no_receiver!();
                                    release!(slot);
                                    ip = ip.add(9);
                                    next!();
                                }
                                None => miss!(LoadAttr),
                            }
                        };
                    }
                    // A call of native code that the loop knows; nothing where the operands are others.
                    macro_rules! native_call {
                        ($call:expr) => {{
                            save!();
                            let Some(result) = $call else { miss!(Call) };
                            sp = try_op!(result);
                            serve_requests!();
                            ip = ip.add(3);
                            next!();
                        }};
                    }
                    macro_rules! step {
                        ($step:expr) => {
                            match $step {
                                iteration::Step::Item(item) => {
                                    // The assignment to the loop's variable, which nearly always follows.
                                    let following = *ip.add(1);
                                    if following as u8 == Opcode::StoreFast as u8 {
                                        ip = ip.add(2);
                                        assign!((following >> 8) as usize, item);
                                        next!();
                                    }
                                    push!(item);
                                    ip = ip.add(1);
                                    next!();
                                }
                                iteration::Step::End => {
                                    jump!(short!() + 2);
                                    next!();
                                }
                                iteration::Step::Other => miss!(ForIter),
                            }
                        };
                    }
                    // Puts the items of a sequence on the stack, where they are as many as the operand says.
                    macro_rules! unpack {
                        (|$value:ident| $items:expr) => {{
                            let slot = *sp.sub(1);
                            let $value = slot.value();
                            if let Some(items) = $items
                                && items.len() == short!()
                            {
                                sp = sp.sub(1);
                                for item in items.iter().rev() {
                                    push!(Slot::owned(item.clone()));
                                }
                                release!(slot);
                                ip = ip.add(1);
                                next!();
                            }
                            miss!(UnpackSequence)
                        }};
                    }
                    // Ends a conditional jump; `NOT_TAKEN`, which follows, means nothing to this loop.
                    macro_rules! branch {
                        ($condition:expr, $units:expr) => {{
                            if $condition {
                                jump!($units + 1);
                            } else {
                                ip = ip.add(1 + usize::from(*ip.add(1) as u8 == Opcode::NotTaken as u8));
                            }
                            next!();
                        }};
                    }
                    // Ends an instruction whose result is a truth value; a jump that waits for it is taken at once.
                    macro_rules! truth {
                        ($truth:expr, $caches:expr) => {{
                            let truth: bool = $truth;
                            let following = *ip.add($caches);
                            if following as u8 == Opcode::PopJumpIfFalse as u8 {
                                ip = ip.add($caches + 1);
                                branch!(!truth, usize::from(following >> 8))
                            }
                            if following as u8 == Opcode::PopJumpIfTrue as u8 {
                                ip = ip.add($caches + 1);
                                branch!(truth, usize::from(following >> 8))
                            }
                            push!(Slot::borrowed(Value::from_bool(truth).borrowed()));
                            ip = ip.add($caches);
                            next!();
                        }};
                    }
                    match opcode {
                        Opcode::Nop | Opcode::NotTaken => next!(),
                        Opcode::Resume => {
                            ip.cast_mut().sub(1).cast::<u8>().write(Opcode::ResumeCheck as u8);
                            again!(ResumeCheck)
                        }
                        Opcode::ResumeCheck => {
                            if vm.heap_state().requests() != 0 && short!() < 2 {
                                save!();
                                try_op!((vm.hooks().serve_requests)(vm));
                            }
                            next!();
                        }
                        Opcode::LoadFast => {
                            push!((*variable!(short!())).to_owned_slot());
                            next!();
                        }
                        Opcode::LoadFastBorrow => {
                            let owner = *variable!(short!());
                            let following = *ip;
                            // An attribute of a variable: read without a way over the stack.
                            if following & 0x1ff == Opcode::LoadAttrInstanceValue as u16
                                && owner.shape() == ip.add(2).cast::<u32>().read_unaligned()
                            {
                                let bits = *owner.field(*ip.add(4));
                                if bits != 0 {
                                    push!(Slot::from_bits(bits).to_owned_slot());
                                    ip = ip.add(10);
                                    next!();
                                }
                            }
                            push!(owner.borrow());
                            next!();
                        }
                        Opcode::LoadFastBorrowLoadFastBorrow => {
                            push!((*variable!(short!() >> 4)).borrow());
                            push!((*variable!(short!() & 15)).borrow());
                            next!();
                        }
                        Opcode::LoadFastLoadFast => {
                            push!((*variable!(short!() >> 4)).to_owned_slot());
                            push!((*variable!(short!() & 15)).to_owned_slot());
                            next!();
                        }
                        Opcode::StoreFast => {
                            let value = pop!();
                            assign!(short!(), value);
                            next!();
                        }
                        Opcode::StoreFastLoadFast => {
                            let value = pop!();
                            let old = variable!(short!() >> 4).replace(value);
                            push!((*variable!(short!() & 15)).to_owned_slot());
                            release_filled!(old);
                            next!();
                        }
                        Opcode::StoreFastStoreFast => {
                            let (first, second) = (pop!(), pop!());
                            assign!(short!() >> 4, first);
                            assign!(short!() & 15, second);
                            next!();
                        }
                        Opcode::LoadConst | Opcode::LoadConstImmortal | Opcode::LoadConstMortal => {
                            push!(Slot::borrowed((*(*(*frame).execution).consts.add(short!())).borrowed()));
                            next!();
                        }
                        Opcode::LoadSmallInt => {
                            push!(Slot::from_bits((short!() as u64) << 1 | 1));
                            next!();
                        }
                        // The `self` of an `__exit__` that is no method is empty.
                        Opcode::PopTop | Opcode::PopIter | Opcode::EndFor => {
                            let slot = pop!();
                            release_filled!(slot);
                            next!();
                        }
                        Opcode::PushNull => {
                            push!(Slot::EMPTY);
                            next!();
                        }
                        Opcode::Copy => {
                            let slot = *sp.sub(short!());
                            push!(if slot.is_empty() { slot } else { slot.to_owned_slot() });
                            next!();
                        }
                        Opcode::Swap => {
                            std::ptr::swap(sp.sub(1), sp.sub(short!()));
                            next!();
                        }
                        Opcode::ExtendedArg => {
                            // Returns and errors count from the instruction itself.
                            let upper = (short!() | wide) << 8;
                            fetch!();
                            resume_with!(upper | short!())
                        }
                        Opcode::UnaryNot => {
                            let slot = *sp.sub(1);
                            *sp.sub(1) = Slot::borrowed(Value::from_bool(slot.value().is_false()).borrowed());
                            next!();
                        }
                        Opcode::IsOp => {
                            let (right, left) = (pop!(), pop!());
                            let same = (left.untagged() == right.untagged()) != (short!() == 1);
                            release!(right);
                            release!(left);
                            truth!(same, 0)
                        }
                        Opcode::JumpForward => {
                            jump!(short!());
                            next!();
                        }
                        Opcode::JumpBackward | Opcode::JumpBackwardNoJit | Opcode::JumpBackwardJit => {
                            serve_requests!();
                            jump!(1 - short!() as isize);
                            next!();
                        }
                        Opcode::JumpBackwardNoInterrupt => {
                            jump!(-(operand!() as isize));
                            next!();
                        }
                        Opcode::PopJumpIfFalse => {
                            let slot = pop!();
                            branch!(slot.value().is_false(), short!())
                        }
                        Opcode::PopJumpIfTrue => {
                            let slot = pop!();
                            branch!(slot.value().is_true(), short!())
                        }
                        Opcode::PopJumpIfNone => {
                            let slot = pop!();
                            let is_none = slot.value().is_none();
                            release!(slot);
                            branch!(is_none, short!())
                        }
                        Opcode::PopJumpIfNotNone => {
                            let slot = pop!();
                            let is_none = slot.value().is_none();
                            release!(slot);
                            branch!(!is_none, short!())
                        }
                        Opcode::ToBoolBool => {
                            let slot = *sp.sub(1);
                            let value = slot.value();
                            if value.is_true() || value.is_false() {
                                let result = value.is_true();
                                sp = sp.sub(1);
                                truth!(result, 3)
                            }
                            miss!(ToBool)
                        }
                        Opcode::ToBool => {
                            let slot = *sp.sub(1);
                            let value = slot.value();
                            if value.is_true() || value.is_false() {
                                ip.cast_mut().sub(1).cast::<u8>().write(Opcode::ToBoolBool as u8);
                                again!(ToBoolBool)
                            }
                            save!();
                            let result = match value.as_small_int() {
                                Some(int) => int != 0,
                                None if value.is_none() => false,
                                None => try_op!(vm.truth(&value)),
                            };
                            sp = sp.sub(1);
                            release!(slot);
                            truth!(result, 3)
                        }
                        Opcode::BinaryOp => {
                            let oparg = operand!();
                            adapt!(specialize::binary_op, oparg);
                            operation!(arithmetic::binary_op, oparg, 5)
                        }
                        // The operands keep their tags where that saves work: an int's word is twice the int, plus one.
                        Opcode::BinaryOpAddInt => int_op!(left, right, (left - 1).checked_add(right)),
                        Opcode::BinaryOpSubtractInt => int_op!(left, right, left.checked_sub(right - 1)),
                        Opcode::BinaryOpMultiplyInt => {
                            int_op!(left, right, (left - 1).checked_mul(right >> 1).map(|product| product | 1))
                        }
                        Opcode::BinaryOpAddFloat => float_op!(BinaryOp, a, b, a + b),
                        Opcode::BinaryOpSubtractFloat => float_op!(BinaryOp, a, b, a - b),
                        Opcode::BinaryOpMultiplyFloat => float_op!(BinaryOp, a, b, a * b),
                        Opcode::BinaryOpExtend => {
                            save!();
                            match arithmetic::extended(vm, sp, short!()) {
                                Some(end) => {
                                    sp = end;
                                    ip = ip.add(5);
                                    next!();
                                }
                                None => miss!(BinaryOp),
                            }
                        }
                        Opcode::BinaryOpSubscrListInt => item_op!(arithmetic::list_item(vm, sp)),
                        Opcode::BinaryOpSubscrTupleInt => item_op!(arithmetic::tuple_item(sp)),
                        Opcode::BinaryOpSubscrGetitem => call!(calls::subscript(vm, frame, sp, short!(), ip), 5),
                        Opcode::BinaryOpSubscrStrInt => item_op!(arithmetic::string_item(sp)),
                        Opcode::BinaryOpSubscrDict => operation!(arithmetic::dict_item, short!(), 5),
                        Opcode::StoreSubscr => {
                            let oparg = operand!();
                            adapt!(specialize::store_subscr, oparg);
                            operation!(arithmetic::store_subscr, oparg, 1)
                        }
                        Opcode::StoreSubscrDict => operation!(arithmetic::store_subscr, short!(), 1),
                        Opcode::StoreSubscrListInt => {
                            if arithmetic::store_list_item(vm, sp) {
                                let (old, container) = (*sp.sub(3), *sp.sub(2));
                                sp = sp.sub(3);
                                release!(old);
                                release!(container);
                                ip = ip.add(1);
                                next!();
                            }
                            miss!(StoreSubscr)
                        }
                        Opcode::CompareOp => {
                            let oparg = operand!();
                            adapt!(specialize::compare_op, oparg);
                            operation!(arithmetic::compare_op, oparg, 1)
                        }
                        Opcode::CompareOpInt => {
                            let (left, right) = ((*sp.sub(2)).bits(), (*sp.sub(1)).bits());
                            if left & right & 1 != 0 {
                                sp = sp.sub(2);
                                truth!(arithmetic::compare(left as i64, right as i64, short!()), 1)
                            }
                            miss!(CompareOp)
                        }
                        Opcode::CompareOpFloat => {
                            let (left, right) = (*sp.sub(2), *sp.sub(1));
                            if arithmetic::are_floats(left, right) {
                                let a = pvm_object::core::value::untag_float(left.bits());
                                let b = pvm_object::core::value::untag_float(right.bits());
                                sp = sp.sub(2);
                                truth!(arithmetic::compare(a, b, short!()), 1)
                            }
                            miss!(CompareOp)
                        }
                        Opcode::CompareOpStr => {
                            let (left, right) = (*sp.sub(2), *sp.sub(1));
                            if let Some(equal) = arithmetic::same_strings(left, right) {
                                sp = sp.sub(2);
                                release!(left);
                                release!(right);
                                // Of the operators only `==` and `!=` come here, in that order of bits.
                                truth!(equal == (short!() & 8 != 0), 1)
                            }
                            miss!(CompareOp)
                        }
                        Opcode::LoadGlobal => {
                            let oparg = operand!();
                            adapt!(specialize::load_global, oparg);
                            operation!(names::load_global, oparg, 4)
                        }
                        Opcode::LoadGlobalModule => {
                            let globals = &*(*frame).globals;
                            if let Some(value) = globals.value_in_version(cache_u32!(2), *ip.add(1) as usize, vm) {
                                push!(Slot::owned(value.to_owned()));
                                push_no_receiver!();
                                ip = ip.add(4);
                                next!();
                            }
                            miss!(LoadGlobal)
                        }
                        Opcode::LoadGlobalBuiltin => {
                            let (globals, builtins) = (&*(*frame).globals, &*(*frame).builtins);
                            if globals.known_version(vm) == u32::from(*ip.add(2))
                                && let Some(value) = builtins.value_in_version(u32::from(*ip.add(3)), *ip.add(1) as usize, vm)
                            {
                                push!(Slot::owned(value.to_owned()));
                                push_no_receiver!();
                                ip = ip.add(4);
                                next!();
                            }
                            miss!(LoadGlobal)
                        }
                        Opcode::LoadAttr => {
                            let oparg = operand!();
                            adapt!(specialize::load_attr, oparg);
                            let slot = *sp.sub(1);
                            match attributes::known(vm, frame, sp, oparg) {
                                Some(Known::Value(value)) => {
                                    *sp.sub(1) = value;
                                    if oparg & 1 != 0 {
                                        push!(Slot::EMPTY);
                                    }
                                    release!(slot);
                                    ip = ip.add(9);
                                    next!();
                                }
                                Some(Known::Method(method)) => {
                                    *sp.sub(1) = method;
                                    push!(slot);
                                    ip = ip.add(9);
                                    next!();
                                }
                                None => operation!(attributes::load_attr, oparg, 9),
                            }
                        }
                        Opcode::LoadAttrInstanceValue | Opcode::LoadAttrSlot => {
                            let slot = *sp.sub(1);
                            if slot.shape() == cache_u32!(1) {
                                let bits = *slot.field(*ip.add(3));
                                if bits != 0 {
                                    *sp.sub(1) = Slot::from_bits(bits).to_owned_slot();
                                    push_no_receiver!();
                                    release!(slot);
                                    ip = ip.add(9);
                                    next!();
                                }
                            }
                            miss!(LoadAttr)
                        }
                        Opcode::LoadAttrMethodWithValues => {
                            let slot = *sp.sub(1);
                            if slot.shape() == cache_u32!(1) {
                                let method = Slot::from_bits(cache_pointer!(5));
                                *sp.sub(1) = method.to_owned_slot();
                                push!(slot);
                                ip = ip.add(9);
                                next!();
                            }
                            miss!(LoadAttr)
                        }
                        Opcode::LoadAttrNondescriptorWithValues => {
                            attribute!(attributes::plain_value(sp, cache_u32!(1), cache_pointer!(5)))
                        }
                        Opcode::LoadAttrClass | Opcode::LoadAttrClassWithMetaclassCheck => {
                            attribute!(attributes::class_value(sp, cache_u32!(1), cache_u32!(3), cache_pointer!(5)))
                        }
                        Opcode::LoadAttrModule => attribute!(attributes::module_value(vm, sp, cache_u32!(1), *ip.add(3))),
                        Opcode::LoadAttrWithHint => attribute!(attributes::hinted_value(vm, frame, sp, short!(), ip)),
                        Opcode::LoadAttrProperty => {
                            if (*sp.sub(1)).shape() == cache_u32!(1) && short!() & 1 == 0 {
                                let getter = Slot::from_bits(cache_pointer!(5)).to_owned_slot();
                                sp = sp.sub(1);
                                save!();
                                let callee = try_op!(call::bind::frame_for_call(vm, getter, sp, 1, None));
                                enter!(callee, 10);
                                next!();
                            }
                            miss!(LoadAttr)
                        }
                        Opcode::StoreAttr => {
                            let oparg = operand!();
                            adapt!(specialize::store_attr, oparg);
                            operation!(attributes::store_attr, oparg, 4)
                        }
                        Opcode::StoreAttrInstanceValue | Opcode::StoreAttrSlot => {
                            let slot = *sp.sub(1);
                            if slot.shape() == cache_u32!(1) {
                                let value = (*sp.sub(2)).into_value().into_bits();
                                let old = Slot::from_bits(slot.field(*ip.add(3)).replace(value));
                                sp = sp.sub(2);
                                release!(slot);
                                release_filled!(old);
                                ip = ip.add(4);
                                next!();
                            }
                            miss!(StoreAttr)
                        }
                        Opcode::StoreAttrWithHint => {
                            let slot = *sp.sub(1);
                            let owner = slot.value();
                            if owner.shape() == cache_u32!(1) {
                                attributes::grow(frame, owner, *sp.sub(2), *ip.add(3));
                                sp = sp.sub(2);
                                release!(slot);
                                ip = ip.add(4);
                                next!();
                            }
                            miss!(StoreAttr)
                        }
                        Opcode::Call => {
                            let oparg = operand!();
                            adapt!(specialize::call, oparg);
                            call!(calls::call(vm, frame, sp, oparg), 3)
                        }
                        Opcode::CallPyExactArgs => python_call!(calls::exact_frame(thread, sp, short!())),
                        Opcode::CallPyGeneral => python_call!(calls::general_frame(thread, sp, short!())),
                        Opcode::CallBuiltinO
                        | Opcode::CallMethodDescriptorO
                        | Opcode::CallBuiltinFast
                        | Opcode::CallMethodDescriptorNoargs => native_call!(calls::native(vm, sp, short!(), cache_u32!(1))),
                        Opcode::CallListAppend => native_call!(calls::list_append(vm, sp, short!(), cache_u32!(1))),
                        Opcode::CallLen => native_call!(calls::len(vm, sp, short!(), cache_u32!(1))),
                        Opcode::CallIsinstance => native_call!(calls::is_instance(vm, sp, short!(), cache_u32!(1))),
                        Opcode::CallBuiltinClass => native_call!(calls::class(vm, sp, short!())),
                        Opcode::CallAllocAndEnterInit => {
                            save!();
                            let entered = try_op!(calls::alloc_and_init(vm, frame, sp, short!(), cache_u32!(1)));
                            let Some((callee, end)) = entered else { miss!(Call) };
                            (*frame).sp = end;
                            (*callee).on_return = OnReturn::CheckInit;
                            enter!(callee, 4);
                            next!();
                        }
                        Opcode::CallKw => call!(calls::call_kw(vm, frame, sp, operand!()), 3),
                        Opcode::CallFunctionEx => call!(calls::call_function_ex(vm, frame, sp), 0),
                        Opcode::ReturnValue => {
                            // A borrowed value must own itself before the frame that keeps it alive ends.
                            let result = pop!().into_value();
                            save!();
                            let ended = frame;
                            frame = (*ended).previous;
                            let (owner, on_return) = ((*ended).owner, (*ended).on_return);
                            let is_entry = ended == entry;
                            thread.frame.set(frame);
                            if owner == Owner::Generator {
                                generator::finish(vm, ended);
                            } else {
                                call::drop_frame(vm, ended);
                            }
                            if is_entry {
                                return Ok(result);
                            }
                            load_frame!();
                            ip = ip.add((*frame).return_offset as usize);
                            if on_return == OnReturn::CheckInit {
                                if !result.is_none() {
                                    break 'failed calls::init_returned(vm, &result);
                                }
                            } else {
                                push!(Slot::owned(result));
                            }
                            next!();
                        }
                        Opcode::ForIter => {
                            let oparg = operand!();
                            adapt!(specialize::for_iter, oparg);
                            save!();
                            let (end, units) = try_op!(iteration::next(vm, sp, *ip.add(1)));
                            // At its end it goes on behind `END_FOR`; the iterator stays for `POP_ITER`.
                            if end == sp {
                                jump!(oparg + 2)
                            } else {
                                ip = ip.add(units)
                            }
                            sp = end;
                            next!();
                        }
                        Opcode::ForIterRange => step!(iteration::range_next(*sp.sub(1))),
                        Opcode::ForIterList => step!(iteration::list_next(vm, *sp.sub(1))),
                        Opcode::ForIterTuple => step!(iteration::tuple_next(vm, *sp.sub(1))),
                        Opcode::ForIterGen => enter_generator!(*sp.sub(1), None, 0, ForIter),
                        Opcode::Send => {
                            let oparg = operand!();
                            adapt!(specialize::send, oparg);
                            save!();
                            let (end, returned) = try_op!(iteration::send(vm, sp));
                            sp = end;
                            ip = ip.add(1);
                            if returned {
                                jump!(oparg);
                            }
                            next!();
                        }
                        Opcode::SendGen => enter_generator!(*sp.sub(2), Some(*sp.sub(1)), 1, Send),
                        Opcode::YieldValue => {
                            let result = pop!().into_value();
                            save!();
                            // The generator goes on behind this instruction.
                            (*frame).ip = ip;
                            let suspended = frame;
                            frame = (*suspended).previous;
                            let is_entry = suspended == entry;
                            thread.frame.set(frame);
                            generator::suspend(vm, suspended);
                            if is_entry {
                                return Ok(result);
                            }
                            load_frame!();
                            // `FOR_ITER` and `SEND` have one cache each.
                            ip = ip.add(2);
                            push!(Slot::owned(result));
                            next!();
                        }
                        Opcode::ReturnGenerator => {
                            save!();
                            (*frame).ip = ip;
                            // What becomes of the generator is the caller's matter; what that will return goes to who resumes it.
                            let on_return = std::mem::replace(&mut (*frame).on_return, OnReturn::Push);
                            let value = try_op!(generator::from_frame(vm, frame));
                            let ended = frame;
                            frame = (*ended).previous;
                            let is_entry = ended == entry;
                            thread.frame.set(frame);
                            call::forget_frame(thread, ended);
                            if is_entry {
                                return Ok(value);
                            }
                            load_frame!();
                            ip = ip.add((*frame).return_offset as usize);
                            if on_return == OnReturn::CheckInit {
                                break 'failed calls::init_returned(vm, &value);
                            }
                            push!(Slot::owned(value));
                            next!();
                        }
                        Opcode::LoadDeref => {
                            let oparg = operand!();
                            let cell = names::cell(*variable!(oparg));
                            match cell.get(vm) {
                                Some(value) => push!(Slot::owned(value)),
                                None => {
                                    save!();
                                    break 'failed names::unbound_deref(vm, frame, oparg);
                                }
                            }
                            next!();
                        }
                        Opcode::UnpackSequenceTwoTuple | Opcode::UnpackSequenceTuple => {
                            unpack!(|value| value.downcast_exact::<Tuple>().map(|tuple| tuple.as_slice()))
                        }
                        Opcode::UnpackSequenceList => {
                            unpack!(|value| value.downcast_exact::<List>().map(|list| list.items(vm)))
                        }
                        Opcode::UnpackSequence => {
                            let oparg = operand!();
                            adapt!(specialize::unpack_sequence, oparg);
                            operation!(building::unpack_sequence, oparg, 1)
                        }
                        Opcode::ContainsOp | Opcode::ContainsOpDict | Opcode::ContainsOpSet => {
                            save!();
                            let found = try_op!(arithmetic::contains(vm, sp));
                            sp = stack::drop_top(vm, sp, 2);
                            truth!(found != (short!() & 1 == 1), 1)
                        }
                        Opcode::ListAppend => operation!(building::list_append, operand!(), 0),
                        Opcode::LoadSuperAttr | Opcode::LoadSuperAttrAttr | Opcode::LoadSuperAttrMethod => {
                            operation!(attributes::load_super_attr, operand!(), 1)
                        }
                        operation_opcodes!() => {
                            save!();
                            sp = try_op!(table::operation(opcode)(vm, frame, sp, operand!()));
                            next!();
                        }
                        Opcode::InstrumentedInstruction => {
                            save!();
                            let mut oparg = short!() | wide;
                            opcode = try_op!(instrumented::step(vm, &mut frame, ip, &mut oparg));
                            (ip, sp) = ((*frame).ip.add(1), (*frame).sp);
                            resume_with!(oparg)
                        }
                        // Without a wildcard: so each opcode is treated, and the dispatch needs no bounds.
                        unexecuted_opcodes!() => break 'failed table::not_executable(vm, opcode),
                    }
                }
            };
            // An exception is pending: find who handles it.
            match unwind::unwind(vm, frame, sp, entry, raised) {
                Ok(handler) => {
                    frame = handler;
                    load_frame!();
                }
                Err(raised) => return Err(raised),
            }
        }
    }
}
