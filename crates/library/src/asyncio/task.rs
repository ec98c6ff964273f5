//! `Task`: a coroutine that a loop runs.

use std::cell::Cell;

use pvm_interpreter::generator::COROUTINE_TYPE;
use pvm_macros::{pyclass, pymethods};
use pvm_object::types::Type;
use pvm_object::{Args, Foreign, Heap, HeapCell, Object, PyResult, Value, Vm};

use super::future::{Future, context_or_copy, given, tell_loop};
use super::{call, call_soon, registry, step};

/// Task(coro, *, loop=None, name=None, context=None, eager_start=False)
/// --
///
/// A coroutine wrapped in a Future.
#[pyclass(name = "Task", module = "_asyncio", extends = Future, dict, weakref)]
pub struct Task {
    base: Future,
    pub(super) waiter: HeapCell<Option<Value>>,
    pub(super) coroutine: HeapCell<Option<Value>>,
    name: HeapCell<Option<Value>>,
    context: HeapCell<Option<Value>>,
    pub(super) must_cancel: Cell<bool>,
    log_destroyed: Cell<bool>,
    cancels: Cell<i64>,
    /// Where it stands among the scheduled tasks.
    pub(super) place: Cell<Option<usize>>,
}

/// The number of the last task that got its name by it.
#[pyclass(name = "_numbers", module = "_asyncio", no_export, final)]
struct Numbers {
    last: Foreign<Cell<u64>>,
}

impl Task {
    /// What it is as a future.
    pub fn future(&self) -> &Future {
        &self.base
    }

    /// The context that its steps run in.
    pub fn context(&self, heap: &Heap) -> Value {
        self.context.get(heap).unwrap_or_else(Value::none)
    }

    /// Complains of a task that goes before it is done (`TaskObj_finalize`).
    pub fn finalize(&self, vm: &mut Vm, this: &Value) -> PyResult<()> {
        if !self.base.is_done()
            && self.log_destroyed.get()
            && let Some(event_loop) = self.base.loop_if_any(vm)
        {
            let message = vm.try_str("Task was destroyed but it is pending!")?.into();
            let mut entries = vec![("task", this.clone()), ("message", message)];
            entries.extend(self.base.source(vm).map(|stack| ("source_traceback", stack)));
            tell_loop(vm, &event_loop, entries)?;
        }
        self.base.finalize(vm, this)
    }

    fn is_coroutine(vm: &mut Vm, value: &Value) -> PyResult<bool> {
        if std::ptr::eq(value.ty(), COROUTINE_TYPE.get()) {
            return Ok(true);
        }
        let name = vm.intern("iscoroutine");
        let function = vm.import_attr("asyncio.coroutines", &name)?;
        let result = vm.call(&function, std::slice::from_ref(value))?;
        vm.truth(&result)
    }
}

#[pymethods]
impl Task {
    #[new]
    #[signature = "(*args, **kwargs)"]
    #[text_signature = ""]
    fn new(_args: Args<'_>) -> Task {
        Task {
            base: Future::blank(),
            waiter: HeapCell::new(None),
            coroutine: HeapCell::new(None),
            name: HeapCell::new(None),
            context: HeapCell::new(None),
            must_cancel: Cell::new(false),
            log_destroyed: Cell::new(false),
            cancels: Cell::new(0),
            place: Cell::new(None),
        }
    }

    #[signature = "(coro, *, loop=None, name=None, context=None, eager_start=False)"]
    fn __init__(
        this: &Object<Self>,
        vm: &mut Vm,
        coro: &Value,
        loop_: Option<&Value>,
        name: Option<&Value>,
        context: Option<&Value>,
        eager_start: bool,
    ) -> PyResult<()> {
        let value = this.to_value();
        this.base.initialize(vm, loop_)?;
        if !Task::is_coroutine(vm, coro)? {
            this.log_destroyed.set(false);
            let shown = vm.repr(coro)?;
            return Err(vm.type_error(format_args!("a coroutine was expected, got {shown}")));
        }
        let context = context_or_copy(vm, context);
        this.context.set(Some(context), vm);
        this.waiter.set(None, vm);
        this.must_cancel.set(false);
        this.log_destroyed.set(true);
        this.cancels.set(0);
        this.coroutine.set(Some(coro.clone()), vm);
        let name = match name {
            None => {
                let numbers = vm.module_state(|_| Numbers { last: Foreign(Cell::new(0)) });
                let number = numbers.last.get() + 1;
                numbers.last.set(number);
                vm.try_str(&format!("Task-{number}"))?.into()
            }
            Some(name) => vm.str(name)?.into(),
        };
        this.name.set(Some(name), vm);
        let event_loop = this.base.own_loop(vm)?;
        if eager_start {
            let running = call(vm, &event_loop, "is_running", &[])?;
            if vm.truth(&running)? {
                return step::start_eagerly(vm, this);
            }
        }
        step::schedule(vm, this, None)?;
        registry::register(vm, &value)
    }

    /// Create the CancelledError to raise if the Task is cancelled.
    ///
    /// This should only be called once when handling a cancellation since
    /// it erases the context exception value.
    fn _make_cancelled_error(&self, vm: &mut Vm) -> PyResult {
        self.base.cancelled_exception(vm)
    }

    /// Request that this task cancel itself.
    ///
    /// This arranges for a CancelledError to be thrown into the
    /// wrapped coroutine on the next cycle through the event loop.
    /// The coroutine then has a chance to clean up or even deny
    /// the request using try/except/finally.
    ///
    /// Unlike Future.cancel, this does not guarantee that the
    /// task will be cancelled: the exception might be caught and
    /// acted upon, delaying cancellation of the task or preventing
    /// cancellation completely.  The task may also return a value or
    /// raise a different exception.
    ///
    /// Immediately after this method is called, Task.cancelled() will
    /// not return True (unless the task was already cancelled).  A
    /// task will be marked as cancelled when the wrapped coroutine
    /// terminates with a CancelledError exception (even if cancel()
    /// was not called).
    ///
    /// This also increases the task's count of cancellation requests.
    #[signature = "(msg=None)"]
    fn cancel(&self, vm: &mut Vm, msg: Option<Value>) -> PyResult<bool> {
        self.base.log_traceback.set(false);
        if self.base.is_done() {
            return Ok(false);
        }
        self.cancels.set(self.cancels.get() + 1);
        if let Some(waiter) = self.waiter.get(vm)
            && super::cancel(vm, &waiter, msg.clone())?
        {
            return Ok(true);
        }
        self.must_cancel.set(true);
        self.base.cancel_message.set(msg, vm);
        Ok(true)
    }

    /// Return the count of the task's cancellation requests.
    ///
    /// This count is incremented when .cancel() is called
    /// and may be decremented using .uncancel().
    fn cancelling(&self) -> i64 {
        self.cancels.get()
    }

    /// Decrement the task's count of cancellation requests.
    ///
    /// This should be used by tasks that catch CancelledError
    /// and wish to continue indefinitely until they are cancelled again.
    ///
    /// Returns the remaining number of cancellation requests.
    fn uncancel(&self) -> i64 {
        if self.cancels.get() > 0 {
            self.cancels.set(self.cancels.get() - 1);
            if self.cancels.get() == 0 {
                self.must_cancel.set(false);
            }
        }
        self.cancels.get()
    }

    /// Return the list of stack frames for this task's coroutine.
    ///
    /// If the coroutine is not done, this returns the stack where it is
    /// suspended.  If the coroutine has completed successfully or was
    /// cancelled, this returns an empty list.  If the coroutine was
    /// terminated by an exception, this returns the list of traceback
    /// frames.
    ///
    /// The frames are always ordered from oldest to newest.
    ///
    /// The optional limit gives the maximum number of frames to
    /// return; by default all available frames are returned.  Its
    /// meaning differs depending on whether a stack or a traceback is
    /// returned: the newest frames of a stack are returned, but the
    /// oldest frames of a traceback are returned.  (This matches the
    /// behavior of the traceback module.)
    ///
    /// For reasons beyond our control, only one stack frame is
    /// returned for a suspended coroutine.
    #[signature = "(*, limit=None)"]
    fn get_stack(this: &Object<Self>, vm: &mut Vm, limit: Option<Value>) -> PyResult {
        let name = vm.intern("_task_get_stack");
        let function = vm.import_attr("asyncio.base_tasks", &name)?;
        vm.call(&function, &[this.to_value(), limit.unwrap_or_else(Value::none)])
    }

    /// Print the stack or traceback for this task's coroutine.
    ///
    /// This produces output similar to that of the traceback module,
    /// for the frames retrieved by get_stack().  The limit argument
    /// is passed to get_stack().  The file argument is an I/O stream
    /// to which the output is written; by default output is written
    /// to sys.stderr.
    #[signature = "(*, limit=None, file=None)"]
    fn print_stack(this: &Object<Self>, vm: &mut Vm, limit: Option<Value>, file: Option<Value>) -> PyResult {
        let name = vm.intern("_task_print_stack");
        let function = vm.import_attr("asyncio.base_tasks", &name)?;
        let none = |value: Option<Value>| value.unwrap_or_else(Value::none);
        vm.call(&function, &[this.to_value(), none(limit), none(file)])
    }

    #[signature = "(result, /)"]
    fn set_result(&self, vm: &mut Vm, _result: &Value) -> PyResult<()> {
        Err(vm.runtime_error(format_args!("Task does not support set_result operation")))
    }

    #[signature = "(exception, /)"]
    fn set_exception(&self, vm: &mut Vm, _exception: &Value) -> PyResult<()> {
        Err(vm.runtime_error(format_args!("Task does not support set_exception operation")))
    }

    fn get_coro(&self, heap: &Heap) -> Option<Value> {
        self.coroutine.get(heap)
    }

    fn get_context(&self, heap: &Heap) -> Option<Value> {
        self.context.get(heap)
    }

    fn get_name(&self, heap: &Heap) -> Option<Value> {
        self.name.get(heap)
    }

    #[signature = "(value, /)"]
    fn set_name(&self, vm: &mut Vm, value: &Value) -> PyResult<()> {
        let name = vm.str(value)?.into();
        self.name.set(Some(name), vm);
        Ok(())
    }

    #[getter]
    fn _log_destroy_pending(&self) -> bool {
        self.log_destroyed.get()
    }

    #[setter(_log_destroy_pending)]
    fn set_log_destroyed(&self, vm: &mut Vm, value: Option<&Value>) -> PyResult<()> {
        let value = given(vm, value)?;
        self.log_destroyed.set(vm.truth(value)?);
        Ok(())
    }

    #[getter]
    fn _must_cancel(&self) -> bool {
        self.must_cancel.get()
    }

    #[getter]
    fn _coro(&self, heap: &Heap) -> Option<Value> {
        self.coroutine.get(heap)
    }

    #[getter]
    fn _fut_waiter(&self, heap: &Heap) -> Option<Value> {
        self.waiter.get(heap)
    }

    fn __repr__(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        let name = vm.intern("_task_repr");
        let function = vm.import_attr("asyncio.base_tasks", &name)?;
        vm.call(&function, &[this.to_value()])
    }

    /// Tasks are generic over the return type of their wrapped coroutines
    #[classmethod]
    fn __class_getitem__(cls: &Object<Type>, object: &Value, vm: &mut Vm) -> PyResult {
        vm.generic_alias(&cls.to_value(), object)
    }
}

/// Has the loop call `function` in the task's context.
pub fn soon(vm: &mut Vm, task: &Object<Task>, function: Value) -> PyResult<()> {
    let (event_loop, context) = (task.base.own_loop(vm)?, task.context(vm));
    call_soon(vm, &event_loop, function, None, context)
}

/// The object that a task is.
pub fn value_of(task: &Object<Task>) -> Value {
    task.to_value()
}
