//! `sub` and `subn` (`pattern_subx`).

use pvm_object::dict::Dict;
use pvm_object::exceptions;
use pvm_object::{Object, PyResult, Ref, Value, Vm};

use super::pattern::{Mode, Pattern, Session};
use super::subject::Subject;
use super::template::{self, Joined, Template};

/// What is put in the place of a match.
enum Filter {
    Literal(Value),
    Template(Ref<Template>),
    Call(Value),
}

/// The compiled form of a template, from the cache of `re`.
pub(super) fn compile_template(pattern: &Object<Pattern>, template: &Value, vm: &mut Vm) -> PyResult<Ref<Template>> {
    let name = vm.intern("_compile_template");
    let compile = vm.import_attr("re", &name)?;
    let result = vm.call(&compile, &[pattern.to_value(), template.clone()]);
    let result = match result {
        Err(_) if vm.pending_is(&exceptions::TYPE_ERROR) && !template.is_instance_of::<Dict>() && vm.has_buffer(template) => {
            // The cache refuses buffers that may change: a copy will do.
            drop(vm.take_pending());
            let view = vm.bytes_like(template)?;
            let copy = vm.bytes_of_view(&view)?;
            vm.call(&compile, &[pattern.to_value(), copy.into()])?
        }
        result => result?,
    };
    result.downcast_into::<Template>().map_err(|result| {
        let kind = vm.type_name(&result);
        vm.runtime_error(format_args!("the result of compiling a replacement string is {kind}"))
    })
}

fn filter_of(pattern: &Object<Pattern>, repl: &Value, vm: &mut Vm) -> PyResult<Filter> {
    if repl.ty().slots().call().is_some() {
        return Ok(Filter::Call(repl.clone()));
    }
    let literal = match Subject::of(repl, vm) {
        Ok(text) => !text.view().code_points().any(|point| point == u32::from(b'\\')),
        Err(raised) => {
            drop(vm.catch(raised));
            false
        }
    };
    if literal {
        return Ok(Filter::Literal(repl.clone()));
    }
    let template = compile_template(pattern, repl, vm)?;
    if template.is_literal() {
        return Ok(Filter::Literal(template.literal.clone()));
    }
    Ok(Filter::Template(template))
}

/// The string with matches replaced, `count` at most where that is not 0; and how many were.
pub(super) fn substitute(
    pattern: &Object<Pattern>,
    repl: &Value,
    string: &Value,
    count: isize,
    vm: &mut Vm,
) -> PyResult<(Value, usize)> {
    let filter = filter_of(pattern, repl, vm)?;
    let subject = Subject::for_pattern(string, pattern.is_bytes, vm)?;
    let mut session = Session::begin(pattern, &subject, subject.len(), vm);
    let mut out = Joined::new(&subject);
    let (mut from, mut advance, mut replaced, mut pieces) = (0, false, 0usize, 0);
    while count == 0 || (replaced as isize) < count {
        let Some(span) = session.find(Mode::Search, from, advance, vm)? else {
            break;
        };
        if from < span.0 {
            out.push_span(&subject, (from, span.0));
            pieces += 1;
        }
        match &filter {
            Filter::Literal(literal) => {
                out.push_value(literal, pieces, vm)?;
                pieces += 1;
            }
            Filter::Template(template) => {
                let groups = pattern.groups;
                let expanded = template::expand(template, &subject, groups, |group| session.group(span, group), vm)?;
                out.push_joined(expanded);
                pieces += 1;
            }
            Filter::Call(function) => {
                let found = session.match_object(span, from, vm);
                let item = vm.call(function, &[found.into()])?;
                if !item.is_none() {
                    out.push_value(&item, pieces, vm)?;
                    pieces += 1;
                }
            }
        }
        from = span.1;
        advance = span.0 == span.1;
        replaced += 1;
    }
    let result = if replaced == 0 {
        subject.slice(0, subject.len(), vm)?
    } else {
        out.push_span(&subject, (from, subject.len()));
        out.into_value(vm)?
    };
    session.finish(vm);
    Ok((result, replaced))
}
