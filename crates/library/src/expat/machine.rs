//! The reader: fed with bytes, asked for one event after the other. Between two events it may be asked where it is and be
//! told what the program wants to know.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::declaration::Declaration;
use super::decode::{Decoder, Encoding};
use super::dtd::Dtd;
use super::error::{Code, Failure};
use super::event::{Event, Wants};
use super::scan::{Scan, Stop, is_space, skip_space};

/// Where in the document the reader is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// Before anything: a declaration may stand here.
    Start,
    /// Before the root element.
    Prolog,
    /// In the document type's internal subset, or in an external one.
    Subset,
    Content,
    Cdata,
    /// Behind the root element.
    Epilog,
}

/// What is being read: the document, or the text of an entity.
pub struct Source {
    pub text: String,
    pub at: usize,
    /// The entity's name, and whether it is a parameter entity.
    pub entity: Option<(String, bool)>,
    /// How many elements were open where it began.
    pub depth: usize,
}

/// An open element.
pub struct Tag {
    pub raw: String,
    pub name: String,
    /// How many namespaces were bound before it.
    pub bindings: usize,
}

/// What is to be done when a handler has returned.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Then {
    /// The external subset was read; the document type ends.
    EndDoctype { had_refs: bool, has_system: bool },
    /// The same where no document type was declared.
    StartInstance { had_refs: bool },
    /// A parameter entity was read.
    ParameterEntity,
}

/// An event and its text.
pub struct Queued {
    pub event: Event,
    pub range: Range<usize>,
}

/// Limits of what entities may make of a document.
#[derive(Clone, Copy)]
pub struct Amplification {
    pub direct: u64,
    pub indirect: u64,
    pub factor: f64,
    pub threshold: u64,
    pub memory_factor: f64,
    pub memory_threshold: u64,
}

/// Where an event began, in the bytes of the document.
#[derive(Clone, Copy, Debug)]
pub struct Position {
    offset: usize,
    pub line: usize,
    pub column: usize,
    pub byte: usize,
    after_return: bool,
}

/// The reader.
pub struct Machine {
    pub decoder: Decoder,
    pub sources: Vec<Source>,
    pub queue: VecDeque<Queued>,
    pub place: Place,
    pub dtd: Arc<Mutex<Dtd>>,
    pub wants: Wants,
    pub declaration: Declaration,
    pub tags: Vec<Tag>,
    pub bindings: Vec<(String, String)>,
    pub namespace_separator: Option<String>,
    pub namespace_prefixes: bool,
    pub base: Option<String>,
    pub expand_internal: bool,
    /// What is read.
    pub external: External,
    pub parameter_parsing: i32,
    pub use_foreign_dtd: bool,
    pub limits: Amplification,
    pub reparse_deferral: bool,
    pub then: Option<Then>,
    /// The document type whose internal subset is being read.
    pub doctype_of_subset: Option<super::doctype::Doctype>,
    pub seen_doctype: bool,
    /// Open sections that count.
    pub included: usize,
    pub failure: Option<Failure>,
    pub failed: Option<Code>,
    last: bool,
    pub started: bool,
    finished: bool,
    partial_before: usize,
    position: Position,
    pub event: Range<usize>,
}

/// What a reader reads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum External {
    /// A document.
    Document,
    /// An external general entity.
    General,
    /// An external parameter entity, or the external subset.
    Parameter,
}

impl Machine {
    /// A reader of documents.
    pub fn new(namespace_separator: Option<String>) -> Machine {
        let xml = ("xml".to_owned(), super::namespaces::XML.to_owned());
        Machine {
            decoder: Decoder::new(),
            sources: vec![Source { text: String::new(), at: 0, entity: None, depth: 0 }],
            queue: VecDeque::new(),
            place: Place::Start,
            dtd: Arc::default(),
            wants: Wants::default(),
            declaration: Declaration::None,
            tags: Vec::new(),
            bindings: if namespace_separator.is_some() { vec![xml] } else { Vec::new() },
            namespace_separator,
            namespace_prefixes: false,
            base: None,
            expand_internal: true,
            external: External::Document,
            parameter_parsing: 0,
            use_foreign_dtd: false,
            limits: Amplification {
                direct: 0,
                indirect: 0,
                factor: 100.0,
                threshold: 8 << 20,
                memory_factor: 100.0,
                memory_threshold: 64 << 20,
            },
            reparse_deferral: true,
            then: None,
            doctype_of_subset: None,
            seen_doctype: false,
            included: 0,
            failure: None,
            failed: None,
            last: false,
            started: false,
            finished: false,
            partial_before: 0,
            position: Position { offset: 0, line: 1, column: 0, byte: 0, after_return: false },
            event: 0..0,
        }
    }

    /// A reader of an external entity that this document refers to (`XML_ExternalEntityParserCreate`).
    pub fn external(&self, context: Option<&str>) -> Machine {
        let mut other = Machine::new(self.namespace_separator.clone());
        other.wants = self.wants;
        other.namespace_prefixes = self.namespace_prefixes;
        other.base = self.base.clone();
        other.expand_internal = self.expand_internal;
        other.parameter_parsing = self.parameter_parsing;
        other.limits = self.limits;
        other.reparse_deferral = self.reparse_deferral;
        match context {
            None => {
                other.external = External::Parameter;
                other.dtd = Arc::clone(&self.dtd);
            }
            Some(context) => {
                other.external = External::General;
                let mut dtd = self.dtd().clone();
                for entity in dtd.general.values_mut().chain(dtd.parameter.values_mut()) {
                    entity.open = false;
                }
                for part in context.split('\u{c}').filter(|part| !part.is_empty()) {
                    match part.split_once('=') {
                        Some((prefix, uri)) if other.namespace_separator.is_some() => {
                            other.bindings.push((prefix.to_owned(), uri.to_owned()));
                        }
                        _ => {
                            if let Some(entity) = dtd.general.get_mut(part) {
                                entity.open = true;
                            }
                        }
                    }
                }
                other.dtd = Arc::new(Mutex::new(dtd));
            }
        }
        other
    }

    /// The declarations.
    pub fn dtd(&self) -> MutexGuard<'_, Dtd> {
        self.dtd.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether names have namespaces.
    pub fn namespaces(&self) -> bool {
        self.namespace_separator.is_some()
    }

    /// What is being read now.
    pub fn source(&self) -> &Source {
        self.sources.last().expect("the document is always there")
    }

    /// What is being read now.
    pub fn source_mut(&mut self) -> &mut Source {
        self.sources.last_mut().expect("the document is always there")
    }

    /// Whether no more text of what is being read will come.
    pub fn is_complete(&self) -> bool {
        self.sources.len() > 1 || self.last
    }

    /// Gives the reader more bytes.
    pub fn feed(&mut self, bytes: &[u8], last: bool) -> Result<(), Code> {
        if self.failed.is_some() || self.finished {
            return Err(Code::Finished);
        }
        self.started = true;
        self.last = last;
        self.limits.direct += bytes.len() as u64;
        let consumed = self.sources[0].at;
        self.locate(consumed);
        self.event = consumed..consumed;
        if consumed > 0 {
            self.sources[0].text.drain(..consumed);
            self.sources[0].at = 0;
            self.position.offset = 0;
            self.event = 0..0;
        }
        self.decoder.feed(bytes);
        self.decode();
        self.check_memory()
    }

    /// Fails where the reader holds more memory than is in proportion to the document.
    fn check_memory(&mut self) -> Result<(), Code> {
        let declared: usize = {
            let dtd = self.dtd();
            let tables = dtd.general.iter().chain(dtd.parameter.iter());
            tables.map(|(name, entity)| name.len() + entity.text.as_ref().map_or(0, String::len)).sum()
        };
        let read: usize = self.sources.iter().map(|source| source.text.capacity()).sum();
        let held = (std::mem::size_of::<Machine>() + declared + read) as u64;
        let factor = held as f64 / self.limits.direct.max(1) as f64;
        match held >= self.limits.memory_threshold && factor > self.limits.memory_factor {
            true => {
                self.fail(Code::NoMemory);
                Err(Code::NoMemory)
            }
            false => Ok(()),
        }
    }

    /// Makes text of what was fed.
    pub fn decode(&mut self) {
        let mark = self.decoder.mark;
        self.decoder.decode(&mut self.sources[0].text, self.last);
        self.position.byte += self.decoder.mark - mark;
    }

    /// Whether a token that was not complete should wait until there is twice as much of it.
    pub fn is_deferred(&self) -> bool {
        let waiting = self.sources[0].text.len() - self.sources[0].at;
        self.reparse_deferral && !self.last && self.partial_before > 0 && waiting < 2 * self.partial_before
    }

    /// Moves the known position to a place in the document's text.
    fn locate(&mut self, offset: usize) {
        let position = &mut self.position;
        if offset <= position.offset {
            return;
        }
        for c in self.sources[0].text[position.offset..offset].chars() {
            match c {
                '\n' if position.after_return => {}
                '\n' | '\r' => (position.line, position.column) = (position.line + 1, 0),
                _ => position.column += 1,
            }
            position.after_return = c == '\r';
            position.byte += self.decoder.encoding.width(c);
        }
        position.offset = offset;
    }

    /// Where the current event, or the failure, is in the document.
    pub fn position(&mut self) -> Position {
        let offset = match self.sources.len() {
            1 => self.event.start,
            _ => self.sources[0].at,
        };
        // References to entities are where they begin.
        let offset = if self.sources.len() > 1 { self.event_of_document().unwrap_or(offset) } else { offset };
        self.locate(offset);
        self.position
    }

    /// Where the reference stands that led away from the document.
    fn event_of_document(&self) -> Option<usize> {
        let before = &self.sources[0].text[..self.sources[0].at];
        before.rfind(['&', '%'])
    }

    /// The text of the current event.
    pub fn raw(&self) -> &str {
        self.source().text.get(self.event.clone()).unwrap_or_default()
    }

    /// The document's bytes from the current event on.
    pub fn context(&self) -> Vec<u8> {
        let start = self.event.start.min(self.sources[0].text.len());
        self.decoder.encoding.encode(self.sources[0].text.get(start..).unwrap_or_default())
    }

    /// Tells an event, whose text goes from `start` to where the reader goes on.
    pub fn tell(&mut self, event: Event, range: Range<usize>) {
        self.queue.push_back(Queued { event, range });
    }

    /// A part was read: tells it, and goes on behind it.
    pub fn take(&mut self, event: Event, end: usize) {
        let start = self.source().at;
        self.source_mut().at = end;
        self.tell(event, start..end);
    }

    /// The next event; `None` where more text is needed, or all was read.
    pub fn next(&mut self) -> Result<Option<Event>, Code> {
        loop {
            if let Some(Queued { event, range }) = self.queue.pop_front() {
                self.event = range;
                return Ok(Some(event));
            }
            if let Some(failure) = self.failure.take() {
                if self.sources.len() == 1 {
                    self.event = failure.at..failure.at;
                }
                self.failed = Some(failure.code);
                return Err(failure.code);
            }
            match self.step() {
                Ok(true) => {}
                Ok(false) => {
                    // Only a call that got nowhere makes the next one wait.
                    let document = &self.sources[0];
                    self.partial_before = if document.at == 0 { document.text.len() } else { 0 };
                    if self.last {
                        self.finished = true;
                        self.event = self.sources[0].at..self.sources[0].at;
                    }
                    return Ok(None);
                }
                Err(failure) => self.failure = Some(failure),
            }
        }
    }

    /// A handler's result makes reading end.
    pub fn fail(&mut self, code: Code) {
        self.queue.clear();
        self.failed = Some(code);
    }

    /// Reads one part; false where there is nothing that can be read now.
    fn step(&mut self) -> Result<bool, Failure> {
        if let Some(then) = self.then.take() {
            self.after_external(then)?;
            return Ok(true);
        }
        let (at, len) = (self.source().at, self.source().text.len());
        if at == len {
            return self.at_end();
        }
        let read = match self.place {
            Place::Start => self.read_start(),
            Place::Prolog | Place::Subset | Place::Epilog => self.read_prolog(),
            Place::Content => self.read_content(),
            Place::Cdata => self.read_cdata(),
        };
        match read {
            Ok(()) => Ok(true),
            Err(Trouble::Stop(Stop::Partial)) => self.at_partial(at),
            Err(Trouble::Stop(Stop::Bad(at))) => Err(Code::InvalidToken.at(at)),
            Err(Trouble::Stop(Stop::Misplaced)) => Err(Code::MisplacedXmlPi.at(at)),
            Err(Trouble::Failure(failure)) => Err(failure),
        }
    }

    /// The text ends within a part that begins there.
    fn at_partial(&mut self, at: usize) -> Result<bool, Failure> {
        let end = self.source().text.len();
        if self.sources.len() == 1 && self.decoder.is_bad() {
            return Err(Code::InvalidToken.at(end));
        }
        if !self.is_complete() {
            return Ok(false);
        }
        if self.place == Place::Cdata {
            return Err(Code::UnclosedCdataSection.at(end));
        }
        // The last word of a document that is none ends with it.
        let word = self.source().text[at..].chars().next().is_some_and(|c| !"<\"'%#".contains(c));
        if word && matches!(self.place, Place::Prolog | Place::Subset) && self.decoder.is_drained() {
            return match self.declaration {
                Declaration::None => Err(Code::Syntax.at(at)),
                _ => Err(Code::NoElements.at(end)),
            };
        }
        let code = match self.decoder.is_drained() || self.sources.len() > 1 || self.decoder.has_odd_byte() {
            true => Code::UnclosedToken,
            false => Code::PartialChar,
        };
        Err(code.at(at))
    }

    /// All of what is being read was read.
    fn at_end(&mut self) -> Result<bool, Failure> {
        let end = self.source().text.len();
        if self.sources.len() > 1 {
            let source = self.sources.pop().expect("there are two");
            if let Some((name, parameter)) = &source.entity {
                let mut dtd = self.dtd();
                let table = if *parameter { &mut dtd.parameter } else { &mut dtd.general };
                if let Some(entity) = table.get_mut(name) {
                    entity.open = false;
                }
            }
            let balanced = source.depth == self.tags.len() && self.place != Place::Cdata;
            // As with every failure in an entity: where the reference stands.
            let at = self.event_of_document().unwrap_or(self.source().at);
            return if balanced { Ok(true) } else { Err(Code::AsyncEntity.at(at)) };
        }
        if self.decoder.is_bad() {
            return Err(Code::InvalidToken.at(end));
        }
        if !self.last {
            return Ok(false);
        }
        if !self.decoder.is_drained() {
            let code = if self.decoder.has_odd_byte() { Code::UnclosedToken } else { Code::PartialChar };
            return Err(code.at(end));
        }
        match (self.place, self.external) {
            (Place::Cdata, _) => Err(Code::UnclosedCdataSection.at(end)),
            (Place::Epilog, _) => Ok(false),
            (_, External::General) if self.tags.is_empty() => Ok(false),
            (_, External::General) => Err(Code::AsyncEntity.at(end)),
            (_, External::Parameter) if matches!(self.declaration, Declaration::None) => Ok(false),
            (_, External::Parameter) => Err(Code::IncompletePe.at(end)),
            _ => Err(Code::NoElements.at(end)),
        }
    }

    /// The start of the document: a declaration, or what follows one.
    fn read_start(&mut self) -> Result<(), Trouble> {
        let text = &self.source().text;
        const START: &str = "<?xml";
        let could_be = START.starts_with(text.as_str()) || text.starts_with(START);
        if could_be && text.len() <= START.len() && !self.is_complete() {
            return Err(Stop::Partial.into());
        }
        let next = match self.external {
            External::Document => Place::Prolog,
            External::General => Place::Content,
            External::Parameter => {
                self.dtd().parameter_entity_read = true;
                Place::Subset
            }
        };
        let text = &self.source().text;
        let declares =
            text.starts_with(START) && text.as_bytes().get(START.len()).is_some_and(|&byte| is_space(byte) || !byte.is_ascii());
        if declares {
            self.read_declaration()?;
        } else if self.external == External::General && self.use_foreign_dtd {
            self.use_foreign_dtd = false;
        }
        self.place = next;
        Ok(())
    }

    /// An XML or text declaration (`doParseXmlDecl`).
    fn read_declaration(&mut self) -> Result<(), Trouble> {
        let (text, complete) = (&self.source().text, self.is_complete());
        let entity = self.external != External::Document;
        let wrong = if entity { Code::TextDecl } else { Code::XmlDecl };
        let Some(close) = text.find("?>") else {
            let at = text.len();
            return Err(if complete { wrong.at(at).into() } else { Stop::Partial.into() });
        };
        let pseudo = pseudo_attributes(text, 5, close).map_err(|at| wrong.at(at))?;
        let (mut version, mut encoding, mut standalone) = (None, None, -1);
        let mut expected = 0;
        for (name, value, name_at, value_at) in pseudo {
            let order = match name.as_str() {
                "version" => 1,
                "encoding" => 2,
                "standalone" if !entity => 3,
                _ => return Err(wrong.at(name_at).into()),
            };
            if order <= expected || order > 1 && expected == 0 && !(entity && order == 2) {
                return Err(wrong.at(name_at).into());
            }
            expected = order;
            match order {
                1 => version = Some(value),
                2 => {
                    if !value.starts_with(|c: char| c.is_ascii_alphabetic()) {
                        return Err(wrong.at(value_at).into());
                    }
                    encoding = Some((value, value_at));
                }
                _ => {
                    standalone = match value.as_str() {
                        "yes" => 1,
                        "no" => 0,
                        _ => return Err(wrong.at(value_at).into()),
                    }
                }
            }
        }
        if expected == 0 || entity && encoding.is_none() {
            return Err(wrong.at(close).into());
        }
        if standalone == 1 {
            let mut dtd = self.dtd();
            dtd.standalone = true;
        }
        let name = encoding.as_ref().map(|(name, _)| name.clone());
        self.take(Event::XmlDecl { version, encoding: name, standalone }, close + 2);
        if self.decoder.fixed {
            self.decoder.declared(None);
            self.decode();
            return Ok(());
        }
        let Some((name, at)) = encoding else {
            self.decoder.declared(None);
            self.decode();
            return Ok(());
        };
        let wide = matches!(self.decoder.encoding, Encoding::Utf16 { .. });
        match Encoding::known(&name) {
            Some(known) => {
                let fits = match (&known, &self.decoder.encoding) {
                    (Encoding::Utf16 { .. }, Encoding::Utf16 { .. }) if name.eq_ignore_ascii_case("utf-16") => true,
                    (Encoding::Utf16 { big }, Encoding::Utf16 { big: is_big }) => big == is_big,
                    (Encoding::Utf16 { .. }, _) => false,
                    _ => !wide,
                };
                if !fits {
                    return Err(Code::IncorrectEncoding.at(at).into());
                }
                self.decoder.declared((!wide).then_some(known));
                self.decode();
            }
            None => {
                // The failure of an encoding that nobody knows is found at its name.
                self.tell(Event::UnknownEncoding(name), at..at);
            }
        }
        Ok(())
    }

    /// The program explained an encoding; `None` where its characters are not what XML needs.
    pub fn explain_encoding(&mut self, table: Option<Box<[i32; 256]>>) -> Result<(), Code> {
        // Each character that XML gives a meaning is a byte of its own, the one it is in ASCII.
        let matters = |byte: usize| {
            byte < 128 && matches!(byte as u8, b'\t' | b'\n' | b'\r' | b' '..=b'~') && !b"$@\\^`{}~".contains(&(byte as u8))
        };
        let ascii = |table: &[i32; 256]| {
            table.iter().enumerate().all(|(byte, &point)| {
                let meant = usize::try_from(point).is_ok_and(matters);
                point == byte as i32 || !matters(byte) && !meant
            })
        };
        match table {
            Some(table) if ascii(&table) => {
                match self.started {
                    true if self.place != Place::Start || self.sources[0].at > 0 => {
                        self.decoder.declared(Some(Encoding::Table(table)))
                    }
                    _ => self.decoder.fix(Encoding::Table(table)),
                }
                self.decode();
                Ok(())
            }
            _ => {
                self.fail(Code::UnknownEncoding);
                Err(Code::UnknownEncoding)
            }
        }
    }

    /// Counts text that entities add; fails where it is out of proportion.
    pub fn account(&mut self, bytes: usize, at: usize) -> Result<(), Failure> {
        self.limits.indirect += bytes as u64;
        let total = self.limits.direct + self.limits.indirect;
        let factor = total as f64 / self.limits.direct.max(1) as f64;
        match total >= self.limits.threshold && factor > self.limits.factor {
            true => Err(Code::AmplificationLimitBreach.at(at)),
            false => Ok(()),
        }
    }
}

/// Why a part could not be read: it is not all there, or it is wrong.
pub enum Trouble {
    Stop(Stop),
    Failure(Failure),
}

impl From<Stop> for Trouble {
    fn from(stop: Stop) -> Trouble {
        Trouble::Stop(stop)
    }
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Trouble {
        Trouble::Failure(failure)
    }
}

/// `name="value"` pairs between two places: name, value, and where both begin. An error is where it was found.
fn pseudo_attributes(text: &str, start: usize, end: usize) -> Result<Vec<(String, String, usize, usize)>, usize> {
    let bytes = text.as_bytes();
    let (mut at, mut pairs) = (start, Vec::new());
    loop {
        let name_at = skip_space(text, at).min(end);
        if name_at >= end {
            return Ok(pairs);
        }
        if name_at == at {
            return Err(at);
        }
        let name_end = name_at + bytes[name_at..end].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let equals = skip_space(text, name_end);
        if name_end == name_at || equals >= end || bytes[equals] != b'=' {
            return Err(name_end);
        }
        let quote_at = skip_space(text, equals + 1);
        let Some(&quote @ (b'"' | b'\'')) = bytes.get(quote_at).filter(|_| quote_at < end) else { return Err(quote_at) };
        let value_at = quote_at + 1;
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b':');
        let value_end = value_at + bytes[value_at..end].iter().take_while(|&&byte| allowed(byte)).count();
        if value_end >= end || bytes[value_end] != quote {
            return Err(value_end);
        }
        pairs.push((text[name_at..name_end].to_owned(), text[value_at..value_end].to_owned(), name_at, value_at));
        at = value_end + 1;
    }
}

/// A scan's part, where the reader goes on.
pub fn scanned<T>(scan: Scan<T>) -> Result<T, Trouble> {
    scan.map_err(Trouble::Stop)
}
