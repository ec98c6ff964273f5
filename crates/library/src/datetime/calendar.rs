//! The proleptic Gregorian calendar: days by number, and weeks by ISO 8601.

/// The first year.
pub const MIN_YEAR: i32 = 1;
/// The last year.
pub const MAX_YEAR: i32 = 9999;
/// The number of the last day.
pub const MAX_ORDINAL: i64 = 3_652_059;

/// Days of a month in a year that is no leap year.
const DAYS: [i32; 13] = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

fn is_leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// How many days a month has.
pub fn days_in_month(year: i32, month: i32) -> i32 {
    if month == 2 && is_leap(year) { 29 } else { DAYS[month as usize] }
}

/// Days before a month.
fn days_before_month(year: i32, month: i32) -> i32 {
    (1..month).map(|month| days_in_month(year, month)).sum()
}

/// The number of a day; that of January 1 of year 1 is 1 (`ymd_to_ord`).
pub fn ordinal(year: i32, month: i32, day: i32) -> i64 {
    let before = i64::from(year - 1);
    before * 365 + before.div_euclid(4) - before.div_euclid(100)
        + before.div_euclid(400)
        + i64::from(days_before_month(year, month) + day)
}

/// The day of a number, which is 1 at least (`ord_to_ymd`).
pub fn day_of_ordinal(ordinal: i64) -> (i32, i32, i32) {
    let days = ordinal - 1;
    let (cycles, days) = (days / 146_097, days % 146_097);
    let (centuries, days) = ((days / 36_524).min(3), days - (days / 36_524).min(3) * 36_524);
    let (quadrennia, days) = (days / 1461, days % 1461);
    let (years, days) = ((days / 365).min(3), days - (days / 365).min(3) * 365);
    let year = (cycles * 400 + centuries * 100 + quadrennia * 4 + years + 1) as i32;
    let (mut month, mut day) = (1, days as i32 + 1);
    while day > days_in_month(year, month) {
        day -= days_in_month(year, month);
        month += 1;
    }
    (year, month, day)
}

/// The day of the week, Monday being 0.
pub fn weekday(year: i32, month: i32, day: i32) -> i32 {
    ((ordinal(year, month, day) + 6) % 7) as i32
}

/// The number of a day within its year, from 1 on.
pub fn day_of_year(year: i32, month: i32, day: i32) -> i32 {
    days_before_month(year, month) + day
}

/// The number of the Monday of the first week.
fn first_monday(year: i32) -> i64 {
    let first = ordinal(year, 1, 1);
    let weekday = (first + 6) % 7;
    let monday = first - weekday;
    if weekday > 3 { monday + 7 } else { monday }
}

/// Year, week and weekday by ISO 8601.
pub fn iso_calendar(year: i32, month: i32, day: i32) -> (i32, i32, i32) {
    let today = ordinal(year, month, day);
    let (mut iso_year, mut monday) = (year, first_monday(year));
    if today < monday {
        iso_year -= 1;
        monday = first_monday(iso_year);
    } else if (today - monday) / 7 >= 52 && today >= first_monday(year + 1) {
        iso_year += 1;
        monday = first_monday(iso_year);
    }
    (iso_year, ((today - monday) / 7) as i32 + 1, ((today - monday) % 7) as i32 + 1)
}

/// Why there is no such day.
pub enum NoDay {
    Year,
    Week,
    Weekday,
}

/// The day of an ISO year, week and weekday (`iso_to_ymd`).
pub fn day_of_iso(year: i32, week: i32, weekday: i32) -> Result<(i32, i32, i32), NoDay> {
    if !(MIN_YEAR..=MAX_YEAR).contains(&year) {
        return Err(NoDay::Year);
    }
    // Years that begin on a Thursday, and leap years that begin on a Wednesday, have 53 weeks.
    let first = ordinal(year, 1, 1) % 7;
    let long = first == 4 || first == 3 && is_leap(year);
    if !(1..=if long { 53 } else { 52 }).contains(&week) {
        return Err(NoDay::Week);
    }
    if !(1..=7).contains(&weekday) {
        return Err(NoDay::Weekday);
    }
    let number = first_monday(year) + i64::from((week - 1) * 7 + weekday - 1);
    match number {
        1..=MAX_ORDINAL => Ok(day_of_ordinal(number)),
        _ => Err(NoDay::Year),
    }
}
