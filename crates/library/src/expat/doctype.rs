//! The document type itself, and the subsets that are read for it.

use super::declaration::Declaration;
use super::error::Failure;
use super::event::Event;
use super::machine::{Machine, Place, Then, Trouble};
use super::token::Token;

/// How far the document type is read.
#[derive(Debug, Default)]
pub struct Doctype {
    step: u8,
    name: String,
    system: Option<String>,
    public: Option<String>,
    told: bool,
}

impl Doctype {
    /// The same when its internal subset has ended.
    pub fn behind_subset(self) -> Doctype {
        Doctype { step: 5, ..self }
    }
}

impl Machine {
    /// The root element begins (`XML_ROLE_INSTANCE_START`).
    pub fn start_instance(&mut self) -> Result<(), Trouble> {
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
    pub fn after_external(&mut self, then: Then) -> Result<(), Failure> {
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

    /// A token of `<!DOCTYPE`.
    pub fn doctype(&mut self, mut state: Doctype, token: Token, end: usize) -> Result<Declaration, Trouble> {
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
}
