//! `_opcode`: what `opcode` and `dis` know of the instruction set.

use pvm_bytecode::opcode::{Class, Opcode};

/// The opcode with this number; none for numbers that no byte and no pseudo-instruction has.
fn opcode(number: i32) -> Option<Opcode> {
    Opcode::from_code(u16::try_from(number).ok()?)
}

/// The effect on the stack's depth; `None` for specialised and internal opcodes.
fn stack_effect(opcode: Opcode, oparg: u32, jump: Option<bool>) -> Option<i32> {
    if matches!(opcode.info().class, Class::Specialized | Class::Internal) && opcode.base() != opcode {
        return None;
    }
    Some(match jump {
        Some(jump) => opcode.stack_effect(oparg, jump),
        None => opcode.stack_effect(oparg, false).max(opcode.stack_effect(oparg, true)),
    })
}

#[pvm_macros::pymodule(name = "_opcode")]
pub mod native {
    //! What opcode needs of the machine.
    use pvm_bytecode::opcode::{BINARY_OPS, INTRINSICS_1, INTRINSICS_2, Opcode, SPECIAL_METHODS};
    use pvm_macros::pyfunction;
    use pvm_object::code::Code;
    use pvm_object::list::List;
    use pvm_object::{PyResult, Ref, Value, Vm};

    use super::{opcode as find, stack_effect as effect};

    #[constant]
    const ENABLE_SPECIALIZATION: i32 = 1;
    #[constant]
    const ENABLE_SPECIALIZATION_FT: i32 = 1;

    /// How an instruction changes the depth of the stack: where it jumps, where it does not, or the larger of both.
    #[pyfunction]
    #[signature = "(opcode, oparg=None, /, *, jump=None)"]
    fn stack_effect(vm: &mut Vm, opcode: i32, oparg: Option<i32>, jump: Option<&Value>) -> PyResult<i32> {
        let jump = match jump {
            None => None,
            Some(jump) if jump.is_true() => Some(true),
            Some(jump) if jump.is_false() => Some(false),
            Some(_) => {
                return Err(vm.value_error(format_args!("stack_effect: jump must be False, True or None")));
            }
        };
        match find(opcode).and_then(|opcode| effect(opcode, oparg.unwrap_or(0) as u32, jump)) {
            Some(effect) => Ok(effect),
            None => Err(vm.value_error(format_args!("invalid opcode or oparg"))),
        }
    }

    fn holds(number: i32, property: impl Fn(Opcode) -> bool) -> bool {
        find(number).is_some_and(property)
    }

    /// Whether there is such an opcode.
    #[pyfunction]
    #[signature = "(opcode)"]
    fn is_valid(opcode: i32) -> bool {
        holds(opcode, |_| true)
    }

    /// Whether the opcode uses its operand.
    #[pyfunction]
    #[signature = "(opcode)"]
    fn has_arg(opcode: i32) -> bool {
        holds(opcode, Opcode::has_arg)
    }

    /// Whether the operand means a constant.
    #[pyfunction]
    #[signature = "(opcode)"]
    fn has_const(opcode: i32) -> bool {
        holds(opcode, Opcode::has_const)
    }

    /// Whether the operand means a name.
    #[pyfunction]
    #[signature = "(opcode)"]
    fn has_name(opcode: i32) -> bool {
        holds(opcode, Opcode::has_name)
    }

    /// Whether the opcode jumps.
    #[pyfunction]
    #[signature = "(opcode)"]
    fn has_jump(opcode: i32) -> bool {
        holds(opcode, Opcode::has_jump)
    }

    /// Whether the operand means a cell or a free variable.
    #[pyfunction]
    #[signature = "(opcode)"]
    fn has_free(opcode: i32) -> bool {
        holds(opcode, Opcode::has_free)
    }

    /// Whether the operand means a local variable.
    #[pyfunction]
    #[signature = "(opcode)"]
    fn has_local(opcode: i32) -> bool {
        holds(opcode, Opcode::has_local)
    }

    /// Whether the opcode sets an exception handler.
    #[pyfunction]
    #[signature = "(opcode)"]
    fn has_exc(opcode: i32) -> bool {
        holds(opcode, Opcode::is_block_push)
    }

    /// What was specialised how often; None, as it is not counted.
    #[pyfunction]
    fn get_specialization_stats() -> Value {
        Value::none()
    }

    /// The names and symbols of the binary operators.
    #[pyfunction]
    fn get_nb_ops(vm: &mut Vm) -> PyResult<Ref<List>> {
        let mut operators = Vec::with_capacity(BINARY_OPS.len());
        for (name, symbol) in BINARY_OPS {
            let (name, symbol) = (vm.new_str(name), vm.new_str(symbol));
            operators.push(vm.try_tuple([name.into(), symbol.into()])?.into());
        }
        Ok(vm.try_list(operators)?)
    }

    fn names(names: &[&str], vm: &mut Vm) -> PyResult<Ref<List>> {
        let names: Vec<Value> = names.iter().map(|name| vm.new_str(name).into()).collect();
        Ok(vm.try_list(names)?)
    }

    /// The names of the intrinsics of one operand.
    #[pyfunction]
    fn get_intrinsic1_descs(vm: &mut Vm) -> PyResult<Ref<List>> {
        names(INTRINSICS_1, vm)
    }

    /// The names of the intrinsics of two operands.
    #[pyfunction]
    fn get_intrinsic2_descs(vm: &mut Vm) -> PyResult<Ref<List>> {
        names(INTRINSICS_2, vm)
    }

    /// The names of the methods that with statements use.
    #[pyfunction]
    fn get_special_method_names(vm: &mut Vm) -> PyResult<Ref<List>> {
        names(SPECIAL_METHODS, vm)
    }

    /// The executor at an offset of a code object; there are none.
    #[pyfunction]
    #[signature = "(code, offset)"]
    fn get_executor(vm: &mut Vm, code: &Value, _offset: i32) -> PyResult {
        if !code.is_instance_of::<Code>() {
            let kind = vm.type_name(code);
            return Err(vm.type_error(format_args!("expected a code object, not '{kind}'")));
        }
        Err(vm.runtime_error(format_args!("Executors are not available in this build")))
    }
}
