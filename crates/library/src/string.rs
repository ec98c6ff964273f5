//! `_string`: what `string.Formatter` needs of the language of `str.format`.

use std::cell::Cell;

use pvm_macros::{pyclass, pymethods};
use pvm_object::str::Str;
use pvm_object::text::TextView;
use pvm_object::text::format_template::{Access, First, Pieces, split_field_name};

use pvm_object::{Heap, HeapCell, HeapVec, Object, PyResult, Ref, Value, Vm};

/// The pieces of a template: tuples of the literal text, the field's name, its specification and its conversion.
#[pyclass(name = "formatteriterator", final)]
pub struct FormatterIterator {
    text: Ref<Str>,
    at: Cell<usize>,
}

fn text(view: TextView<'_>, heap: &mut Heap) -> PyResult {
    Ok(heap.try_str_from_view(view)?.into())
}

#[pymethods]
impl FormatterIterator {
    fn __iter__(this: &Object<FormatterIterator>) -> Value {
        this.to_value()
    }

    fn __next__(&self, vm: &mut Vm) -> PyResult<Option<Value>> {
        let mut pieces = Pieces::starting_at(self.text.view(), self.at.get());
        let Some(piece) = pieces.next() else {
            return Ok(None);
        };
        self.at.set(pieces.position());
        let piece = piece.map_err(|error| vm.value_error(format_args!("{}", error.message())))?;
        let literal = text(piece.literal, vm)?;
        let (name, spec, conversion) = match piece.field {
            None => (Value::none(), Value::none(), Value::none()),
            Some(field) => {
                let conversion = match field.conversion {
                    Some(point) => vm.str_of_char(point)?.into(),
                    None => Value::none(),
                };
                (text(field.name, vm)?, text(field.spec, vm)?, conversion)
            }
        };
        Ok(Some(vm.new_tuple(vec![literal, name, spec, conversion]).into()))
    }
}

/// The steps behind the first part of a field's name: pairs of whether it is an attribute, and the name or index.
#[pyclass(name = "fieldnameiterator", final)]
pub struct FieldNameIterator {
    steps: HeapCell<HeapVec<Value>>,
    /// The message of the error after the last step, where there is one.
    error: Option<String>,
    next: Cell<usize>,
}

#[pymethods]
impl FieldNameIterator {
    fn __iter__(this: &Object<FieldNameIterator>) -> Value {
        this.to_value()
    }

    fn __next__(&self, vm: &mut Vm) -> PyResult<Option<Value>> {
        let index = self.next.get();
        if let Some(step) = self.steps.borrow(vm).get(index).cloned() {
            self.next.set(index + 1);
            return Ok(Some(step));
        }
        match &self.error {
            Some(message) if index == self.steps.borrow(vm).len() => {
                self.next.set(index + 1);
                Err(vm.value_error(format_args!("{message}")))
            }
            _ => Ok(None),
        }
    }
}

fn text_argument<'a>(object: &'a Value, vm: &mut Vm) -> PyResult<&'a Object<Str>> {
    match object.downcast::<Str>() {
        Some(text) => Ok(text),
        None => {
            let kind = vm.type_name(object);
            Err(vm.type_error(format_args!("expected str, got {kind}")))
        }
    }
}

#[pvm_macros::pymodule(name = "_string")]
pub mod native {
    //! Helpers of string.
    use super::*;
    use pvm_macros::pyfunction;

    /// The first part of a field's name, and an iterator over the steps behind it.
    #[pyfunction]
    #[text_signature = "($self, object, /)"]
    fn formatter_field_name_split(vm: &mut Vm, object: &Value) -> PyResult<(Value, Ref<FieldNameIterator>)> {
        let name = text_argument(object, vm)?;
        let (first, accesses) =
            split_field_name(name.view(), None).map_err(|error| vm.value_error(format_args!("{}", error.message())))?;
        let first = match first {
            First::Index(index) => vm.int(index as i64),
            First::Name(name) => text(name, vm)?,
        };
        let (mut steps, mut error) = (HeapVec::new(), None);
        for access in accesses {
            let (is_attribute, step) = match access {
                Ok(Access::Attribute(name)) => (true, text(name, vm)?),
                Ok(Access::Index(index)) => (false, vm.int(index as i64)),
                Ok(Access::Key(key)) => (false, text(key, vm)?),
                Err(wrong) => {
                    error = Some(wrong.message());
                    break;
                }
            };
            steps.push(vm.new_tuple(vec![Value::from_bool(is_attribute), step]).into())?;
        }
        let steps = FieldNameIterator { steps: HeapCell::new(steps), error, next: Cell::new(0) };
        Ok((first, vm.alloc(steps)))
    }

    /// The pieces of a template.
    #[pyfunction]
    #[text_signature = "($self, object, /)"]
    fn formatter_parser(vm: &mut Vm, object: &Value) -> PyResult<Ref<FormatterIterator>> {
        let text = text_argument(object, vm)?.to_ref();
        Ok(vm.alloc(FormatterIterator { text, at: Cell::new(0) }))
    }
}
