//! The interpreters that a program makes, and the queues between them.

use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use pvm_interpreter::Interpreter;
use pvm_interpreter::interpreter::state;
use pvm_interpreter::shutdown;
use pvm_interpreter::uncaught::Ending;
use pvm_macros::pyclass;
use pvm_object::exceptions::EXCEPTION;
use pvm_object::{HeapCell, PyResult, Raised, Ref, Value, Vm, exceptions};

/// An interpreter that another one made.
pub struct Child {
    /// None once it has ended. Whoever runs it holds the lock.
    pub interpreter: Mutex<Option<Interpreter>>,
    /// How many objects of the library stand for it.
    pub references: AtomicI64,
}

/// What waits in a queue.
pub struct Item {
    /// The value; none once the interpreter has ended that put it there.
    pub value: Option<super::transport::Parcel>,
    pub owner: i64,
    pub unbound: i64,
}

/// A queue.
pub struct SharedQueue {
    pub most: i64,
    pub unbound: i64,
    pub references: i64,
    pub items: VecDeque<Item>,
}

/// All that a family shares.
#[derive(Default)]
pub struct Shared {
    pub children: BTreeMap<i64, Arc<Child>>,
    pub queues: BTreeMap<i64, SharedQueue>,
    last_queue: i64,
}

/// The interpreters that come from one.
#[derive(Default)]
pub struct Family {
    shared: Mutex<Shared>,
    last: AtomicI64,
}

impl Family {
    /// The shared half. Nothing runs code while it is locked.
    pub fn shared(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a new interpreter in, and tells its number.
    pub fn add(&self, number: i64, interpreter: Interpreter) {
        let child = Child { interpreter: Mutex::new(Some(interpreter)), references: AtomicI64::new(0) };
        self.shared().children.insert(number, Arc::new(child));
    }

    /// A number that no interpreter had.
    pub fn next_number(&self) -> i64 {
        self.last.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// A new queue's number.
    pub fn add_queue(&self, queue: SharedQueue) -> i64 {
        let mut shared = self.shared();
        shared.last_queue += 1;
        let number = shared.last_queue;
        shared.queues.insert(number, queue);
        number
    }

    /// What an interpreter put into queues is bound to no interpreter any more.
    pub fn unbind(&self, owner: i64) {
        for queue in self.shared().queues.values_mut() {
            queue.items.retain(|item| item.owner != owner || item.unbound != super::queues::REMOVE);
            for item in queue.items.iter_mut().filter(|item| item.owner == owner) {
                item.value = None;
            }
        }
    }
}

/// An interpreter's place in its family, and the exceptions of the modules.
#[pyclass(name = "_member", module = "_interpreters", no_export, final)]
pub struct Member {
    #[trace(skip)]
    pub family: Arc<Family>,
    pub number: i64,
    classes: HeapCell<Vec<(&'static str, Value)>>,
}

/// The interpreter's place; one that nobody made is the first of a family of its own.
pub fn member(vm: &mut Vm) -> Ref<Member> {
    vm.module_state(|_| Member { family: Arc::default(), number: 0, classes: HeapCell::default() })
}

/// Makes an interpreter (`_interpreters.create`); its number.
pub fn create(vm: &mut Vm) -> PyResult<i64> {
    let member = member(vm);
    let mut config = state(vm).setup.config.clone();
    // What limits an embedder set reaches this interpreter only.
    if member.number == 0 && !config.install_signal_handlers {
        return Err(error(vm, "InterpreterError", "interpreter creation failed"));
    }
    config.install_signal_handlers = false;
    let name = vm.intern("path");
    let path = vm.import_attr("sys", &name)?;
    let path = super::transport::dump(vm, &path)?;
    let family = Arc::clone(&member.family);
    let number = family.next_number();
    let made = vm.detach(move || {
        let interpreter = Interpreter::new(crate::setup(config));
        let started = interpreter.enter(|vm| {
            let family = Arc::clone(&family);
            vm.module_state(|_| Member { family, number, classes: HeapCell::default() });
            let started = pvm_interpreter::start::start(vm).and_then(|()| {
                let (name, sys) = (vm.intern("path"), vm.import("sys")?);
                let path = super::transport::load(vm, &path)?;
                vm.setattr(&sys, &name, &path)
            });
            match started {
                Ok(()) => true,
                Err(raised) => {
                    drop(vm.catch(raised));
                    false
                }
            }
        });
        if started {
            family.add(number, interpreter);
        }
        started
    });
    match made {
        true => Ok(number),
        false => Err(error(vm, "InterpreterError", "interpreter creation failed")),
    }
}

/// Ends an interpreter: its threads are waited for, what it registered with `atexit` is called, its streams are flushed.
pub fn destroy(vm: &mut Vm, number: i64) -> PyResult<()> {
    let member = member(vm);
    if number == member.number {
        return Err(error(vm, "InterpreterError", "cannot destroy the current interpreter"));
    }
    let child = find(vm, number)?;
    let Ok(mut held) = child.interpreter.try_lock() else {
        return Err(error(vm, "InterpreterError", "interpreter running"));
    };
    let interpreter = held.take();
    drop(held);
    member.family.shared().children.remove(&number);
    let family = Arc::clone(&member.family);
    vm.detach(move || {
        if let Some(interpreter) = &interpreter {
            interpreter.enter(|vm| shutdown::finish(vm, Ending::Status(0)));
        }
        drop(interpreter);
        family.unbind(number);
    });
    Ok(())
}

/// Ends all interpreters that are left, at the end of the one that began.
pub fn destroy_all(vm: &mut Vm) -> PyResult<()> {
    let member = member(vm);
    if member.number != 0 {
        return Ok(());
    }
    let left: Vec<i64> = member.family.shared().children.keys().copied().collect();
    for number in left {
        if let Err(raised) = destroy(vm, number) {
            drop(vm.catch(raised));
        }
    }
    Ok(())
}

/// The interpreter of a number, but for the first.
pub fn find(vm: &mut Vm, number: i64) -> PyResult<Arc<Child>> {
    let found = member(vm).family.shared().children.get(&number).cloned();
    found.ok_or_else(|| unknown(vm, number))
}

/// The complaint about a number of no interpreter.
#[cold]
pub fn unknown(vm: &mut Vm, number: i64) -> Raised {
    error(vm, "InterpreterNotFoundError", &format!("unrecognized interpreter ID {number}"))
}

/// The exception classes, by name.
const CLASSES: [(&str, &str); 5] = [
    ("InterpreterError", ""),
    ("InterpreterNotFoundError", "InterpreterError"),
    ("NotShareableError", "TypeError"),
    ("QueueError", ""),
    ("QueueNotFoundError", "QueueError"),
];

/// An exception class of the modules.
pub fn class(vm: &mut Vm, name: &str) -> PyResult {
    let member = member(vm);
    if member.classes.borrow(vm).is_empty() {
        let mut made: Vec<(&'static str, Value)> = Vec::new();
        for (name, base) in CLASSES {
            let base = match base {
                "TypeError" => exceptions::TYPE_ERROR.get(),
                _ => match made.iter().find(|(known, _)| *known == base).and_then(|(_, class)| class.downcast()) {
                    Some(class) => class,
                    None => EXCEPTION.get(),
                },
            };
            let class = vm.new_class(name, base, "concurrent.interpreters")?;
            made.push((name, class));
        }
        drop(member.classes.replace(made, vm));
    }
    let found = member.classes.borrow(vm).iter().find(|(known, _)| *known == name).map(|(_, class)| class.clone());
    found.ok_or_else(|| vm.runtime_error(format_args!("no class {name}")))
}

/// Notes classes that the library made.
pub fn register(vm: &mut Vm, name: &'static str, class: &Value) -> PyResult<()> {
    self::class(vm, "QueueError")?;
    let member = member(vm);
    let classes = member.classes.borrow_mut(vm);
    classes.retain(|(known, _)| *known != name);
    classes.push((name, class.clone()));
    Ok(())
}

/// Raises one of the exceptions.
#[cold]
pub fn error(vm: &mut Vm, name: &str, message: &str) -> Raised {
    let made = class(vm, name).and_then(|class| {
        let text = vm.try_str(message)?.into();
        vm.call(&class, &[text])
    });
    match made.map(Value::downcast_into) {
        Ok(Ok(exception)) => vm.raise(exception),
        Ok(Err(_)) => vm.type_error(format_args!("exceptions must derive from BaseException")),
        Err(raised) => raised,
    }
}
