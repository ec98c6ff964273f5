//! `resource`: what processes use, and how much they may.

use pvm_object::tuple::Tuple;
use pvm_object::{PyResult, Ref, Value, Vm, struct_sequence};

use crate::system::Usage;

struct_sequence! {
    /// struct_rusage: what a process used
    ///
    /// A tuple of processor times in seconds, and numbers of other things, of which the system counts some.
    pub STRUCT_RUSAGE = "struct_rusage" in "resource", visible: 16, {
        ru_utime: Some("user time used"),
        ru_stime: Some("system time used"),
        ru_maxrss: Some("max. resident set size"),
        ru_ixrss: Some("shared memory size"),
        ru_idrss: Some("unshared data size"),
        ru_isrss: Some("unshared stack size"),
        ru_minflt: Some("page faults not requiring I/O"),
        ru_majflt: Some("page faults requiring I/O"),
        ru_nswap: Some("number of swap outs"),
        ru_inblock: Some("block input operations"),
        ru_oublock: Some("block output operations"),
        ru_msgsnd: Some("IPC messages sent"),
        ru_msgrcv: Some("IPC messages received"),
        ru_nsignals: Some("signals received"),
        ru_nvcsw: Some("voluntary context switches"),
        ru_nivcsw: Some("involuntary context switches"),
    }
}

/// The struct sequence of what a process used.
pub fn struct_rusage(vm: &mut Vm, usage: &Usage) -> PyResult<Ref<Tuple>> {
    let mut items: Vec<Value> = usage.times.iter().map(|&time| vm.float(time)).collect();
    items.extend(usage.counts.iter().map(|&count| vm.int(count)));
    STRUCT_RUSAGE.make(vm, items)
}

#[pvm_macros::pymodule(name = "resource")]
pub mod native {
    use pvm_interpreter::audit;
    use pvm_macros::pyfunction;
    use pvm_object::arguments::Argument;
    use pvm_object::convert::FromArg;
    use pvm_object::int::IntView;
    use pvm_object::tuple::Tuple;
    use pvm_object::{PyResult, Ref, Value, Vm, exceptions};

    use super::{STRUCT_RUSAGE, struct_rusage};
    use crate::system::{self, Errno};

    #[constant]
    const RLIMIT_CPU: i64 = 0;
    #[constant]
    const RLIMIT_FSIZE: i64 = 1;
    #[constant]
    const RLIMIT_DATA: i64 = 2;
    #[constant]
    const RLIMIT_STACK: i64 = 3;
    #[constant]
    const RLIMIT_CORE: i64 = 4;
    #[constant]
    const RLIMIT_RSS: i64 = 5;
    #[constant]
    const RLIMIT_NPROC: i64 = 6;
    #[constant]
    const RLIMIT_NOFILE: i64 = 7;
    #[constant]
    const RLIMIT_OFILE: i64 = 7;
    #[constant]
    const RLIMIT_MEMLOCK: i64 = 8;
    #[constant]
    const RLIMIT_AS: i64 = 9;
    #[constant]
    const RLIMIT_SIGPENDING: i64 = 11;
    #[constant]
    const RLIMIT_MSGQUEUE: i64 = 12;
    #[constant]
    const RLIMIT_NICE: i64 = 13;
    #[constant]
    const RLIMIT_RTPRIO: i64 = 14;
    #[constant]
    const RLIMIT_RTTIME: i64 = 15;
    #[constant]
    const RLIM_INFINITY: i64 = -1;
    #[constant]
    const RUSAGE_SELF: i64 = 0;
    #[constant]
    const RUSAGE_CHILDREN: i64 = -1;
    #[constant]
    const RUSAGE_THREAD: i64 = 1;

    /// How many limits there are.
    const LIMITS: i32 = 16;

    /// Return what this process, its children or this thread used.
    #[pyfunction]
    fn getrusage(vm: &mut Vm, who: i32) -> PyResult<Ref<Tuple>> {
        match system::usage(who) {
            Ok(usage) => struct_rusage(vm, &usage),
            Err(Errno::INVAL) => Err(vm.value_error(format_args!("invalid who parameter"))),
            Err(errno) => Err(vm.os_error(errno.raw_os_error())),
        }
    }

    fn check(vm: &mut Vm, resource: i32) -> PyResult<u32> {
        match u32::try_from(resource) {
            Ok(known) if resource < LIMITS => Ok(known),
            _ => Err(vm.value_error(format_args!("invalid resource specified"))),
        }
    }

    /// A limit: -1 stands for none.
    fn limit(vm: &mut Vm, value: &Value) -> PyResult<u64> {
        let index = vm.index(value)?;
        if index.as_small_int() == Some(-1) {
            return Ok(u64::MAX);
        }
        match u64::from_arg(index.borrowed(), Argument::operand(""), vm) {
            Ok(limit) => Ok(limit),
            Err(raised) => {
                let big = index.as_int().is_some_and(|int| match int {
                    IntView::Small(number) => number < 0,
                    IntView::Big(number) => number.sign() == dashu_int::Sign::Negative,
                });
                let negative = big || vm.pending_is(&exceptions::VALUE_ERROR);
                drop(vm.catch(raised));
                Err(match negative {
                    true => vm.value_error(format_args!("Cannot convert negative int")),
                    false => vm.overflow_error(format_args!("Python int too large to convert to C rlim_t")),
                })
            }
        }
    }

    fn limits(vm: &mut Vm, limits: &Value) -> PyResult<(u64, u64)> {
        let items = vm.collect_items(limits)?;
        let [soft, hard] = &items[..] else {
            return Err(vm.value_error(format_args!("expected a tuple of 2 integers")));
        };
        Ok((limit(vm, soft)?, limit(vm, hard)?))
    }

    fn shown(vm: &mut Vm, (soft, hard): (u64, u64)) -> PyResult<Ref<Tuple>> {
        let mut number = |limit: u64| match i64::try_from(limit) {
            Ok(limit) => vm.int(limit),
            Err(_) if limit == u64::MAX => Value::from_i32(-1),
            Err(_) => vm.big_int(limit.into()),
        };
        let items = vec![number(soft), number(hard)];
        Ok(vm.new_tuple(items))
    }

    fn change(vm: &mut Vm, pid: i32, resource: u32, new: Option<(u64, u64)>) -> PyResult<(u64, u64)> {
        match system::limits(pid, resource, new) {
            Ok(limits) => Ok(limits),
            Err(Errno::INVAL) => Err(vm.value_error(format_args!("current limit exceeds maximum limit"))),
            Err(Errno::PERM) if pid == 0 => Err(vm.value_error(format_args!("not allowed to raise maximum limit"))),
            Err(errno) => Err(vm.os_error(errno.raw_os_error())),
        }
    }

    /// Return the soft and the hard limit of a resource.
    #[pyfunction]
    fn getrlimit(vm: &mut Vm, resource: i32) -> PyResult<Ref<Tuple>> {
        let resource = check(vm, resource)?;
        let limits = change(vm, 0, resource, None)?;
        shown(vm, limits)
    }

    /// Set the soft and the hard limit of a resource.
    #[pyfunction]
    fn setrlimit(vm: &mut Vm, resource: i32, limits: &Value) -> PyResult<()> {
        let number = check(vm, resource)?;
        audit::event(vm, "resource.setrlimit", &[Value::from_i32(resource), limits.clone()])?;
        let new = self::limits(vm, limits)?;
        change(vm, 0, number, Some(new)).map(drop)
    }

    /// Return the limits of a resource for a process, and set them where they are given.
    #[pyfunction]
    #[signature = "(pid, resource, limits=None, /)"]
    fn prlimit(vm: &mut Vm, pid: i32, resource: i32, limits: Option<&Value>) -> PyResult<Ref<Tuple>> {
        let number = check(vm, resource)?;
        let shown_limits = limits.cloned().unwrap_or_else(Value::none);
        audit::event(vm, "resource.prlimit", &[Value::from_i32(pid), Value::from_i32(resource), shown_limits])?;
        let new = match limits {
            Some(limits) => Some(self::limits(vm, limits)?),
            None => None,
        };
        let before = change(vm, pid, number, new)?;
        shown(vm, before)
    }

    /// Return the size of a page of memory.
    #[pyfunction]
    fn getpagesize() -> usize {
        rustix::param::page_size()
    }

    #[init]
    fn init(vm: &mut Vm, module: &Value) -> PyResult<()> {
        let values = [("struct_rusage", STRUCT_RUSAGE.class.to_value()), ("error", exceptions::OS_ERROR.to_value())];
        for (name, value) in values {
            let name = vm.intern(name);
            vm.setattr(module, &name, &value)?;
        }
        Ok(())
    }
}
