//! The machine that reads pickles.

use pvm_object::bytearray::ByteArray;
use pvm_object::dict::Dict;
use pvm_object::int::INT_TYPE;
use pvm_object::list::List;
use pvm_object::number::bigint::bytes::{ByteOrder, from_bytes};
use pvm_object::set::Set;
use pvm_object::str::Str;
use pvm_object::tuple::Tuple;
use pvm_object::{Args, HeapVec, Object, PyResult, Raised, Ref, Type, Value, Vm, exceptions, names};

use super::input::{Chunk, Input};
use super::opcodes::*;
use super::stack::{LoadMemo, Stack};
use super::support::{Support, dotted, find_item, resolve};
use super::unpickler::Unpickler;
use super::unpickling_error;

/// A pickle being read.
pub struct Loader<'a> {
    pub input: Input,
    pub stack: Stack,
    pub memo: LoadMemo,
    pub protocol: i32,
    pub fix_imports: bool,
    pub encoding: String,
    pub errors: String,
    /// The iterator over the buffers that are not in the pickle.
    pub buffers: Option<Value>,
    /// The unpickler whose `find_class` and protocol count, where a subclass's one reads.
    pub unpickler: Option<&'a Object<Unpickler>>,
    pub persistent_load: Option<Value>,
    pub support: Ref<Support>,
}

/// A class or function by its module and name (`find_class`).
pub fn find_class(
    vm: &mut Vm,
    support: &Support,
    protocol: i32,
    fix_imports: bool,
    module: &Object<Str>,
    name: &Object<Str>,
) -> PyResult {
    let (mut module, mut name) = (module.to_value(), name.to_value());
    pvm_interpreter::audit::event(vm, "pickle.find_class", &[module.clone(), name.clone()])?;
    if protocol < 3 && fix_imports {
        let key = vm.try_tuple([module.clone(), name.clone()])?.into();
        if let Some(new) = find_item(vm, &support.name_mapping, &key)? {
            let Some([new_module, new_name]) = new.downcast::<Tuple>().map(|new| new.as_slice()) else {
                return Err(vm.runtime_error(format_args!("_compat_pickle.NAME_MAPPING values should be 2-tuples")));
            };
            (module, name) = (new_module.clone(), new_name.clone());
        } else if let Some(new) = find_item(vm, &support.import_mapping, &module)? {
            module = new;
        }
    }
    let (module, name) = (vm.attribute_name(&module)?, vm.attribute_name(&name)?);
    let found = super::support::import(vm, &module)?;
    if protocol < 4 {
        return vm.getattr(&found, &name);
    }
    let path = dotted(vm, &name)?;
    let result = resolve(vm, &found, &path);
    match result {
        Err(raised) if path.len() > 1 && vm.pending_is(&exceptions::ATTRIBUTE_ERROR) => {
            let context = vm.catch(raised).to_value();
            let (name, module) = (vm.repr(&name.into())?, vm.repr(&module.into())?);
            let (name, module) = (name.to_string_lossy(), module.to_string_lossy());
            let raised = vm.attribute_error(format_args!("Can't resolve path {name} on module {module}"));
            Err(super::support::chained(vm, raised, context))
        }
        result => result,
    }
}

#[cold]
fn odd_items(vm: &mut Vm, op: &str) -> Raised {
    unpickling_error(vm, &format!("odd number of items for {op}"))
}

impl Loader<'_> {
    /// Reads an object.
    pub fn load(&mut self, vm: &mut Vm) -> PyResult {
        loop {
            let op = self.input.op(vm)?;
            if op == STOP {
                break;
            }
            self.step(vm, op)?;
        }
        self.input.skip_consumed(vm)?;
        self.stack.pop(vm)
    }

    #[inline]
    fn step(&mut self, vm: &mut Vm, op: u8) -> PyResult<()> {
        match op {
            MEMOIZE => {
                let value = self.stack.top(vm)?;
                let number = self.memo.next_number();
                self.memo.set(number, value)
            }
            BINGET => {
                let [number] = self.input.array(vm)?;
                self.get(vm, number.into())
            }
            SHORT_BINUNICODE => {
                let [length] = self.input.array(vm)?;
                self.text(vm, length.into())
            }
            BININT1 => {
                let [number] = self.input.array(vm)?;
                self.push(Value::from_i32(number.into()))
            }
            BININT2 => {
                let bytes = self.input.array(vm)?;
                self.push(Value::from_i32(u16::from_le_bytes(bytes).into()))
            }
            BININT => {
                let bytes = self.input.array(vm)?;
                self.push(Value::from_i32(i32::from_le_bytes(bytes)))
            }
            BINFLOAT => {
                let bytes = self.input.array(vm)?;
                let value = vm.float(f64::from_be_bytes(bytes));
                self.push(value)
            }
            NONE => self.push(Value::none()),
            NEWTRUE => self.push(Value::from_bool(true)),
            NEWFALSE => self.push(Value::from_bool(false)),
            MARK => {
                self.stack.mark();
                Ok(())
            }
            TUPLE1 | TUPLE2 | TUPLE3 => {
                let items = self.stack.take(vm, usize::from(op - TUPLE1) + 1)?;
                let tuple = vm.try_tuple(items)?;
                self.push(tuple.into())
            }
            TUPLE => {
                let items = self.stack.take_marked(vm)?;
                let tuple = vm.try_tuple(items)?;
                self.push(tuple.into())
            }
            EMPTY_TUPLE => self.push(pvm_object::tuple::empty().to_value()),
            EMPTY_LIST => {
                let list = vm.new_list();
                self.push(list.into())
            }
            EMPTY_DICT => {
                let dict = vm.new_dict();
                self.push(dict.into())
            }
            EMPTY_SET => {
                let set = vm.new_set();
                self.push(set.into())
            }
            APPENDS => {
                let items = self.stack.take_marked(vm)?;
                self.append(vm, items)
            }
            APPEND => {
                let item = self.stack.pop(vm)?;
                self.append(vm, vec![item])
            }
            SETITEMS => {
                let items = self.stack.take_marked(vm)?;
                self.set_items(vm, items)
            }
            SETITEM => {
                let items = self.stack.take(vm, 2)?;
                self.set_items(vm, items)
            }
            BUILD => self.build(vm),
            NEWOBJ | NEWOBJ_EX => self.new_object(vm, op == NEWOBJ_EX),
            REDUCE => {
                let arguments = self.stack.pop(vm)?;
                let function = self.stack.pop(vm)?;
                let Some(arguments) = arguments.downcast::<Tuple>() else {
                    return Err(vm.type_error(format_args!("argument list must be a tuple")));
                };
                let made = vm.call(&function, arguments.as_slice())?;
                self.push(made)
            }
            _ => self.rare(vm, op),
        }
    }

    #[inline]
    fn push(&mut self, value: Value) -> PyResult<()> {
        self.stack.push(value);
        Ok(())
    }

    /// The instructions that are rarer, or of older protocols.
    #[inline(never)]
    fn rare(&mut self, vm: &mut Vm, op: u8) -> PyResult<()> {
        match op {
            PROTO => {
                let [protocol] = self.input.array(vm)?;
                let protocol = i32::from(protocol);
                if protocol > HIGHEST_PROTOCOL {
                    return Err(vm.value_error(format_args!("unsupported pickle protocol: {protocol}")));
                }
                self.protocol = protocol;
                if let Some(unpickler) = self.unpickler {
                    unpickler.set_protocol(protocol);
                }
                Ok(())
            }
            FRAME => {
                let length = self.length(vm, 8, "FRAME length exceeds system's maximum of")?;
                self.input.frame(vm, length)
            }
            POP => self.stack.discard(vm),
            POP_MARK => self.stack.take_marked(vm).map(drop),
            DUP => {
                let value = self.stack.top(vm)?;
                self.push(value)
            }
            LIST => {
                let items = self.stack.take_marked(vm)?;
                let list = vm.try_list(items)?;
                self.push(list.into())
            }
            DICT => {
                let items = self.stack.take_marked(vm)?;
                if items.len() % 2 != 0 {
                    return Err(odd_items(vm, "DICT"));
                }
                let dict = vm.new_dict();
                for pair in items.chunks_exact(2) {
                    dict.set(&pair[0], pair[1].clone(), vm)?;
                }
                self.push(dict.into())
            }
            FROZENSET => {
                let items = self.stack.take_marked(vm)?;
                let set = vm.frozenset_from(&items)?;
                self.push(set.into())
            }
            ADDITEMS => self.add_items(vm),
            INT | LONG | FLOAT | GET | PUT | STRING | UNICODE | PERSID => self.text_op(vm, op),
            GLOBAL => {
                let (module, name) = (self.input.name(vm)?, self.input.name(vm)?);
                let (module, name) = (self.decoded(vm, &module)?, self.decoded(vm, &name)?);
                let found = self.find(vm, &module, &name)?;
                self.push(found)
            }
            STACK_GLOBAL => {
                let parts = self.stack.take(vm, 2)?;
                let (Some(module), Some(name)) = (parts[0].downcast_exact::<Str>(), parts[1].downcast_exact::<Str>()) else {
                    return Err(unpickling_error(vm, "STACK_GLOBAL requires str"));
                };
                let found = self.find(vm, module, name)?;
                self.push(found)
            }
            INST => {
                let (module, name) = (self.input.name(vm)?, self.input.name(vm)?);
                let (module, name) = (self.decoded(vm, &module)?, self.decoded(vm, &name)?);
                let class = self.find(vm, &module, &name)?;
                let arguments = self.stack.take_marked(vm)?;
                self.instantiate(vm, &class, &arguments)
            }
            OBJ => {
                let items = self.stack.take_marked(vm)?;
                let Some((class, arguments)) = items.split_first() else {
                    return Err(unpickling_error(vm, "unpickling stack underflow"));
                };
                self.instantiate(vm, class, arguments)
            }
            BINPERSID => {
                let id = self.stack.pop(vm)?;
                self.persistent(vm, id)
            }
            LONG_BINGET => {
                let number = u32::from_le_bytes(self.input.array(vm)?);
                self.get(vm, number as usize)
            }
            BINPUT => {
                let [number] = self.input.array(vm)?;
                self.put(vm, number.into())
            }
            LONG_BINPUT => {
                let number = u32::from_le_bytes(self.input.array(vm)?);
                self.put(vm, number as usize)
            }
            LONG1 => {
                let [length] = self.input.array(vm)?;
                self.long(vm, length.into())
            }
            LONG4 => {
                let length = i32::from_le_bytes(self.input.array(vm)?);
                match usize::try_from(length) {
                    Ok(length) => self.long(vm, length),
                    Err(_) => Err(unpickling_error(vm, "LONG pickle has negative byte count")),
                }
            }
            BINUNICODE => {
                let length = self.length(vm, 4, "BINUNICODE exceeds system's maximum size of")?;
                self.text(vm, length)
            }
            BINUNICODE8 => {
                let length = self.length(vm, 8, "BINUNICODE exceeds system's maximum size of")?;
                self.text(vm, length)
            }
            SHORT_BINBYTES => {
                let length = self.length(vm, 1, "")?;
                self.bytes(vm, length)
            }
            BINBYTES => {
                let length = self.length(vm, 4, "BINBYTES exceeds system's maximum size of")?;
                self.bytes(vm, length)
            }
            BINBYTES8 => {
                let length = self.length(vm, 8, "BINBYTES exceeds system's maximum size of")?;
                self.bytes(vm, length)
            }
            BYTEARRAY8 => {
                let length = self.length(vm, 8, "BYTEARRAY8 exceeds system's maximum size of")?;
                let data = self.input.chunk(vm, length)?;
                let array: Ref<ByteArray> = vm.new_bytearray(&data)?;
                self.push(array.into())
            }
            SHORT_BINSTRING => {
                let length = self.length(vm, 1, "")?;
                let data = self.input.chunk(vm, length)?;
                self.old_string(vm, &data)
            }
            BINSTRING => {
                let length = i32::from_le_bytes(self.input.array(vm)?);
                let Ok(length) = usize::try_from(length) else {
                    return Err(unpickling_error(vm, "BINSTRING pickle has negative byte count"));
                };
                let data = self.input.chunk(vm, length)?;
                self.old_string(vm, &data)
            }
            EXT1 => {
                let [code] = self.input.array(vm)?;
                self.extension(vm, code.into())
            }
            EXT2 => {
                let code = u16::from_le_bytes(self.input.array(vm)?);
                self.extension(vm, code.into())
            }
            EXT4 => {
                let code = i32::from_le_bytes(self.input.array(vm)?);
                self.extension(vm, code)
            }
            NEXT_BUFFER => {
                let Some(buffers) = self.buffers.clone() else {
                    let message = "pickle stream refers to out-of-band data but no *buffers* argument was given";
                    return Err(unpickling_error(vm, message));
                };
                match vm.next(&buffers)? {
                    Some(buffer) => self.push(buffer),
                    None => Err(unpickling_error(vm, "not enough out-of-band buffers")),
                }
            }
            READONLY_BUFFER => {
                let buffer = self.stack.pop(vm)?;
                let view = vm.memoryview(&buffer)?;
                let name = vm.intern("readonly");
                let readonly = vm.getattr(&view.clone().into(), &name)?;
                if vm.truth(&readonly)? {
                    return self.push(buffer);
                }
                let name = vm.intern("toreadonly");
                let readonly = vm.call_method(&view.into(), &name, &[])?;
                self.push(readonly)
            }
            _ => {
                let shown = match op {
                    b'\'' | b'\\' => format!("\\x{op:02x}"),
                    0x20..=0x7e => char::from(op).to_string(),
                    _ => format!("\\x{op:02x}"),
                };
                Err(unpickling_error(vm, &format!("invalid load key, '{shown}'.")))
            }
        }
    }

    /// A length of so many bytes.
    fn length(&mut self, vm: &mut Vm, size: usize, too_large: &str) -> PyResult<usize> {
        let bytes = self.input.chunk(vm, size)?;
        let length = bytes.iter().rev().fold(0, |length: u64, &byte| length << 8 | u64::from(byte));
        if length > isize::MAX as u64 {
            return Err(vm.overflow_error(format_args!("{too_large} {} bytes", isize::MAX)));
        }
        Ok(length as usize)
    }

    fn get(&mut self, vm: &mut Vm, number: usize) -> PyResult<()> {
        match self.memo.get(number) {
            Some(value) => self.push(value),
            None => Err(unpickling_error(vm, &format!("Memo value not found at index {number}"))),
        }
    }

    fn put(&mut self, vm: &mut Vm, number: usize) -> PyResult<()> {
        let value = self.stack.top(vm)?;
        self.memo.set(number, value)
    }

    fn long(&mut self, vm: &mut Vm, length: usize) -> PyResult<()> {
        let data = self.input.chunk(vm, length)?;
        let value = from_bytes(&data, ByteOrder::Little, true);
        let value = vm.number(value);
        self.push(value)
    }

    fn decoded(&mut self, vm: &mut Vm, data: &[u8]) -> PyResult<Ref<Str>> {
        if let Ok(text) = std::str::from_utf8(data) {
            return Ok(vm.try_str(text)?);
        }
        let (bytes, decode) = (vm.new_bytes(data)?, vm.intern("decode"));
        let (encoding, errors) = (vm.intern("utf-8"), vm.intern("surrogatepass"));
        let text = vm.call_method(&bytes.into(), &decode, &[encoding.into(), errors.into()])?;
        vm.attribute_name(&text)
    }

    fn text(&mut self, vm: &mut Vm, length: usize) -> PyResult<()> {
        let data = self.input.chunk(vm, length)?;
        let text = self.decoded(vm, &data)?;
        self.push(text.into())
    }

    fn bytes(&mut self, vm: &mut Vm, length: usize) -> PyResult<()> {
        let data = self.input.chunk(vm, length)?;
        let bytes = vm.new_bytes(&data)?;
        self.push(bytes.into())
    }

    /// A string of Python 2: bytes, or text in the encoding that was told.
    fn old_string(&mut self, vm: &mut Vm, data: &[u8]) -> PyResult<()> {
        let bytes: Value = vm.new_bytes(data)?.into();
        if self.encoding == "bytes" {
            return self.push(bytes);
        }
        let (decode, encoding, errors) = (vm.intern("decode"), vm.new_str(&self.encoding), vm.new_str(&self.errors));
        let text = vm.call_method(&bytes, &decode, &[encoding.into(), errors.into()])?;
        self.push(text)
    }

    /// An int on a line.
    fn line_int(vm: &mut Vm, line: &Chunk) -> PyResult {
        let class = INT_TYPE.get().to_value();
        // The line's end shows in messages.
        let text = [&line[..], b"\n"].concat();
        let text = vm.str_from_code_points(text.iter().map(|&byte| byte.into()))?;
        vm.call(&class, &[text.into()])
    }

    /// The instructions whose argument is a line of text.
    fn text_op(&mut self, vm: &mut Vm, op: u8) -> PyResult<()> {
        let line = self.input.line(vm)?;
        match op {
            INT => match &line[..] {
                b"00" => self.push(Value::from_bool(false)),
                b"01" => self.push(Value::from_bool(true)),
                _ => {
                    let value = Loader::line_int(vm, &line);
                    match value {
                        Ok(value) => self.push(value),
                        Err(raised) => {
                            if vm.pending_is(&exceptions::VALUE_ERROR) {
                                drop(vm.catch(raised));
                                return Err(vm.value_error(format_args!("could not convert string to int")));
                            }
                            Err(raised)
                        }
                    }
                }
            },
            LONG => {
                if line.is_empty() {
                    return Err(unpickling_error(vm, "pickle data was truncated"));
                }
                let digits = line.strip_suffix(b"L").unwrap_or(&line);
                let class = INT_TYPE.get().to_value();
                let mut text: Vec<u32> = digits.iter().map(|&byte| byte.into()).collect();
                if digits.len() == line.len() {
                    text.push('\n'.into());
                }
                let text = vm.str_from_code_points(text)?;
                let value = vm.call(&class, &[text.into()])?;
                self.push(value)
            }
            FLOAT => {
                if line.is_empty() {
                    return Err(unpickling_error(vm, "pickle data was truncated"));
                }
                let text = vm.str_from_code_points(line.iter().map(|&byte| byte.into()))?;
                let class = pvm_object::float::FLOAT_TYPE.get().to_value();
                let value = vm.call(&class, &[text.into()]);
                match value {
                    Ok(value) => self.push(value),
                    Err(raised) if vm.pending_is(&exceptions::VALUE_ERROR) => {
                        drop(vm.catch(raised));
                        let shown = String::from_utf8_lossy(&line);
                        Err(vm.value_error(format_args!("could not convert string to float: '{shown}\n'")))
                    }
                    Err(raised) => Err(raised),
                }
            }
            GET | PUT => {
                let number = Loader::line_int(vm, &line)?;
                let number = vm.index_isize(&number)?;
                match usize::try_from(number) {
                    Ok(number) if op == GET => self.get(vm, number),
                    Ok(number) => self.put(vm, number),
                    Err(_) if op == GET => Err(unpickling_error(vm, &format!("Memo value not found at index {number}"))),
                    Err(_) => {
                        self.stack.top(vm)?;
                        Err(vm.value_error(format_args!("negative PUT argument")))
                    }
                }
            }
            STRING => {
                let quoted = match &line[..] {
                    [b'\'', inner @ .., b'\''] | [b'"', inner @ .., b'"'] => inner,
                    _ => return Err(unpickling_error(vm, "the STRING opcode argument must be quoted")),
                };
                let (bytes, name) = (vm.new_bytes(quoted)?, vm.intern("escape_decode"));
                let decode = vm.import_attr("_codecs", &name)?;
                let decoded = vm.call(&decode, &[bytes.into()])?;
                let zero = vm.int(0);
                let bytes = vm.getitem(&decoded, &zero)?;
                let data = vm.buffer_bytes(&bytes)?.unwrap_or_default();
                self.old_string(vm, &data)
            }
            UNICODE => {
                let (bytes, decode, encoding) = (vm.new_bytes(&line)?, vm.intern("decode"), vm.intern("raw-unicode-escape"));
                let text = vm.call_method(&bytes.into(), &decode, &[encoding.into()])?;
                self.push(text)
            }
            _ => {
                if !line.is_ascii() {
                    return Err(unpickling_error(vm, "persistent IDs in protocol 0 must be ASCII strings"));
                }
                let id = self.decoded(vm, &line)?;
                self.persistent(vm, id.into())
            }
        }
    }

    fn persistent(&mut self, vm: &mut Vm, id: Value) -> PyResult<()> {
        let Some(load) = self.persistent_load.clone() else {
            return Err(super::no_persistent_load(vm));
        };
        let value = vm.call(&load, &[id])?;
        self.push(value)
    }

    fn find(&mut self, vm: &mut Vm, module: &Object<Str>, name: &Object<Str>) -> PyResult {
        match self.unpickler {
            Some(unpickler) => {
                let find_class = vm.intern("find_class");
                vm.call_method(&unpickler.to_value(), &find_class, &[module.to_value(), name.to_value()])
            }
            None => find_class(vm, &self.support.clone(), self.protocol, self.fix_imports, module, name),
        }
    }

    /// An instance as classes of Python 2 made them.
    fn instantiate(&mut self, vm: &mut Vm, class: &Value, arguments: &[Value]) -> PyResult<()> {
        let getinitargs = vm.intern("__getinitargs__");
        let plain = arguments.is_empty() && class.is_instance_of::<Type>() && vm.find_attr(class, &getinitargs)?.is_none();
        let made = match plain {
            true => vm.call_method(class, &names::__new__, std::slice::from_ref(class))?,
            false => vm.call(class, arguments)?,
        };
        self.push(made)
    }

    fn new_object(&mut self, vm: &mut Vm, with_keywords: bool) -> PyResult<()> {
        let op = if with_keywords { "NEWOBJ_EX" } else { "NEWOBJ" };
        let keywords = if with_keywords { Some(self.stack.pop(vm)?) } else { None };
        let arguments = self.stack.pop(vm)?;
        let class = self.stack.pop(vm)?;
        let wrong = |vm: &mut Vm, what: &str, wanted: &str, value: &Value| {
            let kind = value.ty().full_name(vm);
            unpickling_error(vm, &format!("{op} {what} argument must be {wanted}, not {kind}"))
        };
        let Some(class) = class.downcast::<Type>() else {
            return Err(wrong(vm, "class", "a type", &class));
        };
        let Some(new) = class.slots().new_instance() else {
            let name = class.name().to_owned();
            return Err(unpickling_error(vm, &format!("{op} class argument '{name}' doesn't have __new__")));
        };
        let Some(positional) = arguments.downcast::<Tuple>() else {
            return Err(wrong(vm, "args", "a tuple", &arguments));
        };
        let made = match keywords {
            None => new(vm, class, Args::positional(positional.as_slice()))?,
            Some(keywords) => {
                let Some(dict) = keywords.downcast::<Dict>() else {
                    return Err(wrong(vm, "kwargs", "a dict", &keywords));
                };
                let (mut values, mut keyword_names) = (positional.as_slice().to_vec(), Vec::new());
                for (name, value) in dict.entries(vm) {
                    keyword_names.push(name.to_owned());
                    values.push(value.to_owned());
                }
                if keyword_names.iter().any(|name| !name.is_instance_of::<Str>()) {
                    return Err(vm.type_error(format_args!("keywords must be strings")));
                }
                let keyword_names = vm.new_tuple(keyword_names);
                new(vm, class, Args::with_keywords(&values, Some(&keyword_names)))?
            }
        };
        self.push(made)
    }

    fn append(&mut self, vm: &mut Vm, items: Vec<Value>) -> PyResult<()> {
        let target = self.stack.top(vm)?;
        if let Some(list) = target.downcast_exact::<List>() {
            let place = list.items_mut(vm);
            place.try_extend(items)?;
            return Ok(());
        }
        let extend = vm.intern("extend");
        if let Some(extend) = vm.find_attr(&target, &extend)? {
            let items = HeapVec::try_from_iter(items)?;
            let list = vm.list_from(items);
            vm.call(&extend, &[list.into()])?;
            return Ok(());
        }
        let append = vm.intern("append");
        let append = vm.getattr(&target, &append)?;
        for item in items {
            vm.call(&append, &[item])?;
        }
        Ok(())
    }

    fn set_items(&mut self, vm: &mut Vm, items: Vec<Value>) -> PyResult<()> {
        let target = self.stack.top(vm)?;
        if !items.len().is_multiple_of(2) {
            return Err(odd_items(vm, "SETITEMS"));
        }
        let mut items = items.into_iter();
        while let (Some(key), Some(value)) = (items.next(), items.next()) {
            match target.downcast_exact::<Dict>() {
                Some(dict) => {
                    dict.set(&key, value, vm)?;
                }
                None => vm.setitem(&target, &key, &value)?,
            }
        }
        Ok(())
    }

    fn add_items(&mut self, vm: &mut Vm) -> PyResult<()> {
        let items = self.stack.take_marked(vm)?;
        let target = self.stack.top(vm)?;
        if let Some(set) = target.downcast_exact::<Set>() {
            for item in &items {
                set.add(item, vm)?;
            }
            return Ok(());
        }
        let add = vm.intern("add");
        let add = vm.getattr(&target, &add)?;
        for item in items {
            vm.call(&add, &[item])?;
        }
        Ok(())
    }

    fn extension(&mut self, vm: &mut Vm, code: i32) -> PyResult<()> {
        let key = Value::from_i32(code);
        let support = self.support.clone();
        if let Some(known) = find_item(vm, &support.extension_cache, &key)? {
            return self.push(known);
        }
        let Some(pair) = find_item(vm, &support.inverted_registry, &key)? else {
            return Err(match code {
                ..=0 => unpickling_error(vm, "EXT specifies code <= 0"),
                _ => vm.value_error(format_args!("unregistered extension code {code}")),
            });
        };
        let parts = pair.downcast::<Tuple>().map(|pair| pair.as_slice());
        let Some([module, name]) = parts else {
            return Err(vm.value_error(format_args!("_inverted_registry[{code}] isn't a 2-tuple of strings")));
        };
        let (Some(module), Some(name)) = (module.downcast::<Str>(), name.downcast::<Str>()) else {
            return Err(vm.value_error(format_args!("_inverted_registry[{code}] isn't a 2-tuple of strings")));
        };
        let found = self.find(vm, module, name)?;
        vm.setitem(&support.extension_cache, &key, &found)?;
        self.push(found)
    }

    /// Gives an instance its state.
    fn build(&mut self, vm: &mut Vm) -> PyResult<()> {
        let state = self.stack.pop(vm)?;
        let instance = self.stack.top(vm)?;
        let setstate = vm.intern("__setstate__");
        if let Some(setstate) = vm.find_attr(&instance, &setstate)? {
            vm.call(&setstate, &[state])?;
            return Ok(());
        }
        let (state, slots) = match state.downcast::<Tuple>().map(|state| state.as_slice()) {
            Some([state, slots]) => (state.clone(), Some(slots.clone())),
            _ => (state, None),
        };
        if !state.is_none() {
            let Some(attributes) = state.downcast::<Dict>() else {
                return Err(unpickling_error(vm, "state is not a dictionary"));
            };
            let dict = vm.getattr(&instance, &names::__dict__)?;
            let mut position = 0;
            while let Some((name, value)) = attributes.next_entry(&mut position, vm) {
                let (name, value) = (name.to_owned(), value.to_owned());
                let name = match name.downcast_exact::<Str>() {
                    Some(text) => vm.intern_str(text).into(),
                    None => name,
                };
                vm.setitem(&dict, &name, &value)?;
            }
        }
        let Some(slots) = slots.filter(|slots| !slots.is_none()) else { return Ok(()) };
        let Some(slots) = slots.downcast::<Dict>() else {
            return Err(unpickling_error(vm, "slot state is not a dictionary"));
        };
        let mut position = 0;
        while let Some((name, value)) = slots.next_entry(&mut position, vm) {
            let (name, value) = (name.to_owned(), value.to_owned());
            let name = vm.attribute_name(&name)?;
            vm.setattr(&instance, &name, &value)?;
        }
        Ok(())
    }
}
