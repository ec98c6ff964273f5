//! The constants of `posix`, with the values they have on Linux.

use pvm_object::{PyResult, Value, Vm};

/// Names and values.
#[rustfmt::skip]
static CONSTANTS: &[(&str, i64)] = &[
    ("CLD_CONTINUED", 6), ("CLD_DUMPED", 3), ("CLD_EXITED", 1), ("CLD_KILLED", 2), ("CLD_STOPPED", 5),
    ("CLD_TRAPPED", 4), ("CLONE_FILES", 1024), ("CLONE_FS", 512), ("CLONE_NEWCGROUP", 33_554_432),
    ("CLONE_NEWIPC", 134_217_728), ("CLONE_NEWNET", 1_073_741_824), ("CLONE_NEWNS", 131_072),
    ("CLONE_NEWPID", 536_870_912), ("CLONE_NEWTIME", 128), ("CLONE_NEWUSER", 268_435_456),
    ("CLONE_NEWUTS", 67_108_864), ("CLONE_SIGHAND", 2048), ("CLONE_SYSVSEM", 262_144), ("CLONE_THREAD", 65_536),
    ("CLONE_VM", 256), ("EFD_CLOEXEC", 524_288), ("EFD_NONBLOCK", 2048), ("EFD_SEMAPHORE", 1), ("EX_CANTCREAT", 73),
    ("EX_CONFIG", 78), ("EX_DATAERR", 65), ("EX_IOERR", 74), ("EX_NOHOST", 68), ("EX_NOINPUT", 66),
    ("EX_NOPERM", 77), ("EX_NOUSER", 67), ("EX_OK", 0), ("EX_OSERR", 71), ("EX_OSFILE", 72), ("EX_PROTOCOL", 76),
    ("EX_SOFTWARE", 70), ("EX_TEMPFAIL", 75), ("EX_UNAVAILABLE", 69), ("EX_USAGE", 64), ("F_LOCK", 1), ("F_OK", 0),
    ("F_TEST", 3), ("F_TLOCK", 2), ("F_ULOCK", 0), ("GRND_NONBLOCK", 1), ("GRND_RANDOM", 2),
    ("MFD_ALLOW_SEALING", 2), ("MFD_CLOEXEC", 1), ("MFD_HUGETLB", 4), ("MFD_HUGE_16GB", 2_281_701_376),
    ("MFD_HUGE_16MB", 1_610_612_736), ("MFD_HUGE_1GB", 2_013_265_920), ("MFD_HUGE_1MB", 1_342_177_280),
    ("MFD_HUGE_256MB", 1_879_048_192), ("MFD_HUGE_2GB", 2_080_374_784), ("MFD_HUGE_2MB", 1_409_286_144),
    ("MFD_HUGE_32MB", 1_677_721_600), ("MFD_HUGE_512KB", 1_275_068_416), ("MFD_HUGE_512MB", 1_946_157_056),
    ("MFD_HUGE_64KB", 1_073_741_824), ("MFD_HUGE_8MB", 1_543_503_872), ("MFD_HUGE_MASK", 63),
    ("MFD_HUGE_SHIFT", 26), ("NGROUPS_MAX", 65_536), ("O_ACCMODE", 3), ("O_APPEND", 1024), ("O_ASYNC", 8192),
    ("O_CLOEXEC", 524_288), ("O_CREAT", 64), ("O_DIRECT", 16_384), ("O_DIRECTORY", 65_536), ("O_DSYNC", 4096),
    ("O_EXCL", 128), ("O_FSYNC", 1_052_672), ("O_LARGEFILE", 0), ("O_NDELAY", 2048), ("O_NOATIME", 262_144),
    ("O_NOCTTY", 256), ("O_NOFOLLOW", 131_072), ("O_NONBLOCK", 2048), ("O_PATH", 2_097_152), ("O_RDONLY", 0),
    ("O_RDWR", 2), ("O_RSYNC", 1_052_672), ("O_SYNC", 1_052_672), ("O_TMPFILE", 4_259_840), ("O_TRUNC", 512),
    ("O_WRONLY", 1), ("PIDFD_NONBLOCK", 2048), ("POSIX_FADV_DONTNEED", 4), ("POSIX_FADV_NOREUSE", 5),
    ("POSIX_FADV_NORMAL", 0), ("POSIX_FADV_RANDOM", 1), ("POSIX_FADV_SEQUENTIAL", 2), ("POSIX_FADV_WILLNEED", 3),
    ("POSIX_SPAWN_CLOSE", 1), ("POSIX_SPAWN_CLOSEFROM", 3), ("POSIX_SPAWN_DUP2", 2), ("POSIX_SPAWN_OPEN", 0),
    ("PRIO_PGRP", 1), ("PRIO_PROCESS", 0), ("PRIO_USER", 2), ("P_ALL", 0), ("P_PGID", 2), ("P_PID", 1),
    ("P_PIDFD", 3), ("RTLD_DEEPBIND", 8), ("RTLD_GLOBAL", 256), ("RTLD_LAZY", 1), ("RTLD_LOCAL", 0),
    ("RTLD_NODELETE", 4096), ("RTLD_NOLOAD", 4), ("RTLD_NOW", 2), ("RWF_APPEND", 16), ("RWF_DSYNC", 2),
    ("RWF_HIPRI", 1), ("RWF_NOWAIT", 8), ("RWF_SYNC", 4), ("R_OK", 4), ("SCHED_BATCH", 3), ("SCHED_DEADLINE", 6),
    ("SCHED_FIFO", 1), ("SCHED_IDLE", 5), ("SCHED_NORMAL", 0), ("SCHED_OTHER", 0),
    ("SCHED_RESET_ON_FORK", 1_073_741_824), ("SCHED_RR", 2), ("SEEK_DATA", 3), ("SEEK_HOLE", 4),
    ("SPLICE_F_MORE", 4), ("SPLICE_F_MOVE", 1), ("SPLICE_F_NONBLOCK", 2), ("ST_APPEND", 256), ("ST_MANDLOCK", 64),
    ("ST_NOATIME", 1024), ("ST_NODEV", 4), ("ST_NODIRATIME", 2048), ("ST_NOEXEC", 8), ("ST_NOSUID", 2),
    ("ST_RDONLY", 1), ("ST_RELATIME", 4096), ("ST_SYNCHRONOUS", 16), ("ST_WRITE", 128), ("TFD_CLOEXEC", 524_288),
    ("TFD_NONBLOCK", 2048), ("TFD_TIMER_ABSTIME", 1), ("TFD_TIMER_CANCEL_ON_SET", 2), ("TMP_MAX", 238_328),
    ("WCONTINUED", 8), ("WEXITED", 4), ("WNOHANG", 1), ("WNOWAIT", 16_777_216), ("WSTOPPED", 2), ("WUNTRACED", 2),
    ("W_OK", 2), ("XATTR_CREATE", 1), ("XATTR_REPLACE", 2), ("XATTR_SIZE_MAX", 65_536), ("X_OK", 1),
];

/// The functions of C's library that `os` asks for by these names (`os.supports_dir_fd` and others).
static FUNCTIONS: &[&str] = &[
    "HAVE_EVENTFD",
    "HAVE_TIMERFD_CREATE",
    "HAVE_FACCESSAT",
    "HAVE_FCHDIR",
    "HAVE_FCHMOD",
    "HAVE_FCHMODAT",
    "HAVE_FCHOWN",
    "HAVE_FCHOWNAT",
    "HAVE_FEXECVE",
    "HAVE_FDOPENDIR",
    "HAVE_FPATHCONF",
    "HAVE_FSTATAT",
    "HAVE_FSTATVFS",
    "HAVE_FTRUNCATE",
    "HAVE_FUTIMENS",
    "HAVE_FUTIMES",
    "HAVE_FUTIMESAT",
    "HAVE_LINKAT",
    "HAVE_LCHOWN",
    "HAVE_LSTAT",
    "HAVE_LUTIMES",
    "HAVE_MEMFD_CREATE",
    "HAVE_MKDIRAT",
    "HAVE_MKFIFOAT",
    "HAVE_MKNODAT",
    "HAVE_OPENAT",
    "HAVE_READLINKAT",
    "HAVE_RENAMEAT",
    "HAVE_SYMLINKAT",
    "HAVE_UNLINKAT",
    "HAVE_UTIMENSAT",
    "HAVE_PTSNAME_R",
];

/// Puts the constants into the module.
pub fn add(vm: &mut Vm, module: &Value) -> PyResult<()> {
    for &(name, value) in CONSTANTS {
        let (name, value) = (vm.intern(name), vm.int(value));
        vm.setattr(module, &name, &value)?;
    }
    let names: Vec<Value> = FUNCTIONS.iter().map(|name| vm.new_str(name).into()).collect();
    let names = vm.try_list(names)?;
    let name = vm.intern("_have_functions");
    vm.setattr(module, &name, &names.into())
}
