"""Imports modules of the standard library, which is part of the executable.

The library seems to be a directory, `ROOT`, that stands on sys.path where another Python has its lib/python3.14: modules before
it on the path go first, __file__ and tracebacks name files in it, and loaders give their source. `path_hook` recognises the
directory and its subdirectories.
"""
import _library
import _frozen_importlib as _bootstrap
import _frozen_importlib_external as _bootstrap_external

ROOT = _library.ROOT
_ROOT_SLASH = ROOT + '/'


def _relative(path):
    """The part of a path that is below ROOT."""
    if not path.startswith(_ROOT_SLASH):
        raise OSError(2, 'No such file or directory', path)
    return path[len(_ROOT_SLASH):]


def _get_data(path):
    data = _library.data(_relative(path))
    if data is None:
        raise OSError(2, 'No such file or directory', path)
    return data


class LibraryLoader(_bootstrap_external._LoaderBasics):

    """Loads one module of the library."""

    def __init__(self, name, path):
        self.name = name
        self.path = path

    def __eq__(self, other):
        return self.__class__ is other.__class__ and self.__dict__ == other.__dict__

    def __hash__(self):
        return hash(self.name) ^ hash(self.path)

    def __repr__(self):
        return f'<{type(self).__name__} for {self.name!r}>'

    def is_package(self, fullname):
        found = _library.find(fullname)
        if found is None:
            raise ImportError(f'no module named {fullname!r} in the library', name=fullname)
        return found[0]

    def get_filename(self, fullname):
        self.is_package(fullname)
        return _library.find(fullname)[1]

    def get_code(self, fullname):
        return _library.code(fullname)

    def get_source(self, fullname):
        return _library.source(fullname)

    def get_data(self, path):
        return _get_data(path)

    def get_resource_reader(self, fullname):
        if not self.is_package(fullname):
            return None
        from _library_resources import Reader
        return Reader(fullname)


class LibraryFinder:

    """Finds modules in one directory of the library."""

    def __init__(self, path):
        self.path = path
        if path == ROOT:
            self._prefix = ''
        else:
            package = _relative(path).rstrip('/').replace('/', '.')
            if not (found := _library.find(package)) or not found[0]:
                raise ImportError('not a package of the library', path=path)
            self._prefix = package + '.'

    def __repr__(self):
        return f'{type(self).__name__}({self.path!r})'

    def find_spec(self, fullname, target=None):
        found = _library.find(self._prefix + fullname.rpartition('.')[2])
        if found is None:
            return None
        is_package, path = found
        spec = _bootstrap.ModuleSpec(fullname, LibraryLoader(fullname, path), origin=path, is_package=is_package)
        spec._set_fileattr = True
        if is_package:
            spec.submodule_search_locations.append(path.rpartition('/')[0])
        return spec

    def invalidate_caches(self):
        """Nothing is cached."""

    def iter_modules(self, prefix=''):
        """The modules in the directory and whether they are packages, for pkgutil."""
        for name, is_package in _library.modules(self._prefix):
            if name != '__main__' or self._prefix:
                yield prefix + name, is_package

    def get_data(self, path):
        return _get_data(path)


def path_hook(path):
    """Make a finder for the library or one of its packages."""
    if path != ROOT and not path.startswith(_ROOT_SLASH):
        raise ImportError('not in the library', path=path)
    return LibraryFinder(path)
