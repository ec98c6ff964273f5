//! The functions and constants of `_hashlib`.

use pvm_macros::pymodule;

use super::openssl;

macro_rules! constructor {
    ($function:ident $name:literal) => {
        #[doc = concat!("Returns a ", $name, " hash object; optionally initialized with a string")]
        #[pvm_macros::pyfunction(module = "_hashlib")]
        #[signature = "(data=b'', *, usedforsecurity=True, string=None)"]
        pub fn $function(
            vm: &mut pvm_object::Vm,
            data: Option<&pvm_object::Value>,
            usedforsecurity: bool,
            string: Option<&pvm_object::Value>,
        ) -> pvm_object::PyResult {
            let _ = usedforsecurity;
            let data = super::input::data_argument(vm, data, string)?;
            let algorithm = super::algorithms::Algorithm::find($name).expect("the table has it");
            super::openssl::Hash::begun(vm, algorithm, data)
        }
    };
}

constructor!(openssl_md5 "md5");
constructor!(openssl_sha1 "sha1");
constructor!(openssl_sha224 "sha224");
constructor!(openssl_sha256 "sha256");
constructor!(openssl_sha384 "sha384");
constructor!(openssl_sha512 "sha512");
constructor!(openssl_sha3_224 "sha3-224");
constructor!(openssl_sha3_256 "sha3-256");
constructor!(openssl_sha3_384 "sha3-384");
constructor!(openssl_sha3_512 "sha3-512");
constructor!(openssl_shake_128 "shake-128");
constructor!(openssl_shake_256 "shake-256");

#[pymodule(name = "_hashlib")]
pub mod native {
    //! OpenSSL interface for hashlib module
    use pvm_macros::pyfunction;
    use pvm_object::buffer::BufferView;
    use pvm_object::bytes::Bytes;
    use pvm_object::str::Str;
    use pvm_object::{Object, PyResult, Ref, Value, Vm};

    use super::openssl::{constructors, unknown_name};
    use crate::constants::set;
    use crate::hashes::algorithms::{ALGORITHMS, Algorithm, Pbkdf2};
    use crate::hashes::scrypt::Scrypt;

    #[export]
    use super::openssl::{Hash, HashXof, Hmac, UnsupportedDigestmodError, hmac_digest, hmac_new, new};
    #[export]
    use super::{
        openssl_md5, openssl_sha1, openssl_sha3_224, openssl_sha3_256, openssl_sha3_384, openssl_sha3_512, openssl_sha224,
        openssl_sha256, openssl_sha384, openssl_sha512, openssl_shake_128, openssl_shake_256,
    };
    #[constant]
    const _GIL_MINSIZE: i32 = crate::hashes::LARGE_INPUT;

    /// The largest number of C's `int`.
    const LARGEST: i64 = i32::MAX as i64;

    /// Determine the OpenSSL FIPS mode of operation.
    ///
    /// For OpenSSL 3.0.0 and newer it returns the state of the default provider
    /// in the default OSSL context. It's not quite the same as FIPS_mode() but
    /// good enough for unittests.
    ///
    /// Effectively any non-zero return value indicates FIPS mode;
    /// values other than 1 may have additional significance.
    #[pyfunction]
    fn get_fips_mode() -> i32 {
        0
    }

    /// Rounds of PBKDF2 that are done without looking up.
    const ROUNDS: u64 = 10_000;
    /// Blocks of 64 bytes that scrypt mixes without looking up.
    const BLOCKS: usize = 1 << 16;

    /// The key of PBKDF2 with HMAC.
    fn derive(
        vm: &mut Vm,
        algorithm: &'static Algorithm,
        password: &BufferView,
        salt: &[u8],
        iterations: u64,
        length: usize,
    ) -> PyResult<Vec<u8>> {
        let password = password.gather(vm);
        let begun = Pbkdf2::new(algorithm, &password, salt, iterations, length);
        let mut derivation = begun.map_err(|stopped| stopped.raise(vm))?;
        loop {
            let (done, left) = vm.detach(move || (derivation.run(ROUNDS), derivation));
            if done {
                return Ok(left.into_key());
            }
            derivation = left;
            vm.poll(ROUNDS as usize)?;
        }
    }

    /// Password based key derivation function 2 (PKCS #5 v2.0) with HMAC as pseudorandom function.
    #[pyfunction]
    #[signature = "(hash_name, password, salt, iterations, dklen=None)"]
    fn pbkdf2_hmac(
        vm: &mut Vm,
        hash_name: &Object<Str>,
        password: &Value,
        salt: &Value,
        iterations: i64,
        dklen: Option<&Value>,
    ) -> PyResult<Ref<Bytes>> {
        let (password, salt) = (vm.bytes_like(password)?, vm.bytes_like(salt)?);
        let Some(algorithm) = hash_name.as_str().and_then(Algorithm::find) else {
            return Err(unknown_name(vm));
        };
        if iterations < 1 {
            return Err(vm.value_error(format_args!("iteration value must be greater than 0.")));
        }
        if iterations > LARGEST {
            return Err(vm.overflow_error(format_args!("iteration value is too great.")));
        }
        let length = match dklen {
            None => algorithm.size as i64,
            Some(length) => {
                let length = vm.index(length)?;
                pvm_object::convert::FromArg::from_arg(length.borrowed(), pvm_object::arguments::Argument::operand(""), vm)?
            }
        };
        if length < 1 {
            return Err(vm.value_error(format_args!("key length must be greater than 0.")));
        }
        if length > LARGEST {
            return Err(vm.overflow_error(format_args!("key length is too great.")));
        }
        vm.check_room(length as usize)?;
        if algorithm.is_xof() {
            return Err(vm.value_error(format_args!("no reason supplied")));
        }
        let salt = salt.gather(vm);
        let key = derive(vm, algorithm, &password, &salt, iterations as u64, length as usize)?;
        Ok(vm.new_bytes(&key)?)
    }

    /// Return 'a == b'.
    ///
    /// This function uses an approach designed to prevent
    /// timing analysis, making it appropriate for cryptography.
    ///
    /// a and b must both be of the same type: either str (ASCII only),
    /// or any bytes-like object.
    ///
    /// Note: If a and b are of different lengths, or if an error occurs,
    /// a timing attack could theoretically reveal information about the
    /// types and lengths of a and b--but not their values.
    #[pyfunction]
    fn compare_digest(vm: &mut Vm, a: &Value, b: &Value) -> PyResult<bool> {
        crate::operator::compare_in_constant_time(vm, a, b)
    }

    /// How much memory scrypt may take where nobody says it.
    const MEMORY: u64 = 32 << 20;

    /// scrypt password-based key derivation function.
    #[pyfunction]
    #[signature = "(password, *, salt, n, r, p, maxmem=0, dklen=64)"]
    fn scrypt(
        vm: &mut Vm,
        password: &Value,
        salt: &Value,
        n: &Value,
        r: &Value,
        p: &Value,
        maxmem: i64,
        dklen: i64,
    ) -> PyResult<Ref<Bytes>> {
        let (password, salt) = (vm.bytes_like(password)?, vm.bytes_like(salt)?);
        let mut number = |value: &Value| -> PyResult<u64> {
            let value = vm.index(value)?;
            match pvm_object::convert::FromArg::from_arg(value.borrowed(), pvm_object::arguments::Argument::operand(""), vm) {
                Ok(number) => Ok(number),
                Err(raised) if vm.pending_is(&pvm_object::exceptions::OVERFLOW_ERROR) => {
                    drop(vm.catch(raised));
                    Err(vm.overflow_error(format_args!("Python int too large for C unsigned long")))
                }
                Err(raised) => Err(raised),
            }
        };
        let (n, r, p) = (number(n)?, number(r)?, number(p)?);
        if n < 2 || !n.is_power_of_two() {
            return Err(vm.value_error(format_args!("n must be a power of 2.")));
        }
        if !(0..=LARGEST).contains(&maxmem) {
            return Err(vm.value_error(format_args!("maxmem must be positive and smaller than {LARGEST}")));
        }
        if !(1..=LARGEST).contains(&dklen) {
            return Err(vm.value_error(format_args!("dklen must be greater than 0 and smaller than {LARGEST}")));
        }
        let failure = match (u32::try_from(r), u32::try_from(p)) {
            (Err(_), _) | (_, Err(_)) => Some("[digital envelope routines] parameter too large"),
            (Ok(0), _) | (_, Ok(0)) => Some("Invalid parameter combination for n, r, p, maxmem."),
            _ => {
                let limit = if maxmem == 0 { MEMORY } else { maxmem as u64 };
                let blocks = u128::from(p) * 128 * u128::from(r);
                let table = 128 * u128::from(r) * (u128::from(n) + 2);
                let fits = p <= ((1 << 30) - 1) / r && u64::from(n.ilog2()) < 16 * r && blocks + table <= u128::from(limit);
                (!fits).then_some("[digital envelope routines] memory limit exceeded")
            }
        };
        if let Some(failure) = failure {
            return Err(vm.value_error(format_args!("{failure}")));
        }
        let (n, part, p) = (n as usize, 128 * r as usize, p as usize);
        vm.check_room((n + 2 * p) * part + dklen as usize)?;
        let algorithm = Algorithm::find("sha256").expect("the table has it");
        let salt = salt.gather(vm);
        let derived = derive(vm, algorithm, &password, &salt, 1, p * part)?;
        let mut mixing = Scrypt::new(&derived, n, r as usize);
        drop(derived);
        let mixed = loop {
            let (done, left) = vm.detach(move || (mixing.run(BLOCKS), mixing));
            if done {
                break left.into_bytes();
            }
            mixing = left;
            vm.poll(BLOCKS)?;
        };
        let key = derive(vm, algorithm, &password, &mixed, 1, dklen as usize)?;
        Ok(vm.new_bytes(&key)?)
    }

    #[init]
    fn init(vm: &mut Vm, module: &Value) -> PyResult<()> {
        let names: Vec<Value> = ALGORITHMS.iter().map(|algorithm| vm.new_str(algorithm.name).into()).collect();
        let names = vm.frozenset_from(&names)?.into();
        set(vm, module, "openssl_md_meth_names", &names)?;
        let table = constructors(vm);
        for name in [
            "md5",
            "sha1",
            "sha224",
            "sha256",
            "sha384",
            "sha512",
            "sha3_224",
            "sha3_256",
            "sha3_384",
            "sha3_512",
            "shake_128",
            "shake_256",
        ] {
            let attribute = vm.intern(&format!("openssl_{name}"));
            let function = vm.getattr(module, &attribute)?;
            let name = vm.intern(name);
            table.set(&function, name.into(), vm)?;
        }
        let table = vm.new_mapping_proxy(&table).into();
        set(vm, module, "_constructors", &table)
    }
}
