//! Strings through the operations of the language.

use crate::Vm;
use crate::core::object::Ref;
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::exceptions::BaseException;
use crate::isolate::testing::with_vm;
use crate::ops::{BinaryOp, CompareOp};
use crate::str::Str;
use crate::tuple::Tuple;

fn text(vm: &mut Vm, text: &str) -> Value {
    vm.new_str(text).into()
}

fn call(vm: &mut Vm, this: &str, method: &str, args: &[Value]) -> PyResult {
    let this = text(vm, this);
    let name = vm.intern(method);
    vm.call_method(&this, &name, args)
}

/// What a call gives, as `repr`, or the error as `class: message`.
fn shown(vm: &mut Vm, result: PyResult) -> String {
    match result {
        Ok(value) => vm.repr(&value).map(|text| text.to_string()).expect("a repr"),
        Err(raised) => {
            let exception: Ref<BaseException> = vm.catch(raised);
            let message = vm.str(&exception.as_value()).expect("a message");
            format!("{}: {message}", exception.ty().name())
        }
    }
}

macro_rules! check {
    ($vm:ident, $this:literal . $method:ident ( $($arg:expr),* ) => $expected:literal) => {{
        let args: Vec<Value> = vec![$(IntoValue::into_value($arg, $vm)),*];
        let result = call($vm, $this, stringify!($method), &args);
        assert_eq!(shown($vm, result), $expected, "{:?}.{}", $this, stringify!($method));
    }};
}

trait IntoValue {
    fn into_value(self, vm: &mut Vm) -> Value;
}

impl IntoValue for &str {
    fn into_value(self, vm: &mut Vm) -> Value {
        text(vm, self)
    }
}

impl IntoValue for i64 {
    fn into_value(self, vm: &mut Vm) -> Value {
        vm.int(self)
    }
}

impl IntoValue for () {
    fn into_value(self, _: &mut Vm) -> Value {
        Value::none()
    }
}

impl<const N: usize> IntoValue for [&str; N] {
    fn into_value(self, vm: &mut Vm) -> Value {
        let items: Vec<Value> = self.iter().map(|item| text(vm, item)).collect();
        vm.new_tuple(items).into()
    }
}

#[test]
fn searching() {
    with_vm(|vm| {
        check!(vm, "abcabc".find("c") => "2");
        check!(vm, "abcabc".find("c", 3) => "5");
        check!(vm, "abcabc".find("c", (), -4) => "-1");
        check!(vm, "abcabc".rfind("a") => "3");
        check!(vm, "abc".index("x") => "ValueError: substring not found");
        check!(vm, "abc".find(1) => "TypeError: find() argument 1 must be str, not int");
        check!(vm, "abc".find() => "TypeError: find expected at least 1 argument, got 0");
        check!(vm, "abc".find("a", "b") => "TypeError: slice indices must be integers or None or have an __index__ method");
        check!(vm, "aXbX".count("X") => "2");
        check!(vm, "abc".startswith("ab") => "True");
        check!(vm, "abc".startswith(["x", "ab"]) => "True");
        check!(vm, "abc".endswith(1) => "TypeError: endswith first arg must be str or a tuple of str, not int");
        check!(vm, "a-b-c".replace("-", "€") => "'a€b€c'");
        check!(vm, "  ab ".strip() => "'ab'");
        check!(vm, "xxabx".lstrip("x") => "'abx'");
        check!(vm, "ab".rstrip(1) => "TypeError: rstrip arg must be None or str");
        check!(vm, "a=b=c".partition("=") => "('a', '=', 'b=c')");
        check!(vm, "a=b=c".rpartition("=") => "('a=b', '=', 'c')");
        check!(vm, "abc".partition("") => "ValueError: empty separator");
        check!(vm, "prefix".removeprefix("pre") => "'fix'");
    });
}

#[test]
fn splitting_and_joining() {
    with_vm(|vm| {
        check!(vm, "a b  c".split() => "['a', 'b', 'c']");
        check!(vm, "a,b,c".split(",", 1) => "['a', 'b,c']");
        check!(vm, "a,b,c".rsplit(",", 1) => "['a,b', 'c']");
        check!(vm, "a".split(1) => "TypeError: must be str or None, not int");
        check!(vm, "a\nb\r\n".splitlines() => "['a', 'b']");
        check!(vm, "a\nb".splitlines(1) => "['a\\n', 'b']");
        check!(vm, "-".join(["a", "é", "€"]) => "'a-é-€'");
        check!(vm, "€".join(["a", "b"]) => "'a€b'");
        check!(vm, "€".join(["a"]) => "'a'");
        check!(vm, "".join(["", ""]) => "''");
        check!(vm, "".join("xyz") => "'xyz'");
        check!(vm, "".join(1) => "TypeError: can only join an iterable");
        let mixed = vm.new_tuple(vec![Value::from_i32(1)]);
        let result = call(vm, "", "join", &[mixed.into()]);
        assert_eq!(shown(vm, result), "TypeError: sequence item 0: expected str instance, int found");
    });
}

#[test]
fn formatting() {
    with_vm(|vm| {
        check!(vm, "{} {0!r}".format("a") => "ValueError: cannot switch from automatic field numbering to manual field specification");
        check!(vm, "{0} {0!r} {1:>5}|".format("a", "b") => "\"a 'a'     b|\"");
        check!(vm, "{:{}}|".format("a", 4) => "'a   |'");
        check!(vm, "{}".format() => "IndexError: Replacement index 0 out of range for positional args tuple");
        check!(vm, "{x}".format() => "KeyError: 'x'");
        check!(vm, "{0[1]}".format(["a", "b"]) => "'b'");
        check!(vm, "abc".__format__("*^7") => "'**abc**'");
        check!(vm, "abc".__format__("+") => "ValueError: Sign not allowed in string format specifier");
        let cases: &[(&str, &str, &str)] = &[
            ("%s|%5s|%-5s|%.1s", "x", "not enough"),
            ("%s", "x", "'x'"),
            ("%r", "é", "\"'é'\""),
            ("%a", "é", "\"'\\\\xe9'\""),
            ("%5.1s|", "xy", "'    x|'"),
            ("%c", "x", "'x'"),
            ("%d", "x", "TypeError: %d format: a real number is required, not str"),
            ("x", "y", "TypeError: not all arguments converted during string formatting"),
            ("%", "y", "ValueError: incomplete format"),
        ];
        for (format, argument, expected) in cases {
            let (format, argument) = (text(vm, format), text(vm, argument));
            let result = vm.binary(BinaryOp::Remainder, &format, &argument);
            let shown = shown(vm, result);
            assert!(shown == *expected || shown.contains(*expected), "{shown} {expected}");
        }
        let (format, number) = (text(vm, "%05d|%x|%+.2f"), vm.int(42));
        let args = vm.new_tuple(vec![number.clone(), number.clone(), number]);
        let result = vm.binary(BinaryOp::Remainder, &format, &args.into());
        assert_eq!(shown(vm, result), "'00042|2a|+42.00'");
    });
}

#[test]
fn operators() {
    with_vm(|vm| {
        let (a, b) = (text(vm, "héllo"), text(vm, "hé"));
        assert!(vm.compare(&b, &a, CompareOp::Lt).unwrap());
        assert!(vm.contains(&a, &b).unwrap());
        let sum = vm.binary(BinaryOp::Add, &b, &b);
        assert_eq!(shown(vm, sum), "'héhé'");
        let three = vm.int(3);
        let product = vm.binary(BinaryOp::Multiply, &three, &b);
        assert_eq!(shown(vm, product), "'héhéhé'");
        let huge = vm.int(1 << 60);
        let product = vm.binary(BinaryOp::Multiply, &a, &huge);
        assert_eq!(shown(vm, product), "MemoryError: ");
        let wrong = vm.binary(BinaryOp::Add, &a, &three);
        assert_eq!(shown(vm, wrong), "TypeError: can only concatenate str (not \"int\") to str");
        let item = vm.getitem(&a, &Value::from_i32(-4));
        assert_eq!(shown(vm, item), "'é'");
        let (none, two) = (Value::none(), Value::from_i32(2));
        let slice = vm.new_slice(none.clone(), none, two).into();
        let item = vm.getitem(&a, &slice);
        assert_eq!(shown(vm, item), "'hlo'");
        let item = vm.getitem(&a, &Value::from_i32(9));
        assert_eq!(shown(vm, item), "IndexError: string index out of range");
        let items = vm.collect_items(&b).unwrap();
        assert_eq!(items.len(), 2);
        assert!(vm.hash(&a).unwrap() != vm.hash(&b).unwrap());
    });
}

#[test]
fn translating_and_encoding() {
    with_vm(|vm| {
        let (x, y, z) = (text(vm, "ab"), text(vm, "é\u{20AC}"), text(vm, "c"));
        let class = crate::str::STR_TYPE.to_value();
        let maketrans = vm.intern("maketrans");
        let table = vm.call_method(&class, &maketrans, &[x, y, z]).unwrap();
        let result = call(vm, "abcd", "translate", &[table]);
        assert_eq!(shown(vm, result), "'é€d'");
        let text = vm.new_str("é€");
        let encode =
            |vm: &mut Vm, encoding, errors| vm.encode(&text, Some(encoding), errors).map(|bytes| bytes.as_slice().to_vec());
        assert_eq!(encode(vm, "utf-8", None).unwrap(), "é€".as_bytes());
        assert_eq!(encode(vm, "latin-1", Some("replace")).unwrap(), b"\xE9?");
        assert_eq!(encode(vm, "ascii", Some("xmlcharrefreplace")).unwrap(), b"&#233;&#8364;");
        assert_eq!(encode(vm, "ascii", Some("namereplace")).unwrap(), b"\\N{LATIN SMALL LETTER E WITH ACUTE}\\N{EURO SIGN}");
        assert_eq!(encode(vm, "utf_16", None).unwrap(), b"\xFF\xFE\xE9\0\xAC\x20");
        let failed = encode(vm, "ASCII", None).map(|_| Value::none());
        assert_eq!(
            shown(vm, failed),
            "UnicodeEncodeError: 'ascii' codec can't encode characters in position 0-1: ordinal not in range(128)"
        );
        let bytes = Value::from(vm.new_bytes(b"a\xFFb").unwrap());
        let decoded = vm.decode_object(&bytes, None, Some("surrogateescape")).map(Value::from);
        assert_eq!(shown(vm, decoded), "'a\\udcffb'");
        let failed = vm.decode_object(&bytes, None, None).map(Value::from);
        assert_eq!(
            shown(vm, failed),
            "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 1: invalid start byte"
        );
    });
}

#[test]
fn appending_takes_linear_time() {
    with_vm(|vm| {
        let mut value = text(vm, "start ");
        let piece = vm.new_str("0123456789");
        let (mut moves, mut place) = (0, value.bits());
        for _ in 0..100_000 {
            value = vm.str_append(value, &piece).unwrap();
            moves += usize::from(value.bits() != place);
            place = value.bits();
        }
        assert!(moves < 200, "{moves}");
        let string = value.downcast::<Str>().unwrap();
        assert_eq!(string.len(), 1_000_006);
        assert!(string.is_str(&format!("start {}", "0123456789".repeat(100_000))));
        let hash = string.hash_code();
        let wide = vm.new_str("€");
        let value = vm.str_append(value, &wide).unwrap();
        let string = value.downcast::<Str>().unwrap();
        assert!(string.hash_code() != hash && string.len() == 1_000_007);
    });
}

#[test]
fn tuple_of_new_arguments() {
    with_vm(|vm| {
        let args = call(vm, "é", "__getnewargs__", &[]).unwrap();
        assert_eq!(args.downcast::<Tuple>().unwrap().len(), 1);
        check!(vm, "é".__sizeof__() => "58");
    });
}
