//! `methodcaller`.

use pvm_macros::{pyclass, pymethods};
use pvm_object::str::Str;
use pvm_object::tuple::Tuple;
use pvm_object::{Args, Object, PyClass, PyResult, Ref, Value, Vm};

use super::only_operand;

/// methodcaller(name, /, *args, **kwargs)
/// --
///
/// Return a callable object that calls the given method on its operand.
/// After f = methodcaller('name'), the call f(r) returns r.name().
/// After g = methodcaller('name', 'date', foo=1), the call g(r) returns
/// r.name('date', foo=1).
#[pyclass(name = "methodcaller", module = "operator", final)]
pub struct MethodCaller {
    name: Ref<Str>,
    /// The positional arguments, then the values of the keywords.
    values: Ref<Tuple>,
    keywords: Option<Ref<Tuple>>,
}

impl MethodCaller {
    /// The number of positional arguments.
    fn positional(&self) -> usize {
        self.values.len() - self.keywords.as_ref().map_or(0, |names| names.len())
    }
}

#[pymethods]
impl MethodCaller {
    #[new]
    fn new(vm: &mut Vm, args: Args<'_>) -> PyResult<MethodCaller> {
        let Some(name) = args.get(0) else {
            return Err(vm.type_error(format_args!("methodcaller needs at least one argument, the method name")));
        };
        let Some(name) = name.downcast_ref::<Str>() else {
            return Err(vm.type_error(format_args!("method name must be a string")));
        };
        let name = vm.intern_str(name);
        let args = args.skip(1);
        let values = vm.try_tuple(args.to_values())?;
        let keywords = args.kwnames().filter(|names| !names.is_empty()).map(Object::to_ref);
        Ok(MethodCaller { name, values, keywords })
    }

    /// The signature of the call, for instances (`inspect.signature`).
    #[getter]
    fn __text_signature__(&self) -> &'static str {
        "(obj, /)"
    }

    fn __call__(&self, vm: &mut Vm, args: Args<'_>) -> PyResult {
        let operand = only_operand(vm, "methodcaller", args)?;
        let (method, takes_self) = vm.get_method(&operand, &self.name)?;
        let args = Args::with_keywords(self.values.as_slice(), self.keywords.as_deref());
        match takes_self {
            true => args.with_first(&operand, |args| vm.call_args(&method, args)),
            false => vm.call_args(&method, args),
        }
    }

    fn __repr__(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        vm.container_repr(&this.as_value(), "operator.methodcaller(...)", |vm| {
            let name = Value::from(this.name.clone());
            let mut items = std::iter::once(&name).chain(&this.values.as_slice()[..this.positional()]);
            let mut text = vm.repr_items(("operator.methodcaller(", ""), |_| items.next().cloned())?;
            let names = this.keywords.iter().flat_map(|names| names.as_slice());
            for (name, value) in names.zip(&this.values.as_slice()[this.positional()..]) {
                let (name, value) = (vm.str(name)?, vm.repr(value)?);
                text.push_str(", ");
                text.push_view(name.view());
                text.push_str("=");
                text.push_view(value.view());
            }
            text.push_str(")");
            Ok(text)
        })
    }

    /// Return state information for pickling
    fn __reduce__(&self, vm: &mut Vm) -> PyResult<(Value, Ref<Tuple>)> {
        let class = MethodCaller::type_object().to_value();
        let positional = &self.values.as_slice()[..self.positional()];
        let Some(keywords) = &self.keywords else {
            let items: Vec<Value> = std::iter::once(self.name.clone().into()).chain(positional.iter().cloned()).collect();
            return Ok((class, vm.try_tuple(items)?));
        };
        // With keywords it is made again by a partial that has them.
        let name = vm.intern("partial");
        let partial = vm.import_attr("functools", &name)?;
        let fixed: Vec<Value> = [class, self.name.clone().into()]
            .into_iter()
            .chain(self.values.as_slice()[self.positional()..].iter().cloned())
            .collect();
        let constructor = vm.call_args(&partial, Args::with_keywords(&fixed, Some(keywords)))?;
        Ok((constructor, vm.try_tuple(positional.to_vec())?))
    }
}
