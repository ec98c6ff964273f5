//! Signatures in Python's syntax: `($self, iterable=(), /, *, key=None, **rest)`.

use proc_macro2::Span;
use syn::{Error, Result};

/// How a parameter takes its argument.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    PositionalOnly,
    PositionalOrKeyword,
    VarPositional,
    KeywordOnly,
    VarKeyword,
}

/// One parameter as Python shows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PyParam {
    pub name: String,
    pub kind: Kind,
    /// The default's text.
    pub default: Option<String>,
}

/// The parameters, without `$self`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PySignature {
    pub params: Vec<PyParam>,
}

impl PySignature {
    /// Parses the text, parentheses included.
    pub fn parse(text: &str, span: Span) -> Result<PySignature> {
        let fail = |message: &str| Err(Error::new(span, format!("in the signature `{text}`: {message}")));
        let Some(inner) = text.trim().strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) else {
            return fail("it stands in parentheses");
        };
        let mut params: Vec<PyParam> = Vec::new();
        let mut kind = Kind::PositionalOrKeyword;
        for (index, part) in split(inner).into_iter().enumerate() {
            let part = part.trim();
            if part == "/" {
                if kind != Kind::PositionalOrKeyword {
                    return fail("`/` stands before `*`");
                }
                params.iter_mut().for_each(|param| param.kind = Kind::PositionalOnly);
            } else if part == "*" {
                kind = Kind::KeywordOnly;
            } else if let Some(name) = part.strip_prefix("**") {
                params.push(PyParam { name: name.to_owned(), kind: Kind::VarKeyword, default: None });
            } else if let Some(name) = part.strip_prefix('*') {
                params.push(PyParam { name: name.to_owned(), kind: Kind::VarPositional, default: None });
                kind = Kind::KeywordOnly;
            } else if part.starts_with('$') {
                if index != 0 {
                    return fail("`$self` stands first");
                }
            } else if !part.is_empty() {
                let (name, default) = match part.split_once('=') {
                    Some((name, default)) => (name.trim(), Some(default.trim().to_owned())),
                    None => (part, None),
                };
                params.push(PyParam { name: name.to_owned(), kind, default });
            }
        }
        let positional = |param: &&PyParam| matches!(param.kind, Kind::PositionalOnly | Kind::PositionalOrKeyword);
        let mut optional = false;
        for param in params.iter().filter(positional) {
            if optional && param.default.is_none() {
                return fail("a parameter without a default stands behind one with a default");
            }
            optional |= param.default.is_some();
        }
        if let Some(bad) = params.iter().find(|param| !is_identifier(&param.name)) {
            return fail(&format!("`{}` is no name", bad.name));
        }
        Ok(PySignature { params })
    }

    /// The text as `__text_signature__` keeps it; `this` is `$self`, `$type`, `$module` or nothing.
    pub fn text(&self, this: Option<&str>) -> String {
        let mut parts: Vec<String> = this.map(str::to_owned).into_iter().collect();
        let mut previous = Kind::PositionalOnly;
        let mut has_star = false;
        let mut slash_open = this.is_some();
        for param in &self.params {
            if slash_open && param.kind != Kind::PositionalOnly {
                parts.push("/".to_owned());
            }
            slash_open = param.kind == Kind::PositionalOnly;
            if param.kind == Kind::KeywordOnly && previous != Kind::KeywordOnly && !has_star {
                parts.push("*".to_owned());
                has_star = true;
            }
            previous = param.kind;
            parts.push(match (param.kind, &param.default) {
                (Kind::VarPositional, _) => {
                    has_star = true;
                    format!("*{}", param.name)
                }
                (Kind::VarKeyword, _) => format!("**{}", param.name),
                (_, Some(default)) => format!("{}={default}", param.name),
                (_, None) => param.name.clone(),
            });
        }
        if slash_open {
            parts.push("/".to_owned());
        }
        format!("({})", parts.join(", "))
    }

    /// The parameters that have a place in the array of bound values: all but `*args` and `**kwargs`.
    pub fn bound(&self) -> impl Iterator<Item = &PyParam> {
        self.params.iter().filter(|param| !matches!(param.kind, Kind::VarPositional | Kind::VarKeyword))
    }

    /// How many parameters of a kind there are.
    pub fn count(&self, kind: Kind) -> usize {
        self.params.iter().filter(|param| param.kind == kind).count()
    }

    /// How many positional parameters must be given.
    pub fn required_positional(&self) -> usize {
        let positional = |param: &&PyParam| matches!(param.kind, Kind::PositionalOnly | Kind::PositionalOrKeyword);
        self.params.iter().filter(positional).filter(|param| param.default.is_none()).count()
    }

    /// How many keyword-only parameters must be given.
    pub fn required_keywords(&self) -> usize {
        self.params.iter().filter(|param| param.kind == Kind::KeywordOnly && param.default.is_none()).count()
    }
}

/// Splits at the commas outside of brackets and strings.
fn split(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut depth, mut quote, mut start) = (0, None, 0);
    for (position, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(c),
            (None, '(' | '[' | '{' | '<') => depth += 1,
            (None, ')' | ']' | '}' | '>') => depth -= 1,
            (None, ',') if depth == 0 => {
                parts.push(&text[start..position]);
                start = position + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

fn is_identifier(name: &str) -> bool {
    let mut characters = name.chars();
    characters.next().is_some_and(|c| c.is_alphabetic() || c == '_') && characters.all(|c| c.is_alphanumeric() || c == '_')
}

/// A doc comment that begins with a signature line (`name(…)`, then `--`), in its three parts: the signature, the
/// rest.
pub fn split_doc<'a>(doc: &'a str, name: &str) -> Option<(&'a str, &'a str)> {
    let rest = doc.strip_prefix(name)?;
    let (signature, rest) = rest.split_once("\n--").filter(|(signature, _)| signature.starts_with('('))?;
    (rest.is_empty() || rest.starts_with('\n')).then(|| (signature.trim_end(), rest.trim_start_matches('\n')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round(text: &str, this: Option<&str>) -> String {
        PySignature::parse(text, Span::call_site()).unwrap().text(this)
    }

    #[test]
    fn text_survives_parsing() {
        for text in
            ["(a, /)", "(a, b=1, /, c=None)", "(*, key=None)", "(*args, sep=' ', **rest)", "(a, /, *, c=(1, 2))", "()", "(a, b)"]
        {
            assert_eq!(round(text, None), text);
        }
        assert_eq!(round("($self, item, /)", Some("$self")), "($self, item, /)");
        assert_eq!(round("(x)", Some("$module")), "($module, /, x)");
        assert_eq!(round("()", Some("$self")), "($self, /)");
    }

    #[test]
    fn bad_signatures_are_refused() {
        for text in ["a", "(a=1, b)", "(*, a, /)", "(a, $self)", "(1a)"] {
            assert!(PySignature::parse(text, Span::call_site()).is_err(), "{text}");
        }
    }

    #[test]
    fn docs_are_split() {
        assert_eq!(split_doc("f(a, /)\n--\n\nText.", "f"), Some(("(a, /)", "Text.")));
        assert_eq!(split_doc("f(a, /)\nText.", "f"), None);
    }
}
