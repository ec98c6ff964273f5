//! `charmap` with tables of every kind: strings, what `charmap_build` makes, and mappings, which may be written in Python.
//!
//! A mapping is asked before the codec runs, for the codec runs no code: for decoding byte by byte as they come, for
//! encoding for the characters of the text and those that handlers may put in their place.

use std::collections::HashMap;

use pvm_macros::{pyclass, pymethods};
use pvm_object::buffer::BufferView;
use pvm_object::bytes::Bytes;
use pvm_object::codecs::errors::Errors;
use pvm_object::dict::Dict;
use pvm_object::exceptions;
use pvm_object::int::IntView;
use pvm_object::str::Str;
use pvm_object::text::codecs::charmap::{CharmapDecoder, CharmapEncoder, EncodingMap};
use pvm_object::text::codecs::{CodecError, Decoder, Encoder};
use pvm_object::text::{TextBuf, TextBuilder, TextView};
use pvm_object::{Foreign, Object, PyResult, Value, Vm};

use crate::parameters::CText;

use super::{Decoded, Encoded, decoded, encoded};

const REASON: &str = "character maps to <undefined>";
/// The character that stands for none in a table.
const UNDEFINED: u32 = 0xFFFE;
const MAX_CODE_POINT: i64 = 0x10_FFFF;

/// The inverse of a table, made by `charmap_build`.
#[pyclass(name = "EncodingMap", final)]
pub struct EncodingMapObject {
    map: Foreign<EncodingMap>,
}

#[pymethods]
impl EncodingMapObject {
    /// Bytes the map takes.
    fn size(&self) -> usize {
        size_of::<Object<EncodingMapObject>>() + self.map.len() * 2
    }
}

/// The inverse of a table of characters: an `EncodingMap` where the table begins with a zero character and the others are
/// below U+10000, else a dict (`PyUnicode_BuildEncodingMap`).
pub(super) fn build(vm: &mut Vm, table: &Object<Str>) -> PyResult {
    let points = || table.view().code_points().take(256);
    let plain = points().next() == Some(0) && points().skip(1).all(|point| point != 0 && point <= 0xFFFF);
    if plain {
        let map = Foreign(EncodingMap::new(table.view()));
        return Ok(vm.alloc(EncodingMapObject { map }).into());
    }
    let dict = vm.new_dict();
    for (byte, point) in points().enumerate() {
        let (key, value) = (vm.int(point as i64), vm.int(byte as i64));
        dict.set(&key, value, vm)?;
    }
    Ok(dict.into())
}

/// What a mapping has under a number; `None` where it has nothing, or Python's `None`.
fn lookup(vm: &mut Vm, mapping: &Value, number: u32) -> PyResult<Option<Value>> {
    let key = vm.int(number as i64);
    let found = match mapping.downcast_exact::<Dict>() {
        Some(dict) => dict.get(&key, vm)?,
        None => {
            let found = vm.getitem(mapping, &key);
            vm.ok_unless(found, exceptions::LOOKUP_ERROR.get())?
        }
    };
    Ok(found.filter(|found| !found.is_none()))
}

/// A mapping's answers for bytes, as far as it was asked.
#[derive(Default)]
struct MappedDecoder {
    known: HashMap<u8, Option<TextBuf>>,
    /// The byte that must be asked for before decoding can go on.
    wanted: Option<u8>,
}

impl Decoder for MappedDecoder {
    fn encoding(&self) -> &'static str {
        "charmap"
    }

    fn decode(&mut self, input: &[u8], from: usize, _last: bool, out: &mut TextBuilder) -> Result<usize, CodecError> {
        for (index, byte) in input.iter().enumerate().skip(from) {
            match self.known.get(byte) {
                Some(Some(text)) => out.push_view(text.view()),
                Some(None) => {
                    return Err(CodecError { start: index, end: index + 1, reason: REASON });
                }
                None => {
                    self.wanted = Some(*byte);
                    return Ok(index);
                }
            }
        }
        self.wanted = None;
        Ok(input.len())
    }
}

fn text_of_byte(vm: &mut Vm, mapping: &Value, byte: u8) -> PyResult<Option<TextBuf>> {
    let Some(found) = lookup(vm, mapping, byte.into())? else {
        return Ok(None);
    };
    match found.as_int() {
        Some(IntView::Small(point)) if (0..=MAX_CODE_POINT).contains(&point) => {
            let point = point as u32;
            Ok((point != UNDEFINED).then(|| TextBuf::from_code_points([point])))
        }
        Some(_) => Err(vm.type_error(format_args!("character mapping must be in range(0x110000)"))),
        None => match found.downcast::<Str>() {
            Some(text) if text.len() == 1 && text.view().first() == Some(UNDEFINED) => Ok(None),
            Some(text) => Ok(Some(text.view().to_buf())),
            None => Err(vm.type_error(format_args!("character mapping must return integer, None or str"))),
        },
    }
}

/// Decodes bytes by a table.
pub(super) fn decode(vm: &mut Vm, data: BufferView, errors: Option<CText<'_>>, mapping: &Value) -> Decoded {
    if let Some(table) = mapping.downcast_exact::<Str>() {
        return decoded(vm, &mut CharmapDecoder { table: table.view() }, data, 0, errors, true);
    }
    let len = data.len();
    let owner = vm.bytes_of_view(&data)?;
    let mut decoder = MappedDecoder::default();
    let (mut errors, mut out) = (Errors::new(CText::of(errors)), TextBuilder::new());
    let mut from = 0;
    loop {
        let input = BufferView::of_bytes(&owner);
        from = vm.decode_with(&mut decoder, input, from, true, &mut errors, &mut out)?;
        match decoder.wanted.take() {
            Some(byte) => {
                let text = text_of_byte(vm, mapping, byte)?;
                decoder.known.insert(byte, text);
            }
            None => return Ok((vm.str_from_builder(out)?, len)),
        }
    }
}

/// A mapping's answers for characters.
struct MappedEncoder {
    known: HashMap<u32, Vec<u8>>,
}

impl Encoder for MappedEncoder {
    fn encoding(&self) -> &'static str {
        "charmap"
    }

    fn encode(&mut self, text: TextView<'_>, from: usize, out: &mut Vec<u8>) -> Result<(), CodecError> {
        let rest = text.slice_from(from);
        for (index, point) in rest.code_points().enumerate() {
            let Some(bytes) = self.known.get(&point) else {
                let run = rest.slice_from(index).code_points().take_while(|point| !self.known.contains_key(point)).count();
                return Err(CodecError { start: from + index, end: from + index + run, reason: REASON });
            };
            out.extend_from_slice(bytes);
        }
        Ok(())
    }

    fn unescapes_singly(&self) -> bool {
        false
    }
}

fn bytes_of_character(vm: &mut Vm, mapping: &Value, point: u32) -> PyResult<Option<Vec<u8>>> {
    let Some(found) = lookup(vm, mapping, point)? else {
        return Ok(None);
    };
    if let Some(int) = found.as_int() {
        return match int {
            IntView::Small(byte @ 0..=255) => Ok(Some(vec![byte as u8])),
            _ => Err(vm.type_error(format_args!("character mapping must be in range(256)"))),
        };
    }
    match found.downcast::<Bytes>() {
        Some(bytes) => Ok(Some(bytes.as_slice().to_vec())),
        None => {
            let kind = vm.type_name(&found);
            Err(vm.type_error(format_args!("character mapping must return integer, bytes or None, not {kind}")))
        }
    }
}

/// Encodes a text by an inverted table.
pub(super) fn encode(vm: &mut Vm, text: &Object<Str>, errors: Option<CText<'_>>, mapping: &Value) -> Encoded {
    if let Some(map) = mapping.downcast::<EncodingMapObject>() {
        return encoded(vm, &mut CharmapEncoder { map: &map.map }, text, errors, &[]);
    }
    let mut known = HashMap::new();
    let mut asked = std::collections::HashSet::new();
    let mut index = 0;
    while index < text.len() {
        let point = text.view().get(index);
        if asked.insert(point)
            && let Some(bytes) = bytes_of_character(vm, mapping, point)?
        {
            known.insert(point, bytes);
        }
        index += 1;
    }
    let handling = CText::of(errors);
    if known.len() < asked.len() && handling.is_some_and(|errors| errors != "strict" && errors != "ignore") {
        if handling == Some("replace") {
            let point = u32::from(b'?');
            known.extend(bytes_of_character(vm, mapping, point)?.map(|bytes| (point, bytes)));
        } else {
            add_replacements(vm, mapping, &mut known)?;
        }
    }
    encoded(vm, &mut MappedEncoder { known }, text, errors, &[])
}

/// Asks for what handlers may put in the place of characters: ASCII, and all that a dict has.
fn add_replacements(vm: &mut Vm, mapping: &Value, known: &mut HashMap<u32, Vec<u8>>) -> PyResult<()> {
    let mut points: Vec<u32> = (0..0x80).collect();
    if let Some(dict) = mapping.downcast_exact::<Dict>() {
        points.extend(dict.entries(vm).filter_map(|(key, _)| u32::try_from(key.as_small_int()?).ok()));
    }
    for point in points {
        if known.contains_key(&point) {
            continue;
        }
        let found = bytes_of_character(vm, mapping, point);
        if let Some(bytes) = vm.ok_unless(found, exceptions::TYPE_ERROR.get())?.flatten() {
            known.insert(point, bytes);
        }
    }
    Ok(())
}
