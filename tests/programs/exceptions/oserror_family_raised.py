"""OSErrors that the system raises: which class, errno and file names each failed operation gives, and how they are caught."""
import os
import socket
import tempfile

with tempfile.TemporaryDirectory() as root:
    file, folder = os.path.join(root, "file"), os.path.join(root, "folder")
    open(file, "w").close()
    os.mkdir(folder)
    open(os.path.join(folder, "inside"), "w").close()
    os.symlink("loop", os.path.join(root, "loop"))
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    actions = (lambda: open(root + "/none"), lambda: os.listdir(file), lambda: os.mkdir(folder), lambda: os.rmdir(folder), lambda: open(folder), lambda: os.rename(root + "/none", file), lambda: os.link(root + "/none", root + "/x"), lambda: open(root + "/loop"), lambda: open(root + "/" + "n" * 300), lambda: os.read(999, 1), lambda: os.close(-1), lambda: os.read(reader, 1), lambda: os.stat(file + "/x"), lambda: os.unlink(folder),
               lambda: os.kill(2**22 + 5, 0), lambda: os.waitpid(2**22 + 5, 0), lambda: os.execv(file, ["x"]), lambda: os.lseek(reader, 0, 0), lambda: os.chdir(file), lambda: os.readlink(file), lambda: socket.create_connection(("127.0.0.1", 1)), lambda: open(-5), lambda: os.truncate(folder, 1), lambda: os.ftruncate(reader, 1), lambda: os.utime(root + "/none"), lambda: os.replace(folder, file), lambda: os.dup(999), lambda: os.open(file, os.O_DIRECTORY), lambda: os.scandir(root + "/none"), lambda: os.getxattr(file, "user.none"), lambda: os.sendfile(1, 999, 0, 1), lambda: os.symlink("a", file))
    for action in actions:
        try:
            action()
            print("fine")
        except OSError as error:
            base = lambda p: os.path.basename(p)[:8] if isinstance(p, str) else p
            print(type(error).__name__, error.errno, error.strerror, base(error.filename), base(error.filename2))
        except ValueError as error:
            print("ValueError", error)
    os.close(reader)
    try:
        os.write(writer, b"x")
    except BrokenPipeError as error:
        print(repr(error))
    os.close(writer)
caught = []
for kind in (FileNotFoundError, LookupError, OSError):
    try:
        try:
            open("/none/at/all")
        except kind as error:
            caught.append(f"{kind.__name__} caught {type(error).__name__}")
    except OSError:
        caught.append(f"{kind.__name__} did not")
print(caught, IOError is OSError, EnvironmentError is OSError, socket.error is OSError, socket.timeout is TimeoutError, issubclass(ConnectionResetError, ConnectionError))
