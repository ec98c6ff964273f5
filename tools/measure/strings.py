"""What a million short strings take: run it with the interpreter to be measured.

    INTERPRETER strings.py

Printed: by how much the peak resident set grew, as the process itself sees it (`VmHWM`). What `wait4` tells of a child may begin with
the resident set of the process that started it.
"""


def peak():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))


before = peak()
strings = [str(i) for i in range(1_000_000)]
print(f"{(peak() - before) / 1024:.1f} MiB for {len(strings):,} strings")
