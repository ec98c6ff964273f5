//! The environment variables `PYTHON*`.

use std::ffi::OsString;

/// Where variables are read, unless they are to be ignored.
#[derive(Clone, Copy, Debug)]
pub struct Environment {
    ignored: bool,
}

impl Environment {
    /// The process's; nothing if it is `ignored`.
    pub fn new(ignored: bool) -> Environment {
        Environment { ignored }
    }

    /// A variable that is set and not empty.
    pub fn get(self, name: &str) -> Option<OsString> {
        if self.ignored {
            return None;
        }
        std::env::var_os(name).filter(|value| !value.is_empty())
    }

    /// A variable's text, if it is Unicode.
    pub fn text(self, name: &str) -> Option<String> {
        self.get(name)?.into_string().ok()
    }

    /// A variable that is a level: its number, or 1 where it is set to anything else (`_Py_get_env_flag`).
    pub fn level(self, name: &str) -> i32 {
        match self.get(name) {
            None => 0,
            Some(value) => value.to_str().and_then(|value| value.parse().ok()).filter(|level| *level >= 0).unwrap_or(1),
        }
    }

    /// A variable that is set to anything.
    pub fn is_set(self, name: &str) -> bool {
        self.get(name).is_some()
    }
}

/// The name of the locale that text is in, as the environment says (`LC_CTYPE`).
pub fn text_locale() -> String {
    let names = ["LC_ALL", "LC_CTYPE", "LANG"];
    let set = names.into_iter().filter_map(|name| std::env::var(name).ok());
    set.into_iter().find(|value| !value.is_empty()).unwrap_or_else(|| "C".to_owned())
}
