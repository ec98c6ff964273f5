//! `atexit`: functions to be called when the interpreter ends.

use std::cell::Cell;

use pvm_macros::pyclass;
use pvm_object::dict::Dict;
use pvm_object::tuple::Tuple;
use pvm_object::{Heap, HeapCell, Ref, Value, Vm};

/// A function with its arguments.
#[derive(pvm_macros::Trace, Clone)]
struct Callback {
    function: Value,
    args: Ref<Tuple>,
    kwargs: Option<Ref<Dict>>,
    /// Which of all registrations it is.
    number: u64,
}

/// The functions registered in this interpreter, the oldest first.
#[pyclass(name = "_callbacks", module = "atexit", final)]
struct Callbacks {
    list: HeapCell<Vec<Callback>>,
    /// How many registrations there have been.
    count: Cell<u64>,
}

fn callbacks(heap: &mut Heap) -> Ref<Callbacks> {
    heap.module_state(|_| Callbacks { list: HeapCell::default(), count: Cell::new(0) })
}

/// Calls the functions, the newest first, and forgets them all, also those that they register (`atexit_callfuncs`).
pub(crate) fn run_all(vm: &mut Vm) {
    let callbacks = callbacks(vm);
    let registered = callbacks.list.borrow(vm).clone();
    for callback in registered.into_iter().rev() {
        let result = match &callback.kwargs {
            None => vm.call(&callback.function, callback.args.as_slice()),
            Some(kwargs) => {
                let mut values = callback.args.as_slice().to_vec();
                let named = kwargs.str_items(vm);
                values.extend(named.iter().map(|(_, value)| value.clone()));
                let names = vm.new_tuple(named.into_iter().map(|(name, _)| name.into()).collect());
                vm.call_args(&callback.function, pvm_object::Args::with_keywords(&values, Some(&names)))
            }
        };
        if let Err(raised) = result {
            let repr = vm.repr(&callback.function).map(|repr| repr.to_string());
            let message = match repr {
                Ok(repr) => format!("Exception ignored in atexit callback {repr}"),
                Err(_) => "Exception ignored in atexit callback".to_owned(),
            };
            vm.report_unraisable(raised, Some(&message), None);
        }
    }
    drop(std::mem::take(callbacks.list.borrow_mut(vm)));
}

#[pvm_macros::pymodule(name = "atexit")]
pub mod native {
    //! Functions to be called when the interpreter ends.
    //!
    //! register adds one, unregister takes it away again.
    use pvm_macros::pyfunction;
    use pvm_object::arguments::Keywords;
    use pvm_object::{Args, PyResult, Value, Vm};

    use super::{Callback, callbacks, run_all};

    /// Register a function to be called with these arguments when the interpreter ends; returns the function.
    #[pyfunction]
    #[signature = "(func, /, *args, **kwargs)"]
    fn register(vm: &mut Vm, func: &Value, args: Args<'_>, kwargs: Keywords<'_>) -> PyResult {
        if func.ty().slots().call().is_none() {
            return Err(vm.type_error(format_args!("the first argument must be callable")));
        }
        let args = vm.try_tuple(args.without_keywords().to_values())?;
        let kwargs = if kwargs.is_empty() { None } else { Some(kwargs.to_dict(vm)?) };
        let known = callbacks(vm);
        let number = known.count.replace(known.count.get() + 1);
        let callback = Callback { function: func.clone(), args, kwargs, number };
        known.list.borrow_mut(vm).push(callback);
        Ok(func.clone())
    }

    /// Forget all registered functions.
    #[pyfunction]
    fn _clear(vm: &mut Vm) {
        let callbacks = callbacks(vm);
        drop(std::mem::take(callbacks.list.borrow_mut(vm)));
    }

    /// Forget a registered function, all its registrations.
    #[pyfunction]
    fn unregister(vm: &mut Vm, func: &Value) -> PyResult<()> {
        let callbacks = callbacks(vm);
        let mut index = callbacks.list.borrow(vm).len();
        while index > 0 {
            index -= 1;
            // Comparing may change the list.
            let Some(callback) = callbacks.list.borrow(vm).get(index).cloned() else {
                continue;
            };
            if !vm.eq(&callback.function, func)? {
                continue;
            }
            let place = callbacks.list.borrow(vm).iter().position(|other| other.number == callback.number);
            if let Some(place) = place {
                drop(callbacks.list.borrow_mut(vm).remove(place));
                index = place;
            }
        }
        Ok(())
    }

    /// Call all registered functions now.
    #[pyfunction]
    fn _run_exitfuncs(vm: &mut Vm) {
        run_all(vm);
    }

    /// How many functions are registered.
    #[pyfunction]
    fn _ncallbacks(vm: &mut Vm) -> usize {
        callbacks(vm).list.borrow(vm).len()
    }
}
