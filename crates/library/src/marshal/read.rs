//! Reading: [`Objects`] makes values of what the reader finds.

use std::sync::Arc;
use std::vec::Drain;

use dashu_int::{IBig, Sign, UBig};
use pvm_bytecode::marshal::{Build, CodeParts, Digits, Encoding, ReadError, ReadErrorKind, Reader};
use pvm_bytecode::{CodeObject, Constant, Text};
use pvm_interpreter::codes;
use pvm_object::bytes::Bytes;
use pvm_object::code::Code;
use pvm_object::list::List;
use pvm_object::number::complex::Complex as Number;
use pvm_object::set::Set;
use pvm_object::str::Str;
use pvm_object::tuple::Tuple;
use pvm_object::{PyResult, Raised, Value, Vm, exceptions, names};

/// `loads`. Data that begins with a code object, as `.pyc` files do, is read without a detour over values, unless it is damaged: then
/// the way over values finds what CPython finds first.
pub(super) fn loads(vm: &mut Vm, source: &Value, allow_code: bool) -> PyResult {
    let view = vm.bytes_like(source)?;
    let data = view.as_slice(vm).to_vec();
    drop(view);
    const CODE: u8 = b'c';
    if allow_code
        && data.first().is_some_and(|first| first & 0x7F == CODE)
        && let Ok(code) = pvm_bytecode::marshal::load_code(&data)
    {
        return Ok(from_outside(vm, code)?.into());
    }
    read(vm, &data, None, allow_code)
}

/// `load`.
pub(super) fn load(vm: &mut Vm, file: &Value, allow_code: bool) -> PyResult {
    let read_name = vm.intern("read");
    let probe = vm.call_method(file, &read_name, &[Value::from_i32(0)])?;
    if !probe.is_instance_of::<Bytes>() {
        let kind = vm.type_name(&probe);
        return Err(vm.type_error(format_args!("file.read() returned not bytes but {kind}")));
    }
    read(vm, &[], Some(file), allow_code)
}

fn read(vm: &mut Vm, data: &[u8], file: Option<&Value>, allow_code: bool) -> PyResult {
    let result = Reader::new(data, Objects { vm, file, allow_code }).read();
    match result {
        Ok(value) => Ok(value),
        Err(Fault::Raised(raised)) => Err(raised),
        Err(Fault::Data(error)) => Err(raise(vm, &error)),
    }
}

fn raise(vm: &mut Vm, error: &ReadError) -> Raised {
    let class = match &error.kind {
        ReadErrorKind::Text(bytes) => return not_utf8(vm, bytes),
        ReadErrorKind::Eof(_) => exceptions::EOF_ERROR.get(),
        ReadErrorKind::Value(_) => exceptions::VALUE_ERROR.get(),
        ReadErrorKind::Type(_) => exceptions::TYPE_ERROR.get(),
    };
    vm.raise_message(class, format_args!("{}", error.kind.message()))
}

/// The error of the codec for a string's bytes.
fn not_utf8(vm: &mut Vm, bytes: &[u8]) -> Raised {
    let decoded = vm.new_bytes(bytes).map_err(Raised::from).and_then(|bytes| {
        let decode = vm.intern("decode");
        let arguments = ["utf-8", "surrogatepass"].map(|name| vm.intern(name).into());
        vm.call_method(&bytes.into(), &decode, &arguments)
    });
    match decoded {
        Err(raised) => raised,
        Ok(_) => vm.value_error(format_args!("bad marshal data (string is not UTF-8)")),
    }
}

/// A code object on the heap, after the verifier has seen it.
fn from_outside(vm: &mut Vm, code: Arc<CodeObject>) -> PyResult<pvm_object::Ref<Code>> {
    match pvm_bytecode::verify::verify(code) {
        Ok(code) => codes::from_raw(vm, code),
        Err(error) => Err(vm.value_error(format_args!("bad marshal data ({error})"))),
    }
}

/// What stops the reading.
enum Fault {
    Raised(Raised),
    Data(ReadError),
}

impl From<ReadError> for Fault {
    fn from(error: ReadError) -> Fault {
        Fault::Data(error)
    }
}

impl From<Raised> for Fault {
    fn from(raised: Raised) -> Fault {
        Fault::Raised(raised)
    }
}

impl From<pvm_object::OutOfMemory> for Fault {
    fn from(error: pvm_object::OutOfMemory) -> Fault {
        Fault::Raised(error.into())
    }
}

/// How much is read from a file at a time.
const CHUNK: usize = 1 << 20;

/// Builds values.
struct Objects<'a> {
    vm: &'a mut Vm,
    file: Option<&'a Value>,
    allow_code: bool,
}

impl Objects<'_> {
    fn damaged(&mut self, what: &str) -> Fault {
        Fault::Raised(self.vm.value_error(format_args!("bad marshal data ({what})")))
    }

    /// The constant that a value stands for in the plain form of a code object.
    fn constant(&mut self, value: &Value) -> Result<Constant, Fault> {
        codes::to_constant(self.vm, value)?.map_err(|_| self.damaged("co_consts of a code object holds what is no constant"))
    }

    fn constants(&mut self, value: &Value) -> Result<Arc<[Constant]>, Fault> {
        match value.downcast::<Tuple>() {
            Some(items) => items.as_slice().iter().map(|item| self.constant(item)).collect(),
            None => Err(self.damaged("co_consts of a code object is not a tuple")),
        }
    }

    fn text(&mut self, value: &Value) -> Result<Text, Fault> {
        match value.downcast::<Str>().and_then(codes::text_of) {
            Some(text) => Ok(text),
            None => Err(self.damaged("a name of a code object is not a string")),
        }
    }

    fn texts(&mut self, value: &Value) -> Result<Arc<[Text]>, Fault> {
        match value.downcast::<Tuple>() {
            Some(items) => items.as_slice().iter().map(|item| self.text(item)).collect(),
            None => Err(self.damaged("the names of a code object are not a tuple")),
        }
    }

    fn raw_bytes(&mut self, value: &Value) -> Result<pvm_bytecode::bytes::Bytes, Fault> {
        match value.downcast::<Bytes>() {
            Some(bytes) => Ok(bytes.as_slice().into()),
            None => Err(self.damaged("a part of a code object is not bytes")),
        }
    }

    fn count(&mut self, value: i32) -> Result<u32, Fault> {
        u32::try_from(value).map_err(|_| self.damaged("a size of a code object is negative"))
    }
}

impl Build for Objects<'_> {
    type Object = Value;
    type Error = Fault;

    fn none(&mut self) -> Value {
        Value::none()
    }

    fn bool(&mut self, value: bool) -> Value {
        Value::from_bool(value)
    }

    fn ellipsis(&mut self) -> Value {
        Value::ellipsis()
    }

    fn stop_iteration(&mut self) -> Value {
        exceptions::STOP_ITERATION.to_value()
    }

    fn int(&mut self, value: i64) -> Result<Value, Fault> {
        Ok(self.vm.int(value))
    }

    fn long(&mut self, negative: bool, digits: Digits<'_>) -> Result<Value, Fault> {
        let sign = if negative { Sign::Negative } else { Sign::Positive };
        let number = IBig::from_parts(sign, UBig::from_words(&digits.to_words()));
        Ok(self.vm.big_int(number))
    }

    fn float(&mut self, value: f64) -> Result<Value, Fault> {
        Ok(self.vm.float(value))
    }

    fn complex(&mut self, real: f64, imag: f64) -> Result<Value, Fault> {
        Ok(self.vm.complex(Number { re: real, im: imag }))
    }

    fn str(&mut self, bytes: &[u8], encoding: Encoding, interned: bool) -> Result<Option<Value>, Fault> {
        let string = match encoding {
            Encoding::Latin1 if !bytes.is_ascii() => self.vm.str_from_code_points(bytes.iter().copied().map(u32::from))?,
            _ => match std::str::from_utf8(bytes) {
                Ok(text) => self.vm.try_str(text)?,
                Err(_) => match Text::from_wtf8(bytes) {
                    Some(text) => codes::text(self.vm, &text)?,
                    None => return Ok(None),
                },
            },
        };
        let string = if interned { self.vm.intern_str(&string) } else { string };
        Ok(Some(string.into()))
    }

    fn bytes(&mut self, bytes: &[u8]) -> Result<Value, Fault> {
        Ok(self.vm.new_bytes(bytes)?.into())
    }

    fn tuple(&mut self, items: Drain<'_, Value>) -> Result<Value, Fault> {
        Ok(self.vm.try_tuple(items)?.into())
    }

    fn frozen_set(&mut self, items: Drain<'_, Value>) -> Result<Value, Fault> {
        let set = self.vm.new_frozenset();
        for item in items {
            set.add(&item, self.vm)?;
        }
        Ok(set.into())
    }

    fn slice(&mut self, parts: [Value; 3]) -> Result<Value, Fault> {
        let [start, stop, step] = parts;
        Ok(self.vm.new_slice(start, stop, step).into())
    }

    fn code(&mut self, parts: CodeParts<Value>) -> Result<Value, Fault> {
        let [code, consts, names, locals, kinds, filename, name, qualname, lines, handlers] = &parts.objects;
        let code = CodeObject {
            argcount: self.count(parts.argcount)?,
            posonlyargcount: self.count(parts.posonlyargcount)?,
            kwonlyargcount: self.count(parts.kwonlyargcount)?,
            stacksize: self.count(parts.stacksize)?,
            flags: parts.flags as u32,
            code: self.raw_bytes(code)?,
            consts: self.constants(consts)?,
            names: self.texts(names)?,
            localsplusnames: self.texts(locals)?,
            localspluskinds: self.raw_bytes(kinds)?,
            filename: self.text(filename)?,
            name: self.text(name)?,
            qualname: self.text(qualname)?,
            firstlineno: parts.firstlineno,
            linetable: self.raw_bytes(lines)?,
            exceptiontable: self.raw_bytes(handlers)?,
        };
        Ok(from_outside(self.vm, Arc::new(code))?.into())
    }

    fn list(&mut self) -> Result<Value, Fault> {
        Ok(self.vm.new_list().into())
    }

    fn list_push(&mut self, list: &Value, item: Value) -> Result<(), Fault> {
        let list = list.downcast::<List>().expect("the reader passes what `list` made");
        Ok(list.push(item, self.vm)?)
    }

    fn dict(&mut self) -> Result<Value, Fault> {
        Ok(self.vm.new_dict().into())
    }

    fn dict_insert(&mut self, dict: &Value, key: Value, value: Value) -> Result<(), Fault> {
        Ok(self.vm.setitem(dict, &key, &value)?)
    }

    fn set(&mut self) -> Result<Value, Fault> {
        Ok(self.vm.new_set().into())
    }

    fn set_add(&mut self, set: &Value, item: Value) -> Result<(), Fault> {
        let set = set.downcast::<Set>().expect("the reader passes what `set` made");
        Ok(set.add(&item, self.vm)?)
    }

    fn code_allowed(&self) -> bool {
        self.allow_code
    }

    fn more(&mut self, wanted: usize) -> Result<Option<Vec<u8>>, Fault> {
        let Some(file) = self.file else {
            return Ok(None);
        };
        // a damaged size must not cost memory that no data justifies
        let wanted = wanted.min(CHUNK);
        let file = file.clone();
        let class = pvm_object::bytearray::BYTE_ARRAY_TYPE.to_value();
        let size = self.vm.int(wanted as i64);
        let buffer = self.vm.call(&class, &[size])?;
        let count = self.vm.call_method(&file, &names::readinto, std::slice::from_ref(&buffer))?;
        let count = self.vm.index_isize(&count)?;
        if count > wanted as isize {
            return Err(Fault::Raised(
                self.vm.value_error(format_args!("read() returned too much data: {wanted} bytes requested, {count} returned")),
            ));
        }
        let view = self.vm.bytes_like(&buffer)?;
        let data = view.as_slice(self.vm);
        Ok(Some(data[..data.len().min(count.max(0) as usize)].to_vec()))
    }
}
