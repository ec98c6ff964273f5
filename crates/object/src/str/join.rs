//! `str.join`, and joining for the interpreter's string building.

use pvm_macros::pymethods;

use super::{Str, intern};
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::text::Width;
use crate::{Heap, Vm};

impl Heap {
    /// Strings one after the other, such as the pieces of an f-string.
    pub fn str_concat_all<'a>(&mut self, pieces: impl Iterator<Item = &'a Object<Str>> + Clone) -> PyResult<Ref<Str>> {
        let (mut length, mut width) = (0usize, Width::Ascii);
        for piece in pieces.clone() {
            length = length.saturating_add(piece.len());
            width = width.max(piece.width());
        }
        if length == 0 {
            return Ok(intern::EMPTY.get().to_ref());
        }
        let mut writer = self.str_writer(length, width)?;
        pieces.for_each(|piece| writer.push_view(piece.view()));
        Ok(writer.finish())
    }
}

#[inline(always)]
fn string(item: &Value) -> Option<&Object<Str>> {
    item.downcast_exact::<Str>().or_else(|| item.downcast::<Str>())
}

impl Vm {
    /// `separator.join(iterable)`.
    pub fn str_join(&mut self, separator: &Object<Str>, iterable: &Value) -> PyResult<Ref<Str>> {
        let items = self.items_or(iterable, "can only join an iterable")?;
        let (mut length, mut width, mut count) = (0usize, Width::Ascii, 0usize);
        let mut wrong = None;
        for (index, item) in items.as_slice(self).iter().enumerate() {
            let Some(piece) = string(item) else {
                wrong = Some((index, self.type_name(item)));
                break;
            };
            length = length.saturating_add(piece.len());
            width = width.max(piece.width());
            count += 1;
        }
        if let Some((index, kind)) = wrong {
            return Err(self.type_error(format_args!("sequence item {index}: expected str instance, {kind} found")));
        }
        match count {
            0 => return Ok(intern::EMPTY.get().to_ref()),
            1 => {
                let only = items.as_slice(self)[0].clone();
                let only = only.downcast::<Str>().expect("all items are strings");
                return Ok(self.plain_str(only)?);
            }
            _ => {}
        }
        let between = separator.len().saturating_mul(count - 1);
        let Some(length) = length.checked_add(between).filter(|&length| length <= isize::MAX as usize) else {
            return Err(self.overflow_error(format_args!("join() result is too long for a Python string")));
        };
        if length == 0 {
            return Ok(intern::EMPTY.get().to_ref());
        }
        // An empty separator is ASCII, so it never widens the result.
        let width = width.max(separator.width());
        let mut writer = self.str_writer(length, width)?;
        if width == Width::Ascii {
            let separator = separator.view().storage_bytes();
            for (index, item) in items.as_slice(self).iter().enumerate() {
                if index > 0 {
                    writer.push_ascii(separator);
                }
                writer.push_ascii(string(item).expect("all items are strings").view().storage_bytes());
            }
            return Ok(writer.finish());
        }
        for (index, item) in items.as_slice(self).iter().enumerate() {
            if index > 0 && !separator.is_empty() {
                writer.push_view(separator.view());
            }
            writer.push_view(item.downcast::<Str>().expect("all items are strings").view());
        }
        Ok(writer.finish())
    }
}

#[pymethods(part = join)]
impl Str {
    /// The strings of the iterable in one, with this one between them.
    fn join(this: &Object<Self>, iterable: &Value, vm: &mut Vm) -> PyResult<Ref<Str>> {
        vm.str_join(this, iterable)
    }
}
