//! Compiles the library's modules, several at a time.

use std::error::Error;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use pvm_bytecode::frozen;
use pvm_compiler::compile::{CompileOptions, Source, compile_source};
use pvm_compiler::error::IgnoreWarnings;
use pvm_compiler::lower::Mode;

use crate::names;
use crate::sources::Module;

/// A module and its code.
pub struct Compiled<'a> {
    /// The module.
    pub module: &'a Module,
    /// Its code object, frozen.
    pub code: Vec<u8>,
}

/// Compiles all modules and returns them in the same order.
pub fn compile_all(modules: &[Module]) -> Result<Vec<Compiled<'_>>, Box<dyn Error>> {
    let codes = in_parallel(modules, compile);
    modules.iter().zip(codes).map(|(module, code)| Ok(Compiled { module, code: code? })).collect()
}

fn compile(module: &Module) -> Result<Vec<u8>, String> {
    let filename = names::code_filename(&module.name, module.is_package);
    let source = Source::Bytes(&module.source, &|_, _| None);
    let code = compile_source(source, &filename, Mode::Exec, CompileOptions::default(), &mut IgnoreWarnings)
        .map_err(|error| format!("{filename}: {error}"))?;
    Ok(frozen::freeze(&code))
}

/// What `work` makes of each item, in the order of the items.
pub fn in_parallel<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(items.len()));
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some((index, item)) = take(items, &next) {
                    let result = work(item);
                    done.lock().expect("another thread's panic ends the build").push((index, result));
                }
            });
        }
    });
    let mut done = done.into_inner().expect("another thread's panic ends the build");
    done.sort_by_key(|&(index, _)| index);
    done.into_iter().map(|(_, result)| result).collect()
}

fn take<'a, T>(items: &'a [T], next: &AtomicUsize) -> Option<(usize, &'a T)> {
    let index = next.fetch_add(1, Ordering::Relaxed);
    items.get(index).map(|item| (index, item))
}
