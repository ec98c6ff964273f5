//! Arrays in pickles: the class, the type code, the items' representation on the machine that wrote them, and their bytes.

use std::borrow::Cow;

use dashu_int::IBig;
use pvm_object::bytes::Bytes;
use pvm_object::tuple::Tuple;
use pvm_object::{Heap, Object, PyClass, PyResult, Ref, Type, Value, Vm, names};

use super::Array;
use super::kind::{KINDS, Kind};
use super::slots::construct;

/// What items of a machine format are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Meaning {
    Unsigned,
    Signed,
    Float,
    Utf16,
    Utf32,
}

/// A representation of items.
#[derive(Clone, Copy)]
struct MachineFormat {
    meaning: Meaning,
    size: usize,
    big_endian: bool,
}

const fn format(meaning: Meaning, size: usize, big_endian: bool) -> MachineFormat {
    MachineFormat { meaning, size, big_endian }
}

/// The representations by the numbers that pickles have (`enum machine_format_code`).
static FORMATS: [MachineFormat; 22] = [
    format(Meaning::Unsigned, 1, false),
    format(Meaning::Signed, 1, false),
    format(Meaning::Unsigned, 2, false),
    format(Meaning::Unsigned, 2, true),
    format(Meaning::Signed, 2, false),
    format(Meaning::Signed, 2, true),
    format(Meaning::Unsigned, 4, false),
    format(Meaning::Unsigned, 4, true),
    format(Meaning::Signed, 4, false),
    format(Meaning::Signed, 4, true),
    format(Meaning::Unsigned, 8, false),
    format(Meaning::Unsigned, 8, true),
    format(Meaning::Signed, 8, false),
    format(Meaning::Signed, 8, true),
    format(Meaning::Float, 4, false),
    format(Meaning::Float, 4, true),
    format(Meaning::Float, 8, false),
    format(Meaning::Float, 8, true),
    format(Meaning::Utf16, 4, false),
    format(Meaning::Utf16, 4, true),
    format(Meaning::Utf32, 8, false),
    format(Meaning::Utf32, 8, true),
];

/// What `__reduce_ex__` returns.
pub fn reduced(this: &Object<Array>, protocol: isize, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
    let dict = vm.find_attr(&this.as_value(), &names::__dict__)?.unwrap_or_else(Value::none);
    let (class, code) = (this.ty().to_value(), vm.try_str(this.kind.code.encode_utf8(&mut [0; 4]))?);
    if protocol < 3 {
        let items = this.list(vm)?;
        let arguments = vm.try_tuple([code.into(), items.into()])?;
        return Ok(vm.try_tuple([class, arguments.into(), dict])?);
    }
    let name = vm.intern("_array_reconstructor");
    let function = vm.import_attr("array", &name)?;
    let format = vm.int(this.kind.machine_format.into());
    let bytes = this.store.as_slice(vm).to_vec();
    let bytes = vm.new_bytes(&bytes)?;
    let arguments = vm.try_tuple([class, code.into(), format, bytes.into()])?;
    Ok(vm.try_tuple([function, arguments.into(), dict])?)
}

impl MachineFormat {
    /// The value of one item, whose bytes are as the format has them.
    fn value(self, bytes: &[u8], heap: &mut Heap) -> Value {
        let little: Cow<'_, [u8]> = match self.big_endian {
            true => bytes.iter().rev().copied().collect::<Vec<u8>>().into(),
            false => bytes.into(),
        };
        let bits = little.iter().rev().fold(0, |bits: u64, &byte| bits << 8 | u64::from(byte));
        let unused = 64 - 8 * self.size as u32;
        match self.meaning {
            Meaning::Float if self.size == 4 => heap.float(f64::from(f32::from_bits(bits as u32))),
            Meaning::Float => heap.float(f64::from_bits(bits)),
            Meaning::Signed => heap.int((bits << unused).cast_signed() >> unused),
            _ => heap.big_int(IBig::from(bits)),
        }
    }

    /// The type code of items that are so on this machine; that of the argument where there is none.
    fn fitting(self, wanted: &'static Kind) -> &'static Kind {
        let fits = |kind: &&Kind| {
            let format = FORMATS[kind.machine_format as usize];
            format.meaning == self.meaning && format.size == self.size
        };
        match self.meaning {
            Meaning::Signed | Meaning::Unsigned => KINDS.iter().rev().find(fits).unwrap_or(wanted),
            _ => wanted,
        }
    }
}

/// `_array_reconstructor(arraytype, typecode, mformat_code, items)`.
pub fn reconstruct(vm: &mut Vm, class: &Value, code: char, format: i32, items: &Value) -> PyResult<Ref<Array>> {
    let Some(class) = class.downcast::<Type>() else {
        let kind = vm.type_name(class);
        return Err(vm.type_error(format_args!("first argument must be a type object, not {kind}")));
    };
    if !class.is_subclass_of(Array::type_object(), vm) {
        let (class, own) = (class.full_name(vm), Array::type_object().full_name(vm));
        return Err(vm.type_error(format_args!("{class} is not a subtype of {own}")));
    }
    let Some(kind) = Kind::of(code) else {
        return Err(vm.value_error(format_args!("second argument must be a valid type code")));
    };
    let Some(&machine) = usize::try_from(format).ok().and_then(|format| FORMATS.get(format)) else {
        return Err(vm.value_error(format_args!("third argument must be a valid machine format code.")));
    };
    let Some(bytes) = items.downcast::<Bytes>() else {
        let kind = vm.type_name(items);
        return Err(vm.type_error(format_args!("fourth argument should be bytes, not {kind}")));
    };
    if format == kind.machine_format {
        return construct(class, code, Some(items), vm);
    }
    match machine.meaning {
        Meaning::Utf16 | Meaning::Utf32 => {
            let bits = if machine.meaning == Meaning::Utf16 { 16 } else { 32 };
            let encoding = format!("utf-{bits}-{}", if machine.big_endian { "be" } else { "le" });
            let (name, encoding) = (vm.intern("decode"), vm.new_str(&encoding));
            let text = vm.call_method(items, &name, &[encoding.into()])?;
            construct(class, code, Some(&text), vm)
        }
        _ => {
            if bytes.len() % machine.size != 0 {
                return Err(vm.value_error(format_args!("string length not a multiple of item size")));
            }
            let list = vm.new_list();
            for item in bytes.as_slice().chunks_exact(machine.size) {
                let value = machine.value(item, vm);
                list.push(value, vm)?;
            }
            construct(class, machine.fitting(kind).code, Some(&list.into()), vm)
        }
    }
}
