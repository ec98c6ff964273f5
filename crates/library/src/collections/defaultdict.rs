//! `collections.defaultdict`.

use pvm_macros::{pyclass, pymethods};
use pvm_object::dict::Dict;
use pvm_object::tuple::Tuple;
use pvm_object::{Args, Heap, HeapCell, Object, PyClass, PyResult, Ref, Type, Value, Vm, names};

/// defaultdict(default_factory=None, /, [...]) --> dict with default factory
///
/// The factory makes the value of a key that is missing when it is asked for by
/// subscription; it is called without arguments. All other arguments are those of dict.
#[pyclass(name = "defaultdict", module = "collections", extends = Dict)]
pub struct DefaultDict {
    base: Dict,
    default_factory: HeapCell<Option<Value>>,
}

impl DefaultDict {
    fn dict(this: &Object<DefaultDict>) -> &Object<Dict> {
        this.as_value().downcast_ref::<Dict>().expect("the class extends dict")
    }

    fn factory(&self, heap: &Heap) -> Value {
        self.default_factory.get(heap).unwrap_or_else(Value::none)
    }

    /// A dict of the same class and factory with the entries of another.
    fn alike(this: &Object<DefaultDict>, entries: &Value, vm: &mut Vm) -> PyResult {
        let factory = this.factory(vm);
        vm.call(&this.ty().to_value(), &[factory, entries.clone()])
    }
}

#[pymethods]
impl DefaultDict {
    #[new]
    fn new(_args: Args<'_>) -> DefaultDict {
        DefaultDict { base: Dict::empty(), default_factory: HeapCell::new(None) }
    }

    fn __init__(this: &Object<DefaultDict>, args: Args<'_>, vm: &mut Vm) -> PyResult<()> {
        let factory = args.get(0).filter(|factory| !factory.is_none());
        if let Some(factory) = factory
            && factory.ty().slots().call().is_none()
        {
            return Err(vm.type_error(format_args!("first argument must be callable or None")));
        }
        this.default_factory.set(factory.map(|factory| factory.to_owned()), vm);
        let init = Dict::type_object().slots().init().expect("dict has __init__");
        init(vm, &this.as_value(), args.skip(1))
    }

    fn __repr__(this: &Object<DefaultDict>, vm: &mut Vm) -> PyResult<String> {
        let repr = Dict::type_object().slots().repr().expect("dict has __repr__");
        let entries = repr(vm, &this.as_value())?;
        let entries = vm.str(&entries)?;
        let factory = this.factory(vm);
        let factory = vm.container_repr(&factory.clone(), "...", |vm| {
            let mut text = pvm_object::text::TextBuilder::new();
            text.push_view(vm.repr(&factory)?.view());
            Ok(text)
        })?;
        let factory = vm.str(&factory)?;
        Ok(format!("{}({factory}, {entries})", this.ty().short_name()))
    }

    fn __or__(vm: &mut Vm, left: &Value, right: &Value) -> PyResult {
        let (this, other) = match left.downcast::<DefaultDict>() {
            Some(this) => (this, right),
            None => match right.downcast::<DefaultDict>() {
                Some(this) => (this, left),
                None => return Ok(Value::not_implemented()),
            },
        };
        if !other.is_instance_of::<Dict>() {
            return Ok(Value::not_implemented());
        }
        let new = DefaultDict::alike(this, left, vm)?;
        match new.downcast::<Dict>() {
            Some(dict) => dict.update(right, vm)?,
            None => return Err(vm.system_error(format_args!("bad argument to internal function"))),
        }
        Ok(new)
    }

    /// The value for a missing key: that which the factory makes, and which is kept; without a factory it is a KeyError.
    fn __missing__(this: &Object<DefaultDict>, object: &Value, vm: &mut Vm) -> PyResult {
        let Some(factory) = this.default_factory.get(vm).filter(|factory| !factory.is_none()) else {
            return Err(vm.key_error(object));
        };
        let value = vm.call(&factory, &[])?;
        // The factory may have put a value there itself: that one stays.
        DefaultDict::dict(this).set_default(object, &value, vm)
    }

    /// A dict of the same factory and entries.
    fn copy(this: &Object<DefaultDict>, vm: &mut Vm) -> PyResult {
        DefaultDict::alike(this, &this.as_value(), vm)
    }

    /// A dict of the same factory and entries.
    #[name = "__copy__"]
    fn dunder_copy(this: &Object<DefaultDict>, vm: &mut Vm) -> PyResult {
        DefaultDict::alike(this, &this.as_value(), vm)
    }

    /// What pickling needs.
    fn __reduce__(this: &Object<DefaultDict>, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
        let arguments = match this.default_factory.get(vm).filter(|factory| !factory.is_none()) {
            Some(factory) => vm.new_tuple(vec![factory]),
            None => vm.new_tuple(vec![]),
        };
        let items = vm.call_method(&this.as_value(), &names::items, &[])?;
        let items = vm.iter(&items)?;
        Ok(vm.new_tuple(vec![this.ty().to_value(), arguments.into(), Value::none(), Value::none(), items]))
    }

    /// Generic over the types of keys and values.
    #[classmethod]
    fn __class_getitem__(cls: &Object<Type>, object: &Value, vm: &mut Vm) -> PyResult {
        vm.generic_alias(&cls.as_value(), object)
    }

    /// Makes the values of missing keys.
    #[member]
    fn default_factory(&self, heap: &Heap) -> Value {
        self.factory(heap)
    }

    #[setter(default_factory)]
    fn set_default_factory(&self, value: Option<&Value>, heap: &mut Heap) {
        self.default_factory.set(value.cloned(), heap);
    }
}
