//! The native half of the standard library, one module a file or folder, and the frozen Python half.
//!
//! `MODULES` lists the native modules. `parameters.rs`, `paths.rs` and `system.rs` are what several of them share:
//! parameters' types, file names, calls of the system.

pub mod abc;
pub mod accounts;
pub mod array;
pub mod asyncio;
pub mod atexit;
pub mod binascii;
pub mod bisect;
pub mod bz2;
pub mod cmath;
pub mod codecs;
pub mod collections;
mod constants;
pub mod contextvars;
pub mod csv;
pub mod datetime;
pub mod decimal;
pub mod errno;
pub mod expat;
pub mod faulthandler;
pub mod fcntl;
pub mod frozen;
pub mod functools;
pub mod gc;
pub mod hashes;
pub mod heapq;
pub mod interpreters;
pub mod io;
pub mod itertools;
pub mod json;
pub mod locale;
pub mod lsprof;
pub mod lzma;
pub mod marshal;
pub mod math;
pub mod mmap;
pub mod multibyte;
pub mod multiprocessing;
pub mod opcode;
pub mod operator;
mod parameters;
mod paths;
pub mod permissions;
pub mod pickle;
pub mod posix;
pub mod posixsubprocess;
pub mod queue;
pub mod random;
pub mod resource;
pub mod select;
pub mod signal;
pub mod socket;
pub mod sre;
pub mod stat;
pub mod statistics;
pub mod string;
pub mod structure;
pub mod suggestions;
pub mod symtable;
pub mod sysconfig;
pub mod syslog;
mod system;
pub mod termios;
pub mod time;
pub mod tokenize;
pub mod types;
pub mod typing;
pub mod unicodedata;
pub mod uuid;
pub mod weakref;
pub mod zlib;
pub mod zoneinfo;
pub mod zstd;

use pvm_interpreter::{Config, Setup};
use pvm_object::module_def::ModuleDef;

/// The native modules, by which imports find them.
pub static MODULES: &[&ModuleDef] = &[
    &abc::native::MODULE,
    &accounts::groups::MODULE,
    &accounts::users::MODULE,
    &array::native::MODULE,
    &asyncio::native::MODULE,
    &atexit::native::MODULE,
    &binascii::native::MODULE,
    &bisect::native::MODULE,
    &bz2::native::MODULE,
    &cmath::native::MODULE,
    &codecs::native::MODULE,
    &multibyte::cn::MODULE,
    &multibyte::hk::MODULE,
    &multibyte::iso::MODULE,
    &multibyte::jp::MODULE,
    &multibyte::kr::MODULE,
    &multibyte::tw::MODULE,
    &collections::native::MODULE,
    &contextvars::native::MODULE,
    &csv::native::MODULE,
    &datetime::native::MODULE,
    &decimal::native::MODULE,
    &errno::native::MODULE,
    &expat::native::MODULE,
    &faulthandler::native::MODULE,
    &fcntl::native::MODULE,
    &frozen::module::native::MODULE,
    &functools::native::MODULE,
    &gc::native::MODULE,
    &hashes::blake2::native::MODULE,
    &hashes::fixed::md5_native::MODULE,
    &hashes::fixed::sha1_native::MODULE,
    &hashes::fixed::sha2_native::MODULE,
    &hashes::hmac::native::MODULE,
    &hashes::openssl_module::native::MODULE,
    &hashes::sha3::native::MODULE,
    &heapq::native::MODULE,
    &interpreters::native::MODULE,
    &interpreters::queues::native::MODULE,
    &io::module::MODULE,
    &itertools::native::MODULE,
    &json::native::MODULE,
    &locale::native::MODULE,
    &lsprof::native::MODULE,
    &lzma::native::MODULE,
    &marshal::native::MODULE,
    &math::native::MODULE,
    &mmap::native::MODULE,
    &multiprocessing::memory::MODULE,
    &multiprocessing::native::MODULE,
    &opcode::native::MODULE,
    &operator::native::MODULE,
    &pickle::native::MODULE,
    &posix::native::MODULE,
    &posixsubprocess::native::MODULE,
    &queue::native::MODULE,
    &random::native::MODULE,
    &resource::native::MODULE,
    &socket::native::MODULE,
    &sre::native::MODULE,
    &select::native::MODULE,
    &signal::native::MODULE,
    &stat::native::MODULE,
    &statistics::native::MODULE,
    &string::native::MODULE,
    &structure::native::MODULE,
    &suggestions::native::MODULE,
    &symtable::native::MODULE,
    &sysconfig::native::MODULE,
    &syslog::native::MODULE,
    &termios::native::MODULE,
    &time::native::MODULE,
    &types::native::MODULE,
    &typing::native::MODULE,
    &tokenize::native::MODULE,
    &unicodedata::native::MODULE,
    &uuid::native::MODULE,
    &weakref::native::MODULE,
    &zlib::native::MODULE,
    &zoneinfo::native::MODULE,
    &zstd::native::MODULE,
];

/// An interpreter with all of the library, set up as `config` says.
pub fn setup(config: Config) -> Setup {
    Setup {
        modules: MODULES.to_vec(),
        needs: permissions::NEEDS,
        frozen: Box::new(frozen::Library),
        library_importer: Some(("_library_importer", "path_hook")),
        at_exit: Some(atexit::run_all),
        config,
    }
}
