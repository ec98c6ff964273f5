//! Marshal for [`Constant`] and [`CodeObject`], without a heap.

use std::collections::HashMap;
use std::sync::Arc;
use std::vec::Drain;

use dashu_int::{IBig, Sign, UBig};

use super::error::{ReadError, ReadErrorKind, WriteError};
use super::plan::Plan;
use super::reader::{Build, CodeParts, Digits, Encoding, Reader};
use super::writer::Writer;
use crate::bytes::Bytes;
use crate::code::CodeObject;
use crate::constant::Constant;
use crate::text::Text;

/// Reads one constant; what follows it is left alone. Lists, dicts and sets are no constants.
pub fn loads(data: &[u8]) -> Result<Constant, ReadError> {
    let mut reader = Reader::new(data, Constants::default());
    reader.read().map_err(|error| match error.offset {
        UNKNOWN_OFFSET => ReadError { offset: reader.position(), ..error },
        _ => error,
    })
}

/// Reads one code object, as it stands in a `.pyc` after the header.
pub fn load_code(data: &[u8]) -> Result<Arc<CodeObject>, ReadError> {
    match loads(data)? {
        Constant::Code(code) => Ok(code.get().clone()),
        other => {
            let message = format!("bad marshal data (a {} instead of a code object)", other.type_name());
            Err(ReadError { kind: ReadErrorKind::Value(message), offset: 0 })
        }
    }
}

/// Writes a constant in this version of the format.
pub fn dumps(constant: &Constant, version: u32) -> Result<Vec<u8>, WriteError> {
    let mut writer = Writer::new(version);
    Plan::write_constant(constant, &mut writer)?;
    Ok(writer.finish())
}

/// Writes a code object as CPython's compiler and importer would.
pub fn dump_code(code: &CodeObject) -> Result<Vec<u8>, WriteError> {
    let mut writer = Writer::default();
    Plan::write_code(code, &mut writer)?;
    Ok(writer.finish())
}

/// The offset of an error that the reader has to fill in.
const UNKNOWN_OFFSET: usize = usize::MAX;

fn invalid(message: &str) -> ReadError {
    let message = format!("bad marshal data ({message})");
    ReadError { kind: ReadErrorKind::Value(message), offset: UNKNOWN_OFFSET }
}

/// A tuple as it was read, and the names made of it.
type SharedNames = (Arc<[Constant]>, Arc<[Text]>);

/// Builds constants.
#[derive(Debug, Default)]
struct Constants {
    /// Tuples of names that several code objects share, by the address of the tuple that was read; it is kept alive beside.
    shared_names: HashMap<usize, SharedNames>,
}

impl Constants {
    fn names(&mut self, what: &str, value: &Constant) -> Result<Arc<[Text]>, ReadError> {
        let Constant::Tuple(items) = value else {
            return Err(invalid(&format!("{what} of a code object is not a tuple")));
        };
        let address = items.as_ptr() as usize;
        let shared = Arc::strong_count(items) > 1;
        if shared && let Some((_, names)) = self.shared_names.get(&address) {
            return Ok(names.clone());
        }
        let names: Option<Vec<Text>> = items.iter().map(|item| item.as_text().cloned()).collect();
        let Some(names) = names else {
            return Err(invalid(&format!("{what} of a code object are not all strings")));
        };
        let names: Arc<[Text]> = names.into();
        if shared {
            self.shared_names.insert(address, (items.clone(), names.clone()));
        }
        Ok(names)
    }
}

fn bytes_of(what: &str, value: Constant) -> Result<Bytes, ReadError> {
    match value {
        Constant::Bytes(bytes) => Ok(bytes.into()),
        _ => Err(invalid(&format!("{what} of a code object is not bytes"))),
    }
}

fn text_of(what: &str, value: Constant) -> Result<Text, ReadError> {
    match value {
        Constant::Str(text) => Ok(text),
        _ => Err(invalid(&format!("{what} of a code object is not a string"))),
    }
}

fn count_of(what: &str, value: i32) -> Result<u32, ReadError> {
    u32::try_from(value).map_err(|_| invalid(&format!("{what} of a code object is negative")))
}

impl Build for Constants {
    type Object = Constant;
    type Error = ReadError;

    fn none(&mut self) -> Constant {
        Constant::None
    }

    fn bool(&mut self, value: bool) -> Constant {
        Constant::Bool(value)
    }

    fn ellipsis(&mut self) -> Constant {
        Constant::Ellipsis
    }

    fn stop_iteration(&mut self) -> Constant {
        Constant::StopIteration
    }

    fn int(&mut self, value: i64) -> Result<Constant, ReadError> {
        Ok(Constant::Int(IBig::from(value)))
    }

    fn long(&mut self, negative: bool, digits: Digits<'_>) -> Result<Constant, ReadError> {
        let sign = if negative { Sign::Negative } else { Sign::Positive };
        Ok(Constant::Int(IBig::from_parts(sign, UBig::from_words(&digits.to_words()))))
    }

    fn float(&mut self, value: f64) -> Result<Constant, ReadError> {
        Ok(Constant::Float(value))
    }

    fn complex(&mut self, real: f64, imag: f64) -> Result<Constant, ReadError> {
        Ok(Constant::Complex(real, imag))
    }

    fn str(&mut self, bytes: &[u8], encoding: Encoding, _interned: bool) -> Result<Option<Constant>, ReadError> {
        let text = if encoding == Encoding::Utf8 || bytes.is_ascii() {
            Text::from_wtf8(bytes)
        } else {
            Text::from_code_points(bytes.iter().copied().map(u32::from))
        };
        Ok(text.map(Constant::Str))
    }

    fn bytes(&mut self, bytes: &[u8]) -> Result<Constant, ReadError> {
        Ok(Constant::Bytes(Arc::from(bytes)))
    }

    fn tuple(&mut self, items: Drain<'_, Constant>) -> Result<Constant, ReadError> {
        Ok(Constant::Tuple(items.collect()))
    }

    fn frozen_set(&mut self, items: Drain<'_, Constant>) -> Result<Constant, ReadError> {
        Ok(Constant::FrozenSet(items.collect()))
    }

    fn slice(&mut self, parts: [Constant; 3]) -> Result<Constant, ReadError> {
        Ok(Constant::Slice(Arc::new(parts)))
    }

    fn code(&mut self, parts: CodeParts<Constant>) -> Result<Constant, ReadError> {
        let [code, consts, names, localsplusnames, kinds, filename, name, qualname, linetable, exceptiontable] = parts.objects;
        let Constant::Tuple(consts) = consts else {
            return Err(invalid("co_consts of a code object is not a tuple"));
        };
        let code = CodeObject {
            argcount: count_of("co_argcount", parts.argcount)?,
            posonlyargcount: count_of("co_posonlyargcount", parts.posonlyargcount)?,
            kwonlyargcount: count_of("co_kwonlyargcount", parts.kwonlyargcount)?,
            stacksize: count_of("co_stacksize", parts.stacksize)?,
            flags: count_of("co_flags", parts.flags)?,
            code: bytes_of("co_code", code)?,
            consts,
            names: self.names("co_names", &names)?,
            localsplusnames: self.names("co_localsplusnames", &localsplusnames)?,
            localspluskinds: bytes_of("co_localspluskinds", kinds)?,
            filename: text_of("co_filename", filename)?,
            name: text_of("co_name", name)?,
            qualname: text_of("co_qualname", qualname)?,
            firstlineno: parts.firstlineno,
            linetable: bytes_of("co_linetable", linetable)?,
            exceptiontable: bytes_of("co_exceptiontable", exceptiontable)?,
        };
        code.validate().map_err(invalid)?;
        Ok(Constant::from(code))
    }

    fn list(&mut self) -> Result<Constant, ReadError> {
        Err(invalid("a list among constants"))
    }

    fn list_push(&mut self, _list: &Constant, _item: Constant) -> Result<(), ReadError> {
        Err(invalid("a list among constants"))
    }

    fn dict(&mut self) -> Result<Constant, ReadError> {
        Err(invalid("a dict among constants"))
    }

    fn dict_insert(&mut self, _dict: &Constant, _key: Constant, _value: Constant) -> Result<(), ReadError> {
        Err(invalid("a dict among constants"))
    }

    fn set(&mut self) -> Result<Constant, ReadError> {
        Err(invalid("a set among constants"))
    }

    fn set_add(&mut self, _set: &Constant, _item: Constant) -> Result<(), ReadError> {
        Err(invalid("a set among constants"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::marshal::VERSION;

    fn round_trip(constant: Constant) {
        for version in 0..=VERSION {
            let data = dumps(&constant, version).unwrap();
            assert_eq!(loads(&data).as_ref(), Ok(&constant), "{constant:?} in version {version}");
            assert_eq!(dumps(&loads(&data).unwrap(), version).unwrap(), data);
        }
    }

    fn big(text: &str) -> Constant {
        Constant::Int(text.parse().unwrap())
    }

    #[test]
    fn constants_come_back() {
        round_trip(Constant::None);
        round_trip(Constant::Ellipsis);
        round_trip(Constant::StopIteration);
        for value in [0, 1, -1, 255, i64::from(i32::MAX), i64::from(i32::MIN), 1 << 31, -(1 << 31) - 1, i64::MAX, i64::MIN] {
            round_trip(Constant::int(value));
        }
        for text in ["18446744073709551616", "-36893488147419103232", "1267650600228229401496703205376"] {
            round_trip(big(text));
        }
        round_trip(Constant::Int((IBig::ONE << 1000) - 1));
        round_trip(Constant::Int(-(IBig::ONE << 959)));
        for value in [0.0, -0.0, 0.1, 1e300, -5e-324, f64::INFINITY] {
            round_trip(Constant::Float(value));
            round_trip(Constant::Complex(value, -value));
        }
        for text in ["", "a", "name_like", "with space", "naïve €", "\u{1F600}", &"x".repeat(300)] {
            round_trip(Constant::str(text));
        }
        round_trip(Constant::Str(Text::from_code_points([0x61, 0xDC80]).unwrap()));
        round_trip(Constant::Bytes(Arc::from(&b"\0\xff"[..])));
        let items: Vec<Constant> = (0..300).map(Constant::int).chain([Constant::str("x"), Constant::str("x")]).collect();
        round_trip(Constant::FrozenSet(items[..20].into()));
        round_trip(Constant::Tuple(Arc::from([Constant::Tuple(items.into()), Constant::Tuple(Arc::from([]))])));
    }

    #[test]
    fn bytes_as_cpython_writes_them() {
        let slice = Constant::Slice(Arc::new([Constant::int(1), Constant::int(2), Constant::None]));
        assert_eq!(dumps(&slice, 5).unwrap(), b"\xba\xe9\x01\0\0\0\xe9\x02\0\0\0N");
        assert_eq!(dumps(&slice, 4), Err(WriteError::Unmarshallable));
        let set = [Constant::None, Constant::str("b"), Constant::Float(3.5), Constant::str("a")];
        let data = dumps(&Constant::FrozenSet(Arc::from(set)), 5).unwrap();
        assert_eq!(data, b"\xbe\x04\0\0\0N\xda\x01a\xda\x01b\xe7\0\0\0\0\0\0\x0c@");
        assert_eq!(dumps(&Constant::Float(0.1), 1).unwrap(), b"f\x130.10000000000000001");
        assert_eq!(dumps(&Constant::int(-(1i64 << 31) - 1), 5).unwrap(), b"\xec\xfd\xff\xff\xff\x01\0\0\0\x02\0");
    }

    #[test]
    fn damage_is_reported_as_cpython_does() {
        let cases: &[(&[u8], &str, usize)] = &[
            (b"", "EOFError: EOF read where object expected", 0),
            (b"0", "TypeError: NULL object in marshal data for object", 1),
            (b"i\0\0", "EOFError: marshal data too short", 1),
            (b"s\xff\xff\xff\xff", "ValueError: bad marshal data (bytes object size out of range)", 5),
            (b"u\xff\xff\xff\xff", "ValueError: bad marshal data (string size out of range)", 5),
            (b"s\xff\xff\xff\x7f", "EOFError: marshal data too short", 5),
            (b"(\xff\xff\xff\x7fN", "EOFError: EOF read where object expected", 6),
            (b"l\0\0\0\x80", "ValueError: bad marshal data (long size out of range)", 5),
            (b"l\x01\0\0\0\0\0", "ValueError: bad marshal data (unnormalized long data)", 7),
            (b"l\x01\0\0\0\0\x80", "ValueError: bad marshal data (digit out of range in long)", 7),
            (b"r\0\0\0\0", "ValueError: bad marshal data (invalid reference)", 5),
            (b"\xa9\x01r\0\0\0\0", "ValueError: bad marshal data (invalid reference)", 7),
            (b"?", "ValueError: bad marshal data (unknown type code)", 1),
            (b")\x010", "TypeError: NULL object in marshal data for tuple", 3),
            (b">\x01\0\0\x000", "TypeError: NULL object in marshal data for set", 6),
            (b"f\x03abc", "ValueError: could not convert string to float: 'abc'", 5),
            (b"[\0\0\0\0", "ValueError: bad marshal data (a list among constants)", 5),
        ];
        for (data, message, offset) in cases {
            let error = loads(data).unwrap_err();
            assert_eq!(format!("{}: {}", error.kind.exception(), error.kind.message()), *message, "{data:?}");
            assert_eq!(error.offset, *offset, "{data:?}");
        }
    }

    #[test]
    fn nesting_has_a_limit() {
        let nested = |depth: usize| [b")\x01".repeat(depth), b"N".to_vec()].concat();
        let constant = loads(&nested(1999)).unwrap();
        assert_eq!(dumps(&constant, 5).unwrap().len(), nested(1999).len());
        assert_eq!(loads(&nested(2000)).unwrap_err().kind.message(), "recursion limit exceeded");
        assert_eq!(dumps(&Constant::Tuple(Arc::from([constant])), 5), Err(WriteError::TooDeep));
    }

    #[test]
    fn latin1_in_short_strings() {
        assert_eq!(loads(b"z\x02\xe9a"), Ok(Constant::str("éa")));
        assert_eq!(loads(b"I\x01\0\0\0\0\0\0\x01"), Ok(Constant::int((1i64 << 56) + 1)));
    }

    #[test]
    fn code_objects_are_checked() {
        let code = CodeObject { code: [27, 0].into(), ..CodeObject::default() };
        let data = dump_code(&code).unwrap();
        assert!(load_code(&data).unwrap().same(&code));
        let mut negative = data.clone();
        negative[4] = 0x80;
        let error = load_code(&negative).unwrap_err();
        assert_eq!(error.kind.message(), "bad marshal data (co_argcount of a code object is negative)");
        let too_many = CodeObject { argcount: 1, ..code };
        assert!(load_code(&dump_code(&too_many).unwrap()).is_err());
        assert!(load_code(b"N").is_err());
        for length in 0..data.len() {
            assert_eq!(load_code(&data[..length]).unwrap_err().kind.exception(), "EOFError");
        }
    }
}
