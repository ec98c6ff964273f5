//! `format % values` for most formats: ASCII, with no directives but `%s`, `%d`, `%(name)s`, `%(name)d` and `%%`.

use super::Str;
use crate::Vm;
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::dict::Dict;
use crate::errors::PyResult;
use crate::text::{TextBuilder, TextView, Width};
use crate::tuple::Tuple;

/// Formats with more directives are left to the general way.
const MOST: usize = 8;

/// A directive and the literal text before it.
#[derive(Clone, Copy, Default)]
struct Step<'t> {
    literal: &'t [u8],
    /// `%%`, which is the last character of the literal.
    is_percent: bool,
    /// Only a small int will do.
    is_int: bool,
    key: Option<&'t [u8]>,
}

/// A format that was understood.
struct Plan<'t> {
    steps: [Step<'t>; MOST],
    count: usize,
    tail: &'t [u8],
}

impl<'t> Plan<'t> {
    fn new(format: &'t [u8]) -> Option<Plan<'t>> {
        let mut plan = Plan { steps: [Step::default(); MOST], count: 0, tail: format };
        while let Some(at) = memchr::memchr(b'%', plan.tail) {
            let step = plan.steps.get_mut(plan.count)?;
            let (literal, mut rest) = (&plan.tail[..at], &plan.tail[at + 1..]);
            if let [b'(', keyed @ ..] = rest {
                let end = keyed.iter().position(|&byte| matches!(byte, b'(' | b')')).filter(|&end| keyed[end] == b')')?;
                step.key = Some(&keyed[..end]);
                rest = &keyed[end + 1..];
            }
            (step.literal, step.is_int) = match (rest.first()?, step.key) {
                (b's', _) => (literal, false),
                (b'd', _) => (literal, true),
                (b'%', None) => (&plan.tail[..=at], false),
                _ => return None,
            };
            step.is_percent = rest[0] == b'%';
            plan.tail = &rest[1..];
            plan.count += 1;
        }
        Some(plan)
    }

    fn steps(&self) -> &[Step<'t>] {
        &self.steps[..self.count]
    }
}

/// Whether `str` of a value runs no code of the program's.
fn is_quiet(value: &Value) -> bool {
    value.is_small_int() || value.is_small_float() || value.downcast_exact::<Str>().is_some()
}

impl Vm {
    /// `format % values` for such a format and values that suit it; `None`, with nothing done, for others.
    pub(super) fn plain_percent(&mut self, format: &Object<Str>, values: &Value) -> PyResult<Option<Ref<Str>>> {
        let TextView::Ascii(text) = format.view() else { return Ok(None) };
        let Some(plan) = Plan::new(text) else { return Ok(None) };
        let mut arguments: [Option<Value>; MOST] = Default::default();
        if !self.suits(&plan, values, &mut arguments)? {
            return Ok(None);
        }
        let mut pieces: [Option<Ref<Str>>; MOST] = Default::default();
        let (mut length, mut width) = (plan.tail.len(), Width::Ascii);
        for ((step, argument), piece) in plan.steps().iter().zip(&arguments).zip(&mut pieces) {
            length += step.literal.len();
            if let Some(value) = argument {
                let text = self.str(value)?;
                length = length.saturating_add(text.len());
                width = width.max(text.width());
                *piece = Some(text);
            }
        }
        // One piece alone is the result, as CPython's writer has it.
        if plan.count == 0 && length > 0 {
            return Ok(Some(format.to_ref()));
        }
        if let Some(last) = plan.count.checked_sub(1)
            && let Some(piece) = &pieces[last]
            && piece.len() == length
            && length > 0
        {
            return Ok(Some(piece.clone()));
        }
        if length < 2 {
            let mut out = TextBuilder::new();
            for (step, piece) in plan.steps().iter().zip(&pieces) {
                out.push_view(TextView::Ascii(step.literal));
                piece.iter().for_each(|piece| out.push_view(piece.view()));
            }
            out.push_view(TextView::Ascii(plan.tail));
            return Ok(Some(self.str_from_builder(out)?));
        }
        let mut writer = self.str_writer(length, width)?;
        for (step, piece) in plan.steps().iter().zip(&pieces) {
            writer.push_view(TextView::Ascii(step.literal));
            piece.iter().for_each(|piece| writer.push_view(piece.view()));
        }
        writer.push_view(TextView::Ascii(plan.tail));
        Ok(Some(writer.finish()))
    }

    /// Finds the directives' arguments; false where the general way must look at them. Runs no code of the program's.
    fn suits(&mut self, plan: &Plan<'_>, values: &Value, arguments: &mut [Option<Value>; MOST]) -> PyResult<bool> {
        let dict = values.downcast_exact::<Dict>().filter(|dict| dict.has_only_names(self));
        let tuple = values.downcast_exact::<Tuple>();
        let single = tuple.is_none() && (values.downcast_exact::<Str>().is_some() || values.ty().slots().getitem().is_none());
        let mut used = 0;
        for (step, argument) in plan.steps().iter().zip(arguments) {
            if step.is_percent {
                continue;
            }
            let found = match (step.key, dict, tuple) {
                (Some(key), Some(dict), _) => {
                    let key = self.try_str_from_view(TextView::Ascii(key))?;
                    // What `str` of one value runs must not change what the next directive finds.
                    dict.get_str(&key, self).filter(|found| plan.count == 1 || is_quiet(found))
                }
                (None, _, Some(tuple)) => tuple.as_slice().get(used).cloned(),
                (None, None, None) if single && used == 0 => Some(values.clone()),
                _ => None,
            };
            let Some(found) = found.filter(|found| !step.is_int || found.is_small_int()) else { return Ok(false) };
            *argument = Some(found);
            used += 1;
        }
        // What is left over is an error, but for a mapping's.
        Ok(tuple.map_or(dict.is_some() || used == 1, |tuple| tuple.len() == used))
    }
}
