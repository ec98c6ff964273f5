//! `_posixsubprocess`: making a child process and what it does before it executes a program.

use std::ffi::CString;

use pvm_interpreter::audit;
use pvm_interpreter::threads::check_not_finalizing;
use pvm_object::bytes::Bytes;
use pvm_object::list::List;
use pvm_object::tuple::Tuple;
use pvm_object::{Object, PyResult, Value, Vm};

use crate::posix::path::FsString;
use crate::posix::process;
use crate::posix::stat::Id;
use crate::system::{self, CStrings, ChildPlan};

#[pvm_macros::pymodule(name = "_posixsubprocess")]
pub mod native {
    //! A POSIX helper for the subprocess module.

    #[export]
    use super::fork_exec;
}

/// The descriptors to keep, which have to be in ascending order (`_sanity_check_python_fd_sequence`).
fn kept(vm: &mut Vm, fds: &Object<Tuple>) -> PyResult<Vec<i32>> {
    let mut kept = Vec::with_capacity(fds.as_slice().len());
    let mut last = -1;
    for fd in fds.as_slice() {
        match fd.as_small_int().map(i32::try_from) {
            Some(Ok(fd)) if fd > last => {
                kept.push(fd);
                last = fd;
            }
            _ => return Err(vm.value_error(format_args!("bad value(s) in fds_to_keep"))),
        }
    }
    Ok(kept)
}

/// Byte strings without null characters (`_PySequence_BytesToCharpArray`).
fn byte_strings(vm: &mut Vm, sequence: &Value) -> PyResult<CStrings> {
    let slots = sequence.ty().slots();
    if slots.item().is_none() && slots.getitem().is_none() {
        let kind = vm.type_name(sequence);
        return Err(vm.type_error(format_args!("'{kind}' object is not a sequence")));
    }
    let count = vm.len(sequence)?;
    let mut strings = Vec::with_capacity(count);
    for index in 0..count {
        let index = vm.int(index as i64);
        let item = vm.getitem(sequence, &index)?;
        let Some(bytes) = item.downcast::<Bytes>() else {
            let kind = vm.type_name(&item);
            return Err(vm.type_error(format_args!("expected bytes, {kind} found")));
        };
        match CString::new(bytes.as_slice()) {
            Ok(string) => strings.push(string),
            Err(_) => return Err(vm.value_error(format_args!("embedded null byte"))),
        }
    }
    Ok(CStrings::new(strings))
}

/// The program's arguments.
fn arguments(vm: &mut Vm, args: &Value) -> PyResult<CStrings> {
    let items = vm.items_or(args, "argv must be a tuple")?;
    let count = items.as_slice(vm).len();
    let mut strings = Vec::with_capacity(count);
    for index in 0..count {
        let same = items.as_slice(vm).len() == count;
        let Some(item) = items.as_slice(vm).get(index).filter(|_| same).cloned() else {
            return Err(vm.runtime_error(format_args!("args changed during iteration")));
        };
        strings.push(FsString::of(vm, &item)?.0);
    }
    Ok(CStrings::new(strings))
}

/// A user or group to become.
fn id<const GROUP: bool>(vm: &mut Vm, value: Option<&Value>) -> PyResult<Option<u32>> {
    let Some(value) = value else {
        return Ok(None);
    };
    let name = if GROUP { "gid" } else { "uid" };
    if value.as_int().is_none() {
        return Err(vm.type_error(format_args!("{name} must be integer or None")));
    }
    Id::<GROUP>::of(vm, value).map(|id| Some(id.0))
}

/// The further groups to be in.
fn groups(vm: &mut Vm, value: Option<&Value>) -> PyResult<Option<Vec<u32>>> {
    const MOST: usize = 65536;
    let Some(value) = value else {
        return Ok(None);
    };
    let Some(list) = value.downcast::<List>() else {
        return Err(vm.type_error(format_args!("setgroups argument must be a list")));
    };
    if list.len(vm) > MOST {
        return Err(vm.value_error(format_args!("too many extra_groups")));
    }
    let items = list.items(vm).to_vec();
    let mut groups = Vec::with_capacity(items.len());
    for item in &items {
        if item.as_int().is_none() {
            return Err(vm.type_error(format_args!("extra_groups must be integers")));
        }
        match Id::<true>::of(vm, item) {
            Ok(id) => groups.push(id.0),
            Err(raised) => {
                drop(vm.catch(raised));
                return Err(vm.value_error(format_args!("invalid group id")));
            }
        }
    }
    Ok(Some(groups))
}

/// fork_exec(args, executable_list, close_fds, pass_fds, cwd, env, p2cread, p2cwrite, c2pread, c2pwrite, errread, errwrite, errpipe_read, errpipe_write, restore_signals, call_setsid, pgid_to_set, gid, extra_groups, uid, child_umask, preexec_fn, /)
/// --
///
/// Spawn a fresh new child process.
///
/// Fork a child process, close parent file descriptors as appropriate in
/// the child and duplicate the few that are needed before calling exec() in
/// the child process.
///
/// If close_fds is True, close file descriptors 3 and higher, except those
/// listed in the sorted tuple pass_fds.
///
/// The preexec_fn, if supplied, will be called immediately before closing
/// file descriptors and exec.
///
/// WARNING: preexec_fn is NOT SAFE if your application uses threads.
///          It may trigger infrequent, difficult to debug deadlocks.
///
/// If an error occurs in the child process before the exec, it is
/// serialized and written to the errpipe_write fd per subprocess.py.
///
/// Returns: the child process's PID.
///
/// Raises: Only on an error in the parent process.
#[pvm_macros::pyfunction(module = "_posixsubprocess")]
pub fn fork_exec(
    vm: &mut Vm,
    args: &Value,
    executable_list: &Value,
    close_fds: bool,
    pass_fds: &Object<Tuple>,
    cwd: Option<&Value>,
    env: Option<&Value>,
    p2cread: i32,
    p2cwrite: i32,
    c2pread: i32,
    c2pwrite: i32,
    errread: i32,
    errwrite: i32,
    errpipe_read: i32,
    errpipe_write: i32,
    restore_signals: bool,
    call_setsid: bool,
    pgid_to_set: i32,
    gid: Option<&Value>,
    extra_groups: Option<&Value>,
    uid: Option<&Value>,
    child_umask: i32,
    preexec_fn: Option<&Value>,
) -> PyResult<i32> {
    if close_fds && errpipe_write < 3 {
        return Err(vm.value_error(format_args!("errpipe_write must be >= 3")));
    }
    let keep = kept(vm, pass_fds)?;
    let executables = byte_strings(vm, executable_list)?;
    let arguments = arguments(vm, args)?;
    let environment = match env {
        Some(env) => Some(byte_strings(vm, env)?),
        None => None,
    };
    let event = [executable_list.clone(), args.clone(), env.cloned().unwrap_or_else(Value::none)];
    audit::event(vm, "_posixsubprocess.fork_exec", &event)?;
    let directory = match cwd {
        Some(cwd) => Some(FsString::of(vm, cwd)?.0),
        None => None,
    };
    let groups = groups(vm, extra_groups)?;
    let plan = ChildPlan {
        executables,
        arguments,
        environment,
        directory,
        close_fds,
        keep,
        streams: [p2cread, c2pwrite, errwrite],
        parent_ends: [p2cwrite, c2pread, errread],
        errors: errpipe_write,
        restore_signals,
        new_session: call_setsid,
        process_group: pgid_to_set,
        group: id::<true>(vm, gid)?,
        user: id::<false>(vm, uid)?,
        groups,
        mask: child_umask,
    };
    // The parent's reading end of the pipe for errors is closed by the child's program, as it is not inherited.
    let _ = errpipe_read;
    let Some(function) = preexec_fn else {
        let child = plan.start();
        return system::raise(vm, child);
    };
    check_not_finalizing(vm, "preexec_fn not supported")?;
    process::before_fork(vm);
    let child = process::fork_process(vm)?;
    if matches!(child, Ok(0)) {
        process::after_fork_in_child(vm);
        plan.run_with(|| match vm.call(function, &[]) {
            Ok(_) => true,
            Err(raised) => {
                drop(vm.catch(raised));
                false
            }
        });
    }
    process::after_fork_in_parent(vm);
    system::raise(vm, child)
}
