//! `_multiprocessing` and `_posixshmem`: semaphores and memory that processes share.

use std::cell::Cell;
use std::ffi::CString;

use pvm_macros::{pyclass, pymethods};
use pvm_object::str::Str;
use pvm_object::{Object, PyResult, Ref, Type, Value, Vm, exceptions};

use crate::paths;
use crate::system::{self, Errno, Semaphore, clock_time};
use crate::time::convert::BILLION;

/// A lock that its owner may take again.
const RECURSIVE_MUTEX: i32 = 0;
/// A semaphore.
const SEMAPHORE: i32 = 1;

/// Semaphore/Mutex type
#[pyclass(name = "SemLock", module = "_multiprocessing")]
pub struct SemLock {
    #[trace(skip)]
    semaphore: Semaphore,
    #[member]
    kind: i32,
    #[member]
    maxvalue: i32,
    #[member]
    name: Option<Ref<Str>>,
    /// How many times this process acquired it.
    count: Cell<i32>,
    /// The thread that acquired it last.
    #[trace(skip)]
    owner: Cell<usize>,
}

/// A name as the system takes it.
fn c_name(vm: &mut Vm, name: &Object<Str>) -> PyResult<CString> {
    let bytes = paths::encode(vm, name)?;
    CString::new(bytes).map_err(|_| vm.value_error(format_args!("embedded null character")))
}

impl SemLock {
    fn new_lock(semaphore: Semaphore, kind: i32, maxvalue: i32, name: Option<Ref<Str>>) -> SemLock {
        SemLock { semaphore, kind, maxvalue, name, count: Cell::new(0), owner: Cell::new(0) }
    }

    fn is_mine(&self) -> bool {
        self.count.get() > 0 && self.owner.get() == system::thread_name()
    }

    fn value(&self, vm: &mut Vm) -> PyResult<i32> {
        let value = self.semaphore.value();
        system::raise(vm, value)
    }

    fn take(&self, vm: &mut Vm, block: bool, timeout: Option<&Value>) -> PyResult<bool> {
        if self.kind == RECURSIVE_MUTEX && self.is_mine() {
            self.count.set(self.count.get() + 1);
            return Ok(true);
        }
        let until = match timeout {
            Some(timeout) if block => {
                let seconds = vm.to_float(timeout)?.max(0.0);
                let now = clock_time(libc::CLOCK_REALTIME);
                let now = system::raise(vm, now)?;
                Some(now.saturating_add((seconds * BILLION as f64 + 0.5) as i64))
            }
            _ => None,
        };
        let semaphore = &self.semaphore;
        let mut result = semaphore.try_wait();
        if matches!(result, Err(Errno::AGAIN | Errno::INTR)) && block {
            result = system::blocking(vm, || semaphore.wait(until))?;
        }
        match result {
            Ok(()) => {
                self.count.set(self.count.get() + 1);
                self.owner.set(system::thread_name());
                Ok(true)
            }
            Err(errno) if system::is_timeout(errno) => Ok(false),
            Err(errno) => Err(vm.os_error(errno.raw_os_error())),
        }
    }
}

#[pymethods]
impl SemLock {
    #[constant]
    const SEM_VALUE_MAX: i32 = i32::MAX;

    #[new]
    #[signature = "(kind, value, maxvalue, name, unlink)"]
    #[text_signature = ""]
    fn new(vm: &mut Vm, kind: i32, value: i32, maxvalue: i32, name: &Object<Str>, unlink: bool) -> PyResult<SemLock> {
        if kind != RECURSIVE_MUTEX && kind != SEMAPHORE {
            return Err(vm.value_error(format_args!("unrecognized kind")));
        }
        let path = c_name(vm, name)?;
        let semaphore = Semaphore::create(&path, value as u32);
        let semaphore = system::raise(vm, semaphore)?;
        if unlink {
            let removed = system::remove_semaphore(&path);
            system::raise(vm, removed)?;
        }
        Ok(SemLock::new_lock(semaphore, kind, maxvalue, (!unlink).then(|| name.to_ref())))
    }

    /// _rebuild($type, handle, kind, maxvalue, name, /)
    /// --
    ///
    #[classmethod]
    fn _rebuild(
        cls: &Object<Type>,
        vm: &mut Vm,
        handle: usize,
        kind: i32,
        maxvalue: i32,
        name: Option<&Object<Str>>,
    ) -> PyResult<Ref<SemLock>> {
        let semaphore = match name {
            Some(name) => {
                let path = c_name(vm, name)?;
                Semaphore::existing(&path)
            }
            None => Semaphore::of_handle(handle).ok_or(Errno::INVAL),
        };
        let semaphore = system::raise(vm, semaphore)?;
        Ok(vm.alloc_as(cls, SemLock::new_lock(semaphore, kind, maxvalue, name.map(Object::to_ref))))
    }

    /// acquire($self, /, block=True, timeout=None)
    /// --
    ///
    /// Acquire the semaphore/lock.
    fn acquire(&self, vm: &mut Vm, block: bool, timeout: Option<&Value>) -> PyResult<bool> {
        self.take(vm, block, timeout)
    }

    /// Release the semaphore/lock.
    fn release(&self, vm: &mut Vm) -> PyResult<()> {
        if self.kind == RECURSIVE_MUTEX {
            if !self.is_mine() {
                return Err(vm.raise_message(
                    &exceptions::ASSERTION_ERROR,
                    format_args!("attempt to release recursive lock not owned by thread"),
                ));
            }
            if self.count.get() > 1 {
                self.count.set(self.count.get() - 1);
                return Ok(());
            }
        } else if self.value(vm)? >= self.maxvalue {
            return Err(vm.value_error(format_args!("semaphore or lock released too many times")));
        }
        let posted = self.semaphore.post();
        system::raise(vm, posted)?;
        self.count.set(self.count.get() - 1);
        Ok(())
    }

    /// Enter the semaphore/lock.
    fn __enter__(&self, vm: &mut Vm) -> PyResult<bool> {
        self.take(vm, true, None)
    }

    /// __exit__($self, exc_type=None, exc_value=None, exc_tb=None, /)
    /// --
    ///
    /// Exit the semaphore/lock.
    fn __exit__(&self, vm: &mut Vm, exc_type: Option<&Value>, exc_value: Option<&Value>, exc_tb: Option<&Value>) -> PyResult<()> {
        let _ = (exc_type, exc_value, exc_tb);
        self.release(vm)
    }

    /// Num of `acquire()`s minus num of `release()`s for this process.
    fn _count(&self) -> i32 {
        self.count.get()
    }

    /// Whether the lock is owned by this thread.
    fn _is_mine(&self) -> bool {
        self.is_mine()
    }

    /// Get the value of the semaphore.
    fn _get_value(&self, vm: &mut Vm) -> PyResult<i32> {
        // Some systems count those who wait below zero.
        self.value(vm).map(|value| value.max(0))
    }

    /// Return whether semaphore has value zero.
    fn _is_zero(&self, vm: &mut Vm) -> PyResult<bool> {
        self.value(vm).map(|value| value == 0)
    }

    /// Rezero the net acquisition count after fork().
    fn _after_fork(&self) {
        self.count.set(0);
    }

    #[member]
    fn handle(&self) -> usize {
        self.semaphore.handle()
    }
}

#[pvm_macros::pymodule(name = "_multiprocessing")]
pub mod native {
    use pvm_macros::pyfunction;
    use pvm_object::str::Str;
    use pvm_object::{Object, PyResult, Value, Vm};

    use crate::system;

    #[export]
    use super::SemLock;

    /// sem_unlink(name, /)
    /// --
    ///
    #[pyfunction]
    fn sem_unlink(vm: &mut Vm, name: &Object<Str>) -> PyResult<()> {
        let name = super::c_name(vm, name)?;
        let removed = system::remove_semaphore(&name);
        system::raise(vm, removed)
    }

    #[init]
    fn init(vm: &mut Vm, module: &Value) -> PyResult<()> {
        let flags = vm.new_dict();
        for name in ["HAVE_SEM_OPEN", "HAVE_SEM_TIMEDWAIT"] {
            let name = vm.intern(name);
            flags.set_str(&name, Value::from_i32(1), vm)?;
        }
        crate::constants::set(vm, module, "flags", &flags.into())
    }
}

#[pvm_macros::pymodule(name = "_posixshmem")]
pub mod memory {
    //! POSIX shared memory module

    use pvm_macros::pyfunction;
    use pvm_object::str::Str;
    use pvm_object::{Object, PyResult, Vm};

    use crate::system;

    /// shm_open(path, flags, mode=511)
    /// --
    ///
    /// Open a shared memory object.  Returns a file descriptor (integer).
    #[pyfunction]
    fn shm_open(vm: &mut Vm, path: &Object<Str>, flags: i32, mode: i32) -> PyResult<i32> {
        let name = super::c_name(vm, path)?;
        match system::blocking(vm, || system::open_shared_memory(&name, flags, mode as u32).map(system::release))? {
            Ok(fd) => Ok(fd),
            Err(errno) => Err(vm.os_error_at(errno.raw_os_error(), &path.to_value())),
        }
    }

    /// shm_unlink(path, /)
    /// --
    ///
    /// Remove a shared memory object (similar to unlink()).
    ///
    /// Remove a shared memory object name, and, once all processes have
    /// unmapped the object, de-allocates and destroys the contents of the
    /// associated memory region.
    #[pyfunction]
    fn shm_unlink(vm: &mut Vm, path: &Object<Str>) -> PyResult<()> {
        let name = super::c_name(vm, path)?;
        match system::blocking(vm, || system::remove_shared_memory(&name))? {
            Ok(()) => Ok(()),
            Err(errno) => Err(vm.os_error_at(errno.raw_os_error(), &path.to_value())),
        }
    }
}
