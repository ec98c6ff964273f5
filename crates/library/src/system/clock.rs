//! Clocks and the calendar of C's library, which knows the time zones.

use std::ffi::{CStr, CString};

use super::{Errno, SysResult, check, last_error};

const BILLION: i64 = 1_000_000_000;

/// A time as its parts, in C's terms: years from 1900, months from 0, weekdays from Sunday.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CalendarTime {
    pub second: i32,
    pub minute: i32,
    pub hour: i32,
    pub day: i32,
    pub month: i32,
    pub year: i32,
    pub weekday: i32,
    pub day_of_year: i32,
    pub daylight_saving: i32,
    /// Seconds east of Greenwich.
    pub offset: i64,
    /// The name of the time zone.
    pub zone: Option<CString>,
}

impl CalendarTime {
    fn from_raw(raw: &libc::tm) -> CalendarTime {
        // SAFETY: the zone's name is null or a string of the library's, which is copied at once.
        let zone = (!raw.tm_zone.is_null()).then(|| unsafe { CStr::from_ptr(raw.tm_zone) }.to_owned());
        CalendarTime {
            second: raw.tm_sec,
            minute: raw.tm_min,
            hour: raw.tm_hour,
            day: raw.tm_mday,
            month: raw.tm_mon,
            year: raw.tm_year,
            weekday: raw.tm_wday,
            day_of_year: raw.tm_yday,
            daylight_saving: raw.tm_isdst,
            offset: raw.tm_gmtoff,
            zone,
        }
    }

    /// The parts for a call, which must not outlive `self`: the zone's name is borrowed.
    fn to_raw(&self) -> libc::tm {
        libc::tm {
            tm_sec: self.second,
            tm_min: self.minute,
            tm_hour: self.hour,
            tm_mday: self.day,
            tm_mon: self.month,
            tm_year: self.year,
            tm_wday: self.weekday,
            tm_yday: self.day_of_year,
            tm_isdst: self.daylight_saving,
            tm_gmtoff: self.offset,
            tm_zone: self.zone.as_ref().map_or(c"".as_ptr(), |zone| zone.as_ptr()),
        }
    }
}

/// `gmtime`, or `localtime`.
pub fn calendar_time(seconds: i64, local: bool) -> SysResult<CalendarTime> {
    // SAFETY: zeros are a valid `tm`; the call fills it.
    unsafe {
        let mut raw: libc::tm = std::mem::zeroed();
        let result = match local {
            true => libc::localtime_r(&seconds, &mut raw),
            false => libc::gmtime_r(&seconds, &mut raw),
        };
        if result.is_null() { Err(last_error()) } else { Ok(CalendarTime::from_raw(&raw)) }
    }
}

/// `mktime`: seconds since the epoch; `None` where they are out of range.
pub fn seconds_of(time: &CalendarTime) -> Option<i64> {
    let mut raw = time.to_raw();
    // The weekday is filled in on success, which tells -1 from a failure.
    raw.tm_wday = -1;
    // SAFETY: the parts are a valid `tm`.
    let seconds = unsafe { libc::mktime(&mut raw) };
    (seconds != -1 || raw.tm_wday != -1).then_some(seconds)
}

/// `strftime`. A format that gives nothing looks like one that needs more room: the size is bounded.
pub fn format_time(format: &CStr, time: &CalendarTime) -> Vec<u8> {
    let raw = time.to_raw();
    let most = 256 * format.to_bytes().len().max(4);
    let mut size = 1024;
    loop {
        let mut text = vec![0u8; size];
        // SAFETY: the call writes at most as much as there is room for; format and parts are valid.
        let len = unsafe { libc::strftime(text.as_mut_ptr().cast(), size, format.as_ptr(), &raw) };
        if len > 0 || size >= most {
            text.truncate(len);
            return text;
        }
        size *= 2;
    }
}

unsafe extern "C" {
    fn tzset();
}

/// `tzset`: takes the time zone from the environment again.
pub fn reload_time_zone() {
    // SAFETY: the call takes nothing. That other threads do not change the environment meanwhile is the program's concern.
    unsafe { tzset() }
}

/// The time of a clock in nanoseconds.
pub fn clock_time(clock: i32) -> SysResult<i64> {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the call fills the time.
    check(unsafe { libc::clock_gettime(clock, &mut time) })?;
    Ok(time.tv_sec.saturating_mul(BILLION).saturating_add(time.tv_nsec))
}

/// The resolution of a clock in nanoseconds.
pub fn clock_resolution(clock: i32) -> SysResult<i64> {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the call fills the time.
    check(unsafe { libc::clock_getres(clock, &mut time) })?;
    Ok(time.tv_sec.saturating_mul(BILLION).saturating_add(time.tv_nsec))
}

/// Sets a clock.
pub fn set_clock(clock: i32, nanoseconds: i64) -> SysResult<()> {
    let time = timespec(nanoseconds);
    // SAFETY: the call reads the time.
    check(unsafe { libc::clock_settime(clock, &time) }).map(drop)
}

/// A time of the system's from nanoseconds.
pub fn timespec(nanoseconds: i64) -> libc::timespec {
    libc::timespec { tv_sec: nanoseconds.div_euclid(BILLION), tv_nsec: nanoseconds.rem_euclid(BILLION) }
}

/// The clock of a thread's processor time.
pub fn clock_of_thread(thread: u64) -> SysResult<i32> {
    let mut clock = 0;
    // SAFETY: the call fills the clock. The thread must exist, as the documentation of Python's function says.
    let errno = unsafe { libc::pthread_getcpuclockid(thread as libc::pthread_t, &mut clock) };
    if errno == 0 { Ok(clock) } else { Err(Errno::from_raw_os_error(errno)) }
}

/// The end of a wait.
#[derive(Clone, Copy, Debug)]
pub struct Deadline(Option<i64>);

impl Deadline {
    /// So many nanoseconds from now; never without.
    pub fn after(nanoseconds: Option<i64>) -> Deadline {
        Deadline(nanoseconds.map(|time| now().saturating_add(time)))
    }

    /// The nanoseconds that are left, not negative; `None` where it never ends.
    pub fn left(self) -> Option<i64> {
        self.0.map(|end| (end - now()).max(0))
    }

    /// The milliseconds that are left, rounded up, as `poll` takes them; -1 where it never ends.
    pub fn milliseconds(self) -> i32 {
        let up = |time: i64| i32::try_from(time.div_euclid(1_000_000) + i64::from(time % 1_000_000 != 0)).unwrap_or(i32::MAX);
        self.left().map_or(-1, up)
    }
}

/// The monotonic clock, which always can be read.
fn now() -> i64 {
    clock_time(libc::CLOCK_MONOTONIC).unwrap_or(0)
}
