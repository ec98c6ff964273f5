"""The incremental and stream classes of the East Asian encodings.

A class derived from one of these has an attribute `codec`, which a function `getcodec` of a native module made.
"""

import _codecs_tw

_MultibyteCodec = type(_codecs_tw.getcodec("big5"))
# The most characters, and bytes, that wait for what follows.
_MOST_CHARACTERS = 2
_MOST_BYTES = 8
_STATE_BYTES = 8


def __create_codec(arg):
    raise ValueError("argument type invalid")


class _Half:
    __slots__ = ("_codec", "_errors", "_state")

    def _begin(self, errors):
        codec = type(self).codec
        if not isinstance(codec, _MultibyteCodec):
            raise TypeError("codec is unexpected type")
        self._codec = codec
        self._errors = "strict" if errors is None else errors
        self._state = codec._start(isinstance(self, _DecodingHalf))

    def __init__(self, *args, **kwargs):
        pass

    @property
    def errors(self):
        """how to treat errors"""
        return self._errors

    @errors.setter
    def errors(self, errors):
        if not isinstance(errors, str):
            raise TypeError("errors must be a string")
        self._errors = errors

    @errors.deleter
    def errors(self):
        raise AttributeError("cannot delete attribute")


def _check_errors(function, errors):
    if errors is not None and not isinstance(errors, str):
        raise TypeError(f"{function}() argument 'errors' must be str, not {type(errors).__name__}")


class _EncodingHalf(_Half):
    __slots__ = ("_pending",)

    def _encode(self, text, final):
        if not isinstance(text, str):
            text = str(text)
        text = self._pending + text
        data, left, state = self._codec._encode_from(self._state, text, self._errors, final)
        if left > _MOST_CHARACTERS:
            raise UnicodeEncodeError(self._codec._name, text, len(text) - left, len(text), "pending buffer overflow")
        self._state = state
        self._pending = text[len(text) - left:]
        return data

    def _finish(self):
        """What remains to be written to be in the first state again."""
        data, _, self._state = self._codec._encode_from(self._state, self._pending, self._errors, True)
        self._pending = ""
        return data


class _DecodingHalf(_Half):
    __slots__ = ("_pending",)

    def _decode(self, data, final):
        data = self._pending + bytes(memoryview(data))
        text, read, state = self._codec._decode_from(self._state, data, self._errors, final)
        rest = data[read:]
        if len(rest) > _MOST_BYTES:
            raise UnicodeError("pending buffer overflow")
        self._state = state
        self._pending = rest
        return text

    def _forget(self):
        self._state = self._codec._reset(self._state)
        self._pending = b""


class MultibyteIncrementalEncoder(_EncodingHalf):
    __slots__ = ()

    def __new__(cls, errors="strict"):
        _check_errors("IncrementalEncoder", errors)
        self = super().__new__(cls)
        self._begin(errors)
        self._pending = ""
        return self

    def encode(self, input, final=False):
        return self._encode(input, bool(final))

    def getstate(self):
        # The pending text's length, the text in UTF-8, and the codec's state, as the bytes of a number.
        pending = self._pending.encode()
        state = bytes([len(pending)]) + pending + self._state.to_bytes(_STATE_BYTES, "little")
        return int.from_bytes(state, "little")

    def setstate(self, state, /):
        if not isinstance(state, int):
            raise TypeError(f"setstate() argument must be int, not {type(state).__name__}")
        data = state.to_bytes(1 + _MOST_CHARACTERS * 4 + _STATE_BYTES, "little")
        if data[0] > _MOST_CHARACTERS * 4:
            raise UnicodeError("pending buffer too large")
        end = 1 + data[0]
        self._pending = data[1:end].decode()
        self._state = int.from_bytes(data[end:end + _STATE_BYTES], "little")

    def reset(self):
        self._state = self._codec._encode_from(self._state, "", self._errors, True)[2]
        self._pending = ""


class MultibyteIncrementalDecoder(_DecodingHalf):
    __slots__ = ()

    def __new__(cls, errors="strict"):
        _check_errors("IncrementalDecoder", errors)
        self = super().__new__(cls)
        self._begin(errors)
        self._pending = b""
        return self

    def decode(self, input, final=False):
        return self._decode(input, bool(final))

    def getstate(self):
        return self._pending, self._state

    def setstate(self, state, /):
        if not isinstance(state, tuple):
            raise TypeError(f"setstate() argument must be tuple, not {type(state).__name__}")
        if len(state) != 2 or not isinstance(state[0], bytes) or not isinstance(state[1], int):
            raise TypeError("setstate(): illegal state argument")
        pending, number = state
        if len(pending) > _MOST_BYTES:
            raise UnicodeDecodeError(self._codec._name, pending, 0, len(pending), "pending buffer too large")
        number.to_bytes(_STATE_BYTES, "little")
        self._pending, self._state = pending, number

    def reset(self):
        self._forget()


class MultibyteStreamReader(_DecodingHalf):
    __slots__ = ("_stream",)

    def __new__(cls, stream, errors=None):
        _check_errors("StreamReader", errors)
        self = super().__new__(cls)
        self._begin(errors)
        self._pending = b""
        self._stream = stream
        return self

    @property
    def stream(self):
        return self._stream

    def _read(self, method, size):
        if size == 0:
            return ""
        while True:
            data = method() if size < 0 else method(size)
            if not isinstance(data, bytes):
                raise TypeError(f"stream function returned a non-bytes object ({type(data).__name__})")
            at_end = not data
            nothing = at_end and not self._pending
            text = self._decode(data, at_end or size < 0)
            if size < 0 or text or nothing or at_end:
                return text
            # One byte more may complete a character.
            size = 1

    @staticmethod
    def _size(size):
        if size is None:
            return -1
        if not isinstance(size, int):
            raise TypeError("arg 1 must be an integer")
        return size

    def read(self, sizeobj=None, /):
        return self._read(self._stream.read, self._size(sizeobj))

    def readline(self, sizeobj=None, /):
        return self._read(self._stream.readline, self._size(sizeobj))

    def readlines(self, sizehintobj=None, /):
        return self._read(self._stream.read, self._size(sizehintobj)).splitlines(True)

    def reset(self):
        self._forget()


class MultibyteStreamWriter(_EncodingHalf):
    __slots__ = ("_stream",)

    def __new__(cls, stream, errors=None):
        _check_errors("StreamWriter", errors)
        self = super().__new__(cls)
        self._begin(errors)
        self._pending = ""
        self._stream = stream
        return self

    @property
    def stream(self):
        return self._stream

    def write(self, strobj, /):
        self._stream.write(self._encode(strobj, False))

    def writelines(self, lines, /):
        if not hasattr(type(lines), "__getitem__"):
            raise TypeError("arg must be a sequence object")
        for line in lines:
            self.write(line)

    def reset(self):
        if self._pending:
            data = self._finish()
            if data:
                self._stream.write(data)


for _class in (MultibyteIncrementalEncoder, MultibyteIncrementalDecoder, MultibyteStreamReader, MultibyteStreamWriter):
    _class.__module__ = "_multibytecodec"
del _class
