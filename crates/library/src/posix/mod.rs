//! `posix`: the calls of the system, which `os` is made of.
//!
//! | file | what |
//! |---|---|
//! | `path.rs` | parameters: paths, descriptors, directories |
//! | `audit.rs` | what those who audit the program are told |
//! | `stat.rs` | what is known of files; modes, owners, times |
//! | `files.rs`, `directory.rs` | names of files; contents of directories |
//! | `devices.rs` | numbers of devices |
//! | `descriptors.rs` | descriptors |
//! | `environment.rs` | variables, the machine, random bytes |
//! | `process.rs`, `spawn.rs`, `users.rs`, `scheduling.rs` | processes |
//! | `terminal.rs`, `transfer.rs`, `xattr.rs` | terminals; other descriptors; extended attributes |
//! | `configuration.rs`, `constants.rs` | tables of names and numbers |
//! | `pathsyntax.rs` | the syntax of paths |

mod audit;
mod configuration;
mod constants;
mod descriptors;
mod devices;
mod directory;
mod environment;
mod files;
pub mod path;
mod pathsyntax;
pub mod process;
mod scheduling;
mod spawn;
pub mod stat;
mod terminal;
mod transfer;
mod users;
mod xattr;

use pvm_macros::pymodule;

#[pymodule(name = "posix")]
pub mod native {
    //! The calls of the system, as POSIX and C define them. The module os is the way to use them.

    use pvm_object::{PyResult, Value, Vm, exceptions};

    #[export]
    use super::configuration::{confstr, fpathconf, pathconf, sysconf};
    #[export]
    use super::descriptors::{
        close, closerange, dup, dup2, fdatasync, fsync, ftruncate, get_blocking, get_inheritable, isatty, lockf, lseek, open,
        pipe, pipe2, posix_fadvise, posix_fallocate, pread, preadv, pwrite, pwritev, read, readinto, readv, set_blocking,
        set_inheritable, sync, truncate, write, writev,
    };
    #[export]
    use super::devices::{major, makedev, minor};
    #[export]
    use super::directory::{DirEntry, listdir, scandir};
    #[export]
    use super::environment::{_create_environ, cpu_count, getloadavg, getrandom, putenv, strerror, uname, unsetenv, urandom};
    #[export]
    use super::files::{getcwd, getcwdb, link, mkdir, mkfifo, mknod, readlink, remove, rename, replace, rmdir, symlink, unlink};
    #[export]
    use super::pathsyntax::{_path_normpath, _path_splitroot_ex, fspath};
    #[export]
    use super::process::{
        _exit, _inputhook, _is_inputhook_installed, WCOREDUMP, WEXITSTATUS, WIFCONTINUED, WIFEXITED, WIFSIGNALED, WIFSTOPPED,
        WSTOPSIG, WTERMSIG, abort, execv, execve, fork, forkpty, getpgid, getpgrp, getpid, getppid, getpriority, getsid, kill,
        killpg, nice, register_at_fork, run_command, setns, setpgid, setpgrp, setpriority, setsid, times, umask, unshare, wait,
        wait3, wait4, waitid, waitpid, waitstatus_to_exitcode,
    };
    #[export]
    use super::scheduling::{
        sched_get_priority_max, sched_get_priority_min, sched_getaffinity, sched_getparam, sched_getscheduler,
        sched_rr_get_interval, sched_setaffinity, sched_setparam, sched_setscheduler, sched_yield,
    };
    #[export]
    use super::spawn::{posix_spawn, posix_spawnp};
    #[export]
    use super::stat::{
        access, chdir, chmod, chown, chroot, fchdir, fchmod, fchown, fstat, fstatvfs, lchown, lstat, stat, statvfs, utime,
    };
    #[export]
    use super::terminal::{
        ctermid, device_encoding, get_terminal_size, grantpt, login_tty, openpty, posix_openpt, ptsname, tcgetpgrp, tcsetpgrp,
        ttyname, unlockpt,
    };
    #[export]
    use super::transfer::{
        copy_file_range, eventfd, eventfd_read, eventfd_write, memfd_create, pidfd_open, sendfile, splice, timerfd_create,
        timerfd_gettime, timerfd_gettime_ns, timerfd_settime, timerfd_settime_ns,
    };
    #[export]
    use super::users::{
        getegid, geteuid, getgid, getgrouplist, getgroups, getlogin, getresgid, getresuid, getuid, initgroups, setegid, seteuid,
        setgid, setgroups, setregid, setresgid, setresuid, setreuid, setuid,
    };
    #[export]
    use super::xattr::{getxattr, listxattr, removexattr, setxattr};

    #[init]
    fn init(vm: &mut Vm, module: &Value) -> PyResult<()> {
        super::constants::add(vm, module)?;
        super::configuration::add(vm, module)?;
        let sequences = [
            &super::stat::STAT_RESULT,
            &super::stat::STATVFS_RESULT,
            &super::environment::UNAME_RESULT,
            &super::process::WAITID_RESULT,
            &super::process::TIMES_RESULT,
            &super::scheduling::SCHED_PARAM,
            &super::terminal::TERMINAL_SIZE,
        ];
        for sequence in sequences {
            let name = vm.intern(sequence.class.short_name());
            vm.setattr(module, &name, &sequence.class.to_value())?;
        }
        let environment = super::environment::environment(vm)?;
        let values = [("environ", environment.into()), ("error", exceptions::OS_ERROR.to_value())];
        for (name, value) in values {
            let name = vm.intern(name);
            vm.setattr(module, &name, &value)?;
        }
        Ok(())
    }
}
