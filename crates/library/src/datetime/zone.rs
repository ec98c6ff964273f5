//! `tzinfo` and `timezone`.

use pvm_macros::{pyclass, pymethods};
use pvm_object::ops::CompareOp;
use pvm_object::str::Str;
use pvm_object::tuple::Tuple;
use pvm_object::{Args, Heap, Object, PyResult, Raised, Ref, Value, Vm, names};

use super::datetime::DateTime;
use super::delta::{DAY, Delta};

/// Abstract base class for time zone info objects.
#[pyclass(name = "tzinfo", module = "datetime")]
pub struct TzInfo {}

#[cold]
fn unimplemented(heap: &mut Heap, name: &str) -> Raised {
    heap.not_implemented_error(format_args!("a tzinfo subclass must implement {name}()"))
}

/// A datetime whose zone is this.
fn own<'a>(vm: &mut Vm, this: &Value, dt: &'a Value) -> PyResult<&'a Object<DateTime>> {
    let Some(dt) = dt.downcast::<DateTime>() else {
        return Err(vm.type_error(format_args!("fromutc: argument must be a datetime")));
    };
    match dt.zone().is_some_and(|zone| zone.is(this)) {
        true => Ok(dt),
        false => Err(vm.value_error(format_args!("fromutc: dt.tzinfo is not self"))),
    }
}

#[pymethods]
impl TzInfo {
    #[new]
    #[text_signature = "($type, *args, **kwargs)"]
    fn new(_args: Args<'_>) -> TzInfo {
        TzInfo {}
    }

    /// datetime -> string name of time zone.
    #[signature = "($self, object, /)"]
    fn tzname(&self, vm: &mut Vm, _object: &Value) -> PyResult {
        Err(unimplemented(vm, "tzname"))
    }

    /// datetime -> timedelta showing offset from UTC, negative values indicating West of UTC
    #[signature = "($self, object, /)"]
    fn utcoffset(&self, vm: &mut Vm, _object: &Value) -> PyResult {
        Err(unimplemented(vm, "utcoffset"))
    }

    /// datetime -> DST offset as timedelta positive east of UTC.
    #[signature = "($self, object, /)"]
    fn dst(&self, vm: &mut Vm, _object: &Value) -> PyResult {
        Err(unimplemented(vm, "dst"))
    }

    /// datetime in UTC -> datetime in local time.
    #[signature = "($self, object, /)"]
    fn fromutc(this: &Object<Self>, vm: &mut Vm, object: &Value) -> PyResult {
        let dt = own(vm, &this.to_value(), object)?;
        let inconsistent =
            |vm: &mut Vm| vm.value_error(format_args!("fromutc: tz.dst() gave inconsistent results; cannot convert"));
        let Some(offset) = offset_of(vm, dt.zone(), "utcoffset", object)? else {
            return Err(vm.value_error(format_args!("fromutc: non-None utcoffset() result required")));
        };
        let Some(dst) = offset_of(vm, dt.zone(), "dst", object)? else {
            return Err(vm.value_error(format_args!("fromutc: non-None dst() result required")));
        };
        let standard = DateTime::moved(dt, vm, offset.micros() - dst.micros())?;
        let Some(dst) = offset_of(vm, dt.zone(), "dst", &standard)? else {
            return Err(inconsistent(vm));
        };
        match standard.downcast::<DateTime>() {
            Some(moved) if dst.micros() != 0 => DateTime::moved(moved, vm, dst.micros()),
            _ => Ok(standard),
        }
    }

    /// -> (cls, state)
    fn __reduce__(this: &Object<Self>, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
        let name = vm.intern("__getinitargs__");
        let arguments = match vm.find_attr(&this.to_value(), &name)? {
            Some(method) => vm.call(&method, &[])?,
            None => pvm_object::tuple::empty().to_value(),
        };
        let state = vm.call_method(&this.to_value(), &names::__getstate__, &[])?;
        Ok(vm.try_tuple([this.ty().to_value(), arguments, state])?)
    }
}

/// Fixed offset from UTC implementation of tzinfo.
#[pyclass(name = "timezone", module = "datetime", extends = TzInfo, final)]
pub struct TimeZone {
    base: TzInfo,
    offset: Ref<Delta>,
    name: Option<Ref<Str>>,
}

/// UTC, of which there is one.
#[pyclass(name = "_utc", module = "_datetime", no_export, final)]
struct Utc {
    zone: Ref<TimeZone>,
}

/// UTC.
pub fn utc(heap: &mut Heap) -> PyResult<Ref<TimeZone>> {
    if let Some(known) = heap.find_module_state::<Utc>() {
        return Ok(known.zone.clone());
    }
    let zone = TimeZone::make(heap, 0, None)?;
    Ok(heap.module_state(|_| Utc { zone }).zone.clone())
}

impl TimeZone {
    fn make(heap: &mut Heap, micros: i128, name: Option<Ref<Str>>) -> PyResult<Ref<TimeZone>> {
        let offset = Delta::of_micros(heap, micros)?;
        Ok(heap.alloc(TimeZone { base: TzInfo {}, offset, name }))
    }

    /// The zone of an offset, with a name or without.
    pub fn of_micros(vm: &mut Vm, micros: i128, name: Option<Ref<Str>>) -> PyResult<Ref<TimeZone>> {
        if micros.abs() >= DAY {
            let offset = Delta::of_micros(vm, micros)?;
            return Err(out_of_range(vm, &offset.into()));
        }
        match name {
            None if micros == 0 => utc(vm),
            name => TimeZone::make(vm, micros, name),
        }
    }

    /// The offset.
    pub fn offset(&self) -> &Ref<Delta> {
        &self.offset
    }

    fn is_utc(this: &Object<Self>, vm: &mut Vm) -> PyResult<bool> {
        Ok(std::ptr::eq::<Object<TimeZone>>(&*utc(vm)?, this))
    }

    fn shown_name(&self, vm: &mut Vm) -> PyResult<Ref<Str>> {
        match &self.name {
            Some(name) => Ok(name.clone()),
            None if self.offset.micros() == 0 => Ok(vm.try_str("UTC")?),
            None => {
                let text = format!("UTC{}", offset_text(self.offset.micros(), ":"));
                Ok(vm.try_str(&text)?)
            }
        }
    }
}

/// An offset as text: sign, hours, minutes, and what is finer where there is such.
pub fn offset_text(micros: i128, separator: &str) -> String {
    let sign = if micros < 0 { '-' } else { '+' };
    let micros = micros.abs();
    let (seconds, micros) = (micros / 1_000_000, micros % 1_000_000);
    let mut text = format!("{sign}{:02}{separator}{:02}", seconds / 3600, seconds / 60 % 60);
    if seconds % 60 != 0 || micros != 0 {
        text += &format!("{separator}{:02}", seconds % 60);
    }
    if micros != 0 {
        text += &format!(".{micros:06}");
    }
    text
}

fn out_of_range(vm: &mut Vm, offset: &Value) -> Raised {
    let shown = match vm.repr(offset) {
        Ok(shown) => shown.to_string_lossy().into_owned(),
        Err(raised) => return raised,
    };
    vm.value_error(format_args!(
        "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), not {shown}"
    ))
}

/// What `utcoffset` or `dst` of a zone says (`call_tzinfo_method`).
pub fn offset_of(vm: &mut Vm, zone: Option<&Value>, name: &str, dt: &Value) -> PyResult<Option<Ref<Delta>>> {
    let Some(zone) = zone else { return Ok(None) };
    if let Some(fixed) = zone.downcast_exact::<TimeZone>() {
        return Ok((name == "utcoffset").then(|| fixed.offset.clone()));
    }
    let method = vm.intern(name);
    let offset = vm.call_method(zone, &method, std::slice::from_ref(dt))?;
    if offset.is_none() {
        return Ok(None);
    }
    match offset.downcast_into::<Delta>() {
        Ok(delta) if delta.micros().abs() < DAY => Ok(Some(delta)),
        Ok(delta) => Err(out_of_range(vm, &delta.into())),
        Err(other) => {
            let kind = vm.type_name(&other);
            Err(vm.type_error(format_args!("tzinfo.{name}() must return None or timedelta, not '{kind}'")))
        }
    }
}

/// What `tzname` of a zone says.
pub fn name_of(vm: &mut Vm, zone: Option<&Value>, dt: &Value) -> PyResult {
    let Some(zone) = zone else { return Ok(Value::none()) };
    let method = vm.intern("tzname");
    let name = vm.call_method(zone, &method, std::slice::from_ref(dt))?;
    if name.is_none() || name.is_instance_of::<Str>() {
        return Ok(name);
    }
    let kind = vm.type_name(&name);
    Err(vm.type_error(format_args!("tzinfo.tzname() must return None or a string, not '{kind}'")))
}

/// A zone as an argument: a `tzinfo`, or none.
pub fn zone_argument(vm: &mut Vm, zone: Option<&Value>) -> PyResult<Option<Value>> {
    let Some(zone) = zone.filter(|zone| !zone.is_none()) else { return Ok(None) };
    if zone.is_instance_of::<TzInfo>() {
        return Ok(Some(zone.clone()));
    }
    let kind = vm.type_name(zone);
    Err(vm.type_error(format_args!("tzinfo argument must be None or of a tzinfo subclass, not type '{kind}'")))
}

/// The zone of an argument that may be missing, else the one there was.
pub fn zone_or(vm: &mut Vm, given: Option<&Value>, old: Option<&Value>) -> PyResult<Option<Value>> {
    if given.is_some() { zone_argument(vm, given) } else { Ok(old.cloned()) }
}

/// Whether two zones are one object, or both missing.
pub fn same_zone(one: Option<&Value>, two: Option<&Value>) -> bool {
    match (one, two) {
        (Some(one), Some(two)) => one.is(two),
        (None, None) => true,
        _ => false,
    }
}

fn check_argument(vm: &mut Vm, name: &str, dt: &Value) -> PyResult<()> {
    if dt.is_none() || dt.is_instance_of::<DateTime>() {
        return Ok(());
    }
    let kind = vm.type_name(dt);
    Err(vm.type_error(format_args!("{name}(dt) argument must be a datetime instance or None, not {kind}")))
}

#[pymethods]
impl TimeZone {
    #[new]
    #[signature = "(offset, name=<unrepresentable>)"]
    fn new(vm: &mut Vm, offset: &Object<Delta>, name: Option<Value>) -> PyResult<Ref<TimeZone>> {
        let name = match name {
            None => None,
            Some(name) => match name.downcast_into::<Str>() {
                Ok(name) => Some(name),
                Err(other) => {
                    let kind = vm.type_name(&other);
                    return Err(vm.type_error(format_args!("timezone() argument 2 must be str, not {kind}")));
                }
            },
        };
        if offset.micros().abs() >= DAY {
            return Err(out_of_range(vm, &offset.to_value()));
        }
        TimeZone::of_micros(vm, offset.micros(), name)
    }

    fn __repr__(this: &Object<Self>, vm: &mut Vm) -> PyResult<String> {
        if TimeZone::is_utc(this, vm)? {
            return Ok("datetime.timezone.utc".to_owned());
        }
        let offset = vm.repr(&this.offset.to_value())?;
        let class = this.ty().full_name(vm);
        let name = match &this.name {
            Some(name) => format!(", {}", vm.repr(&name.to_value())?.to_string_lossy()),
            None => String::new(),
        };
        Ok(format!("{class}({}{name})", offset.to_string_lossy()))
    }

    fn __str__(&self, vm: &mut Vm) -> PyResult<Ref<Str>> {
        self.shown_name(vm)
    }

    fn __hash__(&self, vm: &mut Vm) -> PyResult<i64> {
        vm.hash(&self.offset.to_value())
    }

    #[slot(richcompare)]
    fn richcompare(this: &Object<Self>, other: &Value, op: CompareOp) -> Value {
        match other.downcast::<TimeZone>() {
            Some(other) if matches!(op, CompareOp::Eq | CompareOp::Ne) => {
                Value::from_bool((this.offset.micros() == other.offset.micros()) == (op == CompareOp::Eq))
            }
            _ => Value::not_implemented(),
        }
    }

    /// If name is specified when timezone is created, returns the name.  Otherwise returns offset as 'UTC(+|-)HH:MM'.
    #[signature = "($self, object, /)"]
    fn tzname(&self, vm: &mut Vm, object: &Value) -> PyResult<Ref<Str>> {
        check_argument(vm, "tzname", object)?;
        self.shown_name(vm)
    }

    /// Return fixed offset.
    #[signature = "($self, object, /)"]
    fn utcoffset(&self, vm: &mut Vm, object: &Value) -> PyResult<Ref<Delta>> {
        check_argument(vm, "utcoffset", object)?;
        Ok(self.offset.clone())
    }

    /// Return None.
    #[signature = "($self, object, /)"]
    fn dst(&self, vm: &mut Vm, object: &Value) -> PyResult<()> {
        check_argument(vm, "dst", object)
    }

    /// datetime in UTC -> datetime in local time.
    #[signature = "($self, object, /)"]
    fn fromutc(this: &Object<Self>, vm: &mut Vm, object: &Value) -> PyResult {
        let dt = own(vm, &this.to_value(), object)?;
        DateTime::moved(dt, vm, this.offset.micros())
    }

    /// pickle support
    fn __getinitargs__(&self, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
        let offset = self.offset.to_value();
        match &self.name {
            Some(name) => Ok(vm.try_tuple([offset, name.to_value()])?),
            None => Ok(vm.try_tuple([offset])?),
        }
    }

    #[constant]
    #[name = "utc"]
    fn utc(heap: &mut Heap) -> PyResult<Ref<TimeZone>> {
        utc(heap)
    }

    // To the minute, as they were when offsets were whole minutes.
    #[constant]
    #[name = "min"]
    fn min(heap: &mut Heap) -> PyResult<Ref<TimeZone>> {
        TimeZone::make(heap, -(DAY - 60_000_000), None)
    }

    #[constant]
    #[name = "max"]
    fn max(heap: &mut Heap) -> PyResult<Ref<TimeZone>> {
        TimeZone::make(heap, DAY - 60_000_000, None)
    }
}
