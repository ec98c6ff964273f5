# What the functions of the system refuse, and how they say it.
import os
import socket
import subprocess
import tempfile
import zlib


def attempt(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        text = str(error).replace(folder, 'FOLDER')
        print(type(error).__name__, text)


class NoPath:
    __fspath__ = None


with tempfile.TemporaryDirectory() as folder:
    file, link = os.path.join(folder, 'file'), os.path.join(folder, 'link')
    open(file, 'w').close()
    os.symlink('file', link)
    for function in os.fspath, open, os.stat, os.listdir, os.fsencode:
        attempt(function, NoPath())
    attempt(os.rename, NoPath(), 'x')
    print(list(os.scandir(folder))[0].__class__, sorted(map(repr, os.scandir(folder))))
    reader, writer = os.pipe()
    attempt(lambda: os.listdir(reader))
    for number in 2**64, 2**31, 2**32, -1:
        attempt(subprocess.run, ['true'], user=number) if number != 2**31 else None
        attempt(subprocess.run, ['true'], group=number) if number != 2**31 else None
    attempt(subprocess.run, ['true'], extra_groups=[2**64])
    for number in -2, 2**64, 1.5:
        attempt(os.chown, file, number, -1)
    program = '/bin/true'
    for scheduler in 1, [1, 2], (1,), (None, None):
        attempt(os.posix_spawn, program, [program], {}, scheduler=scheduler)
    print(os.waitpid(os.posix_spawn(program, [program], {}, file_actions=None), 0)[1])
    print(os.get_inheritable(os.timerfd_create(1)))
    os.close(reader)
    os.close(writer)

for function in socket.htons, socket.ntohl:
    for number in -1, -1 << 100, 1 << 100, 1 << 32, 1.0:
        folder = '\0'
        attempt(function, number)

folder = '\0'
stream = zlib.decompressobj()
data = zlib.compress(b'abc' * 100)
print(stream.decompress(data[:5]), stream.copy().decompress(data[5:]) == stream.decompress(data[5:]))
folder = '\0'
stream = zlib.decompressobj()
print(stream.decompress(zlib.compress(b'foo')[:-1] + b'\0', 1))
attempt(stream.flush)
