//! `_sre`: the engine of `re`.
//!
//! | file | what |
//! |---|---|
//! | `opcode.rs` | the numbers of the code that `re._compiler` emits |
//! | `program.rs`, `translate.rs` | the form that runs, and how code becomes one |
//! | `charset.rs` | sets of characters |
//! | `matcher.rs`, `search.rs` | matching and searching |
//! | `subject.rs` | what is searched |
//! | `pattern.rs`, `match_object.rs`, `scanner.rs`, `template.rs` | the classes |
//! | `substitute.rs` | `sub` |

mod charset;
mod match_object;
mod matcher;
mod opcode;
mod pattern;
mod program;
mod scanner;
mod search;
mod subject;
mod substitute;
mod template;
#[cfg(test)]
mod tests;
mod translate;

use pvm_object::int::IntView;
use pvm_object::{PyResult, Value, Vm};

/// One word of a pattern's code.
fn code_word(value: &Value, vm: &mut Vm) -> PyResult<u32> {
    match value.as_int() {
        None => Err(vm.type_error(format_args!("an integer is required"))),
        Some(IntView::Small(word)) if word < 0 => {
            Err(vm.overflow_error(format_args!("can't convert negative value to unsigned int")))
        }
        Some(IntView::Small(word)) if word <= u32::MAX.into() => Ok(word as u32),
        Some(_) => Err(vm.overflow_error(format_args!("regular expression code size limit exceeded"))),
    }
}

#[pvm_macros::pymodule(name = "_sre")]
pub mod native {
    use super::charset::{lower_ascii, lower_unicode, upper_unicode};
    use super::pattern::Pattern;
    use super::subject::Subject;
    use super::template::{Template, new_template};
    use super::{code_word, opcode, translate};
    use pvm_macros::pyfunction;
    use pvm_object::dict::Dict;
    use pvm_object::list::List;
    use pvm_object::tuple::Tuple;
    use pvm_object::{Foreign, HeapCell, Object, PyResult, Ref, Value, Vm};

    #[constant]
    const MAGIC: u32 = opcode::MAGIC;
    #[constant]
    const CODESIZE: u32 = 4;
    #[constant]
    const MAXREPEAT: u32 = opcode::MAX_REPEAT;
    #[constant]
    const MAXGROUPS: usize = opcode::MAX_GROUPS;
    #[constant]
    #[name = "copyright"]
    const COPYRIGHT: &str = " SRE 2.2.2 Copyright (c) 1997-2002 by Secret Labs AB ";

    /// Make a pattern of code.
    #[pyfunction]
    #[signature = "(pattern, flags, code, groups, groupindex, indexgroup)"]
    fn compile(
        vm: &mut Vm,
        pattern: &Value,
        flags: i32,
        code: &Object<List>,
        groups: isize,
        groupindex: &Object<Dict>,
        indexgroup: &Object<Tuple>,
    ) -> PyResult<Ref<Pattern>> {
        let words: Vec<Value> = code.items(vm).to_vec();
        let code: PyResult<Vec<u32>> = words.iter().map(|word| code_word(word, vm)).collect();
        let code = code?;
        let is_bytes = if pattern.is_none() { None } else { Some(Subject::of(pattern, vm)?.is_bytes) };
        let Some(groups) = usize::try_from(groups).ok().filter(|&groups| groups <= opcode::MAX_GROUPS) else {
            return Err(vm.runtime_error(format_args!("invalid SRE code")));
        };
        let program = Foreign(translate::translate(&code, groups, vm)?);
        Ok(vm.alloc(Pattern {
            pattern: pattern.clone(),
            flags: flags as u32,
            groups,
            group_index: groupindex.to_ref(),
            index_group: indexgroup.to_ref(),
            is_bytes,
            program,
            code: code.into(),
            scratch: HeapCell::default(),
        }))
    }

    /// Make a template of a list: text and numbers of groups in turn.
    #[pyfunction]
    fn template(vm: &mut Vm, _pattern: &Value, template: &Object<List>) -> PyResult<Ref<Template>> {
        new_template(template, vm)
    }

    #[pyfunction]
    fn getcodesize() -> i32 {
        4
    }

    #[pyfunction]
    fn ascii_iscased(character: i32) -> bool {
        u8::try_from(character).is_ok_and(|byte| byte.is_ascii_alphabetic())
    }

    #[pyfunction]
    fn unicode_iscased(character: i32) -> bool {
        let ch = character as u32;
        lower_unicode(ch) != ch || upper_unicode(ch) != ch
    }

    #[pyfunction]
    fn ascii_tolower(character: i32) -> i32 {
        lower_ascii(character as u32) as i32
    }

    #[pyfunction]
    fn unicode_tolower(character: i32) -> i32 {
        lower_unicode(character as u32) as i32
    }
}
