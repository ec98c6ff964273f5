//! Binding arguments to parameters (CPython's `initialize_locals`).

use pvm_bytecode::flags::{CO_VARARGS, CO_VARKEYWORDS};
use pvm_object::dict::Dict;
use pvm_object::function::Function;
use pvm_object::str::Str;
use pvm_object::tuple::Tuple;
use pvm_object::{Object, PyResult, Ref, Slot, Value, Vm};

use super::{clear_variables, errors, execution_of, new_frame};
use crate::execution::Execution;
use crate::frame::Frame;

/// A frame for a call, with the arguments bound.
///
/// # Safety
/// `function` owns a count, as do the `count` slots at `args`, or they borrow from the caller's frame, which outlives the
/// new one; all are taken over, also where binding fails. The last of them belong to the names in `kwnames`.
#[inline]
pub unsafe fn frame_for_call(
    vm: &mut Vm,
    function: Slot,
    args: *const Slot,
    count: usize,
    kwnames: Option<&Object<Tuple>>,
) -> PyResult<*mut Frame> {
    // SAFETY: the slot holds a function; arguments are moved once.
    unsafe {
        let object = &*(function.untagged() as *const Object<Function>);
        let execution = execution_of(object);
        let argcount = (*execution).argcount as usize;
        if (*execution).simple && kwnames.is_none() && count <= argcount {
            // Borrowed: nothing runs until the defaults are in the frame.
            let defaults: &[Value] = match &*object.defaults.as_ptr() {
                Some(defaults) if count < argcount => defaults.as_slice(),
                _ => &[],
            };
            if argcount - count <= defaults.len() {
                let frame = match new_frame(vm, function, execution) {
                    Ok(frame) => frame,
                    Err(raised) => {
                        release_all(vm, args, count);
                        return Err(raised);
                    }
                };
                let locals = Frame::locals(frame);
                std::ptr::copy_nonoverlapping(args, locals, count);
                let first = defaults.len() - (argcount - count);
                for (index, default) in defaults[first..].iter().enumerate() {
                    *locals.add(count + index) = Slot::owned(default.clone());
                }
                clear_variables(frame, argcount);
                return Ok(frame);
            }
        }
        bind_slowly(vm, function, execution, args, count, kwnames)
    }
}

/// Drops arguments that no frame took over.
///
/// # Safety
/// The slots are filled and not used again.
#[cold]
pub unsafe fn release_all(vm: &mut Vm, args: *const Slot, count: usize) {
    for index in 0..count {
        // SAFETY: passed on.
        unsafe {
            let slot = *args.add(index);
            if slot.release() {
                vm.end_object(slot);
            }
        }
    }
}

#[inline(never)]
unsafe fn bind_slowly(
    vm: &mut Vm,
    function: Slot,
    execution: *const Execution,
    args: *const Slot,
    count: usize,
    kwnames: Option<&Object<Tuple>>,
) -> PyResult<*mut Frame> {
    // SAFETY: passed on; the frame's variables are emptied before anything can fail.
    unsafe {
        let frame = match new_frame(vm, function, execution) {
            Ok(frame) => frame,
            Err(raised) => {
                release_all(vm, args, count);
                return Err(raised);
            }
        };
        clear_variables(frame, 0);
        match fill(vm, frame, args, count, kwnames) {
            Ok(()) => Ok(frame),
            Err(raised) => {
                let pending = vm.catch(raised);
                super::drop_frame(vm, frame);
                Err(vm.reraise(pending))
            }
        }
    }
}

/// Moves the arguments into the variables, then fills in defaults.
unsafe fn fill(vm: &mut Vm, frame: *mut Frame, args: *const Slot, count: usize, kwnames: Option<&Object<Tuple>>) -> PyResult<()> {
    // SAFETY: every argument is moved into a variable, into a container, or released.
    unsafe {
        let raw = (*frame).raw_code();
        let locals = Frame::locals(frame);
        let (argcount, kwonly) = (raw.argcount as usize, raw.kwonlyargcount as usize);
        let named = kwnames.map_or(0, |names| names.len());
        let positional = count - named;
        let taken = positional.min(argcount);
        std::ptr::copy_nonoverlapping(args, locals, taken);
        let mut surplus = positional - taken;
        let mut next_container = argcount + kwonly;
        if raw.flags & CO_VARARGS != 0 {
            let rest = (taken..positional).map(|index| (*args.add(index)).into_value());
            let rest = match vm.try_tuple(rest) {
                Ok(rest) => rest,
                Err(error) => {
                    release_all(vm, args.add(taken), count - taken);
                    return Err(error.into());
                }
            };
            surplus = 0;
            *locals.add(next_container) = Slot::owned(rest.into());
            next_container += 1;
        } else {
            release_all(vm, args.add(taken), surplus);
        }
        let mut kwargs = None;
        if raw.flags & CO_VARKEYWORDS != 0 {
            let dict = vm.new_dict();
            *locals.add(next_container) = Slot::owned(dict.clone().into());
            kwargs = Some(dict);
        }
        if let Some(names) = kwnames {
            bind_keywords(vm, frame, args.add(positional), names, kwargs.as_deref())?;
        }
        if surplus > 0 {
            return Err(errors::too_many_positional(vm, frame, positional));
        }
        if positional < argcount {
            default_positional(vm, frame, positional)?;
        }
        if kwonly > 0 {
            default_keywords(vm, frame)?;
        }
        Ok(())
    }
}

unsafe fn bind_keywords(
    vm: &mut Vm,
    frame: *mut Frame,
    values: *const Slot,
    names: &Object<Tuple>,
    kwargs: Option<&Object<Dict>>,
) -> PyResult<()> {
    // SAFETY: each value is moved once; on an error the rest is released.
    unsafe {
        for (index, name) in names.as_slice().iter().enumerate() {
            let value = *values.add(index);
            if let Err(raised) = bind_keyword(vm, frame, name, value, kwargs, names) {
                let pending = vm.catch(raised);
                release_all(vm, values.add(index + 1), names.len() - index - 1);
                return Err(vm.reraise(pending));
            }
        }
        Ok(())
    }
}

unsafe fn bind_keyword(
    vm: &mut Vm,
    frame: *mut Frame,
    name: &Value,
    value: Slot,
    kwargs: Option<&Object<Dict>>,
    names: &Object<Tuple>,
) -> PyResult<()> {
    // SAFETY: the variables of the frame are filled or empty; the value is moved once.
    unsafe {
        let release = |vm: &mut Vm| release_all(vm, &value, 1);
        let Some(name) = name.downcast::<Str>() else {
            release(vm);
            return Err(errors::keywords_must_be_strings(vm, frame));
        };
        let raw = (*frame).raw_code();
        let code = (*frame).code();
        let (posonly, total) = (raw.posonlyargcount as usize, (raw.argcount + raw.kwonlyargcount) as usize);
        let parameters = &code.locals[posonly..total];
        let found = parameters
            .iter()
            .position(|known| std::ptr::eq(&**known, name))
            .or_else(|| parameters.iter().position(|known| known.same_text(name)));
        match (found, kwargs) {
            (Some(index), _) => {
                let place = Frame::locals(frame).add(posonly + index);
                if !(*place).is_empty() {
                    release(vm);
                    return Err(errors::multiple_values(vm, frame, name));
                }
                *place = value;
                Ok(())
            }
            (None, Some(kwargs)) => kwargs.set_str(name, value.into_value(), vm),
            (None, None) => {
                release(vm);
                Err(errors::unexpected_keyword(vm, frame, name, names))
            }
        }
    }
}

unsafe fn default_positional(vm: &mut Vm, frame: *mut Frame, positional: usize) -> PyResult<()> {
    // SAFETY: the variables of the frame are filled or empty.
    unsafe {
        let argcount = (*frame).raw_code().argcount as usize;
        let locals = Frame::locals(frame);
        let defaults: Option<Ref<Tuple>> = (*frame).function().defaults.get(vm);
        let defaults: &[Value] = defaults.as_deref().map_or(&[], |defaults| defaults.as_slice());
        let required = argcount.saturating_sub(defaults.len());
        if (positional..required).any(|index| (*locals.add(index)).is_empty()) {
            return Err(errors::missing(vm, frame, 0..required, "positional"));
        }
        let first = positional.max(required);
        for index in first..argcount {
            let place = locals.add(index);
            if (*place).is_empty() {
                *place = Slot::owned(defaults[defaults.len() - (argcount - index)].clone());
            }
        }
        Ok(())
    }
}

unsafe fn default_keywords(vm: &mut Vm, frame: *mut Frame) -> PyResult<()> {
    // SAFETY: the variables of the frame are filled or empty.
    unsafe {
        let raw = (*frame).raw_code();
        let (first, end) = (raw.argcount as usize, (raw.argcount + raw.kwonlyargcount) as usize);
        let locals = Frame::locals(frame);
        let defaults: Option<Ref<Dict>> = (*frame).function().kwdefaults.get(vm);
        let mut missing = false;
        for index in first..end {
            let place = locals.add(index);
            if !(*place).is_empty() {
                continue;
            }
            let name = &(*frame).code().locals[index];
            match defaults.as_ref().and_then(|defaults| defaults.get_str(name, vm)) {
                Some(value) => *place = Slot::owned(value),
                None => missing = true,
            }
        }
        if missing {
            return Err(errors::missing(vm, frame, first..end, "keyword-only"));
        }
        Ok(())
    }
}
