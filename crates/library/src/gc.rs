//! `gc`: the cycle collector as programs see it.

#[pvm_macros::pymodule(name = "gc")]
pub mod native {
    //! This module provides access to the garbage collector for reference cycles.
    //!
    //! enable() -- Enable automatic garbage collection.
    //! disable() -- Disable automatic garbage collection.
    //! isenabled() -- Returns true if automatic collection is enabled.
    //! collect() -- Do a full collection right now.
    //! get_count() -- Return the current collection counts.
    //! get_stats() -- Return list of dictionaries containing per-generation stats.
    //! set_debug() -- Set debugging flags.
    //! get_debug() -- Get debugging flags.
    //! set_threshold() -- Set the collection thresholds.
    //! get_threshold() -- Return the current collection thresholds.
    //! get_objects() -- Return a list of all objects tracked by the collector.
    //! is_tracked() -- Returns true if a given object is tracked.
    //! is_finalized() -- Returns true if a given object has been already finalized.
    //! get_referrers() -- Return the list of objects that refer to an object.
    //! get_referents() -- Return the list of objects that an object refers to.
    //! freeze() -- Freeze all tracked objects and ignore them for future collections.
    //! unfreeze() -- Unfreeze all objects in the permanent generation.
    //! get_freeze_count() -- Return the number of objects in the permanent generation.
    use pvm_interpreter::audit;
    use pvm_interpreter::generator::running_referrers;
    use pvm_macros::pyfunction;
    use pvm_object::arguments::Argument;
    use pvm_object::convert::FromArg;
    use pvm_object::heap::inspect::debug;
    use pvm_object::list::List;
    use pvm_object::{Args, Heap, PyResult, Ref, Value, Vm};

    use crate::parameters::OptionalSize;

    #[constant]
    #[name = "DEBUG_STATS"]
    const DEBUG_STATS: i32 = debug::STATS;
    #[constant]
    #[name = "DEBUG_COLLECTABLE"]
    const DEBUG_COLLECTABLE: i32 = debug::COLLECTABLE;
    #[constant]
    #[name = "DEBUG_UNCOLLECTABLE"]
    const DEBUG_UNCOLLECTABLE: i32 = debug::UNCOLLECTABLE;
    #[constant]
    #[name = "DEBUG_SAVEALL"]
    const DEBUG_SAVEALL: i32 = debug::SAVEALL;
    #[constant]
    #[name = "DEBUG_LEAK"]
    const DEBUG_LEAK: i32 = debug::COLLECTABLE | debug::UNCOLLECTABLE | debug::SAVEALL;

    /// Enable automatic garbage collection.
    #[pyfunction]
    fn enable(heap: &mut Heap) {
        heap.collector().set_enabled(true);
    }

    /// Disable automatic garbage collection.
    #[pyfunction]
    fn disable(heap: &mut Heap) {
        heap.collector().set_enabled(false);
    }

    /// Returns true if automatic garbage collection is enabled.
    #[pyfunction]
    fn isenabled(heap: &Heap) -> bool {
        heap.collector().is_enabled()
    }

    /// Run the garbage collector.
    ///
    /// With no arguments, run a full collection.  The optional argument
    /// may be an integer specifying which generation to collect.  A ValueError
    /// is raised if the generation number is invalid.
    ///
    /// The number of unreachable objects is returned.
    #[pyfunction]
    #[signature = "(generation=2)"]
    fn collect(vm: &mut Vm, generation: i32) -> PyResult<usize> {
        match generation {
            0..=2 => Ok(vm.collect_generation(generation as usize)),
            _ => Err(vm.value_error(format_args!("invalid generation"))),
        }
    }

    /// Set the garbage collection debugging flags.
    ///
    ///   flags
    ///     An integer that can have the following bits turned on:
    ///       DEBUG_STATS - Print statistics during collection.
    ///       DEBUG_COLLECTABLE - Print collectable objects found.
    ///       DEBUG_UNCOLLECTABLE - Print unreachable but uncollectable objects
    ///         found.
    ///       DEBUG_SAVEALL - Save objects to gc.garbage rather than freeing them.
    ///       DEBUG_LEAK - Debug leaking programs (everything but STATS).
    ///
    /// Debugging information is written to sys.stderr.
    #[pyfunction]
    fn set_debug(heap: &mut Heap, flags: i32) {
        heap.collector().debug.set(flags);
    }

    /// Get the garbage collection debugging flags.
    #[pyfunction]
    fn get_debug(heap: &Heap) -> i32 {
        heap.collector().debug.get()
    }

    /// set_threshold(threshold0, [threshold1, [threshold2]])
    /// Set the collection thresholds (the collection frequency).
    ///
    /// Setting 'threshold0' to zero disables collection.
    #[pyfunction]
    #[text_signature = ""]
    fn set_threshold(vm: &mut Vm, args: Args<'_>) -> PyResult<()> {
        if !(1..=3).contains(&args.len()) {
            return Err(vm.type_error(format_args!("gc.set_threshold requires 1 to 3 arguments")));
        }
        let mut thresholds = vm.collector().thresholds();
        for (threshold, argument) in thresholds.iter_mut().zip(args.iter()) {
            *threshold = i32::from_arg(argument, Argument::operand(""), vm)?.into();
        }
        vm.collector().set_thresholds(thresholds);
        Ok(())
    }

    /// Return the current collection thresholds.
    #[pyfunction]
    fn get_threshold(heap: &Heap) -> (i64, i64, i64) {
        heap.collector().thresholds().into()
    }

    /// Return a three-tuple of the current collection counts.
    #[pyfunction]
    fn get_count(heap: &Heap) -> (i64, i64, i64) {
        heap.heap_state().collection_counts()
    }

    /// Return a list of dictionaries containing per-generation statistics.
    #[pyfunction]
    fn get_stats(heap: &mut Heap) -> PyResult<Ref<List>> {
        let (collections, collected) = (heap.collector().collections.get(), heap.collector().collected.get());
        let list = heap.new_list();
        for (collections, collected) in collections.into_iter().zip(collected) {
            let stats = heap.new_dict();
            let fields = [("collections", collections), ("collected", collected), ("uncollectable", 0)];
            for (name, value) in fields {
                let (name, value) = (heap.intern(name), heap.int(value as i64));
                stats.set_str(&name, value, heap)?;
            }
            list.push(stats.into(), heap)?;
        }
        Ok(list)
    }

    /// Return a list of objects tracked by the collector (excluding the list returned).
    ///
    ///   generation
    ///     Generation to extract the objects from.
    ///
    /// If generation is not None, return only the objects tracked by the
    /// collector that are in that generation.
    #[pyfunction]
    #[signature = "(generation=None)"]
    fn get_objects(vm: &mut Vm, #[default(OptionalSize::ALL)] generation: OptionalSize) -> PyResult<Ref<List>> {
        let shown = if generation == OptionalSize::ALL { -1 } else { generation.0 as i64 };
        let shown = vm.int(shown);
        audit::event(vm, "gc.get_objects", &[shown])?;
        let generation = match generation.0 {
            _ if generation == OptionalSize::ALL => None,
            known @ 0..=2 => Some(known as usize),
            3.. => {
                return Err(vm.value_error(format_args!(
                    "generation parameter must be less than the number of available generations (3)"
                )));
            }
            _ => {
                return Err(vm.value_error(format_args!("generation parameter cannot be negative")));
            }
        };
        let objects = vm.containers(generation);
        Ok(vm.try_list(objects)?)
    }

    /// Returns true if the object is tracked by the garbage collector.
    ///
    /// Simple atomic objects will return false.
    #[pyfunction]
    fn is_tracked(heap: &Heap, obj: &Value) -> bool {
        heap.is_tracked(obj)
    }

    /// Returns true if the object has been already finalized by the GC.
    #[pyfunction]
    fn is_finalized(heap: &Heap, obj: &Value) -> bool {
        heap.is_finalised(obj)
    }

    /// Return the list of objects that directly refer to any of 'objs'.
    #[pyfunction]
    #[signature = "(*objs)"]
    fn get_referrers(vm: &mut Vm, objs: Args<'_>) -> PyResult<Ref<List>> {
        let targets = objs.to_values();
        let shown = vm.new_tuple(targets.clone()).into();
        audit::event(vm, "gc.get_referrers", &[shown])?;
        let mut referrers = vm.referrers(&targets);
        referrers.extend(running_referrers(vm, &targets));
        Ok(vm.try_list(referrers)?)
    }

    /// Return the list of objects that are directly referred to by 'objs'.
    #[pyfunction]
    #[signature = "(*objs)"]
    fn get_referents(vm: &mut Vm, objs: Args<'_>) -> PyResult<Ref<List>> {
        let shown = vm.new_tuple(objs.to_values()).into();
        audit::event(vm, "gc.get_referents", &[shown])?;
        let referents: Vec<Value> = objs.iter().flat_map(|object| vm.referents(&object)).collect();
        Ok(vm.try_list(referents)?)
    }

    /// Freeze all current tracked objects and ignore them for future collections.
    ///
    /// This can be used before a POSIX fork() call to make the gc copy-on-write
    /// friendly.
    /// Note: collection before a POSIX fork() call may free pages for future
    /// allocation which can cause copy-on-write.
    #[pyfunction]
    fn freeze(heap: &mut Heap) {
        heap.set_frozen(true);
    }

    /// Unfreeze all objects in the permanent generation.
    ///
    /// Put all objects in the permanent generation back into oldest generation.
    #[pyfunction]
    fn unfreeze(heap: &mut Heap) {
        heap.set_frozen(false);
    }

    /// Return the number of objects in the permanent generation.
    #[pyfunction]
    fn get_freeze_count(heap: &Heap) -> usize {
        heap.frozen_count()
    }

    #[init]
    fn init(vm: &mut Vm, module: &Value) -> PyResult<()> {
        let lists = vm.gc_lists();
        for (name, list) in [("callbacks", &lists.callbacks), ("garbage", &lists.garbage)] {
            let name = vm.intern(name);
            vm.setattr(module, &name, &list.to_value())?;
        }
        Ok(())
    }
}
