//! What the macros say to those who misuse them.

use proc_macro2::TokenStream;
use syn::parse_str;

fn message(result: syn::Result<TokenStream>) -> String {
    match result {
        // Errors in single functions come behind the block, so that the rest of it keeps compiling.
        Ok(tokens) => {
            let text = tokens.to_string();
            let message = text.split_once("compile_error ! {").map(|(_, rest)| rest.trim().to_owned());
            message.unwrap_or_else(|| panic!("no error in {text}"))
        }
        Err(error) => error.to_string(),
    }
}

fn in_methods(function: &str) -> String {
    let block = parse_str(&format!("impl Stack {{ {function} }}")).expect("the test's source parses");
    message(crate::methods::expand(TokenStream::new(), block))
}

fn in_class(options: &str, class: &str) -> String {
    let (options, class) = (parse_str(options), parse_str(class));
    message(crate::class::expand(options.expect("the options parse"), class.expect("the class parses")))
}

fn in_module(items: &str) -> String {
    let module = parse_str(&format!("mod stacks {{ {items} }}")).expect("the test's source parses");
    message(crate::module::expand_module(TokenStream::new(), module))
}

#[test]
fn methods() {
    for (function, wanted) in [
        ("fn f(&mut self) {}", "the receiver is `&self`"),
        ("fn f(self) {}", "the receiver is `&self`"),
        ("fn f(a: &Value) {}", "a method takes `&self`"),
        ("#[classmethod] fn f(a: &Value) {}", "a class method takes `cls: &Object<Type>` first"),
        ("async fn f(&self) {}", "is not `async`"),
        ("fn f<T>(&self, a: T) {}", "has no type parameters"),
        ("fn f(&self, (a, b): (i32, i32)) {}", "has a plain name"),
        ("fn f(&self, a: Option<Value>, b: Value) {}", "without a default stands behind one with a default"),
        ("#[signature = \"(b)\"] fn f(&self, a: Value) {}", "the signature has `b` where this parameter is `a`"),
        ("#[signature = \"(a, b)\"] fn f(&self, a: Value) {}", "the signature has 2 parameters, the function 1"),
        ("#[signature = \"(*a)\"] fn f(&self, a: Value) {}", "is taken as `Args<'_>`"),
        ("#[signature = \"(**a)\"] fn f(&self, a: Value) {}", "is taken as `Keywords<'_>`"),
        ("#[signature = \"a\"] fn f(&self, a: Value) {}", "it stands in parentheses"),
        ("#[signature = 5] fn f(&self, a: Value) {}", "takes a string"),
        ("#[new] #[staticmethod] fn f(a: Value) {}", "these attributes exclude each other"),
        ("#[slot(nonsense)] fn f(&self) {}", "there is no slot `nonsense`"),
        ("#[coexist] fn f(&self) {}", "is for a method that fills a slot"),
        ("#[getter] fn f(&self, a: Value) {}", "a getter takes the receiver"),
        ("#[setter] fn set_f(&self) {}", "a setter takes the receiver and the value"),
        ("#[setter] fn set_f(&self, a: Value) {}", "there is no getter `f` for this setter"),
        ("const A: i32 = 1;", "is marked `#[constant]`"),
        ("#[constant] fn f(a: Value) {}", "takes a token at most"),
        ("fn __len__(&self, a: &Value) -> usize { 0 }", "`__len__` takes 0 operand(s)"),
        ("fn __len__() -> usize { 0 }", "`__len__` needs a receiver"),
        ("fn __add__(this: &Value, a: &Value) {}", "or both operands and no receiver"),
        ("fn __eq__(&self, a: &Value) {} fn __richcompare__(&self, a: &Value, op: CompareOp) {}", "exclude each other"),
        ("#[slot(setitem)] fn a(&self, k: &Value, v: Option<&Value>) {} fn __delitem__(&self, k: &Value) {}", "given twice"),
    ] {
        let found = in_methods(function);
        assert!(found.contains(wanted), "{function}\n  says {found}\n  instead of {wanted}");
    }
}

#[test]
fn defaults_need_rust_values() {
    let block = parse_str("impl Stack { #[signature = \"(a=())\"] fn f(&self, a: Value) {} }").expect("it parses");
    let tokens = crate::methods::expand(TokenStream::new(), block).expect("it expands").to_string();
    assert!(tokens.contains("the default `()` needs a Rust value"), "{tokens}");
}

#[test]
fn classes() {
    for (options, class, wanted) in [
        ("nonsense", "struct A;", "unknown option"),
        ("", "struct A<T>(T);", "has no generic parameters"),
        ("extends = B", "struct A;", "the first field must be the base's native half, a `B`"),
        ("extends = B", "enum A { X }", "is a struct"),
        ("", "struct A(#[member] Value);", "has a name"),
        ("like = B", "struct A(u8);", "has no native half of its own"),
        ("", "union A { a: u8, b: i8 }", "a union cannot be traced"),
    ] {
        let found = in_class(options, class);
        assert!(found.contains(wanted), "{class}\n  says {found}\n  instead of {wanted}");
    }
}

#[test]
fn modules() {
    for (items, wanted) in [
        ("#[init] fn a() {} #[init] fn b() {}", "a module has one initialiser"),
        ("#[init] fn a(x: Value) {}", "the initialiser takes `module"),
        ("#[export] use a::*;", "is named one by one"),
        ("#[constant] fn a(x: Value) {}", "takes a token at most"),
    ] {
        let found = in_module(items);
        assert!(found.contains(wanted), "{items}\n  says {found}\n  instead of {wanted}");
    }
}
