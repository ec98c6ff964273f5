"""What CPython's tests have in common, `test.support`, as the library of CPython brings it.

The tests themselves come with CPython's sources. Where a folder of the path has them, this package is the one there: its
modules are found first.
"""
import os
import sys


def _with_tests():
    """The packages `test` on the path that CPython's tests lie in."""
    for folder in sys.path:
        if isinstance(folder, str):
            package = os.path.join(folder, 'test')
            if package not in __path__ and os.path.isfile(os.path.join(package, 'support', '__init__.py')):
                yield package


for _package in _with_tests():
    __path__.insert(0, _package)
    __file__ = os.path.join(_package, '__init__.py')
