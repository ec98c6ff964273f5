//! Values of Rust into Python and back: [`ToPython`], [`FromPython`], and [`Arguments`] for calls.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, Hash};

use pvm_object::arguments::Argument;
use pvm_object::convert::FromArg;
use pvm_object::dict::Dict;
use pvm_object::{PyResult, Value, Vm};

/// A Rust type that Python values convert to.
///
/// Numbers, `bool`, `String`, `char`; `Option` (for `None`); `Vec`, maps and tuples of such types; [`Bytes`](crate::Bytes);
/// [`Object`](crate::Object) for anything; `()` for what is not wanted.
pub trait FromPython: Sized + Send {
    /// Converts a value; raises `TypeError`, `OverflowError` or `ValueError` where it is no such thing.
    fn from_python(value: &Value, vm: &mut Vm) -> PyResult<Self>;
}

/// A Rust type that converts to a Python value.
pub trait ToPython: Send {
    /// Makes the value.
    fn to_python(self, vm: &mut Vm) -> PyResult<Value>;
}

/// The bytes of a `bytes` object, or of anything with a buffer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Bytes(pub Vec<u8>);

fn convert<T: for<'a> FromArg<'a>>(value: &Value, vm: &mut Vm) -> PyResult<T> {
    T::from_arg(value.borrowed(), Argument::operand("value"), vm)
}

macro_rules! from_argument {
    ($($ty:ty),*) => {$(
        impl FromPython for $ty {
            fn from_python(value: &Value, vm: &mut Vm) -> PyResult<$ty> {
                convert(value, vm)
            }
        }
    )*};
}

from_argument!(u8, i16, u16, i32, u32, i64, u64, isize, usize, f64, bool, String, char);

impl FromPython for f32 {
    fn from_python(value: &Value, vm: &mut Vm) -> PyResult<f32> {
        Ok(f64::from_python(value, vm)? as f32)
    }
}

impl FromPython for i8 {
    fn from_python(value: &Value, vm: &mut Vm) -> PyResult<i8> {
        let wide = i64::from_python(value, vm)?;
        i8::try_from(wide).map_err(|_| vm.overflow_error(format_args!("Python int too large to convert to an 8-bit int")))
    }
}

impl FromPython for () {
    fn from_python(_: &Value, _: &mut Vm) -> PyResult<()> {
        Ok(())
    }
}

impl FromPython for Bytes {
    fn from_python(value: &Value, vm: &mut Vm) -> PyResult<Bytes> {
        if value.ty().slots().buffer().is_none() {
            let kind = vm.type_name(value);
            return Err(vm.type_error(format_args!("a bytes-like object is required, not '{kind}'")));
        }
        vm.to_bytes(value).map(Bytes)
    }
}

impl<T: FromPython> FromPython for Option<T> {
    fn from_python(value: &Value, vm: &mut Vm) -> PyResult<Option<T>> {
        if value.is_none() { Ok(None) } else { T::from_python(value, vm).map(Some) }
    }
}

impl<T: FromPython> FromPython for Vec<T> {
    fn from_python(value: &Value, vm: &mut Vm) -> PyResult<Vec<T>> {
        let iterator = vm.iter(value)?;
        let mut items = Vec::new();
        while let Some(item) = vm.next(&iterator)? {
            items.push(T::from_python(&item, vm)?);
        }
        Ok(items)
    }
}

/// The entries of a dict, converted.
fn entries<K: FromPython, V: FromPython>(value: &Value, vm: &mut Vm) -> PyResult<Vec<(K, V)>> {
    let Some(dict) = value.downcast::<Dict>() else {
        let kind = vm.type_name(value);
        return Err(vm.type_error(format_args!("value must be dict, not {kind}")));
    };
    let found: Vec<(Value, Value)> = dict.entries(vm).map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
    found.iter().map(|(key, value)| Ok((K::from_python(key, vm)?, V::from_python(value, vm)?))).collect()
}

impl<K: FromPython + Eq + Hash, V: FromPython, S: BuildHasher + Default + Send> FromPython for HashMap<K, V, S> {
    fn from_python(value: &Value, vm: &mut Vm) -> PyResult<HashMap<K, V, S>> {
        Ok(entries(value, vm)?.into_iter().collect())
    }
}

impl<K: FromPython + Ord, V: FromPython> FromPython for BTreeMap<K, V> {
    fn from_python(value: &Value, vm: &mut Vm) -> PyResult<BTreeMap<K, V>> {
        Ok(entries(value, vm)?.into_iter().collect())
    }
}

macro_rules! to_int {
    ($($ty:ty),*) => {$(
        impl ToPython for $ty {
            fn to_python(self, vm: &mut Vm) -> PyResult<Value> {
                Ok(vm.int(i64::from(self)))
            }
        }
    )*};
}

to_int!(i8, u8, i16, u16, i32, u32, i64);

macro_rules! to_big_int {
    ($($ty:ty),*) => {$(
        impl ToPython for $ty {
            fn to_python(self, vm: &mut Vm) -> PyResult<Value> {
                Ok(match i64::try_from(self) {
                    Ok(small) => vm.int(small),
                    Err(_) => vm.big_int(self.into()),
                })
            }
        }
    )*};
}

to_big_int!(u64, usize, isize, i128, u128);

impl ToPython for f64 {
    fn to_python(self, vm: &mut Vm) -> PyResult<Value> {
        Ok(vm.float(self))
    }
}

impl ToPython for f32 {
    fn to_python(self, vm: &mut Vm) -> PyResult<Value> {
        Ok(vm.float(f64::from(self)))
    }
}

impl ToPython for bool {
    fn to_python(self, _: &mut Vm) -> PyResult<Value> {
        Ok(Value::from_bool(self))
    }
}

impl ToPython for () {
    fn to_python(self, _: &mut Vm) -> PyResult<Value> {
        Ok(Value::none())
    }
}

impl ToPython for &str {
    fn to_python(self, vm: &mut Vm) -> PyResult<Value> {
        Ok(vm.new_str(self).into())
    }
}

impl ToPython for String {
    fn to_python(self, vm: &mut Vm) -> PyResult<Value> {
        self.as_str().to_python(vm)
    }
}

impl ToPython for char {
    fn to_python(self, vm: &mut Vm) -> PyResult<Value> {
        self.encode_utf8(&mut [0; 4]).to_python(vm)
    }
}

impl ToPython for Bytes {
    fn to_python(self, vm: &mut Vm) -> PyResult<Value> {
        Ok(vm.new_bytes(&self.0)?.into())
    }
}

impl<T: ToPython> ToPython for Option<T> {
    fn to_python(self, vm: &mut Vm) -> PyResult<Value> {
        self.map_or(Ok(Value::none()), |value| value.to_python(vm))
    }
}

impl<T: ToPython> ToPython for Vec<T> {
    fn to_python(self, vm: &mut Vm) -> PyResult<Value> {
        let items: Vec<Value> = self.into_iter().map(|item| item.to_python(vm)).collect::<PyResult<_>>()?;
        Ok(vm.try_list(items)?.into())
    }
}

fn to_dict<K: ToPython, V: ToPython>(entries: impl IntoIterator<Item = (K, V)>, vm: &mut Vm) -> PyResult<Value> {
    let dict = vm.new_dict();
    for (key, value) in entries {
        let (key, value) = (key.to_python(vm)?, value.to_python(vm)?);
        dict.set(&key, value, vm)?;
    }
    Ok(dict.into())
}

impl<K: ToPython, V: ToPython, S: Send> ToPython for HashMap<K, V, S> {
    fn to_python(self, vm: &mut Vm) -> PyResult<Value> {
        to_dict(self, vm)
    }
}

impl<K: ToPython, V: ToPython> ToPython for BTreeMap<K, V> {
    fn to_python(self, vm: &mut Vm) -> PyResult<Value> {
        to_dict(self, vm)
    }
}

/// The arguments of a call: a tuple of values that convert to Python, `()` for none.
pub trait Arguments: Send {
    /// Makes the values.
    fn into_values(self, vm: &mut Vm) -> PyResult<Vec<Value>>;
}

impl Arguments for () {
    fn into_values(self, _: &mut Vm) -> PyResult<Vec<Value>> {
        Ok(Vec::new())
    }
}

macro_rules! tuples {
    ($($count:literal: $($ty:ident $field:tt),*;)*) => {$(
        impl<$($ty: ToPython),*> Arguments for ($($ty,)*) {
            fn into_values(self, vm: &mut Vm) -> PyResult<Vec<Value>> {
                Ok(vec![$(self.$field.to_python(vm)?),*])
            }
        }

        impl<$($ty: ToPython),*> ToPython for ($($ty,)*) {
            fn to_python(self, vm: &mut Vm) -> PyResult<Value> {
                let items = self.into_values(vm)?;
                Ok(vm.new_tuple(items).into())
            }
        }

        impl<$($ty: FromPython),*> FromPython for ($($ty,)*) {
            fn from_python(value: &Value, vm: &mut Vm) -> PyResult<($($ty,)*)> {
                let items = vm.collect_items(value)?.to_vec();
                if items.len() != $count {
                    let found = items.len();
                    return Err(vm.value_error(format_args!("expected {} items, not {found}", $count)));
                }
                Ok(($($ty::from_python(&items[$field], vm)?,)*))
            }
        }
    )*};
}

tuples! {
    1: A 0;
    2: A 0, B 1;
    3: A 0, B 1, C 2;
    4: A 0, B 1, C 2, D 3;
    5: A 0, B 1, C 2, D 3, E 4;
    6: A 0, B 1, C 2, D 3, E 4, F 5;
}
