//! `-X importtime`: how long imports take, told as they end (`import_find_and_load`).

use std::cell::Cell;
use std::io::Write;
use std::time::{Duration, Instant};

use pvm_object::str::Str;
use pvm_object::{Object, PyResult, Vm};

use crate::interpreter::state;
use crate::os_text;

/// What is known of the imports under way.
#[derive(Default)]
pub struct ImportTimes {
    /// Whether the heading has been written.
    headed: Cell<bool>,
    level: Cell<usize>,
    /// What the imports within the one under way have taken.
    within: Cell<Duration>,
}

impl ImportTimes {
    /// Writes the heading before the first line.
    fn head(&self) {
        if !self.headed.replace(true) {
            write("import time: self [us] | cumulative | imported package\n");
        }
    }
}

/// Writes to standard error; where that does not work there is nobody to tell.
fn write(text: &str) {
    let _ = std::io::stderr().write_all(text.as_bytes());
}

fn shown(name: &Object<Str>) -> String {
    os_text::escaped(name)
}

/// Tells of a module that is there already, where that is asked for too.
#[cold]
pub(super) fn cached(vm: &Vm, name: &Object<Str>) {
    let times = &state(vm).import_times;
    times.head();
    write(&format!("import time: cached    | cached     | {:1$}{2}\n", "", 2 * times.level.get(), shown(name)));
}

/// Makes an import and tells what it took.
#[cold]
pub(super) fn timed<T>(vm: &mut Vm, name: &Object<Str>, import: impl FnOnce(&mut Vm) -> PyResult<T>) -> PyResult<T> {
    let times = &state(vm).import_times;
    times.head();
    let (level, before) = (times.level.get(), times.within.replace(Duration::ZERO));
    times.level.set(level + 1);
    let start = Instant::now();
    let result = import(vm);
    let whole = start.elapsed();
    let times = &state(vm).import_times;
    let own = whole.saturating_sub(times.within.replace(before + whole));
    times.level.set(level);
    let micros = |time: Duration| time.as_nanos().div_ceil(1000);
    let (own, whole) = (micros(own), micros(whole));
    write(&format!("import time: {own:9} | {whole:10} | {:1$}{2}\n", "", 2 * level, shown(name)));
    result
}
