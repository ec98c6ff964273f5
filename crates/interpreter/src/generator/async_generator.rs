//! Asynchronous generators (PEP 525): the values they yield, and the awaitables of their methods.

use std::cell::Cell;

use pvm_macros::{pyclass, pymethods};
use pvm_object::exceptions;
use pvm_object::types::slots::Sent;
use pvm_object::{Args, HeapCell, Object, PyResult, Ref, Value, Vm};

use super::awaitable::warn_method_never_awaited;
use super::methods::{check_throw_count, generator, throw, throw_arguments, throw_into};
use super::{Generator, State, send};

/// A value that an asynchronous generator yields to its consumer, told from what it passes through from an `await` inside.
#[pyclass(name = "async_generator_wrapped_value", final)]
pub struct WrappedValue {
    value: Value,
}

/// Marks a value as yielded to the consumer.
pub(crate) fn wrap(vm: &mut Vm, value: &Value) -> PyResult {
    Ok(vm.alloc(WrappedValue { value: value.clone() }).into())
}

/// Where the awaitable of a method is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    New,
    Running,
    Done,
}

/// The awaitable of `__anext__()` and `asend()`.
#[pyclass(name = "async_generator_asend", final)]
pub struct AsyncSend {
    generator: Ref<Generator>,
    value: Value,
    #[trace(skip)]
    stage: Cell<Stage>,
}

/// The awaitable of `athrow()`, and of `aclose()`, which has no arguments.
#[pyclass(name = "async_generator_athrow", final)]
pub struct AsyncThrow {
    generator: Ref<Generator>,
    args: HeapCell<Option<Vec<Value>>>,
    closes: bool,
    #[trace(skip)]
    stage: Cell<Stage>,
}

/// Tells the hooks of `sys.set_asyncgen_hooks` about a generator that is iterated for the first time.
fn tell_hooks(vm: &mut Vm, this: &Object<Generator>) -> PyResult<()> {
    if this.hooks_told.replace(true) {
        return Ok(());
    }
    let (first_iteration, finalizer) = crate::thread::extension(vm).async_generator_hooks();
    this.finalizer.set(finalizer, vm);
    if let Some(hook) = first_iteration {
        vm.call(&hook, &[this.to_value()])?;
    }
    Ok(())
}

/// `__anext__`.
pub(super) fn next(vm: &mut Vm, this: &Value) -> PyResult {
    new_send(vm, this, Value::none())
}

/// `asend(value)`.
pub(super) fn new_send(vm: &mut Vm, this: &Value, value: Value) -> PyResult {
    let generator = generator(this);
    tell_hooks(vm, generator)?;
    Ok(vm.alloc(AsyncSend { generator: generator.to_ref(), value, stage: Cell::new(Stage::New) }).into())
}

/// `athrow(…)`, and `aclose()` without arguments.
pub(super) fn new_throw(vm: &mut Vm, this: &Value, args: Option<Vec<Value>>) -> PyResult {
    let generator = generator(this);
    tell_hooks(vm, generator)?;
    let closes = args.is_none();
    let native = AsyncThrow { generator: generator.to_ref(), args: HeapCell::new(args), closes, stage: Cell::new(Stage::New) };
    Ok(vm.alloc(native).into())
}

/// What running the generator gave, as the awaitable's own step (`async_gen_unwrap_value`): a value for the consumer ends the
/// awaiting, the generator's end is `StopAsyncIteration`.
fn unwrap(vm: &mut Vm, generator: &Object<Generator>, result: PyResult<Sent>) -> PyResult<Sent> {
    match result {
        Ok(Sent::Yielded(item)) => match item.downcast_exact::<WrappedValue>() {
            Some(wrapped) => {
                generator.running_async.set(false);
                Ok(Sent::Returned(wrapped.value.clone()))
            }
            None => Ok(Sent::Yielded(item)),
        },
        Ok(Sent::Returned(_)) => {
            generator.closed.set(true);
            generator.running_async.set(false);
            Err(stop(vm))
        }
        Err(raised) => {
            let ends = vm.pending_is(exceptions::STOP_ASYNC_ITERATION.get()) || vm.pending_is(exceptions::GENERATOR_EXIT.get());
            if ends {
                generator.closed.set(true);
            }
            generator.running_async.set(false);
            Err(raised)
        }
    }
}

fn stop(vm: &mut Vm) -> pvm_object::Raised {
    let exception = vm.new_exception(exceptions::STOP_ASYNC_ITERATION.get(), vec![]);
    vm.raise(exception)
}

/// The step as an iterator's.
fn outcome(vm: &mut Vm, sent: Sent) -> PyResult<Option<Value>> {
    match sent {
        Sent::Yielded(item) => Ok(Some(item)),
        Sent::Returned(value) if value.is_none() => Ok(None),
        Sent::Returned(value) => Err(vm.stop_iteration_with(value)),
    }
}

impl AsyncSend {
    /// What made it.
    fn method(&self) -> &'static str {
        "asend"
    }

    fn step(&self, vm: &mut Vm, value: Value) -> PyResult<Sent> {
        let value = match self.stage.get() {
            Stage::Done => {
                return Err(vm.runtime_error(format_args!("cannot reuse already awaited __anext__()/asend()")));
            }
            Stage::New => {
                self.begin(vm)?;
                if value.is_none() { self.value.clone() } else { value }
            }
            Stage::Running => value,
        };
        let result = send(vm, &self.generator, value);
        self.finish(vm, result)
    }

    fn begin(&self, vm: &mut Vm) -> PyResult<()> {
        if self.generator.running_async.get() {
            self.stage.set(Stage::Done);
            return Err(vm.runtime_error(format_args!("anext(): asynchronous generator is already running")));
        }
        self.stage.set(Stage::Running);
        self.generator.running_async.set(true);
        Ok(())
    }

    fn finish(&self, vm: &mut Vm, result: PyResult<Sent>) -> PyResult<Sent> {
        let result = unwrap(vm, &self.generator, result);
        if !matches!(result, Ok(Sent::Yielded(_))) {
            self.stage.set(Stage::Done);
        }
        result
    }
}

/// The methods of what `await` waits on; the two differ in what makes them.
macro_rules! awaitable_methods {
    ($class:ident, $made_by:literal) => {
        #[pymethods]
        impl $class {
            fn __await__(this: &Object<Self>) -> Value {
                this.to_value()
            }

            fn __iter__(this: &Object<Self>) -> Value {
                this.to_value()
            }

            fn __next__(&self, vm: &mut Vm) -> PyResult<Option<Value>> {
                let sent = self.step(vm, Value::none())?;
                outcome(vm, sent)
            }

            #[slot(send)]
            fn send_slot(&self, vm: &mut Vm, value: Value) -> PyResult<Sent> {
                self.step(vm, value)
            }

            fn __del__(&self, vm: &mut Vm) {
                if self.stage.get() == Stage::New {
                    warn_method_never_awaited(vm, &self.generator, self.method());
                }
            }

            /// send($self, object, /)
            /// --
            ///
            /// send(value) -> send 'value' into generator,
            /// return next yielded value or raise StopIteration.
            fn send(&self, vm: &mut Vm, object: Value) -> PyResult {
                let sent = self.step(vm, object)?;
                super::methods::outcome(vm, sent)
            }

            #[doc = concat!(
                "throw(value)\nthrow(type[,value[,tb]])\n\nRaise exception in generator, return next yielded value or raise\n",
                "StopIteration.\nthe (type, val, tb) signature is deprecated, \nand may be removed in a future version of Python."
            )]
            fn throw(this: &Object<Self>, vm: &mut Vm, args: Args<'_>) -> PyResult {
                match this.stage.get() {
                    Stage::Done => {
                        return Err(vm.runtime_error(format_args!("cannot reuse already awaited {}", $made_by)));
                    }
                    Stage::New => this.begin(vm)?,
                    Stage::Running => {}
                }
                let result = match throw_arguments(vm, &this.as_value(), args) {
                    Ok([kind, value, traceback]) => {
                        throw(vm, &this.generator, &kind.unwrap_or_else(Value::none), value, traceback)
                    }
                    Err(raised) => Err(raised),
                };
                let sent = this.finish(vm, result)?;
                super::methods::outcome(vm, sent)
            }

            /// close() -> raise GeneratorExit inside generator.
            fn close(this: &Object<Self>, vm: &mut Vm) -> PyResult<()> {
                if this.stage.get() == Stage::Done {
                    return Ok(());
                }
                let exit = [exceptions::GENERATOR_EXIT.to_value()];
                let thrown = Self::throw(this, vm, Args::positional(&exit));
                closed(vm, thrown)
            }
        }
    };
}

awaitable_methods!(AsyncSend, "__anext__()/asend()");
awaitable_methods!(AsyncThrow, "aclose()/athrow()");

/// What `close()` of an awaitable makes of the `GeneratorExit` it has thrown (`async_gen_asend_close`).
fn closed(vm: &mut Vm, thrown: PyResult) -> PyResult<()> {
    match thrown {
        Ok(_) => Err(vm.runtime_error(format_args!("coroutine ignored GeneratorExit"))),
        Err(raised) => {
            let ends = [&exceptions::STOP_ITERATION, &exceptions::STOP_ASYNC_ITERATION, &exceptions::GENERATOR_EXIT];
            if ends.into_iter().any(|class| vm.pending_is(class.get())) {
                drop(vm.catch(raised));
                return Ok(());
            }
            Err(raised)
        }
    }
}

impl AsyncThrow {
    /// What made it.
    fn method(&self) -> &'static str {
        if self.closes { "aclose" } else { "athrow" }
    }

    /// Marks the generator as running, which it must not be yet.
    fn begin(&self, vm: &mut Vm) -> PyResult<()> {
        if self.generator.running_async.get() {
            self.stage.set(Stage::Done);
            let name = if self.closes { "aclose()" } else { "athrow()" };
            return Err(vm.runtime_error(format_args!("{name}: asynchronous generator is already running")));
        }
        self.stage.set(Stage::Running);
        self.generator.running_async.set(true);
        Ok(())
    }

    fn step(&self, vm: &mut Vm, value: Value) -> PyResult<Sent> {
        let generator = &self.generator;
        if self.stage.get() == Stage::Done {
            return Err(vm.runtime_error(format_args!("cannot reuse already awaited aclose()/athrow()")));
        }
        if generator.state() == State::Finished {
            self.stage.set(Stage::Done);
            return Ok(Sent::Returned(Value::none()));
        }
        let result = if self.stage.get() == Stage::New {
            self.begin(vm)?;
            if generator.closed.get() || !value.is_none() {
                generator.running_async.set(false);
                self.stage.set(if value.is_none() { Stage::Done } else { Stage::New });
                return Err(match generator.closed.get() {
                    true => stop(vm),
                    false => vm.runtime_error(format_args!("can't send non-None value to a just-started async generator")),
                });
            }
            if let Some(args) = self.args.borrow(vm) {
                let got = args.len();
                check_throw_count(vm, "athrow", got)?;
            }
            self.throw_first(vm)
        } else {
            send(vm, generator, value)
        };
        self.finish(vm, result)
    }

    /// Throws what the method was called with, `GeneratorExit` for `aclose`.
    fn throw_first(&self, vm: &mut Vm) -> PyResult<Sent> {
        let args = self.args.replace(None, vm);
        match args {
            None => {
                self.generator.closed.set(true);
                throw_into(vm, &self.generator, false, &exceptions::GENERATOR_EXIT.to_value(), None, None)
            }
            Some(args) => {
                let mut args = args.into_iter();
                let kind = args.next().unwrap_or_else(Value::none);
                throw_into(vm, &self.generator, false, &kind, args.next(), args.next())
            }
        }
    }

    fn finish(&self, vm: &mut Vm, result: PyResult<Sent>) -> PyResult<Sent> {
        let generator = &self.generator;
        if !self.closes {
            let result = unwrap(vm, generator, result);
            if !matches!(result, Ok(Sent::Yielded(_))) {
                self.stage.set(Stage::Done);
            }
            return result;
        }
        match result {
            Ok(Sent::Yielded(item)) if item.downcast_exact::<WrappedValue>().is_some() => {
                generator.running_async.set(false);
                self.stage.set(Stage::Done);
                Err(vm.runtime_error(format_args!("async generator ignored GeneratorExit")))
            }
            Ok(Sent::Yielded(item)) => Ok(Sent::Yielded(item)),
            Ok(Sent::Returned(_)) => {
                generator.running_async.set(false);
                self.stage.set(Stage::Done);
                Ok(Sent::Returned(Value::none()))
            }
            Err(raised) => {
                generator.running_async.set(false);
                self.stage.set(Stage::Done);
                let ended =
                    vm.pending_is(exceptions::STOP_ASYNC_ITERATION.get()) || vm.pending_is(exceptions::GENERATOR_EXIT.get());
                if ended {
                    drop(vm.catch(raised));
                    return Ok(Sent::Returned(Value::none()));
                }
                Err(raised)
            }
        }
    }
}
