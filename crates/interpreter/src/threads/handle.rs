//! `_thread._ThreadHandle`: a thread that can be waited for.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use pvm_macros::{pyclass, pymethods};
use pvm_object::{Foreign, Object, PyResult, Value, Vm};

use super::ident;
use super::raw_lock::wait;
use super::timeout::Timeout;

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

/// How far a thread has come; shared by the thread and all who know its handle.
#[derive(Default)]
pub(crate) struct ThreadProgress {
    progress: Mutex<Progress>,
    ended: Condvar,
}

impl ThreadProgress {
    fn lock(&self) -> MutexGuard<'_, Progress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// That of a thread that runs already.
    pub(super) fn running(ident: u64) -> ThreadProgress {
        let progress = Progress { phase: Phase::Running, ident };
        ThreadProgress { progress: Mutex::new(progress), ended: Condvar::new() }
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
        self.ended.notify_all();
    }

    pub(super) fn ident(&self) -> u64 {
        self.lock().ident
    }

    fn wait_until(&self, deadline: Option<Instant>) -> bool {
        let mut progress = self.lock();
        while progress.phase != Phase::Done {
            progress = match deadline {
                None => self.ended.wait(progress).unwrap_or_else(PoisonError::into_inner),
                Some(deadline) => {
                    let left = deadline.saturating_duration_since(Instant::now());
                    if left.is_zero() {
                        return false;
                    }
                    self.ended.wait_timeout(progress, left).unwrap_or_else(PoisonError::into_inner).0
                }
            };
        }
        true
    }
}

/// Waits until a thread has ended (`ThreadHandle_join`).
pub(super) fn join(vm: &mut Vm, thread: &Arc<ThreadProgress>, timeout: Timeout) -> PyResult<()> {
    let (phase, number) = {
        let progress = thread.lock();
        (progress.phase, progress.ident)
    };
    match phase {
        Phase::New | Phase::Starting => {
            return Err(vm.runtime_error(format_args!("thread not started")));
        }
        Phase::Running if number == ident() => {
            return Err(vm.runtime_error(format_args!("Cannot join current thread")));
        }
        Phase::Running | Phase::Done => {}
    }
    wait(vm, timeout, |until| thread.wait_until(until)).map(drop)
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
        self.thread.lock().phase == Phase::Done
    }

    fn _set_done(&self, vm: &mut Vm) -> PyResult<()> {
        if matches!(self.thread.lock().phase, Phase::New | Phase::Starting) {
            return Err(vm.runtime_error(format_args!("thread not started")));
        }
        self.thread.end();
        Ok(())
    }

    fn __repr__(this: &Object<Self>) -> String {
        format!("<_thread._ThreadHandle object: ident={}>", this.thread.ident())
    }
}
