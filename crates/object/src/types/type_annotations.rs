//! The annotations of classes, computed when they are first asked for (PEP 649, PEP 749).

use super::{Type, type_flag};
use crate::core::object::Object;
use crate::core::value::Value;
use crate::dict::Dict;
use crate::errors::PyResult;
use crate::{Vm, names};

impl Object<Type> {
    /// What a class has of its own under the first of these names, bound.
    fn own_bound(
        &self,
        vm: &mut Vm,
        first: &crate::Object<crate::str::Str>,
        second: &crate::Object<crate::str::Str>,
    ) -> PyResult<Option<Value>> {
        let dict = self.dict(vm);
        let Some(found) = dict.get_str(first, vm).or_else(|| dict.get_str(second, vm)) else {
            return Ok(None);
        };
        match found.ty().slots().descr_get() {
            Some(get) => get(vm, &found, None, Some(&self.as_value())).map(Some),
            None => Ok(Some(found)),
        }
    }

    fn check_annotated(&self, vm: &mut Vm, name: &str) -> PyResult<()> {
        if self.is_heap_type() {
            return Ok(());
        }
        let class = self.full_name(vm);
        Err(vm.attribute_error(format_args!("type object '{class}' has no attribute '{name}'")))
    }

    fn check_annotations_settable(&self, vm: &mut Vm, name: &str) -> PyResult<()> {
        if self.has_flags(type_flag::MUTABLE) {
            return Ok(());
        }
        let class = self.full_name(vm);
        Err(vm.type_error(format_args!("cannot set '{name}' attribute of immutable type '{class}'")))
    }

    /// `__annotate__`.
    pub(super) fn annotate(&self, vm: &mut Vm) -> PyResult {
        self.check_annotated(vm, "__annotate__")?;
        if let Some(annotate) = self.own_bound(vm, &names::__annotate__, &names::__annotate_func__)? {
            return Ok(annotate);
        }
        self.to_ref().set_own(vm, &names::__annotate_func__, Some(&Value::none()))?;
        Ok(Value::none())
    }

    /// Sets `__annotate__`.
    pub(super) fn set_annotate(&self, vm: &mut Vm, value: Option<&Value>) -> PyResult<()> {
        let Some(value) = value else {
            return Err(vm.type_error(format_args!("cannot delete __annotate__ attribute")));
        };
        self.check_annotations_settable(vm, "__annotate__")?;
        if !value.is_none() && value.ty().slots().call().is_none() {
            return Err(vm.type_error(format_args!("__annotate__ must be callable or None")));
        }
        self.to_ref().set_own(vm, &names::__annotate_func__, Some(value))?;
        if !value.is_none() {
            self.forget(vm, &names::__annotations_cache__)?;
        }
        Ok(())
    }

    /// Takes a name out of the class's dict; whether it was there.
    fn forget(&self, vm: &mut Vm, name: &Object<crate::str::Str>) -> PyResult<bool> {
        let known = self.dict(vm).contains_str(name, vm);
        if known {
            self.to_ref().set_own(vm, name, None)?;
        }
        Ok(known)
    }

    /// `__annotations__`: as stored by the class body, or by its `__annotate__`.
    pub(super) fn annotations(&self, vm: &mut Vm) -> PyResult {
        self.check_annotated(vm, "__annotations__")?;
        if let Some(known) = self.own_bound(vm, &names::__annotations__, &names::__annotations_cache__)? {
            return Ok(known);
        }
        let annotate = vm.getattr(&self.to_value(), &names::__annotate__)?;
        let annotations = vm.annotations_by(&annotate)?;
        self.to_ref().set_own(vm, &names::__annotations_cache__, Some(&annotations))?;
        Ok(annotations)
    }

    /// Sets or deletes `__annotations__`; they are then no longer those of `__annotate__`.
    pub(super) fn set_annotations(&self, vm: &mut Vm, value: Option<&Value>) -> PyResult<()> {
        self.check_annotations_settable(vm, "__annotations__")?;
        let stored = self.dict(vm).contains_str(&names::__annotations__, vm);
        let name = if stored { &names::__annotations__ } else { &names::__annotations_cache__ };
        match value {
            Some(value) => self.to_ref().set_own(vm, name, Some(value))?,
            None => {
                if !self.forget(vm, name)? {
                    return Err(vm.attribute_error(format_args!("__annotations__")));
                }
            }
        }
        self.forget(vm, &names::__annotate_func__)?;
        self.forget(vm, &names::__annotate__)?;
        Ok(())
    }
}

impl Vm {
    /// The annotations that an `__annotate__` gives in the format of values: an empty dict where it cannot be called.
    pub(crate) fn annotations_by(&mut self, annotate: &Value) -> PyResult {
        if annotate.ty().slots().call().is_none() {
            return Ok(self.new_dict().into());
        }
        let annotations = self.call(annotate, &[Value::from_i32(1)])?;
        if !annotations.is_instance_of::<Dict>() {
            let kind = self.type_name(&annotations);
            return Err(self.type_error(format_args!("__annotate__ returned non-dict of type '{kind}'")));
        }
        Ok(annotations)
    }
}
