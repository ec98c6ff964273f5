//! The signals: their exceptions, and the mappings of them that contexts have.

use std::cell::Cell;

use pvm_macros::{pyclass, pymethods};
use pvm_object::dict::Dict;
use pvm_object::exceptions;
use pvm_object::ops::compare::CompareOp;
use pvm_object::{HeapCell, Object, PyResult, Raised, Ref, Type, Value, Vm};

use super::rules::condition::*;

/// The signals in the order of CPython, and the conditions that each stands for.
pub const SIGNALS: [(&str, u32); 9] = [
    ("InvalidOperation", INVALID),
    ("FloatOperation", FLOAT_OPERATION),
    ("DivisionByZero", DIVISION_BY_ZERO),
    ("Overflow", OVERFLOW),
    ("Underflow", UNDERFLOW),
    ("Subnormal", SUBNORMAL),
    ("Inexact", INEXACT),
    ("Rounded", ROUNDED),
    ("Clamped", CLAMPED),
];

/// The conditions that signal `InvalidOperation`.
const CONDITIONS: [(&str, u32); 5] = [
    ("InvalidOperation", INVALID_OPERATION),
    ("ConversionSyntax", CONVERSION_SYNTAX),
    ("DivisionImpossible", DIVISION_IMPOSSIBLE),
    ("DivisionUndefined", DIVISION_UNDEFINED),
    ("InvalidContext", INVALID_CONTEXT),
];

/// The order in which representations of contexts name them: that of the conditions' numbers.
const SHOWN: [usize; 9] = [8, 0, 2, 6, 1, 3, 7, 5, 4];

/// The exception classes of an interpreter.
#[pyclass(name = "_exceptions", module = "decimal", no_export, final)]
pub struct Exceptions {
    signals: Vec<Value>,
    conditions: Vec<Value>,
    base: Value,
    /// The class of mappings of signals.
    mapping: HeapCell<Option<Value>>,
    /// `DecimalTuple`.
    tuple: HeapCell<Option<Value>>,
}

impl Exceptions {
    /// All classes that the module shows.
    pub fn named(&self) -> impl Iterator<Item = (&'static str, &Value)> {
        let signals = SIGNALS.iter().zip(&self.signals).map(|(&(name, _), class)| (name, class));
        let conditions = CONDITIONS.iter().zip(&self.conditions).skip(1).map(|(&(name, _), class)| (name, class));
        signals.chain(conditions).chain([("DecimalException", &self.base)])
    }
}

impl Exceptions {
    /// The class of what `as_tuple` gives.
    pub fn tuple(&self, vm: &mut Vm) -> PyResult {
        if let Some(known) = self.tuple.get(vm) {
            return Ok(known);
        }
        let name = vm.intern("namedtuple");
        let make = vm.import_attr("collections", &name)?;
        let keyword = vm.intern("module").into();
        let keywords = vm.new_tuple(vec![keyword]);
        let (name, names) = (vm.intern("DecimalTuple").into(), vm.new_str("sign digits exponent").into());
        let arguments = [name, names, vm.intern("decimal").into()];
        let made = vm.call_args(&make, pvm_object::Args::with_keywords(&arguments, Some(&keywords)))?;
        self.tuple.set(Some(made.clone()), vm);
        Ok(made)
    }
}

fn new_class(vm: &mut Vm, name: &str, bases: Vec<Value>) -> PyResult {
    let (dict, module) = (vm.new_dict(), vm.intern("decimal"));
    dict.set_str(&pvm_object::names::__module__, module.into(), vm)?;
    let (name, bases) = (vm.intern(name).into(), vm.new_tuple(bases).into());
    let class = <Type as pvm_object::PyClass>::type_object().to_value();
    vm.call(&class, &[name, bases, dict.into()])
}

/// Makes the classes.
pub fn make(vm: &mut Vm) -> PyResult<Ref<Exceptions>> {
    if let Some(known) = vm.find_module_state::<Exceptions>() {
        return Ok(known);
    }
    let base = new_class(vm, "DecimalException", vec![exceptions::ARITHMETIC_ERROR.get().to_value()])?;
    let zero_division = exceptions::ZERO_DIVISION_ERROR.get().to_value();
    let mut signals: Vec<Value> = vec![Value::none(); SIGNALS.len()];
    // `Overflow` and `Underflow` are made from others that stand behind them.
    for name in [
        "InvalidOperation",
        "FloatOperation",
        "DivisionByZero",
        "Subnormal",
        "Inexact",
        "Rounded",
        "Clamped",
        "Overflow",
        "Underflow",
    ] {
        let place = |wanted: &str| SIGNALS.iter().position(|&(known, _)| known == wanted).unwrap_or(0);
        let bases = match name {
            "FloatOperation" => vec![base.clone(), exceptions::TYPE_ERROR.get().to_value()],
            "DivisionByZero" => vec![base.clone(), zero_division.clone()],
            "Overflow" => vec![signals[place("Inexact")].clone(), signals[place("Rounded")].clone()],
            "Underflow" => ["Inexact", "Rounded", "Subnormal"].map(|name| signals[place(name)].clone()).to_vec(),
            _ => vec![base.clone()],
        };
        signals[place(name)] = new_class(vm, name, bases)?;
    }
    let invalid = signals[0].clone();
    let mut conditions = vec![invalid.clone()];
    for (name, condition) in &CONDITIONS[1..] {
        let bases = match *condition {
            DIVISION_UNDEFINED => vec![invalid.clone(), zero_division.clone()],
            _ => vec![invalid.clone()],
        };
        conditions.push(new_class(vm, name, bases)?);
    }
    let made =
        vm.module_state(|_| Exceptions { signals, conditions, base, mapping: HeapCell::new(None), tuple: HeapCell::new(None) });
    let name = vm.intern("MutableMapping");
    let mutable = vm.import_attr("collections.abc", &name)?;
    let mixin = <SignalDict as pvm_object::PyClass>::type_object().to_value();
    let mapping = new_class(vm, "SignalDict", vec![mixin, mutable])?;
    made.mapping.set(Some(mapping), vm);
    Ok(made)
}

/// Raises what the trapped ones of conditions call for (`dec_addstatus`).
#[cold]
pub fn raise(vm: &mut Vm, trapped: u32) -> Raised {
    let classes = match make(vm) {
        Ok(classes) => classes,
        Err(raised) => return raised,
    };
    let listed = CONDITIONS.iter().zip(&classes.conditions).chain(SIGNALS.iter().zip(&classes.signals).skip(1));
    let listed: Vec<Value> =
        listed.filter(|((_, condition), _)| trapped & condition != 0).map(|(_, class)| class.clone()).collect();
    let Some(index) = SIGNALS.iter().position(|&(_, conditions)| trapped & conditions != 0) else {
        return vm.runtime_error(format_args!("internal error in flags_as_exception"));
    };
    let list = match vm.try_list(listed) {
        Ok(list) => list.into(),
        Err(_) => return vm.memory_error(),
    };
    let class = classes.signals[index].clone();
    match vm.call(&class, &[list]).map(Value::downcast_into) {
        Ok(Ok(exception)) => vm.raise(exception),
        Ok(Err(_)) => vm.type_error(format_args!("exceptions must derive from BaseException")),
        Err(raised) => raised,
    }
}

/// The conditions that a signal stands for.
fn conditions_of(vm: &mut Vm, signal: &Value) -> PyResult<Option<u32>> {
    let classes = make(vm)?;
    Ok(SIGNALS.iter().zip(&classes.signals).find(|(_, class)| class.is(signal)).map(|(&(_, conditions), _)| conditions))
}

#[cold]
fn invalid_key(vm: &mut Vm) -> Raised {
    let text = "valid values for signals are:\n  [InvalidOperation, FloatOperation, DivisionByZero,\n   Overflow, \
                Underflow, Subnormal, Inexact, Rounded,\n   Clamped]";
    let text = vm.new_str(text).into();
    vm.key_error(&text)
}

/// The conditions of signals in a list.
pub fn from_list(vm: &mut Vm, list: &Value) -> PyResult<u32> {
    let mut flags = 0;
    for signal in vm.collect_items(list)?.iter() {
        match conditions_of(vm, signal)? {
            Some(conditions) => flags |= conditions,
            None => return Err(invalid_key(vm)),
        }
    }
    Ok(flags)
}

/// The conditions of a mapping of signals: one of ours, or a dict that names them all.
pub fn from_mapping(vm: &mut Vm, value: &Value) -> PyResult<u32> {
    if let Some(signals) = value.downcast::<SignalDict>() {
        return signals.valid(vm);
    }
    let Some(dict) = value.downcast::<Dict>() else {
        return Err(vm.type_error(format_args!("argument must be a signal dict")));
    };
    let classes = make(vm)?;
    let mut flags = 0;
    let mut complete = dict.len(vm) == SIGNALS.len();
    for ((_, conditions), class) in SIGNALS.iter().zip(&classes.signals) {
        match dict.get(class, vm)? {
            Some(value) => {
                if vm.truth(&value)? {
                    flags |= conditions;
                }
            }
            None => complete = false,
        }
    }
    match complete {
        true => Ok(flags),
        false => {
            let text = vm.new_str("invalid signal dict").into();
            Err(vm.key_error(&text))
        }
    }
}

/// The names of signals, as representations of contexts have them.
pub fn names(flags: u32) -> String {
    let names: Vec<&str> =
        SHOWN.iter().map(|&index| SIGNALS[index]).filter(|(_, bits)| flags & bits != 0).map(|(name, _)| name).collect();
    format!("[{}]", names.join(", "))
}

/// What a context's mappings of signals are made from.
#[pyclass(name = "SignalDictMixin", module = "decimal", no_export, mapping)]
pub struct SignalDict {
    flags: Cell<Option<u32>>,
}

impl SignalDict {
    /// A mapping with signals set.
    pub fn make(vm: &mut Vm, flags: u32) -> PyResult<Ref<SignalDict>> {
        let class = make(vm)?.mapping.get(vm).unwrap_or_else(Value::none);
        match vm.call(&class, &[])?.downcast_into::<SignalDict>() {
            Ok(made) => {
                made.flags.set(Some(flags));
                Ok(made)
            }
            Err(_) => Err(vm.runtime_error(format_args!("invalid signal dict"))),
        }
    }

    /// The conditions that are set.
    pub fn get(&self) -> u32 {
        self.flags.get().unwrap_or(0)
    }

    /// Sets the conditions.
    pub fn set(&self, flags: u32) {
        self.flags.set(Some(flags));
    }

    /// The mapping belongs to no context any more.
    pub fn retire(&self) {
        self.flags.set(None);
    }

    /// The conditions, unless the mapping belongs to no context.
    fn valid(&self, vm: &mut Vm) -> PyResult<u32> {
        match self.flags.get() {
            Some(flags) => Ok(flags),
            None => Err(vm.value_error(format_args!("invalid signal dict"))),
        }
    }
}

#[pymethods]
impl SignalDict {
    #[new]
    #[signature = "()"]
    #[text_signature = ""]
    fn new() -> SignalDict {
        SignalDict { flags: Cell::new(None) }
    }

    fn __len__(&self, vm: &mut Vm) -> PyResult<usize> {
        self.valid(vm)?;
        Ok(SIGNALS.len())
    }

    fn __iter__(&self, vm: &mut Vm) -> PyResult {
        self.valid(vm)?;
        let signals = make(vm)?.signals.clone();
        let tuple = vm.new_tuple(signals).into();
        vm.iter(&tuple)
    }

    fn __getitem__(&self, vm: &mut Vm, key: &Value) -> PyResult<bool> {
        let flags = self.valid(vm)?;
        match conditions_of(vm, key)? {
            Some(conditions) => Ok(flags & conditions != 0),
            None => Err(invalid_key(vm)),
        }
    }

    #[slot(setitem)]
    fn set_item(&self, vm: &mut Vm, key: &Value, value: Option<&Value>) -> PyResult<()> {
        let flags = self.valid(vm)?;
        let Some(value) = value else {
            return Err(vm.value_error(format_args!("signal keys cannot be deleted")));
        };
        let Some(conditions) = conditions_of(vm, key)? else { return Err(invalid_key(vm)) };
        let set = vm.truth(value)?;
        self.set(if set { flags | conditions } else { flags & !conditions });
        Ok(())
    }

    fn __repr__(&self, vm: &mut Vm) -> PyResult<String> {
        let flags = self.valid(vm)?;
        let items: Vec<String> = SIGNALS
            .iter()
            .map(|(name, conditions)| {
                let value = if flags & conditions != 0 { "True" } else { "False" };
                format!("<class 'decimal.{name}'>:{value}")
            })
            .collect();
        Ok(format!("{{{}}}", items.join(", ")))
    }

    #[slot(richcompare)]
    fn richcompare(this: &Object<Self>, vm: &mut Vm, other: &Value, op: CompareOp) -> PyResult {
        let flags = this.valid(vm)?;
        let wanted = match op {
            CompareOp::Eq => true,
            CompareOp::Ne => false,
            _ => return Ok(Value::not_implemented()),
        };
        let other = if let Some(other) = other.downcast::<SignalDict>() {
            other.valid(vm)?
        } else if other.is_instance_of::<Dict>() {
            match from_mapping(vm, other) {
                Ok(flags) => flags,
                Err(raised) if vm.pending_is(exceptions::KEY_ERROR.get()) => {
                    drop(vm.catch(raised));
                    return Ok(Value::not_implemented());
                }
                Err(raised) => return Err(raised),
            }
        } else {
            return Ok(Value::not_implemented());
        };
        Ok(Value::from_bool((flags == other) == wanted))
    }

    fn copy(&self, vm: &mut Vm) -> PyResult {
        let flags = self.valid(vm)?;
        let classes = make(vm)?;
        let dict = vm.new_dict();
        for ((_, conditions), class) in SIGNALS.iter().zip(&classes.signals) {
            dict.set(class, Value::from_bool(flags & conditions != 0), vm)?;
        }
        Ok(dict.into())
    }
}
