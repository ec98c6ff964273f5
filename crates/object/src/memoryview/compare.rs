//! Equality and hash of memoryviews.

use pvm_macros::pymethods;

use super::MemoryView;
use super::items::NativeFormat;
use crate::Vm;
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::exceptions;
use crate::ops::CompareOp;
use crate::tuple::Tuple;

/// What reads the items of one side: the machine itself, or `struct.Struct.unpack`.
enum Unpacker {
    Native(NativeFormat),
    Struct(Value),
}

impl Unpacker {
    /// The unpacker by the `struct` module.
    fn by_struct(view: &MemoryView, vm: &mut Vm) -> PyResult<Unpacker> {
        let name = vm.intern("Struct");
        let class = vm.import_attr("struct", &name)?;
        let format = vm.try_str(&view.layout.format)?;
        let made = vm.call(&class, &[format.into()])?;
        let unpack = vm.intern("unpack");
        Ok(Unpacker::Struct(vm.getattr(&made, &unpack)?))
    }

    fn item(&self, view: &MemoryView, offset: usize, vm: &mut Vm) -> PyResult {
        match self {
            Unpacker::Native(format) => view.item_at(offset, *format, vm),
            Unpacker::Struct(unpack) => {
                let buffer = view.buffer(vm)?;
                let copy = buffer.view.block(vm)[offset..offset + view.layout.item_size].to_vec();
                let bytes = vm.new_bytes(&copy)?;
                let result = vm.call(unpack, &[bytes.into()])?;
                match result.downcast::<Tuple>().map(Object::<Tuple>::as_slice) {
                    Some([only]) => Ok(only.clone()),
                    _ => Ok(result),
                }
            }
        }
    }
}

/// Whether items of the two views are equal, one by one.
fn same_items(left: &MemoryView, right: &MemoryView, vm: &mut Vm) -> PyResult<bool> {
    if left.layout.shape != right.layout.shape {
        return Ok(false);
    }
    let natives = NativeFormat::of(&left.layout.format).zip(NativeFormat::of(&right.layout.format));
    let (left_unpacker, right_unpacker) = match natives {
        Some((a, b)) if a.letter == b.letter => {
            if a.compares_bytes() {
                return Ok(left.gathered(vm)? == right.gathered(vm)?);
            }
            (Unpacker::Native(a), Unpacker::Native(b))
        }
        _ => {
            // Formats that `struct` does not know make the views unequal.
            let unpackers = Unpacker::by_struct(left, vm).and_then(|a| Ok((a, Unpacker::by_struct(right, vm)?)));
            match unpackers {
                Ok(pair) => pair,
                Err(raised) if vm.pending_is(exceptions::IMPORT_ERROR.get()) || vm.pending_is(exceptions::MEMORY_ERROR.get()) => {
                    return Err(raised);
                }
                Err(_) => {
                    drop(vm.take_pending());
                    return Ok(false);
                }
            }
        }
    };
    let offsets = left.layout.offsets().zip(right.layout.offsets());
    for (left_offset, right_offset) in offsets {
        let a = left_unpacker.item(left, left_offset, vm)?;
        let b = right_unpacker.item(right, right_offset, vm)?;
        // Not by identity first: a NaN differs from itself.
        let equal = vm.rich_compare(&a, &b, CompareOp::Eq)?;
        if !vm.truth(&equal)? {
            return Ok(false);
        }
    }
    Ok(true)
}

#[pymethods(part = compare)]
impl MemoryView {
    #[slot(richcompare)]
    fn richcompare(this: &Object<Self>, other: &Value, op: CompareOp, vm: &mut Vm) -> PyResult {
        if !matches!(op, CompareOp::Eq | CompareOp::Ne) {
            return Ok(Value::not_implemented());
        }
        let answer = |equal: bool| Ok(Value::from_bool(equal == (op == CompareOp::Eq)));
        if this.buffer.borrow(vm).is_none() {
            return answer(this.as_value().is(other));
        }
        let right: Ref<MemoryView> = match other.downcast::<MemoryView>() {
            Some(other) if other.buffer.borrow(vm).is_none() => return answer(false),
            Some(other) => other.to_ref(),
            None if !vm.has_buffer(other) => return Ok(Value::not_implemented()),
            None => match vm.memoryview(other) {
                Ok(view) => view,
                Err(_) => {
                    drop(vm.take_pending());
                    return Ok(Value::not_implemented());
                }
            },
        };
        let equal = same_items(this, &right, vm)?;
        answer(equal)
    }

    fn __hash__(&self, vm: &mut Vm) -> PyResult<i64> {
        if let Some(hash) = self.hash.get() {
            return Ok(hash);
        }
        let buffer = self.buffer(vm)?;
        if !self.is_readonly {
            return Err(vm.value_error(format_args!("cannot hash writable memoryview object")));
        }
        if !NativeFormat::of(&self.layout.format).is_some_and(NativeFormat::is_byte) {
            return Err(vm.value_error(format_args!("memoryview: hashing is restricted to formats 'B', 'b' or 'c'")));
        }
        // The exporter must be hashable itself.
        self.held(vm, |vm| vm.hash(buffer.view.owner()))?;
        let bytes = self.gathered(vm)?;
        let hash = crate::hashing::hash_bytes(crate::hashing::process::secret(), &bytes);
        self.hash.set(Some(hash));
        Ok(hash)
    }
}
