//! [`Interpreter`]: Python inside a Rust program, with the whole library, and without a Python installed.

use std::ffi::OsString;

use pvm_compiler::{CompileOptions, Mode};
use pvm_interpreter::source::{self, Text};
use pvm_interpreter::{Config, call, repl, shutdown, start, uncaught};
use pvm_object::arguments::Argument;
use pvm_object::convert::FromArg;
use pvm_object::{PyResult, Raised, Value, Vm};

use crate::error::Error;

/// The name that tracebacks show for source that an embedder runs.
const FILENAME: &str = "<string>";

/// A Rust type that a Python value converts to.
pub trait FromPython: for<'a> FromArg<'a> + Send {}

impl<T: for<'a> FromArg<'a> + Send> FromPython for T {}

/// An interpreter of its own: its objects, modules and `__main__` are shared with no other.
///
/// ```
/// let python = pvm::Interpreter::new()?;
/// python.run_source("def double(x): return 2 * x")?;
/// assert_eq!(python.eval::<i64>("double(21)")?, 42);
/// # Ok::<(), pvm::Error>(())
/// ```
pub struct Interpreter {
    inner: pvm_interpreter::Interpreter,
}

/// How an interpreter is to be.
#[derive(Clone, Debug)]
pub struct Builder {
    config: Config,
}

impl Builder {
    /// `sys.argv`.
    #[must_use]
    pub fn argv(mut self, argv: impl IntoIterator<Item = impl Into<OsString>>) -> Builder {
        self.config.argv = argv.into_iter().map(Into::into).collect();
        self
    }

    /// Directories to search for modules before the library.
    #[must_use]
    pub fn search(mut self, directories: impl IntoIterator<Item = impl Into<OsString>>) -> Builder {
        let library = self.config.paths.library.clone();
        self.config.paths.search = directories.into_iter().map(Into::into).chain([library]).collect();
        self
    }

    /// Makes the interpreter.
    ///
    /// # Errors
    /// What the library raises at its start.
    pub fn build(self) -> Result<Interpreter, Error> {
        let interpreter = Interpreter { inner: pvm_interpreter::Interpreter::new(pvm_library::setup(self.config)) };
        interpreter.enter(start::start)?;
        Ok(interpreter)
    }
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
        let mut config = Config { isolated: true, ignore_environment: true, no_site: true, safe_path: true, ..Config::default() };
        config.no_user_site = true;
        config.dont_write_bytecode = true;
        let library = OsString::from(pvm_library::frozen::names::ROOT);
        config.paths.search = vec![library.clone()];
        config.paths.library = library;
        Builder { config }
    }

    /// Runs statements in `__main__`.
    ///
    /// # Errors
    /// What they raise, or the `SyntaxError` they are.
    pub fn run_source(&self, source: &str) -> Result<(), Error> {
        self.enter(|vm| run(vm, source, Mode::Exec).map(drop))
    }

    /// The value of an expression in `__main__`.
    ///
    /// # Errors
    /// What it raises, or the `TypeError` or `OverflowError` where the value is no `T`.
    pub fn eval<T: FromPython>(&self, expression: &str) -> Result<T, Error> {
        self.enter(|vm| {
            let value = run(vm, expression.trim_start(), Mode::Eval)?;
            T::from_arg(value.borrowed(), Argument::operand("eval() result"), vm)
        })
    }

    fn enter<T: Send>(&self, body: impl FnOnce(&mut Vm) -> PyResult<T> + Send) -> Result<T, Error> {
        self.inner.enter(|vm| body(vm).map_err(|raised| error(vm, raised)))
    }
}

fn run(vm: &mut Vm, text: &str, mode: Mode) -> PyResult<Value> {
    let code = source::compile(vm, &Text::Str(text.to_owned()), FILENAME, mode, CompileOptions::default())?;
    repl::register_source(vm, &code, text, FILENAME)?;
    let main = start::main_module(vm)?;
    let namespace = main.dict().to_value();
    call::run_code(vm, &code, main.dict(), Some(namespace), None)
}

fn error(vm: &mut Vm, raised: Raised) -> Error {
    let exception = vm.catch(raised);
    Error::new(vm, &exception)
}

impl Drop for Interpreter {
    fn drop(&mut self) {
        self.inner.enter(|vm| shutdown::finish(vm, uncaught::Ending::Status(0)));
    }
}
