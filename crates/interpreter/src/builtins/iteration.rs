//! Functions on iterables.

use pvm_macros::pymodule;

#[pymodule(name = "builtins")]
mod functions {
    use pvm_macros::pyfunction;
    use pvm_object::iterators::CallableIterator;
    use pvm_object::ops::CompareOp;
    use pvm_object::{Args, PyResult, Value, Vm, names};

    /// Return the number of items in a container.
    #[pyfunction]
    fn len(vm: &mut Vm, obj: &Value) -> PyResult<usize> {
        vm.len(obj)
    }

    /// iter(iterable) -> iterator
    /// iter(callable, sentinel) -> iterator
    ///
    /// Get an iterator from an object.
    /// In the first form, the argument must supply its own iterator, or be a sequence.
    /// In the second form, the callable is called until it returns the sentinel.
    #[pyfunction]
    #[signature = "(object, sentinel=<unrepresentable>, /)"]
    #[text_signature = ""]
    fn iter(vm: &mut Vm, object: &Value, sentinel: Option<Value>) -> PyResult {
        let Some(sentinel) = sentinel else { return vm.iter(object) };
        if object.ty().slots().call().is_none() {
            return Err(vm.type_error(format_args!("iter(v, w): v must be callable")));
        }
        Ok(vm.alloc(CallableIterator::new(object.clone(), sentinel)).into())
    }

    /// next(iterator[, default])
    ///
    /// Return the next item from the iterator. If default is given and the iterator
    /// is exhausted, it is returned instead of raising StopIteration.
    #[pyfunction]
    #[signature = "(iterator, default=<unrepresentable>, /)"]
    #[text_signature = ""]
    fn next(vm: &mut Vm, iterator: &Value, default: Option<Value>) -> PyResult {
        let item = vm.next_or_stop(iterator);
        match default {
            None => match item? {
                Some(item) => Ok(item),
                None => Err(vm.stop_iteration()),
            },
            Some(default) => {
                let item = vm.ok_unless(item, pvm_object::exceptions::STOP_ITERATION.get())?;
                Ok(item.flatten().unwrap_or(default))
            }
        }
    }

    /// Return an AsyncIterator for an AsyncIterable object.
    #[pyfunction]
    #[signature = "(async_iterable, /)"]
    fn aiter(vm: &mut Vm, async_iterable: &Value) -> PyResult {
        let kind = vm.type_name(async_iterable);
        match async_iterable.ty().slots().async_iter() {
            Some(get) => {
                let iterator = get(vm, async_iterable)?;
                if iterator.ty().slots().async_next().is_none() {
                    let kind = vm.type_name(&iterator);
                    return Err(vm.type_error(format_args!("aiter() returned not an async iterator of type '{kind}'")));
                }
                Ok(iterator)
            }
            None => Err(vm.type_error(format_args!("'{kind}' object is not an async iterable"))),
        }
    }

    /// Return the next item from the async iterator.
    ///
    /// If default is given and the async iterator is exhausted,
    /// it is returned instead of raising StopAsyncIteration.
    #[pyfunction]
    #[signature = "(async_iterator, default=<unrepresentable>, /)"]
    #[text_signature = ""]
    fn anext(vm: &mut Vm, async_iterator: &Value, default: Option<Value>) -> PyResult {
        let Some(next) = async_iterator.ty().slots().async_next() else {
            let kind = vm.type_name(async_iterator);
            return Err(vm.type_error(format_args!("'{kind}' object is not an async iterator")));
        };
        let awaitable = next(vm, async_iterator)?;
        match default {
            None => Ok(awaitable),
            Some(default) => crate::generator::anext_default::new(vm, awaitable, default),
        }
    }

    /// Return True if bool(x) is True for all values x in the iterable.
    ///
    /// If the iterable is empty, return True.
    #[pyfunction]
    fn all(vm: &mut Vm, iterable: &Value) -> PyResult<bool> {
        let iterator = vm.iter(iterable)?;
        while let Some(item) = vm.next(&iterator)? {
            if !vm.truth(&item)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Return True if bool(x) is True for any x in the iterable.
    ///
    /// If the iterable is empty, return False.
    #[pyfunction]
    fn any(vm: &mut Vm, iterable: &Value) -> PyResult<bool> {
        let iterator = vm.iter(iterable)?;
        while let Some(item) = vm.next(&iterator)? {
            if vm.truth(&item)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Return the sum of a 'start' value (default: 0) plus an iterable of numbers
    ///
    /// When the iterable is empty, return the start value.
    /// This function is intended specifically for use with numeric values and may
    /// reject non-numeric types.
    #[pyfunction]
    #[signature = "(iterable, /, start=0)"]
    fn sum(vm: &mut Vm, iterable: &Value, start: Option<Value>) -> PyResult {
        crate::builtins::sum::sum(vm, iterable, start.unwrap_or_else(|| Value::from_i32(0)))
    }

    /// Return a new list containing all items from the iterable in ascending order.
    ///
    /// A custom key function can be supplied to customize the sort order, and the
    /// reverse flag can be set to request the result in descending order.
    #[pyfunction]
    #[text_signature = "($module, iterable, /, *, key=None, reverse=False)"]
    fn sorted(vm: &mut Vm, args: Args<'_>) -> PyResult {
        if args.len() != 1 {
            let got = args.len();
            return Err(vm.type_error(format_args!("sorted expected 1 argument, got {got}")));
        }
        let iterable = args.get(0).expect("one argument");
        let list: Value = vm.list_of(&iterable)?.into();
        let (sort, unbound) = vm.get_method(&list, &names::sort)?;
        let rest = args.skip(1);
        if unbound {
            rest.with_first(&list, |args| vm.call_args(&sort, args))?;
        } else {
            vm.call_args(&sort, rest)?;
        }
        Ok(list)
    }

    fn extreme(vm: &mut Vm, name: &str, op: CompareOp, args: Args<'_>) -> PyResult {
        if args.len() > 1 && !args.has_keywords() {
            let mut best = args.get(0).expect("two arguments or more");
            for item in args.iter().skip(1) {
                if vm.compare(&item, &best, op)? {
                    best = item;
                }
            }
            return Ok(best.to_owned());
        }
        let (mut key, mut default) = (None, None);
        for (keyword, value) in args.keywords() {
            match &*keyword.to_string_lossy() {
                "key" => key = (!value.is_none()).then(|| value.to_owned()),
                "default" => default = Some(value.to_owned()),
                _ => return Err(vm.unexpected_keyword(&name, keyword, ["key", "default"])),
            }
        }
        let several = args.len() > 1;
        let iterator = match args.len() {
            0 => return Err(vm.type_error(format_args!("{name} expected at least 1 argument, got 0"))),
            1 => vm.iter(&args.get(0).expect("one argument"))?,
            _ => {
                if default.is_some() {
                    return Err(
                        vm.type_error(format_args!("Cannot specify a default for {name}() with multiple positional arguments"))
                    );
                }
                Value::none()
            }
        };
        let mut best: Option<(Value, Value)> = None;
        let mut arguments = args.iter();
        loop {
            let next = if several { arguments.next().map(|item| item.to_owned()) } else { vm.next(&iterator)? };
            let Some(item) = next else { break };
            let measure = match &key {
                Some(key) => vm.call(key, std::slice::from_ref(&item))?,
                None => item.clone(),
            };
            let better = match &best {
                None => true,
                Some((known, _)) => vm.compare(&measure, known, op)?,
            };
            if better {
                best = Some((measure, item));
            }
        }
        match (best, default) {
            (Some((_, item)), _) => Ok(item),
            (None, Some(default)) => Ok(default),
            (None, None) => Err(vm.value_error(format_args!("{name}() iterable argument is empty"))),
        }
    }

    /// min(iterable, *[, default=obj, key=func]) -> value
    /// min(arg1, arg2, *args, *[, key=func]) -> value
    ///
    /// With a single iterable argument, return its smallest item. The
    /// default keyword-only argument specifies an object to return if
    /// the provided iterable is empty.
    /// With two or more positional arguments, return the smallest argument.
    #[pyfunction]
    #[text_signature = ""]
    fn min(vm: &mut Vm, args: Args<'_>) -> PyResult {
        extreme(vm, "min", CompareOp::Lt, args)
    }

    /// max(iterable, *[, default=obj, key=func]) -> value
    /// max(arg1, arg2, *args, *[, key=func]) -> value
    ///
    /// With a single iterable argument, return its biggest item. The
    /// default keyword-only argument specifies an object to return if
    /// the provided iterable is empty.
    /// With two or more positional arguments, return the largest argument.
    #[pyfunction]
    #[text_signature = ""]
    fn max(vm: &mut Vm, args: Args<'_>) -> PyResult {
        extreme(vm, "max", CompareOp::Gt, args)
    }
}

pub(super) use functions::MODULE;
