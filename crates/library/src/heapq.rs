//! `_heapq`: heaps in lists, the smallest or the largest item first.

use pvm_macros::pymodule;

#[pymodule(name = "_heapq")]
pub mod native {
    //! Heap queue algorithm (a.k.a. priority queue).
    //!
    //! Heaps are arrays for which a[k] <= a[2*k+1] and a[k] <= a[2*k+2] for
    //! all k, counting elements from 0.  For the sake of comparison,
    //! non-existing elements are considered to be infinite.  The interesting
    //! property of a heap is that a[0] is always its smallest element.
    //!
    //! Usage:
    //!
    //! heap = []            # creates an empty heap
    //! heappush(heap, item) # pushes a new item on the heap
    //! item = heappop(heap) # pops the smallest item from the heap
    //! item = heap[0]       # smallest item on the heap without popping it
    //! heapify(x)           # transforms list into a heap, in-place, in linear time
    //! item = heapreplace(heap, item) # pops and returns smallest item, and adds
    //!                                # new item; the heap size is unchanged
    //!
    //! A heap is a regular list: heap[0] is its smallest item, and heap.sort()
    //! keeps it a heap.
    use pvm_macros::pyfunction;
    use pvm_object::list::List;
    use pvm_object::ops::CompareOp;
    use pvm_object::{Object, PyResult, Value, Vm};

    #[constant]
    const __about__: &str = "Heap queues: see the documentation of the module heapq.";

    /// Which item is on top.
    #[derive(Clone, Copy, PartialEq, Eq)]
    enum Top {
        Smallest,
        Largest,
    }

    /// Whether `left` must be above `right`.
    fn above(vm: &mut Vm, left: &Value, right: &Value, top: Top) -> PyResult<bool> {
        match top {
            Top::Smallest => vm.compare(left, right, CompareOp::Lt),
            Top::Largest => vm.compare(right, left, CompareOp::Lt),
        }
    }

    /// Compares the items at two places; an error where that has changed the list's length.
    fn place_above(vm: &mut Vm, heap: &Object<List>, left: usize, right: usize, top: Top) -> PyResult<bool> {
        let len = heap.len(vm);
        let (Some(first), Some(second)) = (heap.get(left, vm), heap.get(right, vm)) else {
            return Err(out_of_range(vm));
        };
        let result = above(vm, &first, &second, top)?;
        if heap.len(vm) != len {
            return Err(vm.runtime_error(format_args!("list changed size during iteration")));
        }
        Ok(result)
    }

    fn out_of_range(vm: &mut Vm) -> pvm_object::Raised {
        vm.index_error(format_args!("index out of range"))
    }

    /// Moves the item at `place` up to where it belongs, not beyond `start` (`siftdown` in CPython).
    fn move_up(vm: &mut Vm, heap: &Object<List>, start: usize, mut place: usize, top: Top) -> PyResult<()> {
        if place >= heap.len(vm) {
            return Err(out_of_range(vm));
        }
        while place > start {
            let parent = (place - 1) / 2;
            if !place_above(vm, heap, place, parent, top)? {
                break;
            }
            heap.items_mut(vm).swap(place, parent);
            place = parent;
        }
        Ok(())
    }

    /// Moves the item at `start` down to a leaf along the upper children, then up to where it belongs (`siftup` in
    /// CPython).
    fn settle(vm: &mut Vm, heap: &Object<List>, start: usize, top: Top) -> PyResult<()> {
        let end = heap.len(vm);
        if start >= end {
            return Err(out_of_range(vm));
        }
        let mut place = start;
        while place < end / 2 {
            let mut child = 2 * place + 1;
            if child + 1 < end && !place_above(vm, heap, child, child + 1, top)? {
                child += 1;
            }
            heap.items_mut(vm).swap(child, place);
            place = child;
        }
        move_up(vm, heap, start, place, top)
    }

    fn push(vm: &mut Vm, heap: &Object<List>, item: Value, top: Top) -> PyResult<()> {
        heap.push(item, vm)?;
        let last = heap.len(vm) - 1;
        move_up(vm, heap, 0, last, top)
    }

    fn pop(vm: &mut Vm, heap: &Object<List>, top: Top) -> PyResult {
        let Some(last) = heap.items_mut(vm).pop() else {
            return Err(out_of_range(vm));
        };
        match heap.set(0, last, vm) {
            Ok(first) => {
                settle(vm, heap, 0, top)?;
                Ok(first)
            }
            Err(only) => Ok(only),
        }
    }

    fn replace(vm: &mut Vm, heap: &Object<List>, item: Value, top: Top) -> PyResult {
        match heap.set(0, item, vm) {
            Ok(first) => {
                settle(vm, heap, 0, top)?;
                Ok(first)
            }
            Err(_) => Err(out_of_range(vm)),
        }
    }

    fn push_pop(vm: &mut Vm, heap: &Object<List>, item: Value, top: Top) -> PyResult {
        let Some(first) = heap.get(0, vm) else {
            return Ok(item);
        };
        if !above(vm, &first, &item, top)? {
            return Ok(item);
        }
        // Comparing may have emptied the list.
        replace(vm, heap, item, top)
    }

    fn make_heap(vm: &mut Vm, heap: &Object<List>, top: Top) -> PyResult<()> {
        for place in (0..heap.len(vm) / 2).rev() {
            settle(vm, heap, place, top)?;
            vm.poll(1)?;
        }
        Ok(())
    }

    /// Push item onto heap, maintaining the heap invariant.
    #[pyfunction]
    fn heappush(vm: &mut Vm, heap: &Object<List>, item: Value) -> PyResult<()> {
        push(vm, heap, item, Top::Smallest)
    }

    /// Push item on the heap, then pop and return the smallest item from the heap.
    ///
    /// The combined action runs more efficiently than heappush() followed by
    /// a separate call to heappop().
    #[pyfunction]
    fn heappushpop(vm: &mut Vm, heap: &Object<List>, item: Value) -> PyResult {
        push_pop(vm, heap, item, Top::Smallest)
    }

    /// Pop the smallest item off the heap, maintaining the heap invariant.
    #[pyfunction]
    fn heappop(vm: &mut Vm, heap: &Object<List>) -> PyResult {
        pop(vm, heap, Top::Smallest)
    }

    /// Pop and return the current smallest value, and add the new item.
    ///
    /// This is more efficient than heappop() followed by heappush(), and can be
    /// more appropriate when using a fixed-size heap.  Note that the value
    /// returned may be larger than item!  That constrains reasonable uses of
    /// this routine unless written as part of a conditional replacement:
    ///
    ///     if item > heap[0]:
    ///         item = heapreplace(heap, item)
    #[pyfunction]
    fn heapreplace(vm: &mut Vm, heap: &Object<List>, item: Value) -> PyResult {
        replace(vm, heap, item, Top::Smallest)
    }

    /// Transform list into a heap, in-place, in O(len(heap)) time.
    #[pyfunction]
    fn heapify(vm: &mut Vm, heap: &Object<List>) -> PyResult<()> {
        make_heap(vm, heap, Top::Smallest)
    }

    /// Push item onto max heap, maintaining the heap invariant.
    #[pyfunction]
    fn heappush_max(vm: &mut Vm, heap: &Object<List>, item: Value) -> PyResult<()> {
        push(vm, heap, item, Top::Largest)
    }

    /// Maxheap variant of heappushpop.
    ///
    /// The combined action runs more efficiently than heappush_max() followed by
    /// a separate call to heappop_max().
    #[pyfunction]
    fn heappushpop_max(vm: &mut Vm, heap: &Object<List>, item: Value) -> PyResult {
        push_pop(vm, heap, item, Top::Largest)
    }

    /// Maxheap variant of heappop.
    #[pyfunction]
    fn heappop_max(vm: &mut Vm, heap: &Object<List>) -> PyResult {
        pop(vm, heap, Top::Largest)
    }

    /// Maxheap variant of heapreplace.
    #[pyfunction]
    fn heapreplace_max(vm: &mut Vm, heap: &Object<List>, item: Value) -> PyResult {
        replace(vm, heap, item, Top::Largest)
    }

    /// Maxheap variant of heapify.
    #[pyfunction]
    fn heapify_max(vm: &mut Vm, heap: &Object<List>) -> PyResult<()> {
        make_heap(vm, heap, Top::Largest)
    }
}
