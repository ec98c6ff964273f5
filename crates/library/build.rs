//! Freezes the Python half of the standard library: CPython's `Lib` out of the crate `rustpython-pylib`, corrected by
//! `python/patches`, joined by the modules in `python`, compiled by our own compiler, compressed, and written to one file
//! with an index in Rust beside it. `src/frozen` reads both.

#[path = "build/compile.rs"]
mod compile;
#[path = "src/frozen/names.rs"]
mod names;
#[path = "build/pack.rs"]
mod pack;
#[path = "build/patch.rs"]
mod patch;
#[path = "build/sources.rs"]
mod sources;

use std::env;
use std::error::Error;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    for path in ["build.rs", "build", "python", "src/frozen/names.rs"] {
        println!("cargo:rerun-if-changed={path}");
    }
    let own = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("python");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    // Compressing well takes most of the build's time; a binary for tests need not be small.
    let level = if env::var("PROFILE")? == "release" { 19 } else { 3 };
    let library = sources::collect(rustpython_pylib::LIB_PATH.as_ref(), &own)?;
    let modules = compile::compile_all(&library.modules)?;
    pack::write(&modules, &library.data, level, &out)?;
    Ok(())
}
