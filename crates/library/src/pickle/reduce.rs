//! What `__reduce__` returns, and objects that are found by name, to instructions.

use pvm_object::dict::Dict;
use pvm_object::exceptions;
use pvm_object::str::Str;
use pvm_object::tuple::Tuple;
use pvm_object::{Args, Object, PyResult, Type, Value, Vm, names};

use super::opcodes::*;
use super::pickling_error;
use super::save::{Saver, noted, type_text};
use super::support::{dotted, find_item, which_module};

/// How an instance is made anew.
enum Maker<'a> {
    Call,
    New(&'a Value, &'a [Value]),
    NewEx(&'a Value, &'a Value, &'a Value),
}

/// Whether the class has `__new__` and is the object's own.
fn check_class(vm: &mut Vm, function: &str, class: &Value, object: Option<&Value>) -> PyResult<()> {
    if !class.is_instance_of::<Type>() {
        let kind = type_text(class, vm);
        return Err(pickling_error(vm, &format!("first argument to {function}() must be a class, not {kind}")));
    }
    if vm.find_attr(class, &names::__new__)?.is_none() {
        return Err(pickling_error(vm, &format!("first argument to {function}() has no __new__")));
    }
    let Some(object) = object else { return Ok(()) };
    let own = vm.getattr(object, &names::__class__)?;
    if own.is(class) {
        return Ok(());
    }
    let (own, class) = (vm.repr(&own)?, vm.repr(class)?);
    let message = format!("first argument to {function}() must be {}, not {}", own.to_string_lossy(), class.to_string_lossy());
    Err(pickling_error(vm, &message))
}

impl Saver {
    fn saved(&mut self, vm: &mut Vm, value: &Value, object: Option<&Value>, what: &str) -> PyResult<()> {
        let result = self.save(vm, value);
        let Some(object) = object else { return result };
        noted(vm, result, |vm| Ok(format!("when serializing {} {what}", type_text(object, vm))))
    }

    /// Saves how to make an object: a function and its arguments, and what is done with the result (`save_reduce`).
    pub(super) fn save_reduce(&mut self, vm: &mut Vm, parts: &[Value], object: Option<&Value>) -> PyResult<()> {
        if !(2..=6).contains(&parts.len()) {
            return Err(pickling_error(vm, "tuple returned by __reduce__ must contain 2 through 6 elements"));
        }
        let (function, arguments) = (&parts[0], &parts[1]);
        let wrong = |vm: &mut Vm, which: &str, wanted: &str, value: &Value| {
            let kind = type_text(value, vm);
            pickling_error(vm, &format!("{which} item of the tuple returned by __reduce__ must be {wanted}, not {kind}"))
        };
        if function.ty().slots().call().is_none() {
            return Err(wrong(vm, "first", "callable", function));
        }
        let Some(arguments_tuple) = arguments.downcast::<Tuple>() else {
            return Err(wrong(vm, "second", "a tuple", arguments));
        };
        let optional = |index: usize| parts.get(index).filter(|part| !part.is_none());
        let (state, list_items, dict_items, setter) = (optional(2), optional(3), optional(4), optional(5));
        for (which, items) in [("fourth", list_items), ("fifth", dict_items)] {
            if let Some(items) = items.filter(|items| items.ty().slots().next().is_none()) {
                return Err(wrong(vm, which, "an iterator", items));
            }
        }
        if let Some(setter) = setter.filter(|setter| setter.ty().slots().call().is_none()) {
            return Err(wrong(vm, "sixth", "callable", setter));
        }
        let maker = self.maker(vm, function, arguments_tuple.as_slice(), object)?;
        match maker {
            Maker::Call => {
                self.saved(vm, function, object, "reconstructor")?;
                self.saved(vm, arguments, object, "reconstructor arguments")?;
                self.out.op(REDUCE);
            }
            Maker::New(class, rest) => {
                self.saved(vm, class, object, "class")?;
                let rest = vm.try_tuple(rest.to_vec())?.into();
                self.saved(vm, &rest, object, "__new__ arguments")?;
                self.out.op(NEWOBJ);
            }
            Maker::NewEx(class, arguments, keywords) if self.protocol >= 4 => {
                self.saved(vm, class, object, "class")?;
                self.saved(vm, arguments, object, "__new__ arguments")?;
                self.saved(vm, keywords, object, "__new__ arguments")?;
                self.out.op(NEWOBJ_EX);
            }
            Maker::NewEx(class, arguments, keywords) => {
                let partial = self.partial_new(vm, class, arguments, keywords)?;
                self.saved(vm, &partial, object, "reconstructor")?;
                let nothing = pvm_object::tuple::empty().to_value();
                self.save(vm, &nothing)?;
                self.out.op(REDUCE);
            }
        }
        let Some(object) = object else { return self.finish_reduce(vm, None, state, list_items, dict_items, setter) };
        // An object that led back to itself is in the memo: what was put on the stack is thrown away.
        match self.memo.get(object) {
            Some(number) => {
                self.out.op(POP);
                self.get(number);
            }
            None => self.memoize(object)?,
        }
        self.finish_reduce(vm, Some(object), state, list_items, dict_items, setter)
    }

    fn finish_reduce(
        &mut self,
        vm: &mut Vm,
        object: Option<&Value>,
        state: Option<&Value>,
        list_items: Option<&Value>,
        dict_items: Option<&Value>,
        setter: Option<&Value>,
    ) -> PyResult<()> {
        let none = Value::none();
        let owner = object.unwrap_or(&none);
        if let Some(items) = list_items {
            self.append_items(vm, owner, items)?;
        }
        if let Some(items) = dict_items {
            self.set_items(vm, owner, items)?;
        }
        let Some(state) = state else { return Ok(()) };
        match setter {
            None => {
                self.saved(vm, state, object, "state")?;
                self.out.op(BUILD);
            }
            Some(setter) => {
                self.saved(vm, setter, object, "state setter")?;
                self.save(vm, owner)?;
                self.saved(vm, state, object, "state")?;
                self.out.put(&[TUPLE2, REDUCE, POP]);
            }
        }
        Ok(())
    }

    /// Whether the function is one of those that stand for an instruction.
    fn maker<'a>(&self, vm: &mut Vm, function: &Value, arguments: &'a [Value], object: Option<&Value>) -> PyResult<Maker<'a>> {
        if self.protocol < 2 {
            return Ok(Maker::Call);
        }
        let name = vm.find_attr(function, &names::__name__)?;
        let Some(name) = name.as_ref().and_then(|name| name.downcast::<Str>()) else {
            return Ok(Maker::Call);
        };
        if name.is_str("__newobj__") {
            let [class, rest @ ..] = arguments else {
                return Err(pickling_error(vm, "__newobj__ expected at least 1 argument, got 0"));
            };
            check_class(vm, "__newobj__", class, object)?;
            return Ok(Maker::New(class, rest));
        }
        if !name.is_str("__newobj_ex__") {
            return Ok(Maker::Call);
        }
        let [class, positional, keywords] = arguments else {
            let given = arguments.len();
            return Err(pickling_error(vm, &format!("__newobj_ex__ expected 3 arguments, got {given}")));
        };
        if !class.is_instance_of::<Type>() {
            check_class(vm, "__newobj_ex__", class, object)?;
        }
        let kinds = [
            ("second", "a tuple", positional, positional.is_instance_of::<Tuple>()),
            ("third", "a dict", keywords, keywords.is_instance_of::<Dict>()),
        ];
        for (which, wanted, value, fits) in kinds {
            if !fits {
                let kind = type_text(value, vm);
                return Err(pickling_error(vm, &format!("{which} argument to __newobj_ex__() must be {wanted}, not {kind}")));
            }
        }
        check_class(vm, "__newobj_ex__", class, object)?;
        Ok(Maker::NewEx(class, positional, keywords))
    }

    /// `partial(cls.__new__, cls, *args, **kwargs)`.
    fn partial_new(&mut self, vm: &mut Vm, class: &Value, arguments: &Value, keywords: &Value) -> PyResult {
        let new = vm.getattr(class, &names::__new__)?;
        let mut values = vec![new, class.clone()];
        if let Some(arguments) = arguments.downcast::<Tuple>() {
            values.extend(arguments.as_slice().iter().cloned());
        }
        let mut keyword_names = Vec::new();
        if let Some(keywords) = keywords.downcast::<Dict>() {
            for (name, value) in keywords.entries(vm) {
                keyword_names.push(name.to_owned());
                values.push(value.to_owned());
            }
        }
        let keyword_names = vm.new_tuple(keyword_names);
        vm.call_args(&self.support.partial.clone(), Args::with_keywords(&values, Some(&keyword_names)))
    }

    pub(super) fn save_class(&mut self, vm: &mut Vm, class: &Object<Type>) -> PyResult<()> {
        let object = class.to_value();
        let singletons = [Value::none(), Value::not_implemented(), Value::ellipsis()];
        match singletons.iter().find(|singleton| std::ptr::eq(singleton.ty(), class)) {
            Some(singleton) => {
                let arguments = vm.try_tuple([singleton.clone()])?;
                self.save_reduce(vm, &[class.ty().to_value(), arguments.into()], Some(&object))
            }
            None => self.save_global(vm, &object, None),
        }
    }

    /// Saves an object by the name it is found under (`save_global`).
    pub(super) fn save_global(&mut self, vm: &mut Vm, object: &Value, name: Option<&Object<Str>>) -> PyResult<()> {
        let name = match name {
            Some(name) => name.to_value(),
            None => match vm.find_attr(object, &names::__qualname__)? {
                Some(name) => name,
                None => vm.getattr(object, &names::__name__)?,
            },
        };
        let Some(name_text) = name.downcast::<Str>() else {
            let kind = type_text(&name, vm);
            return Err(vm.type_error(format_args!("__qualname__ must be str, not {kind}")));
        };
        let path = dotted(vm, name_text)?;
        let module = which_module(vm, object, name_text, &path)?;
        if self.protocol >= 2 && self.save_extension(vm, object, &module, &name)? {
            return Ok(());
        }
        if self.protocol >= 4 {
            self.save(vm, &module)?;
            self.save(vm, &name)?;
            self.out.op(STACK_GLOBAL);
            return self.memoize(object);
        }
        let [first, rest @ ..] = &path[..] else { unreachable!("a split text has a part") };
        let getattr = self.support.getattr.clone();
        for _ in rest {
            self.save(vm, &getattr)?;
            if self.protocol < 2 {
                self.out.op(MARK);
            }
        }
        self.save_top_level(vm, &module, first)?;
        for part in rest {
            self.save(vm, part)?;
            self.out.put(&[if self.protocol < 2 { TUPLE } else { TUPLE2 }, REDUCE]);
        }
        self.memoize(object)
    }

    /// Saves an object that has a number in `copyreg`; false where it has none.
    fn save_extension(&mut self, vm: &mut Vm, object: &Value, module: &Value, name: &Value) -> PyResult<bool> {
        let key = vm.try_tuple([module.clone(), name.clone()])?.into();
        let registry = self.support.extension_registry.clone();
        let Some(code) = find_item(vm, &registry, &key)? else { return Ok(false) };
        if code.as_int().is_none() {
            let (object, code) = (vm.repr(object)?, vm.repr(&code)?);
            let (object, code) = (object.to_string_lossy(), code.to_string_lossy());
            return Err(pickling_error(vm, &format!("Can't pickle {object}: extension code {code} isn't an integer")));
        }
        let code = vm.index_isize_or(&code, &exceptions::OVERFLOW_ERROR)?;
        match u32::try_from(code) {
            Ok(0) | Err(_) => return Err(vm.runtime_error(format_args!("extension code {code} is out of range"))),
            Ok(code @ ..=0xff) => self.out.put(&[EXT1, code as u8]),
            Ok(code @ ..=0xffff) => self.out.put(&[EXT2, code as u8, (code >> 8) as u8]),
            Ok(code) => self.out.put(&[&[EXT4], &code.to_le_bytes()[..]].concat()),
        }
        Ok(true)
    }

    /// A name of a module, by `GLOBAL`.
    fn save_top_level(&mut self, vm: &mut Vm, module: &Value, name: &Value) -> PyResult<()> {
        let (mut module, mut name) = (module.clone(), name.clone());
        if self.protocol < 3 && self.fix_imports {
            let key = vm.try_tuple([module.clone(), name.clone()])?.into();
            let (names_map, modules_map) =
                (self.support.reverse_name_mapping.clone(), self.support.reverse_import_mapping.clone());
            if let Some(old) = find_item(vm, &names_map, &key)? {
                let Some([old_module, old_name]) = old.downcast::<Tuple>().map(|old| old.as_slice()) else {
                    return Err(vm.runtime_error(format_args!("_compat_pickle.REVERSE_NAME_MAPPING values should be 2-tuples")));
                };
                (module, name) = (old_module.clone(), old_name.clone());
            } else if let Some(old) = find_item(vm, &modules_map, &module)? {
                module = old;
            }
        }
        let line = |saver: &mut Saver, vm: &mut Vm, prefix: &[u8], value: &Value, what: &str| {
            let text = value.downcast::<Str>().and_then(|text| text.as_str());
            match text.filter(|text| saver.protocol >= 3 || text.is_ascii()) {
                Some(text) => {
                    saver.out.put(&[prefix, text.as_bytes(), b"\n"].concat());
                    Ok(())
                }
                None => {
                    let shown = vm.repr(value)?;
                    let (shown, protocol) = (shown.to_string_lossy(), saver.protocol);
                    let message = format!("can't pickle {what} identifier {shown} using pickle protocol {protocol}");
                    let encode = vm.intern("encode");
                    let encoding = vm.intern(if saver.protocol >= 3 { "utf-8" } else { "ascii" });
                    // The codec's own error is the context.
                    let context = match vm.call_method(value, &encode, &[encoding.into()]) {
                        Ok(_) => Value::none(),
                        Err(raised) => vm.catch(raised).to_value(),
                    };
                    let raised = pickling_error(vm, &message);
                    Err(super::support::chained(vm, raised, context))
                }
            }
        };
        line(self, vm, &[GLOBAL], &module, "module")?;
        line(self, vm, b"", &name, "global")
    }
}
