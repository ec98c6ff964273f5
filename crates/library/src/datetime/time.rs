//! `time`: the time of a day, with a zone or without.

use std::cell::Cell;

use pvm_macros::{pyclass, pymethods};
use pvm_object::ops::CompareOp;
use pvm_object::str::Str;
use pvm_object::tuple::Tuple;
use pvm_object::{Heap, Object, PyClass, PyResult, Ref, Type, Value, Vm};

use super::date::{iso_text, not_iso, state_bytes};
use super::delta::Delta;
use super::format::{Clock, Shown, formatted, parsed};
use super::moment::{moment_members, reduction};
use super::parse;
use super::zone::{TimeZone, TzInfo, name_of, offset_of, offset_text, same_zone, zone_argument, zone_or};

/// time([hour[, minute[, second[, microsecond[, tzinfo]]]]]) --> a time object
///
/// All arguments are optional. tzinfo may be None, or an instance of
/// a tzinfo subclass. The remaining arguments may be ints.
#[pyclass(name = "time", module = "datetime", static_name = TIME_TYPE, parts(moment))]
pub struct Time {
    #[trace(skip)]
    clock: Clock,
    fold: Cell<u8>,
    zone: Option<Value>,
}

/// An error where there is no such time (`check_time_args`).
pub fn check_clock(heap: &mut Heap, clock: Clock, fold: i32) -> PyResult<u8> {
    let fields = [
        ("hour", clock.hour, 23),
        ("minute", clock.minute, 59),
        ("second", clock.second, 59),
        ("microsecond", clock.micro, 999_999),
    ];
    for (name, value, last) in fields {
        if !(0..=last).contains(&value) {
            return Err(heap.value_error(format_args!("{name} must be in 0..{last}, not {value}")));
        }
    }
    match fold {
        0 | 1 => Ok(fold as u8),
        _ => Err(heap.value_error(format_args!("fold must be either 0 or 1, not {fold}"))),
    }
}

/// The six bytes of a time in pickles; the highest bit of the first one is the fold, for protocols that know it.
pub fn clock_state(clock: Clock) -> [u8; 6] {
    let [_, high, middle, low] = (clock.micro as u32).to_be_bytes();
    [clock.hour as u8, clock.minute as u8, clock.second as u8, high, middle, low]
}

/// The time of such bytes.
pub fn clock_of_state(bytes: &[u8]) -> Clock {
    let micro = u32::from_be_bytes([0, bytes[3], bytes[4], bytes[5]]) as i32;
    Clock { hour: bytes[0].into(), minute: bytes[1].into(), second: bytes[2].into(), micro }
}

/// The zone of a pickled state.
pub fn state_zone(vm: &mut Vm, zone: Option<&Value>) -> PyResult<Option<Value>> {
    match zone.filter(|zone| !zone.is_none()) {
        Some(zone) if !zone.is_instance_of::<TzInfo>() => Err(vm.type_error(format_args!("bad tzinfo state arg"))),
        zone => Ok(zone.cloned()),
    }
}

/// The arguments behind the time that a constructor's text shows.
pub fn clock_arguments(clock: Clock) -> String {
    let mut text = format!("{}, {}", clock.hour, clock.minute);
    if clock.second != 0 || clock.micro != 0 {
        text += &format!(", {}", clock.second);
    }
    if clock.micro != 0 {
        text += &format!(", {}", clock.micro);
    }
    text
}

/// What a constructor's text shows of fold and zone.
pub fn zone_arguments(vm: &mut Vm, fold: u8, zone: Option<&Value>) -> PyResult<String> {
    let mut text = if fold == 0 { String::new() } else { ", fold=1".to_owned() };
    if let Some(zone) = zone {
        text += &format!(", tzinfo={}", vm.repr(zone)?.to_string_lossy());
    }
    Ok(text)
}

impl Time {
    /// One of a class; a subclass's constructor is called.
    pub fn make(vm: &mut Vm, cls: &Object<Type>, clock: Clock, zone: Option<Value>, fold: u8) -> PyResult {
        check_clock(vm, clock, fold.into())?;
        if std::ptr::eq(cls, Time::type_object()) {
            return Ok(vm.alloc(Time { clock, fold: Cell::new(fold), zone }).into());
        }
        let fields = [clock.hour, clock.minute, clock.second, clock.micro].map(Value::from_i32);
        let arguments = [&fields[..], &[zone.unwrap_or_else(Value::none)]].concat();
        let made = vm.call(&cls.to_value(), &arguments)?;
        if let Some(time) = made.downcast::<Time>() {
            time.fold.set(fold);
        }
        Ok(made)
    }

    /// Hours, minutes, seconds and microseconds.
    pub fn clock(&self) -> Clock {
        self.clock
    }

    /// Which of two moments that look the same.
    pub fn fold(&self) -> u8 {
        self.fold.get()
    }

    /// The zone.
    pub fn zone(&self) -> Option<&Value> {
        self.zone.as_ref()
    }

    fn offset(&self, vm: &mut Vm) -> PyResult<Option<i128>> {
        Ok(offset_of(vm, self.zone(), "utcoffset", &Value::none())?.map(|offset| offset.micros()))
    }

    fn reduced(this: &Object<Self>, vm: &mut Vm, protocol: i32) -> PyResult<Ref<Tuple>> {
        let mut state = clock_state(this.clock);
        if protocol > 3 && this.fold() == 1 {
            state[0] |= 0x80;
        }
        let state: Value = vm.new_bytes(&state)?.into();
        reduction(vm, this.ty(), state, this.zone())
    }
}

moment_members!(Time);

#[pymethods]
impl Time {
    #[new]
    #[signature = "(hour=<unrepresentable>, minute=<unrepresentable>, second=0, microsecond=0, tzinfo=None, *, fold=0)"]
    #[text_signature = "($type, *args, **kwargs)"]
    #[allow(clippy::too_many_arguments)]
    fn new(
        cls: &Object<Type>,
        vm: &mut Vm,
        hour: Option<Value>,
        minute: Option<Value>,
        second: i32,
        microsecond: i32,
        tzinfo: Option<&Value>,
        fold: i32,
    ) -> PyResult<Ref<Time>> {
        if let Some(state) = &hour
            && let Some(mut bytes) = state_bytes(vm, state, 6, 0, 24, "time")?
        {
            let fold = bytes[0] >> 7;
            bytes[0] &= 0x7f;
            let zone = state_zone(vm, minute.as_ref())?;
            return Ok(vm.alloc_as(cls, Time { clock: clock_of_state(&bytes), fold: Cell::new(fold), zone }));
        }
        let number = |value: Option<Value>, vm: &mut Vm| value.map_or(Ok(0), |value| crate::parameters::c_int(&value, vm));
        let (hour, minute) = (number(hour, vm)?, number(minute, vm)?);
        let clock = Clock { hour, minute, second, micro: microsecond };
        let fold = check_clock(vm, clock, fold)?;
        let zone = zone_argument(vm, tzinfo)?;
        Ok(vm.alloc_as(cls, Time { clock, fold: Cell::new(fold), zone }))
    }

    fn __repr__(this: &Object<Self>, vm: &mut Vm) -> PyResult<String> {
        let tail = zone_arguments(vm, 0, this.zone())?;
        let fold = zone_arguments(vm, this.fold(), None)?;
        Ok(format!("{}({}{tail}{fold})", this.ty().full_name(vm), clock_arguments(this.clock)))
    }

    fn __str__(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        let name = vm.intern("isoformat");
        vm.call_method(&this.to_value(), &name, &[])
    }

    fn __hash__(this: &Object<Self>, vm: &mut Vm) -> PyResult<i64> {
        // The offset is that of the first of two moments.
        let offset = match (this.fold(), &this.zone) {
            (0, _) | (_, None) => this.offset(vm)?,
            (_, zone) => Time { clock: this.clock, fold: Cell::new(0), zone: zone.clone() }.offset(vm)?,
        };
        match offset {
            None => Ok(vm.new_bytes(&clock_state(this.clock))?.hash_code()),
            Some(offset) => {
                let delta = Delta::of_micros(vm, this.clock.micros() - offset)?;
                vm.hash(&delta.into())
            }
        }
    }

    fn __bool__(&self) -> bool {
        true
    }

    #[slot(richcompare)]
    fn richcompare(this: &Object<Self>, other: &Value, op: CompareOp, vm: &mut Vm) -> PyResult {
        let Some(other) = other.downcast::<Time>() else { return Ok(Value::not_implemented()) };
        if same_zone(this.zone(), other.zone()) {
            return Ok(Value::from_bool(op.holds(this.clock.cmp(&other.clock))));
        }
        match (this.offset(vm)?, other.offset(vm)?) {
            (None, None) => Ok(Value::from_bool(op.holds(this.clock.cmp(&other.clock)))),
            (Some(one), Some(two)) => {
                let (left, right) = (this.clock.micros() - one, other.clock.micros() - two);
                Ok(Value::from_bool(op.holds(left.cmp(&right))))
            }
            _ => match op {
                CompareOp::Eq => Ok(Value::from_bool(false)),
                CompareOp::Ne => Ok(Value::from_bool(true)),
                _ => Err(vm.type_error(format_args!("can't compare offset-naive and offset-aware times"))),
            },
        }
    }

    /// string, format -> new time parsed from a string (like time.strptime()).
    #[classmethod]
    #[signature = "($type, string, format, /)"]
    #[text_signature = ""]
    fn strptime(cls: &Object<Type>, vm: &mut Vm, string: &Object<Str>, format: &Object<Str>) -> PyResult {
        parsed(vm, "_strptime_datetime_time", cls.to_value(), string, format)
    }

    /// Return string in ISO 8601 format, [HH[:MM[:SS[.mmm[uuu]]]]][+HH:MM].
    ///
    /// The optional argument timespec specifies the number of additional terms
    /// of the time to include. Valid options are 'auto', 'hours', 'minutes',
    /// 'seconds', 'milliseconds' and 'microseconds'.
    #[signature = "($self, timespec='auto')"]
    #[text_signature = ""]
    fn isoformat(&self, vm: &mut Vm, timespec: &str) -> PyResult<String> {
        let time = self.clock.iso_text(vm, timespec)?;
        let offset = self.offset(vm)?.map(|offset| offset_text(offset, ":")).unwrap_or_default();
        Ok(time + &offset)
    }

    /// format -> strftime() style string.
    #[signature = "($self, format)"]
    #[text_signature = ""]
    fn strftime(this: &Object<Self>, vm: &mut Vm, format: &Object<Str>) -> PyResult {
        let Clock { hour, minute, second, micro } = this.clock;
        let fields = [1900, 1, 1, hour, minute, second, 0, 1, -1].map(Value::from_i32);
        let tuple = vm.try_tuple(fields)?;
        let shown = Shown { moment: &this.to_value(), micro, year: 1900, month: 1, day: 1 };
        shown.strftime(vm, format, &tuple.into())
    }

    /// Formats self with strftime.
    #[signature = "($self, format, /)"]
    #[text_signature = ""]
    fn __format__(this: &Object<Self>, vm: &mut Vm, format: &Object<Str>) -> PyResult {
        formatted(vm, &this.to_value(), format)
    }

    /// Return self.tzinfo.utcoffset(self).
    fn utcoffset(&self, vm: &mut Vm) -> PyResult<Option<Ref<Delta>>> {
        offset_of(vm, self.zone(), "utcoffset", &Value::none())
    }

    /// Return self.tzinfo.tzname(self).
    fn tzname(&self, vm: &mut Vm) -> PyResult {
        name_of(vm, self.zone(), &Value::none())
    }

    /// Return self.tzinfo.dst(self).
    fn dst(&self, vm: &mut Vm) -> PyResult<Option<Ref<Delta>>> {
        offset_of(vm, self.zone(), "dst", &Value::none())
    }

    /// Return time with new specified fields.
    #[signature = "($self, /, hour=unchanged, minute=unchanged, second=unchanged, microsecond=unchanged, tzinfo=unchanged, *, fold=unchanged)"]
    #[allow(clippy::too_many_arguments)]
    fn replace(
        this: &Object<Self>,
        vm: &mut Vm,
        hour: Option<i32>,
        minute: Option<i32>,
        second: Option<i32>,
        microsecond: Option<i32>,
        tzinfo: Option<Value>,
        fold: Option<i32>,
    ) -> PyResult {
        let clock = this.clock.changed(hour, minute, second, microsecond);
        let zone = zone_or(vm, tzinfo.as_ref(), this.zone())?;
        let fold = check_clock(vm, clock, fold.unwrap_or(this.fold().into()))?;
        Time::make(vm, this.ty(), clock, zone, fold)
    }

    /// The same as replace().
    #[signature = "($self, /, hour=unchanged, minute=unchanged, second=unchanged, microsecond=unchanged, tzinfo=unchanged, *, fold=unchanged)"]
    #[text_signature = "($self, /, **changes)"]
    #[allow(clippy::too_many_arguments)]
    fn __replace__(
        this: &Object<Self>,
        vm: &mut Vm,
        hour: Option<i32>,
        minute: Option<i32>,
        second: Option<i32>,
        microsecond: Option<i32>,
        tzinfo: Option<Value>,
        fold: Option<i32>,
    ) -> PyResult {
        Time::replace(this, vm, hour, minute, second, microsecond, tzinfo, fold)
    }

    /// string -> time from a string in ISO 8601 format
    #[classmethod]
    #[signature = "($type, object, /)"]
    fn fromisoformat(cls: &Object<Type>, vm: &mut Vm, object: &Value) -> PyResult {
        let text = iso_text(vm, object)?;
        let ascii = text.view().as_ascii().map(str::as_bytes);
        let read = ascii.and_then(|text| parse::time(text.strip_prefix(b"T").unwrap_or(text)));
        let Some((mut clock, offset)) = read else { return Err(not_iso(vm, text)) };
        if clock.hour == 24 && clock.micros() == 24 * 3_600_000_000 {
            // Midnight at the end of the day is the next day's beginning.
            clock.hour = 0;
        }
        let zone = offset.map(|offset| TimeZone::of_micros(vm, offset, None)).transpose()?;
        Time::make(vm, cls, clock, zone.map(Value::from), 0)
    }

    #[constant]
    #[name = "min"]
    fn min(heap: &mut Heap) -> Ref<Time> {
        heap.alloc(Time { clock: Clock::default(), fold: Cell::new(0), zone: None })
    }

    #[constant]
    #[name = "max"]
    fn max(heap: &mut Heap) -> Ref<Time> {
        let clock = Clock { hour: 23, minute: 59, second: 59, micro: 999_999 };
        heap.alloc(Time { clock, fold: Cell::new(0), zone: None })
    }
}
