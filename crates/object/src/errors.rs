//! [`Raised`]: the sign that an exception is pending, and the ways to raise one.

use std::fmt;

use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::exceptions::{self, BaseException};
use crate::heap::memory;
use crate::thread::ThreadState;
use crate::types::Type;
use crate::{Heap, Vm};

/// Says: an exception is pending in the `Vm`. Made only where one is set.
#[derive(Debug)]
pub struct Raised(());

/// A value, or the sign that an exception is pending; one word for `Value`.
pub type PyResult<T = Value> = Result<T, Raised>;

impl Heap {
    /// Makes `exception` the pending one.
    pub fn raise(&mut self, exception: Ref<BaseException>) -> Raised {
        let thread = ThreadState::current(self);
        // `__context__` is the exception being handled, unless the exception has one of its own.
        thread.chain_context(&exception, self);
        thread.set_pending(Some(exception));
        Raised(())
    }

    /// Makes an exception pending as it is, without chaining.
    pub fn reraise(&mut self, exception: Ref<BaseException>) -> Raised {
        ThreadState::current(self).set_pending(Some(exception));
        Raised(())
    }

    /// Raises an exception of a built-in class with one argument.
    pub fn raise_value(&mut self, class: &'static Object<Type>, argument: Value) -> Raised {
        let exception = self.new_exception(class, [argument]);
        self.raise(exception)
    }

    /// Raises an exception of a built-in class with a message.
    #[cold]
    pub fn raise_message(&mut self, class: &'static Object<Type>, message: fmt::Arguments<'_>) -> Raised {
        let text = match message.as_str() {
            Some(text) => self.new_str(text),
            None => self.new_str(&message.to_string()),
        };
        self.raise_value(class, text.into())
    }

    /// The sign for a pending exception that was set before; panics where none is.
    pub fn raised(&self) -> Raised {
        assert!(ThreadState::current(self).has_pending(), "no exception is pending");
        Raised(())
    }

    /// Takes the pending exception, which ends the sign's meaning.
    pub fn catch(&mut self, _: Raised) -> Ref<BaseException> {
        self.take_pending().expect("the sign says that an exception is pending")
    }

    /// Takes the pending exception, if there is one.
    pub fn take_pending(&mut self) -> Option<Ref<BaseException>> {
        ThreadState::current(self).take_pending()
    }

    /// Puts back what [`Heap::take_pending`] took.
    pub fn restore_pending(&mut self, pending: Option<Ref<BaseException>>) {
        ThreadState::current(self).set_pending(pending);
    }

    /// Whether the pending exception is an instance of `class`.
    pub fn pending_is(&self, class: &Object<Type>) -> bool {
        ThreadState::current(self).pending_class_is(class, self)
    }

    /// `Ok(None)` where the error is of `class`, which is then cleared; other errors stay.
    pub fn ok_unless<T>(&mut self, result: PyResult<T>, class: &Object<Type>) -> PyResult<Option<T>> {
        match result {
            Ok(value) => Ok(Some(value)),
            Err(_) if self.pending_is(class) => {
                drop(self.take_pending());
                Ok(None)
            }
            Err(raised) => Err(raised),
        }
    }
}

macro_rules! constructors {
    ($($name:ident $class:ident $python:literal;)*) => {
        impl Heap {
            $(
                #[doc = concat!("Raises `", $python, "` with a message: `Err(vm.", stringify!($name), "(format_args!(…)))`.")]
                #[cold]
                pub fn $name(&mut self, message: fmt::Arguments<'_>) -> Raised {
                    self.raise_message(&exceptions::$class, message)
                }
            )*
        }
    };
}

constructors! {
    type_error TYPE_ERROR "TypeError";
    value_error VALUE_ERROR "ValueError";
    index_error INDEX_ERROR "IndexError";
    attribute_error ATTRIBUTE_ERROR "AttributeError";
    name_error NAME_ERROR "NameError";
    runtime_error RUNTIME_ERROR "RuntimeError";
    overflow_error OVERFLOW_ERROR "OverflowError";
    zero_division_error ZERO_DIVISION_ERROR "ZeroDivisionError";
    arithmetic_error ARITHMETIC_ERROR "ArithmeticError";
    lookup_error LOOKUP_ERROR "LookupError";
    system_error SYSTEM_ERROR "SystemError";
    recursion_error RECURSION_ERROR "RecursionError";
    not_implemented_error NOT_IMPLEMENTED_ERROR "NotImplementedError";
    import_error IMPORT_ERROR "ImportError";
    eof_error EOF_ERROR "EOFError";
    buffer_error BUFFER_ERROR "BufferError";
    assertion_error ASSERTION_ERROR "AssertionError";
    reference_error REFERENCE_ERROR "ReferenceError";
}

impl Heap {
    /// Raises `KeyError(key)`.
    #[cold]
    pub fn key_error(&mut self, key: &Value) -> Raised {
        self.raise_value(&exceptions::KEY_ERROR, key.clone())
    }

    /// Raises `StopIteration()`.
    #[cold]
    pub fn stop_iteration(&mut self) -> Raised {
        let exception = self.new_exception(&exceptions::STOP_ITERATION, vec![]);
        self.raise(exception)
    }

    /// Raises what unwinds a program that is told to stop; no handler will see it.
    #[cold]
    pub fn told_to_stop(&mut self) -> Raised {
        self.raise_message(exceptions::KEYBOARD_INTERRUPT.get(), format_args!("the program was told to stop"))
    }

    /// Raises `MemoryError()`.
    #[cold]
    pub fn memory_error(&mut self) -> Raised {
        self.state().open_reserve();
        let exception = self.new_exception(&exceptions::MEMORY_ERROR, vec![]);
        self.raise(exception)
    }
}

impl Vm {
    /// Reports an exception that cannot be raised where it happened (`sys.unraisablehook`).
    pub fn report_unraisable(&mut self, raised: Raised, message: Option<&str>, object: Option<&Value>) {
        let exception = self.catch(raised);
        (self.hooks().unraisable)(self, exception, message, object);
    }
}

/// Raises `MemoryError` on the attached thread, for conversions that have no token at hand.
pub(crate) fn raise_memory_error() -> Raised {
    let state = std::ptr::NonNull::new(memory::current().cast_mut()).expect("interiors grow on attached threads only");
    // SAFETY: the thread is attached to this heap; raising allocates an exception and changes no interior that is borrowed.
    unsafe { Heap::from_state(state) }.memory_error()
}
