//! What is before the root element: declarations, token by token (expat's `xmlrole.c`).

use super::doctype::Doctype;
use super::element::{AttlistState, ElementState};
use super::entity::{EntityState, NotationState};
use super::error::Code;
use super::event::Event;
use super::machine::{External, Machine, Place, Trouble, scanned};
use super::scan::{Scan, Stop};
use super::token::{Token, token};

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
    pub fn in_document(&self) -> bool {
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

    /// This token may not stand here.
    pub fn syntax<T>(&self) -> Result<T, Trouble> {
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
                "DOCTYPE" if !subset && !self.seen_doctype => Declaration::Doctype(Doctype::default()),
                "ENTITY" if subset => Declaration::Entity(EntityState::default()),
                "NOTATION" if subset => Declaration::Notation(NotationState::default()),
                "ATTLIST" if subset => Declaration::Attlist(AttlistState::default()),
                "ELEMENT" if subset => Declaration::Element(ElementState::default()),
                _ => return self.syntax(),
            },
            Token::CloseBracket if subset && self.in_document() => {
                self.place = Place::Prolog;
                let state = self.doctype_of_subset.take().unwrap_or_default();
                Declaration::Doctype(state.behind_subset())
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

    /// The literal that ends there, without its quotes.
    pub fn literal(&self, end: usize) -> String {
        let source = self.source();
        source.text[source.at + 1..end - 1].to_owned()
    }

    /// The token that ends there.
    pub fn word(&self, end: usize) -> &str {
        let source = self.source();
        &source.text[source.at..end]
    }

    /// The public identifier that ends there.
    pub fn public_literal(&self, end: usize) -> Result<String, Trouble> {
        let at = self.source().at + 1;
        public_id(&self.literal(end)).map_err(|bad| Code::PublicId.at(at + bad).into())
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
}
