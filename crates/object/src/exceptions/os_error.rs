//! `OSError`: the number of an error of the system, and the files it is about. Calling `OSError` makes the subclass that
//! stands for the number.

use pvm_macros::pymethods;

use super::fields::{attributes, exception_class, object_field, refuse_keywords};
use super::tree::*;
use super::{BaseException, EXCEPTION, ExceptionFields, base};
use crate::core::cell::HeapCell;
use crate::core::object::{Object, Ref, Static};
use crate::core::slot::Args;
use crate::core::value::Value;
use crate::errors::{PyResult, Raised};
use crate::int::IntView;
use crate::ops::join::join;
use crate::tuple::Tuple;
use crate::types::slots::{InitFn, NewFn};
use crate::types::{Slots, Type};
use crate::{Heap, Vm};

/// The native half of an `OSError`.
#[derive(pvm_macros::Trace)]
#[repr(C)]
pub struct OsError {
    base: BaseException,
    errno: HeapCell<Option<Value>>,
    strerror: HeapCell<Option<Value>>,
    filename: HeapCell<Option<Value>>,
    filename2: HeapCell<Option<Value>>,
    /// What `BlockingIOError` knows to have been written; -1 where it does not.
    written: HeapCell<isize>,
}

exception_class! {
    /// `OSError`.
    pub OS_ERROR: OsError = "OSError", "Base class for I/O related errors." {
        base: EXCEPTION,
        members: [
            OsError::PY_MEMBERS,
            &[
                object_field!(OsError, errno, "errno", "POSIX exception code"),
                object_field!(OsError, strerror, "strerror", "exception strerror"),
                object_field!(OsError, filename, "filename", "exception filename"),
                object_field!(OsError, filename2, "filename2", "second exception filename")
            ]
        ],
        slots: Slots::new().with_new(new).with_init(init).with_str(str),
    }
}

/// The class that stands for an error number.
static CLASSES: &[(i32, &Static<Type>)] = &[
    (libc::EAGAIN, &BLOCKING_IO_ERROR),
    (libc::EALREADY, &BLOCKING_IO_ERROR),
    (libc::EINPROGRESS, &BLOCKING_IO_ERROR),
    (libc::EWOULDBLOCK, &BLOCKING_IO_ERROR),
    (libc::EPIPE, &BROKEN_PIPE_ERROR),
    (libc::ESHUTDOWN, &BROKEN_PIPE_ERROR),
    (libc::ECHILD, &CHILD_PROCESS_ERROR),
    (libc::ECONNABORTED, &CONNECTION_ABORTED_ERROR),
    (libc::ECONNREFUSED, &CONNECTION_REFUSED_ERROR),
    (libc::ECONNRESET, &CONNECTION_RESET_ERROR),
    (libc::EEXIST, &FILE_EXISTS_ERROR),
    (libc::ENOENT, &FILE_NOT_FOUND_ERROR),
    (libc::EISDIR, &IS_A_DIRECTORY_ERROR),
    (libc::ENOTDIR, &NOT_A_DIRECTORY_ERROR),
    (libc::EINTR, &INTERRUPTED_ERROR),
    (libc::EACCES, &PERMISSION_ERROR),
    (libc::EPERM, &PERMISSION_ERROR),
    (libc::ESRCH, &PROCESS_LOOKUP_ERROR),
    (libc::ETIMEDOUT, &TIMEOUT_ERROR),
];

fn class_of(errno: i64) -> Option<&'static Object<Type>> {
    CLASSES.iter().find(|(number, _)| i64::from(*number) == errno).map(|(_, class)| class.get())
}

impl ExceptionFields for OsError {
    fn with(base: BaseException) -> OsError {
        let empty = || HeapCell::new(None);
        OsError { base, errno: empty(), strerror: empty(), filename: empty(), filename2: empty(), written: HeapCell::new(-1) }
    }
}

fn os_error(value: &Value) -> &Object<OsError> {
    value.downcast::<OsError>().expect("the slot belongs to errors of the system")
}

/// Whether a subclass defines `__init__` and leaves `__new__` alone: then the arguments are `__init__`'s
/// (`oserror_use_init`).
fn leaves_all_to_init(class: &Object<Type>) -> bool {
    let slots = class.slots();
    slots.init().is_none_or(|slot| !std::ptr::fn_addr_eq(slot, init as InitFn))
        && slots.new_instance().is_some_and(|slot| std::ptr::fn_addr_eq(slot, new as NewFn))
}

fn new(vm: &mut Vm, class: &Object<Type>, args: Args<'_>) -> PyResult {
    if leaves_all_to_init(class) {
        let none = vm.new_tuple(vec![]);
        return Ok(vm.alloc_exception(class, BaseException::new(none)).into());
    }
    refuse_keywords(vm, class.name(), args)?;
    let number = args.get(0).filter(|_| (2..=5).contains(&args.len()));
    let number = number.as_ref().and_then(|number| number.as_int());
    let better = match number {
        Some(IntView::Small(number)) if std::ptr::eq(class, OS_ERROR.get()) => class_of(number),
        _ => None,
    };
    let args = vm.try_tuple(args.iter().map(|value| value.to_owned()))?;
    let this: Value = vm.alloc_exception(better.unwrap_or(class), BaseException::new(args.clone())).into();
    fill(vm, &this, &args)?;
    Ok(this)
}

fn init(vm: &mut Vm, this: &Value, args: Args<'_>) -> PyResult<()> {
    if !leaves_all_to_init(this.ty()) {
        return Ok(());
    }
    let name = vm.type_name(this);
    refuse_keywords(vm, &name, args)?;
    let args = vm.try_tuple(args.iter().map(|value| value.to_owned()))?;
    fill(vm, this, &args)
}

fn is_number(value: &Value) -> bool {
    let slots = value.ty().slots();
    value.as_int().is_some() || slots.index().is_some() || slots.int().is_some() || slots.float().is_some()
}

/// Sets the fields from two to five arguments: number, text, file, (the number on Windows,) second file (`oserror_init`).
fn fill(vm: &mut Vm, value: &Value, args: &Ref<Tuple>) -> PyResult<()> {
    let this = os_error(value);
    let mut args = args.clone();
    if let [errno, strerror, rest @ ..] = args.clone().as_slice()
        && rest.len() <= 3
    {
        if let Some(filename) = rest.first().filter(|name| !name.is_none()) {
            if std::ptr::eq(value.ty(), BLOCKING_IO_ERROR.get()) && is_number(filename) {
                let written = vm.index_isize(filename);
                let written = index_or_value_error(vm, written)?;
                this.written.set(written, vm);
            } else {
                this.filename.set(Some(filename.clone()), vm);
                if let Some(second) = rest.get(2).filter(|name| !name.is_none()) {
                    this.filename2.set(Some(second.clone()), vm);
                }
                // Programs unpack `args` into number and text.
                args = vm.new_tuple(vec![errno.clone(), strerror.clone()]);
            }
        }
        this.errno.set(Some(errno.clone()), vm);
        this.strerror.set(Some(strerror.clone()), vm);
    }
    this.base.args.set(args, vm);
    Ok(())
}

/// An index too large is a `ValueError` here.
fn index_or_value_error(vm: &mut Vm, index: PyResult<isize>) -> PyResult<isize> {
    match index {
        Err(raised) if vm.pending_is(&OVERFLOW_ERROR) || vm.pending_is(&INDEX_ERROR) => {
            drop(vm.catch(raised));
            Err(vm.value_error(format_args!("cannot fit 'int' into an index-sized integer")))
        }
        index => index,
    }
}

fn str(vm: &mut Vm, this: &Value) -> PyResult {
    let error = os_error(this);
    let (errno, strerror) = (error.errno.get(vm), error.strerror.get(vm));
    let (filename, filename2) = (error.filename.get(vm), error.filename2.get(vm));
    if filename.is_none() && (errno.is_none() || strerror.is_none()) {
        return base::str(vm, this);
    }
    let errno = vm.str(&errno.unwrap_or_else(Value::none))?;
    let strerror = vm.str(&strerror.unwrap_or_else(Value::none))?;
    let text = match (filename, filename2) {
        (None, _) => join!(vm, "[Errno ", &errno, "] ", &strerror)?,
        (Some(filename), None) => {
            let filename = vm.repr(&filename)?;
            join!(vm, "[Errno ", &errno, "] ", &strerror, ": ", &filename)?
        }
        (Some(filename), Some(second)) => {
            let (filename, second) = (vm.repr(&filename)?, vm.repr(&second)?);
            join!(vm, "[Errno ", &errno, "] ", &strerror, ": ", &filename, " -> ", &second)?
        }
    };
    Ok(text.into())
}

#[pymethods]
impl OsError {
    #[text_signature = "($self, /)"]
    fn __reduce__(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        let mut args = this.base.args(vm);
        if let ([errno, strerror], Some(filename)) = (args.clone().as_slice(), this.filename.get(vm)) {
            let mut all = vec![errno.clone(), strerror.clone(), filename];
            if let Some(second) = this.filename2.get(vm) {
                all.extend([Value::none(), second]);
            }
            args = vm.new_tuple(all);
        }
        let mut parts = vec![this.ty().to_value(), args.into()];
        parts.extend(attributes(vm, &this.to_value())?.map(Value::from));
        Ok(vm.new_tuple(parts).into())
    }

    #[getter]
    fn characters_written(&self, vm: &mut Vm) -> PyResult<isize> {
        match self.written.get(vm) {
            -1 => Err(vm.attribute_error(format_args!("characters_written"))),
            written => Ok(written),
        }
    }

    #[setter(characters_written)]
    fn set_characters_written(&self, vm: &mut Vm, value: Option<&Value>) -> PyResult<()> {
        let written = match value {
            Some(value) => {
                let index = vm.index_isize(value);
                index_or_value_error(vm, index)?
            }
            None if self.written.get(vm) == -1 => {
                return Err(vm.attribute_error(format_args!("characters_written")));
            }
            None => -1,
        };
        self.written.set(written, vm);
        Ok(())
    }
}

impl OsError {
    /// `errno`.
    pub fn errno(&self, heap: &Heap) -> Option<Value> {
        self.errno.get(heap)
    }
}

/// The system's text for an error number (`strerror`).
pub fn error_text(errno: i32) -> String {
    let text = std::io::Error::from_raw_os_error(errno).to_string();
    match text.strip_suffix(&format!(" (os error {errno})")) {
        Some(text) => text.to_owned(),
        None => text,
    }
}

impl Heap {
    fn raise_os_error(&mut self, errno: i32, filename: Option<&Value>, filename2: Option<&Value>) -> Raised {
        let (number, text) = (Value::from_i32(errno), Value::from(self.new_str(&error_text(errno))));
        let class = class_of(errno.into()).unwrap_or(OS_ERROR.get());
        let exception = self.new_exception(class, vec![number.clone(), text.clone()]);
        if let Some(error) = exception.as_value().downcast::<OsError>() {
            error.errno.set(Some(number), self);
            error.strerror.set(Some(text), self);
            error.filename.set(filename.cloned(), self);
            error.filename2.set(filename2.cloned(), self);
        }
        self.raise(exception)
    }

    /// Raises the `OSError` for an error number of the system.
    #[cold]
    pub fn os_error(&mut self, errno: i32) -> Raised {
        self.raise_os_error(errno, None, None)
    }

    /// As [`Heap::os_error`], about a file.
    #[cold]
    pub fn os_error_at(&mut self, errno: i32, filename: &Value) -> Raised {
        self.raise_os_error(errno, Some(filename), None)
    }

    /// As [`Heap::os_error`], about two files.
    #[cold]
    pub fn os_error_between(&mut self, errno: i32, filename: &Value, filename2: &Value) -> Raised {
        self.raise_os_error(errno, Some(filename), Some(filename2))
    }

    /// Raises the `OSError` for an error of Rust's library; without a number of the system's it has the text alone.
    #[cold]
    pub fn os_error_of(&mut self, error: &std::io::Error, filename: Option<&Value>) -> Raised {
        match error.raw_os_error() {
            Some(errno) => self.raise_os_error(errno, filename, None),
            None => self.raise_message(&OS_ERROR, format_args!("{error}")),
        }
    }
}
