//! What is before the root element: the document type and its declarations, token by token (expat's `xmlrole.c`).

use super::error::Code;
use super::event::{EntityDecl, Event};
use super::machine::{External, Machine, Place, Source, Then, Trouble, scanned};
use super::model::{self, Model};
use super::scan::{Scan, Stop, char_at, name_end, name_token_end, skip_space};

/// The declaration that is being read, and how far.
#[derive(Debug, Default)]
pub enum Declaration {
    #[default]
    None,
    Doctype(Doctype),
    Entity(EntityState),
    Notation(NotationState),
    Attlist(AttlistState),
    Element(ElementState),
    /// `<![` of an external subset, and the keyword.
    Conditional(Option<bool>),
}

#[derive(Debug, Default)]
pub struct Doctype {
    step: u8,
    name: String,
    system: Option<String>,
    public: Option<String>,
    told: bool,
}

#[derive(Debug, Default)]
pub struct EntityState {
    step: u8,
    name: String,
    parameter: bool,
    system: Option<String>,
    public: Option<String>,
}

#[derive(Debug, Default)]
pub struct NotationState {
    step: u8,
    name: String,
    public: Option<String>,
}

#[derive(Debug, Default)]
pub struct AttlistState {
    step: u8,
    element: String,
    name: String,
    kind: String,
}

#[derive(Debug, Default)]
pub struct ElementState {
    step: u8,
    name: String,
    groups: Vec<Model>,
}

/// A token of declarations.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Token {
    Space,
    Instruction,
    Comment,
    Open,
    Close,
    Name,
    Nmtoken,
    PoundName,
    Or,
    Comma,
    OpenParen,
    CloseParen,
    Literal,
    Percent,
    ParameterRef,
    OpenBracket,
    CloseBracket,
    ConditionalOpen,
    ConditionalClose,
    Instance,
}

/// The token there, and its end (`prologTok`).
fn token(text: &str, at: usize, namespaces: bool) -> Scan<(Token, usize)> {
    let bytes = text.as_bytes();
    let byte = |at: usize| bytes.get(at).copied().ok_or(Stop::Partial);
    Ok(match byte(at)? {
        b' ' | b'\t' | b'\r' | b'\n' => (Token::Space, skip_space(text, at)),
        b'<' => match byte(at + 1)? {
            b'?' => (Token::Instruction, at),
            b'!' => match byte(at + 2)? {
                b'-' => (Token::Comment, at),
                b'[' => (Token::ConditionalOpen, at + 3),
                b'A'..=b'Z' | b'a'..=b'z' => {
                    let end = at + 2 + bytes[at + 2..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
                    match byte(end)? {
                        b' ' | b'\t' | b'\r' | b'\n' | b'%' => (Token::Open, end),
                        _ => return Err(Stop::Bad(end)),
                    }
                }
                _ => return Err(Stop::Bad(at + 2)),
            },
            _ => {
                name_end(text, at + 1, namespaces)?;
                (Token::Instance, at)
            }
        },
        b'>' => (Token::Close, at + 1),
        b'[' => (Token::OpenBracket, at + 1),
        b']' => match bytes.get(at + 1) {
            None => return Err(Stop::Partial),
            Some(b']') => match byte(at + 2)? {
                b'>' => (Token::ConditionalClose, at + 3),
                _ => (Token::CloseBracket, at + 1),
            },
            _ => (Token::CloseBracket, at + 1),
        },
        b'(' => (Token::OpenParen, at + 1),
        b')' => match byte(at + 1)? {
            b'*' | b'?' | b'+' => (Token::CloseParen, at + 2),
            b' ' | b'\t' | b'\r' | b'\n' | b'>' | b',' | b'|' | b')' => (Token::CloseParen, at + 1),
            _ => return Err(Stop::Bad(at + 1)),
        },
        b'|' => (Token::Or, at + 1),
        b',' => (Token::Comma, at + 1),
        b'%' => match byte(at + 1)? {
            b' ' | b'\t' | b'\r' | b'\n' | b'%' => (Token::Percent, at + 1),
            _ => {
                let end = name_end(text, at + 1, namespaces)?;
                match bytes[end] {
                    b';' => (Token::ParameterRef, end + 1),
                    _ => return Err(Stop::Bad(end)),
                }
            }
        },
        b'#' => (Token::PoundName, name_end(text, at + 1, namespaces)?),
        quote @ (b'"' | b'\'') => {
            let mut end = at + 1;
            loop {
                let c = char_at(text, end)?;
                if !super::scan::is_char(c) {
                    return Err(Stop::Bad(end));
                }
                end += c.len_utf8();
                if c == char::from(quote) {
                    break;
                }
            }
            match byte(end)? {
                b' ' | b'\t' | b'\r' | b'\n' | b'>' | b'%' | b'[' => (Token::Literal, end),
                _ => return Err(Stop::Bad(end)),
            }
        }
        _ => {
            let end = name_token_end(text, at)?;
            if end == at {
                return Err(Stop::Bad(at));
            }
            let is_name = name_end(text, at, false).is_ok();
            match bytes[end] {
                b'*' | b'?' | b'+' if is_name => (Token::Name, end + 1),
                b' ' | b'\t' | b'\r' | b'\n' | b'>' | b')' | b',' | b'|' | b'[' | b'%' => {
                    (if is_name { Token::Name } else { Token::Nmtoken }, end)
                }
                _ => return Err(Stop::Bad(end)),
            }
        }
    })
}

/// Whether a public identifier has only characters that may stand there, and how it reads.
fn public_id(text: &str) -> Result<String, usize> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || " \r\n-'()+,./:=?;!*#@$_%".contains(c);
    if let Some(bad) = text.find(|c| !allowed(c)) {
        return Err(bad);
    }
    Ok(text.split([' ', '\r', '\n']).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" "))
}

impl Machine {
    /// Whether what is being read is the document itself, outside of parameter entities.
    fn in_document(&self) -> bool {
        self.external == External::Document && self.sources.len() == 1
    }

    /// The next part outside of the root element.
    pub fn read_prolog(&mut self) -> Result<(), Trouble> {
        let at = self.source().at;
        let found = token(&self.source().text, at, self.namespaces());
        if self.place == Place::Epilog {
            return self.read_epilog(found);
        }
        let (token, end) = scanned(found)?;
        match token {
            Token::Instruction if matches!(self.declaration, Declaration::None) => return self.read_instruction(),
            Token::Comment if matches!(self.declaration, Declaration::None) => return self.read_comment(),
            Token::ParameterRef if self.place == Place::Subset => return self.parameter_reference(end),
            _ => {}
        }
        let declaration = std::mem::take(&mut self.declaration);
        let wants = self.wants;
        let told = match &declaration {
            Declaration::Doctype(_) => wants.start_doctype || token == Token::Close && wants.end_doctype,
            Declaration::Entity(_) => wants.entity,
            Declaration::Notation(_) => wants.notation,
            Declaration::Attlist(_) => wants.attlist,
            Declaration::Element(_) => wants.element_decl,
            _ => false,
        };
        let range = at..end;
        let before = self.queue.len();
        self.declaration = match declaration {
            Declaration::None => self.open_declaration(token, end)?,
            Declaration::Doctype(state) => self.doctype(state, token, end)?,
            Declaration::Entity(state) => self.entity(state, token, end)?,
            Declaration::Notation(state) => self.notation(state, token, end)?,
            Declaration::Attlist(state) => self.attlist(state, token, end)?,
            Declaration::Element(state) => self.element(state, token, end)?,
            Declaration::Conditional(kind) => self.conditional(kind, token, end)?,
        };
        if token == Token::Instance {
            return Ok(());
        }
        let opened = match &self.declaration {
            Declaration::Doctype(_) => wants.start_doctype,
            Declaration::Entity(_) => wants.entity,
            Declaration::Notation(_) => wants.notation,
            Declaration::Attlist(_) => wants.attlist,
            Declaration::Element(_) => wants.element_decl,
            _ => false,
        };
        self.source_mut().at = self.source().at.max(end);
        if wants.default && !told && !(token == Token::Open && opened) && self.queue.len() == before {
            self.tell(Event::Other, range);
        }
        Ok(())
    }

    fn read_epilog(&mut self, found: Scan<(Token, usize)>) -> Result<(), Trouble> {
        let at = self.source().at;
        match found {
            Ok((Token::Space, end)) => {
                self.take(Event::Other, end);
                Ok(())
            }
            Ok((Token::Instruction, _)) => match self.read_instruction() {
                Err(Trouble::Stop(Stop::Misplaced)) => Err(Code::JunkAfterDocElement.at(at).into()),
                read => read,
            },
            Ok((Token::Comment, _)) => self.read_comment(),
            Err(stop @ (Stop::Partial | Stop::Bad(_))) if self.source().text[at..].starts_with('<') => Err(stop.into()),
            Err(Stop::Bad(bad)) if bad > at => Err(Stop::Bad(bad).into()),
            _ => Err(Code::JunkAfterDocElement.at(at).into()),
        }
    }

    fn syntax<T>(&self) -> Result<T, Trouble> {
        Err(Code::Syntax.at(self.source().at).into())
    }

    /// A token outside of declarations.
    fn open_declaration(&mut self, token: Token, end: usize) -> Result<Declaration, Trouble> {
        let at = self.source().at;
        let subset = self.place == Place::Subset;
        let external = self.external == External::Parameter || self.sources.len() > 1;
        Ok(match token {
            Token::Space => Declaration::None,
            Token::Open => match &self.source().text[at + 2..end] {
                "DOCTYPE" if !subset && !self.has_doctype() => Declaration::Doctype(Doctype::default()),
                "ENTITY" if subset => Declaration::Entity(EntityState::default()),
                "NOTATION" if subset => Declaration::Notation(NotationState::default()),
                "ATTLIST" if subset => Declaration::Attlist(AttlistState::default()),
                "ELEMENT" if subset => Declaration::Element(ElementState::default()),
                _ => return self.syntax(),
            },
            Token::CloseBracket if subset && self.in_document() => {
                self.place = Place::Prolog;
                let state = self.doctype_of_subset.take().unwrap_or_default();
                Declaration::Doctype(Doctype { step: 5, ..state })
            }
            Token::ConditionalOpen if subset && external => Declaration::Conditional(None),
            Token::ConditionalClose if subset && self.included > 0 => {
                self.included -= 1;
                Declaration::None
            }
            Token::Instance if !subset => {
                self.start_instance()?;
                Declaration::None
            }
            _ => return self.syntax(),
        })
    }

    /// The root element begins (`XML_ROLE_INSTANCE_START`).
    fn start_instance(&mut self) -> Result<(), Trouble> {
        self.place = Place::Content;
        if self.use_foreign_dtd {
            self.use_foreign_dtd = false;
            let had_refs = std::mem::replace(&mut self.dtd().has_parameter_refs, true);
            if self.parameter_parsing != 0 && self.wants.external {
                self.dtd().parameter_entity_read = false;
                let at = self.source().at;
                let base = self.base.clone();
                self.tell(Event::ExternalEntity { context: None, base, system: None, public: None }, at..at);
                self.then = Some(Then::StartInstance { had_refs });
            }
        }
        Ok(())
    }

    /// What is left to do when the handler of an external entity has returned.
    pub fn after_external(&mut self, then: Then) -> Result<(), super::error::Failure> {
        let at = self.source().at;
        let (read, standalone) = {
            let dtd = self.dtd();
            (dtd.parameter_entity_read, dtd.standalone)
        };
        let not_standalone = !standalone && self.wants.not_standalone;
        match then {
            Then::EndDoctype { had_refs, has_system } => {
                if read && not_standalone {
                    self.tell(Event::NotStandalone, at..at);
                } else if !read && !has_system {
                    self.dtd().has_parameter_refs = had_refs;
                }
                if self.wants.end_doctype {
                    self.tell(Event::EndDoctype, at..at);
                }
            }
            Then::StartInstance { had_refs } => {
                if !read {
                    self.dtd().has_parameter_refs = had_refs;
                } else if not_standalone {
                    self.tell(Event::NotStandalone, at..at);
                }
            }
            Then::ParameterEntity => {
                if !read {
                    self.dtd().keep_processing = standalone;
                } else if not_standalone {
                    self.tell(Event::NotStandalone, at..at);
                }
            }
        }
        Ok(())
    }

    /// The literal that ends there, without its quotes.
    fn literal(&self, end: usize) -> String {
        let source = self.source();
        source.text[source.at + 1..end - 1].to_owned()
    }

    fn word(&self, end: usize) -> &str {
        let source = self.source();
        &source.text[source.at..end]
    }

    fn public_literal(&self, end: usize) -> Result<String, Trouble> {
        let at = self.source().at + 1;
        public_id(&self.literal(end)).map_err(|bad| Code::PublicId.at(at + bad).into())
    }

    fn doctype(&mut self, mut state: Doctype, token: Token, end: usize) -> Result<Declaration, Trouble> {
        let at = self.source().at;
        match (state.step, token) {
            (_, Token::Space) => {}
            (0, Token::Name) => {
                state.name = self.word(end).to_owned();
                state.step = 1;
            }
            (1, Token::Name) if self.word(end) == "PUBLIC" => state.step = 2,
            (1, Token::Name) if self.word(end) == "SYSTEM" => state.step = 3,
            (2, Token::Literal) => {
                state.public = Some(self.public_literal(end)?);
                state.step = 3;
            }
            (3, Token::Literal) => {
                state.system = Some(self.literal(end));
                state.step = 4;
                self.use_foreign_dtd = false;
                let standalone = {
                    let mut dtd = self.dtd();
                    dtd.has_parameter_refs = true;
                    dtd.standalone
                };
                if !standalone && self.parameter_parsing == 0 && self.wants.not_standalone {
                    self.tell(Event::NotStandalone, at..end);
                }
            }
            (1 | 4, Token::OpenBracket) => {
                self.tell_doctype(&mut state, true, end);
                self.doctype_of_subset = Some(state);
                self.seen_doctype = true;
                self.place = Place::Subset;
                return Ok(Declaration::None);
            }
            (1 | 4 | 5, Token::Close) => {
                self.seen_doctype = true;
                self.tell_doctype(&mut state, false, end);
                self.end_doctype(state, end);
                return Ok(Declaration::None);
            }
            _ => return self.syntax(),
        }
        Ok(Declaration::Doctype(state))
    }

    fn has_doctype(&self) -> bool {
        self.seen_doctype
    }

    fn tell_doctype(&mut self, state: &mut Doctype, internal: bool, end: usize) {
        if self.wants.start_doctype && !std::mem::replace(&mut state.told, true) {
            let at = self.source().at;
            let (name, system, public) = (state.name.clone(), state.system.clone(), state.public.clone());
            self.tell(Event::StartDoctype { name, system, public, internal }, at..end);
        }
    }

    /// The document type ends (`XML_ROLE_DOCTYPE_CLOSE`): its external subset comes now.
    fn end_doctype(&mut self, state: Doctype, end: usize) {
        let at = self.source().at;
        let has_system = state.system.is_some();
        if has_system || self.use_foreign_dtd {
            self.use_foreign_dtd = false;
            let had_refs = std::mem::replace(&mut self.dtd().has_parameter_refs, true);
            if self.parameter_parsing != 0 && self.wants.external {
                self.dtd().parameter_entity_read = false;
                let base = self.base.clone();
                self.tell(Event::ExternalEntity { context: None, base, system: state.system, public: state.public }, at..end);
                self.then = Some(Then::EndDoctype { had_refs, has_system });
                return;
            }
        }
        if self.wants.end_doctype {
            self.tell(Event::EndDoctype, at..end);
        }
    }

    fn entity(&mut self, mut state: EntityState, token: Token, end: usize) -> Result<Declaration, Trouble> {
        match (state.step, token) {
            (_, Token::Space) => {}
            (0, Token::Percent) => {
                state.parameter = true;
                state.step = 1;
            }
            (0 | 1, Token::Name) => {
                state.name = self.word(end).to_owned();
                state.step = 2;
            }
            (2, Token::Name) if self.word(end) == "PUBLIC" => state.step = 3,
            (2, Token::Name) if self.word(end) == "SYSTEM" => state.step = 4,
            (2, Token::Literal) => {
                self.declare_internal(&state, end)?;
                state.step = 7;
            }
            (3, Token::Literal) => {
                state.public = Some(self.public_literal(end)?);
                state.step = 4;
            }
            (4, Token::Literal) => {
                state.system = Some(self.literal(end));
                state.step = 5;
            }
            (5, Token::Name) if !state.parameter && self.word(end) == "NDATA" => state.step = 6,
            (5, Token::Close) => {
                self.declare_external(state, None, end);
                return Ok(Declaration::None);
            }
            (6, Token::Name) => {
                let notation = self.word(end).to_owned();
                self.declare_external(state, Some(notation), end);
                return Ok(Declaration::Entity(EntityState { step: 7, ..EntityState::default() }));
            }
            (7, Token::Close) => return Ok(Declaration::None),
            _ => return self.syntax(),
        }
        Ok(Declaration::Entity(state))
    }

    /// Notes an entity that was not declared before; whether it was not.
    fn note_entity(&mut self, name: &str, parameter: bool, entity: super::dtd::Entity) -> bool {
        let mut dtd = self.dtd();
        if !dtd.keep_processing || !parameter && super::scan::predefined(name).is_some() {
            return false;
        }
        let table = if parameter { &mut dtd.parameter } else { &mut dtd.general };
        match table.contains_key(name) {
            true => false,
            false => {
                table.insert(name.to_owned(), entity);
                true
            }
        }
    }

    fn declare_internal(&mut self, state: &EntityState, end: usize) -> Result<(), Trouble> {
        let at = self.source().at;
        let written = self.literal(end);
        let value = self.entity_value(&written, at + 1)?;
        let internal = self.in_document();
        let entity = super::dtd::Entity { text: Some(value.clone()), internal, ..Default::default() };
        if self.note_entity(&state.name, state.parameter, entity) && self.wants.entity {
            let decl = EntityDecl {
                name: state.name.clone(),
                parameter: state.parameter,
                value: Some(value),
                base: self.base.clone(),
                system: None,
                public: None,
                notation: None,
            };
            self.tell(Event::EntityDecl(decl), at..end);
        }
        Ok(())
    }

    fn declare_external(&mut self, state: EntityState, notation: Option<String>, end: usize) {
        let at = self.source().at;
        let EntityState { name, parameter, system, public, .. } = state;
        let (internal, base) = (self.in_document(), self.base.clone());
        let entity = super::dtd::Entity {
            system: system.clone(),
            public: public.clone(),
            base: base.clone(),
            notation: notation.clone(),
            internal,
            ..Default::default()
        };
        if self.note_entity(&name, parameter, entity) {
            let unparsed = notation.is_some() && self.wants.unparsed;
            let decl = EntityDecl { name, parameter, value: None, base, system, public, notation };
            if unparsed {
                self.tell(Event::UnparsedEntityDecl(decl), at..end);
            } else if self.wants.entity {
                self.tell(Event::EntityDecl(decl), at..end);
            }
        }
    }

    /// What an entity's value means: references to characters and parameter entities are replaced (`storeEntityValue`).
    fn entity_value(&mut self, written: &str, at: usize) -> Result<String, Trouble> {
        let mut value = String::with_capacity(written.len());
        let mut open: Vec<(String, String, usize)> = Vec::new();
        let result = self.entity_value_parts(written, at, &mut value, &mut open);
        for (name, ..) in &open {
            self.set_open(name, true, false);
        }
        result.map(|()| value)
    }

    fn entity_value_parts(
        &mut self,
        written: &str,
        at: usize,
        value: &mut String,
        open: &mut Vec<(String, String, usize)>,
    ) -> Result<(), Trouble> {
        let (mut outer, mut here) = (0, at);
        loop {
            let (text, next) = match open.last() {
                Some((_, text, next)) => (text.as_str(), *next),
                None => (written, outer),
            };
            if open.is_empty() {
                here = at + next;
            }
            let Some(c) = text[next..].chars().next() else {
                match open.pop() {
                    Some((name, ..)) => self.set_open(&name, true, false),
                    None => return Ok(()),
                }
                continue;
            };
            let mut entity = None;
            let end = match c {
                '&' => {
                    let found = super::scan::reference(text, next, self.namespaces());
                    let (reference, end) = found.map_err(|stop| match stop {
                        Stop::Bad(bad) if open.is_empty() => Code::InvalidToken.at(at + bad),
                        _ => Code::InvalidToken.at(here),
                    })?;
                    match reference {
                        super::scan::Reference::Character(Some(c)) => value.push(c),
                        super::scan::Reference::Character(None) => return Err(Code::BadCharRef.at(here).into()),
                        super::scan::Reference::Entity(_) => value.push_str(&text[next..end]),
                    }
                    end
                }
                '%' => {
                    let end = name_end(text, next + 1, self.namespaces()).map_err(|_| Code::InvalidToken.at(here))?;
                    if text.as_bytes()[end] != b';' {
                        return Err(Code::InvalidToken.at(here).into());
                    }
                    if self.in_document() {
                        return Err(Code::ParamEntityRef.at(here).into());
                    }
                    entity = Some(text[next + 1..end].to_owned());
                    end + 1
                }
                '\r' => {
                    value.push('\n');
                    next + if text[next..].starts_with("\r\n") { 2 } else { 1 }
                }
                _ => {
                    value.push(c);
                    next + c.len_utf8()
                }
            };
            match open.last_mut() {
                Some((_, _, next)) => *next = end,
                None => outer = end,
            }
            if let Some(name) = entity {
                let found = self.dtd().parameter.get(&name).cloned();
                match found {
                    None => {
                        let mut dtd = self.dtd();
                        dtd.keep_processing = dtd.standalone;
                    }
                    Some(entity) if entity.open => return Err(Code::RecursiveEntityRef.at(here).into()),
                    Some(entity) => match entity.text {
                        Some(text) => {
                            self.account(text.len(), here)?;
                            self.set_open(&name, true, true);
                            open.push((name, text, 0));
                        }
                        None => {
                            let mut dtd = self.dtd();
                            dtd.keep_processing = dtd.standalone;
                        }
                    },
                }
            }
        }
    }

    fn notation(&mut self, mut state: NotationState, token: Token, end: usize) -> Result<Declaration, Trouble> {
        let at = self.source().at;
        let tell = |machine: &mut Machine, state: &NotationState, system: Option<String>| {
            if machine.wants.notation {
                let (name, public) = (state.name.clone(), state.public.clone());
                let base = machine.base.clone();
                machine.tell(Event::NotationDecl { name, base, system, public }, at..end);
            }
        };
        match (state.step, token) {
            (_, Token::Space) => {}
            (0, Token::Name) => {
                state.name = self.word(end).to_owned();
                state.step = 1;
            }
            (1, Token::Name) if self.word(end) == "PUBLIC" => state.step = 2,
            (1, Token::Name) if self.word(end) == "SYSTEM" => state.step = 4,
            (2, Token::Literal) => {
                state.public = Some(self.public_literal(end)?);
                state.step = 3;
            }
            (3 | 4, Token::Literal) => {
                let system = self.literal(end);
                tell(self, &state, Some(system));
                state.step = 5;
            }
            (3, Token::Close) => {
                tell(self, &state, None);
                return Ok(Declaration::None);
            }
            (5, Token::Close) => return Ok(Declaration::None),
            _ => return self.syntax(),
        }
        Ok(Declaration::Notation(state))
    }

    fn attlist(&mut self, mut state: AttlistState, token: Token, end: usize) -> Result<Declaration, Trouble> {
        const KINDS: [&str; 8] = ["CDATA", "ID", "IDREF", "IDREFS", "ENTITY", "ENTITIES", "NMTOKEN", "NMTOKENS"];
        match (state.step, token) {
            (_, Token::Space) => {}
            (0, Token::Name) => {
                state.element = self.word(end).to_owned();
                state.step = 1;
            }
            (1, Token::Close) => return Ok(Declaration::None),
            (1, Token::Name) => {
                state.name = self.word(end).to_owned();
                state.step = 2;
            }
            (2, Token::Name) if KINDS.contains(&self.word(end)) => {
                state.kind = self.word(end).to_owned();
                state.step = 7;
            }
            (2, Token::Name) if self.word(end) == "NOTATION" => state.step = 5,
            (2, Token::OpenParen) => {
                state.kind = "(".to_owned();
                state.step = 3;
            }
            (5, Token::OpenParen) => {
                state.kind = "NOTATION(".to_owned();
                state.step = 6;
            }
            (3, Token::Name | Token::Nmtoken) | (6, Token::Name) => {
                let word = self.word(end).to_owned();
                state.kind.push_str(&word);
                state.step += 5;
            }
            (8 | 11, Token::Or) => {
                state.kind.push('|');
                state.step -= 5;
            }
            (8 | 11, Token::CloseParen) if end == self.source().at + 1 => {
                state.kind.push(')');
                state.step = 7;
            }
            (7, Token::PoundName) => match self.word(end) {
                "#IMPLIED" => {
                    self.declare_attribute(&state, None, false, end);
                    state.step = 1;
                }
                "#REQUIRED" => {
                    self.declare_attribute(&state, None, true, end);
                    state.step = 1;
                }
                "#FIXED" => state.step = 9,
                _ => return self.syntax(),
            },
            (step @ (7 | 9), Token::Literal) => {
                let (written, at) = (self.literal(end), self.source().at + 1);
                let value = self.attribute_value(&written, state.kind == "CDATA", at)?;
                self.declare_attribute(&state, Some(value), step == 9, end);
                state.step = 1;
            }
            _ => return self.syntax(),
        }
        Ok(Declaration::Attlist(state))
    }

    fn declare_attribute(&mut self, state: &AttlistState, default: Option<String>, required: bool, end: usize) {
        let at = self.source().at;
        {
            let mut dtd = self.dtd();
            if !dtd.keep_processing {
                return;
            }
            let known = dtd.attributes.entry(state.element.clone()).or_default();
            if !known.iter().any(|attribute| attribute.name == state.name) {
                known.push(super::dtd::AttributeDefault {
                    name: state.name.clone(),
                    cdata: state.kind == "CDATA",
                    value: default.clone(),
                });
            }
        }
        if self.wants.attlist {
            let (element, name, kind) = (state.element.clone(), state.name.clone(), state.kind.clone());
            self.tell(Event::AttlistDecl { element, name, kind, default, required }, at..end);
        }
    }

    fn element(&mut self, mut state: ElementState, token: Token, end: usize) -> Result<Declaration, Trouble> {
        let at = self.source().at;
        let last = self.source().text.as_bytes()[end - 1];
        match (state.step, token) {
            (_, Token::Space) => {}
            (0, Token::Name) => {
                state.name = self.word(end).to_owned();
                state.step = 1;
            }
            (1, Token::Name) => {
                let kind = match self.word(end) {
                    "EMPTY" => model::EMPTY,
                    "ANY" => model::ANY,
                    _ => return self.syntax(),
                };
                self.declare_element(&state.name, Model::leaf(kind, 0, None), end);
                state.step = 7;
            }
            (1, Token::OpenParen) => {
                state.groups.push(Model::leaf(0, 0, None));
                state.step = 2;
            }
            (2, Token::PoundName) if self.word(end) == "#PCDATA" && state.groups.len() == 1 => {
                state.groups[0].kind = model::MIXED;
                state.step = 3;
            }
            (2 | 5, Token::OpenParen) => {
                state.groups.push(Model::leaf(0, 0, None));
                state.step = 5;
            }
            (2 | 5, Token::Name) => {
                let quantifier = model::quantifier(Some(last));
                let word = self.word(end);
                let name = if quantifier == 0 { word } else { &word[..word.len() - 1] }.to_owned();
                let group = state.groups.last_mut().expect("a group is open");
                group.parts.push(Model::leaf(model::NAME, quantifier, Some(name)));
                state.step = 6;
            }
            (3 | 4, Token::Or) => state.step = 8,
            (8, Token::Name) if !matches!(last, b'?' | b'*' | b'+') => {
                let name = self.word(end).to_owned();
                state.groups[0].parts.push(Model::leaf(model::NAME, 0, Some(name)));
                state.step = 4;
            }
            (3 | 4, Token::CloseParen) => {
                let star = last == b'*';
                if !star && (end > at + 1 || state.step == 4) {
                    return self.syntax();
                }
                let mut group = state.groups.pop().expect("a group is open");
                group.quantifier = if star { 2 } else { 0 };
                self.declare_element(&state.name, group, end);
                state.step = 7;
            }
            (6, Token::Comma | Token::Or) => {
                let kind = if token == Token::Comma { model::SEQUENCE } else { model::CHOICE };
                let group = state.groups.last_mut().expect("a group is open");
                if group.kind != 0 && group.kind != kind {
                    return self.syntax();
                }
                group.kind = kind;
                state.step = 5;
            }
            (6, Token::CloseParen) => {
                let mut group = state.groups.pop().expect("a group is open");
                group.quantifier = if end > at + 1 { model::quantifier(Some(last)) } else { 0 };
                if group.kind == 0 {
                    group.kind = model::SEQUENCE;
                }
                match state.groups.last_mut() {
                    Some(outer) => outer.parts.push(group),
                    None => {
                        self.declare_element(&state.name, group, end);
                        state.step = 7;
                    }
                }
            }
            (7, Token::Close) => return Ok(Declaration::None),
            _ => return self.syntax(),
        }
        Ok(Declaration::Element(state))
    }

    fn declare_element(&mut self, name: &str, model: Model, end: usize) {
        if self.wants.element_decl {
            let at = self.source().at;
            self.tell(Event::ElementDecl { name: name.to_owned(), model }, at..end);
        }
    }

    /// `<![INCLUDE[` and `<![IGNORE[`.
    fn conditional(&mut self, kind: Option<bool>, token: Token, end: usize) -> Result<Declaration, Trouble> {
        Ok(match (kind, token) {
            (_, Token::Space) => Declaration::Conditional(kind),
            (None, Token::Name) => match self.word(end) {
                "INCLUDE" => Declaration::Conditional(Some(true)),
                "IGNORE" => Declaration::Conditional(Some(false)),
                _ => return self.syntax(),
            },
            (Some(true), Token::OpenBracket) => {
                self.included += 1;
                Declaration::None
            }
            (Some(false), Token::OpenBracket) => {
                // All of the section at once: sections in it count.
                let text = &self.source().text;
                let (mut at, mut depth) = (end, 1);
                while depth > 0 {
                    let rest = &text.as_bytes()[at..];
                    let (step, change) = match rest {
                        [b'<', b'!', b'[', ..] => (3, 1),
                        [b']', b']', b'>', ..] => (3, -1),
                        [_, ..] => (1, 0),
                        [] => {
                            self.declaration = Declaration::Conditional(kind);
                            return Err(Stop::Partial.into());
                        }
                    };
                    at += step;
                    depth += change;
                }
                self.source_mut().at = at;
                Declaration::None
            }
            _ => return self.syntax(),
        })
    }

    /// A reference to a parameter entity (`XML_ROLE_PARAM_ENTITY_REF`).
    fn parameter_reference(&mut self, end: usize) -> Result<(), Trouble> {
        let at = self.source().at;
        let name = self.source().text[at + 1..end - 1].to_owned();
        let between = matches!(self.declaration, Declaration::None);
        if !between && self.in_document() {
            return Err(Code::ParamEntityRef.at(at).into());
        }
        let (entity, had_refs, standalone) = {
            let mut dtd = self.dtd();
            let had_refs = std::mem::replace(&mut dtd.has_parameter_refs, true);
            (dtd.parameter.get(&name).cloned(), had_refs, dtd.standalone)
        };
        let not_standalone = !standalone && self.wants.not_standalone;
        let document = self.external == External::Document;
        let keep = |machine: &mut Machine| machine.dtd().keep_processing = standalone;
        if self.parameter_parsing == 0 {
            keep(self);
            self.take(Event::Other, end);
            if not_standalone {
                self.tell(Event::NotStandalone, at..end);
            }
            return Ok(());
        }
        let Some(entity) = entity else {
            if document && (if standalone { self.sources.len() == 1 } else { !had_refs }) {
                return Err(Code::UndefinedEntity.at(at).into());
            }
            keep(self);
            let event = match between && self.wants.skipped {
                true => Event::SkippedEntity { name, parameter: true },
                false => Event::Other,
            };
            self.take(event, end);
            return Ok(());
        };
        if entity.open {
            return Err(Code::RecursiveEntityRef.at(at).into());
        }
        match entity.text {
            Some(text) => {
                self.account(text.len(), at)?;
                self.source_mut().at = end;
                self.set_open(&name, true, true);
                if not_standalone {
                    self.tell(Event::NotStandalone, at..end);
                }
                let depth = self.tags.len();
                // Within declarations an entity's text stands between spaces.
                let text = if between { text } else { format!(" {text} ") };
                self.sources.push(Source { text, at: 0, entity: Some((name, true)), depth });
            }
            None if self.wants.external => {
                self.dtd().parameter_entity_read = false;
                let (base, system, public) = (entity.base, entity.system, entity.public);
                self.take(Event::ExternalEntity { context: None, base, system, public }, end);
                self.then = Some(Then::ParameterEntity);
            }
            None => {
                keep(self);
                self.take(Event::Other, end);
            }
        }
        Ok(())
    }
}
