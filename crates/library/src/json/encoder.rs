//! The encoder of JSON documents: writes a whole document into one buffer.

use std::collections::HashSet;

use pvm_macros::{pyclass, pymethods};
use pvm_object::descriptors::builtin_function::NativeFunction;
use pvm_object::dict::Dict;
use pvm_object::float::Float;
use pvm_object::int::{Int, IntView};
use pvm_object::list::List;
use pvm_object::module_def::ModuleItem;
use pvm_object::native::MemberDef;
use pvm_object::str::Str;
use pvm_object::text::{TextBuf, TextBuilder};
use pvm_object::tuple::Tuple;
use pvm_object::{Heap, Object, PyClass, PyResult, Raised, Ref, Value, Vm, names};

use super::{native, strings};

/// Encoder(markers, default, encoder, indent, key_separator, item_separator, sort_keys, skipkeys, allow_nan)
#[pyclass(name = "Encoder", module = "_json", no_export)]
pub struct Encoder {
    /// markers
    #[member]
    markers: Value,
    /// default
    #[member]
    default: Value,
    /// encoder
    #[member]
    encoder: Value,
    /// indent
    #[member]
    indent: Value,
    /// key_separator
    #[member]
    key_separator: Ref<Str>,
    /// item_separator
    #[member]
    item_separator: Ref<Str>,
    /// sort_keys
    #[member]
    sort_keys: bool,
    /// skipkeys
    #[member]
    skipkeys: bool,
    allow_nan: bool,
    /// Whether the encoder of strings is one of our own, and if so whether it writes ASCII.
    own_encoder: Option<bool>,
}

/// Whether a value is one of the module's functions.
fn is_function(value: &Value, item: ModuleItem) -> bool {
    let (Some(function), ModuleItem::Member(MemberDef::Method(def))) = (value.downcast::<NativeFunction>(), item) else {
        return false;
    };
    std::ptr::fn_addr_eq(function.def().call, def.call)
}

#[pymethods]
impl Encoder {
    #[new]
    #[signature = "(markers, default, encoder, indent, key_separator, item_separator, sort_keys, skipkeys, allow_nan)"]
    fn new(
        vm: &mut Vm,
        markers: &Value,
        default: Value,
        encoder: Value,
        indent: Value,
        key_separator: &Object<Str>,
        item_separator: &Object<Str>,
        sort_keys: bool,
        skipkeys: bool,
        allow_nan: bool,
    ) -> PyResult<Encoder> {
        if !markers.is_none() && !markers.is_instance_of::<Dict>() {
            let kind = vm.type_name(markers);
            return Err(vm.type_error(format_args!("make_encoder() argument 1 must be dict or None, not {kind}")));
        }
        let own_encoder = if is_function(&encoder, native::encode_basestring_ascii::PY_ITEM) {
            Some(true)
        } else if is_function(&encoder, native::encode_basestring::PY_ITEM) {
            Some(false)
        } else {
            None
        };
        Ok(Encoder {
            markers: markers.clone(),
            default,
            encoder,
            indent,
            key_separator: key_separator.to_ref(),
            item_separator: item_separator.to_ref(),
            sort_keys,
            skipkeys,
            allow_nan,
            own_encoder,
        })
    }

    #[signature = "($self, obj, _current_indent_level)"]
    fn __call__(&self, obj: &Value, current_indent_level: isize, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
        let indent = match self.indent.is_none() {
            true => None,
            false => match self.indent.downcast::<Str>() {
                Some(indent) => Some(indent.view().to_buf()),
                None => {
                    let kind = vm.type_name(&self.indent);
                    return Err(vm.type_error(format_args!("encoder indent must be str or None, not {kind}")));
                }
            },
        };
        let mut document = Document { encoder: self, out: TextBuilder::new(), open: HashSet::new(), indent };
        let level = usize::try_from(current_indent_level).unwrap_or(0);
        document.value(obj, level, vm)?;
        let text = vm.str_from_builder(document.out)?;
        Ok(vm.try_tuple([text.into()])?)
    }
}

/// A document being written.
struct Document<'a> {
    encoder: &'a Encoder,
    out: TextBuilder,
    /// The containers being written, by their addresses, where they are watched.
    open: HashSet<u64>,
    indent: Option<TextBuf>,
}

impl Document<'_> {
    fn value(&mut self, value: &Value, level: usize, vm: &mut Vm) -> PyResult<()> {
        if value.is_none() {
            self.out.push_ascii(b"null");
        } else if value.is_true() {
            self.out.push_ascii(b"true");
        } else if value.is_false() {
            self.out.push_ascii(b"false");
        } else if let Some(text) = value.downcast::<Str>() {
            self.string(text, vm)?;
        } else if value.as_int().is_some() {
            let text = int_text(value, vm)?;
            self.out.push_view(text.view());
        } else if let Some(number) = value.as_float() {
            let text = self.float_text(value, number, vm)?;
            self.out.push_view(text.view());
        } else if value.is_instance_of::<List>() || value.is_instance_of::<Tuple>() {
            vm.check_recursion(" while encoding a JSON object")?;
            self.list(value, level, vm)?;
        } else if let Some(dict) = value.downcast::<Dict>() {
            vm.check_recursion(" while encoding a JSON object")?;
            self.dict(dict, level, vm)?;
        } else {
            self.other(value, level, vm)?;
        }
        Ok(())
    }

    fn string(&mut self, text: &Object<Str>, vm: &mut Vm) -> PyResult<()> {
        if let Some(ascii) = self.encoder.own_encoder {
            strings::encode(text.view(), ascii, &mut self.out);
            return Ok(());
        }
        let encoded = vm.call(&self.encoder.encoder, &[text.to_value()])?;
        match encoded.downcast::<Str>() {
            Some(encoded) => {
                self.out.push_view(encoded.view());
                Ok(())
            }
            None => {
                let kind = vm.type_name(&encoded);
                Err(vm.type_error(format_args!("encoder() must return a string, not {kind}")))
            }
        }
    }

    fn float_text(&self, value: &Value, number: f64, vm: &mut Vm) -> PyResult<Ref<Str>> {
        if !number.is_finite() {
            if !self.encoder.allow_nan {
                let repr = vm.repr(value)?;
                return Err(vm.value_error(format_args!("Out of range float values are not JSON compliant: {repr}")));
            }
            let text = match number {
                f64::INFINITY => "Infinity",
                f64::NEG_INFINITY => "-Infinity",
                _ => "NaN",
            };
            return Ok(vm.intern(text));
        }
        let repr = Float::type_object().slots().repr().expect("float has __repr__");
        let text = repr(vm, value)?;
        vm.str(&text)
    }

    /// A value of another class, by way of the default function.
    fn other(&mut self, value: &Value, level: usize, vm: &mut Vm) -> PyResult<()> {
        let watched = self.enter(value, vm)?;
        let replacement = vm.call(&self.encoder.default, std::slice::from_ref(value))?;
        vm.check_recursion(" while encoding a JSON object")?;
        if let Err(raised) = self.value(&replacement, level, vm) {
            let kind = value.ty().message_name(vm);
            return Err(note(vm, raised, &format!("when serializing {kind} object")));
        }
        self.leave(value, watched);
        Ok(())
    }

    /// Notes that a container is being written; an error where it is already.
    fn enter(&mut self, value: &Value, vm: &mut Vm) -> PyResult<bool> {
        if self.encoder.markers.is_none() {
            return Ok(false);
        }
        if !self.open.insert(value.bits()) {
            return Err(vm.value_error(format_args!("Circular reference detected")));
        }
        Ok(true)
    }

    fn leave(&mut self, value: &Value, watched: bool) {
        if watched {
            self.open.remove(&value.bits());
        }
    }

    fn new_line(&mut self, level: usize) {
        if let Some(indent) = &self.indent {
            self.out.push(10);
            for _ in 0..level {
                self.out.push_view(indent.view());
            }
        }
    }

    fn separate(&mut self, level: usize) {
        self.out.push_view(self.encoder.item_separator.view());
        self.new_line(level);
    }

    fn list(&mut self, sequence: &Value, level: usize, vm: &mut Vm) -> PyResult<()> {
        if item_at(sequence, 0, vm).is_none() {
            self.out.push_ascii(b"[]");
            return Ok(());
        }
        let watched = self.enter(sequence, vm)?;
        self.out.push_ascii(b"[");
        self.new_line(level + 1);
        let mut index = 0;
        while let Some(item) = item_at(sequence, index, vm) {
            if index > 0 {
                self.separate(level + 1);
            }
            if let Err(raised) = self.value(&item, level + 1, vm) {
                let kind = sequence.ty().message_name(vm);
                return Err(note(vm, raised, &format!("when serializing {kind} item {index}")));
            }
            index += 1;
        }
        self.new_line(level);
        self.out.push_ascii(b"]");
        self.leave(sequence, watched);
        Ok(())
    }

    fn dict(&mut self, dict: &Object<Dict>, level: usize, vm: &mut Vm) -> PyResult<()> {
        if dict.is_empty(vm) {
            self.out.push_ascii(b"{}");
            return Ok(());
        }
        let value = dict.as_value();
        let watched = self.enter(&value, vm)?;
        self.out.push_ascii(b"{");
        let mut first = true;
        if self.encoder.sort_keys || !std::ptr::eq(dict.ty(), Dict::type_object()) {
            let items = vm.call_method(&value, &names::items, &[])?;
            let items = vm.list_of(&items)?;
            if self.encoder.sort_keys {
                vm.call_method(&items.as_value(), &names::sort, &[])?;
            }
            let mut index = 0;
            while let Some(item) = items.get(index, vm) {
                let Some([key, value]) = item.downcast::<Tuple>().map(|item| item.as_slice()) else {
                    return Err(vm.value_error(format_args!("items must return 2-tuples")));
                };
                self.entry(dict, key, value, &mut first, level, vm)?;
                index += 1;
            }
        } else {
            let mut position = 0;
            while let Some((key, value)) = dict.next_entry(&mut position, vm) {
                let (key, value) = (key.to_owned(), value.to_owned());
                self.entry(dict, &key, &value, &mut first, level, vm)?;
            }
        }
        if !first {
            self.new_line(level);
        }
        self.out.push_ascii(b"}");
        self.leave(&value, watched);
        Ok(())
    }

    fn entry(
        &mut self,
        dict: &Object<Dict>,
        key: &Value,
        value: &Value,
        first: &mut bool,
        level: usize,
        vm: &mut Vm,
    ) -> PyResult<()> {
        let name = if let Some(text) = key.downcast::<Str>() {
            text.to_ref()
        } else if let Some(number) = key.as_float() {
            self.float_text(key, number, vm)?
        } else if key.is_true() {
            vm.intern("true")
        } else if key.is_false() {
            vm.intern("false")
        } else if key.is_none() {
            vm.intern("null")
        } else if key.as_int().is_some() {
            int_text(key, vm)?
        } else if self.encoder.skipkeys {
            return Ok(());
        } else {
            let kind = vm.type_name(key);
            return Err(vm.type_error(format_args!("keys must be str, int, float, bool or None, not {kind}")));
        };
        match std::mem::take(first) {
            true => self.new_line(level + 1),
            false => self.separate(level + 1),
        }
        self.string(&name, vm)?;
        self.out.push_view(self.encoder.key_separator.view());
        if let Err(raised) = self.value(value, level + 1, vm) {
            return Err(note_key(vm, raised, dict, key));
        }
        Ok(())
    }
}

fn item_at(sequence: &Value, index: usize, heap: &Heap) -> Option<Value> {
    match sequence.downcast::<List>() {
        Some(list) => list.get(index, heap),
        None => sequence.downcast::<Tuple>()?.as_slice().get(index).cloned(),
    }
}

/// The digits of an int, whatever its class says of it.
fn int_text(value: &Value, vm: &mut Vm) -> PyResult<Ref<Str>> {
    if let Some(IntView::Small(small)) = value.as_int() {
        return Ok(vm.new_str(&small.to_string()));
    }
    let repr = Int::type_object().slots().repr().expect("int has __repr__");
    let text = repr(vm, value)?;
    vm.str(&text)
}

/// Adds a note to the exception that says where it happened.
#[cold]
fn note(vm: &mut Vm, raised: Raised, text: &str) -> Raised {
    let exception = vm.catch(raised);
    if vm.add_note(&exception, text).is_err() {
        drop(vm.take_pending());
    }
    vm.reraise(exception)
}

#[cold]
fn note_key(vm: &mut Vm, raised: Raised, dict: &Object<Dict>, key: &Value) -> Raised {
    let exception = vm.catch(raised);
    let kind = dict.ty().message_name(vm);
    let noted = match vm.repr(key) {
        Ok(repr) => vm.add_note(&exception, &format!("when serializing {kind} item {repr}")),
        Err(raised) => Err(raised),
    };
    if noted.is_err() {
        drop(vm.take_pending());
    }
    vm.reraise(exception)
}
