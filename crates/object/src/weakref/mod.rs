//! `weakref.ref`: the object that refers to another without keeping it alive.

mod operations;
mod proxy;

use std::cell::Cell;

use pvm_macros::pymethods;

pub use proxy::{CALLABLE_PROXY_TYPE, PROXY_TYPE, WeakProxy};

use crate::core::cell::HeapCell;
use crate::core::header::Header;
use crate::core::object::{Object, Ref};
use crate::core::slot::Args;
use crate::core::value::{Value, ValueRef};
use crate::errors::PyResult;
use crate::heap::memory;
use crate::ops::CompareOp;
use crate::ops::join::join;
use crate::str::Str;
use crate::trace::{Trace, Visitor};
use crate::types::{NativeLayout, Slots, Type, static_class, type_flag};
use crate::{Heap, Vm, names};

/// The native half of a weak reference.
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

static_class! {
    /// `weakref.ReferenceType`.
    pub WEAKREF_TYPE: WeakRef = {
        name: "ReferenceType",
        module: "weakref",
        layout: &WEAKREF_LAYOUT,
        flags: type_flag::BASE_TYPE,
        members: WeakRef::PY_MEMBERS,
        slots: Slots::new().with_all(WeakRef::PY_SLOTS),
    }
}
static WEAKREF_LAYOUT: NativeLayout = NativeLayout::of::<WeakRef>();

/// The object and the callback that `ref` and `proxy` are given; `None` as a callback is none.
fn arguments(vm: &mut Vm, function: &str, args: Args<'_>) -> PyResult<(Value, Option<Value>)> {
    let Some(target) = args.get(0) else {
        return Err(vm.type_error(format_args!("{function} expected at least 1 argument, got 0")));
    };
    if args.len() > 2 {
        let given = args.len();
        return Err(vm.type_error(format_args!("{function} expected at most 2 arguments, got {given}")));
    }
    Ok((target.to_owned(), args.get(1).filter(|callback| !callback.is_none()).map(|callback| callback.to_owned())))
}

#[pymethods]
impl WeakRef {
    #[new]
    fn new(cls: &Object<Type>, vm: &mut Vm, args: Args<'_>) -> PyResult<Ref<WeakRef>> {
        let (target, callback) = arguments(vm, "__new__", args)?;
        vm.new_weak_reference(cls, &target, callback)
    }

    fn __init__(_this: &Object<Self>, vm: &mut Vm, args: Args<'_>) -> PyResult<()> {
        if args.has_keywords() {
            return Err(vm.type_error(format_args!("ref() takes no keyword arguments")));
        }
        arguments(vm, "__init__", args).map(drop)
    }

    fn __call__(&self, vm: &mut Vm, args: Args<'_>) -> PyResult<Option<Value>> {
        if args.has_keywords() {
            return Err(vm.type_error(format_args!("weakref() takes no keyword arguments")));
        }
        match args.len() {
            0 => Ok(self.upgrade()),
            given => Err(vm.type_error(format_args!("weakref expected 0 arguments, got {given}"))),
        }
    }

    fn __hash__(&self, vm: &mut Vm) -> PyResult<i64> {
        if let Some(hash) = self.hash.get() {
            return Ok(hash);
        }
        let Some(target) = self.upgrade() else {
            return Err(vm.type_error(format_args!("weak object has gone away")));
        };
        let hash = vm.hash(&target)?;
        self.hash.set(Some(hash));
        Ok(hash)
    }

    fn __richcompare__(this: &Object<Self>, vm: &mut Vm, other: &Value, op: CompareOp) -> PyResult {
        let (Some(other), CompareOp::Eq | CompareOp::Ne) = (other.downcast::<WeakRef>(), op) else {
            return Ok(Value::not_implemented());
        };
        match (this.upgrade(), other.upgrade()) {
            (Some(a), Some(b)) => vm.rich_compare(&a, &b, op),
            // Of the dead each equals itself alone.
            _ => Ok(Value::from_bool(std::ptr::eq(this, other) == (op == CompareOp::Eq))),
        }
    }

    fn __repr__(this: &Object<Self>, vm: &mut Vm) -> PyResult<Ref<Str>> {
        let address = this.address();
        let Some(target) = this.upgrade() else {
            return Ok(vm.new_str(&format!("<weakref at {address:#x}; dead>")));
        };
        let text = format!("<weakref at {address:#x}; to '{}' at {:#x}", target.ty().name(), target.bits());
        match vm.find_special(&target, &names::__name__)?.and_then(|name| name.downcast_into::<Str>().ok()) {
            Some(name) => join!(vm, &text, " (", &name, ")>"),
            None => join!(vm, &text, ">"),
        }
    }

    /// Weakrefs are generic over the type of the referenced object.
    #[classmethod]
    #[text_signature = "($type, object, /)"]
    fn __class_getitem__(cls: &Object<Type>, vm: &mut Vm, object: &Value) -> PyResult {
        vm.generic_alias(&cls.as_value(), object)
    }

    #[member]
    fn __callback__(&self, heap: &Heap) -> Option<Value> {
        self.callback.get(heap)
    }
}

impl WeakRef {
    fn to(target: &Value, callback: Option<Value>) -> WeakRef {
        WeakRef { target: Cell::new(target.bits() as usize), callback: HeapCell::new(callback), hash: Cell::new(None) }
    }

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

/// Refuses weak references to what does not allow them.
fn check_target(heap: &mut Heap, target: &Value) -> PyResult<()> {
    if target.is_object() && target.ty().has_flags(type_flag::HAS_WEAKREFS) {
        return Ok(());
    }
    let kind = target.ty().full_name(heap);
    Err(heap.type_error(format_args!("cannot create weak reference to '{kind}' object")))
}

impl Heap {
    /// A weak reference to `target`, of the class `class`; a plain one without a callback exists once. An error where the
    /// target's class does not allow it.
    pub fn new_weak_reference(
        &mut self,
        class: &Object<Type>,
        target: &Value,
        callback: Option<Value>,
    ) -> PyResult<Ref<WeakRef>> {
        check_target(self, target)?;
        if callback.is_none() && std::ptr::eq(class, WEAKREF_TYPE.get()) {
            let known = self.weak_references(target).into_iter().find(|weak| weak.is_plain(WEAKREF_TYPE.get()));
            if let Some(known) = known {
                return Ok(known);
            }
        }
        let weak = self.alloc_as(class, WeakRef::to(target, callback));
        self.register_weak(target, &weak);
        Ok(weak)
    }

    /// A weak proxy of `target`; one without a callback exists once. An error where the target's class does not allow it.
    pub fn new_weak_proxy(&mut self, target: &Value, callback: Option<Value>) -> PyResult {
        check_target(self, target)?;
        let class = if target.ty().slots().call().is_some() { CALLABLE_PROXY_TYPE.get() } else { PROXY_TYPE.get() };
        if callback.is_none() {
            let known = self.weak_references(target).into_iter().find(|weak| weak.is_plain(class));
            if let Some(known) = known {
                return Ok(known.into());
            }
        }
        let proxy = self.alloc_as(class, WeakProxy::new(WeakRef::to(target, callback)));
        self.register_weak(target, proxy.as_reference());
        Ok(proxy.into())
    }
}

impl Object<WeakRef> {
    /// Whether it is of exactly this class and calls nothing.
    fn is_plain(&self, class: &Object<Type>) -> bool {
        std::ptr::eq(self.ty(), class) && !self.has_callback()
    }
}
