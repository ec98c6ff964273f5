//! Reading marshal data: [`Reader`] decodes, a [`Build`] makes the objects.
//!
//! The reader keeps its own stack, so that nesting costs no native stack, and never reserves memory that the size of the
//! data does not justify.

use std::borrow::Cow;
use std::vec::Drain;

use super::error::{ReadError, ReadErrorKind};
use super::{FLAG_REF, MAX_DEPTH, code};

/// How a string's bytes are encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// One byte a code point. Writers use it for ASCII only, readers take the bytes above as Latin-1.
    Latin1,
    /// UTF-8 in which surrogates may stand as three bytes each.
    Utf8,
}

/// The magnitude of a long int: little-endian digits of 15 bits in two bytes each, the last one not zero.
#[derive(Clone, Copy, Debug)]
pub struct Digits<'a>(&'a [u8]);

impl Digits<'_> {
    /// The digits, the lowest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = u16> + ExactSizeIterator {
        self.0.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
    }

    /// The magnitude in words of 64 bits, the lowest first.
    pub fn to_words(self) -> Vec<u64> {
        let mut words = Vec::with_capacity((self.iter().len() * 15).div_ceil(64));
        let (mut word, mut filled) = (0u64, 0);
        for digit in self.iter() {
            let digit = u64::from(digit);
            word |= digit << filled;
            filled += 15;
            if filled >= 64 {
                words.push(word);
                filled -= 64;
                word = digit >> (15 - filled);
            }
        }
        if word != 0 {
            words.push(word);
        }
        words
    }
}

/// The parts of a code object in the order in which they were read.
#[derive(Clone, Debug)]
pub struct CodeParts<O> {
    /// Positional parameters.
    pub argcount: i32,
    /// Positional-only parameters.
    pub posonlyargcount: i32,
    /// Keyword-only parameters.
    pub kwonlyargcount: i32,
    /// Depth of the evaluation stack.
    pub stacksize: i32,
    /// `CO_*`.
    pub flags: i32,
    /// First line.
    pub firstlineno: i32,
    /// Code, constants, names, localsplusnames, localspluskinds, file name, name, qualified name, line table, exception
    /// table.
    pub objects: [O; 10],
}

/// Makes objects of what a [`Reader`] finds.
pub trait Build {
    /// An object; cloning it makes another reference to the same.
    type Object: Clone;
    /// What stops the reading.
    type Error: From<ReadError>;

    /// `None`
    fn none(&mut self) -> Self::Object;
    /// `True` or `False`
    fn bool(&mut self, value: bool) -> Self::Object;
    /// `Ellipsis`
    fn ellipsis(&mut self) -> Self::Object;
    /// `StopIteration`
    fn stop_iteration(&mut self) -> Self::Object;
    /// An int of at most 64 bits.
    fn int(&mut self, value: i64) -> Result<Self::Object, Self::Error>;
    /// A longer int.
    fn long(&mut self, negative: bool, digits: Digits<'_>) -> Result<Self::Object, Self::Error>;
    /// A float.
    fn float(&mut self, value: f64) -> Result<Self::Object, Self::Error>;
    /// A complex number.
    fn complex(&mut self, real: f64, imag: f64) -> Result<Self::Object, Self::Error>;
    /// A string; `interned` if it was when it was written. `Ok(None)` if the bytes are no such text.
    fn str(&mut self, bytes: &[u8], encoding: Encoding, interned: bool) -> Result<Option<Self::Object>, Self::Error>;
    /// Bytes.
    fn bytes(&mut self, bytes: &[u8]) -> Result<Self::Object, Self::Error>;
    /// A tuple of these items.
    fn tuple(&mut self, items: Drain<'_, Self::Object>) -> Result<Self::Object, Self::Error>;
    /// A frozen set of these members.
    fn frozen_set(&mut self, items: Drain<'_, Self::Object>) -> Result<Self::Object, Self::Error>;
    /// A slice of start, stop and step.
    fn slice(&mut self, parts: [Self::Object; 3]) -> Result<Self::Object, Self::Error>;
    /// A code object.
    fn code(&mut self, parts: CodeParts<Self::Object>) -> Result<Self::Object, Self::Error>;

    /// An empty list; its items follow, and may refer to it.
    fn list(&mut self) -> Result<Self::Object, Self::Error>;
    /// Appends to a list that [`Build::list`] made.
    fn list_push(&mut self, list: &Self::Object, item: Self::Object) -> Result<(), Self::Error>;
    /// An empty dict.
    fn dict(&mut self) -> Result<Self::Object, Self::Error>;
    /// Adds to a dict that [`Build::dict`] made.
    fn dict_insert(&mut self, dict: &Self::Object, key: Self::Object, value: Self::Object) -> Result<(), Self::Error>;
    /// An empty set.
    fn set(&mut self) -> Result<Self::Object, Self::Error>;
    /// Adds to a set that [`Build::set`] made.
    fn set_add(&mut self, set: &Self::Object, item: Self::Object) -> Result<(), Self::Error>;

    /// Whether code objects are welcome (`allow_code`).
    fn code_allowed(&self) -> bool {
        true
    }

    /// Called when the data is used up: the next `wanted` bytes, or fewer at the end of the source; `None` where there is
    /// no more source than the slice that the reader was made with.
    fn more(&mut self, wanted: usize) -> Result<Option<Vec<u8>>, Self::Error> {
        let _ = wanted;
        Ok(None)
    }
}

/// A container whose items are being read.
struct Pending<O> {
    kind: Kind<O>,
    /// Items still to come; of a dict it does not count.
    missing: u32,
    /// Where its items start among the values.
    base: usize,
    /// Its place among the references, if it is flagged and not there yet.
    reference: Option<usize>,
}

enum Kind<O> {
    Tuple,
    FrozenSet,
    Slice,
    List(O),
    Set(O),
    Dict(O),
    Code(Box<[i32; 6]>),
}

/// Reads objects from marshal data.
pub struct Reader<'a, B: Build> {
    data: Cow<'a, [u8]>,
    position: usize,
    /// How many bytes came before `data`.
    base: usize,
    /// Whether data came from [`Build::more`], which errors tell apart.
    streamed: bool,
    build: B,
    references: Vec<Option<B::Object>>,
    pending: Vec<Pending<B::Object>>,
    values: Vec<B::Object>,
}

type Step<B> = Result<Option<<B as Build>::Object>, <B as Build>::Error>;

impl<'a, B: Build> Reader<'a, B> {
    /// A reader of `data`, which may be followed by what [`Build::more`] gives.
    pub fn new(data: &'a [u8], build: B) -> Reader<'a, B> {
        Reader {
            data: Cow::Borrowed(data),
            position: 0,
            base: 0,
            streamed: false,
            build,
            references: Vec::new(),
            pending: Vec::new(),
            values: Vec::new(),
        }
    }

    /// How many bytes were read.
    pub fn position(&self) -> usize {
        self.base + self.position
    }

    /// The builder, when reading is over.
    pub fn into_build(self) -> B {
        self.build
    }

    /// Reads the next object.
    pub fn read(&mut self) -> Result<B::Object, B::Error> {
        loop {
            let Some(mut value) = self.start()? else {
                continue;
            };
            // a finished object may finish the containers around it
            loop {
                let Some(container) = self.pending.last_mut() else {
                    return Ok(value);
                };
                match &container.kind {
                    Kind::Tuple | Kind::FrozenSet | Kind::Slice | Kind::Code(_) => self.values.push(value),
                    Kind::List(list) => self.build.list_push(list, value)?,
                    Kind::Set(set) => self.build.set_add(set, value)?,
                    Kind::Dict(dict) => {
                        if self.values.len() > container.base {
                            let key = self.values.pop().expect("the key lies above the base");
                            self.build.dict_insert(dict, key, value)?;
                        } else {
                            self.values.push(value);
                        }
                        break;
                    }
                }
                container.missing -= 1;
                if container.missing == 2 && matches!(container.kind, Kind::Code(_)) {
                    self.firstlineno()?;
                    break;
                }
                if container.missing > 0 {
                    break;
                }
                value = self.finish()?;
            }
        }
    }

    /// Reads one type byte and what belongs to it: a whole object, or the head of a container (`None`).
    fn start(&mut self) -> Step<B> {
        let Some(byte) = self.byte_or_end()? else {
            return Err(self.fail(ReadErrorKind::Eof("EOF read where object expected")));
        };
        if self.pending.len() >= MAX_DEPTH {
            return Err(self.value_error("recursion limit exceeded"));
        }
        let flagged = byte & FLAG_REF != 0;
        let kind = byte & !FLAG_REF;
        let value = match kind {
            code::NONE => return Ok(Some(self.build.none())),
            code::FALSE => return Ok(Some(self.build.bool(false))),
            code::TRUE => return Ok(Some(self.build.bool(true))),
            code::ELLIPSIS => return Ok(Some(self.build.ellipsis())),
            code::STOP_ITERATION => return Ok(Some(self.build.stop_iteration())),
            code::REF => return self.reference().map(Some),
            code::NULL => return self.null(),
            code::SHORT_ASCII | code::SHORT_ASCII_INTERNED => {
                let length = usize::from(self.byte()?);
                self.string(length, Encoding::Latin1, kind == code::SHORT_ASCII_INTERNED)?
            }
            code::ASCII | code::ASCII_INTERNED => {
                let length = self.size("string")?;
                self.string(length, Encoding::Latin1, kind == code::ASCII_INTERNED)?
            }
            code::UNICODE | code::INTERNED => {
                let length = self.size("string")?;
                self.string(length, Encoding::Utf8, kind == code::INTERNED)?
            }
            code::BYTES => {
                let length = self.size("bytes object")?;
                let start = self.take(length)?;
                self.build.bytes(&self.data[start..start + length])?
            }
            code::INT => {
                let value = self.int()?;
                self.build.int(i64::from(value))?
            }
            code::INT64 => {
                let value = i64::from_le_bytes(self.array()?);
                self.build.int(value)?
            }
            code::LONG => self.long()?,
            code::BINARY_FLOAT => {
                let value = f64::from_le_bytes(self.array()?);
                self.build.float(value)?
            }
            code::FLOAT => {
                let value = self.float_text()?;
                self.build.float(value)?
            }
            code::BINARY_COMPLEX => {
                let (real, imag) = (f64::from_le_bytes(self.array()?), f64::from_le_bytes(self.array()?));
                self.build.complex(real, imag)?
            }
            code::COMPLEX => {
                let (real, imag) = (self.float_text()?, self.float_text()?);
                self.build.complex(real, imag)?
            }
            code::SMALL_TUPLE => {
                let length = u32::from(self.byte()?);
                return self.open(Kind::Tuple, length, flagged);
            }
            code::TUPLE => {
                let length = self.size("tuple")? as u32;
                return self.open(Kind::Tuple, length, flagged);
            }
            code::FROZEN_SET => {
                let length = self.size("set")? as u32;
                return self.open(Kind::FrozenSet, length, flagged);
            }
            code::SLICE => return self.open(Kind::Slice, 3, flagged),
            code::LIST => {
                let length = self.size("list")? as u32;
                let list = self.build.list()?;
                return self.open(Kind::List(list), length, flagged);
            }
            code::SET => {
                let length = self.size("set")? as u32;
                let set = self.build.set()?;
                return self.open(Kind::Set(set), length, flagged);
            }
            code::DICT => {
                let dict = self.build.dict()?;
                return self.open(Kind::Dict(dict), u32::MAX, flagged);
            }
            code::CODE => {
                if !self.build.code_allowed() {
                    return Err(self.value_error("unmarshalling code objects is disallowed"));
                }
                // the place among the references comes before whatever the numbers may spoil
                let mut numbers = Box::new([0; 6]);
                for number in &mut numbers[..5] {
                    *number = self.int()?;
                }
                return self.open(Kind::Code(numbers), 10, flagged);
            }
            _ => return Err(self.value_error("bad marshal data (unknown type code)")),
        };
        if flagged {
            self.references.push(Some(value.clone()));
        }
        Ok(Some(value))
    }

    /// Begins a container, or makes it at once when it is empty.
    fn open(&mut self, kind: Kind<B::Object>, missing: u32, flagged: bool) -> Step<B> {
        let mut reference = None;
        if flagged {
            match &kind {
                Kind::List(object) | Kind::Set(object) | Kind::Dict(object) => self.references.push(Some(object.clone())),
                _ => {
                    reference = Some(self.references.len());
                    self.references.push(None);
                }
            }
        }
        self.pending.push(Pending { kind, missing, base: self.values.len(), reference });
        if missing == 0 { self.finish().map(Some) } else { Ok(None) }
    }

    /// Makes the innermost container of its items.
    fn finish(&mut self) -> Result<B::Object, B::Error> {
        let Pending { kind, base, reference, .. } = self.pending.pop().expect("a container is being read");
        let items = &mut self.values;
        let value = match kind {
            Kind::Tuple => self.build.tuple(items.drain(base..))?,
            Kind::FrozenSet => self.build.frozen_set(items.drain(base..))?,
            Kind::Slice => self.build.slice(take_array(items))?,
            Kind::List(object) | Kind::Set(object) | Kind::Dict(object) => object,
            Kind::Code(numbers) => {
                let [argcount, posonlyargcount, kwonlyargcount, stacksize, flags, firstlineno] = *numbers;
                let objects = take_array(items);
                self.build.code(CodeParts {
                    argcount,
                    posonlyargcount,
                    kwonlyargcount,
                    stacksize,
                    flags,
                    firstlineno,
                    objects,
                })?
            }
        };
        if let Some(place) = reference {
            self.references[place] = Some(value.clone());
        }
        Ok(value)
    }

    /// The type byte that ends a dict and is wrong elsewhere.
    fn null(&mut self) -> Step<B> {
        let message = match self.pending.last() {
            Some(Pending { kind: Kind::Dict(_), base, .. }) => {
                // a key without a value is dropped, as in CPython
                self.values.truncate(*base);
                return self.finish().map(Some);
            }
            Some(Pending { kind: Kind::Tuple, .. }) => "NULL object in marshal data for tuple",
            Some(Pending { kind: Kind::List(_), .. }) => "NULL object in marshal data for list",
            Some(Pending { kind: Kind::Set(_) | Kind::FrozenSet, .. }) => "NULL object in marshal data for set",
            _ => "NULL object in marshal data for object",
        };
        Err(self.fail(ReadErrorKind::Type(message)))
    }

    fn firstlineno(&mut self) -> Result<(), B::Error> {
        let line = self.int()?;
        if let Some(Pending { kind: Kind::Code(numbers), .. }) = self.pending.last_mut() {
            numbers[5] = line;
        }
        Ok(())
    }

    fn reference(&mut self) -> Result<B::Object, B::Error> {
        let index = self.int()?;
        let object = usize::try_from(index).ok().and_then(|index| self.references.get(index)?.clone());
        object.ok_or_else(|| self.value_error("bad marshal data (invalid reference)"))
    }

    fn string(&mut self, length: usize, encoding: Encoding, interned: bool) -> Result<B::Object, B::Error> {
        let start = self.take(length)?;
        let text = self.build.str(&self.data[start..start + length], encoding, interned)?;
        text.ok_or_else(|| self.fail(ReadErrorKind::Text(self.data[start..start + length].into())))
    }

    fn long(&mut self) -> Result<B::Object, B::Error> {
        let count = self.int()?;
        if count == i32::MIN {
            return Err(self.value_error("bad marshal data (long size out of range)"));
        }
        let length = count.unsigned_abs() as usize * 2;
        let start = self.take(length)?;
        let digits = Digits(&self.data[start..start + length]);
        if digits.iter().any(|digit| digit > 0x7FFF) {
            return Err(self.value_error("bad marshal data (digit out of range in long)"));
        }
        if digits.iter().last() == Some(0) {
            return Err(self.value_error("bad marshal data (unnormalized long data)"));
        }
        let negative = count < 0;
        if length <= 8 {
            let magnitude = digits.iter().rev().fold(0, |value, digit| value << 15 | i64::from(digit));
            return self.build.int(if negative { -magnitude } else { magnitude });
        }
        self.build.long(negative, digits)
    }

    fn float_text(&mut self) -> Result<f64, B::Error> {
        let length = usize::from(self.byte()?);
        let start = self.take(length)?;
        // a C string
        let text = self.data[start..start + length].split(|&byte| byte == 0).next().unwrap_or_default();
        let text = String::from_utf8_lossy(text);
        match text.parse() {
            Ok(value) => Ok(value),
            Err(_) => {
                let message = format!("could not convert string to float: '{text}'");
                Err(self.value_error(message))
            }
        }
    }

    fn size(&mut self, what: &str) -> Result<usize, B::Error> {
        let size = self.int()?;
        usize::try_from(size).map_err(|_| self.value_error(format!("bad marshal data ({what} size out of range)")))
    }

    #[inline]
    fn int(&mut self) -> Result<i32, B::Error> {
        Ok(i32::from_le_bytes(self.array()?))
    }

    #[inline]
    fn array<const N: usize>(&mut self) -> Result<[u8; N], B::Error> {
        let start = self.take(N)?;
        Ok(*self.data[start..].first_chunk().expect("take found enough bytes"))
    }

    #[inline]
    fn byte(&mut self) -> Result<u8, B::Error> {
        self.byte_or_end()?.ok_or_else(|| self.fail(ReadErrorKind::Eof("EOF read where not expected")))
    }

    #[inline]
    fn byte_or_end(&mut self) -> Result<Option<u8>, B::Error> {
        if self.position >= self.data.len() && !self.refill(1)? {
            return Ok(None);
        }
        self.position += 1;
        Ok(Some(self.data[self.position - 1]))
    }

    /// Skips `length` bytes and gives where they start in the data.
    #[inline]
    fn take(&mut self, length: usize) -> Result<usize, B::Error> {
        if self.data.len() - self.position < length && !self.refill(length)? {
            let message = if self.streamed { "EOF read where not expected" } else { "marshal data too short" };
            return Err(self.fail(ReadErrorKind::Eof(message)));
        }
        self.position += length;
        Ok(self.position - length)
    }

    /// Asks the builder for data until `length` bytes are there.
    #[cold]
    fn refill(&mut self, length: usize) -> Result<bool, B::Error> {
        while self.data.len() - self.position < length {
            let missing = length - (self.data.len() - self.position);
            let more = self.build.more(missing)?;
            self.streamed |= more.is_some();
            let more = match more {
                Some(more) if !more.is_empty() => more,
                _ => return Ok(false),
            };
            self.base += self.position;
            let data = self.data.to_mut();
            data.drain(..self.position);
            data.extend(more);
            self.position = 0;
        }
        Ok(true)
    }

    #[cold]
    fn fail(&self, kind: ReadErrorKind) -> B::Error {
        ReadError { kind, offset: self.position() }.into()
    }

    #[cold]
    fn value_error(&self, message: impl Into<String>) -> B::Error {
        self.fail(ReadErrorKind::Value(message.into()))
    }
}

/// Takes the last `N` values off.
fn take_array<O, const N: usize>(values: &mut Vec<O>) -> [O; N] {
    let items = values.drain(values.len() - N..).collect::<Vec<O>>();
    items.try_into().unwrap_or_else(|_| unreachable!("drained exactly N values"))
}
