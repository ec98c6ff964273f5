//! Methods of `str` that pad: justifying, zero filling, tabs.

use pvm_macros::pymethods;

use super::{STR_TYPE, Str};
use crate::Heap;
use crate::Vm;
use crate::arguments::Argument;
use crate::convert::FromArg;
use crate::core::object::{Object, Ref};
use crate::core::value::ValueRef;
use crate::errors::PyResult;
use crate::text::Width;
use crate::text::pad::{Align, margins};
use crate::text::strings::pad;

/// The character that fills: a text of one.
struct Fill(u32);

impl FromArg<'_> for Fill {
    fn from_arg(value: ValueRef<'_>, _: Argument, vm: &mut Vm) -> PyResult<Fill> {
        let Some(text) = value.downcast::<Str>() else {
            let kind = vm.type_name(&value);
            return Err(vm.type_error(format_args!("The fill character must be a unicode character, not {kind}")));
        };
        match text.len() {
            1 => Ok(Fill(text.view().get(0))),
            _ => Err(vm.type_error(format_args!("The fill character must be exactly one character long"))),
        }
    }
}

const SPACE: Fill = Fill(b' ' as u32);

fn justified(this: &Object<Str>, align: Align, width: isize, fill: Fill, heap: &mut Heap) -> PyResult<Ref<Str>> {
    let Some((left, right)) = margins(align, this.len(), width) else {
        return Ok(heap.plain_str(this)?);
    };
    let mut writer = heap.str_writer(left + this.len() + right, this.width().max(Width::of(fill.0)))?;
    writer.push_repeated(fill.0, left);
    writer.push_view(this.view());
    writer.push_repeated(fill.0, right);
    Ok(writer.finish())
}

#[pymethods(part = pad)]
impl Str {
    /// The text in the middle of a field of that width, filled with the character.
    #[signature = "(width, fillchar=' ', /)"]
    fn center(this: &Object<Self>, heap: &mut Heap, width: isize, #[default(SPACE)] fillchar: Fill) -> PyResult<Ref<Str>> {
        justified(this, Align::Center, width, fillchar, heap)
    }

    /// The text at the left of a field of that width, filled with the character.
    #[signature = "(width, fillchar=' ', /)"]
    fn ljust(this: &Object<Self>, heap: &mut Heap, width: isize, #[default(SPACE)] fillchar: Fill) -> PyResult<Ref<Str>> {
        justified(this, Align::Left, width, fillchar, heap)
    }

    /// The text at the right of a field of that width, filled with the character.
    #[signature = "(width, fillchar=' ', /)"]
    fn rjust(this: &Object<Self>, heap: &mut Heap, width: isize, #[default(SPACE)] fillchar: Fill) -> PyResult<Ref<Str>> {
        justified(this, Align::Right, width, fillchar, heap)
    }

    /// A number's text filled with zeros on the left, behind a sign. Nothing is cut off.
    fn zfill(this: &Object<Self>, heap: &mut Heap, width: isize) -> PyResult<Ref<Str>> {
        let len = this.len();
        let Some(missing) = usize::try_from(width).ok().and_then(|width| width.checked_sub(len)).filter(|&missing| missing > 0)
        else {
            return Ok(heap.plain_str(this)?);
        };
        let sign = usize::from(matches!(this.view().first(), Some(0x2B | 0x2D)));
        let mut writer = heap.str_writer(len + missing, this.width())?;
        writer.push_view(this.view().slice(0..sign));
        writer.push_repeated(b'0'.into(), missing);
        writer.push_view(this.view().slice_from(sign));
        Ok(writer.finish())
    }

    /// A copy with spaces for tabs, up to the next of the columns that are tabsize apart.
    #[signature = "(tabsize=8)"]
    fn expandtabs(this: &Object<Self>, heap: &mut Heap, tabsize: i32) -> PyResult<Ref<Str>> {
        if std::ptr::eq(this.ty(), STR_TYPE.get()) && !this.view().code_points().any(|point| point == u32::from(b'\t')) {
            return Ok(this.to_ref());
        }
        match pad::expand_tabs(this.view(), tabsize as isize) {
            Ok(text) => Ok(heap.str_from_buf(text)?),
            Err(error) => Err(heap.size_error(error, "new string is too long")),
        }
    }
}
