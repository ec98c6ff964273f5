//! `date`, and what `isocalendar` returns.

use pvm_macros::{pyclass, pymethods};
use pvm_object::bytes::Bytes;
use pvm_object::ops::CompareOp;
use pvm_object::str::Str;
use pvm_object::tuple::{TUPLE_TYPE, Tuple};
use pvm_object::{Heap, Object, PyClass, PyResult, Raised, Ref, Type, Value, Vm};

use super::calendar::{self, MAX_ORDINAL, MAX_YEAR, MIN_YEAR, NoDay};
use super::datetime::DateTime;
use super::delta::{DAY, Delta};
use super::format::{Shown, formatted, parsed};
use super::{local, parse};
use crate::parameters::c_int;

/// date(year, month, day) --> date object
#[pyclass(name = "date", module = "datetime", static_name = DATE_TYPE)]
pub struct Date {
    pub(super) year: i32,
    pub(super) month: i32,
    pub(super) day: i32,
}

const DAY_NAMES: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTH_NAMES: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// An error where there is no such day (`check_date_args`).
pub fn check_date(heap: &mut Heap, year: i32, month: i32, day: i32) -> PyResult<()> {
    if !(MIN_YEAR..=MAX_YEAR).contains(&year) {
        return Err(heap.value_error(format_args!("year must be in {MIN_YEAR}..{MAX_YEAR}, not {year}")));
    }
    if !(1..=12).contains(&month) {
        return Err(heap.value_error(format_args!("month must be in 1..12, not {month}")));
    }
    let last = calendar::days_in_month(year, month);
    if !(1..=last).contains(&day) {
        let message = format_args!("day {day} must be in range 1..{last} for month {month} in year {year}");
        return Err(heap.value_error(message));
    }
    Ok(())
}

/// The bytes of a state: bytes of a length, or text that an old pickle was read as. The byte of the month must be one.
pub fn state_bytes(vm: &mut Vm, state: &Value, length: usize, check: usize, limit: u8, what: &str) -> PyResult<Option<Vec<u8>>> {
    let bytes = if let Some(bytes) = state.downcast::<Bytes>() {
        bytes.as_slice().to_vec()
    } else if let Some(text) = state.downcast::<Str>().filter(|text| text.len() == length) {
        let points: Vec<u32> = text.view().code_points().collect();
        if points.get(check).is_none_or(|&point| point & 0x7f >= u32::from(limit)) {
            return Ok(None);
        }
        match points.iter().map(|&point| u8::try_from(point).ok()).collect::<Option<Vec<u8>>>() {
            Some(bytes) => bytes,
            None => {
                return Err(vm.value_error(format_args!(
                    "Failed to encode latin1 string when unpickling a {what} object. pickle.load(data, encoding='latin1') is assumed."
                )));
            }
        }
    } else {
        return Ok(None);
    };
    Ok((bytes.len() == length && bytes[check] & 0x7f < limit).then_some(bytes))
}

#[cold]
fn missing(vm: &mut Vm, name: &str, position: usize) -> Raised {
    vm.type_error(format_args!("function missing required argument '{name}' (pos {position})"))
}

/// The required arguments of a date.
pub fn date_fields(vm: &mut Vm, year: Option<&Value>, month: Option<&Value>, day: Option<&Value>) -> PyResult<(i32, i32, i32)> {
    let Some(year) = year else { return Err(missing(vm, "year", 1)) };
    let Some(month) = month else { return Err(missing(vm, "month", 2)) };
    let Some(day) = day else { return Err(missing(vm, "day", 3)) };
    Ok((c_int(year, vm)?, c_int(month, vm)?, c_int(day, vm)?))
}

/// The error for a text that is no such thing.
pub fn not_iso(vm: &mut Vm, text: &Object<Str>) -> Raised {
    match vm.repr(&text.to_value()) {
        Ok(shown) => vm.value_error(format_args!("Invalid isoformat string: {}", shown.to_string_lossy())),
        Err(raised) => raised,
    }
}

/// The argument of `fromisoformat`.
pub fn iso_text<'a>(vm: &mut Vm, value: &'a Value) -> PyResult<&'a Object<Str>> {
    match value.downcast::<Str>() {
        Some(text) => Ok(text),
        None => Err(vm.type_error(format_args!("fromisoformat: argument must be str"))),
    }
}

/// The error for a day that would be outside of all years.
#[cold]
pub fn out_of_range(vm: &mut Vm) -> Raised {
    vm.overflow_error(format_args!("date value out of range"))
}

impl Date {
    /// The number of the day.
    pub fn ordinal(&self) -> i64 {
        calendar::ordinal(self.year, self.month, self.day)
    }

    /// Year, month and day.
    pub fn fields(&self) -> (i32, i32, i32) {
        (self.year, self.month, self.day)
    }

    /// Year, month and day in the form of ISO 8601.
    pub fn iso(&self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }

    /// The four bytes of pickles.
    pub fn state(&self) -> [u8; 4] {
        let [high, low] = (self.year as u16).to_be_bytes();
        [high, low, self.month as u8, self.day as u8]
    }

    /// A date of a class, which a subclass's constructor makes.
    fn make(vm: &mut Vm, cls: &Object<Type>, (year, month, day): (i32, i32, i32)) -> PyResult {
        if std::ptr::eq(cls, Date::type_object()) {
            check_date(vm, year, month, day)?;
            return Ok(vm.alloc(Date { year, month, day }).into());
        }
        vm.call(&cls.to_value(), &[year, month, day].map(Value::from_i32))
    }

    fn of_ordinal(vm: &mut Vm, cls: &Object<Type>, number: i64) -> PyResult {
        match number {
            1..=MAX_ORDINAL => Date::make(vm, cls, calendar::day_of_ordinal(number)),
            _ => Err(out_of_range(vm)),
        }
    }

    fn moved(this: &Object<Date>, vm: &mut Vm, delta: &Delta, sign: i128) -> PyResult {
        let days = (delta.micros().div_euclid(DAY) * sign) as i64;
        Date::of_ordinal(vm, this.ty(), this.ordinal() + days)
    }
}

/// A plain date: no datetime.
fn plain(value: &Value) -> Option<&Object<Date>> {
    value.downcast::<Date>().filter(|_| !value.is_instance_of::<DateTime>())
}

#[pymethods]
impl Date {
    #[new]
    #[signature = "(year=<unrepresentable>, month=<unrepresentable>, day=<unrepresentable>)"]
    #[text_signature = "($type, *args, **kwargs)"]
    fn new(
        cls: &Object<Type>,
        vm: &mut Vm,
        year: Option<Value>,
        month: Option<Value>,
        day: Option<Value>,
    ) -> PyResult<Ref<Date>> {
        if let (Some(state), None) = (&year, &month)
            && let Some(bytes) = state_bytes(vm, state, 4, 2, 13, "date")?
            && bytes[2] > 0
        {
            let year = i32::from(bytes[0]) << 8 | i32::from(bytes[1]);
            return Ok(vm.alloc_as(cls, Date { year, month: bytes[2].into(), day: bytes[3].into() }));
        }
        let (year, month, day) = date_fields(vm, year.as_ref(), month.as_ref(), day.as_ref())?;
        check_date(vm, year, month, day)?;
        Ok(vm.alloc_as(cls, Date { year, month, day }))
    }

    fn __repr__(this: &Object<Self>, vm: &Vm) -> String {
        format!("{}({}, {}, {})", this.ty().full_name(vm), this.year, this.month, this.day)
    }

    fn __str__(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        let name = vm.intern("isoformat");
        vm.call_method(&this.to_value(), &name, &[])
    }

    fn __hash__(&self, vm: &mut Vm) -> PyResult<i64> {
        let state = vm.new_bytes(&self.state())?;
        Ok(state.hash_code())
    }

    #[slot(richcompare)]
    fn richcompare(this: &Object<Self>, other: &Value, op: CompareOp) -> Value {
        // Dates and datetimes do not compare, whoever asks.
        match (plain(&this.to_value()), plain(other)) {
            (Some(this), Some(other)) => Value::from_bool(op.holds(this.fields().cmp(&other.fields()))),
            _ => Value::not_implemented(),
        }
    }

    fn __add__(vm: &mut Vm, left: &Value, right: &Value) -> PyResult {
        match (plain(left), right.downcast::<Delta>(), left.downcast::<Delta>(), plain(right)) {
            (Some(date), Some(delta), ..) | (_, _, Some(delta), Some(date)) => Date::moved(date, vm, delta, 1),
            _ => Ok(Value::not_implemented()),
        }
    }

    fn __sub__(vm: &mut Vm, left: &Value, right: &Value) -> PyResult {
        let Some(date) = plain(left) else { return Ok(Value::not_implemented()) };
        if let Some(other) = plain(right) {
            let days = i128::from(date.ordinal() - other.ordinal());
            return Ok(Delta::of_micros(vm, days * DAY)?.into());
        }
        match right.downcast::<Delta>() {
            Some(delta) => Date::moved(date, vm, delta, -1),
            None => Ok(Value::not_implemented()),
        }
    }

    /// Create a date from a POSIX timestamp.
    ///
    /// The timestamp is a number, e.g. created via time.time(), that is interpreted
    /// as local time.
    #[classmethod]
    #[signature = "($type, timestamp, /)"]
    fn fromtimestamp(cls: &Object<Type>, vm: &mut Vm, timestamp: &Value) -> PyResult {
        let (seconds, _) = local::split_timestamp(vm, timestamp)?;
        let (date, ..) = local::local_moment(vm, seconds, 0)?;
        Date::make(vm, cls, date)
    }

    /// int -> date corresponding to a proleptic Gregorian ordinal.
    #[classmethod]
    #[signature = "($type, ordinal, /)"]
    #[text_signature = ""]
    fn fromordinal(cls: &Object<Type>, vm: &mut Vm, ordinal: i32) -> PyResult {
        let ordinal = i64::from(ordinal);
        match ordinal {
            ..=0 => Err(vm.value_error(format_args!("ordinal must be >= 1"))),
            1..=MAX_ORDINAL => Date::make(vm, cls, calendar::day_of_ordinal(ordinal)),
            _ => {
                let (year, ..) = calendar::day_of_ordinal(ordinal);
                Err(vm.value_error(format_args!("year must be in {MIN_YEAR}..{MAX_YEAR}, not {year}")))
            }
        }
    }

    /// str -> Construct a date from a string in ISO 8601 format.
    #[classmethod]
    #[signature = "($type, object, /)"]
    fn fromisoformat(cls: &Object<Type>, vm: &mut Vm, object: &Value) -> PyResult {
        let text = iso_text(vm, object)?;
        match text.view().as_ascii().and_then(|text| parse::date(text.as_bytes())) {
            Some(date) => Date::make(vm, cls, date),
            None => Err(not_iso(vm, text)),
        }
    }

    /// int, int, int -> Construct a date from the ISO year, week number and weekday.
    ///
    /// This is the inverse of the function date.isocalendar()
    #[classmethod]
    #[signature = "($type, year, week, day)"]
    #[text_signature = ""]
    fn fromisocalendar(cls: &Object<Type>, vm: &mut Vm, year: &Value, week: &Value, day: &Value) -> PyResult {
        let field = |value: &Value, vm: &mut Vm| {
            let number = c_int(value, vm);
            match number {
                Ok(number) => Ok(number),
                Err(raised) if vm.pending_is(&pvm_object::exceptions::OVERFLOW_ERROR) => {
                    drop(vm.catch(raised));
                    Err(vm.value_error(format_args!("ISO calendar component out of range")))
                }
                Err(raised) => Err(raised),
            }
        };
        let (year, week, day) = (field(year, vm)?, field(week, vm)?, field(day, vm)?);
        match calendar::day_of_iso(year, week, day) {
            Ok(date) => Date::make(vm, cls, date),
            Err(NoDay::Year) => Err(vm.value_error(format_args!("year must be in {MIN_YEAR}..{MAX_YEAR}, not {year}"))),
            Err(NoDay::Week) => Err(vm.value_error(format_args!("Invalid week: {week}"))),
            Err(NoDay::Weekday) => Err(vm.value_error(format_args!("Invalid weekday: {day} (range is [1, 7])"))),
        }
    }

    /// string, format -> new date parsed from a string (like time.strptime()).
    #[classmethod]
    #[signature = "($type, string, format, /)"]
    #[text_signature = ""]
    fn strptime(cls: &Object<Type>, vm: &mut Vm, string: &Object<Str>, format: &Object<Str>) -> PyResult {
        parsed(vm, "_strptime_datetime_date", cls.to_value(), string, format)
    }

    /// Current date or datetime:  same as self.__class__.fromtimestamp(time.time()).
    #[classmethod]
    #[signature = "($type, /)"]
    fn today(cls: &Object<Type>, vm: &mut Vm) -> PyResult {
        let name = vm.intern("time");
        let time = vm.import_attr("time", &name)?;
        let now = vm.call(&time, &[])?;
        let name = vm.intern("fromtimestamp");
        vm.call_method(&cls.to_value(), &name, &[now])
    }

    /// Return ctime() style string.
    fn ctime(&self) -> String {
        ctime(self, 0, 0, 0)
    }

    /// format -> strftime() style string.
    #[signature = "($self, format)"]
    #[text_signature = ""]
    fn strftime(this: &Object<Self>, vm: &mut Vm, format: &Object<Str>) -> PyResult {
        let (value, name) = (this.to_value(), vm.intern("timetuple"));
        let tuple = vm.call_method(&value, &name, &[])?;
        let micro = value.downcast::<DateTime>().map_or(0, |moment| moment.clock().micro);
        let shown = Shown { moment: &value, micro, year: this.year, month: this.month, day: this.day };
        shown.strftime(vm, format, &tuple)
    }

    /// Formats self with strftime.
    #[signature = "($self, format, /)"]
    #[text_signature = ""]
    fn __format__(this: &Object<Self>, vm: &mut Vm, format: &Object<Str>) -> PyResult {
        formatted(vm, &this.to_value(), format)
    }

    /// Return time tuple, compatible with time.localtime().
    fn timetuple(&self, vm: &mut Vm) -> PyResult {
        time_tuple(vm, self.fields(), (0, 0, 0), -1)
    }

    /// Return a named tuple containing ISO year, week number, and weekday.
    fn isocalendar(&self, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
        let (year, week, day) = calendar::iso_calendar(self.year, self.month, self.day);
        Ok(vm.try_tuple_as(ISO_CALENDAR_DATE_TYPE.get(), [year, week, day].map(Value::from_i32))?)
    }

    /// Return string in ISO 8601 format, YYYY-MM-DD.
    fn isoformat(&self) -> String {
        self.iso()
    }

    /// Return the day of the week represented by the date.
    /// Monday == 1 ... Sunday == 7
    fn isoweekday(&self) -> i32 {
        calendar::weekday(self.year, self.month, self.day) + 1
    }

    /// Return proleptic Gregorian ordinal.  January 1 of year 1 is day 1.
    fn toordinal(&self) -> i64 {
        self.ordinal()
    }

    /// Return the day of the week represented by the date.
    /// Monday == 0 ... Sunday == 6
    fn weekday(&self) -> i32 {
        calendar::weekday(self.year, self.month, self.day)
    }

    /// Return date with new specified fields.
    #[signature = "($self, /, year=unchanged, month=unchanged, day=unchanged)"]
    fn replace(this: &Object<Self>, vm: &mut Vm, year: Option<i32>, month: Option<i32>, day: Option<i32>) -> PyResult {
        let fields = (year.unwrap_or(this.year), month.unwrap_or(this.month), day.unwrap_or(this.day));
        Date::make(vm, this.ty(), fields)
    }

    /// The same as replace().
    #[signature = "($self, /, year=unchanged, month=unchanged, day=unchanged)"]
    #[text_signature = "($self, /, **changes)"]
    fn __replace__(this: &Object<Self>, vm: &mut Vm, year: Option<i32>, month: Option<i32>, day: Option<i32>) -> PyResult {
        Date::replace(this, vm, year, month, day)
    }

    /// __reduce__() -> (cls, state)
    fn __reduce__(this: &Object<Self>, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
        let state = vm.new_bytes(&this.state())?;
        let state = vm.try_tuple([state.into()])?;
        Ok(vm.try_tuple([this.ty().to_value(), state.into()])?)
    }

    #[getter]
    fn year(&self) -> i32 {
        self.year
    }

    #[getter]
    fn month(&self) -> i32 {
        self.month
    }

    #[getter]
    fn day(&self) -> i32 {
        self.day
    }

    #[constant]
    #[name = "min"]
    fn min(heap: &mut Heap) -> Ref<Date> {
        heap.alloc(Date { year: MIN_YEAR, month: 1, day: 1 })
    }

    #[constant]
    #[name = "max"]
    fn max(heap: &mut Heap) -> Ref<Date> {
        heap.alloc(Date { year: MAX_YEAR, month: 12, day: 31 })
    }

    #[constant]
    #[name = "resolution"]
    fn resolution(heap: &mut Heap) -> PyResult<Ref<Delta>> {
        Delta::of_micros(heap, DAY)
    }
}

/// A moment as C's `ctime` shows it.
pub fn ctime(date: &Date, hour: i32, minute: i32, second: i32) -> String {
    let weekday = DAY_NAMES[calendar::weekday(date.year, date.month, date.day) as usize];
    let month = MONTH_NAMES[date.month as usize - 1];
    format!("{weekday} {month} {:2} {hour:02}:{minute:02}:{second:02} {:04}", date.day, date.year)
}

/// A `time.struct_time` (`build_struct_time`).
pub fn time_tuple(
    vm: &mut Vm,
    (year, month, day): (i32, i32, i32),
    (hour, minute, second): (i32, i32, i32),
    dst: i32,
) -> PyResult {
    let (weekday, number) = (calendar::weekday(year, month, day), calendar::day_of_year(year, month, day));
    let fields = [year, month, day, hour, minute, second, weekday, number, dst].map(Value::from_i32);
    let fields = vm.try_tuple(fields)?;
    let name = vm.intern("struct_time");
    let class = vm.import_attr("time", &name)?;
    vm.call(&class, &[fields.into()])
}

/// The result of date.isocalendar() or datetime.isocalendar().
///
/// This object may be accessed either as a tuple of
///   ((year, week, weekday))
/// or via the object attributes as named in the above tuple.
#[pyclass(name = "IsoCalendarDate", module = "datetime", like = Tuple, base = TUPLE_TYPE, no_export)]
pub struct IsoCalendarDate;

fn iso_field(this: &Value, index: usize) -> Value {
    this.downcast::<Tuple>().and_then(|tuple| tuple.as_slice().get(index).cloned()).unwrap_or_else(Value::none)
}

#[pymethods]
impl IsoCalendarDate {
    #[new]
    #[signature = "(year, week, weekday)"]
    fn new(cls: &Object<Type>, vm: &mut Vm, year: i32, week: i32, weekday: i32) -> PyResult<Ref<Tuple>> {
        Ok(vm.try_tuple_as(cls, [year, week, weekday].map(Value::from_i32))?)
    }

    fn __repr__(this: &Value, vm: &mut Vm) -> PyResult<String> {
        let mut shown = Vec::new();
        for (index, name) in ["year", "week", "weekday"].into_iter().enumerate() {
            let value = vm.repr(&iso_field(this, index))?;
            shown.push(format!("{name}={}", value.to_string_lossy()));
        }
        Ok(format!("{}({})", this.ty().full_name(vm), shown.join(", ")))
    }

    fn __reduce__(this: &Value, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
        let plain = vm.try_tuple([0, 1, 2].map(|index| iso_field(this, index)))?;
        let arguments = vm.try_tuple([plain.into()])?;
        Ok(vm.try_tuple([TUPLE_TYPE.get().to_value(), arguments.into()])?)
    }

    #[getter]
    fn year(this: &Value) -> Value {
        iso_field(this, 0)
    }

    #[getter]
    fn week(this: &Value) -> Value {
        iso_field(this, 1)
    }

    #[getter]
    fn weekday(this: &Value) -> Value {
        iso_field(this, 2)
    }
}
