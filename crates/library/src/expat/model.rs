//! Content models of element declarations.

/// What an element may contain: numbers as expat has them, a name, parts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Model {
    pub kind: i32,
    pub quantifier: i32,
    pub name: Option<String>,
    pub parts: Vec<Model>,
}

pub const EMPTY: i32 = 1;
pub const ANY: i32 = 2;
pub const MIXED: i32 = 3;
pub const NAME: i32 = 4;
pub const CHOICE: i32 = 5;
pub const SEQUENCE: i32 = 6;

/// Names of the kinds and quantifiers, for the module.
pub static CONSTANTS: &crate::constants::Numbers = &[
    ("XML_CTYPE_EMPTY", 1),
    ("XML_CTYPE_ANY", 2),
    ("XML_CTYPE_MIXED", 3),
    ("XML_CTYPE_NAME", 4),
    ("XML_CTYPE_CHOICE", 5),
    ("XML_CTYPE_SEQ", 6),
    ("XML_CQUANT_NONE", 0),
    ("XML_CQUANT_OPT", 1),
    ("XML_CQUANT_REP", 2),
    ("XML_CQUANT_PLUS", 3),
];

impl Model {
    /// One without parts.
    pub fn leaf(kind: i32, quantifier: i32, name: Option<String>) -> Model {
        Model { kind, quantifier, name, parts: Vec::new() }
    }
}

impl Drop for Model {
    /// Without recursion, however deep the model is.
    fn drop(&mut self) {
        let mut parts = std::mem::take(&mut self.parts);
        while let Some(mut part) = parts.pop() {
            parts.append(&mut part.parts);
        }
    }
}

/// The number of the quantifier that a character stands for.
pub fn quantifier(byte: Option<u8>) -> i32 {
    match byte {
        Some(b'?') => 1,
        Some(b'*') => 2,
        Some(b'+') => 3,
        _ => 0,
    }
}
