//! `function`: a code object with the globals, defaults and cells it runs with. How it runs is the interpreter's matter.

mod attributes;

use crate::code::Code;
use crate::core::cell::HeapCell;
use crate::core::object::{Object, Ref};
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
    /// Where it is another than the code has when the function is made.
    name: HeapCell<Option<Ref<Str>>>,
    qualname: HeapCell<Option<Ref<Str>>>,
    pub defaults: HeapCell<Option<Ref<Tuple>>>,
    pub kwdefaults: HeapCell<Option<Ref<Dict>>>,
    pub closure: HeapCell<Option<Ref<Tuple>>>,
    doc: HeapCell<Option<Value>>,
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
    /// A function of a code object and globals, with nothing else: `builtins` is what its code sees as built-in names, `module`
    /// its `__module__`.
    pub fn bare(heap: &mut Heap, code: &Object<Code>, globals: &Object<Dict>, builtins: Value, module: Value) -> Function {
        Function {
            code: HeapCell::new(code.to_ref()),
            globals: globals.to_ref(),
            builtins_table: builtins_table(&builtins, heap),
            builtins: HeapCell::new(builtins),
            name: HeapCell::new(None),
            qualname: HeapCell::new(None),
            defaults: HeapCell::new(None),
            kwdefaults: HeapCell::new(None),
            closure: HeapCell::new(None),
            doc: HeapCell::new(None),
            module: HeapCell::new(module),
            annotations: HeapCell::new(None),
            annotate: HeapCell::new(None),
            type_params: HeapCell::new(None),
        }
    }

    /// Takes what its code says of name and docstring over.
    fn take_names(&self, heap: &mut Heap) {
        let (name, qualname, doc) = self.code.get(heap).function_names(heap);
        if self.name.borrow(heap).is_none() {
            self.name.set(Some(name), heap);
        }
        if self.qualname.borrow(heap).is_none() {
            self.qualname.set(Some(qualname), heap);
        }
        if self.doc.borrow(heap).is_none() {
            self.doc.set(Some(doc), heap);
        }
    }

    fn known<T: Clone>(&self, heap: &mut Heap, part: impl Fn(&Function) -> &HeapCell<Option<T>>) -> T {
        if let Some(known) = part(self).get(heap) {
            return known;
        }
        self.take_names(heap);
        part(self).get(heap).expect("it was taken over")
    }

    /// `__name__`.
    pub fn name(&self, heap: &mut Heap) -> Ref<Str> {
        self.known(heap, |function| &function.name)
    }

    /// `__qualname__`.
    pub fn qualname(&self, heap: &mut Heap) -> Ref<Str> {
        self.known(heap, |function| &function.qualname)
    }

    /// `__doc__`.
    pub fn doc(&self, heap: &mut Heap) -> Value {
        self.known(heap, |function| &function.doc)
    }

    /// Sets `__qualname__`.
    pub fn set_qualified_name(&self, heap: &mut Heap, name: Ref<Str>) {
        self.qualname.set(Some(name), heap);
    }

    /// The code it runs.
    pub fn code(&self, heap: &Heap) -> Ref<Code> {
        self.code.get(heap)
    }
}
