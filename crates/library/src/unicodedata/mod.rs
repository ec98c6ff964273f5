//! `unicodedata`: what Unicode says of characters.
//!
//! | file | what |
//! |---|---|
//! | `database.rs` | characters' properties |
//! | `normalize.rs` | normal forms |
//! | `queries.rs` | functions that both versions have |
//! | `sequences.txt` | named sequences of characters (`NamedSequences.txt` of Unicode) |
//! | `ucd.rs` | `UCD`, for Unicode 3.2.0 |
//! | `tables.rs`, `decompositions.txt` | data, made by `tools/unicodedata_tables.py` |

mod database;
mod normalize;
mod queries;
mod tables;
mod ucd;

#[pvm_macros::pymodule(name = "unicodedata")]
pub mod native {
    //! This module provides access to the Unicode Character Database which
    //! defines character properties for all Unicode characters. The data in
    //! this database is based on the UnicodeData.txt file version
    //! 16.0.0 which is publicly available from the Unicode Consortium
    //! at https://www.unicode.org/Public/16.0.0/ucd/UnicodeData.txt.
    //!
    //! The module uses the same names and symbols as defined by the
    //! UnicodeData File Format 16.0.0.
    use pvm_macros::pyfunction;
    use pvm_object::str::Str;
    use pvm_object::{Object, PyResult, Ref, Value, Vm};

    use super::database::Database;
    use super::queries::{self, or_default};
    use crate::parameters::CodePoint;

    #[export]
    use super::ucd::Ucd;

    #[constant]
    #[name = "unidata_version"]
    fn version() -> &'static str {
        Database::Present.version()
    }

    /// Converts a Unicode character into its equivalent decimal value.
    ///
    /// Returns the decimal value assigned to the character chr as integer.
    /// If no such value is defined, default is returned, or, if not given,
    /// ValueError is raised.
    #[pyfunction]
    #[signature = "(chr, default=<unrepresentable>, /)"]
    fn decimal(vm: &mut Vm, chr: CodePoint, default: Option<Value>) -> PyResult {
        let value = Database::Present.decimal(chr.0).map(|value| Value::from_i32(value.into()));
        or_default(vm, value, default.as_ref(), "not a decimal")
    }

    /// Converts a Unicode character into its equivalent digit value.
    ///
    /// Returns the digit value assigned to the character chr as integer.
    /// If no such value is defined, default is returned, or, if not given,
    /// ValueError is raised.
    #[pyfunction]
    #[signature = "(chr, default=<unrepresentable>, /)"]
    fn digit(vm: &mut Vm, chr: CodePoint, default: Option<Value>) -> PyResult {
        let value = Database::Present.digit(chr.0).map(|value| Value::from_i32(value.into()));
        or_default(vm, value, default.as_ref(), "not a digit")
    }

    /// Converts a Unicode character into its equivalent numeric value.
    ///
    /// Returns the numeric value assigned to the character chr as float.
    /// If no such value is defined, default is returned, or, if not given,
    /// ValueError is raised.
    #[pyfunction]
    #[signature = "(chr, default=<unrepresentable>, /)"]
    fn numeric(vm: &mut Vm, chr: CodePoint, default: Option<Value>) -> PyResult {
        let value = Database::Present.numeric(chr.0).map(|value| vm.float(value));
        or_default(vm, value, default.as_ref(), "not a numeric character")
    }

    /// Returns the general category assigned to the character chr as string.
    #[pyfunction]
    #[signature = "(chr, /)"]
    fn category(chr: CodePoint) -> &'static str {
        Database::Present.category(chr.0)
    }

    /// Returns the bidirectional class assigned to the character chr as string.
    ///
    /// If no such value is defined, an empty string is returned.
    #[pyfunction]
    #[signature = "(chr, /)"]
    fn bidirectional(chr: CodePoint) -> &'static str {
        Database::Present.bidirectional(chr.0)
    }

    /// Returns the canonical combining class assigned to the character chr as integer.
    ///
    /// Returns 0 if no combining class is defined.
    #[pyfunction]
    #[signature = "(chr, /)"]
    fn combining(chr: CodePoint) -> u8 {
        Database::Present.combining(chr.0)
    }

    /// Returns the mirrored property assigned to the character chr as integer.
    ///
    /// Returns 1 if the character has been identified as a "mirrored"
    /// character in bidirectional text, 0 otherwise.
    #[pyfunction]
    #[signature = "(chr, /)"]
    fn mirrored(chr: CodePoint) -> i32 {
        Database::Present.is_mirrored(chr.0).into()
    }

    /// Returns the east asian width assigned to the character chr as string.
    #[pyfunction]
    #[signature = "(chr, /)"]
    fn east_asian_width(chr: CodePoint) -> &'static str {
        Database::Present.width(chr.0)
    }

    /// Returns the character decomposition mapping assigned to the character chr as string.
    ///
    /// An empty string is returned in case no such mapping is defined.
    #[pyfunction]
    #[signature = "(chr, /)"]
    fn decomposition(chr: CodePoint) -> String {
        Database::Present.decomposition(chr.0)
    }

    /// Return whether the Unicode string unistr is in the normal form 'form'.
    ///
    /// Valid values for form are 'NFC', 'NFKC', 'NFD', and 'NFKD'.
    #[pyfunction]
    #[signature = "(form, unistr, /)"]
    fn is_normalized(vm: &mut Vm, form: &str, unistr: &Object<Str>) -> PyResult<bool> {
        queries::is_normalized(vm, Database::Present, form, unistr)
    }

    /// Return the normal form 'form' for the Unicode string unistr.
    ///
    /// Valid values for form are 'NFC', 'NFKC', 'NFD', and 'NFKD'.
    #[pyfunction]
    #[signature = "(form, unistr, /)"]
    fn normalize(vm: &mut Vm, form: &str, unistr: &Object<Str>) -> PyResult<Ref<Str>> {
        queries::normalize(vm, Database::Present, form, unistr)
    }

    /// Returns the name assigned to the character chr as a string.
    ///
    /// If no name is defined, default is returned, or, if not given,
    /// ValueError is raised.
    #[pyfunction]
    #[signature = "(chr, default=<unrepresentable>, /)"]
    fn name(vm: &mut Vm, chr: CodePoint, default: Option<Value>) -> PyResult {
        let name = Database::Present.name(chr.0).map(|name| vm.try_str(&name)).transpose()?;
        or_default(vm, name.map(Value::from), default.as_ref(), "no such name")
    }

    /// Look up character by name.
    ///
    /// If a character with the given name is found, return the
    /// corresponding character.  If not found, KeyError is raised.
    #[pyfunction]
    #[signature = "(name, /)"]
    fn lookup(vm: &mut Vm, name: &Object<Str>) -> PyResult<Ref<Str>> {
        queries::lookup(vm, Database::Present, name)
    }

    #[init]
    fn init(vm: &mut Vm, module: &Value) -> PyResult<()> {
        let (name, old): (_, Value) = (vm.intern("ucd_3_2_0"), vm.alloc(Ucd::old()).into());
        vm.setattr(module, &name, &old)
    }
}
