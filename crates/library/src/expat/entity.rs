//! Declarations of entities and notations, and references to parameter entities.

use super::declaration::Declaration;
use super::dtd::Entity;
use super::error::Code;
use super::event::{EntityDecl, Event};
use super::machine::{External, Machine, Source, Then, Trouble};
use super::scan::predefined;
use super::token::Token;

/// How far an entity is declared.
#[derive(Debug, Default)]
pub struct EntityState {
    step: u8,
    name: String,
    parameter: bool,
    system: Option<String>,
    public: Option<String>,
}

/// How far a notation is declared.
#[derive(Debug, Default)]
pub struct NotationState {
    step: u8,
    name: String,
    public: Option<String>,
}

impl Machine {
    /// A token of `<!ENTITY`.
    pub fn entity(&mut self, mut state: EntityState, token: Token, end: usize) -> Result<Declaration, Trouble> {
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
    fn note_entity(&mut self, name: &str, parameter: bool, entity: Entity) -> bool {
        let mut dtd = self.dtd();
        if !dtd.keep_processing || !parameter && predefined(name).is_some() {
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
        let entity = Entity { text: Some(value.clone()), internal, ..Default::default() };
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
        let entity = Entity {
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

    /// A token of `<!NOTATION`.
    pub fn notation(&mut self, mut state: NotationState, token: Token, end: usize) -> Result<Declaration, Trouble> {
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

    /// A reference to a parameter entity (`XML_ROLE_PARAM_ENTITY_REF`).
    pub fn parameter_reference(&mut self, end: usize) -> Result<(), Trouble> {
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
