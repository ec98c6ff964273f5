//! `_zoneinfo`: zones out of the system's database.
//!
//! | file | what |
//! |---|---|
//! | this one | `ZoneInfo`, and the caches of its instances |
//! | `table.rs` | when which offset applies |
//! | `rule.rs` | rules for what comes after a table's end |

mod rule;
mod table;

use pvm_macros::{pyclass, pymethods};
use pvm_object::ops::BinaryOp;
use pvm_object::str::Str;
use pvm_object::tuple::Tuple;
use pvm_object::types::Type;
use pvm_object::{Args, Heap, HeapCell, HeapVec, Object, PyClass, PyResult, Ref, Value, Vm};

use crate::datetime::{DateTime, TzInfo};
use table::{Applies, Table};

/// How an instance came to be, as far as pickles are concerned.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Origin {
    Cache,
    NoCache,
    File,
}

#[pyclass(name = "ZoneInfo", module = "zoneinfo", extends = TzInfo, weakref, mutable)]
pub struct ZoneInfo {
    base: TzInfo,
    #[member]
    key: Value,
    /// What the file that it was read from looks like.
    file: Option<Value>,
    table: Table,
    origin: std::cell::Cell<Origin>,
}

/// How many instances are kept that nobody else holds.
const KEPT: usize = 8;

/// The instances by key: all that live, and the last ones that were asked for.
#[pyclass(name = "_state", module = "_zoneinfo", no_export, final)]
struct Caches {
    weak: HeapCell<Option<Value>>,
    strong: HeapCell<HeapVec<(Value, Value)>>,
}

fn caches(heap: &mut Heap) -> Ref<Caches> {
    heap.module_state(|_| Caches { weak: HeapCell::new(None), strong: HeapCell::default() })
}

fn new_weak_cache(vm: &mut Vm) -> PyResult {
    let name = vm.intern("WeakValueDictionary");
    let class = vm.import_attr("weakref", &name)?;
    vm.call(&class, &[])
}

/// The instances of a class that live.
fn weak_cache(cls: &Object<Type>, vm: &mut Vm) -> PyResult {
    if !std::ptr::eq(cls, ZoneInfo::type_object()) {
        let name = vm.intern("_weak_cache");
        return vm.getattr(&cls.to_value(), &name);
    }
    let state = caches(vm);
    if let Some(cache) = state.weak.get(vm) {
        return Ok(cache);
    }
    let cache = new_weak_cache(vm)?;
    state.weak.set(Some(cache.clone()), vm);
    Ok(cache)
}

fn call(vm: &mut Vm, object: &Value, method: &str, arguments: &[Value]) -> PyResult {
    let method = vm.intern(method);
    vm.call_method(object, &method, arguments)
}

impl ZoneInfo {
    /// The instance of a key among those that are kept, which becomes the last one asked for.
    fn kept(cls: &Object<Type>, key: &Value, vm: &mut Vm) -> PyResult<Option<Value>> {
        if !std::ptr::eq(cls, ZoneInfo::type_object()) {
            return Ok(None);
        }
        let state = caches(vm);
        let mut index = 0;
        while let Some((known, instance)) = state.strong.borrow(vm).get(index).cloned() {
            if vm.eq(&known, key)? {
                let strong = state.strong.borrow_mut(vm);
                if index < strong.len() {
                    let pair = strong.remove(index);
                    strong.insert(0, pair)?;
                }
                return Ok(Some(instance));
            }
            index += 1;
        }
        Ok(None)
    }

    fn keep(cls: &Object<Type>, key: &Value, instance: &Value, vm: &mut Vm) -> PyResult<()> {
        if !std::ptr::eq(cls, ZoneInfo::type_object()) {
            return Ok(());
        }
        let state = caches(vm);
        let strong = state.strong.borrow_mut(vm);
        strong.insert(0, (key.clone(), instance.clone()))?;
        let dropped = if strong.len() > KEPT { strong.pop() } else { None };
        drop(dropped);
        Ok(())
    }

    /// Forgets the instance of a key, if it is kept (`eject_from_strong_cache`).
    fn forget(cls: &Object<Type>, key: &Value, vm: &mut Vm) -> PyResult<()> {
        if ZoneInfo::kept(cls, key, vm)?.is_some() {
            let state = caches(vm);
            let strong = state.strong.borrow_mut(vm);
            if !strong.is_empty() {
                drop(strong.remove(0));
            }
        }
        Ok(())
    }

    /// Reads the zone of a key (`zoneinfo_new_instance`).
    fn read(cls: &Object<Type>, key: &Value, vm: &mut Vm, origin: Origin) -> PyResult<Ref<ZoneInfo>> {
        let name = vm.intern("find_tzfile");
        let find = vm.import_attr("zoneinfo._tzpath", &name)?;
        let path = vm.call(&find, std::slice::from_ref(key))?;
        let file = if path.is_none() {
            let name = vm.intern("load_tzdata");
            let load = vm.import_attr("zoneinfo._common", &name)?;
            vm.call(&load, std::slice::from_ref(key))?
        } else {
            let name = vm.intern("open");
            let open = vm.import_attr("io", &name)?;
            let mode = vm.intern("rb").into();
            vm.call(&open, &[path, mode])?
        };
        let table = Table::load(vm, &file);
        let pending = vm.take_pending();
        let closed = call(vm, &file, "close", &[]);
        if pending.is_some() {
            if let Err(raised) = closed {
                drop(vm.catch(raised));
            }
            vm.restore_pending(pending);
            return table.and_then(|_| Err(vm.raised()));
        }
        closed?;
        let zone =
            ZoneInfo { base: TzInfo {}, key: key.clone(), file: None, table: table?, origin: std::cell::Cell::new(origin) };
        Ok(vm.alloc_as(cls, zone))
    }

    /// What applies at a moment of local time.
    fn find(&self, dt: &Value, vm: &mut Vm) -> PyResult<Applies> {
        if dt.is_none() {
            return Ok(self.table.always());
        }
        let moment = LocalMoment::of(dt, vm)?;
        Ok(self.table.at_local(moment.timestamp, moment.fold, moment.year))
    }
}

/// A moment of local time.
struct LocalMoment {
    timestamp: i64,
    year: i64,
    fold: bool,
}

/// The ordinal of the epoch's day.
const EPOCH_DAY: i64 = 719_163;

impl LocalMoment {
    /// What a datetime, or something like one, shows (`get_local_timestamp`).
    fn of(dt: &Value, vm: &mut Vm) -> PyResult<LocalMoment> {
        let (ordinal, hour, minute, second, year, fold) = match dt.downcast::<DateTime>() {
            Some(dt) => {
                let (date, clock) = (dt.day_part(), dt.clock());
                let (hour, minute, second) = (clock.hour.into(), clock.minute.into(), clock.second.into());
                (date.ordinal(), hour, minute, second, date.fields().0.into(), i64::from(dt.fold()))
            }
            None => {
                let day = call(vm, dt, "toordinal", &[])?;
                let day = vm.index_isize(&day)? as i64;
                let mut number = |name: &str| -> PyResult<i64> {
                    let name = vm.intern(name);
                    let value = vm.getattr(dt, &name)?;
                    Ok(vm.index_isize(&value)? as i64)
                };
                (day, number("hour")?, number("minute")?, number("second")?, number("year")?, number("fold")?)
            }
        };
        let timestamp = (ordinal - EPOCH_DAY) * 86400 + hour * 3600 + minute * 60 + second;
        Ok(LocalMoment { timestamp, year, fold: fold != 0 })
    }
}

#[pymethods]
impl ZoneInfo {
    #[new]
    #[signature = "(key)"]
    #[text_signature = ""]
    fn new(cls: &Object<Type>, vm: &mut Vm, key: &Value) -> PyResult {
        if let Some(instance) = ZoneInfo::kept(cls, key, vm)? {
            return Ok(instance);
        }
        let cache = weak_cache(cls, vm)?;
        let mut instance = call(vm, &cache, "get", &[key.clone(), Value::none()])?;
        if instance.is_none() {
            let made = ZoneInfo::read(cls, key, vm, Origin::Cache)?;
            instance = call(vm, &cache, "setdefault", &[key.clone(), made.into()])?;
        }
        if !instance.is_instance_of::<ZoneInfo>() {
            let (cls, got, key) = (cls.name().to_owned(), vm.type_name(&instance), vm.repr(key)?);
            return Err(vm.runtime_error(format_args!("Unexpected instance of {got} in {cls} weak cache for key {key}")));
        }
        ZoneInfo::keep(cls, key, &instance, vm)?;
        Ok(instance)
    }

    /// Get a new instance of ZoneInfo, bypassing the cache.
    #[classmethod]
    #[signature = "(key)"]
    fn no_cache(cls: &Object<Type>, vm: &mut Vm, key: &Value) -> PyResult<Ref<ZoneInfo>> {
        ZoneInfo::read(cls, key, vm, Origin::NoCache)
    }

    /// Create a ZoneInfo file from a file object.
    #[classmethod]
    #[signature = "(file_obj, /, key=None)"]
    fn from_file(cls: &Object<Type>, vm: &mut Vm, file_obj: &Value, key: Option<&Value>) -> PyResult<Ref<ZoneInfo>> {
        let file = vm.repr(file_obj)?.into();
        let table = Table::load(vm, file_obj)?;
        let zone = ZoneInfo {
            base: TzInfo {},
            key: key.cloned().unwrap_or_else(Value::none),
            file: Some(file),
            table,
            origin: std::cell::Cell::new(Origin::File),
        };
        Ok(vm.alloc_as(cls, zone))
    }

    /// Clear the ZoneInfo cache.
    #[classmethod]
    #[signature = "(*, only_keys=None)"]
    fn clear_cache(cls: &Object<Type>, vm: &mut Vm, only_keys: Option<&Value>) -> PyResult<()> {
        let cache = weak_cache(cls, vm)?;
        let Some(keys) = only_keys else {
            call(vm, &cache, "clear", &[])?;
            if std::ptr::eq(cls, ZoneInfo::type_object()) {
                let state = caches(vm);
                drop(state.strong.replace(HeapVec::default(), vm));
            }
            return Ok(());
        };
        let keys = vm.iter(keys)?;
        while let Some(key) = vm.next(&keys)? {
            ZoneInfo::forget(cls, &key, vm)?;
            call(vm, &cache, "pop", &[key, Value::none()])?;
        }
        Ok(())
    }

    /// Function to initialize subclasses.
    #[classmethod]
    #[signature = "(*args, **kwargs)"]
    #[text_signature = ""]
    fn __init_subclass__(cls: &Object<Type>, vm: &mut Vm, _args: Args<'_>) -> PyResult<()> {
        let cache = new_weak_cache(vm)?;
        let name = vm.intern("_weak_cache");
        vm.setattr(&cls.to_value(), &name, &cache)
    }

    /// Private method used in unpickling.
    #[classmethod]
    #[signature = "(key, from_cache, /)"]
    fn _unpickle(cls: &Object<Type>, vm: &mut Vm, key: &Value, from_cache: bool) -> PyResult {
        match from_cache {
            true => vm.call(&cls.to_value(), std::slice::from_ref(key)),
            false => Ok(ZoneInfo::read(cls, key, vm, Origin::NoCache)?.into()),
        }
    }

    /// Retrieve a timedelta representing the UTC offset in a zone at the given datetime.
    #[signature = "(dt, /)"]
    fn utcoffset(&self, vm: &mut Vm, dt: &Value) -> PyResult {
        let found = self.find(dt, vm)?;
        Ok(self.table.info(found).map_or_else(Value::none, |info| info.offset.clone()))
    }

    /// Retrieve a timedelta representing the amount of DST applied in a zone at the given datetime.
    #[signature = "(dt, /)"]
    fn dst(&self, vm: &mut Vm, dt: &Value) -> PyResult {
        let found = self.find(dt, vm)?;
        Ok(self.table.info(found).map_or_else(Value::none, |info| info.dst.clone()))
    }

    /// Retrieve a string containing the abbreviation for the time zone that applies in a zone at a given datetime.
    #[signature = "(dt, /)"]
    fn tzname(&self, vm: &mut Vm, dt: &Value) -> PyResult {
        let found = self.find(dt, vm)?;
        Ok(self.table.info(found).map_or_else(Value::none, |info| info.name.clone()))
    }

    /// Given a datetime with local time in UTC, retrieve an adjusted datetime in local time.
    #[signature = "(object, /)"]
    fn fromutc(this: &Object<Self>, vm: &mut Vm, object: &Value) -> PyResult {
        let Some(dt) = object.downcast::<DateTime>() else {
            return Err(vm.type_error(format_args!("fromutc: argument must be a datetime instance, not {}", object.ty().name())));
        };
        if !dt.zone().is_some_and(|zone| zone.is(&this.to_value())) {
            return Err(vm.value_error(format_args!("fromutc: dt.tzinfo is not self")));
        }
        let moment = LocalMoment::of(object, vm)?;
        let (found, fold) = this.table.at_utc(moment.timestamp, moment.year);
        let Some(info) = this.table.info(found) else { return Ok(object.clone()) };
        let offset = info.offset.clone();
        let moved = vm.binary(BinaryOp::Add, object, &offset)?;
        if !fold {
            return Ok(moved);
        }
        match moved.downcast_exact::<DateTime>() {
            Some(exact) => {
                exact.set_fold(1);
                Ok(moved)
            }
            None => {
                let (name, names) = (vm.intern("replace"), vm.intern("fold"));
                let method = vm.getattr(&moved, &name)?;
                let names = vm.try_tuple([names.into()])?;
                vm.call_args(&method, Args::with_keywords(&[Value::from_i32(1)], Some(&names)))
            }
        }
    }

    fn __repr__(this: &Object<Self>, vm: &mut Vm) -> PyResult<String> {
        let class = this.ty().name().to_owned();
        match &this.file {
            _ if !this.key.is_none() => Ok(format!("{class}(key={})", vm.repr(&this.key)?)),
            Some(file) => Ok(format!("{class}.from_file({})", vm.str(file)?)),
            None => Ok(format!("{class}(key=None)")),
        }
    }

    fn __str__(this: &Object<Self>, vm: &mut Vm) -> PyResult<Ref<Str>> {
        match this.key.is_none() {
            true => vm.repr(&this.to_value()),
            false => vm.str(&this.key),
        }
    }

    /// Function for serialization with the pickle protocol.
    fn __reduce__(this: &Object<Self>, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
        let from_cache = match this.origin.get() {
            Origin::Cache => true,
            Origin::NoCache => false,
            Origin::File => {
                let name = vm.intern("PicklingError");
                let class = vm.import_attr("pickle", &name)?;
                let text = vm.try_str("Cannot pickle a ZoneInfo file from a file stream.")?.into();
                let exception = vm.call(&class, &[text])?;
                return Err(match exception.downcast_into() {
                    Ok(exception) => vm.raise(exception),
                    Err(_) => vm.type_error(format_args!("exceptions must derive from BaseException")),
                });
            }
        };
        let name = vm.intern("_unpickle");
        let function = vm.getattr(&this.ty().to_value(), &name)?;
        let arguments = vm.try_tuple([this.key.clone(), Value::from_bool(from_cache)])?;
        Ok(vm.try_tuple([function, arguments.into()])?)
    }
}

#[pvm_macros::pymodule(name = "_zoneinfo")]
pub mod native {
    //! C implementation of the zoneinfo module
    use pvm_object::{PyResult, Vm};

    #[export]
    use super::ZoneInfo;

    #[init]
    fn init(vm: &mut Vm) -> PyResult<()> {
        // Without the native datetimes the Python half of zoneinfo is the one to use.
        vm.import("_datetime").map(drop)
    }
}
