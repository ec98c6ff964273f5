"""Trees of files made and changed with pathlib, tempfile, shutil and os: walking, globbing, copying, replacing, modes, errors."""
import os
import shutil
import tempfile
from pathlib import Path


def tree(root):
    return [f"{p.relative_to(root)}{'/' if p.is_dir() else ''}{'@' if p.is_symlink() else ''}" for p in sorted(root.rglob("*"))]


def attempt(action):
    try:
        result = action()
        print(result.name if isinstance(result, Path) else result)
    except (OSError, ValueError, shutil.Error) as error:
        print(type(error).__name__, getattr(error, "strerror", error), [os.path.basename(str(f)) for f in (getattr(error, "filename", None), getattr(error, "filename2", None)) if f])


with tempfile.TemporaryDirectory(prefix="tree-") as name:
    root = Path(name)
    for path in ("a/b/one.txt", "a/two.py", "c/three.py", "c/.hidden", "four"):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(f"{path}\nsecond é\r\n", newline="")
    (root / "link").symlink_to("a/two.py")
    (root / "dangling").symlink_to("nowhere")
    (root / "dirlink").symlink_to("a", target_is_directory=True)
    print(tree(root))
    print(sorted(p.name for p in root.glob("**/*.py")), sorted(p.name for p in root.glob("*")), sorted(p.name for p in root.glob("[ac]/*.p?")), sorted(p.name for p in root.rglob("*.PY", case_sensitive=False)))
    print([(d.relative_to(root).as_posix(), sorted(dirs), sorted(files)) for d, dirs, files in sorted(root.walk())])
    print([len(files) for _, _, files in sorted(root.walk(follow_symlinks=True))], (root / "link").read_text(newline="") == (root / "a/two.py").read_text(newline=""), (root / "link").readlink())
    print((root / "dangling").exists(), (root / "dangling").exists(follow_symlinks=False), (root / "dirlink").is_dir(), (root / "dirlink" / "two.py").resolve().relative_to(root.resolve()), (root / "link").samefile(root / "a/two.py"))
    shutil.copytree(root / "a", root / "copy", ignore=shutil.ignore_patterns("*.txt"))
    shutil.move(root / "four", root / "copy" / "moved")
    print(tree(root / "copy"), (root / "copy/moved").read_bytes())
    (root / "copy/moved").replace(root / "four")
    (root / "four").rename(root / "renamed").chmod(0o640)
    print(oct((root / "renamed").stat().st_mode), (root / "renamed").stat().st_size, (root / "renamed").is_file(), (root / "renamed").stat().st_nlink)
    (root / "hard").hardlink_to(root / "renamed")
    print((root / "hard").stat().st_nlink, os.path.samefile(root / "hard", root / "renamed"))
    for action in (lambda: (root / "a").rmdir(), lambda: (root / "missing").unlink(), lambda: (root / "missing").unlink(missing_ok=True), lambda: (root / "a").mkdir(), lambda: (root / "a").mkdir(exist_ok=True),
                   lambda: (root / "x/y").mkdir(), lambda: (root / "renamed").mkdir(exist_ok=True), lambda: (root / "a").read_text(), lambda: (root / "renamed/x").write_text(""), lambda: (root / "missing").stat(),
                   lambda: os.rename(root / "missing", root / "other"), lambda: shutil.copytree(root / "a", root / "c"), lambda: shutil.copyfile(root / "hard", root / "renamed"), lambda: shutil.move(root / "a", root / "a/b"),
                   lambda: os.listdir(root / "renamed"), lambda: (root / "link").symlink_to("x"), lambda: os.readlink(root / "a"), lambda: shutil.rmtree(root / "missing"), lambda: shutil.rmtree(root / "dirlink"),
                   lambda: os.removedirs(root / "c"), lambda: open(root / "new", "x").close(), lambda: open(root / "new", "x"), lambda: (root / "new").touch(exist_ok=False), lambda: os.scandir(root / "missing"), lambda: (root / "a\0b").exists(), lambda: (root / "a\0b").read_text()):
        attempt(action)
    os.makedirs(root / "deep/er/est")
    os.removedirs(root / "deep/er/est")
    shutil.rmtree(root / "copy")
    print((root / "deep").exists(), sorted(entry.name for entry in os.scandir(root) if entry.is_file(follow_symlinks=False)), shutil.disk_usage(root).total > 0)
    with open(root / "log", "w+") as f:
        f.write("abcdef\n" * 3)
        f.seek(0)
        print(f.readline(), f.tell(), f.truncate(10), f.read())
    with tempfile.NamedTemporaryFile("w+", dir=root, suffix=".tmp", delete_on_close=False) as f:
        f.write("kept until the end")
        f.close()
        print(Path(f.name).read_text(), Path(f.name).suffix)
    print(Path(f.name).exists(), [p.suffix for p in root.iterdir() if p.suffix])
    fd, made = tempfile.mkstemp(dir=root, text=True)
    os.write(fd, b"raw")
    os.close(fd)
    print(Path(made).read_text(), oct(os.stat(made).st_mode & 0o777))
print(root.exists())
with tempfile.SpooledTemporaryFile(max_size=10, mode="w+") as f:
    f.write("short")
    before = f._rolled
    f.write("and long now")
    f.seek(0)
    print(before, f._rolled, f.read())
archive = tempfile.mkdtemp()
os.makedirs(os.path.join(archive, "in/side"))
Path(archive, "in/side/file").write_text("zipped")
for kind in ("zip", "tar", "gztar"):
    made = shutil.make_archive(os.path.join(archive, "out"), kind, archive, "in")
    shutil.unpack_archive(made, os.path.join(archive, kind))
    print(os.path.basename(made), Path(archive, kind, "in/side/file").read_text())
shutil.rmtree(archive)
