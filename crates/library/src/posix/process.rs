//! Processes: forking, executing, waiting, signals, groups and sessions.

use std::ffi::CString;

use pvm_interpreter::threads::check_not_finalizing;
use pvm_macros::{pyclass, pyfunction};
use pvm_object::list::List;
use pvm_object::tuple::Tuple;
use pvm_object::{HeapCell, HeapVec, PyResult, Ref, Value, Vm, exceptions, names, struct_sequence};

use super::audit::audit;
use super::path::{FsString, PathArg, PathOrFd, given};
use crate::resource::struct_rusage;
use crate::system::{self, CStrings, Program, SysResult};

struct_sequence! {
    /// waitid_result: what `waitid` learned
    ///
    /// A tuple of process, user, signal, status, and code.
    pub WAITID_RESULT = "waitid_result" in "posix", visible: 5, {
        si_pid: None,
        si_uid: None,
        si_signo: None,
        si_status: None,
        si_code: None,
    }
}

struct_sequence! {
    /// times_result: processor and real time
    ///
    /// A tuple of user and system time, the children's, and the time since some point, in seconds.
    pub TIMES_RESULT = "times_result" in "posix", visible: 5, {
        user: Some("user time"),
        system: Some("system time"),
        children_user: Some("user time of children"),
        children_system: Some("system time of children"),
        elapsed: Some("elapsed time since an arbitrary point in the past"),
    }
}

/// What is called around a `fork`.
#[pyclass(name = "_ForkHandlers", module = "posix", no_export)]
pub struct ForkHandlers {
    before: HeapCell<HeapVec<Value>>,
    in_parent: HeapCell<HeapVec<Value>>,
    in_child: HeapCell<HeapVec<Value>>,
}

impl ForkHandlers {
    fn of(vm: &mut Vm) -> Ref<ForkHandlers> {
        vm.module_state(|_| ForkHandlers {
            before: HeapCell::default(),
            in_parent: HeapCell::default(),
            in_child: HeapCell::default(),
        })
    }
}

fn run(vm: &mut Vm, handlers: &HeapCell<HeapVec<Value>>, reversed: bool) {
    let mut handlers: Vec<Value> = handlers.borrow(vm).iter().cloned().collect();
    if reversed {
        handlers.reverse();
    }
    for handler in handlers {
        if let Err(raised) = vm.call(&handler, &[]) {
            vm.report_unraisable(raised, Some("Exception ignored in fork handler"), Some(&handler));
        }
    }
}

/// Call functions around a `fork`: before it (the last one first), and after it in the parent and in the child.
#[pyfunction(module = "posix")]
#[signature = "(*, before=<unrepresentable>, after_in_child=<unrepresentable>, after_in_parent=<unrepresentable>)"]
#[text_signature = "($module, /, *, before=<unrepresentable>,\n                 after_in_child=<unrepresentable>,\n                 after_in_parent=<unrepresentable>)"]
pub fn register_at_fork(
    vm: &mut Vm,
    before: Option<&Value>,
    after_in_child: Option<&Value>,
    after_in_parent: Option<&Value>,
) -> PyResult<()> {
    let given = [("before", before), ("after_in_child", after_in_child), ("after_in_parent", after_in_parent)];
    if given.iter().all(|(_, handler)| handler.is_none()) {
        return Err(vm.type_error(format_args!("At least one argument is required.")));
    }
    for (name, handler) in given {
        if let Some(handler) = handler
            && handler.ty().slots().call().is_none()
        {
            let kind = vm.type_name(handler);
            return Err(vm.type_error(format_args!("'{name}' must be callable, not {kind}")));
        }
    }
    let handlers = ForkHandlers::of(vm);
    let places = [&handlers.before, &handlers.in_child, &handlers.in_parent];
    for ((_, handler), place) in given.into_iter().zip(places) {
        if let Some(handler) = handler {
            place.borrow_mut(vm).push(handler.clone())?;
        }
    }
    Ok(())
}

/// Before a `fork`.
pub fn before_fork(vm: &mut Vm) {
    let handlers = ForkHandlers::of(vm);
    run(vm, &handlers.before, true);
}

/// After a `fork`, in the parent.
pub fn after_fork_in_parent(vm: &mut Vm) {
    let handlers = ForkHandlers::of(vm);
    run(vm, &handlers.in_parent, false);
}

/// After a `fork`, in the child.
pub fn after_fork_in_child(vm: &mut Vm) {
    let handlers = ForkHandlers::of(vm);
    run(vm, &handlers.in_child, false);
}

/// Warns of a `fork` while other threads run (`warn_about_fork_with_threads`).
pub fn warn_of_threads(vm: &mut Vm, function: &str) -> PyResult<()> {
    if pvm_interpreter::threads::count(vm) == 0 {
        return Ok(());
    }
    let pid = std::process::id();
    let message = format!("This process (pid={pid}) is multi-threaded, use of {function}() may lead to deadlocks in the child.");
    vm.warn(&exceptions::DEPRECATION_WARNING, &message, 1)
}

/// Forks, with the interpreter in order in the child: 0 there, else the child's number.
pub fn fork_process(vm: &mut Vm) -> PyResult<SysResult<i32>> {
    pvm_interpreter::threads::fork(vm, || {
        let child = system::fork();
        (child, child == Ok(0))
    })
}

/// Make a copy of this process. Return 0 in the child, and the child's number in the parent.
#[pyfunction(module = "posix")]
#[signature = "()"]
pub fn fork(vm: &mut Vm) -> PyResult<i32> {
    check_not_finalizing(vm, "can't fork")?;
    audit!(vm, "os.fork");
    before_fork(vm);
    let child = fork_process(vm)?;
    match child {
        Ok(0) => after_fork_in_child(vm),
        _ => after_fork_in_parent(vm),
    }
    if !matches!(child, Ok(0)) {
        warn_of_threads(vm, "fork")?;
    }
    system::raise(vm, child)
}

/// As `fork`, with the child on a terminal of its own. Return the child's number and the terminal's other end.
#[pyfunction(module = "posix")]
#[signature = "()"]
pub fn forkpty(vm: &mut Vm) -> PyResult<(i32, i32)> {
    check_not_finalizing(vm, "can't fork")?;
    audit!(vm, "os.forkpty");
    before_fork(vm);
    let child = pvm_interpreter::threads::fork(vm, || {
        let child = system::fork_terminal();
        (child, matches!(child, Ok((0, _))))
    })?;
    match child {
        Ok((0, _)) => after_fork_in_child(vm),
        _ => after_fork_in_parent(vm),
    }
    if !matches!(child, Ok((0, _))) {
        warn_of_threads(vm, "forkpty")?;
    }
    system::raise(vm, child)
}

/// The arguments of a program.
pub fn arguments(vm: &mut Vm, argv: &Value, function: &str) -> PyResult<CStrings> {
    let items: Vec<Value> = match (argv.downcast::<List>(), argv.downcast::<Tuple>()) {
        (Some(list), _) => list.items(vm).to_vec(),
        (_, Some(tuple)) => tuple.as_slice().to_vec(),
        _ => return Err(vm.type_error(format_args!("{function} must be a tuple or list"))),
    };
    if items.is_empty() {
        return Err(vm.value_error(format_args!("{function} must not be empty")));
    }
    let mut strings = Vec::with_capacity(items.len());
    for item in &items {
        strings.push(FsString::of(vm, item)?.0);
    }
    if strings[0].as_bytes().is_empty() {
        return Err(vm.value_error(format_args!("{function} first element cannot be empty")));
    }
    Ok(CStrings::new(strings))
}

/// An environment out of a mapping: strings `name=value`.
pub fn environment(vm: &mut Vm, env: &Value) -> PyResult<CStrings> {
    let keys = vm.call_method(env, &names::keys, &[])?;
    let values = vm.call_method(env, &names::values, &[])?;
    let keys = vm.collect_or(&keys, "env.keys() or env.values() is not a list")?;
    let values = vm.collect_or(&values, "env.keys() or env.values() is not a list")?;
    let mut strings = Vec::with_capacity(keys.len());
    for (key, value) in keys.iter().zip(values.iter()) {
        let (key, value) = (FsString::of(vm, key)?.0, FsString::of(vm, value)?.0);
        if key.as_bytes().is_empty() || key.as_bytes().contains(&b'=') {
            return Err(vm.value_error(format_args!("illegal environment variable name")));
        }
        let joined = [key.as_bytes(), b"=", value.as_bytes()].concat();
        strings.push(CString::new(joined).unwrap_or_default());
    }
    Ok(CStrings::new(strings))
}

/// Execute a program in the place of this one.
#[pyfunction(module = "posix")]
#[signature = "(path, argv, /)"]
pub fn execv(vm: &mut Vm, path: PathArg, argv: &Value) -> PyResult<()> {
    let arguments = arguments(vm, argv, "execv() arg 2")?;
    audit!(vm, "os.exec", path, argv, None::<&Value>);
    let error = match given(path.file()) {
        Ok(file) => system::execute(Program::Path(file), &arguments, None),
        Err(errno) => errno,
    };
    Err(vm.os_error(error.raw_os_error()))
}

/// Execute a program in the place of this one, with an environment.
#[pyfunction(module = "posix")]
#[signature = "(path, argv, env)"]
pub fn execve(vm: &mut Vm, path: PathOrFd, argv: &Value, env: &Value) -> PyResult<()> {
    let arguments = arguments(vm, argv, "execve: argv")?;
    if env.ty().slots().getitem().is_none() {
        return Err(vm.type_error(format_args!("execve: environment must be a mapping object")));
    }
    let environment = environment(vm, env)?;
    audit!(vm, "os.exec", path, argv, env);
    let program = match path.file() {
        Some(file) => Program::Path(file),
        None => Program::Fd(path.fd),
    };
    let error = system::execute(program, &arguments, Some(&environment));
    Err(path.error(vm, error))
}

/// End the process at once, without anything that belongs to ending.
#[pyfunction(module = "posix")]
#[signature = "(status)"]
pub fn _exit(vm: &mut Vm, status: i32) {
    let _ = vm;
    system::exit_now(status)
}

/// End the process by the signal SIGABRT.
#[pyfunction(module = "posix")]
#[signature = "()"]
pub fn abort(vm: &mut Vm) {
    let _ = vm;
    std::process::abort()
}

/// Run a command in a shell, and return its status.
#[pyfunction(module = "posix", name = "system")]
#[signature = "(command)"]
pub fn run_command(vm: &mut Vm, command: FsString) -> PyResult<i32> {
    audit!(vm, "os.system", command);
    let command = command.0;
    Ok(vm.detach(|| system::run_command(&command)))
}

/// Wait for any child. Return its number and its status.
#[pyfunction(module = "posix")]
#[signature = "()"]
pub fn wait(vm: &mut Vm) -> PyResult<(i32, i32)> {
    system::call(vm, || system::wait_pid(-1, 0))
}

/// Wait for a child. Return its number and its status.
#[pyfunction(module = "posix")]
#[signature = "(pid, options, /)"]
pub fn waitpid(vm: &mut Vm, pid: i32, options: i32) -> PyResult<(i32, i32)> {
    system::call(vm, || system::wait_pid(pid, options))
}

/// Wait for any child. Return its number, its status, and what it used.
#[pyfunction(module = "posix")]
#[signature = "(options)"]
pub fn wait3(vm: &mut Vm, options: i32) -> PyResult<(i32, i32, Value)> {
    wait4(vm, -1, options)
}

/// Wait for a child. Return its number, its status, and what it used.
#[pyfunction(module = "posix")]
#[signature = "(pid, options)"]
pub fn wait4(vm: &mut Vm, pid: i32, options: i32) -> PyResult<(i32, i32, Value)> {
    let (pid, status, usage) = system::call(vm, || system::wait_for(pid, options))?;
    let usage = struct_rusage(vm, &usage)?;
    Ok((pid, status, usage.into()))
}

/// Wait for children of a kind: P_PID, P_PGID, P_ALL or P_PIDFD. Return what happened, `None` if nothing did.
#[pyfunction(module = "posix")]
#[signature = "(idtype, id, options, /)"]
pub fn waitid(vm: &mut Vm, idtype: i32, id: i32, options: i32) -> PyResult {
    let found = system::call(vm, || system::wait_id(idtype as u32, id as u32, options))?;
    let Some(fields) = found else {
        return Ok(Value::none());
    };
    let items = fields.into_iter().map(Value::from_i32).collect();
    Ok(WAITID_RESULT.make(vm, items)?.into())
}

macro_rules! status_functions {
    ($($(#[$doc:meta])* $name:ident -> $ty:ty = $call:path;)*) => {$(
        $(#[$doc])*
        #[pyfunction(module = "posix")]
        #[signature = "(status)"]
        #[allow(non_snake_case)]
        pub fn $name(status: i32) -> $ty {
            $call(status)
        }
    )*};
}

status_functions! {
    /// Whether the process went on after it was stopped.
    WIFCONTINUED -> bool = libc::WIFCONTINUED;
    /// Whether the process was stopped.
    WIFSTOPPED -> bool = libc::WIFSTOPPED;
    /// Whether a signal ended the process.
    WIFSIGNALED -> bool = libc::WIFSIGNALED;
    /// Whether the process exited.
    WIFEXITED -> bool = libc::WIFEXITED;
    /// The code that the process exited with.
    WEXITSTATUS -> i32 = libc::WEXITSTATUS;
    /// The signal that ended the process.
    WTERMSIG -> i32 = libc::WTERMSIG;
    /// The signal that stopped the process.
    WSTOPSIG -> i32 = libc::WSTOPSIG;
}

/// Whether the process left a core file.
#[pyfunction(module = "posix")]
#[signature = "(status, /)"]
#[allow(non_snake_case)]
pub fn WCOREDUMP(status: i32) -> bool {
    libc::WCOREDUMP(status)
}

/// The exit code in a status; the negative number of the signal that ended the process, if one did.
#[pyfunction(module = "posix")]
#[signature = "(status)"]
pub fn waitstatus_to_exitcode(vm: &mut Vm, status: i32) -> PyResult<i32> {
    if libc::WIFEXITED(status) {
        return Ok(libc::WEXITSTATUS(status));
    }
    if libc::WIFSIGNALED(status) {
        return Ok(-libc::WTERMSIG(status));
    }
    if libc::WIFSTOPPED(status) {
        let signal = libc::WSTOPSIG(status);
        return Err(vm.value_error(format_args!("process stopped by delivery of signal {signal}")));
    }
    Err(vm.value_error(format_args!("invalid wait status: {status}")))
}

/// Send a signal to a process.
#[pyfunction(module = "posix")]
#[signature = "(pid, signal, /)"]
pub fn kill(vm: &mut Vm, pid: i32, signal: i32) -> PyResult<()> {
    audit!(vm, "os.kill", pid, signal);
    let result = system::kill(pid, signal);
    system::raise(vm, result)?;
    // A signal sent to this process may have arrived already.
    vm.poll(0)
}

/// Send a signal to a process group.
#[pyfunction(module = "posix")]
#[signature = "(pgid, signal, /)"]
pub fn killpg(vm: &mut Vm, pgid: i32, signal: i32) -> PyResult<()> {
    audit!(vm, "os.killpg", pgid, signal);
    let result = system::kill_group(pgid, signal);
    system::raise(vm, result)?;
    vm.poll(0)
}

/// Return the number of this process.
#[pyfunction(module = "posix")]
#[signature = "()"]
pub fn getpid() -> u32 {
    std::process::id()
}

/// Return the number of the process above this one.
#[pyfunction(module = "posix")]
#[signature = "()"]
pub fn getppid() -> u32 {
    std::os::unix::process::parent_id()
}

/// Return the group of this process.
#[pyfunction(module = "posix")]
#[signature = "()"]
pub fn getpgrp(vm: &mut Vm) -> PyResult<i32> {
    let group = system::process_group(0);
    system::raise(vm, group)
}

/// Make this process the leader of its group.
#[pyfunction(module = "posix")]
#[signature = "()"]
pub fn setpgrp(vm: &mut Vm) -> PyResult<()> {
    let result = system::set_process_group(0, 0);
    system::raise(vm, result).map(drop)
}

/// Return the group of a process.
#[pyfunction(module = "posix")]
#[signature = "(pid)"]
pub fn getpgid(vm: &mut Vm, pid: i32) -> PyResult<i32> {
    let group = system::process_group(pid);
    system::raise(vm, group)
}

/// Put a process into a group.
#[pyfunction(module = "posix")]
#[signature = "(pid, pgrp, /)"]
pub fn setpgid(vm: &mut Vm, pid: i32, pgrp: i32) -> PyResult<()> {
    let result = system::set_process_group(pid, pgrp);
    system::raise(vm, result).map(drop)
}

/// Return the session of a process.
#[pyfunction(module = "posix")]
#[signature = "(pid, /)"]
pub fn getsid(vm: &mut Vm, pid: i32) -> PyResult<i32> {
    let session = system::session(pid);
    system::raise(vm, session)
}

/// Begin a session of this process's own.
#[pyfunction(module = "posix")]
#[signature = "()"]
pub fn setsid(vm: &mut Vm) -> PyResult<()> {
    let result = system::new_session();
    system::raise(vm, result).map(drop)
}

/// Set the permissions that new files do not get, and return those before.
#[pyfunction(module = "posix")]
#[signature = "(mask, /)"]
pub fn umask(mask: i32) -> u32 {
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(mask as u32)).as_raw_mode()
}

/// Make this process nicer to others, and return how nice it is.
#[pyfunction(module = "posix")]
#[signature = "(increment, /)"]
pub fn nice(vm: &mut Vm, increment: i32) -> PyResult<i64> {
    let result = system::be_nice(increment);
    system::raise(vm, result)
}

/// Return the priority of a process, group or user.
#[pyfunction(module = "posix")]
#[signature = "(which, who)"]
pub fn getpriority(vm: &mut Vm, which: i32, who: i32) -> PyResult<i64> {
    let priority = system::priority(which as u32, who as u32);
    system::raise(vm, priority)
}

/// Set the priority of a process, group or user.
#[pyfunction(module = "posix")]
#[signature = "(which, who, priority)"]
pub fn setpriority(vm: &mut Vm, which: i32, who: i32, priority: i32) -> PyResult<()> {
    let result = system::set_priority(which as u32, who as u32, priority);
    system::raise(vm, result).map(drop)
}

/// Return processor times of this process and of its children, and the time since some point.
#[pyfunction(module = "posix")]
#[signature = "()"]
pub fn times(vm: &mut Vm) -> PyResult<Ref<Tuple>> {
    let ticks = system::process_times();
    let ticks = system::raise(vm, ticks)?;
    let per_second = system::configuration(libc::_SC_CLK_TCK).ok().flatten().unwrap_or(100) as f64;
    let items = ticks.into_iter().map(|ticks| vm.float(ticks as f64 / per_second)).collect();
    TIMES_RESULT.make(vm, items)
}

/// Run the hook that waits for input, where there is one.
#[pyfunction(module = "posix")]
#[signature = "()"]
pub fn _inputhook() -> i32 {
    0
}

/// Whether there is a hook that waits for input.
#[pyfunction(module = "posix")]
#[signature = "()"]
pub fn _is_inputhook_installed() -> bool {
    false
}

/// Join the namespace of a descriptor.
#[pyfunction(module = "posix")]
#[signature = "(fd, nstype=0)"]
pub fn setns(vm: &mut Vm, fd: crate::parameters::Descriptor, nstype: i32) -> PyResult<()> {
    let result = system::join_namespace(fd.0, nstype);
    system::raise(vm, result).map(drop)
}

/// Have namespaces of this process's own, as flags say.
#[pyfunction(module = "posix")]
#[signature = "(flags)"]
pub fn unshare(vm: &mut Vm, flags: i32) -> PyResult<()> {
    let result = system::leave_namespaces(flags);
    system::raise(vm, result).map(drop)
}
