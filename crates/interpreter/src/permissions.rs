//! [`Permissions`]: what a program may touch beyond its own interpreter, and [`require`], which native code asks before it
//! touches it. What each function of the native modules needs is a table of the library's ([`ModuleNeeds`]).

use pvm_macros::pyfunction;
use pvm_object::module_def::ModuleDef;
use pvm_object::native::MethodDef;
use pvm_object::support::{MemberDef, ModuleItem};
use pvm_object::{Args, PyResult, Raised, Value, Vm, exceptions};

use crate::interpreter::state;

/// What a piece of native code needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Nothing beyond the interpreter.
    Nothing,
    /// Reading files and directories.
    ReadFiles,
    /// Changing them, and working with descriptors.
    WriteFiles,
    /// Sockets.
    Network,
    /// Processes, and what belongs to this one as a whole: signals, environment, working directory, foreign code.
    Processes,
}

/// What a program may touch beyond its own interpreter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Permissions {
    /// It may read files.
    pub read_files: bool,
    /// It may change files.
    pub write_files: bool,
    /// It may use the network.
    pub network: bool,
    /// It may start processes, and change what belongs to this one as a whole.
    pub processes: bool,
}

impl Permissions {
    /// Everything.
    pub const ALL: Permissions = Permissions { read_files: true, write_files: true, network: true, processes: true };
    /// Nothing.
    pub const NONE: Permissions = Permissions { read_files: false, write_files: false, network: false, processes: false };

    /// Whether what somebody needs is granted.
    pub fn grants(&self, need: Need) -> bool {
        match need {
            Need::Nothing => true,
            Need::ReadFiles => self.read_files,
            Need::WriteFiles => self.write_files,
            Need::Network => self.network,
            Need::Processes => self.processes,
        }
    }
}

/// What the functions of a native module need. Classes look after themselves, by [`require`].
pub struct ModuleNeeds {
    /// Its name.
    pub module: &'static str,
    /// What functions need that are not listed.
    pub others: Need,
    /// Functions by what they need.
    pub functions: &'static [(Need, &'static [&'static str])],
}

impl ModuleNeeds {
    fn of(&self, function: &str) -> Need {
        let listed = self.functions.iter().find(|(_, names)| names.contains(&function));
        listed.map_or(self.others, |(need, _)| *need)
    }
}

/// An error where the program is not granted what is about to be done.
#[inline]
pub fn require(vm: &mut Vm, need: Need, doing: &str) -> PyResult<()> {
    // A heap that no interpreter stands above belongs to whoever made it.
    let alone = vm.heap_state().extension().is_null();
    if !alone && state(vm).is_restricted() && !state(vm).setup.config.permissions.grants(need) {
        return Err(refuse(vm, doing));
    }
    Ok(())
}

#[cold]
fn refuse(vm: &mut Vm, doing: &str) -> Raised {
    vm.raise_message(exceptions::PERMISSION_ERROR.get(), format_args!("{doing} is not permitted here"))
}

/// Whether what a need stands for is granted to the program.
pub fn is_granted(vm: &Vm, need: Need) -> bool {
    state(vm).setup.config.permissions.grants(need)
}

fn needs_of(vm: &Vm, module: &str) -> Option<&'static ModuleNeeds> {
    state(vm).setup.needs.iter().find(|needs| needs.module == module)
}

/// Whether the interpreter may have a native module at all. One that is not in the table may do anything; the machine's own and
/// the embedder's are no concern of the table.
pub(crate) fn may_import(vm: &Vm, def: &ModuleDef) -> bool {
    let permissions = &state(vm).setup.config.permissions;
    if *permissions == Permissions::ALL || !state(vm).setup.modules.iter().any(|known| std::ptr::eq(*known, def)) {
        return true;
    }
    match needs_of(vm, def.name) {
        None => permissions.grants(Need::Processes),
        Some(needs) => permissions.grants(needs.others) || needs.functions.iter().any(|(need, _)| permissions.grants(*need)),
    }
}

/// The function that stands for one that the program may not call, where it may not.
pub(crate) fn substitute(vm: &mut Vm, def: &ModuleDef, method: &MethodDef) -> Option<Value> {
    let permissions = &state(vm).setup.config.permissions;
    if *permissions == Permissions::ALL {
        return None;
    }
    let need = needs_of(vm, def.name)?.of(method.name);
    if permissions.grants(need) {
        return None;
    }
    let name = vm.new_str(&format!("{}.{}", def.name, method.name));
    let ModuleItem::Member(MemberDef::Method(refusing)) = not_permitted::PY_ITEM else {
        return None;
    };
    Some(vm.new_native_function(refusing, name.into(), None))
}

/// What stands for a function that the program is not permitted to call.
#[pyfunction(module = "builtins")]
#[text_signature = ""]
fn not_permitted(module: &Value, vm: &mut Vm, args: Args<'_>) -> PyResult {
    let _ = args;
    let name = vm.str(module)?.to_string();
    Err(refuse(vm, &format!("{name}()")))
}
