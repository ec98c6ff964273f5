//! The order in which a class and its bases are searched: C3 (<https://www.python.org/download/releases/2.3/mro/>).

use super::{PyClass, Type, layout};
use crate::Vm;
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::names;
use crate::tuple::Tuple;

/// The order of a class, by way of its metaclass's `mro` where that is not `type`'s own.
pub(super) fn resolve(vm: &mut Vm, class: &Ref<Type>) -> PyResult<Ref<Tuple>> {
    if std::ptr::eq(class.ty(), Type::type_object()) || !overrides_mro(vm, class) {
        let order = c3(vm, class)?;
        return Ok(vm.new_tuple(order));
    }
    let class_value: Value = class.clone().into();
    let Some(result) = vm.call_special(&class_value, &names::mro, &[])? else {
        let order = c3(vm, class)?;
        return Ok(vm.new_tuple(order));
    };
    let items: Vec<Value> = vm.collect_items(&result)?.into_iter().collect();
    if items.is_empty() {
        return Err(vm.type_error(format_args!("type MRO must not be empty")));
    }
    for item in &items {
        let Some(base) = item.downcast::<Type>() else {
            let kind = vm.type_name(item);
            return Err(vm.type_error(format_args!("mro() returned a non-class ('{kind}')")));
        };
        if !layout::extends_solid(vm, class, base) {
            let name = base.name();
            return Err(vm.type_error(format_args!("mro() returned base with unsuitable layout ('{name}')")));
        }
    }
    // Changes of a class that is no base do not reach this one, so nothing found by such an order may be remembered.
    if items.iter().any(|item| item.downcast::<Type>().is_some_and(|base| !is_base(vm, class, base))) {
        class.never_cache();
    }
    Ok(vm.new_tuple(items))
}

/// Whether one class is another or among its bases, however far up, whatever their orders say.
fn is_base(vm: &Vm, class: &Object<Type>, base: &Object<Type>) -> bool {
    let mut waiting: Vec<Value> = vec![class.to_value()];
    let mut seen: Vec<Value> = Vec::new();
    while let Some(next) = waiting.pop() {
        let Some(class) = next.downcast::<Type>() else { continue };
        if std::ptr::eq(class, base) {
            return true;
        }
        if !seen.iter().any(|known| known.is(&next)) {
            waiting.extend(class.bases(vm).as_slice().iter().cloned());
            seen.push(next);
        }
    }
    false
}

fn overrides_mro(vm: &Vm, class: &Object<Type>) -> bool {
    let metaclass = class.ty();
    match metaclass.lookup_where(&names::mro, vm) {
        Some((owner, _)) => !std::ptr::eq(owner, Type::type_object()),
        None => false,
    }
}

/// The C3 linearisation.
pub(crate) fn c3(vm: &mut Vm, class: &Object<Type>) -> PyResult<Vec<Value>> {
    let bases = class.bases(vm);
    for (index, base) in bases.as_slice().iter().enumerate() {
        if bases.as_slice()[..index].iter().any(|known| known.is(base)) {
            let name = base.downcast::<Type>().map(|base| base.short_name().to_owned()).unwrap_or_default();
            return Err(vm.type_error(format_args!("duplicate base class {name}")));
        }
    }
    if let [base] = bases.as_slice() {
        let base = base.downcast::<Type>().expect("bases are classes");
        return Ok(std::iter::once(class.to_value()).chain(base.mro(vm).as_slice().iter().cloned()).collect());
    }
    let mut lists: Vec<Vec<Value>> = Vec::with_capacity(bases.len() + 1);
    for base in bases.as_slice() {
        let base = base.downcast::<Type>().expect("bases are classes");
        lists.push(base.mro(vm).as_slice().to_vec());
    }
    lists.push(bases.as_slice().to_vec());
    let mut order = vec![class.to_value()];
    let mut at = vec![0; lists.len()];
    loop {
        let mut candidates = (0..lists.len()).filter(|&list| at[list] < lists[list].len()).peekable();
        if candidates.peek().is_none() {
            return Ok(order);
        }
        let in_a_tail =
            |value: &Value| lists.iter().zip(&at).any(|(list, &at)| list.iter().skip(at + 1).any(|other| other.is(value)));
        let Some(next) = candidates.map(|list| lists[list][at[list]].clone()).find(|value| !in_a_tail(value)) else {
            return Err(conflict(vm, &lists, &at));
        };
        for (list, at) in lists.iter().zip(&mut at) {
            if list.get(*at).is_some_and(|value| value.is(&next)) {
                *at += 1;
            }
        }
        order.push(next);
    }
}

fn conflict(vm: &mut Vm, lists: &[Vec<Value>], at: &[usize]) -> crate::errors::Raised {
    let mut heads: Vec<&Value> = Vec::new();
    for (list, &at) in lists.iter().zip(at) {
        if let Some(head) = list.get(at)
            && !heads.iter().any(|known| known.is(head))
        {
            heads.push(head);
        }
    }
    let names: Vec<&str> = heads.iter().filter_map(|head| head.downcast::<Type>().map(|class| class.short_name())).collect();
    let names = names.join(", ");
    vm.type_error(format_args!("Cannot create a consistent method resolution order (MRO) for bases {names}"))
}
