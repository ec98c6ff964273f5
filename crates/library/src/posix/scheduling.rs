//! Scheduling: policies, priorities, and which processors a process runs on.

use pvm_macros::pyfunction;
use pvm_object::set::Set;
use pvm_object::tuple::Tuple;
use pvm_object::{PyResult, Ref, Value, Vm, struct_sequence};

use crate::system;

struct_sequence! {
    /// Parameters of scheduling
    ///
    /// sched_priority
    ///   The priority.
    pub SCHED_PARAM = "sched_param" in "posix", visible: 1, constructor: |vm, args| {
        let Some(priority) = args.get(0).or_else(|| args.keyword("sched_priority")) else {
            return Err(vm.type_error(format_args!(
                "sched_param() missing required argument 'sched_priority' (pos 1)"
            )));
        };
        if args.len() + args.keywords().len() > 1 {
            let given = args.len() + args.keywords().len();
            return Err(vm.type_error(format_args!("sched_param() takes at most 1 argument ({given} given)")));
        }
        Ok(SCHED_PARAM.make(vm, vec![priority.to_owned()])?.into())
    }, {
        sched_priority: Some("the scheduling priority"),
    }
}

/// The priority in a `sched_param`.
pub fn priority_of(vm: &mut Vm, parameters: &Value) -> PyResult<i32> {
    let priority = match parameters.downcast::<Tuple>() {
        Some(tuple) if std::ptr::eq(parameters.ty(), SCHED_PARAM.class.get()) => tuple.as_slice()[0].clone(),
        _ => return Err(vm.type_error(format_args!("must have a sched_param object"))),
    };
    let number = vm.index_isize_or(&priority, &pvm_object::exceptions::OVERFLOW_ERROR)?;
    i32::try_from(number).map_err(|_| vm.overflow_error(format_args!("sched_priority out of range")))
}

/// Return the highest priority of a policy.
#[pyfunction(module = "posix")]
#[signature = "(policy)"]
pub fn sched_get_priority_max(vm: &mut Vm, policy: i32) -> PyResult<i32> {
    let priority = system::highest_priority(policy);
    system::raise(vm, priority)
}

/// Return the lowest priority of a policy.
#[pyfunction(module = "posix")]
#[signature = "(policy)"]
pub fn sched_get_priority_min(vm: &mut Vm, policy: i32) -> PyResult<i32> {
    let priority = system::lowest_priority(policy);
    system::raise(vm, priority)
}

/// Return the policy that a process is scheduled by; 0 is this one.
#[pyfunction(module = "posix")]
#[signature = "(pid, /)"]
pub fn sched_getscheduler(vm: &mut Vm, pid: i32) -> PyResult<i32> {
    let policy = system::scheduler(pid);
    system::raise(vm, policy)
}

/// Set the policy and the parameters that a process is scheduled by.
#[pyfunction(module = "posix")]
#[signature = "(pid, policy, param, /)"]
pub fn sched_setscheduler(vm: &mut Vm, pid: i32, policy: i32, param: &Value) -> PyResult<()> {
    let priority = priority_of(vm, param)?;
    let result = system::set_scheduler(pid, policy, priority);
    system::raise(vm, result)
}

/// Return the parameters that a process is scheduled by.
#[pyfunction(module = "posix")]
#[signature = "(pid, /)"]
pub fn sched_getparam(vm: &mut Vm, pid: i32) -> PyResult<Ref<Tuple>> {
    let priority = system::scheduling_priority(pid);
    let priority = system::raise(vm, priority)?;
    SCHED_PARAM.make(vm, vec![Value::from_i32(priority)])
}

/// Set the parameters that a process is scheduled by.
#[pyfunction(module = "posix")]
#[signature = "(pid, param, /)"]
pub fn sched_setparam(vm: &mut Vm, pid: i32, param: &Value) -> PyResult<()> {
    let priority = priority_of(vm, param)?;
    let result = system::set_scheduling_priority(pid, priority);
    system::raise(vm, result)
}

/// Return the seconds that a process runs before another's turn.
#[pyfunction(module = "posix")]
#[signature = "(pid, /)"]
pub fn sched_rr_get_interval(vm: &mut Vm, pid: i32) -> PyResult<f64> {
    let interval = system::round_robin_interval(pid);
    system::raise(vm, interval)
}

/// Let others run.
#[pyfunction(module = "posix")]
#[signature = "()"]
pub fn sched_yield(vm: &mut Vm) {
    vm.detach(rustix::thread::sched_yield);
}

/// Return the set of the processors that a process may run on.
#[pyfunction(module = "posix")]
#[signature = "(pid, /)"]
pub fn sched_getaffinity(vm: &mut Vm, pid: i32) -> PyResult<Ref<Set>> {
    let processors = system::affinity(pid);
    let processors = system::raise(vm, processors)?;
    let set = vm.new_set();
    for processor in processors {
        let processor = vm.int(processor as i64);
        set.add(&processor, vm)?;
    }
    Ok(set)
}

/// Let a process run on these processors alone.
#[pyfunction(module = "posix")]
#[signature = "(pid, mask, /)"]
pub fn sched_setaffinity(vm: &mut Vm, pid: i32, mask: &Value) -> PyResult<()> {
    let iterator = vm.iter(mask)?;
    let mut processors = Vec::new();
    while let Some(item) = vm.next(&iterator)? {
        if item.as_int().is_none() {
            let kind = vm.repr(&item.ty().to_value())?;
            return Err(vm.type_error(format_args!("expected an iterator of ints, but iterator yielded {kind}")));
        }
        let number = vm.index_clipped(&item)?;
        let Ok(processor) = usize::try_from(number) else {
            return Err(vm.value_error(format_args!("negative CPU number")));
        };
        if processor > 1 << 30 {
            return Err(vm.overflow_error(format_args!("CPU number too large")));
        }
        processors.push(processor);
    }
    let result = system::set_affinity(pid, &processors);
    system::raise(vm, result)
}
