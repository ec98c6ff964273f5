//! Exceptions: the object behind every exception class, and the tree of the built-in ones.
//!
//! | file | what |
//! |---|---|
//! | this one | the native half that all of them have, and making them without running Python code |
//! | `base.rs` | what `BaseException` shows to programs |
//! | `tree.rs` | the classes without fields of their own, as a table |
//! | `fields.rs` | what the classes with fields are put together from |
//! | `group.rs`, `split.rs` | `BaseExceptionGroup` and `ExceptionGroup`, and their parts |
//! | the rest | one class with fields each |

mod attribute_error;
mod base;
mod fields;
mod group;
mod import_error;
mod key_error;
mod name_error;
mod os_error;
mod split;
mod stop_iteration;
mod syntax_error;
mod system_exit;
#[cfg(test)]
mod tests;
mod tree;
mod unicode_error;

pub use attribute_error::{ATTRIBUTE_ERROR, AttributeError};
pub use base::BASE_EXCEPTION;
pub use group::{BASE_EXCEPTION_GROUP, BaseExceptionGroup, EXCEPTION_GROUP};
pub use import_error::{IMPORT_ERROR, ImportError, ImportErrorPlace};
pub use key_error::KEY_ERROR;
pub use name_error::{NAME_ERROR, NameError};
pub use os_error::{OS_ERROR, OsError, error_text};
pub use stop_iteration::{STOP_ITERATION, StopIteration};
pub use syntax_error::{SYNTAX_ERROR, SyntaxError, SyntaxErrorPlace};
pub use system_exit::{SYSTEM_EXIT, SystemExit};
pub use tree::*;
pub use unicode_error::{UNICODE_DECODE_ERROR, UNICODE_ENCODE_ERROR, UNICODE_TRANSLATE_ERROR, UnicodeError};

use crate::Heap;
use crate::core::cell::HeapCell;
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::trace::{Trace, Visitor};
use crate::tuple::Tuple;
use crate::types::{PyClass, Type};

/// The native half of an exception. Classes with fields of their own begin with this one.
#[repr(C)]
pub struct BaseException {
    pub(crate) args: HeapCell<Ref<Tuple>>,
    pub(crate) traceback: HeapCell<Option<Value>>,
    pub(crate) context: HeapCell<Option<Ref<BaseException>>>,
    pub(crate) cause: HeapCell<Option<Ref<BaseException>>>,
    pub(crate) suppress_context: HeapCell<bool>,
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

    /// `__suppress_context__`.
    pub fn suppresses_context(&self, heap: &Heap) -> bool {
        self.suppress_context.get(heap)
    }
}

/// The native half of an exception class: how one is made of what all exceptions have.
pub(crate) trait ExceptionFields: PyClass {
    /// One without fields.
    fn with(base: BaseException) -> Self;

    /// Sets the fields that follow from the arguments.
    fn adopt(&self, _args: &Object<Tuple>, _heap: &mut Heap) {}
}

/// How exceptions of one layout are made.
struct Maker {
    class: fn() -> &'static Object<Type>,
    make: fn(&mut Heap, &Object<Type>, BaseException) -> Ref<BaseException>,
    adopt: fn(&Value, &Object<Tuple>, &mut Heap),
}

impl Maker {
    const fn of<T: ExceptionFields>() -> Maker {
        Maker {
            class: T::type_object,
            make: |heap, class, base| {
                let exception: Value = heap.alloc_as(class, T::with(base)).into();
                exception.downcast_into().expect("every exception begins with a `BaseException`")
            },
            adopt: |exception, args, heap| {
                if let Some(exception) = exception.downcast::<T>() {
                    exception.adopt(args, heap);
                }
            },
        }
    }
}

/// Every layout but that of `BaseException`.
static MAKERS: &[Maker] = &[
    Maker::of::<AttributeError>(),
    Maker::of::<NameError>(),
    Maker::of::<StopIteration>(),
    Maker::of::<OsError>(),
    Maker::of::<ImportError>(),
    Maker::of::<UnicodeError>(),
    Maker::of::<SyntaxError>(),
    Maker::of::<SystemExit>(),
    Maker::of::<BaseExceptionGroup>(),
];

fn maker(class: &Object<Type>) -> Option<&'static Maker> {
    let native = class.native();
    if std::ptr::eq(native, BASE_EXCEPTION.get()) {
        return None;
    }
    MAKERS.iter().find(|maker| std::ptr::eq((maker.class)(), native))
}

impl Heap {
    /// An exception of a built-in class with these arguments, without running Python code.
    pub fn new_exception(
        &mut self,
        class: &'static Object<Type>,
        args: impl IntoIterator<Item = Value, IntoIter: ExactSizeIterator>,
    ) -> Ref<BaseException> {
        let args = self.try_tuple(args).expect("a tuple of values that are in memory fits");
        let exception = self.alloc_exception(class, BaseException::new(args.clone()));
        if let Some(maker) = maker(class) {
            (maker.adopt)(&exception.as_value(), &args, self);
        }
        exception
    }

    /// An exception of any class, with the fields that are its own empty.
    pub(crate) fn alloc_exception(&mut self, class: &Object<Type>, base: BaseException) -> Ref<BaseException> {
        match maker(class) {
            Some(maker) => (maker.make)(self, class, base),
            None => self.alloc_as(class, base),
        }
    }
}

impl Value {
    /// The value as an exception.
    pub fn as_exception(&self) -> Option<&Object<BaseException>> {
        self.downcast::<BaseException>()
    }

    /// Whether the value is a class of exceptions.
    pub fn is_exception_class(&self) -> bool {
        self.downcast::<Type>().is_some_and(|class| class.has_layout_of(BASE_EXCEPTION.get()))
    }
}
