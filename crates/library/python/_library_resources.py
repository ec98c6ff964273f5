"""Files of the standard library as importlib.resources sees them."""
import io
from importlib.resources.abc import Traversable, TraversableResources

import _library


class Resource(Traversable):

    """A file or directory of the library."""

    def __init__(self, path):
        self._path = path

    def __repr__(self):
        return f'{type(self).__name__}({self._path!r})'

    def __str__(self):
        return f'{_library.ROOT}/{self._path}'

    def __eq__(self, other):
        return isinstance(other, Resource) and self._path == other._path

    def __hash__(self):
        return hash(self._path)

    @property
    def name(self):
        return self._path.rpartition('/')[2]

    def iterdir(self):
        names = _library.directory(self._path)
        if not names:
            raise NotADirectoryError(str(self))
        for name in names:
            yield Resource(f'{self._path}/{name}')

    def is_dir(self):
        return bool(_library.directory(self._path))

    def is_file(self):
        return _library.data(self._path) is not None

    def joinpath(self, *descendants):
        parts = self._path.split('/')
        for descendant in descendants:
            for part in str(descendant).split('/'):
                if part == '..':
                    parts = parts[:-1]
                elif part not in ('', '.'):
                    parts.append(part)
        return Resource('/'.join(parts))

    def __truediv__(self, child):
        return self.joinpath(child)

    def read_bytes(self):
        data = _library.data(self._path)
        if data is None:
            raise FileNotFoundError(2, 'No such file or directory', str(self))
        return data

    def open(self, mode='r', *args, **kwargs):
        stream = io.BytesIO(self.read_bytes())
        if 'b' in mode:
            return stream
        return io.TextIOWrapper(stream, *args, **kwargs)


class Reader(TraversableResources):

    """The resources of one package."""

    def __init__(self, package):
        self._package = package

    def files(self):
        return Resource(self._package.replace('.', '/'))
