//! Exceptions: the object behind every exception class, and the tree of the built-in ones.

mod attribute_error;
mod tree;

pub use tree::*;

use crate::Heap;
use crate::core::cell::HeapCell;
use crate::core::object::{Object, Ref, Static};
use crate::core::value::Value;
use crate::trace::{Trace, Visitor};
use crate::tuple::Tuple;
use crate::types::{NativeLayout, PyClass, Type};

/// The native half of an exception. Classes with fields of their own begin with this one.
#[repr(C)]
pub struct BaseException {
    pub(crate) args: HeapCell<Ref<Tuple>>,
    pub(crate) traceback: HeapCell<Option<Value>>,
    pub(crate) context: HeapCell<Option<Ref<BaseException>>>,
    pub(crate) cause: HeapCell<Option<Ref<BaseException>>>,
    pub(crate) suppress_context: HeapCell<bool>,
}

pub(crate) static EXCEPTION_LAYOUT: NativeLayout = NativeLayout::of::<BaseException>();

// SAFETY: `BASE_EXCEPTION` is declared with the layout of `BaseException`.
unsafe impl PyClass for BaseException {
    const TYPE: &'static Static<Type> = &BASE_EXCEPTION;
}

// SAFETY: each reference is visited once.
unsafe impl Trace for BaseException {
    fn trace(&self, visitor: &mut Visitor<'_>) {
        self.args.trace(visitor);
        self.traceback.trace(visitor);
        self.context.trace(visitor);
        self.cause.trace(visitor);
    }
}

impl BaseException {
    /// An exception with these arguments and nothing else.
    pub fn new(args: Ref<Tuple>) -> BaseException {
        BaseException {
            args: HeapCell::new(args),
            traceback: HeapCell::new(None),
            context: HeapCell::new(None),
            cause: HeapCell::new(None),
            suppress_context: HeapCell::new(false),
        }
    }

    /// `args`.
    pub fn args(&self, heap: &Heap) -> Ref<Tuple> {
        self.args.get(heap)
    }

    /// `__traceback__`.
    pub fn traceback(&self, heap: &Heap) -> Option<Value> {
        self.traceback.get(heap)
    }

    /// Sets `__traceback__`.
    pub fn set_traceback(&self, traceback: Option<Value>, heap: &mut Heap) {
        self.traceback.set(traceback, heap);
    }

    /// `__context__`.
    pub fn context(&self, heap: &Heap) -> Option<Ref<BaseException>> {
        self.context.get(heap)
    }

    /// Sets `__context__`.
    pub fn set_context(&self, context: Option<Ref<BaseException>>, heap: &mut Heap) {
        self.context.set(context, heap);
    }

    /// `__cause__`.
    pub fn cause(&self, heap: &Heap) -> Option<Ref<BaseException>> {
        self.cause.get(heap)
    }

    /// Sets `__cause__`, which also suppresses the context.
    pub fn set_cause(&self, cause: Option<Ref<BaseException>>, heap: &mut Heap) {
        self.cause.set(cause, heap);
        self.suppress_context.set(true, heap);
    }
}

impl Heap {
    /// The value that a `StopIteration` carries.
    pub fn stop_iteration_value(&mut self, stop: &Object<BaseException>) -> Value {
        stop.args(self).as_slice().first().cloned().unwrap_or_else(Value::none)
    }

    /// An exception of a built-in class without fields of its own, without running Python code.
    pub fn new_exception(&mut self, class: &'static Object<Type>, args: Vec<Value>) -> Ref<BaseException> {
        let args = self.new_tuple(args);
        self.new_exception_as(class, BaseException::new(args))
    }

    /// An exception of a built-in class whose layout is that of `BaseException`.
    pub(crate) fn new_exception_as(&mut self, class: &'static Object<Type>, native: BaseException) -> Ref<BaseException> {
        let size = class.layout().size;
        assert!(std::ptr::eq(class.native(), BASE_EXCEPTION.get()) && size == size_of::<Object<BaseException>>());
        self.alloc_sized(class, native, size).expect("exceptions are small")
    }
}
