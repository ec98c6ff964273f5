//! The syntax of paths: `_path_normpath`, `_path_splitroot_ex`, `fspath`.

use pvm_macros::pyfunction;
use pvm_object::bytes::Bytes;
use pvm_object::str::Str;
use pvm_object::text::{TextBuf, TextView, Unit};
use pvm_object::{PyResult, Raised, Value, Vm};

use crate::paths;

/// The file system path that an object stands for: itself, if it is a string or bytes, else what `__fspath__` gives.
#[pyfunction(module = "posix")]
#[signature = "(path)"]
pub fn fspath(vm: &mut Vm, path: &Value) -> PyResult {
    paths::fspath(vm, path)
}

/// How many units are the root: two slashes are one of their own, three and more are one.
fn root_len<U: Unit>(path: &[U]) -> usize {
    let slash = U::from(b'/');
    match path.iter().take_while(|&&unit| unit == slash).count() {
        0 => 0,
        2 => 2,
        _ => 1,
    }
}

/// `posixpath.normpath`.
fn normalized<U: Unit>(path: &[U]) -> Vec<U> {
    let (slash, dot) = (U::from(b'/'), U::from(b'.'));
    let up = [dot, dot];
    let root = root_len(path);
    let mut parts: Vec<&[U]> = Vec::new();
    for part in path[root..].split(|&unit| unit == slash) {
        match part {
            [] => {}
            [only] if *only == dot => {}
            part if *part != up || (root == 0 && parts.last().is_none_or(|last| **last == up)) => parts.push(part),
            _ => {
                parts.pop();
            }
        }
    }
    let mut out = path[..root].to_vec();
    out.extend(parts.join(&slash));
    if out.is_empty() { vec![dot] } else { out }
}

fn split_root<U: Unit>(path: &[U]) -> usize {
    root_len(path)
}

enum Subject {
    Text(Value),
    Bytes(Value),
}

#[cold]
fn no_path(vm: &mut Vm, function: &str, value: &Value) -> Raised {
    let kind = vm.type_name(value);
    vm.type_error(format_args!("{function}: path should be string, bytes or os.PathLike, not {kind}"))
}

fn subject(vm: &mut Vm, function: &str, path: &Value) -> PyResult<Subject> {
    let path = match path.is_instance_of::<Str>() || path.is_instance_of::<Bytes>() {
        true => path.clone(),
        false => match vm.find_special(path, &pvm_object::names::__fspath__)? {
            Some(_) => paths::fspath(vm, path)?,
            None => return Err(no_path(vm, function, path)),
        },
    };
    Ok(if path.is_instance_of::<Str>() { Subject::Text(path) } else { Subject::Bytes(path) })
}

/// Remove what a path does not need: "." and empty parts, and ".." behind a part.
#[pyfunction(module = "posix")]
#[signature = "(path)"]
pub fn _path_normpath(vm: &mut Vm, path: &Value) -> PyResult {
    match subject(vm, "_path_normpath", path)? {
        Subject::Bytes(path) => {
            let path = path.downcast::<Bytes>().map(|path| normalized(path.as_slice()));
            Ok(vm.new_bytes(&path.unwrap_or_default())?.into())
        }
        Subject::Text(path) => {
            let Some(text) = path.downcast::<Str>() else {
                return Ok(path);
            };
            let normal = match text.view() {
                TextView::Ascii(units) => TextBuf::Ascii(normalized(units)),
                TextView::Latin1(units) => u8::into_text(normalized(units)),
                TextView::Ucs2(units) => u16::into_text(normalized(units)),
                TextView::Ucs4(units) => u32::into_text(normalized(units)),
            };
            Ok(vm.str_from_buf(normal)?.into())
        }
    }
}

/// Split a path into drive, which is empty, root and the rest.
#[pyfunction(module = "posix")]
#[signature = "(p)"]
#[text_signature = "($module, /, p)"]
pub fn _path_splitroot_ex(vm: &mut Vm, p: &Value) -> PyResult<(Value, Value, Value)> {
    match subject(vm, "_path_splitroot_ex", p)? {
        Subject::Bytes(path) => {
            let bytes = path.downcast::<Bytes>().map(|path| path.as_slice()).unwrap_or_default();
            let (root, rest) = bytes.split_at(split_root(bytes));
            Ok((vm.new_bytes(&[])?.into(), vm.new_bytes(root)?.into(), vm.new_bytes(rest)?.into()))
        }
        Subject::Text(path) => {
            let Some(text) = path.downcast::<Str>() else {
                return Ok((path.clone(), path.clone(), path));
            };
            let view = text.view();
            let root = match view {
                TextView::Ascii(units) | TextView::Latin1(units) => split_root(units),
                TextView::Ucs2(units) => split_root(units),
                TextView::Ucs4(units) => split_root(units),
            };
            let (root, rest) = (view.slice(0..root), view.slice_from(root));
            let drive = vm.new_str("").into();
            Ok((drive, vm.try_str_from_view(root)?.into(), vm.try_str_from_view(rest)?.into()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_normalized() {
        for (path, normal) in [
            ("", "."),
            ("a//b/../c", "a/c"),
            ("//a/..", "//"),
            ("///a/./../../b/", "/b"),
            ("../../a/../..", "../../.."),
            ("/..", "/"),
            ("a/..", "."),
        ] {
            assert_eq!(normalized(path.as_bytes()), normal.as_bytes(), "{path}");
        }
    }
}
