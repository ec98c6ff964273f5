//! [`Timeout`]: how long to wait, as `acquire` and `join` take it.

use std::time::{Duration, Instant};

use pvm_object::arguments::Argument;
use pvm_object::convert::FromArg;
use pvm_object::native::Effects;
use pvm_object::{PyResult, Value, ValueRef, Vm};

/// How long to wait, in nanoseconds; negative for ever.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Timeout(i64);

/// The longest wait, in seconds.
pub const MAX_SECONDS: f64 = 9_223_372_036.0;

impl Timeout {
    /// For ever.
    pub const FOREVER: Timeout = Timeout(-1_000_000_000);
    /// Not at all.
    pub const NONE: Timeout = Timeout(0);

    /// When waiting ends; `None` is never.
    pub fn deadline(self) -> Option<Instant> {
        let nanoseconds = u64::try_from(self.0).ok()?;
        Instant::now().checked_add(Duration::from_nanos(nanoseconds))
    }

    /// In nanoseconds.
    pub fn nanoseconds(self) -> i64 {
        self.0
    }

    /// Whether it is less than zero.
    pub fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// Whether it is less than zero, other than the -1 that stands for ever.
    pub fn is_invalid(self) -> bool {
        self.0 < 0 && self != Timeout::FOREVER
    }

    /// What `acquire` makes of its arguments (`lock_acquire_parse_args`).
    pub fn of_acquire(vm: &mut Vm, blocking: bool, timeout: Timeout) -> PyResult<Timeout> {
        if !blocking && timeout != Timeout::FOREVER {
            return Err(vm.value_error(format_args!("can't specify a timeout for a non-blocking call")));
        }
        if timeout.is_invalid() {
            return Err(vm.value_error(format_args!("timeout value must be a non-negative number")));
        }
        Ok(if blocking { timeout } else { Timeout::NONE })
    }

    /// Seconds as a number, rounded away from zero (`_PyTime_FromSecondsObject` with `_PyTime_ROUND_TIMEOUT`).
    pub fn of_seconds(vm: &mut Vm, value: &Value) -> PyResult<Timeout> {
        let nanoseconds = if let Some(seconds) = value.as_float() {
            if seconds.is_nan() {
                return Err(vm.value_error(format_args!("Invalid value NaN (not a number)")));
            }
            let exact = seconds * 1e9;
            let rounded = if exact < 0.0 { exact.floor() } else { exact.ceil() };
            (-(2f64.powi(63))..2f64.powi(63)).contains(&rounded).then_some(rounded as i64)
        } else {
            if value.as_int().is_none() && value.ty().slots().index().is_none() {
                let kind = vm.type_name(value);
                return Err(vm.type_error(format_args!("'{kind}' object cannot be interpreted as an integer or float")));
            }
            let seconds = vm.index_clipped(value)?;
            (seconds as i64).checked_mul(1_000_000_000)
        };
        match nanoseconds {
            Some(nanoseconds) => Ok(Timeout(nanoseconds)),
            None => Err(vm.overflow_error(format_args!("timestamp out of range for C PyTime_t"))),
        }
    }
}

impl FromArg<'_> for Timeout {
    const EFFECTS: Effects = Effects::Anything;

    fn from_arg(value: ValueRef<'_>, _: Argument, vm: &mut Vm) -> PyResult<Timeout> {
        Timeout::of_seconds(vm, &value)
    }
}
