//! Streams through the tables of the module, on a heap without an interpreter above it.

use pvm_library::io::module::MODULE;
use pvm_object::bytes::Bytes;
use pvm_object::hooks::WITHOUT_INTERPRETER;
use pvm_object::isolate::Isolate;
use pvm_object::native::MemberDef;
use pvm_object::{Args, PyResult, Value, Vm};

fn with_vm(body: impl FnOnce(&mut Vm) + Send) {
    Isolate::new(&WITHOUT_INTERPRETER).enter(body);
}

fn function(vm: &mut Vm, name: &str, arguments: &[Value]) -> PyResult {
    let found = MODULE.members().find_map(|member| match member {
        MemberDef::Method(method) if method.name == name => Some(*method),
        _ => None,
    });
    let method = found.unwrap_or_else(|| panic!("no function {name}"));
    (method.call)(vm, &Value::none(), Args::positional(arguments))
}

fn class(name: &str) -> Value {
    let found = MODULE.classes().find(|class| class.short_name() == name);
    found.unwrap_or_else(|| panic!("no class {name}")).to_value()
}

fn text(vm: &mut Vm, result: PyResult) -> String {
    match result {
        Ok(value) if value.is_none() => "None".to_owned(),
        Ok(value) => match value.downcast::<Bytes>() {
            Some(bytes) => format!("b{:?}", String::from_utf8_lossy(bytes.as_slice())),
            None => vm.str(&value).map(|text| text.to_string()).unwrap_or_default(),
        },
        Err(raised) => {
            let exception = vm.catch(raised);
            let kind = exception.ty().name().to_owned();
            let message = vm.str(&exception.to_value()).map(|text| text.to_string());
            format!("{kind}: {}", message.unwrap_or_default())
        }
    }
}

fn method(vm: &mut Vm, object: &Value, name: &str, arguments: &[Value]) -> String {
    let name = vm.intern(name);
    let result = vm.call_method(object, &name, arguments);
    text(vm, result)
}

fn int(number: i32) -> Value {
    Value::from_i32(number)
}

fn string(vm: &mut Vm, text: &str) -> Value {
    vm.new_str(text).into()
}

fn path(name: &str) -> String {
    std::env::temp_dir().join(format!("pvm-io-{}-{name}", std::process::id())).display().to_string()
}

fn open(vm: &mut Vm, path: &str, mode: &str) -> Value {
    let arguments = [string(vm, path), string(vm, mode)];
    match function(vm, "open", &arguments) {
        Ok(file) => file,
        error => panic!("{}", text(vm, error)),
    }
}

#[test]
fn bytes_go_through_buffers() {
    with_vm(|vm| {
        let path = path("bytes");
        let file = open(vm, &path, "wb");
        let data: Value = vm.new_bytes(b"one\ntwo\nthree").unwrap().into();
        assert_eq!(method(vm, &file, "write", &[data]), "13");
        assert_eq!(method(vm, &file, "tell", &[]), "13");
        assert_eq!(method(vm, &file, "seek", &[int(4)]), "4");
        let data: Value = vm.new_bytes(b"TWO").unwrap().into();
        assert_eq!(method(vm, &file, "write", &[data]), "3");
        assert_eq!(method(vm, &file, "close", &[]), "None");
        assert_eq!(method(vm, &file, "flush", &[]), "ValueError: flush of closed file");
        let file = open(vm, &path, "rb");
        assert_eq!(method(vm, &file, "readline", &[]), "b\"one\\n\"");
        assert_eq!(method(vm, &file, "peek", &[]), "b\"TWO\\nthree\"");
        assert_eq!(method(vm, &file, "read", &[int(2)]), "b\"TW\"");
        assert_eq!(method(vm, &file, "tell", &[]), "6");
        assert_eq!(method(vm, &file, "seek", &[int(-2), int(2)]), "11");
        assert_eq!(method(vm, &file, "read", &[]), "b\"ee\"");
        assert_eq!(method(vm, &file, "read", &[]), "b\"\"");
        assert_eq!(method(vm, &file, "write", &[]), "UnsupportedOperation: write");
        assert_eq!(method(vm, &file, "close", &[]), "None");
        assert_eq!(method(vm, &file, "read", &[]), "ValueError: read of closed file");
        let file = open(vm, &path, "r+b");
        assert_eq!(method(vm, &file, "read", &[int(4)]), "b\"one\\n\"");
        let data: Value = vm.new_bytes(b"two").unwrap().into();
        assert_eq!(method(vm, &file, "write", &[data]), "3");
        assert_eq!(method(vm, &file, "readline", &[]), "b\"\\n\"");
        assert_eq!(method(vm, &file, "truncate", &[int(7)]), "7");
        assert_eq!(method(vm, &file, "close", &[]), "None");
        assert_eq!(std::fs::read(&path).unwrap(), b"one\ntwo");
        std::fs::remove_file(&path).unwrap();
    });
}

#[test]
fn text_is_encoded_and_decoded() {
    with_vm(|vm| {
        let path = path("text");
        let file = open(vm, &path, "w");
        let line = string(vm, "naïve €\r\nzwei\rdrei\n");
        assert_eq!(method(vm, &file, "write", &[line]), "19");
        assert_eq!(method(vm, &file, "close", &[]), "None");
        let file = open(vm, &path, "r");
        assert_eq!(method(vm, &file, "readline", &[]), "naïve €\n");
        let position = method(vm, &file, "tell", &[]);
        assert_eq!(position, "12");
        assert_eq!(method(vm, &file, "read", &[int(2)]), "zw");
        assert_eq!(method(vm, &file, "seek", &[int(12)]), "12");
        assert_eq!(method(vm, &file, "read", &[]), "zwei\ndrei\n");
        assert_eq!(method(vm, &file, "seek", &[int(0)]), "0");
        assert_eq!(method(vm, &file, "readlines", &[int(12)]), "['naïve €\\n', 'zwei\\n']");
        std::fs::remove_file(&path).unwrap();
    });
}

#[test]
fn errors_are_those_of_cpython() {
    with_vm(|vm| {
        let missing = string(vm, "/nonexistent/file");
        let result = function(vm, "open", &[missing]);
        assert_eq!(text(vm, result), "FileNotFoundError: [Errno 2] No such file or directory: '/nonexistent/file'");
        let directory = string(vm, "/tmp");
        let result = function(vm, "open", &[directory]);
        assert_eq!(text(vm, result), "IsADirectoryError: [Errno 21] Is a directory: '/tmp'");
        let arguments = [string(vm, "x"), string(vm, "rw")];
        let result = function(vm, "open", &arguments);
        assert_eq!(text(vm, result), "ValueError: must have exactly one of create/read/write/append mode");
        let base = class("_IOBase");
        let object = vm.call(&base, &[]).unwrap();
        assert_eq!(method(vm, &object, "tell", &[]), "UnsupportedOperation: seek");
        assert_eq!(method(vm, &object, "close", &[]), "None");
        assert_eq!(method(vm, &object, "flush", &[]), "ValueError: I/O operation on closed file.");
        let raw = class("_RawIOBase");
        let object = vm.call(&raw, &[]).unwrap();
        assert_eq!(method(vm, &object, "read", &[]), "NotImplementedError: ");
    });
}
