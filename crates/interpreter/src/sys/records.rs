//! The struct sequences of `sys`: `flags`, `version_info` and the other records of constants.

use pvm_object::tuple::Tuple;
use pvm_object::{PyResult, Ref, Value, Vm, struct_sequence};

use super::VERSION;
use crate::config::Config;

struct_sequence! {
    /// sys.flags
    ///
    /// Flags provided through command line arguments or environment vars.
    pub FLAGS = "flags" in "sys", visible: 18, constructor: |vm, _| Err(cannot_create(vm, "sys.flags")), {
        debug: Some("-d"),
        inspect: Some("-i"),
        interactive: Some("-i"),
        optimize: Some("-O or -OO"),
        dont_write_bytecode: Some("-B"),
        no_user_site: Some("-s"),
        no_site: Some("-S"),
        ignore_environment: Some("-E"),
        verbose: Some("-v"),
        bytes_warning: Some("-b"),
        quiet: Some("-q"),
        hash_randomization: Some("-R"),
        isolated: Some("-I"),
        dev_mode: Some("-X dev"),
        utf8_mode: Some("-X utf8"),
        warn_default_encoding: Some("-X warn_default_encoding"),
        safe_path: Some("-P"),
        int_max_str_digits: Some("-X int_max_str_digits"),
        gil: Some("-X gil"),
        thread_inherit_context: Some("-X thread_inherit_context"),
        context_aware_warnings: Some("-X context_aware_warnings"),
    }
}

struct_sequence! {
    /// sys.version_info
    ///
    /// Version information as a named tuple.
    pub VERSION_INFO = "version_info" in "sys", visible: 5, constructor: |vm, _| Err(cannot_create(vm, "sys.version_info")), {
        major: Some("Major release number"),
        minor: Some("Minor release number"),
        micro: Some("Patch release number"),
        releaselevel: Some("'alpha', 'beta', 'candidate', or 'final'"),
        serial: Some("Serial release number"),
    }
}

struct_sequence! {
    /// hash_info
    ///
    /// A named tuple providing parameters used for computing
    /// hashes. The attributes are read only.
    pub HASH_INFO = "hash_info" in "sys", visible: 9, {
        width: Some("width of the type used for hashing, in bits"),
        modulus: Some("prime number giving the modulus on which the hash function is based"),
        inf: Some("value to be used for hash of a positive infinity"),
        nan: Some("value to be used for hash of a nan"),
        imag: Some("multiplier used for the imaginary part of a complex number"),
        algorithm: Some("name of the algorithm for hashing of str, bytes and memoryviews"),
        hash_bits: Some("internal output size of hash algorithm"),
        seed_bits: Some("seed size of hash algorithm"),
        cutoff: Some("small string optimization cutoff"),
    }
}

struct_sequence! {
    /// sys.float_info
    ///
    /// A named tuple holding information about the float type. It contains low level
    /// information about the precision and internal representation. Please study
    /// your system's :file:`float.h` for more information.
    pub FLOAT_INFO = "float_info" in "sys", visible: 11, {
        max: Some("DBL_MAX -- maximum representable finite float"),
        max_exp: Some("DBL_MAX_EXP -- maximum int e such that radix**(e-1) is representable"),
        max_10_exp: Some("DBL_MAX_10_EXP -- maximum int e such that 10**e is representable"),
        min: Some("DBL_MIN -- Minimum positive normalized float"),
        min_exp: Some("DBL_MIN_EXP -- minimum int e such that radix**(e-1) is a normalized float"),
        min_10_exp: Some("DBL_MIN_10_EXP -- minimum int e such that 10**e is a normalized float"),
        dig: Some("DBL_DIG -- maximum number of decimal digits that can be faithfully represented in a float"),
        mant_dig: Some("DBL_MANT_DIG -- mantissa digits"),
        epsilon: Some("DBL_EPSILON -- Difference between 1 and the next representable float"),
        radix: Some("FLT_RADIX -- radix of exponent"),
        rounds: Some("FLT_ROUNDS -- rounding mode used for arithmetic operations"),
    }
}

struct_sequence! {
    /// sys.int_info
    ///
    /// A named tuple that holds information about Python's
    /// internal representation of integers.  The attributes are read only.
    pub INT_INFO = "int_info" in "sys", visible: 4, {
        bits_per_digit: Some("size of a digit in bits"),
        sizeof_digit: Some("size in bytes of the C type used to represent a digit"),
        default_max_str_digits: Some("maximum string conversion digits limitation"),
        str_digits_check_threshold: Some("minimum positive value for int_max_str_digits"),
    }
}

struct_sequence! {
    /// sys.thread_info
    ///
    /// A named tuple holding information about the thread implementation.
    pub THREAD_INFO = "thread_info" in "sys", visible: 3, {
        name: Some("name of the thread implementation"),
        lock: Some("name of the lock implementation"),
        version: Some("name and version of the thread library"),
    }
}

struct_sequence! {
    /// asyncgen_hooks
    ///
    /// A named tuple providing information about asynchronous
    /// generators hooks.  The attributes are read only.
    pub ASYNCGEN_HOOKS = "asyncgen_hooks" in "builtins", visible: 2, {
        firstiter: Some("Hook to intercept first iteration"),
        finalizer: Some("Hook to intercept finalization"),
    }
}

struct_sequence! {
    /// UnraisableHookArgs
    ///
    /// Type used to pass arguments to sys.unraisablehook.
    pub UNRAISABLE_HOOK_ARGS = "UnraisableHookArgs" in "builtins", visible: 5, {
        exc_type: Some("Exception type"),
        exc_value: Some("Exception value"),
        exc_traceback: Some("Exception traceback"),
        err_msg: Some("Error message"),
        object: Some("Object causing the exception"),
    }
}

#[cold]
fn cannot_create(vm: &mut Vm, name: &str) -> pvm_object::Raised {
    vm.type_error(format_args!("cannot create '{name}' instances"))
}

fn int(value: i32) -> Value {
    Value::from_i32(value)
}

/// `sys.flags`.
pub(super) fn flags(vm: &mut Vm, config: &Config) -> PyResult<Ref<Tuple>> {
    let flag = |value: bool| int(value as i32);
    let items = vec![
        int(config.debug),
        flag(config.inspect),
        flag(config.interactive),
        int(config.optimize),
        flag(config.dont_write_bytecode),
        flag(config.no_user_site || config.isolated),
        flag(config.no_site),
        flag(config.ignore_environment || config.isolated),
        int(config.verbose),
        int(config.bytes_warning),
        flag(config.quiet),
        flag(config.hash_randomization),
        flag(config.isolated),
        Value::from_bool(config.dev_mode),
        flag(config.utf8_mode),
        flag(config.warn_default_encoding),
        Value::from_bool(config.safe_path || config.isolated),
        int(config.int_max_str_digits),
        int(1),
        flag(config.thread_inherit_context),
        flag(config.context_aware_warnings),
    ];
    FLAGS.make(vm, items)
}

/// `sys.version_info`.
pub(super) fn version_info(vm: &mut Vm) -> PyResult<Ref<Tuple>> {
    let (major, minor, micro, level, serial) = VERSION;
    let level = vm.intern(level).into();
    VERSION_INFO.make(vm, vec![int(major as i32), int(minor as i32), int(micro as i32), level, int(serial as i32)])
}

/// `sys.hash_info`.
pub(super) fn hash_info(vm: &mut Vm) -> PyResult<Ref<Tuple>> {
    let (modulus, algorithm) = (vm.int((1 << 61) - 1), vm.intern("siphash13").into());
    let items = vec![int(64), modulus, int(314_159), int(0), int(1_000_003), algorithm, int(64), int(128), int(0)];
    HASH_INFO.make(vm, items)
}

/// `sys.float_info`.
pub(super) fn float_info(vm: &mut Vm) -> PyResult<Ref<Tuple>> {
    let items = vec![
        vm.float(f64::MAX),
        int(f64::MAX_EXP),
        int(f64::MAX_10_EXP),
        vm.float(f64::MIN_POSITIVE),
        int(f64::MIN_EXP),
        int(f64::MIN_10_EXP),
        int(f64::DIGITS as i32),
        int(f64::MANTISSA_DIGITS as i32),
        vm.float(f64::EPSILON),
        int(f64::RADIX as i32),
        int(1),
    ];
    FLOAT_INFO.make(vm, items)
}

/// `sys.int_info`, with CPython's digits, for programs that compute with them.
pub(super) fn int_info(vm: &mut Vm) -> PyResult<Ref<Tuple>> {
    INT_INFO.make(vm, vec![int(30), int(4), int(4300), int(640)])
}

/// `sys.thread_info`.
pub(super) fn thread_info(vm: &mut Vm) -> PyResult<Ref<Tuple>> {
    let (name, lock) = (vm.intern("pthread").into(), vm.intern("semaphore").into());
    THREAD_INFO.make(vm, vec![name, lock, Value::none()])
}
