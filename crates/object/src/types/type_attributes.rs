//! The attributes and methods of `type`: what every class shows of itself. Annotations are in `type_annotations.rs`.

use pvm_macros::pymethods;

use super::object_methods::merge_class_dict;
use super::{Type, TypeDef, assign, instance, mro, type_flag};
use crate::bytes::Bytes;
use crate::code::Code;
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::dict::Dict;
use crate::errors::{PyResult, Raised};
use crate::int::Int;
use crate::list::List;
use crate::memoryview::MemoryView;
use crate::native::split_signature;
use crate::str::Str;
use crate::tuple::Tuple;
use crate::types::PyClass;
use crate::union::union_of;
use crate::{Heap, Vm, names};

/// Bits of `__flags__` as CPython's headers have them, by what the class is (`Py_TPFLAGS_…`).
mod shown {
    pub const STATIC_BUILTIN: u64 = 1 << 1;
    pub const INLINE_VALUES: u64 = 1 << 2;
    pub const MANAGED_WEAKREF: u64 = 1 << 3;
    pub const MANAGED_DICT: u64 = 1 << 4;
    pub const SEQUENCE: u64 = 1 << 5;
    pub const MAPPING: u64 = 1 << 6;
    pub const DISALLOW_INSTANTIATION: u64 = 1 << 7;
    pub const IMMUTABLE: u64 = 1 << 8;
    pub const HEAP_TYPE: u64 = 1 << 9;
    pub const BASE_TYPE: u64 = 1 << 10;
    pub const READY: u64 = 1 << 12;
    pub const HAVE_GC: u64 = 1 << 14;
    pub const METHOD_DESCRIPTOR: u64 = 1 << 17;
    pub const ABSTRACT: u64 = 1 << 20;
    pub const MATCH_SELF: u64 = 1 << 22;
}

/// The modules whose native classes are static in CPython too; those of others it makes at run time, which programs see in
/// `__flags__` (`copyreg` looks there for the native base of an instance).
static STATIC_MODULES: &[&str] =
    &["builtins", "Token", "_contextvars", "datetime", "string.templatelib", "sys", "types", "weakref"];
static STATIC_CLASSES: &[&str] = &["collections.OrderedDict", "pickle.PickleBuffer", "typing.TypeAliasType", "typing.Union"];

/// The sizes of ints are CPython's, as `int.__sizeof__` tells them: ours mostly take no memory.
const INT_BASIC_SIZE: usize = 24;
const INT_DIGIT_SIZE: usize = 4;

impl Object<Type> {
    /// What `__itemsize__` says: the size that one item adds to an instance in CPython, where instances are of different sizes.
    pub(super) fn item_size(&self, heap: &Heap) -> usize {
        let sizes = [
            (Tuple::type_object(), 8),
            (Type::type_object(), 40),
            (Bytes::type_object(), 1),
            (Str::type_object(), 0),
            (MemoryView::type_object(), 8),
            (Code::type_object(), 2),
        ];
        let native = self.native();
        match sizes.iter().find(|(class, _)| std::ptr::eq(*class, native)) {
            Some(&(_, size)) => size,
            None if is_int(self, heap) => INT_DIGIT_SIZE,
            None => self.var_size().map_or(0, |_| 8),
        }
    }
}

fn is_int(class: &Object<Type>, heap: &Heap) -> bool {
    class.is_subclass_of(Int::type_object(), heap)
}

pub(super) fn is_static_in_cpython(def: &TypeDef) -> bool {
    STATIC_MODULES.contains(&def.module) || STATIC_CLASSES.contains(&def.full_name)
}

/// `__flags__` from the flags of the house; the second column applies to classes made at run time alone.
static FLAGS: &[(u32, u64, bool)] = &[
    (type_flag::HAS_WEAKREFS, shown::MANAGED_WEAKREF, true),
    (type_flag::HAS_DICT, shown::MANAGED_DICT | shown::INLINE_VALUES, true),
    (type_flag::SEQUENCE, shown::SEQUENCE, false),
    (type_flag::MAPPING, shown::MAPPING, false),
    (type_flag::DISALLOW_INSTANTIATION, shown::DISALLOW_INSTANTIATION, false),
    (type_flag::HEAP_TYPE, shown::HEAP_TYPE, false),
    (type_flag::BASE_TYPE, shown::BASE_TYPE, false),
    (type_flag::CONTAINER, shown::HAVE_GC, false),
    (type_flag::METHOD_DESCRIPTOR, shown::METHOD_DESCRIPTOR, false),
    (type_flag::ABSTRACT, shown::ABSTRACT, false),
    (type_flag::MATCH_SELF, shown::MATCH_SELF, false),
];

/// The bits that say which built-in class a class extends, highest first.
fn subclass_bits() -> [(&'static Object<Type>, u64); 7] {
    [
        (crate::int::Int::type_object(), 1 << 24),
        (List::type_object(), 1 << 25),
        (Tuple::type_object(), 1 << 26),
        (Str::type_object(), 1 << 28),
        (Dict::type_object(), 1 << 29),
        (crate::exceptions::BaseException::type_object(), 1 << 30),
        (Type::type_object(), 1 << 31),
    ]
}

impl Object<Type> {
    /// `__flags__`: CPython's number for what the class is and allows.
    pub fn shown_flags(&self, heap: &Heap) -> u64 {
        let mut flags = shown::READY;
        if !self.is_heap_type() {
            flags |= shown::STATIC_BUILTIN;
        }
        if self.def().is_some_and(|def| !is_static_in_cpython(def)) {
            flags |= shown::HEAP_TYPE;
        }
        if !self.has_flags(type_flag::MUTABLE) {
            flags |= shown::IMMUTABLE;
        }
        for &(bit, shown, heap_only) in FLAGS {
            if self.has_flags(bit) && (self.is_heap_type() || !heap_only) {
                flags |= shown;
            }
        }
        let extended = subclass_bits().into_iter().find(|(class, _)| self.is_subclass_of(class, heap));
        flags | extended.map_or(0, |(_, bit)| bit)
    }

    /// Refuses to set (or delete) an attribute that is special (`check_set_special_type_attr`).
    pub(super) fn check_settable<'a>(&self, vm: &mut Vm, value: Option<&'a Value>, name: &str) -> PyResult<&'a Value> {
        let class = self.full_name(vm);
        if !self.has_flags(type_flag::MUTABLE) {
            return Err(vm.type_error(format_args!("cannot set '{name}' attribute of immutable type '{class}'")));
        }
        let Some(value) = value else {
            return Err(vm.type_error(format_args!("cannot delete '{name}' attribute of immutable type '{class}'")));
        };
        vm.audit_assignment(&self.to_value(), name, Some(value))?;
        Ok(value)
    }

    fn check_name<'a>(&self, vm: &mut Vm, value: Option<&'a Value>, name: &str) -> PyResult<&'a Object<Str>> {
        let value = self.check_settable(vm, value, name)?;
        value.downcast::<Str>().ok_or_else(|| {
            let (class, kind) = (self.name().to_owned(), vm.type_name(value));
            vm.type_error(format_args!("can only assign string to {class}.{name}, not '{kind}'"))
        })
    }

    fn missing(&self, vm: &mut Vm, name: &str) -> Raised {
        vm.attribute_error(format_args!("{name}"))
    }

    /// The doc with its signature, as the class was declared with it.
    fn raw_doc(&self, heap: &Heap) -> Option<Value> {
        self.dict(heap).get_str(&names::__doc__, heap)
    }
}

#[pymethods]
impl Type {
    /// Return a type's method resolution order.
    fn mro(this: &Object<Self>, vm: &mut Vm) -> PyResult<Ref<List>> {
        let order = mro::c3(vm, this)?;
        Ok(vm.try_list(order)?)
    }

    /// Return a list of immediate subclasses.
    fn __subclasses__(this: &Object<Self>, heap: &mut Heap) -> PyResult<Ref<List>> {
        let mut classes = this.static_subclasses();
        classes.extend(this.subclasses(heap).into_iter().filter(|class| class.is_heap_type()));
        Ok(heap.try_list(classes.into_iter().map(Value::from))?)
    }

    /// __prepare__($cls, name, bases, /, **kwds)
    /// --
    ///
    /// Create the namespace for the class statement
    #[classmethod]
    fn __prepare__(_cls: &Object<Type>, heap: &mut Heap, args: crate::Args<'_>) -> Ref<Dict> {
        let _ = args;
        heap.new_dict()
    }

    /// Check if an object is an instance.
    #[signature = "(instance, /)"]
    fn __instancecheck__(this: &Value, vm: &mut Vm, instance: &Value) -> PyResult<bool> {
        vm.real_is_instance(instance, this)
    }

    /// Check if a class is a subclass.
    #[signature = "(subclass, /)"]
    fn __subclasscheck__(this: &Value, vm: &mut Vm, subclass: &Value) -> PyResult<bool> {
        vm.real_is_subclass(subclass, this)
    }

    /// Specialized __dir__ implementation for types.
    fn __dir__(this: &Object<Self>, vm: &mut Vm) -> PyResult<Ref<List>> {
        let names = vm.new_dict();
        merge_class_dict(vm, &names, &this.as_value())?;
        vm.list_of(&names.into())
    }

    /// Return memory consumption of the type object.
    fn __sizeof__(this: &Object<Self>, heap: &Heap) -> usize {
        instance::size_of(heap, this.header())
    }

    #[member]
    fn __basicsize__(this: &Object<Self>, heap: &Heap) -> usize {
        match is_int(this, heap) {
            true => INT_BASIC_SIZE,
            false => this.instance_size(),
        }
    }

    #[member]
    fn __itemsize__(this: &Object<Self>, heap: &Heap) -> usize {
        this.item_size(heap)
    }

    #[member]
    fn __flags__(this: &Object<Self>, heap: &Heap) -> u64 {
        this.shown_flags(heap)
    }

    #[member]
    fn __weakrefoffset__(this: &Object<Self>) -> i32 {
        // Weak references lie in a table; the number says that there may be some.
        match (this.has_flags(type_flag::HAS_WEAKREFS), this.is_heap_type()) {
            (false, _) => 0,
            (true, true) => -32,
            (true, false) => this.layout().size as i32,
        }
    }

    #[member]
    fn __base__(this: &Object<Self>, heap: &Heap) -> Option<Ref<Type>> {
        this.base(heap)
    }

    #[member]
    fn __dictoffset__(this: &Object<Self>) -> i32 {
        match (this.attrs_offset(), this.is_heap_type()) {
            (0, _) => 0,
            (_, true) => -1,
            (offset, false) => offset as i32,
        }
    }

    #[getter]
    fn __name__(this: &Object<Self>, heap: &Heap) -> Ref<Str> {
        this.name_object(heap)
    }

    #[setter(__name__)]
    fn set_name_attribute(this: &Object<Self>, vm: &mut Vm, value: Option<&Value>) -> PyResult<()> {
        let name = this.check_name(vm, value, "__name__")?;
        match name.as_str() {
            Some(text) if text.contains('\0') => {
                return Err(vm.value_error(format_args!("type name must not contain null characters")));
            }
            Some(_) => {}
            None => return Err(vm.surrogates_not_allowed(name)),
        }
        this.set_name(name.to_ref(), vm);
        Ok(())
    }

    #[getter]
    fn __qualname__(this: &Object<Self>, heap: &Heap) -> Ref<Str> {
        this.qualname_object(heap)
    }

    #[setter(__qualname__)]
    fn set_qualname_attribute(this: &Object<Self>, vm: &mut Vm, value: Option<&Value>) -> PyResult<()> {
        let name = this.check_name(vm, value, "__qualname__")?;
        this.set_qualname(name.to_ref(), vm);
        Ok(())
    }

    #[getter]
    fn __bases__(this: &Object<Self>, heap: &Heap) -> Ref<Tuple> {
        this.bases(heap)
    }

    #[setter(__bases__)]
    fn set_bases_attribute(this: &Object<Self>, vm: &mut Vm, value: Option<&Value>) -> PyResult<()> {
        let value = this.check_settable(vm, value, "__bases__")?;
        assign::set_bases(vm, this, value)
    }

    #[getter]
    fn __mro__(this: &Object<Self>, heap: &Heap) -> Option<Ref<Tuple>> {
        // While its order is being found a class has none.
        Some(this.mro(heap).to_ref()).filter(|order| !order.is_empty())
    }

    #[getter]
    fn __module__(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        match this.def() {
            Some(def) => Ok(vm.intern(def.module).into()),
            None => this.dict(vm).get_str(&names::__module__, vm).ok_or_else(|| this.missing(vm, "__module__")),
        }
    }

    #[setter(__module__)]
    fn set_module_attribute(this: &Object<Self>, vm: &mut Vm, value: Option<&Value>) -> PyResult<()> {
        let value = this.check_settable(vm, value, "__module__")?;
        this.to_ref().set_own(vm, &names::__module__, Some(value))?;
        // The line belongs to the module the class was made in.
        if this.dict(vm).contains_str(&names::__firstlineno__, vm) {
            this.to_ref().set_own(vm, &names::__firstlineno__, None)?;
        }
        Ok(())
    }

    #[getter]
    fn __abstractmethods__(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        let own = this.dict(vm).get_str(&names::__abstractmethods__, vm);
        // `type` has the property itself in its dict.
        let own = own.filter(|_| !std::ptr::eq(this, Type::type_object()));
        own.ok_or_else(|| this.missing(vm, "__abstractmethods__"))
    }

    #[setter(__abstractmethods__)]
    fn set_abstract_methods(this: &Object<Self>, vm: &mut Vm, value: Option<&Value>) -> PyResult<()> {
        let is_abstract = match value {
            Some(value) => vm.truth(value)?,
            None if !this.dict(vm).contains_str(&names::__abstractmethods__, vm) => {
                return Err(this.missing(vm, "__abstractmethods__"));
            }
            None => false,
        };
        this.to_ref().set_own(vm, &names::__abstractmethods__, value)?;
        match is_abstract {
            true => this.add_flags(type_flag::ABSTRACT),
            false => this.remove_flags(type_flag::ABSTRACT),
        }
        Ok(())
    }

    #[getter]
    fn __dict__(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        let dict = this.dict(vm).to_ref();
        Ok(vm.new_mapping_proxy(&dict).into())
    }

    #[getter]
    fn __doc__(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        if let Some(doc) = this.def().and_then(|def| def.doc) {
            let (_, text) = split_signature(this.short_name(), doc);
            return Ok(vm.new_str(text).into());
        }
        let Some(doc) = this.raw_doc(vm).filter(|_| this.is_heap_type()) else {
            return Ok(Value::none());
        };
        match doc.ty().slots().descr_get() {
            Some(get) => get(vm, &doc, None, Some(&this.as_value())),
            None => Ok(doc),
        }
    }

    #[setter(__doc__)]
    fn set_doc_attribute(this: &Object<Self>, vm: &mut Vm, value: Option<&Value>) -> PyResult<()> {
        let value = this.check_settable(vm, value, "__doc__")?;
        this.to_ref().set_own(vm, &names::__doc__, Some(value))
    }

    #[getter]
    fn __text_signature__(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        let doc = match this.def() {
            Some(def) => def.doc.map(str::to_owned),
            None => this.raw_doc(vm).and_then(|doc| doc.downcast::<Str>().map(|doc| doc.to_string_lossy().into_owned())),
        };
        match doc.as_deref().and_then(|doc| split_signature(this.short_name(), doc).0) {
            Some(signature) => Ok(vm.new_str(signature).into()),
            None => Ok(Value::none()),
        }
    }

    #[getter]
    fn __type_params__(this: &Object<Self>, heap: &Heap) -> Value {
        let params = this.dict(heap).get_str(&names::__type_params__, heap);
        // `type` has the property itself in its dict.
        params.filter(|_| this.is_heap_type()).unwrap_or_else(|| crate::tuple::empty().to_value())
    }

    #[setter(__type_params__)]
    fn set_type_params(this: &Object<Self>, vm: &mut Vm, value: Option<&Value>) -> PyResult<()> {
        let value = this.check_settable(vm, value, "__type_params__")?;
        this.to_ref().set_own(vm, &names::__type_params__, Some(value))
    }

    #[getter]
    fn __annotations__(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        this.annotations(vm)
    }

    #[setter(__annotations__)]
    fn set_annotations_attribute(this: &Object<Self>, vm: &mut Vm, value: Option<&Value>) -> PyResult<()> {
        this.set_annotations(vm, value)
    }

    #[getter]
    fn __annotate__(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        this.annotate(vm)
    }

    #[setter(__annotate__)]
    fn set_annotate_attribute(this: &Object<Self>, vm: &mut Vm, value: Option<&Value>) -> PyResult<()> {
        this.set_annotate(vm, value)
    }

    fn __or__(vm: &mut Vm, left: &Value, right: &Value) -> PyResult {
        union_of(vm, left, right)
    }
}
