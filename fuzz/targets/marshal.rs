//! Marshal data: both readers agree, and what is written can be read again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pvm_bytecode::marshal;

const SETUP: &str = r#"
import io, marshal
def run(data):
    try:
        value = marshal.loads(data)
    except (ValueError, EOFError, TypeError) as error:
        value = error
    try:
        other = marshal.load(io.BytesIO(data))
    except (ValueError, EOFError, TypeError) as error:
        other = error
    assert type(value) is type(other), (value, other)
    if isinstance(value, Exception):
        return
    for version in range(6):
        try:
            written = marshal.dumps(value, version)
        except ValueError:
            continue
        again = marshal.dumps(marshal.loads(written), version)
        if version < 3 and len(written) < 1000:
            # later versions note what is shared, which is different for what was just read
            assert sets(value) or written == again, (version, written, again)

def sets(value, depth=0):
    if depth > 8 or isinstance(value, (set, frozenset, type(run.__code__))):
        return True
    if isinstance(value, dict):
        return any(sets(item, depth + 1) for pair in value.items() for item in pair)
    if isinstance(value, slice):
        return any(sets(item, depth + 1) for item in (value.start, value.stop, value.step))
    return isinstance(value, (list, tuple)) and any(sets(item, depth + 1) for item in value)
"#;

fuzz_target!(|data: &[u8]| {
    if let Ok(constant) = marshal::loads(data)
        && let Ok(written) = marshal::dumps(&constant, marshal::VERSION)
    {
        let again = marshal::loads(&written).expect("what was written can be read");
        let twice = marshal::dumps(&again, marshal::VERSION).expect("what was read can be written");
        assert_eq!(written, twice);
    }
    pvm_fuzz::call::<()>(SETUP, (pvm::Bytes(data.to_vec()),));
});
