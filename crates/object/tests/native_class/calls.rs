//! Calls of methods, slots and functions; results and messages are those of CPython 3.14 for functions of the same kind.

use pvm_object::exceptions::{BaseException, EXCEPTION};
use pvm_object::hooks::WITHOUT_INTERPRETER;
use pvm_object::isolate::Isolate;
use pvm_object::native::{MemberDef, MethodDef};
use pvm_object::ops::compare::CompareOp;
use pvm_object::str::Str;
use pvm_object::tuple::Tuple;
use pvm_object::{Args, PyClass, PyResult, Type, Value, Vm};

use crate::declared::{Broken, Misdeclared, Odd, STACK_ERROR_TYPE, Stack, Tower, plain, stacks};

/// Runs `body` in a fresh interpreter.
pub fn with_vm(body: fn(&mut Vm)) {
    Isolate::new(&WITHOUT_INTERPRETER).enter(body);
}

/// A value as text, as far as these tests need it.
fn show(value: &Value) -> String {
    if let Some(text) = value.downcast::<Str>() {
        return text.to_string();
    }
    if let Some(tuple) = value.downcast::<Tuple>() {
        let items: Vec<String> = tuple.as_slice().iter().map(show).collect();
        return format!("({})", items.join(", "));
    }
    if value.is_none() {
        return "None".to_owned();
    }
    match (value.is_true(), value.is_false(), value.is_not_implemented()) {
        (true, _, _) => "True".to_owned(),
        (_, true, _) => "False".to_owned(),
        (_, _, true) => "NotImplemented".to_owned(),
        _ => format!("{value:?}"),
    }
}

/// The result of a call as text, or `Class: message`.
pub fn text(vm: &mut Vm, result: PyResult) -> String {
    match result {
        Ok(value) => show(&value),
        Err(raised) => {
            let exception = vm.catch(raised);
            let class = exception.ty().name().to_owned();
            let args = exception.args(vm);
            let message = args.as_slice().first().map(show);
            format!("{class}: {}", message.unwrap_or_default())
        }
    }
}

/// The method of a class.
pub fn method(class: &Type, name: &str) -> &'static MethodDef {
    let members = class.def().expect("a static class").members;
    let found = members.iter().find_map(|member| match member {
        MemberDef::Method(method) if method.name == name => Some(*method),
        _ => None,
    });
    found.unwrap_or_else(|| panic!("no method {name}"))
}

fn function(name: &str) -> &'static MethodDef {
    let found = stacks::MODULE.members().find_map(|member| match member {
        MemberDef::Method(method) if method.name == name => Some(*method),
        _ => None,
    });
    found.unwrap_or_else(|| panic!("no function {name}"))
}

/// Makes an instance.
pub fn make(vm: &mut Vm, class: &'static pvm_object::Object<Type>, args: Args<'_>) -> PyResult {
    let new = class.slots().new_instance().expect("the class makes instances");
    new(vm, class, args)
}

fn with_args<R>(vm: &mut Vm, args: &[Value], keywords: &[(&str, Value)], body: impl FnOnce(&mut Vm, Args<'_>) -> R) -> R {
    let names: Vec<Value> = keywords.iter().map(|(name, _)| vm.new_str(name).into()).collect();
    let names = vm.new_tuple(names);
    let values: Vec<Value> = args.iter().cloned().chain(keywords.iter().map(|(_, value)| value.clone())).collect();
    let kwnames = (!keywords.is_empty()).then(|| &*names);
    body(vm, Args::with_keywords(&values, kwnames))
}

/// Calls `def` as an instruction would, and by its general entry: both must agree.
fn call(vm: &mut Vm, def: &MethodDef, this: &Value, args: &[Value], keywords: &[(&str, Value)]) -> String {
    with_args(vm, args, keywords, |vm, args| {
        let result = def.invoke(vm, this, args);
        text(vm, result)
    })
}

fn ints(count: i32) -> Vec<Value> {
    (1..=count).map(Value::from_i32).collect()
}

fn stack_of(vm: &mut Vm, count: i32) -> Value {
    let items: Value = vm.new_tuple(ints(count)).into();
    make(vm, Stack::type_object(), Args::positional(&[items])).expect("an instance")
}

#[test]
fn methods_bind_as_argument_clinic() {
    with_vm(|vm| {
        let stack = stack_of(vm, 3);
        let key = || ("key", Value::none());
        let cases: &[(&str, i32, Vec<(&str, Value)>, &str)] = &[
            ("push", 1, vec![], "None"),
            ("push", 0, vec![], "TypeError: stack.push() takes exactly one argument (0 given)"),
            ("push", 2, vec![], "TypeError: stack.push() takes exactly one argument (2 given)"),
            ("push", 0, vec![key()], "TypeError: stack.push() takes no keyword arguments"),
            ("pop", 0, vec![], "1"),
            ("pop", 1, vec![], "2"),
            ("pop", 2, vec![], "TypeError: pop expected at most 1 argument, got 2"),
            ("pop", 0, vec![key()], "TypeError: stack.pop() takes no keyword arguments"),
            ("clear", 1, vec![], "TypeError: stack.clear() takes no arguments (1 given)"),
            ("clear", 0, vec![key()], "TypeError: stack.clear() takes no keyword arguments"),
            ("clear", 0, vec![], "None"),
            ("pop", 0, vec![], "IndexError: pop from empty stack"),
            ("mixed", 2, vec![key()], "(1, 5, False)"),
            ("mixed", 3, vec![("reverse", Value::from_i32(7)), key()], "(1, 3, True)"),
            ("mixed", 1, vec![key(), ("c", Value::from_i32(9)), ("b", Value::none())], "(1, 9, False)"),
            ("mixed", 0, vec![], "TypeError: mixed() takes at least 1 positional argument (0 given)"),
            ("mixed", 1, vec![], "TypeError: mixed() missing required argument 'b' (pos 2)"),
            ("mixed", 2, vec![], "TypeError: mixed() missing required argument 'key' (pos 4)"),
            ("mixed", 4, vec![], "TypeError: mixed() takes at most 3 positional arguments (4 given)"),
            ("mixed", 6, vec![], "TypeError: mixed() takes at most 5 arguments (6 given)"),
            ("mixed", 2, vec![key(), ("x", Value::none())], "TypeError: mixed() got an unexpected keyword argument 'x'"),
            ("mixed", 2, vec![key(), ("a", Value::none())], "TypeError: mixed() got an unexpected keyword argument 'a'"),
            (
                "mixed",
                2,
                vec![key(), ("b", Value::none())],
                "TypeError: argument for mixed() given by name ('b') and position (2)",
            ),
            ("mixed", 2, vec![key(), ("c", Value::none())], "TypeError: 'NoneType' object cannot be interpreted as an integer"),
            ("rest", 3, vec![], "1 2 "),
            ("rest", 1, vec![("x", Value::none()), ("y", Value::none())], "1 0 x,y"),
            ("rest", 1, vec![("sep", Value::none())], "TypeError: rest() argument 'sep' must be str, not None"),
            ("rest", 0, vec![], "TypeError: rest() missing required argument 'first' (pos 1)"),
            ("raw", 2, vec![key()], "(2, 1)"),
            ("defaults", 0, vec![], "3xNone"),
            ("defaults", 1, vec![], "1xNone"),
            ("defaults", 2, vec![], "TypeError: defaults() argument 2 must be str, not int"),
            ("lookup", 1, vec![], "None"),
            ("lookup", 0, vec![], "TypeError: lookup expected at least 1 argument, got 0"),
            ("lookup", 3, vec![], "TypeError: lookup expected at most 2 arguments, got 3"),
            ("type", 1, vec![], "TypeError: type() argument must be str, not int"),
            ("peek", 0, vec![], "None"),
            ("twice", 1, vec![], "2"),
            ("twice", 0, vec![], "TypeError: stack.twice() takes exactly one argument (0 given)"),
        ];
        for (name, count, keywords, wanted) in cases {
            let def = method(Stack::type_object(), name);
            assert_eq!(call(vm, def, &stack, &ints(*count), keywords), *wanted, "{name}");
        }
    });
}

#[test]
fn receivers_are_checked() {
    with_vm(|vm| {
        let push = method(Stack::type_object(), "push");
        let got = call(vm, push, &Value::none(), &ints(1), &[]);
        assert_eq!(got, "TypeError: descriptor 'push' for 'stacks.stack' objects doesn't apply to a 'NoneType' object");
        let same = method(Stack::type_object(), "same");
        assert_eq!(call(vm, same, &Value::none(), &[Value::none()], &[]), "True");
        let of = method(Stack::type_object(), "of");
        let class = Stack::type_object().to_value();
        let made = (of.call)(vm, &class, Args::positional(&ints(1))).expect("an instance");
        assert_eq!(vm.len(&made).ok(), Some(1));
    });
}

#[test]
fn instances_are_made() {
    with_vm(|vm| {
        let mut new = |args: &[Value], keywords: &[(&str, Value)]| {
            with_args(vm, args, keywords, |vm, args| {
                let result = make(vm, Stack::type_object(), args);
                text(vm, result)
            })
        };
        assert_eq!(new(&ints(3), &[]), "TypeError: stack() takes at most 2 arguments (3 given)");
        assert_eq!(new(&[], &[("x", Value::none())]), "TypeError: stack() got an unexpected keyword argument 'x'");
        assert_eq!(new(&[Value::none(), Value::from_i32(-1)], &[]), "ValueError: Cannot convert negative int");
        let wrong = Stack::type_object().slots().new_instance().expect("a constructor")(vm, Tower::type_object(), Args::empty());
        assert_eq!(text(vm, wrong), "TypeError: stacks.stack.__new__(stacks.Tower) is not safe, use stacks.Tower.__new__()");
        let tower = make(vm, Tower::type_object(), Args::positional(&ints(1))).expect("an instance");
        assert!(tower.is_instance_of::<Stack>());
        assert_eq!(call(vm, method(Tower::type_object(), "tall"), &tower, &[], &[]), "1");
        assert_eq!(call(vm, method(Stack::type_object(), "push"), &tower, &ints(1), &[]), "None");
        assert_eq!(vm.len(&tower).ok(), Some(1));
        let result = make(vm, Tower::type_object(), Args::empty());
        assert_eq!(text(vm, result), "TypeError: Tower expected 1 argument, got 0");
    });
}

#[test]
fn operators_reach_their_methods() {
    with_vm(|vm| {
        let (two, three) = (stack_of(vm, 2), stack_of(vm, 3));
        let slots = Stack::type_object().slots();
        let number = Value::from_i32(5);
        let compare = slots.richcompare().expect("it compares");
        for (op, other, wanted) in [
            (CompareOp::Eq, &two, "False"),
            (CompareOp::Eq, &three, "True"),
            (CompareOp::Ne, &three, "False"),
            (CompareOp::Ne, &two, "True"),
            (CompareOp::Lt, &two, "False"),
            (CompareOp::Gt, &two, "NotImplemented"),
            (CompareOp::Eq, &number, "NotImplemented"),
            (CompareOp::Ne, &number, "NotImplemented"),
        ] {
            let result = compare(vm, &three, other, op);
            assert_eq!(text(vm, result), wanted, "{op:?}");
        }
        let add = slots.add().expect("it adds");
        let sum = add(vm, &two, &three).expect("a stack");
        assert_eq!(vm.len(&sum).ok(), Some(5));
        for (left, right, wanted) in [(&two, &number, "NotImplemented"), (&number, &two, "(reflected, 5)")] {
            let result = add(vm, left, right);
            assert_eq!(text(vm, result), wanted);
        }
        let result = slots.multiply().expect("it multiplies")(vm, &number, &number);
        assert_eq!(text(vm, result), "(5, 5)");
        let result = slots.power().expect("it has powers")(vm, &two, &number, &Value::none());
        assert_eq!(text(vm, result), "(5, None)");
        let result = slots.power().expect("it has powers")(vm, &number, &two, &Value::none());
        assert_eq!(text(vm, result), "NotImplemented");
        let result = slots.negative().expect("it has a negative")(vm, &two);
        assert_eq!(text(vm, result), "negative");
        assert_eq!(vm.hash(&two).ok(), Some(-2));
        assert_eq!(vm.truth(&two).ok(), Some(true));
    });
}

#[test]
fn items_calls_and_iteration() {
    with_vm(|vm| {
        let stack = stack_of(vm, 3);
        let slots = Stack::type_object().slots();
        let one = Value::from_i32(1);
        let result = vm.getitem(&stack, &one);
        assert_eq!(text(vm, result), "2");
        let result = vm.getitem(&stack, &Value::none());
        assert_eq!(text(vm, result), "TypeError: 'NoneType' object cannot be interpreted as an integer");
        let result = call(vm, method(Stack::type_object(), "__getitem__"), &stack, &[], &[]);
        assert_eq!(result, "TypeError: stack.__getitem__() takes exactly one argument (0 given)");
        assert!(vm.setitem(&stack, &one, &Value::none()).is_ok());
        let result = vm.delitem(&stack, &one).map(|()| Value::none());
        assert_eq!(text(vm, result), "TypeError: 'stacks.stack' object doesn't support item deletion");
        let result = vm.contains(&stack, &Value::none()).map(Value::from_bool);
        assert_eq!(text(vm, result), "True");
        let result = vm.contains(&stack, &Value::from_i32(8)).map(Value::from_bool);
        assert_eq!(text(vm, result), "False");
        assert!(slots.init().expect("an initialiser")(vm, &stack, Args::positional(&ints(4))).is_ok());
        let call = slots.call().expect("it can be called");
        let result = call(vm, &stack, Args::positional(&ints(1)));
        assert_eq!(text(vm, result), "(1, 1)");
        let result = call(vm, &stack, Args::empty());
        assert_eq!(text(vm, result), "TypeError: stack expected at least 1 argument, got 0");
        let iterator = vm.iter(&stack).expect("an iterator");
        let mut seen = 0;
        while vm.next(&iterator).expect("an item").is_some() {
            seen += 1;
        }
        assert_eq!(seen, 3);
        let get = slots.descr_get().expect("a descriptor");
        let result = get(vm, &stack, None, Some(&one));
        assert_eq!(text(vm, result), "False");
    });
}

#[test]
fn whole_slots_and_finalisers() {
    with_vm(|vm| {
        let odd = make(vm, Odd::type_object(), Args::positional(&ints(1))).expect("an instance");
        let count = method(Odd::type_object(), "count");
        assert_eq!(call(vm, count, &odd, &[], &[]), "1");
        let plain: Value = plain(vm).into();
        assert!(vm.setitem(&odd, &Value::none(), &plain).is_ok());
        assert_eq!(call(vm, count, &odd, &[], &[]), "4");
        vm.collect();
        assert!(vm.delitem(&odd, &Value::none()).is_ok());
        assert_eq!(call(vm, count, &odd, &[], &[]), "0");
        let slots = Odd::type_object().slots();
        let result = slots.richcompare().expect("it compares")(vm, &odd, &Value::none(), CompareOp::Le);
        assert_eq!(text(vm, result), "(None, <=)");
        let result = slots.subtract().expect("it subtracts")(vm, &plain, &plain);
        assert_eq!(text(vm, result), "True");
        let result = slots.repeat().expect("it repeats")(vm, &odd, 4);
        assert_eq!(text(vm, result), "40");
        let (x, setattr) = (vm.new_str("x"), slots.setattr().expect("it sets attributes"));
        assert!(setattr(vm, &odd, &x, None).is_ok());
        let result = setattr(vm, &odd, &x, Some(&plain)).map(|()| Value::none());
        assert_eq!(text(vm, result), "TypeError: 'odd' object has no settable attributes");
        slots.finalize().expect("a finaliser")(vm, &odd);
        assert_eq!(call(vm, count, &odd, &[], &[]), "0");
    });
}

#[test]
fn functions_convert() {
    with_vm(|vm| {
        let (left, right): (Value, Value) = (vm.new_str("a").into(), vm.new_str("ß").into());
        let this = Value::none();
        assert_eq!(call(vm, function("concat"), &this, &[left.clone(), right], &[]), "aß");
        assert_eq!(
            call(vm, function("concat"), &this, &[left, this.clone()], &[]),
            "TypeError: concat() argument 2 must be str, not None"
        );
        assert_eq!(call(vm, function("concat"), &this, &ints(1), &[]), "TypeError: concat expected 2 arguments, got 1");
        assert_eq!(
            call(vm, function("nothing"), &this, &ints(1), &[]),
            "TypeError: stacks.nothing() takes no arguments (1 given)"
        );
        assert_eq!(call(vm, function("nothing"), &this, &[], &[]), "None");
        assert_eq!(call(vm, function("count"), &this, &ints(4), &[]), "4");
        assert_eq!(
            call(vm, function("count"), &this, &[], &[("x", this.clone())]),
            "TypeError: stacks.count() takes no keyword arguments"
        );
        let floats = [vm.float(1.5), vm.float(2.0)];
        assert_eq!(call(vm, function("imported"), &this, &floats, &[]), "3.5");
        let none = [this.clone(), this.clone()];
        assert_eq!(call(vm, function("imported"), &this, &none, &[]), "TypeError: must be real number, not NoneType");
        let big = vm.big_int(dashu_int::IBig::ONE << 100);
        let pop = method(Stack::type_object(), "pop");
        let stack = stack_of(vm, 1);
        let wanted = "OverflowError: Python int too large to convert to C ssize_t";
        assert_eq!(call(vm, pop, &stack, std::slice::from_ref(&big), &[]), wanted);
    });
}

#[test]
fn exceptions_are_raised() {
    with_vm(|vm| {
        let raised = vm.raise_message(STACK_ERROR_TYPE.get(), format_args!("too high"));
        assert!(vm.pending_is(EXCEPTION.get()));
        let exception: Value = vm.catch(raised).into();
        assert_eq!(call(vm, method(&STACK_ERROR_TYPE, "first"), &exception, &[], &[]), "too high");
        let broken = make(vm, Broken::type_object(), Args::positional(&ints(1))).expect("an instance");
        assert!(broken.is_instance_of::<BaseException>() && broken.ty().is_subclass_of(EXCEPTION.get(), vm));
        assert_eq!(call(vm, method(Broken::type_object(), "count"), &broken, &[], &[]), "0");
    });
}

#[test]
#[should_panic = "the class Misdeclared is declared with the layout of another base"]
fn a_class_begins_with_its_base() {
    Misdeclared::type_object().ready();
}
