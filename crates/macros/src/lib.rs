//! The macros that declare native classes, functions and modules: `#[pyclass]`, `#[pymethods]`, `#[pyfunction]`,
//! `#[pymodule]` and `#[derive(Trace)]`. The names follow PyO3's.
//!
//! What they generate is thin: tables (`TypeDef`, `MethodDef`, `Slots`, `ModuleDef`) and adapters that bind and convert
//! arguments and call the plain Rust function. Nothing generated from safe code is unsound, and nothing here is `unsafe`
//! to use.
//!
//! # A class
//!
//! ```ignore
//! use pvm_macros::{pyclass, pymethods};
//! use pvm_object::{Heap, HeapCell, HeapVec, Object, PyResult, Ref, Value, Vm};
//!
//! /// deque(iterable=(), maxlen=None)
//! /// --
//! ///
//! /// A list-like sequence optimized for access near its ends.
//! #[pyclass(name = "deque", module = "collections", weakref, sequence)]
//! pub struct Deque {
//!     items: HeapCell<HeapVec<Value>>,      // what changes lies in a HeapCell, reached with a token
//!     /// maximum size of a deque or None if unbounded
//!     #[getter]
//!     maxlen: Option<usize>,                // read-only attribute `maxlen`
//! }
//!
//! #[pymethods]
//! impl Deque {
//!     #[new]
//!     #[signature = "(iterable=(), maxlen=None)"]
//!     fn new(vm: &mut Vm, iterable: Option<&Value>, maxlen: Option<usize>) -> PyResult<Deque> { … }
//!
//!     /// Add an element to the right side of the deque.
//!     fn append(&self, heap: &mut Heap, item: Value) -> PyResult<()> {
//!         Ok(self.items.borrow_mut(heap).push(item)?)
//!     }
//!
//!     /// Rotate the deque n steps to the right.
//!     fn rotate(&self, heap: &mut Heap, #[default(1)] n: isize) { … }
//!
//!     fn __len__(&self, heap: &Heap) -> usize { self.items.borrow(heap).len() }
//! }
//! ```
//!
//! The struct becomes the class's native half: it implements `PyClass` (so `Deque::type_object()`, `value.downcast::<Deque>()`,
//! `heap.alloc(Deque { … })` work) and `Trace`, and beside it stands `pub static DEQUE_TYPE: Static<Type>`.
//!
//! ## `#[pyclass(…)]`
//!
//! | option | meaning |
//! |---|---|
//! | `name = "deque"` | `__name__`; the struct's name without it |
//! | `module = "collections"` | `__module__`; `builtins` without it, inside `#[pymodule]` the module's name |
//! | `extends = Base` | the native class it extends. The first field must be of type `Base` (checked), the struct becomes `#[repr(C)]`. Without it the base is `object` |
//! | `like = Base` | the native class whose native half instances have; the struct is a bare name (`struct Error;`), makes nothing but the static |
//! | `base = STATIC` | the static of the Python base where it is another one with that native half: `extends = BaseException, base = EXCEPTION` |
//! | `exception` | `dict`, `weakref`, `base = EXCEPTION` unless given, and `like = BaseException` unless `extends` is given |
//! | `dict`, `weakref` | instances have a `__dict__`, can be weakly referenced |
//! | `sequence`, `mapping`, `match_self` | how `match` treats instances |
//! | `method_descriptor` | instances bind like functions |
//! | `mutable` | the class's attributes can be set |
//! | `final` | cannot be subclassed |
//! | `parts(search, format)` | members also come from `#[pymethods(part = search)]` blocks, which may stand in other files |
//! | `no_export` | `#[pymodule]` does not put it into the module (iterators, views) |
//! | `static_name = X` | another name for the static |
//! | `no_trace` | `Trace` is written by hand (core only) |
//! | `layout = X` | the static `NativeLayout` of a class whose instances carry data behind the struct (core only) |
//!
//! The doc comment is `__doc__`; begin it with `name(…)` and `--` for a `__text_signature__`. A class without `#[new]`
//! cannot be called (`cannot create 'x' instances`).
//!
//! Fields: `#[member]` makes a read-only attribute that shows as `<member …>`, `#[getter]` one that shows as
//! `<attribute …>`; `#[name = "…"]` renames it; the doc comment is its doc. The field's type is one that a function may
//! return, or a `HeapCell` of it. `#[trace(skip)]` leaves a field of a foreign type that holds no values out of the
//! tracing (or wrap it in `Foreign`).
//!
//! An exception class is one line, and is raised by its static:
//!
//! ```ignore
//! /// Raised when the data is damaged.
//! #[pyclass(exception, name = "error", module = "zlib")]
//! pub struct ZlibError;
//!
//! Err(vm.raise_message(ZLIB_ERROR_TYPE.get(), format_args!("incorrect header check")))
//! ```
//!
//! ## `#[pymethods]`
//!
//! Every function and constant in the block is visible to Python; helpers belong into an `impl` block of their own.
//!
//! ### Receivers and tokens
//!
//! | receiver | for |
//! |---|---|
//! | `&self` | methods that need the native half |
//! | `this: &Object<Self>` | those that need the object too (`this.to_value()`, `this.ty()`); derefs to the native half |
//! | `this: &Value` | classes whose values may be no objects (`int`, `float`); nothing is checked |
//! | `cls: &Object<Type>` | `#[classmethod]`, `#[new]` (optional there) |
//! | `module: &Value` | `#[pyfunction]`, `#[init]` (optional) |
//!
//! A function takes no token, `&Heap`, `&mut Heap` or `&mut Vm`, at any place; the weakest that will do. It says what the
//! function may do (section "The token" of the design) and is recorded as its `Effects`.
//!
//! ### Parameters
//!
//! All other parameters come from Python: `Value`, `&Value`, `ValueRef<'_>`, `&Object<T>`, `Ref<T>` (a `TypeError` for other
//! classes, subclasses pass), `i16` … `i64`, `isize`, `u8` … `u64`, `usize` (by `__index__`, with the `OverflowError` of the
//! C type), `IBig`, `f64` (by `__float__`), `bool` (the truth), `&str`, `String`, `char`, and `Option` of these, which is
//! `None` for Python's `None`. Take `&Value` rather than `Value` where the function does not keep it: it does not count.
//!
//! Without more, parameters are positional-only, `Option<…>` is optional with default `None`, and `#[default(expression)]`
//! gives another default. Anything else is said in Python's syntax, either by an attribute or by the first line of the doc
//! comment, as CPython's docstrings have it:
//!
//! ```ignore
//! #[signature = "(iterable, /, *, key=None, reverse=False)"]
//! fn sorted(vm: &mut Vm, iterable: &Value, key: Option<&Value>, reverse: bool) -> PyResult { … }
//!
//! /// pop($self, key, default=<unrepresentable>, /)
//! /// --
//! ///
//! /// Remove the key and return its value.
//! fn pop(&self, vm: &mut Vm, key: &Value, default: Option<Value>) -> PyResult { … }
//! ```
//!
//! The Rust parameters have the same names in the same order (leading and trailing underscores do not count: `type_`). A
//! default of the signature that is `None`, a number, a string in single quotes, `True` or `False` needs nothing in Rust. Any other
//! needs an `Option<…>`, which then is `None` only where the argument is *missing*, or `#[default(expression)]` on the parameter.
//!
//! `*args` is taken as `Args<'_>`, `**kwargs` as `Keywords<'_>`. A function whose only parameter is `args: Args<'_>`, without a
//! signature that says `(*args)`, receives everything unchecked, keywords included (a signature then is only shown).
//!
//! `#[text_signature = "($self, prefix[, start[, end]], /)"]` shows something else than is bound; an empty one hides it.
//!
//! Errors are those of CPython's Argument Clinic: a function without parameters is as `METH_NOARGS`, one with a single
//! required positional-only parameter as `METH_O`, positional-only ones as `METH_FASTCALL`, others with keywords.
//!
//! ### Results
//!
//! `()`, `Value`, `&Value`, `Ref<T>`, `&Object<T>`, `bool`, ints, `IBig`, `f64`, `&str`, `String`, `char`, `TextBuf`, tuples of
//! two or three, `Option` (`None`), and `PyResult` (or `Result<_, OutOfMemory>`) of them. `#[new]` may return `Self`: the
//! instance is then made as one of `cls`.
//!
//! ### Attributes of functions
//!
//! | attribute | meaning |
//! |---|---|
//! | `#[new]` | `__new__`; `cls: &Object<Type>` may come first; returns `Self`, `Ref<Self>` or `Value` |
//! | `#[classmethod]`, `#[staticmethod]` | as in Python |
//! | `#[getter]`, `#[getter(name)]` | a property; read-only without a setter |
//! | `#[setter]`, `#[setter(name)]` | sets the property `name` (`set_name` without it). The value may be `Option<&Value>`, `None` deletes; with other types deleting is an error, with `#[member]` that of a number's member |
//! | `#[member]` | a getter that shows as a member |
//! | `#[constant]` | on a `const`, or on a function that takes a token at most: a constant of the class |
//! | `#[name = "…"]` | the Python name |
//! | `#[signature = "…"]`, `#[text_signature = "…"]` | see above |
//! | `#[slot(name)]` | fills the slot of this name, see below |
//! | `#[coexist]` | a method that fills a slot and is a method of its own as well (`METH_COEXIST`) |
//! | `#[cfg(…)]` | takes the method's tables away too |
//!
//! ### Special methods
//!
//! Those that have a slot fill it, and the class gets the wrapper (`__len__` …) from there; others (`__reduce__`, `__sizeof__`,
//! `__format__`, `__reversed__`, `__enter__`, `__class_getitem__` …) are plain methods.
//!
//! | methods | operands | result |
//! |---|---|---|
//! | `__repr__` `__str__` `__iter__` `__neg__` `__pos__` `__abs__` `__invert__` `__int__` `__float__` `__index__` `__await__` `__aiter__` `__anext__` | | anything |
//! | `__bool__`, `__len__`, `__hash__` | | `bool`, `usize`, `i64` (or `PyResult`) |
//! | `__next__` | | `Option<Value>`, `None` at the end |
//! | `__getitem__`, `__contains__` | key or item | anything, `bool` |
//! | `__setitem__` and/or `__delitem__` | key (, value) | `()` |
//! | `__getattribute__`, `__setattr__` and/or `__delattr__` | `name: &Object<Str>` (, value) | anything, `()` |
//! | `__get__` | `Option<&Value>`, `Option<&Value>` (instance, owner) | anything |
//! | `__set__` and/or `__delete__` | instance (, value) | `()` |
//! | `__call__`, `__init__` | bound as for any method | anything, `()` |
//! | `__del__` | | `()`; errors are reported as unraisable |
//! | `__lt__` … `__ge__`, each for itself | `&Object<Self>` (others give `NotImplemented`) or `&Value` | `bool` or `Value` |
//! | `__richcompare__` | `&Value`, `CompareOp` | `bool` or `Value` |
//! | `__add__` `__radd__` … `__divmod__` | the other operand, as with comparisons | anything |
//! | `__pow__`, `__rpow__` | the other operand (, modulus) | anything |
//! | `__iadd__` … | the other operand | anything |
//! | `__buffer__`, `__release_buffer__` | `u32` flags; `&BufferView` | `BufferView`; `()` |
//!
//! With `__eq__` alone, `!=` is its opposite. A class with a comparison and no `__hash__` is unhashable. A binary operator may
//! instead take both operands and no receiver, in the order of the source text: `fn __add__(vm: &mut Vm, left: &Value,
//! right: &Value)`; that is the form for numbers.
//!
//! Slots without a method of their own are named: `#[slot(item)]` and `#[slot(set_index)]` (items by position: `isize`, and
//! `Option<&Value>`), `concat`, `repeat` (`isize`), `inplace_concat`, `inplace_repeat`, `send` (`Value` → `Sent`); and the slots that do
//! two things, whole, with `Option<&Value>` last: `setitem`, `setattr`, `descr_set`. Every other slot has a name too (`add`, `getitem`, `iter` …).
//!
//! # Functions and modules
//!
//! ```ignore
//! use pvm_macros::pymodule;
//!
//! #[pymodule(name = "_heapq")]
//! pub mod heapq {
//!     //! Heap queue algorithm.
//!     use pvm_macros::{pyclass, pyfunction, pymethods};
//!     use pvm_object::{PyResult, Object, Value, Vm};
//!
//!     /// Push item onto heap, maintaining the heap invariant.
//!     #[pyfunction]
//!     fn heappush(vm: &mut Vm, heap: &Object<List>, item: Value) -> PyResult<()> { … }
//!
//!     #[constant]
//!     const VERSION: &str = "1.0";
//!
//!     #[constant]
//!     #[name = "maxsize"]
//!     fn largest() -> i64 { i64::MAX }
//!
//!     #[pyclass]
//!     struct Helper { … }              // becomes `_heapq.Helper`
//!
//!     #[export]
//!     use super::merge::{merge, Merger};   // a `#[pyfunction(module = "_heapq")]` and a `#[pyclass]` from elsewhere
//!
//!     #[init]
//!     fn init(vm: &mut Vm, module: &Value) -> PyResult<()> { … }   // runs last, for what no table can say
//! }
//! ```
//!
//! makes `heapq::MODULE`, a `ModuleDef` for the table of modules. Classes in it need no `module`. A function outside of a
//! `#[pymodule]` says `#[pyfunction(module = "…")]`, which messages show; `name = "…"` renames it.
//!
//! # `#[derive(Trace)]`
//!
//! For structs and enums that lie inside of native classes. Every field's type must be `Trace`, and each is visited once.
//! Owned references are `Value` and `Ref<T>`; never wrap them in `Rc` or `Arc` (two owners would show one reference twice;
//! these types are no `Trace`, so it does not compile).
//!
//! # Where what lives
//!
//! `function.rs` reads a Rust function, `signature.rs` a Python signature; `bound.rs` makes the adapter of a function with bound
//! arguments; `slots.rs` has the table of slots and their adapters; `methods.rs`, `class.rs`, `module.rs` and `trace.rs` are the
//! macros. The run-time half is in `pvm_object`: `arguments.rs` (binding), `convert.rs` (conversions), `module_def.rs`,
//! `support.rs` (all that generated code names).

mod attributes;
mod bound;
mod class;
mod function;
mod methods;
#[cfg(test)]
mod misuse_tests;
mod module;
mod signature;
mod slots;
mod trace;

use proc_macro::TokenStream;

/// Implements `Trace` by visiting every field once; `#[trace(skip)]` leaves a field out that holds no values.
#[proc_macro_derive(Trace, attributes(trace))]
pub fn derive_trace(input: TokenStream) -> TokenStream {
    finish(syn::parse(input).and_then(|input| trace::derive(&input)))
}

/// Makes a struct the native half of a class; see the crate's page.
#[proc_macro_attribute]
pub fn pyclass(arguments: TokenStream, input: TokenStream) -> TokenStream {
    finish(syn::parse(input).and_then(|input| class::expand(arguments.into(), input)))
}

/// Makes the functions of an `impl` block the members and slots of a class; see the crate's page.
#[proc_macro_attribute]
pub fn pymethods(arguments: TokenStream, input: TokenStream) -> TokenStream {
    finish(syn::parse(input).and_then(|input| methods::expand(arguments.into(), input)))
}

/// Makes a function one of a native module; see the crate's page.
#[proc_macro_attribute]
pub fn pyfunction(arguments: TokenStream, input: TokenStream) -> TokenStream {
    finish(syn::parse(input).and_then(|input| module::expand_function(arguments.into(), input)))
}

/// Makes a Rust module a native module: `MODULE`, its description; see the crate's page.
#[proc_macro_attribute]
pub fn pymodule(arguments: TokenStream, input: TokenStream) -> TokenStream {
    finish(syn::parse(input).and_then(|input| module::expand_module(arguments.into(), input)))
}

fn finish(result: syn::Result<proc_macro2::TokenStream>) -> TokenStream {
    result.unwrap_or_else(syn::Error::into_compile_error).into()
}
