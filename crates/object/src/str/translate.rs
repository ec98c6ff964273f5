//! `str.translate` and `str.maketrans`.

use pvm_macros::pymethods;

use super::{Str, intern};
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::dict::Dict;
use crate::errors::PyResult;
use crate::exceptions;
use crate::int::IntView;
use crate::text::strings::translate::AsciiTranslation;
use crate::text::{TextBuilder, unit};
use crate::{Heap, Vm};

/// What a table has for a character; `None` where the character stays.
fn looked_up(table: &Value, point: u32, vm: &mut Vm) -> PyResult<Option<Ref<Str>>> {
    let found = vm.getitem(table, &Value::from_i32(point as i32));
    let Some(found) = vm.ok_unless(found, exceptions::LOOKUP_ERROR.get())? else {
        return Ok(None);
    };
    if found.is_none() {
        return Ok(Some(intern::EMPTY.get().to_ref()));
    }
    match found.as_int() {
        Some(IntView::Small(to)) if (0..=unit::MAX_CODE_POINT.into()).contains(&to) => Ok(Some(vm.str_of_char(to as u32)?)),
        Some(_) => Err(vm.value_error(format_args!("character mapping must be in range(0x110000)"))),
        None => match found.downcast_into::<Str>() {
            Ok(text) => Ok(Some(text)),
            Err(_) => Err(vm.type_error(format_args!("character mapping must return integer, None or str"))),
        },
    }
}

/// `maketrans` with one argument: the keys are strings of one character, or ints.
fn table_of_dict(dict: &Value, vm: &mut Vm) -> PyResult<Ref<Dict>> {
    let Some(dict) = dict.downcast_exact::<Dict>() else {
        return Err(vm.type_error(format_args!("if you give only one argument to maketrans it must be a dict")));
    };
    let table = vm.new_dict();
    let entries: Vec<_> = dict.entries(vm).map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
    for (key, value) in entries {
        let key = match key.downcast::<Str>() {
            Some(text) if text.len() == 1 => Value::from_i32(text.view().get(0) as i32),
            Some(_) => {
                return Err(vm.value_error(format_args!("string keys in translatetable must be of length 1")));
            }
            None if key.as_int().is_some() => key,
            None => {
                return Err(vm.type_error(format_args!("keys in translate table mustbe strings or integers")));
            }
        };
        table.set(&key, value, vm)?;
    }
    Ok(table)
}

#[pymethods(part = translate)]
impl Str {
    /// A copy with each character replaced by what the table has for its code point:
    /// another, a string, or nothing for None. What the table lacks stays.
    fn translate(this: &Object<Self>, table: &Value, vm: &mut Vm) -> PyResult<Ref<Str>> {
        let (mut known, mut position) = (AsciiTranslation::new(), 0);
        let mut out = TextBuilder::with_capacity(this.len());
        while let Some(point) = known.run(this.view(), &mut position, &mut out) {
            vm.poll(1)?;
            match looked_up(table, point, vm)? {
                Some(text) => {
                    known.remember(point, text.view());
                    out.push_view(text.view());
                }
                None => {
                    if let Some(single) = intern::single(point) {
                        known.remember(point, single.view());
                    }
                    out.push(point);
                }
            }
        }
        Ok(vm.str_from_builder(out)?)
    }

    /// A table for translate(): of a dict from characters or code points; or of two
    /// strings of one length, and a third whose characters are to be deleted.
    #[staticmethod]
    #[signature = "(x, y=<unrepresentable>, z=<unrepresentable>, /)"]
    #[text_signature = ""]
    fn maketrans(vm: &mut Vm, x: &Value, y: Option<&Object<Str>>, z: Option<&Object<Str>>) -> PyResult<Ref<Dict>> {
        let Some(to) = y else {
            return table_of_dict(x, vm);
        };
        let Some(from) = x.downcast::<Str>() else {
            return Err(vm.type_error(format_args!("first maketrans argument must be a string if there is a second argument")));
        };
        if from.len() != to.len() {
            return Err(vm.value_error(format_args!("the first two maketrans arguments must have equal length")));
        }
        let table = vm.new_dict();
        for (from, to) in from.view().code_points().zip(to.view().code_points()) {
            table.set(&Value::from_i32(from as i32), Value::from_i32(to as i32), vm)?;
        }
        for point in z.into_iter().flat_map(|z| z.view().code_points()) {
            table.set(&Value::from_i32(point as i32), Value::none(), vm)?;
        }
        Ok(table)
    }
}

impl Heap {
    /// An error where so many more bytes cannot be had; for results that grow outside of the heap.
    pub fn check_room(&mut self, bytes: usize) -> PyResult<()> {
        crate::number::error::check_room(bytes as u128).map_err(|error| self.number_error(error))
    }
}
