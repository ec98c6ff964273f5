//! `_csv`: comma-separated values.
//!
//! | file | what |
//! |---|---|
//! | `dialect.rs` | `Dialect` |
//! | `reader.rs` | `reader`: lines to records |
//! | `writer.rs` | `writer`: records to lines |

mod dialect;
mod reader;
mod writer;

use std::cell::Cell;

use pvm_macros::{pyclass, pymodule};
use pvm_object::dict::Dict;
use pvm_object::{Args, Heap, PyResult, Raised, Ref, Value, Vm};

/// Raised for data and options that make no sense.
#[pyclass(exception, name = "Error", module = "_csv", static_name = ERROR_TYPE)]
pub struct Error;

#[cold]
fn csv_error(heap: &mut Heap, message: &str) -> Raised {
    heap.raise_message(ERROR_TYPE.get(), format_args!("{message}"))
}

/// What the module keeps: dialects by name, and how long a field may be.
#[pyclass(name = "_state", module = "_csv", no_export, final)]
struct State {
    dialects: Ref<Dict>,
    limit: Cell<usize>,
}

fn state(heap: &mut Heap) -> Ref<State> {
    heap.module_state(|heap| State { dialects: heap.new_dict(), limit: Cell::new(128 << 10) })
}

fn dialects(heap: &mut Heap) -> Ref<Dict> {
    state(heap).dialects.clone()
}

fn field_limit(heap: &mut Heap) -> usize {
    state(heap).limit.get()
}

/// One or two positional arguments (`PyArg_UnpackTuple`).
fn one_or_two<'a>(vm: &mut Vm, args: Args<'a>, name: &str) -> PyResult<(Value, Option<Value>)> {
    let Some(first) = args.get(0) else {
        return Err(vm.type_error(format_args!("{name} expected at least 1 argument, got 0")));
    };
    if args.len() > 2 {
        let given = args.len();
        return Err(vm.type_error(format_args!("{name} expected at most 2 arguments, got {given}")));
    }
    Ok((first.to_owned(), args.get(1).map(|dialect| dialect.to_owned())))
}

#[pymodule(name = "_csv")]
pub mod native {
    //! CSV parsing and writing.
    use pvm_macros::pyfunction;
    use pvm_object::list::List;
    use pvm_object::str::Str;
    use pvm_object::{Args, PyClass, PyResult, Ref, Value, Vm, exceptions};

    use super::dialect::Quoting;
    use super::reader::Reader;
    use super::writer::Writer;
    use super::{csv_error, dialects, one_or_two};

    #[export]
    use super::Error;
    #[export]
    use super::dialect::Dialect;

    /// reader($module, iterable, /, dialect='excel', **fmtparams)
    /// --
    ///
    /// Return a reader object that will process lines from the given iterable.
    ///
    /// The "iterable" argument can be any object that returns a line
    /// of input for each iteration, such as a file object or a list.  The
    /// optional "dialect" argument defines a CSV dialect.  The function
    /// also accepts optional keyword arguments which override settings
    /// provided by the dialect.
    ///
    /// The returned object is an iterator.  Each iteration returns a row
    /// of the CSV file (which can span multiple input lines).
    #[pyfunction]
    fn reader(vm: &mut Vm, args: Args<'_>) -> PyResult<Ref<Reader>> {
        let (lines, dialect) = one_or_two(vm, args, "reader")?;
        let made = Reader::new(vm, &lines, |vm| Dialect::from_call(dialect.as_ref(), args, vm))?;
        Ok(vm.alloc(made))
    }

    /// writer($module, fileobj, /, dialect='excel', **fmtparams)
    /// --
    ///
    /// Return a writer object that will write user data on the given file object.
    ///
    /// The "fileobj" argument can be any object that supports the file API.
    /// The optional "dialect" argument defines a CSV dialect.  The function
    /// also accepts optional keyword arguments which override settings
    /// provided by the dialect.
    #[pyfunction]
    fn writer(vm: &mut Vm, args: Args<'_>) -> PyResult<Ref<Writer>> {
        let (file, dialect) = one_or_two(vm, args, "writer")?;
        let made = Writer::new(vm, &file, |vm| Dialect::from_call(dialect.as_ref(), args, vm))?;
        Ok(vm.alloc(made))
    }

    /// register_dialect($module, name, /, dialect='excel', **fmtparams)
    /// --
    ///
    /// Create a mapping from a string name to a CVS dialect.
    ///
    /// The optional "dialect" argument specifies the base dialect instance
    /// or the name of the registered dialect.  The function also accepts
    /// optional keyword arguments which override settings provided by the
    /// dialect.
    #[pyfunction]
    fn register_dialect(vm: &mut Vm, args: Args<'_>) -> PyResult<()> {
        let (name, dialect) = one_or_two(vm, args, "register_dialect")?;
        if !name.is_instance_of::<Str>() {
            return Err(vm.type_error(format_args!("dialect name must be a string")));
        }
        let dialect = Dialect::from_call(dialect.as_ref(), args, vm)?;
        dialects(vm).set(&name, dialect.into(), vm)?;
        Ok(())
    }

    /// Delete the name/dialect mapping associated with a string name.
    #[pyfunction]
    #[signature = "(name)"]
    fn unregister_dialect(vm: &mut Vm, name: &Value) -> PyResult<()> {
        match dialects(vm).remove(name, vm)? {
            Some(_) => Ok(()),
            None => Err(csv_error(vm, "unknown dialect")),
        }
    }

    /// Return the dialect instance associated with name.
    #[pyfunction]
    #[signature = "(name)"]
    fn get_dialect(vm: &mut Vm, name: &Value) -> PyResult {
        match dialects(vm).get(name, vm)? {
            Some(dialect) => Ok(dialect),
            None => Err(csv_error(vm, "unknown dialect")),
        }
    }

    /// Return a list of all known dialect names.
    #[pyfunction]
    fn list_dialects(vm: &mut Vm) -> PyResult<Ref<List>> {
        let names: Value = dialects(vm).into();
        vm.list_of(&names)
    }

    /// Sets an upper limit on parsed fields.
    ///
    /// Returns old limit. If limit is not given, no new limit is set and
    /// the old limit is returned
    #[pyfunction]
    #[signature = "(new_limit=<unrepresentable>)"]
    fn field_size_limit(vm: &mut Vm, new_limit: Option<Value>) -> PyResult<usize> {
        let state = super::state(vm);
        let old = state.limit.get();
        if let Some(limit) = new_limit {
            if !limit.is_exact_int() {
                return Err(vm.type_error(format_args!("limit must be an integer")));
            }
            let limit = vm.index_isize_or(&limit, &exceptions::OVERFLOW_ERROR);
            match limit {
                Ok(limit) => state.limit.set(usize::try_from(limit).unwrap_or(0)),
                Err(raised) => {
                    drop(vm.catch(raised));
                    return Err(vm.overflow_error(format_args!("Python int too large to convert to C ssize_t")));
                }
            }
        }
        Ok(old)
    }

    #[constant]
    #[name = "Reader"]
    fn reader_class() -> Value {
        Reader::type_object().to_value()
    }

    #[constant]
    #[name = "Writer"]
    fn writer_class() -> Value {
        Writer::type_object().to_value()
    }

    #[init]
    fn init(vm: &mut Vm, module: &Value) -> PyResult<()> {
        for (style, name) in Quoting::ALL {
            let name = vm.intern(name);
            vm.setattr(module, &name, &Value::from_i32(style as i32))?;
        }
        let (name, dialects): (_, Value) = (vm.intern("_dialects"), dialects(vm).into());
        vm.setattr(module, &name, &dialects)
    }
}
