//! `bytes % values` and `bytearray % values` (PEP 461).

use super::Bytes;
use super::construct::by_method;
use crate::Vm;
use crate::bytearray::ByteArray;
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::number::percent_format;
use crate::str::percent::{PercentArguments, int_ref};
use crate::text::TextView;
use crate::text::percent::{Directive, Operand, Parser, Part};

/// The format with its directives replaced by the values.
pub(crate) fn format(vm: &mut Vm, format: &[u8], values: &Value) -> PyResult<Vec<u8>> {
    let mut out = Vec::with_capacity(format.len() + 16);
    let mut parser = Parser::new(TextView::Latin1(format));
    let mut args = PercentArguments::new(vm, Operand::Bytes, values);
    while let Some(part) = args.next_part(&mut parser)? {
        match part {
            Part::Literal(text) => out.extend_from_slice(text.storage_bytes()),
            Part::Directive(directive) => push_directive(&mut args, &directive, &mut out)?,
        }
    }
    args.finish()?;
    Ok(out)
}

fn push_directive(args: &mut PercentArguments<'_>, directive: &Directive, out: &mut Vec<u8>) -> PyResult<()> {
    let value = args.take()?;
    let vm = &mut *args.vm;
    let bytes = match u8::try_from(directive.conversion).unwrap_or(0) {
        b's' | b'b' => bytes_of(vm, &value)?,
        b'r' | b'a' => vm.ascii(&value)?.view().storage_bytes().to_vec(),
        b'c' => {
            let byte = byte_of(vm, &value)?;
            return push_padded(&[byte], directive, out, vm);
        }
        letter @ (b'd' | b'i' | b'u' | b'o' | b'x' | b'X' | b'e' | b'E' | b'f' | b'F' | b'g' | b'G') => {
            if letter.is_ascii_alphabetic() && !matches!(letter, b'd' | b'i' | b'u' | b'o' | b'x' | b'X') {
                check_float(vm, &value)?;
            }
            let text = vm.percent_number(directive, &value)?;
            out.extend_from_slice(text.as_bytes());
            return Ok(());
        }
        _ => return Err(args.wrong(directive.unsupported())),
    };
    let shown = directive.precision.map_or(bytes.len(), |precision| precision.min(bytes.len()));
    push_padded(&bytes[..shown], directive, out, vm)
}

/// Unlike text, bytes have words of their own for what is no float.
fn check_float(vm: &mut Vm, value: &Value) -> PyResult<()> {
    let slots = value.ty().slots();
    if value.as_float().is_some() || slots.float().is_some() || slots.index().is_some() {
        return Ok(());
    }
    let kind = vm.type_name(value);
    Err(vm.type_error(format_args!("float argument required, not {kind}")))
}

/// The bytes that `%b` shows for a value.
fn bytes_of(vm: &mut Vm, value: &Value) -> PyResult<Vec<u8>> {
    if let Some(bytes) = value.downcast::<Bytes>() {
        return Ok(bytes.as_slice().to_vec());
    }
    if let Some(array) = value.downcast::<ByteArray>() {
        return Ok(array.as_slice(vm).to_vec());
    }
    if let Some(bytes) = by_method(vm, value)? {
        return Ok(bytes.downcast::<Bytes>().map(|bytes| bytes.as_slice().to_vec()).unwrap_or_default());
    }
    if let Some(bytes) = vm.buffer_bytes(value)? {
        return Ok(bytes);
    }
    let kind = vm.type_name(value);
    Err(vm.type_error(format_args!("%b requires a bytes-like object, or an object that implements __bytes__, not '{kind}'")))
}

/// The byte that `%c` shows for a value.
fn byte_of(vm: &mut Vm, value: &Value) -> PyResult<u8> {
    let expected = "%c requires an integer in range(256) or a single byte, not";
    let single = if let Some(bytes) = value.downcast::<Bytes>() {
        Some((bytes.as_slice(), "bytes"))
    } else {
        value.downcast::<ByteArray>().map(|array| (array.as_slice(vm), "bytearray"))
    };
    match single {
        Some(([byte], _)) => return Ok(*byte),
        Some((bytes, kind)) => {
            let len = bytes.len();
            return Err(vm.type_error(format_args!("{expected} a {kind} object of length {len}")));
        }
        None => {}
    }
    if !crate::sequence::is_index(value) {
        let kind = value.ty().message_name(vm);
        return Err(vm.type_error(format_args!("{expected} {kind}")));
    }
    let int = vm.index(value)?;
    let int = int.as_int().expect("an index is an int");
    match percent_format::character(int_ref(int), true) {
        Ok(byte) => Ok(byte as u8),
        Err(error) => Err(vm.number_error(error)),
    }
}

/// Bytes in the directive's width.
fn push_padded(bytes: &[u8], directive: &Directive, out: &mut Vec<u8>, vm: &mut Vm) -> PyResult<()> {
    let padding = directive.width.unwrap_or(0).saturating_sub(bytes.len());
    vm.check_room(padding)?;
    if !directive.left {
        out.resize(out.len() + padding, b' ');
    }
    out.extend_from_slice(bytes);
    if directive.left {
        out.resize(out.len() + padding, b' ');
    }
    Ok(())
}
