//! The slots of `int`. Two numbers in the word are computed in the word; everything else goes to
//! [`crate::number::bigint`].

use pvm_macros::pymethods;

use super::Int;
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::number::NumberError;
use crate::number::bigint::{self, IntRef, arith, bits, compare, convert, power, true_div};
use crate::number::int_text;
use crate::ops::compare::CompareOp;
use crate::{Heap, Vm};

/// Results above this many bits are checked against the memory limit before they are computed.
const UNCHECKED_BITS: u64 = 1 << 20;

/// Both operands as numbers; `None` where one is no int.
#[inline(always)]
fn operands<'a>(left: &'a Value, right: &'a Value) -> Option<(IntRef<'a>, IntRef<'a>)> {
    Some((left.as_int_ref()?, right.as_int_ref()?))
}

/// Both operands, where they lie in the word.
#[inline(always)]
fn small(left: &Value, right: &Value) -> Option<(i64, i64)> {
    Some((left.as_small_int()?, right.as_small_int()?))
}

/// Refuses a result of this many bits where the interpreter's memory limit does not hold it.
fn check_room(heap: &mut Heap, bits: u64) -> PyResult<()> {
    if bits > UNCHECKED_BITS {
        let bytes = isize::try_from(bits / 8).unwrap_or(isize::MAX / 2);
        crate::heap::charge(bytes).map_err(|_| heap.memory_error())?;
        crate::heap::charge(-bytes).map_err(|_| heap.memory_error())?;
    }
    Ok(())
}

/// An operator of two ints that cannot fail.
macro_rules! total {
    ($heap:ident, $left:ident, $right:ident, $algorithm:path) => {
        Ok(match operands($left, $right) {
            Some((left, right)) => $heap.number($algorithm(left, right)),
            None => Value::not_implemented(),
        })
    };
}

/// An operator of two ints that can; it may take long, so waiting requests are served first.
macro_rules! partial {
    ($vm:ident, $left:ident, $right:ident, $algorithm:path) => {{
        let Some((left, right)) = operands($left, $right) else {
            return Ok(Value::not_implemented());
        };
        poll_for(left, right, $vm)?;
        match $algorithm(left, right) {
            Ok(result) => Ok($vm.number(result)),
            Err(error) => Err($vm.number_error(error)),
        }
    }};
}

/// Serves requests before a product or quotient of big numbers.
fn poll_for(left: IntRef<'_>, right: IntRef<'_>, vm: &mut Vm) -> PyResult<()> {
    if let (IntRef::Big(_), IntRef::Big(_)) = (left, right) {
        let work = arith::mul_work(left.bit_length(), right.bit_length());
        vm.poll(usize::try_from(work).unwrap_or(usize::MAX))?;
    }
    Ok(())
}

#[pymethods]
impl Int {
    fn __repr__(this: &Value, heap: &mut Heap) -> PyResult {
        let number = this.as_int_ref().expect("the slot belongs to ints");
        if let IntRef::Small(small) = number {
            return Ok(heap.small_int_text(small).into());
        }
        match int_text::to_decimal(number, heap.int_max_str_digits()) {
            Ok(text) => Ok(heap.try_str(&text)?.into()),
            Err(error) => Err(heap.number_error(error)),
        }
    }

    fn __hash__(this: &Value) -> i64 {
        match this.as_int_ref().expect("the slot belongs to ints") {
            IntRef::Small(small) => crate::hashing::hash_small_int(small),
            big => crate::hashing::hash_int(big),
        }
    }

    fn __bool__(this: &Value) -> bool {
        !this.as_int_ref().expect("the slot belongs to ints").is_zero()
    }

    fn __richcompare__(this: &Value, other: &Value, op: CompareOp) -> Value {
        if let Some((left, right)) = small(this, other) {
            return Value::from_bool(op.holds(left.cmp(&right)));
        }
        match operands(this, other) {
            Some((left, right)) => Value::from_bool(op.holds(compare::cmp(left, right))),
            None => Value::not_implemented(),
        }
    }

    fn __add__(heap: &mut Heap, left: &Value, right: &Value) -> PyResult {
        if let Some((left, right)) = small(left, right) {
            return Ok(heap.int(left + right));
        }
        total!(heap, left, right, arith::add)
    }

    fn __sub__(heap: &mut Heap, left: &Value, right: &Value) -> PyResult {
        if let Some((left, right)) = small(left, right) {
            return Ok(heap.int(left - right));
        }
        total!(heap, left, right, arith::sub)
    }

    fn __mul__(vm: &mut Vm, left: &Value, right: &Value) -> PyResult {
        if let Some((left, right)) = small(left, right)
            && let Some(product) = left.checked_mul(right)
        {
            return Ok(vm.int(product));
        }
        if let Some((IntRef::Big(left), IntRef::Big(right))) = operands(left, right) {
            check_room(vm, IntRef::Big(left).bit_length() + IntRef::Big(right).bit_length())?;
        }
        partial!(vm, left, right, arith::mul)
    }

    fn __floordiv__(vm: &mut Vm, left: &Value, right: &Value) -> PyResult {
        if let Some((left, right)) = small(left, right)
            && let Some(quotient) = arith::floor_div_small(left, right)
        {
            return Ok(vm.int(quotient));
        }
        partial!(vm, left, right, arith::floor_div)
    }

    fn __mod__(vm: &mut Vm, left: &Value, right: &Value) -> PyResult {
        if let Some((left, right)) = small(left, right)
            && let Some(remainder) = arith::modulo_small(left, right)
        {
            return Ok(vm.int(remainder));
        }
        partial!(vm, left, right, arith::modulo)
    }

    fn __divmod__(vm: &mut Vm, left: &Value, right: &Value) -> PyResult {
        let Some((left, right)) = operands(left, right) else {
            return Ok(Value::not_implemented());
        };
        poll_for(left, right, vm)?;
        match arith::div_mod(left, right) {
            Ok((quotient, remainder)) => {
                let items = [vm.number(quotient), vm.number(remainder)];
                Ok(vm.try_tuple(items)?.into())
            }
            Err(error) => Err(vm.number_error(error)),
        }
    }

    fn __truediv__(vm: &mut Vm, left: &Value, right: &Value) -> PyResult {
        let Some((left, right)) = operands(left, right) else {
            return Ok(Value::not_implemented());
        };
        match true_div::true_div(left, right) {
            Ok(quotient) => Ok(vm.float(quotient)),
            Err(error) => Err(vm.number_error(error)),
        }
    }

    fn __pow__(vm: &mut Vm, base: &Value, exponent: &Value, modulus: &Value) -> PyResult {
        let Some((base, exponent)) = operands(base, exponent) else {
            return Ok(Value::not_implemented());
        };
        if modulus.is_none() {
            return pow(vm, base, exponent);
        }
        let Some(modulus) = modulus.as_int_ref() else {
            return Ok(Value::not_implemented());
        };
        let result = power::pow_mod(base, exponent, modulus, &mut |work| vm.poll(work as usize).is_ok());
        match result {
            Ok(result) => Ok(vm.number(result)),
            Err(error) => Err(vm.number_error(error)),
        }
    }

    fn __lshift__(vm: &mut Vm, left: &Value, right: &Value) -> PyResult {
        if let Some((left, right @ 0..=62)) = small(left, right) {
            return Ok(match (left << right) >> right == left {
                true => vm.int(left << right),
                false => vm.number(bigint::Int::from(i128::from(left) << right)),
            });
        }
        if let Some((left, IntRef::Small(count @ 0..))) = operands(left, right)
            && !left.is_zero()
        {
            check_room(vm, left.bit_length().saturating_add(count as u64))?;
        }
        partial!(vm, left, right, bits::shift_left)
    }

    fn __rshift__(vm: &mut Vm, left: &Value, right: &Value) -> PyResult {
        if let Some((left, right @ 0..)) = small(left, right) {
            return Ok(vm.int(left >> right.min(63)));
        }
        partial!(vm, left, right, bits::shift_right)
    }

    fn __and__(heap: &mut Heap, left: &Value, right: &Value) -> PyResult {
        total!(heap, left, right, bits::and)
    }

    fn __or__(heap: &mut Heap, left: &Value, right: &Value) -> PyResult {
        total!(heap, left, right, bits::or)
    }

    fn __xor__(heap: &mut Heap, left: &Value, right: &Value) -> PyResult {
        total!(heap, left, right, bits::xor)
    }

    fn __neg__(this: &Value, heap: &mut Heap) -> Value {
        heap.number(arith::neg(this.as_int_ref().expect("the slot belongs to ints")))
    }

    fn __pos__(this: &Value, heap: &mut Heap) -> Value {
        heap.plain_int(this)
    }

    fn __abs__(this: &Value, heap: &mut Heap) -> Value {
        let number = this.as_int_ref().expect("the slot belongs to ints");
        if number.is_negative() { heap.number(arith::neg(number)) } else { heap.plain_int(this) }
    }

    fn __invert__(this: &Value, heap: &mut Heap) -> Value {
        heap.number(bits::invert(this.as_int_ref().expect("the slot belongs to ints")))
    }

    fn __int__(this: &Value, heap: &mut Heap) -> Value {
        heap.plain_int(this)
    }

    fn __index__(this: &Value, heap: &mut Heap) -> Value {
        heap.plain_int(this)
    }

    fn __float__(this: &Value, heap: &mut Heap) -> PyResult {
        match convert::to_f64(this.as_int_ref().expect("the slot belongs to ints")) {
            Ok(float) => Ok(heap.float(float)),
            Err(error) => Err(heap.number_error(error)),
        }
    }
}

/// `base ** exponent`; a float for a negative exponent.
fn pow(vm: &mut Vm, base: IntRef<'_>, exponent: IntRef<'_>) -> PyResult {
    if exponent.is_negative() {
        return match power::pow_negative(base, exponent) {
            Ok(float) => Ok(vm.float(float)),
            Err(error) => Err(vm.number_error(error)),
        };
    }
    // Powers of 0, 1 and -1 stay small.
    if base.bit_length() > 1
        && let Some(exponent) = exponent.to_u64()
    {
        check_room(vm, (base.bit_length() - 1).saturating_mul(exponent))?;
    }
    match power::pow(base, exponent, &mut |work| vm.poll(work as usize).is_ok()) {
        Ok(result) => Ok(vm.number(result)),
        Err(error) => Err(vm.number_error(error)),
    }
}

impl Heap {
    /// The number as an exact `int` (`_PyLong_Copy`): itself where it is one.
    ///
    /// # Panics
    /// For a value that is no int.
    pub fn plain_int(&mut self, value: &Value) -> Value {
        if value.is_exact_int() {
            return value.clone();
        }
        self.number(value.as_int_ref().expect("a value that was found to be an int").to_int())
    }

    /// The decimal text of a small int.
    pub fn small_int_text(&mut self, value: i64) -> crate::Ref<crate::str::Str> {
        let mut digits = [0; 20];
        let mut start = digits.len();
        let mut rest = value.unsigned_abs();
        loop {
            start -= 1;
            digits[start] = b'0' + (rest % 10) as u8;
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        if value < 0 {
            start -= 1;
            digits[start] = b'-';
        }
        let text = crate::text::TextView::Ascii(&digits[start..]);
        self.try_str_from_view(text).expect("twenty characters fit")
    }

    /// Raises the exception that a numeric algorithm asks for.
    #[cold]
    pub fn number_error(&mut self, error: NumberError) -> crate::Raised {
        match error {
            NumberError::ZeroDivision(text) => self.zero_division_error(format_args!("{text}")),
            NumberError::Overflow(text) => self.overflow_error(format_args!("{text}")),
            NumberError::Value(text) => self.value_error(format_args!("{text}")),
            NumberError::Type(text) => self.type_error(format_args!("{text}")),
            NumberError::Memory => self.memory_error(),
            NumberError::OutOfRange => {
                let text = self.new_str("Numerical result out of range");
                let exception = self.new_exception(&crate::exceptions::OVERFLOW_ERROR, vec![Value::from_i32(34), text.into()]);
                self.raise(exception)
            }
            NumberError::Interrupted => self.raised(),
            NumberError::Stopped => self.told_to_stop(),
        }
    }
}
