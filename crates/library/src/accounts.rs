//! `pwd` and `grp`: the users and groups of the system.

use std::ffi::CString;

use pvm_object::str::Str;
use pvm_object::tuple::Tuple;
use pvm_object::{Object, PyResult, Ref, Value, Vm, exceptions, struct_sequence};

use crate::paths;
use crate::system::{Group, User};

struct_sequence! {
    /// pwd.struct_passwd: Results from getpw*() routines.
    ///
    /// This object may be accessed either as a tuple of
    ///   (pw_name,pw_passwd,pw_uid,pw_gid,pw_gecos,pw_dir,pw_shell)
    /// or via the object attributes as named in the above tuple.
    pub STRUCT_PASSWD = "struct_passwd" in "pwd", visible: 7, {
        pw_name: Some("user name"),
        pw_passwd: Some("password"),
        pw_uid: Some("user id"),
        pw_gid: Some("group id"),
        pw_gecos: Some("real name"),
        pw_dir: Some("home directory"),
        pw_shell: Some("shell program"),
    }
}

struct_sequence! {
    /// grp.struct_group: Results from getgr*() routines.
    ///
    /// This object may be accessed either as a tuple of
    ///   (gr_name,gr_passwd,gr_gid,gr_mem)
    /// or via the object attributes as named in the above tuple.
    pub STRUCT_GROUP = "struct_group" in "grp", visible: 4, {
        gr_name: Some("group name"),
        gr_passwd: Some("password"),
        gr_gid: Some("group id"),
        gr_mem: Some("group members"),
    }
}

fn text(vm: &mut Vm, bytes: &[u8]) -> PyResult {
    Ok(paths::decode_name(vm, bytes)?.into())
}

fn struct_passwd(vm: &mut Vm, user: &User) -> PyResult<Ref<Tuple>> {
    let items = vec![
        text(vm, &user.name)?,
        text(vm, &user.password)?,
        vm.int(user.uid.into()),
        vm.int(user.gid.into()),
        text(vm, &user.comment)?,
        text(vm, &user.directory)?,
        text(vm, &user.shell)?,
    ];
    STRUCT_PASSWD.make(vm, items)
}

fn struct_group(vm: &mut Vm, group: &Group) -> PyResult<Ref<Tuple>> {
    let mut members: Vec<Value> = Vec::with_capacity(group.members.len());
    for member in &group.members {
        members.push(text(vm, member)?);
    }
    let members = vm.try_list(members)?.into();
    let items = vec![text(vm, &group.name)?, text(vm, &group.password)?, vm.int(group.gid.into()), members];
    STRUCT_GROUP.make(vm, items)
}

/// A name to look up, in the encoding of file names.
fn name(vm: &mut Vm, name: &Object<Str>) -> PyResult<CString> {
    let bytes = paths::encode(vm, name)?;
    CString::new(bytes).map_err(|_| vm.value_error(format_args!("embedded null byte")))
}

/// The `KeyError` of a lookup that found nothing.
fn not_found(vm: &mut Vm, what: &str, key: &Value, quoted: bool) -> PyResult<pvm_object::Raised> {
    let key = if quoted { vm.repr(key)? } else { vm.str(key)? };
    Ok(vm.raise_message(&exceptions::KEY_ERROR, format_args!("{what}: {key}")))
}

#[pvm_macros::pymodule(name = "pwd")]
pub mod users {
    //! This module provides access to the Unix password database.
    //! It is available on all Unix versions.
    //!
    //! Password database entries are reported as 7-tuples containing the following
    //! items from the password database (see `<pwd.h>'), in order:
    //! pw_name, pw_passwd, pw_uid, pw_gid, pw_gecos, pw_dir, pw_shell.
    //! The uid and gid items are integers, all others are strings. An
    //! exception is raised if the entry asked for cannot be found.

    use pvm_macros::pyfunction;
    use pvm_object::list::List;
    use pvm_object::str::Str;
    use pvm_object::tuple::Tuple;
    use pvm_object::{Object, PyResult, Ref, Value, Vm, exceptions};

    use super::{STRUCT_PASSWD, not_found, struct_passwd};
    use crate::posix::stat::Id;
    use crate::system::{self, Key};

    /// getpwuid(uidobj, /)
    /// --
    ///
    /// Return the password database entry for the given numeric user ID.
    ///
    /// See `help(pwd)` for more on password database entries.
    #[pyfunction]
    fn getpwuid(vm: &mut Vm, uidobj: &Value) -> PyResult<Ref<Tuple>> {
        let uid = match Id::<false>::of(vm, uidobj) {
            Ok(uid) => uid.0,
            Err(raised) if vm.pending_is(&exceptions::OVERFLOW_ERROR) => {
                drop(vm.catch(raised));
                return Err(vm.raise_message(&exceptions::KEY_ERROR, format_args!("getpwuid(): uid not found")));
            }
            Err(raised) => return Err(raised),
        };
        let found = vm.detach(|| system::user(Key::Number(uid)));
        match system::raise(vm, found)? {
            Some(user) => struct_passwd(vm, &user),
            None => Err(not_found(vm, "getpwuid(): uid not found", uidobj, false)?),
        }
    }

    /// getpwnam(name, /)
    /// --
    ///
    /// Return the password database entry for the given user name.
    ///
    /// See `help(pwd)` for more on password database entries.
    #[pyfunction]
    fn getpwnam(vm: &mut Vm, name: &Object<Str>) -> PyResult<Ref<Tuple>> {
        let key = super::name(vm, name)?;
        let found = vm.detach(|| system::user(Key::Name(&key)));
        match system::raise(vm, found)? {
            Some(user) => struct_passwd(vm, &user),
            None => Err(not_found(vm, "getpwnam(): name not found", &name.to_value(), true)?),
        }
    }

    /// Return a list of all available password database entries, in arbitrary order.
    ///
    /// See help(pwd) for more on password database entries.
    #[pyfunction]
    fn getpwall(vm: &mut Vm) -> PyResult<Ref<List>> {
        let mut entries: Vec<Value> = Vec::new();
        for user in vm.detach(system::users) {
            entries.push(struct_passwd(vm, &user)?.into());
        }
        Ok(vm.try_list(entries)?)
    }

    #[init]
    fn init(vm: &mut Vm, module: &Value) -> PyResult<()> {
        crate::constants::set(vm, module, "struct_passwd", &STRUCT_PASSWD.class.to_value())
    }
}

#[pvm_macros::pymodule(name = "grp")]
pub mod groups {
    //! Access to the Unix group database.
    //!
    //! Group entries are reported as 4-tuples containing the following fields
    //! from the group database, in order:
    //!
    //!   name   - name of the group
    //!   passwd - group password (encrypted); often empty
    //!   gid    - numeric ID of the group
    //!   mem    - list of members
    //!
    //! The gid is an integer, name and password are strings.  (Note that most
    //! users are not explicitly listed as members of the groups they are in
    //! according to the password database.  Check both databases to get
    //! complete membership information.)

    use pvm_macros::pyfunction;
    use pvm_object::list::List;
    use pvm_object::str::Str;
    use pvm_object::tuple::Tuple;
    use pvm_object::{Object, PyResult, Ref, Value, Vm};

    use super::{STRUCT_GROUP, not_found, struct_group};
    use crate::posix::stat::Id;
    use crate::system::{self, Key};

    /// getgrgid(id)
    /// --
    ///
    /// Return the group database entry for the given numeric group ID.
    ///
    /// If id is not valid, raise KeyError.
    #[pyfunction]
    fn getgrgid(vm: &mut Vm, id: &Value) -> PyResult<Ref<Tuple>> {
        let gid = Id::<true>::of(vm, id)?.0;
        let found = vm.detach(|| system::group(Key::Number(gid)));
        match system::raise(vm, found)? {
            Some(group) => struct_group(vm, &group),
            None => Err(not_found(vm, "getgrgid(): gid not found", id, false)?),
        }
    }

    /// getgrnam(name)
    /// --
    ///
    /// Return the group database entry for the given group name.
    ///
    /// If name is not valid, raise KeyError.
    #[pyfunction]
    fn getgrnam(vm: &mut Vm, name: &Object<Str>) -> PyResult<Ref<Tuple>> {
        let key = super::name(vm, name)?;
        let found = vm.detach(|| system::group(Key::Name(&key)));
        match system::raise(vm, found)? {
            Some(group) => struct_group(vm, &group),
            None => Err(not_found(vm, "getgrnam(): name not found", &name.to_value(), true)?),
        }
    }

    /// Return a list of all available group entries, in arbitrary order.
    ///
    /// An entry whose name starts with '+' or '-' represents an instruction
    /// to use YP/NIS and may not be accessible via getgrnam or getgrgid.
    #[pyfunction]
    fn getgrall(vm: &mut Vm) -> PyResult<Ref<List>> {
        let mut entries: Vec<Value> = Vec::new();
        for group in vm.detach(system::all_groups) {
            entries.push(struct_group(vm, &group)?.into());
        }
        Ok(vm.try_list(entries)?)
    }

    #[init]
    fn init(vm: &mut Vm, module: &Value) -> PyResult<()> {
        crate::constants::set(vm, module, "struct_group", &STRUCT_GROUP.class.to_value())
    }
}
