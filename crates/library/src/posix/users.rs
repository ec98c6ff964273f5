//! Users and groups of the process.

use pvm_macros::pyfunction;
use pvm_object::list::List;
use pvm_object::{PyResult, Ref, Value, Vm};

use super::path::FsString;
use super::stat::Id;
use crate::paths;
use crate::system;

type User = Id<false>;
type Group = Id<true>;

/// Return the user of this process.
#[pyfunction(module = "posix")]
#[signature = "()"]
pub fn getuid() -> u32 {
    rustix::process::getuid().as_raw()
}

/// Return the user by whom this process's rights are.
#[pyfunction(module = "posix")]
#[signature = "()"]
pub fn geteuid() -> u32 {
    rustix::process::geteuid().as_raw()
}

/// Return the group of this process.
#[pyfunction(module = "posix")]
#[signature = "()"]
pub fn getgid() -> u32 {
    rustix::process::getgid().as_raw()
}

/// Return the group by which this process's rights are.
#[pyfunction(module = "posix")]
#[signature = "()"]
pub fn getegid() -> u32 {
    rustix::process::getegid().as_raw()
}

/// Return the real, the effective and the saved user.
#[pyfunction(module = "posix")]
#[signature = "()"]
pub fn getresuid(vm: &mut Vm) -> PyResult<(u32, u32, u32)> {
    let ids = system::user_ids();
    system::raise(vm, ids).map(|[real, effective, saved]| (real, effective, saved))
}

/// Return the real, the effective and the saved group.
#[pyfunction(module = "posix")]
#[signature = "()"]
pub fn getresgid(vm: &mut Vm) -> PyResult<(u32, u32, u32)> {
    let ids = system::group_ids();
    system::raise(vm, ids).map(|[real, effective, saved]| (real, effective, saved))
}

macro_rules! id_setters {
    ($($(#[$doc:meta])* $name:ident($($arg:ident: $ty:ty),*) $signature:literal = $call:path;)*) => {$(
        $(#[$doc])*
        #[pyfunction(module = "posix")]
        #[signature = $signature]
        pub fn $name(vm: &mut Vm, $($arg: $ty),*) -> PyResult<()> {
            let result = $call($($arg.0),*);
            system::raise(vm, result).map(drop)
        }
    )*};
}

id_setters! {
    /// Set the user of this process.
    setuid(uid: User) "(uid, /)" = system::set_user;
    /// Set the effective user of this process.
    seteuid(euid: User) "(euid, /)" = system::set_effective_user;
    /// Set the group of this process.
    setgid(gid: Group) "(gid, /)" = system::set_group;
    /// Set the effective group of this process.
    setegid(egid: Group) "(egid, /)" = system::set_effective_group;
    /// Set the real and the effective user of this process.
    setreuid(ruid: User, euid: User) "(ruid, euid, /)" = system::set_users;
    /// Set the real and the effective group of this process.
    setregid(rgid: Group, egid: Group) "(rgid, egid, /)" = system::set_groups_of_process;
    /// Set the real, the effective and the saved user of this process.
    setresuid(ruid: User, euid: User, suid: User) "(ruid, euid, suid, /)" = system::set_all_users;
    /// Set the real, the effective and the saved group of this process.
    setresgid(rgid: Group, egid: Group, sgid: Group) "(rgid, egid, sgid, /)" = system::set_all_groups;
}

fn list_of(vm: &mut Vm, groups: Vec<u32>) -> PyResult<Ref<List>> {
    let groups: Vec<Value> = groups.into_iter().map(|group| vm.int(group.into())).collect();
    Ok(vm.try_list(groups)?)
}

/// Return the further groups of this process.
#[pyfunction(module = "posix")]
#[signature = "()"]
pub fn getgroups(vm: &mut Vm) -> PyResult<Ref<List>> {
    let groups = system::groups();
    let groups = system::raise(vm, groups)?;
    list_of(vm, groups)
}

/// Set the further groups of this process.
#[pyfunction(module = "posix")]
#[signature = "(groups, /)"]
pub fn setgroups(vm: &mut Vm, groups: &Value) -> PyResult<()> {
    const MOST: usize = 65536;
    let slots = groups.ty().slots();
    if slots.item().is_none() && slots.getitem().is_none() {
        return Err(vm.type_error(format_args!("setgroups argument must be a sequence")));
    }
    let count = vm.len(groups)?;
    if count > MOST {
        return Err(vm.value_error(format_args!("too many groups")));
    }
    let mut numbers = Vec::with_capacity(count);
    for index in 0..count {
        let index = vm.int(index as i64);
        let item = vm.getitem(groups, &index)?;
        if item.as_int().is_none() {
            return Err(vm.type_error(format_args!("groups must be integers")));
        }
        numbers.push(Group::of(vm, &item)?.0);
    }
    let result = system::set_groups(&numbers);
    system::raise(vm, result)
}

/// Return the groups that a user belongs to, the given one among them.
#[pyfunction(module = "posix")]
#[signature = "(user, group, /)"]
pub fn getgrouplist(vm: &mut Vm, user: FsString, group: u32) -> PyResult<Ref<List>> {
    let groups = system::groups_of(&user.0, group);
    let groups = system::raise(vm, groups)?;
    list_of(vm, groups)
}

/// Give this process the groups of a user, and the given one.
#[pyfunction(module = "posix")]
#[signature = "(username, gid, /)"]
pub fn initgroups(vm: &mut Vm, username: FsString, gid: u32) -> PyResult<()> {
    let result = system::init_groups(&username.0, gid);
    system::raise(vm, result)
}

/// Return the name of the user at the process's terminal.
#[pyfunction(module = "posix")]
#[signature = "()"]
pub fn getlogin(vm: &mut Vm) -> PyResult {
    let name = system::login_name();
    let name = system::raise(vm, name)?;
    Ok(paths::decode_name(vm, &name)?.into())
}
