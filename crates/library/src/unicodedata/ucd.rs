//! `UCD`: an older version of the database, with the functions of the module as methods.

use pvm_macros::{pyclass, pymethods};
use pvm_object::str::Str;
use pvm_object::{Object, PyResult, Ref, Value, Vm};

use super::database::Database;
use super::queries::{self, or_default};
use crate::parameters::CodePoint;

/// A version of the Unicode Character Database.
#[pyclass(name = "UCD", module = "unicodedata")]
pub struct Ucd {
    #[trace(skip)]
    database: Database,
}

impl Ucd {
    /// The version 3.2.0.
    pub fn old() -> Ucd {
        Ucd { database: Database::Old }
    }
}

#[pymethods]
impl Ucd {
    #[member]
    fn unidata_version(&self) -> &'static str {
        self.database.version()
    }

    /// Converts a Unicode character into its equivalent decimal value.
    ///
    /// Returns the decimal value assigned to the character chr as integer.
    /// If no such value is defined, default is returned, or, if not given,
    /// ValueError is raised.
    #[signature = "($self, chr, default=<unrepresentable>, /)"]
    fn decimal(&self, vm: &mut Vm, chr: CodePoint, default: Option<Value>) -> PyResult {
        let value = self.database.decimal(chr.0).map(|value| Value::from_i32(value.into()));
        or_default(vm, value, default.as_ref(), "not a decimal")
    }

    /// Converts a Unicode character into its equivalent digit value.
    ///
    /// Returns the digit value assigned to the character chr as integer.
    /// If no such value is defined, default is returned, or, if not given,
    /// ValueError is raised.
    #[signature = "($self, chr, default=<unrepresentable>, /)"]
    fn digit(&self, vm: &mut Vm, chr: CodePoint, default: Option<Value>) -> PyResult {
        let value = self.database.digit(chr.0).map(|value| Value::from_i32(value.into()));
        or_default(vm, value, default.as_ref(), "not a digit")
    }

    /// Converts a Unicode character into its equivalent numeric value.
    ///
    /// Returns the numeric value assigned to the character chr as float.
    /// If no such value is defined, default is returned, or, if not given,
    /// ValueError is raised.
    #[signature = "($self, chr, default=<unrepresentable>, /)"]
    fn numeric(&self, vm: &mut Vm, chr: CodePoint, default: Option<Value>) -> PyResult {
        let value = self.database.numeric(chr.0).map(|value| vm.float(value));
        or_default(vm, value, default.as_ref(), "not a numeric character")
    }

    /// Returns the general category assigned to the character chr as string.
    #[signature = "($self, chr, /)"]
    fn category(&self, chr: CodePoint) -> &'static str {
        self.database.category(chr.0)
    }

    /// Returns the bidirectional class assigned to the character chr as string.
    ///
    /// If no such value is defined, an empty string is returned.
    #[signature = "($self, chr, /)"]
    fn bidirectional(&self, chr: CodePoint) -> &'static str {
        self.database.bidirectional(chr.0)
    }

    /// Returns the canonical combining class assigned to the character chr as integer.
    ///
    /// Returns 0 if no combining class is defined.
    #[signature = "($self, chr, /)"]
    fn combining(&self, chr: CodePoint) -> u8 {
        self.database.combining(chr.0)
    }

    /// Returns the mirrored property assigned to the character chr as integer.
    ///
    /// Returns 1 if the character has been identified as a "mirrored"
    /// character in bidirectional text, 0 otherwise.
    #[signature = "($self, chr, /)"]
    fn mirrored(&self, chr: CodePoint) -> i32 {
        self.database.is_mirrored(chr.0).into()
    }

    /// Returns the east asian width assigned to the character chr as string.
    #[signature = "($self, chr, /)"]
    fn east_asian_width(&self, chr: CodePoint) -> &'static str {
        self.database.width(chr.0)
    }

    /// Returns the character decomposition mapping assigned to the character chr as string.
    ///
    /// An empty string is returned in case no such mapping is defined.
    #[signature = "($self, chr, /)"]
    fn decomposition(&self, chr: CodePoint) -> String {
        self.database.decomposition(chr.0)
    }

    /// Return whether the Unicode string unistr is in the normal form 'form'.
    ///
    /// Valid values for form are 'NFC', 'NFKC', 'NFD', and 'NFKD'.
    #[signature = "($self, form, unistr, /)"]
    fn is_normalized(&self, vm: &mut Vm, form: &str, unistr: &Object<Str>) -> PyResult<bool> {
        queries::is_normalized(vm, self.database, form, unistr)
    }

    /// Return the normal form 'form' for the Unicode string unistr.
    ///
    /// Valid values for form are 'NFC', 'NFKC', 'NFD', and 'NFKD'.
    #[signature = "($self, form, unistr, /)"]
    fn normalize(&self, vm: &mut Vm, form: &str, unistr: &Object<Str>) -> PyResult<Ref<Str>> {
        queries::normalize(vm, self.database, form, unistr)
    }

    /// Returns the name assigned to the character chr as a string.
    ///
    /// If no name is defined, default is returned, or, if not given,
    /// ValueError is raised.
    #[signature = "($self, chr, default=<unrepresentable>, /)"]
    fn name(&self, vm: &mut Vm, chr: CodePoint, default: Option<Value>) -> PyResult {
        let name = self.database.name(chr.0).map(|name| vm.try_str(&name)).transpose()?;
        or_default(vm, name.map(Value::from), default.as_ref(), "no such name")
    }

    /// Look up character by name.
    ///
    /// If a character with the given name is found, return the
    /// corresponding character.  If not found, KeyError is raised.
    #[signature = "($self, name, /)"]
    fn lookup(&self, vm: &mut Vm, name: &Object<Str>) -> PyResult<Ref<Str>> {
        queries::lookup(vm, self.database, name)
    }
}
