//! `errno`: the system's error numbers by name.

use pvm_macros::pymodule;

macro_rules! numbers {
    ($($name:ident)*) => {
        /// Names and numbers; of names for the same number, the last one is what `errorcode` shows.
        const NUMBERS: &[(&str, i32)] = &[$((stringify!($name), libc::$name)),*];
    };
}

numbers! {
    ENODEV ENOCSI EHOSTUNREACH ENOMSG EUCLEAN EL2NSYNC EL2HLT ENODATA ENOTBLK ENOSYS EPIPE EINVAL EOVERFLOW EADV EINTR EUSERS
    ENOTEMPTY ENOBUFS EPROTO EREMOTE ENAVAIL ECHILD ELOOP EXDEV E2BIG ESRCH EMSGSIZE EAFNOSUPPORT EBADR EHOSTDOWN
    EPFNOSUPPORT ENOPROTOOPT EBUSY EWOULDBLOCK EBADFD EDOTDOT EISCONN ENOANO ESHUTDOWN ECHRNG ELIBBAD ENONET EBADE EBADF
    EMULTIHOP EIO EUNATCH EPROTOTYPE ENOSPC ENOEXEC EALREADY ENETDOWN ENOTNAM EACCES ELNRNG EILSEQ ENOTDIR ENOTUNIQ EPERM EDOM
    EXFULL ECONNREFUSED EISDIR EPROTONOSUPPORT EROFS EADDRNOTAVAIL EIDRM ECOMM ESRMNT EREMOTEIO EL3RST EBADMSG ENFILE ELIBMAX
    ESPIPE ENOLINK ENETRESET ETIMEDOUT ENOENT EEXIST EDQUOT ENOSTR EBADSLT EBADRQC ELIBACC EFAULT EFBIG EDEADLK ENOTCONN
    EDESTADDRREQ ELIBSCN ENOLCK EISNAM ECONNABORTED ENETUNREACH ESTALE ENOSR ENOMEM ENOTSOCK ESTRPIPE EMLINK ERANGE ELIBEXEC
    EL3HLT ECONNRESET EADDRINUSE EOPNOTSUPP EREMCHG EAGAIN ENAMETOOLONG ENOTTY ERESTART ESOCKTNOSUPPORT ETIME EBFONT EDEADLOCK
    ETOOMANYREFS EMFILE ETXTBSY EINPROGRESS ENXIO ENOPKG ENOMEDIUM EMEDIUMTYPE ECANCELED ENOKEY EHWPOISON EKEYEXPIRED
    EKEYREVOKED EKEYREJECTED EOWNERDEAD ENOTRECOVERABLE ERFKILL ENOTSUP
}

#[pymodule(name = "errno")]
pub mod native {
    //! This module makes available standard errno system symbols.
    //!
    //! The value of each symbol is the corresponding integer value,
    //! e.g., on most systems, errno.ENOENT equals the integer 2.
    //!
    //! The dictionary errno.errorcode maps numeric codes to symbol names,
    //! e.g., errno.errorcode[2] could be the string 'ENOENT'.
    //!
    //! Symbols that are not relevant to the underlying system are not defined.
    //!
    //! To map error codes to error messages, use the function os.strerror(),
    //! e.g. os.strerror(2) could return 'No such file or directory'.
    use pvm_object::{PyResult, Value, Vm};

    #[init]
    fn init(vm: &mut Vm, module: &Value) -> PyResult<()> {
        let codes: Value = vm.new_dict().into();
        for &(name, number) in super::NUMBERS {
            let (name, number) = (vm.intern(name), Value::from_i32(number));
            vm.setattr(module, &name, &number)?;
            vm.setitem(&codes, &number, &name.to_value())?;
        }
        let name = vm.intern("errorcode");
        vm.setattr(module, &name, &codes)
    }
}
