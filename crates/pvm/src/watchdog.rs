//! [`Control`]: stopping a program from outside, and the watchdog: one thread of the process that stops programs whose time is
//! over.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use pvm_interpreter::signals;
use pvm_object::bell::Remote;
use pvm_object::heap::request;

use crate::error::Kind;

/// How often a program that was told to stop is told again: it may have been about to block.
const NUDGE_INTERVAL: Duration = Duration::from_millis(5);

#[derive(Default)]
struct Running {
    /// Counts the runs, so that a deadline of one is not taken for that of another.
    number: u64,
    active: bool,
    reason: Option<Kind>,
}

/// What others need to stop what an interpreter runs.
pub(crate) struct Control {
    remote: Arc<Remote>,
    running: Mutex<Running>,
}

impl Control {
    pub(crate) fn new(remote: Arc<Remote>) -> Control {
        Control { remote, running: Mutex::default() }
    }

    fn running(&self) -> MutexGuard<'_, Running> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A run begins, which is to end within `limit`.
    pub(crate) fn begin(self: &Arc<Control>, limit: Option<Duration>) {
        let mut running = self.running();
        running.number += 1;
        running.active = true;
        running.reason = None;
        if let Some(deadline) = limit.and_then(|limit| Instant::now().checked_add(limit)) {
            Watchdog::get().watch(Deadline { at: deadline, run: running.number, control: Arc::clone(self) });
        }
    }

    /// The run has ended; why it was stopped, if it was.
    pub(crate) fn end(&self) -> Option<Kind> {
        let mut running = self.running();
        running.active = false;
        running.reason.take()
    }

    /// Stops what runs; false where nothing does.
    pub(crate) fn stop(self: &Arc<Control>, reason: Kind) -> bool {
        let mut running = self.running();
        if !running.active {
            return false;
        }
        let run = running.number;
        self.stop_locked(&mut running, reason);
        drop(running);
        Watchdog::get().watch(Deadline { at: Instant::now() + NUDGE_INTERVAL, run, control: Arc::clone(self) });
        true
    }

    fn stop_locked(&self, running: &mut Running, reason: Kind) {
        running.reason.get_or_insert(reason);
        self.remote.ask(request::STOP);
        signals::nudge(&self.remote.natives());
    }

    /// Raises `KeyboardInterrupt` in what runs; false where nothing does.
    pub(crate) fn interrupt(&self) -> bool {
        let running = self.running();
        if !running.active || !self.remote.ask_main(request::INTERRUPT) {
            return false;
        }
        signals::nudge(&self.remote.natives());
        true
    }

    /// Lets programs run again.
    pub(crate) fn clear(&self) {
        self.remote.take_back(request::STOP);
    }
}

struct Deadline {
    at: Instant,
    run: u64,
    control: Arc<Control>,
}

impl PartialEq for Deadline {
    fn eq(&self, other: &Deadline) -> bool {
        self.at == other.at
    }
}

impl Eq for Deadline {}

impl PartialOrd for Deadline {
    fn partial_cmp(&self, other: &Deadline) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Deadline {
    fn cmp(&self, other: &Deadline) -> std::cmp::Ordering {
        self.at.cmp(&other.at)
    }
}

#[derive(Default)]
struct Watchdog {
    deadlines: Mutex<BinaryHeap<Reverse<Deadline>>>,
    changed: Condvar,
}

impl Watchdog {
    fn get() -> &'static Watchdog {
        static WATCHDOG: OnceLock<Watchdog> = OnceLock::new();
        static STARTED: OnceLock<()> = OnceLock::new();
        let watchdog = WATCHDOG.get_or_init(Watchdog::default);
        STARTED.get_or_init(|| {
            let thread = std::thread::Builder::new().name("pvm-watchdog".to_owned()).spawn(|| watchdog.run());
            thread.expect("a process that can make no thread can keep no limits");
        });
        watchdog
    }

    fn watch(&self, deadline: Deadline) {
        self.deadlines.lock().unwrap_or_else(PoisonError::into_inner).push(Reverse(deadline));
        self.changed.notify_one();
    }

    fn run(&self) {
        let mut deadlines = self.deadlines.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            let Some(Reverse(first)) = deadlines.peek() else {
                deadlines = self.changed.wait(deadlines).unwrap_or_else(PoisonError::into_inner);
                continue;
            };
            let left = first.at.saturating_duration_since(Instant::now());
            if !left.is_zero() {
                deadlines = self.changed.wait_timeout(deadlines, left).unwrap_or_else(PoisonError::into_inner).0;
                continue;
            }
            let Some(Reverse(mut deadline)) = deadlines.pop() else { continue };
            drop(deadlines);
            let control = Arc::clone(&deadline.control);
            let mut running = control.running();
            let is_active = running.active && running.number == deadline.run;
            if is_active {
                control.stop_locked(&mut running, Kind::TimeLimit);
            }
            drop(running);
            deadlines = self.deadlines.lock().unwrap_or_else(PoisonError::into_inner);
            if is_active {
                deadline.at = Instant::now() + NUDGE_INTERVAL;
                deadlines.push(Reverse(deadline));
            }
        }
    }
}

/// Stops or interrupts what an interpreter runs, from any thread.
#[derive(Clone)]
pub struct InterruptHandle {
    control: Arc<Control>,
}

impl InterruptHandle {
    pub(crate) fn new(control: Arc<Control>) -> InterruptHandle {
        InterruptHandle { control }
    }

    /// Raises `KeyboardInterrupt` in the program that runs, as Ctrl-C does: the program may catch it. False where none runs.
    pub fn interrupt(&self) -> bool {
        self.control.interrupt()
    }

    /// Ends the program that runs, whatever it does: no handler of the program's sees it. False where none runs.
    pub fn stop(&self) -> bool {
        self.control.stop(Kind::Stopped)
    }
}
