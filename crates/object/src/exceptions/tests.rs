//! Exceptions made, shown and taken apart as programs do.

use super::*;
use crate::isolate::testing::with_vm;
use crate::{PyResult, Static, Vm, names};

fn make(vm: &mut Vm, class: &'static Static<Type>, args: &[Value]) -> Value {
    vm.call(&class.to_value(), args).expect("the exception is made")
}

fn text(vm: &mut Vm, text: &str) -> Value {
    vm.new_str(text).into()
}

fn shown(vm: &mut Vm, value: &Value) -> (String, String) {
    (vm.repr(value).expect("a repr").to_string(), vm.str(value).expect("a text").to_string())
}

fn message(vm: &mut Vm, result: PyResult) -> String {
    let error: Value = vm.catch(result.expect_err("an error")).into();
    let (name, text) = (vm.type_name(&error), vm.str(&error).expect("a text"));
    format!("{name}: {text}")
}

fn attribute(vm: &mut Vm, value: &Value, name: &str) -> Value {
    let name = vm.intern(name);
    vm.getattr(value, &name).expect("the attribute")
}

#[test]
fn arguments_show() {
    with_vm(|vm| {
        let (a, b) = (text(vm, "a"), Value::from_i32(1));
        let none = make(vm, &VALUE_ERROR, &[]);
        assert_eq!(shown(vm, &none), ("ValueError()".into(), String::new()));
        let one = make(vm, &VALUE_ERROR, std::slice::from_ref(&a));
        assert_eq!(shown(vm, &one), ("ValueError('a')".into(), "a".into()));
        let two = make(vm, &VALUE_ERROR, &[a.clone(), b]);
        assert_eq!(shown(vm, &two), ("ValueError('a', 1)".into(), "('a', 1)".into()));
        let key = make(vm, &KEY_ERROR, &[a]);
        assert_eq!(shown(vm, &key), ("KeyError('a')".into(), "'a'".into()));
    });
}

#[test]
fn attributes_can_be_set() {
    with_vm(|vm| {
        let error = make(vm, &TYPE_ERROR, &[]);
        let (name, value) = (vm.intern("extra"), Value::from_i32(7));
        vm.setattr(&error, &name, &value).expect("exceptions have a dict");
        assert!(vm.getattr(&error, &name).expect("it was set").is(&value));
        vm.delattr(&error, &name).expect("it is there");
        assert!(vm.find_attr(&error, &name).expect("no error").is_none());
        let note = text(vm, "note");
        let add_note = vm.intern("add_note");
        vm.call_method(&error, &add_note, &[note]).expect("a note");
        let notes = vm.getattr(&error, &names::__notes__).expect("notes");
        assert_eq!(vm.repr(&notes).expect("a list").to_string(), "['note']");
        vm.collect();
    });
}

#[test]
fn numbers_choose_classes() {
    with_vm(|vm| {
        let (number, text, file) = (Value::from_i32(2), text(vm, "gone"), text(vm, "file"));
        let error = make(vm, &OS_ERROR, &[number, text, file]);
        assert_eq!(shown(vm, &error), ("FileNotFoundError(2, 'gone')".into(), "[Errno 2] gone: 'file'".into()));
        assert_eq!(attribute(vm, &error, "errno").as_small_int(), Some(2));
        let raised = vm.os_error(libc::EACCES);
        assert_eq!(message(vm, Err(raised)), "PermissionError: [Errno 13] Permission denied");
    });
}

#[test]
fn fields_follow_from_arguments() {
    with_vm(|vm| {
        let value = Value::from_i32(5);
        let stop = make(vm, &STOP_ITERATION, std::slice::from_ref(&value));
        assert!(attribute(vm, &stop, "value").is(&value));
        let exit = make(vm, &SYSTEM_EXIT, &[value.clone(), value.clone()]);
        let code = attribute(vm, &exit, "code");
        assert_eq!(vm.repr(&code).expect("a tuple").to_string(), "(5, 5)");
        let raised = vm.import_error(format_args!("no"));
        let error: Value = vm.catch(raised).into();
        let msg = attribute(vm, &error, "msg");
        assert_eq!(vm.str(&msg).expect("a text").to_string(), "no");
        let wrong = vm.call(&UNICODE_ENCODE_ERROR.to_value(), &[]);
        assert_eq!(message(vm, wrong), "TypeError: function takes exactly 5 arguments (0 given)");
        let string = vm.str_from_code_points([0x61, 0xD800]).expect("a string");
        let raised = vm.surrogates_not_allowed(&string);
        let wanted = "UnicodeEncodeError: 'utf-8' codec can't encode character '\\ud800' in position 1: surrogates not allowed";
        assert_eq!(message(vm, Err(raised)), wanted);
    });
}

#[test]
fn groups_split() {
    with_vm(|vm| {
        let (value, kind) = (make(vm, &VALUE_ERROR, &[]), make(vm, &TYPE_ERROR, &[]));
        let list = vm.try_list([value, kind]).expect("a list");
        let name = text(vm, "both");
        let group = make(vm, &BASE_EXCEPTION_GROUP, &[name, list.into()]);
        assert!(std::ptr::eq(group.ty(), EXCEPTION_GROUP.get()));
        assert_eq!(
            shown(vm, &group),
            ("ExceptionGroup('both', [ValueError(), TypeError()])".into(), "both (2 sub-exceptions)".into())
        );
        let split = vm.intern("split");
        let parts = vm.call_method(&group, &split, &[VALUE_ERROR.to_value()]).expect("two parts");
        let wanted = "(ExceptionGroup('both', [ValueError()]), ExceptionGroup('both', [TypeError()]))";
        assert_eq!(vm.repr(&parts).expect("a tuple").to_string(), wanted);
        assert!(EXCEPTION_GROUP.is_subclass_of(&EXCEPTION, vm));
        let order: Vec<String> = EXCEPTION_GROUP
            .mro(vm)
            .as_slice()
            .iter()
            .map(|class| class.downcast::<Type>().expect("a class").name().to_owned())
            .collect();
        assert_eq!(order, ["ExceptionGroup", "BaseExceptionGroup", "Exception", "BaseException", "object"]);
    });
}

#[test]
fn subclasses_keep_the_fields() {
    with_vm(|vm| {
        let class = vm.new_class("Mine", &IMPORT_ERROR, "here").expect("a class");
        let error = text(vm, "m");
        let error = vm.call(&class, &[error]).expect("an instance");
        assert_eq!(shown(vm, &error), ("Mine('m')".into(), "m".into()));
        let (name, value) = (vm.intern("name"), Value::from_i32(1));
        vm.setattr(&error, &name, &value).expect("a member");
        assert!(vm.getattr(&error, &name).expect("it was set").is(&value));
        let reduce = vm.intern("__reduce__");
        let reduced = vm.call_method(&error, &reduce, &[]).expect("a tuple");
        assert_eq!(vm.repr(&reduced).expect("a tuple").to_string(), "(<class 'here.Mine'>, ('m',), {'name': 1})");
    });
}
