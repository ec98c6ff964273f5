//! `_thread._local`: attributes that each thread has for itself (CPython's `_threadmodule.c`).

use pvm_macros::{pyclass, pymethods};
use pvm_object::arguments::Keywords;
use pvm_object::dict::Dict;
use pvm_object::str::Str;
use pvm_object::tuple::Tuple;
use pvm_object::types::slots::SlotId;
use pvm_object::types::{OBJECT_TYPE, Type};
use pvm_object::weakref::{WEAKREF_TYPE, WeakRef};
use pvm_object::{Args, HeapCell, Object, PyResult, Ref, Value, Vm, names};

use crate::thread::extension;

/// Thread-local data
#[pyclass(name = "_local", module = "_thread", weakref)]
pub struct Local {
    args: Ref<Tuple>,
    keywords: Ref<Dict>,
    /// The attributes of each thread, by the thread's number.
    dicts: HeapCell<Vec<(u64, Ref<Dict>)>>,
}

impl Local {
    /// Forgets what a thread has, at its end.
    pub(super) fn forget(&self, vm: &mut Vm, thread: u64) {
        let dicts = self.dicts.borrow_mut(vm);
        let gone = dicts.iter().position(|(number, _)| *number == thread).map(|place| dicts.swap_remove(place));
        if let Some((_, dict)) = gone {
            vm.release(dict.into());
        }
    }
}

fn has_initializer(class: &Object<Type>) -> bool {
    !class.slots().same(OBJECT_TYPE.slots(), SlotId::Init)
}

/// The attributes of the running thread; made, and `__init__` called, where it asks for the first time.
fn attributes(vm: &mut Vm, this: &Object<Local>) -> PyResult<Ref<Dict>> {
    let thread = extension(vm).number;
    let known = this.dicts.borrow(vm).iter().find(|(number, _)| *number == thread);
    if let Some((_, dict)) = known {
        return Ok(dict.clone());
    }
    let dict = vm.new_dict();
    this.dicts.borrow_mut(vm).push((thread, dict.clone()));
    let weak = vm.new_weak_reference(WEAKREF_TYPE.get(), &this.as_value(), None)?;
    extension(vm).add_local(weak);
    if has_initializer(this.ty()) {
        let class = this.ty().to_value();
        let initialise = vm.getattr(&class, &names::__init__)?;
        let mut values = vec![this.to_value()];
        values.extend_from_slice(this.args.as_slice());
        let keywords = this.keywords.str_items(vm);
        let names: Vec<Value> = keywords.iter().map(|(name, _)| name.clone().into()).collect();
        values.extend(keywords.into_iter().map(|(_, value)| value));
        let names = vm.new_tuple(names);
        let result = vm.call_args(&initialise, Args::with_keywords(&values, Some(&names)));
        if let Err(raised) = result {
            let pending = vm.catch(raised);
            this.forget(vm, thread);
            return Err(vm.reraise(pending));
        }
    }
    Ok(dict)
}

#[pymethods]
impl Local {
    #[new]
    #[signature = "(*args, **kwargs)"]
    #[text_signature = "()"]
    fn new(vm: &mut Vm, cls: &Object<Type>, args: Args<'_>, kwargs: Keywords<'_>) -> PyResult {
        if !has_initializer(cls) && (!args.is_empty() || !kwargs.is_empty()) {
            return Err(vm.type_error(format_args!("Initialization arguments are not supported")));
        }
        let keywords = kwargs.to_dict(vm)?;
        let args = vm.new_tuple(args.iter().map(|value| value.to_owned()).collect());
        let local = vm.alloc_as(cls, Local { args, keywords, dicts: HeapCell::new(Vec::new()) });
        // The thread that makes it calls `__init__` the usual way.
        let dict = vm.new_dict();
        let thread = extension(vm).number;
        local.dicts.borrow_mut(vm).push((thread, dict));
        let weak: Ref<WeakRef> = vm.new_weak_reference(WEAKREF_TYPE.get(), &local.as_value(), None)?;
        extension(vm).add_local(weak);
        Ok(local.into())
    }

    /// `object.__getattribute__` with the thread's attributes (`_PyObject_GenericGetAttrWithDict`).
    fn __getattribute__(this: &Object<Self>, vm: &mut Vm, name: &Object<Str>) -> PyResult {
        let dict = attributes(vm, this)?;
        if name.is_str("__dict__") {
            return Ok(dict.into());
        }
        let (object, class) = (this.as_value(), this.ty().to_value());
        let found = this.ty().lookup(name, vm).map(|value| value.to_owned());
        let getter = found.as_ref().and_then(|found| found.ty().slots().descr_get());
        if let (Some(descriptor), Some(get)) = (&found, getter)
            && descriptor.ty().slots().descr_set().is_some()
        {
            return get(vm, descriptor, Some(&object), Some(&class));
        }
        if let Some(value) = dict.get_str(name, vm) {
            return Ok(value);
        }
        match (found, getter) {
            (Some(descriptor), Some(get)) => get(vm, &descriptor, Some(&object), Some(&class)),
            (Some(value), None) => Ok(value),
            (None, _) => Err(vm.no_attribute(&object, name)),
        }
    }

    /// `object.__setattr__` and `__delattr__` with the thread's attributes.
    #[slot(setattr)]
    fn change(this: &Object<Self>, vm: &mut Vm, name: &Object<Str>, value: Option<&Value>) -> PyResult<()> {
        let dict = attributes(vm, this)?;
        let object = this.as_value();
        if name.is_str("__dict__") {
            let kind = this.ty().full_qualname(vm);
            return Err(vm.attribute_error_on(&object, name, format_args!("'{kind}' object attribute '__dict__' is read-only")));
        }
        let found = this.ty().lookup(name, vm).map(|value| value.to_owned());
        if let Some(descriptor) = &found
            && let Some(set) = descriptor.ty().slots().descr_set()
        {
            return set(vm, descriptor, &object, value);
        }
        match value {
            Some(value) => {
                let name = vm.intern_str(name);
                dict.set_str(&name, value.clone(), vm)
            }
            None => match dict.remove_str(name, vm) {
                Some(old) => {
                    vm.release(old);
                    Ok(())
                }
                None => Err(vm.no_attribute(&object, name)),
            },
        }
    }
}
