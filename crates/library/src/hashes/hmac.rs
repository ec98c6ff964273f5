//! `_hmac`: keyed hashes of the hash functions that are always there.

use pvm_macros::{pyclass, pymodule};
use pvm_object::str::Str;
use pvm_object::{PyResult, Value, Vm};

use super::algorithms::{Algorithm, Mac};
use super::input::{feed, view_of};
use super::keyed::hmac_class;

/// No such hash function.
#[pyclass(exception, name = "UnknownHashError", module = "_hmac", base = pvm_object::exceptions::VALUE_ERROR)]
pub struct UnknownHashError;

/// The functions by the names that the module knows, and what OpenSSL's table calls them.
const NAMES: [(&str, &str); 12] = [
    ("md5", "md5"),
    ("sha1", "sha1"),
    ("sha224", "sha224"),
    ("sha256", "sha256"),
    ("sha384", "sha384"),
    ("sha512", "sha512"),
    ("sha3_224", "sha3_224"),
    ("sha3_256", "sha3_256"),
    ("sha3_384", "sha3_384"),
    ("sha3_512", "sha3_512"),
    ("blake2s", "blake2s"),
    ("blake2b", "blake2b"),
];

/// The function that a `digestmod` names (`find_hash_info`).
fn algorithm_of(vm: &mut Vm, digestmod: &Value) -> PyResult<&'static Algorithm> {
    let named = digestmod.downcast::<Str>().and_then(|name| name.as_str()).and_then(|name| {
        let (_, full) = NAMES.iter().find(|(known, _)| name.eq_ignore_ascii_case(known))?;
        Algorithm::find(full)
    });
    match named {
        Some(algorithm) => Ok(algorithm),
        None => {
            let shown = vm.repr(digestmod)?;
            Err(vm.raise_message(UNKNOWN_HASH_ERROR_TYPE.get(), format_args!("unsupported hash type: {shown}")))
        }
    }
}

/// The keyed function, which read a message.
fn start(vm: &mut Vm, algorithm: &'static Algorithm, key: &Value, message: Option<&Value>) -> PyResult<Mac> {
    let key = view_of(vm, key)?;
    let begun = Mac::new(algorithm, key.as_slice(vm));
    let mut mac = begun.map_err(|stopped| stopped.raise(vm))?;
    if let Some(message) = message {
        feed(vm, message, |bytes| mac.update(bytes))?;
    }
    Ok(mac)
}

hmac_class! {
    Hmac "_hmac" "Update the HMAC object with the given message.";
    ///
    /// This method may raise a MemoryError.
}

#[pymodule(name = "_hmac")]
pub mod native {
    use pvm_macros::pyfunction;
    use pvm_object::bytes::Bytes;
    use pvm_object::{PyResult, Ref, Value, Vm};

    use super::{Algorithm, algorithm_of, start};

    #[export]
    use super::{Hmac, UnknownHashError};

    #[constant]
    const _GIL_MINSIZE: i32 = crate::hashes::LARGE_INPUT;

    /// Return a new HMAC object.
    #[pyfunction]
    #[signature = "(key, msg=None, digestmod=<unrepresentable>)"]
    #[text_signature = "($module, /, key, msg=None, digestmod=None)"]
    fn new(vm: &mut Vm, key: &Value, msg: Option<&Value>, digestmod: Option<&Value>) -> PyResult<Ref<Hmac>> {
        let Some(digestmod) = digestmod else {
            return Err(vm.type_error(format_args!("new() missing 1 required argument 'digestmod'")));
        };
        let algorithm = algorithm_of(vm, digestmod)?;
        let mac = start(vm, algorithm, key, msg)?;
        Ok(vm.alloc(Hmac::new(mac)))
    }

    #[pyfunction]
    #[signature = "(key, msg, digest)"]
    fn compute_digest(vm: &mut Vm, key: &Value, msg: &Value, digest: &Value) -> PyResult<Ref<Bytes>> {
        let algorithm = algorithm_of(vm, digest)?;
        let digest = start(vm, algorithm, key, Some(msg))?.finish();
        Ok(vm.new_bytes(&digest)?)
    }

    fn compute(vm: &mut Vm, name: &str, key: &Value, msg: &Value) -> PyResult<Ref<Bytes>> {
        let algorithm = Algorithm::find(name).expect("the table has it");
        let digest = start(vm, algorithm, key, Some(msg))?.finish();
        Ok(vm.new_bytes(&digest)?)
    }

    #[pyfunction]
    fn compute_md5(vm: &mut Vm, key: &Value, msg: &Value) -> PyResult<Ref<Bytes>> {
        compute(vm, "md5", key, msg)
    }

    #[pyfunction]
    fn compute_sha1(vm: &mut Vm, key: &Value, msg: &Value) -> PyResult<Ref<Bytes>> {
        compute(vm, "sha1", key, msg)
    }

    #[pyfunction]
    fn compute_sha224(vm: &mut Vm, key: &Value, msg: &Value) -> PyResult<Ref<Bytes>> {
        compute(vm, "sha224", key, msg)
    }

    #[pyfunction]
    fn compute_sha256(vm: &mut Vm, key: &Value, msg: &Value) -> PyResult<Ref<Bytes>> {
        compute(vm, "sha256", key, msg)
    }

    #[pyfunction]
    fn compute_sha384(vm: &mut Vm, key: &Value, msg: &Value) -> PyResult<Ref<Bytes>> {
        compute(vm, "sha384", key, msg)
    }

    #[pyfunction]
    fn compute_sha512(vm: &mut Vm, key: &Value, msg: &Value) -> PyResult<Ref<Bytes>> {
        compute(vm, "sha512", key, msg)
    }

    #[pyfunction]
    fn compute_sha3_224(vm: &mut Vm, key: &Value, msg: &Value) -> PyResult<Ref<Bytes>> {
        compute(vm, "sha3_224", key, msg)
    }

    #[pyfunction]
    fn compute_sha3_256(vm: &mut Vm, key: &Value, msg: &Value) -> PyResult<Ref<Bytes>> {
        compute(vm, "sha3_256", key, msg)
    }

    #[pyfunction]
    fn compute_sha3_384(vm: &mut Vm, key: &Value, msg: &Value) -> PyResult<Ref<Bytes>> {
        compute(vm, "sha3_384", key, msg)
    }

    #[pyfunction]
    fn compute_sha3_512(vm: &mut Vm, key: &Value, msg: &Value) -> PyResult<Ref<Bytes>> {
        compute(vm, "sha3_512", key, msg)
    }

    #[pyfunction]
    fn compute_blake2s_32(vm: &mut Vm, key: &Value, msg: &Value) -> PyResult<Ref<Bytes>> {
        compute(vm, "blake2s", key, msg)
    }

    #[pyfunction]
    fn compute_blake2b_32(vm: &mut Vm, key: &Value, msg: &Value) -> PyResult<Ref<Bytes>> {
        compute(vm, "blake2b", key, msg)
    }
}
