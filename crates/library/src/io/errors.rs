//! The errors of streams, and small things that all of them share.

use pvm_object::exceptions::{self, OsError};
use pvm_object::str::Str;
use pvm_object::types::{NativeLayout, Slots, TypeDef, instance, type_flag};
use pvm_object::{Heap, Object, PyClass, PyResult, Raised, Static, Type, Value, Vm, names};

/// `io.UnsupportedOperation`, an `OSError` and a `ValueError`: raised where a stream does not do what is asked of it.
pub static UNSUPPORTED_OPERATION: Static<Type> = {
    static DEFINITION: TypeDef = TypeDef {
        name: "UnsupportedOperation",
        module: "io",
        full_name: "UnsupportedOperation",
        doc: None,
        base: Some(&exceptions::OS_ERROR),
        also: Some(&exceptions::VALUE_ERROR),
        members: &[],
        flags: type_flag::BASE_TYPE | type_flag::HAS_DICT | type_flag::HAS_WEAKREFS,
    };
    static LAYOUT: NativeLayout = NativeLayout::of::<OsError>();
    Static::new_class_like(&DEFINITION, &LAYOUT, &raw const exceptions::OS_ERROR, Slots::new())
};

/// Raises `UnsupportedOperation`.
#[cold]
pub fn unsupported(heap: &mut Heap, message: &str) -> Raised {
    heap.raise_message(UNSUPPORTED_OPERATION.get(), format_args!("{message}"))
}

/// Raises the error of a stream that was closed.
#[cold]
pub fn closed(heap: &mut Heap) -> Raised {
    heap.value_error(format_args!("I/O operation on closed file"))
}

/// As [`closed`], in the words of the base classes.
#[cold]
pub fn closed_file(heap: &mut Heap) -> Raised {
    heap.value_error(format_args!("I/O operation on closed file."))
}

/// Raises the error of a stream whose `__init__` did not run.
#[cold]
pub fn uninitialized(heap: &mut Heap) -> Raised {
    heap.value_error(format_args!("I/O operation on uninitialized object"))
}

/// The object as an instance of exactly `T` whose method `name` is the class's own: then it can be called directly.
pub fn plain<'a, T: PyClass>(value: &'a Value, name: &Object<Str>, heap: &Heap) -> Option<&'a Object<T>> {
    let object = value.downcast_exact::<T>()?;
    match instance::get(heap, object.header(), name) {
        None => Some(object),
        Some(_) => None,
    }
}

/// Calls the attribute `name` without arguments.
pub fn call0(vm: &mut Vm, object: &Value, name: &Object<Str>) -> PyResult {
    vm.call_method(object, name, &[])
}

/// The truth of what a method without arguments gives.
pub fn ask(vm: &mut Vm, object: &Value, name: &Object<Str>) -> PyResult<bool> {
    let answer = call0(vm, object, name)?;
    vm.truth(&answer)
}

/// Whether a stream says that it is closed.
pub fn is_closed(vm: &mut Vm, object: &Value) -> PyResult<bool> {
    let closed = vm.getattr(object, &names::closed)?;
    vm.truth(&closed)
}

/// The name of a stream for its `repr`, where it has one; an `ValueError` or `AttributeError` on the way counts as none.
pub fn stream_name(vm: &mut Vm, object: &Value) -> PyResult<Option<Value>> {
    let name = vm.find_attr(object, &names::name);
    vm.ok_unless(name, exceptions::VALUE_ERROR.get()).map(Option::flatten)
}

/// The error of `__getstate__` and the like: streams on files cannot be pickled.
#[cold]
pub fn cannot_pickle(vm: &mut Vm, object: &Value) -> Raised {
    let kind = object.ty().short_name().to_owned();
    vm.type_error(format_args!("cannot pickle '{kind}' instances"))
}

/// `repr` of a stream, guarded against a name that leads back to it.
pub fn guarded_repr(vm: &mut Vm, object: &Value, body: impl FnOnce(&mut Vm) -> PyResult<String>) -> PyResult<String> {
    let address = object.bits() as usize;
    if !vm.thread().enter_repr(address) {
        let kind = vm.type_name(object);
        return Err(vm.runtime_error(format_args!("reentrant call inside {kind}.__repr__")));
    }
    let result = body(vm);
    vm.thread().leave_repr(address);
    result
}
