//! `_pickle`: objects to and from bytes.
//!
//! | file | what |
//! |---|---|
//! | `opcodes.rs` | the instructions |
//! | `support.rs` | what is needed of other modules; names of objects |
//! | `pickler.rs` | `Pickler` |
//! | `save.rs`, `containers.rs`, `reduce.rs` | objects to instructions |
//! | `output.rs`, `memo.rs` | frames, and what was written |
//! | `unpickler.rs` | `Unpickler` |
//! | `load.rs` | instructions to objects |
//! | `input.rs`, `stack.rs` | what is read; the machine's stack and memo |

mod containers;
mod input;
mod load;
mod memo;
mod opcodes;
mod output;
mod pickler;
mod reduce;
mod save;
mod stack;
mod support;
mod unpickler;

use pvm_macros::{pyclass, pymodule};
use pvm_object::{Heap, Raised};

/// Raised for what goes wrong with pickles.
#[pyclass(exception, name = "PickleError", module = "_pickle")]
pub struct PickleError;

/// Raised for objects that cannot be pickled.
#[pyclass(exception, name = "PicklingError", module = "_pickle", base = PICKLE_ERROR_TYPE)]
pub struct PicklingError;

/// Raised for pickles that cannot be read.
#[pyclass(exception, name = "UnpicklingError", module = "_pickle", base = PICKLE_ERROR_TYPE)]
pub struct UnpicklingError;

#[cold]
fn pickling_error(heap: &mut Heap, message: &str) -> Raised {
    heap.raise_message(PICKLING_ERROR_TYPE.get(), format_args!("{message}"))
}

#[cold]
fn unpickling_error(heap: &mut Heap, message: &str) -> Raised {
    heap.raise_message(UNPICKLING_ERROR_TYPE.get(), format_args!("{message}"))
}

#[cold]
fn no_persistent_load(heap: &mut Heap) -> Raised {
    let message = "A load persistent id instruction was encountered, but no persistent_load function was specified.";
    unpickling_error(heap, message)
}

#[pymodule(name = "_pickle")]
pub mod native {
    //! Optimized C implementation for the Python pickle module.
    use pvm_macros::pyfunction;
    use pvm_object::bytes::Bytes;
    use pvm_object::memoryview::PickleBuffer;
    use pvm_object::{PyClass, PyResult, Ref, Value, Vm};

    use super::input::Input;
    use super::load::Loader;
    use super::pickler::{callback_of, protocol_of, saver, write_method};
    use super::stack::{LoadMemo, Stack};
    use super::support::support;
    use super::unpickler::{buffers_of, file_methods};

    #[export]
    use super::PickleError;
    #[export]
    use super::PicklingError;
    #[export]
    use super::UnpicklingError;
    #[export]
    use super::pickler::Pickler;
    #[export]
    use super::unpickler::Unpickler;

    #[constant]
    #[name = "PickleBuffer"]
    fn pickle_buffer() -> Value {
        PickleBuffer::type_object().to_value()
    }

    /// Write a pickled representation of obj to the open file object file.
    ///
    /// This is equivalent to ``Pickler(file, protocol).dump(obj)``, but may
    /// be more efficient.
    #[pyfunction]
    #[signature = "(obj, file, protocol=None, *, fix_imports=True, buffer_callback=None)"]
    fn dump(
        vm: &mut Vm,
        obj: &Value,
        file: &Value,
        protocol: Option<&Value>,
        fix_imports: bool,
        buffer_callback: Option<&Value>,
    ) -> PyResult<()> {
        let protocol = protocol_of(vm, protocol)?;
        let write = write_method(vm, file)?;
        let callback = callback_of(vm, protocol, buffer_callback)?;
        let mut saver = saver(vm, protocol, fix_imports, Some(write), callback)?;
        saver.dump(vm, obj)?;
        saver.out.commit();
        saver.out.flush(vm)
    }

    /// Return the pickled representation of the object as a bytes object.
    #[pyfunction]
    #[signature = "(obj, protocol=None, *, fix_imports=True, buffer_callback=None)"]
    fn dumps(
        vm: &mut Vm,
        obj: &Value,
        protocol: Option<&Value>,
        fix_imports: bool,
        buffer_callback: Option<&Value>,
    ) -> PyResult<Ref<Bytes>> {
        let protocol = protocol_of(vm, protocol)?;
        let callback = callback_of(vm, protocol, buffer_callback)?;
        let mut saver = saver(vm, protocol, fix_imports, None, callback)?;
        saver.dump(vm, obj)?;
        let bytes = saver.out.finish();
        Ok(vm.new_bytes(&bytes)?)
    }

    fn read(vm: &mut Vm, input: Input, fix_imports: bool, (encoding, errors): (&str, &str), buffers: Option<&Value>) -> PyResult {
        let mut loader = Loader {
            input,
            stack: Stack::default(),
            memo: LoadMemo::new()?,
            protocol: 0,
            fix_imports,
            encoding: encoding.to_owned(),
            errors: errors.to_owned(),
            buffers: buffers_of(vm, buffers)?,
            unpickler: None,
            persistent_load: None,
            support: support(vm)?,
        };
        loader.load(vm)
    }

    /// Read and return an object from the pickle data stored in a file.
    ///
    /// This is equivalent to ``Unpickler(file).load()``, but may be more
    /// efficient.
    ///
    /// The protocol version of the pickle is detected automatically, so no
    /// protocol argument is needed.  Bytes past the pickled object's
    /// representation are ignored.
    #[pyfunction]
    #[signature = "(file, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=())"]
    fn load(
        vm: &mut Vm,
        file: &Value,
        fix_imports: bool,
        encoding: &str,
        errors: &str,
        #[default(None)] buffers: Option<&Value>,
    ) -> PyResult {
        let file = file_methods(vm, file)?;
        read(vm, Input::of_file(file), fix_imports, (encoding, errors), buffers)
    }

    /// Read and return an object from the given pickle data.
    ///
    /// The protocol version of the pickle is detected automatically, so no
    /// protocol argument is needed.  Bytes past the pickled object's
    /// representation are ignored.
    #[pyfunction]
    #[signature = "(data, /, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=())"]
    fn loads(
        vm: &mut Vm,
        data: &Value,
        fix_imports: bool,
        encoding: &str,
        errors: &str,
        #[default(None)] buffers: Option<&Value>,
    ) -> PyResult {
        let bytes = match data.downcast_exact::<Bytes>() {
            Some(bytes) => bytes.to_ref(),
            None => {
                let view = vm.bytes_like(data)?;
                vm.bytes_of_view(&view)?
            }
        };
        read(vm, Input::of_bytes(bytes), fix_imports, (encoding, errors), buffers)
    }

    #[init]
    fn init(vm: &mut Vm, _module: &Value) -> PyResult<()> {
        support(vm).map(drop)
    }
}
