//! How a task goes on, step by step (`task_step`, `task_wakeup`).

use pvm_interpreter::generator::{self, Generator};
use pvm_macros::{pyclass, pymethods};
use pvm_object::exceptions::BaseException;
use pvm_object::types::slots::Sent;
use pvm_object::{HeapCell, Object, PyResult, Ref, Value, Vm, exceptions, names};

use super::future::{Future, add_awaited_by, discard_awaited_by, is_plain};
use super::task::{self, Task};
use super::{call, loop_of, registry};

/// What a loop calls to let a task go on.
#[pyclass(name = "TaskStepMethWrapper", module = "_asyncio", no_export, final)]
pub struct TaskStep {
    task: HeapCell<Ref<Task>>,
    exception: Option<Value>,
}

#[pymethods]
impl TaskStep {
    #[signature = "()"]
    #[text_signature = ""]
    fn __call__(&self, vm: &mut Vm) -> PyResult<()> {
        let task = self.task.get(vm);
        step(vm, &task, self.exception.as_ref())
    }

    #[getter]
    fn __self__(&self, vm: &mut Vm) -> Ref<Task> {
        self.task.get(vm)
    }

    #[getter]
    fn __qualname__(&self, vm: &mut Vm) -> PyResult {
        let task = self.task.get(vm).to_value();
        let coroutine = call(vm, &task, "get_coro", &[])?;
        vm.getattr(&coroutine, &names::__qualname__)
    }
}

/// What a future calls when it is done, for the task that waits for it.
#[pyclass(name = "task_wakeup", module = "_asyncio", no_export, final)]
pub struct TaskWakeup {
    task: Ref<Task>,
}

#[pymethods]
impl TaskWakeup {
    #[signature = "(future, /)"]
    #[text_signature = ""]
    fn __call__(&self, vm: &mut Vm, future: &Value) -> PyResult<()> {
        wake(vm, &self.task, future)
    }

    #[getter]
    fn __self__(&self) -> Ref<Task> {
        self.task.clone()
    }

    #[getter]
    fn __name__(&self) -> &'static str {
        "task_wakeup"
    }

    #[getter]
    fn __qualname__(&self) -> &'static str {
        "task_wakeup"
    }

    fn __eq__(&self, other: &Object<Self>) -> bool {
        std::ptr::eq(&*self.task, &*other.task)
    }

    fn __hash__(&self) -> i64 {
        self.task.address() as i64 >> 4
    }
}

/// Has the loop let the task go on, with an exception or without (`task_call_step_soon`).
pub fn schedule(vm: &mut Vm, task: &Object<Task>, exception: Option<Value>) -> PyResult<()> {
    let step = vm.alloc(TaskStep { task: HeapCell::new(task.to_ref()), exception });
    task::soon(vm, task, step.into())
}

/// The same with a `RuntimeError` (`task_set_error_soon`).
fn schedule_error(vm: &mut Vm, task: &Object<Task>, message: String) -> PyResult<()> {
    let text = vm.try_str(&message)?.into();
    let exception = vm.new_exception(&exceptions::RUNTIME_ERROR, vec![text]).into();
    schedule(vm, task, Some(exception))
}

/// The future that a task waits for is done.
fn wake(vm: &mut Vm, task: &Object<Task>, future: &Value) -> PyResult<()> {
    discard_awaited_by(vm, future, &task::value_of(task))?;
    let result = match future.downcast::<Future>() {
        Some(native) if is_plain(future) => native.outcome(vm),
        _ => call(vm, future, "result", &[]),
    };
    match result {
        Ok(_) => step(vm, task, None),
        Err(raised) => {
            let exception = vm.catch(raised).to_value();
            step(vm, task, Some(&exception))
        }
    }
}

/// A step of a task that its loop runs.
fn step(vm: &mut Vm, task: &Object<Task>, exception: Option<&Value>) -> PyResult<()> {
    let this = task::value_of(task);
    if task.future().is_done() {
        let shown = vm.repr(&this)?;
        let with = match exception {
            Some(exception) => vm.repr(exception)?.to_string(),
            None => "''".to_owned(),
        };
        return Err(super::invalid_state(vm, &format!("__step(): already done: {shown} {with}")));
    }
    let mut exception = exception.cloned();
    if task.must_cancel.get() {
        let (cancelled, _) = super::exceptions(vm)?;
        let is_cancelled = match &exception {
            Some(exception) => vm.is_instance(exception, &cancelled)?,
            None => false,
        };
        if !is_cancelled {
            exception = Some(task.future().cancelled_exception(vm)?);
        }
        task.must_cancel.set(false);
    }
    task.waiter.set(None, vm);
    let event_loop = task.future().own_loop(vm)?;
    registry::enter_task(vm, &event_loop, &this)?;
    let result = run(vm, task, exception);
    match result {
        Ok(()) => registry::leave_task(vm, &event_loop, &this),
        Err(raised) => {
            let exception = vm.catch(raised);
            if let Err(raised) = registry::leave_task(vm, &event_loop, &this) {
                drop(vm.catch(raised));
            }
            Err(vm.reraise(exception))
        }
    }
}

/// Lets a coroutine go on.
fn resume(vm: &mut Vm, coroutine: &Value, exception: Option<Value>) -> PyResult<Sent> {
    if let Some(exception) = exception {
        return match call(vm, coroutine, "throw", &[exception]) {
            Ok(value) => Ok(Sent::Yielded(value)),
            Err(raised) if vm.pending_is(&exceptions::STOP_ITERATION) => {
                let stop = vm.catch(raised);
                Ok(Sent::Returned(vm.stop_iteration_value(&stop)))
            }
            Err(raised) => Err(raised),
        };
    }
    if let Some(native) = coroutine.downcast_exact::<Generator>() {
        return generator::send(vm, native, Value::none());
    }
    match vm.call_method(coroutine, &names::send, &[Value::none()]) {
        Ok(value) => Ok(Sent::Yielded(value)),
        Err(raised) if vm.pending_is(&exceptions::STOP_ITERATION) => {
            let stop = vm.catch(raised);
            Ok(Sent::Returned(vm.stop_iteration_value(&stop)))
        }
        Err(raised) => Err(raised),
    }
}

/// Lets the task's coroutine go on, and sees to what it gives (`task_step_impl`).
fn run(vm: &mut Vm, task: &Object<Task>, exception: Option<Value>) -> PyResult<()> {
    let this = task::value_of(task);
    let Some(coroutine) = task.coroutine.get(vm) else {
        return Err(vm.runtime_error(format_args!("uninitialized Task object")));
    };
    match resume(vm, &coroutine, exception) {
        Ok(Sent::Yielded(result)) => waits_for(vm, task, &this, result),
        Ok(Sent::Returned(result)) => {
            let done = if task.must_cancel.replace(false) {
                let message = task.future().cancel_message.get(vm);
                task.future().stop(vm, &this, message).map(drop)
            } else {
                task.future().finish(vm, &this, result)
            };
            ended(vm, task, &this)?;
            done
        }
        Err(raised) => {
            let exception = vm.catch(raised);
            failed(vm, task, &this, exception)
        }
    }
}

/// A task that is done is none of the scheduled ones any more.
fn ended(vm: &mut Vm, task: &Object<Task>, this: &Value) -> PyResult<()> {
    match task.place.get() {
        Some(_) => registry::unregister(vm, this),
        None => Ok(()),
    }
}

/// The coroutine raised an exception.
fn failed(vm: &mut Vm, task: &Object<Task>, this: &Value, exception: Ref<BaseException>) -> PyResult<()> {
    let (cancelled, _) = super::exceptions(vm)?;
    let value = exception.to_value();
    if vm.is_instance(&value, &cancelled)? {
        // Kept, so that whoever awaits the task sees where it was cancelled.
        task.future().cancelled_error.set(Some(value), vm);
        task.future().stop(vm, this, None)?;
        return ended(vm, task, this);
    }
    task.future().fail(vm, this, &value)?;
    ended(vm, task, this)?;
    let class = exception.ty();
    let ends =
        class.is_subclass_of(exceptions::KEYBOARD_INTERRUPT.get(), vm) || class.is_subclass_of(exceptions::SYSTEM_EXIT.get(), vm);
    if ends { Err(vm.reraise(exception)) } else { Ok(()) }
}

/// The coroutine waits for something (`task_step_handle_result_impl`).
fn waits_for(vm: &mut Vm, task: &Object<Task>, this: &Value, result: Value) -> PyResult<()> {
    if result.is_none() {
        return schedule(vm, task, None);
    }
    if result.is(this) {
        let shown = vm.repr(this)?;
        return schedule_error(vm, task, format!("Task cannot await on itself: {shown}"));
    }
    let native = result.downcast::<Future>().filter(|_| is_plain(&result));
    let blocking = match native {
        Some(future) => Some(future.blocking.get()),
        None => {
            let name = vm.intern("_asyncio_future_blocking");
            match vm.find_attr(&result, &name)? {
                Some(blocking) if !blocking.is_none() => Some(vm.truth(&blocking)?),
                _ => None,
            }
        }
    };
    let Some(blocking) = blocking else {
        let (shown_task, shown) = (vm.repr(this)?, vm.repr(&result)?);
        let is_generator = std::ptr::eq(result.ty(), generator::GENERATOR_TYPE.get());
        return match is_generator {
            true => schedule_error(
                vm,
                task,
                format!("yield was used instead of yield from for generator in task {shown_task} with {shown}"),
            ),
            false => schedule_error(vm, task, format!("Task got bad yield: {shown}")),
        };
    };
    let (own_loop, its_loop) = (task.future().own_loop(vm)?, loop_of(vm, &result)?);
    if !own_loop.is(&its_loop) {
        let (task_shown, shown) = (vm.repr(this)?, vm.repr(&result)?);
        let message = format!("Task {task_shown} got Future {shown} attached to a different loop");
        return schedule_error(vm, task, message);
    }
    if !blocking {
        let (task_shown, shown) = (vm.repr(this)?, vm.repr(&result)?);
        let message = format!("yield was used instead of yield from in task {task_shown} with {shown}");
        return schedule_error(vm, task, message);
    }
    add_awaited_by(vm, &result, this)?;
    let wakeup = vm.alloc(TaskWakeup { task: task.to_ref() }).into();
    let context = task.context(vm);
    match native {
        Some(future) => {
            future.blocking.set(false);
            future.add_callback(vm, &result, &wakeup, context)?;
        }
        None => {
            let name = vm.intern("_asyncio_future_blocking");
            vm.setattr(&result, &name, &Value::from_bool(false))?;
            let (name, names) = (vm.intern("add_done_callback"), super::call_names(vm));
            let method = vm.getattr(&result, &name)?;
            let arguments = [wakeup, context];
            vm.call_args(&method, pvm_object::Args::with_keywords(&arguments, Some(&names.context)))?;
        }
    }
    task.waiter.set(Some(result.clone()), vm);
    if task.must_cancel.get() {
        let message = task.future().cancel_message.get(vm);
        if super::cancel(vm, &result, message)? {
            task.must_cancel.set(false);
        }
    }
    Ok(())
}

/// The first step of a task, made in its context.
#[pyclass(name = "_FirstStep", module = "_asyncio", no_export, final)]
struct FirstStep {
    task: Ref<Task>,
}

#[pymethods]
impl FirstStep {
    #[signature = "()"]
    fn __call__(&self, vm: &mut Vm) -> PyResult<()> {
        run(vm, &self.task, None)
    }
}

/// Does what is to be done whatever happened before. An exception that is pending stays the one.
fn at_last<T>(vm: &mut Vm, body: impl FnOnce(&mut Vm) -> PyResult<T>) -> PyResult<()> {
    let pending = vm.take_pending();
    let result = body(vm);
    if pending.is_none() {
        return result.map(drop);
    }
    if let Err(raised) = result {
        drop(vm.catch(raised));
    }
    vm.restore_pending(pending);
    Ok(())
}

/// Runs a new task at once, until it waits for something (`task_eager_start`).
pub fn start_eagerly(vm: &mut Vm, task: &Object<Task>) -> PyResult<()> {
    let this = task::value_of(task);
    let event_loop = task.future().own_loop(vm)?;
    let previous = registry::swap_task(vm, &event_loop, Some(this.clone()))?;
    let mut result = registry::register_eager(vm, &this);
    if result.is_ok() {
        let first = vm.alloc(FirstStep { task: task.to_ref() }).into();
        let context = task.context(vm);
        result = call(vm, &context, "run", &[first]).map(drop);
        at_last(vm, |vm| registry::unregister_eager(vm, &this))?;
    }
    at_last(vm, |vm| registry::swap_task(vm, &event_loop, previous))?;
    match task.future().is_done() {
        true => task.coroutine.set(None, vm),
        false if result.is_ok() => registry::register(vm, &this)?,
        false => {}
    }
    result
}
