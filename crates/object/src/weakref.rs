//! `weakref.ref`: the object that refers to another without keeping it alive.

use std::cell::Cell;

use pvm_macros::{pyclass, pymethods};

use crate::core::cell::HeapCell;
use crate::core::header::Header;
use crate::core::object::{Object, Ref};
use crate::core::slot::Args;
use crate::core::value::{Value, ValueRef};
use crate::errors::PyResult;
use crate::heap::memory;
use crate::trace::{Trace, Visitor};
use crate::ops::CompareOp;
use crate::types::{Type, type_flag};
use crate::{Heap, Vm};

/// ref(object, callback=<unrepresentable>, /)
/// --
///
/// A weak reference to an object.
#[pyclass(name = "ReferenceType", module = "weakref", static_name = WEAKREF_TYPE, no_trace)]
pub struct WeakRef {
    /// The address of the object, 0 once it has ended.
    target: Cell<usize>,
    callback: HeapCell<Option<Value>>,
    /// The object's hash, once it was asked for.
    hash: Cell<Option<i64>>,
}

// SAFETY: the callback is visited once; the object referred to is not owned.
unsafe impl Trace for WeakRef {
    fn trace(&self, visitor: &mut Visitor<'_>) {
        self.callback.trace(visitor);
    }
}

/// The object and the callback out of the arguments of a constructor.
fn target_and_callback(vm: &mut Vm, function: &str, args: Args<'_>) -> PyResult<(Value, Option<Value>)> {
    if args.is_empty() || args.len() > 2 || args.len() == 0 {
        let got = args.len();
        let (word, bound) = if got == 0 { ("at least", 1) } else { ("at most", 2) };
        let plural = if bound == 1 { "" } else { "s" };
        return Err(vm.type_error(format_args!("{function} expected {word} {bound} argument{plural}, got {got}")));
    }
    let target = args.get(0).expect("there is an argument").to_owned();
    let callback = args.get(1).filter(|callback| !callback.is_none()).map(|callback| callback.to_owned());
    check_target(vm, &target)?;
    Ok((target, callback))
}

/// An error where a value's class allows no weak references.
fn check_target(vm: &mut Vm, target: &Value) -> PyResult<()> {
    if target.header().is_some() && target.ty().has_flags(type_flag::HAS_WEAKREFS) {
        return Ok(());
    }
    let kind = vm.type_name(target);
    Err(vm.type_error(format_args!("cannot create weak reference to '{kind}' object")))
}

#[pymethods]
impl WeakRef {
    #[new]
    fn new(cls: &Object<Type>, vm: &mut Vm, args: Args<'_>) -> PyResult<Ref<WeakRef>> {
        let (target, callback) = target_and_callback(vm, "__new__", args)?;
        // References without a callback are shared (`new_weakref`).
        if callback.is_none() && std::ptr::eq(cls, WEAKREF_TYPE.get()) {
            let known = vm.weak_references(&target).into_iter();
            let mut known = known.filter(|weak| std::ptr::eq(weak.ty(), cls) && !weak.has_callback());
            if let Some(known) = known.next() {
                return Ok(known);
            }
        }
        vm.new_weak_reference(cls, &target, callback)
    }

    fn __init__(&self, vm: &mut Vm, args: Args<'_>) -> PyResult<()> {
        if args.has_keywords() {
            return Err(vm.type_error(format_args!("ref() takes no keyword arguments")));
        }
        Ok(())
    }

    fn __call__(&self, vm: &mut Vm, args: Args<'_>) -> PyResult {
        if !args.is_empty() {
            return Err(vm.type_error(format_args!("ReferenceType takes no arguments ({} given)", args.len())));
        }
        Ok(self.upgrade().unwrap_or_else(Value::none))
    }

    fn __repr__(this: &Object<Self>, vm: &mut Vm) -> PyResult<String> {
        let at = this.address();
        let Some(target) = this.upgrade() else { return Ok(format!("<weakref at {at:#x}; dead>")) };
        let name = vm.find_attr(&target, &crate::names::__name__)?;
        let class = target.ty().name();
        let address = target.bits();
        Ok(match name.as_ref().and_then(|name| name.downcast::<crate::str::Str>()) {
            Some(name) => format!("<weakref at {at:#x}; to '{class}' at {address:#x} ({name})>"),
            None => format!("<weakref at {at:#x}; to '{class}' at {address:#x}>"),
        })
    }

    fn __hash__(&self, vm: &mut Vm) -> PyResult<i64> {
        if let Some(hash) = self.hash.get() {
            return Ok(hash);
        }
        let Some(target) = self.upgrade() else { return Err(vm.type_error(format_args!("weak object has gone away"))) };
        let hash = vm.hash(&target)?;
        self.hash.set(Some(hash));
        Ok(hash)
    }

    fn __richcompare__(this: &Object<Self>, vm: &mut Vm, other: &Value, op: CompareOp) -> PyResult {
        let Some(other_weak) = other.downcast::<WeakRef>() else { return Ok(Value::not_implemented()) };
        if !matches!(op, CompareOp::Eq | CompareOp::Ne) {
            return Ok(Value::not_implemented());
        }
        match (this.upgrade(), other_weak.upgrade()) {
            (Some(a), Some(b)) => vm.rich_compare(&a, &b, op),
            _ => Ok(Value::from_bool(this.as_value().is(other) == (op == CompareOp::Eq))),
        }
    }

    #[member]
    fn __callback__(&self, heap: &Heap) -> Option<Value> {
        self.callback.get(heap)
    }

    /// See PEP 585
    #[classmethod]
    fn __class_getitem__(cls: &Object<Type>, vm: &mut Vm, item: &Value) -> PyResult {
        vm.generic_alias(&cls.to_value(), item)
    }
}

impl WeakRef {
    /// The object, as long as it lives.
    pub fn upgrade(&self) -> Option<Value> {
        let target = self.target.get();
        if target == 0 {
            return None;
        }
        // SAFETY: the reference would be dead had the object ended.
        let value = unsafe { ValueRef::from_bits(target as u64) };
        value.header().is_some_and(|header| header.count() > 0).then(|| value.to_owned())
    }

    /// Whether the object has ended.
    pub fn is_dead(&self) -> bool {
        self.target.get() == 0
    }

    pub(crate) fn has_callback(&self) -> bool {
        // SAFETY: read at once, under the lock, and not borrowed over a call.
        unsafe { (*self.callback.as_ptr()).is_some() }
    }

    pub(crate) fn kill(&self) {
        self.target.set(0);
    }

    /// The callback.
    pub fn callback(&self, heap: &Heap) -> Option<Value> {
        self.callback.get(heap)
    }
}

impl Object<WeakRef> {
    /// Calls the callback, which is given up first.
    pub(crate) fn call_back(&self, vm: &mut Vm) {
        if let Some(callback) = self.callback.replace(None, vm)
            && let Err(raised) = vm.call(&callback, &[self.to_value()])
        {
            vm.report_unraisable(raised, Some("Exception ignored while calling weakref callback"), Some(&callback));
        }
    }
}

impl Drop for WeakRef {
    fn drop(&mut self) {
        let state = memory::current();
        if self.target.get() != 0 && !state.is_null() {
            // SAFETY: a weak reference exists only as the native half of an object; the attached heap is its own.
            unsafe { (*state).weak.remove(self.target.get(), (self as *const WeakRef).byte_sub(size_of::<Header>()).cast()) };
        }
    }
}

impl Heap {
    /// A weak reference to `target`, of the class `class`; the caller has checked that the target's class allows it.
    pub fn new_weak_reference(&mut self, class: &Object<Type>, target: &Value, callback: Option<Value>) -> PyResult<Ref<WeakRef>> {
        let native = WeakRef { target: Cell::new(target.bits() as usize), callback: HeapCell::new(callback), hash: Cell::new(None) };
        let weak = self.alloc_as(class, native);
        self.register_weak(target, &weak);
        Ok(weak)
    }
}
