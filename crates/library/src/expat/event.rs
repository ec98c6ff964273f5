//! What a document's parts are told as.

use super::model::Model;

/// A part of a document.
#[derive(Debug)]
pub enum Event {
    XmlDecl {
        version: Option<String>,
        encoding: Option<String>,
        standalone: i32,
    },
    /// A start tag; attributes that the document type adds come after those that were specified.
    Start {
        name: String,
        attributes: Vec<(String, String)>,
        specified: usize,
        empty: bool,
    },
    End {
        name: String,
        empty: bool,
    },
    Text(String),
    Instruction {
        target: String,
        data: String,
    },
    Comment(String),
    StartCdata,
    EndCdata,
    StartNamespace {
        prefix: Option<String>,
        uri: Option<String>,
    },
    EndNamespace {
        prefix: Option<String>,
    },
    StartDoctype {
        name: String,
        system: Option<String>,
        public: Option<String>,
        internal: bool,
    },
    EndDoctype,
    ElementDecl {
        name: String,
        model: Model,
    },
    AttlistDecl {
        element: String,
        name: String,
        kind: String,
        default: Option<String>,
        required: bool,
    },
    EntityDecl(EntityDecl),
    UnparsedEntityDecl(EntityDecl),
    NotationDecl {
        name: String,
        base: Option<String>,
        system: Option<String>,
        public: Option<String>,
    },
    /// An external entity is referred to. Without context it is a parameter entity, or the external subset.
    ExternalEntity {
        context: Option<String>,
        base: Option<String>,
        system: Option<String>,
        public: Option<String>,
    },
    NotStandalone,
    SkippedEntity {
        name: String,
        parameter: bool,
    },
    /// The program is to explain an encoding.
    UnknownEncoding(String),
    /// Something that has no handler of its own.
    Other,
}

/// The declaration of an entity.
#[derive(Clone, Debug)]
pub struct EntityDecl {
    pub name: String,
    pub parameter: bool,
    pub value: Option<String>,
    pub base: Option<String>,
    pub system: Option<String>,
    pub public: Option<String>,
    pub notation: Option<String>,
}

/// Which handlers a program has set, as far as reading depends on it.
#[derive(Clone, Copy, Default, Debug)]
pub struct Wants {
    pub default: bool,
    pub skipped: bool,
    pub external: bool,
    pub not_standalone: bool,
    pub start_doctype: bool,
    pub end_doctype: bool,
    pub entity: bool,
    pub notation: bool,
    pub attlist: bool,
    pub element_decl: bool,
    pub unparsed: bool,
}
