//! POSIX's rules for zones (`EST5EDT,M3.2.0,M11.1.0`), as files of zones end with them.

use std::ops::RangeInclusive;

/// A day of each year, and a time on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    day: Day,
    /// Seconds after midnight.
    time: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Day {
    /// Counted from 0, the 29th of February too. As in CPython day 0 is the one before the year.
    OfYear(i64),
    /// Counted from 1, the 29th of February never.
    Julian(i64),
    /// Month, week, day of the week.
    OfMonth(u32, i64, i64),
}

/// When summer's time begins and ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summer {
    pub name: String,
    pub offset: i64,
    pub start: Moment,
    pub end: Moment,
}

/// A rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    pub name: String,
    pub offset: i64,
    pub summer: Option<Summer>,
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// Days from the epoch to the start of a year.
fn days_before_year(year: i64) -> i64 {
    let before = year - 1;
    before * 365 + before.div_euclid(4) - before.div_euclid(100) + before.div_euclid(400) - 719_162
}

impl Moment {
    /// Seconds from the epoch to this moment of a year, by local time (`…_year_to_timestamp`).
    fn of_year(self, year: i64) -> i64 {
        const BEFORE_MONTH: [i64; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
        let leap = is_leap(year);
        let start = days_before_year(year);
        let day = match self.day {
            Day::OfYear(day) => start + day - 1,
            Day::Julian(day) => start + day - 1 + i64::from(leap && day >= 60),
            Day::OfMonth(month, week, weekday) => {
                let index = month as usize - 1;
                let first = start + BEFORE_MONTH[index] + i64::from(leap && month > 2);
                let length = match month {
                    2 => 28 + i64::from(leap),
                    4 | 6 | 9 | 11 => 30,
                    _ => 31,
                };
                // The epoch was a Thursday; Sunday is 0.
                let mut day = (weekday - (first + 4)).rem_euclid(7) + 7 * (week - 1);
                if day >= length {
                    day -= 7;
                }
                first + day
            }
        };
        day * 86400 + self.time
    }
}

impl Rule {
    /// Whether it is summer's time at a moment of local time (`find_tzrule_ttinfo`).
    pub fn is_summer(&self, local: i64, fold: bool, year: i64) -> bool {
        let Some(summer) = &self.summer else { return false };
        let (mut start, mut end) = (summer.start.of_year(year), summer.end.of_year(year));
        let difference = summer.offset - self.offset;
        if fold == (difference >= 0) {
            end -= difference;
        } else {
            start += difference;
        }
        match start < end {
            true => start <= local && local < end,
            false => !(end <= local && local < start),
        }
    }

    /// The same at a moment of UTC, and whether local time shows it for the second time (`find_tzrule_ttinfo_fromutc`).
    pub fn is_summer_utc(&self, moment: i64, year: i64) -> (bool, bool) {
        let Some(summer) = &self.summer else { return (false, false) };
        let (start, end) = (summer.start.of_year(year) - self.offset, summer.end.of_year(year) - summer.offset);
        let is_summer = match start < end {
            true => start <= moment && moment < end,
            false => !(end <= moment && moment < start),
        };
        let difference = summer.offset - self.offset;
        let (from, to) = if difference > 0 { (end, end + difference) } else { (start, start - difference) };
        (is_summer, from <= moment && moment < to)
    }
}

/// What is wrong with the text of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    StandardName,
    StandardOffset,
    SummerName,
    SummerOffset,
    NoTransitions,
    Transition,
    Rest,
}

impl Wrong {
    /// What CPython says of it, in front of the text.
    pub fn text(self) -> &'static str {
        match self {
            Wrong::StandardName => "Invalid STD format in",
            Wrong::StandardOffset => "Invalid STD offset in",
            Wrong::SummerName => "Invalid DST format in",
            Wrong::SummerOffset => "Invalid DST offset in",
            Wrong::NoTransitions => "Missing transition rules in TZ string:",
            Wrong::Transition => "Malformed transition rule in TZ string:",
            Wrong::Rest => "Extraneous characters at end of TZ string:",
        }
    }
}

/// Text that is read from the front.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<u8> {
        self.0.first().copied()
    }

    fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        if found {
            self.0 = &self.0[1..];
        }
        found
    }

    fn take(&mut self, mut belongs: impl FnMut(u8) -> bool) -> &'a [u8] {
        let len = self.0.iter().take_while(|&&byte| belongs(byte)).count();
        let (taken, rest) = self.0.split_at(len);
        self.0 = rest;
        taken
    }

    /// A name: letters, or more in angle brackets.
    fn name(&mut self) -> Option<String> {
        let name = if self.eat(b'<') {
            let name = self.take(|byte| byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'-');
            self.eat(b'>').then_some(name)?
        } else {
            self.take(|byte| byte.is_ascii_alphabetic())
        };
        (!name.is_empty()).then(|| String::from_utf8_lossy(name).into_owned())
    }

    /// A number of so many digits.
    fn number(&mut self, digits: RangeInclusive<usize>) -> Option<i64> {
        let most = *digits.end();
        let mut count = 0;
        let taken = self.take(|byte| {
            count += 1;
            count <= most && byte.is_ascii_digit()
        });
        if !digits.contains(&taken.len()) {
            return None;
        }
        Some(taken.iter().fold(0, |number, byte| number * 10 + i64::from(byte - b'0')))
    }

    /// `[+-]h[hh][:mm[:ss]]` in seconds (`parse_transition_time`, `parse_tz_delta`).
    fn time(&mut self, most_hours: i64) -> Option<i64> {
        let negative = self.peek() == Some(b'-');
        if negative || self.peek() == Some(b'+') {
            self.0 = &self.0[1..];
        }
        let hours = self.number(1..=3)?;
        let (mut minutes, mut seconds) = (0, 0);
        if self.eat(b':') {
            minutes = self.number(2..=2)?;
            if self.eat(b':') {
                seconds = self.number(2..=2)?;
            }
        }
        if hours > most_hours || minutes > 59 || seconds > 59 {
            return None;
        }
        let total = hours * 3600 + minutes * 60 + seconds;
        Some(if negative { -total } else { total })
    }

    /// A day of the year and a time (`parse_transition_rule`).
    fn moment(&mut self) -> Option<Moment> {
        let day = if self.eat(b'M') {
            let month = self.number(1..=2)?;
            let week = self.eat(b'.').then(|| self.number(1..=1))??;
            let weekday = self.eat(b'.').then(|| self.number(1..=1))??;
            let fits = (1..=12).contains(&month) && (1..=5).contains(&week) && (0..=6).contains(&weekday);
            fits.then_some(Day::OfMonth(month as u32, week, weekday))?
        } else if self.eat(b'J') {
            let day = self.number(1..=3)?;
            (1..=365).contains(&day).then_some(Day::Julian(day))?
        } else {
            let day = self.number(1..=3)?;
            (0..=365).contains(&day).then_some(Day::OfYear(day))?
        };
        let time = if self.eat(b'/') { self.time(167)? } else { 2 * 3600 };
        Some(Moment { day, time })
    }
}

/// Reads a rule (`parse_tz_str`).
pub fn parse(text: &[u8]) -> Result<Rule, Wrong> {
    let mut reader = Reader(text);
    let name = reader.name().ok_or(Wrong::StandardName)?;
    // West of Greenwich is positive here.
    let offset = -reader.time(24).ok_or(Wrong::StandardOffset)?;
    if reader.0.is_empty() {
        return Ok(Rule { name, offset, summer: None });
    }
    let summer_name = reader.name().ok_or(Wrong::SummerName)?;
    let summer_offset = match reader.peek() {
        Some(b',') => offset + 3600,
        None => return Err(Wrong::NoTransitions),
        Some(_) => -reader.time(24).ok_or(Wrong::SummerOffset)?,
    };
    let mut moments = [None, None];
    for moment in &mut moments {
        match reader.eat(b',') {
            true => *moment = Some(reader.moment().ok_or(Wrong::Transition)?),
            false => return Err(Wrong::NoTransitions),
        }
    }
    let [Some(start), Some(end)] = moments else { return Err(Wrong::NoTransitions) };
    if !reader.0.is_empty() {
        return Err(Wrong::Rest);
    }
    Ok(Rule { name, offset, summer: Some(Summer { name: summer_name, offset: summer_offset, start, end }) })
}
