//! Filling the dict of a static class from its definition: native methods and properties, then wrappers of the slots that
//! the class itself fills.

use super::type_attributes::is_static_in_cpython;
use super::{SlotId, Type, TypeDef, slot_methods, type_flag};
use crate::Heap;
use crate::core::object::Object;
use crate::core::value::Value;
use crate::dict::Dict;
use crate::errors::PyResult;
use crate::names;
use crate::native::split_signature;
use crate::native::{MemberDef, MethodDef, MethodKind};

pub(super) fn fill_static_dict(heap: &mut Heap, class: &Object<Type>, def: &'static TypeDef, dict: &Object<Dict>) {
    fill(heap, class, def, dict).expect("the dict of a class of the binary fits into memory");
}

fn fill(heap: &mut Heap, class: &Object<Type>, def: &'static TypeDef, dict: &Object<Dict>) -> PyResult<()> {
    for member in def.members {
        let (name, value) = match *member {
            MemberDef::Method(method) => (method.name, native_method(heap, method, class)),
            MemberDef::GetSet(getset) => (getset.name, heap.new_getset(getset, class)),
            MemberDef::Const(constant) => (constant.name, (constant.value)(heap)?),
        };
        put(heap, dict, name, value)?;
    }
    if def.flags & type_flag::HAS_DICT != 0
        && !def.bases().any(|base| base.has_flags(type_flag::HAS_DICT))
        && dict.get_str_ref(&names::__dict__, heap).is_none()
    {
        let getset = heap.new_getset(&super::instance_attributes::STATIC_DICT, class);
        dict.set_str(&names::__dict__, getset, heap)?;
    }
    if dict.get_str_ref(&names::__hash__, heap).is_none()
        && class.slots().hash().is_none_or(|hash| std::ptr::fn_addr_eq(hash, super::dunder::no_hash as super::slots::HashFn))
    {
        dict.set_str(&names::__hash__, Value::none(), heap)?;
    }
    if !is_static_in_cpython(def) && dict.get_str_ref(&names::__module__, heap).is_none() {
        let module = heap.intern(def.module);
        dict.set_str(&names::__module__, module.into(), heap)?;
    }
    let is_own = |id: SlotId| class.slots().has(id) && def.base.is_none_or(|base| !class.slots().same(base.slots(), id));
    for row in slot_methods::all().filter(|row| row.wrap.is_some() && is_own(row.id)) {
        if dict.get_str_ref(row.name, heap).is_none() {
            let wrapper = heap.new_slot_wrapper(row, class);
            dict.set_str(row.name, wrapper, heap)?;
        }
    }
    if is_own(SlotId::New) {
        let new = heap.new_native_function(&super::create::NEW, class.to_value(), None);
        dict.set_str(&names::__new__, new, heap)?;
    }
    if dict.get_str_ref(&names::__doc__, heap).is_none() {
        let doc = match def.doc {
            Some(doc) => heap.new_str(split_signature(def.name, doc).1).into(),
            None => Value::none(),
        };
        dict.set_str(&names::__doc__, doc, heap)?;
    }
    Ok(())
}

fn native_method(heap: &mut Heap, method: &'static MethodDef, class: &Object<Type>) -> Value {
    match method.kind {
        MethodKind::Instance | MethodKind::Function => heap.new_native_method(method, class),
        MethodKind::Class => heap.new_native_class_method(method, class),
        MethodKind::Static => {
            let function = heap.new_native_function(method, class.to_value(), None);
            heap.new_static_method(function)
        }
    }
}

fn put(heap: &mut Heap, dict: &Object<Dict>, name: &str, value: Value) -> PyResult<()> {
    let name = heap.intern(name);
    dict.set_str(&name, value, heap)
}
