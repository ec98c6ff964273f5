//! What the values of attributes and entities mean: what references in them stand for.

use super::dtd::Entity;
use super::error::{Code, Failure};
use super::machine::Machine;
use super::scan::{self, Reference, Stop, name_end, predefined};

/// A value that is read, and how.
struct Reader {
    /// The entities replaced in it are parameter entities.
    parameter: bool,
    /// What stands at a place of a text goes to the value, unless it is the name of an entity; the place behind it.
    read: fn(&Machine, Place<'_>, &mut String) -> Result<(usize, Option<String>), Failure>,
    /// The text of an entity, or `None` for one to be passed over.
    look_up: fn(&mut Machine, &str, usize) -> Result<Option<String>, Failure>,
}

/// A place in a value's text, or in that of an entity within.
struct Place<'a> {
    text: &'a str,
    next: usize,
    /// Where errors are: at the outermost reference.
    here: usize,
    /// Where what is being read has the text; none within entities.
    start: Option<usize>,
}

const ATTRIBUTE: Reader = Reader { parameter: false, read: read_attribute, look_up: Machine::entity_for_value };
const ENTITY: Reader = Reader { parameter: true, read: read_entity, look_up: Machine::parameter_for_value };

/// An entity that is being replaced: its name, its text, and where it goes on.
type Opened = (String, String, usize);

/// A line's end, however it is written, is one character.
fn behind_newline(text: &str, next: usize) -> usize {
    next + if text[next..].starts_with("\r\n") { 2 } else { 1 }
}

/// A part of an attribute's value (`appendAttributeValue`).
fn read_attribute(machine: &Machine, place: Place<'_>, value: &mut String) -> Result<(usize, Option<String>), Failure> {
    let Place { text, next, here, .. } = place;
    match text.as_bytes()[next] {
        b'&' => {
            let found = scan::reference(text, next, machine.namespaces());
            let (reference, end) = found.map_err(|_| Code::InvalidToken.at(here))?;
            match reference {
                Reference::Character(Some(c)) => value.push(c),
                Reference::Character(None) => return Err(Code::BadCharRef.at(here)),
                Reference::Entity(name) => match predefined(&text[name.clone()]) {
                    Some(c) => value.push(c),
                    None => return Ok((end, Some(text[name].to_owned()))),
                },
            }
            Ok((end, None))
        }
        b'<' => Err(Code::InvalidToken.at(here)),
        b'\r' | b'\n' | b'\t' | b' ' => {
            value.push(' ');
            Ok((behind_newline(text, next), None))
        }
        _ => Ok((copy(text, next, value), None)),
    }
}

/// A part of an entity's value (`storeEntityValue`).
fn read_entity(machine: &Machine, place: Place<'_>, value: &mut String) -> Result<(usize, Option<String>), Failure> {
    let Place { text, next, here, start } = place;
    match text.as_bytes()[next] {
        b'&' => {
            let found = scan::reference(text, next, machine.namespaces());
            let (reference, end) = found.map_err(|stop| match (stop, start) {
                (Stop::Bad(bad), Some(start)) => Code::InvalidToken.at(start + bad),
                _ => Code::InvalidToken.at(here),
            })?;
            match reference {
                Reference::Character(Some(c)) => value.push(c),
                Reference::Character(None) => return Err(Code::BadCharRef.at(here)),
                Reference::Entity(_) => value.push_str(&text[next..end]),
            }
            Ok((end, None))
        }
        b'%' => {
            let end = name_end(text, next + 1, machine.namespaces()).map_err(|_| Code::InvalidToken.at(here))?;
            if text.as_bytes()[end] != b';' {
                return Err(Code::InvalidToken.at(here));
            }
            if machine.in_document() {
                return Err(Code::ParamEntityRef.at(here));
            }
            Ok((end + 1, Some(text[next + 1..end].to_owned())))
        }
        b'\r' => {
            value.push('\n');
            Ok((behind_newline(text, next), None))
        }
        _ => Ok((copy(text, next, value), None)),
    }
}

/// Takes over a character that stands for itself; the place behind it.
fn copy(text: &str, next: usize, value: &mut String) -> usize {
    let c = text[next..].chars().next().expect("there is one");
    value.push(c);
    next + c.len_utf8()
}

impl Machine {
    /// The value of an attribute, written so at that place (`storeAttributeValue`).
    pub fn attribute_value(&mut self, written: &str, cdata: bool, at: usize) -> Result<String, Failure> {
        let value = self.replaced(written, at, &ATTRIBUTE)?;
        if cdata {
            return Ok(value);
        }
        Ok(value.split(' ').filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" "))
    }

    /// What an entity's value means: references to characters and parameter entities are replaced.
    pub fn entity_value(&mut self, written: &str, at: usize) -> Result<String, Failure> {
        self.replaced(written, at, &ENTITY)
    }

    fn replaced(&mut self, written: &str, at: usize, reader: &Reader) -> Result<String, Failure> {
        let mut value = String::with_capacity(written.len());
        let mut open = Vec::new();
        let result = self.replace(written, at, reader, &mut value, &mut open);
        for (name, ..) in &open {
            self.set_open(name, reader.parameter, false);
        }
        result.map(|()| value)
    }

    /// Works without recursion: entities within entities lie in `open`.
    fn replace(
        &mut self,
        written: &str,
        at: usize,
        reader: &Reader,
        value: &mut String,
        open: &mut Vec<Opened>,
    ) -> Result<(), Failure> {
        let (mut outer, mut here) = (0, at);
        loop {
            let (text, next, start) = match open.last() {
                Some((_, text, next)) => (text.as_str(), *next, None),
                None => (written, outer, Some(at)),
            };
            if start.is_some() {
                here = at + next;
            }
            if next == text.len() {
                match open.pop() {
                    Some((name, ..)) => self.set_open(&name, reader.parameter, false),
                    None => return Ok(()),
                }
                continue;
            }
            let (end, entity) = (reader.read)(self, Place { text, next, here, start }, value)?;
            match open.last_mut() {
                Some((_, _, next)) => *next = end,
                None => outer = end,
            }
            if let Some(name) = entity
                && let Some(text) = (reader.look_up)(self, &name, here)?
            {
                self.account(text.len(), here)?;
                self.set_open(&name, reader.parameter, true);
                open.push((name, text, 0));
            }
        }
    }

    /// Notes that an entity is being expanded, or no longer.
    pub fn set_open(&mut self, name: &str, parameter: bool, open: bool) {
        let mut dtd = self.dtd();
        let table = if parameter { &mut dtd.parameter } else { &mut dtd.general };
        if let Some(entity) = table.get_mut(name) {
            entity.open = open;
        }
    }

    /// A general entity that may be referred to here; `None` for one that is not known but might have been declared.
    pub fn general_entity(&mut self, name: &str, at: usize) -> Result<Option<Entity>, Failure> {
        let (entity, knows_all) = {
            let dtd = self.dtd();
            (dtd.general.get(name).cloned(), dtd.knows_all())
        };
        let failure = match &entity {
            None if knows_all => Code::UndefinedEntity,
            Some(entity) if knows_all && !entity.internal => Code::EntityDeclaredInPe,
            Some(entity) if entity.open => Code::RecursiveEntityRef,
            Some(entity) if entity.notation.is_some() => Code::BinaryEntityRef,
            _ => return Ok(entity),
        };
        Err(failure.at(at))
    }

    fn entity_for_value(&mut self, name: &str, at: usize) -> Result<Option<String>, Failure> {
        let Some(entity) = self.general_entity(name, at)? else { return Ok(None) };
        entity.text.map(Some).ok_or_else(|| Code::AttributeExternalEntityRef.at(at))
    }

    fn parameter_for_value(&mut self, name: &str, at: usize) -> Result<Option<String>, Failure> {
        let mut dtd = self.dtd();
        let entity = dtd.parameter.get(name).cloned().unwrap_or_default();
        if entity.open {
            return Err(Code::RecursiveEntityRef.at(at));
        }
        if entity.text.is_none() {
            dtd.keep_processing = dtd.standalone;
        }
        Ok(entity.text)
    }
}
