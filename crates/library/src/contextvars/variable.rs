//! `ContextVar`.

use std::cell::Cell;

use pvm_macros::{pyclass, pymethods};
use pvm_object::str::Str;
use pvm_object::{Args, Object, PyResult, Raised, Ref, Type, Value, Vm, exceptions};

use super::context::{Context, current_context};
use super::token::Token;

// A variable whose value belongs to a context.
#[pyclass(name = "ContextVar", module = "_contextvars", final)]
pub struct ContextVar {
    #[member]
    name: Ref<Str>,
    default: Option<Value>,
    /// Counts the variables of the interpreter.
    number: u64,
    /// The name's hash.
    name_hash: i64,
}

/// Counts the variables of an interpreter.
#[pyclass(name = "_numbers", module = "_contextvars", no_export, final)]
struct Numbers {
    last: Cell<u64>,
}

impl ContextVar {
    /// The variable's number, which no other has.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// The value in the current context.
    pub fn current(this: &Object<Self>, vm: &Vm) -> Option<Value> {
        vm.thread().context()?.downcast::<Context>()?.get_value(this, vm)
    }

    /// Sets the value in the current context.
    pub fn assign(this: &Object<Self>, vm: &mut Vm, value: Value) -> PyResult<()> {
        current_context(vm).set_value(this, value, vm)
    }
}

/// A parameter of the type `Token`.
fn token_of<'a>(vm: &mut Vm, token: &'a Value) -> PyResult<&'a Object<Token>> {
    match token.downcast::<Token>() {
        Some(token) => Ok(token),
        None => {
            let shown = vm.repr(token)?;
            Err(vm.type_error(format_args!("expected an instance of Token, got {shown}")))
        }
    }
}

fn lookup_error(vm: &mut Vm, variable: Value) -> Raised {
    vm.raise_value(exceptions::LOOKUP_ERROR.get(), variable)
}

#[pymethods]
impl ContextVar {
    #[new]
    fn new(vm: &mut Vm, args: Args<'_>) -> PyResult<ContextVar> {
        if args.len() != 1 {
            let (bound, given) = (if args.len() > 1 { "at most" } else { "exactly" }, args.len());
            return Err(vm.type_error(format_args!("ContextVar() takes {bound} 1 positional argument ({given} given)")));
        }
        for (name, _) in args.keywords() {
            if !name.is_str("default") {
                return Err(vm.unexpected_keyword(&"ContextVar", name, ["default"]));
            }
        }
        let Some(name) = args.get(0).and_then(|name| name.downcast_ref::<Str>()) else {
            return Err(vm.type_error(format_args!("context variable name must be a str")));
        };
        let name_hash = vm.hash(&name.as_value())?;
        let numbers = vm.module_state(|_| Numbers { last: Cell::new(0) });
        let number = numbers.last.get() + 1;
        numbers.last.set(number);
        let default = args.keyword("default").map(|default| default.to_owned());
        Ok(ContextVar { name: name.to_ref(), default, number, name_hash })
    }

    /// get($self, default=<unrepresentable>, /)
    /// --
    ///
    /// Return a value for the context variable for the current context.
    ///
    /// If there is no value for the variable in the current context, the
    /// method will:
    ///  * return the value of the default argument of the method, if
    ///    provided; or
    ///  * return the default value for the context variable, if it was
    ///    created with one; or
    ///  * raise a LookupError.
    fn get(this: &Object<Self>, vm: &mut Vm, default: Option<Value>) -> PyResult {
        if let Some(context) = vm.thread().context()
            && let Some(value) = context.downcast::<Context>().and_then(|context| context.get_value(this, vm))
        {
            return Ok(value);
        }
        match default.or_else(|| this.default.clone()) {
            Some(default) => Ok(default),
            None => Err(lookup_error(vm, this.to_value())),
        }
    }

    /// Call to set a new value for the context variable in the current context.
    ///
    /// The required value argument is the new value for the context
    /// variable.
    ///
    /// Returns a Token object that can be used to restore the variable to
    /// its previous value via the `ContextVar.reset()` method.
    fn set(this: &Object<Self>, heap: &mut Vm, value: Value) -> PyResult<Ref<Token>> {
        let context = current_context(heap);
        let old = context.get_value(this, heap);
        context.set_value(this, value, heap)?;
        Ok(heap.alloc(Token::new(context, this.to_ref(), old)))
    }

    /// Reset the context variable.
    ///
    /// The variable is reset to the value it had before the
    /// `ContextVar.set()` that created the token was used.
    fn reset(this: &Object<Self>, vm: &mut Vm, token: &Value) -> PyResult<()> {
        let token = token_of(vm, token)?;
        let problem = if token.is_used() {
            "has already been used once"
        } else if !std::ptr::eq(&**this, token.variable()) {
            "was created by a different ContextVar"
        } else if !std::ptr::eq(&**current_context(vm), &***token.context()) {
            "was created in a different Context"
        } else {
            token.use_up();
            return match token.old() {
                Some(old) => token.context().set_value(this, old.clone(), vm),
                None => token.context().remove(this, vm),
            };
        };
        let shown = vm.repr(&token.as_value())?;
        Err(match token.is_used() {
            true => vm.runtime_error(format_args!("{shown} {problem}")),
            false => vm.value_error(format_args!("{shown} {problem}")),
        })
    }

    /// See PEP 585
    #[classmethod]
    fn __class_getitem__(cls: &Object<Type>, vm: &mut Vm, object: &Value) -> PyResult {
        vm.generic_alias(&cls.as_value(), object)
    }

    fn __repr__(this: &Object<Self>, vm: &mut Vm) -> PyResult<String> {
        let name = vm.repr(&this.name.as_value())?;
        let default = match &this.default {
            Some(default) => format!(" default={}", vm.repr(default)?),
            None => String::new(),
        };
        Ok(format!("<ContextVar name={name}{default} at {:#x}>", this.address()))
    }

    fn __hash__(this: &Object<Self>) -> i64 {
        pvm_object::hashing::hash_pointer(this.address()) ^ this.name_hash
    }
}
