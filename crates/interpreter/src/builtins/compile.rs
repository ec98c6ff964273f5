//! `compile`, `eval` and `exec`.

use pvm_macros::pymodule;

#[pymodule(name = "builtins")]
mod functions {
    use pvm_compiler::{CompileOptions, Mode};
    use pvm_macros::pyfunction;
    use pvm_object::cell::Cell;
    use pvm_object::code::Code;
    use pvm_object::dict::Dict;
    use pvm_object::tuple::Tuple;
    use pvm_object::{Object, PyResult, Ref, Value, Vm, names};

    use crate::interpreter::state;
    use crate::source::{self, FUTURES, Text};

    const KNOWN_FLAGS: u32 = pvm_bytecode::flags::CO_FUTURE_DIVISION
        | pvm_bytecode::flags::CO_FUTURE_ABSOLUTE_IMPORT
        | pvm_bytecode::flags::CO_FUTURE_WITH_STATEMENT
        | pvm_bytecode::flags::CO_FUTURE_PRINT_FUNCTION
        | pvm_bytecode::flags::CO_FUTURE_UNICODE_LITERALS
        | pvm_bytecode::flags::CO_FUTURE_BARRY_AS_BDFL
        | pvm_bytecode::flags::CO_FUTURE_GENERATOR_STOP
        | pvm_bytecode::flags::CO_FUTURE_ANNOTATIONS
        | 0x10
        | 0xFF00;

    /// The future flags of the code that calls.
    fn inherited(vm: &Vm) -> u32 {
        crate::frame_object::current(vm).map_or(0, |frame| frame.raw_code().flags & FUTURES)
    }

    /// Compile source into a code object that can be executed by exec() or eval().
    ///
    /// The source code may represent a Python module, statement or expression.
    /// The filename will be used for run-time error messages.
    /// The mode must be 'exec' to compile a module, 'single' to compile a
    /// single (interactive) statement, or 'eval' to compile an expression.
    /// The flags argument, if present, controls which future statements influence
    /// the compilation of the code.
    /// The dont_inherit argument, if true, stops the compilation inheriting
    /// the effects of any future statements in effect in the code calling
    /// compile; if absent or false these statements do influence the compilation,
    /// in addition to any features explicitly specified.
    #[pyfunction]
    #[signature = "(source, filename, mode, flags=0, dont_inherit=False, optimize=-1, *, _feature_version=-1)"]
    fn compile(
        vm: &mut Vm,
        source: &Value,
        filename: &Value,
        mode: &str,
        flags: i32,
        dont_inherit: bool,
        optimize: i32,
        _feature_version: i32,
    ) -> PyResult {
        let filename = source::path_text(vm, filename)?;
        let mut flags = flags as u32;
        if flags & !KNOWN_FLAGS != 0 {
            return Err(vm.value_error(format_args!("compile(): unrecognised flags")));
        }
        if !(-1..=2).contains(&optimize) {
            return Err(vm.value_error(format_args!("compile(): invalid optimize value")));
        }
        let optimize = if optimize < 0 { state(vm).setup.config.optimize } else { optimize } as u8;
        if !dont_inherit {
            flags |= inherited(vm);
        }
        let only_tree = flags & pvm_compiler::compile::flag::ONLY_AST != 0;
        let mode = match mode {
            "exec" => Mode::Exec,
            "eval" => Mode::Eval,
            "single" => Mode::Single,
            "func_type" if only_tree => Mode::FuncType,
            "func_type" => return Err(vm.value_error(format_args!("compile() mode 'func_type' requires flag PyCF_ONLY_AST"))),
            _ if only_tree => {
                return Err(vm.value_error(format_args!("compile() mode must be 'exec', 'eval', 'single' or 'func_type'")));
            }
            _ => return Err(vm.value_error(format_args!("compile() mode must be 'exec', 'eval' or 'single'"))),
        };
        let options =
            CompileOptions { feature_version: u8::try_from(_feature_version).ok(), ..source::options(vm, optimize, flags) };
        if let Some(result) = crate::ast_bridge::compile(vm, source, &filename, mode, options)? {
            return Ok(result);
        }
        let text = source::text_of(vm, source, "compile", "string, bytes or AST")?;
        if only_tree {
            return crate::ast_bridge::parse(vm, &text, &filename, mode, options);
        }
        Ok(source::compile(vm, &text, &filename, mode, options)?.into())
    }

    struct Namespaces {
        globals: Ref<Dict>,
        locals: Value,
    }

    fn namespaces(vm: &mut Vm, function: &str, globals: Option<&Value>, locals: Option<&Value>) -> PyResult<Namespaces> {
        let globals = globals.filter(|globals| !globals.is_none());
        let locals = locals.filter(|locals| !locals.is_none());
        if let Some(locals) = locals
            && locals.ty().slots().getitem().is_none()
        {
            if function == "eval" {
                return Err(vm.type_error(format_args!("locals must be a mapping")));
            }
            let kind = vm.type_name(locals);
            return Err(vm.type_error(format_args!("locals must be a mapping or None, not {kind}")));
        }
        let globals = match globals {
            Some(globals) => match globals.downcast::<Dict>() {
                Some(globals) => globals.to_ref(),
                None if function == "eval" => {
                    let mapping = globals.ty().slots().getitem().is_some();
                    return Err(match mapping {
                        true => vm.type_error(format_args!("globals must be a real dict; try eval(code, {{}}, mapping)")),
                        false => vm.type_error(format_args!("globals must be a dict")),
                    });
                }
                None => {
                    let kind = vm.type_name(globals);
                    return Err(vm.type_error(format_args!("exec() globals must be a dict, not {kind}")));
                }
            },
            None => match crate::frame_object::current(vm) {
                Some(frame) => {
                    let globals = frame.globals().to_ref();
                    let locals = match locals {
                        Some(locals) => locals.clone(),
                        None => {
                            let frame = crate::frame_object::current_object(vm);
                            crate::frame_locals::snapshot(vm, &frame)?
                        }
                    };
                    return Ok(Namespaces { globals, locals });
                }
                None => return Err(vm.system_error(format_args!("globals and locals cannot be NULL"))),
            },
        };
        if !globals.contains_str(&names::__builtins__, vm) {
            let builtins = match crate::frame_object::current(vm) {
                Some(frame) => frame.function().builtins.get(vm),
                None => state(vm).builtins_dict(vm),
            };
            globals.set_str(&names::__builtins__, builtins, vm)?;
        }
        let locals = locals.cloned().unwrap_or_else(|| globals.clone().into());
        Ok(Namespaces { globals, locals })
    }

    fn run(vm: &mut Vm, code: &Object<Code>, spaces: Namespaces, closure: Option<&Object<Tuple>>) -> PyResult {
        crate::audit::event(vm, "exec", &[code.to_value()])?;
        crate::call::run_code(vm, code, &spaces.globals, Some(spaces.locals), closure)
    }

    /// Evaluate the given source in the context of globals and locals.
    ///
    /// The source may be a string representing a Python expression
    /// or a code object as returned by compile().
    /// The globals must be a dictionary and locals can be any mapping,
    /// defaulting to the current globals and locals.
    /// If only globals is given, locals defaults to it.
    #[pyfunction]
    #[signature = "(source, /, globals=None, locals=None)"]
    fn eval(vm: &mut Vm, source: &Value, globals: Option<&Value>, locals: Option<&Value>) -> PyResult {
        let spaces = namespaces(vm, "eval", globals, locals)?;
        if let Some(code) = source.downcast::<Code>() {
            if code.raw.nfreevars() > 0 {
                return Err(vm.type_error(format_args!("code object passed to eval() may not contain free variables")));
            }
            return run(vm, code, spaces, None);
        }
        let mut text = source::text_of(vm, source, "eval", "string, bytes or code")?;
        match &mut text {
            Text::Str(text) => *text = text.trim_start_matches([' ', '\t']).to_owned(),
            Text::Bytes(bytes) | Text::Script(bytes) => {
                let blank = bytes.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
                bytes.drain(..blank);
            }
        }
        let options = source::options(vm, state(vm).setup.config.optimize as u8, inherited(vm));
        let code = source::compile(vm, &text, "<string>", Mode::Eval, options)?;
        run(vm, &code, spaces, None)
    }

    /// Execute the given source in the context of globals and locals.
    ///
    /// The source may be a string representing one or more Python statements
    /// or a code object as returned by compile().
    /// The globals must be a dictionary and locals can be any mapping,
    /// defaulting to the current globals and locals.
    /// If only globals is given, locals defaults to it.
    /// The closure must be a tuple of cellvars, and can only be used
    /// when source is a code object requiring exactly that many cellvars.
    #[pyfunction]
    #[signature = "(source, /, globals=None, locals=None, *, closure=None)"]
    fn exec(
        vm: &mut Vm,
        source: &Value,
        globals: Option<&Value>,
        locals: Option<&Value>,
        closure: Option<&Value>,
    ) -> PyResult<()> {
        let spaces = namespaces(vm, "exec", globals, locals)?;
        if let Some(code) = source.downcast::<Code>() {
            let wanted = code.raw.nfreevars();
            let closure = closure.filter(|closure| !closure.is_none());
            let cells = closure.and_then(|closure| closure.downcast_exact::<Tuple>());
            if wanted == 0 && closure.is_some() {
                return Err(vm.type_error(format_args!("cannot use a closure with this code object")));
            }
            let fits = cells
                .is_some_and(|cells| cells.len() == wanted && cells.as_slice().iter().all(|cell| cell.is_instance_of::<Cell>()));
            if wanted > 0 && !fits {
                return Err(vm.type_error(format_args!("code object requires a closure of exactly length {wanted}")));
            }
            run(vm, code, spaces, cells)?;
            return Ok(());
        }
        if closure.is_some_and(|closure| !closure.is_none()) {
            return Err(vm.type_error(format_args!("closure can only be used when source is a code object")));
        }
        let text = source::text_of(vm, source, "exec", "string, bytes or code")?;
        let options = source::options(vm, state(vm).setup.config.optimize as u8, inherited(vm));
        let code = source::compile(vm, &text, "<string>", Mode::Exec, options)?;
        run(vm, &code, spaces, None)?;
        Ok(())
    }
}

pub(super) use functions::MODULE;
