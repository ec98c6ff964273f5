//! The handlers of a parser: attributes of programs' making, called as the document is read.

use pvm_macros::pymethods;
use pvm_object::{Object, PyResult, Value, Vm};

use super::parser::XmlParser;

macro_rules! handlers {
    ($($index:ident $name:ident $set:ident;)*) => {
        /// The handlers by number.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum Handler {
            $($index,)*
        }

        /// How many there are.
        pub const COUNT: usize = [$(Handler::$index),*].len();

        #[pymethods(part = handlers)]
        impl XmlParser {
            $(
                #[getter]
                #[allow(non_snake_case)]
                fn $name(&self, vm: &mut Vm) -> Value {
                    self.handler(Handler::$index, vm).unwrap_or_else(Value::none)
                }

                #[setter($name)]
                fn $set(this: &Object<Self>, vm: &mut Vm, value: Option<&Value>) -> PyResult<()> {
                    this.set_handler(Handler::$index, value, vm)
                }
            )*
        }
    };
}

handlers! {
    StartElement StartElementHandler set_start_element;
    EndElement EndElementHandler set_end_element;
    Instruction ProcessingInstructionHandler set_instruction;
    CharacterData CharacterDataHandler set_character_data;
    UnparsedEntityDecl UnparsedEntityDeclHandler set_unparsed_entity_decl;
    NotationDecl NotationDeclHandler set_notation_decl;
    StartNamespace StartNamespaceDeclHandler set_start_namespace;
    EndNamespace EndNamespaceDeclHandler set_end_namespace;
    Comment CommentHandler set_comment;
    StartCdata StartCdataSectionHandler set_start_cdata;
    EndCdata EndCdataSectionHandler set_end_cdata;
    Default DefaultHandler set_default;
    DefaultExpand DefaultHandlerExpand set_default_expand;
    NotStandalone NotStandaloneHandler set_not_standalone;
    ExternalEntity ExternalEntityRefHandler set_external_entity;
    StartDoctype StartDoctypeDeclHandler set_start_doctype;
    EndDoctype EndDoctypeDeclHandler set_end_doctype;
    EntityDecl EntityDeclHandler set_entity_decl;
    XmlDecl XmlDeclHandler set_xml_decl;
    ElementDecl ElementDeclHandler set_element_decl;
    AttlistDecl AttlistDeclHandler set_attlist_decl;
    SkippedEntity SkippedEntityHandler set_skipped_entity;
}
