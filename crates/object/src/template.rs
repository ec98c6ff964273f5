//! Template strings (PEP 750): `string.templatelib.Template` and `Interpolation`, which t-strings make.

use std::cell::Cell;

use pvm_macros::{pyclass, pymethods};

use crate::core::cell::HeapCell;
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::str::Str;
use crate::tuple::Tuple;
use crate::types::Type;
use crate::{Args, Heap, Vm};

/// Template object
#[pyclass(name = "Template", module = "string.templatelib", final)]
pub struct Template {
    /// Strings
    #[member]
    strings: Ref<Tuple>,
    /// Interpolations
    #[member]
    interpolations: Ref<Tuple>,
}

/// Interpolation object
#[pyclass(name = "Interpolation", module = "string.templatelib", final)]
pub struct Interpolation {
    /// Value
    #[member]
    value: Value,
    /// Expression
    #[member]
    expression: Value,
    /// Conversion
    #[member]
    conversion: Value,
    /// Format specifier
    #[member]
    format_spec: Value,
}

/// How an interpolation's value is converted, in the order of `BUILD_INTERPOLATION`'s operand; 0 is not at all.
const CONVERSIONS: [&str; 3] = ["s", "r", "a"];

impl Heap {
    /// A template of strings and interpolations, of which there is one less.
    pub fn new_template(&mut self, strings: Ref<Tuple>, interpolations: Ref<Tuple>) -> Ref<Template> {
        debug_assert!(strings.len() == interpolations.len() + 1);
        self.alloc(Template { strings, interpolations })
    }

    /// An interpolation; `conversion` is the operand of `BUILD_INTERPOLATION`.
    pub fn new_interpolation(
        &mut self,
        value: Value,
        expression: Value,
        conversion: usize,
        format_spec: Value,
    ) -> Ref<Interpolation> {
        let conversion = match conversion.checked_sub(1).and_then(|index| CONVERSIONS.get(index)) {
            Some(letter) => self.new_str(letter).into(),
            None => Value::none(),
        };
        self.alloc(Interpolation { value, expression, conversion, format_spec })
    }
}

/// Strings and interpolations in the making: they alternate, strings side by side are joined.
struct Parts {
    strings: Vec<Value>,
    interpolations: Vec<Value>,
}

impl Parts {
    fn new(heap: &mut Heap) -> Parts {
        Parts { strings: vec![heap.new_str("").into()], interpolations: Vec::new() }
    }

    fn push_string(&mut self, string: &Object<Str>, heap: &mut Heap) -> PyResult<()> {
        let last = self.strings.last_mut().expect("there is a string before each interpolation");
        let text = last.downcast::<Str>().expect("they are strings");
        *last = if text.is_empty() { string.to_value() } else { heap.str_concat(text, string)?.into() };
        Ok(())
    }

    fn push_interpolation(&mut self, interpolation: Value, heap: &mut Heap) {
        self.interpolations.push(interpolation);
        self.strings.push(heap.new_str("").into());
    }

    fn finish(self, heap: &mut Heap) -> PyResult<Template> {
        let strings = heap.try_tuple(self.strings)?;
        Ok(Template { strings, interpolations: heap.try_tuple(self.interpolations)? })
    }
}

#[pymethods]
impl Template {
    #[new]
    #[text_signature = ""]
    fn new(args: Args<'_>, vm: &mut Vm) -> PyResult<Template> {
        if args.has_keywords() {
            return Err(vm.type_error(format_args!("Template.__new__ only accepts *args arguments")));
        }
        let mut parts = Parts::new(vm);
        for part in args.iter() {
            if let Some(string) = part.downcast_ref::<Str>() {
                parts.push_string(string, vm)?;
            } else if part.is_instance_of::<Interpolation>() {
                parts.push_interpolation(part.to_owned(), vm);
            } else {
                let kind = part.ty().full_name(vm);
                return Err(
                    vm.type_error(format_args!("Template.__new__ *args need to be of type 'str' or 'Interpolation', got {kind}"))
                );
            }
        }
        parts.finish(vm)
    }

    fn __repr__(this: &Object<Template>, vm: &mut Vm) -> PyResult<Ref<Str>> {
        let strings = vm.repr(&this.strings.as_value())?;
        let interpolations = vm.repr(&this.interpolations.as_value())?;
        crate::ops::join::join!(vm, "Template(strings=", &strings, ", interpolations=", &interpolations, ")")
    }

    fn __iter__(this: &Object<Template>, heap: &mut Heap) -> Ref<TemplateIterator> {
        heap.alloc(TemplateIterator { template: HeapCell::new(Some(this.to_ref())), next: Cell::new(0) })
    }

    #[slot(concat)]
    fn concat(this: &Object<Template>, other: &Value, vm: &mut Vm) -> PyResult {
        let Some(other_template) = other.downcast::<Template>() else {
            let kind = other.ty().full_name(vm);
            return Err(vm.type_error(format_args!(
                "can only concatenate string.templatelib.Template (not \"{kind}\") to string.templatelib.Template"
            )));
        };
        let mut parts = Parts::new(vm);
        for template in [this, other_template] {
            let mut interpolations = template.interpolations.as_slice().iter();
            for string in template.strings.as_slice() {
                let string = string.downcast::<Str>().expect("a template's strings are strings");
                parts.push_string(string, vm)?;
                if let Some(interpolation) = interpolations.next() {
                    parts.push_interpolation(interpolation.clone(), vm);
                }
            }
        }
        let sum = parts.finish(vm)?;
        Ok(vm.alloc(sum).into())
    }

    /// What pickling needs.
    fn __reduce__(&self, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
        let name = vm.intern("_template_unpickle");
        let function = vm.import_attr("string.templatelib", &name)?;
        let arguments = vm.try_tuple([self.strings.clone().into(), self.interpolations.clone().into()])?;
        Ok(vm.try_tuple([function, arguments.into()])?)
    }

    /// Generic over the type of the values.
    #[classmethod]
    fn __class_getitem__(cls: &Object<Type>, object: &Value, vm: &mut Vm) -> PyResult {
        vm.generic_alias(&cls.as_value(), object)
    }

    /// Values of interpolations
    #[getter]
    fn values(&self, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
        let values: Vec<Value> = self
            .interpolations
            .as_slice()
            .iter()
            .filter_map(|interpolation| Some(interpolation.downcast::<Interpolation>()?.value.clone()))
            .collect();
        Ok(vm.try_tuple(values)?)
    }
}

#[pymethods]
impl Interpolation {
    #[new]
    #[signature = "(value, expression='', conversion=None, format_spec='')"]
    #[text_signature = ""]
    fn new(
        vm: &mut Vm,
        value: Value,
        expression: Option<&Object<Str>>,
        conversion: Option<&Object<Str>>,
        format_spec: Option<&Object<Str>>,
    ) -> PyResult<Interpolation> {
        if conversion.is_some_and(|conversion| !CONVERSIONS.iter().any(|letter| conversion.is_str(letter))) {
            return Err(vm.value_error(format_args!("Interpolation() argument 'conversion' must be one of 's', 'a' or 'r'")));
        }
        let empty: Value = vm.new_str("").into();
        let or = |text: Option<&Object<Str>>, other: &Value| text.map_or_else(|| other.clone(), Object::to_value);
        Ok(Interpolation {
            value,
            expression: or(expression, &empty),
            conversion: or(conversion, &Value::none()),
            format_spec: or(format_spec, &empty),
        })
    }

    fn __repr__(&self, vm: &mut Vm) -> PyResult<Ref<Str>> {
        let (value, expression) = (vm.repr(&self.value)?, vm.repr(&self.expression)?);
        let (conversion, format_spec) = (vm.repr(&self.conversion)?, vm.repr(&self.format_spec)?);
        crate::ops::join::join!(vm, "Interpolation(", &value, ", ", &expression, ", ", &conversion, ", ", &format_spec, ")")
    }

    /// What pickling needs.
    fn __reduce__(this: &Object<Interpolation>, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
        let fields = [&this.value, &this.expression, &this.conversion, &this.format_spec].map(Value::clone);
        let arguments = vm.try_tuple(fields)?;
        Ok(vm.try_tuple([this.ty().to_value(), arguments.into()])?)
    }

    /// Generic over the type of the value.
    #[classmethod]
    fn __class_getitem__(cls: &Object<Type>, object: &Value, vm: &mut Vm) -> PyResult {
        vm.generic_alias(&cls.as_value(), object)
    }

    #[constant]
    fn __match_args__(heap: &mut Heap) -> PyResult<Ref<Tuple>> {
        let fields = ["value", "expression", "conversion", "format_spec"].map(|field| heap.intern(field).into());
        Ok(heap.try_tuple(fields)?)
    }
}

/// The parts of a template in order, without empty strings.
#[pyclass(name = "TemplateIter", module = "string.templatelib", final, no_export)]
pub struct TemplateIterator {
    template: HeapCell<Option<Ref<Template>>>,
    /// Even for a string, odd for an interpolation.
    next: Cell<usize>,
}

#[pymethods]
impl TemplateIterator {
    fn __iter__(this: &Object<TemplateIterator>) -> Value {
        this.to_value()
    }

    fn __next__(&self, heap: &mut Heap) -> Option<Value> {
        let template = self.template.get(heap)?;
        loop {
            let place = self.next.get();
            self.next.set(place + 1);
            let parts = if place.is_multiple_of(2) { &template.strings } else { &template.interpolations };
            let Some(part) = parts.as_slice().get(place / 2) else {
                self.template.set(None, heap);
                return None;
            };
            if place % 2 == 1 || part.downcast::<Str>().is_none_or(|text| !text.is_empty()) {
                return Some(part.clone());
            }
        }
    }
}
