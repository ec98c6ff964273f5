//! Declarations of elements and of their attributes.

use super::declaration::Declaration;
use super::dtd::AttributeDefault;
use super::event::Event;
use super::machine::{Machine, Trouble};
use super::model::{self, Model};
use super::token::Token;

/// How far attributes are declared.
#[derive(Debug, Default)]
pub struct AttlistState {
    step: u8,
    element: String,
    name: String,
    kind: String,
}

/// How far an element is declared.
#[derive(Debug, Default)]
pub struct ElementState {
    step: u8,
    name: String,
    groups: Vec<Model>,
}

impl Machine {
    /// A token of `<!ATTLIST`.
    pub fn attlist(&mut self, mut state: AttlistState, token: Token, end: usize) -> Result<Declaration, Trouble> {
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
                known.push(AttributeDefault { name: state.name.clone(), cdata: state.kind == "CDATA", value: default.clone() });
            }
        }
        if self.wants.attlist {
            let (element, name, kind) = (state.element.clone(), state.name.clone(), state.kind.clone());
            self.tell(Event::AttlistDecl { element, name, kind, default, required }, at..end);
        }
    }

    /// A token of `<!ELEMENT`.
    pub fn element(&mut self, mut state: ElementState, token: Token, end: usize) -> Result<Declaration, Trouble> {
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
}
