//! `_interpqueues`: queues that several interpreters use.

use std::collections::VecDeque;

use pvm_object::{PyResult, Raised, Vm};

use super::family::{Shared, SharedQueue, error, member};

/// Items go with the interpreter that put them there.
pub const REMOVE: i64 = 1;

/// What a queue gives, with the queue of a number; a complaint where there is none.
fn with_queue<R>(vm: &mut Vm, number: i64, body: impl FnOnce(&mut SharedQueue) -> R) -> PyResult<R> {
    let family = std::sync::Arc::clone(&member(vm).family);
    let mut shared = family.shared();
    let found = shared.queues.get_mut(&number).map(body);
    drop(shared);
    found.ok_or_else(|| missing(vm, number))
}

#[cold]
fn missing(vm: &mut Vm, number: i64) -> Raised {
    error(vm, "QueueNotFoundError", &format!("queue {number} not found"))
}

#[pvm_macros::pymodule(name = "_interpqueues")]
pub mod native {
    //! This module provides primitive operations to manage Python interpreters.
    //! The 'interpreters' module provides a more convenient interface.
    use pvm_macros::pyfunction;
    use pvm_object::tuple::Tuple;
    use pvm_object::{PyResult, Ref, Value, Vm};

    use super::super::family::{Item, class, error, member, register};
    use super::super::transport;
    use super::*;

    /// Create a new cross-interpreter queue and return its unique generated ID.
    ///
    /// It is a new reference as though bind() had been called on the queue.
    /// The caller is responsible for calling destroy() for the new queue
    /// before the runtime is finalized.
    #[pyfunction]
    #[signature = "(maxsize, unboundop=-1, fallback=-1)"]
    fn create(vm: &mut Vm, maxsize: i64, unboundop: i64, _fallback: i64) -> i64 {
        let unbound = if unboundop < 0 { 3 } else { unboundop };
        let queue = SharedQueue { most: maxsize, unbound, references: 0, items: VecDeque::new() };
        member(vm).family.add_queue(queue)
    }

    /// Clear and destroy the queue.
    ///
    /// Afterward attempts to use the queue will behave as though it never existed.
    #[pyfunction]
    #[signature = "(qid)"]
    fn destroy(vm: &mut Vm, qid: i64) -> PyResult<()> {
        let removed = member(vm).family.shared().queues.remove(&qid);
        match removed {
            Some(_) => Ok(()),
            None => Err(missing(vm, qid)),
        }
    }

    /// Return the list of ID triples for all queues.
    ///
    /// Each ID corresponds to a queue, with its default unbound operation and fallback.
    #[pyfunction]
    fn list_all(vm: &mut Vm) -> PyResult {
        let family = std::sync::Arc::clone(&member(vm).family);
        let known: Vec<(i64, i64)> = {
            let shared: std::sync::MutexGuard<'_, Shared> = family.shared();
            shared.queues.iter().map(|(&number, queue)| (number, queue.unbound)).collect()
        };
        let mut result = Vec::new();
        for (number, unbound) in known {
            let entry = [vm.int(number), vm.int(unbound), vm.int(-1)];
            result.push(vm.try_tuple(entry)?.into());
        }
        Ok(vm.try_list(result)?.into())
    }

    /// Add the object's data to the queue.
    #[pyfunction]
    #[signature = "(qid, obj, unboundop=-1, fallback=-1)"]
    fn put(vm: &mut Vm, qid: i64, obj: &Value, unboundop: i64, _fallback: i64) -> PyResult<()> {
        let value = transport::share(vm, obj)?;
        let owner = member(vm).number;
        let added = with_queue(vm, qid, |queue| {
            if queue.most > 0 && queue.items.len() as i64 >= queue.most {
                return false;
            }
            let unbound = if unboundop < 0 { queue.unbound } else { unboundop };
            queue.items.push_back(Item { value: Some(value), owner, unbound });
            true
        })?;
        match added {
            true => Ok(()),
            false => Err(error(vm, "QueueFull", &format!("queue {qid} is full"))),
        }
    }

    /// Return the (object, unbound op) from the front of the queue.
    ///
    /// If there is nothing to receive then raise QueueEmpty.
    #[pyfunction]
    #[signature = "(qid)"]
    fn get(vm: &mut Vm, qid: i64) -> PyResult<Ref<Tuple>> {
        let Some(item) = with_queue(vm, qid, |queue| queue.items.pop_front())? else {
            return Err(error(vm, "QueueEmpty", &format!("queue {qid} is empty")));
        };
        let pair = match item.value {
            Some(parcel) => [transport::unpack(vm, &parcel)?, Value::none()],
            None => [Value::none(), vm.int(item.unbound)],
        };
        Ok(vm.try_tuple(pair)?)
    }

    /// Take a reference to the identified queue.
    ///
    /// The queue is not destroyed until there are no references left.
    #[pyfunction]
    #[signature = "(qid)"]
    fn bind(vm: &mut Vm, qid: i64) -> PyResult<()> {
        with_queue(vm, qid, |queue| queue.references += 1)
    }

    /// Release a reference to the queue.
    ///
    /// The queue is destroyed once there are no references left.
    #[pyfunction]
    #[signature = "(qid)"]
    fn release(vm: &mut Vm, qid: i64) -> PyResult<()> {
        let left = with_queue(vm, qid, |queue| {
            queue.references -= 1;
            queue.references
        })?;
        if left < 0 {
            with_queue(vm, qid, |queue| queue.references = 0)?;
            return Err(error(vm, "QueueError", &format!("queue {qid} not bound")));
        }
        if left <= 0 {
            member(vm).family.shared().queues.remove(&qid);
        }
        Ok(())
    }

    /// Return the maximum number of items in the queue.
    #[pyfunction]
    #[signature = "(qid)"]
    fn get_maxsize(vm: &mut Vm, qid: i64) -> PyResult<i64> {
        with_queue(vm, qid, |queue| queue.most)
    }

    /// Return the queue's default values, set when it was created.
    #[pyfunction]
    #[signature = "(qid)"]
    fn get_queue_defaults(vm: &mut Vm, qid: i64) -> PyResult<(i64, i64)> {
        with_queue(vm, qid, |queue| (queue.unbound, -1))
    }

    /// Return true if the queue has a maxsize and has reached it.
    #[pyfunction]
    #[signature = "(qid)"]
    fn is_full(vm: &mut Vm, qid: i64) -> PyResult<bool> {
        with_queue(vm, qid, |queue| queue.most > 0 && queue.items.len() as i64 >= queue.most)
    }

    /// Return the number of items in the queue.
    #[pyfunction]
    #[signature = "(qid)"]
    fn get_count(vm: &mut Vm, qid: i64) -> PyResult<i64> {
        with_queue(vm, qid, |queue| queue.items.len() as i64)
    }

    /// Return the classes that the library made for the module's errors.
    #[pyfunction]
    #[signature = "(queuetype, emptyerror, fullerror)"]
    fn _register_heap_types(vm: &mut Vm, _queuetype: &Value, emptyerror: &Value, fullerror: &Value) -> PyResult<()> {
        register(vm, "QueueEmpty", emptyerror)?;
        register(vm, "QueueFull", fullerror)
    }

    #[init]
    fn init(vm: &mut Vm, module: &Value) -> PyResult<()> {
        for name in ["QueueError", "QueueNotFoundError"] {
            let made = class(vm, name)?;
            crate::constants::set(vm, module, name, &made)?;
        }
        Ok(())
    }
}
