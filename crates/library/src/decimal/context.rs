//! `Context`: precision, limits, rounding, flags and traps; and the current one of each thread.

use std::cell::Cell;

use pvm_macros::{pyclass, pymethods};
use pvm_object::list::List;
use pvm_object::number::NumberError;
use pvm_object::str::Str;
use pvm_object::{Foreign, HeapCell, Object, PyClass, PyResult, Raised, Ref, Value, Vm};

use super::number::{Number, Outcome};
use super::rules::{MAX_EMAX, MAX_PREC, MIN_EMIN, ROUNDINGS, Rounding, Rules, condition};
use super::signals::{self, SignalDict};
use crate::contextvars::ContextVar;

/// Context(prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None, flags=None, traps=None)
/// --
///
/// The context affects almost all operations and controls rounding,
/// Over/Underflow, raising of exceptions and much more.  A new context
/// can be constructed as follows:
///
///     >>> c = Context(prec=28, Emin=-425000000, Emax=425000000,
///     ...             rounding=ROUND_HALF_EVEN, capitals=1, clamp=1,
///     ...             traps=[InvalidOperation, DivisionByZero, Overflow],
///     ...             flags=[])
///     >>>
#[pyclass(name = "Context", module = "decimal", parts(unary, binary, predicates, others))]
pub struct Context {
    rules: Foreign<Cell<Rules>>,
    capitals: Cell<bool>,
    flags: Ref<SignalDict>,
    traps: Ref<SignalDict>,
}

/// The rules of a new context.
const DEFAULT: Rules = Rules { prec: 28, emax: 999_999, emin: -999_999, rounding: Rounding::HalfEven, clamp: false };

/// What the module keeps.
#[pyclass(name = "_contexts", module = "decimal", no_export, final)]
struct Contexts {
    current: HeapCell<Option<Ref<ContextVar>>>,
    /// `DefaultContext`, which threads begin with a copy of, `BasicContext` and `ExtendedContext`.
    templates: HeapCell<Vec<Ref<Context>>>,
}

fn contexts(vm: &mut Vm) -> Ref<Contexts> {
    vm.module_state(|_| Contexts { current: HeapCell::new(None), templates: HeapCell::default() })
}

fn variable(vm: &mut Vm) -> PyResult<Ref<ContextVar>> {
    let contexts = contexts(vm);
    if let Some(known) = contexts.current.get(vm) {
        return Ok(known);
    }
    let name = vm.intern("decimal_context").into();
    let class = ContextVar::type_object().to_value();
    match vm.call(&class, &[name])?.downcast_into::<ContextVar>() {
        Ok(made) => {
            contexts.current.set(Some(made.clone()), vm);
            Ok(made)
        }
        Err(_) => Err(vm.runtime_error(format_args!("no context variable"))),
    }
}

/// The current context; a copy of the default one where the thread has none yet.
pub fn current(vm: &mut Vm) -> PyResult<Ref<Context>> {
    let variable = variable(vm)?;
    if let Some(known) = ContextVar::current(&variable, vm).and_then(|known| known.downcast_into::<Context>().ok()) {
        return Ok(known);
    }
    let copy = templates(vm)?[0].duplicate(vm)?;
    copy.flags.set(0);
    set_current(vm, copy.to_value())?;
    Ok(copy)
}

fn set_current(vm: &mut Vm, context: Value) -> PyResult<()> {
    let variable = variable(vm)?;
    ContextVar::assign(&variable, vm, context)
}

/// `DefaultContext`, `BasicContext` and `ExtendedContext`.
pub fn templates(vm: &mut Vm) -> PyResult<Vec<Ref<Context>>> {
    let contexts = contexts(vm);
    if contexts.templates.borrow(vm).is_empty() {
        let basic = Rules { prec: 9, rounding: Rounding::HalfUp, ..DEFAULT };
        let made = vec![
            Context::make(vm, DEFAULT, true, 0, condition::TRAPS)?,
            Context::make(vm, basic, true, 0, condition::TRAPS | condition::UNDERFLOW | condition::CLAMPED)?,
            Context::make(vm, Rules { prec: 9, ..DEFAULT }, true, 0, 0)?,
        ];
        drop(contexts.templates.replace(made, vm));
    }
    Ok(contexts.templates.borrow(vm).clone())
}

/// The context of an IEEE interchange format of so many bits, which 32 divides.
pub fn ieee_context(vm: &mut Vm, bits: i64) -> PyResult<Ref<Context>> {
    let emax = 3 * (1 << (bits / 16 + 3));
    let rules = Rules { prec: 9 * (bits / 32) - 2, emax, emin: 1 - emax, rounding: Rounding::HalfEven, clamp: true };
    Context::make(vm, rules, true, 0, 0)
}

/// Makes a context the current one (`PyDec_SetCurrentContext`).
pub fn set(vm: &mut Vm, context: &Value) -> PyResult<()> {
    let Some(given) = context.downcast::<Context>() else {
        return Err(vm.type_error(format_args!("argument must be a context")));
    };
    // A template is copied, so that its users do not change it.
    if templates(vm)?.iter().any(|template| std::ptr::eq(&**template, given)) {
        let copy = given.duplicate(vm)?;
        copy.flags.set(0);
        return set_current(vm, copy.to_value());
    }
    set_current(vm, context.clone())
}

/// The complaint about what is no context.
#[cold]
pub fn needs_context(vm: &mut Vm) -> Raised {
    vm.type_error(format_args!("optional argument must be a context"))
}

/// The context of an argument, else the current one.
pub fn of(vm: &mut Vm, argument: Option<&Value>) -> PyResult<Ref<Context>> {
    match argument {
        None => current(vm),
        Some(value) if value.is_none() => current(vm),
        Some(value) => match value.downcast::<Context>() {
            Some(context) => Ok(context.to_ref()),
            None => Err(needs_context(vm)),
        },
    }
}

/// The rounding of its name.
pub fn rounding_of(vm: &mut Vm, value: &Value) -> PyResult<Rounding> {
    let name = value.downcast::<Str>().and_then(|name| name.as_str());
    match name.and_then(|name| ROUNDINGS.iter().find(|(_, known)| *known == name)) {
        Some(&(rounding, _)) => Ok(rounding),
        None => Err(vm.type_error(format_args!(
            "valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n   ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]"
        ))),
    }
}

impl Context {
    fn make(vm: &mut Vm, rules: Rules, capitals: bool, flags: u32, traps: u32) -> PyResult<Ref<Context>> {
        let (flags, traps) = (SignalDict::make(vm, flags)?, SignalDict::make(vm, traps)?);
        Ok(vm.alloc(Context { rules: Foreign(Cell::new(rules)), capitals: Cell::new(capitals), flags, traps }))
    }

    /// A context of its own with the same contents.
    pub fn duplicate(&self, vm: &mut Vm) -> PyResult<Ref<Context>> {
        Context::make(vm, self.rules.get(), self.capitals.get(), self.flags.get(), self.traps.get())
    }

    /// What it demands of results.
    pub fn rules(&self) -> Rules {
        self.rules.get()
    }

    /// Whether exponents are written with capitals.
    pub fn capitals(&self) -> bool {
        self.capitals.get()
    }

    /// Notes conditions, and raises where one is trapped.
    #[inline]
    pub fn signal(&self, vm: &mut Vm, status: u32) -> PyResult<()> {
        if status == 0 {
            return Ok(());
        }
        self.flags.set(self.flags.get() | status);
        match status & self.traps.get() {
            0 => Ok(()),
            trapped => Err(signals::raise(vm, trapped)),
        }
    }

    /// What an operation gave; the lack of memory is a condition as well.
    pub fn outcome<T>(&self, vm: &mut Vm, outcome: Outcome<T>) -> PyResult<T> {
        outcome.map_err(|error| {
            if error == NumberError::Memory {
                self.note(condition::MEMORY);
            }
            vm.number_error(error)
        })
    }

    /// The result of an operation under its rules, whose conditions it notes.
    pub fn apply(&self, vm: &mut Vm, operation: impl FnOnce(&Rules, &mut u32) -> Outcome) -> PyResult {
        let mut status = 0;
        let outcome = operation(&self.rules(), &mut status);
        let number: Number = self.outcome(vm, outcome)?;
        self.signal(vm, status)?;
        Ok(super::object::new(vm, number).into())
    }

    /// Notes conditions only.
    pub fn note(&self, status: u32) {
        self.flags.set(self.flags.get() | status);
    }

    fn change(&self, change: impl FnOnce(&mut Rules)) {
        let mut rules = self.rules.get();
        change(&mut rules);
        self.rules.set(rules);
    }

    fn assign_signals(vm: &mut Vm, target: &SignalDict, value: &Value) -> PyResult<()> {
        let flags = match value.is_instance_of::<List>() {
            true => signals::from_list(vm, value)?,
            false => signals::from_mapping(vm, value)?,
        };
        target.set(flags);
        Ok(())
    }

    /// Sets what is given of all attributes.
    pub fn update(this: &Object<Self>, vm: &mut Vm, values: [Option<&Value>; 8]) -> PyResult<()> {
        let [prec, rounding, emin, emax, capitals, clamp, flags, traps] =
            values.map(|value| value.filter(|value| !value.is_none()));
        let names = ["prec", "rounding", "Emin", "Emax", "capitals", "clamp"];
        for (name, value) in names.into_iter().zip([prec, rounding, emin, emax, capitals, clamp]) {
            if let Some(value) = value {
                let name = vm.intern(name);
                vm.setattr(&this.to_value(), &name, value)?;
            }
        }
        if let Some(traps) = traps {
            Context::assign_signals(vm, &this.traps, traps)?;
        }
        if let Some(flags) = flags {
            Context::assign_signals(vm, &this.flags, flags)?;
        }
        Ok(())
    }
}

impl Drop for Context {
    /// Whoever still has the mappings has signals of no context.
    fn drop(&mut self) {
        self.flags.retire();
        self.traps.retire();
    }
}

/// The value that an attribute is to have.
fn given<'a>(vm: &mut Vm, value: Option<&'a Value>) -> PyResult<&'a Value> {
    value.ok_or_else(|| vm.attribute_error(format_args!("context attributes cannot be deleted")))
}

/// Sets the signals of `flags` or `traps` to those of a mapping.
fn assign(vm: &mut Vm, target: &SignalDict, value: Option<&Value>) -> PyResult<()> {
    let mapping = given(vm, value)?;
    target.set(signals::from_mapping(vm, mapping)?);
    Ok(())
}

/// A size (`PyLong_AsSsize_t`); what is no int is refused with a message.
pub fn size(vm: &mut Vm, value: &Value, message: &str) -> PyResult<i64> {
    match value.as_int_ref().map(|number| number.to_i64()) {
        Some(Some(number)) => Ok(number),
        Some(None) => Err(vm.overflow_error(format_args!("Python int too large to convert to C ssize_t"))),
        None => Err(vm.type_error(format_args!("{message}"))),
    }
}

/// A size that lies within bounds.
fn within(vm: &mut Vm, value: Option<&Value>, bounds: std::ops::RangeInclusive<i64>, message: &str) -> PyResult<i64> {
    let value = given(vm, value)?;
    let number = size(vm, value, "an integer is required")?;
    match bounds.contains(&number) {
        true => Ok(number),
        false => Err(vm.value_error(format_args!("{message}"))),
    }
}

#[pymethods]
impl Context {
    #[new]
    #[signature = "(*args, **kwargs)"]
    #[text_signature = ""]
    fn new(vm: &mut Vm, _args: pvm_object::Args<'_>) -> PyResult<Context> {
        let (flags, traps) = (SignalDict::make(vm, 0)?, SignalDict::make(vm, condition::TRAPS)?);
        Ok(Context { rules: Foreign(Cell::new(DEFAULT)), capitals: Cell::new(true), flags, traps })
    }

    #[signature = "(prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None, flags=None, traps=None)"]
    #[allow(non_snake_case)]
    fn __init__(
        this: &Object<Self>,
        vm: &mut Vm,
        prec: Option<&Value>,
        rounding: Option<&Value>,
        Emin: Option<&Value>,
        Emax: Option<&Value>,
        capitals: Option<&Value>,
        clamp: Option<&Value>,
        flags: Option<&Value>,
        traps: Option<&Value>,
    ) -> PyResult<()> {
        Context::update(this, vm, [prec, rounding, Emin, Emax, capitals, clamp, flags, traps])
    }

    #[getter]
    fn prec(&self) -> i64 {
        self.rules().prec
    }

    #[setter]
    fn set_prec(&self, vm: &mut Vm, value: Option<&Value>) -> PyResult<()> {
        let prec = within(vm, value, 1..=MAX_PREC, "valid range for prec is [1, MAX_PREC]")?;
        self.change(|rules| rules.prec = prec);
        Ok(())
    }

    #[getter(Emax)]
    fn emax(&self) -> i64 {
        self.rules().emax
    }

    #[setter(Emax)]
    fn set_emax(&self, vm: &mut Vm, value: Option<&Value>) -> PyResult<()> {
        let emax = within(vm, value, 0..=MAX_EMAX, "valid range for Emax is [0, MAX_EMAX]")?;
        self.change(|rules| rules.emax = emax);
        Ok(())
    }

    #[getter(Emin)]
    fn emin(&self) -> i64 {
        self.rules().emin
    }

    #[setter(Emin)]
    fn set_emin(&self, vm: &mut Vm, value: Option<&Value>) -> PyResult<()> {
        let emin = within(vm, value, MIN_EMIN..=0, "valid range for Emin is [MIN_EMIN, 0]")?;
        self.change(|rules| rules.emin = emin);
        Ok(())
    }

    #[getter]
    fn rounding(&self, vm: &mut Vm) -> Ref<Str> {
        let rounding = self.rules().rounding;
        let name = ROUNDINGS.iter().find(|(known, _)| *known == rounding).map_or("", |(_, name)| name);
        vm.intern(name)
    }

    #[setter]
    fn set_rounding(&self, vm: &mut Vm, value: Option<&Value>) -> PyResult<()> {
        let value = given(vm, value)?;
        let rounding = rounding_of(vm, value)?;
        self.change(|rules| rules.rounding = rounding);
        Ok(())
    }

    #[getter(capitals)]
    fn shown_capitals(&self) -> i64 {
        i64::from(self.capitals.get())
    }

    #[setter(capitals)]
    fn set_capitals(&self, vm: &mut Vm, value: Option<&Value>) -> PyResult<()> {
        let capitals = within(vm, value, 0..=1, "valid values for capitals are 0 or 1")?;
        self.capitals.set(capitals == 1);
        Ok(())
    }

    #[getter]
    fn clamp(&self) -> i64 {
        i64::from(self.rules().clamp)
    }

    #[setter]
    fn set_clamp(&self, vm: &mut Vm, value: Option<&Value>) -> PyResult<()> {
        let clamp = within(vm, value, 0..=1, "valid values for clamp are 0 or 1")?;
        self.change(|rules| rules.clamp = clamp == 1);
        Ok(())
    }

    #[getter]
    fn flags(&self) -> Ref<SignalDict> {
        self.flags.clone()
    }

    #[setter]
    fn set_flags(&self, vm: &mut Vm, value: Option<&Value>) -> PyResult<()> {
        assign(vm, &self.flags, value)
    }

    #[getter]
    fn traps(&self) -> Ref<SignalDict> {
        self.traps.clone()
    }

    #[setter]
    fn set_traps(&self, vm: &mut Vm, value: Option<&Value>) -> PyResult<()> {
        assign(vm, &self.traps, value)
    }

    /// Return a value equal to Emin - prec + 1, which is the minimum exponent value
    /// for subnormal results.  When underflow occurs, the exponent is set to Etiny.
    #[name = "Etiny"]
    fn etiny(&self) -> i64 {
        self.rules().etiny()
    }

    /// Return a value equal to Emax - prec + 1.  This is the maximum exponent
    /// if the _clamp field of the context is set to 1 (IEEE clamp mode).  Etop()
    /// must not be negative.
    #[name = "Etop"]
    fn etop(&self) -> i64 {
        self.rules().etop()
    }

    /// Return 10.
    fn radix(&self, vm: &mut Vm) -> Ref<super::object::Decimal> {
        super::object::new(vm, super::number::Number::integer(10))
    }

    /// Reset all flags to False.
    fn clear_flags(&self) {
        self.flags.set(0);
    }

    /// Set all traps to False.
    fn clear_traps(&self) {
        self.traps.set(0);
    }

    /// Return a duplicate of the context.
    fn copy(&self, vm: &mut Vm) -> PyResult<Ref<Context>> {
        self.duplicate(vm)
    }

    fn __copy__(&self, vm: &mut Vm) -> PyResult<Ref<Context>> {
        self.duplicate(vm)
    }

    fn __reduce__(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        let rules = this.rules();
        let rounding = this.rounding(vm).into();
        let mut arguments = vec![vm.int(rules.prec), rounding, vm.int(rules.emin), vm.int(rules.emax)];
        arguments.extend([vm.int(i64::from(this.capitals.get())), vm.int(i64::from(rules.clamp))]);
        for flags in [this.flags.get(), this.traps.get()] {
            let classes = signals::make(vm)?;
            let set: Vec<Value> = signals::SIGNALS
                .iter()
                .filter(|(_, conditions)| flags & conditions != 0)
                .filter_map(|(name, _)| classes.named().find(|(known, _)| known == name).map(|(_, class)| class.clone()))
                .collect();
            arguments.push(vm.try_list(set)?.into());
        }
        let (class, arguments) = (this.ty().to_value(), vm.new_tuple(arguments).into());
        Ok(vm.new_tuple(vec![class, arguments]).into())
    }

    fn __repr__(&self) -> String {
        let rules = self.rules();
        let rounding = ROUNDINGS.iter().find(|(known, _)| *known == rules.rounding).map_or("", |(_, name)| name);
        format!(
            "Context(prec={}, rounding={rounding}, Emin={}, Emax={}, capitals={}, clamp={}, flags={}, traps={})",
            rules.prec,
            rules.emin,
            rules.emax,
            u8::from(self.capitals.get()),
            u8::from(rules.clamp),
            signals::names(self.flags.get()),
            signals::names(self.traps.get()),
        )
    }
}

/// What `with localcontext()` works with.
#[pyclass(name = "ContextManager", module = "decimal", no_export)]
pub struct ContextManager {
    local: Ref<Context>,
    global: Ref<Context>,
}

impl ContextManager {
    /// One that makes `local` the current context, and `global` afterwards.
    pub fn new(local: Ref<Context>, global: Ref<Context>) -> ContextManager {
        ContextManager { local, global }
    }
}

#[pymethods]
impl ContextManager {
    fn __enter__(&self, vm: &mut Vm) -> PyResult<Ref<Context>> {
        set(vm, &self.local.to_value())?;
        Ok(self.local.clone())
    }

    #[signature = "(*args)"]
    #[text_signature = ""]
    fn __exit__(&self, vm: &mut Vm, _args: pvm_object::Args<'_>) -> PyResult<bool> {
        set(vm, &self.global.to_value())?;
        Ok(false)
    }
}
