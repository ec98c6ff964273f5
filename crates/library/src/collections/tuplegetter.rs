//! `_collections._tuplegetter`: the fields of named tuples.

use pvm_macros::{pyclass, pymethods};
use pvm_object::tuple::Tuple;
use pvm_object::{HeapCell, Object, PyResult, Ref, Value, Vm};

/// A descriptor for one item of a tuple.
#[pyclass(name = "_tuplegetter", module = "collections", final)]
pub struct TupleGetter {
    index: isize,
    doc: HeapCell<Value>,
}

#[pymethods]
impl TupleGetter {
    #[new]
    fn new(index: isize, doc: Value) -> TupleGetter {
        TupleGetter { index, doc: HeapCell::new(doc) }
    }

    fn __get__(this: &Object<TupleGetter>, instance: Option<&Value>, _owner: Option<&Value>, vm: &mut Vm) -> PyResult {
        let Some(instance) = instance.filter(|instance| !instance.is_none()) else {
            return Ok(this.to_value());
        };
        let index = this.index;
        let Some(tuple) = instance.downcast::<Tuple>() else {
            let kind = vm.type_name(instance);
            return Err(vm.type_error(format_args!(
                "descriptor for index '{index}' for tuple subclasses doesn't apply to '{kind}' object"
            )));
        };
        match usize::try_from(index).ok().and_then(|index| tuple.as_slice().get(index)) {
            Some(item) => Ok(item.clone()),
            None => Err(vm.index_error(format_args!("tuple index out of range"))),
        }
    }

    #[slot(descr_set)]
    fn descr_set(&self, _instance: &Value, value: Option<&Value>, vm: &mut Vm) -> PyResult<()> {
        Err(match value {
            Some(_) => vm.attribute_error(format_args!("can't set attribute")),
            None => vm.attribute_error(format_args!("can't delete attribute")),
        })
    }

    fn __repr__(this: &Object<TupleGetter>, vm: &mut Vm) -> PyResult<String> {
        let doc = this.doc.get(vm);
        let doc = vm.repr(&doc)?;
        Ok(format!("{}({}, {doc})", this.ty().full_name(vm), this.index))
    }

    /// What pickling needs.
    fn __reduce__(this: &Object<TupleGetter>, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
        let (index, doc) = (vm.int(this.index as i64), this.doc.get(vm));
        let arguments = vm.new_tuple(vec![index, doc]);
        Ok(vm.new_tuple(vec![this.ty().to_value(), arguments.into()]))
    }

    #[member]
    #[name = "__doc__"]
    fn doc(&self, vm: &mut Vm) -> Value {
        self.doc.get(vm)
    }

    #[setter(__doc__)]
    fn set_doc(&self, value: Option<&Value>, vm: &mut Vm) {
        self.doc.set(value.cloned().unwrap_or_else(Value::none), vm);
    }
}
