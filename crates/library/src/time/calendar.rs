//! Calendar times: `struct_time`, and text of them.

use std::ffi::CString;

use pvm_macros::pyfunction;
use pvm_object::arguments::Argument;
use pvm_object::convert::FromArg;
use pvm_object::str::Str;
use pvm_object::text::TextBuilder;
use pvm_object::tuple::Tuple;
use pvm_object::{Args, Object, PyResult, Ref, Value, Vm, struct_sequence};

use super::convert::whole_seconds;
use crate::paths;
use crate::system::{self, CalendarTime};

struct_sequence! {
    /// A time as its parts
    ///
    /// What gmtime(), localtime() and strptime() return, and asctime(), mktime() and strftime() take: a sequence of nine
    /// numbers. Years, months, weekdays and days of the year are as people count them, not as C does.
    pub STRUCT_TIME = "struct_time" in "time", visible: 9, {
        tm_year: Some("year, for example, 1993"),
        tm_mon: Some("month of year, range [1, 12]"),
        tm_mday: Some("day of month, range [1, 31]"),
        tm_hour: Some("hours, range [0, 23]"),
        tm_min: Some("minutes, range [0, 59]"),
        tm_sec: Some("seconds, range [0, 61])"),
        tm_wday: Some("day of week, range [0, 6], Monday is 0"),
        tm_yday: Some("day of year, range [1, 366]"),
        tm_isdst: Some("1 if summer time is in effect, 0 if not, and -1 if unknown"),
        tm_zone: Some("abbreviation of timezone name"),
        tm_gmtoff: Some("offset from UTC in seconds"),
    }
}

fn zone_name(vm: &mut Vm, time: &CalendarTime) -> PyResult {
    match &time.zone {
        Some(zone) => Ok(paths::decode_name(vm, zone.to_bytes())?.into()),
        None => Ok(Value::none()),
    }
}

fn struct_time(vm: &mut Vm, time: &CalendarTime) -> PyResult<Ref<Tuple>> {
    let mut items: Vec<Value> = vec![vm.int(i64::from(time.year) + 1900)];
    let numbers = [
        time.month + 1,
        time.day,
        time.hour,
        time.minute,
        time.second,
        (time.weekday + 6) % 7,
        time.day_of_year + 1,
        time.daylight_saving,
    ];
    items.extend(numbers.into_iter().map(Value::from_i32));
    items.push(zone_name(vm, time)?);
    items.push(vm.int(time.offset));
    STRUCT_TIME.make(vm, items)
}

/// Now in whole seconds, or the seconds given.
fn seconds_or_now(vm: &mut Vm, seconds: Option<&Value>) -> PyResult<i64> {
    match seconds {
        Some(seconds) => whole_seconds(vm, seconds),
        None => {
            let now = system::clock_time(libc::CLOCK_REALTIME);
            Ok(system::raise(vm, now)?.div_euclid(super::convert::BILLION))
        }
    }
}

fn calendar_time(vm: &mut Vm, seconds: i64, local: bool) -> PyResult<CalendarTime> {
    let time = system::calendar_time(seconds, local);
    system::raise(vm, time)
}

/// gmtime([seconds]) -> (tm_year, tm_mon, tm_mday, tm_hour, tm_min,
///                        tm_sec, tm_wday, tm_yday, tm_isdst)
///
/// Return the parts of a time, now without one, in UTC.
#[pyfunction(module = "time")]
#[signature = "(seconds=None, /)"]
#[text_signature = ""]
pub fn gmtime(vm: &mut Vm, seconds: Option<&Value>) -> PyResult<Ref<Tuple>> {
    let seconds = seconds_or_now(vm, seconds)?;
    let time = calendar_time(vm, seconds, false)?;
    struct_time(vm, &time)
}

/// localtime([seconds]) -> (tm_year,tm_mon,tm_mday,tm_hour,tm_min,
///                           tm_sec,tm_wday,tm_yday,tm_isdst)
///
/// Return the parts of a time, now without one, in the local time zone.
#[pyfunction(module = "time")]
#[signature = "(seconds=None, /)"]
#[text_signature = ""]
pub fn localtime(vm: &mut Vm, seconds: Option<&Value>) -> PyResult<Ref<Tuple>> {
    let seconds = seconds_or_now(vm, seconds)?;
    let time = calendar_time(vm, seconds, true)?;
    struct_time(vm, &time)
}

/// The parts that a tuple or `struct_time` has (`gettmarg`).
fn parts_of(vm: &mut Vm, value: &Value, function: &str) -> PyResult<CalendarTime> {
    let Some(tuple) = value.downcast::<Tuple>() else {
        return Err(vm.type_error(format_args!("Tuple or struct_time argument required")));
    };
    if tuple.len() != 9 {
        return Err(vm.type_error(format_args!("{function}(): illegal time tuple argument")));
    }
    let mut numbers = [0i32; 9];
    for (number, item) in numbers.iter_mut().zip(tuple.as_slice()) {
        *number = c_int(vm, item)?;
    }
    let [year, month, day, hour, minute, second, weekday, day_of_year, daylight_saving] = numbers;
    let Some(year) = year.checked_sub(1900) else {
        return Err(vm.overflow_error(format_args!("year out of range")));
    };
    let mut time = CalendarTime {
        year,
        month: month.wrapping_sub(1),
        day,
        hour,
        minute,
        second,
        weekday: weekday.wrapping_add(1) % 7,
        day_of_year: day_of_year.wrapping_sub(1),
        daylight_saving,
        offset: 0,
        zone: None,
    };
    if std::ptr::eq(value.ty(), STRUCT_TIME.class.get()) {
        let [zone, offset] = STRUCT_TIME.hidden(tuple) else {
            return Ok(time);
        };
        if let Some(zone) = zone.downcast::<Str>() {
            let zone = paths::encode(vm, zone)?;
            time.zone = CString::new(zone).ok();
        }
        if !offset.is_none() {
            time.offset = i64::from_arg(offset.borrowed(), Argument::operand(""), vm)?;
        }
    }
    Ok(time)
}

/// An int of C's, with the words of the old way to parse arguments.
fn c_int(vm: &mut Vm, value: &Value) -> PyResult<i32> {
    let number = i64::from_arg(value.borrowed(), Argument::operand(""), vm)?;
    i32::try_from(number).map_err(|_| {
        let bound = if number < 0 { "less than minimum" } else { "greater than maximum" };
        vm.overflow_error(format_args!("signed integer is {bound}"))
    })
}

/// Checks the parts and puts right what may be missing (`checktm`).
fn check(vm: &mut Vm, time: &mut CalendarTime) -> PyResult<()> {
    if time.month == -1 {
        time.month = 0;
    }
    if time.day == 0 {
        time.day = 1;
    }
    if time.day_of_year == -1 {
        time.day_of_year = 0;
    }
    let bounds = [
        (time.month, 0..=11, "month"),
        (time.day, 0..=31, "day of month"),
        (time.hour, 0..=23, "hour"),
        (time.minute, 0..=59, "minute"),
        (time.second, 0..=61, "seconds"),
        (time.weekday, 0..=i32::MAX, "day of week"),
        (time.day_of_year, 0..=365, "day of year"),
    ];
    match bounds.iter().find(|(number, range, _)| !range.contains(number)) {
        Some((_, _, what)) => Err(vm.value_error(format_args!("{what} out of range"))),
        None => Ok(()),
    }
}

/// mktime(time_tuple) -> floating-point number
///
/// Return the seconds since the epoch of a local time's parts.
#[pyfunction(module = "time")]
#[signature = "(object, /)"]
#[text_signature = "($self, object, /)"]
pub fn mktime(vm: &mut Vm, object: &Value) -> PyResult<f64> {
    let time = parts_of(vm, object, "mktime")?;
    match system::seconds_of(&time) {
        Some(seconds) => Ok(seconds as f64),
        None => Err(vm.overflow_error(format_args!("mktime argument out of range"))),
    }
}

fn time_or_now(vm: &mut Vm, time: Option<&Value>, function: &str) -> PyResult<CalendarTime> {
    match time {
        None => {
            let now = seconds_or_now(vm, None)?;
            calendar_time(vm, now, true)
        }
        Some(time) => {
            let mut time = parts_of(vm, time, function)?;
            check(vm, &mut time)?;
            Ok(time)
        }
    }
}

const DAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

fn plain_text(time: &CalendarTime) -> String {
    format!(
        "{} {}{:3} {:02}:{:02}:{:02} {}",
        DAYS[time.weekday.rem_euclid(7) as usize],
        MONTHS[time.month.rem_euclid(12) as usize],
        time.day,
        time.hour,
        time.minute,
        time.second,
        i64::from(time.year) + 1900
    )
}

/// asctime([time_tuple]) -> string
///
/// Return the text of a time's parts, as 'Sat Jun  6 16:26:11 1998'; of now, without them.
#[pyfunction(module = "time")]
#[signature = "(time_tuple=<unrepresentable>, /)"]
#[text_signature = ""]
pub fn asctime(vm: &mut Vm, time_tuple: Option<&Value>) -> PyResult<String> {
    Ok(plain_text(&time_or_now(vm, time_tuple, "asctime")?))
}

/// ctime([seconds]) -> string
///
/// Return the text of a time in seconds; of now, without it.
#[pyfunction(module = "time")]
#[signature = "(seconds=None, /)"]
#[text_signature = ""]
pub fn ctime(vm: &mut Vm, seconds: Option<&Value>) -> PyResult<String> {
    let seconds = seconds_or_now(vm, seconds)?;
    Ok(plain_text(&calendar_time(vm, seconds, true)?))
}

/// strftime(format[, time_tuple]) -> string
///
/// Return the text of a time's parts in a format; of now, without them.
#[pyfunction(module = "time")]
#[signature = "(format, time_tuple=<unrepresentable>, /)"]
#[text_signature = ""]
pub fn strftime(vm: &mut Vm, format: &Value, time_tuple: Option<&Value>) -> PyResult<Ref<Str>> {
    let Some(format) = format.downcast::<Str>() else {
        let kind = vm.type_name(format);
        return Err(vm.type_error(format_args!("strftime() argument 1 must be str, not {kind}")));
    };
    let mut time = time_or_now(vm, time_tuple, "strftime")?;
    // C's library may look the name of the zone up by it, and knows only these.
    time.daylight_saving = time.daylight_saving.clamp(-1, 1);
    formatted(vm, format, &time)
}

/// Runs of ASCII go through C's library, everything else stays as it is.
fn formatted(vm: &mut Vm, format: &Object<Str>, time: &CalendarTime) -> PyResult<Ref<Str>> {
    let mut out = TextBuilder::new();
    let mut run: Vec<u8> = Vec::new();
    for point in format.view().code_points() {
        match u8::try_from(point) {
            Ok(byte @ 1..=0x7F) => run.push(byte),
            _ => {
                flush(vm, &mut run, time, &mut out)?;
                out.push(point);
            }
        }
    }
    flush(vm, &mut run, time, &mut out)?;
    Ok(vm.str_from_builder(out)?)
}

fn flush(vm: &mut Vm, run: &mut Vec<u8>, time: &CalendarTime, out: &mut TextBuilder) -> PyResult<()> {
    if run.is_empty() {
        return Ok(());
    }
    if !run.contains(&b'%') {
        out.push_ascii(run);
        run.clear();
        return Ok(());
    }
    let format = CString::new(std::mem::take(run)).unwrap_or_default();
    let text = system::format_time(&format, time);
    let text = paths::decode_name(vm, &text)?;
    out.push_view(text.view());
    Ok(())
}

/// strptime(string, format) -> struct_time
///
/// Read the parts of a time from text in a format, which is the inverse of strftime.
#[pyfunction(module = "time")]
#[text_signature = ""]
pub fn strptime(vm: &mut Vm, args: Args<'_>) -> PyResult {
    let name = vm.intern("_strptime_time");
    let function = vm.import_attr("_strptime", &name)?;
    vm.call_args(&function, args)
}
