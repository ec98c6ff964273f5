"""What sysconfig.get_config_vars() tells about the executable that runs this, under the names of CPython's Makefile."""
import sys

_version = f'{sys.version_info.major}.{sys.version_info.minor}'
_multiarch = getattr(sys.implementation, '_multiarch', '')
_soabi = '-'.join(filter(None, (sys.implementation.cache_tag, _multiarch)))
_prefix = sys.base_prefix
_include = f'{_prefix}/include/python{_version}'

build_time_vars = {
    # Where things are.
    'prefix': _prefix,
    'exec_prefix': _prefix,
    'BINDIR': f'{_prefix}/bin',
    'BINLIBDEST': sys._stdlib_dir,
    'LIBDEST': sys._stdlib_dir,
    'LIBDIR': f'{_prefix}/lib',
    'INCLUDEDIR': f'{_prefix}/include',
    'INCLUDEPY': _include,
    'CONFINCLUDEPY': _include,
    'PLATLIBDIR': sys.platlibdir,
    'TZPATH': '/usr/share/zoneinfo:/usr/lib/zoneinfo:/usr/share/lib/zoneinfo:/etc/zoneinfo',
    'WHEEL_PKG_DIR': '',

    # What the language and the platform are.
    'VERSION': _version,
    'LDVERSION': _version,
    'ABIFLAGS': sys.abiflags,
    'MACHDEP': sys.platform,
    'MULTIARCH': _multiarch,
    'SOABI': _soabi,
    'EXT_SUFFIX': f'.{_soabi}.so',
    'SHLIB_SUFFIX': '.so',
    'EXE': '',

    # How it was built. There is no library to link with, and no C compiler was involved.
    'Py_DEBUG': 0,
    'Py_ENABLE_SHARED': 0,
    'Py_GIL_DISABLED': 0,
    'Py_TRACE_REFS': 0,
    'PYTHONFRAMEWORK': '',
    'CONFIG_ARGS': '',
    'LIBRARY': '',
    'LDLIBRARY': '',
    'CC': 'cc',
    'CXX': 'c++',
    'AR': 'ar',
    'ARFLAGS': 'rcs',
    'CFLAGS': '',
    'CCSHARED': '-fPIC',
    'LDFLAGS': '',
    'LDSHARED': 'cc -shared',
    'LDCXXSHARED': 'c++ -shared',
    'OPT': '',
    'WITH_DOC_STRINGS': 1,
    'WITH_PYMALLOC': 0,
    'ENABLE_IPV6': 1,
    'PY_BUILTIN_HASHLIB_HASHES': '"md5,sha1,sha2,sha3,blake2"',

    # What the system offers.
    'HAVE_VFORK': 1,

    # What C's types are like.
    'SIZEOF_VOID_P': 8 if sys.maxsize > 2**32 else 4,
    'SIZEOF_SIZE_T': 8 if sys.maxsize > 2**32 else 4,
    'SIZEOF_SHORT': 2,
    'SIZEOF_INT': 4,
    'SIZEOF_LONG_LONG': 8,
    'SIZEOF_FLOAT': 4,
    'SIZEOF_DOUBLE': 8,
}
