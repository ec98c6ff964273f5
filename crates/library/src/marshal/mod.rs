//! `marshal`: values and code objects as bytes. The format is `pvm_bytecode::marshal`'s; `read.rs` and `write.rs` connect it
//! to the heap.

mod read;
mod write;

#[pvm_macros::pymodule(name = "marshal")]
pub mod native {
    //! This module contains functions that can read and write Python values in
    //! a binary format. The format is specific to Python, but independent of
    //! machine architecture issues.
    //!
    //! Not all Python object types are supported; in general, only objects
    //! whose value is independent from a particular invocation of Python can be
    //! written and read. The following types are supported: None, integers,
    //! floating-point numbers, strings, bytes, bytearrays, tuples, lists, sets,
    //! dictionaries, and code objects, where it should be understood that
    //! tuples, lists and dictionaries are only supported as long as the values
    //! contained therein are themselves supported; and recursive lists and
    //! dictionaries should not be written (they will cause infinite loops).
    use pvm_interpreter::audit;
    use pvm_macros::pyfunction;
    use pvm_object::bytes::Bytes;
    use pvm_object::types::PyClass;
    use pvm_object::{PyResult, Ref, Value, Vm, names};

    use super::{read, write};

    /// The version that is written unless another is asked for.
    #[constant]
    #[name = "version"]
    const VERSION: i32 = pvm_bytecode::marshal::VERSION as i32;

    fn audit_dump(vm: &mut Vm, value: &Value, version: i32) -> PyResult<()> {
        audit::event(vm, "marshal.dumps", &[value.clone(), Value::from_i32(version)])
    }

    /// Write the value on the open file.
    ///
    ///   value
    ///     Must be a supported type.
    ///   file
    ///     Must be a writeable binary file.
    ///   version
    ///     Indicates the data format that dump should use.
    ///   allow_code
    ///     Allow to write code objects.
    ///
    /// If the value has (or contains an object that has) an unsupported type, a
    /// ValueError exception is raised - but garbage data will also be written
    /// to the file. The object will not be properly read back by load().
    #[pyfunction]
    #[signature = "(value, file, version=5, /, *, allow_code=True)"]
    fn dump(vm: &mut Vm, value: &Value, file: &Value, version: i32, allow_code: bool) -> PyResult {
        audit_dump(vm, value, version)?;
        let data = write::dumps(vm, value, version, allow_code)?;
        vm.call_method(file, &names::write, &[data.into()])
    }

    /// Read one value from the open file and return it.
    ///
    ///   file
    ///     Must be readable binary file.
    ///   allow_code
    ///     Allow to load code objects.
    ///
    /// If no valid value is read (e.g. because the data has a different Python
    /// version's incompatible marshal format), raise EOFError, ValueError or
    /// TypeError.
    ///
    /// Note: If an object containing an unsupported type was marshalled with
    /// dump(), load() will substitute None for the unmarshallable type.
    #[pyfunction]
    #[signature = "(file, /, *, allow_code=True)"]
    fn load(vm: &mut Vm, file: &Value, allow_code: bool) -> PyResult {
        audit::event(vm, "marshal.load", &[])?;
        read::load(vm, file, allow_code)
    }

    /// Return the bytes object that would be written to a file by dump(value, file).
    ///
    ///   value
    ///     Must be a supported type.
    ///   version
    ///     Indicates the data format that dumps should use.
    ///   allow_code
    ///     Allow to write code objects.
    ///
    /// Raise a ValueError exception if value has (or contains an object that has) an
    /// unsupported type.
    #[pyfunction]
    #[signature = "(value, version=5, /, *, allow_code=True)"]
    fn dumps(vm: &mut Vm, value: &Value, version: i32, allow_code: bool) -> PyResult<Ref<Bytes>> {
        audit_dump(vm, value, version)?;
        write::dumps(vm, value, version, allow_code)
    }

    /// Convert the bytes-like object to a value.
    ///
    ///   allow_code
    ///     Allow to load code objects.
    ///
    /// If no valid value is found, raise EOFError, ValueError or TypeError.  Extra
    /// bytes in the input are ignored.
    #[pyfunction]
    #[signature = "(bytes, /, *, allow_code=True)"]
    fn loads(vm: &mut Vm, bytes: &Value, allow_code: bool) -> PyResult {
        if let Some(bytes) = bytes.downcast::<Bytes>() {
            audit::event(vm, "marshal.loads", &[bytes.to_value()])?;
        } else if audit::is_heard(vm) {
            let shown = vm.call(&Bytes::type_object().to_value(), std::slice::from_ref(bytes))?;
            audit::event(vm, "marshal.loads", &[shown])?;
        }
        read::loads(vm, bytes, allow_code)
    }
}
