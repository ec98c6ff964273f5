//! `_queue`: a queue without bounds that several threads share.

use std::cell::Cell;

use pvm_interpreter::threads::raw_lock;
use pvm_interpreter::threads::timeout::Timeout;
use pvm_macros::{pyclass, pymethods, pymodule};
use pvm_object::bell::Waiters;
use pvm_object::types::Type;
use pvm_object::{Args, Foreign, HeapCell, Object, PyResult, Raised, Value, Vm};

use crate::collections::ring::Ring;

/// Exception raised by Queue.get(block=0)/get_nowait().
#[pyclass(exception, name = "Empty", module = "_queue")]
pub struct Empty;

/// Simple, unbounded, reentrant FIFO queue.
#[pyclass(name = "SimpleQueue", module = "_queue", weakref)]
pub struct SimpleQueue {
    items: HeapCell<Ring>,
    /// How many items there are, for those who look without the token.
    count: Cell<usize>,
    waiters: Foreign<Waiters>,
}

fn empty(vm: &mut Vm) -> Raised {
    let exception = vm.new_exception(EMPTY_TYPE.get(), vec![]);
    vm.raise(exception)
}

impl SimpleQueue {
    fn add(&self, vm: &mut Vm, item: &Value) -> PyResult<()> {
        self.items.borrow_mut(vm).push_back(item.clone())?;
        self.count.set(self.count.get() + 1);
        self.waiters.wake_first();
        Ok(())
    }

    /// Takes the first item out. Where more are left, the next thread that waits is to know.
    fn take(&self, vm: &mut Vm) -> Option<Value> {
        let item = self.items.borrow_mut(vm).pop_front()?;
        self.count.set(self.count.get() - 1);
        if self.count.get() != 0 {
            self.waiters.wake_first();
        }
        Some(item)
    }
}

#[pymethods]
impl SimpleQueue {
    #[new]
    #[signature = "(*args, **kwargs)"]
    #[text_signature = ""]
    fn new(cls: &Object<Type>, vm: &mut Vm, args: Args<'_>) -> PyResult {
        if !args.is_empty() && std::ptr::eq(cls, SIMPLE_QUEUE_TYPE.get()) {
            return Err(vm.type_error(format_args!("SimpleQueue() takes no positional arguments")));
        }
        let queue = SimpleQueue { items: HeapCell::default(), count: Cell::new(0), waiters: Foreign(Waiters::default()) };
        Ok(vm.alloc_as(cls, queue).into())
    }

    /// Put the item on the queue.
    ///
    /// The optional 'block' and 'timeout' arguments are ignored, as this
    /// method never blocks.  They are provided for compatibility with the
    /// Queue class.
    #[signature = "(item, block=True, timeout=None)"]
    fn put(&self, vm: &mut Vm, item: &Value, block: bool, timeout: Option<&Value>) -> PyResult<()> {
        let _ = (block, timeout);
        self.add(vm, item)
    }

    /// Put an item into the queue without blocking.
    ///
    /// This is exactly equivalent to `put(item)` and is only provided
    /// for compatibility with the Queue class.
    #[signature = "(item)"]
    fn put_nowait(&self, vm: &mut Vm, item: &Value) -> PyResult<()> {
        self.add(vm, item)
    }

    /// Remove and return an item from the queue.
    ///
    /// If optional args 'block' is true and 'timeout' is None (the
    /// default), block if necessary until an item is available.  If
    /// 'timeout' is a non-negative number, it blocks at most 'timeout'
    /// seconds and raises the Empty exception if no item was available
    /// within that time.
    /// Otherwise ('block' is false), return an item if one is immediately
    /// available, else raise the Empty exception ('timeout' is ignored
    /// in that case).
    #[signature = "(block=True, timeout=None)"]
    fn get(&self, vm: &mut Vm, block: bool, timeout: Option<&Value>) -> PyResult {
        let deadline = match timeout {
            Some(timeout) if block => {
                let timeout = Timeout::of_seconds(vm, timeout)?;
                if timeout.is_negative() {
                    return Err(vm.value_error(format_args!("'timeout' must be a non-negative number")));
                }
                timeout.deadline()
            }
            _ => None,
        };
        loop {
            if let Some(item) = self.take(vm) {
                return Ok(item);
            }
            if !block {
                return Err(empty(vm));
            }
            match raw_lock::wait(vm, &self.waiters, deadline, || self.count.get() != 0) {
                Ok(true) => {}
                // What was put meanwhile is for the next who waits.
                Ok(false) if self.count.get() == 0 => return Err(empty(vm)),
                Ok(false) => {}
                Err(raised) => {
                    self.waiters.wake_first();
                    return Err(raised);
                }
            }
        }
    }

    /// Remove and return an item from the queue without blocking.
    ///
    /// Only get an item if one is immediately available. Otherwise
    /// raise the Empty exception.
    fn get_nowait(&self, vm: &mut Vm) -> PyResult {
        self.take(vm).ok_or_else(|| empty(vm))
    }

    /// Return True if the queue is empty, False otherwise (not reliable!).
    fn empty(&self) -> bool {
        self.count.get() == 0
    }

    /// Return the approximate size of the queue (not reliable!).
    fn qsize(&self) -> usize {
        self.count.get()
    }

    /// SimpleQueues are generic over the type of their contents
    #[classmethod]
    fn __class_getitem__(cls: &Object<Type>, object: &Value, vm: &mut Vm) -> PyResult {
        vm.generic_alias(&cls.as_value(), object)
    }
}

#[pymodule(name = "_queue")]
pub mod native {
    //! C implementation of the Python queue module.
    //! This module is an implementation detail, please do not use it directly.
    #[export]
    use super::Empty;
    #[export]
    use super::SimpleQueue;
}
