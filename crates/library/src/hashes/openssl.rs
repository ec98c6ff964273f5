//! `_hashlib`: the interface that OpenSSL has in CPython, on the same hash functions as the other modules.

use pvm_macros::{pyclass, pyfunction, pymethods};
use pvm_object::bytes::Bytes;
use pvm_object::dict::Dict;
use pvm_object::str::Str;
use pvm_object::{Foreign, Heap, HeapCell, Object, PyResult, Raised, Ref, Value, Vm, exceptions};

use super::algorithms::{Algorithm, Mac, State};
use super::input::{data_argument, feed, hexadecimal, in_pieces, squeeze};
use super::keyed::hmac_class;

/// The name of a hash function means nothing here.
#[pyclass(exception, name = "UnsupportedDigestmodError", module = "_hashlib", base = exceptions::VALUE_ERROR)]
pub struct UnsupportedDigestmodError;

/// What OpenSSL says of a name that it does not know.
#[cold]
pub(super) fn unknown_name(vm: &mut Vm) -> Raised {
    vm.raise_message(UNSUPPORTED_DIGESTMOD_ERROR_TYPE.get(), format_args!("[digital envelope routines] unsupported"))
}

/// The functions of the module that begin a hash, and the names of what they begin.
#[pyclass(name = "_state", module = "_hashlib", no_export, final)]
pub(super) struct Constructors {
    names: Ref<Dict>,
}

pub(super) fn constructors(heap: &mut Heap) -> Ref<Dict> {
    heap.module_state(|heap| Constructors { names: heap.new_dict() }).names.clone()
}

/// The function that a `digestmod` stands for: a name, or one of the module's functions (`py_evp_fetch_md`).
pub(super) fn algorithm_of(vm: &mut Vm, digestmod: &Value) -> PyResult<&'static Algorithm> {
    let name = match digestmod.downcast::<Str>() {
        Some(name) => Some(name.to_value()),
        None => constructors(vm).get(digestmod, vm)?,
    };
    let Some(name) = name else {
        let shown = vm.repr(digestmod)?;
        let class = UNSUPPORTED_DIGESTMOD_ERROR_TYPE.get();
        return Err(vm.raise_message(class, format_args!("Unsupported digestmod {shown}")));
    };
    let found = name.downcast::<Str>().and_then(|name| name.as_str()).and_then(Algorithm::find);
    found.ok_or_else(|| unknown_name(vm))
}

/// HASH(name, string=b'')
/// --
///
/// A hash is an object used to calculate a checksum of a string of information.
///
/// Methods:
///
/// update() -- updates the current digest with an additional string
/// digest() -- return the current digest value
/// hexdigest() -- return the current digest as a string of hexadecimal digits
/// copy() -- return a copy of the current hash object
///
/// Attributes:
///
/// name -- the hash algorithm being used by this object
/// digest_size -- number of bytes in this hashes output
#[pyclass(name = "HASH", module = "_hashlib")]
pub struct Hash {
    #[trace(skip)]
    algorithm: &'static Algorithm,
    state: HeapCell<Foreign<Box<State>>>,
}

impl Hash {
    fn state(&self, heap: &Heap) -> State {
        State::clone(&self.state.borrow(heap).0)
    }

    /// An object of the class that the function's digests ask for.
    pub(super) fn begun(vm: &mut Vm, algorithm: &'static Algorithm, data: Option<&Value>) -> PyResult {
        let mut state = algorithm.start();
        if let Some(data) = data {
            feed(vm, data, |bytes| state.update(bytes))?;
        }
        Ok(Hash::object(vm, algorithm, state))
    }

    fn object(heap: &mut Heap, algorithm: &'static Algorithm, state: State) -> Value {
        let hash = Hash { algorithm, state: HeapCell::new(Foreign(Box::new(state))) };
        match algorithm.is_xof() {
            true => heap.alloc(HashXof { base: hash }).into(),
            false => heap.alloc(hash).into(),
        }
    }
}

#[pymethods]
impl Hash {
    /// Return a copy of the hash object.
    fn copy(&self, heap: &mut Heap) -> Value {
        let state = self.state(heap);
        Hash::object(heap, self.algorithm, state)
    }

    /// Return the digest value as a bytes object.
    fn digest(&self, heap: &mut Heap) -> PyResult<Ref<Bytes>> {
        let digest = self.algorithm.finish(self.state(heap));
        Ok(heap.new_bytes(&digest)?)
    }

    /// Return the digest value as a string of hexadecimal digits.
    fn hexdigest(&self, heap: &Heap) -> String {
        hexadecimal(&self.algorithm.finish(self.state(heap)))
    }

    /// Update this hash object's state with the provided string.
    fn update(&self, vm: &mut Vm, obj: &Value) -> PyResult<()> {
        let mut state = self.state(vm);
        feed(vm, obj, |bytes| state.update(bytes))?;
        self.state.set(Foreign(Box::new(state)), vm);
        Ok(())
    }

    #[getter]
    fn digest_size(&self) -> usize {
        self.algorithm.size
    }

    #[getter]
    fn block_size(&self) -> usize {
        self.algorithm.block
    }

    #[getter]
    fn name(&self) -> &'static str {
        self.algorithm.name
    }

    fn __repr__(this: &Object<Self>) -> String {
        let class = if this.algorithm.is_xof() { "HASHXOF" } else { "HASH" };
        format!("<{} _hashlib.{class} object @ {:#x}>", this.algorithm.name, this.address())
    }
}

/// HASHXOF(name, string=b'')
/// --
///
/// A hash is an object used to calculate a checksum of a string of information.
///
/// Methods:
///
/// update() -- updates the current digest with an additional string
/// digest(length) -- return the current digest value
/// hexdigest(length) -- return the current digest as a string of hexadecimal digits
/// copy() -- return a copy of the current hash object
///
/// Attributes:
///
/// name -- the hash algorithm being used by this object
/// digest_size -- number of bytes in this hashes output
#[pyclass(name = "HASHXOF", module = "_hashlib", extends = Hash)]
pub struct HashXof {
    base: Hash,
}

impl HashXof {
    fn squeeze(&self, heap: &mut Heap, length: isize) -> PyResult<Vec<u8>> {
        let Ok(length) = usize::try_from(length) else {
            return Err(heap.system_error(format_args!("Negative size passed to PyBytes_FromStringAndSize")));
        };
        let read = self.base.state(heap).into_reader().expect("the function's digests are of any length");
        squeeze(heap, length, read)
    }
}

#[pymethods]
impl HashXof {
    /// Return the digest value as a bytes object.
    #[signature = "(length)"]
    fn digest(&self, heap: &mut Heap, length: isize) -> PyResult<Ref<Bytes>> {
        let digest = self.squeeze(heap, length)?;
        Ok(heap.new_bytes(&digest)?)
    }

    /// Return the digest value as a string of hexadecimal digits.
    #[signature = "(length)"]
    fn hexdigest(&self, heap: &mut Heap, length: isize) -> PyResult<String> {
        Ok(hexadecimal(&self.squeeze(heap, length)?))
    }

    #[getter]
    fn digest_size(&self) -> usize {
        0
    }
}

/// The keyed function, which read a message.
fn keyed(vm: &mut Vm, algorithm: &'static Algorithm, key: &Value) -> PyResult<Mac> {
    let key = vm.bytes_like(key)?;
    if algorithm.is_xof() {
        return Err(vm.value_error(format_args!("no reason supplied")));
    }
    let begun = Mac::new(algorithm, key.as_slice(vm));
    begun.map_err(|stopped| stopped.raise(vm))
}

hmac_class! {
    /// The object used to calculate HMAC of a message.
    ///
    /// Methods:
    ///
    /// update() -- updates the current digest with an additional string
    /// digest() -- return the current digest value
    /// hexdigest() -- return the current digest as a string of hexadecimal digits
    /// copy() -- return a copy of the current hash object
    ///
    /// Attributes:
    ///
    /// name -- the name, including the hash algorithm used by this object
    /// digest_size -- number of bytes in digest() output
    Hmac "_hashlib" "Update the HMAC object with msg.";
}

/// Return a new hash object using the named algorithm.
///
/// An optional string argument may be provided and will be
/// automatically hashed.
///
/// The MD5 and SHA1 algorithms are always supported.
#[pyfunction(module = "_hashlib")]
#[signature = "(name, data=b'', *, usedforsecurity=True, string=None)"]
pub fn new(vm: &mut Vm, name: &Object<Str>, data: Option<&Value>, usedforsecurity: bool, string: Option<&Value>) -> PyResult {
    let _ = usedforsecurity;
    let data = data_argument(vm, data, string)?;
    let Some(algorithm) = name.as_str().and_then(Algorithm::find) else {
        return Err(unknown_name(vm));
    };
    Hash::begun(vm, algorithm, data)
}

/// Return a new hmac object.
#[pyfunction(module = "_hashlib")]
#[signature = "(key, msg=b'', digestmod=None)"]
pub fn hmac_new(vm: &mut Vm, key: &Value, msg: Option<&Value>, digestmod: Option<&Value>) -> PyResult<Ref<Hmac>> {
    let Some(digestmod) = digestmod else {
        return Err(vm.type_error(format_args!("Missing required parameter 'digestmod'.")));
    };
    let algorithm = algorithm_of(vm, digestmod)?;
    let mut mac = keyed(vm, algorithm, key)?;
    if let Some(msg) = msg.filter(|msg| !msg.is_none()) {
        feed(vm, msg, |bytes| mac.update(bytes))?;
    }
    Ok(vm.alloc(Hmac::new(mac)))
}

/// Single-shot HMAC.
#[pyfunction(module = "_hashlib")]
#[signature = "(key, msg, digest)"]
pub fn hmac_digest(vm: &mut Vm, key: &Value, msg: &Value, digest: &Value) -> PyResult<Ref<Bytes>> {
    let (_key, message) = (vm.bytes_like(key)?, vm.bytes_like(msg)?);
    let algorithm = algorithm_of(vm, digest)?;
    let mut mac = keyed(vm, algorithm, key)?;
    let fed = in_pieces(message.as_slice(vm), |piece| mac.update(piece));
    fed.map_err(|stopped| stopped.raise(vm))?;
    Ok(vm.new_bytes(&mac.finish())?)
}
