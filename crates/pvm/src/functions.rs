//! [`function`]: closures of Rust as Python functions.

use std::fmt::Display;

use pvm_macros::{pyclass, pymethods};
use pvm_object::{Args, Foreign, PyResult, Value, Vm};

use crate::convert::{FromPython, ToPython};

type Body = Box<dyn Fn(&mut Vm, &[Value]) -> PyResult<Value> + Send>;

/// A closure of Rust that converts to a Python function; made by [`function`].
pub struct Function {
    name: String,
    body: Body,
}

/// A closure that can be a Python function: it takes up to six arguments that convert from Python, and returns what converts to it, or
/// a `Result` whose error becomes a `RuntimeError`.
pub trait IntoFunction<Arguments>: Send {
    /// The closure on Python's values.
    fn into_body(self) -> Body;
}

/// A Python function that calls a closure of Rust. The interpreter cannot be used inside of it: it is running.
///
/// ```
/// let python = pvm::Interpreter::new()?;
/// python.set("area", pvm::function("area", |width: f64, height: f64| width * height))?;
/// assert_eq!(python.eval::<f64>("area(2, 3.5)")?, 7.0);
/// # Ok::<(), pvm::Error>(())
/// ```
pub fn function<Arguments>(name: &str, body: impl IntoFunction<Arguments>) -> Function {
    Function { name: name.to_owned(), body: body.into_body() }
}

/// What a closure returns, or a `RuntimeError` with the error's text.
impl<T: ToPython, E: Display + Send> ToPython for Result<T, E> {
    fn to_python(self, vm: &mut Vm) -> PyResult<Value> {
        match self {
            Ok(value) => value.to_python(vm),
            Err(error) => Err(vm.runtime_error(format_args!("{error}"))),
        }
    }
}

macro_rules! closures {
    ($($count:literal: $($ty:ident $field:tt),*;)*) => {$(
        impl<Body_, R, $($ty),*> IntoFunction<($($ty,)*)> for Body_
        where
            Body_: Fn($($ty),*) -> R + Send + 'static,
            R: ToPython,
            $($ty: FromPython,)*
        {
            fn into_body(self) -> Body {
                Box::new(move |vm, args| {
                    if args.len() != $count {
                        let given = args.len();
                        return Err(vm.type_error(format_args!("the function takes {} arguments ({given} given)", $count)));
                    }
                    $(#[allow(non_snake_case)] let $ty = $ty::from_python(&args[$field], vm)?;)*
                    self($($ty),*).to_python(vm)
                })
            }
        }
    )*};
}

closures! {
    0: ;
    1: A 0;
    2: A 0, B 1;
    3: A 0, B 1, C 2;
    4: A 0, B 1, C 2, D 3;
    5: A 0, B 1, C 2, D 3, E 4;
    6: A 0, B 1, C 2, D 3, E 4, F 5;
}

/// A function of the Rust program that this interpreter is part of.
#[pyclass(name = "HostFunction", module = "pvm", no_export, final)]
pub(crate) struct HostFunction {
    name: String,
    body: Foreign<Body>,
}

#[pymethods]
impl HostFunction {
    fn __call__(&self, vm: &mut Vm, args: Args<'_>) -> PyResult {
        if args.has_keywords() {
            return Err(vm.type_error(format_args!("{}() takes no keyword arguments", self.name)));
        }
        let values: Vec<Value> = args.iter().map(|value| value.to_owned()).collect();
        (self.body)(vm, &values)
    }

    #[getter]
    fn __name__(&self) -> String {
        self.name.clone()
    }

    fn __repr__(&self) -> String {
        format!("<host function {}>", self.name)
    }
}

impl ToPython for Function {
    fn to_python(self, vm: &mut Vm) -> PyResult<Value> {
        Ok(vm.alloc(HostFunction { name: self.name, body: Foreign(self.body) }).into())
    }
}
