//! Making child processes that execute a program: `fork_exec` of `_posixsubprocess`, and `posix_spawn`.

use std::ffi::{CStr, CString};
use std::os::raw::{c_char, c_void};

use super::{CStrings, Errno, SignalSet, SysResult, check, last_error};

/// What a child does before it executes a program, and which program that is. Everything is prepared in the parent: the
/// child, which may share the parent's memory, allocates nothing.
pub struct ChildPlan {
    /// The paths to try, in this order.
    pub executables: CStrings,
    /// The program's arguments.
    pub arguments: CStrings,
    /// The program's environment, the present one without one.
    pub environment: Option<CStrings>,
    /// Where it works.
    pub directory: Option<CString>,
    /// Whether all descriptors from 3 on are closed but those to keep.
    pub close_fds: bool,
    /// The descriptors to keep, in ascending order.
    pub keep: Vec<i32>,
    /// What becomes the standard streams, -1 for those of the parent.
    pub streams: [i32; 3],
    /// The parent's ends of the pipes, -1 where there is none.
    pub parent_ends: [i32; 3],
    /// Where errors are written.
    pub errors: i32,
    /// Whether the signals that the parent ignores get their defaults.
    pub restore_signals: bool,
    /// Whether a session of its own begins.
    pub new_session: bool,
    /// The process group to be in, -1 for the parent's.
    pub process_group: i32,
    /// The user and the group to become.
    pub user: Option<u32>,
    pub group: Option<u32>,
    /// The further groups to be in.
    pub groups: Option<Vec<u32>>,
    /// The mask for modes, -1 for the parent's.
    pub mask: i32,
}

/// Why a child did not get to execute its program: an error, 0 for an exception, and where it happened.
pub struct ChildFailure {
    errno: i32,
    place: &'static [u8],
}

impl ChildFailure {
    /// The function that was to run before the program raised an exception.
    pub const IN_FUNCTION: ChildFailure = ChildFailure { errno: 0, place: b"Exception occurred in preexec_fn." };
}

/// An error before the program was tried.
fn early(errno: Errno) -> ChildFailure {
    ChildFailure { errno: errno.raw_os_error(), place: b"noexec" }
}

/// `errno` of a call that gives -1 on failure. Allocates nothing.
fn done(result: i32) -> Result<i32, ChildFailure> {
    if result == -1 { Err(early(last_error())) } else { Ok(result) }
}

/// The pointers of a plan, ready for the child.
struct Prepared<'a> {
    plan: &'a ChildPlan,
    executables: Vec<*const c_char>,
    arguments: Vec<*const c_char>,
    environment: Option<Vec<*const c_char>>,
    /// The mask of signals that the child goes back to.
    signals: Option<libc::sigset_t>,
}

impl<'a> Prepared<'a> {
    fn new(plan: &'a ChildPlan) -> Prepared<'a> {
        Prepared {
            plan,
            executables: plan.executables.pointers(),
            arguments: plan.arguments.pointers(),
            environment: plan.environment.as_ref().map(CStrings::pointers),
            signals: None,
        }
    }

    /// What is done before the function that may run in between (`child_exec`).
    fn arrange(&self) -> Result<(), ChildFailure> {
        let plan = self.plan;
        // SAFETY: these calls take numbers, and strings and arrays that live through them; none of them allocates.
        unsafe {
            for &fd in plan.keep.iter().filter(|&&fd| fd != plan.errors) {
                let flags = done(libc::fcntl(fd, libc::F_GETFD))?;
                done(libc::fcntl(fd, libc::F_SETFD, flags & !libc::FD_CLOEXEC))?;
            }
            for &fd in plan.parent_ends.iter().filter(|&&fd| fd != -1) {
                done(libc::close(fd))?;
            }
            // A stream's descriptor that is one of the numbers below must not be overwritten before it is copied.
            let [input, mut output, mut errors] = plan.streams;
            if output == 0 {
                output = done(libc::dup(output))?;
            }
            while errors == 0 || errors == 1 {
                errors = done(libc::dup(errors))?;
            }
            for (fd, target) in [(input, 0), (output, 1), (errors, 2)] {
                if fd == target {
                    // Copying to itself leaves it to be closed.
                    let flags = done(libc::fcntl(fd, libc::F_GETFD))?;
                    done(libc::fcntl(fd, libc::F_SETFD, flags & !libc::FD_CLOEXEC))?;
                } else if fd != -1 {
                    done(libc::dup2(fd, target))?;
                }
            }
            if let Some(directory) = &plan.directory
                && libc::chdir(directory.as_ptr()) == -1
            {
                return Err(ChildFailure { errno: last_error().raw_os_error(), place: b"noexec:chdir" });
            }
            if plan.mask >= 0 {
                libc::umask(plan.mask as libc::mode_t);
            }
            if plan.restore_signals {
                libc::signal(libc::SIGPIPE, libc::SIG_DFL);
                libc::signal(libc::SIGXFSZ, libc::SIG_DFL);
            }
            if let Some(signals) = &self.signals {
                default_handlers();
                done(libc::sigprocmask(libc::SIG_SETMASK, signals, std::ptr::null_mut()))?;
            }
            if plan.new_session {
                done(libc::setsid())?;
            }
            if plan.process_group >= 0 {
                done(libc::setpgid(0, plan.process_group))?;
            }
            // The bare calls of the system: those of C's library tell all threads, which are the parent's.
            if let Some(groups) = &plan.groups {
                done(libc::syscall(libc::SYS_setgroups, groups.len(), groups.as_ptr()) as i32)?;
            }
            if let Some(group) = plan.group {
                done(libc::syscall(libc::SYS_setregid, group, group) as i32)?;
            }
            if let Some(user) = plan.user {
                done(libc::syscall(libc::SYS_setreuid, user, user) as i32)?;
            }
        }
        Ok(())
    }

    /// Executes the program; gives only the failure.
    fn execute(&self) -> ChildFailure {
        if self.plan.close_fds {
            close_others(3, &self.plan.keep);
        }
        let mut failed = None;
        for &path in &self.executables[..self.executables.len() - 1] {
            // SAFETY: strings and arrays live through the call.
            unsafe {
                match &self.environment {
                    Some(environment) => libc::execve(path, self.arguments.as_ptr(), environment.as_ptr()),
                    None => libc::execv(path, self.arguments.as_ptr()),
                };
            }
            let errno = last_error().raw_os_error();
            let missing = matches!(errno, libc::ENOENT | libc::ENOTDIR);
            failed = match failed {
                Some((before, false)) => Some((before, false)),
                _ => Some((errno, missing)),
            };
        }
        ChildFailure { errno: failed.map_or(0, |(errno, _)| errno), place: b"" }
    }

    /// Tells the parent of a failure, and ends.
    fn fail(&self, failure: &ChildFailure) -> ! {
        let mut text = [0u8; 96];
        let mut len = 0;
        let mut put = |bytes: &[u8]| {
            text[len..len + bytes.len()].copy_from_slice(bytes);
            len += bytes.len();
        };
        if failure.errno == 0 {
            put(b"SubprocessError:0:");
        } else {
            put(b"OSError:");
            let errno = failure.errno as u32;
            let digits = errno.ilog2() / 4 + 1;
            for digit in (0..digits).rev() {
                put(&[b"0123456789ABCDEF"[(errno >> (4 * digit) & 15) as usize]]);
            }
            put(b":");
        }
        put(failure.place);
        // SAFETY: the call reads the text; then the process ends.
        unsafe {
            libc::write(self.plan.errors, text.as_ptr().cast(), len);
            libc::_exit(255)
        }
    }
}

/// Gives all signals that are handled their defaults.
fn default_handlers() {
    for signal in 1..=64 {
        // SAFETY: zeros are a valid action; the calls read and fill it.
        unsafe {
            let mut action: libc::sigaction = std::mem::zeroed();
            if libc::sigaction(signal, std::ptr::null(), &mut action) == 0
                && action.sa_sigaction != libc::SIG_DFL
                && action.sa_sigaction != libc::SIG_IGN
            {
                libc::signal(signal, libc::SIG_DFL);
            }
        }
    }
}

/// Closes the descriptors from `first` on but those to keep, which are in ascending order.
fn close_others(first: i32, keep: &[i32]) {
    let mut start = first;
    for &fd in keep.iter().filter(|&&fd| fd >= first) {
        close_between(start, fd - 1);
        start = fd + 1;
    }
    close_between(start, i32::MAX);
}

/// Closes descriptors, both bounds included.
fn close_between(first: i32, last: i32) {
    if first > last {
        return;
    }
    // SAFETY: these calls take numbers alone; the child's descriptors are its own.
    unsafe {
        if libc::syscall(libc::SYS_close_range, first as u32, last as u32, 0) == 0 {
            return;
        }
        let most = libc::sysconf(libc::_SC_OPEN_MAX).clamp(256, 1 << 20) as i32;
        for fd in first..=last.min(most) {
            libc::close(fd);
        }
    }
}

impl ChildPlan {
    /// Whether the child may share the parent's memory until it executes its program.
    fn may_share_memory(&self) -> bool {
        self.user.is_none() && self.group.is_none() && self.groups.is_none()
    }

    /// Makes the child (`do_fork_exec`), which shares this process's memory where that is safe: the parent then sleeps until
    /// the program runs.
    pub fn start(&self) -> SysResult<i32> {
        let mut prepared = Prepared::new(self);
        if !self.may_share_memory() {
            // SAFETY: the child calls only what is allowed after `fork` until it executes a program or ends.
            return match check(unsafe { libc::fork() })? {
                0 => run(&prepared),
                child => Ok(child),
            };
        }
        /// The child's stack; nothing in `run` goes deep.
        const STACK: usize = 64 << 10;
        let mut stack: Vec<u128> = Vec::with_capacity(STACK / 16);
        extern "C" fn entry(argument: *mut c_void) -> i32 {
            // SAFETY: the argument is the plan below, which lives while the parent sleeps.
            run(unsafe { &*argument.cast_const().cast::<Prepared<'_>>() })
        }
        // SAFETY: all signals are blocked, so that no handler runs on the shared memory. The child has a stack of its own, and
        // the parent does not go on before it executed a program or ended.
        unsafe {
            let mut all: libc::sigset_t = std::mem::zeroed();
            let mut before: libc::sigset_t = std::mem::zeroed();
            libc::sigfillset(&mut all);
            libc::pthread_sigmask(libc::SIG_BLOCK, &all, &mut before);
            prepared.signals = Some(before);
            let top = stack.as_mut_ptr().add(stack.capacity());
            let argument = std::ptr::from_ref(&prepared).cast_mut().cast();
            let flags = libc::CLONE_VM | libc::CLONE_VFORK | libc::SIGCHLD;
            let child = check(libc::clone(entry, top.cast(), flags, argument));
            libc::pthread_sigmask(libc::SIG_SETMASK, &before, std::ptr::null_mut());
            child
        }
    }

    /// In a child made by `fork`: does everything, with a function in between that may run Python code; it says whether it
    /// succeeded.
    pub fn run_with(&self, function: impl FnOnce() -> bool) -> ! {
        let prepared = Prepared::new(self);
        if let Err(failure) = prepared.arrange() {
            prepared.fail(&failure);
        }
        if !function() {
            prepared.fail(&ChildFailure::IN_FUNCTION);
        }
        prepared.fail(&prepared.execute())
    }
}

/// The child's way.
fn run(prepared: &Prepared<'_>) -> ! {
    match prepared.arrange() {
        Ok(()) => prepared.fail(&prepared.execute()),
        Err(failure) => prepared.fail(&failure),
    }
}

/// What `posix_spawn` does with descriptors before the program begins.
pub enum FileAction {
    /// Opens a file as this descriptor.
    Open { fd: i32, path: CString, flags: i32, mode: u32 },
    /// Closes a descriptor.
    Close(i32),
    /// Copies a descriptor to a number.
    Duplicate(i32, i32),
    /// Closes all descriptors from this one on.
    CloseFrom(i32),
}

/// What is different in a child of `posix_spawn`.
#[derive(Default)]
pub struct SpawnOptions {
    /// What is done with descriptors, in this order.
    pub actions: Vec<FileAction>,
    /// The process group to be in, 0 for one of its own.
    pub process_group: Option<i32>,
    /// Whether the effective user and group become the real ones.
    pub reset_ids: bool,
    /// Whether a session of its own begins.
    pub new_session: bool,
    /// The signals to block.
    pub blocked: Option<SignalSet>,
    /// The signals to get their defaults.
    pub defaults: Option<SignalSet>,
    /// How it is scheduled: a policy, and the priority.
    pub scheduler: Option<(Option<i32>, i32)>,
}

unsafe extern "C" {
    fn posix_spawn_file_actions_addclosefrom_np(actions: *mut libc::posix_spawn_file_actions_t, from: i32) -> i32;
}

/// The result of a call that gives an error's number.
fn given(errno: i32) -> SysResult<()> {
    if errno == 0 { Ok(()) } else { Err(Errno::from_raw_os_error(errno)) }
}

/// `posix_spawn`, or `posix_spawnp`, which looks the program up: the child's number.
pub fn spawn(
    path: &CStr,
    search: bool,
    arguments: &CStrings,
    environment: Option<&CStrings>,
    options: &SpawnOptions,
) -> SysResult<i32> {
    struct Actions(libc::posix_spawn_file_actions_t);
    impl Drop for Actions {
        fn drop(&mut self) {
            // SAFETY: they were initialised.
            unsafe { libc::posix_spawn_file_actions_destroy(&mut self.0) };
        }
    }
    struct Attributes(libc::posix_spawnattr_t);
    impl Drop for Attributes {
        fn drop(&mut self) {
            // SAFETY: they were initialised.
            unsafe { libc::posix_spawnattr_destroy(&mut self.0) };
        }
    }
    const SETSID: i32 = 0x80;
    // SAFETY: actions and attributes are initialised before they are used; strings and arrays live through the calls.
    unsafe {
        let mut actions = Actions(std::mem::zeroed());
        given(libc::posix_spawn_file_actions_init(&mut actions.0))?;
        for action in &options.actions {
            given(match action {
                FileAction::Open { fd, path, flags, mode } => {
                    libc::posix_spawn_file_actions_addopen(&mut actions.0, *fd, path.as_ptr(), *flags, *mode)
                }
                FileAction::Close(fd) => libc::posix_spawn_file_actions_addclose(&mut actions.0, *fd),
                FileAction::Duplicate(fd, to) => libc::posix_spawn_file_actions_adddup2(&mut actions.0, *fd, *to),
                FileAction::CloseFrom(fd) => posix_spawn_file_actions_addclosefrom_np(&mut actions.0, *fd),
            })?;
        }
        let mut attributes = Attributes(std::mem::zeroed());
        given(libc::posix_spawnattr_init(&mut attributes.0))?;
        let mut flags = 0;
        if let Some(group) = options.process_group {
            given(libc::posix_spawnattr_setpgroup(&mut attributes.0, group))?;
            flags |= libc::POSIX_SPAWN_SETPGROUP;
        }
        if options.reset_ids {
            flags |= libc::POSIX_SPAWN_RESETIDS;
        }
        if options.new_session {
            flags |= SETSID;
        }
        if let Some(blocked) = &options.blocked {
            given(libc::posix_spawnattr_setsigmask(&mut attributes.0, &blocked.0))?;
            flags |= libc::POSIX_SPAWN_SETSIGMASK;
        }
        if let Some(defaults) = &options.defaults {
            given(libc::posix_spawnattr_setsigdefault(&mut attributes.0, &defaults.0))?;
            flags |= libc::POSIX_SPAWN_SETSIGDEF;
        }
        if let Some((policy, priority)) = options.scheduler {
            if let Some(policy) = policy {
                given(libc::posix_spawnattr_setschedpolicy(&mut attributes.0, policy))?;
                flags |= libc::POSIX_SPAWN_SETSCHEDULER;
            }
            let parameters = libc::sched_param { sched_priority: priority };
            given(libc::posix_spawnattr_setschedparam(&mut attributes.0, &parameters))?;
            flags |= libc::POSIX_SPAWN_SETSCHEDPARAM;
        }
        given(libc::posix_spawnattr_setflags(&mut attributes.0, flags as _))?;
        let arguments = arguments.pointers();
        let pointers = environment.map(CStrings::pointers);
        let environment = pointers.as_ref().map_or_else(super::environment_pointer, |list| list.as_ptr());
        let call = if search { libc::posix_spawnp } else { libc::posix_spawn };
        let mut child = 0;
        given(call(&mut child, path.as_ptr(), &actions.0, &attributes.0, arguments.as_ptr().cast(), environment.cast()))?;
        Ok(child)
    }
}
