//! `complex`: the object, its slots and methods. `construct` has `complex(…)`; the algorithms are in
//! [`crate::number::complex`].

mod construct;
mod operators;
#[cfg(test)]
mod tests;

use pvm_macros::{pyclass, pymethods};

use crate::core::object::Object;
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::number::complex;
use crate::number::format_spec::{self, Defaults, LocaleNumbers};
use crate::str::Str;
use crate::text::TextBuilder;
use crate::types::{PyClass, Type};
use crate::{Heap, Ref, Vm};

/// complex(real=0, imag=0)
/// --
///
/// Create a complex number from a string or numbers.
///
/// A string is read as a complex number, a single number converted to one.
/// With 'real' or 'imag' given, they are its components.
#[pyclass(name = "complex", match_self, parts(operators, construct))]
pub struct Complex {
    #[trace(skip)]
    value: complex::Complex,
}

impl Complex {
    /// The number.
    #[inline(always)]
    pub fn value(&self) -> complex::Complex {
        self.value
    }
}

impl Value {
    /// The number of a complex number or of an instance of a subclass.
    #[inline]
    pub fn as_complex(&self) -> Option<complex::Complex> {
        self.downcast::<Complex>().map(|number| number.value)
    }
}

impl Heap {
    /// A complex number.
    pub fn complex(&mut self, value: complex::Complex) -> Value {
        self.alloc(Complex { value }).into()
    }

    /// An instance of `class`, `complex` or a subclass.
    pub fn complex_of_class(&mut self, class: &Object<Type>, value: complex::Complex) -> Value {
        self.alloc_as(class, Complex { value }).into()
    }
}

#[pymethods]
impl Complex {
    /// Return the complex conjugate of its argument. (3-4j).conjugate() == 3+4j.
    fn conjugate(&self, heap: &mut Heap) -> Value {
        heap.complex(complex::Complex::new(self.value.re, -self.value.im))
    }

    /// Convert this value to exact type complex.
    fn __complex__(this: &Object<Self>, heap: &mut Heap) -> Value {
        if std::ptr::eq(this.ty(), Complex::type_object()) { this.to_value() } else { heap.complex(this.value) }
    }

    fn __getnewargs__(&self) -> (f64, f64) {
        (self.value.re, self.value.im)
    }

    /// Convert to a string according to format_spec.
    fn __format__(this: &Object<Self>, vm: &mut Vm, format_spec: &Object<Str>) -> PyResult<Ref<Str>> {
        if format_spec.is_empty() {
            return vm.str(&this.as_value());
        }
        let kind = this.ty().name();
        let mut out = TextBuilder::new();
        let written = format_spec::parse(format_spec.view(), kind, Defaults::FLOAT)
            .and_then(|spec| format_spec::format_complex(&mut out, this.value, &spec, kind, &LocaleNumbers::C));
        match written {
            Ok(()) => Ok(vm.str_from_builder(out)?),
            Err(error) => Err(vm.number_error(error)),
        }
    }

    /// the real part of a complex number
    #[member]
    fn real(&self) -> f64 {
        self.value.re
    }

    /// the imaginary part of a complex number
    #[member]
    fn imag(&self) -> f64 {
        self.value.im
    }
}
