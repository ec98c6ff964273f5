//! `Struct`, and the compiled formats that the module's functions keep.

use pvm_macros::{pyclass, pymethods};
use pvm_object::bytes::Bytes;
use pvm_object::dict::Dict;
use pvm_object::str::Str;
use pvm_object::tuple::Tuple;
use pvm_object::{Args, Foreign, Heap, HeapCell, HeapVec, Object, PyResult, Ref, Type, Value, Vm};

use super::iterator::UnpackIterator;
use super::layout::Layout;
use super::{error, pack, unpack};

/// A layout as an object, so that structs, iterators and the cache can share it.
#[pyclass(name = "_layout", module = "_struct", no_export, final)]
pub struct CompiledLayout {
    layout: Foreign<Layout>,
}

impl std::ops::Deref for CompiledLayout {
    type Target = Layout;

    fn deref(&self) -> &Layout {
        &self.layout
    }
}

/// Layouts by format.
#[pyclass(name = "_cache", module = "_struct", no_export, final)]
struct Cache {
    layouts: Ref<Dict>,
    /// Formats as objects, by their address, and the layout of each behind it.
    recent: HeapCell<HeapVec<Value>>,
}

/// So many formats are kept.
const CACHED: usize = 100;
/// So many of them are found by address.
const RECENT: usize = 8;

fn cache(heap: &mut Heap) -> Ref<Cache> {
    heap.module_state(|heap| Cache { layouts: heap.new_dict(), recent: HeapCell::new(HeapVec::new()) })
}

/// Where a format's object is among the recent ones.
fn place(format: &Value) -> usize {
    2 * ((format.bits() >> 4) as usize % RECENT)
}

impl Cache {
    fn recent(&self, format: &Value, heap: &Heap) -> Option<Ref<CompiledLayout>> {
        let known = self.recent.borrow(heap).get(place(format)..place(format) + 2)?;
        if !known[0].is(format) {
            return None;
        }
        known[1].downcast::<CompiledLayout>().map(Object::to_ref)
    }

    fn remember(&self, format: &Value, layout: &Ref<CompiledLayout>, heap: &mut Heap) -> PyResult<()> {
        let recent = self.recent.borrow_mut(heap);
        while recent.len() < 2 * RECENT {
            recent.push(Value::none())?;
        }
        let place = place(format);
        let old = (
            std::mem::replace(&mut recent[place], format.clone()),
            std::mem::replace(&mut recent[place + 1], layout.clone().into()),
        );
        drop(old);
        Ok(())
    }
}

/// Forgets the formats that are kept.
pub fn clear(heap: &mut Heap) {
    let cache = cache(heap);
    drop(cache.recent.replace(HeapVec::new(), heap));
    cache.layouts.clear(heap);
}

/// The layout of a format, which is kept.
pub fn compiled(vm: &mut Vm, format: &Value) -> PyResult<Ref<CompiledLayout>> {
    let cacheable = format.downcast_exact::<Str>().is_some() || format.downcast_exact::<Bytes>().is_some();
    if !cacheable {
        return compile(vm, format).map(|(_, layout)| layout);
    }
    let cache = cache(vm);
    if let Some(layout) = cache.recent(format, vm) {
        return Ok(layout);
    }
    let known = &cache.layouts;
    // Bytes are no keys: to compare them with text may be an error (`-bb`).
    let key: Value = text_of(vm, format)?.into();
    if let Some(layout) = known.get(&key, vm)?.and_then(|layout| layout.downcast_into::<CompiledLayout>().ok()) {
        cache.remember(format, &layout, vm)?;
        return Ok(layout);
    }
    let (_, layout) = compile(vm, format)?;
    if known.len(vm) >= CACHED {
        known.clear(vm);
    }
    known.set(&key, layout.clone().into(), vm)?;
    Ok(layout)
}

/// A format as text.
fn text_of(vm: &mut Vm, format: &Value) -> PyResult<Ref<Str>> {
    match (format.downcast::<Str>(), format.downcast::<Bytes>()) {
        (Some(text), _) => Ok(text.to_ref()),
        // Bytes beyond ASCII become surrogates, which are refused as text is.
        (None, Some(bytes)) => {
            let escaped = |&byte: &u8| {
                if byte < 0x80 { u32::from(byte) } else { 0xdc00 + u32::from(byte) }
            };
            Ok(vm.str_from_code_points(bytes.as_slice().iter().map(escaped))?)
        }
        (None, None) => {
            let kind = vm.type_name(format);
            Err(vm.type_error(format_args!("Struct() argument 1 must be a str or bytes object, not {kind}")))
        }
    }
}

/// A format as text, and its layout.
fn compile(vm: &mut Vm, format: &Value) -> PyResult<(Ref<Str>, Ref<CompiledLayout>)> {
    let text = text_of(vm, format)?;
    let Some(ascii) = text.view().as_ascii() else {
        let start = text.view().code_points().position(|point| point >= 0x80).unwrap_or(0);
        let run = text.view().code_points().skip(start).take_while(|&point| point >= 0x80).count();
        return Err(vm.unicode_encode_error("ascii", &text, start..start + run, "ordinal not in range(128)"));
    };
    match Layout::parse(ascii.as_bytes()) {
        Ok(layout) => {
            let layout = vm.alloc(CompiledLayout { layout: Foreign(layout) });
            Ok((text, layout))
        }
        Err(message) => Err(error(vm, format_args!("{message}"))),
    }
}

/// Struct(fmt) --> compiled struct object
#[pyclass(name = "Struct", module = "_struct", weakref)]
pub struct Struct {
    /// None before `__init__`.
    compiled: HeapCell<Option<(Ref<Str>, Ref<CompiledLayout>)>>,
}

impl Struct {
    fn layout(&self, heap: &mut Heap) -> PyResult<Ref<CompiledLayout>> {
        match self.compiled.get(heap) {
            Some((_, layout)) => Ok(layout),
            None => Err(heap.runtime_error(format_args!("Struct object is not initialized"))),
        }
    }

    /// The layout, for a method that takes no keywords.
    fn layout_for(&self, vm: &mut Vm, args: Args<'_>, method: &str) -> PyResult<Ref<CompiledLayout>> {
        if args.has_keywords() {
            return Err(vm.type_error(format_args!("Struct.{method}() takes no keyword arguments")));
        }
        self.layout(vm)
    }
}

#[pymethods]
impl Struct {
    #[new]
    #[text_signature = ""]
    fn new(cls: &Object<Type>, heap: &mut Heap, _args: Args<'_>) -> Ref<Struct> {
        heap.alloc_as(cls, Struct { compiled: HeapCell::new(None) })
    }

    #[signature = "(format)"]
    fn __init__(&self, vm: &mut Vm, format: &Value) -> PyResult<()> {
        let compiled = compile(vm, format)?;
        self.compiled.set(Some(compiled), vm);
        Ok(())
    }

    fn __repr__(this: &Object<Self>, vm: &mut Vm) -> PyResult<String> {
        let format = this.format(vm)?;
        let format = vm.repr(&format.as_value())?;
        Ok(format!("{}({format})", this.ty().short_name()))
    }

    /// iter_unpack($self, buffer, /)
    /// --
    ///
    /// Return an iterator yielding tuples.
    ///
    /// Tuples are unpacked from the given bytes source, like a repeated
    /// invocation of unpack_from().
    ///
    /// Requires that the bytes length be a multiple of the struct size.
    fn iter_unpack(&self, vm: &mut Vm, buffer: &Value) -> PyResult<Ref<UnpackIterator>> {
        let layout = self.layout(vm)?;
        UnpackIterator::over(vm, layout, buffer)
    }

    /// S.pack(v1, v2, ...) -> bytes
    ///
    /// Return a bytes object containing values v1, v2, ... packed according
    /// to the format string S.format.  See help(struct) for more on format
    /// strings.
    fn pack(&self, vm: &mut Vm, args: Args<'_>) -> PyResult<Ref<Bytes>> {
        let layout = self.layout_for(vm, args, "pack")?;
        pack::pack(vm, &layout, args)
    }

    /// S.pack_into(buffer, offset, v1, v2, ...)
    ///
    /// Pack the values v1, v2, ... according to the format string S.format
    /// and write the packed bytes into the writable buffer buf starting at
    /// offset.  Note that the offset is a required argument.  A negative
    /// offset counts from the end of the buffer.  See help(struct) for more
    /// on format strings.
    fn pack_into(&self, vm: &mut Vm, args: Args<'_>) -> PyResult<()> {
        let layout = self.layout_for(vm, args, "pack_into")?;
        pack::pack_into(vm, &layout, args)
    }

    /// unpack($self, buffer, /)
    /// --
    ///
    /// Return a tuple containing unpacked values.
    ///
    /// Unpack according to the format string Struct.format. The buffer's size
    /// in bytes must be Struct.size.
    ///
    /// See help(struct) for more on format strings.
    fn unpack(&self, vm: &mut Vm, buffer: &Value) -> PyResult<Ref<Tuple>> {
        let layout = self.layout(vm)?;
        unpack::unpack(vm, &layout, buffer)
    }

    /// unpack_from($self, /, buffer, offset=0)
    /// --
    ///
    /// Return a tuple containing unpacked values.
    ///
    /// Values are unpacked according to the format string Struct.format.
    ///
    /// The buffer's size in bytes, starting at position offset, must be
    /// at least Struct.size.  A negative offset counts from the end of the
    /// buffer.
    ///
    /// See help(struct) for more on format strings.
    fn unpack_from(&self, vm: &mut Vm, buffer: &Value, offset: isize) -> PyResult<Ref<Tuple>> {
        let layout = self.layout(vm)?;
        unpack::unpack_from(vm, &layout, buffer, offset)
    }

    /// S.__sizeof__() -> size of S in memory, in bytes
    fn __sizeof__(&self, heap: &mut Heap) -> PyResult<usize> {
        // CPython's size: the object, and four words for each code and the end.
        Ok(56 + 32 * (self.layout(heap)?.codes.len() + 1))
    }

    /// struct format string
    #[getter]
    fn format(&self, heap: &mut Heap) -> PyResult<Ref<Str>> {
        self.layout(heap)?;
        let (format, _) = self.compiled.get(heap).expect("a struct with a layout has a format");
        Ok(format)
    }

    /// struct size in bytes
    #[getter]
    fn size(&self, heap: &Heap) -> isize {
        self.compiled.borrow(heap).as_ref().map_or(-1, |(_, layout)| layout.size as isize)
    }
}
