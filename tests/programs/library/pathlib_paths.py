"""pathlib, os.path, tempfile, shutil, glob: paths and files in a folder of their own."""
import glob
import os
import pathlib
import shutil
import tempfile
from pathlib import Path, PurePosixPath, PureWindowsPath

p = PurePosixPath('/usr/../lib//python3.14/site.tar.gz')
print(p, p.parts, p.parent, p.name, p.stem, p.suffix, p.suffixes, p.root, p.anchor, p.is_absolute(), list(p.parents)[:2])
print(p.with_name('x'), p.with_suffix('.zip'), p.with_stem('y'), p.relative_to('/usr'), p / 'a' / '/b', PurePosixPath('a').joinpath('b', 'c'), p.match('*.gz'), p.full_match('/usr/**/*.gz'))
print(PurePosixPath('a/b').relative_to('a/c', walk_up=True), PurePosixPath('a') < PurePosixPath('b'), PurePosixPath('a') == PurePosixPath('a/'), hash(PurePosixPath('a')) == hash(PurePosixPath('./a')), repr(PurePosixPath('')))
w = PureWindowsPath('c:\\Users\\x.TXT')
print(w, w.drive, w.as_posix(), w == PureWindowsPath('C:/users/X.txt'), w.is_reserved() if False else w.root, PurePosixPath('a').as_uri if False else w.as_uri())
print(os.path.join('a', '/b', 'c'), os.path.normpath('/a/./b/../c//'), os.path.splitext('.bashrc'), os.path.split('/a/b'), os.path.commonpath(['/a/b', '/a/c']), os.path.relpath('/a/b', '/a/c/d'), os.path.commonprefix(['abc', 'abd']))
with tempfile.TemporaryDirectory() as name:
    root = Path(name)
    (root / 'sub' / 'deep').mkdir(parents=True)
    (root / 'one.txt').write_text('line 1\nline 2\n')
    (root / 'sub' / 'two.bin').write_bytes(bytes(5))
    (root / 'sub' / 'deep' / 'three.txt').touch()
    (root / 'link').symlink_to('one.txt')
    short = lambda paths: sorted(str(q.relative_to(root)) for q in paths)
    print(short(root.iterdir()), short(root.rglob('*.txt')), short(root.glob('*/*')), short(root.glob('**/')), [os.path.basename(q) for q in glob.glob(str(root / '*.txt'))])
    print((root / 'one.txt').stat().st_size, (root / 'one.txt').read_text().splitlines(), (root / 'link').readlink(), (root / 'link').is_symlink(), (root / 'link').resolve().name, (root / 'none').exists())
    print([(str(d.relative_to(root)), sorted(ds), sorted(fs)) for d, ds, fs in sorted(root.walk())])
    shutil.copytree(root / 'sub', root / 'copy')
    shutil.move(root / 'copy' / 'two.bin', root / 'moved.bin')
    (root / 'one.txt').rename(root / 'uno.txt')
    (root / 'link').unlink()
    print(short(root.rglob('*')), shutil.which('sh') is not None)
    for call in (lambda: (root / 'none').read_text(), lambda: root.mkdir(), lambda: (root / 'sub').rmdir(), lambda: (root / 'none').unlink(), lambda: (root / 'uno.txt').iterdir().__next__() if False else list((root / 'uno.txt').iterdir()), lambda: open(root)):
        try:
            call()
        except OSError as error:
            print(type(error).__name__, error.errno, error.strerror)
    shutil.rmtree(root / 'sub')
    print((root / 'sub').exists())
print(Path(name).exists(), p.is_relative_to('/usr'))
for call in (lambda: p.relative_to('/bin'), lambda: p.with_name('a/b'), lambda: p.with_suffix('x'), lambda: PurePosixPath(3), lambda: p / 3):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
