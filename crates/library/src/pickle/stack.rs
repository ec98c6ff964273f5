//! The stack of the machine that reads pickles, and its memo.

use pvm_object::{HeapVec, PyResult, Raised, Value, Vm};

use super::unpickling_error;

/// Values, and where the marks among them are.
#[derive(Default)]
pub struct Stack {
    values: Vec<Value>,
    marks: Vec<usize>,
}

impl Stack {
    /// No value may be taken from below here.
    #[inline]
    fn fence(&self) -> usize {
        self.marks.last().copied().unwrap_or(0)
    }

    #[cold]
    fn underflow(&self, vm: &mut Vm) -> Raised {
        let message = if self.marks.is_empty() { "unpickling stack underflow" } else { "unexpected MARK found" };
        unpickling_error(vm, message)
    }

    #[inline]
    pub fn push(&mut self, value: Value) {
        self.values.push(value);
    }

    #[inline]
    pub fn pop(&mut self, vm: &mut Vm) -> PyResult {
        if self.values.len() <= self.fence() {
            return Err(self.underflow(vm));
        }
        Ok(self.values.pop().expect("the fence is not below the bottom"))
    }

    /// The value on top.
    #[inline]
    pub fn top(&self, vm: &mut Vm) -> PyResult {
        if self.values.len() <= self.fence() {
            return Err(self.underflow(vm));
        }
        Ok(self.values.last().expect("the fence is not below the bottom").clone())
    }

    /// The values on top, `count` of them.
    pub fn take(&mut self, vm: &mut Vm, count: usize) -> PyResult<Vec<Value>> {
        if self.values.len() < self.fence() + count {
            return Err(self.underflow(vm));
        }
        Ok(self.values.split_off(self.values.len() - count))
    }

    pub fn mark(&mut self) {
        self.marks.push(self.values.len());
    }

    /// The values above the last mark, which is gone.
    pub fn take_marked(&mut self, vm: &mut Vm) -> PyResult<Vec<Value>> {
        match self.marks.pop() {
            Some(mark) => Ok(self.values.split_off(mark)),
            None => Err(unpickling_error(vm, "could not find MARK")),
        }
    }

    /// `POP`: a value, or a mark on top.
    pub fn discard(&mut self, vm: &mut Vm) -> PyResult<()> {
        if self.marks.last() == Some(&self.values.len()) {
            self.marks.pop();
            return Ok(());
        }
        self.pop(vm).map(drop)
    }
}

/// What was given numbers.
#[derive(pvm_macros::Trace)]
pub struct LoadMemo {
    /// By number, as long as these are in a row.
    dense: HeapVec<Option<Value>>,
    /// Those with odd numbers, in order.
    sparse: HeapVec<(usize, Value)>,
}

/// Numbers so far beyond the others are kept apart.
const GAP: usize = 1 << 16;

impl LoadMemo {
    pub fn new() -> PyResult<LoadMemo> {
        Ok(LoadMemo { dense: HeapVec::with_capacity(0)?, sparse: HeapVec::with_capacity(0)? })
    }

    #[inline]
    pub fn get(&self, number: usize) -> Option<Value> {
        match self.dense.get(number) {
            Some(value) => value.clone(),
            None => {
                let place = self.sparse.binary_search_by_key(&number, |entry| entry.0).ok()?;
                Some(self.sparse[place].1.clone())
            }
        }
    }

    #[inline]
    pub fn set(&mut self, number: usize, value: Value) -> PyResult<()> {
        if number < self.dense.len() {
            self.dense[number] = Some(value);
        } else if number < self.dense.len() + GAP && self.sparse.is_empty() {
            while self.dense.len() < number {
                self.dense.push(None)?;
            }
            self.dense.push(Some(value))?;
        } else {
            match self.sparse.binary_search_by_key(&number, |entry| entry.0) {
                Ok(place) => self.sparse[place].1 = value,
                Err(place) => self.sparse.insert(place, (number, value))?,
            }
        }
        Ok(())
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.dense.iter().flatten().count() + self.sparse.len()
    }

    /// The number that follows, where all are in a row.
    #[inline]
    pub fn next_number(&self) -> usize {
        if self.sparse.is_empty() { self.dense.len() } else { self.len() }
    }

    pub fn entries(&self) -> Vec<(usize, Value)> {
        let dense = self.dense.iter().enumerate().filter_map(|(number, value)| Some((number, value.clone()?)));
        dense.chain(self.sparse.iter().cloned()).collect()
    }

    pub fn clear(&mut self) {
        self.dense.clear();
        self.sparse.clear();
    }
}
