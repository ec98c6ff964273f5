use pvm_interpreter::{Config, FrozenModule, FrozenSource, Interpreter, Setup};
struct Disk;
const LIB: &str = "/root/.cargo/registry/src/index.crates.io-1949cf8c6b5b557f/rustpython-pylib-0.6.0/Lib";
impl FrozenSource for Disk {
    fn find(&self, name: &str) -> Option<FrozenModule<'_>> {
        let base = format!("{LIB}/{}", name.replace('.', "/"));
        let (path, is_package) = if std::path::Path::new(&format!("{base}/__init__.py")).exists() { (format!("{base}/__init__.py"), true) } else { (format!("{base}.py"), false) };
        let source = std::fs::read_to_string(&path).ok()?;
        let code = pvm_compiler::compile::compile_source(pvm_compiler::compile::Source::Text(&source), &path, pvm_compiler::Mode::Exec, Default::default(), &mut pvm_compiler::error::IgnoreWarnings).ok()?;
        Some(FrozenModule { code: pvm_bytecode::marshal::dump_code(&code).unwrap().into(), is_package, origin: None })
    }
    fn names(&self) -> Vec<&str> { vec![] }
}
fn main() {
    let child = std::thread::Builder::new().stack_size(256 << 20).spawn(|| {
    let interp = Interpreter::new(Setup { modules: pvm_library::MODULES, frozen: Box::new(Disk), config: Config::default() });
    let file = std::env::args().nth(1).unwrap();
    let source = std::fs::read_to_string(&file).unwrap();
    let ok = interp.enter(move |vm| {
        let r = (|| {
            pvm_interpreter::import::bootstrap::start(vm)?;
            let code = pvm_interpreter::source::compile(vm, &pvm_interpreter::source::Text::Str(source), &file, pvm_compiler::Mode::Exec, Default::default())?;
            let m = vm.new_module("__main__", None)?;
            let b = pvm_interpreter::interpreter::state(vm).builtins_dict(vm);
            m.dict().set_str(&pvm_object::names::__builtins__, b, vm)?;
            let ns = m.dict().to_value();
            pvm_interpreter::call::run_code(vm, &code, m.dict(), Some(ns), None)
        })();
        if let Err(raised) = r { let e = vm.catch(raised); let t = pvm_interpreter::display::exception_text(vm, &e); eprintln!("{t}"); false } else { true }
    });
    if std::env::var("NODROP").is_ok() { std::process::exit(!ok as i32); }
    drop(interp);
    std::process::exit(!ok as i32);
    }).unwrap(); child.join().unwrap();
}
