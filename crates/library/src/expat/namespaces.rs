//! Names with namespaces.

use super::error::Code;
use super::event::Event;
use super::machine::Machine;

/// What `xml` is bound to.
pub const XML: &str = "http://www.w3.org/XML/1998/namespace";
/// What `xmlns` is bound to.
const XMLNS: &str = "http://www.w3.org/2000/xmlns/";

/// The prefix that an attribute binds.
pub fn bound_prefix(attribute: &str) -> Option<&str> {
    match attribute {
        "xmlns" => Some(""),
        _ => attribute.strip_prefix("xmlns:"),
    }
}

/// Whether a character may stand in an URI, so that it may separate one from a name as well.
fn is_uri_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || "%-._~:/?#[]@!$&'()*+,;=".contains(c)
}

fn optional(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

impl Machine {
    /// Binds a prefix (`addBinding`), and tells so.
    pub fn bind(&mut self, prefix: &str, uri: &str, at: usize) -> Result<(), Code> {
        if prefix == "xmlns" {
            return Err(Code::ReservedPrefixXmlns);
        }
        if (prefix == "xml") != (uri == XML) {
            return Err(if prefix == "xml" { Code::ReservedPrefixXml } else { Code::ReservedNamespaceUri });
        }
        if uri == XMLNS {
            return Err(Code::ReservedNamespaceUri);
        }
        if uri.is_empty() && !prefix.is_empty() {
            return Err(Code::UndeclaringPrefix);
        }
        let separator = self.namespace_separator.as_deref().and_then(|separator| separator.chars().next());
        if separator.is_some_and(|separator| !is_uri_char(separator) && uri.contains(separator)) {
            return Err(Code::Syntax);
        }
        self.bindings.push((prefix.to_owned(), uri.to_owned()));
        self.tell(Event::StartNamespace { prefix: optional(prefix), uri: optional(uri) }, at..at);
        Ok(())
    }

    /// What a prefix is bound to.
    fn binding(&self, prefix: &str) -> Option<&str> {
        self.bindings.iter().rev().find(|(bound, _)| bound == prefix).map(|(_, uri)| uri.as_str())
    }

    /// A name with its namespace in front. Attributes without a prefix have none.
    pub fn expand(&self, name: &str, attribute: bool) -> Result<String, Code> {
        let Some(separator) = self.namespace_separator.as_deref() else { return Ok(name.to_owned()) };
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        if prefix.is_empty() && attribute {
            return Ok(name.to_owned());
        }
        match self.binding(prefix) {
            Some("") => Ok(local.to_owned()),
            None if prefix.is_empty() => Ok(local.to_owned()),
            None => Err(Code::UnboundPrefix),
            Some(uri) if self.namespace_prefixes && !prefix.is_empty() => {
                Ok(format!("{uri}{separator}{local}{separator}{prefix}"))
            }
            Some(uri) => Ok(format!("{uri}{separator}{local}")),
        }
    }

    /// Lets go of what an element bound, and tells so.
    pub fn unbind(&mut self, bindings: usize, at: usize) {
        while self.bindings.len() > bindings {
            let (prefix, _) = self.bindings.pop().expect("there are some");
            self.tell(Event::EndNamespace { prefix: optional(&prefix) }, at..at);
        }
    }

    /// What a parser of an external entity needs to know: namespaces and open entities (`getContext`).
    pub fn entity_context(&self) -> String {
        let mut parts: Vec<String> = Vec::new();
        for (index, (prefix, uri)) in self.bindings.iter().enumerate() {
            let hidden = self.bindings[index + 1..].iter().any(|(later, _)| later == prefix);
            if !hidden && !uri.is_empty() {
                parts.push(format!("{prefix}={uri}"));
            }
        }
        let dtd = self.dtd();
        let mut open: Vec<&String> = dtd.general.iter().filter(|(_, entity)| entity.open).map(|(name, _)| name).collect();
        open.sort();
        parts.extend(open.into_iter().cloned());
        parts.join("\u{c}")
    }
}
