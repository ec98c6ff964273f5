//! `code`: a code object on the heap. What the interpreter needs at run time, specialised instructions and constants as
//! values, hangs on it as its execution half.

mod attributes;
mod compare;
pub mod constants;
mod positions;
mod replace;
pub mod values;

use std::cell::Cell;
use std::sync::Arc;

use pvm_bytecode::CodeObject;
use pvm_bytecode::frozen::CodeRef;

use crate::Heap;
use crate::core::lazy::Lazy;
use crate::core::object::Ref;
use crate::core::value::Value;
use crate::native::MemberDef;
use crate::str::Str;
use crate::support::{concat_members, total_members};
use crate::trace::{Trace, Visitor};
use crate::types::{NativeLayout, Slots, static_class, type_flag};

/// The native half of a code object. What it holds as values is made when it is first looked at, so that functions which
/// never run cost little.
pub struct Code {
    raw: CodeRef,
    content: Lazy<Content>,
    /// The interpreter's part: the adaptive copy of the instructions and what belongs to it. Made at the first execution.
    pub execution: Cell<*mut ()>,
    /// Frees the interpreter's part.
    pub drop_execution: Cell<Option<unsafe fn(*mut ())>>,
}

/// What a code object holds.
pub struct Content {
    /// The code as the compiler made it or as it was read.
    pub raw: Arc<CodeObject>,
    /// `co_consts` as values.
    pub consts: Box<[Value]>,
    /// `co_names` as interned strings.
    pub names: Box<[Ref<Str>]>,
    /// The names of locals, cells and free variables, as interned strings.
    pub locals: Box<[Ref<Str>]>,
    /// `co_name`, `co_qualname`, `co_filename`.
    pub name: Ref<Str>,
    pub qualname: Ref<Str>,
    pub filename: Ref<Str>,
}

impl Code {
    /// Code that the compiler made or that was read.
    pub fn of(raw: impl Into<CodeRef>) -> Code {
        Code::with(raw.into(), Lazy::new())
    }

    /// Code whose values exist.
    fn filled(content: Content) -> Code {
        Code::with(content.raw.clone().into(), Lazy::filled(content))
    }

    fn with(raw: CodeRef, content: Lazy<Content>) -> Code {
        Code { raw, content, execution: Cell::new(std::ptr::null_mut()), drop_execution: Cell::new(None) }
    }

    /// The code as plain data, where its values are not asked for.
    pub fn plain(&self) -> &CodeRef {
        &self.raw
    }

    /// The name, the qualified name and the docstring of a function with this code.
    pub fn function_names(&self, heap: &mut Heap) -> (Ref<Str>, Ref<Str>, Value) {
        if let Some(content) = self.content.get() {
            let doc = content.raw.docstring().and_then(|_| content.consts.first().cloned());
            return (content.name.clone(), content.qualname.clone(), doc.unwrap_or_else(Value::none));
        }
        let (name, qualname, doc) = self.raw.names();
        heap.unlimited(|heap| {
            let doc = doc.map_or_else(Value::none, |doc| values::constant_text(heap, &doc).into());
            (values::name(heap, &name), values::name(heap, &qualname), doc)
        })
    }
}

impl std::ops::Deref for Code {
    type Target = Content;

    #[inline]
    fn deref(&self) -> &Content {
        // SAFETY: making values of constants runs no Python code and changes nothing that was there before.
        unsafe { self.content.get_or_make(|vm| values::content(vm, self.raw.get())) }
    }
}

// SAFETY: each reference is visited once; the execution half holds none of its own.
unsafe impl Trace for Code {
    fn trace(&self, visitor: &mut Visitor<'_>) {
        let Some(content) = self.content.get() else { return };
        content.consts.trace(visitor);
        content.names.trace(visitor);
        content.locals.trace(visitor);
        content.name.trace(visitor);
        content.qualname.trace(visitor);
        content.filename.trace(visitor);
    }
}

impl Drop for Code {
    fn drop(&mut self) {
        if let Some(drop_execution) = self.drop_execution.get() {
            // SAFETY: the interpreter set both together, and nobody runs the code any more.
            unsafe { drop_execution(self.execution.get()) }
        }
    }
}

static_class! {
    /// `code`.
    pub CODE_TYPE: Code = {
        name: "code",
        doc: attributes::CODE_DOC,
        layout: &CODE_LAYOUT,
        flags: type_flag::HAS_WEAKREFS,
        members: &MEMBERS,
        slots: Slots::new().with_all(Code::PY_SLOTS).with_all(Code::PY_SLOTS_REPLACING),
    }
}
static CODE_LAYOUT: NativeLayout = NativeLayout::of::<Code>();

const BLOCKS: &[&[MemberDef]] = &[Code::PY_MEMBERS, Code::PY_MEMBERS_REPLACING];
static MEMBERS: [MemberDef; total_members(BLOCKS)] = concat_members(BLOCKS);
