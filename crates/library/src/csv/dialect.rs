//! `Dialect`: how a file's records and fields are written, checked once.

use pvm_macros::{pyclass, pymethods};
use pvm_object::str::Str;
use pvm_object::{Args, Object, PyClass, PyResult, Raised, Ref, Type, Value, Vm, exceptions};

use super::{csv_error, dialects};

/// When fields are quoted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Quoting {
    Minimal,
    All,
    NonNumeric,
    None,
    Strings,
    NotNull,
}

impl Quoting {
    /// The styles by number, with their constants' names.
    pub const ALL: [(Quoting, &'static str); 6] = [
        (Quoting::Minimal, "QUOTE_MINIMAL"),
        (Quoting::All, "QUOTE_ALL"),
        (Quoting::NonNumeric, "QUOTE_NONNUMERIC"),
        (Quoting::None, "QUOTE_NONE"),
        (Quoting::Strings, "QUOTE_STRINGS"),
        (Quoting::NotNull, "QUOTE_NOTNULL"),
    ];
}

/// CSV dialect
///
/// The Dialect type records CSV parsing and generation options.
#[pyclass(name = "Dialect", module = "_csv", mutable)]
pub struct Dialect {
    #[trace(skip)]
    pub(super) delimiter: u32,
    pub(super) quotechar: Option<u32>,
    pub(super) escapechar: Option<u32>,
    pub(super) lineterminator: Ref<Str>,
    #[trace(skip)]
    pub(super) quoting: Quoting,
    #[member]
    pub(super) doublequote: bool,
    #[member]
    pub(super) skipinitialspace: bool,
    #[member]
    pub(super) strict: bool,
}

/// The options in the order of the constructor's parameters, behind `dialect`.
const OPTIONS: [&str; 8] =
    ["delimiter", "doublequote", "escapechar", "lineterminator", "quotechar", "quoting", "skipinitialspace", "strict"];

/// A character, where `None` may say that there is none (`_set_char_or_none`).
fn character(name: &str, value: Option<&Value>, default: Option<char>, optional: bool, vm: &mut Vm) -> PyResult<Option<u32>> {
    let Some(value) = value else { return Ok(default.map(u32::from)) };
    if optional && value.is_none() {
        return Ok(None);
    }
    let or_none = if optional { " or None" } else { "" };
    let got = match value.downcast::<Str>() {
        Some(text) if text.len() == 1 => return Ok(Some(text.view().get(0))),
        Some(text) => format!("a string of length {}", text.len()),
        None => value.ty().full_name(vm),
    };
    Err(vm.type_error(format_args!("\"{name}\" must be a unicode character{or_none}, not {got}")))
}

fn quoting_of(value: Option<&Value>, vm: &mut Vm) -> PyResult<Quoting> {
    let Some(value) = value else { return Ok(Quoting::Minimal) };
    if !value.is_exact_int() {
        let kind = value.ty().full_name(vm);
        return Err(vm.type_error(format_args!("\"quoting\" must be an integer, not {kind}")));
    }
    let style = crate::parameters::c_int(value, vm)?;
    match usize::try_from(style).ok().and_then(|style| Quoting::ALL.get(style)) {
        Some(&(quoting, _)) => Ok(quoting),
        None => Err(vm.type_error(format_args!("bad \"quoting\" value"))),
    }
}

fn truth(value: Option<&Value>, default: bool, vm: &mut Vm) -> PyResult<bool> {
    value.map_or(Ok(default), |value| vm.truth(value))
}

fn bad(vm: &mut Vm, what: &str) -> Raised {
    vm.value_error(format_args!("bad {what} value"))
}

impl Dialect {
    /// The dialect that the arguments of `reader`, `writer` or `register_dialect` describe (`_call_dialect`).
    pub fn from_call(dialect: Option<&Value>, keywords: Args<'_>, vm: &mut Vm) -> PyResult<Ref<Dialect>> {
        let mut values: Vec<Value> = dialect.cloned().into_iter().collect();
        values.extend(keywords.keywords().map(|(_, value)| value.to_owned()));
        let class = Dialect::type_object().to_value();
        let made = vm.call_args(&class, Args::with_keywords(&values, keywords.kwnames()))?;
        Ok(made.downcast_into::<Dialect>().expect("the class makes its instances"))
    }

    /// No separators may be part of line ends, and none may be what strips or ends fields (`dialect_check_char`).
    fn check(&self, vm: &mut Vm) -> PyResult<()> {
        let named = [
            ("delimiter", Some(self.delimiter), true),
            ("escapechar", self.escapechar, !self.skipinitialspace),
            ("quotechar", self.quotechar, !self.skipinitialspace),
        ];
        for (name, character, space) in named {
            let Some(character) = character else { continue };
            if character == u32::from('\r') || character == u32::from('\n') || character == u32::from(' ') && !space {
                return Err(bad(vm, name));
            }
            if self.ends_lines(character) {
                return Err(bad(vm, &format!("{name} or lineterminator")));
            }
        }
        for (first, second) in [(0, 1), (0, 2), (1, 2)] {
            let ((name, one, _), (other_name, other, _)) = (named[first], named[second]);
            if one.is_some() && one == other {
                return Err(bad(vm, &format!("{name} or {other_name}")));
            }
        }
        Ok(())
    }

    /// Whether a character is one of the line terminator's.
    pub fn ends_lines(&self, character: u32) -> bool {
        self.lineterminator.view().code_points().any(|end| end == character)
    }
}

fn character_text(character: Option<u32>, vm: &mut Vm) -> PyResult<Option<Ref<Str>>> {
    character.map(|point| Ok(vm.str_of_char(point)?)).transpose()
}

#[pymethods]
impl Dialect {
    #[new]
    #[text_signature = ""]
    fn new(cls: &Object<Type>, vm: &mut Vm, args: Args<'_>) -> PyResult<Ref<Dialect>> {
        let given = args.len() + args.keywords().len();
        if given > 9 {
            return Err(vm.type_error(format_args!("function takes at most 9 arguments ({given} given)")));
        }
        for (name, _) in args.keywords() {
            if !name.is_str("dialect") && !OPTIONS.iter().any(|option| name.is_str(option)) {
                return Err(
                    vm.type_error(format_args!("this function got an unexpected keyword argument '{}'", name.to_string_lossy()))
                );
            }
        }
        let argument =
            |position: usize, name: &str| args.get(position).or_else(|| args.keyword(name)).map(|value| value.to_owned());
        let mut dialect = argument(0, "dialect");
        if let Some(name) = dialect.as_ref().filter(|dialect| dialect.is_instance_of::<Str>()) {
            let Some(found) = dialects(vm).get(name, vm)? else {
                return Err(csv_error(vm, "unknown dialect"));
            };
            dialect = Some(found);
        }
        let mut options: [Option<Value>; 8] = std::array::from_fn(|index| argument(index + 1, OPTIONS[index]));
        if let Some(dialect) = dialect {
            if options.iter().all(Option::is_none)
                && std::ptr::eq(cls, Dialect::type_object())
                && let Some(ready) = dialect.downcast::<Dialect>()
            {
                return Ok(ready.to_ref());
            }
            for (option, name) in options.iter_mut().zip(OPTIONS) {
                if option.is_none() {
                    let name = vm.intern(name);
                    let value = vm.getattr(&dialect, &name);
                    // As in CPython an attribute that raises anything counts as missing.
                    *option = value.map_err(|raised| drop(vm.catch(raised))).ok();
                }
            }
        }
        let [delimiter, doublequote, escapechar, lineterminator, quotechar, quoting, skipinitialspace, strict] =
            options.each_ref().map(Option::as_ref);
        let delimiter_point = character("delimiter", delimiter, Some(','), false, vm)?.unwrap_or_default();
        let doublequote = truth(doublequote, true, vm)?;
        let escape_point = character("escapechar", escapechar, None, true, vm)?;
        let terminator = match lineterminator {
            None => vm.try_str("\r\n")?,
            Some(value) => match value.downcast::<Str>() {
                Some(text) => text.to_ref(),
                None => {
                    let kind = value.ty().full_name(vm);
                    return Err(vm.type_error(format_args!("\"lineterminator\" must be a string, not {kind}")));
                }
            },
        };
        let quote_point = character("quotechar", quotechar, Some('"'), true, vm)?;
        let mut style = quoting_of(quoting, vm)?;
        let made = Dialect {
            delimiter: delimiter_point,
            doublequote,
            escapechar: escape_point,
            lineterminator: terminator,
            quotechar: quote_point,
            skipinitialspace: truth(skipinitialspace, false, vm)?,
            strict: truth(strict, false, vm)?,
            quoting: {
                if quotechar.is_some_and(|value| value.is_none()) && quoting.is_none() {
                    style = Quoting::None;
                }
                style
            },
        };
        if made.quoting != Quoting::None && made.quotechar.is_none() {
            return Err(vm.type_error(format_args!("quotechar must be set if quoting enabled")));
        }
        made.check(vm)?;
        Ok(vm.alloc_as(cls, made))
    }

    #[getter]
    fn delimiter(&self, vm: &mut Vm) -> PyResult<Ref<Str>> {
        Ok(vm.str_of_char(self.delimiter)?)
    }

    #[getter]
    fn escapechar(&self, vm: &mut Vm) -> PyResult<Option<Ref<Str>>> {
        character_text(self.escapechar, vm)
    }

    #[getter]
    fn lineterminator(&self) -> Ref<Str> {
        self.lineterminator.clone()
    }

    #[getter]
    fn quotechar(&self, vm: &mut Vm) -> PyResult<Option<Ref<Str>>> {
        character_text(self.quotechar, vm)
    }

    #[getter]
    fn quoting(&self) -> i32 {
        self.quoting as i32
    }

    /// raises an exception to avoid pickling
    fn __reduce__(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        Err(no_pickles(this, vm))
    }

    /// raises an exception to avoid pickling
    #[signature = "($self, protocol, /)"]
    fn __reduce_ex__(this: &Object<Self>, vm: &mut Vm, _protocol: &Value) -> PyResult {
        Err(no_pickles(this, vm))
    }
}

fn no_pickles(this: &Object<Dialect>, vm: &mut Vm) -> Raised {
    let kind = vm.type_name(&this.as_value());
    vm.raise_message(&exceptions::TYPE_ERROR, format_args!("cannot pickle '{kind}' instances"))
}
