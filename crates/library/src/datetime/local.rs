//! Local time, by the functions of the module `time`.

use pvm_object::str::Str;
use pvm_object::{PyResult, Ref, Value, Vm, exceptions};

use super::calendar;
use super::format::Clock;
use super::zone::TimeZone;

/// The number of January 1, 1970.
pub const EPOCH: i64 = 719_163;
/// The largest shift of clocks that is looked for, in seconds.
const MAX_FOLD: i64 = 24 * 3600;

/// A date, a time, and whether it is the second of two moments that look so.
pub type Moment = ((i32, i32, i32), Clock, u8);

/// Seconds since the epoch of a date and time that count as UTC.
pub fn seconds_of((year, month, day): (i32, i32, i32), clock: Clock) -> i64 {
    (calendar::ordinal(year, month, day) - EPOCH) * 86_400 + (clock.micros() / 1_000_000) as i64
}

fn local_tuple(vm: &mut Vm, seconds: i64) -> PyResult {
    let name = vm.intern("localtime");
    let localtime = vm.import_attr("time", &name)?;
    let seconds = vm.int(seconds);
    vm.call(&localtime, &[seconds])
}

fn field(vm: &mut Vm, tuple: &Value, index: i64) -> PyResult<i32> {
    let index = vm.int(index);
    let value = vm.getitem(tuple, &index)?;
    crate::parameters::c_int(&value, vm)
}

/// Date and time on the local clock.
fn local_fields(vm: &mut Vm, seconds: i64) -> PyResult<((i32, i32, i32), Clock)> {
    let tuple = local_tuple(vm, seconds)?;
    let mut fields = [0; 6];
    for (index, place) in fields.iter_mut().enumerate() {
        *place = field(vm, &tuple, index as i64)?;
    }
    let [year, month, day, hour, minute, second] = fields;
    if !(calendar::MIN_YEAR..=calendar::MAX_YEAR).contains(&year) {
        return Err(vm.value_error(format_args!("year {year} is out of range")));
    }
    // Leap seconds are no part of the class's range.
    Ok(((year, month, day), Clock { hour, minute, second: second.min(59), micro: 0 }))
}

/// What the local clock shows, as seconds that count as UTC (`local`).
fn local(vm: &mut Vm, seconds: i64) -> PyResult<i64> {
    let (date, clock) = local_fields(vm, seconds)?;
    Ok(seconds_of(date, clock))
}

/// Seconds since the epoch when the local clock shows `shown` (`local_to_seconds`).
pub fn seconds_of_local(vm: &mut Vm, shown: i64, fold: u8) -> PyResult<i64> {
    let a = local(vm, shown)? - shown;
    let first = shown - a;
    let first_shows = local(vm, first)?;
    let b = if first_shows == shown {
        // One moment; there may be an earlier one, or a later one.
        let other = if fold == 0 { first - MAX_FOLD } else { first + MAX_FOLD };
        let b = local(vm, other)? - other;
        if a == b {
            return Ok(first);
        }
        b
    } else {
        first_shows - first
    };
    let second = shown - b;
    if local(vm, second)? == shown {
        return Ok(second);
    }
    if first_shows == shown {
        return Ok(first);
    }
    // The clock skips this time.
    Ok(if fold == 0 { first.max(second) } else { first.min(second) })
}

/// As [`seconds_of_local`], but of a time that the clock skips the earlier moment with `fold`, the later one without
/// (`local_timezone_from_local`).
pub fn seconds_of_shown(vm: &mut Vm, shown: i64, fold: u8) -> PyResult<i64> {
    let seconds = seconds_of_local(vm, shown, fold)?;
    let other = seconds_of_local(vm, shown, 1 - fold)?;
    let skipped = other != seconds && (other > seconds) == (fold == 1);
    Ok(if skipped { other } else { seconds })
}

/// Seconds and microseconds of a timestamp, rounded half to even (`_PyTime_ObjectToTimeval`).
pub fn split_timestamp(vm: &mut Vm, timestamp: &Value) -> PyResult<(i64, i32)> {
    let Some(float) = timestamp.as_float() else {
        let seconds = vm.index_isize_or(timestamp, &exceptions::OVERFLOW_ERROR);
        return match seconds {
            Ok(seconds) => Ok((seconds as i64, 0)),
            Err(raised) if vm.pending_is(&exceptions::OVERFLOW_ERROR) => {
                drop(vm.catch(raised));
                Err(out_of_range(vm))
            }
            Err(raised) => Err(raised),
        };
    };
    if float.is_nan() {
        return Err(vm.value_error(format_args!("Invalid value NaN (not a number)")));
    }
    let (mut whole, mut micros) = (float.trunc(), ((float - float.trunc()) * 1e6).round_ties_even());
    if micros >= 1e6 {
        (whole, micros) = (whole + 1.0, micros - 1e6);
    } else if micros < 0.0 {
        (whole, micros) = (whole - 1.0, micros + 1e6);
    }
    if !(-9.223_372_036_854_775e18..9.223_372_036_854_775e18).contains(&whole) {
        return Err(out_of_range(vm));
    }
    Ok((whole as i64, micros as i32))
}

fn out_of_range(vm: &mut Vm) -> pvm_object::Raised {
    vm.overflow_error(format_args!("timestamp out of range for platform time_t"))
}

/// The moment in UTC.
pub fn utc_moment(vm: &mut Vm, seconds: i64, micro: i32) -> PyResult<Moment> {
    let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let number = days.saturating_add(EPOCH);
    if !(1..=calendar::MAX_ORDINAL).contains(&number) {
        // The year is told as far as it can be.
        let year = 1970 + days / 365 - days / 365 / 1460;
        return Err(vm.value_error(format_args!("year {year} is out of range")));
    }
    let clock = Clock { micro, ..Clock::of_micros(i128::from(rest) * 1_000_000) };
    Ok((calendar::day_of_ordinal(number), clock, 0))
}

/// The moment on the local clock (`datetime_from_timet_and_us`).
pub fn local_moment(vm: &mut Vm, seconds: i64, micro: i32) -> PyResult<Moment> {
    let (date, clock) = local_fields(vm, seconds)?;
    let shown = seconds_of(date, clock);
    let mut fold = 0;
    // Near the first year there is nothing before to compare with.
    if shown - MAX_FOLD > seconds_of((1, 1, 2), Clock::default()) {
        let transition = shown - local(vm, seconds - MAX_FOLD)? - MAX_FOLD;
        if transition < 0 && local(vm, seconds + transition)? == shown {
            fold = 1;
        }
    }
    Ok((date, Clock { micro, ..clock }, fold))
}

/// The zone of the local clock at a moment (`local_timezone_from_timestamp`).
pub fn local_zone(vm: &mut Vm, seconds: i64) -> PyResult<Ref<TimeZone>> {
    let tuple = local_tuple(vm, seconds)?;
    let (offset, name) = (vm.intern("tm_gmtoff"), vm.intern("tm_zone"));
    let (offset, name) = (vm.getattr(&tuple, &offset)?, vm.getattr(&tuple, &name)?);
    let micros = i128::from(crate::parameters::c_int(&offset, vm)?) * 1_000_000;
    TimeZone::of_micros(vm, micros, name.downcast_into::<Str>().ok())
}
