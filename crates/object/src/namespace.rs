//! `types.SimpleNamespace`.

use pvm_macros::{pyclass, pymethods};

use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::dict::Dict;
use crate::errors::PyResult;
use crate::ops::CompareOp;
use crate::str::Str;
use crate::text::TextBuilder;
use crate::tuple::{Tuple, empty};
use crate::types::{PyClass, instance};
use crate::{Args, Heap, Vm};

/// SimpleNamespace(mapping_or_iterable=(), /, **kwargs)
/// --
///
/// An object whose attributes are what it was made with, and what is set on it.
#[pyclass(name = "SimpleNamespace", module = "types", dict)]
pub struct SimpleNamespace {}

#[pymethods]
impl SimpleNamespace {
    #[new]
    fn new(_args: Args<'_>) -> SimpleNamespace {
        SimpleNamespace {}
    }

    fn __init__(this: &Object<SimpleNamespace>, args: Args<'_>, vm: &mut Vm) -> PyResult<()> {
        if args.len() > 1 {
            let given = args.len();
            return Err(vm.type_error(format_args!("SimpleNamespace expected at most 1 argument, got {given}")));
        }
        if let Some(source) = args.get(0) {
            let dict = match source.downcast_exact::<Dict>() {
                Some(dict) => dict.to_ref(),
                None => vm.dict_of(&source)?,
            };
            if !dict.entries(vm).all(|(key, _)| key.is_instance_of::<Str>()) {
                return Err(vm.type_error(format_args!("keywords must be strings")));
            }
            for (name, value) in dict.str_items(vm) {
                set(this, &name, value, vm)?;
            }
        }
        args.keywords().try_for_each(|(name, value)| set(this, name, value.to_owned(), vm))
    }

    fn __repr__(this: &Object<SimpleNamespace>, vm: &mut Vm) -> PyResult {
        let value = this.as_value();
        let name = match value.downcast_exact::<SimpleNamespace>() {
            Some(_) => "namespace".to_owned(),
            None => vm.type_name(&value),
        };
        vm.container_repr(&value, &format!("{name}(...)"), |vm| {
            let mut text = TextBuilder::new();
            text.push_str(&name);
            text.push_str("(");
            let mut separator = "";
            for (name, value) in instance::items(vm, this.header()) {
                if name.is_empty() {
                    continue;
                }
                text.push_str(std::mem::replace(&mut separator, ", "));
                text.push_view(name.view());
                text.push_str("=");
                text.push_view(vm.repr(&value)?.view());
            }
            text.push_str(")");
            Ok(text)
        })
    }

    #[slot(richcompare)]
    fn compare(this: &Object<SimpleNamespace>, other: &Object<SimpleNamespace>, op: CompareOp, vm: &mut Vm) -> PyResult {
        let (left, right) = (attributes(this, vm)?, attributes(other, vm)?);
        vm.rich_compare(&left.as_value(), &right.as_value(), op)
    }

    /// What pickling needs.
    fn __reduce__(this: &Object<SimpleNamespace>, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
        let dict = attributes(this, vm)?;
        Ok(vm.try_tuple([this.ty().to_value(), empty().to_value(), dict.into()])?)
    }

    /// __replace__($self, /, **changes)
    /// --
    ///
    /// A copy with other values for the given attributes.
    #[text_signature = "($self, /, **changes)"]
    fn __replace__(this: &Object<SimpleNamespace>, args: Args<'_>, vm: &mut Vm) -> PyResult {
        if args.iter().next().is_some() {
            let given = args.len();
            return Err(vm.type_error(format_args!("__replace__() takes no positional arguments ({given} given)")));
        }
        let result = vm.call(&this.ty().as_value(), &[])?;
        let Some(copy) = result.downcast::<SimpleNamespace>() else {
            let (wanted, called) = (SimpleNamespace::type_object().name(), this.ty().message_name(vm));
            let got = result.ty().message_name(vm);
            return Err(vm.type_error(format_args!("expect {wanted} type, but {called}() returned '{got}' object")));
        };
        for (name, value) in instance::items(vm, this.header()) {
            set(copy, &name, value, vm)?;
        }
        for (name, value) in args.keywords() {
            set(copy, name, value.to_owned(), vm)?;
        }
        Ok(result)
    }
}

fn set(namespace: &Object<SimpleNamespace>, name: &Object<Str>, value: Value, heap: &mut Heap) -> PyResult<()> {
    instance::set(heap, namespace.header(), name, value).map(drop)
}

fn attributes(namespace: &Object<SimpleNamespace>, heap: &mut Heap) -> PyResult<Ref<Dict>> {
    Ok(instance::dict(heap, namespace.header())?.expect("namespaces have attributes"))
}

impl Heap {
    /// A namespace with these attributes.
    pub fn new_namespace<'a>(
        &mut self,
        attributes: impl IntoIterator<Item = (&'a str, Value)>,
    ) -> PyResult<Ref<SimpleNamespace>> {
        let namespace = self.alloc_as(SimpleNamespace::type_object(), SimpleNamespace {});
        for (name, value) in attributes {
            let name = self.intern(name);
            set(&namespace, &name, value, self)?;
        }
        Ok(namespace)
    }
}
