//! The `-X` options, and the variables that say the same.

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::{OsStrExt, OsStringExt};

use super::environment::Environment;

/// The options in order, split at `=`.
pub struct XOptions(Vec<(OsString, Option<OsString>)>);

impl XOptions {
    /// Splits what the command line gave.
    pub fn new(given: &[OsString]) -> XOptions {
        let split = |option: &OsString| {
            let bytes = option.as_bytes();
            match bytes.iter().position(|&byte| byte == b'=') {
                Some(at) => (OsString::from_vec(bytes[..at].to_vec()), Some(OsString::from_vec(bytes[at + 1..].to_vec()))),
                None => (option.clone(), None),
            }
        };
        XOptions(given.iter().map(split).collect())
    }

    /// The options, for `sys._xoptions`.
    pub fn into_pairs(self) -> Vec<(OsString, Option<OsString>)> {
        self.0
    }

    /// An option that was given, and its value.
    pub fn get(&self, name: &str) -> Option<Option<&OsStr>> {
        let found = self.0.iter().rev().find(|(key, _)| key == name)?;
        Some(found.1.as_deref())
    }

    /// Whether an option was given.
    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// An option or variable that is 0 or 1; the option alone means 1 if `bare` allows it.
    ///
    /// # Errors
    /// The value, if it is something else, and whether it came from the option.
    pub fn switch(&self, option: &str, bare: bool, environment: Environment, variable: &str) -> Result<Option<bool>, Source> {
        if let Some(value) = self.get(option) {
            return match value.and_then(OsStr::to_str) {
                None if value.is_none() && bare => Ok(Some(true)),
                Some("0") => Ok(Some(false)),
                Some("1") => Ok(Some(true)),
                _ => Err(Source::Option),
            };
        }
        match environment.text(variable).as_deref() {
            None => Ok(None),
            Some("0") => Ok(Some(false)),
            Some("1") => Ok(Some(true)),
            Some(_) => Err(Source::Variable),
        }
    }

    /// The text of an option or variable, and where it came from.
    pub fn value(&self, option: &str, environment: Environment, variable: &str) -> Option<(Source, Option<String>)> {
        match self.get(option) {
            Some(value) => Some((Source::Option, value.map(|value| value.to_string_lossy().into_owned()))),
            None => environment.text(variable).map(|value| (Source::Variable, Some(value))),
        }
    }
}

/// Where a setting came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The command line.
    Option,
    /// The environment.
    Variable,
}
