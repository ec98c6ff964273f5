//! Splitting exception groups by a condition, and what `except*` raises at its end (PEP 654).

use super::{BaseException, BaseExceptionGroup};
use crate::core::object::Object;
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::tuple::Tuple;
use crate::types::Type;
use crate::{Vm, names};

/// Which exceptions a split takes.
pub(super) enum Matcher {
    /// Instances of a class or of one of several.
    Class(Value),
    /// Those for which a callable says so.
    Predicate(Value),
    /// These leaves, by address.
    Leaves(Vec<u64>),
}

/// What a split gives.
pub(super) struct Parts {
    pub matching: Option<Value>,
    pub rest: Option<Value>,
}

impl Matcher {
    /// The condition that a program has given.
    pub(super) fn of(vm: &mut Vm, value: &Value) -> PyResult<Matcher> {
        if value.ty().slots().call().is_some() && !value.is_instance_of::<Type>() {
            return Ok(Matcher::Predicate(value.clone()));
        }
        let classes = value.downcast_exact::<Tuple>();
        if value.is_exception_class() || classes.is_some_and(|classes| classes.as_slice().iter().all(Value::is_exception_class)) {
            return Ok(Matcher::Class(value.clone()));
        }
        Err(vm.type_error(format_args!(
            "expected an exception type, a tuple of exception types, or a callable (other than a class)"
        )))
    }

    fn takes(&self, vm: &mut Vm, exception: &Value) -> PyResult<bool> {
        match self {
            Matcher::Class(classes) => Ok(vm.exception_matches(exception, classes)),
            Matcher::Predicate(predicate) => {
                let result = vm.call(predicate, std::slice::from_ref(exception))?;
                vm.truth(&result)
            }
            Matcher::Leaves(leaves) => {
                Ok(!exception.is_instance_of::<BaseExceptionGroup>() && leaves.contains(&exception.bits()))
            }
        }
    }
}

/// Splits an exception (`exceptiongroup_split_recursive`); without `with_rest` that part is not made.
pub(super) fn split(vm: &mut Vm, exception: &Value, matcher: &Matcher, with_rest: bool) -> PyResult<Parts> {
    vm.check_recursion(" in exceptiongroup_split_recursive")?;
    if matcher.takes(vm, exception)? {
        return Ok(Parts { matching: Some(exception.clone()), rest: None });
    }
    let Some(group) = exception.downcast::<BaseExceptionGroup>() else {
        return Ok(Parts { matching: None, rest: with_rest.then(|| exception.clone()) });
    };
    let (mut matching, mut rest) = (Vec::new(), Vec::new());
    for item in group.exceptions(vm).as_slice() {
        let parts = split(vm, item, matcher, with_rest)?;
        matching.extend(parts.matching);
        rest.extend(parts.rest);
    }
    Ok(Parts { matching: subset(vm, group, matching)?, rest: subset(vm, group, rest)? })
}

/// A group of some of a group's exceptions, with what else is known of it; `None` for none (`exceptiongroup_subset`).
fn subset(vm: &mut Vm, group: &Object<BaseExceptionGroup>, exceptions: Vec<Value>) -> PyResult<Option<Value>> {
    if exceptions.is_empty() {
        return Ok(None);
    }
    let original = group.to_value();
    let list = vm.try_list(exceptions)?;
    let derive = vm.intern("derive");
    let derived = vm.call_method(&original, &derive, &[list.into()])?;
    if !derived.is_instance_of::<BaseExceptionGroup>() {
        return Err(vm.type_error(format_args!("derive must return an instance of BaseExceptionGroup")));
    }
    let (from, to) = (exception(&original), exception(&derived));
    let (traceback, context, cause) = (from.traceback(vm), from.context(vm), from.cause(vm));
    if traceback.is_some() {
        to.set_traceback(traceback, vm);
    }
    to.set_context(context, vm);
    to.set_cause(cause, vm);
    // Notes that are no sequence are an earlier error, which is not reported here.
    if let Some(notes) = vm.find_attr(&original, &names::__notes__)?
        && notes.ty().slots().item().is_some()
    {
        let copy = vm.list_of(&notes)?;
        vm.setattr(&derived, &names::__notes__, &copy.into())?;
    }
    Ok(Some(derived))
}

fn exception(value: &Value) -> &Object<BaseException> {
    value.as_exception().expect("a group is an exception")
}

fn collect_leaves(vm: &mut Vm, exception: &Value, leaves: &mut Vec<u64>) -> PyResult<()> {
    match exception.downcast::<BaseExceptionGroup>() {
        None => leaves.push(exception.bits()),
        Some(group) => {
            vm.check_recursion(" in collect_exception_group_leaf_ids")?;
            for item in group.exceptions(vm).as_slice() {
                collect_leaves(vm, item, leaves)?;
            }
        }
    }
    Ok(())
}

/// Whether an exception that an `except*` clause left is the caught one raised again.
fn is_raised_again(vm: &Vm, left: &Value, original: &Value) -> bool {
    let (a, b) = (exception(left), exception(original));
    let same = |a: Option<Value>, b: Option<Value>| a.map(|value| value.bits()) == b.map(|value| value.bits());
    same(a.traceback(vm), b.traceback(vm))
        && same(a.cause(vm).map(Value::from), b.cause(vm).map(Value::from))
        && same(a.context(vm).map(Value::from), b.context(vm).map(Value::from))
}

impl Vm {
    /// Whether an exception is an instance of a class, or of one of a tuple of classes; other things match nothing
    /// (`PyErr_GivenExceptionMatches`).
    pub fn exception_matches(&self, exception: &Value, classes: &Value) -> bool {
        if let Some(classes) = classes.downcast::<Tuple>() {
            return classes.as_slice().iter().any(|class| self.exception_matches(exception, class));
        }
        classes.downcast::<Type>().is_some_and(|class| exception.ty().is_subclass_of(class, self))
    }

    /// Splits what was caught for an `except*` clause: what its classes match, and the rest; `None` for nothing. An
    /// exception that is no group is wrapped into one where it matches (`_PyEval_ExceptionGroupMatch`).
    pub fn split_exception_group(&mut self, caught: &Value, classes: &Value) -> PyResult<(Option<Value>, Option<Value>)> {
        if self.exception_matches(caught, classes) {
            if caught.is_instance_of::<BaseExceptionGroup>() {
                return Ok((Some(caught.clone()), None));
            }
            let only = self.new_tuple(vec![caught.clone()]);
            let wrapped = self.new_exception_group("", only.into())?;
            let traceback = exception(caught).traceback(self);
            exception(&wrapped).set_traceback(traceback, self);
            return Ok((Some(wrapped), None));
        }
        if !caught.is_instance_of::<BaseExceptionGroup>() {
            return Ok((None, Some(caught.clone())));
        }
        let method = self.intern("split");
        let parts = self.call_method(caught, &method, std::slice::from_ref(classes))?;
        let name = self.type_name(caught);
        let Some(parts) = parts.downcast_exact::<Tuple>() else {
            let kind = self.type_name(&parts);
            return Err(self.type_error(format_args!("{name}.split must return a tuple, not {kind}")));
        };
        // Longer tuples are allowed.
        let [matching, rest, ..] = parts.as_slice() else {
            let len = parts.len();
            return Err(self.type_error(format_args!("{name}.split must return a 2-tuple, got tuple of size {len}")));
        };
        let unless_none = |value: &Value| (!value.is_none()).then(|| value.clone());
        Ok((unless_none(matching), unless_none(rest)))
    }

    /// What is raised at the end of a `try` with `except*`: of the exceptions its clauses left (`None` among them), those
    /// raised again in the structure of the original, and new ones beside them (`_PyExc_PrepReraiseStar`).
    pub fn prepare_reraise_star(&mut self, original: &Value, left: &[Value]) -> PyResult<Option<Value>> {
        if !original.is_instance_of::<BaseExceptionGroup>() {
            return Ok(left.first().filter(|exception| !exception.is_none()).cloned());
        }
        let (mut leaves, mut raised) = (Vec::new(), Vec::new());
        for exception in left.iter().filter(|exception| !exception.is_none()) {
            match is_raised_again(self, exception, original) {
                true => collect_leaves(self, exception, &mut leaves)?,
                false => raised.push(exception.clone()),
            }
        }
        let again = split(self, original, &Matcher::Leaves(leaves), false)?.matching;
        if raised.is_empty() {
            return Ok(again);
        }
        raised.extend(again);
        if let [only] = &raised[..] {
            return Ok(Some(only.clone()));
        }
        let list = self.try_list(raised)?;
        self.new_exception_group("", list.into()).map(Some)
    }
}
