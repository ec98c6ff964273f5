//! `_asyncio`: futures, tasks, and which of them run.
//!
//! | file | what |
//! |---|---|
//! | `future.rs` | `Future`, and what `await` gets of one |
//! | `task.rs` | `Task`: its attributes and methods |
//! | `step.rs` | how a task goes on, step by step |
//! | `registry.rs` | the running loop and task of each thread, all tasks |
//! | this one | the module's functions, and calls of the loop |

mod future;
mod registry;
mod step;
mod task;

use pvm_macros::pyclass;
use pvm_object::tuple::Tuple;
use pvm_object::{Args, Heap, HeapCell, PyResult, Raised, Ref, Value, Vm};

use future::Future;

/// What the module keeps of names for calls.
#[pyclass(name = "_names", module = "_asyncio", no_export, final)]
struct CallNames {
    context: Ref<Tuple>,
    message: Ref<Tuple>,
    exceptions: HeapCell<Option<(Value, Value)>>,
}

fn call_names(heap: &mut Heap) -> Ref<CallNames> {
    heap.module_state(|heap| {
        let (context, message) = (heap.intern("context").into(), heap.intern("msg").into());
        CallNames {
            context: heap.new_tuple(vec![context]),
            message: heap.new_tuple(vec![message]),
            exceptions: HeapCell::new(None),
        }
    })
}

/// `asyncio.exceptions.CancelledError` and `InvalidStateError`.
fn exceptions(vm: &mut Vm) -> PyResult<(Value, Value)> {
    let names = call_names(vm);
    if let Some(known) = names.exceptions.get(vm) {
        return Ok(known);
    }
    let (cancelled, invalid) = (vm.intern("CancelledError"), vm.intern("InvalidStateError"));
    let cancelled = vm.import_attr("asyncio.exceptions", &cancelled)?;
    let invalid = vm.import_attr("asyncio.exceptions", &invalid)?;
    names.exceptions.set(Some((cancelled.clone(), invalid.clone())), vm);
    Ok((cancelled, invalid))
}

/// Raises an exception of a class of Python's.
#[cold]
fn raise(vm: &mut Vm, class: &Value, arguments: &[Value]) -> Raised {
    match vm.call(class, arguments).map(Value::downcast_into) {
        Ok(Ok(exception)) => vm.raise(exception),
        Ok(Err(_)) => vm.type_error(format_args!("exceptions must derive from BaseException")),
        Err(raised) => raised,
    }
}

/// Raises `InvalidStateError`.
#[cold]
fn invalid_state(vm: &mut Vm, message: &str) -> Raised {
    let text = vm.new_str(message).into();
    match exceptions(vm) {
        Ok((_, class)) => raise(vm, &class, &[text]),
        Err(raised) => raised,
    }
}

/// Has a loop call a function soon (`call_soon`).
fn call_soon(vm: &mut Vm, event_loop: &Value, function: Value, argument: Option<Value>, context: Value) -> PyResult<()> {
    let (name, names) = (vm.intern("call_soon"), call_names(vm));
    let method = vm.getattr(event_loop, &name)?;
    let mut values = vec![function];
    values.extend(argument);
    values.push(context);
    vm.call_args(&method, Args::with_keywords(&values, Some(&names.context)))?;
    Ok(())
}

/// `future.cancel(msg=…)`, and whether it said that it will.
fn cancel(vm: &mut Vm, future: &Value, message: Option<Value>) -> PyResult<bool> {
    let (name, names) = (vm.intern("cancel"), call_names(vm));
    let method = vm.getattr(future, &name)?;
    let message = message.unwrap_or_else(Value::none);
    let result = vm.call_args(&method, Args::with_keywords(&[message], Some(&names.message)))?;
    vm.truth(&result)
}

fn call(vm: &mut Vm, object: &Value, method: &str, arguments: &[Value]) -> PyResult {
    let method = vm.intern(method);
    vm.call_method(object, &method, arguments)
}

/// The loop of anything like a future (`get_future_loop`).
fn loop_of(vm: &mut Vm, future: &Value) -> PyResult {
    if let Some(future) = future.downcast::<Future>() {
        return future.own_loop(vm);
    }
    let name = vm.intern("get_loop");
    if let Some(method) = vm.find_attr(future, &name)? {
        return vm.call(&method, &[]);
    }
    let name = vm.intern("_loop");
    vm.getattr(future, &name)
}

#[pvm_macros::pymodule(name = "_asyncio")]
pub mod native {
    //! Accelerator module for asyncio
    use pvm_macros::pyfunction;
    use pvm_object::set::Set;
    use pvm_object::{PyResult, Ref, Value, Vm};

    use super::future::{add_awaited_by, discard_awaited_by};
    use super::registry;

    #[export]
    use super::future::Future;
    #[export]
    use super::task::Task;

    /// Return the running event loop or None.
    ///
    /// This is a low-level function intended to be used by event loops.
    /// This function is thread-specific.
    #[pyfunction]
    fn _get_running_loop(vm: &mut Vm) -> Option<Value> {
        registry::running_loop(vm)
    }

    /// Set the running event loop.
    ///
    /// This is a low-level function intended to be used by event loops.
    /// This function is thread-specific.
    #[pyfunction]
    #[signature = "(loop, /)"]
    fn _set_running_loop(vm: &mut Vm, loop_: &Value) -> PyResult<()> {
        registry::set_running_loop(vm, (!loop_.is_none()).then(|| loop_.clone()))
    }

    /// Return the running event loop.  Raise a RuntimeError if there is none.
    ///
    /// This function is thread-specific.
    #[pyfunction]
    fn get_running_loop(vm: &mut Vm) -> PyResult {
        registry::required_loop(vm)
    }

    /// Return an asyncio event loop.
    ///
    /// When called from a coroutine or a callback (e.g. scheduled with
    /// call_soon or similar API), this function will always return the
    /// running event loop.
    ///
    /// If there is no running event loop set, the function will return
    /// the result of `get_event_loop_policy().get_event_loop()` call.
    #[pyfunction]
    fn get_event_loop(vm: &mut Vm) -> PyResult {
        registry::event_loop(vm)
    }

    /// Return a currently executed task.
    #[pyfunction]
    #[signature = "(loop=None)"]
    fn current_task(vm: &mut Vm, loop_: Option<&Value>) -> PyResult<Option<Value>> {
        let event_loop = match loop_ {
            Some(event_loop) => event_loop.clone(),
            None => registry::required_loop(vm)?,
        };
        Ok(registry::current_task(vm, &event_loop))
    }

    /// Register a new task in asyncio as executed by loop.
    ///
    /// Returns None.
    #[pyfunction]
    #[signature = "(task)"]
    fn _register_task(vm: &mut Vm, task: &Value) -> PyResult<()> {
        registry::register(vm, task)
    }

    /// Register a new task in asyncio as executed by loop.
    ///
    /// Returns None.
    #[pyfunction]
    #[signature = "(task)"]
    fn _register_eager_task(vm: &mut Vm, task: &Value) -> PyResult<()> {
        registry::register_eager(vm, task)
    }

    /// Unregister a task.
    ///
    /// Returns None.
    #[pyfunction]
    #[signature = "(task)"]
    fn _unregister_task(vm: &mut Vm, task: &Value) -> PyResult<()> {
        registry::unregister(vm, task)
    }

    /// Unregister a task.
    ///
    /// Returns None.
    #[pyfunction]
    #[signature = "(task)"]
    fn _unregister_eager_task(vm: &mut Vm, task: &Value) -> PyResult<()> {
        registry::unregister_eager(vm, task)
    }

    /// Enter into task execution or resume suspended task.
    ///
    /// Task belongs to loop.
    ///
    /// Returns None.
    #[pyfunction]
    #[signature = "(loop, task)"]
    fn _enter_task(vm: &mut Vm, loop_: &Value, task: &Value) -> PyResult<()> {
        registry::enter_task(vm, loop_, task)
    }

    /// Leave task execution or suspend a task.
    ///
    /// Task belongs to loop.
    ///
    /// Returns None.
    #[pyfunction]
    #[signature = "(loop, task)"]
    fn _leave_task(vm: &mut Vm, loop_: &Value, task: &Value) -> PyResult<()> {
        registry::leave_task(vm, loop_, task)
    }

    /// Temporarily swap in the supplied task and return the original one (or None).
    ///
    /// This is intended for use during eager coroutine execution.
    #[pyfunction]
    #[signature = "(loop, task)"]
    fn _swap_current_task(vm: &mut Vm, loop_: &Value, task: &Value) -> PyResult<Option<Value>> {
        registry::swap_task(vm, loop_, (!task.is_none()).then(|| task.clone()))
    }

    /// Return a set of all tasks for the loop.
    #[pyfunction]
    #[signature = "(loop=None)"]
    fn all_tasks(vm: &mut Vm, loop_: Option<&Value>) -> PyResult<Ref<Set>> {
        let event_loop = match loop_ {
            Some(event_loop) => event_loop.clone(),
            None => registry::required_loop(vm)?,
        };
        registry::all_tasks(vm, &event_loop)
    }

    /// Record that `fut` is awaited on by `waiter`.
    #[pyfunction]
    fn future_add_to_awaited_by(vm: &mut Vm, fut: &Value, waiter: &Value) -> PyResult<()> {
        add_awaited_by(vm, fut, waiter)
    }

    #[pyfunction]
    fn future_discard_from_awaited_by(vm: &mut Vm, fut: &Value, waiter: &Value) -> PyResult<()> {
        discard_awaited_by(vm, fut, waiter)
    }
}
