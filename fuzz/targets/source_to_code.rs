//! Source of any kind: compiled, or refused by an error that can be shown. The code passes the verifier as it is.

#![no_main]

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use pvm_bytecode::{marshal, verify};

const SETUP: &str = r#"
import ast, traceback, warnings
warnings.simplefilter("ignore")
def run(data, number):
    mode = ("exec", "eval", "single")[number % 3]
    try:
        code = compile(data, "<fuzz>", mode, optimize=number // 3 % 3)
    except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError) as error:
        "".join(traceback.format_exception(error))
        return b""
    try:
        tree = ast.parse(data, "<fuzz>", mode)
        text = ast.unparse(tree)
    except (RecursionError, MemoryError):
        pass
    else:
        again = ast.parse(text, "<fuzz>", "eval" if mode == "eval" else "exec")
        if mode != "single":
            assert ast.dump(tree) == ast.dump(again) or "'''" in text or '"' in text or "\\" in text or "{" in text, text
    import marshal
    try:
        return marshal.dumps(code)
    except ValueError:
        return b""
"#;

fuzz_target!(|data: &[u8]| {
    let Some((&number, source)) = data.split_first() else { return };
    let Some(pvm::Bytes(code)) = pvm_fuzz::call(SETUP, (pvm::Bytes(source.to_vec()), i64::from(number))) else { return };
    if code.is_empty() {
        return;
    }
    let code = marshal::load_code(&code).expect("the compiler's code can be read");
    match verify::verify(Arc::clone(&code)) {
        Ok(verified) => assert!(verified.same(&code), "the verifier mended the compiler's code"),
        Err(error) => panic!("the verifier refuses the compiler's code: {error}"),
    }
});
