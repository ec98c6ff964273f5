//! The errors of binding, as CPython words them.

use std::ops::Range;

use pvm_object::str::Str;
use pvm_object::tuple::Tuple;
use pvm_object::{Object, Raised, Vm};

use crate::frame::Frame;

fn qualname(vm: &mut Vm, frame: *mut Frame) -> String {
    // SAFETY: the frame being filled is live.
    unsafe { (*frame).function().qualname(vm).to_string() }
}

/// Whether a variable of the frame is bound.
unsafe fn is_bound(frame: *mut Frame, index: usize) -> bool {
    // SAFETY: passed on.
    unsafe { !(*Frame::locals(frame).add(index)).is_empty() }
}

pub(super) fn keywords_must_be_strings(vm: &mut Vm, frame: *mut Frame) -> Raised {
    let name = qualname(vm, frame);
    vm.type_error(format_args!("{name}() keywords must be strings"))
}

pub(super) fn multiple_values(vm: &mut Vm, frame: *mut Frame, keyword: &Object<Str>) -> Raised {
    let name = qualname(vm, frame);
    vm.type_error(format_args!("{name}() got multiple values for argument '{keyword}'"))
}

pub(super) fn unexpected_keyword(vm: &mut Vm, frame: *mut Frame, keyword: &Object<Str>, names: &Object<Tuple>) -> Raised {
    let name = qualname(vm, frame);
    // SAFETY: the frame being filled is live.
    let (posonly, parameters) = unsafe {
        let raw = (*frame).raw_code();
        (raw.posonlyargcount as usize, &(&(*frame).code().locals)[..(raw.argcount + raw.kwonlyargcount) as usize])
    };
    let misused: Vec<String> = parameters[..posonly]
        .iter()
        .filter(|parameter| {
            names.as_slice().iter().any(|name| name.downcast::<Str>().is_some_and(|name| name.same_text(parameter)))
        })
        .map(|parameter| parameter.to_string())
        .collect();
    if !misused.is_empty() {
        let list = misused.join(", ");
        return vm.type_error(format_args!("{name}() got some positional-only arguments passed as keyword arguments: '{list}'"));
    }
    let parameters: Vec<String> = parameters[posonly..].iter().map(|parameter| parameter.to_string()).collect();
    vm.unexpected_keyword(&name, keyword, parameters.iter().map(String::as_str))
}

pub(super) fn too_many_positional(vm: &mut Vm, frame: *mut Frame, given: usize) -> Raised {
    let name = qualname(vm, frame);
    // SAFETY: the frame being filled is live.
    let (argcount, kwonly, kwonly_given) = unsafe {
        let raw = (*frame).raw_code();
        let (argcount, kwonly) = (raw.argcount as usize, raw.kwonlyargcount as usize);
        (argcount, kwonly, (argcount..argcount + kwonly).filter(|&index| is_bound(frame, index)).count())
    };
    let _ = kwonly;
    // SAFETY: as above.
    let defaults = unsafe { (*frame).function().defaults.get(vm).map_or(0, |defaults| defaults.len()) };
    let (takes, plural) = match defaults {
        0 => (argcount.to_string(), argcount != 1),
        some => (format!("from {} to {argcount}", argcount - some), true),
    };
    let extra = match kwonly_given {
        0 => String::new(),
        some => format!(
            " positional argument{} (and {some} keyword-only argument{})",
            if given == 1 { "" } else { "s" },
            if some == 1 { "" } else { "s" }
        ),
    };
    let (plural, verb) = (if plural { "s" } else { "" }, if given == 1 && kwonly_given == 0 { "was" } else { "were" });
    vm.type_error(format_args!("{name}() takes {takes} positional argument{plural} but {given}{extra} {verb} given"))
}

pub(super) fn missing(vm: &mut Vm, frame: *mut Frame, range: Range<usize>, kind: &str) -> Raised {
    let name = qualname(vm, frame);
    // SAFETY: the frame being filled is live.
    let names: Vec<String> = unsafe {
        range.filter(|&index| !is_bound(frame, index)).map(|index| format!("'{}'", (&(*frame).code().locals)[index])).collect()
    };
    let list = match &names[..] {
        [only] => only.clone(),
        [first, second] => format!("{first} and {second}"),
        [rest @ .., last] => format!("{}, and {last}", rest.join(", ")),
        [] => String::new(),
    };
    let (count, plural) = (names.len(), if names.len() == 1 { "" } else { "s" });
    vm.type_error(format_args!("{name}() missing {count} required {kind} argument{plural}: {list}"))
}
