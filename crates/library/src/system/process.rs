//! Processes: making, replacing and waiting for them, and who they belong to.

use std::ffi::{CStr, CString};
use std::os::raw::c_char;

use super::{Errno, SysResult, check, last_error};

/// Strings for a call that takes an array of them, a null pointer at its end.
pub struct CStrings(Vec<CString>);

impl CStrings {
    /// An array of these.
    pub fn new(strings: Vec<CString>) -> CStrings {
        CStrings(strings)
    }

    /// The strings.
    pub fn strings(&self) -> &[CString] {
        &self.0
    }

    /// Pointers that are valid as long as `self`.
    pub(super) fn pointers(&self) -> Vec<*const c_char> {
        let null = std::iter::once(std::ptr::null());
        self.0.iter().map(|string| string.as_ptr()).chain(null).collect()
    }
}

unsafe extern "C" {
    static environ: *const *const c_char;
}

/// The environment of this process, as calls take it.
pub(super) fn environment_pointer() -> *const *const c_char {
    // SAFETY: the variable is C's, which only `setenv` and its like change.
    unsafe { environ }
}

/// `fork`: 0 in the child, else the child's number.
pub fn fork() -> SysResult<i32> {
    // SAFETY: the child goes on in this thread alone; the interpreter is put in order there before other code runs.
    check(unsafe { libc::fork() })
}

/// `forkpty`: as `fork`, with the child on a terminal of its own, whose other end is the second number.
pub fn fork_terminal() -> SysResult<(i32, i32)> {
    let mut terminal = -1;
    // SAFETY: as with `fork`; the call fills the descriptor.
    let child = check(unsafe { libc::forkpty(&mut terminal, std::ptr::null_mut(), std::ptr::null(), std::ptr::null()) })?;
    Ok((child, terminal))
}

/// `_exit`
pub fn exit_now(status: i32) -> ! {
    // SAFETY: the process ends.
    unsafe { libc::_exit(status) }
}

/// What a program is executed from.
#[derive(Clone, Copy)]
pub enum Program<'a> {
    /// A path.
    Path(&'a CStr),
    /// A descriptor.
    Fd(i32),
}

/// `execv`, `execve` or `fexecve`: gives only the error.
pub fn execute(program: Program<'_>, arguments: &CStrings, environment: Option<&CStrings>) -> Errno {
    let arguments = arguments.pointers();
    let environment = environment.map(CStrings::pointers);
    // SAFETY: the strings and arrays live through the call.
    unsafe {
        match (program, &environment) {
            (Program::Path(path), None) => libc::execv(path.as_ptr(), arguments.as_ptr()),
            (Program::Path(path), Some(environment)) => libc::execve(path.as_ptr(), arguments.as_ptr(), environment.as_ptr()),
            (Program::Fd(fd), environment) => {
                let none = [std::ptr::null()];
                let environment = environment.as_ref().map_or(none.as_ptr(), |list| list.as_ptr());
                libc::fexecve(fd, arguments.as_ptr(), environment)
            }
        };
    }
    last_error()
}

/// What a process used, as `getrusage` counts it.
#[derive(Clone, Copy, Default)]
pub struct Usage {
    /// Seconds of processor time in the program and in the system.
    pub times: [f64; 2],
    /// The other fields in C's order.
    pub counts: [i64; 14],
}

impl Usage {
    fn from_raw(raw: &libc::rusage) -> Usage {
        let seconds = |time: libc::timeval| time.tv_sec as f64 + 1e-6 * time.tv_usec as f64;
        Usage {
            times: [seconds(raw.ru_utime), seconds(raw.ru_stime)],
            counts: [
                raw.ru_maxrss,
                raw.ru_ixrss,
                raw.ru_idrss,
                raw.ru_isrss,
                raw.ru_minflt,
                raw.ru_majflt,
                raw.ru_nswap,
                raw.ru_inblock,
                raw.ru_oublock,
                raw.ru_msgsnd,
                raw.ru_msgrcv,
                raw.ru_nsignals,
                raw.ru_nvcsw,
                raw.ru_nivcsw,
            ],
        }
    }
}

/// `wait4`: the process, its status, and what it used.
pub fn wait_for(pid: i32, options: i32) -> SysResult<(i32, i32, Usage)> {
    let mut status = 0;
    // SAFETY: zeros are a valid `rusage`; the call fills both.
    unsafe {
        let mut raw: libc::rusage = std::mem::zeroed();
        let pid = check(libc::wait4(pid, &mut status, options, &mut raw))?;
        Ok((pid, status, Usage::from_raw(&raw)))
    }
}

/// `waitpid`
pub fn wait_pid(pid: i32, options: i32) -> SysResult<(i32, i32)> {
    let mut status = 0;
    // SAFETY: the call fills the status.
    let pid = check(unsafe { libc::waitpid(pid, &mut status, options) })?;
    Ok((pid, status))
}

/// `waitid`: process, user, signal, status and code; `None` where nothing changed.
pub fn wait_id(kind: u32, id: u32, options: i32) -> SysResult<Option<[i32; 5]>> {
    // SAFETY: zeros are a valid `siginfo_t`; the call fills it, with the fields of a child.
    unsafe {
        let mut info: libc::siginfo_t = std::mem::zeroed();
        check(libc::waitid(kind, id, &mut info, options))?;
        let pid = info.si_pid();
        Ok((pid != 0).then(|| [pid, info.si_uid() as i32, info.si_signo, info.si_status(), info.si_code]))
    }
}

/// `getrusage`
pub fn usage(who: i32) -> SysResult<Usage> {
    // SAFETY: zeros are a valid `rusage`; the call fills it.
    unsafe {
        let mut raw: libc::rusage = std::mem::zeroed();
        check(libc::getrusage(who, &mut raw))?;
        Ok(Usage::from_raw(&raw))
    }
}

/// `times`, in ticks: user, system, children's user and system, and since some time.
pub fn process_times() -> SysResult<[i64; 5]> {
    let mut raw = libc::tms { tms_utime: 0, tms_stime: 0, tms_cutime: 0, tms_cstime: 0 };
    // SAFETY: the call fills the times.
    let elapsed = unsafe { libc::times(&mut raw) };
    if elapsed == -1 {
        return Err(last_error());
    }
    Ok([raw.tms_utime, raw.tms_stime, raw.tms_cutime, raw.tms_cstime, elapsed])
}

/// `sched_getparam`
pub fn scheduling_priority(pid: i32) -> SysResult<i32> {
    let mut parameters = libc::sched_param { sched_priority: 0 };
    // SAFETY: the call fills the parameters.
    check(unsafe { libc::sched_getparam(pid, &mut parameters) })?;
    Ok(parameters.sched_priority)
}

/// `sched_setparam`
pub fn set_scheduling_priority(pid: i32, priority: i32) -> SysResult<()> {
    let parameters = libc::sched_param { sched_priority: priority };
    // SAFETY: the call reads the parameters.
    check(unsafe { libc::sched_setparam(pid, &parameters) }).map(drop)
}

/// `sched_setscheduler`
pub fn set_scheduler(pid: i32, policy: i32, priority: i32) -> SysResult<()> {
    let parameters = libc::sched_param { sched_priority: priority };
    // SAFETY: the call reads the parameters.
    check(unsafe { libc::sched_setscheduler(pid, policy, &parameters) }).map(drop)
}

/// `sched_rr_get_interval`, in seconds.
pub fn round_robin_interval(pid: i32) -> SysResult<f64> {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the call fills the time.
    check(unsafe { libc::sched_rr_get_interval(pid, &mut time) })?;
    Ok(time.tv_sec as f64 + 1e-9 * time.tv_nsec as f64)
}

/// How many bits a set of processors is made to have.
const MOST_PROCESSORS: usize = 1 << 16;

/// `sched_getaffinity`: the processors that a process may run on.
pub fn affinity(pid: i32) -> SysResult<Vec<usize>> {
    let mut words = vec![0u64; MOST_PROCESSORS / 64];
    // SAFETY: the call fills at most the bytes given.
    check(unsafe { libc::sched_getaffinity(pid, words.len() * 8, words.as_mut_ptr().cast()) })?;
    let bits = |(index, word): (usize, &u64)| {
        let word = *word;
        (0..64).filter(move |bit| word >> bit & 1 != 0).map(move |bit| index * 64 + bit)
    };
    Ok(words.iter().enumerate().flat_map(bits).collect())
}

/// `sched_setaffinity`
pub fn set_affinity(pid: i32, processors: &[usize]) -> SysResult<()> {
    let most = processors.iter().max().map_or(0, |most| most + 1).max(1024);
    let mut words = vec![0u64; most.div_ceil(64)];
    for &processor in processors {
        words[processor / 64] |= 1 << (processor % 64);
    }
    // SAFETY: the call reads the bytes given.
    check(unsafe { libc::sched_setaffinity(pid, words.len() * 8, words.as_ptr().cast()) }).map(drop)
}

/// `getresuid`
pub fn user_ids() -> SysResult<[u32; 3]> {
    let [mut real, mut effective, mut saved] = [0; 3];
    // SAFETY: the call fills the numbers.
    check(unsafe { libc::getresuid(&mut real, &mut effective, &mut saved) })?;
    Ok([real, effective, saved])
}

/// `getresgid`
pub fn group_ids() -> SysResult<[u32; 3]> {
    let [mut real, mut effective, mut saved] = [0; 3];
    // SAFETY: the call fills the numbers.
    check(unsafe { libc::getresgid(&mut real, &mut effective, &mut saved) })?;
    Ok([real, effective, saved])
}

/// `getgroups`
pub fn groups() -> SysResult<Vec<u32>> {
    // SAFETY: with a size of 0 nothing is filled in.
    let count = check(unsafe { libc::getgroups(0, std::ptr::null_mut()) })?;
    let mut groups = vec![0; count as usize];
    // SAFETY: there is room for that many.
    let count = check(unsafe { libc::getgroups(count, groups.as_mut_ptr()) })?;
    groups.truncate(count as usize);
    Ok(groups)
}

/// `setgroups`
pub fn set_groups(groups: &[u32]) -> SysResult<()> {
    // SAFETY: the call reads that many.
    check(unsafe { libc::setgroups(groups.len(), groups.as_ptr()) }).map(drop)
}

/// `getgrouplist`
pub fn groups_of(user: &CStr, group: u32) -> SysResult<Vec<u32>> {
    let mut count = 64;
    loop {
        let mut groups = vec![0; count as usize];
        let mut found = count;
        // SAFETY: the name is a C string; there is room for that many.
        let result = unsafe { libc::getgrouplist(user.as_ptr(), group, groups.as_mut_ptr(), &mut found) };
        if result != -1 {
            groups.truncate(found as usize);
            return Ok(groups);
        }
        if count > 1 << 20 {
            return Err(Errno::NOMEM);
        }
        count = found.max(count * 2);
    }
}

/// `initgroups`
pub fn init_groups(user: &CStr, group: u32) -> SysResult<()> {
    // SAFETY: the name is a C string.
    check(unsafe { libc::initgroups(user.as_ptr(), group) }).map(drop)
}

/// `getlogin`
pub fn login_name() -> SysResult<Vec<u8>> {
    // SAFETY: the name is a string of the library's, which is copied while the interpreter's lock is held.
    unsafe {
        let name = libc::getlogin();
        if name.is_null() { Err(last_error()) } else { Ok(CStr::from_ptr(name).to_bytes().to_vec()) }
    }
}

/// `prlimit`: the limits before, and new ones where they are given.
pub fn limits(pid: i32, resource: u32, new: Option<(u64, u64)>) -> SysResult<(u64, u64)> {
    let new = new.map(|(soft, hard)| libc::rlimit64 { rlim_cur: soft, rlim_max: hard });
    let mut old = libc::rlimit64 { rlim_cur: 0, rlim_max: 0 };
    let pointer = new.as_ref().map_or(std::ptr::null(), std::ptr::from_ref);
    // SAFETY: the call reads the new limits, where there are some, and fills the old ones.
    check(unsafe { libc::prlimit64(pid, resource, pointer, &mut old) })?;
    Ok((old.rlim_cur, old.rlim_max))
}
