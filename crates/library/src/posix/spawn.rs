//! `posix_spawn`: programs executed in new processes.

use pvm_macros::pyfunction;
use pvm_object::arguments::Argument;
use pvm_object::convert::FromArg;
use pvm_object::native::Effects;
use pvm_object::tuple::Tuple;
use pvm_object::{PyResult, Value, ValueRef, Vm};

use super::audit::audit;
use super::path::{FsString, PathArg, given};
use super::process::{arguments, environment};
use super::scheduling::priority_of;
use crate::parameters::c_int;
use crate::signal::signal_set;
use crate::system::{self, FileAction, SpawnOptions};

/// What is done with descriptors (`parse_file_actions`).
fn actions(vm: &mut Vm, sequence: &Value) -> PyResult<Vec<FileAction>> {
    let items = vm.items_or(sequence, "file_actions must be a sequence or None")?;
    let mut actions = Vec::new();
    while let Some(item) = items.as_slice(vm).get(actions.len()).cloned() {
        let parts = item.downcast::<Tuple>().map(|tuple| tuple.as_slice()).unwrap_or_default();
        let Some((tag, parts)) = parts.split_first() else {
            return Err(vm.type_error(format_args!("Each file_actions element must be a non-empty tuple")));
        };
        let tag = c_int(tag, vm)?;
        let expected = match tag {
            0 => "A open file_action tuple must have 5 elements",
            1 => "A close file_action tuple must have 2 elements",
            2 => "A dup2 file_action tuple must have 3 elements",
            3 => "A closefrom file_action tuple must have 2 elements",
            _ => return Err(vm.type_error(format_args!("Unknown file_actions identifier"))),
        };
        actions.push(match (tag, parts) {
            (0, [fd, path, flags, mode]) => FileAction::Open {
                fd: c_int(fd, vm)?,
                path: FsString::of(vm, path)?.0,
                flags: c_int(flags, vm)?,
                mode: crate::parameters::unsigned_mask(mode, vm)?,
            },
            (1, [fd]) => FileAction::Close(c_int(fd, vm)?),
            (2, [fd, to]) => FileAction::Duplicate(c_int(fd, vm)?, c_int(to, vm)?),
            (3, [fd]) => FileAction::CloseFrom(c_int(fd, vm)?),
            _ => return Err(vm.type_error(format_args!("{expected}"))),
        });
    }
    Ok(actions)
}

/// A policy, which may be `None`, and its parameters.
pub struct Scheduler(Option<i32>, i32);

impl FromArg<'_> for Scheduler {
    const EFFECTS: Effects = Effects::Anything;

    fn from_arg(value: ValueRef<'_>, argument: Argument, vm: &mut Vm) -> PyResult<Scheduler> {
        if !value.is_instance_of::<Tuple>() {
            let (function, _) = argument.names();
            return Err(vm.type_error(format_args!("{function}: scheduler must be a tuple or None")));
        }
        let parts = value.downcast_ref::<Tuple>().map(|tuple| tuple.as_slice());
        let Some([policy, parameters]) = parts else {
            return Err(vm.type_error(format_args!("A scheduler tuple must have two elements")));
        };
        let policy = if policy.is_none() { None } else { Some(c_int(policy, vm)?) };
        Ok(Scheduler(policy, priority_of(vm, parameters)?))
    }
}

/// The arguments that both functions have by name.
struct Options<'a> {
    file_actions: Option<&'a Value>,
    setpgroup: Option<i32>,
    resetids: bool,
    setsid: bool,
    setsigmask: Option<&'a Value>,
    setsigdef: Option<&'a Value>,
    scheduler: Option<Scheduler>,
}

fn spawn(vm: &mut Vm, search: bool, path: &PathArg, argv: &Value, env: &Value, options: Options<'_>) -> PyResult<i32> {
    let name = if search { "posix_spawnp" } else { "posix_spawn" };
    let arguments = arguments(vm, argv, &format!("{name}: argv"))?;
    if env.ty().slots().getitem().is_none() && !env.is_none() {
        return Err(vm.type_error(format_args!("{name}: environment must be a mapping object or None")));
    }
    let environment = if env.is_none() { None } else { Some(environment(vm, env)?) };
    let options = SpawnOptions {
        actions: match options.file_actions {
            Some(sequence) if !sequence.is_none() => actions(vm, sequence)?,
            _ => Vec::new(),
        },
        process_group: options.setpgroup,
        reset_ids: options.resetids,
        new_session: options.setsid,
        blocked: options.setsigmask.map(|signals| signal_set(vm, signals)).transpose()?,
        defaults: options.setsigdef.map(|signals| signal_set(vm, signals)).transpose()?,
        scheduler: options.scheduler.map(|scheduler| (scheduler.0, scheduler.1)),
    };
    audit!(vm, "os.posix_spawn", *path, argv, env);
    let child = given(path.file()).and_then(|file| system::spawn(file, search, &arguments, environment.as_ref(), &options));
    child.map_err(|errno| path.error(vm, errno))
}

macro_rules! spawn_function {
    ($name:ident, $search:literal, $truth:literal) => {
        /// Execute the program specified by path in a new process.
        ///
        ///   path
        ///     Path of executable file.
        ///   argv
        ///     Tuple or list of strings.
        ///   env
        ///     Dictionary of strings mapping to strings.
        ///   file_actions
        ///     A sequence of file action tuples.
        ///   setpgroup
        ///     The pgroup to use with the POSIX_SPAWN_SETPGROUP flag.
        ///   resetids
        #[doc = concat!("     If the value is `", $truth, "` the POSIX_SPAWN_RESETIDS will be activated.")]
        ///   setsid
        #[doc = concat!("     If the value is `", $truth, "` the POSIX_SPAWN_SETSID or POSIX_SPAWN_SETSID_NP")]
        ///     will be activated.
        ///   setsigmask
        ///     The sigmask to use with the POSIX_SPAWN_SETSIGMASK flag.
        ///   setsigdef
        ///     The sigmask to use with the POSIX_SPAWN_SETSIGDEF flag.
        ///   scheduler
        ///     A tuple with the scheduler policy (optional) and parameters.
        #[pyfunction(module = "posix")]
        #[signature = "(path, argv, env, /, *, file_actions=(), setpgroup=None, resetids=False, setsid=False, setsigmask=(), setsigdef=(), scheduler=None)"]
        pub fn $name(
            vm: &mut Vm,
            path: PathArg,
            argv: &Value,
            env: &Value,
            file_actions: Option<&Value>,
            setpgroup: Option<i32>,
            resetids: bool,
            setsid: bool,
            setsigmask: Option<&Value>,
            setsigdef: Option<&Value>,
            scheduler: Option<Scheduler>,
        ) -> PyResult<i32> {
            let options = Options { file_actions, setpgroup, resetids, setsid, setsigmask, setsigdef, scheduler };
            spawn(vm, $search, &path, argv, env, options)
        }
    };
}

spawn_function!(posix_spawn, false, "true");
// The program is looked up in the directories of `PATH`.
spawn_function!(posix_spawnp, true, "True");
