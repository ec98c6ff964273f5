//! `_random`: the generator behind `random.Random`. `twister` is the Mersenne twister itself.

mod twister;

use pvm_macros::{pyclass, pymethods, pymodule};
use pvm_object::number::bigint::bytes::{ByteOrder, from_bytes};
use pvm_object::number::bigint::{Int, arith};
use pvm_object::tuple::Tuple;
use pvm_object::{Args, Foreign, Heap, HeapCell, Object, PyResult, Ref, Type, Value, Vm};

use twister::{STATE_WORDS, Twister};

#[pymodule(name = "_random")]
pub mod native {
    //! Module implements the Mersenne Twister random number generator.

    #[export]
    use super::Random;
}

/// Random() -> create a random number generator with its own internal state.
#[pyclass(name = "Random", module = "_random")]
pub struct Random {
    twister: HeapCell<Foreign<Box<Twister>>>,
}

impl Random {
    fn next(&self, heap: &mut Heap) -> u32 {
        self.twister.borrow_mut(heap).next()
    }

    fn set(&self, twister: Twister, heap: &mut Heap) {
        self.twister.set(Foreign(Box::new(twister)), heap);
    }

    fn seed_with(&self, vm: &mut Vm, seed: Option<&Value>) -> PyResult<()> {
        let key = match seed {
            None => system_key(vm)?,
            Some(seed) => value_key(vm, seed)?,
        };
        self.set(Twister::from_key(&key), vm);
        Ok(())
    }
}

/// A key from the system's source of randomness.
fn system_key(vm: &mut Vm) -> PyResult<Vec<u32>> {
    let mut bytes = vec![0; 4 * STATE_WORDS];
    let mut filled = 0;
    while filled < bytes.len() {
        let got =
            crate::system::call(vm, || rustix::rand::getrandom(&mut bytes[filled..], rustix::rand::GetRandomFlags::empty()))?;
        filled += got;
    }
    Ok(bytes.chunks_exact(4).map(|word| u32::from_ne_bytes([word[0], word[1], word[2], word[3]])).collect())
}

/// The magnitude of an int, or another object's hash without sign, in words of 32 bits, the lowest first.
fn value_key(vm: &mut Vm, seed: &Value) -> PyResult<Vec<u32>> {
    let number = match seed.as_int_ref() {
        Some(number) if seed.is_exact_int() => arith::abs(number),
        Some(_) => {
            let magnitude = vm.absolute(seed)?;
            match magnitude.as_int_ref() {
                Some(number) => number.to_int(),
                None => return Err(vm.type_error(format_args!("an integer is required"))),
            }
        }
        None => Int::from(vm.hash(seed)? as u64),
    };
    let number = number.into_big();
    let mut key: Vec<u32> = number.as_sign_words().1.iter().flat_map(|&word| [word as u32, (word >> 32) as u32]).collect();
    while key.len() > 1 && key.last() == Some(&0) {
        key.pop();
    }
    if key.is_empty() {
        key.push(0);
    }
    Ok(key)
}

#[pymethods]
impl Random {
    #[new]
    #[text_signature = ""]
    fn new(cls: &Object<Type>, heap: &mut Heap, _args: Args<'_>) -> Ref<Random> {
        let twister = HeapCell::new(Foreign(Box::new(Twister::unseeded())));
        heap.alloc_as(cls, Random { twister })
    }

    #[signature = "(n=None, /)"]
    fn __init__(&self, vm: &mut Vm, n: Option<&Value>) -> PyResult<()> {
        self.seed_with(vm, n)
    }

    /// random() -> x in the interval [0, 1).
    fn random(&self, heap: &mut Heap) -> f64 {
        let (high, low) = (self.next(heap) >> 5, self.next(heap) >> 6);
        (f64::from(high) * 67_108_864.0 + f64::from(low)) * (1.0 / 9_007_199_254_740_992.0)
    }

    /// seed([n]) -> None.
    ///
    /// Without an argument the system's source of randomness gives the seed.
    #[signature = "(n=None, /)"]
    fn seed(&self, vm: &mut Vm, n: Option<&Value>) -> PyResult<()> {
        self.seed_with(vm, n)
    }

    /// getstate() -> tuple containing the current state.
    fn getstate(&self, heap: &mut Heap) -> PyResult<Ref<Tuple>> {
        let (words, index) = self.twister.borrow(heap).state();
        let mut items: Vec<Value> = words.iter().map(|&word| heap.int(i64::from(word))).collect();
        items.push(heap.int(index as i64));
        Ok(heap.try_tuple(items)?)
    }

    /// setstate(state) -> None.  Restores generator state.
    fn setstate(&self, vm: &mut Vm, state: &Value) -> PyResult<()> {
        let Some(state) = state.downcast::<Tuple>() else {
            return Err(vm.type_error(format_args!("state vector must be a tuple")));
        };
        let Some((index, items)) = state.as_slice().split_last().filter(|(_, items)| items.len() == STATE_WORDS) else {
            return Err(vm.value_error(format_args!("state vector is the wrong size")));
        };
        let mut words = [0; STATE_WORDS];
        for (word, item) in words.iter_mut().zip(items) {
            let Some(number) = item.as_int_ref() else {
                return Err(vm.type_error(format_args!("an integer is required")));
            };
            if number.is_negative() {
                return Err(vm.overflow_error(format_args!("can't convert negative value to unsigned int")));
            }
            let Some(number) = number.to_u64() else {
                return Err(vm.overflow_error(format_args!("Python int too large to convert to C unsigned long")));
            };
            *word = match u32::try_from(number) {
                Ok(number) => number,
                Err(_) => return Err(vm.value_error(format_args!("invalid state"))),
            };
        }
        let index = vm.index(index)?;
        let Some(index) = index.as_int_ref().and_then(|index| index.to_i64()) else {
            return Err(vm.overflow_error(format_args!("Python int too large to convert to C long")));
        };
        match usize::try_from(index).ok().filter(|&index| index <= STATE_WORDS) {
            Some(index) => {
                self.set(Twister::from_state(words, index), vm);
                Ok(())
            }
            None => Err(vm.value_error(format_args!("invalid state"))),
        }
    }

    /// getrandbits(k) -> x.  Generates an int with k random bits.
    fn getrandbits(&self, vm: &mut Vm, k: &Value) -> PyResult<Int> {
        let k = vm.index(k)?;
        let number = k.as_int_ref().expect("an index is an int");
        if number.is_negative() {
            return Err(vm.value_error(format_args!("Cannot convert negative int")));
        }
        let Some(bits) = number.to_u64() else {
            return Err(vm.overflow_error(format_args!("Python int too large for C uint64_t")));
        };
        match bits {
            0 => Ok(Int::ZERO),
            1..=32 => Ok(Int::from(i64::from(self.next(vm) >> (32 - bits)))),
            _ => self.many_bits(vm, bits),
        }
    }
}

impl Random {
    fn many_bits(&self, vm: &mut Vm, bits: u64) -> PyResult<Int> {
        let words = (bits - 1) / 32 + 1;
        let mut bytes = Vec::new();
        match usize::try_from(words).ok().and_then(|words| words.checked_mul(4)) {
            Some(length) if bytes.try_reserve_exact(length).is_ok() => {}
            _ => return Err(vm.memory_error()),
        }
        let mut left = bits;
        while left > 0 {
            let word = self.next(vm);
            let word = if left < 32 { word >> (32 - left) } else { word };
            bytes.extend_from_slice(&word.to_le_bytes());
            left = left.saturating_sub(32);
            vm.poll(1)?;
        }
        Ok(from_bytes(&bytes, ByteOrder::Little, false))
    }
}
