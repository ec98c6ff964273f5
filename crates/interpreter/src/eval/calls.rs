//! Calls: `callable, self or nothing, arguments …` lie on the stack.

use pvm_bytecode::opcode::Opcode;
use pvm_object::descriptors::builtin_function::NativeFunction;
use pvm_object::descriptors::method::Method;
use pvm_object::descriptors::native_method::NativeMethod;
use pvm_object::dict::Dict;
use pvm_object::function::Function;
use pvm_object::list::List;
use pvm_object::tuple::Tuple;
use pvm_object::types::{Instance, PyClass, Type};
use pvm_object::{Args, Object, PyResult, Raised, Ref, Slot, Value, Vm, names};
use smallvec::SmallVec;

use super::Next;
use super::stack::{drop_top, finish, peek};
use crate::call::bind::frame_for_call;
use crate::call::init_head;
use crate::execution;
use crate::frame::Frame;
use crate::thread::ThreadExtension;

/// Where the callable, the arguments and their number are for `count` arguments in the operand.
struct Layout {
    callable: *mut Slot,
    args: *mut Slot,
    count: usize,
}

/// Reads the layout of a call; a bound method on the stack is taken apart in place.
#[inline(always)]
unsafe fn layout(sp: *mut Slot, count: usize) -> Layout {
    // SAFETY: the callable, the receiver's place and the arguments are on the stack.
    unsafe {
        let callable = sp.sub(count + 2);
        let receiver = callable.add(1);
        if (*receiver).is_empty() {
            if let Some(method) = (*callable).value().downcast_exact::<Method>() {
                let (function, this) = (method.function().clone(), method.receiver().clone());
                *receiver = Slot::owned(this);
                let bound = callable.replace(Slot::owned(function));
                // The method itself goes with the value.
                drop(bound.into_value());
                return Layout { callable, args: receiver, count: count + 1 };
            }
            return Layout { callable, args: receiver.add(1), count };
        }
        Layout { callable, args: receiver, count: count + 1 }
    }
}

#[inline(always)]
unsafe fn python_function<'a>(slot: Slot) -> Option<&'a Object<Function>> {
    // SAFETY: a filled slot of the stack, which keeps the function alive.
    unsafe { slot.downcast_exact::<Function>() }
}

pub(super) unsafe fn call(vm: &mut Vm, _frame: *mut Frame, sp: *mut Slot, oparg: usize) -> PyResult<Next> {
    // SAFETY: passed on.
    unsafe { call_with(vm, sp, oparg, None) }
}

/// A frame for a Python function that is called with as many arguments as it has parameters; they move into it.
///
/// # Safety
/// The operands of a call are on the stack, and gone from it where a frame comes back.
#[inline(always)]
pub(super) unsafe fn exact_frame(thread: &ThreadExtension, sp: *mut Slot, oparg: usize) -> Option<*mut Frame> {
    // SAFETY: passed on; the frame has room for the variables.
    unsafe {
        let function = *sp.sub(oparg + 2);
        let execution = execution::existing(&*python_function(function)?.code.as_ptr())?;
        let receiver = sp.sub(oparg + 1);
        let (args, count) = if (*receiver).is_empty() { (receiver.add(1), oparg) } else { (receiver, oparg + 1) };
        if execution.exact_argcount as usize != count || thread.depth_left.get() <= 0 {
            return None;
        }
        let callee = thread.push_frame(execution.frame_words);
        thread.depth_left.set(thread.depth_left.get() - 1);
        init_head(callee, Slot::owned(function.into_value()), execution);
        let locals = Frame::locals(callee);
        // Volatile, so that these stay loops: they are of a few turns, which calls of `memcpy` and `memset` would outweigh.
        for index in 0..count {
            locals.add(index).write_volatile(*args.add(index));
        }
        for index in count..execution.variables {
            locals.add(index).write_volatile(Slot::EMPTY);
        }
        Some(callee)
    }
}

/// As [`exact_frame`], of a bound method as well, and with defaults for the last parameters.
///
/// # Safety
/// The operands of a call are on the stack, and gone from it where a frame comes back.
#[inline]
pub(super) unsafe fn general_frame(thread: &ThreadExtension, sp: *mut Slot, oparg: usize) -> Option<*mut Frame> {
    // SAFETY: passed on; the frame has room for the variables. Nothing runs until the defaults are in it.
    unsafe {
        let Layout { callable, args, count } = layout(sp, oparg);
        let function = python_function(*callable)?;
        let execution = execution::existing(&*function.code.as_ptr())?;
        let missing = (execution.exact_argcount as usize).checked_sub(count)?;
        let defaults: &[Value] = match &*function.defaults.as_ptr() {
            Some(defaults) => defaults.as_slice(),
            None => &[],
        };
        let first = defaults.len().checked_sub(missing)?;
        if thread.depth_left.get() <= 0 {
            return None;
        }
        let callee = thread.push_frame(execution.frame_words);
        thread.depth_left.set(thread.depth_left.get() - 1);
        init_head(callee, Slot::owned((*callable).into_value()), execution);
        let mut place = Frame::locals(callee);
        for index in 0..count {
            place.write_volatile(*args.add(index));
            place = place.add(1);
        }
        for default in &defaults[first..] {
            place.write(Slot::owned(default.clone()));
            place = place.add(1);
        }
        for _ in count + missing..execution.variables {
            place.write_volatile(Slot::EMPTY);
            place = place.add(1);
        }
        Some(callee)
    }
}

/// A call with the names of the last arguments, if they are keywords. Names stay owned by the caller.
unsafe fn call_with(vm: &mut Vm, sp: *mut Slot, count: usize, kwnames: Option<&Object<Tuple>>) -> PyResult<Next> {
    // SAFETY: the operands are on the stack; those that a frame takes over are emptied.
    unsafe {
        let call = layout(sp, count);
        if python_function(*call.callable).is_some() {
            let function = Slot::owned(call.callable.replace(Slot::EMPTY).into_value());
            let end = call.callable;
            let callee = frame_for_call(vm, function, call.args, call.count, kwnames);
            empty(call.args, call.count);
            return match callee {
                Ok(callee) => Ok(Next::Enter(callee, end)),
                Err(raised) => Err(raised),
            };
        }
        let args = Args::from_slots(call.args, call.count, kwnames);
        let result = vm.call_args(&(*call.callable).value(), args)?;
        if vm.drops_wait() {
            vm.drain_drops();
        }
        Ok(Next::Continue(finish(vm, sp, count + 2, result)))
    }
}

/// `container[key]` by the Python function that the container's class has for it, where objects have the shape that was seen.
pub(super) unsafe fn subscript(
    vm: &mut Vm,
    frame: *mut Frame,
    sp: *mut Slot,
    oparg: usize,
    caches: *const u16,
) -> PyResult<Next> {
    // SAFETY: two operands, which the new frame takes over; the instruction has caches.
    unsafe {
        let owner = peek(sp, 2);
        if owner.shape() == caches.add(1).cast::<u32>().read_unaligned()
            && let Some(function) = owner.ty().lookup(&names::__getitem__, vm).map(|found| found.to_owned())
        {
            let args = sp.sub(2);
            let callee = frame_for_call(vm, Slot::owned(function), args, 2, None);
            empty(args, 2);
            return Ok(Next::Enter(callee?, args));
        }
        super::specialize::missed(caches.cast_mut(), Opcode::BinaryOp);
        super::arithmetic::binary_op(vm, frame, sp, oparg).map(Next::Continue)
    }
}

/// Marks operands as gone, so that the unwinder does not drop them again.
unsafe fn empty(args: *mut Slot, count: usize) {
    for index in 0..count {
        // SAFETY: the operands are on the stack.
        unsafe { *args.add(index) = Slot::EMPTY };
    }
}

pub(super) unsafe fn call_kw(vm: &mut Vm, _frame: *mut Frame, sp: *mut Slot, oparg: usize) -> PyResult<Next> {
    // SAFETY: the tuple of names is on top of what a call has.
    unsafe {
        let names = sp.sub(1).replace(Slot::EMPTY).into_value();
        let names: Ref<Tuple> = names.downcast_into().expect("the compiler or the verifier made sure of the names");
        call_with(vm, sp.sub(1), oparg, Some(&names))
    }
}

/// `callable(*args, **kwargs)`: the callable, nothing, a tuple or iterable, a dict or nothing.
pub(super) unsafe fn call_function_ex(vm: &mut Vm, _frame: *mut Frame, sp: *mut Slot) -> PyResult<Next> {
    // SAFETY: four operands.
    unsafe {
        let callable = peek(sp, 4);
        let positional = match peek(sp, 2).downcast::<Tuple>() {
            Some(tuple) => tuple.to_ref(),
            None => star_arguments(vm, &callable, &peek(sp, 2))?,
        };
        if (*sp.sub(1)).is_empty() {
            return call_positional(vm, sp, &positional);
        }
        let kwargs = peek(sp, 1);
        let mut values: SmallVec<[Value; 8]> = positional.as_slice().iter().cloned().collect();
        let dict = match kwargs.downcast::<Dict>() {
            Some(dict) => dict.to_ref(),
            None => {
                let dict = vm.new_dict();
                super::building::merge_keywords(vm, &dict, &kwargs, &callable)?;
                dict
            }
        };
        let mut names: SmallVec<[Value; 8]> = SmallVec::new();
        for (key, value) in dict.entries(vm) {
            names.push(key.to_owned());
            values.push(value.to_owned());
        }
        if names.iter().any(|key| !key.is_instance_of::<pvm_object::str::Str>()) {
            return Err(vm.type_error(format_args!("keywords must be strings")));
        }
        let kwnames = if names.is_empty() { None } else { Some(vm.try_tuple(names)?) };
        if python_function(*sp.sub(4)).is_some() {
            let slots: SmallVec<[Slot; 8]> = values.into_iter().map(Slot::owned).collect();
            let function = Slot::owned(sp.sub(4).replace(Slot::EMPTY).into_value());
            let callee = frame_for_call(vm, function, slots.as_ptr(), slots.len(), kwnames.as_deref())?;
            return Ok(Next::Enter(callee, drop_top(vm, sp, 4)));
        }
        let result = vm.call_args(&callable, Args::with_keywords(&values, kwnames.as_deref()))?;
        if vm.drops_wait() {
            vm.drain_drops();
        }
        Ok(Next::Continue(finish(vm, sp, 4, result)))
    }
}

/// As [`call_function_ex`], without keywords.
unsafe fn call_positional(vm: &mut Vm, sp: *mut Slot, arguments: &Object<Tuple>) -> PyResult<Next> {
    // SAFETY: four operands; the frame takes over the function and the counts of the arguments.
    unsafe {
        if python_function(*sp.sub(4)).is_some() {
            let mut slots: SmallVec<[Slot; 8]> = SmallVec::new();
            for argument in arguments.as_slice() {
                slots.push(Slot::owned(argument.clone()));
            }
            let function = Slot::owned(sp.sub(4).replace(Slot::EMPTY).into_value());
            let callee = frame_for_call(vm, function, slots.as_ptr(), slots.len(), None)?;
            return Ok(Next::Enter(callee, drop_top(vm, sp, 4)));
        }
        let result = vm.call_args(&peek(sp, 4), Args::positional(arguments.as_slice()))?;
        if vm.drops_wait() {
            vm.drain_drops();
        }
        Ok(Next::Continue(finish(vm, sp, 4, result)))
    }
}

fn star_arguments(vm: &mut Vm, callable: &Value, iterable: &Value) -> PyResult<Ref<Tuple>> {
    if iterable.ty().slots().iter().is_none() && iterable.ty().slots().item().is_none() {
        let (name, kind) = (callable_name(vm, callable)?, vm.type_name(iterable));
        return Err(vm.type_error(format_args!("{name} argument after * must be an iterable, not {kind}")));
    }
    let items = vm.collect_items(iterable)?;
    Ok(vm.try_tuple(items)?)
}

/// How messages name a callable: `module.qualname()` (`_PyObject_FunctionStr`).
pub(crate) fn callable_name(vm: &mut Vm, callable: &Value) -> PyResult<String> {
    let Some(qualname) = vm.find_attr(callable, &names::__qualname__)? else {
        return Ok(vm.str(callable)?.to_string());
    };
    let qualname = vm.str(&qualname)?;
    if let Some(module) = vm.find_attr(callable, &names::__module__)?.filter(|module| !module.is_none()) {
        let module = vm.str(&module)?;
        if !module.is_str("builtins") {
            return Ok(format!("{module}.{qualname}()"));
        }
    }
    Ok(format!("{qualname}()"))
}

/// Calls a native function or method by its direct entry, where the callable is the one that was seen; `key` is the
/// lower half of its definition's address.
#[inline]
pub(super) unsafe fn native(vm: &mut Vm, sp: *mut Slot, oparg: usize, key: u32) -> Option<PyResult<*mut Slot>> {
    // SAFETY: the operands of a call are on the stack.
    unsafe {
        let callable = *sp.sub(oparg + 2);
        let receiver = *sp.sub(oparg + 1);
        let (def, args, count, this);
        if let Some(function) = callable.downcast_exact::<NativeFunction>() {
            def = function.def();
            this = function.receiver().borrowed();
            (args, count) = if receiver.is_empty() { (sp.sub(oparg), oparg) } else { (sp.sub(oparg + 1), oparg + 1) };
        } else if let Some(method) = callable.downcast_exact::<NativeMethod>() {
            def = method.def();
            let first = if receiver.is_empty() { oparg } else { oparg + 1 };
            if first == 0 {
                return None;
            }
            this = peek(sp, first);
            if !std::ptr::eq(this.ty(), method.class()) && !this.ty().is_subclass_of(method.class(), vm) {
                return None;
            }
            (args, count) = (sp.sub(first - 1), first - 1);
        } else {
            return None;
        }
        if def as *const _ as usize as u32 != key {
            return None;
        }
        let result = match (count, def.direct.zero, def.direct.one, def.direct.two) {
            (0, Some(entry), _, _) => entry(vm, &this),
            (1, _, Some(entry), _) => entry(vm, &this, &(*args).value()),
            (2, _, _, Some(entry)) => entry(vm, &this, &(*args).value(), &(*args.add(1)).value()),
            _ => (def.call)(vm, &this, Args::from_slots(args, count, None)),
        };
        let result = match result {
            Ok(result) => result,
            Err(raised) => return Some(Err(raised)),
        };
        if vm.drops_wait() {
            vm.drain_drops();
        }
        Some(Ok(finish(vm, sp, oparg + 2, result)))
    }
}

/// `list.append(item)` as the loop's own: the method, the list, the item.
#[inline(always)]
pub(super) unsafe fn list_append(vm: &mut Vm, sp: *mut Slot, oparg: usize, key: u32) -> Option<PyResult<*mut Slot>> {
    // SAFETY: three operands.
    unsafe {
        if oparg != 1 || (*sp.sub(2)).is_empty() {
            return None;
        }
        let method = (*sp.sub(3)).downcast_exact::<NativeMethod>()?;
        if method.def() as *const _ as usize as u32 != key {
            return None;
        }
        let list = (*sp.sub(2)).downcast_exact::<List>()?;
        let item = sp.sub(1).replace(Slot::EMPTY).into_value();
        if let Err(error) = list.push(item, vm) {
            return Some(Err(error.into()));
        }
        Some(Ok(finish(vm, sp, 3, Value::none())))
    }
}

/// `len(x)` as the loop's own; the specialiser saw the built-in function.
#[inline(always)]
pub(super) unsafe fn len(vm: &mut Vm, sp: *mut Slot, oparg: usize, key: u32) -> Option<PyResult<*mut Slot>> {
    // SAFETY: three operands.
    unsafe {
        if oparg != 1 || !(*sp.sub(2)).is_empty() {
            return None;
        }
        let function = (*sp.sub(3)).downcast_exact::<NativeFunction>()?;
        if function.def() as *const _ as usize as u32 != key {
            return None;
        }
        let value = *sp.sub(1);
        let len = match value.downcast_exact::<List>() {
            Some(list) => list.len(vm),
            None => match vm.len(&value.value()) {
                Ok(len) => len,
                Err(raised) => return Some(Err(raised)),
            },
        };
        let len = vm.int(len as i64);
        Some(Ok(finish(vm, sp, 3, len)))
    }
}

/// Calls a class whose metaclass is `type`; `type(x)` is the class of `x`.
#[inline]
pub(super) unsafe fn class(vm: &mut Vm, sp: *mut Slot, oparg: usize) -> Option<PyResult<*mut Slot>> {
    // SAFETY: the operands of a call are on the stack.
    unsafe {
        let callable = peek(sp, oparg + 2);
        let class = callable.downcast_exact::<Type>()?;
        if !(*sp.sub(oparg + 1)).is_empty() {
            return None;
        }
        let is_type = std::ptr::eq(class, Type::type_object());
        let result = if is_type && oparg == 1 {
            Ok(peek(sp, 1).ty().to_value())
        } else if is_type {
            return None;
        } else {
            vm.make_instance(class, Args::from_slots(sp.sub(oparg), oparg, None))
        };
        Some(result.map(|result| finish(vm, sp, oparg + 2, result)))
    }
}

/// `isinstance(x, class)` as the loop's own; `key` is the lower half of the definition's address that the specialiser saw.
#[inline]
pub(super) unsafe fn is_instance(vm: &mut Vm, sp: *mut Slot, oparg: usize, key: u32) -> Option<PyResult<*mut Slot>> {
    // SAFETY: the operands of a call are on the stack.
    unsafe {
        if oparg != 2 || !(*sp.sub(3)).is_empty() {
            return None;
        }
        let callable = peek(sp, 4);
        let function = callable.downcast_exact::<NativeFunction>()?;
        if function.def() as *const _ as usize as u32 != key {
            return None;
        }
        let found = vm.is_instance(&peek(sp, 2), &peek(sp, 1));
        Some(found.map(|found| finish(vm, sp, 4, Value::from_bool(found))))
    }
}

/// Makes an instance of the class being called and a frame for its Python `__init__`; `None` where the class has changed.
pub(super) unsafe fn alloc_and_init(
    vm: &mut Vm,
    _frame: *mut Frame,
    sp: *mut Slot,
    oparg: usize,
    version: u32,
) -> PyResult<Option<(*mut Frame, *mut Slot)>> {
    // SAFETY: the operands of a call are on the stack.
    unsafe {
        let callable = sp.sub(oparg + 2);
        let class_value = (*callable).value();
        let Some(class) = class_value.downcast_ref::<Type>() else { return Ok(None) };
        if class.version() != version || !(*callable.add(1)).is_empty() {
            return Ok(None);
        }
        let Some(init) = class.lookup(&names::__init__, vm).map(|init| init.to_owned()) else { return Ok(None) };
        let instance: Value = vm.alloc_as(class, Instance).into();
        *callable.add(1) = Slot::owned(instance.clone());
        let callee = frame_for_call(vm, Slot::owned(init), callable.add(1), oparg + 1, None);
        empty(callable.add(1), oparg + 1);
        let callee = callee?;
        // The instance takes the class's place and becomes the result.
        let class = callable.replace(Slot::owned(instance));
        drop(class.into_value());
        Ok(Some((callee, callable.add(1))))
    }
}

#[cold]
pub(super) fn init_returned(vm: &mut Vm, result: &Value) -> Raised {
    let kind = vm.type_name(result);
    vm.type_error(format_args!("__init__() should return None, not '{kind}'"))
}

/// Whether a class makes plain instances and initialises them with a Python function that a frame can run.
pub(super) fn has_simple_init(vm: &Vm, class: &Object<Type>) -> bool {
    let plain_new = class
        .slots()
        .new_instance()
        .is_some_and(|new| std::ptr::fn_addr_eq(new, pvm_object::types::object_slots::new as pvm_object::types::slots::NewFn));
    plain_new
        && std::ptr::eq(class.ty(), Type::type_object())
        && !class.has_flags(pvm_object::types::type_flag::ABSTRACT)
        && class.lookup(&names::__init__, vm).is_some_and(|init| init.is_instance_of::<Function>())
}
