//! A class and a module that use every feature of the macros.

use pvm_macros::{Trace, pyclass, pyfunction, pymethods, pymodule};
use pvm_object::arguments::Keywords;
use pvm_object::exceptions::BaseException;
use pvm_object::ops::compare::CompareOp;
use pvm_object::str::Str;
use pvm_object::{Args, Heap, HeapCell, HeapVec, Object, PyClass, PyResult, Ref, Type, Value, Vm};

/// stack(iterable=(), maxlen=None)
/// --
///
/// A stack of values.
#[pyclass(name = "stack", module = "stacks", weakref, sequence, parts(extra))]
pub struct Stack {
    items: HeapCell<HeapVec<Value>>,
    /// How many items fit.
    #[member]
    maxlen: Option<usize>,
    #[getter]
    label: HeapCell<Option<Value>>,
    #[trace(skip)]
    _opaque: std::marker::PhantomData<fn()>,
}

impl Stack {
    fn with(items: HeapVec<Value>, maxlen: Option<usize>) -> Stack {
        Stack { items: HeapCell::new(items), maxlen, label: HeapCell::new(None), _opaque: std::marker::PhantomData }
    }
}

#[pymethods]
impl Stack {
    #[new]
    #[signature = "(iterable=(), maxlen=None)"]
    fn new(vm: &mut Vm, iterable: Option<&Value>, maxlen: Option<usize>) -> PyResult<Stack> {
        let items = match iterable {
            Some(iterable) => vm.collect_items(iterable)?,
            None => HeapVec::new(),
        };
        Ok(Stack::with(items, maxlen))
    }

    /// Add an item on top.
    fn push(&self, heap: &mut Heap, item: Value) -> PyResult<()> {
        Ok(self.items.borrow_mut(heap).push(item)?)
    }

    /// pop($self, index=-1, /)
    /// --
    ///
    /// Take an item off.
    fn pop(this: &Object<Self>, heap: &mut Heap, index: isize) -> PyResult {
        let len = this.items.borrow(heap).len();
        let place = if index < 0 { index + len as isize } else { index };
        if place < 0 || place as usize >= len {
            return Err(heap.index_error(format_args!("pop from empty stack")));
        }
        Ok(this.items.borrow_mut(heap).remove(place as usize))
    }

    fn clear(&self, heap: &mut Heap) {
        let items = self.items.borrow_mut(heap).take();
        drop(items);
    }

    fn same(this: &Value, other: &Value) -> bool {
        this.is(other)
    }

    #[signature = "(a, /, b, c=5, *, key, reverse=False)"]
    fn mixed(&self, a: &Value, b: &Value, c: i64, key: Option<&Value>, reverse: bool) -> (Value, i64, bool) {
        let _ = (b, key);
        (a.clone(), c, reverse)
    }

    #[signature = "(first, *args, sep=' ', **kwargs)"]
    fn rest(&self, heap: &mut Heap, first: &Value, args: Args<'_>, sep: &str, kwargs: Keywords<'_>) -> PyResult<String> {
        let names: Vec<String> = kwargs.iter().map(|(name, _)| name.to_string()).collect();
        assert_eq!(names.is_empty(), kwargs.is_empty());
        assert_eq!(kwargs.to_dict(heap)?.str_items(heap).len(), names.len());
        Ok(format!("{first:?}{sep}{}{sep}{}", args.len(), names.join(",")))
    }

    fn raw(&self, args: Args<'_>) -> (usize, usize) {
        (args.len(), args.keywords().len())
    }

    fn defaults(&self, #[default(3)] n: i32, #[default("x")] text: &str, flag: Option<bool>) -> String {
        format!("{n}{text}{flag:?}")
    }

    #[text_signature = ""]
    #[signature = "(key, default=<unrepresentable>, /)"]
    fn lookup(&self, key: &Value, default: Option<Value>) -> Option<Value> {
        let _ = key;
        default
    }

    #[name = "type"]
    fn type_(&self, text: &Object<Str>) -> usize {
        text.len()
    }

    #[classmethod]
    fn of(cls: &Object<Type>, vm: &mut Vm, item: Value) -> PyResult {
        let new = cls.slots().new_instance().expect("the class makes instances");
        let stack = new(vm, cls, Args::empty())?;
        let items = stack.downcast::<Stack>().expect("a stack");
        items.push(vm, item)?;
        Ok(stack)
    }

    #[staticmethod]
    fn twice(n: i64) -> i64 {
        n * 2
    }

    /// The items on the stack.
    #[getter]
    fn size(&self, heap: &Heap) -> usize {
        self.items.borrow(heap).len()
    }

    #[getter(name)]
    fn get_name(&self, heap: &Heap) -> Option<Value> {
        self.label.get(heap)
    }

    #[setter]
    fn set_name(&self, heap: &mut Heap, value: Option<&Value>) {
        self.label.set(value.cloned(), heap);
    }

    #[getter]
    fn bottom(&self, heap: &Heap) -> Option<Value> {
        self.items.borrow(heap).first().cloned()
    }

    #[setter(bottom)]
    fn set_bottom(&self, heap: &mut Heap, value: i64) -> PyResult<()> {
        let value = heap.int(value);
        Ok(self.items.borrow_mut(heap).insert(0, value)?)
    }

    #[constant]
    const LIMIT: i64 = 1 << 40;

    #[constant]
    #[name = "greeting"]
    fn make_greeting(heap: &mut Heap) -> Ref<Str> {
        heap.new_str("hello")
    }

    fn __len__(&self, heap: &Heap) -> usize {
        self.items.borrow(heap).len()
    }

    #[coexist]
    fn __getitem__(&self, heap: &mut Heap, index: isize) -> PyResult {
        match self.items.borrow(heap).get(index as usize).cloned() {
            Some(item) => Ok(item),
            None => Err(heap.index_error(format_args!("stack index out of range"))),
        }
    }

    fn __setitem__(&self, heap: &mut Heap, index: usize, item: Value) -> PyResult<()> {
        match self.items.borrow_mut(heap).get_mut(index) {
            Some(place) => {
                let old = std::mem::replace(place, item);
                drop(old);
                Ok(())
            }
            None => Err(heap.index_error(format_args!("stack assignment index out of range"))),
        }
    }

    #[slot(item)]
    fn item(&self, heap: &Heap, index: isize) -> Option<Value> {
        self.items.borrow(heap).get(index as usize).cloned()
    }

    fn __contains__(&self, vm: &mut Vm, item: &Value) -> PyResult<bool> {
        let mut index = 0;
        while let Some(own) = self.items.borrow(vm).get(index).cloned() {
            if vm.eq(&own, item)? {
                return Ok(true);
            }
            index += 1;
        }
        Ok(false)
    }

    fn __repr__(&self, heap: &Heap) -> String {
        format!("stack({:?})", &**self.items.borrow(heap))
    }

    fn __eq__(this: &Object<Self>, heap: &Heap, other: &Object<Self>) -> bool {
        this.items.borrow(heap).len() == other.items.borrow(heap).len()
    }

    fn __lt__(&self, heap: &Heap, other: &Object<Self>) -> bool {
        self.items.borrow(heap).len() < other.items.borrow(heap).len()
    }

    fn __hash__(&self) -> i64 {
        -1
    }

    fn __bool__(&self) -> bool {
        true
    }

    fn __add__(&self, heap: &mut Heap, other: &Object<Self>) -> PyResult<Ref<Stack>> {
        let mut items = HeapVec::from_slice(self.items.borrow(heap))?;
        items.try_extend(other.items.borrow(heap).iter().cloned())?;
        Ok(heap.alloc(Stack::with(items, None)))
    }

    fn __radd__(&self, other: &Value) -> (&'static str, Value) {
        ("reflected", other.clone())
    }

    #[slot(multiply)]
    fn multiply(left: &Value, right: &Value) -> (Value, Value) {
        (left.clone(), right.clone())
    }

    fn __pow__(&self, exponent: &Value, modulus: &Value) -> PyResult<(Value, Value)> {
        Ok((exponent.clone(), modulus.clone()))
    }

    fn __call__(&self, a: &Value, #[default(1)] b: i64) -> (Value, i64) {
        (a.clone(), b)
    }

    fn __init__(&self, heap: &mut Heap, _args: Args<'_>) {
        self.label.set(None, heap);
    }

    fn __next__(&self, heap: &mut Heap) -> Option<Value> {
        self.items.borrow_mut(heap).pop()
    }

    fn __iter__(this: &Value) -> Value {
        this.clone()
    }

    fn __get__(&self, instance: Option<&Value>, _owner: Option<&Value>) -> bool {
        instance.is_some()
    }
}

#[pymethods(part = extra)]
impl Stack {
    fn peek(&self, heap: &Heap) -> Option<Value> {
        self.items.borrow(heap).last().cloned()
    }

    fn __neg__(&self) -> &'static str {
        "negative"
    }
}

#[pyclass(extends = Stack, module = "stacks", final)]
pub struct Tower {
    base: Stack,
    height: i64,
}

#[pymethods]
impl Tower {
    #[new]
    fn new(cls: &Object<Type>, heap: &mut Heap, height: i64) -> Ref<Tower> {
        heap.alloc_as(cls, Tower { base: Stack::with(HeapVec::new(), None), height })
    }

    fn tall(&self) -> i64 {
        let _ = &self.base;
        self.height
    }
}

#[pyclass]
pub struct Plain;

mod elsewhere {
    use super::*;

    #[pyfunction(module = "stacks")]
    pub fn imported(a: f64, b: f64) -> f64 {
        a + b
    }
}

#[pymodule]
pub mod stacks {
    //! All about stacks.
    use super::*;

    #[export]
    use super::elsewhere::imported;
    #[export]
    use super::{Stack, Tower};

    /// Count the arguments.
    #[pyfunction]
    #[signature = "(*args)"]
    fn count(args: Args<'_>) -> usize {
        args.len()
    }

    #[pyfunction]
    fn concat(heap: &mut Heap, left: &str, right: &str) -> Ref<Str> {
        heap.new_str(&format!("{left}{right}"))
    }

    #[pyfunction]
    fn nothing() {}

    #[constant]
    const VERSION: &str = "1.0";

    #[constant]
    fn depth() -> usize {
        3
    }

    #[pyclass(no_export)]
    pub struct Hidden {
        value: Value,
    }

    #[pymethods]
    impl Hidden {
        #[new]
        fn new(value: Value) -> Hidden {
            Hidden { value }
        }

        fn get(&self) -> &Value {
            &self.value
        }
    }

    #[init]
    fn init(vm: &mut Vm, module: &Value) -> PyResult<()> {
        vm.truth(module).map(drop)
    }
}

/// An enum inside of a class, with references in it.
#[derive(Trace)]
enum State<T> {
    Empty,
    One(T),
    Two { left: Value, right: Option<Ref<Plain>>, count: usize },
}

/// Fills the slots that do several things whole, and those whose results are special.
#[pyclass(name = "odd", dict, mapping, match_self)]
pub struct Odd {
    state: HeapCell<State<Value>>,
}

#[pymethods]
impl Odd {
    #[new]
    fn new(first: Option<Value>) -> Odd {
        Odd { state: HeapCell::new(first.map_or(State::Empty, State::One)) }
    }

    #[slot(setitem)]
    fn change(&self, heap: &mut Heap, key: &Value, value: Option<&Value>) {
        let state = match value {
            Some(value) => State::Two { left: key.clone(), right: value.downcast::<Plain>().map(Object::to_ref), count: 2 },
            None => State::Empty,
        };
        self.state.set(state, heap);
    }

    fn count(&self, heap: &Heap) -> usize {
        match self.state.borrow(heap) {
            State::Empty => 0,
            State::One(_) => 1,
            State::Two { count, left, right } => count + usize::from(left.is_none()) + usize::from(right.is_some()),
        }
    }

    fn __richcompare__(&self, other: &Value, op: CompareOp) -> (Value, &'static str) {
        (other.clone(), op.symbol())
    }

    fn __sub__(left: &Value, right: &Value) -> bool {
        left.is(right)
    }

    fn __delattr__(&self, name: &Object<Str>) -> PyResult<()> {
        assert!(name.is_str("x"));
        Ok(())
    }

    #[slot(repeat)]
    fn repeat(&self, n: isize) -> isize {
        n * 10
    }

    #[cfg(any())]
    fn absent(&self) -> NoSuchType {}

    fn __del__(&self, heap: &mut Heap) -> PyResult<()> {
        self.state.set(State::Empty, heap);
        Ok(())
    }
}

/// Something is wrong with a stack.
#[pyclass(exception, name = "error", module = "stacks")]
pub struct StackError;

#[pymethods]
impl StackError {
    fn first(this: &Object<BaseException>, heap: &Heap) -> Option<Value> {
        this.args(heap).as_slice().first().cloned()
    }
}

/// An exception with a field of its own.
#[pyclass(exception, extends = BaseException)]
pub struct Broken {
    base: BaseException,
    #[member]
    code: i32,
}

#[pymethods]
impl Broken {
    #[new]
    fn new(heap: &mut Heap, code: i32) -> Broken {
        let base = BaseException::new(heap.new_tuple(vec![]));
        Broken { base, code }
    }

    fn count(&self, heap: &Heap) -> usize {
        self.base.args(heap).len()
    }
}

/// Says that it is an exception, but begins with something else.
#[pyclass(extends = Stack, base = pvm_object::exceptions::EXCEPTION)]
pub struct Misdeclared {
    pub base: Stack,
}

/// A plain object's class is used as a class of its own.
pub fn plain(heap: &mut Heap) -> Ref<Plain> {
    debug_assert!(std::ptr::eq(Plain::TYPE, &PLAIN_TYPE));
    heap.alloc(Plain)
}
