//! `cmp_to_key`.

use pvm_macros::{pyclass, pyfunction, pymethods};
use pvm_object::ops::CompareOp;
use pvm_object::{Args, HeapCell, PyResult, Ref, Value, Vm};

/// What `cmp_to_key` returns, and what that makes of each object.
#[pyclass(name = "KeyWrapper", module = "functools", no_export, final)]
pub struct KeyWrapper {
    compare: Value,
    object: HeapCell<Option<Value>>,
}

#[pymethods]
impl KeyWrapper {
    /// Value wrapped by a key function.
    #[getter]
    fn obj(&self, heap: &pvm_object::Heap) -> Option<Value> {
        self.object.get(heap)
    }

    #[setter]
    fn set_obj(&self, heap: &mut pvm_object::Heap, value: Option<&Value>) {
        self.object.set(value.cloned(), heap);
    }

    /// The signature of the call (`inspect.signature`).
    #[getter]
    fn __text_signature__(&self) -> &'static str {
        "(obj)"
    }

    fn __call__(&self, vm: &mut Vm, args: Args<'_>) -> PyResult<Ref<KeyWrapper>> {
        let given = args.as_slots().len();
        if given > 1 {
            return Err(vm.type_error(format_args!("K() takes at most 1 argument ({given} given)")));
        }
        let Some(object) = args.get(0).or(args.keyword("obj")) else {
            return Err(vm.type_error(format_args!("K() missing required argument 'obj' (pos 1)")));
        };
        let object = object.to_owned();
        Ok(vm.alloc(KeyWrapper { compare: self.compare.clone(), object: HeapCell::new(Some(object)) }))
    }

    fn __richcompare__(&self, vm: &mut Vm, other: &Value, op: CompareOp) -> PyResult {
        let Some(other) = other.downcast::<KeyWrapper>() else {
            return Err(vm.type_error(format_args!("other argument must be K instance")));
        };
        let (Some(left), Some(right)) = (self.object.get(vm), other.object.get(vm)) else {
            return Err(vm.attribute_error(format_args!("object")));
        };
        let order = vm.call(&self.compare, &[left, right])?;
        vm.rich_compare(&order, &Value::from_i32(0), op)
    }
}

/// cmp_to_key($module, /, mycmp)
/// --
///
/// Convert a cmp= function into a key= function.
///
///   mycmp
///     Function that compares two objects.
#[pyfunction(module = "_functools")]
pub fn cmp_to_key(vm: &mut Vm, mycmp: Value) -> Ref<KeyWrapper> {
    vm.alloc(KeyWrapper { compare: mycmp, object: HeapCell::new(None) })
}
