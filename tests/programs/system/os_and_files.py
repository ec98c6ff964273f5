"""os, pathlib, shutil, tempfile, glob and stat in a temporary directory: names, trees, errors."""
import glob
import os
import pathlib
import shutil
import stat
import tempfile

root = tempfile.mkdtemp()
os.chdir(root)


def attempt(*actions):
    for action in actions:
        try:
            print(repr(action()).replace(root, "ROOT"))
        except Exception as error:
            print(type(error).__name__, str(error).replace(root, "ROOT"))


os.makedirs("a/b/c"), os.mkdir("empty")
pathlib.Path("a/one.txt").write_text("one"), pathlib.Path("a/b/two.py").write_bytes(b"two"), pathlib.Path(".hidden").touch()
os.symlink("a/one.txt", "link"), os.link("a/one.txt", "hard")
print(sorted(os.listdir()), sorted(e.name for e in os.scandir("a") if e.is_dir()), [(d, sorted(ds), sorted(fs)) for d, ds, fs in sorted(os.walk("."))], os.path.exists("nope"), os.path.isdir("a"), os.path.isfile("link"), os.path.islink("link"), os.readlink("link"), os.path.getsize("a/one.txt"), os.stat("hard").st_nlink, stat.filemode(os.lstat("link").st_mode)[0], os.path.samefile("hard", "a/one.txt"), os.access("a", os.R_OK))
print(os.path.join("a", "b", "/c", "d"), os.path.split("/a/b"), os.path.splitext("a.tar.gz"), os.path.splitext(".rc"), os.path.basename("a/"), os.path.dirname("/a/b/c"), os.path.normpath("a/./b/../c//d"), os.path.relpath("/a/b", "/a/c/d"), os.path.commonpath(["/a/b/c", "/a/b/d"]), os.path.commonprefix(["abc", "abd"]), os.path.isabs("/x"), os.path.abspath("x").replace(root, "ROOT"), os.path.expandvars("$NOPE_X ${HOME}x") != "", os.path.splitroot("//x/y"), os.fspath(pathlib.Path("a/b")), os.path.realpath("link").replace(os.path.realpath(root), "ROOT"))
attempt(lambda: os.mkdir("a"), lambda: os.rmdir("a"), lambda: os.remove("nope"), lambda: os.listdir("a/one.txt"), lambda: os.rename("nope", "x"), lambda: open("a"), lambda: os.stat("nope/x"), lambda: os.chdir("nope"), lambda: os.makedirs("a/b"), lambda: os.makedirs("a/b", exist_ok=True), lambda: os.readlink("a"), lambda: os.fspath(5), lambda: os.path.join("a", 5), lambda: os.path.join("a", b"b"), lambda: os.listdir(5.5), lambda: os.environ["NOPE_NOT_SET"], lambda: os.environ.__setitem__("A", 5), lambda: os.getenv("NOPE_NOT_SET", "d"), lambda: os.strerror(2), lambda: os.open("nope", os.O_RDONLY), lambda: os.close(9999), lambda: os.path.commonpath([]), lambda: os.path.relpath(""), lambda: os.rmdir("empty"), lambda: os.path.getsize("nope"))
p = pathlib.Path("a/b/two.py")
print(p, repr(p), p.name, p.stem, p.suffix, p.parent, p.parts, list(p.parents), p.with_suffix(".txt"), p.with_name("x"), p.with_stem("y"), p / "z", "q" / p, p.exists(), p.read_text(), p.is_file(), p.match("*.py"), p.full_match("a/**/*.py"), p.relative_to("a"), p.is_relative_to("b"), p.as_posix(), p == pathlib.Path("a", "b", "two.py"), p < pathlib.Path("b"), hash(p) == hash(pathlib.Path("a/b/two.py")), pathlib.PurePath("a//b/./c"), pathlib.PureWindowsPath("C:\\x\\y.z").drive, pathlib.Path("/").joinpath("x", "y"), pathlib.Path("~").expanduser() != pathlib.Path("~"), sorted(map(str, pathlib.Path(".").rglob("*"))), sorted(map(str, pathlib.Path("a").glob("*"))), pathlib.Path("a/../b"), pathlib.Path().resolve() == pathlib.Path(root).resolve(), sorted(str(x) for x in pathlib.Path("a").iterdir()))
attempt(lambda: p.relative_to("c"), lambda: pathlib.Path("nope").read_text(), lambda: p.with_name(""), lambda: p.with_suffix("x"), lambda: pathlib.Path(5), lambda: p / 5, lambda: pathlib.Path("a").mkdir(), lambda: pathlib.Path("a").mkdir(exist_ok=True), lambda: pathlib.Path("nope").unlink(), lambda: pathlib.Path("nope").unlink(missing_ok=True), lambda: p.rename("renamed"), lambda: pathlib.Path("renamed").replace("a/b/two.py"), lambda: pathlib.Path("a").rmdir(), lambda: pathlib.Path("x/y").mkdir(parents=True), lambda: p.stat().st_size, lambda: pathlib.Path("new").write_text(5), lambda: [d for d, _, _ in pathlib.Path("a").walk()])
print(sorted(glob.glob("**/*.py", recursive=True)), sorted(glob.glob("*")), glob.glob("[ae]*/*.txt"), glob.escape("a[b]*"), glob.has_magic("a*"), sorted(glob.glob("*", root_dir="a")), sorted(glob.glob(".*")))
print(shutil.copy("a/one.txt", "copied"), shutil.copytree("a", "tree"), sorted(os.listdir("tree")), shutil.move("copied", "tree/moved"), shutil.rmtree("tree"), os.path.exists("tree"), shutil.which("nope-no-such"), shutil.ignore_patterns("*.py")("", ["a.py", "b"]))
fd = os.open("raw", os.O_RDWR | os.O_CREAT, 0o600)
print(os.write(fd, b"hello world"), os.lseek(fd, 0, 0), os.read(fd, 5), os.fstat(fd).st_size, os.ftruncate(fd, 3), os.pread(fd, 10, 0), os.dup(fd) > fd, os.isatty(fd), os.close(fd))
r, w = os.pipe()
print(os.write(w, b"through"), os.read(r, 3), os.close(w), os.read(r, 10), os.read(r, 10), os.close(r))
with tempfile.TemporaryDirectory() as name, tempfile.NamedTemporaryFile("w+", suffix=".x") as f, tempfile.TemporaryFile() as t:
    print(os.path.isdir(name), f.name.endswith(".x"), f.write("abc"), f.seek(0), f.read(), t.write(b"q"), t.tell())
print(os.path.exists(name), os.umask(0o022) >= 0, os.getpid() > 0, os.sep, os.linesep, os.name, os.cpu_count() > 0, os.environ.get("HOME") is not None, os.urandom(4).__len__(), os.get_terminal_size if False else "", os.fsencode("é"), os.fsdecode(b"\xff"), os.stat_result(range(10)).st_size, os.times().user >= 0)
os.chmod("raw", 0o640)
print(oct(stat.S_IMODE(os.stat("raw").st_mode)), stat.filemode(os.stat("raw").st_mode), os.utime("raw", (1, 2)), os.stat("raw").st_mtime, os.replace("raw", "cooked"), os.truncate("cooked", 0), os.unlink("cooked"))
os.chdir("/")
shutil.rmtree(root)
