//! `FrameLocalsProxy`: the variables of a function's frame as a mapping that writes through (PEP 667).

use pvm_bytecode::flags::{CO_FAST_CELL, CO_FAST_FREE, CO_FAST_HIDDEN, CO_OPTIMIZED};
use pvm_macros::{pyclass, pymethods};
use pvm_object::cell::Cell;
use pvm_object::dict::Dict;
use pvm_object::ops::CompareOp;
use pvm_object::str::Str;
use pvm_object::types::Type;
use pvm_object::{Args, Object, PyResult, Ref, Value, Vm};

use crate::frame_object::FrameObject;

/// The variables of a frame as a mapping.
#[pyclass(name = "FrameLocalsProxy", mapping, final)]
pub struct FrameLocalsProxy {
    frame: Ref<FrameObject>,
}

fn kind(frame: &Object<FrameObject>, index: usize) -> u8 {
    frame.code().raw.localspluskinds[index]
}

/// The cell that a variable lies in, if it does.
fn cell_of(frame: &Object<FrameObject>, index: usize, content: &Value) -> Option<Ref<Cell>> {
    let in_cell = kind(frame, index) & (CO_FAST_CELL | CO_FAST_FREE) != 0;
    content.downcast::<Cell>().filter(|_| in_cell).map(|cell| cell.to_ref())
}

/// The value of a variable, if it is bound.
fn value_of(vm: &mut Vm, frame: &Object<FrameObject>, index: usize) -> Option<Value> {
    let content = frame.variable(index)?;
    match cell_of(frame, index, &content) {
        Some(cell) => cell.get(vm),
        None => Some(content),
    }
}

/// The variables that are bound, by name.
fn variables(vm: &mut Vm, frame: &Object<FrameObject>) -> Vec<(Ref<Str>, Value)> {
    let code = frame.code().to_ref();
    let bound = code.locals.iter().enumerate();
    bound.filter_map(|(index, name)| Some((name.clone(), value_of(vm, frame, index)?))).collect()
}

/// Whether the frame has names for its variables only: a function's, or one inside an inlined comprehension.
fn has_own_variables(vm: &mut Vm, frame: &Object<FrameObject>) -> bool {
    if frame.code().raw.flags & CO_OPTIMIZED != 0 {
        return true;
    }
    let count = frame.code().locals.len();
    (0..count).any(|index| kind(frame, index) & CO_FAST_HIDDEN != 0 && value_of(vm, frame, index).is_some())
}

/// `f_locals`: the namespace of a module or class body itself, a proxy for a function's.
pub(crate) fn mapping(vm: &mut Vm, frame: &Object<FrameObject>) -> PyResult {
    if !has_own_variables(vm, frame)
        && let Some(running) = frame.frame()
    {
        // SAFETY: the frame is live or its memory the object's.
        if let Some(namespace) = unsafe { (*running).namespace() } {
            return Ok(namespace.to_owned());
        }
    }
    Ok(vm.alloc(FrameLocalsProxy { frame: frame.to_ref() }).into())
}

/// `locals()`: the namespace of a module or class body itself, a dict of a function's variables.
pub(crate) fn snapshot(vm: &mut Vm, frame: &Object<FrameObject>) -> PyResult {
    let mapping = mapping(vm, frame)?;
    match mapping.downcast::<FrameLocalsProxy>() {
        Some(proxy) => Ok(proxy.to_dict(vm)?.into()),
        None => Ok(mapping),
    }
}

impl FrameLocalsProxy {
    /// A dict of what is bound (`PyDict_Update(dict, proxy)`).
    fn to_dict(&self, vm: &mut Vm) -> PyResult<Ref<Dict>> {
        let dict = vm.new_dict();
        for (name, value) in variables(vm, &self.frame) {
            dict.set_str(&name, value, vm)?;
        }
        if let Some(extra) = self.frame.extra.get(vm) {
            dict.merge(&extra, true, vm)?;
        }
        Ok(dict)
    }

    /// The variable that a key names, one that is bound if `bound`, else one that may be written
    /// (`framelocalsproxy_getkeyindex`).
    fn index_of(&self, vm: &mut Vm, key: &Value, bound: bool) -> PyResult<Option<usize>> {
        let hash = vm.hash(key)?;
        let code = self.frame.code().to_ref();
        for (index, name) in code.locals.iter().enumerate() {
            let name = name.to_value();
            let same = name.is(key) || vm.hash(&name)? == hash && vm.eq(&name, key)?;
            let fits = same
                && match bound {
                    true => value_of(vm, &self.frame, index).is_some(),
                    false => kind(&self.frame, index) & CO_FAST_HIDDEN == 0,
                };
            if fits {
                return Ok(Some(index));
            }
        }
        Ok(None)
    }

    fn find(&self, vm: &mut Vm, key: &Value) -> PyResult<Option<Value>> {
        if let Some(index) = self.index_of(vm, key, true)? {
            return Ok(value_of(vm, &self.frame, index));
        }
        match self.frame.extra.get(vm) {
            Some(extra) => extra.get(key, vm),
            None => Ok(None),
        }
    }

    fn extra(&self, vm: &mut Vm) -> Ref<Dict> {
        if let Some(extra) = self.frame.extra.get(vm) {
            return extra;
        }
        let extra = vm.new_dict();
        self.frame.extra.set(Some(extra.clone()), vm);
        extra
    }

    fn set(&self, vm: &mut Vm, key: &Value, value: &Value) -> PyResult<()> {
        let Some(index) = self.index_of(vm, key, false)? else {
            return self.extra(vm).set(key, value.clone(), vm);
        };
        match self.frame.variable(index).and_then(|content| cell_of(&self.frame, index, &content)) {
            Some(cell) => {
                let old = cell.replace(Some(value.clone()), vm);
                if let Some(old) = old {
                    vm.release(old);
                }
                Ok(())
            }
            None => self.frame.set_variable(vm, index, value.clone()),
        }
    }

    fn merge(&self, vm: &mut Vm, other: &Value) -> PyResult<()> {
        for key in vm.mapping_keys(other)? {
            let value = vm.getitem(other, &key)?;
            self.set(vm, &key, &value)?;
        }
        Ok(())
    }

    fn as_list(&self, vm: &mut Vm, part: fn(Value, Value, &mut Vm) -> Value) -> PyResult {
        let dict = self.to_dict(vm)?;
        let pairs: Vec<(Value, Value)> = dict.entries(vm).map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
        let items: Vec<Value> = pairs.into_iter().map(|(key, value)| part(key, value, vm)).collect();
        Ok(vm.try_list(items)?.into())
    }

    fn cannot_remove(vm: &mut Vm) -> pvm_object::Raised {
        vm.value_error(format_args!("cannot remove local variables from FrameLocalsProxy"))
    }
}

fn is_dict_like(value: &Value) -> bool {
    value.is_instance_of::<Dict>() || value.is_instance_of::<FrameLocalsProxy>()
}

#[pymethods]
impl FrameLocalsProxy {
    #[new]
    fn new(vm: &mut Vm, _cls: &Object<Type>, args: Args<'_>) -> PyResult<FrameLocalsProxy> {
        if args.has_keywords() {
            return Err(vm.type_error(format_args!("FrameLocalsProxy takes no keyword arguments")));
        }
        if args.len() != 1 {
            let count = args.len();
            return Err(vm.type_error(format_args!("FrameLocalsProxy expected 1 argument, got {count}")));
        }
        match args.get(0).and_then(|frame| frame.to_owned().downcast_into::<FrameObject>().ok()) {
            Some(frame) => Ok(FrameLocalsProxy { frame }),
            None => {
                let kind = args.get(0).map(|frame| vm.type_name(&frame)).unwrap_or_default();
                Err(vm.type_error(format_args!("expect frame, not {kind}")))
            }
        }
    }

    fn __repr__(&self, vm: &mut Vm) -> PyResult {
        let address = std::ptr::from_ref(self) as usize;
        if !vm.thread().enter_repr(address) {
            return Ok(vm.new_str("{...}").into());
        }
        let shown = self.to_dict(vm).and_then(|dict| vm.repr(&dict.into()));
        vm.thread().leave_repr(address);
        Ok(shown?.into())
    }

    fn __richcompare__(&self, vm: &mut Vm, other: &Value, op: CompareOp) -> PyResult {
        let same = match other.downcast::<FrameLocalsProxy>() {
            Some(other) => std::ptr::eq(&*self.frame, &*other.frame),
            None if other.is_instance_of::<Dict>() => {
                let dict = self.to_dict(vm)?.into();
                return vm.rich_compare(&dict, other, op);
            }
            None => return Ok(Value::not_implemented()),
        };
        Ok(match op {
            CompareOp::Eq => Value::from_bool(same),
            CompareOp::Ne => Value::from_bool(!same),
            _ => Value::not_implemented(),
        })
    }

    fn __iter__(&self, vm: &mut Vm) -> PyResult {
        let keys = self.keys(vm)?;
        vm.iter(&keys)
    }

    fn __reversed__(&self, vm: &mut Vm) -> PyResult {
        let keys = self.keys(vm)?;
        let reverse = vm.intern("reverse");
        vm.call_method(&keys, &reverse, &[])?;
        Ok(keys)
    }

    fn __len__(&self, vm: &mut Vm) -> PyResult<usize> {
        Ok(self.to_dict(vm)?.len(vm))
    }

    fn __getitem__(&self, vm: &mut Vm, key: &Value) -> PyResult {
        match self.find(vm, key)? {
            Some(value) => Ok(value),
            None => {
                let shown = vm.repr(key)?;
                let message = vm.new_str(&format!("local variable '{shown}' is not defined")).into();
                Err(vm.key_error(&message))
            }
        }
    }

    fn __setitem__(&self, vm: &mut Vm, key: &Value, value: &Value) -> PyResult<()> {
        self.set(vm, key, value)
    }

    fn __delitem__(&self, vm: &mut Vm, key: &Value) -> PyResult<()> {
        if self.index_of(vm, key, false)?.is_some() {
            return Err(FrameLocalsProxy::cannot_remove(vm));
        }
        let extra = self.extra(vm).into();
        vm.delitem(&extra, key)
    }

    fn __contains__(&self, vm: &mut Vm, key: &Value) -> PyResult<bool> {
        Ok(self.find(vm, key)?.is_some())
    }

    fn __or__(vm: &mut Vm, left: &Value, right: &Value) -> PyResult {
        if !is_dict_like(left) || !is_dict_like(right) {
            return Ok(Value::not_implemented());
        }
        let dict = vm.new_dict();
        for part in [left, right] {
            let part = match part.downcast::<FrameLocalsProxy>() {
                Some(proxy) => proxy.to_dict(vm)?,
                None => part.downcast::<Dict>().expect("checked").to_ref(),
            };
            dict.merge(&part, true, vm)?;
        }
        Ok(dict.into())
    }

    fn __ior__(this: &Object<Self>, vm: &mut Vm, other: &Value) -> PyResult {
        if !is_dict_like(other) {
            return Ok(Value::not_implemented());
        }
        this.merge(vm, other)?;
        Ok(this.to_value())
    }

    fn update(&self, vm: &mut Vm, object: &Value) -> PyResult<()> {
        if !is_dict_like(object) {
            return Err(vm.type_error(format_args!("update() argument must be dict or another FrameLocalsProxy")));
        }
        self.merge(vm, object)
    }

    fn copy(&self, vm: &mut Vm) -> PyResult<Ref<Dict>> {
        self.to_dict(vm)
    }

    fn keys(&self, vm: &mut Vm) -> PyResult {
        self.as_list(vm, |key, _, _| key)
    }

    fn values(&self, vm: &mut Vm) -> PyResult {
        self.as_list(vm, |_, value, _| value)
    }

    fn items(&self, vm: &mut Vm) -> PyResult {
        self.as_list(vm, |key, value, vm| vm.new_tuple(vec![key, value]).into())
    }

    #[signature = "(key, default=None, /)"]
    #[text_signature = ""]
    fn get(&self, vm: &mut Vm, key: &Value, default: Option<Value>) -> PyResult {
        Ok(self.find(vm, key)?.or(default).unwrap_or_else(Value::none))
    }

    #[signature = "(key, default=<unrepresentable>, /)"]
    #[text_signature = ""]
    fn pop(&self, vm: &mut Vm, key: &Value, default: Option<Value>) -> PyResult {
        if self.index_of(vm, key, false)?.is_some() {
            return Err(FrameLocalsProxy::cannot_remove(vm));
        }
        match self.find(vm, key)? {
            Some(value) => {
                let extra = self.extra(vm).into();
                vm.delitem(&extra, key)?;
                Ok(value)
            }
            None => default.ok_or_else(|| vm.key_error(key)),
        }
    }

    #[signature = "(key, default=None, /)"]
    #[text_signature = ""]
    fn setdefault(&self, vm: &mut Vm, key: &Value, default: Option<Value>) -> PyResult {
        if let Some(value) = self.find(vm, key)? {
            return Ok(value);
        }
        let value = default.unwrap_or_else(Value::none);
        self.set(vm, key, &value)?;
        Ok(value)
    }
}
