# Expected output: made with CPython 3.14, `python buffers.py > buffers.out`.
"""Memoryviews, classes that export buffers, and arguments that change what they are arguments of."""


def attempt(name, function):
    try:
        result = repr(function())
    except BaseException as error:
        result = f"{type(error).__name__}: {error}"
    print(name, "->", result)


class Buf:

    def __init__(self, keep=None):
        self.data = bytearray(b'hello')
        self.log = []
        self.keep = keep

    def __buffer__(self, flags):
        return memoryview(self.data)

    def __release_buffer__(self, view):
        for what in (lambda: view[0:2].tolist(), lambda: memoryview(view).nbytes, lambda: view.cast('b').format, lambda: view.toreadonly().readonly, lambda: view[0], lambda: bytes(view), lambda: view.tolist(), lambda: view.obj is self):
            try:
                self.log.append(repr(what())[:20])
            except Exception as e:
                self.log.append(repr(e))
        self.view = view


o = Buf()
m = memoryview(o)
m.release()
attempt('a', lambda: o.log)
attempt('b', lambda: o.view.tolist())


class Sub(bytearray):

    def __buffer__(self, flags):
        self.n = getattr(self, 'n', 0) + 1
        return super().__buffer__(flags)


s = Sub(b'abc')
attempt('c', lambda: (bytes(memoryview(s)), s.n))
attempt('d', lambda: b'x' + s)


class Sub2(bytearray):

    def __release_buffer__(self, view):
        print('released ' + view.tobytes().decode())
        super().__release_buffer__(view)


s = Sub2(b'abc')
m = memoryview(s)
m.release()
attempt('e', lambda: s.append(1))


class W(bytes):

    def __buffer__(self, flags):
        return memoryview(b'other')


attempt('f', lambda: bytes(memoryview(W(b'abc'))))
attempt('g', lambda: hasattr(bytes, '__release_buffer__'))
attempt('h', lambda: hasattr(bytearray, '__release_buffer__'))


def d():
    ba = bytearray(b'abc')
    mv = ba.__buffer__(0)
    ba.__release_buffer__(mv)
    try:
        ba.__release_buffer__(mv)
    except Exception as e:
        print(repr(e))
    try:
        mv.tobytes()
    except Exception as e:
        print(repr(e))
    ba.append(1)
    return ba


attempt('i', d)


class C:

    def __buffer__(self, flags):
        if flags & 1:
            raise BufferError('no write')
        return memoryview(b'data')


attempt('j', lambda: memoryview(C()).readonly)
attempt('k', lambda: bytearray(C()))


def noatt():

    class E:
        __buffer__ = None
    return memoryview(E())


attempt('l', noatt)
attempt('m', lambda: isinstance(memoryview(b''), memoryview))
mv = memoryview(bytearray(b'abc'))


def iter_release():
    it = iter(mv)
    next(it)
    mv.release()
    return next(it)


attempt('n', iter_release)


class N:

    def __index__(self):
        mv2.release()
        return 1


mv2 = memoryview(bytearray(b'abc'))


def setrel():
    mv2[N()] = 5


attempt('o', setrel)
mv2 = memoryview(bytearray(b'abc'))


def setrel2():
    mv2[0] = N()


attempt('p', setrel2)
mv2 = memoryview(bytearray(b'abc'))
attempt('q', lambda: mv2[N()])
mv2 = memoryview(bytearray(b'abc'))
attempt('r', lambda: mv2[N():].tolist())
ba = bytearray(b'abcdef')


class Evil:

    def __index__(self):
        ba.clear()
        return 3


def ev():
    ba[0] = Evil()


attempt('s', ev)
ba = bytearray(b'abcdef')
attempt('t', lambda: ba[Evil():])
ba = bytearray(b'abcdef')


def ev2():
    del ba[Evil()]


attempt('u', ev2)
ba = bytearray(b'abcdef')
attempt('v', lambda: ba.find(b'd', Evil()))
ba = bytearray(b'abcdef')
attempt('w', lambda: ba.insert(Evil(), 5))
ba = bytearray(b'abcdef')
attempt('x', lambda: ba.pop(Evil()))
ba = bytearray(b'abcdef')


def ev3():
    ba[1:3] = [1, Evil()]


attempt('y', ev3)
attempt('z', lambda: ba)


class J:

    def __init__(s, l):
        s.l = l

    def __buffer__(s, f):
        s.l.clear()
        return memoryview(b'J')


l = [b'a', b'b']
l.append(J(l))
l.append(b'c')
attempt('aa', lambda: b'-'.join(l))
