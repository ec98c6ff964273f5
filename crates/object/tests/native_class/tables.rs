//! What the macros write into the tables: names, signatures, effects, properties, constants, flags.

use pvm_object::native::{ConstDef, Effects, GetSetDef, MemberDef};
use pvm_object::types::type_flag;
use pvm_object::{Args, PyClass, Value};

use crate::calls::{make, method, text, with_vm};
use crate::declared::{Odd, Plain, Stack, Tower, stacks};

fn property(name: &str) -> &'static GetSetDef {
    let members = Stack::type_object().def().expect("a static class").members;
    let found = members.iter().find_map(|member| match member {
        MemberDef::GetSet(property) if property.name == name => Some(*property),
        _ => None,
    });
    found.unwrap_or_else(|| panic!("no property {name}"))
}

fn constant(members: &[MemberDef], name: &str) -> &'static ConstDef {
    let found = members.iter().find_map(|member| match member {
        MemberDef::Const(constant) if constant.name == name => Some(*constant),
        _ => None,
    });
    found.unwrap_or_else(|| panic!("no constant {name}"))
}

#[test]
fn signatures_and_docs() {
    for (name, signature, doc) in [
        ("push", Some("($self, item, /)"), Some("Add an item on top.")),
        ("pop", Some("($self, index=-1, /)"), Some("Take an item off.")),
        ("clear", Some("($self, /)"), None),
        ("mixed", Some("($self, a, /, b, c=5, *, key, reverse=False)"), None),
        ("rest", Some("($self, /, first, *args, sep=' ', **kwargs)"), None),
        ("raw", None, None),
        ("defaults", Some("($self, n=3, text='x', flag=None, /)"), None),
        ("lookup", None, None),
        ("of", Some("($type, item, /)"), None),
        ("twice", Some("(n, /)"), None),
    ] {
        let method = method(Stack::type_object(), name);
        assert_eq!(method.text_signature(), signature, "{name}");
        assert_eq!(method.doc_text(), doc, "{name}");
    }
    let def = Stack::type_object().def().expect("a static class");
    assert_eq!((def.name, def.module), ("stack", "stacks"));
    assert_eq!(def.doc, Some("stack(iterable=(), maxlen=None)\n--\n\nA stack of values."));
}

#[test]
fn effects_and_direct_entries() {
    for (name, effects, entries) in [
        ("push", Effects::Writes, [false, true, false]),
        ("pop", Effects::Anything, [true, true, false]),
        ("clear", Effects::Writes, [true, false, false]),
        ("same", Effects::Pure, [false, true, false]),
        ("peek", Effects::Reads, [true, false, false]),
        ("mixed", Effects::Anything, [false, false, false]),
        ("lookup", Effects::Pure, [false, true, true]),
        ("raw", Effects::Pure, [false, false, false]),
    ] {
        let method = method(Stack::type_object(), name);
        assert_eq!(method.effects, effects, "{name}");
        let direct = [method.direct.zero.is_some(), method.direct.one.is_some(), method.direct.two.is_some()];
        assert_eq!(direct, entries, "{name}");
    }
}

#[test]
fn flags() {
    let flags = Stack::type_object().flags();
    assert_ne!(flags & type_flag::BASE_TYPE, 0);
    assert_ne!(flags & type_flag::SEQUENCE, 0);
    assert_ne!(flags & type_flag::HAS_WEAKREFS, 0);
    assert_ne!(flags & type_flag::CONTAINER, 0);
    assert_eq!(flags & (type_flag::MAPPING | type_flag::HAS_DICT | type_flag::DISALLOW_INSTANTIATION), 0);
    assert_eq!(Tower::type_object().flags() & type_flag::BASE_TYPE, 0);
    assert_eq!(
        Plain::type_object().flags() & (type_flag::CONTAINER | type_flag::DISALLOW_INSTANTIATION),
        type_flag::DISALLOW_INSTANTIATION
    );
    assert!(Odd::type_object().has_flags(type_flag::HAS_DICT | type_flag::MAPPING | type_flag::MATCH_SELF));
}

#[test]
fn properties() {
    with_vm(|vm| {
        let nothing: Value = vm.new_tuple(vec![]).into();
        let stack = make(vm, Stack::type_object(), Args::positional(&[nothing, Value::from_i32(9)])).expect("an instance");
        let read = |vm: &mut pvm_object::Vm, name: &str| {
            let result = (property(name).get)(vm, &stack);
            text(vm, result)
        };
        assert!(property("maxlen").is_member && property("maxlen").set.is_none() && !property("label").is_member);
        assert_eq!(property("maxlen").doc, Some("How many items fit."));
        assert_eq!(property("size").doc, Some("The items on the stack."));
        assert_eq!(read(vm, "maxlen"), "9");
        assert_eq!(read(vm, "label"), "None");
        let set = property("name").set.expect("a setter");
        assert!(set(vm, &stack, Some(&Value::from_i32(4))).is_ok());
        assert_eq!((read(vm, "name"), read(vm, "label")), ("4".to_owned(), "4".to_owned()));
        assert!(set(vm, &stack, None).is_ok());
        assert_eq!(read(vm, "name"), "None");
        let set = property("bottom").set.expect("a setter");
        assert!(set(vm, &stack, Some(&Value::from_i32(4))).is_ok());
        assert_eq!((read(vm, "bottom"), read(vm, "size")), ("4".to_owned(), "1".to_owned()));
        for (value, wanted) in [
            (None, "TypeError: cannot delete 'bottom' attribute"),
            (Some(Value::none()), "TypeError: 'NoneType' object cannot be interpreted as an integer"),
        ] {
            let result = set(vm, &stack, value.as_ref()).map(|()| Value::none());
            assert_eq!(text(vm, result), wanted);
        }
    });
}

#[test]
fn constants_and_modules() {
    with_vm(|vm| {
        let members = Stack::type_object().def().expect("a static class").members;
        for (name, wanted) in [("LIMIT", "1099511627776"), ("greeting", "hello")] {
            let result = (constant(members, name).value)(vm);
            assert_eq!(text(vm, result), wanted);
        }
        let module = &stacks::MODULE;
        assert_eq!((module.name, module.doc), ("stacks", Some("All about stacks.")));
        let members: Vec<MemberDef> = module.members().copied().collect();
        for (name, wanted) in [("VERSION", "1.0"), ("depth", "3")] {
            let result = (constant(&members, name).value)(vm);
            assert_eq!(text(vm, result), wanted);
        }
        let classes: Vec<&str> = module.classes().map(|class| class.short_name()).collect();
        assert_eq!(classes, ["stack", "Tower"]);
        assert_eq!(stacks::Hidden::type_object().def().map(|def| def.module), Some("stacks"));
        let hidden = make(vm, stacks::Hidden::type_object(), Args::positional(&[Value::from_i32(2)])).expect("an instance");
        let result = (method(stacks::Hidden::type_object(), "get").call)(vm, &hidden, Args::empty());
        assert_eq!(text(vm, result), "2");
        assert!(module.init.expect("an initialiser")(vm, &Value::none()).is_ok());
    });
}
