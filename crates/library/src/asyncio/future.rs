//! `Future`, and `FutureIter`, what `await` gets of one.

use std::cell::Cell;

use pvm_macros::{pyclass, pymethods};
use pvm_object::set::{FrozenSet, Set};
use pvm_object::types::Type;
use pvm_object::{Args, Heap, HeapCell, Object, PyClass, PyResult, Raised, Ref, Value, Vm, exceptions};

use super::task::Task;
use super::{call_soon, invalid_state, raise};

/// How far a future is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    Pending,
    Cancelled,
    Finished,
}

/// Future(*, loop=None)
/// --
///
/// This class is *almost* compatible with concurrent.futures.Future.
///
///     Differences:
///
///     - result() and exception() do not take a timeout argument and
///       raise an exception when the future isn't done yet.
///
///     - Callbacks registered with add_done_callback() are always called
///       via the event loop's call_soon_threadsafe().
///
///     - This class is not compatible with the wait() and as_completed()
///       methods in the concurrent.futures package.
#[pyclass(name = "Future", module = "_asyncio", dict, weakref)]
pub struct Future {
    event_loop: HeapCell<Option<Value>>,
    callbacks: HeapCell<Vec<(Value, Value)>>,
    state: Cell<State>,
    result: HeapCell<Option<Value>>,
    exception: HeapCell<Option<Value>>,
    traceback: HeapCell<Option<Value>>,
    source_traceback: HeapCell<Option<Value>>,
    pub(super) cancel_message: HeapCell<Option<Value>>,
    pub(super) cancelled_error: HeapCell<Option<Value>>,
    /// The future that awaits this one, or a set of them.
    awaited_by: HeapCell<Option<Value>>,
    many_await: Cell<bool>,
    pub(super) log_traceback: Cell<bool>,
    pub(super) blocking: Cell<bool>,
}

/// The value that an attribute is to have, which cannot be deleted.
pub(super) fn given<'a>(vm: &mut Vm, value: Option<&'a Value>) -> PyResult<&'a Value> {
    value.ok_or_else(|| vm.attribute_error(format_args!("cannot delete attribute")))
}

impl Future {
    /// One that is not initialised.
    pub fn blank() -> Future {
        Future {
            event_loop: HeapCell::new(None),
            callbacks: HeapCell::default(),
            state: Cell::new(State::Pending),
            result: HeapCell::new(None),
            exception: HeapCell::new(None),
            traceback: HeapCell::new(None),
            source_traceback: HeapCell::new(None),
            cancel_message: HeapCell::new(None),
            cancelled_error: HeapCell::new(None),
            awaited_by: HeapCell::new(None),
            many_await: Cell::new(false),
            log_traceback: Cell::new(false),
            blocking: Cell::new(false),
        }
    }

    /// Makes it one of a loop, as if it were new (`future_init`).
    pub fn initialize(&self, vm: &mut Vm, event_loop: Option<&Value>) -> PyResult<()> {
        self.state.set(State::Pending);
        self.log_traceback.set(false);
        self.blocking.set(false);
        let cells = [
            &self.event_loop,
            &self.result,
            &self.exception,
            &self.traceback,
            &self.source_traceback,
            &self.cancel_message,
            &self.cancelled_error,
            &self.awaited_by,
        ];
        for cell in cells {
            cell.set(None, vm);
        }
        self.many_await.set(false);
        drop(self.callbacks.replace(Vec::new(), vm));
        let event_loop = match event_loop {
            Some(event_loop) => event_loop.clone(),
            None => super::registry::event_loop(vm)?,
        };
        self.event_loop.set(Some(event_loop.clone()), vm);
        let debug = super::call(vm, &event_loop, "get_debug", &[])?;
        if vm.truth(&debug)? {
            let name = vm.intern("extract_stack");
            let extract = vm.import_attr("traceback", &name)?;
            let stack = vm.call(&extract, &[])?;
            self.source_traceback.set(Some(stack), vm);
        }
        Ok(())
    }

    /// Its loop; an error before it is initialised.
    pub fn own_loop(&self, vm: &mut Vm) -> PyResult {
        match self.event_loop.get(vm) {
            Some(event_loop) => Ok(event_loop),
            None => Err(vm.runtime_error(format_args!("Future object is not initialized."))),
        }
    }

    /// Its loop, if it has one.
    pub fn loop_if_any(&self, heap: &Heap) -> Option<Value> {
        self.event_loop.get(heap)
    }

    /// Whether it is done.
    pub fn is_done(&self) -> bool {
        self.state.get() != State::Pending
    }

    fn schedule_callbacks(&self, vm: &mut Vm, this: &Value) -> PyResult<()> {
        let callbacks = std::mem::take(self.callbacks.borrow_mut(vm));
        if callbacks.is_empty() {
            return Ok(());
        }
        let event_loop = self.own_loop(vm)?;
        for (function, context) in callbacks {
            call_soon(vm, &event_loop, function, Some(this.clone()), context)?;
        }
        Ok(())
    }

    /// Adds a callback with a context.
    pub fn add_callback(&self, vm: &mut Vm, this: &Value, function: &Value, context: Value) -> PyResult<()> {
        if self.is_done() {
            let event_loop = self.own_loop(vm)?;
            return call_soon(vm, &event_loop, function.clone(), Some(this.clone()), context);
        }
        self.callbacks.borrow_mut(vm).push((function.clone(), context));
        Ok(())
    }

    /// Makes it done with a result.
    pub fn finish(&self, vm: &mut Vm, this: &Value, result: Value) -> PyResult<()> {
        self.own_loop(vm)?;
        if self.is_done() {
            return Err(invalid_state(vm, "invalid state"));
        }
        self.result.set(Some(result), vm);
        self.state.set(State::Finished);
        self.schedule_callbacks(vm, this)
    }

    /// Makes it done with an exception (`future_set_exception`).
    pub fn fail(&self, vm: &mut Vm, this: &Value, exception: &Value) -> PyResult<()> {
        self.own_loop(vm)?;
        if self.is_done() {
            return Err(invalid_state(vm, "invalid state"));
        }
        let exception = match exception.is_exception_class() {
            true => vm.call(exception, &[])?,
            false => exception.clone(),
        };
        let Some(instance) = exception.as_exception() else {
            return Err(vm.type_error(format_args!("invalid exception object")));
        };
        let exception = if instance.ty().is_subclass_of(exceptions::STOP_ITERATION.get(), vm) {
            let raised = vm
                .runtime_error(format_args!("StopIteration interacts badly with generators and cannot be raised into a Future"));
            let replaced = vm.catch(raised);
            replaced.set_cause(Some(instance.to_ref()), vm);
            replaced.set_context(Some(instance.to_ref()), vm);
            replaced.to_value()
        } else {
            exception
        };
        let traceback = exception.as_exception().and_then(|exception| exception.traceback(vm));
        self.exception.set(Some(exception), vm);
        self.traceback.set(traceback, vm);
        self.state.set(State::Finished);
        self.schedule_callbacks(vm, this)?;
        self.log_traceback.set(true);
        Ok(())
    }

    /// Cancels it, if it is not done (`future_cancel`).
    pub fn stop(&self, vm: &mut Vm, this: &Value, message: Option<Value>) -> PyResult<bool> {
        self.log_traceback.set(false);
        if self.is_done() {
            return Ok(false);
        }
        self.state.set(State::Cancelled);
        self.cancel_message.set(message, vm);
        self.schedule_callbacks(vm, this)?;
        Ok(true)
    }

    /// The exception of a cancelled future (`create_cancelled_error`).
    pub fn cancelled_exception(&self, vm: &mut Vm) -> PyResult {
        if let Some(exception) = self.cancelled_error.replace(None, vm) {
            return Ok(exception);
        }
        let (class, _) = super::exceptions(vm)?;
        match self.cancel_message.get(vm) {
            Some(message) if !message.is_none() => vm.call(&class, &[message]),
            _ => vm.call(&class, &[]),
        }
    }

    #[cold]
    fn raise_cancelled(&self, vm: &mut Vm) -> Raised {
        match self.cancelled_exception(vm).map(Value::downcast_into) {
            Ok(Ok(exception)) => vm.raise(exception),
            Ok(Err(_)) => vm.type_error(format_args!("exceptions must derive from BaseException")),
            Err(raised) => raised,
        }
    }

    /// The result, or the exception raised (`future_get_result`).
    pub fn outcome(&self, vm: &mut Vm) -> PyResult {
        match self.state.get() {
            State::Cancelled => Err(self.raise_cancelled(vm)),
            State::Pending => Err(invalid_state(vm, "Result is not set.")),
            State::Finished => {
                self.log_traceback.set(false);
                if let Some(exception) = self.exception.get(vm) {
                    let traceback = self.traceback.replace(None, vm);
                    let Ok(exception) = exception.downcast_into::<pvm_object::exceptions::BaseException>() else {
                        return Err(vm.type_error(format_args!("invalid exception object")));
                    };
                    exception.set_traceback(traceback, vm);
                    return Err(vm.raise(exception));
                }
                Ok(self.result.get(vm).unwrap_or_else(Value::none))
            }
        }
    }

    /// Tells the loop of an exception that nobody asked for (`FutureObj_finalize`).
    pub fn finalize(&self, vm: &mut Vm, this: &Value) -> PyResult<()> {
        if !self.log_traceback.replace(false) {
            return Ok(());
        }
        let (Some(event_loop), Some(exception)) = (self.event_loop.get(vm), self.exception.get(vm)) else {
            return Ok(());
        };
        let class = this.ty().short_name().to_owned();
        let message = vm.try_str(&format!("{class} exception was never retrieved"))?.into();
        let mut entries = vec![("message", message), ("exception", exception), ("future", this.clone())];
        entries.extend(self.source_traceback.get(vm).map(|stack| ("source_traceback", stack)));
        tell_loop(vm, &event_loop, entries)
    }

    /// Where it was made, in debug mode.
    pub fn source(&self, heap: &Heap) -> Option<Value> {
        self.source_traceback.get(heap)
    }
}

/// `loop.call_exception_handler({…})`
pub fn tell_loop(vm: &mut Vm, event_loop: &Value, entries: Vec<(&str, Value)>) -> PyResult<()> {
    let context = vm.new_dict();
    for (name, value) in entries {
        let name = vm.intern(name);
        context.set_str(&name, value, vm)?;
    }
    super::call(vm, event_loop, "call_exception_handler", &[context.into()])?;
    Ok(())
}

/// Notes who awaits a future, where both are futures of this module.
pub fn add_awaited_by(vm: &mut Vm, future: &Value, waiter: &Value) -> PyResult<()> {
    let (Some(future), true) = (future.downcast::<Future>(), waiter.is_instance_of::<Future>()) else { return Ok(()) };
    match future.awaited_by.get(vm) {
        None => future.awaited_by.set(Some(waiter.clone()), vm),
        Some(set) if future.many_await.get() => {
            if let Some(set) = set.downcast::<Set>() {
                set.add(waiter, vm)?;
            }
        }
        Some(first) => {
            let set = vm.set_from([&first, waiter])?;
            future.awaited_by.set(Some(set.into()), vm);
            future.many_await.set(true);
        }
    }
    Ok(())
}

/// Forgets it.
pub fn discard_awaited_by(vm: &mut Vm, future: &Value, waiter: &Value) -> PyResult<()> {
    let (Some(future), true) = (future.downcast::<Future>(), waiter.is_instance_of::<Future>()) else { return Ok(()) };
    match future.awaited_by.get(vm) {
        Some(set) if future.many_await.get() => {
            if let Some(set) = set.downcast::<Set>() {
                set.discard(waiter, vm)?;
            }
        }
        Some(only) if only.is(waiter) => future.awaited_by.set(None, vm),
        _ => {}
    }
    Ok(())
}

/// A context, or a copy of the current one.
pub fn context_or_copy(vm: &mut Vm, context: Option<&Value>) -> Value {
    match context {
        Some(context) if !context.is_none() => context.clone(),
        _ => crate::contextvars::copy_context(vm).into(),
    }
}

#[pymethods]
impl Future {
    #[new]
    #[signature = "(*args, **kwargs)"]
    #[text_signature = ""]
    fn new(_args: Args<'_>) -> Future {
        Future::blank()
    }

    #[signature = "(*, loop=None)"]
    fn __init__(&self, vm: &mut Vm, loop_: Option<&Value>) -> PyResult<()> {
        self.initialize(vm, loop_)
    }

    /// Return the result this future represents.
    ///
    /// If the future has been cancelled, raises CancelledError.  If the
    /// future's result isn't yet available, raises InvalidStateError.  If
    /// the future is done and has an exception set, this exception is
    /// raised.
    fn result(&self, vm: &mut Vm) -> PyResult {
        if self.event_loop.borrow(vm).is_none() {
            return Err(invalid_state(vm, "Future object is not initialized."));
        }
        self.outcome(vm)
    }

    /// Return the exception that was set on this future.
    ///
    /// The exception (or None if no exception was set) is returned only if
    /// the future is done.  If the future has been cancelled, raises
    /// CancelledError.  If the future isn't done yet, raises
    /// InvalidStateError.
    fn exception(&self, vm: &mut Vm) -> PyResult<Option<Value>> {
        if self.event_loop.borrow(vm).is_none() {
            return Err(invalid_state(vm, "Future object is not initialized."));
        }
        match self.state.get() {
            State::Cancelled => Err(self.raise_cancelled(vm)),
            State::Pending => Err(invalid_state(vm, "Exception is not set.")),
            State::Finished => {
                self.log_traceback.set(false);
                Ok(self.exception.get(vm))
            }
        }
    }

    /// Mark the future done and set its result.
    ///
    /// If the future is already done when this method is called, raises
    /// InvalidStateError.
    #[signature = "(result, /)"]
    fn set_result(this: &Object<Self>, vm: &mut Vm, result: Value) -> PyResult<()> {
        this.finish(vm, &this.to_value(), result)
    }

    /// Mark the future done and set an exception.
    ///
    /// If the future is already done when this method is called, raises
    /// InvalidStateError.
    #[signature = "(exception, /)"]
    fn set_exception(this: &Object<Self>, vm: &mut Vm, exception: &Value) -> PyResult<()> {
        this.fail(vm, &this.to_value(), exception)
    }

    /// Add a callback to be run when the future becomes done.
    ///
    /// The callback is called with a single argument - the future object.
    /// If the future is already done when this is called, the callback is
    /// scheduled with call_soon.
    #[signature = "(fn, /, *, context=<unrepresentable>)"]
    fn add_done_callback(this: &Object<Self>, vm: &mut Vm, fn_: &Value, context: Option<&Value>) -> PyResult<()> {
        this.own_loop(vm)?;
        let context = context_or_copy(vm, context);
        this.add_callback(vm, &this.to_value(), fn_, context)
    }

    /// Remove all instances of a callback from the "call when done" list.
    ///
    /// Returns the number of callbacks removed.
    #[signature = "(fn, /)"]
    fn remove_done_callback(&self, vm: &mut Vm, fn_: &Value) -> PyResult<usize> {
        self.own_loop(vm)?;
        let mut index = 0;
        let mut removed = 0;
        while let Some((function, _)) = self.callbacks.borrow(vm).get(index).cloned() {
            if !vm.eq(&function, fn_)? {
                index += 1;
                continue;
            }
            let callbacks = self.callbacks.borrow_mut(vm);
            // The comparison may have changed the list.
            if callbacks.get(index).is_some_and(|(known, _)| known.is(&function)) {
                drop(callbacks.remove(index));
                removed += 1;
            }
        }
        Ok(removed)
    }

    /// Cancel the future and schedule callbacks.
    ///
    /// If the future is already done or cancelled, return False.
    /// Otherwise, change the future's state to cancelled, schedule the
    /// callbacks and return True.
    #[signature = "(msg=None)"]
    fn cancel(this: &Object<Self>, vm: &mut Vm, msg: Option<Value>) -> PyResult<bool> {
        this.own_loop(vm)?;
        this.stop(vm, &this.to_value(), msg)
    }

    /// Return True if the future was cancelled.
    fn cancelled(&self) -> bool {
        self.state.get() == State::Cancelled
    }

    /// Return True if the future is done.
    ///
    /// Done means either that a result / exception are available, or that
    /// the future was cancelled.
    fn done(&self) -> bool {
        self.is_done()
    }

    /// Return the event loop the Future is bound to.
    fn get_loop(&self, vm: &mut Vm) -> PyResult {
        self.own_loop(vm)
    }

    /// Create the CancelledError to raise if the Future is cancelled.
    ///
    /// This should only be called once when handling a cancellation since
    /// it erases the context exception value.
    fn _make_cancelled_error(&self, vm: &mut Vm) -> PyResult {
        self.cancelled_exception(vm)
    }

    #[getter]
    fn _asyncio_future_blocking(&self) -> bool {
        self.blocking.get()
    }

    #[setter(_asyncio_future_blocking)]
    fn set_blocking(&self, vm: &mut Vm, value: Option<&Value>) -> PyResult<()> {
        let value = given(vm, value)?;
        self.own_loop(vm)?;
        self.blocking.set(vm.truth(value)?);
        Ok(())
    }

    #[getter]
    fn _log_traceback(&self) -> bool {
        self.log_traceback.get()
    }

    #[setter(_log_traceback)]
    fn set_log_traceback(&self, vm: &mut Vm, value: Option<&Value>) -> PyResult<()> {
        let value = given(vm, value)?;
        if vm.truth(value)? {
            return Err(vm.value_error(format_args!("_log_traceback can only be set to False")));
        }
        self.log_traceback.set(false);
        Ok(())
    }

    #[getter]
    fn _loop(&self, heap: &Heap) -> Option<Value> {
        self.event_loop.get(heap)
    }

    #[getter]
    fn _callbacks(&self, vm: &mut Vm) -> PyResult {
        let callbacks = self.callbacks.borrow(vm).clone();
        if callbacks.is_empty() {
            return Ok(Value::none());
        }
        let mut pairs = Vec::new();
        for (function, context) in callbacks {
            pairs.push(vm.try_tuple([function, context])?.into());
        }
        Ok(vm.try_list(pairs)?.into())
    }

    #[getter]
    fn _result(&self, heap: &Heap) -> Option<Value> {
        self.result.get(heap)
    }

    #[getter]
    fn _exception(&self, heap: &Heap) -> Option<Value> {
        self.exception.get(heap)
    }

    #[getter]
    fn _source_traceback(&self, heap: &Heap) -> Option<Value> {
        self.source_traceback.get(heap)
    }

    #[getter]
    fn _cancel_message(&self, heap: &Heap) -> Option<Value> {
        self.cancel_message.get(heap)
    }

    #[setter(_cancel_message)]
    fn set_cancel_message(&self, vm: &mut Vm, value: Option<&Value>) -> PyResult<()> {
        let value = given(vm, value)?;
        self.cancel_message.set(Some(value.clone()), vm);
        Ok(())
    }

    #[getter]
    fn _asyncio_awaited_by(&self, vm: &mut Vm) -> PyResult<Option<Ref<FrozenSet>>> {
        match self.awaited_by.get(vm) {
            None => Ok(None),
            Some(set) if self.many_await.get() => vm.frozenset_of(&set).map(Some),
            Some(only) => vm.frozenset_from([&only]).map(Some),
        }
    }

    #[getter]
    fn _state(&self) -> &'static str {
        match self.state.get() {
            State::Pending => "PENDING",
            State::Cancelled => "CANCELLED",
            State::Finished => "FINISHED",
        }
    }

    fn __repr__(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        let name = vm.intern("_future_repr");
        let function = vm.import_attr("asyncio.base_futures", &name)?;
        vm.call(&function, &[this.to_value()])
    }

    fn __iter__(this: &Object<Self>, vm: &mut Vm) -> PyResult<Ref<FutureIter>> {
        this.own_loop(vm)?;
        Ok(vm.alloc(FutureIter { future: HeapCell::new(Some(this.to_ref())) }))
    }

    fn __await__(this: &Object<Self>, vm: &mut Vm) -> PyResult<Ref<FutureIter>> {
        Future::__iter__(this, vm)
    }

    fn __del__(this: &Object<Self>, vm: &mut Vm) -> PyResult<()> {
        let value = this.to_value();
        match value.downcast::<Task>() {
            Some(task) => task.finalize(vm, &value),
            None => this.finalize(vm, &value),
        }
    }

    /// Futures are generic over the type of their results
    #[classmethod]
    fn __class_getitem__(cls: &Object<Type>, object: &Value, vm: &mut Vm) -> PyResult {
        vm.generic_alias(&cls.to_value(), object)
    }
}

#[pyclass(name = "FutureIter", module = "_asyncio", no_export, final)]
pub struct FutureIter {
    future: HeapCell<Option<Ref<Future>>>,
}

#[pymethods]
impl FutureIter {
    fn __iter__(this: &Object<Self>) -> Ref<FutureIter> {
        this.to_ref()
    }

    fn __next__(&self, vm: &mut Vm) -> PyResult<Option<Value>> {
        let Some(future) = self.future.get(vm) else { return Ok(None) };
        if !future.is_done() {
            if !future.blocking.replace(true) {
                return Ok(Some(future.into()));
            }
            return Err(vm.runtime_error(format_args!("await wasn't used with future")));
        }
        self.future.set(None, vm);
        match future.outcome(vm)? {
            result if result.is_none() => Ok(None),
            result => Err(vm.raise_value(&exceptions::STOP_ITERATION, result)),
        }
    }

    #[signature = "($self, value, /)"]
    fn send(&self, vm: &mut Vm, _value: &Value) -> PyResult {
        match self.__next__(vm)? {
            Some(item) => Ok(item),
            None => Err(vm.stop_iteration()),
        }
    }

    #[text_signature = ""]
    #[signature = "(type, value=None, traceback=None, /)"]
    fn throw(&self, vm: &mut Vm, type_: &Value, value: Option<&Value>, traceback: Option<&Value>) -> PyResult {
        if value.is_some() || traceback.is_some() {
            vm.warn(
                &exceptions::DEPRECATION_WARNING,
                "the (type, exc, tb) signature of throw() is deprecated, use the single-arg signature instead.",
                1,
            )?;
        }
        if traceback.is_some_and(|traceback| !traceback.is_none() && traceback.ty().name() != "traceback") {
            return Err(vm.type_error(format_args!("throw() third argument must be a traceback")));
        }
        self.future.set(None, vm);
        let exception = if type_.as_exception().is_some() {
            if value.is_some_and(|value| !value.is_none()) {
                return Err(vm.type_error(format_args!("instance exception may not have a separate value")));
            }
            type_.clone()
        } else if type_.is_exception_class() {
            match value.filter(|value| !value.is_none()) {
                Some(value) if vm.is_instance(value, type_)? => value.clone(),
                Some(value) => return Err(raise(vm, type_, std::slice::from_ref(value))),
                None => return Err(raise(vm, type_, &[])),
            }
        } else {
            let kind = vm.type_name(type_);
            return Err(vm.type_error(format_args!(
                "exceptions must be classes deriving BaseException or instances of such a class, not {kind}"
            )));
        };
        match exception.downcast_into::<pvm_object::exceptions::BaseException>() {
            Ok(exception) => {
                if let Some(traceback) = traceback.filter(|traceback| !traceback.is_none()) {
                    exception.set_traceback(Some(traceback.clone()), vm);
                }
                Err(vm.raise(exception))
            }
            Err(_) => Err(vm.type_error(format_args!("exceptions must derive from BaseException"))),
        }
    }

    fn close(&self, vm: &mut Vm) {
        self.future.set(None, vm);
    }
}

/// Whether a future is of this module's own classes, and not of a class made from them.
pub fn is_plain(value: &Value) -> bool {
    std::ptr::eq(value.ty(), Future::type_object()) || std::ptr::eq(value.ty(), Task::type_object())
}
