//! `str.format`, `str.format_map` and `str.__format__`.

use pvm_macros::pymethods;

use super::Str;
use crate::arguments::Keywords;
use crate::core::object::{Object, Ref};
use crate::core::slot::Args;
use crate::core::value::Value;
use crate::errors::{PyResult, Raised};
use crate::number::format_spec::{Defaults, format_string, parse};
use crate::text::format_template::{Access, Field, First, MAX_DEPTH, Numbering, Pieces, TemplateError, split_field_name};
use crate::text::{TextBuilder, TextView};
use crate::{Heap, Vm};

/// Where the values of fields come from.
enum Source<'a> {
    /// The arguments of `format`.
    Call(Args<'a>, Keywords<'a>),
    /// The mapping of `format_map`.
    Mapping(&'a Value),
}

/// A template being filled.
struct Filler<'a> {
    source: Source<'a>,
    numbering: Numbering,
    /// What the last field gave.
    last: Option<Ref<Str>>,
}

#[cold]
fn wrong(error: TemplateError, heap: &mut Heap) -> Raised {
    heap.value_error(format_args!("{}", error.message()))
}

impl Filler<'_> {
    /// Appends the filled template; its fields' specifications may be templates for `depth` levels, this one included.
    fn fill(&mut self, template: TextView<'_>, depth: usize, out: &mut TextBuilder, vm: &mut Vm) -> PyResult<()> {
        if depth == 0 {
            return Err(wrong(TemplateError::Recursion, vm));
        }
        for piece in Pieces::new(template) {
            let piece = piece.map_err(|error| wrong(error, vm))?;
            out.push_view(piece.literal);
            self.last = match piece.field {
                Some(field) => Some(self.field(&field, depth, out, vm)?),
                None => None,
            };
        }
        Ok(())
    }

    /// Appends what a field gives, and tells it.
    fn field(&mut self, field: &Field<'_>, depth: usize, out: &mut TextBuilder, vm: &mut Vm) -> PyResult<Ref<Str>> {
        let value = self.value(field.name, vm)?;
        let value = match field.conversion {
            None => value,
            Some(letter) => match u8::try_from(letter).unwrap_or(0) {
                b's' => vm.str(&value)?.into(),
                b'r' => vm.repr(&value)?.into(),
                b'a' => vm.ascii(&value)?.into(),
                _ => return Err(wrong(TemplateError::UnknownConversion(letter), vm)),
            },
        };
        let spec = if field.spec_has_fields {
            let mut spec = TextBuilder::new();
            self.fill(field.spec, depth - 1, &mut spec, vm)?;
            vm.str_from_builder(spec)?
        } else {
            vm.try_str_from_view(field.spec)?
        };
        let text = vm.format(&value, &spec)?;
        out.push_view(text.view());
        Ok(text)
    }

    /// The value that a field's name stands for.
    fn value(&mut self, name: TextView<'_>, vm: &mut Vm) -> PyResult {
        let (first, accesses) = split_field_name(name, Some(&mut self.numbering)).map_err(|error| wrong(error, vm))?;
        let mut value = match (first, &self.source) {
            (First::Index(index), Source::Call(args, _)) => match args.get(index) {
                Some(value) => value.to_owned(),
                None => {
                    return Err(vm.index_error(format_args!("Replacement index {index} out of range for positional args tuple")));
                }
            },
            (First::Index(_), Source::Mapping(_)) => {
                return Err(wrong(TemplateError::Positional, vm));
            }
            (First::Name(name), Source::Call(_, keywords)) => match keywords.iter().find(|(key, _)| key.view() == name) {
                Some((_, value)) => value.to_owned(),
                None => {
                    let key = vm.try_str_from_view(name)?.into();
                    return Err(vm.key_error(&key));
                }
            },
            (First::Name(name), Source::Mapping(mapping)) => {
                let key = vm.try_str_from_view(name)?.into();
                vm.getitem(mapping, &key)?
            }
        };
        for access in accesses {
            value = match access.map_err(|error| wrong(error, vm))? {
                Access::Attribute(name) => {
                    let name = vm.try_str_from_view(name)?;
                    let name = vm.intern_str(&name);
                    vm.getattr(&value, &name)?
                }
                Access::Index(index) => {
                    let index = vm.int(index as i64);
                    vm.getitem(&value, &index)?
                }
                Access::Key(key) => {
                    let key = vm.try_str_from_view(key)?.into();
                    vm.getitem(&value, &key)?
                }
            };
        }
        Ok(value)
    }
}

fn filled(template: &Object<Str>, source: Source<'_>, vm: &mut Vm) -> PyResult<Ref<Str>> {
    let mut out = TextBuilder::with_capacity(template.len() + 16);
    let mut filler = Filler { source, numbering: Numbering::default(), last: None };
    filler.fill(template.view(), MAX_DEPTH, &mut out, vm)?;
    // One piece alone is the result itself, as CPython's writer has it: a text without fields, or a field's.
    let is_plain = filler.last.is_none() && out.view() == template.view();
    let piece = if is_plain { Some(template.to_ref()) } else { filler.last };
    match piece.filter(|piece| !piece.is_empty() && piece.len() == out.len()) {
        Some(whole) => Ok(whole),
        None => Ok(vm.str_from_builder(out)?),
    }
}

#[pymethods(part = format)]
impl Str {
    /// The text with its fields, which stand in braces, replaced by the arguments they name.
    #[signature = "(*args, **kwargs)"]
    #[text_signature = "($self, /, *args, **kwargs)"]
    fn format(this: &Object<Self>, vm: &mut Vm, args: Args<'_>, kwargs: Keywords<'_>) -> PyResult<Ref<Str>> {
        filled(this, Source::Call(args, kwargs), vm)
    }

    /// The text with its fields, which stand in braces, replaced by what the mapping has for them.
    fn format_map(this: &Object<Self>, vm: &mut Vm, mapping: &Value) -> PyResult<Ref<Str>> {
        filled(this, Source::Mapping(mapping), vm)
    }

    /// The text laid out as the specification says.
    fn __format__(this: &Object<Self>, vm: &mut Vm, format_spec: &Object<Str>) -> PyResult<Ref<Str>> {
        vm.format_str(this, format_spec)
    }
}

impl Vm {
    /// `str.__format__(text, spec)`.
    pub(crate) fn format_str(&mut self, text: &Object<Str>, spec: &Object<Str>) -> PyResult<Ref<Str>> {
        if spec.is_empty() {
            let text = self.str(&text.as_value())?;
            return Ok(if text.is_empty() { super::intern::EMPTY.get().to_ref() } else { text });
        }
        let kind = self.type_name(&text.as_value());
        let mut out = TextBuilder::new();
        let result = parse(spec.view(), &kind, Defaults::STR).and_then(|spec| format_string(&mut out, text.view(), &spec, &kind));
        match result {
            Ok(()) if out.len() == text.len() && !text.is_empty() && out.view() == text.view() => Ok(text.to_ref()),
            Ok(()) => Ok(self.str_from_builder(out)?),
            Err(error) => Err(self.number_error(error)),
        }
    }
}
