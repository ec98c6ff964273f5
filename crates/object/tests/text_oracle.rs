//! Holds the text algorithms against CPython's answers to the same, randomly made, questions.
//!
//! Runs where the environment variable `CPYTHON` names an interpreter, and is empty elsewhere.

use std::convert::Infallible;
use std::fmt::Write as _;
use std::io::Write as _;
use std::ops::Range;
use std::process::{Command, Stdio};

use pvm_object::text::codecs::handlers::{self, Failure};
use pvm_object::text::codecs::utf16::{ByteOrder, Utf16};
use pvm_object::text::codecs::utf32::Utf32;
use pvm_object::text::codecs::{Decoder, Encoder, ErrorHandler, ascii, latin1, raw_unicode_escape, unicode_escape, utf7, utf8};
use pvm_object::text::pad::Align;
use pvm_object::text::search::trim::Sides;
use pvm_object::text::strings::{case, classify, pad, repr, search};
use pvm_object::text::{TextBuf, TextBuilder, TextView};

/// A small generator of random numbers: SplitMix64.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % limit as u64) as usize
    }

    fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())]
    }

    fn text(&mut self, alphabet: &str, surrogates: bool) -> TextBuf {
        let alphabet: Vec<char> = alphabet.chars().collect();
        let len = self.below(40);
        TextBuf::from_code_points((0..len).map(|_| match self.below(12) {
            0 if surrogates => self.pick(&[0xD800, 0xDBFF, 0xDC00, 0xDC80, 0xDCFF, 0xDFFF]),
            _ => self.pick(&alphabet).into(),
        }))
    }

    fn bytes(&mut self, pieces: &[&[u8]]) -> Vec<u8> {
        (0..self.below(20)).flat_map(|_| self.pick(pieces).to_vec()).collect()
    }
}

fn show_text(text: TextView<'_>) -> String {
    let code_points: Vec<String> = text.code_points().map(|c| format!("{c:x}")).collect();
    format!("s:{}", code_points.join(","))
}

fn show_bytes(bytes: &[u8]) -> String {
    bytes.iter().fold("b:".to_owned(), |mut out, b| {
        let _ = write!(out, "{b:02x}");
        out
    })
}

fn show_buf(text: &TextBuf) -> String {
    assert_eq!(text.view().width(), text.view().narrowest());
    show_text(text.view())
}

fn show_str(text: &str) -> String {
    show_buf(&TextBuf::from(text))
}

/// Questions and our answers.
#[derive(Default)]
struct Questions {
    asked: Vec<String>,
    ours: Vec<String>,
}

impl Questions {
    fn ask(&mut self, method: &str, arguments: &[String], ours: String) {
        self.asked.push([&[method.to_owned()], arguments].concat().join("\t"));
        self.ours.push(ours);
    }

    fn check(self) {
        let Ok(python) = std::env::var("CPYTHON") else {
            return;
        };
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/text_oracle.py");
        let mut child =
            Command::new(python).arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("CPYTHON runs");
        let mut stdin = child.stdin.take().expect("stdin is piped");
        let questions = self.asked.join("\n");
        let writer = std::thread::spawn(move || stdin.write_all(questions.as_bytes()));
        let output = child.wait_with_output().expect("CPYTHON ends");
        writer.join().expect("the writer ends").expect("CPYTHON reads");
        let answers = String::from_utf8(output.stdout).expect("answers are ASCII");
        let mut differing = 0;
        for ((question, ours), theirs) in self.asked.iter().zip(&self.ours).zip(answers.lines()) {
            if ours != theirs && differing < 20 {
                differing += 1;
                eprintln!("{question}\n  ours:   {ours}\n  theirs: {theirs}");
            }
        }
        assert_eq!(answers.lines().count(), self.asked.len());
        assert_eq!(differing, 0);
    }
}

type NamedHandlers = [(&'static str, ErrorHandler); 8];
const HANDLERS: NamedHandlers = ErrorHandler::NAMES;

fn show_failure(failure: Failure, kind: &str, encoding: &str) -> String {
    match failure {
        Failure::WrongKind => "TypeError".to_owned(),
        Failure::Error(e) => format!("{kind} {encoding} {} {} {}", e.start, e.end, e.reason),
    }
}

fn no_name(_: &[u8]) -> Option<u32> {
    None
}

const UTF16: [&[u8]; 9] = [b"a\0", b"\0\xd8", b"\0\xdc", b"\xff\xdf", b"\xac\x20", b"\0a", b"x", b"\xd8\x01", b"\xdc\x02"];
const UTF32: [&[u8]; 6] = [b"a\0\0\0", b"\0\0\0a", b"\0\xd8\0\0", b"\0\0\x11\0", b"x", b"\0\xf6\x01\0"];
const UTF8: [&[u8]; 14] = [
    b"abcd",
    "é".as_bytes(),
    "€".as_bytes(),
    "😀".as_bytes(),
    b"\x80",
    b"\xc0\x80",
    b"\xe0\x80",
    b"\xed\xa0\x80",
    b"\xf0\x9f",
    b"\xf4\x90\x80\x80",
    b"\xff",
    b"\xe2\x82",
    b"\xf5",
    b"\xed\x9f\xbf",
];
const ESCAPES: [&[u8]; 16] = [
    b"\\", b"\\n", b"\\x4", b"1", b"\\u12", b"20ac", b"\\U0001", b"\\U0011", b"\\7", b"\\N{", b"}", b"\\N{}", b"\xe9", b"\\\n",
    b"x", b"g",
];
const UTF7: [&[u8]; 13] = [b"+", b"-", b"A", b"AGE", b"2D3eAA", b"2AA", b"IKw", b"\x80", b"/", b"!", b"~", b"+-", b"+AGE-"];

#[test]
fn decoders() {
    let (random, mut questions) = (&mut Random(1), Questions::default());
    for round in 0..4000 {
        let order = random.pick(&[ByteOrder::Little, ByteOrder::Big]);
        let little = order == ByteOrder::Little;
        let mut escape = unicode_escape::UnicodeEscape::new(&no_name);
        let (name, decoder, pieces): (&str, &mut dyn Decoder, &[&[u8]]) = match round % 8 {
            0 => ("utf-8", &mut utf8::Utf8, &UTF8),
            1 => ("ascii", &mut ascii::Ascii, &UTF8),
            2 => ("latin-1", &mut latin1::Latin1, &UTF8),
            3 => (if little { "utf-16-le" } else { "utf-16-be" }, &mut Utf16 { order, marked: false }, &UTF16),
            4 => (if little { "utf-32-le" } else { "utf-32-be" }, &mut Utf32 { order, marked: false }, &UTF32),
            5 => ("utf-7", &mut utf7::Utf7, &UTF7),
            6 => ("unicode_escape", &mut escape, &ESCAPES),
            _ => ("raw_unicode_escape", &mut raw_unicode_escape::RawUnicodeEscape, &ESCAPES),
        };
        let input = random.bytes(pieces);
        let (handler_name, handler) = random.pick(&HANDLERS);
        let last = random.below(2) == 1 || matches!(name, "ascii" | "latin-1");
        let mut out = TextBuilder::new();
        let encoding = decoder.encoding();
        let ours = match handlers::decode(decoder, &input, last, handler, &mut out) {
            Ok(consumed) => format!("[{} i:{consumed}]", show_buf(&out.finish())),
            Err(failure) => show_failure(failure, "UnicodeDecodeError", encoding),
        };
        let last = format!("i:{}", u8::from(last));
        questions.ask("decode", &[show_str(name), show_str(handler_name), show_bytes(&input), last], ours);
    }
    questions.check();
}

#[test]
fn encoders() {
    let (random, mut questions) = (&mut Random(2), Questions::default());
    for round in 0..4000 {
        let mut escape = unicode_escape::UnicodeEscape::new(&no_name);
        let little = ByteOrder::Little;
        let (name, encoder): (&str, &mut dyn Encoder) = match round % 8 {
            0 => ("utf-8", &mut utf8::Utf8),
            1 => ("ascii", &mut ascii::Ascii),
            2 => ("latin-1", &mut latin1::Latin1),
            3 => ("utf-16-le", &mut Utf16 { order: little, marked: false }),
            4 => ("utf-32-be", &mut Utf32 { order: ByteOrder::Big, marked: false }),
            5 => ("utf-7", &mut utf7::Utf7),
            6 => ("unicode_escape", &mut escape),
            _ => ("raw_unicode_escape", &mut raw_unicode_escape::RawUnicodeEscape),
        };
        let text = random.text("ab+-~\\\n\0'é\u{80}ÿ€中\u{ffff}😀", true);
        let (handler_name, handler) = random.pick(&HANDLERS);
        if handler == ErrorHandler::NameReplace {
            continue;
        }
        let mut out = Vec::new();
        let encoding = encoder.encoding();
        let ours = match handlers::encode(encoder, text.view(), handler, &|_| None, &mut out) {
            Ok(()) => show_bytes(&out),
            Err(failure) => show_failure(failure, "UnicodeEncodeError", encoding),
        };
        questions.ask("encode", &[show_buf(&text), show_str(name), show_str(handler_name)], ours);
    }
    questions.check();
}

/// The pieces a splitting function hands out, as a list.
fn pieces(
    text: TextView<'_>,
    reversed: bool,
    split: impl FnOnce(&mut dyn FnMut(Range<usize>) -> Result<(), Infallible>) -> Result<(), Infallible>,
) -> String {
    let mut out = Vec::new();
    let Ok(()) = split(&mut |range| {
        out.push(show_text(text.slice(range)));
        Ok(())
    });
    if reversed {
        out.reverse();
    }
    format!("[{}]", out.join(" "))
}

type Map = fn(TextView<'_>) -> TextBuf;
type Predicate = fn(TextView<'_>) -> bool;

#[test]
fn methods() {
    const ALPHABET: &str = "aAbZ1 \t\n\r_'\"\\-+ßéÉªŉǅǆſΣσςαΑ٣²½五\u{85}\u{a0}\u{1c}\u{2028}\u{345}\u{300}İıﬁ😀𝒜𐐀";
    let (random, mut questions) = (&mut Random(3), Questions::default());
    let maps: [(&str, Map); 8] = [
        ("upper", case::upper),
        ("lower", case::lower),
        ("title", case::title),
        ("capitalize", case::capitalize),
        ("swapcase", case::swapcase),
        ("casefold", case::casefold),
        ("repr", repr::repr),
        ("ascii", repr::ascii),
    ];
    let predicates: [(&str, Predicate); 11] = [
        ("isalpha", classify::is_alpha),
        ("isalnum", classify::is_alnum),
        ("isdecimal", classify::is_decimal),
        ("isdigit", classify::is_digit),
        ("isnumeric", classify::is_numeric),
        ("isspace", classify::is_space),
        ("isprintable", classify::is_printable),
        ("isidentifier", classify::is_identifier),
        ("isupper", classify::is_upper),
        ("islower", classify::is_lower),
        ("istitle", classify::is_title),
    ];
    for _ in 0..1500 {
        let text = random.text(ALPHABET, true);
        let (view, shown) = (text.view(), show_buf(&text));
        for (name, map) in maps {
            questions.ask(name, std::slice::from_ref(&shown), show_buf(&map(view)));
        }
        for (name, predicate) in predicates {
            questions.ask(name, std::slice::from_ref(&shown), format!("i:{}", u8::from(predicate(view))));
        }
        let number = random.below(12) as isize - 1;
        let number_shown = format!("i:{number}");
        let padded = [("center", Align::Center), ("ljust", Align::Left), ("rjust", Align::Right)];
        for (name, align) in padded {
            let fill = random.pick(&[0x20, 0xE9, 0x20AC, 0x1F600]);
            let out = pad::justify(view, align, number, fill).unwrap();
            let out = out.map_or(shown.clone(), |out| show_buf(&out));
            questions.ask(name, &[shown.clone(), number_shown.clone(), format!("s:{fill:x}")], out);
        }
        let out = pad::zero_fill(view, number).unwrap().map_or(shown.clone(), |out| show_buf(&out));
        questions.ask("zfill", &[shown.clone(), number_shown.clone()], out);
        let out = show_buf(&pad::expand_tabs(view, number).unwrap());
        questions.ask("expandtabs", &[shown.clone(), number_shown], out);
        let ends = format!("i:{}", number & 1);
        let lines = pieces(view, false, |each| search::split_lines(view, number & 1 == 1, each));
        questions.ask("splitlines", &[shown.clone(), ends], lines);
        for (name, sides) in [("strip", Sides::Both), ("lstrip", Sides::Left), ("rstrip", Sides::Right)] {
            let kept = show_text(view.slice(search::strip_whitespace(view, sides)));
            questions.ask(name, std::slice::from_ref(&shown), kept);
        }
    }
    questions.check();
}

#[test]
fn searches() {
    let (random, mut questions) = (&mut Random(4), Questions::default());
    for _ in 0..4000 {
        let alphabet = random.pick(&["ab", "abé", "aé€", "a€😀"]);
        let text = random.text(alphabet, false);
        let short = |random: &mut Random| {
            let text = random.text(alphabet, false);
            let len = text.len().min(3);
            text.view().slice(0..len).to_buf()
        };
        let (needle, new) = (short(random), short(random));
        let (view, wanted) = (text.view(), needle.view());
        let arguments = [show_buf(&text), show_buf(&needle)];
        let index = |found: Option<usize>| found.map_or("i:-1".to_owned(), |at| format!("i:{at}"));
        questions.ask("find", &arguments, index(search::find(view, wanted)));
        questions.ask("rfind", &arguments, index(search::rfind(view, wanted)));
        questions.ask("count", &arguments, format!("i:{}", search::count(view, wanted)));
        let max = random.below(4);
        let max = if max == 3 { usize::MAX } else { max };
        let max_shown = format!("i:{}", max as isize);
        let replaced = search::replace(view, wanted, new.view(), max).unwrap();
        let replaced = replaced.map_or(show_buf(&text), |out| show_buf(&out));
        let with = [&arguments[..], &[show_buf(&new), max_shown.clone()]].concat();
        questions.ask("replace", &with, replaced);
        let kept = show_text(view.slice(search::strip_chars(view, wanted, Sides::Both)));
        questions.ask("strip", &arguments, kept);
        let kept = show_text(view.slice(search::remove_prefix(view, wanted)));
        questions.ask("removeprefix", &arguments, kept);
        let kept = show_text(view.slice(search::remove_suffix(view, wanted)));
        questions.ask("removesuffix", &arguments, kept);
        if !needle.is_empty() {
            let with = [&arguments[..], &[max_shown]].concat();
            let split = pieces(view, false, |each| search::split(view, wanted, max, each));
            questions.ask("split", &with, split);
            let split = pieces(view, true, |each| search::rsplit(view, wanted, max, each));
            questions.ask("rsplit", &with, split);
        }
    }
    questions.check();
}
