//! `re.Match`.

use pvm_macros::{pyclass, pymethods};
use pvm_object::dict::Dict;
use pvm_object::text::TextBuilder;
use pvm_object::tuple::Tuple;
use pvm_object::{Args, HeapCell, Object, PyResult, Raised, Ref, Type, Value, Vm};

use super::pattern::Pattern;
use super::search::Span;
use super::subject::Subject;
use super::{substitute, template};

/// What the groups have matched: in the object where they are few and the positions small.
enum Spans {
    Few([(u32, u32); Spans::INLINE]),
    Many(Box<[Option<Span>]>),
}

impl Spans {
    const INLINE: usize = 4;
    const UNSET: (u32, u32) = (u32::MAX, u32::MAX);

    fn new(end: usize, spans: impl ExactSizeIterator<Item = Option<Span>>) -> Spans {
        if spans.len() > Spans::INLINE || end >= u32::MAX as usize {
            return Spans::Many(spans.collect());
        }
        let mut few = [Spans::UNSET; Spans::INLINE];
        for (place, span) in few.iter_mut().zip(spans) {
            if let Some((start, end)) = span {
                *place = (start as u32, end as u32);
            }
        }
        Spans::Few(few)
    }

    fn get(&self, group: usize) -> Option<Span> {
        match self {
            Spans::Few(few) => {
                let (start, end) = *few.get(group)?;
                ((start, end) != Spans::UNSET).then_some((start as usize, end as usize))
            }
            Spans::Many(many) => *many.get(group)?,
        }
    }
}

/// What a regular expression has found; it is always true.
#[pyclass(name = "Match", module = "re", final)]
pub struct Match {
    /// The string that was searched.
    #[member]
    string: Value,
    /// The regular expression.
    #[member]
    re: Ref<Pattern>,
    /// Where the search began.
    #[member]
    pos: usize,
    /// Where the string ended for the search.
    #[member]
    endpos: usize,
    last_index: u32,
    #[trace(skip)]
    spans: Spans,
    regs: HeapCell<Option<Ref<Tuple>>>,
}

impl Match {
    /// A match with these spans, that of the whole first.
    pub fn new(
        pattern: &Object<Pattern>,
        subject: &Subject,
        (pos, endpos): Span,
        last_index: u32,
        spans: impl ExactSizeIterator<Item = Option<Span>>,
    ) -> Match {
        Match {
            string: subject.string.clone(),
            re: pattern.to_ref(),
            pos,
            endpos,
            last_index,
            spans: Spans::new(endpos, spans),
            regs: HeapCell::new(None),
        }
    }

    /// What a group has matched.
    pub fn span_of(&self, group: usize) -> Option<Span> {
        self.spans.get(group)
    }

    /// The text of a group; `default` where it has not matched.
    fn text(&self, group: usize, default: &Value, vm: &mut Vm) -> PyResult {
        let Some((start, end)) = self.spans.get(group) else {
            return Ok(default.clone());
        };
        Subject::of(&self.string, vm)?.slice(start, end, vm)
    }

    /// The number of the group that an argument means.
    fn index(&self, group: &Value, vm: &mut Vm) -> PyResult<usize> {
        let index = if group.as_int().is_some() || group.ty().slots().index().is_some() {
            Some(vm.index_clipped(group)?)
        } else {
            self.re.group_index.get(group, vm)?.and_then(|index| index.as_small_int()).map(|index| index as isize)
        };
        match index.and_then(|index| usize::try_from(index).ok()).filter(|&index| index <= self.re.groups) {
            Some(index) => Ok(index),
            None => Err(no_such_group(vm)),
        }
    }

    fn optional_index(&self, group: Option<&Value>, vm: &mut Vm) -> PyResult<usize> {
        group.map_or(Ok(0), |group| self.index(group, vm))
    }

    fn bounds(&self, group: usize) -> (isize, isize) {
        self.spans.get(group).map_or((-1, -1), |(start, end)| (start as isize, end as isize))
    }
}

/// The error for a group that the pattern does not have.
pub(super) fn no_such_group(vm: &mut Vm) -> Raised {
    vm.index_error(format_args!("no such group"))
}

#[pymethods]
impl Match {
    fn __repr__(&self, vm: &mut Vm) -> PyResult {
        const SHOWN: usize = 50;
        let whole = self.text(0, &Value::none(), vm)?;
        let whole = vm.repr(&whole)?;
        let (start, end) = self.bounds(0);
        let mut text = TextBuilder::new();
        text.push_str(&format!("<re.Match object; span=({start}, {end}), match="));
        text.push_view(whole.view().slice(0..whole.len().min(SHOWN)));
        text.push_str(">");
        Ok(vm.str_from_builder(text)?.into())
    }

    fn __getitem__(&self, key: &Value, vm: &mut Vm) -> PyResult {
        let group = self.index(key, vm)?;
        self.text(group, &Value::none(), vm)
    }

    /// group([group1, ...]) -> str or tuple.
    ///
    /// What one group has matched, or a tuple for several; group 0 is the whole match.
    fn group(&self, args: Args<'_>, vm: &mut Vm) -> PyResult {
        if args.has_keywords() {
            return Err(vm.type_error(format_args!("Match.group() takes no keyword arguments")));
        }
        let none = Value::none();
        match args.len() {
            0 => self.text(0, &none, vm),
            1 => {
                let group = self.optional_index(args.get(0).as_deref(), vm)?;
                self.text(group, &none, vm)
            }
            _ => {
                let mut texts = Vec::with_capacity(args.len());
                for group in args.iter() {
                    let group = self.index(&group, vm)?;
                    texts.push(self.text(group, &none, vm)?);
                }
                Ok(vm.try_tuple(texts)?.into())
            }
        }
    }

    /// Where the match of the group begins.
    #[signature = "($self, group=0, /)"]
    fn start(&self, #[default(None)] group: Option<&Value>, vm: &mut Vm) -> PyResult<isize> {
        Ok(self.bounds(self.optional_index(group, vm)?).0)
    }

    /// Where the match of the group ends.
    #[signature = "($self, group=0, /)"]
    fn end(&self, #[default(None)] group: Option<&Value>, vm: &mut Vm) -> PyResult<isize> {
        Ok(self.bounds(self.optional_index(group, vm)?).1)
    }

    /// Where the match of the group begins and ends.
    #[signature = "($self, group=0, /)"]
    fn span(&self, #[default(None)] group: Option<&Value>, vm: &mut Vm) -> PyResult<(isize, isize)> {
        Ok(self.bounds(self.optional_index(group, vm)?))
    }

    /// What all groups have matched; the default for those that have not.
    #[signature = "($self, /, default=None)"]
    fn groups(&self, default: Option<&Value>, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
        let default = default.map_or_else(Value::none, Value::clone);
        let mut texts = Vec::with_capacity(self.re.groups);
        for group in 1..=self.re.groups {
            texts.push(self.text(group, &default, vm)?);
        }
        Ok(vm.try_tuple(texts)?)
    }

    /// What the groups with names have matched, by their names.
    #[signature = "($self, /, default=None)"]
    fn groupdict(&self, default: Option<&Value>, vm: &mut Vm) -> PyResult<Ref<Dict>> {
        let default = default.map_or_else(Value::none, Value::clone);
        let names: Vec<Value> = self.re.group_index.entries(vm).map(|(name, _)| name.to_owned()).collect();
        let texts = vm.new_dict();
        for name in names {
            let group = self.index(&name, vm)?;
            let text = self.text(group, &default, vm)?;
            texts.set(&name, text, vm)?;
        }
        Ok(texts)
    }

    /// The template with the groups put in.
    #[signature = "($self, /, template)"]
    fn expand(this: &Object<Match>, template: &Value, vm: &mut Vm) -> PyResult {
        let compiled = substitute::compile_template(&this.re, template, vm)?;
        let subject = Subject::of(&this.string, vm)?;
        let expanded = template::expand(&compiled, &subject, this.re.groups, |group| this.span_of(group), vm)?;
        expanded.into_value(vm)
    }

    fn __copy__(this: &Object<Match>) -> Value {
        this.to_value()
    }

    fn __deepcopy__(this: &Object<Match>, _memo: &Value) -> Value {
        this.to_value()
    }

    /// Generic over the type of the strings.
    #[classmethod]
    fn __class_getitem__(cls: &Object<Type>, object: &Value, vm: &mut Vm) -> PyResult {
        vm.generic_alias(&cls.as_value(), object)
    }

    /// The number of the group that was closed last, or None.
    #[getter]
    fn lastindex(&self) -> Option<u32> {
        Some(self.last_index).filter(|&index| index > 0)
    }

    /// The name of the group that was closed last, or None.
    #[getter]
    fn lastgroup(&self) -> Option<Value> {
        if self.last_index == 0 {
            return None;
        }
        self.re.index_group.as_slice().get(self.last_index as usize).cloned()
    }

    #[getter]
    fn regs(&self, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
        if let Some(regs) = self.regs.get(vm) {
            return Ok(regs);
        }
        let mut spans = Vec::with_capacity(self.re.groups + 1);
        for group in 0..=self.re.groups {
            let (start, end) = self.bounds(group);
            let (start, end) = (vm.int(start as i64), vm.int(end as i64));
            spans.push(vm.try_tuple([start, end])?.into());
        }
        let regs = vm.try_tuple(spans)?;
        self.regs.set(Some(regs.clone()), vm);
        Ok(regs)
    }
}
