//! How long something took: by the clock on the wall, and how long this thread was busy, which does not count what others do on the machine.

use std::fmt;
use std::time::{Duration, Instant};

/// What a stop may take of a thread's time beyond the limit.
pub const PROMPT: Duration = Duration::from_millis(if cfg!(debug_assertions) { 2000 } else { 100 });

pub struct Clock {
    wall: Instant,
    busy: Option<Duration>,
}

/// How long something took beyond a limit.
#[derive(Clone, Copy)]
pub struct Beyond {
    pub wall: Duration,
    /// Of the thread's own time, as if the limit were one for it.
    pub busy: Duration,
}

impl Clock {
    pub fn start() -> Clock {
        Clock { wall: Instant::now(), busy: thread_time() }
    }

    pub fn beyond(&self, limit: Duration) -> Beyond {
        let wall = self.wall.elapsed();
        let busy = self.busy.zip(thread_time()).map_or(wall, |(from, to)| to - from);
        Beyond { wall: wall.saturating_sub(limit), busy: busy.saturating_sub(limit) }
    }
}

impl fmt::Display for Beyond {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let milliseconds = |time: Duration| time.as_secs_f64() * 1e3;
        write!(f, "{:>6.1} ms ({:>6.1} by the wall)", milliseconds(self.busy), milliseconds(self.wall))
    }
}

/// How long this thread has run on a processor, as Linux tells it.
fn thread_time() -> Option<Duration> {
    let status = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    status.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}
