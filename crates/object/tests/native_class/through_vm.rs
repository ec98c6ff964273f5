//! Declared classes as a program meets them: called, asked for attributes, subclassed.

use pvm_object::{PyClass, PyResult, Type, Value, Vm};

use crate::calls::{text, with_vm};
use crate::declared::{Plain, Stack, Tower};

fn attribute(vm: &mut Vm, value: &Value, name: &str) -> PyResult {
    let name = vm.intern(name);
    vm.getattr(value, &name)
}

fn call_method(vm: &mut Vm, value: &Value, name: &str, args: &[Value]) -> String {
    let name = vm.intern(name);
    let result = vm.call_method(value, &name, args);
    text(vm, result)
}

fn items(vm: &mut Vm, count: i32) -> Value {
    vm.new_tuple((1..=count).map(Value::from_i32).collect()).into()
}

fn stack(vm: &mut Vm) -> Value {
    let items = items(vm, 3);
    let class = Stack::type_object().to_value();
    vm.call(&class, &[items]).expect("an instance")
}

#[test]
fn instances_have_methods_and_attributes() {
    with_vm(|vm| {
        let stack = stack(vm);
        assert_eq!(call_method(vm, &stack, "pop", &[]), "3");
        assert_eq!(call_method(vm, &stack, "push", &[Value::none()]), "None");
        assert_eq!(call_method(vm, &stack, "peek", &[]), "None");
        assert_eq!(call_method(vm, &stack, "push", &[]), "TypeError: stack.push() takes exactly one argument (0 given)");
        assert_eq!(call_method(vm, &stack, "twice", &[Value::from_i32(4)]), "8");
        assert_eq!(call_method(vm, &stack, "__len__", &[]), "3");
        assert_eq!(call_method(vm, &stack, "__getitem__", &[Value::from_i32(0)]), "1");
        for (name, wanted) in [("size", "3"), ("maxlen", "None"), ("LIMIT", "1099511627776")] {
            let result = attribute(vm, &stack, name);
            assert_eq!(text(vm, result), wanted, "{name}");
        }
        let result = attribute(vm, &stack, "nothing");
        assert_eq!(text(vm, result), "AttributeError: 'stacks.stack' object has no attribute 'nothing'");
        let (name, value) = (vm.intern("maxlen"), Value::from_i32(1));
        let result = vm.setattr(&stack, &name, &value).map(|()| Value::none());
        assert_eq!(text(vm, result), "AttributeError: readonly attribute");
    });
}

#[test]
fn a_class_without_new_is_not_called() {
    with_vm(|vm| {
        let plain = Plain::type_object().to_value();
        let result = vm.call(&plain, &[]);
        assert_eq!(text(vm, result), "TypeError: cannot create 'Plain' instances");
    });
}

#[test]
fn classes_are_subclassed() {
    with_vm(|vm| {
        let subclass = |vm: &mut Vm, base: Value| {
            let (name, bases, dict) = (vm.new_str("Sub"), vm.new_tuple(vec![base]), vm.new_dict());
            vm.call(&Type::type_value(), &[name.into(), bases.into(), dict.into()])
        };
        let class = subclass(vm, Stack::type_object().to_value()).expect("a class");
        let items = items(vm, 2);
        let object = vm.call(&class, &[items]).expect("an instance");
        assert!(object.is_instance_of::<Stack>());
        assert_eq!(call_method(vm, &object, "pop", &[]), "2");
        let new = Stack::type_object().slots().new_instance();
        let result = new.expect("a constructor")(vm, Tower::type_object(), pvm_object::Args::empty());
        assert!(result.is_err());
        drop(vm.take_pending());
        let result = subclass(vm, Tower::type_object().to_value());
        assert_eq!(text(vm, result), "TypeError: type 'stacks.Tower' is not an acceptable base type");
    });
}
