//! `types.MappingProxyType`: a mapping that can only be read.

use pvm_macros::{pyclass, pymethods};

use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::dict::Dict;
use crate::errors::PyResult;
use crate::list::List;
use crate::ops::{BinaryOp, CompareOp};
use crate::tuple::Tuple;
use crate::types::Type;
use crate::{Vm, names};

/// mappingproxy(mapping)
/// --
///
/// A mapping that shows another one, and cannot change it.
#[pyclass(name = "mappingproxy", final, mapping)]
pub struct MappingProxy {
    mapping: Value,
}

impl MappingProxy {
    /// A proxy of a mapping.
    pub fn new(mapping: Value) -> MappingProxy {
        MappingProxy { mapping }
    }

    /// What it shows.
    pub fn mapping(&self) -> &Value {
        &self.mapping
    }
}

/// The mapping behind a proxy, and everything else as it is.
fn behind(value: &Value) -> &Value {
    value.downcast_exact::<MappingProxy>().map_or(value, |proxy| proxy.native.mapping())
}

#[pymethods]
impl MappingProxy {
    #[new]
    #[signature = "(mapping)"]
    fn py_new(mapping: &Value, vm: &mut Vm) -> PyResult<MappingProxy> {
        let is_mapping =
            mapping.ty().slots().getitem().is_some() && !mapping.is_instance_of::<List>() && !mapping.is_instance_of::<Tuple>();
        if !is_mapping {
            let kind = vm.type_name(mapping);
            return Err(vm.type_error(format_args!("mappingproxy() argument must be a mapping, not {kind}")));
        }
        Ok(MappingProxy::new(mapping.clone()))
    }

    fn __repr__(&self, vm: &mut Vm) -> PyResult {
        let mapping = vm.repr(&self.mapping)?;
        let mut text = crate::text::TextBuilder::new();
        text.push_str("mappingproxy(");
        text.push_view(mapping.view());
        text.push_str(")");
        Ok(vm.str_from_builder(text)?.into())
    }

    fn __str__(&self, vm: &mut Vm) -> PyResult {
        Ok(vm.str(&self.mapping)?.into())
    }

    fn __hash__(&self, vm: &mut Vm) -> PyResult<i64> {
        vm.hash(&self.mapping)
    }

    fn __richcompare__(&self, other: &Value, op: CompareOp, vm: &mut Vm) -> PyResult {
        vm.rich_compare(&self.mapping, other, op)
    }

    fn __len__(&self, vm: &mut Vm) -> PyResult<usize> {
        vm.len(&self.mapping)
    }

    fn __getitem__(&self, key: &Value, vm: &mut Vm) -> PyResult {
        vm.getitem(&self.mapping, key)
    }

    fn __contains__(&self, key: &Value, vm: &mut Vm) -> PyResult<bool> {
        match self.mapping.downcast_exact::<Dict>() {
            Some(dict) => dict.contains(key, vm),
            None => vm.contains(&self.mapping, key),
        }
    }

    fn __iter__(&self, vm: &mut Vm) -> PyResult {
        vm.iter(&self.mapping)
    }

    fn __or__(left: &Value, right: &Value, vm: &mut Vm) -> PyResult {
        vm.binary(BinaryOp::Or, behind(left), behind(right))
    }

    fn __ior__(&self, _other: &Value, vm: &mut Vm) -> PyResult {
        Err(vm.type_error(format_args!("'|=' is not supported by mappingproxy; use '|' instead")))
    }

    /// The value under the key, or the default where the key is missing.
    fn get(&self, key: Value, default: Option<Value>, vm: &mut Vm) -> PyResult {
        let default = default.unwrap_or_else(Value::none);
        vm.call_method(&self.mapping, &names::get, &[key, default])
    }

    /// The mapping's keys.
    fn keys(&self, vm: &mut Vm) -> PyResult {
        vm.call_method(&self.mapping, &names::keys, &[])
    }

    /// The mapping's values.
    fn values(&self, vm: &mut Vm) -> PyResult {
        vm.call_method(&self.mapping, &names::values, &[])
    }

    /// The mapping's items.
    fn items(&self, vm: &mut Vm) -> PyResult {
        vm.call_method(&self.mapping, &names::items, &[])
    }

    /// A copy of the mapping.
    fn copy(&self, vm: &mut Vm) -> PyResult {
        vm.call_method(&self.mapping, &names::copy, &[])
    }

    /// An iterator over the keys from the last to the first.
    fn __reversed__(&self, vm: &mut Vm) -> PyResult {
        vm.call_method(&self.mapping, &names::__reversed__, &[])
    }

    /// Generic over the types of keys and values.
    #[classmethod]
    fn __class_getitem__(cls: &Object<Type>, object: &Value, vm: &mut Vm) -> PyResult {
        vm.generic_alias(&cls.as_value(), object)
    }
}

impl crate::Heap {
    /// A proxy of a dict.
    pub fn new_mapping_proxy(&mut self, dict: &Object<Dict>) -> Ref<MappingProxy> {
        self.alloc(MappingProxy::new(dict.to_value()))
    }
}
