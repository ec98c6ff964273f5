//! [`Builder`]: how an interpreter is to be: arguments, paths, streams, modules, permissions, limits.

use std::ffi::OsString;
use std::io::{Read, Write};
use std::time::Duration;

use pvm_interpreter::Config;
use pvm_interpreter::permissions::Permissions;
use pvm_object::module_def::ModuleDef;

use crate::error::Error;
use crate::interpreter::Interpreter;
use crate::streams::Provided;

/// Which files a program may touch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Files {
    /// None: modules come from the library alone.
    Nothing,
    /// It may read them.
    Read,
    /// It may read and change them.
    #[default]
    Everything,
}

/// How an interpreter is to be. What nothing is said of is as [`Interpreter::new`] has it: the standard streams are those of the process, and
/// programs may do what the process may.
///
/// ```
/// use std::time::Duration;
///
/// let python = pvm::Interpreter::builder()
///     .sandboxed()
///     .memory_limit(64 << 20)
///     .time_limit(Duration::from_millis(200))
///     .build()?;
/// let error = python.run("while True: pass").unwrap_err();
/// assert_eq!(error.kind(), pvm::Kind::TimeLimit);
/// # Ok::<(), pvm::Error>(())
/// ```
pub struct Builder {
    pub(crate) config: Config,
    pub(crate) modules: Vec<&'static ModuleDef>,
    pub(crate) streams: Provided,
    pub(crate) memory_limit: Option<usize>,
    pub(crate) time_limit: Option<Duration>,
}

impl Builder {
    pub(crate) fn new() -> Builder {
        let mut config = Config { isolated: true, ignore_environment: true, no_site: true, safe_path: true, ..Config::default() };
        config.no_user_site = true;
        config.dont_write_bytecode = true;
        let library = OsString::from(pvm_library::frozen::names::ROOT);
        config.paths.search = vec![library.clone()];
        config.paths.library = library;
        Builder { config, modules: Vec::new(), streams: Provided::default(), memory_limit: None, time_limit: None }
    }

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

    /// A native module that programs may import, made with the macros of `pvm_macros`.
    #[must_use]
    pub fn module(mut self, module: &'static ModuleDef) -> Builder {
        self.modules.push(module);
        self
    }

    /// What `sys.stdin` reads from. Without one there is none where [`Builder::stdout`] or [`Builder::stderr`] is given.
    #[must_use]
    pub fn stdin(mut self, reader: impl Read + Send + 'static) -> Builder {
        self.streams.stdin = Some(Box::new(reader));
        self.without_streams_of_process()
    }

    /// What `sys.stdout` writes to; flushed when a program returns.
    #[must_use]
    pub fn stdout(mut self, writer: impl Write + Send + 'static) -> Builder {
        self.streams.stdout = Some(Box::new(writer));
        self.without_streams_of_process()
    }

    /// What `sys.stderr` writes to; flushed when a program returns.
    #[must_use]
    pub fn stderr(mut self, writer: impl Write + Send + 'static) -> Builder {
        self.streams.stderr = Some(Box::new(writer));
        self.without_streams_of_process()
    }

    fn without_streams_of_process(mut self) -> Builder {
        self.config.open_streams = false;
        self
    }

    /// Which files programs may touch.
    #[must_use]
    pub fn files(mut self, files: Files) -> Builder {
        self.config.permissions.read_files = files != Files::Nothing;
        self.config.permissions.write_files = files == Files::Everything;
        self
    }

    /// Whether programs may use the network.
    #[must_use]
    pub fn network(mut self, allowed: bool) -> Builder {
        self.config.permissions.network = allowed;
        self
    }

    /// Whether programs may start processes, and touch what belongs to this process as a whole: its signals, environment and working
    /// directory, foreign code.
    #[must_use]
    pub fn processes(mut self, allowed: bool) -> Builder {
        self.config.permissions.processes = allowed;
        self
    }

    /// How many threads programs may have beside the main one.
    #[must_use]
    pub fn threads(mut self, most: usize) -> Builder {
        self.config.most_threads = most;
        self
    }

    /// For programs of others: no files, no network, no processes, no threads, and no streams but those given.
    #[must_use]
    pub fn sandboxed(mut self) -> Builder {
        self.config.permissions = Permissions::NONE;
        self.threads(0).without_streams_of_process()
    }

    /// How many bytes the interpreter may use, all of its objects together; past them `MemoryError` is raised.
    #[must_use]
    pub fn memory_limit(mut self, bytes: usize) -> Builder {
        self.memory_limit = Some(bytes);
        self
    }

    /// How long each run, call or evaluation may take; past that it is stopped, whatever it does.
    #[must_use]
    pub fn time_limit(mut self, limit: Duration) -> Builder {
        self.time_limit = Some(limit);
        self
    }

    /// Makes the interpreter.
    ///
    /// # Errors
    /// What the library raises at its start.
    pub fn build(self) -> Result<Interpreter, Error> {
        Interpreter::build(self)
    }
}
