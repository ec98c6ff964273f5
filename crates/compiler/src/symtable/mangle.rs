//! Name mangling: in class `C`, `__private` becomes `_C__private`.

use std::collections::HashSet;

use super::Name;

/// Mangles `name` for the class `class` (CPython's `_Py_Mangle`).
pub fn mangle(class: Option<&str>, name: &Name) -> Name {
    let Some(class) = class else {
        return name.clone();
    };
    if !name.starts_with("__") || name.ends_with("__") || name.contains('.') {
        return name.clone();
    }
    let class = class.trim_start_matches('_');
    if class.is_empty() {
        return name.clone();
    }
    format!("_{class}{name}").into()
}

/// Mangles `name` unless `only` names what is to be mangled and it is not among them (CPython's `_Py_MaybeMangle`): around a
/// generic class only the type parameters are mangled.
pub(super) fn maybe_mangle(class: Option<&str>, only: Option<&HashSet<Name>>, name: &Name) -> Name {
    match only {
        Some(only) if !only.contains(name) => name.clone(),
        _ => mangle(class, name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mangles_as_cpython() {
        let cases = [
            (Some("C"), "__x", "_C__x"),
            (Some("_C"), "__x", "_C__x"),
            (Some("__"), "__x", "__x"),
            (Some("C"), "__x__", "__x__"),
            (Some("C"), "_x", "_x"),
            (Some("C"), "__a.b", "__a.b"),
            (None, "__x", "__x"),
        ];
        for (class, name, wanted) in cases {
            assert_eq!(&*mangle(class, &name.into()), wanted);
        }
    }
}
