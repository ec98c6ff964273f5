//! `datetime`: a date and a time, with a zone or without.

use std::cell::Cell;

use pvm_macros::{pyclass, pymethods};
use pvm_object::ops::CompareOp;
use pvm_object::str::Str;
use pvm_object::tuple::Tuple;
use pvm_object::{Heap, Object, PyClass, PyResult, Ref, Type, Value, Vm};

use super::calendar::{self, MAX_ORDINAL, MAX_YEAR, MIN_YEAR};
use super::date::{DATE_TYPE, Date, check_date, ctime, date_fields, iso_text, not_iso, out_of_range, state_bytes, time_tuple};
use super::delta::{DAY, Delta};
use super::format::{Clock, parsed};
use super::moment::{moment_members, reduction};
use super::time::{Time, check_clock, clock_arguments, clock_of_state, clock_state, state_zone, zone_arguments};
use super::zone::{TimeZone, name_of, offset_of, offset_text, same_zone, zone_argument, zone_or};
use super::{local, parse};

/// datetime(year, month, day[, hour[, minute[, second[, microsecond[,tzinfo]]]]])
///
/// The year, month and day arguments are required. tzinfo may be None, or an
/// instance of a tzinfo subclass. The remaining arguments may be ints.
#[pyclass(name = "datetime", module = "datetime", extends = Date, base = DATE_TYPE, static_name = DATETIME_TYPE, parts(moment))]
pub struct DateTime {
    date: Date,
    #[trace(skip)]
    clock: Clock,
    fold: Cell<u8>,
    zone: Option<Value>,
}

impl DateTime {
    /// The time.
    pub fn clock(&self) -> Clock {
        self.clock
    }

    /// The date.
    pub fn day_part(&self) -> &Date {
        &self.date
    }

    /// Whether local time shows the moment for the second time: 0 or 1.
    pub fn fold(&self) -> u8 {
        self.fold.get()
    }

    /// Sets that, of one that nobody has seen.
    pub fn set_fold(&self, fold: u8) {
        self.fold.set(fold);
    }

    /// The zone.
    pub fn zone(&self) -> Option<&Value> {
        self.zone.as_ref()
    }

    fn plain((year, month, day): (i32, i32, i32), clock: Clock, zone: Option<Value>, fold: u8) -> DateTime {
        DateTime { date: Date { year, month, day }, clock, fold: Cell::new(fold), zone }
    }

    /// One of a class; a subclass's constructor is called.
    fn make(
        vm: &mut Vm,
        cls: &Object<Type>,
        (year, month, day): (i32, i32, i32),
        clock: Clock,
        zone: Option<Value>,
        fold: u8,
    ) -> PyResult {
        if std::ptr::eq(cls, DateTime::type_object()) {
            check_date(vm, year, month, day)?;
            check_clock(vm, clock, fold.into())?;
            return Ok(vm.alloc(DateTime::plain((year, month, day), clock, zone, fold)).into());
        }
        let fields = [year, month, day, clock.hour, clock.minute, clock.second, clock.micro].map(Value::from_i32);
        let arguments = [&fields[..], &[zone.unwrap_or_else(Value::none)]].concat();
        let made = vm.call(&cls.to_value(), &arguments)?;
        if let Some(moment) = made.downcast::<DateTime>() {
            moment.fold.set(fold);
        }
        Ok(made)
    }

    /// Microseconds since the beginning of day 0.
    fn micros(&self) -> i128 {
        i128::from(self.date.ordinal()) * DAY + self.clock.micros()
    }

    fn seconds(&self) -> i64 {
        local::seconds_of(self.date.fields(), self.clock)
    }

    fn split(vm: &mut Vm, micros: i128) -> PyResult<((i32, i32, i32), Clock)> {
        let (number, rest) = (micros.div_euclid(DAY), micros.rem_euclid(DAY));
        match i64::try_from(number) {
            Ok(number @ 1..=MAX_ORDINAL) => Ok((calendar::day_of_ordinal(number), Clock::of_micros(rest))),
            _ => Err(out_of_range(vm)),
        }
    }

    fn offset(this: &Object<DateTime>, vm: &mut Vm) -> PyResult<Option<i128>> {
        Ok(offset_of(vm, this.zone(), "utcoffset", &this.to_value())?.map(|offset| offset.micros()))
    }

    /// The same with another fold.
    fn folded(&self, vm: &mut Vm, fold: u8) -> Ref<DateTime> {
        vm.alloc(DateTime::plain(self.date.fields(), self.clock, self.zone.clone(), fold))
    }

    /// The same with another zone, of the class itself.
    fn with_zone(&self, vm: &mut Vm, zone: Option<Value>) -> Ref<DateTime> {
        vm.alloc(DateTime::plain(self.date.fields(), self.clock, zone, self.fold.get()))
    }

    /// Whether equality fails because the moment is one of two, or none (PEP 495).
    fn is_problematic(this: &Object<DateTime>, vm: &mut Vm, offset: Option<i128>) -> PyResult<bool> {
        let flipped = this.folded(vm, 1 - this.fold.get());
        Ok(DateTime::offset(&flipped, vm)? != offset)
    }

    fn from_moment(vm: &mut Vm, cls: &Object<Type>, seconds: i64, micro: i32, zone: Option<Value>) -> PyResult {
        let Some(zone) = zone else {
            let (date, clock, fold) = local::local_moment(vm, seconds, micro)?;
            return DateTime::make(vm, cls, date, clock, None, fold);
        };
        let (date, clock, _) = local::utc_moment(vm, seconds, micro)?;
        let moment = DateTime::make(vm, cls, date, clock, Some(zone.clone()), 0)?;
        let name = vm.intern("fromutc");
        vm.call_method(&zone, &name, &[moment])
    }

    fn now_parts(vm: &mut Vm) -> PyResult<(i64, i32)> {
        let name = vm.intern("time_ns");
        let time = vm.import_attr("time", &name)?;
        let now = vm.call(&time, &[])?;
        let now = vm.index_isize(&now)? as i64;
        Ok((now.div_euclid(1_000_000_000), (now.rem_euclid(1_000_000_000) / 1000) as i32))
    }

    /// The moment so many microseconds later, of the same class and zone (`add_datetime_timedelta`).
    pub fn moved(this: &Object<DateTime>, vm: &mut Vm, micros: i128) -> PyResult {
        let (date, clock) = DateTime::split(vm, this.micros() + micros)?;
        DateTime::make(vm, this.ty(), date, clock, this.zone.clone(), 0)
    }

    fn reduced(this: &Object<Self>, vm: &mut Vm, protocol: i32) -> PyResult<Ref<Tuple>> {
        let mut date = this.date.state();
        if protocol > 3 && this.fold.get() == 1 {
            date[2] |= 0x80;
        }
        let state: Value = vm.new_bytes(&[&date[..], &clock_state(this.clock)].concat())?.into();
        reduction(vm, this.ty(), state, this.zone())
    }
}

/// What two moments' offsets make of a comparison.
enum Offsets {
    Same,
    Differ(i128),
    OneNaive,
}

fn offsets(vm: &mut Vm, one: &Object<DateTime>, two: &Object<DateTime>) -> PyResult<(Offsets, Option<i128>, Option<i128>)> {
    let (first, second) = (DateTime::offset(one, vm)?, DateTime::offset(two, vm)?);
    let kind = match (first, second) {
        (None, None) => Offsets::Same,
        (Some(first), Some(second)) if first == second => Offsets::Same,
        (Some(first), Some(second)) => Offsets::Differ(first - second),
        _ => Offsets::OneNaive,
    };
    Ok((kind, first, second))
}

moment_members!(DateTime);

#[pymethods]
impl DateTime {
    #[new]
    #[signature = "(year=<unrepresentable>, month=<unrepresentable>, day=<unrepresentable>, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0)"]
    #[text_signature = "($type, *args, **kwargs)"]
    #[allow(clippy::too_many_arguments)]
    fn new(
        cls: &Object<Type>,
        vm: &mut Vm,
        year: Option<Value>,
        month: Option<Value>,
        day: Option<Value>,
        hour: i32,
        minute: i32,
        second: i32,
        microsecond: i32,
        tzinfo: Option<&Value>,
        fold: i32,
    ) -> PyResult<Ref<DateTime>> {
        if let (Some(state), None) = (&year, &day)
            && let Some(bytes) = state_bytes(vm, state, 10, 2, 13, "datetime")?
            && bytes[2] & 0x7f > 0
        {
            let date = (i32::from(bytes[0]) << 8 | i32::from(bytes[1]), (bytes[2] & 0x7f).into(), bytes[3].into());
            let zone = state_zone(vm, month.as_ref())?;
            return Ok(vm.alloc_as(cls, DateTime::plain(date, clock_of_state(&bytes[4..]), zone, bytes[2] >> 7)));
        }
        let (year, month, day) = date_fields(vm, year.as_ref(), month.as_ref(), day.as_ref())?;
        let clock = Clock { hour, minute, second, micro: microsecond };
        check_date(vm, year, month, day)?;
        let fold = check_clock(vm, clock, fold)?;
        let zone = zone_argument(vm, tzinfo)?;
        Ok(vm.alloc_as(cls, DateTime::plain((year, month, day), clock, zone, fold)))
    }

    fn __repr__(this: &Object<Self>, vm: &mut Vm) -> PyResult<String> {
        let tail = zone_arguments(vm, this.fold.get(), this.zone())?;
        let (year, month, day) = this.date.fields();
        let class = this.ty().full_name(vm);
        Ok(format!("{class}({year}, {month}, {day}, {}{tail})", clock_arguments(this.clock)))
    }

    fn __str__(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        let (name, space) = (vm.intern("isoformat"), vm.intern(" "));
        vm.call_method(&this.to_value(), &name, &[space.into()])
    }

    fn __hash__(this: &Object<Self>, vm: &mut Vm) -> PyResult<i64> {
        let offset = match this.fold.get() {
            0 => DateTime::offset(this, vm)?,
            _ => {
                let first = this.folded(vm, 0);
                DateTime::offset(&first, vm)?
            }
        };
        match offset {
            None => Ok(vm.new_bytes(&[&this.date.state()[..], &clock_state(this.clock)].concat())?.hash_code()),
            Some(offset) => {
                let delta = Delta::of_micros(vm, this.micros() - offset)?;
                vm.hash(&delta.into())
            }
        }
    }

    #[slot(richcompare)]
    fn richcompare(this: &Object<Self>, other: &Value, op: CompareOp, vm: &mut Vm) -> PyResult {
        let Some(other) = other.downcast::<DateTime>() else { return Ok(Value::not_implemented()) };
        let mut ordering = this.micros().cmp(&other.micros());
        if same_zone(this.zone(), other.zone()) {
            return Ok(Value::from_bool(op.holds(ordering)));
        }
        let (kind, first, second) = offsets(vm, this, other)?;
        let equality = matches!(op, CompareOp::Eq | CompareOp::Ne);
        match kind {
            Offsets::Same => {}
            Offsets::Differ(difference) => ordering = (this.micros() - other.micros() - difference).cmp(&0),
            Offsets::OneNaive if equality => return Ok(Value::from_bool(op == CompareOp::Ne)),
            Offsets::OneNaive => {
                return Err(vm.type_error(format_args!("can't compare offset-naive and offset-aware datetimes")));
            }
        }
        if equality
            && ordering.is_eq()
            && (DateTime::is_problematic(this, vm, first)? || DateTime::is_problematic(other, vm, second)?)
        {
            ordering = std::cmp::Ordering::Less;
        }
        Ok(Value::from_bool(op.holds(ordering)))
    }

    fn __add__(vm: &mut Vm, left: &Value, right: &Value) -> PyResult {
        match (left.downcast::<DateTime>(), right.downcast::<Delta>(), left.downcast::<Delta>(), right.downcast::<DateTime>()) {
            (Some(moment), Some(delta), ..) | (_, _, Some(delta), Some(moment)) => DateTime::moved(moment, vm, delta.micros()),
            _ => Ok(Value::not_implemented()),
        }
    }

    fn __sub__(vm: &mut Vm, left: &Value, right: &Value) -> PyResult {
        let Some(this) = left.downcast::<DateTime>() else { return Ok(Value::not_implemented()) };
        if let Some(delta) = right.downcast::<Delta>() {
            return DateTime::moved(this, vm, -delta.micros());
        }
        let Some(other) = right.downcast::<DateTime>() else { return Ok(Value::not_implemented()) };
        let mut micros = this.micros() - other.micros();
        if !same_zone(this.zone(), other.zone()) {
            match offsets(vm, this, other)?.0 {
                Offsets::Same => {}
                Offsets::Differ(difference) => micros -= difference,
                Offsets::OneNaive => {
                    return Err(vm.type_error(format_args!("can't subtract offset-naive and offset-aware datetimes")));
                }
            }
        }
        Ok(Delta::of_micros(vm, micros)?.into())
    }

    /// Returns new datetime object representing current time local to tz.
    ///
    ///   tz
    ///     Timezone object.
    ///
    /// If no tz is specified, uses local timezone.
    #[classmethod]
    #[signature = "($type, /, tz=None)"]
    fn now(cls: &Object<Type>, vm: &mut Vm, tz: Option<&Value>) -> PyResult {
        let zone = zone_argument(vm, tz)?;
        let (seconds, micro) = DateTime::now_parts(vm)?;
        DateTime::from_moment(vm, cls, seconds, micro, zone)
    }

    /// Return a new datetime representing UTC day and time.
    #[classmethod]
    #[signature = "($type, /)"]
    fn utcnow(cls: &Object<Type>, vm: &mut Vm) -> PyResult {
        let message = "datetime.datetime.utcnow() is deprecated and scheduled for removal in a future version. Use \
                       timezone-aware objects to represent datetimes in UTC: datetime.datetime.now(datetime.UTC).";
        vm.warn(&pvm_object::exceptions::DEPRECATION_WARNING, message, 1)?;
        let (seconds, micro) = DateTime::now_parts(vm)?;
        let (date, clock, _) = local::utc_moment(vm, seconds, micro)?;
        DateTime::make(vm, cls, date, clock, None, 0)
    }

    /// timestamp[, tz] -> tz's local time from POSIX timestamp.
    #[classmethod]
    #[signature = "($type, timestamp, tz=None)"]
    #[text_signature = ""]
    fn fromtimestamp(cls: &Object<Type>, vm: &mut Vm, timestamp: &Value, tz: Option<&Value>) -> PyResult {
        let zone = zone_argument(vm, tz)?;
        let (seconds, micro) = local::split_timestamp(vm, timestamp)?;
        DateTime::from_moment(vm, cls, seconds, micro, zone)
    }

    /// Construct a naive UTC datetime from a POSIX timestamp.
    #[classmethod]
    #[signature = "($type, timestamp, /)"]
    #[text_signature = ""]
    fn utcfromtimestamp(cls: &Object<Type>, vm: &mut Vm, timestamp: &Value) -> PyResult {
        let message = "datetime.datetime.utcfromtimestamp() is deprecated and scheduled for removal in a future \
                       version. Use timezone-aware objects to represent datetimes in UTC: \
                       datetime.datetime.fromtimestamp(timestamp, datetime.UTC).";
        vm.warn(&pvm_object::exceptions::DEPRECATION_WARNING, message, 1)?;
        let (seconds, micro) = local::split_timestamp(vm, timestamp)?;
        let (date, clock, _) = local::utc_moment(vm, seconds, micro)?;
        DateTime::make(vm, cls, date, clock, None, 0)
    }

    /// string, format -> new datetime parsed from a string (like time.strptime()).
    #[classmethod]
    #[signature = "($type, string, format, /)"]
    #[text_signature = ""]
    fn strptime(cls: &Object<Type>, vm: &mut Vm, string: &Object<Str>, format: &Object<Str>) -> PyResult {
        parsed(vm, "_strptime_datetime_datetime", cls.to_value(), string, format)
    }

    /// date, time -> datetime with same date and time fields
    #[classmethod]
    #[signature = "($type, date, time, tzinfo=<unrepresentable>)"]
    #[text_signature = ""]
    fn combine(cls: &Object<Type>, vm: &mut Vm, date: &Object<Date>, time: &Object<Time>, tzinfo: Option<Value>) -> PyResult {
        let zone = zone_or(vm, tzinfo.as_ref(), time.zone())?;
        DateTime::make(vm, cls, date.fields(), time.clock(), zone, time.fold())
    }

    /// string -> datetime from a string in most ISO 8601 formats
    #[classmethod]
    #[signature = "($type, object, /)"]
    fn fromisoformat(cls: &Object<Type>, vm: &mut Vm, object: &Value) -> PyResult {
        let text = iso_text(vm, object)?;
        // Any one character may separate date and time.
        let points: Vec<u32> = text.view().code_points().collect();
        let mut bytes: Vec<u8> = points.iter().map(|&point| u8::try_from(point).unwrap_or(0xff)).collect();
        let place = parse::separator(&bytes);
        if let Some(separator) = bytes.get_mut(place) {
            *separator = b'T';
        }
        let read = || {
            let date = parse::date(bytes.get(..place.min(bytes.len()))?)?;
            let time = match bytes.get(place + 1..) {
                Some(time) if !time.is_empty() => parse::time(time)?,
                None if bytes.len() <= place => (Clock::default(), None),
                _ => return None,
            };
            Some((date, time))
        };
        let Some((mut date, (mut clock, offset))) = read().filter(|_| points.len() >= 7) else {
            return Err(not_iso(vm, text));
        };
        let zone = offset.map(|offset| TimeZone::of_micros(vm, offset, None)).transpose()?;
        if clock.hour == 24 && clock.micros() == DAY {
            // Midnight at the end of the day is the next day's beginning.
            check_date(vm, date.0, date.1, date.2)?;
            clock.hour = 0;
            let next = calendar::ordinal(date.0, date.1, date.2) + 1;
            if next > MAX_ORDINAL {
                return Err(vm.value_error(format_args!("year must be in {MIN_YEAR}..{MAX_YEAR}, not {}", MAX_YEAR + 1)));
            }
            date = calendar::day_of_ordinal(next);
        }
        DateTime::make(vm, cls, date, clock, zone.map(Value::from), 0)
    }

    /// Return date object with same year, month and day.
    fn date(&self, heap: &mut Heap) -> Ref<Date> {
        let (year, month, day) = self.date.fields();
        heap.alloc(Date { year, month, day })
    }

    /// Return time object with same time but with tzinfo=None.
    fn time(&self, vm: &mut Vm) -> PyResult {
        Time::make(vm, Time::type_object(), self.clock, None, self.fold.get())
    }

    /// Return time object with same time and tzinfo.
    fn timetz(&self, vm: &mut Vm) -> PyResult {
        Time::make(vm, Time::type_object(), self.clock, self.zone.clone(), self.fold.get())
    }

    /// Return ctime() style string.
    fn ctime(&self) -> String {
        ctime(&self.date, self.clock.hour, self.clock.minute, self.clock.second)
    }

    /// Return time tuple, compatible with time.localtime().
    fn timetuple(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        let dst = match this.zone() {
            None => -1,
            zone => match offset_of(vm, zone, "dst", &this.to_value())? {
                None => -1,
                Some(dst) => i32::from(dst.micros() != 0),
            },
        };
        let Clock { hour, minute, second, .. } = this.clock;
        time_tuple(vm, this.date.fields(), (hour, minute, second), dst)
    }

    /// Return POSIX timestamp as float.
    fn timestamp(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        let seconds = match (&this.zone, DateTime::offset(this, vm)?) {
            (Some(_), Some(offset)) => {
                let micros = this.micros() - offset - i128::from(local::EPOCH) * DAY;
                let delta: Value = Delta::of_micros(vm, micros)?.into();
                let name = vm.intern("total_seconds");
                return vm.call_method(&delta, &name, &[]);
            }
            _ => local::seconds_of_local(vm, this.seconds(), this.fold.get())?,
        };
        Ok(vm.float(seconds as f64 + f64::from(this.clock.micro) / 1e6))
    }

    /// Return UTC time tuple, compatible with time.localtime().
    fn utctimetuple(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        let offset = DateTime::offset(this, vm)?.unwrap_or(0);
        let (date, clock) = DateTime::split(vm, this.micros() - offset)?;
        time_tuple(vm, date, (clock.hour, clock.minute, clock.second), 0)
    }

    /// [sep] -> string in ISO 8601 format, YYYY-MM-DDT[HH[:MM[:SS[.mmm[uuu]]]]][+HH:MM].
    /// sep is used to separate the year from the time, and defaults to 'T'.
    /// The optional argument timespec specifies the number of additional terms
    /// of the time to include. Valid options are 'auto', 'hours', 'minutes',
    /// 'seconds', 'milliseconds' and 'microseconds'.
    #[signature = "($self, sep='T', timespec='auto')"]
    #[text_signature = ""]
    fn isoformat(
        this: &Object<Self>,
        vm: &mut Vm,
        #[default(crate::parameters::CodePoint(0x54))] sep: crate::parameters::CodePoint,
        timespec: &str,
    ) -> PyResult<Ref<Str>> {
        let time = this.clock.iso_text(vm, timespec)?;
        let offset = DateTime::offset(this, vm)?.map(|offset| offset_text(offset, ":")).unwrap_or_default();
        let mut text = pvm_object::text::TextBuilder::new();
        text.push_str(&this.date.iso());
        text.push(sep.0);
        text.push_str(&time);
        text.push_str(&offset);
        Ok(vm.str_from_builder(text)?)
    }

    /// Return self.tzinfo.utcoffset(self).
    fn utcoffset(this: &Object<Self>, vm: &mut Vm) -> PyResult<Option<Ref<Delta>>> {
        offset_of(vm, this.zone(), "utcoffset", &this.to_value())
    }

    /// Return self.tzinfo.tzname(self).
    fn tzname(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        name_of(vm, this.zone(), &this.to_value())
    }

    /// Return self.tzinfo.dst(self).
    fn dst(this: &Object<Self>, vm: &mut Vm) -> PyResult<Option<Ref<Delta>>> {
        offset_of(vm, this.zone(), "dst", &this.to_value())
    }

    /// Return datetime with new specified fields.
    #[signature = "($self, /, year=unchanged, month=unchanged, day=unchanged, hour=unchanged, minute=unchanged, second=unchanged, microsecond=unchanged, tzinfo=unchanged, *, fold=unchanged)"]
    #[allow(clippy::too_many_arguments)]
    fn replace(
        this: &Object<Self>,
        vm: &mut Vm,
        year: Option<i32>,
        month: Option<i32>,
        day: Option<i32>,
        hour: Option<i32>,
        minute: Option<i32>,
        second: Option<i32>,
        microsecond: Option<i32>,
        tzinfo: Option<Value>,
        fold: Option<i32>,
    ) -> PyResult {
        let (old_year, old_month, old_day) = this.date.fields();
        let date = (year.unwrap_or(old_year), month.unwrap_or(old_month), day.unwrap_or(old_day));
        let clock = this.clock.changed(hour, minute, second, microsecond);
        let zone = zone_or(vm, tzinfo.as_ref(), this.zone())?;
        check_date(vm, date.0, date.1, date.2)?;
        let fold = check_clock(vm, clock, fold.unwrap_or(this.fold.get().into()))?;
        DateTime::make(vm, this.ty(), date, clock, zone, fold)
    }

    /// The same as replace().
    #[signature = "($self, /, year=unchanged, month=unchanged, day=unchanged, hour=unchanged, minute=unchanged, second=unchanged, microsecond=unchanged, tzinfo=unchanged, *, fold=unchanged)"]
    #[text_signature = "($self, /, **changes)"]
    #[allow(clippy::too_many_arguments)]
    fn __replace__(
        this: &Object<Self>,
        vm: &mut Vm,
        year: Option<i32>,
        month: Option<i32>,
        day: Option<i32>,
        hour: Option<i32>,
        minute: Option<i32>,
        second: Option<i32>,
        microsecond: Option<i32>,
        tzinfo: Option<Value>,
        fold: Option<i32>,
    ) -> PyResult {
        DateTime::replace(this, vm, year, month, day, hour, minute, second, microsecond, tzinfo, fold)
    }

    /// tz -> convert to local time in new timezone tz
    #[signature = "($self, tz=None)"]
    #[text_signature = ""]
    fn astimezone(this: &Object<Self>, vm: &mut Vm, tz: Option<&Value>) -> PyResult {
        let target = zone_argument(vm, tz)?;
        let offset = DateTime::offset(this, vm)?;
        let (own, offset) = match (&this.zone, offset) {
            (Some(zone), Some(offset)) => (zone.clone(), offset),
            // Without an offset the moment is on the local clock.
            _ => {
                let seconds = local::seconds_of_shown(vm, this.seconds(), this.fold.get())?;
                let zone = local::local_zone(vm, seconds)?;
                let offset = zone.offset().micros();
                (zone.into(), offset)
            }
        };
        if target.as_ref().is_some_and(|target| target.is(&own)) {
            return Ok(this.to_value());
        }
        let moved = DateTime::moved(this, vm, -offset)?;
        let Some(moment) = moved.downcast::<DateTime>() else { return Ok(moved) };
        let target = match target {
            Some(target) => target,
            None => local::local_zone(vm, moment.seconds())?.into(),
        };
        let in_utc = match std::ptr::eq(moment.ty(), DateTime::type_object()) {
            true => moment.with_zone(vm, Some(target.clone())).into(),
            false => {
                let fields = (moment.date.fields(), moment.clock);
                DateTime::make(vm, moment.ty(), fields.0, fields.1, Some(target.clone()), 0)?
            }
        };
        let name = vm.intern("fromutc");
        vm.call_method(&target, &name, &[in_utc])
    }

    #[constant]
    #[name = "min"]
    fn min(heap: &mut Heap) -> Ref<DateTime> {
        heap.alloc(DateTime::plain((MIN_YEAR, 1, 1), Clock::default(), None, 0))
    }

    #[constant]
    #[name = "max"]
    fn max(heap: &mut Heap) -> Ref<DateTime> {
        let clock = Clock { hour: 23, minute: 59, second: 59, micro: 999_999 };
        heap.alloc(DateTime::plain((MAX_YEAR, 12, 31), clock, None, 0))
    }
}
