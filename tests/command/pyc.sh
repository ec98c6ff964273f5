# Compiled files, good ones and damaged ones: as a script, imported from beside a source, imported without one.
cat >make.py <<'END'
import importlib.util, marshal, struct, sys
what, name = sys.argv[1:3]
text = b'print("ran")\nvalue = 1\n'
code = marshal.dumps(compile(text, "prog.py", "exec"))
magic = importlib.util.MAGIC_NUMBER
def file(flags=0, first=0, second=0, magic=magic, code=code):
    return magic + struct.pack("<III", flags, first, second) + code
whole = file()
contents = {
    "whole": whole, "empty": b"", "magic": whole[:3], "old": file(magic=b"\x6f\x0d\r\n"), "future": file(magic=b"\x6f\x0f\r\n"),
    "letters": b"print('no bytecode')\n", "header": whole[:11], "nothing": whole[:16], "half": whole[:len(whole) // 2],
    "last": whole[:-1], "more": whole + b"more", "flags": file(4), "hash": file(1), "checked": file(3),
    "unchecked": file(2), "none": file(code=b"N"), "list": file(code=b"[\xff\xff\xff\xff"),
    "unknown": file(code=b"?"), "null": file(code=b"0"), "tuple": file(code=b")\x01" * 3000 + b"N"), "text": file(code=b"u\x01\0\0\0\xff"),
}
if what == "list":
    print(*contents)
elif what == "stale":
    # the compiled file beside a source: `name` says what of its header is wrong
    import os
    with open("prog.py", "wb") as source:
        source.write(text.replace(b"ran", b"source"))
    stat = os.stat("prog.py")
    time, size = int(stat.st_mtime), stat.st_size
    right = importlib.util.source_hash(text.replace(b"ran", b"source"))
    right = struct.unpack("<II", right)
    headers = {
        "right": (0, time, size), "time": (0, time - 1, size), "size": (0, time, size + 1), "hash": (3, *right), "other_hash": (3, 1, 2),
        "unchecked_hash": (1, 1, 2), "flags": (8, time, size), "flags_of_hash": (7, *right), "unchecked_flag": (2, time, size),
    }
    os.makedirs("__pycache__", exist_ok=True)
    with open(importlib.util.cache_from_source("prog.py"), "wb") as cache:
        data = file(*headers.get(name, headers["right"]))
        cuts = {"header": 12, "nothing": 16, "code": 40, "empty": 0}
        if name == "magic":
            data = file(*headers["right"], magic=b"\x6f\x0d\r\n")
        cache.write(data[:cuts.get(name)])
else:
    with open(name, "wb") as output:
        output.write(contents[what])
END
for what in $("$python" make.py list x); do
  "$python" make.py $what prog.pyc
  about the file $what; run prog.pyc
  about import of the file $what; run -c 'import prog; print(prog.value)'
done
rm -f prog.pyc
for what in right time size hash other_hash unchecked_hash flags flags_of_hash unchecked_flag magic header nothing code empty; do
  "$python" make.py stale $what
  about the stale file $what; run -B -c 'import prog; print(prog.value)'
done
"$python" make.py stale other_hash
about a hash that is always checked; run -B --check-hash-based-pycs always -c 'import prog'
"$python" make.py stale other_hash
about a hash that is never checked; run -B --check-hash-based-pycs never -c 'import prog'
"$python" make.py stale time
about a file that is written anew; run -c 'import prog'
run -c 'import prog'
