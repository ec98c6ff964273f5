//! `time`: clocks, sleeping, calendar times and their text.
//!
//! | file | what |
//! |---|---|
//! | `convert.rs` | times out of Python's numbers |
//! | `clocks.rs` | clocks, `sleep` |
//! | `calendar.rs` | `struct_time`, `strftime` and the like |

mod calendar;
mod clocks;
pub mod convert;

use pvm_macros::pymodule;
use pvm_object::{PyResult, Value, Vm};

use crate::paths;
use crate::system;

/// Puts what is known of the time zone into the module (`init_timezone`): the offsets of January and July, of which the
/// smaller one, counted to the west, is that of summer.
fn add_time_zone(vm: &mut Vm, module: &Value) -> PyResult<()> {
    const YEAR: i64 = (365 * 24 + 6) * 3600;
    let now = system::clock_time(libc::CLOCK_REALTIME);
    let start = system::raise(vm, now)?.div_euclid(convert::BILLION) / YEAR * YEAR;
    let mut halves = Vec::new();
    for seconds in [start, start + YEAR / 2] {
        let time = system::calendar_time(seconds, true);
        let time = system::raise(vm, time)?;
        let name = paths::decode_name(vm, time.zone.as_deref().unwrap_or(c"   ").to_bytes())?;
        halves.push((-time.offset, Value::from(name)));
    }
    let daylight = halves[0].0 != halves[1].0;
    if halves[0].0 < halves[1].0 {
        // South of the equator.
        halves.reverse();
    }
    let (zone, other) = (halves.remove(0), halves.remove(0));
    let names = vm.new_tuple(vec![zone.1, other.1]).into();
    let values = [
        ("timezone", vm.int(zone.0)),
        ("altzone", vm.int(other.0)),
        ("daylight", Value::from_i32(daylight.into())),
        ("tzname", names),
    ];
    for (name, value) in values {
        let name = vm.intern(name);
        vm.setattr(module, &name, &value)?;
    }
    Ok(())
}

#[pymodule(name = "time")]
pub mod native {
    //! Times, as seconds since the start of 1970 in UTC or as tuples of their parts, clocks, and waiting.

    use pvm_macros::pyfunction;
    use pvm_object::{PyResult, Value, Vm};

    #[export]
    use super::calendar::{asctime, ctime, gmtime, localtime, mktime, strftime, strptime};
    #[export]
    use super::clocks::{
        clock_getres, clock_gettime, clock_gettime_ns, clock_settime, clock_settime_ns, get_clock_info, monotonic, monotonic_ns,
        perf_counter, perf_counter_ns, process_time, process_time_ns, pthread_getcpuclockid, sleep, thread_time, thread_time_ns,
        time, time_ns,
    };

    #[constant]
    const CLOCK_REALTIME: i64 = libc::CLOCK_REALTIME as i64;
    #[constant]
    const CLOCK_MONOTONIC: i64 = libc::CLOCK_MONOTONIC as i64;
    #[constant]
    const CLOCK_MONOTONIC_RAW: i64 = libc::CLOCK_MONOTONIC_RAW as i64;
    #[constant]
    const CLOCK_PROCESS_CPUTIME_ID: i64 = libc::CLOCK_PROCESS_CPUTIME_ID as i64;
    #[constant]
    const CLOCK_THREAD_CPUTIME_ID: i64 = libc::CLOCK_THREAD_CPUTIME_ID as i64;
    #[constant]
    const CLOCK_BOOTTIME: i64 = libc::CLOCK_BOOTTIME as i64;
    #[constant]
    const CLOCK_TAI: i64 = libc::CLOCK_TAI as i64;
    #[constant]
    const _STRUCT_TM_ITEMS: i64 = 11;

    /// tzset()
    ///
    /// Take the time zone from the environment variable TZ.
    #[pyfunction]
    #[text_signature = "($self, /)"]
    fn tzset(module: &Value, vm: &mut Vm) -> PyResult<()> {
        crate::system::reload_time_zone();
        super::add_time_zone(vm, module)
    }

    #[init]
    fn init(vm: &mut Vm, module: &Value) -> PyResult<()> {
        let class = super::calendar::STRUCT_TIME.class;
        let name = vm.intern(class.short_name());
        vm.setattr(module, &name, &class.to_value())?;
        crate::system::reload_time_zone();
        super::add_time_zone(vm, module)
    }
}
