//! Writing: walks values and drives the writer.

use pvm_bytecode::marshal::{CodeNumbers, VERSION, WriteError, Writer};
use pvm_bytecode::{CodeObject, Constant, Text};
use pvm_object::bytes::Bytes;
use pvm_object::code::Code;
use pvm_object::complex::Complex;
use pvm_object::dict::Dict;
use pvm_object::int::IntView;
use pvm_object::list::List;
use pvm_object::set::{self, FrozenSet};
use pvm_object::slice::Slice;
use pvm_object::str::Str;
use pvm_object::tuple::Tuple;
use pvm_object::{Object, PyResult, Raised, Ref, Value, Vm, exceptions};

/// `dumps`.
pub(super) fn dumps(vm: &mut Vm, value: &Value, version: i32, allow_code: bool) -> PyResult<Ref<Bytes>> {
    let data = to_bytes(vm, value, version, allow_code)?;
    Ok(vm.new_bytes(&data)?)
}

fn to_bytes(vm: &mut Vm, value: &Value, version: i32, allow_code: bool) -> PyResult<Vec<u8>> {
    let version = version.clamp(0, VERSION as i32) as u32;
    // A code object alone is what `.pyc` files hold, byte for byte as CPython writes it.
    if let Some(code) = value.downcast::<Code>()
        && allow_code
        && version == VERSION
        && is_plain(code)
    {
        return pvm_bytecode::marshal::dump_code(&code.raw).map_err(|error| raise(vm, error));
    }
    let mut walk = Walk { writer: Writer::new(version), allow_code, vm, open: Vec::new() };
    let shared = is_shared(value);
    walk.object(value, shared)?;
    Ok(walk.writer.finish())
}

fn raise(vm: &mut Vm, error: WriteError) -> Raised {
    vm.value_error(format_args!("{}", error.message()))
}

/// Whether CPython would look for the object among those written before: all with more than one reference, and interned
/// strings. Call it before the value is cloned.
fn is_shared(value: &Value) -> bool {
    match value.header() {
        Some(header) => header.count() > 1 || value.downcast_exact::<Str>().is_some_and(|string| string.is_interned()),
        // CPython keeps these ints for ever.
        None => value.as_small_int().is_some_and(|int| (-5..=256).contains(&int)),
    }
}

/// Whether all constants of a code object are such as the compiler makes.
fn is_plain(code: &Object<Code>) -> bool {
    code.consts.iter().zip(code.raw.consts.iter()).all(|(value, constant)| match value.downcast::<Code>() {
        Some(inner) => is_plain(inner),
        None => value.is_none() || !matches!(constant, Constant::None),
    })
}

struct Walk<'a> {
    writer: Writer,
    allow_code: bool,
    vm: &'a mut Vm,
    /// The slices and code objects that are being written: none may hold itself.
    open: Vec<u64>,
}

impl Walk<'_> {
    fn check(&mut self, result: Result<(), WriteError>) -> PyResult<()> {
        result.map_err(|error| raise(self.vm, error))
    }

    /// A value and all it holds (`w_object`).
    fn object(&mut self, value: &Value, shared: bool) -> PyResult<()> {
        let entered = self.writer.enter();
        self.check(entered)?;
        let result = self.content(value, shared);
        self.writer.leave();
        result
    }

    fn content(&mut self, value: &Value, shared: bool) -> PyResult<()> {
        if value.is_none() {
            self.writer.none();
        } else if value.is_bool() {
            self.writer.bool(value.is_true());
        } else if value.is(&Value::ellipsis()) {
            self.writer.ellipsis();
        } else if value.is(&exceptions::STOP_ITERATION.to_value()) {
            self.writer.stop_iteration();
        } else if self.open.contains(&value.bits()) {
            return self.check(Err(WriteError::Unmarshallable));
        } else if !(shared && self.writer.share(value.bits() as usize)) {
            let cannot_hold_itself = value.is_instance_of::<Slice>() || value.is_instance_of::<Code>();
            if cannot_hold_itself {
                self.open.push(value.bits());
            }
            let result = self.complex_object(value);
            if cannot_hold_itself {
                self.open.pop();
            }
            return result;
        }
        Ok(())
    }

    fn complex_object(&mut self, value: &Value) -> PyResult<()> {
        if value.is_exact_int() {
            match value.as_int() {
                Some(IntView::Small(small)) => self.writer.int(small),
                Some(IntView::Big(big)) => {
                    let (sign, words) = big.as_sign_words();
                    self.writer.long(sign == dashu_int::Sign::Negative, words);
                }
                None => unreachable!("an int has a view"),
            }
        } else if value.is_exact_float() {
            self.writer.float(value.as_float().expect("a float has a value"));
        } else if let Some(complex) = value.downcast_exact::<Complex>() {
            self.writer.complex(complex.value().re, complex.value().im);
        } else if let Some(bytes) = value.downcast_exact::<Bytes>() {
            let result = self.writer.bytes(bytes.as_slice());
            self.check(result)?;
        } else if let Some(string) = value.downcast_exact::<Str>() {
            self.string(string)?;
        } else if let Some(tuple) = value.downcast_exact::<Tuple>() {
            let result = self.writer.tuple(tuple.len());
            self.check(result)?;
            for item in tuple.as_slice() {
                self.object(item, is_shared(item))?;
            }
        } else if let Some(list) = value.downcast_exact::<List>() {
            self.list(list)?;
        } else if let Some(dict) = value.downcast_exact::<Dict>() {
            self.dict(dict)?;
        } else if set::is_exact(value) {
            self.set(value)?;
        } else if let Some(code) = value.downcast::<Code>() {
            self.code_object(&code.raw, Some(&code.consts))?;
        } else if let Some(slice) = value.downcast_exact::<Slice>() {
            let result = self.writer.slice();
            self.check(result)?;
            for part in [&slice.start, &slice.stop, &slice.step] {
                self.object(part, is_shared(part))?;
            }
        } else if self.vm.has_buffer(value) {
            let Some(data) = self.vm.buffer_bytes(value)? else {
                return self.check(Err(WriteError::Unmarshallable));
            };
            let result = self.writer.bytes(&data);
            self.check(result)?;
        } else {
            return self.check(Err(WriteError::Unmarshallable));
        }
        Ok(())
    }

    fn string(&mut self, string: &Object<Str>) -> PyResult<()> {
        let interned = string.is_interned();
        let result = match string.as_str() {
            Some(text) => self.writer.str(text.as_bytes(), interned),
            None => match Text::from_code_points(string.view().code_points()) {
                Some(text) => self.writer.str(text.as_bytes(), interned),
                None => Err(WriteError::Unmarshallable),
            },
        };
        self.check(result)
    }

    fn list(&mut self, list: &Object<List>) -> PyResult<()> {
        let result = self.writer.list(list.len(self.vm));
        self.check(result)?;
        let mut index = 0;
        while let Some((shared, item)) = list.items(self.vm).get(index).map(|item| (is_shared(item), item.clone())) {
            self.object(&item, shared)?;
            index += 1;
        }
        Ok(())
    }

    fn dict(&mut self, dict: &Object<Dict>) -> PyResult<()> {
        self.writer.dict();
        let entries: Vec<_> = dict
            .entries(self.vm)
            .map(|(key, value)| ((is_shared(&key), key.to_owned()), (is_shared(&value), value.to_owned())))
            .collect();
        for ((key_shared, key), (value_shared, value)) in &entries {
            self.object(key, *key_shared)?;
            self.object(value, *value_shared)?;
        }
        self.writer.dict_end();
        Ok(())
    }

    /// Members go in the order of what each gives when it is written alone, so that the result does not depend on hashes.
    fn set(&mut self, value: &Value) -> PyResult<()> {
        let elements = set::any_set(value).expect("the caller looked");
        let members: Vec<(bool, Value)> = elements.iter(self.vm).map(|member| (is_shared(member), member.clone())).collect();
        let count = members.len();
        let result = self.writer.set(count, value.is_instance_of::<FrozenSet>());
        self.check(result)?;
        let mut keyed = Vec::with_capacity(count);
        for (shared, member) in members {
            self.vm.check_recursion(" in marshal")?;
            let version = self.writer.version() as i32;
            keyed.push((to_bytes(self.vm, &member, version, self.allow_code)?, shared, member));
            if elements.len(self.vm) != count {
                return Err(self.vm.runtime_error(format_args!("set changed size during iteration")));
            }
        }
        keyed.sort_by(|(left, ..), (right, ..)| left.cmp(right));
        for (_, shared, member) in &keyed {
            self.object(member, *shared)?;
        }
        Ok(())
    }

    /// A code object among other values; `values` are its constants where it is on the heap.
    fn code_object(&mut self, code: &CodeObject, values: Option<&[Value]>) -> PyResult<()> {
        if !self.allow_code {
            return self.check(Err(WriteError::CodeNotAllowed));
        }
        self.writer.code(CodeNumbers {
            argcount: code.argcount,
            posonlyargcount: code.posonlyargcount,
            kwonlyargcount: code.kwonlyargcount,
            stacksize: code.stacksize,
            flags: code.flags,
        });
        self.constant(&Constant::Bytes(code.code.to_arc()))?;
        match values {
            Some(values) => {
                let result = self.writer.tuple(values.len());
                self.check(result)?;
                for value in values {
                    self.object(value, is_shared(value))?;
                }
            }
            None => self.constant(&Constant::Tuple(code.consts.clone()))?,
        }
        for names in [&code.names, &code.localsplusnames] {
            let names = names.iter().cloned().map(Constant::Str).collect();
            self.constant(&Constant::Tuple(names))?;
        }
        self.constant(&Constant::Bytes(code.localspluskinds.to_arc()))?;
        for text in [&code.filename, &code.name, &code.qualname] {
            self.constant(&Constant::Str(text.clone()))?;
        }
        self.writer.code_line(code.firstlineno);
        self.constant(&Constant::Bytes(code.linetable.to_arc()))?;
        self.constant(&Constant::Bytes(code.exceptiontable.to_arc()))
    }

    fn constant(&mut self, constant: &Constant) -> PyResult<()> {
        let entered = self.writer.enter();
        self.check(entered)?;
        match constant {
            Constant::Code(code) => self.code_object(code, None)?,
            Constant::Tuple(items) => {
                let begun = self.writer.tuple(items.len());
                self.check(begun)?;
                items.iter().try_for_each(|item| self.constant(item))?;
            }
            Constant::FrozenSet(items) => {
                let begun = self.writer.set(items.len(), true);
                self.check(begun)?;
                items.iter().try_for_each(|item| self.constant(item))?;
            }
            Constant::Slice(parts) => {
                let begun = self.writer.slice();
                self.check(begun)?;
                parts.iter().try_for_each(|item| self.constant(item))?;
            }
            Constant::None => self.writer.none(),
            Constant::Bool(value) => self.writer.bool(*value),
            Constant::Ellipsis => self.writer.ellipsis(),
            Constant::StopIteration => self.writer.stop_iteration(),
            Constant::Int(value) => match i64::try_from(value) {
                Ok(small) => self.writer.int(small),
                Err(_) => {
                    let (sign, words) = value.as_sign_words();
                    self.writer.long(sign == dashu_int::Sign::Negative, words);
                }
            },
            Constant::Float(value) => self.writer.float(*value),
            Constant::Complex(real, imag) => self.writer.complex(*real, *imag),
            Constant::Str(text) => {
                let written = self.writer.str(text.as_bytes(), text.is_name_like());
                self.check(written)?;
            }
            Constant::Bytes(bytes) => {
                let written = self.writer.bytes(bytes);
                self.check(written)?;
            }
        }
        self.writer.leave();
        Ok(())
    }
}
