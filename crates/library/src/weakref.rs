//! `_weakref`: what `weakref` does in native code. The classes are in the object layer.

#[pvm_macros::pymodule(name = "_weakref")]
pub mod native {
    //! References that do not keep their objects alive.
    use pvm_macros::pyfunction;
    use pvm_object::dict::Dict;
    use pvm_object::list::List;
    use pvm_object::weakref::{CALLABLE_PROXY_TYPE, PROXY_TYPE, WEAKREF_TYPE, WeakRef};
    use pvm_object::{Object, PyResult, Ref, Value, Vm};

    #[constant]
    fn r#ref() -> Value {
        WEAKREF_TYPE.to_value()
    }

    #[constant]
    #[name = "ReferenceType"]
    fn reference_type() -> Value {
        WEAKREF_TYPE.to_value()
    }

    #[constant]
    #[name = "ProxyType"]
    fn proxy_type() -> Value {
        PROXY_TYPE.to_value()
    }

    #[constant]
    #[name = "CallableProxyType"]
    fn callable_proxy_type() -> Value {
        CALLABLE_PROXY_TYPE.to_value()
    }

    /// How many weak references to the object there are.
    #[pyfunction]
    fn getweakrefcount(vm: &mut Vm, object: &Value) -> usize {
        vm.weak_references(object).len()
    }

    /// The weak references to the object: first those without a callback that all share, then the newest.
    #[pyfunction]
    fn getweakrefs(vm: &mut Vm, object: &Value) -> PyResult<Ref<List>> {
        let mut references = vm.weak_references(object);
        references.reverse();
        references.sort_by_key(|weak| {
            let shared = [WEAKREF_TYPE.get(), PROXY_TYPE.get(), CALLABLE_PROXY_TYPE.get()];
            let class = shared.iter().position(|class| std::ptr::eq(*class, weak.ty()));
            if weak.callback(vm).is_none() { class.unwrap_or(shared.len()) } else { shared.len() }
        });
        Ok(vm.try_list(references.into_iter().map(Value::from))?)
    }

    /// A proxy that behaves as the object does, as long as that lives.
    ///
    /// The callback, if there is one, is called with the proxy when the object is about to end.
    #[pyfunction]
    fn proxy(vm: &mut Vm, object: &Value, callback: Option<Value>) -> PyResult {
        vm.new_weak_proxy(object, callback)
    }

    /// Take a key out of a dict if its value is a weak reference whose object has ended.
    #[pyfunction]
    fn _remove_dead_weakref(vm: &mut Vm, dct: &Object<Dict>, key: &Value) -> PyResult<()> {
        let Some(known) = dct.get(key, vm)? else {
            return Ok(());
        };
        let Some(weak) = known.downcast::<WeakRef>() else {
            return Err(vm.type_error(format_args!("not a weakref")));
        };
        if weak.upgrade().is_none() {
            drop(dct.remove(key, vm)?);
        }
        Ok(())
    }
}
