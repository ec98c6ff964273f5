//! [`Interpreter`]: Python inside a Rust program, with the whole library, and without a Python installed.

use std::cell::Cell;
use std::mem::ManuallyDrop;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use pvm_compiler::{CompileOptions, Mode};
use pvm_interpreter::source::{self, Text};
use pvm_interpreter::{call, repl, shutdown, start, threads, uncaught};
use pvm_object::{PyResult, Value, Vm};

use crate::builder::Builder;
use crate::convert::{Arguments, FromPython, ToPython};
use crate::error::{Error, Kind};
use crate::object::{self, Handles, Object};
use crate::streams;
use crate::watchdog::{Control, InterruptHandle};

/// The name that tracebacks show for source that an embedder runs.
const FILENAME: &str = "<string>";

/// How long the threads of a program that was stopped are waited for.
const GRACE: Duration = Duration::from_secs(1);

/// What a program over its limit may use beyond it, for the text of its exception.
const RESERVE: usize = 4 << 20;

/// An interpreter of its own: its objects, modules and `__main__` are shared with no other, and it runs in parallel to all others. It may go
/// from thread to thread.
///
/// ```
/// let python = pvm::Interpreter::new()?;
/// python.run("def double(x): return 2 * x")?;
/// assert_eq!(python.eval::<i64>("double(21)")?, 42);
/// assert_eq!(python.call::<i64>("double", (21,))?, 42);
/// # Ok::<(), pvm::Error>(())
/// ```
pub struct Interpreter {
    inner: ManuallyDrop<pvm_interpreter::Interpreter>,
    control: Arc<Control>,
    time_limit: Option<Duration>,
    memory_limit: Option<usize>,
    busy: Cell<bool>,
    /// Threads of a program that was stopped do not end.
    dead: Cell<bool>,
}

impl Interpreter {
    /// An interpreter that nothing around the process influences: no environment variables, no site packages.
    ///
    /// # Errors
    /// What the library raises at its start.
    pub fn new() -> Result<Interpreter, Error> {
        Interpreter::builder().build()
    }

    /// Settings to change before the interpreter is made; as they are, they make what [`Interpreter::new`] does.
    pub fn builder() -> Builder {
        Builder::new()
    }

    pub(crate) fn build(builder: Builder) -> Result<Interpreter, Error> {
        let Builder { config, modules, streams: provided, memory_limit, time_limit } = builder;
        let mut setup = pvm_library::setup(config);
        setup.modules.extend(modules);
        let inner = ManuallyDrop::new(pvm_interpreter::Interpreter::new(setup));
        let control = Arc::new(Control::new(Arc::clone(inner.remote())));
        let mut interpreter =
            Interpreter { inner, control, time_limit: None, memory_limit, busy: Cell::new(false), dead: Cell::new(false) };
        let handles = Arc::new(Handles::default());
        interpreter.enter(|vm| {
            start::start(vm)?;
            object::install(vm, &handles);
            streams::install(vm, provided)?;
            // What formats exceptions is imported before files are out of reach and memory is short.
            vm.import("traceback")?;
            if let Some(limit) = memory_limit {
                vm.heap_state().set_limit(limit);
            }
            Ok(())
        })?;
        interpreter.time_limit = time_limit;
        Ok(interpreter)
    }

    /// Runs statements in `__main__`.
    ///
    /// # Errors
    /// What they raise, or the `SyntaxError` they are.
    pub fn run(&self, source: &str) -> Result<(), Error> {
        self.enter(|vm| run(vm, Text::Str(source.to_owned()), FILENAME, Mode::Exec).map(drop))
    }

    /// Runs a file of statements in `__main__`.
    ///
    /// # Errors
    /// `OSError` where the file cannot be read, and as [`Interpreter::run`].
    pub fn run_file(&self, path: impl AsRef<Path>) -> Result<(), Error> {
        let path = path.as_ref();
        let content = std::fs::read(path);
        self.enter(|vm| match content {
            Ok(content) => run(vm, Text::Bytes(content), &path.to_string_lossy(), Mode::Exec).map(drop),
            Err(error) => {
                let name: Value = vm.new_str(&path.to_string_lossy()).into();
                Err(vm.os_error_of(&error, Some(&name)))
            }
        })
    }

    /// The value of an expression in `__main__`.
    ///
    /// # Errors
    /// What it raises, or the `TypeError` or `OverflowError` where the value is no `T`.
    pub fn eval<T: FromPython>(&self, expression: &str) -> Result<T, Error> {
        self.enter(|vm| {
            let value = run(vm, Text::Str(expression.trim_start().to_owned()), FILENAME, Mode::Eval)?;
            T::from_python(&value, vm)
        })
    }

    /// A variable of `__main__`.
    ///
    /// # Errors
    /// `AttributeError` where there is none of this name, and as [`Interpreter::eval`].
    pub fn get<T: FromPython>(&self, name: &str) -> Result<T, Error> {
        self.enter(|vm| {
            let value = variable(vm, name)?;
            T::from_python(&value, vm)
        })
    }

    /// Sets a variable of `__main__`.
    ///
    /// # Errors
    /// What the conversion raises.
    pub fn set(&self, name: &str, value: impl ToPython) -> Result<(), Error> {
        self.enter(|vm| {
            let value = value.to_python(vm)?;
            let (main, name): (Value, _) = (start::main_module(vm)?.into(), vm.intern(name));
            vm.setattr(&main, &name, &value)
        })
    }

    /// Calls a function of `__main__`; a built-in one where there is none.
    ///
    /// # Errors
    /// What it raises, and as [`Interpreter::eval`].
    pub fn call<T: FromPython>(&self, function: &str, arguments: impl Arguments) -> Result<T, Error> {
        self.enter(|vm| {
            let function = variable(vm, function)?;
            let arguments = arguments.into_values(vm)?;
            let value = vm.call(&function, &arguments)?;
            T::from_python(&value, vm)
        })
    }

    /// Calls an object.
    ///
    /// # Errors
    /// What it raises, and as [`Interpreter::eval`].
    pub fn call_object<T: FromPython>(&self, callable: &Object, arguments: impl Arguments) -> Result<T, Error> {
        self.enter(|vm| {
            let callable = callable.to_python(vm)?;
            let arguments = arguments.into_values(vm)?;
            let value = vm.call(&callable, &arguments)?;
            T::from_python(&value, vm)
        })
    }

    /// Calls a method of an object.
    ///
    /// # Errors
    /// What it raises, and as [`Interpreter::eval`].
    pub fn call_method<T: FromPython>(&self, object: &Object, name: &str, arguments: impl Arguments) -> Result<T, Error> {
        self.enter(|vm| {
            let (object, name) = (object.to_python(vm)?, vm.intern(name));
            let arguments = arguments.into_values(vm)?;
            let value = vm.call_method(&object, &name, &arguments)?;
            T::from_python(&value, vm)
        })
    }

    /// An attribute of an object.
    ///
    /// # Errors
    /// What asking for it raises, and as [`Interpreter::eval`].
    pub fn attribute<T: FromPython>(&self, object: &Object, name: &str) -> Result<T, Error> {
        self.enter(|vm| {
            let (object, name) = (object.to_python(vm)?, vm.intern(name));
            let value = vm.getattr(&object, &name)?;
            T::from_python(&value, vm)
        })
    }

    /// What an object is, as a value of Rust.
    ///
    /// # Errors
    /// As [`Interpreter::eval`].
    pub fn extract<T: FromPython>(&self, object: &Object) -> Result<T, Error> {
        self.enter(|vm| {
            let value = object.to_python(vm)?;
            T::from_python(&value, vm)
        })
    }

    /// Imports a module.
    ///
    /// # Errors
    /// What the import raises.
    pub fn import(&self, module: &str) -> Result<Object, Error> {
        self.enter(|vm| {
            let module = vm.import(module)?;
            Object::from_python(&module, vm)
        })
    }

    /// What stops or interrupts programs from other threads.
    pub fn interrupt_handle(&self) -> InterruptHandle {
        InterruptHandle::new(Arc::clone(&self.control))
    }

    /// How many bytes the interpreter uses.
    pub fn memory(&self) -> usize {
        self.inner.enter(|vm| vm.heap_state().charged())
    }

    fn enter<T: Send>(&self, body: impl FnOnce(&mut Vm) -> PyResult<T> + Send) -> Result<T, Error> {
        struct Free<'a>(&'a Cell<bool>);
        impl Drop for Free<'_> {
            fn drop(&mut self) {
                self.0.set(false);
            }
        }
        if self.busy.replace(true) {
            return Err(Error::misuse("the interpreter is running already"));
        }
        let _free = Free(&self.busy);
        if self.dead.get() {
            return Err(Error::stopped(Kind::Stopped, None));
        }
        self.control.begin(self.time_limit);
        let memory_limit = self.memory_limit;
        let result = self.inner.enter(|vm| {
            object::release_dropped(vm);
            let result = body(vm).map_err(|raised| {
                let exception = vm.catch(raised);
                if threads::is_stopping(vm) {
                    return Error::of_stop(vm, &exception);
                }
                if let Some(limit) = memory_limit {
                    vm.heap_state().set_limit(limit.saturating_add(RESERVE));
                }
                let error = Error::new(vm, &exception);
                drop(exception);
                if let Some(limit) = memory_limit {
                    vm.heap_state().set_limit(limit);
                }
                error
            });
            streams::flush(vm);
            result
        });
        match (self.control.end(), result) {
            (None, result) => result,
            (Some(kind), result) => {
                self.settle();
                Err(Error::stopped(kind, result.err()))
            }
        }
    }

    /// After a program was stopped: waits until its threads have ended, and lets others run. Where they do not end, none ever will.
    fn settle(&self) {
        let ended = self.inner.enter(|vm| {
            let since = Instant::now();
            while threads::count(vm) > 0 && since.elapsed() < GRACE {
                vm.detach(|| std::thread::sleep(Duration::from_millis(1)));
            }
            threads::count(vm) == 0
        });
        self.dead.set(!ended);
        if ended {
            self.control.clear();
            self.inner.enter(streams::flush);
        }
    }
}

fn variable(vm: &mut Vm, name: &str) -> PyResult<Value> {
    let name = vm.intern(name);
    let main: Value = start::main_module(vm)?.into();
    if let Some(value) = vm.find_attr(&main, &name)? {
        return Ok(value);
    }
    let builtins = vm.import("builtins")?;
    match vm.find_attr(&builtins, &name)? {
        Some(value) => Ok(value),
        None => vm.getattr(&main, &name),
    }
}

fn run(vm: &mut Vm, text: Text, filename: &str, mode: Mode) -> PyResult<Value> {
    let shown = match &text {
        Text::Str(text) => Some(text.clone()),
        Text::Bytes(_) | Text::Script(_) => None,
    };
    let code = source::compile(vm, &text, filename, mode, CompileOptions::default())?;
    if let Some(text) = shown {
        repl::register_source(vm, &code, &text, filename)?;
    }
    let main = start::main_module(vm)?;
    let namespace = main.dict().to_value();
    call::run_code(vm, &code, main.dict(), Some(namespace), None)
}

/// Ends the program: its threads, `atexit` functions, finalisers, within the time limit. What blocks in a call of the system and cannot be
/// woken is left behind, and never runs again.
impl Drop for Interpreter {
    fn drop(&mut self) {
        self.control.begin(self.time_limit);
        if !self.dead.get() {
            self.inner.enter(|vm| {
                object::release_dropped(vm);
                shutdown::finish(vm, uncaught::Ending::Status(0));
                streams::flush(vm);
            });
        }
        if self.inner.enter(|vm| threads::count(vm) > 0) {
            // Daemon threads.
            self.control.stop(Kind::Stopped);
            self.settle();
        }
        // SAFETY: nothing uses it any more.
        unsafe { ManuallyDrop::drop(&mut self.inner) };
        self.control.end();
    }
}
