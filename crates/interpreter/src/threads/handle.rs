//! `_thread._ThreadHandle`: a thread that can be waited for.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use pvm_macros::{pyclass, pymethods};
use pvm_object::bell::Waiters;
use pvm_object::{Foreign, Object, PyResult, Value, Vm, exceptions};

use super::ident;
use super::raw_lock::wait;
use super::timeout::Timeout;
use crate::interpreter::state;

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum Phase {
    #[default]
    New,
    Starting,
    Running,
    Done,
}

#[derive(Default)]
struct Progress {
    phase: Phase,
    ident: u64,
}

/// How far a thread has come; shared by the thread and all who know its handle. It is touched with the interpreter's lock held
/// only.
#[derive(Default)]
pub(crate) struct ThreadProgress {
    progress: Mutex<Progress>,
    waiters: Waiters,
}

impl ThreadProgress {
    fn lock(&self) -> MutexGuard<'_, Progress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn phase(&self) -> Phase {
        self.lock().phase
    }

    /// That of a thread that runs already.
    pub(super) fn running(ident: u64) -> ThreadProgress {
        ThreadProgress { progress: Mutex::new(Progress { phase: Phase::Running, ident }), waiters: Waiters::default() }
    }

    /// Begins the start; false where it has begun before.
    pub(super) fn begin(&self) -> bool {
        let mut progress = self.lock();
        let is_new = progress.phase == Phase::New;
        if is_new {
            progress.phase = Phase::Starting;
        }
        is_new
    }

    /// The start failed.
    pub(super) fn take_back(&self) {
        self.lock().phase = Phase::New;
    }

    /// The thread exists.
    pub(super) fn started(&self, ident: u64) {
        let mut progress = self.lock();
        progress.ident = ident;
        if progress.phase == Phase::Starting {
            progress.phase = Phase::Running;
        }
    }

    /// The thread has ended.
    pub(super) fn end(&self) {
        self.lock().phase = Phase::Done;
        self.waiters.wake_all();
    }

    pub(super) fn ident(&self) -> u64 {
        self.lock().ident
    }
}

/// Waits until a thread has ended (`ThreadHandle_join`).
pub(super) fn join(vm: &mut Vm, thread: &Arc<ThreadProgress>, timeout: Timeout) -> PyResult<()> {
    match thread.phase() {
        Phase::New | Phase::Starting => {
            return Err(vm.runtime_error(format_args!("thread not started")));
        }
        Phase::Running if thread.ident() == ident() => {
            return Err(vm.runtime_error(format_args!("Cannot join current thread")));
        }
        Phase::Running if state(vm).threads.is_finalizing() => {
            let class = exceptions::PYTHON_FINALIZATION_ERROR.get();
            return Err(vm.raise_message(class, format_args!("cannot join thread at interpreter shutdown")));
        }
        Phase::Running if timeout == Timeout::NONE => return Ok(()),
        Phase::Running => {}
        Phase::Done => return Ok(()),
    }
    wait(vm, &thread.waiters, timeout.deadline(), || thread.phase() == Phase::Done)?;
    // What arrived while the thread ended is served before the caller goes on.
    vm.poll(0)
}

/// A thread that can be waited for.
#[pyclass(name = "_ThreadHandle", module = "_thread", final)]
pub struct ThreadHandle {
    pub(super) thread: Foreign<Arc<ThreadProgress>>,
}

#[pymethods]
impl ThreadHandle {
    #[new]
    #[signature = "()"]
    fn new() -> ThreadHandle {
        ThreadHandle { thread: Foreign(Arc::default()) }
    }

    #[getter]
    fn ident(&self) -> u64 {
        self.thread.ident()
    }

    #[text_signature = ""]
    #[signature = "(timeout=None)"]
    fn join(&self, vm: &mut Vm, timeout: Option<&Value>) -> PyResult<()> {
        let timeout = match timeout {
            Some(timeout) => Timeout::of_seconds(vm, timeout)?,
            None => Timeout::FOREVER,
        };
        join(vm, &self.thread, timeout)
    }

    fn is_done(&self) -> bool {
        self.thread.phase() == Phase::Done
    }

    fn _set_done(&self, vm: &mut Vm) -> PyResult<()> {
        if matches!(self.thread.phase(), Phase::New | Phase::Starting) {
            return Err(vm.runtime_error(format_args!("thread not started")));
        }
        self.thread.end();
        Ok(())
    }

    fn __repr__(this: &Object<Self>) -> String {
        format!("<_thread._ThreadHandle object: ident={}>", this.thread.ident())
    }
}
