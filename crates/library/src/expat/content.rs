//! Elements and what they contain.

use std::ops::Range;

use super::error::Code;
use super::event::Event;
use super::machine::{External, Machine, Place, Source, Tag, Trouble, scanned};
use super::namespaces::bound_prefix;
use super::scan::{self, Reference, Stop, is_char, predefined};

/// Bytes of a piece of converted text.
const PIECE: usize = 1024;

impl Machine {
    /// The next part of an element's content.
    pub fn read_content(&mut self) -> Result<(), Trouble> {
        let namespaces = self.namespaces();
        let (text, at) = (&self.source().text, self.source().at);
        let bytes = text.as_bytes();
        match bytes[at] {
            b'<' => match bytes.get(at + 1) {
                None => Err(Stop::Partial.into()),
                Some(b'/') => {
                    let (name, end) = scanned(scan::end_tag(text, at, namespaces))?;
                    self.end_element(name, end)
                }
                Some(b'!') => match bytes.get(at + 2) {
                    None => Err(Stop::Partial.into()),
                    Some(b'[') => {
                        scanned(scan::expect(text, at, "<![CDATA["))?;
                        self.take(Event::StartCdata, at + 9);
                        self.place = Place::Cdata;
                        Ok(())
                    }
                    Some(_) => self.read_comment(),
                },
                Some(b'?') => self.read_instruction(),
                Some(_) => self.start_element(),
            },
            b'&' => {
                let (reference, end) = scanned(scan::reference(text, at, namespaces))?;
                match reference {
                    Reference::Character(None) => Err(Code::BadCharRef.at(at).into()),
                    Reference::Character(Some(c)) => {
                        self.take(Event::Text(c.into()), end);
                        Ok(())
                    }
                    Reference::Entity(name) => self.refer(name, end),
                }
            }
            _ => self.read_text(false),
        }
    }

    /// A comment.
    pub fn read_comment(&mut self) -> Result<(), Trouble> {
        let (text, at) = (&self.source().text, self.source().at);
        let (content, end) = scanned(scan::comment(text, at))?;
        let comment = scan::with_newlines(&text[content]);
        self.take(Event::Comment(comment), end);
        Ok(())
    }

    /// An instruction to some program.
    pub fn read_instruction(&mut self) -> Result<(), Trouble> {
        let (text, at) = (&self.source().text, self.source().at);
        let (target, data, end) = scanned(scan::instruction(text, at, self.namespaces()))?;
        let (target, data) = (text[target].to_owned(), scan::with_newlines(&text[data]));
        self.take(Event::Instruction { target, data }, end);
        Ok(())
    }

    /// Characters up to the end of a line, or to what is none.
    fn read_text(&mut self, cdata: bool) -> Result<(), Trouble> {
        let complete = self.is_complete();
        let (text, at) = (&self.source().text, self.source().at);
        let bytes = text.as_bytes();
        if bytes[at] == b'\n' {
            self.take(Event::Text("\n".into()), at + 1);
            return Ok(());
        }
        if bytes[at] == b'\r' {
            let end = match bytes.get(at + 1) {
                None if !complete => return Err(Stop::Partial.into()),
                Some(b'\n') => at + 2,
                _ => at + 1,
            };
            self.take(Event::Text("\n".into()), end);
            return Ok(());
        }
        let (mut end, mut bad) = (at, None);
        // Converted text comes in pieces, as from expat's buffer.
        let converted = self.sources.len() == 1 && !matches!(self.decoder.encoding, super::decode::Encoding::Utf8);
        let most = if converted { at + PIECE } else { usize::MAX };
        while let Some(&byte) = bytes.get(end) {
            if end >= most && text.is_char_boundary(end) {
                break;
            }
            match byte {
                b'\n' | b'\r' => break,
                b'<' | b'&' if !cdata => break,
                b']' if cdata && end == at => {
                    // The end of the section is no text; the caller saw that it is not there.
                    end += 1;
                }
                b']' if cdata => break,
                b']' => match (bytes.get(end + 1), bytes.get(end + 2)) {
                    (Some(b']'), Some(b'>')) => {
                        bad = Some(end + 2);
                        break;
                    }
                    (None, _) | (Some(b']'), None) if !complete => break,
                    _ => end += 1,
                },
                0..0x20 if byte != b'\t' => {
                    bad = Some(end);
                    break;
                }
                0xef if !is_char(text[end..].chars().next().unwrap_or(' ')) => {
                    bad = Some(end);
                    break;
                }
                _ => end += 1,
            }
        }
        if end == at {
            return Err(bad.map_or(Stop::Partial, Stop::Bad).into());
        }
        let piece = text[at..end].to_owned();
        self.take(Event::Text(piece), end);
        Ok(())
    }

    /// The next part of a section of characters.
    pub fn read_cdata(&mut self) -> Result<(), Trouble> {
        let complete = self.is_complete();
        let (text, at) = (&self.source().text, self.source().at);
        let rest = &text[at..];
        if rest.starts_with("]]>") {
            self.take(Event::EndCdata, at + 3);
            self.place = Place::Content;
            return Ok(());
        }
        if !complete && (rest == "]" || rest == "]]") {
            return Err(Stop::Partial.into());
        }
        self.read_text(true)
    }

    /// A start tag.
    fn start_element(&mut self) -> Result<(), Trouble> {
        let at = self.source().at;
        let tag = scanned(scan::start_tag(&self.source().text, at, self.namespaces()))?;
        let raw = self.source().text[tag.name.clone()].to_owned();
        let mut attributes: Vec<(String, String)> = Vec::with_capacity(tag.attributes.len());
        for attribute in &tag.attributes {
            let name = self.source().text[attribute.name.clone()].to_owned();
            if attributes.iter().any(|(known, _)| *known == name) {
                return Err(Code::DuplicateAttribute.at(attribute.name.start).into());
            }
            let cdata = self.dtd().attribute(&raw, &name).is_none_or(|known| known.cdata);
            let written = self.source().text[attribute.value.clone()].to_owned();
            let value = self.attribute_value(&written, cdata, attribute.value.start)?;
            attributes.push((name, value));
        }
        let mut specified = attributes.len();
        if let Some(known) = self.dtd().attributes.get(&raw) {
            for attribute in known {
                if let Some(value) = &attribute.value
                    && !attributes.iter().any(|(name, _)| *name == attribute.name)
                {
                    attributes.push((attribute.name.clone(), value.clone()));
                }
            }
        }
        let bindings = self.bindings.len();
        let mut name = raw.clone();
        if self.namespaces() {
            let failure = |code: Code| code.at(at);
            let mut kept = Vec::with_capacity(attributes.len());
            let mut kept_specified = 0;
            for (index, (attribute, value)) in attributes.into_iter().enumerate() {
                match bound_prefix(&attribute) {
                    Some(prefix) => self.bind(prefix, &value, at).map_err(failure)?,
                    None => {
                        kept_specified += usize::from(index < specified);
                        kept.push((attribute, value));
                    }
                }
            }
            for index in 0..kept.len() {
                let expanded = self.expand(&kept[index].0, true).map_err(failure)?;
                let has_prefix = kept[index].0.contains(':');
                if has_prefix && kept[..index].iter().any(|(known, _)| *known == expanded) {
                    return Err(Code::DuplicateAttribute.at(at).into());
                }
                kept[index].0 = expanded;
            }
            name = self.expand(&raw, false).map_err(failure)?;
            (attributes, specified) = (kept, kept_specified);
        }
        let (end, empty) = (tag.end, tag.empty);
        self.take(Event::Start { name: name.clone(), attributes, specified, empty }, end);
        if empty {
            self.tell(Event::End { name, empty }, end..end);
            self.unbind(bindings, end);
            self.close_element();
        } else {
            self.tags.push(Tag { raw, name, bindings });
        }
        Ok(())
    }

    /// An end tag.
    fn end_element(&mut self, name: Range<usize>, end: usize) -> Result<(), Trouble> {
        let open = self.sources.last().map_or(0, |source| source.depth);
        if self.tags.len() == open {
            let at = self.source().at;
            return Err(Code::AsyncEntity.at(at).into());
        }
        let tag = self.tags.last().expect("one is open");
        if self.source().text[name.clone()] != *tag.raw {
            return Err(Code::TagMismatch.at(name.start).into());
        }
        let Tag { name, bindings, .. } = self.tags.pop().expect("one is open");
        self.take(Event::End { name, empty: false }, end);
        self.unbind(bindings, end);
        self.close_element();
        Ok(())
    }

    fn close_element(&mut self) {
        if self.tags.is_empty() && self.external == External::Document {
            self.place = Place::Epilog;
        }
    }

    /// A reference to an entity in content.
    fn refer(&mut self, name: Range<usize>, end: usize) -> Result<(), Trouble> {
        let at = self.source().at;
        let name = self.source().text[name].to_owned();
        if let Some(c) = predefined(&name) {
            self.take(Event::Text(c.into()), end);
            return Ok(());
        }
        let Some(entity) = self.general_entity(&name, at)? else {
            let event = if self.wants.skipped { Event::SkippedEntity { name, parameter: false } } else { Event::Other };
            self.take(event, end);
            return Ok(());
        };
        match entity.text {
            Some(_) if !self.expand_internal => {
                let event = if self.wants.skipped { Event::SkippedEntity { name, parameter: false } } else { Event::Other };
                self.take(event, end);
            }
            Some(text) => {
                self.account(text.len(), at)?;
                self.source_mut().at = end;
                self.set_open(&name, false, true);
                let depth = self.tags.len();
                self.sources.push(Source { text, at: 0, entity: Some((name, false)), depth });
            }
            None if self.wants.external => {
                self.set_open(&name, false, true);
                let context = Some(self.entity_context());
                self.set_open(&name, false, false);
                let (base, system, public) = (entity.base, entity.system, entity.public);
                self.take(Event::ExternalEntity { context, base, system, public }, end);
            }
            None => self.take(Event::Other, end),
        }
        Ok(())
    }
}
