//! Small programs, each run plainly and under the stress modes: what they print and how they end must be the same.

#![no_main]

use std::cell::RefCell;

use libfuzzer_sys::fuzz_target;
use pvm::Interpreter;
use pvm_object::heap::stress;

const SETUP: &str = r#"
import types
def run(source):
    lines, size = [], 0
    def output(*values):
        nonlocal size
        text = " ".join(map(str, values))[:2000]
        size += len(text) + 1
        if size > 100000:
            raise SystemExit("too much")
        lines.append(text)
    def show(function, argument):
        try:
            result = function(argument)
            return list(result) if isinstance(result, types.GeneratorType) else result
        except Exception as error:
            return type(error).__name__, str(error)
    left = 3000
    def tick():
        # a loop may feed itself
        nonlocal left
        left -= 1
        if left < 0:
            raise SystemExit("too long")
    try:
        code = compile(source, "<program>", "exec")
    except (SyntaxError, RecursionError) as error:
        return "refused"
    try:
        exec(code, {"print": output, "show": show, "tick": tick, "__name__": "program"})
    except BaseException as error:
        lines.append(f"{type(error).__name__}: {error}"[:2000])
        trace = error.__traceback__
        while trace:
            lines.append(f"line {trace.tb_lineno}")
            trace = trace.tb_next
    return "\n".join(lines)
"#;

thread_local! {
    static INTERPRETERS: RefCell<Option<[Interpreter; 2]>> = const { RefCell::new(None) };
}

fn outcomes(source: &str) -> Option<[String; 2]> {
    INTERPRETERS.with_borrow_mut(|interpreters| {
        let pair = interpreters.get_or_insert_with(|| [pvm_fuzz::sandbox(SETUP), pvm_fuzz::sandbox(SETUP)]);
        let mut results = Vec::new();
        for (python, modes) in pair.iter().zip(["", "all"]) {
            stress::set(modes);
            results.push(python.call::<String>("run", (source,)));
        }
        stress::set("");
        for result in &results {
            match result {
                Err(error) if !pvm_fuzz::is_limit(error) => panic!("{}", error.traceback()),
                Err(_) => {
                    *interpreters = None;
                    return None;
                }
                Ok(_) => {}
            }
        }
        let [Ok(plain), Ok(stressed)] = <[_; 2]>::try_from(results).ok()? else { return None };
        Some([plain, stressed])
    })
}

/// The text without the digits of addresses, in which two interpreters differ.
fn without_addresses(text: &str) -> String {
    let mut parts = text.split(" at 0x");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str(" at ");
        out.push_str(part.trim_start_matches(|c: char| c.is_ascii_hexdigit()));
    }
    out
}

fuzz_target!(|data: &[u8]| {
    let source = pvm_fuzz::program::program(data);
    if let Some([plain, stressed]) = outcomes(&source) {
        let [plain, stressed] = [without_addresses(&plain), without_addresses(&stressed)];
        let limited = |text: &str| text.contains("MemoryError") || text.contains("RecursionError");
        if plain != stressed && !limited(&plain) && !limited(&stressed) {
            panic!("the program\n{source}\nprints\n{plain}\nbut under stress\n{stressed}");
        }
    }
});
