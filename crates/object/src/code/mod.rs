//! `code`: a code object on the heap. What the interpreter needs at run time, specialised instructions and constants as
//! values, hangs on it as its execution half.

mod attributes;
mod compare;
pub mod constants;
mod positions;
mod replace;

use std::cell::Cell;
use std::sync::Arc;

use pvm_bytecode::CodeObject;

use crate::core::object::Ref;
use crate::core::value::Value;
use crate::native::MemberDef;
use crate::str::Str;
use crate::support::{concat_members, total_members};
use crate::trace::{Trace, Visitor};
use crate::types::{NativeLayout, Slots, static_class, type_flag};

/// The native half of a code object.
pub struct Code {
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
    /// The interpreter's part: the adaptive copy of the instructions and what belongs to it. Made at the first execution.
    pub execution: Cell<*mut ()>,
    /// Frees the interpreter's part.
    pub drop_execution: Cell<Option<unsafe fn(*mut ())>>,
}

// SAFETY: each reference is visited once; the execution half holds none of its own.
unsafe impl Trace for Code {
    fn trace(&self, visitor: &mut Visitor<'_>) {
        self.consts.trace(visitor);
        self.names.trace(visitor);
        self.locals.trace(visitor);
        self.name.trace(visitor);
        self.qualname.trace(visitor);
        self.filename.trace(visitor);
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
