//! Objects to instructions: the choice by class, atoms, texts and bytes.

use pvm_object::buffer::flags;
use pvm_object::bytearray::ByteArray;
use pvm_object::bytes::Bytes;
use pvm_object::dict::Dict;
use pvm_object::function::Function;
use pvm_object::int::IntView;
use pvm_object::list::List;
use pvm_object::memoryview::PickleBuffer;
use pvm_object::number::bigint::bytes::{ByteOrder, to_bytes};
use pvm_object::set::{FrozenSet, Set};
use pvm_object::str::Str;
use pvm_object::tuple::Tuple;
use pvm_object::{Object, PyResult, Ref, Type, Value, Vm, names};

use super::memo::Memo;
use super::opcodes::*;
use super::output::Output;
use super::pickling_error;
use super::support::{Support, find_item};

/// What a program may have a say in.
#[derive(Default)]
pub struct Hooks {
    pub persistent_id: Option<Value>,
    pub reducer_override: Option<Value>,
    /// Instead of that of `copyreg`.
    pub dispatch_table: Option<Value>,
    pub buffer_callback: Option<Value>,
}

/// A pickle being made.
pub struct Saver {
    pub out: Output,
    pub memo: Memo,
    pub protocol: i32,
    /// Whether numbers and lengths are binary.
    pub binary: bool,
    /// Without a memo.
    pub fast: bool,
    pub fix_imports: bool,
    pub hooks: Hooks,
    pub support: Ref<Support>,
    /// The containers being saved without a memo.
    pub nested: Vec<u64>,
}

/// The class of a value as messages show it (`PyType_GetFullyQualifiedName`).
pub fn type_text(value: &Value, vm: &mut Vm) -> String {
    let class = value.ty().to_value();
    let mut text = |name: &Object<Str>| {
        let found = vm.getattr(&class, name);
        match found {
            Ok(found) => found.downcast::<Str>().map(|text| text.to_string_lossy().into_owned()),
            Err(raised) => {
                drop(vm.catch(raised));
                None
            }
        }
    };
    let name = text(&names::__qualname__).unwrap_or_else(|| value.ty().name().to_owned());
    match text(&names::__module__) {
        Some(module) if module != "builtins" && module != "__main__" => format!("{module}.{name}"),
        _ => name,
    }
}

/// The result, its error with a note.
pub fn noted<T>(vm: &mut Vm, result: PyResult<T>, note: impl FnOnce(&mut Vm) -> PyResult<String>) -> PyResult<T> {
    match result {
        Ok(value) => Ok(value),
        Err(raised) => {
            let exception = vm.catch(raised);
            let note = note(vm)?;
            vm.add_note(&exception, &note)?;
            Err(vm.reraise(exception))
        }
    }
}

/// A text as UTF-8 in which surrogates stand as they are (`surrogatepass`).
fn utf8_with_surrogates(text: &Object<Str>) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() + 2);
    for point in text.view().code_points() {
        match char::from_u32(point) {
            Some(c) => bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
            None => bytes.extend_from_slice(&[
                0xe0 | (point >> 12) as u8,
                0x80 | (point >> 6 & 0x3f) as u8,
                0x80 | (point & 0x3f) as u8,
            ]),
        }
    }
    bytes
}

/// A text on a line of its own (`raw_unicode_escape`).
fn escaped(text: &Object<Str>) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() + 2);
    for point in text.view().code_points() {
        match point {
            0x1_0000.. => bytes.extend_from_slice(format!("\\U{point:08x}").as_bytes()),
            0x100.. | 0 | 0x0a | 0x0d | 0x1a | 0x5c => bytes.extend_from_slice(format!("\\u{point:04x}").as_bytes()),
            _ => bytes.push(point as u8),
        }
    }
    bytes
}

impl Saver {
    /// Whether numbers and lengths are binary.
    #[inline]
    pub fn is_binary(&self) -> bool {
        self.binary
    }

    /// The whole pickle of an object (`dump`).
    pub fn dump(&mut self, vm: &mut Vm, object: &Value) -> PyResult<()> {
        self.save(vm, object)?;
        self.out.op(STOP);
        Ok(())
    }

    /// Saves an object (`save`).
    pub fn save(&mut self, vm: &mut Vm, object: &Value) -> PyResult<()> {
        self.out.boundary(vm)?;
        if let Some(function) = self.hooks.persistent_id.clone() {
            let id = vm.call(&function, std::slice::from_ref(object))?;
            if !id.is_none() {
                return self.save_persistent(vm, &id);
            }
        }
        self.save_itself(vm, object)
    }

    fn save_persistent(&mut self, vm: &mut Vm, id: &Value) -> PyResult<()> {
        if self.is_binary() {
            self.out.boundary(vm)?;
            self.save_itself(vm, id)?;
            self.out.op(BINPERSID);
            return Ok(());
        }
        let text = vm.str(id)?;
        let Some(ascii) = text.view().as_ascii() else {
            return Err(pickling_error(vm, "persistent IDs in protocol 0 must be ASCII strings"));
        };
        self.out.put(&[&[PERSID], ascii.as_bytes(), b"\n"].concat());
        Ok(())
    }

    fn save_itself(&mut self, vm: &mut Vm, object: &Value) -> PyResult<()> {
        if object.is_none() {
            self.out.op(NONE);
            return Ok(());
        }
        if object.is_bool() {
            self.save_bool(object.is_true());
            return Ok(());
        }
        if object.is_exact_int() {
            return self.save_int(vm, object);
        }
        if object.is_exact_float() {
            return self.save_float(vm, object);
        }
        if let Some(number) = self.memo.get(object) {
            self.get(number);
            return Ok(());
        }
        if let Some(text) = object.downcast_exact::<Str>() {
            return self.save_text(vm, text);
        }
        if let Some(bytes) = object.downcast_exact::<Bytes>() {
            return self.save_bytes(vm, bytes);
        }
        vm.check_recursion(" while pickling an object")?;
        vm.poll(1)?;
        if let Some(dict) = object.downcast_exact::<Dict>() {
            return self.save_dict(vm, dict);
        }
        if let Some(list) = object.downcast_exact::<List>() {
            return self.save_list(vm, list);
        }
        if let Some(tuple) = object.downcast_exact::<Tuple>() {
            return self.save_tuple(vm, tuple);
        }
        if let Some(set) = object.downcast_exact::<Set>() {
            return self.save_set(vm, set);
        }
        if let Some(set) = object.downcast_exact::<FrozenSet>() {
            return self.save_frozenset(vm, set);
        }
        if let Some(function) = self.hooks.reducer_override.clone() {
            let reduced = vm.call(&function, std::slice::from_ref(object))?;
            if !reduced.is_not_implemented() {
                return self.save_reduced(vm, object, &reduced);
            }
        }
        if let Some(class) = object.downcast_exact::<Type>() {
            return self.save_class(vm, class);
        }
        if object.downcast_exact::<Function>().is_some() {
            return self.save_global(vm, object, None);
        }
        if let Some(array) = object.downcast_exact::<ByteArray>() {
            return self.save_bytearray(vm, array);
        }
        if let Some(buffer) = object.downcast_exact::<PickleBuffer>() {
            return self.save_buffer(vm, buffer);
        }
        let class = object.ty().to_value();
        let table = self.hooks.dispatch_table.clone().unwrap_or_else(|| self.support.dispatch_table.clone());
        let reduced = if let Some(function) = find_item(vm, &table, &class)? {
            vm.call(&function, std::slice::from_ref(object))?
        } else if object.is_instance_of::<Type>() {
            return self.save_global(vm, object, None);
        } else if let Some(method) = vm.find_attr(object, &names::__reduce_ex__)? {
            let protocol = Value::from_i32(self.protocol);
            vm.call(&method, &[protocol])?
        } else if let Some(method) = vm.find_attr(object, &names::__reduce__)? {
            vm.call(&method, &[])?
        } else {
            let kind = type_text(object, vm);
            return Err(pickling_error(vm, &format!("Can't pickle {kind} object")));
        };
        self.save_reduced(vm, object, &reduced)
    }

    /// Saves what a reduction says.
    fn save_reduced(&mut self, vm: &mut Vm, object: &Value, reduced: &Value) -> PyResult<()> {
        if let Some(name) = reduced.downcast::<Str>() {
            return self.save_global(vm, object, Some(name));
        }
        let result = match reduced.downcast::<Tuple>() {
            Some(parts) => self.save_reduce(vm, parts.as_slice(), Some(object)),
            None => {
                let kind = type_text(reduced, vm);
                Err(pickling_error(vm, &format!("__reduce__ must return a string or tuple, not {kind}")))
            }
        };
        noted(vm, result, |vm| Ok(format!("when serializing {} object", type_text(object, vm))))
    }

    /// Gives the object a number, by which it can be got again.
    pub fn memoize(&mut self, object: &Value) -> PyResult<()> {
        if self.fast {
            return Ok(());
        }
        let number = self.memo.add(object)?;
        if self.protocol >= 4 {
            self.out.op(MEMOIZE);
        } else if !self.is_binary() {
            self.out.put(format!("p{number}\n").as_bytes());
        } else if number < 256 {
            self.out.put(&[BINPUT, number as u8]);
        } else {
            self.with_length(LONG_BINPUT, number);
        }
        Ok(())
    }

    /// Gets an object that was saved before.
    pub fn get(&mut self, number: usize) {
        if !self.is_binary() {
            self.out.put(format!("g{number}\n").as_bytes());
        } else if number < 256 {
            self.out.put(&[BINGET, number as u8]);
        } else {
            self.with_length(LONG_BINGET, number);
        }
    }

    /// An instruction with a number of four bytes.
    fn with_length(&mut self, op: u8, number: usize) {
        let [a, b, c, d] = (number as u32).to_le_bytes();
        self.out.put(&[op, a, b, c, d]);
    }

    fn save_bool(&mut self, value: bool) {
        match (self.protocol >= 2, value) {
            (true, true) => self.out.op(NEWTRUE),
            (true, false) => self.out.op(NEWFALSE),
            (false, true) => self.out.put(b"I01\n"),
            (false, false) => self.out.put(b"I00\n"),
        }
    }

    fn save_int(&mut self, vm: &mut Vm, object: &Value) -> PyResult<()> {
        let view = object.as_int().expect("an int");
        let small = match view {
            IntView::Small(small) => i32::try_from(small).ok(),
            IntView::Big(_) => None,
        };
        match small {
            Some(small) if self.is_binary() => match small {
                0..=0xff => self.out.put(&[BININT1, small as u8]),
                0x100..=0xffff => {
                    let [low, high] = (small as u16).to_le_bytes();
                    self.out.put(&[BININT2, low, high]);
                }
                _ => self.with_length(BININT, small as u32 as usize),
            },
            Some(small) => self.out.put(format!("I{small}\n").as_bytes()),
            None if self.protocol >= 2 => {
                let int = object.as_int_ref().expect("an int");
                // The sign needs a bit of its own, but for the smallest number of a size.
                let mut bytes = vec![0; (int.bit_length() / 8 + 1) as usize];
                if to_bytes(int, &mut bytes, ByteOrder::Little, true).is_err() {
                    return Err(vm.overflow_error(format_args!("int too large to pickle")));
                }
                if let [.., before, 0xff] = bytes[..]
                    && before & 0x80 != 0
                {
                    bytes.pop();
                }
                match u8::try_from(bytes.len()) {
                    Ok(length) => self.out.put(&[LONG1, length]),
                    Err(_) => self.with_length(LONG4, bytes.len()),
                }
                self.out.put(&bytes);
            }
            None => {
                let text = vm.repr(object)?;
                self.out.put(format!("L{}L\n", text.to_string_lossy()).as_bytes());
            }
        }
        Ok(())
    }

    fn save_float(&mut self, vm: &mut Vm, object: &Value) -> PyResult<()> {
        if self.is_binary() {
            let mut bytes = [BINFLOAT; 9];
            bytes[1..].copy_from_slice(&object.as_float().expect("a float").to_be_bytes());
            self.out.put(&bytes);
        } else {
            let text = vm.repr(object)?;
            self.out.put(format!("F{}\n", text.to_string_lossy()).as_bytes());
        }
        Ok(())
    }

    fn save_text(&mut self, vm: &mut Vm, text: &Object<Str>) -> PyResult<()> {
        if !self.is_binary() {
            let line = escaped(text);
            self.out.put(&[&[UNICODE], &line[..], b"\n"].concat());
            return self.memoize(&text.to_value());
        }
        let encoded;
        let data = match text.as_str() {
            Some(text) => text.as_bytes(),
            None => {
                encoded = utf8_with_surrogates(text);
                &encoded
            }
        };
        let length = data.len();
        if length <= 0xff && self.protocol >= 4 {
            self.out.put(&[SHORT_BINUNICODE, length as u8]);
            self.out.put(data);
        } else if let Ok(length) = u32::try_from(length) {
            let [a, b, c, d] = length.to_le_bytes();
            self.out.large(vm, &[BINUNICODE, a, b, c, d], data, None)?;
        } else if self.protocol >= 4 {
            let header = [&[BINUNICODE8], &(length as u64).to_le_bytes()[..]].concat();
            self.out.large(vm, &header, data, None)?;
        } else {
            return Err(
                vm.overflow_error(format_args!("serializing a string larger than 4 GiB requires pickle protocol 4 or higher"))
            );
        }
        self.memoize(&text.to_value())
    }

    /// Bytes as they are, for protocols that know them.
    fn save_plain_bytes(&mut self, vm: &mut Vm, data: &[u8], whole: Option<&Value>) -> PyResult<()> {
        let length = data.len();
        if let Ok(short) = u8::try_from(length) {
            self.out.put(&[SHORT_BINBYTES, short]);
            self.out.put(data);
        } else if let Ok(length) = u32::try_from(length) {
            let [a, b, c, d] = length.to_le_bytes();
            self.out.large(vm, &[BINBYTES, a, b, c, d], data, whole)?;
        } else if self.protocol >= 4 {
            let header = [&[BINBYTES8], &(length as u64).to_le_bytes()[..]].concat();
            self.out.large(vm, &header, data, whole)?;
        } else {
            return Err(vm.overflow_error(format_args!(
                "serializing a bytes object larger than 4 GiB requires pickle protocol 4 or higher"
            )));
        }
        Ok(())
    }

    fn save_bytes(&mut self, vm: &mut Vm, bytes: &Object<Bytes>) -> PyResult<()> {
        let object = bytes.to_value();
        if self.protocol >= 3 {
            self.save_plain_bytes(vm, bytes.as_slice(), Some(&object))?;
            return self.memoize(&object);
        }
        let reduced = if bytes.is_empty() {
            let none = pvm_object::tuple::empty().to_value();
            [bytes.ty().to_value(), none]
        } else {
            let text = vm.try_str_from_view(pvm_object::text::TextView::Latin1(bytes.as_slice()))?;
            let encoding = vm.intern("latin1");
            let arguments = vm.try_tuple([text.into(), encoding.into()])?;
            [self.support.encode.clone(), arguments.into()]
        };
        self.save_reduce(vm, &reduced, Some(&object))
    }

    fn save_plain_bytearray(&mut self, vm: &mut Vm, data: &[u8], whole: Option<&Value>) -> PyResult<()> {
        let header = [&[BYTEARRAY8], &(data.len() as u64).to_le_bytes()[..]].concat();
        self.out.large(vm, &header, data, whole)
    }

    fn save_bytearray(&mut self, vm: &mut Vm, array: &Object<ByteArray>) -> PyResult<()> {
        let object = array.to_value();
        if self.protocol >= 5 {
            let copy = array.as_slice(vm).to_vec();
            self.save_plain_bytearray(vm, &copy, Some(&object))?;
            return self.memoize(&object);
        }
        let arguments = if array.as_slice(vm).is_empty() {
            pvm_object::tuple::empty().to_ref()
        } else {
            let bytes = array.to_bytes(vm)?;
            vm.try_tuple([bytes.into()])?
        };
        self.save_reduce(vm, &[array.ty().to_value(), arguments.into()], Some(&object))
    }

    fn save_buffer(&mut self, vm: &mut Vm, buffer: &Object<PickleBuffer>) -> PyResult<()> {
        if self.protocol < 5 {
            return Err(pickling_error(vm, "PickleBuffer can only be pickled with protocol >= 5"));
        }
        let object = buffer.to_value();
        let view = vm.buffer(&object, flags::FULL_RO)?;
        if view.layout().is_some_and(|layout| !layout.is_c_contiguous() && !layout.is_f_contiguous()) {
            let message = "PickleBuffer can not be pickled when pointing to a non-contiguous buffer";
            return Err(pickling_error(vm, message));
        }
        let in_band = match self.hooks.buffer_callback.clone() {
            Some(callback) => {
                let answer = vm.call(&callback, std::slice::from_ref(&object))?;
                vm.truth(&answer)?
            }
            None => true,
        };
        let readonly = view.is_readonly();
        if !in_band {
            self.out.op(NEXT_BUFFER);
            if readonly {
                self.out.op(READONLY_BUFFER);
            }
            return Ok(());
        }
        // The memory as it lies, in whatever order the items are.
        let start = view.layout().map_or(0, |layout| layout.start);
        let data = if view.is_empty() { Vec::new() } else { view.block(vm)[start..start + view.len()].to_vec() };
        match readonly {
            true => self.save_plain_bytes(vm, &data, None)?,
            false => self.save_plain_bytearray(vm, &data, None)?,
        }
        self.memoize(&object)
    }
}
