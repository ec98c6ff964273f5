//! Hostile programs under limits: each is stopped soon after its limit, and the next one is served.
//!
//! `cargo test --release -p pvm --test hostile -- --nocapture --test-threads=1` shows how long each took beyond its limit.

mod clock;

use std::time::Duration;

use clock::{Clock, PROMPT};
use pvm::{Interpreter, Kind};

/// How long a program may run that does not end by itself.
const TIME: Duration = Duration::from_millis(250);
/// How long others may, which must have an end of their own on the slowest of machines.
const LONG: Duration = Duration::from_secs(300);
/// How much memory it may use.
const MEMORY: usize = 64 << 20;
/// What a stop may take beyond the limit by the clock on the wall, on a machine that does much else.
const SLACK: Duration = Duration::from_secs(30);

/// How a program may end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum End {
    /// By the time limit.
    Time,
    /// By the memory limit.
    Memory,
    /// By one of the two: which, the machine decides.
    Limit,
    /// By an exception of its own: what it wants is not permitted, or nonsense.
    Refused,
    /// By itself, in time.
    Done,
}

fn run(python: &Interpreter, source: &str) -> (End, String) {
    match python.run(source) {
        Ok(()) => (End::Done, String::new()),
        Err(error) => match error.kind() {
            Kind::TimeLimit => (End::Time, String::new()),
            Kind::MemoryLimit => (End::Memory, String::new()),
            _ => (End::Refused, error.to_string()),
        },
    }
}

/// Runs each program in an interpreter of its own, and another program in the same one after it.
fn check(programs: &[(&str, End)]) {
    let mut failures = Vec::new();
    let mut worst = Duration::ZERO;
    for &(source, expected) in programs {
        let time = if matches!(expected, End::Time | End::Limit | End::Done) { TIME } else { LONG };
        let builder = Interpreter::builder().sandboxed().time_limit(time).memory_limit(MEMORY);
        let python = builder.build().expect("an interpreter");
        let clock = Clock::start();
        let (end, why) = run(&python, source);
        let beyond = clock.beyond(time);
        let as_expected = match expected {
            End::Limit => matches!(end, End::Time | End::Memory),
            _ => end == expected,
        };
        if !as_expected || beyond.busy > PROMPT || beyond.wall > SLACK {
            failures.push(format!("{source:?} ended by {end:?} {why}, {beyond} beyond its limit, instead of {expected:?}"));
        }
        let served = python.eval::<i64>("6 * 7");
        if served != Ok(42) {
            failures.push(format!("after {source:?}: {served:?}"));
        }
        let clock = Clock::start();
        drop(python);
        let dropped = clock.beyond(time);
        if dropped.busy > PROMPT || dropped.wall > SLACK {
            failures.push(format!("the interpreter that ran {source:?} took {dropped} too long to end"));
        }
        println!("{beyond} {dropped} {end:?}: {source:?} {why}");
        worst = worst.max(beyond.busy).max(dropped.busy);
    }
    println!("at most {:.1} ms of work beyond the limit", worst.as_secs_f64() * 1e3);
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn loops() {
    check(&[
        ("while True: pass", End::Time),
        ("while True:\n  try:\n    while True: pass\n  except BaseException: pass", End::Time),
        ("while True:\n  try:\n    while True: pass\n  except: continue\n  finally: continue", End::Time),
        ("def f():\n  try: f()\n  finally: f()\nwhile True:\n  try: f()\n  except: pass", End::Time),
        ("def f(): f()\nf()", End::Refused),
        ("import sys\nsys.setrecursionlimit(2**31 - 1)\ndef f(): f()\nf()", End::Limit),
        (
            "import sys\nsys.setrecursionlimit(2**31 - 1)\nclass A:\n  def __getattr__(self, name): return getattr(self, name)\nA().x",
            End::Refused,
        ),
        ("exec(open_ := 'while True: pass')", End::Time),
        ("[0 for _ in iter(int, 1)]", End::Limit),
        ("for _ in iter(int, 1): pass", End::Time),
        ("import sys\nsys.settrace(lambda *a: None)\nwhile True: pass", End::Time),
        ("import sys\ndef trace(*a):\n  while True: pass\nsys.settrace(trace)\n(lambda: 0)()", End::Time),
        ("import gc\nwhile True: gc.collect()", End::Time),
        ("async def f():\n  while True: pass\nimport asyncio\nasyncio.run(f())", End::Refused),
        (
            "class M(type):\n  def __instancecheck__(c, o):\n    while True: pass\nclass A(metaclass=M): pass\nisinstance(1, A)",
            End::Time,
        ),
        ("def g():\n  while True:\n    try: yield\n    except GeneratorExit: pass\nfor _ in g(): pass", End::Time),
    ]);
}

#[test]
fn ends_that_do_not_end() {
    check(&[
        ("class A:\n  def __del__(self):\n    while True: pass\nA()", End::Time),
        ("class A:\n  def __del__(self): A()\nA()\nwhile True: pass", End::Time),
        ("class A:\n  def __del__(self):\n    while True: pass\na = A()", End::Done),
        ("class A:\n  def __del__(self):\n    while True: pass\na = A()\na.me = a", End::Done),
        ("class A:\n  def __del__(self):\n    global a\n    a = self\na = A()\ndel a\ndel a", End::Done),
        ("import atexit\ndef f():\n  while True: pass\natexit.register(f)", End::Done),
        ("import weakref\nclass A: pass\ndef f(_):\n  while True: pass\na = A()\nr = weakref.ref(a, f)\ndel a", End::Time),
        ("def g():\n  try: yield\n  except GeneratorExit:\n    while True: pass\nx = g()\nnext(x)\ndel x", End::Time),
        ("def g():\n  while True:\n    try: yield\n    except GeneratorExit: pass\nx = g()\nnext(x)", End::Done),
        ("def g():\n  try: yield\n  finally:\n    while True: pass\nx = g()\nnext(x)", End::Done),
        ("class E(Exception):\n  def __str__(self):\n    while True: pass\nraise E", End::Time),
        (
            "class E(Exception):\n  def __repr__(self):\n    while True: pass\n  __str__ = __repr__\nraise KeyError from E()",
            End::Time,
        ),
        ("import sys\ndef f(*a):\n  while True: pass\nsys.excepthook = f\nraise KeyError", End::Refused),
        (
            "import sys\ndef f(*a):\n  while True: pass\nsys.unraisablehook = f\nclass A:\n  def __del__(self): 1/0\nA()",
            End::Time,
        ),
        (
            "import sys\nclass S:\n  def write(self, s): pass\n  def flush(self):\n    while True: pass\nsys.stdout = S()",
            End::Done,
        ),
    ]);
}

/// Graphs that a few objects make, but that take as long to walk as if they were exponentially large.
#[test]
fn graphs() {
    check(&[
        ("x, y = [1], [1]\nfor _ in range(60): x, y = [x, x], [y, y]\nx == y", End::Time),
        ("x, y = (1,), (1,)\nfor _ in range(60): x, y = (x, x), (y, y)\nx < y", End::Time),
        ("x, y = {0: 1}, {0: 1}\nfor _ in range(60): x, y = {0: x, 1: x}, {0: y, 1: y}\nx == y", End::Time),
        ("x = ()\nfor _ in range(60): x = (x, x)\nhash(x)", End::Done),
        ("x = []\nfor _ in range(60): x = [x, x]\nrepr(x)", End::Limit),
        ("x = ()\nfor _ in range(60): x = (x, x)\nisinstance(1, x)", End::Time),
        ("x = ()\nfor _ in range(60): x = (x, x)\n'a'.startswith(x)", End::Refused),
        ("x = frozenset()\nfor _ in range(60): x = frozenset([x, (x,)])\nhash(x)", End::Done),
        ("import json\nx = []\nfor _ in range(60): x = [x, x]\njson.dumps(x)", End::Limit),
        ("import pickle\nx = ()\nfor _ in range(60): x = (x, x)\npickle.loads(pickle.dumps(x))", End::Done),
        ("import marshal\nx = []\nfor _ in range(60): x = [x, x]\nmarshal.dumps(x)", End::Done),
        ("import copy\nx = []\nfor _ in range(60): x = [x, x]\ncopy.deepcopy(x)", End::Done),
        ("x = []\nfor _ in range(60): x = [x, x]\nf'{x!r:>10}'", End::Limit),
        ("x = []\nfor _ in range(60): x = [x, x]\nsum(x, [])", End::Done),
    ]);
}

#[test]
fn native_loops() {
    check(&[
        ("sum(range(10**12))", End::Time),
        ("import itertools\nsum(itertools.count())", End::Time),
        ("import itertools\nmax(itertools.repeat(1))", End::Time),
        ("import itertools\nany(itertools.repeat(0))", End::Time),
        ("import itertools\nall(itertools.repeat(1))", End::Time),
        ("import itertools\nset(itertools.repeat(1))", End::Time),
        ("import itertools\ndict.fromkeys(itertools.repeat(0))", End::Time),
        ("import itertools\n''.join(itertools.repeat(''))", End::Limit),
        ("import itertools\n5 in itertools.repeat(1)", End::Time),
        ("import itertools, operator\noperator.countOf(itertools.repeat(1), 1)", End::Time),
        ("import itertools, operator\noperator.indexOf(itertools.repeat(1), 2)", End::Time),
        ("import itertools, collections\ncollections.deque(itertools.count(), maxlen=0)", End::Time),
        ("import itertools, collections\ncollections.Counter(itertools.repeat(1))", End::Time),
        ("import itertools\nnext(itertools.islice(itertools.count(), 10**12, None))", End::Time),
        ("import itertools\nnext(filter(None, itertools.repeat(0)))", End::Time),
        ("import itertools\nnext(itertools.filterfalse(None, itertools.repeat(1)))", End::Time),
        ("import itertools\nnext(itertools.dropwhile(bool, itertools.repeat(1)))", End::Time),
        ("import itertools\nnext(itertools.compress(itertools.repeat(1), itertools.repeat(0)))", End::Time),
        ("import itertools\nfor _ in zip(itertools.count(), itertools.count()): pass", End::Time),
        ("import itertools, functools\nfunctools.reduce(max, itertools.count())", End::Time),
        ("import itertools\nnext(itertools.chain.from_iterable(itertools.repeat(())))", End::Time),
        ("import itertools\n*_, a = itertools.repeat(1)", End::Limit),
        ("import itertools, heapq\nx = list(range(10**6))\nwhile True: heapq.heapify(x)", End::Time),
        ("import random\nx = [random.random() for _ in range(10**6)]\nwhile True: x.sort(); random.shuffle(x)", End::Time),
        ("x = list(range(10**6))\nwhile True: -1 in x", End::Time),
        ("x = 'a' * 10**7\nwhile True: x.count('b')", End::Time),
        ("x = 'a' * 2**20\nwhile True: x.find('a' * 2**19 + 'b')", End::Time),
        ("x = 'ab' * 10**6\nwhile True: x.replace('a', 'c')", End::Time),
        ("class A:\n  def __iter__(self): return self\n  def __next__(self): return 1\nlist(A())", End::Limit),
        ("import math, itertools\nmath.prod(itertools.repeat(1))", End::Time),
        ("import math, itertools\nmath.fsum(itertools.repeat(1.0))", End::Time),
    ]);
}

#[test]
fn big_numbers() {
    check(&[
        ("10**10**9", End::Limit),
        ("while True: 10**10**8", End::Limit),
        ("3**(10**8)", End::Limit),
        ("1 << 10**12", End::Memory),
        ("x = 3\nwhile True: x = x * x", End::Limit),
        ("x = 1 << 10**7\nwhile True: x // 7", End::Time),
        ("x = (1 << 10**7) - 1\ny = (1 << 5 * 10**6) - 3\nwhile True: x % y", End::Time),
        ("pow(3, (1 << 10**5) - 1, (1 << 10**5) - 3)", End::Time),
        ("import math\nmath.factorial(10**7)", End::Limit),
        ("import math\nmath.comb(10**8, 5 * 10**7)", End::Limit),
        ("import math\nmath.perm(10**7, 5 * 10**6)", End::Limit),
        ("import math\nwhile True: math.isqrt((1 << 10**8) - 1)", End::Limit),
        ("import math\nx = (1 << 10**6) + 1\nmath.gcd(3**600000, x)", End::Limit),
        ("import sys\nsys.set_int_max_str_digits(0)\nstr(1 << 10**7)", End::Limit),
        ("import sys\nsys.set_int_max_str_digits(0)\nint('7' * 10**7)", End::Limit),
        ("import sys\nsys.set_int_max_str_digits(0)\nstr(1 << 10**8)", End::Limit),
        ("import sys\nsys.set_int_max_str_digits(0)\n'%d' % (1 << 10**8)", End::Limit),
        ("import sys\nsys.set_int_max_str_digits(0)\nf'{1 << 10**8:,}'", End::Limit),
        ("import sys\nsys.set_int_max_str_digits(0)\nint('6' * 10**7, 7)", End::Limit),
        ("x = (1 << 10**8) - 1\nx * x", End::Limit),
        ("x = (1 << 5 * 10**7) - 1\nwhile True: x * x", End::Limit),
        ("x = (1 << 10**8) - 1\ny = (1 << 3 * 10**7) - 3\nwhile True: divmod(x, y)", End::Limit),
        ("x = (1 << 10**8) - 1\nwhile True: x // 12345678901234567891234567891", End::Time),
        ("x = (1 << 10**8) - 1\nwhile True: x * 12345678901234567891234567891", End::Time),
        ("round((1 << 10**8) - 1, -10**7)", End::Limit),
        ("while True: pow((1 << 9 * 10**6) // 7 | 1, -1, 1 << 10**7)", End::Time),
        ("pow(3, (1 << 10**7) - 1, (1 << 10**7) - 3)", End::Limit),
        ("str(1 << 10**6)", End::Refused),
        ("from fractions import Fraction\nx = Fraction(1, 3)\nwhile True: x = x * x + 1", End::Limit),
        ("from decimal import *\ngetcontext().prec = 10**8\nDecimal(2) / 3", End::Limit),
        ("from decimal import *\nx = Decimal(10) ** 999999\nint(x)**10", End::Limit),
        ("pow(3, (1 << 10**8) - 1, 7)", End::Time),
        ("float('1' * 10**6)\nwhile True: float('0.' + '1' * 10**6)", End::Time),
    ]);
}

#[test]
fn decimals() {
    check(&[
        ("from decimal import *\ngetcontext().prec = 10**6\nDecimal(2).sqrt().exp()", End::Limit),
        ("from decimal import *\ngetcontext().prec = 10**6\nwhile True: Decimal(2).sqrt()", End::Limit),
        ("from decimal import *\ngetcontext().prec = 10**6\nDecimal(3).ln()", End::Limit),
        ("from decimal import *\ngetcontext().prec = 10**6\nDecimal(3).log10()", End::Limit),
        ("from decimal import *\ngetcontext().prec = 10**5\nDecimal(2) ** Decimal('0.3')", End::Limit),
        (
            "from decimal import *\ngetcontext().prec, getcontext().Emax = 10**6, MAX_EMAX\nwhile True: Decimal(3) ** 10**9",
            End::Limit,
        ),
        ("from decimal import *\ngetcontext().prec = 10**6\nx = Decimal('7' * 10**6)\nwhile True: x * x", End::Limit),
        ("from decimal import *\ngetcontext().prec = 10**6\nx = Decimal(7) / 3\nwhile True: 1 / x", End::Limit),
        ("from decimal import *\ngetcontext().prec = 10**7\nwhile True: Decimal(1) / 3", End::Limit),
        (
            "from decimal import *\ngetcontext().prec = 10**6\nx = Decimal('7' * 10**6)\nwhile True: divmod(x, 10**500000 - 1)",
            End::Limit,
        ),
        ("from decimal import *\ngetcontext().prec = 10**6\nx = Decimal('7' * 10**6)\npow(x, x, x - 1)", End::Limit),
        ("from decimal import *\npow(Decimal(3), Decimal('1e999999999'), Decimal(7))", End::Limit),
        ("from decimal import *\nx = '7' * 3 * 10**6\nwhile True: Decimal(x)", End::Limit),
        ("from decimal import *\nx = Decimal('7' * 3 * 10**6)\nwhile True: str(x)", End::Limit),
        ("from decimal import *\nx = Decimal('7' * 3 * 10**6)\nwhile True: f'{x:,}'", End::Limit),
        ("from decimal import *\nx = Decimal('7' * 3 * 10**6)\nwhile True: float(x)", End::Limit),
        ("from decimal import *\nx = Decimal('1e-3000000')\nwhile True: x.as_integer_ratio()", End::Limit),
        ("from decimal import *\nx = Decimal('7' * 3 * 10**6)\nwhile True: +x", End::Limit),
        ("from decimal import *\nx = Decimal('1e3000000')\nwhile True: int(x)", End::Limit),
        ("from decimal import *\ngetcontext().prec = 10**7\nwhile True: Decimal(1).logical_invert()", End::Limit),
        ("from decimal import *\nx = [Decimal('7' * 10**6 + str(i)) for i in range(10**6)]", End::Limit),
        (
            "from decimal import *\ngetcontext().prec = 10**6\nx = []\nwhile True: x.append(Decimal(10**6 * '7') + len(x))",
            End::Limit,
        ),
    ]);
}

#[test]
fn memory() {
    check(&[
        ("'a' * 10**12", End::Memory),
        ("'a' * 10**8", End::Memory),
        ("[0] * 10**12", End::Memory),
        ("(0,) * 10**9", End::Memory),
        ("b'a' * 10**12", End::Memory),
        ("bytearray(10**12)", End::Memory),
        ("bytes(10**12)", End::Memory),
        ("list(range(10**12))", End::Memory),
        ("tuple(range(10**12))", End::Memory),
        ("set(range(10**12))", End::Memory),
        ("x = [0]\nwhile True: x.extend(x)", End::Memory),
        ("x = []\nfor _ in range(10**7): x = [x]", End::Memory),
        ("x = ()\nfor _ in range(10**7): x = (x,)", End::Memory),
        ("x = []\nfor _ in range(10**5): x = [x]\nrepr(x)", End::Refused),
        ("x = []\nfor _ in range(10**5): x = [x]\ny = []\nfor _ in range(10**5): y = [y]\nx == y", End::Refused),
        ("x = ()\nfor _ in range(10**5): x = (x,)\nhash(x)", End::Refused),
        ("class A: pass\nx = None\nfor _ in range(10**7):\n  a = A()\n  a.x = x\n  x = a", End::Memory),
        ("x = {}\nfor i in range(10**9): x[i] = i", End::Memory),
        ("x = ''\nwhile True: x += 'abc' * 10**6", End::Memory),
        ("'%1000000000d' % 1", End::Memory),
        ("format(1, '1000000000000d')", End::Memory),
        ("f'{1:>{10**9}}'", End::Memory),
        ("'a'.ljust(10**12)", End::Memory),
        ("'\\t'.expandtabs(10**12)", End::Refused),
        ("'a'.zfill(10**10)", End::Memory),
        ("('a' * 10**6).replace('a', 'b' * 10**6)", End::Memory),
        ("('a' * 10**4).join(['b'] * 10**6)", End::Memory),
        ("import array\narray.array('d', [0]) * 10**12", End::Memory),
        ("import io\nx = io.BytesIO()\nwhile True: x.write(b'a' * 10**6)", End::Memory),
        ("import io\nx = io.StringIO()\nwhile True: x.write('a' * 10**6)", End::Memory),
        ("import itertools\nlist(itertools.product(range(100), repeat=50))", End::Memory),
        ("import itertools\nx = itertools.tee(itertools.count())\nfor _ in x[0]: pass", End::Memory),
        ("import collections\nx = collections.deque()\nwhile True: x.append(x)", End::Memory),
        (
            "import zlib\nx = zlib.compress(bytes(10**7))\nzlib.decompress(zlib.compress(x * 1000))\nx = zlib.decompress(x) * 10",
            End::Memory,
        ),
        ("import struct\nstruct.pack('1000000000000x')", End::Memory),
        ("import threading\nx = [threading.Lock() for _ in range(10**9)]", End::Memory),
        ("def f(*a): f(*a, *a, 1)\nf(1)", End::Memory),
        ("def f(): yield from f()\nlist(f())", End::Refused),
        ("x = [type('A', (), {}) for _ in range(10**9)]", End::Limit),
        ("x = [compile('a=1', '', 'exec') for _ in range(10**9)]", End::Limit),
        ("class A:\n  def __init__(self): self.x = self\nwhile True: A()", End::Time),
        ("while True:\n  try:\n    x = []\n    while True: x.append(x)\n  except MemoryError: pass", End::Time),
        ("import mmap\nx = [mmap.mmap(-1, 10**9) for _ in range(10)]", End::Refused),
        ("import random\nrandom.randbytes(10**9)", End::Limit),
        ("import re\nre.compile('(?:a{1000}){1000}' * 10)", End::Done),
        ("import pickle\npickle.loads(b'\\x80\\x04\\x8e' + (10**12).to_bytes(8, 'little'))", End::Refused),
    ]);
}

#[test]
fn libraries() {
    check(&[
        ("import re\nre.match('(a+)+b', 'a' * 50)", End::Time),
        ("import re\nre.match('(a|aa)+$', 'a' * 100 + 'b')", End::Time),
        ("import re\nre.sub('(x*)*y', '', 'x' * 10**5)", End::Time),
        ("import re\nre.search('(.*)*(.*)*(.*)*z', 'ab' * 10**4)", End::Time),
        ("import hashlib\nwhile True: hashlib.sha3_512(bytes(10**7))", End::Time),
        ("import hashlib\nwhile True: hashlib.sha3_512(bytes(5 * 10**7))", End::Time),
        ("import hashlib\nx = hashlib.sha512()\ny = bytes(5 * 10**7)\nwhile True: x.update(y)", End::Time),
        ("import _sha3\nx = _sha3.sha3_512()\ny = bytes(5 * 10**7)\nwhile True: x.update(y)", End::Time),
        ("import hashlib\nx = hashlib.blake2s()\ny = bytes(5 * 10**7)\nwhile True: x.update(y)", End::Time),
        ("import hashlib\nx = bytes(5 * 10**7)\nwhile True: hashlib.new('sm3', x)", End::Time),
        ("import hashlib\nwhile True: hashlib.shake_256().digest(2 * 10**7)", End::Time),
        ("import _sha3\nwhile True: _sha3.shake_256().digest(2 * 10**7)", End::Time),
        ("import hashlib\nhashlib.shake_256().digest(10**8)", End::Memory),
        ("import hmac\nx = bytes(5 * 10**7)\nwhile True: hmac.digest(x, b'', 'sha3_512')", End::Time),
        ("import hmac\nx = bytes(5 * 10**7)\nwhile True: hmac.new(b'', x, 'sha3_512')", End::Time),
        ("import hashlib\nhashlib.scrypt(b'a', salt=b'b', n=2**14, r=8, p=10**4)", End::Time),
        (
            "import hashlib\nhashlib.scrypt(b'a', salt=b'b', n=2, r=50000, p=1)\nwhile True: hashlib.scrypt(b'a', salt=b'b', n=2**14, r=8, p=1)",
            End::Time,
        ),
        ("import hashlib\nx = bytes(10**7)\nwhile True: hashlib.pbkdf2_hmac('sha3_512', x, x, 1, 10**6)", End::Time),
        ("import zlib\nwhile True: zlib.compress(bytes(10**7), 9)", End::Time),
        ("import bz2\nwhile True: bz2.compress(bytes(10**6))", End::Time),
        ("import zlib\nwhile True: zlib.compress(bytes(3 * 10**7), 9)", End::Time),
        ("import bz2\nwhile True: bz2.compress(bytes(3 * 10**7))", End::Time),
        ("import zlib\nx = zlib.compress(bytes(10**7))\nwhile True: zlib.decompress(x)", End::Time),
        (
            "import zlib\nx = zlib.compressobj()\nx = b''.join(x.compress(bytes(10**7)) for _ in range(50)) + x.flush()\nzlib.decompress(x)",
            End::Limit,
        ),
        ("import hashlib\nhashlib.pbkdf2_hmac('sha256', b'a', b'b', 2 * 10**9)", End::Time),
        (
            "from compression import zstd\nimport random\nx = random.randbytes(10**7)\nwhile True: zstd.compress(x, 15)",
            End::Limit,
        ),
        ("from compression import zstd\nx = bytes(range(256)) * 10**5\nzstd.compress(x, 22)", End::Memory),
        ("from compression import zstd\nx = zstd.compress(bytes(2 * 10**7))\nwhile True: zstd.decompress(x)", End::Time),
        ("from compression import zstd\nimport random\nx = random.randbytes(10**7)\nwhile True: zstd.compress(x, 3)", End::Time),
        ("import bz2\nx = bz2.compress(bytes(3 * 10**7))\nwhile True: bz2.decompress(x)", End::Limit),
        ("import bz2\nx = b'ab' * 10**7\nwhile True: bz2.compress(x)", End::Time),
        ("import lzma\nx = b'ab' * 10**7\nwhile True: lzma.compress(x, preset=0)", End::Limit),
        ("import lzma\nimport random\nwhile True: lzma.compress(random.randbytes(10**6), preset=9)", End::Limit),
        ("import json\njson.loads('[' * 10**6)", End::Refused),
        ("import json\nx = []\nx.append(x)\njson.dumps(x)", End::Refused),
        ("import json\nwhile True: json.loads('[' + '1,' * 10**5 + '1]')", End::Time),
        ("eval('(' * 10**5)", End::Refused),
        ("eval('-' * 10**5 + '1')", End::Memory),
        ("eval('1+' * 10**5 + '1')", End::Refused),
        ("eval('a.' * 10**5 + 'a')", End::Refused),
        ("while True: compile('if 1:\\n' + ' pass\\n' * 10**5, '', 'exec')", End::Time),
        ("import ast\nwhile True: ast.parse('x = 1\\n' * 10**4)", End::Limit),
        ("import difflib\nwhile True: list(difflib.ndiff(['a'] * 10**4, ['b'] * 10**4))", End::Time),
        ("import copy\nx = []\nfor _ in range(10**4): x = [x]\ncopy.deepcopy(x)", End::Refused),
        ("import unicodedata\nwhile True: unicodedata.normalize('NFKD', '\\uFDFA' * 10**5)", End::Limit),
        ("import textwrap\nwhile True: textwrap.wrap('a ' * 10**5)", End::Time),
        ("import time\ntime.sleep(1000)", End::Time),
        ("import threading\nthreading.Event().wait()", End::Time),
        ("import threading\nx = threading.Lock()\nx.acquire()\nx.acquire()", End::Time),
        ("import queue\nqueue.Queue().get()", End::Time),
        ("import _queue\n_queue.SimpleQueue().get()", End::Time),
        ("import struct\nwhile True: struct.unpack('1000000B', bytes(10**6))", End::Time),
        ("import random\nwhile True: random.choices(range(10), k=10**6)", End::Time),
        ("import marshal\nwhile True: marshal.loads(marshal.dumps(list(range(10**5))))", End::Time),
        ("import pickle\nwhile True: pickle.loads(pickle.dumps(list(range(10**5))))", End::Time),
        ("import base64\nwhile True: base64.b85decode(base64.b85encode(bytes(10**6)))", End::Time),
        ("import datetime\nwhile True: datetime.datetime.strptime('2020', '%Y')", End::Time),
        ("import csv\nwhile True: list(csv.reader(['a,b'] * 10**5))", End::Time),
    ]);
}

#[test]
fn what_is_not_theirs() {
    check(&[
        ("open('/etc/passwd').read()", End::Refused),
        ("import os\nos.read(os.open('/etc/passwd', 0), 100)", End::Refused),
        ("import posix\nposix.open('/etc/passwd', 0)", End::Refused),
        ("import os\nos.system('ls')", End::Refused),
        ("import os\nwhile True: os.fork()", End::Refused),
        ("import os\nos.execv('/bin/sh', ['sh'])", End::Refused),
        ("import os\nos._exit(1)", End::Refused),
        ("import os\nos.abort()", End::Refused),
        ("import os\nos.kill(os.getpid(), 9)", End::Refused),
        ("import os\nos.close(1)", End::Refused),
        ("import os\nos.write(1, b'hello')", End::Refused),
        ("import os\nos.dup2(1, 2)", End::Refused),
        ("import os\nos.read(0, 1)", End::Refused),
        ("import os\nos.closerange(0, 100)", End::Refused),
        ("import os\nos.environ['PATH'] = 'x'\nos.putenv('PATH', 'x')", End::Refused),
        ("import os\nos.setuid(0)", End::Refused),
        ("import os\nos.nice(10)", End::Refused),
        ("import os\nos.pipe()", End::Refused),
        ("import os\nos.memfd_create('a')", End::Refused),
        ("import os\nos.stat('/etc/passwd')", End::Refused),
        ("import os\nos.umask(0)", End::Refused),
        ("import subprocess\nsubprocess.run(['ls'])", End::Refused),
        (
            "import _posixsubprocess\n_posixsubprocess.fork_exec([b'ls'], [b'/bin/ls'], True, (), None, None, -1, -1, -1, -1, -1, -1, -1, -1, False, False, -1, None, None, None, -1, None)",
            End::Refused,
        ),
        ("import multiprocessing\nmultiprocessing.Process(target=print).start()", End::Refused),
        ("import ctypes\nctypes.string_at(0)", End::Refused),
        ("import _ctypes\n_ctypes.dlopen('libc.so.6', 0)", End::Refused),
        ("import socket\nsocket.socket()", End::Refused),
        ("import socket\nsocket.create_connection(('localhost', 1))", End::Refused),
        ("import socket\nsocket.getaddrinfo('localhost', 1)", End::Refused),
        ("import ssl\nssl.create_default_context()", End::Refused),
        ("import urllib.request\nurllib.request.urlopen('http://localhost')", End::Refused),
        ("import mmap\nmmap.mmap(0, 10)", End::Refused),
        ("import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)", End::Refused),
        ("import signal\nsignal.raise_signal(9)", End::Refused),
        ("import signal\nsignal.alarm(1)", End::Refused),
        ("import signal\nsignal.pause()", End::Refused),
        ("import faulthandler\nfaulthandler._sigsegv()", End::Refused),
        ("import faulthandler\nfaulthandler.dump_traceback_later(1)", End::Refused),
        ("import resource\nresource.setrlimit(resource.RLIMIT_AS, (0, 0))", End::Refused),
        ("import fcntl\nfcntl.fcntl(0, 1)", End::Refused),
        ("import select\nselect.epoll()", End::Refused),
        ("import select\nselect.select([], [], [])", End::Refused),
        ("import threading\nwhile True: threading.Thread(target=print).start()", End::Refused),
        ("import _thread\n_thread.start_new_thread(print, ())", End::Refused),
        ("import _interpreters\n_interpreters.create()", End::Refused),
        ("import concurrent.interpreters\nconcurrent.interpreters.create()", End::Refused),
        ("import tempfile\ntempfile.mkstemp()", End::Refused),
        ("import shutil\nshutil.rmtree('/tmp/hostile')", End::Refused),
        ("import pathlib\npathlib.Path('/etc/passwd').read_text()", End::Refused),
        ("import io\nio.FileIO(0, closefd=False).read(1)", End::Refused),
        ("import linecache\nassert linecache.getlines('/etc/passwd')", End::Refused),
        ("import zipimport\nzipimport.zipimporter('/etc/passwd')", End::Refused),
        ("import dbm\ndbm.open('/tmp/hostile', 'n')", End::Refused),
        ("import pwd\npwd.getpwall()", End::Refused),
        ("import syslog\nsyslog.syslog('hello')", End::Refused),
        ("import _locale\n_locale.setlocale(_locale.LC_ALL, 'C.UTF-8')", End::Refused),
        ("import pty\npty.openpty()", End::Refused),
        ("import types\nf = lambda: 0\nf.__code__ = f.__code__.replace(co_code=b'\\xff' * 20)\nf()", End::Refused),
        ("import sys\nsys.exit(3)", End::Refused),
        ("quit()", End::Refused),
        ("input()", End::Refused),
        ("help()", End::Refused),
    ]);
}
