//! `IncrementalNewlineDecoder`: universal newlines around any incremental decoder.

use pvm_macros::{pyclass, pymethods};
use pvm_object::bytes::Bytes;
use pvm_object::str::Str;
use pvm_object::text::TextBuf;
use pvm_object::tuple::Tuple;
use pvm_object::{Args, Foreign, HeapCell, PyResult, Raised, Ref, Value, Vm, names};

use super::newlines::Translation;
use crate::parameters::unsigned;

/// IncrementalNewlineDecoder(decoder, translate, errors='strict')
/// --
///
/// Decode with another incremental decoder and treat the ends of lines.
///
/// With `translate` they all become \n; without, a \r\n is not cut in two. The kinds seen are recorded. Where the decoder
/// is `None`, strings are taken instead of bytes.
#[pyclass(name = "IncrementalNewlineDecoder", module = "_io")]
pub struct IncrementalNewlineDecoder {
    decoder: HeapCell<Option<Value>>,
    errors: HeapCell<Option<Value>>,
    state: HeapCell<Foreign<Translation>>,
}

/// The text that a decoder gave; an error where it gave something else.
pub fn check_decoded(vm: &mut Vm, decoded: Value) -> PyResult<Ref<Str>> {
    decoded.downcast_into::<Str>().map_err(|other| {
        let kind = vm.type_name(&other);
        vm.type_error(format_args!("decoder should return a string result, not '{kind}'"))
    })
}

impl IncrementalNewlineDecoder {
    fn decoder(&self, vm: &mut Vm) -> PyResult {
        match self.decoder.get(vm) {
            Some(decoder) => Ok(decoder),
            None => Err(vm.value_error(format_args!("IncrementalNewlineDecoder.__init__() not called"))),
        }
    }
}

#[cold]
fn illegal_state(vm: &mut Vm) -> Raised {
    vm.type_error(format_args!("setstate(): illegal state argument"))
}

#[pymethods]
impl IncrementalNewlineDecoder {
    #[new]
    fn new_decoder(args: Args<'_>) -> IncrementalNewlineDecoder {
        let _ = args;
        IncrementalNewlineDecoder {
            decoder: HeapCell::new(None),
            errors: HeapCell::new(None),
            state: HeapCell::new(Foreign(Translation::new(false))),
        }
    }

    #[signature = "(decoder, translate, errors='strict')"]
    fn __init__(&self, vm: &mut Vm, decoder: &Value, translate: bool, errors: Option<&Value>) {
        self.decoder.set(Some(decoder.clone()), vm);
        self.errors.set(errors.cloned(), vm);
        self.state.set(Foreign(Translation::new(translate)), vm);
    }

    #[signature = "(input, final=False)"]
    fn decode(&self, vm: &mut Vm, input: &Value, r#final: bool) -> PyResult<TextBuf> {
        let decoder = self.decoder(vm)?;
        let decoded = match decoder.is_none() {
            true => input.clone(),
            false => vm.call_method(&decoder, &names::decode, &[input.clone(), Value::from_bool(r#final)])?,
        };
        let text = check_decoded(vm, decoded)?.view().to_buf();
        Ok(self.state.borrow_mut(vm).process(text, r#final))
    }

    fn getstate(&self, vm: &mut Vm) -> PyResult {
        let decoder = self.decoder(vm)?;
        let (buffer, flags) = match decoder.is_none() {
            true => (vm.new_bytes(&[])?.into(), 0),
            false => {
                let state = vm.call_method(&decoder, &names::getstate, &[])?;
                let Some(state) = state.downcast::<Tuple>() else {
                    return Err(vm.type_error(format_args!("illegal decoder state")));
                };
                let [buffer, flags] = state.as_slice() else {
                    return Err(vm.type_error(format_args!("illegal decoder state")));
                };
                let flags = unsigned(flags, vm)?;
                (buffer.clone(), flags)
            }
        };
        let flags = self.state.borrow(vm).join_flags(flags);
        let flags = vm.big_int(flags.into());
        Ok(vm.new_tuple(vec![buffer, flags]).into())
    }

    fn setstate(&self, vm: &mut Vm, state: &Value) -> PyResult<()> {
        let decoder = self.decoder(vm)?;
        let Some(state) = state.downcast::<Tuple>() else {
            return Err(vm.type_error(format_args!("state argument must be a tuple")));
        };
        let [buffer, flags] = state.as_slice() else {
            return Err(illegal_state(vm));
        };
        if flags.as_int().is_none() && flags.ty().slots().index().is_none() {
            return Err(illegal_state(vm));
        }
        let flags = unsigned(flags, vm)?;
        let rest = self.state.borrow_mut(vm).take_flags(flags);
        if decoder.is_none() {
            return Ok(());
        }
        let rest = vm.big_int(rest.into());
        let state = vm.new_tuple(vec![buffer.clone(), rest]).into();
        vm.call_method(&decoder, &names::setstate, &[state]).map(drop)
    }

    fn reset(&self, vm: &mut Vm) -> PyResult<()> {
        let decoder = self.decoder(vm)?;
        self.state.borrow_mut(vm).reset();
        match decoder.is_none() {
            true => Ok(()),
            false => vm.call_method(&decoder, &names::reset, &[]).map(drop),
        }
    }

    #[getter]
    fn newlines(&self, vm: &mut Vm) -> PyResult {
        self.decoder(vm)?;
        let state = self.state.borrow(vm).0;
        state.seen(vm)
    }
}

/// The state `(buffer, flags)` that a decoder gave.
pub fn decoder_state(vm: &mut Vm, state: &Value) -> PyResult<(Ref<Bytes>, u64)> {
    let parts = state.downcast::<Tuple>().and_then(|state| match state.as_slice() {
        [buffer, flags] => Some((buffer.clone(), flags.clone())),
        _ => None,
    });
    let Some((buffer, flags)) = parts else {
        return Err(vm.type_error(format_args!("illegal decoder state")));
    };
    let buffer = buffer.downcast_into::<Bytes>().map_err(|other| {
        let kind = vm.type_name(&other);
        vm.type_error(format_args!("illegal decoder state: the first item should be a bytes object, not '{kind}'"))
    })?;
    Ok((buffer, unsigned(&flags, vm)?))
}
