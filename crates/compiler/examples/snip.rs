use std::io::Write;
use std::sync::Arc;
use pvm_bytecode::{Constant, marshal};
use pvm_compiler::compile::*;
use pvm_compiler::error::*;
use pvm_compiler::lower::Mode;
fn main() {
    let mut a = std::env::args().skip(1);
    let (list, out) = (a.next().unwrap(), a.next().unwrap());
    std::panic::set_hook(Box::new(|_| {}));
    let mut sink = std::io::BufWriter::new(std::fs::File::create(out).unwrap());
    for line in std::fs::read_to_string(list).unwrap().lines() {
        let mut p = line.splitn(4, ' ');
        let mode = match p.next().unwrap() { "exec" => Mode::Exec, "eval" => Mode::Eval, _ => Mode::Single };
        let optimize: u8 = p.next().unwrap().parse().unwrap();
        let flags: u32 = p.next().unwrap().parse().unwrap();
        let file = p.next().unwrap();
        let src = std::fs::read_to_string(file).unwrap();
        let mut w: Vec<CompileWarning> = Vec::new();
        let r = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| compile_source(Source::Text(&src), "x.py", mode, CompileOptions { optimize, flags, feature_version: None }, &mut w)));
        let c = match r {
            Err(p) => Constant::str(&format!("PANIC {:?}", p.downcast_ref::<String>().cloned().or(p.downcast_ref::<&str>().map(|s| s.to_string())))),
            Ok(Ok(c)) => Constant::Code(Arc::new(c)),
            Ok(Err(CompileError::Syntax(e))) => Constant::Tuple([Constant::str(e.kind.name()), Constant::str(&e.message), Constant::int(e.lineno), Constant::int(e.offset), Constant::int(e.end_lineno), Constant::int(e.end_offset)].into()),
            Ok(Err(e)) => Constant::str(&e.to_string()),
        };
        let ws: Vec<Constant> = w.iter().map(|w| Constant::Tuple([Constant::str(&format!("{:?}", w.category)), Constant::str(&w.message), Constant::int(w.location.lineno)].into())).collect();
        let d = marshal::dumps(&Constant::Tuple([c, Constant::Tuple(ws.into())].into()), 5).unwrap();
        sink.write_all(&(d.len() as u32).to_le_bytes()).unwrap();
        sink.write_all(&d).unwrap();
    }
}
