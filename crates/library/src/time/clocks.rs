//! Clocks and sleeping.

use std::time::{Duration, Instant};

use pvm_interpreter::audit;
use pvm_interpreter::threads::raw_lock;
use pvm_macros::pyfunction;
use pvm_object::arguments::Argument;
use pvm_object::convert::FromArg;
use pvm_object::native::Effects;
use pvm_object::{PyResult, Value, ValueRef, Vm};

use super::convert::{Rounding, nanoseconds, seconds};
use crate::parameters::CText;
use crate::system;

/// A clock's number.
pub struct Clock(i32);

impl FromArg<'_> for Clock {
    const EFFECTS: Effects = Effects::Anything;

    fn from_arg(value: ValueRef<'_>, argument: Argument, vm: &mut Vm) -> PyResult<Clock> {
        if value.as_int().is_none() && value.ty().slots().index().is_none() {
            let kind = vm.type_name(&value);
            return Err(vm.type_error(format_args!("clk_id should be integer, not {kind}")));
        }
        i32::from_arg(value, argument, vm).map(Clock)
    }
}

fn read(vm: &mut Vm, clock: i32) -> PyResult<i64> {
    let time = system::clock_time(clock);
    system::raise(vm, time)
}

macro_rules! clocks {
    ($($(#[$doc:meta])* $clock:path => $seconds:ident $nanoseconds:ident;)*) => {$(
        $(#[$doc])*
        #[pyfunction(module = "time")]
        #[text_signature = "($self, /)"]
        pub fn $seconds(vm: &mut Vm) -> PyResult<f64> {
            read(vm, $clock).map(seconds)
        }

        $(#[$doc])*
        ///
        /// In nanoseconds.
        #[pyfunction(module = "time")]
        #[text_signature = "($self, /)"]
        pub fn $nanoseconds(vm: &mut Vm) -> PyResult<i64> {
            read(vm, $clock)
        }
    )*};
}

clocks! {
    /// Return the seconds since the epoch.
    libc::CLOCK_REALTIME => time time_ns;
    /// Return the time of a clock that never goes back.
    libc::CLOCK_MONOTONIC => monotonic monotonic_ns;
    /// Return the time of the finest clock, to measure how long something takes.
    libc::CLOCK_MONOTONIC => perf_counter perf_counter_ns;
    /// Return the processor time that the process took.
    libc::CLOCK_PROCESS_CPUTIME_ID => process_time process_time_ns;
    /// Return the processor time that the thread took.
    libc::CLOCK_THREAD_CPUTIME_ID => thread_time thread_time_ns;
}

/// Return the time of a clock in seconds.
#[pyfunction(module = "time")]
#[signature = "(clk_id, /)"]
pub fn clock_gettime(vm: &mut Vm, clk_id: Clock) -> PyResult<f64> {
    read(vm, clk_id.0).map(seconds)
}

/// Return the time of a clock in nanoseconds.
#[pyfunction(module = "time")]
#[signature = "(clk_id, /)"]
pub fn clock_gettime_ns(vm: &mut Vm, clk_id: Clock) -> PyResult<i64> {
    read(vm, clk_id.0)
}

/// clock_settime(clk_id, time)
///
/// Set a clock, in seconds.
#[pyfunction(module = "time")]
#[signature = "(clk_id, time, /)"]
#[text_signature = ""]
pub fn clock_settime(vm: &mut Vm, clk_id: i32, time: &Value) -> PyResult<()> {
    let time = nanoseconds(vm, time, Rounding::Floor)?;
    let result = system::set_clock(clk_id, time);
    system::raise(vm, result)
}

/// clock_settime_ns(clk_id, time)
///
/// Set a clock, in nanoseconds.
#[pyfunction(module = "time")]
#[signature = "(clk_id, time, /)"]
#[text_signature = ""]
pub fn clock_settime_ns(vm: &mut Vm, clk_id: i32, time: &Value) -> PyResult<()> {
    if time.as_int().is_none() {
        let kind = vm.type_name(time);
        return Err(vm.type_error(format_args!("expect int, got {kind}")));
    }
    let time = i64::from_arg(time.borrowed(), Argument::operand(""), vm)?;
    let result = system::set_clock(clk_id, time);
    system::raise(vm, result)
}

/// clock_getres(clk_id) -> floating-point number
///
/// Return the resolution of a clock in seconds.
#[pyfunction(module = "time")]
#[signature = "(clk_id, /)"]
#[text_signature = ""]
pub fn clock_getres(vm: &mut Vm, clk_id: i32) -> PyResult<f64> {
    let resolution = system::clock_resolution(clk_id);
    system::raise(vm, resolution).map(seconds)
}

/// pthread_getcpuclockid(thread_id) -> int
///
/// Return the clock of the processor time that a thread takes.
#[pyfunction(module = "time")]
#[signature = "(thread_id, /)"]
#[text_signature = ""]
pub fn pthread_getcpuclockid(vm: &mut Vm, thread_id: u64) -> PyResult<i32> {
    let clock = system::clock_of_thread(thread_id);
    system::raise(vm, clock)
}

/// Wait so many seconds. Signals are handled meanwhile.
#[pyfunction(module = "time")]
#[signature = "(object, /)"]
#[text_signature = "($self, object, /)"]
pub fn sleep(vm: &mut Vm, object: &Value) -> PyResult<()> {
    audit::event(vm, "time.sleep", std::slice::from_ref(object))?;
    let duration = nanoseconds(vm, object, Rounding::Ceiling)?;
    if duration < 0 {
        return Err(vm.value_error(format_args!("sleep length must be non-negative")));
    }
    if duration == 0 {
        // Others get their turn.
        vm.detach(|| ());
        return vm.poll(0);
    }
    let duration = Duration::from_nanos(duration.unsigned_abs());
    raw_lock::pause(vm, Instant::now().checked_add(duration))
}

/// What is known of a clock: its name, the system's clock, whether it never goes back, whether it can be set.
static CLOCKS: [(&str, &str, i32, bool, bool); 5] = [
    ("time", "CLOCK_REALTIME", libc::CLOCK_REALTIME, false, true),
    ("monotonic", "CLOCK_MONOTONIC", libc::CLOCK_MONOTONIC, true, false),
    ("perf_counter", "CLOCK_MONOTONIC", libc::CLOCK_MONOTONIC, true, false),
    ("process_time", "CLOCK_PROCESS_CPUTIME_ID", libc::CLOCK_PROCESS_CPUTIME_ID, true, false),
    ("thread_time", "CLOCK_THREAD_CPUTIME_ID", libc::CLOCK_THREAD_CPUTIME_ID, true, false),
];

/// get_clock_info(name: str) -> dict
///
/// Return what is known of a clock.
#[pyfunction(module = "time")]
#[signature = "(name, /)"]
#[text_signature = ""]
pub fn get_clock_info(vm: &mut Vm, name: CText<'_>) -> PyResult {
    let Some(&(_, system_name, clock, monotonic, adjustable)) = CLOCKS.iter().find(|(known, ..)| *known == name.0) else {
        return Err(vm.value_error(format_args!("unknown clock")));
    };
    let resolution = system::clock_resolution(clock);
    let resolution = system::raise(vm, resolution)?;
    let implementation = vm.new_str(&format!("clock_gettime({system_name})")).into();
    let resolution = vm.float(seconds(resolution));
    let namespace = vm.new_namespace([
        ("implementation", implementation),
        ("monotonic", Value::from_bool(monotonic)),
        ("adjustable", Value::from_bool(adjustable)),
        ("resolution", resolution),
    ])?;
    Ok(namespace.into())
}
