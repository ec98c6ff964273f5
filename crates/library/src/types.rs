//! `_types`: the built-in classes that have no name of their own in `builtins`.

use pvm_interpreter::frame_object::FRAME_TYPE;
use pvm_interpreter::generator::{ASYNC_GENERATOR_TYPE, COROUTINE_TYPE, GENERATOR_TYPE};
use pvm_macros::pyclass;
use pvm_object::cell::CELL_TYPE;
use pvm_object::code::CODE_TYPE;
use pvm_object::descriptors::builtin_function::NATIVE_FUNCTION_TYPE;
use pvm_object::descriptors::getset::GETSET_TYPE;
use pvm_object::descriptors::method::METHOD_TYPE;
use pvm_object::descriptors::native_method::{NATIVE_CLASS_METHOD_TYPE, NATIVE_METHOD_TYPE};
use pvm_object::descriptors::slot_member::SLOT_MEMBER_TYPE;
use pvm_object::function::FUNCTION_TYPE;
use pvm_object::generic_alias::GENERIC_ALIAS_TYPE;
use pvm_object::mapping_proxy::MAPPING_PROXY_TYPE;
use pvm_object::module::MODULE_TYPE;
use pvm_object::namespace::SIMPLE_NAMESPACE_TYPE;
use pvm_object::singletons::{ELLIPSIS_TYPE, NONE_TYPE, NOT_IMPLEMENTED_TYPE};
use pvm_object::traceback::TRACEBACK_TYPE;
use pvm_object::types::wrapper::{METHOD_WRAPPER_TYPE, SLOT_WRAPPER_TYPE};
use pvm_object::union::UNION_TYPE;
use pvm_object::{Object, PyResult, Static, Type, Value, Vm};

/// What native code hides in an object. This machine makes none.
#[pyclass(name = "PyCapsule", final, static_name = CAPSULE_TYPE)]
pub struct Capsule;

/// The names and the classes.
static TYPES: &[(&str, &Static<Type>)] = &[
    ("AsyncGeneratorType", &ASYNC_GENERATOR_TYPE),
    ("BuiltinFunctionType", &NATIVE_FUNCTION_TYPE),
    ("BuiltinMethodType", &NATIVE_FUNCTION_TYPE),
    ("CapsuleType", &CAPSULE_TYPE),
    ("CellType", &CELL_TYPE),
    ("ClassMethodDescriptorType", &NATIVE_CLASS_METHOD_TYPE),
    ("CodeType", &CODE_TYPE),
    ("CoroutineType", &COROUTINE_TYPE),
    ("EllipsisType", &ELLIPSIS_TYPE),
    ("FrameType", &FRAME_TYPE),
    ("FunctionType", &FUNCTION_TYPE),
    ("GeneratorType", &GENERATOR_TYPE),
    ("GenericAlias", &GENERIC_ALIAS_TYPE),
    ("GetSetDescriptorType", &GETSET_TYPE),
    ("LambdaType", &FUNCTION_TYPE),
    ("MappingProxyType", &MAPPING_PROXY_TYPE),
    ("MemberDescriptorType", &SLOT_MEMBER_TYPE),
    ("MethodDescriptorType", &NATIVE_METHOD_TYPE),
    ("MethodType", &METHOD_TYPE),
    ("MethodWrapperType", &METHOD_WRAPPER_TYPE),
    ("ModuleType", &MODULE_TYPE),
    ("NoneType", &NONE_TYPE),
    ("NotImplementedType", &NOT_IMPLEMENTED_TYPE),
    ("SimpleNamespace", &SIMPLE_NAMESPACE_TYPE),
    ("TracebackType", &TRACEBACK_TYPE),
    ("UnionType", &UNION_TYPE),
    ("WrapperDescriptorType", &SLOT_WRAPPER_TYPE),
];

fn add_types(module: &Value, vm: &mut Vm) -> PyResult<()> {
    for (name, class) in TYPES {
        let name = vm.intern(name);
        let class: &'static Object<Type> = class.get();
        vm.setattr(module, &name, &class.to_value())?;
    }
    Ok(())
}

#[pvm_macros::pymodule(name = "_types")]
pub mod native {
    //! Names for built-in types.
    use pvm_object::{PyResult, Value, Vm};

    #[init]
    fn init(vm: &mut Vm, module: &Value) -> PyResult<()> {
        super::add_types(module, vm)
    }
}
