//! Binding the arguments of a call to the parameters of a native function, with the messages of CPython's Argument Clinic.

use crate::core::object::{Object, Static};
use crate::core::slot::Args;
use crate::core::value::{Value, ValueRef};
use crate::dict::Dict;
use crate::errors::{PyResult, Raised};
use crate::str::Str;
use crate::types::Type;
use crate::{Heap, Ref};

/// A parameter that is bound to a place of its own.
#[derive(Debug)]
pub struct ParamDef {
    /// Its Python name.
    pub name: &'static str,
    /// Whether it must be given.
    pub required: bool,
}

/// Where a function belongs, for messages.
pub enum Owner {
    /// A method of the class.
    Class(&'static Static<Type>),
    /// A function of the module.
    Module(&'static str),
    /// `__new__`, `__init__` or `__call__` of the class, whose name stands for the function's unless it has one of its own.
    Constructor(&'static Static<Type>),
}

/// The parameters of a native function: positional-only ones first, then positional-or-keyword, then keyword-only.
pub struct Signature {
    /// The function's name.
    pub name: &'static str,
    /// Where it belongs.
    pub owner: Owner,
    /// Every parameter but `*args` and `**kwargs`.
    pub params: &'static [ParamDef],
    /// How many are positional-only.
    pub positional_only: u8,
    /// How many may be given by position.
    pub positional: u8,
    /// How many of those must be given.
    pub required_positional: u8,
    /// How many keyword-only ones must be given.
    pub required_keywords: u8,
    /// `*args`.
    pub var_positional: bool,
    /// `**kwargs`.
    pub var_keyword: bool,
}

/// How CPython calls a function, which decides how it words its errors.
#[derive(PartialEq, Eq)]
enum Convention {
    /// `METH_NOARGS`.
    NoArguments,
    /// `METH_O`.
    OneObject,
    /// `METH_FASTCALL` or `METH_VARARGS`: by position.
    Positional,
    /// With keywords.
    Keywords,
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

impl Signature {
    /// The function's name in messages.
    pub fn display_name(&self) -> &'static str {
        match &self.owner {
            Owner::Constructor(class) if self.name.starts_with("__") => class.short_name(),
            _ => self.name,
        }
    }

    /// The name with that of its class or module before it (`_PyObject_FunctionStr`).
    fn qualified_name(&self) -> String {
        match &self.owner {
            Owner::Class(class) => format!("{}.{}", class.short_name(), self.name),
            Owner::Module("builtins") => self.name.to_owned(),
            Owner::Module(module) => format!("{module}.{}", self.name),
            Owner::Constructor(_) => self.display_name().to_owned(),
        }
    }

    fn convention(&self) -> Convention {
        let count = self.params.len();
        let by_position = self.positional_only as usize == count && !self.var_keyword;
        let constructor = matches!(self.owner, Owner::Constructor(_));
        match (count, by_position) {
            (_, false) => Convention::Keywords,
            (0, true) if !self.var_positional => Convention::NoArguments,
            (1, true) if !self.var_positional && self.required_positional == 1 && !constructor => Convention::OneObject,
            _ => Convention::Positional,
        }
    }

    /// How a conversion error names the parameter.
    pub(crate) fn describe(&self, index: usize) -> String {
        if index >= self.positional_only as usize {
            format!("argument '{}'", self.params[index].name)
        } else if self.convention() == Convention::OneObject {
            "argument".to_owned()
        } else {
            format!("argument {}", index + 1)
        }
    }

    /// The values for the `N` parameters; `None` for those not given. What `*args` and `**kwargs` take is left in `args`.
    #[inline(always)]
    pub fn bind<'a, const N: usize>(&self, heap: &mut Heap, args: Args<'a>) -> PyResult<[Option<ValueRef<'a>>; N]> {
        debug_assert_eq!(N, self.params.len());
        let given = args.len();
        let mut values = [None; N];
        let fits = given >= self.required_positional as usize && (given <= self.positional as usize || self.var_positional);
        if fits && !args.has_keywords() && self.required_keywords == 0 {
            for (index, value) in values.iter_mut().take(self.positional as usize).enumerate() {
                *value = args.get(index);
            }
            return Ok(values);
        }
        self.bind_slowly(heap, args, &mut values)?;
        Ok(values)
    }

    #[cold]
    #[inline(never)]
    fn bind_slowly<'a>(&self, heap: &mut Heap, args: Args<'a>, values: &mut [Option<ValueRef<'a>>]) -> PyResult<()> {
        match self.convention() {
            Convention::Keywords => self.bind_keywords(heap, args, values),
            convention => Err(self.wrong_count(heap, args, convention)),
        }
    }

    /// The error of a call by position (`_PyArg_CheckPositional` and the checks of `METH_NOARGS` and `METH_O`).
    fn wrong_count(&self, heap: &mut Heap, args: Args<'_>, convention: Convention) -> Raised {
        let given = args.len();
        let constructor = matches!(self.owner, Owner::Constructor(_));
        if args.has_keywords() && !(constructor && convention == Convention::NoArguments) {
            let name = self.qualified_name();
            return heap.type_error(format_args!("{name}() takes no keyword arguments"));
        }
        let (min, max) = (self.required_positional as usize, self.positional as usize);
        match convention {
            Convention::NoArguments if constructor => {
                heap.type_error(format_args!("{}() takes no arguments", self.display_name()))
            }
            Convention::NoArguments => {
                heap.type_error(format_args!("{}() takes no arguments ({given} given)", self.qualified_name()))
            }
            Convention::OneObject => {
                heap.type_error(format_args!("{}() takes exactly one argument ({given} given)", self.qualified_name()))
            }
            Convention::Positional | Convention::Keywords => {
                let (bound, count) = match given < min {
                    true if min == max && !self.var_positional => ("", min),
                    true => ("at least ", min),
                    false if min == max => ("", max),
                    false => ("at most ", max),
                };
                let name = self.display_name();
                heap.type_error(format_args!("{name} expected {bound}{count} argument{}, got {given}", plural(count)))
            }
        }
    }

    /// `_PyArg_UnpackKeywords`, its order of checks included.
    fn bind_keywords<'a>(&self, heap: &mut Heap, args: Args<'a>, values: &mut [Option<ValueRef<'a>>]) -> PyResult<()> {
        let name = self.display_name();
        let given = args.len();
        let mut keywords = args.keywords().len();
        let (min, max) = (self.required_positional as usize, self.positional as usize);
        let (positional_only, count) = (self.positional_only as usize, self.params.len());
        if given + keywords > count && !self.var_positional && !self.var_keyword {
            let kind = if given == 0 { "keyword " } else { "" };
            let plural = plural(count);
            return Err(heap
                .type_error(format_args!("{name}() takes at most {count} {kind}argument{plural} ({} given)", given + keywords)));
        }
        if given > max && !self.var_positional {
            return Err(if max == 0 {
                heap.type_error(format_args!("{name}() takes no positional arguments"))
            } else {
                let bound = if min < max { "at most" } else { "exactly" };
                heap.type_error(format_args!("{name}() takes {bound} {max} positional argument{} ({given} given)", plural(max)))
            });
        }
        let min_positional_only = positional_only.min(min);
        if given < min_positional_only {
            let bound = if self.var_positional || min_positional_only < max { "at least" } else { "exactly" };
            let plural = plural(min_positional_only);
            return Err(heap.type_error(format_args!(
                "{name}() takes {bound} {min_positional_only} positional argument{plural} ({given} given)"
            )));
        }
        for (index, value) in values.iter_mut().enumerate().take(max) {
            *value = args.get(index);
        }
        let by_keyword = self.params.iter().zip(values).enumerate().skip(given.min(max).max(positional_only));
        for (index, (param, value)) in by_keyword {
            *value = if keywords > 0 { args.keyword(param.name) } else { None };
            if value.is_some() {
                keywords -= 1;
            } else if param.required {
                let place = index + 1;
                return Err(heap.type_error(format_args!("{name}() missing required argument '{}' (pos {place})", param.name)));
            }
        }
        if keywords > 0 {
            self.surplus_keywords(heap, args, given.min(max))?;
        }
        Ok(())
    }

    /// The error for keywords that no parameter has taken, unless `**kwargs` takes them.
    fn surplus_keywords(&self, heap: &mut Heap, args: Args<'_>, given: usize) -> PyResult<()> {
        let name = self.display_name();
        for (index, param) in self.params.iter().enumerate().take(given).skip(self.positional_only as usize) {
            if args.keyword(param.name).is_some() {
                let place = index + 1;
                let message = format_args!("argument for {name}() given by name ('{}') and position ({place})", param.name);
                return Err(heap.type_error(message));
            }
        }
        if self.var_keyword {
            return Ok(());
        }
        match args.keywords().find(|(key, _)| !self.takes_keyword(key)) {
            Some((key, _)) => {
                let parameters = self.params[self.positional_only as usize..].iter().map(|param| param.name);
                Err(heap.unexpected_keyword(&name, key, parameters))
            }
            None => Ok(()),
        }
    }

    fn takes_keyword(&self, key: &Object<Str>) -> bool {
        self.params[self.positional_only as usize..].iter().any(|param| key.is_str(param.name))
    }
}

/// What `**kwargs` receives: the keyword arguments that no other parameter has taken.
#[derive(Clone, Copy)]
pub struct Keywords<'a> {
    args: Args<'a>,
    signature: &'static Signature,
}

impl<'a> Keywords<'a> {
    /// Those of a call.
    pub fn new(args: Args<'a>, signature: &'static Signature) -> Keywords<'a> {
        Keywords { args, signature }
    }

    /// Names and values in the order given.
    pub fn iter(&self) -> impl Iterator<Item = (&'a Object<Str>, ValueRef<'a>)> + use<'a> {
        let signature = self.signature;
        self.args.keywords().filter(move |(key, _)| !signature.takes_keyword(key))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    /// The value of one.
    pub fn get(&self, name: &str) -> Option<ValueRef<'a>> {
        self.iter().find(|(key, _)| key.is_str(name)).map(|(_, value)| value)
    }

    /// A new dict of them.
    pub fn to_dict(&self, heap: &mut Heap) -> PyResult<Ref<Dict>> {
        let dict = heap.new_dict();
        for (key, value) in self.iter() {
            dict.set_str(key, value.to_owned(), heap)?;
        }
        Ok(dict)
    }
}

/// What is being converted, for the messages of conversions.
#[derive(Clone, Copy)]
pub struct Argument {
    place: Place,
}

#[derive(Clone, Copy)]
enum Place {
    /// A parameter of a function.
    Param(&'static Signature, usize),
    /// The operand of an operator, or the value for an attribute.
    Operand(&'static str),
}

impl Argument {
    /// A parameter of a function.
    pub fn of(signature: &'static Signature, index: usize) -> Argument {
        Argument { place: Place::Param(signature, index) }
    }

    /// The operand of the method `name`, or the value for the attribute `name`.
    pub fn operand(name: &'static str) -> Argument {
        Argument { place: Place::Operand(name) }
    }

    /// The names of the function and of the parameter; the operand's name alone where it is no function's argument.
    pub fn names(&self) -> (&'static str, &'static str) {
        match self.place {
            Place::Param(signature, index) => (signature.display_name(), signature.params[index].name),
            Place::Operand(name) => ("", name),
        }
    }

    /// The prefix of messages: `split() argument 'sep'`, or the bare name where it is no function's argument.
    pub fn describe(&self) -> String {
        match self.place {
            Place::Param(signature, index) => format!("{}() {}", signature.display_name(), signature.describe(index)),
            Place::Operand(name) => name.to_owned(),
        }
    }

    /// `TypeError: split() argument 'sep' must be str, not int` (`_PyArg_BadArgument`).
    #[cold]
    pub fn must_be(&self, expected: &str, got: &Value, heap: &mut Heap) -> Raised {
        let what = self.describe();
        let got = if got.is_none() { "None".to_owned() } else { got.ty().full_name(heap) };
        heap.type_error(format_args!("{what} must be {expected}, not {got}"))
    }
}
