//! Functions on numbers and characters.

use pvm_macros::pymodule;

#[pymodule(name = "builtins")]
mod functions {
    use pvm_macros::pyfunction;
    use pvm_object::int::IntView;
    use pvm_object::str::Str;
    use pvm_object::{PyResult, Value, Vm, names};

    /// Return the absolute value of the argument.
    #[pyfunction]
    #[signature = "(x, /)"]
    fn abs(vm: &mut Vm, x: &Value) -> PyResult {
        vm.absolute(x)
    }

    /// Return the tuple (x//y, x%y).  Invariant: div*y + mod == x.
    #[pyfunction]
    fn divmod(vm: &mut Vm, x: &Value, y: &Value) -> PyResult {
        vm.divmod(x, y)
    }

    /// Equivalent to base**exp with 2 arguments or base**exp % mod with 3 arguments.
    ///
    /// Some types, such as ints, are able to use a more efficient algorithm when
    /// invoked using the three argument form.
    #[pyfunction]
    #[signature = "(base, exp, mod=None)"]
    fn pow(vm: &mut Vm, base: &Value, exp: &Value, r#mod: Option<&Value>) -> PyResult {
        let none = Value::none();
        vm.power(base, exp, r#mod.unwrap_or(&none))
    }

    /// Round a number to a given precision in decimal digits.
    ///
    /// The return value is an integer if ndigits is omitted or None.  Otherwise
    /// the return value has the same type as the number.  ndigits may be negative.
    #[pyfunction]
    #[signature = "(number, ndigits=None)"]
    fn round(vm: &mut Vm, number: &Value, ndigits: Option<&Value>) -> PyResult {
        let args: Vec<Value> = ndigits.into_iter().cloned().collect();
        match vm.call_special(number, &names::__round__, &args)? {
            Some(result) => Ok(result),
            None => {
                let kind = vm.type_name(number);
                Err(vm.type_error(format_args!("type {kind} doesn't define __round__ method")))
            }
        }
    }

    fn in_base(vm: &mut Vm, number: &Value, spec: &str) -> PyResult {
        let index = vm.index(number)?;
        // The number itself, whatever a subclass makes of formatting.
        let plain = match index.as_int() {
            Some(IntView::Small(small)) => vm.int(small),
            Some(IntView::Big(big)) => {
                let big = big.clone();
                vm.big_int(big)
            }
            None => index,
        };
        let spec = vm.new_str(spec);
        Ok(vm.format(&plain, &spec)?.into())
    }

    /// Return the binary representation of an integer.
    ///
    ///    >>> bin(2796202)
    ///    '0b1010101010101010101010'
    #[pyfunction]
    #[signature = "(number, /)"]
    fn bin(vm: &mut Vm, number: &Value) -> PyResult {
        in_base(vm, number, "#b")
    }

    /// Return the octal representation of an integer.
    ///
    ///    >>> oct(342391)
    ///    '0o1234567'
    #[pyfunction]
    #[signature = "(number, /)"]
    fn oct(vm: &mut Vm, number: &Value) -> PyResult {
        in_base(vm, number, "#o")
    }

    /// Return the hexadecimal representation of an integer.
    ///
    ///    >>> hex(12648430)
    ///    '0xc0ffee'
    #[pyfunction]
    #[signature = "(number, /)"]
    fn hex(vm: &mut Vm, number: &Value) -> PyResult {
        in_base(vm, number, "#x")
    }

    /// Return a Unicode string of one character with ordinal i; 0 <= i <= 0x10ffff.
    #[pyfunction]
    fn chr(vm: &mut Vm, i: &Value) -> PyResult {
        let point = vm.index(i)?;
        match point.as_int() {
            Some(IntView::Small(point @ 0..=0x10_FFFF)) => Ok(vm.str_of_char(point as u32)?.into()),
            _ => Err(vm.value_error(format_args!("chr() arg not in range(0x110000)"))),
        }
    }

    /// Return the ordinal value of a character.
    ///
    /// If the argument is a one-character string, return the Unicode code
    /// point of that character.
    ///
    /// If the argument is a bytes or bytearray object of length 1, return its
    /// single byte value.
    #[pyfunction]
    #[signature = "(character, /)"]
    fn ord(vm: &mut Vm, character: &Value) -> PyResult<i64> {
        let len = if let Some(string) = character.downcast::<Str>() {
            if string.len() == 1 {
                return Ok(i64::from(string.view().get(0)));
            }
            string.len()
        } else if let Some(bytes) = vm.bytes_of(character)? {
            if bytes.len() == 1 {
                return Ok(i64::from(bytes[0]));
            }
            bytes.len()
        } else {
            let kind = vm.type_name(character);
            return Err(vm.type_error(format_args!("ord() expected string of length 1, but {kind} found")));
        };
        Err(vm.type_error(format_args!("ord() expected a character, but string of length {len} found")))
    }
}

pub(super) use functions::MODULE;
