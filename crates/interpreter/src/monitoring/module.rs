//! The module `sys.monitoring`.

use pvm_macros::pymodule;

#[pymodule(name = "sys.monitoring")]
mod monitoring {
    use pvm_macros::pyfunction;
    use pvm_object::code::Code;
    use pvm_object::str::Str;
    use pvm_object::{Object, PyResult, Value, Vm};

    use crate::interpreter::state;
    use crate::monitoring::{PROGRAM_TOOLS, event, instrumentation, set_events as set_all};

    const CALL: i32 = 1 << event::CALL;
    const C_EVENTS: i32 = 1 << event::C_RETURN | 1 << event::C_RAISE;
    const BRANCH: i32 = 1 << event::BRANCH;
    const BRANCHES: i32 = 1 << event::BRANCH_LEFT | 1 << event::BRANCH_RIGHT;

    #[constant]
    const DEBUGGER_ID: i32 = 0;
    #[constant]
    const COVERAGE_ID: i32 = 1;
    #[constant]
    const PROFILER_ID: i32 = 2;
    #[constant]
    const OPTIMIZER_ID: i32 = 5;

    fn checked(vm: &mut Vm, tool: i32) -> PyResult<usize> {
        match usize::try_from(tool) {
            Ok(tool) if tool < PROGRAM_TOOLS => Ok(tool),
            _ => Err(vm.value_error(format_args!("invalid tool {tool} (must be between 0 and 5)"))),
        }
    }

    fn used(vm: &mut Vm, tool: i32) -> PyResult<usize> {
        let index = checked(vm, tool)?;
        match state(vm).monitoring.name(index) {
            Some(_) => Ok(index),
            None => Err(vm.value_error(format_args!("tool {tool} is not in use"))),
        }
    }

    fn code_of<'a>(vm: &mut Vm, code: &'a Value) -> PyResult<&'a Object<Code>> {
        match code.downcast::<Code>() {
            Some(code) => Ok(code),
            None => Err(vm.type_error(format_args!("code must be a code object"))),
        }
    }

    /// The set that is kept for one that is asked for: results of native calls go with the calls, branches have two ways.
    fn normal_set(vm: &mut Vm, events: i32) -> PyResult<u32> {
        if events & C_EVENTS != 0 && events & CALL == 0 {
            return Err(vm.value_error(format_args!("cannot set C_RETURN or C_RAISE events independently")));
        }
        let events = events & !C_EVENTS;
        Ok(if events & BRANCH != 0 { events & !BRANCH | BRANCHES } else { events } as u32)
    }

    #[pyfunction]
    #[signature = "(tool_id, name, /)"]
    fn use_tool_id(vm: &mut Vm, tool_id: i32, name: &Value) -> PyResult<()> {
        let tool = checked(vm, tool_id)?;
        if !name.is_instance_of::<Str>() {
            return Err(vm.value_error(format_args!("tool name must be a str")));
        }
        if state(vm).monitoring.name(tool).is_some() {
            return Err(vm.value_error(format_args!("tool {tool_id} is already in use")));
        }
        state(vm).monitoring.set_name(tool, Some(name.clone()));
        Ok(())
    }

    fn clear(vm: &mut Vm, tool: usize) {
        for number in 0..event::NAMES.len() {
            if let Some(old) = state(vm).monitoring.set_callback(tool, number, None) {
                vm.release(old);
            }
        }
        set_all(vm, tool, 0);
        for code in crate::monitoring::all_code(vm) {
            if instrumentation::local(&code, tool) != 0 {
                instrumentation::set_local(vm, &code, tool, 0);
            }
        }
    }

    #[pyfunction]
    #[signature = "(tool_id, /)"]
    fn clear_tool_id(vm: &mut Vm, tool_id: i32) -> PyResult<()> {
        let tool = checked(vm, tool_id)?;
        if state(vm).monitoring.name(tool).is_some() {
            clear(vm, tool);
        }
        Ok(())
    }

    #[pyfunction]
    #[signature = "(tool_id, /)"]
    fn free_tool_id(vm: &mut Vm, tool_id: i32) -> PyResult<()> {
        let tool = checked(vm, tool_id)?;
        if let Some(name) = state(vm).monitoring.set_name(tool, None) {
            clear(vm, tool);
            vm.release(name);
        }
        Ok(())
    }

    #[pyfunction]
    #[signature = "(tool_id, /)"]
    fn get_tool(vm: &mut Vm, tool_id: i32) -> PyResult {
        let tool = checked(vm, tool_id)?;
        Ok(state(vm).monitoring.name(tool).unwrap_or_else(Value::none))
    }

    #[pyfunction]
    #[signature = "(tool_id, event, func, /)"]
    fn register_callback(vm: &mut Vm, tool_id: i32, event: i32, func: &Value) -> PyResult {
        let tool = checked(vm, tool_id)?;
        if event.count_ones() != 1 {
            return Err(vm.value_error(format_args!("The callback can only be set for one event at a time")));
        }
        let number = event.trailing_zeros() as usize;
        if number >= event::NAMES.len() {
            return Err(vm.value_error(format_args!("invalid event {event}")));
        }
        crate::audit::event(vm, "sys.monitoring.register_callback", std::slice::from_ref(func))?;
        let numbers = match number {
            event::BRANCH => vec![event::BRANCH_LEFT, event::BRANCH_RIGHT, event::BRANCH],
            _ => vec![number],
        };
        let callback = (!func.is_none()).then(|| func.clone());
        let old: Vec<_> =
            numbers.into_iter().map(|number| state(vm).monitoring.set_callback(tool, number, callback.clone())).collect();
        Ok(old.into_iter().next_back().flatten().unwrap_or_else(Value::none))
    }

    #[pyfunction]
    #[signature = "(tool_id, /)"]
    fn get_events(vm: &mut Vm, tool_id: i32) -> PyResult<u32> {
        let tool = checked(vm, tool_id)?;
        Ok(shown(state(vm).monitoring.events(tool)))
    }

    /// A set as programs see it: both ways of branches are a branch as well.
    fn shown(events: u32) -> u32 {
        if events & BRANCHES as u32 == BRANCHES as u32 { events | BRANCH as u32 } else { events }
    }

    #[pyfunction]
    #[signature = "(tool_id, event_set, /)"]
    fn set_events(vm: &mut Vm, tool_id: i32, event_set: i32) -> PyResult<()> {
        checked(vm, tool_id)?;
        if event_set < 0 || event_set >= 1 << event::NAMES.len() {
            return Err(vm.value_error(format_args!("invalid event set 0x{event_set:x}")));
        }
        let events = normal_set(vm, event_set)?;
        let tool = used(vm, tool_id)?;
        set_all(vm, tool, events);
        Ok(())
    }

    #[pyfunction]
    #[signature = "(tool_id, code, /)"]
    fn get_local_events(vm: &mut Vm, tool_id: i32, code: &Value) -> PyResult<u32> {
        let code = code_of(vm, code)?;
        let tool = checked(vm, tool_id)?;
        Ok(shown(instrumentation::local(code, tool)))
    }

    #[pyfunction]
    #[signature = "(tool_id, code, event_set, /)"]
    fn set_local_events(vm: &mut Vm, tool_id: i32, code: &Value, event_set: i32) -> PyResult<()> {
        let code = code_of(vm, code)?;
        checked(vm, tool_id)?;
        let events = normal_set(vm, event_set)?;
        if event_set < 0 || events >= 1 << event::LOCAL {
            return Err(vm.value_error(format_args!("invalid local event set 0x{event_set:x}")));
        }
        let tool = used(vm, tool_id)?;
        instrumentation::set_local(vm, code, tool, events);
        Ok(())
    }

    #[pyfunction]
    fn restart_events(vm: &Vm) {
        state(vm).monitoring.restart();
    }

    #[pyfunction]
    fn _all_events(vm: &mut Vm) -> PyResult {
        let dict = vm.new_dict();
        for (number, name) in event::NAMES.iter().enumerate().take(event::C_RETURN) {
            let monitoring = &state(vm).monitoring;
            let tools = (0..crate::monitoring::TOOLS).filter(|&tool| monitoring.events(tool) & 1 << number != 0);
            let set = tools.fold(0, |set, tool| set | 1 << tool);
            if set != 0 {
                let name = vm.intern(name);
                dict.set_str(&name, Value::from_i32(set), vm)?;
            }
        }
        Ok(dict.into())
    }

    #[init]
    fn init(vm: &mut Vm, module: &Value) -> PyResult<()> {
        let mut events: Vec<(&str, Value)> =
            event::NAMES.iter().enumerate().map(|(number, name)| (*name, Value::from_i32(1 << number))).collect();
        events.push(("NO_EVENTS", Value::from_i32(0)));
        let events = vm.new_namespace(events)?.into();
        let (disable, missing) = (state(vm).monitoring.disable(vm), state(vm).monitoring.missing(vm));
        for (name, value) in [("events", events), ("DISABLE", disable), ("MISSING", missing)] {
            let name = vm.intern(name);
            vm.setattr(module, &name, &value)?;
        }
        Ok(())
    }
}

pub(crate) use monitoring::MODULE;
