//! `function`: a code object with the globals, defaults and cells it runs with. How it runs is the interpreter's matter.

mod attributes;

use crate::code::Code;
use crate::core::cell::HeapCell;
use crate::core::object::Ref;
use crate::core::slot::Args;
use crate::core::value::Value;
use crate::dict::Dict;
use crate::errors::PyResult;
use crate::str::Str;
use crate::trace::{Trace, Visitor};
use crate::tuple::Tuple;
use crate::types::{NativeLayout, Slots, static_class, type_flag};
use crate::{Heap, Vm};

/// The native half of a function.
pub struct Function {
    pub code: HeapCell<Ref<Code>>,
    pub globals: Ref<Dict>,
    /// Any mapping.
    pub builtins: HeapCell<Value>,
    /// The built-in names for caches: those above where they are a dict, an empty dict where they are another mapping.
    pub builtins_table: Ref<Dict>,
    pub name: HeapCell<Ref<Str>>,
    pub qualname: HeapCell<Ref<Str>>,
    pub defaults: HeapCell<Option<Ref<Tuple>>>,
    pub kwdefaults: HeapCell<Option<Ref<Dict>>>,
    pub closure: HeapCell<Option<Ref<Tuple>>>,
    pub doc: HeapCell<Value>,
    pub module: HeapCell<Value>,
    pub annotations: HeapCell<Option<Value>>,
    pub annotate: HeapCell<Option<Value>>,
    pub type_params: HeapCell<Option<Ref<Tuple>>>,
}

// SAFETY: each reference is visited once.
unsafe impl Trace for Function {
    fn trace(&self, visitor: &mut Visitor<'_>) {
        self.code.trace(visitor);
        self.globals.trace(visitor);
        self.builtins.trace(visitor);
        self.builtins_table.trace(visitor);
        self.name.trace(visitor);
        self.qualname.trace(visitor);
        self.defaults.trace(visitor);
        self.kwdefaults.trace(visitor);
        self.closure.trace(visitor);
        self.doc.trace(visitor);
        self.module.trace(visitor);
        self.annotations.trace(visitor);
        self.annotate.trace(visitor);
        self.type_params.trace(visitor);
    }
}

/// What caches may read of the built-in names (`Function::builtins_table`).
pub fn builtins_table(builtins: &Value, heap: &mut Heap) -> Ref<Dict> {
    match builtins.downcast_exact::<Dict>() {
        Some(dict) => dict.to_ref(),
        None => heap.new_dict(),
    }
}

static_class! {
    /// `function`.
    pub FUNCTION_TYPE: Function = {
        name: "function",
        doc: attributes::FUNCTION_DOC,
        layout: &FUNCTION_LAYOUT,
        flags: type_flag::HAS_DICT | type_flag::HAS_WEAKREFS | type_flag::METHOD_DESCRIPTOR,
        members: Function::PY_MEMBERS,
        slots: Slots::new().with_call(call).with_all(Function::PY_SLOTS),
    }
}
static FUNCTION_LAYOUT: NativeLayout = NativeLayout::of::<Function>();

fn call(vm: &mut Vm, function: &Value, args: Args<'_>) -> PyResult {
    let function = function.downcast::<Function>().expect("the slot belongs to functions");
    (vm.hooks().call_function)(vm, function, args)
}

impl Function {
    /// The code it runs.
    pub fn code(&self, heap: &Heap) -> Ref<Code> {
        self.code.get(heap)
    }
}
