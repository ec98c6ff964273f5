//! How native functions, methods and properties are described: tables of data that the macros of the house make.

use crate::Heap;
use crate::Vm;
use crate::core::slot::Args;
use crate::core::value::Value;
use crate::errors::PyResult;

/// The general entry of a native function: `self` (or the module, or the class) and the arguments.
pub type NativeFn = fn(&mut Vm, &Value, Args<'_>) -> PyResult;
/// Direct entries for calls with zero, one and two positional arguments and no keywords.
pub type NativeFn0 = fn(&mut Vm, &Value) -> PyResult;
/// See [`NativeFn0`].
pub type NativeFn1 = fn(&mut Vm, &Value, &Value) -> PyResult;
/// See [`NativeFn0`].
pub type NativeFn2 = fn(&mut Vm, &Value, &Value, &Value) -> PyResult;

/// The direct entries a native function offers beside its general one.
#[derive(Clone, Copy, Default)]
pub struct DirectEntries {
    /// For no argument.
    pub zero: Option<NativeFn0>,
    /// For one argument.
    pub one: Option<NativeFn1>,
    /// For two arguments.
    pub two: Option<NativeFn2>,
}

/// What a native function may do, by the token it takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
pub enum Effects {
    /// No token: its result depends on its arguments alone.
    Pure,
    /// `&Heap`: reads interiors.
    Reads,
    /// `&mut Heap`: changes interiors and allocates, runs no Python code.
    Writes,
    /// `&mut Vm`: anything.
    Anything,
}

impl Effects {
    /// What may happen where both do.
    pub const fn and(self, other: Effects) -> Effects {
        if self as u8 >= other as u8 { self } else { other }
    }
}

/// What a native function receives as `self`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MethodKind {
    /// The instance.
    Instance,
    /// The class.
    Class,
    /// Nothing.
    Static,
    /// The module: a function of a native module.
    Function,
}

/// A native function or method.
pub struct MethodDef {
    /// `__name__`.
    pub name: &'static str,
    /// The signature line (`name($self, item, /)`, then `--` and an empty line) and the text, as CPython keeps them.
    pub doc: Option<&'static str>,
    /// What it receives as `self`.
    pub kind: MethodKind,
    /// The general entry.
    pub call: NativeFn,
    /// The direct entries.
    pub direct: DirectEntries,
    /// What it may do.
    pub effects: Effects,
}

/// A native property.
pub struct GetSetDef {
    /// `__name__`.
    pub name: &'static str,
    /// `__doc__`.
    pub doc: Option<&'static str>,
    /// Reads it.
    pub get: fn(&mut Vm, &Value) -> PyResult,
    /// Sets it, or deletes it where the value is `None`; read-only without one.
    pub set: Option<fn(&mut Vm, &Value, Option<&Value>) -> PyResult<()>>,
    /// Shown as `<member …>` rather than `<attribute …>`, as CPython's struct members are.
    pub is_member: bool,
}

/// A constant of a class or module.
pub struct ConstDef {
    /// Its name.
    pub name: &'static str,
    /// Makes the value, once per interpreter.
    pub value: fn(&mut Heap) -> PyResult,
}

/// One thing in the dict of a static class or a native module.
#[derive(Clone, Copy)]
pub enum MemberDef {
    /// A function or method.
    Method(&'static MethodDef),
    /// A property.
    GetSet(&'static GetSetDef),
    /// A constant.
    Const(&'static ConstDef),
}

/// A doc that begins with a signature (`name(item, /)`, then `--` and an empty line) in its parts: the signature without
/// the name, and the text (CPython's `find_signature` and `skip_signature`).
pub fn split_signature<'a>(name: &str, doc: &'a str) -> (Option<&'a str>, &'a str) {
    const END: &str = ")\n--\n\n";
    let Some(rest) = doc.strip_prefix(name).filter(|rest| rest.starts_with('(')) else { return (None, doc) };
    match rest.find(END) {
        // An empty line ends the search: what follows is text.
        Some(end) if !rest[..end].contains("\n\n") => (Some(&rest[..=end]), &rest[end + END.len()..]),
        _ => (None, doc),
    }
}

impl MethodDef {
    /// The text signature, `(item, /)`, where the doc begins with one.
    pub fn text_signature(&self) -> Option<&'static str> {
        split_signature(self.name, self.doc?).0
    }

    /// The doc without the signature.
    pub fn doc_text(&self) -> Option<&'static str> {
        self.doc.map(|doc| split_signature(self.name, doc).1).filter(|text| !text.is_empty())
    }

    /// Calls it: by a direct entry where one fits.
    #[inline]
    pub fn invoke(&self, vm: &mut Vm, this: &Value, args: Args<'_>) -> PyResult {
        if !args.has_keywords() {
            match args.len() {
                0 => {
                    if let Some(entry) = self.direct.zero {
                        return entry(vm, this);
                    }
                }
                1 => {
                    if let (Some(entry), Some(first)) = (self.direct.one, args.get(0)) {
                        return entry(vm, this, &first);
                    }
                }
                2 => {
                    if let (Some(entry), Some(first), Some(second)) = (self.direct.two, args.get(0), args.get(1)) {
                        return entry(vm, this, &first, &second);
                    }
                }
                _ => {}
            }
        }
        (self.call)(vm, this, args)
    }
}
