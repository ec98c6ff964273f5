//! `_lru_cache_wrapper`: what `functools.lru_cache` makes of a function.

use std::cell::Cell;

use pvm_macros::{pyclass, pymethods};
use pvm_object::dict::Dict;
use pvm_object::str::Str;
use pvm_object::{Args, HeapCell, Object, PyResult, Ref, Value, Vm, names};

use super::recency::{Content, Recency};

/// Stands in keys between positional and keyword arguments.
#[pyclass(name = "_keyword_mark", module = "functools", no_export, final)]
struct KeywordMark;

/// Create a cached callable that wraps another function.
///
/// user_function:      the function being cached
///
/// maxsize:  0         for no caching
///           None      for unlimited cache size
///           n         for a bounded cache
///
/// typed:    False     cache f(3) and f(3.0) as identical calls
///           True      cache f(3) and f(3.0) as distinct calls
///
/// cache_info_type:    namedtuple class with the fields:
///                         hits misses currsize maxsize
#[pyclass(name = "_lru_cache_wrapper", module = "functools", dict, weakref, method_descriptor, final)]
pub struct LruCacheWrapper {
    function: Value,
    /// None is without bound.
    maxsize: Option<usize>,
    typed: bool,
    cache_info_type: Value,
    keyword_mark: Value,
    /// Results by key; in a bounded cache, places in `recency`.
    cache: Ref<Dict>,
    recency: HeapCell<Recency>,
    hits: Cell<usize>,
    misses: Cell<usize>,
}

#[pymethods]
impl LruCacheWrapper {
    #[new]
    #[name = "lru_cache"]
    #[text_signature = ""]
    #[signature = "(user_function, maxsize, typed, cache_info_type)"]
    fn new(vm: &mut Vm, user_function: Value, maxsize: &Value, typed: bool, cache_info_type: Value) -> PyResult<LruCacheWrapper> {
        if user_function.ty().slots().call().is_none() {
            return Err(vm.type_error(format_args!("the first argument must be callable")));
        }
        let maxsize = if maxsize.is_none() {
            None
        } else if maxsize.as_int().is_some() || maxsize.ty().slots().index().is_some() {
            Some(usize::try_from(vm.index_isize(maxsize)?).unwrap_or(0))
        } else {
            return Err(vm.type_error(format_args!("maxsize should be integer or None")));
        };
        Ok(LruCacheWrapper {
            function: user_function,
            maxsize,
            typed,
            cache_info_type,
            keyword_mark: vm.alloc(KeywordMark).into(),
            cache: vm.new_dict(),
            recency: HeapCell::default(),
            hits: Cell::new(0),
            misses: Cell::new(0),
        })
    }

    fn __call__(&self, vm: &mut Vm, args: Args<'_>) -> PyResult {
        match self.maxsize {
            Some(0) => {
                self.misses.set(self.misses.get() + 1);
                vm.call_args(&self.function, args)
            }
            Some(maxsize) => self.call_bounded(vm, args, maxsize),
            None => self.call_unbounded(vm, args),
        }
    }

    fn __get__(this: &Object<Self>, vm: &mut Vm, instance: Option<&Value>, _owner: Option<&Value>) -> Value {
        match instance {
            Some(instance) => vm.new_method(this.to_value(), instance.clone()),
            None => this.to_value(),
        }
    }

    /// Report cache statistics
    fn cache_info(&self, vm: &mut Vm) -> PyResult {
        let maxsize = match self.maxsize {
            Some(maxsize) => vm.int(maxsize as i64),
            None => Value::none(),
        };
        let size = self.cache.len(vm);
        let (hits, misses) = (vm.int(self.hits.get() as i64), vm.int(self.misses.get() as i64));
        let size = vm.int(size as i64);
        vm.call(&self.cache_info_type, &[hits, misses, maxsize, size])
    }

    /// Clear the cache and cache statistics
    fn cache_clear(&self, vm: &mut Vm) {
        self.hits.set(0);
        self.misses.set(0);
        let entries = self.recency.replace(Recency::default(), vm);
        self.cache.clear(vm);
        drop(entries);
    }

    fn __reduce__(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        vm.getattr(&this.as_value(), &names::__qualname__)
    }

    #[text_signature = ""]
    fn __copy__(this: &Value) -> Value {
        this.clone()
    }

    #[text_signature = ""]
    fn __deepcopy__(this: &Value, _memo: &Value) -> Value {
        this.clone()
    }
}

impl LruCacheWrapper {
    /// The key of a call: its only argument where that is a plain int or string, else a tuple of all (`lru_cache_make_key`).
    fn key(&self, vm: &mut Vm, args: Args<'_>) -> PyResult {
        if let (false, 1, false, Some(only)) = (self.typed, args.len(), args.has_keywords(), args.get(0))
            && (only.is_exact_int() || only.downcast_exact::<Str>().is_some())
        {
            return Ok(only.to_owned());
        }
        let mut items: Vec<Value> = args.iter().map(|arg| arg.to_owned()).collect();
        if args.has_keywords() {
            items.push(self.keyword_mark.clone());
            for (name, value) in args.keywords() {
                items.extend([name.to_value(), value.to_owned()]);
            }
        }
        if self.typed {
            items.extend(args.iter().map(|arg| arg.ty().to_value()));
            items.extend(args.keywords().map(|(_, value)| value.ty().to_value()));
        }
        Ok(vm.try_tuple(items)?.into())
    }

    fn hit(&self) {
        self.hits.set(self.hits.get() + 1);
    }

    fn call_unbounded(&self, vm: &mut Vm, args: Args<'_>) -> PyResult {
        let key = self.key(vm, args)?;
        let hash = vm.hash(&key)?;
        if let Some(result) = self.cache.get_hashed(&key, hash, vm)? {
            self.hit();
            return Ok(result);
        }
        self.misses.set(self.misses.get() + 1);
        let result = vm.call_args(&self.function, args)?;
        self.cache.set_hashed(&key, hash, result.clone(), vm)?;
        Ok(result)
    }

    /// The place of a key's entry.
    fn find(&self, vm: &mut Vm, key: &Value, hash: i64) -> PyResult<Option<usize>> {
        let place = self.cache.get_hashed(key, hash, vm)?;
        Ok(place.and_then(|place| place.as_small_int()).map(|place| place as usize))
    }

    /// A call through a cache that keeps the `maxsize` results used last (`bounded_lru_cache_wrapper`). Looking keys up may
    /// run code that changes the cache, so what was found before is asked for again.
    fn call_bounded(&self, vm: &mut Vm, args: Args<'_>, maxsize: usize) -> PyResult {
        let key = self.key(vm, args)?;
        let hash = vm.hash(&key)?;
        if let Some(place) = self.find(vm, &key, hash)? {
            let recency = self.recency.borrow_mut(vm);
            if let Some(result) = recency.content(place).map(|content| content.result.clone()) {
                recency.link_newest(place);
                self.hit();
                return Ok(result);
            }
        }
        self.misses.set(self.misses.get() + 1);
        let result = vm.call_args(&self.function, args)?;
        // The call itself may have cached this key.
        if self.find(vm, &key, hash)?.is_some() {
            return Ok(result);
        }
        if self.cache.len(vm) >= maxsize
            && let Some(oldest) = self.recency.borrow(vm).oldest()
            && !self.evict(vm, oldest)?
        {
            return Ok(result);
        }
        let place = self.recency.borrow_mut(vm).add(Content { hash, key: key.clone(), result: result.clone() })?;
        self.cache.set_hashed(&key, hash, Value::from_i32(place as i32), vm)?;
        let recency = self.recency.borrow_mut(vm);
        if recency.holds(place, &key) {
            recency.link_newest(place);
        }
        Ok(result)
    }

    /// Forgets the oldest result; false where something else has taken its key out of the dict meanwhile.
    fn evict(&self, vm: &mut Vm, oldest: usize) -> PyResult<bool> {
        let recency = self.recency.borrow_mut(vm);
        let Some(content) = recency.content(oldest).cloned() else {
            return Ok(false);
        };
        recency.unlink(oldest);
        let removed = self.cache.remove_hashed(&content.key, content.hash, vm);
        let recency = self.recency.borrow_mut(vm);
        if recency.holds(oldest, &content.key) {
            match removed {
                Ok(_) => drop(recency.remove(oldest)?),
                Err(_) => recency.link_oldest(oldest),
            }
        }
        Ok(removed?.is_some())
    }
}
