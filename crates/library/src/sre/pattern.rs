//! `re.Pattern`.

use pvm_macros::{pyclass, pymethods};
use pvm_object::dict::Dict;
use pvm_object::hashing::hash_pointer;
use pvm_object::iterators::CallableIterator;
use pvm_object::list::List;
use pvm_object::mapping_proxy::MappingProxy;
use pvm_object::ops::CompareOp;
use pvm_object::text::{TextView, Unit};
use pvm_object::tuple::Tuple;
use pvm_object::{Foreign, HeapCell, Object, PyResult, Ref, Type, Value, Vm};

use super::match_object::Match;
use super::matcher::{Demand, Matcher, Scratch};
use super::opcode::flag;
use super::program::Program;
use super::scanner::Scanner;
use super::search::{Span, search};
use super::subject::Subject;
use super::substitute;

/// A compiled regular expression.
#[pyclass(name = "Pattern", module = "re", weakref, final)]
pub struct Pattern {
    /// The expression it was made of.
    #[member]
    pub pattern: Value,
    /// The flags of the expression.
    #[member]
    pub flags: u32,
    /// How many groups it has.
    #[member]
    pub groups: usize,
    /// From names to numbers of groups.
    pub group_index: Ref<Dict>,
    /// From numbers to names of groups.
    pub index_group: Ref<Tuple>,
    /// Whether it is for bytes, or for text; `None` for both.
    pub is_bytes: Option<bool>,
    pub(super) program: Foreign<Program>,
    pub(super) code: Box<[u32]>,
    #[trace(skip)]
    pub(super) scratch: HeapCell<Scratch>,
}

/// What kind of match is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// At the start.
    Match,
    /// At the start, up to the end.
    Full,
    /// The first one anywhere.
    Search,
}

/// One pattern at work on one subject: the matcher's memory is the pattern's, and goes back to it.
pub struct Session<'a> {
    pattern: &'a Object<Pattern>,
    /// What is matched against.
    pub subject: &'a Subject,
    /// Where the subject ends for the pattern.
    pub end: usize,
    /// The groups of the last match.
    pub scratch: Scratch,
}

impl<'a> Session<'a> {
    /// Begins work.
    pub fn begin(pattern: &'a Object<Pattern>, subject: &'a Subject, end: usize, vm: &mut Vm) -> Session<'a> {
        let scratch = std::mem::take(pattern.scratch.borrow_mut(vm));
        Session { pattern, subject, end, scratch }
    }

    /// Gives the memory back.
    pub fn finish(mut self, vm: &mut Vm) {
        self.scratch.trim();
        *self.pattern.scratch.borrow_mut(vm) = self.scratch;
    }

    /// The next match, from `from` on; with `advance` it must not be empty there.
    pub fn find(&mut self, mode: Mode, from: usize, advance: bool, vm: &mut Vm) -> PyResult<Option<Span>> {
        if from > self.end {
            return Ok(None);
        }
        match self.subject.view() {
            TextView::Ascii(units) | TextView::Latin1(units) => self.find_in(units, mode, from, advance, vm),
            TextView::Ucs2(units) => self.find_in(units, mode, from, advance, vm),
            TextView::Ucs4(units) => self.find_in(units, mode, from, advance, vm),
        }
    }

    fn find_in<U: Unit>(&mut self, units: &[U], mode: Mode, from: usize, advance: bool, vm: &mut Vm) -> PyResult<Option<Span>> {
        let (program, text) = (&*self.pattern.program, &units[..self.end]);
        let mut poll = || vm.poll(1);
        if mode == Mode::Search {
            return search(program, text, from, advance, &mut self.scratch, &mut poll);
        }
        let mut matcher = Matcher::new(program, text, &mut self.scratch, &mut poll);
        let end = matcher.match_at(from, Demand { full: mode == Mode::Full, advance })?;
        Ok(end.map(|end| (from, end)))
    }

    /// What a group of the last match has matched; group 0 is the whole.
    pub fn group(&self, span: Span, group: usize) -> Option<Span> {
        if group == 0 {
            return Some(span);
        }
        self.scratch.group(group - 1)
    }

    /// A group of the last match as an object; `None` where it has not matched.
    pub fn group_value(&self, span: Span, group: usize, vm: &mut Vm) -> PyResult<Option<Value>> {
        match self.group(span, group) {
            Some((start, end)) => self.subject.slice(start, end, vm).map(Some),
            None => Ok(None),
        }
    }

    /// The last match as an object.
    pub fn match_object(&self, span: Span, pos: usize, vm: &mut Vm) -> Ref<Match> {
        let spans = (0..self.pattern.groups + 1).map(|group| self.group(span, group));
        let last_index = self.scratch.last_index;
        let found = Match::new(self.pattern, self.subject, (pos, self.end), last_index, spans);
        vm.alloc(found)
    }
}

impl Pattern {
    /// Matches once; the match or `None`.
    fn once(this: &Object<Pattern>, mode: Mode, string: &Value, pos: isize, endpos: isize, vm: &mut Vm) -> PyResult {
        let subject = Subject::for_pattern(string, this.is_bytes, vm)?;
        let (start, end) = subject.clip(pos, endpos);
        let mut session = Session::begin(this, &subject, end, vm);
        let result = match session.find(mode, start, false, vm)? {
            Some(span) => session.match_object(span, start, vm).into(),
            None => Value::none(),
        };
        session.finish(vm);
        Ok(result)
    }

    fn new_scanner(this: &Object<Pattern>, string: &Value, pos: isize, endpos: isize, vm: &mut Vm) -> PyResult<Ref<Scanner>> {
        let subject = Subject::for_pattern(string, this.is_bytes, vm)?;
        let (start, end) = subject.clip(pos, endpos);
        let scanner = Scanner::new(this.to_ref(), subject, start, end, vm)?;
        Ok(vm.alloc(scanner))
    }
}

#[pymethods]
impl Pattern {
    /// The match at the beginning of the string, or None.
    #[signature = "($self, /, string, pos=0, endpos=sys.maxsize)"]
    fn r#match(
        this: &Object<Pattern>,
        string: &Value,
        pos: isize,
        #[default(isize::MAX)] endpos: isize,
        vm: &mut Vm,
    ) -> PyResult {
        Pattern::once(this, Mode::Match, string, pos, endpos, vm)
    }

    /// The match that is all of the string, or None.
    #[signature = "($self, /, string, pos=0, endpos=sys.maxsize)"]
    fn fullmatch(
        this: &Object<Pattern>,
        string: &Value,
        pos: isize,
        #[default(isize::MAX)] endpos: isize,
        vm: &mut Vm,
    ) -> PyResult {
        Pattern::once(this, Mode::Full, string, pos, endpos, vm)
    }

    /// The first match in the string, or None.
    #[signature = "($self, /, string, pos=0, endpos=sys.maxsize)"]
    fn search(this: &Object<Pattern>, string: &Value, pos: isize, #[default(isize::MAX)] endpos: isize, vm: &mut Vm) -> PyResult {
        Pattern::once(this, Mode::Search, string, pos, endpos, vm)
    }

    /// The string with the leftmost matches, which do not overlap, replaced.
    #[signature = "($self, /, repl, string, count=0)"]
    fn sub(this: &Object<Pattern>, repl: &Value, string: &Value, count: isize, vm: &mut Vm) -> PyResult {
        Ok(substitute::substitute(this, repl, string, count, vm)?.0)
    }

    /// As sub, with the number of replacements.
    #[signature = "($self, /, repl, string, count=0)"]
    fn subn(this: &Object<Pattern>, repl: &Value, string: &Value, count: isize, vm: &mut Vm) -> PyResult<(Value, usize)> {
        substitute::substitute(this, repl, string, count, vm)
    }

    /// All matches: the groups of each, or the whole where there are none.
    #[signature = "($self, /, string, pos=0, endpos=sys.maxsize)"]
    fn findall(
        this: &Object<Pattern>,
        string: &Value,
        pos: isize,
        #[default(isize::MAX)] endpos: isize,
        vm: &mut Vm,
    ) -> PyResult<Ref<List>> {
        let subject = Subject::for_pattern(string, this.is_bytes, vm)?;
        let (mut from, end) = subject.clip(pos, endpos);
        let found = vm.new_list();
        let mut session = Session::begin(this, &subject, end, vm);
        let (mut advance, empty) = (false, subject.empty(vm)?);
        while let Some(span) = session.find(Mode::Search, from, advance, vm)? {
            let item = match this.groups {
                0 => subject.slice(span.0, span.1, vm)?,
                1 => session.group_value(span, 1, vm)?.unwrap_or_else(|| empty.clone()),
                groups => {
                    let mut items = Vec::with_capacity(groups);
                    for group in 1..=groups {
                        items.push(session.group_value(span, group, vm)?.unwrap_or_else(|| empty.clone()));
                    }
                    vm.try_tuple(items)?.into()
                }
            };
            found.push(item, vm)?;
            advance = span.0 == span.1;
            from = span.1;
        }
        session.finish(vm);
        Ok(found)
    }

    /// The string split where the pattern matches; groups come along.
    #[signature = "($self, /, string, maxsplit=0)"]
    fn split(this: &Object<Pattern>, string: &Value, maxsplit: isize, vm: &mut Vm) -> PyResult<Ref<List>> {
        let subject = Subject::for_pattern(string, this.is_bytes, vm)?;
        let (parts, end) = (vm.new_list(), subject.len());
        let mut session = Session::begin(this, &subject, end, vm);
        let (mut from, mut advance, mut splits) = (0, false, 0);
        while maxsplit == 0 || splits < maxsplit {
            let Some(span) = session.find(Mode::Search, from, advance, vm)? else {
                break;
            };
            let part = subject.slice(from, span.0, vm)?;
            parts.push(part, vm)?;
            for group in 1..=this.groups {
                let part = session.group_value(span, group, vm)?.unwrap_or_else(Value::none);
                parts.push(part, vm)?;
            }
            advance = span.0 == span.1;
            from = span.1;
            splits += 1;
        }
        let part = subject.slice(from, end, vm)?;
        parts.push(part, vm)?;
        session.finish(vm);
        Ok(parts)
    }

    /// An iterator over all matches.
    #[signature = "($self, /, string, pos=0, endpos=sys.maxsize)"]
    fn finditer(
        this: &Object<Pattern>,
        string: &Value,
        pos: isize,
        #[default(isize::MAX)] endpos: isize,
        vm: &mut Vm,
    ) -> PyResult<Ref<CallableIterator>> {
        let scanner = Pattern::new_scanner(this, string, pos, endpos, vm)?;
        let name = vm.intern("search");
        let search = vm.getattr(&scanner.as_value(), &name)?;
        Ok(vm.alloc(CallableIterator::new(search, Value::none())))
    }

    /// A scanner, which gives one match after the other.
    #[signature = "($self, /, string, pos=0, endpos=sys.maxsize)"]
    fn scanner(
        this: &Object<Pattern>,
        string: &Value,
        pos: isize,
        #[default(isize::MAX)] endpos: isize,
        vm: &mut Vm,
    ) -> PyResult<Ref<Scanner>> {
        Pattern::new_scanner(this, string, pos, endpos, vm)
    }

    fn __copy__(this: &Object<Pattern>) -> Value {
        this.to_value()
    }

    fn __deepcopy__(this: &Object<Pattern>, _memo: &Value) -> Value {
        this.to_value()
    }

    /// Generic over the type of the strings.
    #[classmethod]
    fn __class_getitem__(cls: &Object<Type>, object: &Value, vm: &mut Vm) -> PyResult {
        vm.generic_alias(&cls.as_value(), object)
    }

    /// From names to numbers of groups.
    #[getter]
    fn groupindex(&self, vm: &mut Vm) -> Ref<MappingProxy> {
        vm.new_mapping_proxy(&self.group_index)
    }

    fn __hash__(&self, vm: &mut Vm) -> PyResult<i64> {
        let pattern = vm.hash(&self.pattern)?;
        let code = self.code.iter().fold(0u64, |hash, &word| hash.rotate_left(5) ^ u64::from(word));
        let kind = match self.is_bytes {
            None => u64::MAX,
            Some(is_bytes) => is_bytes.into(),
        };
        let rest = code ^ u64::from(self.flags) ^ kind ^ self.groups as u64;
        Ok(pattern ^ hash_pointer(rest as usize))
    }

    fn __eq__(this: &Object<Pattern>, other: &Object<Pattern>, vm: &mut Vm) -> PyResult<bool> {
        if std::ptr::eq(this, other) {
            return Ok(true);
        }
        let same = this.flags == other.flags
            && this.is_bytes == other.is_bytes
            && this.groups == other.groups
            && this.code == other.code;
        Ok(same && vm.compare(&this.pattern, &other.pattern, CompareOp::Eq)?)
    }

    fn __repr__(&self, vm: &mut Vm) -> PyResult {
        let mut flags = self.flags;
        // Text patterns are Unicode's without saying so.
        if self.is_bytes == Some(false) && flags & (flag::LOCALE | flag::UNICODE | flag::ASCII) == flag::UNICODE {
            flags &= !flag::UNICODE;
        }
        let mut names = Vec::new();
        for &(bit, name) in flag::NAMES {
            if flags & bit != 0 {
                names.push(name.to_owned());
                flags &= !bit;
            }
        }
        if flags != 0 {
            names.push(format!("{flags:#x}"));
        }
        const SHOWN: usize = 200;
        let pattern = vm.repr(&self.pattern)?;
        let mut text = pvm_object::text::TextBuilder::new();
        text.push_str("re.compile(");
        text.push_view(pattern.view().slice(0..pattern.len().min(SHOWN)));
        if !names.is_empty() {
            text.push_str(", ");
            text.push_str(&names.join("|"));
        }
        text.push_str(")");
        Ok(vm.str_from_builder(text)?.into())
    }
}
