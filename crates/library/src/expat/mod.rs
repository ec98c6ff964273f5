//! `pyexpat`: a parser of XML with the interface and the behaviour of expat.
//!
//! | file | what |
//! |---|---|
//! | `scan.rs` | the smallest parts: names, references, tags |
//! | `names.rs` | the characters of names |
//! | `decode.rs` | bytes to text |
//! | `machine.rs` | the reader: bytes in, events out |
//! | `content.rs` | what it does with elements |
//! | `token.rs`, `declaration.rs` | declarations: their tokens, and what these begin and end |
//! | `doctype.rs`, `element.rs`, `entity.rs` | each kind of them |
//! | `replacement.rs` | what references stand for in values |
//! | `namespaces.rs`, `dtd.rs`, `model.rs` | what it keeps |
//! | `event.rs`, `error.rs` | what it tells |
//! | `parser.rs`, `handlers.rs` | the parser as Python sees it |

mod content;
mod declaration;
mod decode;
mod doctype;
mod dtd;
mod element;
mod entity;
mod error;
mod event;
mod handlers;
mod machine;
mod model;
mod names;
mod namespaces;
mod parser;
mod replacement;
mod scan;
mod token;

/// The version of expat whose behaviour this has.
const VERSION: (i32, i32, i32) = (2, 9, 0);

/// What expat says of how it was built.
static FEATURES: &crate::constants::Numbers = &[
    ("sizeof(XML_Char)", 1),
    ("sizeof(XML_LChar)", 1),
    ("XML_DTD", 0),
    ("XML_CONTEXT_BYTES", 1024),
    ("XML_NS", 0),
    ("XML_BLAP_MAX_AMP", 100),
    ("XML_BLAP_ACT_THRES", 8 << 20),
    ("XML_GE", 0),
    ("XML_AT_MAX_AMP", 100),
    ("XML_AT_ACT_THRES", 64 << 20),
];

#[pvm_macros::pymodule(name = "pyexpat")]
pub mod native {
    //! Python wrapper for Expat parser.
    use pvm_macros::pyfunction;
    use pvm_object::dict::Dict;
    use pvm_object::{PyClass, PyResult, Ref, Value, Vm};

    use super::parser::{EXPAT_ERROR_TYPE, XmlParser};
    use super::{FEATURES, VERSION, error, model};
    use crate::constants::{add, set};
    use crate::parameters::OptionalText;

    #[constant]
    #[name = "native_encoding"]
    const NATIVE_ENCODING: &str = "UTF-8";
    #[constant]
    const XML_PARAM_ENTITY_PARSING_NEVER: i32 = 0;
    #[constant]
    const XML_PARAM_ENTITY_PARSING_UNLESS_STANDALONE: i32 = 1;
    #[constant]
    const XML_PARAM_ENTITY_PARSING_ALWAYS: i32 = 2;

    /// Return a new XML parser object.
    #[pyfunction]
    #[name = "ParserCreate"]
    #[signature = "(encoding=None, namespace_separator=None, intern=<unrepresentable>)"]
    fn parser_create(
        vm: &mut Vm,
        #[default(OptionalText::NONE)] encoding: OptionalText<'_>,
        #[default(OptionalText::NONE)] namespace_separator: OptionalText<'_>,
        intern: Option<&Value>,
    ) -> PyResult<Ref<XmlParser>> {
        let separator = namespace_separator.0.map(str::to_owned);
        if separator.as_ref().is_some_and(|separator| separator.len() > 1) {
            return Err(vm.value_error(format_args!("namespace_separator must be at most one character, omitted, or None")));
        }
        let intern = match intern {
            None => vm.new_dict().into(),
            Some(intern) if intern.is_none() || intern.is_instance_of::<Dict>() => intern.clone(),
            Some(_) => return Err(vm.type_error(format_args!("intern must be a dictionary"))),
        };
        let parser = XmlParser::of_documents(encoding.0.map(str::to_owned), separator, intern);
        Ok(vm.alloc(parser))
    }

    /// Returns string error for given number.
    #[pyfunction]
    #[name = "ErrorString"]
    fn error_string(code: i64) -> Option<&'static str> {
        error::text(code)
    }

    /// A module inside this one.
    fn submodule(vm: &mut Vm, module: &Value, name: &'static str, doc: &str) -> PyResult {
        let full = format!("pyexpat.{name}");
        let made: Value = vm.new_module(&full, Some(doc))?.into();
        let full = vm.intern(&full);
        pvm_interpreter::interpreter::state(vm).modules(vm).set_str(&full, made.clone(), vm)?;
        set(vm, module, name, &made)?;
        Ok(made)
    }

    #[init]
    fn init(vm: &mut Vm, module: &Value) -> PyResult<()> {
        let class = EXPAT_ERROR_TYPE.get().to_value();
        set(vm, module, "error", &class)?;
        set(vm, module, "ExpatError", &class)?;
        set(vm, module, "XMLParserType", &XmlParser::type_object().to_value())?;
        let (major, minor, micro) = VERSION;
        let text = vm.try_str(&format!("expat_{major}.{minor}.{micro}"))?.into();
        set(vm, module, "EXPAT_VERSION", &text)?;
        let version = vm.try_tuple([major, minor, micro].map(Value::from_i32))?.into();
        set(vm, module, "version_info", &version)?;
        let mut features = Vec::new();
        for &(name, number) in FEATURES {
            let pair = [vm.new_str(name).into(), vm.int(number)];
            features.push(vm.try_tuple(pair)?.into());
        }
        let features = vm.try_list(features)?.into();
        set(vm, module, "features", &features)?;
        let errors = submodule(vm, module, "errors", "Constants used to describe error conditions.")?;
        let (codes, messages) = (vm.new_dict(), vm.new_dict());
        for (number, &(name, text)) in (1..).zip(&error::ERRORS) {
            let (name, text, number) = (vm.intern(&format!("XML_ERROR_{name}")), vm.intern(text).into(), Value::from_i32(number));
            vm.setattr(&errors, &name, &text)?;
            codes.set(&text, number.clone(), vm)?;
            messages.set(&number, text, vm)?;
        }
        set(vm, &errors, "codes", &codes.into())?;
        set(vm, &errors, "messages", &messages.into())?;
        let models = submodule(vm, module, "model", "Constants used to interpret content model information.")?;
        add(vm, &models, model::CONSTANTS)
    }
}
