//! The built-in iterators over sequences, and those that combine others. The iterators of dicts, sets and ranges stand
//! with their classes.
//!
//! | file | classes |
//! |---|---|
//! | `list.rs`, `tuple.rs` | `list_iterator`, `list_reverseiterator`, `tuple_iterator` |
//! | `sequence.rs` | `iterator`, over anything with the sequence protocol; `reversed` |
//! | `callable.rs` | `callable_iterator` |
//! | `pair.rs` | the tuples that iterators over pairs give, and iterating without them |
//! | `enumerate.rs`, `zip.rs`, `map.rs`, `filter.rs` | as the built-in functions |

mod callable;
mod enumerate;
mod filter;
mod list;
mod map;
mod pair;
mod sequence;
mod tuple;
mod zip;

pub use callable::{CALLABLE_ITERATOR_TYPE, CallableIterator};
pub use enumerate::{ENUMERATE_TYPE, Enumerate};
pub use filter::{FILTER_TYPE, Filter};
pub use list::{LIST_ITERATOR_TYPE, LIST_REVERSE_ITERATOR_TYPE, ListIterator, ListReverseIterator};
pub use map::{MAP_TYPE, Map};
pub use pair::NextPair;
pub(crate) use pair::Pair;
pub use sequence::{REVERSED_TYPE, Reversed, SEQUENCE_ITERATOR_TYPE, SequenceIterator};
pub use tuple::{TUPLE_ITERATOR_TYPE, TupleIterator};
pub use zip::{ZIP_TYPE, Zip};

use crate::core::object::{Object, Ref};
use crate::core::slot::Args;
use crate::core::value::Value;
use crate::dict::Dict;
use crate::errors::PyResult;
use crate::exceptions;
use crate::tuple::Tuple;
use crate::types::{SlotId, Type};
use crate::{Heap, Vm};

/// An iterator over anything with the sequence protocol.
pub fn sequence_iterator(vm: &mut Vm, value: Value) -> Value {
    vm.alloc(SequenceIterator::new(value)).into()
}

/// A built-in function as the running code sees it, for `__reduce__`. Looking it up may run code, so it is done before the iterator is looked at.
pub(crate) fn builtin(name: &str, vm: &mut Vm) -> PyResult {
    let builtins = (vm.hooks().current_builtins)(vm);
    let name = vm.intern(name).into();
    let found = match builtins.downcast_exact::<Dict>() {
        Some(dict) => dict.get(&name, vm)?,
        None => {
            let item = vm.getitem(&builtins, &name);
            vm.ok_unless(item, exceptions::KEY_ERROR.get())?
        }
    };
    found.ok_or_else(|| vm.raise_value(exceptions::ATTRIBUTE_ERROR.get(), name))
}

/// What `__reduce__` of an iterator returns: a function, its argument and, where there is one, the state.
pub(crate) fn reduced(function: Value, argument: Value, state: Option<i64>, heap: &mut Heap) -> PyResult<Ref<Tuple>> {
    let arguments = heap.try_tuple([argument])?;
    match state {
        Some(state) => {
            let state = heap.int(state);
            Ok(heap.try_tuple([function, arguments.into(), state])?)
        }
        None => Ok(heap.try_tuple([function, arguments.into()])?),
    }
}

/// What `__reduce__` of an iterator that is at its end returns.
pub(crate) fn reduced_end(function: Value, heap: &mut Heap) -> PyResult<Ref<Tuple>> {
    let empty = heap.new_list();
    reduced(function, empty.into(), None, heap)
}

/// The item of a sequence at a position that does not count from the end; `None` past the end (an `IndexError`, or a
/// `StopIteration`).
pub(crate) fn item_of(sequence: &Value, index: isize, vm: &mut Vm) -> PyResult<Option<Value>> {
    let result = match sequence.ty().slots().item() {
        Some(item) => item(vm, sequence, index),
        None => {
            let index = vm.int(index as i64);
            vm.getitem(sequence, &index)
        }
    };
    match result {
        Ok(item) => Ok(Some(item)),
        Err(_) if vm.pending_is(exceptions::INDEX_ERROR.get()) || vm.pending_is(exceptions::STOP_ITERATION.get()) => {
            drop(vm.take_pending());
            Ok(None)
        }
        Err(raised) => Err(raised),
    }
}

/// The arguments of an iterator's constructor, exactly `wanted` of them. Keywords are left to subclasses with an
/// `__init__` of their own.
pub(crate) fn positional_only<'a>(
    class: &Object<Type>,
    native: &'static Object<Type>,
    args: Args<'a>,
    wanted: usize,
    heap: &mut Heap,
) -> PyResult<Args<'a>> {
    let name = native.name();
    if args.has_keywords() && (std::ptr::eq(class, native) || class.slots().same(native.slots(), SlotId::Init)) {
        return Err(heap.type_error(format_args!("{name}() takes no keyword arguments")));
    }
    if args.len() != wanted {
        let (plural, given) = (if wanted == 1 { "" } else { "s" }, args.len());
        return Err(heap.type_error(format_args!("{name} expected {wanted} argument{plural}, got {given}")));
    }
    Ok(args)
}
