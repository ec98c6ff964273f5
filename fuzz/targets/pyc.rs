//! A `.pyc`: what can be read is written and read again, what the verifier lets through is executed.

#![no_main]

use std::sync::Arc;

use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};
use pvm_bytecode::{CodeObject, Constant, marshal, pyc, verify};

const SETUP: &str = r#"
import marshal
def limited(code):
    # mutants that loop are many
    import sys
    left = 3000
    def trace(frame, event, argument):
        nonlocal left
        frame.f_trace_opcodes = True
        left -= 1
        if left < 0:
            raise KeyboardInterrupt
        return trace
    sys.settrace(trace)
    try:
        exec(code, {"__name__": "mutant", "print": len})
    finally:
        sys.settrace(None)

def run(data):
    import sys
    code = marshal.loads(data)
    list(code.co_lines()), list(code.co_positions()), hash(code), repr(code)
    for runner in limited, lambda code: exec(code, {"__name__": "mutant", "print": len}):
        try:
            runner(code)
        except KeyboardInterrupt:
            # it loops, so it is not run without the count
            break
        except BaseException as error:
            try:
                while error := error.__context__: pass
            except BaseException:
                pass
"#;

fuzz_target!(|data: &[u8]| {
    let Ok((_, code)) = pyc::read(data) else { return };
    if let Ok(written) = marshal::dump_code(&code) {
        let again = marshal::load_code(&written).expect("what was written can be read");
        assert!(code.same(&again), "written and read again it is different");
    }
    if let Ok(code) = verify::verify(code) {
        // the verifier's product needs no more mending
        let again = verify::verify(code.clone()).expect("what passed passes again");
        assert_eq!(code.code, again.code);
        let written = marshal::dump_code(&code).unwrap_or_default();
        if !written.is_empty() {
            pvm_fuzz::call::<()>(SETUP, (pvm::Bytes(written),));
        }
    }
});

/// Changes instructions and tables of one of the code objects rather than the file's bytes, most of the time.
fn mutate(code: &CodeObject, seed: &mut u32) -> CodeObject {
    let mut below = |limit: usize| {
        *seed ^= *seed << 13;
        *seed ^= *seed >> 17;
        *seed ^= *seed << 5;
        *seed as usize % limit.max(1)
    };
    let mut code = code.clone();
    let inner: Vec<usize> = (0..code.consts.len()).filter(|&index| code.consts[index].as_code().is_some()).collect();
    if !inner.is_empty() && below(4) > 0 {
        let index = inner[below(inner.len())];
        let mut consts = code.consts.to_vec();
        if let Some(found) = consts[index].as_code() {
            consts[index] = Constant::Code(Arc::new(mutate(found, seed)).into());
        }
        code.consts = consts.into();
        return code;
    }
    let changed = |bytes: &[u8]| {
        let length = bytes.len();
        let mut bytes = bytes.to_vec();
        bytes.resize(length + 8, 0);
        let length = fuzzer_mutate(&mut bytes, length, length + 8);
        bytes.truncate(length);
        bytes
    };
    match below(10) {
        0 => code.code = changed(&code.code).into(),
        1 => code.exceptiontable = changed(&code.exceptiontable).into(),
        2 => code.flags ^= 1 << below(12),
        3 => {
            let mut consts = code.consts.to_vec();
            if !consts.is_empty() {
                let (to, from) = (below(consts.len()), below(consts.len()));
                consts[to] = consts[from].clone();
                code.consts = consts.into();
            }
        }
        _ => {
            let mut bytes = code.code.to_vec();
            let count = bytes.len() / 2;
            for _ in 0..=below(2) {
                let place = below(count) * 2;
                if place + 1 >= bytes.len() {
                    break;
                }
                match below(4) {
                    0 => bytes[place] = bytes[below(count) * 2],
                    1 => bytes[place + 1] = bytes[place + 1].wrapping_add(1),
                    2 => bytes[place + 1] = bytes[place + 1].wrapping_sub(1),
                    _ => bytes[place] = below(121) as u8,
                }
            }
            code.code = bytes.into();
            code.stacksize = code.stacksize.saturating_add(below(2) as u32);
        }
    }
    code
}

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    if !seed.is_multiple_of(5)
        && let Ok((_, code)) = pyc::read(&data[..size])
        && let Ok(body) = marshal::dump_code(&mutate(&code, &mut (seed | 1)))
        && pyc::HEADER_SIZE + body.len() <= max_size
    {
        let end = pyc::HEADER_SIZE + body.len();
        data[pyc::HEADER_SIZE..end].copy_from_slice(&body);
        return end;
    }
    fuzzer_mutate(data, size, max_size)
});
