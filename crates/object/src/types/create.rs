//! Making classes: `type.__new__` (CPython's `type_new`), and `__new__` of static classes.

use super::layout::{self, BaseLayout};
use super::state::TypeState;
use super::{PyClass, Type, mro, type_flag};
use crate::core::object::{Object, Ref};
use crate::core::slot::Args;
use crate::core::value::Value;
use crate::descriptors::builtin_function::NativeFunction;
use crate::dict::Dict;
use crate::errors::PyResult;
use crate::function::Function;
use crate::native::{DirectEntries, Effects, MethodDef, MethodKind};
use crate::str::Str;
use crate::tuple::Tuple;
use crate::types::slots::NewFn;
use crate::{Vm, exceptions, names};

/// `__new__` of static classes: bound to the class, takes the class to make an instance of (`tp_new_wrapper`).
pub(crate) static NEW: MethodDef = MethodDef {
    name: "__new__",
    doc: Some("__new__($type, *args, **kwargs)\n--\n\nCreate and return a new object.  See help(type) for accurate signature."),
    kind: MethodKind::Static,
    call: new_of_static,
    direct: DirectEntries { zero: None, one: None, two: None },
    effects: Effects::Anything,
};

/// The class whose `__new__` a value is, where it is the `__new__` of a static class.
pub(crate) fn static_new_owner(value: &Value) -> Option<&Object<Type>> {
    let function = value.downcast::<NativeFunction>()?;
    std::ptr::eq(function.def(), &NEW).then(|| function.receiver().downcast::<Type>())?
}

fn new_of_static(vm: &mut Vm, this: &Value, args: Args<'_>) -> PyResult {
    let owner = this.downcast::<Type>().expect("`__new__` is bound to its class");
    let owner_name = owner.name();
    let Some(first) = args.get(0) else {
        return Err(vm.type_error(format_args!("{owner_name}.__new__(): not enough arguments")));
    };
    let Some(class) = first.downcast_ref::<Type>() else {
        let got = vm.type_name(&first);
        return Err(vm.type_error(format_args!("{owner_name}.__new__(X): X is not a type object ({got})")));
    };
    let class_name = class.name();
    if !class.is_subclass_of(owner, vm) {
        return Err(
            vm.type_error(format_args!("{owner_name}.__new__({class_name}): {class_name} is not a subtype of {owner_name}"))
        );
    }
    let native = native_base(class, vm);
    if native.has_flags(type_flag::DISALLOW_INSTANTIATION) {
        let name = class.full_name(vm);
        return Err(vm.type_error(format_args!("cannot create '{name}' instances")));
    }
    if native.slots().new_instance().map(|new| new as usize) != owner.slots().new_instance().map(|new| new as usize) {
        let safe = native.name();
        return Err(vm.type_error(format_args!("{owner_name}.__new__({class_name}) is not safe, use {safe}.__new__()")));
    }
    let new = owner.slots().new_instance().expect("a class with `__new__` has the slot");
    new(vm, class, args.skip(1))
}

/// The most derived static class that a class extends.
fn native_base(class: &Object<Type>, vm: &Vm) -> Ref<Type> {
    let mut next = class.to_ref();
    while next.is_heap_type() {
        next = next.base(vm).expect("a class made at run time has a base");
    }
    next
}

/// `type.__call__`: makes an instance and initialises it.
pub(crate) fn type_call(vm: &mut Vm, this: &Value, args: Args<'_>) -> PyResult {
    let class = this.downcast::<Type>().expect("the slot belongs to classes");
    if std::ptr::eq(class, Type::type_object()) {
        if let (Some(only), 1, false) = (args.get(0), args.len(), args.has_keywords()) {
            return Ok(only.ty().to_value());
        }
        if args.len() != 3 && !args.has_keywords() || args.len() != 3 {
            return Err(vm.type_error(format_args!("type() takes 1 or 3 arguments")));
        }
    }
    vm.make_instance(class, args)
}

impl Vm {
    /// An instance of a class other than `type`, made by the class's `__new__` and initialised: what `type.__call__` does.
    #[inline]
    pub fn make_instance(&mut self, class: &Object<Type>, args: Args<'_>) -> PyResult {
        if class.shape() == 0 {
            class.ready();
        }
        let new = class.slots().new_instance().filter(|_| !class.has_flags(type_flag::DISALLOW_INSTANTIATION));
        let Some(new) = new else {
            let name = class.full_name(self);
            return Err(self.type_error(format_args!("cannot create '{name}' instances")));
        };
        let instance = new(self, class, args)?;
        if !instance.ty().is_subclass_of(class, self) {
            return Ok(instance);
        }
        if let Some(init) = instance.ty().slots().init() {
            init(self, &instance, args)?;
        }
        Ok(instance)
    }
}

/// The metaclass of a class with these bases: the most derived one (`_PyType_CalculateMetaclass`).
pub fn calculate_metaclass(vm: &mut Vm, metaclass: &Object<Type>, bases: &Object<Tuple>) -> PyResult<Ref<Type>> {
    let mut winner = metaclass.to_ref();
    for base in bases.as_slice() {
        let candidate = base.ty();
        if winner.is_subclass_of(candidate, vm) {
            continue;
        }
        if candidate.is_subclass_of(&winner, vm) {
            winner = candidate.to_ref();
            continue;
        }
        return Err(vm.type_error(format_args!(
            "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases"
        )));
    }
    Ok(winner)
}

fn arguments<'a>(vm: &mut Vm, args: Args<'a>) -> PyResult<(&'a Object<Str>, &'a Object<Tuple>, &'a Object<Dict>)> {
    if args.len() != 3 {
        return Err(vm.type_error(format_args!("type.__new__() takes exactly 3 arguments ({} given)", args.len())));
    }
    let expected = |vm: &mut Vm, index: usize, kind: &str| {
        let got = args.get(index).map(|value| vm.type_name(&value)).unwrap_or_default();
        vm.type_error(format_args!("type.__new__() argument {} must be {kind}, not {got}", index + 1))
    };
    let Some(name) = args.get(0).and_then(|name| name.downcast_ref::<Str>()) else { return Err(expected(vm, 0, "str")) };
    let Some(bases) = args.get(1).and_then(|bases| bases.downcast_ref::<Tuple>()) else { return Err(expected(vm, 1, "tuple")) };
    let Some(namespace) = args.get(2).and_then(|dict| dict.downcast_ref::<Dict>()) else { return Err(expected(vm, 2, "dict")) };
    Ok((name, bases, namespace))
}

/// `type.__new__(metaclass, name, bases, namespace, **kwargs)`.
pub(crate) fn type_new(vm: &mut Vm, metaclass: &Object<Type>, args: Args<'_>) -> PyResult {
    let (name, bases, namespace) = arguments(vm, args)?;
    let mut metaclass = metaclass.to_ref();
    let bases = if bases.is_empty() {
        vm.new_tuple(vec![super::OBJECT_TYPE.to_value()])
    } else {
        refuse_mro_entries(vm, bases)?;
        let winner = calculate_metaclass(vm, &metaclass, bases)?;
        if !std::ptr::eq(&*winner, &*metaclass) {
            let new = winner.slots().new_instance();
            if let Some(new) = new.filter(|&new| !std::ptr::fn_addr_eq(new, type_new as NewFn)) {
                return new(vm, &winner, args);
            }
            metaclass = winner;
        }
        if !bases.as_slice().iter().all(|base| base.is_instance_of::<Type>()) {
            return Err(vm.type_error(format_args!("bases must be types")));
        }
        bases.to_ref()
    };
    let class = build(vm, &metaclass, name, &bases, namespace)?;
    let value: Value = class.clone().into();
    set_names(vm, &class)?;
    init_subclass(vm, &class, args)?;
    Ok(value)
}

fn refuse_mro_entries(vm: &mut Vm, bases: &Object<Tuple>) -> PyResult<()> {
    for base in bases.as_slice() {
        if !base.is_instance_of::<Type>() && vm.find_attr(base, &names::__mro_entries__)?.is_some() {
            return Err(vm.type_error(format_args!("type() doesn't support MRO entry resolution; use types.new_class()")));
        }
    }
    Ok(())
}

fn build(
    vm: &mut Vm,
    metaclass: &Object<Type>,
    name: &Object<Str>,
    bases: &Object<Tuple>,
    namespace: &Object<Dict>,
) -> PyResult<Ref<Type>> {
    if name.as_str().is_none_or(|name| name.contains('\0')) {
        return Err(match name.as_str() {
            Some(_) => vm.value_error(format_args!("type name must not contain null characters")),
            None => vm.surrogates_not_allowed(name),
        });
    }
    let base = layout::best_base(vm, bases)?;
    let dict = vm.new_dict();
    dict.merge_mapping(&namespace.as_value(), true, vm)?;
    if !dict.has_only_names(vm) && dict.entries(vm).any(|(key, _)| !key.is_instance_of::<Str>()) {
        let message = format!("non-string key in the __dict__ of class {}", name.to_string_lossy());
        vm.warn(exceptions::RUNTIME_WARNING.get(), &message, 1)?;
    }
    let slots = layout::declared_slots(vm, name, &base, &dict)?;
    let qualname = match dict.remove_str(&names::__qualname__, vm) {
        None => name.to_ref(),
        Some(qualname) => match qualname.downcast_into::<Str>() {
            Ok(qualname) => qualname,
            Err(other) => {
                let kind = vm.type_name(&other);
                return Err(vm.type_error(format_args!("type __qualname__ must be a str, not {kind}")));
            }
        },
    };
    let plan = BaseLayout::plan(vm, &base, bases, &slots, &dict)?;
    if dict.get_str_ref(&names::__module__, vm).is_none()
        && let Some(module) = (vm.hooks().current_global)(vm, &names::__name__)
    {
        dict.set_str(&names::__module__, module, vm)?;
    }
    wrap_special_functions(vm, &dict)?;
    let class_cell = take_cell(vm, &dict, &names::__classcell__, "__classcell__")?;
    let class_dict_cell = take_cell(vm, &dict, &names::__classdictcell__, "__classdictcell__")?;
    let plain_name = vm.intern_str(name);
    let state =
        TypeState::new(plain_name, qualname, dict.clone(), bases.to_ref(), Some(base.clone()), crate::tuple::empty().to_ref());
    let class: Ref<Type> = vm.alloc_class(metaclass, Type::new_heap(plan.layout, state));
    if let Some(cell) = class_cell {
        cell.set(Some(class.clone().into()), vm);
    }
    if let Some(cell) = class_dict_cell {
        cell.set(Some(dict.clone().into()), vm);
    }
    for (member, offset) in plan.members {
        let descriptor = vm.new_slot_member(member.clone(), &class, offset);
        dict.set_str(&member, descriptor, vm)?;
    }
    layout::add_dict_and_weakref(vm, &class, &base, &dict)?;
    match dict.get_str(&names::__doc__, vm) {
        None => dict.set_str(&names::__doc__, Value::none(), vm)?,
        // The text is kept in UTF-8 as well (`type_new_set_doc`).
        Some(doc) => match doc.downcast::<Str>() {
            Some(doc) if doc.as_str().is_none() => return Err(vm.surrogates_not_allowed(doc)),
            _ => {}
        },
    }
    // What compares in its own way and does not hash cannot be hashed (`type_ready_set_hash`).
    if dict.get_str_ref(&names::__eq__, vm).is_some() && dict.get_str_ref(&names::__hash__, vm).is_none() {
        dict.set_str(&names::__hash__, Value::none(), vm)?;
    }
    let order = mro::resolve(vm, &class)?;
    class.set_mro(order, vm);
    class.renew_shape(vm);
    for base in bases.as_slice() {
        if let Some(base) = base.downcast::<Type>() {
            base.add_subclass(vm, &class);
        }
    }
    super::update::fill_slots(vm, &class);
    Ok(class)
}

/// `__new__` becomes a static method, `__init_subclass__` and `__class_getitem__` class methods.
fn wrap_special_functions(vm: &mut Vm, dict: &Object<Dict>) -> PyResult<()> {
    for (name, is_static) in [(&names::__new__, true), (&names::__init_subclass__, false), (&names::__class_getitem__, false)] {
        let Some(function) = dict.get_str(name, vm) else { continue };
        if function.is_instance_of::<Function>() {
            let wrapped = if is_static { vm.new_static_method(function) } else { vm.new_class_method(function) };
            dict.set_str(name, wrapped, vm)?;
        }
    }
    Ok(())
}

fn take_cell(vm: &mut Vm, dict: &Object<Dict>, name: &Object<Str>, text: &str) -> PyResult<Option<Ref<crate::cell::Cell>>> {
    let Some(cell) = dict.remove_str(name, vm) else { return Ok(None) };
    match cell.downcast_into::<crate::cell::Cell>() {
        Ok(cell) => Ok(Some(cell)),
        Err(other) => {
            let kind = vm.repr(&other.ty().to_value())?.to_string();
            Err(vm.type_error(format_args!("{text} must be a nonlocal cell, not {kind}")))
        }
    }
}

/// Tells the attributes of a new class their names (`__set_name__`).
fn set_names(vm: &mut Vm, class: &Ref<Type>) -> PyResult<()> {
    let items: Vec<_> = class.dict(vm).entries(vm).map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    for (name, value) in items {
        let Some(method) = vm.find_special(&value, &names::__set_name__)? else { continue };
        if let Err(raised) = vm.call(&method, &[class.clone().into(), name.clone()]) {
            let exception = vm.catch(raised);
            let (kind, class_name) = (vm.type_name(&value), class.name().to_owned());
            let name = vm.repr(&name)?;
            let note = format!("Error calling __set_name__ on '{kind}' instance {name} in '{class_name}'");
            vm.add_note(&exception, &note)?;
            return Err(vm.reraise(exception));
        }
    }
    Ok(())
}

/// `super(class, class).__init_subclass__(**kwargs)`.
fn init_subclass(vm: &mut Vm, class: &Ref<Type>, args: Args<'_>) -> PyResult<()> {
    let order = class.mro(vm).to_ref();
    let mut behind = order.as_slice().iter().skip_while(|base| !base.is(&class.as_value()));
    if behind.next().is_none() {
        // A metaclass's `mro` may leave the class itself out.
        let name = class.name();
        return Err(
            vm.type_error(format_args!("super(type, obj): obj (type {name}) is not an instance or subtype of type ({name})."))
        );
    }
    let found = behind.find_map(|base| base.downcast::<Type>()?.dict(vm).get_str(&names::__init_subclass__, vm));
    let Some(found) = found else { return Ok(()) };
    let class_value: Value = class.clone().into();
    let bound = match found.ty().slots().descr_get() {
        Some(get) => get(vm, &found, None, Some(&class_value))?,
        None => found,
    };
    vm.call_args(&bound, args.skip(args.len()))?;
    Ok(())
}

/// `type.__init__`: checks the arguments, does nothing.
pub(crate) fn type_init(vm: &mut Vm, _this: &Value, args: Args<'_>) -> PyResult<()> {
    if args.has_keywords() && args.len() == 1 {
        return Err(vm.type_error(format_args!("type.__init__() takes no keyword arguments")));
    }
    if args.len() != 1 && args.len() != 3 {
        return Err(vm.type_error(format_args!("type.__init__() takes 1 or 3 arguments")));
    }
    Ok(())
}

impl Vm {
    /// A new exception class or other simple class: `type(name, (base,), {})`, with the given module.
    pub fn new_class(&mut self, name: &str, base: &Object<Type>, module: &str) -> PyResult {
        let dict = self.new_dict();
        let module = self.new_str(module);
        dict.set_str(&names::__module__, module.into(), self)?;
        let (name, bases) = (self.new_str(name), self.new_tuple(vec![base.to_value()]));
        self.call(&Type::type_value(), &[name.into(), bases.into(), dict.into()])
    }
}
