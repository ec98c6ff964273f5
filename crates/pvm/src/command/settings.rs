//! The configuration out of command line and environment (`preconfig.c`, `initconfig.c`). An `Err` is a fatal error's text.

use std::ffi::OsString;

use pvm_interpreter::Config;
use pvm_interpreter::permissions::Permissions;
use pvm_object::hashing::{HashSeed, ParseSeedError, process};

use super::environment::{self, Environment};
use super::options::Options;
use super::paths;
use super::xoptions::{Source, XOptions};

/// The least that a limit on the digits of ints may be, unless it is none.
const LEAST_MAX_DIGITS: i32 = 640;
const DEFAULT_MAX_DIGITS: i32 = 4300;

/// Makes the configuration, and chooses the process's hash seed.
///
/// # Errors
/// What CPython calls a fatal error: where it was found and what is wrong.
pub fn configure(options: &Options) -> Result<Config, String> {
    let environment = Environment::new(options.ignore_environment || options.isolated);
    let xoptions = XOptions::new(&options.xoptions);
    let dev_mode = xoptions.has("dev") || environment.is_set("PYTHONDEVMODE");
    let (stdio_encoding, stdio_errors, utf8_mode) = text(&xoptions, environment)?;
    check_unsupported(&xoptions, environment)?;
    let inspect = options.interactive || environment.is_set("PYTHONINSPECT");
    Ok(Config {
        argv: options.argv.clone(),
        orig_argv: options.original.clone(),
        paths: paths::find(options, environment),
        optimize: options.optimize.max(environment.level("PYTHONOPTIMIZE")),
        dont_write_bytecode: options.dont_write_bytecode || environment.is_set("PYTHONDONTWRITEBYTECODE"),
        pycache_prefix: pycache_prefix(&xoptions, environment),
        check_hash_pycs: options.check_hash_pycs,
        no_site: options.no_site,
        no_user_site: options.no_user_site || options.isolated || environment.is_set("PYTHONNOUSERSITE"),
        isolated: options.isolated,
        ignore_environment: options.ignore_environment || options.isolated,
        interactive: options.interactive,
        inspect,
        quiet: options.quiet,
        verbose: options.verbose.max(environment.level("PYTHONVERBOSE")),
        unbuffered: options.unbuffered || environment.level("PYTHONUNBUFFERED") > 0,
        bytes_warning: options.bytes_warning,
        debug: options.debug.max(environment.level("PYTHONDEBUG")).min(1),
        safe_path: safe_path(options),
        dev_mode,
        faulthandler: dev_mode || xoptions.has("faulthandler") || environment.is_set("PYTHONFAULTHANDLER"),
        utf8_mode,
        warn_default_encoding: xoptions.has("warn_default_encoding") || environment.is_set("PYTHONWARNDEFAULTENCODING"),
        int_max_str_digits: max_digits(&xoptions, environment)?,
        thread_inherit_context: switch(&xoptions, environment, "thread_inherit_context", "PYTHON_THREAD_INHERIT_CONTEXT")?,
        context_aware_warnings: switch(&xoptions, environment, "context_aware_warnings", "PYTHON_CONTEXT_AWARE_WARNINGS")?,
        import_time: import_time(&xoptions, environment)?,
        cpu_count: cpu_count(&xoptions, environment)?,
        memory_limit: memory_limit(&xoptions, environment)?,
        hash_randomization: hash_seed(options, environment)?,
        stdio_encoding,
        stdio_errors,
        warn_options: warn_options(options, environment, dev_mode),
        install_signal_handlers: true,
        open_streams: true,
        permissions: Permissions::ALL,
        most_threads: usize::MAX,
        code_debug_ranges: !(xoptions.has("no_debug_ranges") || environment.is_set("PYTHONNODEBUGRANGES")),
        xoptions: xoptions.into_pairs(),
    })
}

/// Whether no unsafe directory may go in front of `sys.path`.
pub fn safe_path(options: &Options) -> bool {
    let environment = Environment::new(options.ignore_environment);
    options.safe_path || options.isolated || environment.is_set("PYTHONSAFEPATH")
}

/// Chooses the seed of hashes; whether it is random.
fn hash_seed(options: &Options, environment: Environment) -> Result<bool, String> {
    let given = environment.text("PYTHONHASHSEED").filter(|_| !options.random_hashes);
    let seed =
        HashSeed::from_variable(given.as_deref()).map_err(|_| format!("config_init_hash_seed: {}", ParseSeedError::TEXT))?;
    process::set_seed(seed);
    Ok(seed != HashSeed::Fixed(0))
}

/// Encoding and error handler of the standard streams, and whether the UTF-8 mode is on (PEP 538, PEP 540). Text of the
/// system is UTF-8 whatever the locale says.
fn text(xoptions: &XOptions, environment: Environment) -> Result<(String, String, bool), String> {
    let locale = environment::text_locale();
    let plain = matches!(locale.as_str(), "C" | "POSIX");
    let mode = xoptions.switch("utf8", true, environment, "PYTHONUTF8").map_err(|source| match source {
        Source::Option => "preconfig_init_utf8_mode: invalid -X utf8 option value".to_owned(),
        Source::Variable => "preconfig_init_utf8_mode: invalid PYTHONUTF8 environment variable value".to_owned(),
    })?;
    let utf8_mode = mode.unwrap_or(plain);
    let lenient = utf8_mode || plain || matches!(locale.as_str(), "C.UTF-8" | "C.utf8" | "UTF-8");
    let (mut encoding, mut errors) = ("utf-8".to_owned(), if lenient { "surrogateescape" } else { "strict" }.to_owned());
    if let Some(given) = environment.text("PYTHONIOENCODING") {
        let (given_encoding, given_errors) = match given.split_once(':') {
            Some((encoding, errors)) => (encoding, errors),
            None => (given.as_str(), ""),
        };
        if !given_encoding.is_empty() {
            encoding = given_encoding.to_owned();
            errors = "strict".to_owned();
        }
        if !given_errors.is_empty() {
            errors = given_errors.to_owned();
        }
    }
    Ok((encoding, errors, utf8_mode))
}

/// The filters in the order in which `warnings` reads them (`config_init_warnoptions`).
fn warn_options(options: &Options, environment: Environment, dev_mode: bool) -> Vec<OsString> {
    let mut filters = Vec::new();
    if dev_mode {
        filters.push("default".into());
    }
    if let Some(variable) = environment.text("PYTHONWARNINGS") {
        filters.extend(variable.split(',').map(OsString::from));
    }
    filters.extend(options.warnings.iter().cloned());
    match options.bytes_warning {
        0 => {}
        1 => filters.push("default::BytesWarning".into()),
        _ => filters.push("error::BytesWarning".into()),
    }
    filters
}

fn pycache_prefix(xoptions: &XOptions, environment: Environment) -> Option<OsString> {
    match xoptions.get("pycache_prefix") {
        Some(prefix) => prefix.filter(|prefix| !prefix.is_empty()).map(OsString::from),
        None => environment.get("PYTHONPYCACHEPREFIX"),
    }
}

fn max_digits(xoptions: &XOptions, environment: Environment) -> Result<i32, String> {
    let Some((source, value)) = xoptions.value("int_max_str_digits", environment, "PYTHONINTMAXSTRDIGITS") else {
        return Ok(DEFAULT_MAX_DIGITS);
    };
    match value.and_then(|value| value.parse().ok()) {
        Some(limit) if limit == 0 || limit >= LEAST_MAX_DIGITS => Ok(limit),
        _ => {
            let place = match source {
                Source::Option => "-X int_max_str_digits",
                Source::Variable => "PYTHONINTMAXSTRDIGITS",
            };
            Err(format!(
                "config_init_int_max_str_digits: {place}: invalid limit; must be >= {LEAST_MAX_DIGITS} or 0 for unlimited."
            ))
        }
    }
}

fn import_time(xoptions: &XOptions, environment: Environment) -> Result<i32, String> {
    match xoptions.value("importtime", environment, "PYTHONPROFILEIMPORTTIME") {
        None => Ok(0),
        Some((Source::Option, None)) => Ok(1),
        Some((source, value)) => match (source, value.as_deref()) {
            (_, Some("1")) => Ok(1),
            (_, Some("2")) => Ok(2),
            (Source::Option, Some(number)) if number.parse::<i32>().is_ok() => {
                Err("config_init_import_time: -X importtime: values other than 1 and 2 are reserved for future use.".to_owned())
            }
            _ => Ok(1),
        },
    }
}

fn cpu_count(xoptions: &XOptions, environment: Environment) -> Result<Option<u32>, String> {
    let Some((_, value)) = xoptions.value("cpu_count", environment, "PYTHON_CPU_COUNT") else { return Ok(None) };
    match value.as_deref() {
        Some("default") => Ok(None),
        Some(value) if value.parse::<u32>().is_ok_and(|count| count > 0) => Ok(value.parse().ok()),
        _ => Err("config_init_cpu_count: -X cpu_count=n option: n is missing or an invalid number, n must be greater than 0"
            .to_owned()),
    }
}

/// The least that a limit on memory may be: what the interpreter itself needs to start.
const LEAST_MEMORY: usize = 16 << 20;

fn memory_limit(xoptions: &XOptions, environment: Environment) -> Result<Option<usize>, String> {
    let Some((_, value)) = xoptions.value("memory-limit", environment, "PVM_MEMORY_LIMIT") else { return Ok(None) };
    match value.as_deref().and_then(bytes_of) {
        Some(limit) if limit >= LEAST_MEMORY => Ok(Some(limit)),
        _ => Err(format!(
            "config_init_memory_limit: -X memory-limit=BYTES: a number of at least {LEAST_MEMORY}, or one with K, M or G behind it"
        )),
    }
}

/// A number of bytes, with a unit behind it or not.
fn bytes_of(text: &str) -> Option<usize> {
    let (digits, unit) = match text.char_indices().last()? {
        (end, 'K' | 'k') => (&text[..end], 1 << 10),
        (end, 'M' | 'm') => (&text[..end], 1 << 20),
        (end, 'G' | 'g') => (&text[..end], 1 << 30),
        _ => (text, 1),
    };
    digits.parse::<usize>().ok()?.checked_mul(unit)
}

fn switch(xoptions: &XOptions, environment: Environment, option: &str, variable: &str) -> Result<bool, String> {
    match xoptions.switch(option, false, environment, variable) {
        Ok(value) => Ok(value.unwrap_or(false)),
        Err(Source::Option) => Err(format!("config_init_{option}: -X {option}=n: n is missing or invalid")),
        Err(Source::Variable) => Err(format!("config_init_{option}: {variable}=N: N is missing or invalid")),
    }
}

/// Refuses what cannot be granted, and values that are none.
fn check_unsupported(xoptions: &XOptions, environment: Environment) -> Result<(), String> {
    match xoptions.value("gil", environment, "PYTHON_GIL") {
        None => {}
        Some((_, value)) if value.as_deref() == Some("1") => {}
        Some((_, value)) if value.as_deref() == Some("0") => {
            return Err("config_read_gil: Disabling the GIL is not supported by this build".to_owned());
        }
        Some(_) => return Err("config_read_gil: PYTHON_GIL / -X gil must be \"0\" or \"1\"".to_owned()),
    }
    if let Some(value) = xoptions.get("frozen_modules")
        && !matches!(value.and_then(|value| value.to_str()), None | Some("" | "on" | "off"))
    {
        return Err("bad value for option -X frozen_modules (expected \"on\" or \"off\")".to_owned());
    }
    Ok(())
}
