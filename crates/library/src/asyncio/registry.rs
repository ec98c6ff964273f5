//! The running loop and task of each thread, and all tasks.

use std::cell::Cell;

use pvm_interpreter::thread::extension;
use pvm_macros::{Trace, pyclass};
use pvm_object::set::Set;
use pvm_object::weakref::{WEAKREF_TYPE, WeakRef};
use pvm_object::{Foreign, Heap, HeapCell, PyResult, Raised, Ref, Value, Vm};

use super::task::Task;
use super::{call, loop_of};

/// What runs on a thread.
#[derive(Trace)]
struct Running {
    thread: u64,
    event_loop: Option<Value>,
    task: Option<Value>,
}

/// What the module knows.
#[pyclass(name = "_state", module = "_asyncio", no_export, final)]
struct Registry {
    running: HeapCell<Vec<Running>>,
    /// The process that this is about: the child of a fork runs none of its parent's tasks.
    process: Foreign<Cell<u32>>,
    /// Tasks of this module's class, each of which knows its place here.
    scheduled: HeapCell<Vec<Ref<WeakRef>>>,
    /// Tasks of other classes: a `WeakSet`.
    others: HeapCell<Option<Value>>,
    eager: Ref<Set>,
}

fn registry(heap: &mut Heap) -> Ref<Registry> {
    heap.module_state(|heap| Registry {
        running: HeapCell::default(),
        process: Foreign(Cell::new(std::process::id())),
        scheduled: HeapCell::default(),
        others: HeapCell::new(None),
        eager: heap.new_set(),
    })
}

/// What runs on this thread.
fn own<'a>(registry: &'a Registry, vm: &'a mut Vm) -> &'a mut Running {
    let thread = extension(vm).number;
    let running = registry.running.borrow_mut(vm);
    let place = running.iter().position(|known| known.thread == thread);
    let place = place.unwrap_or_else(|| {
        // Threads come and go: those without a loop need no entry.
        running.retain(|known| known.event_loop.is_some() || known.task.is_some());
        running.push(Running { thread, event_loop: None, task: None });
        running.len() - 1
    });
    &mut running[place]
}

/// The loop that runs on this thread.
pub fn running_loop(vm: &mut Vm) -> Option<Value> {
    let registry = registry(vm);
    own(&registry, vm).event_loop.clone()
}

/// Sets it.
pub fn set_running_loop(vm: &mut Vm, event_loop: Option<Value>) -> PyResult<()> {
    let registry = registry(vm);
    if registry.process.replace(std::process::id()) != registry.process.get() {
        drop(registry.running.replace(Vec::new(), vm));
    }
    let old = std::mem::replace(&mut own(&registry, vm).event_loop, event_loop);
    if let Some(old) = old {
        vm.release(old);
    }
    Ok(())
}

/// The running loop; an error where none is.
pub fn required_loop(vm: &mut Vm) -> PyResult {
    running_loop(vm).ok_or_else(|| vm.runtime_error(format_args!("no running event loop")))
}

/// The running loop, or that of the policy.
pub fn event_loop(vm: &mut Vm) -> PyResult {
    if let Some(event_loop) = running_loop(vm) {
        return Ok(event_loop);
    }
    let name = vm.intern("_get_event_loop_policy");
    let policy = vm.import_attr("asyncio.events", &name)?;
    let policy = vm.call(&policy, &[])?;
    call(vm, &policy, "get_event_loop", &[])
}

/// The task that a loop runs, whichever thread it runs on.
pub fn current_task(vm: &mut Vm, event_loop: &Value) -> Option<Value> {
    let registry = registry(vm);
    let running = registry.running.borrow(vm);
    let found = running.iter().find(|known| known.event_loop.as_ref().is_some_and(|known| known.is(event_loop)));
    found.and_then(|found| found.task.clone())
}

/// The loop must be the one that runs here.
fn check_loop(vm: &mut Vm, event_loop: &Value) -> PyResult<()> {
    match running_loop(vm) {
        Some(running) if running.is(event_loop) => Ok(()),
        _ => {
            let shown = vm.repr(event_loop)?;
            Err(vm.runtime_error(format_args!("loop {shown} is not the running loop")))
        }
    }
}

/// A task begins to run.
pub fn enter_task(vm: &mut Vm, event_loop: &Value, task: &Value) -> PyResult<()> {
    check_loop(vm, event_loop)?;
    let registry = registry(vm);
    let running = &mut own(&registry, vm).task;
    let Some(other) = running.clone() else {
        *running = Some(task.clone());
        return Ok(());
    };
    Err(another_runs(vm, task, &other))
}

#[cold]
fn another_runs(vm: &mut Vm, task: &Value, other: &Value) -> Raised {
    let shown = vm.repr(task).and_then(|task| Ok((task, vm.repr(other)?)));
    match shown {
        Ok((task, other)) => {
            vm.runtime_error(format_args!("Cannot enter into task {task} while another task {other} is being executed."))
        }
        Err(raised) => raised,
    }
}

/// A task runs no longer.
pub fn leave_task(vm: &mut Vm, event_loop: &Value, task: &Value) -> PyResult<()> {
    check_loop(vm, event_loop)?;
    let registry = registry(vm);
    let running = &mut own(&registry, vm).task;
    if running.as_ref().is_some_and(|running| running.is(task)) {
        drop(running.take());
        return Ok(());
    }
    let other = running.clone().unwrap_or_else(Value::none);
    let (task, other) = (vm.repr(task)?, vm.repr(&other)?);
    Err(vm.runtime_error(format_args!("Leaving task {task} does not match the current task {other}.")))
}

/// Puts another task in the place of the running one, which is returned.
pub fn swap_task(vm: &mut Vm, event_loop: &Value, task: Option<Value>) -> PyResult<Option<Value>> {
    check_loop(vm, event_loop)?;
    let registry = registry(vm);
    Ok(std::mem::replace(&mut own(&registry, vm).task, task))
}

/// The set of tasks of other classes.
fn others(vm: &mut Vm) -> PyResult {
    let registry = registry(vm);
    if let Some(set) = registry.others.get(vm) {
        return Ok(set);
    }
    let name = vm.intern("WeakSet");
    let class = vm.import_attr("weakref", &name)?;
    let set = vm.call(&class, &[])?;
    registry.others.set(Some(set.clone()), vm);
    Ok(set)
}

/// Notes a task that will be run.
pub fn register(vm: &mut Vm, task: &Value) -> PyResult<()> {
    let Some(native) = task.downcast::<Task>() else {
        let set = others(vm)?;
        call(vm, &set, "add", std::slice::from_ref(task))?;
        return Ok(());
    };
    if native.place.get().is_none() {
        let weak = vm.new_weak_reference(WEAKREF_TYPE.get(), task, None)?;
        let registry = registry(vm);
        let scheduled = registry.scheduled.borrow_mut(vm);
        native.place.set(Some(scheduled.len()));
        scheduled.push(weak);
        // Tasks that went without ending are dropped now and then.
        if scheduled.len().is_multiple_of(1024) {
            forget_dead(&registry, vm);
        }
    }
    Ok(())
}

fn forget_dead(registry: &Registry, vm: &mut Vm) {
    let live: Vec<Ref<WeakRef>> = registry.scheduled.borrow(vm).iter().filter(|weak| !weak.is_dead()).cloned().collect();
    for (place, weak) in live.iter().enumerate() {
        if let Some(task) = weak.upgrade()
            && let Some(task) = task.downcast::<Task>()
        {
            task.place.set(Some(place));
        }
    }
    drop(registry.scheduled.replace(live, vm));
}

/// Forgets a task.
pub fn unregister(vm: &mut Vm, task: &Value) -> PyResult<()> {
    let Some(native) = task.downcast::<Task>() else {
        let set = others(vm)?;
        call(vm, &set, "discard", std::slice::from_ref(task))?;
        return Ok(());
    };
    if let Some(place) = native.place.take() {
        let registry = registry(vm);
        let scheduled = registry.scheduled.borrow_mut(vm);
        let gone = scheduled.swap_remove(place);
        let moved = scheduled.get(place).and_then(|weak| weak.upgrade());
        if let Some(moved) = moved.as_ref().and_then(|moved| moved.downcast::<Task>()) {
            moved.place.set(Some(place));
        }
        drop(gone);
    }
    Ok(())
}

/// Notes a task that runs before its loop knows of it.
pub fn register_eager(vm: &mut Vm, task: &Value) -> PyResult<()> {
    let registry = registry(vm);
    registry.eager.add(task, vm)
}

/// Forgets that.
pub fn unregister_eager(vm: &mut Vm, task: &Value) -> PyResult<()> {
    let registry = registry(vm);
    registry.eager.discard(task, vm)?;
    Ok(())
}

/// The tasks of a loop that are not done.
pub fn all_tasks(vm: &mut Vm, event_loop: &Value) -> PyResult<Ref<Set>> {
    let registry = registry(vm);
    let mut tasks: Vec<Value> = registry.eager.iter(vm).cloned().collect();
    tasks.extend(registry.scheduled.borrow(vm).iter().filter_map(|weak| weak.upgrade()));
    if let Some(others) = registry.others.get(vm) {
        tasks.extend(vm.collect_items(&others)?.iter().cloned());
    }
    let result = vm.new_set();
    for task in tasks {
        if !loop_of(vm, &task)?.is(event_loop) {
            continue;
        }
        let done = match task.downcast::<Task>() {
            Some(task) => task.future().is_done(),
            None => {
                let done = call(vm, &task, "done", &[])?;
                vm.truth(&done)?
            }
        };
        if !done {
            result.add(&task, vm)?;
        }
    }
    Ok(result)
}
