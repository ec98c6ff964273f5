//! What a document type declares, shared by the parsers that read its parts.

use std::collections::HashMap;

/// An entity.
#[derive(Clone, Debug, Default)]
pub struct Entity {
    pub text: Option<String>,
    pub system: Option<String>,
    pub public: Option<String>,
    pub base: Option<String>,
    pub notation: Option<String>,
    /// It is being expanded.
    pub open: bool,
    /// It was declared in the document itself, outside of parameter entities.
    pub internal: bool,
}

/// What is known of an attribute.
#[derive(Clone, Debug)]
pub struct AttributeDefault {
    pub name: String,
    pub cdata: bool,
    pub value: Option<String>,
}

/// Declarations, and what is known of them on the whole.
#[derive(Clone, Debug)]
pub struct Dtd {
    pub general: HashMap<String, Entity>,
    pub parameter: HashMap<String, Entity>,
    pub attributes: HashMap<String, Vec<AttributeDefault>>,
    /// Declarations count (until an entity that was not read may have changed them).
    pub keep_processing: bool,
    pub has_parameter_refs: bool,
    pub parameter_entity_read: bool,
    pub standalone: bool,
}

impl Default for Dtd {
    fn default() -> Dtd {
        Dtd {
            general: HashMap::new(),
            parameter: HashMap::new(),
            attributes: HashMap::new(),
            keep_processing: true,
            has_parameter_refs: false,
            parameter_entity_read: false,
            standalone: false,
        }
    }
}

impl Dtd {
    /// What is known of an element's attribute.
    pub fn attribute(&self, element: &str, name: &str) -> Option<&AttributeDefault> {
        self.attributes.get(element)?.iter().find(|known| known.name == name)
    }

    /// Whether a reference to an entity that is not declared is an error.
    pub fn knows_all(&self) -> bool {
        !self.has_parameter_refs || self.standalone
    }
}
