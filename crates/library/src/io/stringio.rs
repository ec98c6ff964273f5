//! `StringIO`: a stream of text in memory.

use std::cell::Cell;

use pvm_macros::{pyclass, pymethods};
use pvm_object::heap::{self, OutOfMemory};
use pvm_object::str::Str;
use pvm_object::text::{TextBuilder, TextView};
use pvm_object::tuple::Tuple;
use pvm_object::{Args, Foreign, Heap, HeapCell, Object, PyResult, Ref, Value, Vm, exceptions};

use super::base::{IoBase, TEXT_IO_BASE_TYPE};
use super::bytesio::{attributes_of, set_attributes};
use super::errors;
use super::newlines::{Newline, Translation};
use super::text::with_newlines;
use crate::parameters::OptionalSize;

/// The text of a stream, and the bytes that the interpreter was charged for it.
struct Storage {
    text: Written,
    charged: usize,
}

/// Most streams are written from the start to the end; only what is written elsewhere needs every character in a place of
/// its own.
enum Written {
    Growing(TextBuilder),
    Units(Vec<u32>),
}

impl Storage {
    fn new() -> Storage {
        Storage { text: Written::Growing(TextBuilder::new()), charged: 0 }
    }

    fn len(&self) -> usize {
        match &self.text {
            Written::Growing(text) => text.len(),
            Written::Units(units) => units.len(),
        }
    }

    fn view(&self) -> TextView<'_> {
        match &self.text {
            Written::Growing(text) => text.view(),
            Written::Units(units) => TextView::Ucs4(units),
        }
    }

    fn units(&mut self) -> &mut Vec<u32> {
        if let Written::Growing(text) = &self.text {
            self.text = Written::Units(text.view().code_points().collect());
        }
        match &mut self.text {
            Written::Units(units) => units,
            Written::Growing(_) => unreachable!("the units were just made"),
        }
    }

    /// Charges what `len` characters of so many bytes take, and as much ahead as a growing vector does.
    fn charge(&mut self, len: usize, bytes: usize) -> Result<(), OutOfMemory> {
        let needed = len.saturating_mul(bytes);
        if needed > self.charged {
            let grown = needed.saturating_add(needed / 2) - self.charged;
            heap::charge(isize::try_from(grown).map_err(|_| OutOfMemory)?)?;
            self.charged += grown;
        }
        Ok(())
    }

    /// Puts text at a position; a gap before it becomes null characters.
    fn put(&mut self, position: usize, text: TextView<'_>) -> Result<(), OutOfMemory> {
        let end = position + text.len();
        if let Written::Growing(builder) = &self.text
            && builder.len() == position
        {
            let bytes = width(builder.view()).max(width(text));
            self.charge(end, bytes)?;
            if let Written::Growing(builder) = &mut self.text {
                builder.push_view(text);
            }
            return Ok(());
        }
        self.charge(end.max(self.len()), size_of::<u32>())?;
        let units = self.units();
        if units.len() < end {
            units.resize(end, 0);
        }
        for (place, point) in units[position..end].iter_mut().zip(text.code_points()) {
            *place = point;
        }
        Ok(())
    }

    fn truncate(&mut self, len: usize) {
        match &mut self.text {
            Written::Growing(text) => text.truncate(len),
            Written::Units(units) => units.truncate(len),
        }
    }
}

impl Drop for Storage {
    fn drop(&mut self) {
        let _ = heap::charge(-(self.charged as isize));
    }
}

/// Bytes of a character.
fn width(text: TextView<'_>) -> usize {
    match text {
        TextView::Ascii(_) | TextView::Latin1(_) => 1,
        TextView::Ucs2(_) => 2,
        TextView::Ucs4(_) => 4,
    }
}

/// StringIO(initial_value='', newline='\n')
/// --
///
/// A stream of text in memory.
///
/// `newline` is as `TextIOWrapper` has it.
#[pyclass(name = "StringIO", module = "_io", extends = IoBase, base = TEXT_IO_BASE_TYPE, dict, weakref)]
pub struct StringIo {
    base: IoBase,
    storage: HeapCell<Foreign<Storage>>,
    position: Cell<usize>,
    /// `None` before `__init__`.
    #[trace(skip)]
    newline: Cell<Option<Newline>>,
    /// The argument, for the state.
    newline_text: HeapCell<Option<Value>>,
    translation: HeapCell<Option<Foreign<Translation>>>,
    closed: Cell<bool>,
}

impl StringIo {
    /// The mode of a stream that is set up and open.
    fn open(&self, heap: &mut Heap) -> PyResult<Newline> {
        match self.newline.get() {
            None => Err(errors::uninitialized(heap)),
            Some(_) if self.closed.get() => Err(errors::closed(heap)),
            Some(newline) => Ok(newline),
        }
    }

    fn put(&self, vm: &mut Vm, newline: Newline, text: &Object<Str>) -> PyResult<()> {
        let mut translated = None;
        if let Some(mut translation) = self.translation.replace(None, vm) {
            translated = Some(translation.0.process(text.view().to_buf(), true));
            self.translation.set(Some(translation), vm);
        }
        if let Some(written) = newline.written() {
            let view = translated.as_ref().map_or(text.view(), |text| text.view());
            translated = Some(with_newlines(view, written));
        }
        let view = translated.as_ref().map_or(text.view(), |text| text.view());
        let start = self.position.get();
        let Some(end) = start.checked_add(view.len()).filter(|&end| end <= isize::MAX as usize / 4) else {
            return Err(vm.overflow_error(format_args!("new position too large")));
        };
        if view.is_empty() {
            return Ok(());
        }
        self.storage.borrow_mut(vm).put(start, view)?;
        self.position.set(end);
        Ok(())
    }

    /// A string of the characters in a range.
    fn copy_of(&self, vm: &mut Vm, start: usize, end: usize) -> PyResult<Ref<Str>> {
        // The storage leaves its place while the string is made of it.
        let storage = self.storage.replace(Foreign(Storage::new()), vm);
        let end = end.min(storage.len());
        let start = start.min(end);
        let text = vm.try_str_from_view(storage.view().slice(start..end));
        self.storage.set(storage, vm);
        Ok(text?)
    }

    fn line(&self, vm: &mut Vm, newline: Newline, limit: OptionalSize) -> PyResult<Ref<Str>> {
        let start = self.position.get();
        let storage = self.storage.borrow(vm);
        if limit.0 == 0 || start >= storage.len() {
            return Ok(vm.new_str(""));
        }
        let rest = storage.view().slice_from(start);
        let rest = match limit.get() {
            Some(limit) if limit < rest.len() => rest.slice(0..limit),
            _ => rest,
        };
        let len = newline.find_end(rest).unwrap_or(rest.len());
        self.position.set(start + len);
        self.copy_of(vm, start, start + len)
    }

    /// `__init__`: the newline argument is checked first.
    fn init(&self, vm: &mut Vm, initial: &Value, newline: &Value) -> PyResult<()> {
        let text = match newline.is_none() {
            true => None,
            false => match newline.downcast::<Str>() {
                Some(text) => Some(text),
                None => {
                    let kind = vm.type_name(newline);
                    return Err(vm.type_error(format_args!("newline must be str or None, not {kind}")));
                }
            },
        };
        let parsed = Newline::of(text.map(|text| text.as_str().unwrap_or("\u{FFFD}")));
        let Some(parsed) = parsed else {
            let repr = vm.repr(newline)?;
            return Err(vm.value_error(format_args!("illegal newline value: {repr}")));
        };
        let initial_text = match initial.is_none() {
            true => None,
            false => match initial.downcast::<Str>() {
                Some(text) => Some(text),
                None => {
                    let kind = vm.type_name(initial);
                    return Err(vm.type_error(format_args!("initial_value must be str or None, not {kind}")));
                }
            },
        };
        self.newline.set(Some(parsed));
        self.newline_text.set(Some(newline.clone()), vm);
        let translation = parsed.is_universal().then(|| Translation::new(parsed == Newline::Universal));
        self.translation.set(translation.map(Foreign), vm);
        self.storage.set(Foreign(Storage::new()), vm);
        self.position.set(0);
        self.closed.set(false);
        if let Some(text) = initial_text {
            self.put(vm, parsed, text)?;
            self.position.set(0);
        }
        Ok(())
    }
}

#[pymethods]
impl StringIo {
    #[new]
    fn new_stream(args: Args<'_>) -> StringIo {
        let _ = args;
        StringIo {
            base: IoBase::new(),
            storage: HeapCell::new(Foreign(Storage::new())),
            position: Cell::new(0),
            newline: Cell::new(None),
            newline_text: HeapCell::new(None),
            translation: HeapCell::new(None),
            closed: Cell::new(false),
        }
    }

    #[signature = "(initial_value='', newline='\\n')"]
    fn __init__(&self, vm: &mut Vm, initial_value: Option<&Value>, newline: Option<&Value>) -> PyResult<()> {
        let initial = initial_value.cloned().unwrap_or_else(Value::none);
        let newline = match newline {
            Some(newline) => newline.clone(),
            None => vm.new_str("\n").into(),
        };
        self.init(vm, &initial, &newline)
    }

    /// Give the memory back.
    fn close(&self, vm: &mut Vm) {
        self.closed.set(true);
        self.storage.set(Foreign(Storage::new()), vm);
    }

    /// Return all text of the stream.
    fn getvalue(&self, vm: &mut Vm) -> PyResult<Ref<Str>> {
        self.open(vm)?;
        self.copy_of(vm, 0, usize::MAX)
    }

    /// Read at most `size` characters, all that are left without one.
    #[signature = "(size=-1, /)"]
    fn read(&self, vm: &mut Vm, #[default(OptionalSize::ALL)] size: OptionalSize) -> PyResult<Ref<Str>> {
        self.open(vm)?;
        let start = self.position.get();
        let left = self.storage.borrow(vm).len().saturating_sub(start);
        let count = size.get().map_or(left, |size| size.min(left));
        if count == 0 {
            return Ok(vm.new_str(""));
        }
        self.position.set(start + count);
        self.copy_of(vm, start, start + count)
    }

    /// Read a line, at most `size` characters of it.
    #[signature = "(size=-1, /)"]
    fn readline(&self, vm: &mut Vm, #[default(OptionalSize::ALL)] size: OptionalSize) -> PyResult<Ref<Str>> {
        let newline = self.open(vm)?;
        self.line(vm, newline, size)
    }

    fn __next__(this: &Object<Self>, vm: &mut Vm) -> PyResult<Option<Value>> {
        let newline = this.open(vm)?;
        let value = this.to_value();
        if value.downcast_exact::<StringIo>().is_none() {
            let Some(line) = super::base::next_line(vm, &value)? else {
                return Ok(None);
            };
            if line.is_instance_of::<Str>() {
                return Ok(Some(line));
            }
            let kind = vm.type_name(&line);
            let message = format_args!("readline() should have returned a str object, not '{kind}'");
            return Err(vm.raise_message(&exceptions::OS_ERROR, message));
        }
        let line = this.line(vm, newline, OptionalSize::ALL)?;
        Ok((!line.is_empty()).then(|| line.into()))
    }

    /// Return the position.
    fn tell(&self, vm: &mut Vm) -> PyResult<usize> {
        self.open(vm)?;
        Ok(self.position.get())
    }

    /// Cut the stream off at a position, the present one without one; return it.
    #[signature = "(pos=None, /)"]
    fn truncate(&self, vm: &mut Vm, #[default(None)] pos: Option<OptionalSize>) -> PyResult<isize> {
        self.open(vm)?;
        let size = pos.map_or(self.position.get() as isize, |pos| pos.0);
        let Ok(len) = usize::try_from(size) else {
            return Err(vm.value_error(format_args!("Negative size value {size}")));
        };
        if len < self.storage.borrow(vm).len() {
            self.storage.borrow_mut(vm).truncate(len);
        }
        Ok(size)
    }

    /// Move to a position from the start (0), to the present one (1) or to the end (2), and return it.
    #[signature = "(pos, whence=0, /)"]
    fn seek(&self, vm: &mut Vm, pos: isize, whence: i32) -> PyResult<usize> {
        self.open(vm)?;
        match whence {
            0 if pos < 0 => Err(vm.value_error(format_args!("Negative seek position {pos}"))),
            0..=2 if whence != 0 && pos != 0 => {
                let message = format_args!("Can't do nonzero cur-relative seeks");
                Err(vm.raise_message(&exceptions::OS_ERROR, message))
            }
            0..=2 => {
                match whence {
                    0 => self.position.set(pos as usize),
                    1 => {}
                    _ => self.position.set(self.storage.borrow(vm).len()),
                }
                Ok(self.position.get())
            }
            _ => Err(vm.value_error(format_args!("Invalid whence ({whence}, should be 0, 1 or 2)"))),
        }
    }

    /// Write a string and return the number of its characters.
    fn write(&self, vm: &mut Vm, s: &Value) -> PyResult<usize> {
        if self.newline.get().is_none() {
            return Err(errors::uninitialized(vm));
        }
        let Some(text) = s.downcast::<Str>() else {
            let kind = vm.type_name(s);
            return Err(vm.type_error(format_args!("string argument expected, got '{kind}'")));
        };
        let newline = self.open(vm)?;
        if !text.is_empty() {
            self.put(vm, newline, text)?;
        }
        Ok(text.len())
    }

    fn seekable(&self, vm: &mut Vm) -> PyResult<bool> {
        self.open(vm).map(|_| true)
    }

    fn readable(&self, vm: &mut Vm) -> PyResult<bool> {
        self.open(vm).map(|_| true)
    }

    fn writable(&self, vm: &mut Vm) -> PyResult<bool> {
        self.open(vm).map(|_| true)
    }

    fn __getstate__(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        this.open(vm)?;
        let value = this.copy_of(vm, 0, usize::MAX)?;
        let newline = this.newline_text.get(vm).unwrap_or_else(Value::none);
        let position = vm.int(this.position.get() as i64);
        let attributes = attributes_of(vm, &this.to_value())?;
        Ok(vm.new_tuple(vec![value.into(), newline, position, attributes]).into())
    }

    fn __setstate__(this: &Object<Self>, vm: &mut Vm, state: &Value) -> PyResult<()> {
        if this.closed.get() {
            return Err(errors::closed(vm));
        }
        let Some(items) = state.downcast::<Tuple>().filter(|state| state.len() >= 4) else {
            let (class, kind) = (this.ty().full_name(vm), vm.type_name(state));
            return Err(vm.type_error(format_args!("{class}.__setstate__ argument should be 4-tuple, got {kind}")));
        };
        let items = items.as_slice();
        this.init(vm, &items[0], &items[1])?;
        // The text of a state is as it lies in the stream: its ends of lines were translated before.
        if let Some(text) = items[0].downcast::<Str>() {
            let mut raw = TextBuilder::new();
            raw.push_view(text.view());
            let mut storage = Storage::new();
            storage.put(0, raw.view())?;
            this.storage.set(Foreign(storage), vm);
        }
        if items[2].as_int().is_none() {
            let kind = vm.type_name(&items[2]);
            return Err(vm.type_error(format_args!("third item of state must be an integer, got {kind}")));
        }
        let position = vm.index_isize_or(&items[2], &exceptions::OVERFLOW_ERROR)?;
        let Ok(position) = usize::try_from(position) else {
            return Err(vm.value_error(format_args!("position value cannot be negative")));
        };
        this.position.set(position);
        set_attributes(vm, &this.to_value(), &items[3], "fourth")
    }

    #[getter]
    fn closed(&self, vm: &mut Vm) -> PyResult<bool> {
        if self.newline.get().is_none() && !self.closed.get() {
            return Err(errors::uninitialized(vm));
        }
        Ok(self.closed.get())
    }

    #[getter]
    fn newlines(&self, vm: &mut Vm) -> PyResult {
        self.open(vm)?;
        let translation = self.translation.borrow(vm).as_ref().map(|translation| translation.0);
        translation.map_or_else(|| Ok(Value::none()), |translation| translation.seen(vm))
    }

    #[getter]
    fn line_buffering(&self, vm: &mut Vm) -> PyResult<bool> {
        self.open(vm).map(|_| false)
    }
}
