//! Regular expressions: the ways to search agree with each other.

#![no_main]

use libfuzzer_sys::fuzz_target;

const SETUP: &str = r#"
import re, warnings
warnings.simplefilter("ignore")
FLAGS = [0, re.I, re.M, re.S, re.A, re.I | re.A, re.X, re.I | re.M | re.S]

def run(data):
    number, length, data = data[0], data[1], data[2:]
    pattern, subject = data[:length % 32], data[length % 32:][:48]
    if not number & 8:
        pattern, subject = pattern.decode("utf-8", "replace"), subject.decode("utf-8", "replace")
    flags = FLAGS[number & 7]
    try:
        compiled = re.compile(pattern, flags)
    except (re.error, OverflowError, RecursionError, ValueError):
        return
    found = compiled.search(subject)
    first = None
    for start in range(len(subject) + 1):
        # what comes before is seen by lookbehind and boundaries
        first = compiled.match(subject, start)
        if first:
            break
    assert (found and found.span()) == (first and first.span()), (pattern, subject, flags, found, first)
    whole = compiled.fullmatch(subject)
    assert not whole or whole.span() == (0, len(subject))
    if found:
        assert found.groups() == first.groups(), (pattern, subject, found.groups(), first.groups())
        for group in range(compiled.groups + 1):
            start, end = found.span(group)
            assert found[group] is None and (start, end) == (-1, -1) or subject[start:end] == found[group]
    matches = list(compiled.finditer(subject))
    assert len(compiled.findall(subject)) == len(matches)
    empty = subject[:0]
    replaced, count = compiled.subn(lambda match: match[0], subject)
    assert replaced == subject and count == len(matches), (pattern, subject, replaced)
    pieces = compiled.split(subject)
    assert len(pieces) == len(matches) * (compiled.groups + 1) + 1
    texts = pieces[::compiled.groups + 1]
    again = texts[0] + empty.join(match[0] + text for match, text in zip(matches, texts[1:]))
    assert again == subject, (pattern, subject, pieces)
    assert re.search(re.escape(subject), subject)
"#;

fuzz_target!(|data: &[u8]| {
    if data.len() >= 2 {
        pvm_fuzz::call::<()>(SETUP, (pvm::Bytes(data.to_vec()),));
    }
});
