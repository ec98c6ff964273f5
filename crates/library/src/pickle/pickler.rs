//! `Pickler`, and the proxy of its memo.

use std::cell::Cell;

use pvm_macros::{pyclass, pymethods};
use pvm_object::dict::Dict;
use pvm_object::ops::attribute::{generic_getattr, generic_setattr};
use pvm_object::str::Str;
use pvm_object::tuple::Tuple;
use pvm_object::{Heap, HeapCell, Object, PyClass, PyResult, Raised, Ref, Value, Vm, names};

use super::memo::Memo;
use super::opcodes::{DEFAULT_PROTOCOL, HIGHEST_PROTOCOL, PROTO};
use super::output::Output;
use super::pickling_error;
use super::save::{Hooks, Saver};
use super::support::support;

/// The protocol that an argument asks for.
pub fn protocol_of(vm: &mut Vm, protocol: Option<&Value>) -> PyResult<i32> {
    let Some(protocol) = protocol else { return Ok(DEFAULT_PROTOCOL) };
    match crate::parameters::c_int(protocol, vm)? {
        ..0 => Ok(HIGHEST_PROTOCOL),
        protocol @ 0..=HIGHEST_PROTOCOL => Ok(protocol),
        _ => Err(vm.value_error(format_args!("pickle protocol must be <= {HIGHEST_PROTOCOL}"))),
    }
}

/// What pickles of a protocol begin with, and where they go.
fn output(protocol: i32, write: Option<Value>) -> Output {
    let prefix: &[u8] = if protocol >= 2 { &[PROTO, protocol as u8] } else { &[] };
    Output::new(write, protocol >= 4, prefix)
}

/// The method of a file that is written to.
pub fn write_method(vm: &mut Vm, file: &Value) -> PyResult {
    match vm.find_attr(file, &names::write)? {
        Some(write) => Ok(write),
        None => Err(vm.type_error(format_args!("file must have a 'write' attribute"))),
    }
}

/// The callback for buffers, which needs a protocol that knows them.
pub fn callback_of(vm: &mut Vm, protocol: i32, callback: Option<&Value>) -> PyResult<Option<Value>> {
    match callback {
        Some(_) if protocol < 5 => Err(vm.value_error(format_args!("buffer_callback needs protocol >= 5"))),
        callback => Ok(callback.cloned()),
    }
}

/// A saver without a pickler, for the functions of the module.
pub fn saver(vm: &mut Vm, protocol: i32, fix_imports: bool, write: Option<Value>, callback: Option<Value>) -> PyResult<Saver> {
    Ok(Saver {
        out: output(protocol, write),
        memo: Memo::new()?,
        protocol,
        binary: protocol > 0,
        fast: false,
        fix_imports: fix_imports && protocol < 3,
        hooks: Hooks { buffer_callback: callback, ..Hooks::default() },
        support: support(vm)?,
        nested: Vec::new(),
    })
}

/// Pickler(file, protocol=None, fix_imports=True, buffer_callback=None)
/// --
///
/// This takes a binary file for writing a pickle data stream.
///
/// The optional *protocol* argument tells the pickler to use the given
/// protocol; supported protocols are 0, 1, 2, 3, 4 and 5.  The default
/// protocol is 5. It was introduced in Python 3.8, and is incompatible
/// with previous versions.
///
/// Specifying a negative protocol version selects the highest protocol
/// version supported.  The higher the protocol used, the more recent the
/// version of Python needed to read the pickle produced.
///
/// The *file* argument must have a write() method that accepts a single
/// bytes argument. It can thus be a file object opened for binary
/// writing, an io.BytesIO instance, or any other custom object that meets
/// this interface.
///
/// If *fix_imports* is True and protocol is less than 3, pickle will try
/// to map the new Python 3 names to the old module names used in Python
/// 2, so that the pickle data stream is readable with Python 2.
///
/// If *buffer_callback* is None (the default), buffer views are
/// serialized into *file* as part of the pickle stream.
///
/// If *buffer_callback* is not None, then it can be called any number
/// of times with a buffer view.  If the callback returns a false value
/// (such as None), the given buffer is out-of-band; otherwise the
/// buffer is serialized in-band, i.e. inside the pickle stream.
///
/// It is an error if *buffer_callback* is not None and *protocol*
/// is None or smaller than 5.
#[pyclass(name = "Pickler", module = "_pickle", mutable)]
pub struct Pickler {
    /// The file's method; none before `__init__`.
    write: HeapCell<Option<Value>>,
    memo: HeapCell<Option<Memo>>,
    protocol: Cell<i32>,
    bin: Cell<i32>,
    fast: Cell<i32>,
    fix_imports: Cell<bool>,
    dispatch_table: HeapCell<Option<Value>>,
    buffer_callback: HeapCell<Option<Value>>,
    /// What was set as the instance's `persistent_id`.
    persistent_id: HeapCell<Option<Value>>,
    running: Cell<bool>,
}

impl Pickler {
    fn check_idle(&self, heap: &mut Heap) -> PyResult<()> {
        match self.running.get() {
            true => Err(heap.runtime_error(format_args!("Pickler object is already used"))),
            false => Ok(()),
        }
    }

    /// A method that a subclass or an instance has instead of the class's own.
    fn override_of(this: &Object<Pickler>, vm: &mut Vm, name: &str) -> PyResult<Option<Value>> {
        let own = this.persistent_id.borrow(vm).is_some();
        if std::ptr::eq(this.ty(), Pickler::type_object()) && !own {
            return Ok(None);
        }
        let name = vm.intern(name);
        if !own {
            // The method of the class itself is no override.
            let class = Pickler::type_object().to_value();
            let (found, native) = (vm.find_attr(&this.ty().to_value(), &name)?, vm.find_attr(&class, &name)?);
            if let (Some(found), Some(native)) = (&found, &native)
                && found.is(native)
            {
                return Ok(None);
            }
        }
        vm.find_attr(&this.to_value(), &name)
    }

    fn saver(this: &Object<Pickler>, vm: &mut Vm, write: Value) -> PyResult<Saver> {
        let hooks = Hooks {
            persistent_id: Pickler::override_of(this, vm, "persistent_id")?,
            reducer_override: Pickler::override_of(this, vm, "reducer_override")?,
            dispatch_table: this.dispatch_table.get(vm),
            buffer_callback: this.buffer_callback.get(vm),
        };
        let support = support(vm)?;
        let memo = match this.memo.replace(None, vm) {
            Some(memo) => memo,
            None => Memo::new()?,
        };
        let protocol = this.protocol.get();
        Ok(Saver {
            out: output(protocol, Some(write)),
            memo,
            protocol,
            binary: this.bin.get() != 0,
            fast: this.fast.get() != 0,
            fix_imports: this.fix_imports.get(),
            hooks,
            support,
            nested: Vec::new(),
        })
    }
}

#[pymethods]
impl Pickler {
    #[new]
    #[text_signature = ""]
    fn new(_args: pvm_object::Args<'_>) -> Pickler {
        Pickler {
            write: HeapCell::new(None),
            memo: HeapCell::new(None),
            protocol: Cell::new(DEFAULT_PROTOCOL),
            bin: Cell::new(1),
            fast: Cell::new(0),
            fix_imports: Cell::new(false),
            dispatch_table: HeapCell::new(None),
            buffer_callback: HeapCell::new(None),
            persistent_id: HeapCell::new(None),
            running: Cell::new(false),
        }
    }

    #[signature = "(file, protocol=None, fix_imports=True, buffer_callback=None)"]
    fn __init__(
        this: &Object<Self>,
        vm: &mut Vm,
        file: &Value,
        protocol: Option<&Value>,
        fix_imports: bool,
        buffer_callback: Option<&Value>,
    ) -> PyResult<()> {
        this.check_idle(vm)?;
        let protocol = protocol_of(vm, protocol)?;
        let write = write_method(vm, file)?;
        let callback = callback_of(vm, protocol, buffer_callback)?;
        this.protocol.set(protocol);
        this.bin.set((protocol > 0).into());
        this.fix_imports.set(fix_imports && protocol < 3);
        this.write.set(Some(write), vm);
        this.buffer_callback.set(callback, vm);
        this.fast.set(0);
        this.memo.set(Some(Memo::new()?), vm);
        let name = vm.intern("dispatch_table");
        let table = vm.find_attr(&this.to_value(), &name)?;
        this.dispatch_table.set(table, vm);
        Ok(())
    }

    /// Clears the pickler's "memo".
    ///
    /// The memo is the data structure that remembers which objects the
    /// pickler has already seen, so that shared or recursive objects are
    /// pickled by reference and not by value.  This method is useful when
    /// re-using picklers.
    fn clear_memo(&self, heap: &mut Heap) -> PyResult<()> {
        self.check_idle(heap)?;
        let memo = Memo::new()?;
        drop(self.memo.replace(Some(memo), heap));
        Ok(())
    }

    /// Write a pickled representation of the given object to the open file.
    #[signature = "($self, obj, /)"]
    fn dump(this: &Object<Self>, vm: &mut Vm, obj: &Value) -> PyResult<()> {
        let Some(write) = this.write.get(vm) else {
            let class = this.ty().full_name(vm);
            return Err(pickling_error(vm, &format!("Pickler.__init__() was not called by {class}.__init__()")));
        };
        this.check_idle(vm)?;
        this.running.set(true);
        let result = Pickler::saver(this, vm, write).and_then(|mut saver| {
            let result = saver.dump(vm, obj);
            let Saver { mut out, memo, .. } = saver;
            this.memo.set(Some(memo), vm);
            result?;
            out.commit();
            out.flush(vm)
        });
        this.running.set(false);
        result
    }

    #[signature = "($self, obj, /)"]
    fn persistent_id(&self, _obj: &Value) {}

    /// Returns size in memory, in bytes.
    fn __sizeof__(this: &Object<Self>, heap: &Heap) -> usize {
        let entries = this.memo.borrow(heap).as_ref().map_or(0, |memo| memo.entries().len());
        size_of::<Object<Pickler>>() + entries.next_power_of_two() * 16
    }

    #[slot(getattr)]
    fn getattr(this: &Object<Self>, vm: &mut Vm, name: &Object<Str>) -> PyResult {
        if name.is_str("persistent_id")
            && let Some(own) = this.persistent_id.get(vm)
        {
            return Ok(own);
        }
        generic_getattr(vm, &this.to_value(), name)
    }

    #[slot(setattr)]
    fn setattr(this: &Object<Self>, vm: &mut Vm, name: &Object<Str>, value: Option<&Value>) -> PyResult<()> {
        if name.is_str("persistent_id") {
            this.persistent_id.set(value.cloned(), vm);
            return Ok(());
        }
        generic_setattr(vm, &this.to_value(), name, value)
    }

    #[getter]
    #[member]
    fn bin(&self) -> i32 {
        self.bin.get()
    }

    #[setter]
    #[member]
    fn set_bin(&self, value: i32) {
        self.bin.set(value);
    }

    #[getter]
    #[member]
    fn fast(&self) -> i32 {
        self.fast.get()
    }

    #[setter]
    #[member]
    fn set_fast(&self, value: i32) {
        self.fast.set(value);
    }

    #[getter]
    fn dispatch_table(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        match this.dispatch_table.get(vm) {
            Some(table) => Ok(table),
            None => {
                let class = this.ty().full_name(vm);
                Err(vm.attribute_error(format_args!("'{class}' object has no attribute 'dispatch_table'")))
            }
        }
    }

    #[setter]
    fn set_dispatch_table(this: &Object<Self>, vm: &mut Vm, value: Option<&Value>) -> PyResult<()> {
        let before = this.dispatch_table.replace(value.cloned(), vm);
        match (value, before) {
            (None, None) => Err(vm.attribute_error(format_args!("dispatch_table"))),
            _ => Ok(()),
        }
    }

    #[getter]
    fn memo(this: &Object<Self>, heap: &mut Heap) -> Ref<PicklerMemoProxy> {
        heap.alloc(PicklerMemoProxy { pickler: this.to_ref() })
    }

    #[setter]
    fn set_memo(this: &Object<Self>, vm: &mut Vm, value: Option<&Value>) -> PyResult<()> {
        let Some(value) = value else {
            return Err(vm.type_error(format_args!("attribute deletion is not supported")));
        };
        let memo = if let Some(proxy) = value.downcast::<PicklerMemoProxy>() {
            let copied = proxy.pickler.memo.borrow(vm).as_ref().map(Memo::copy);
            copied.unwrap_or_else(Memo::new)?
        } else if let Some(dict) = value.downcast::<Dict>() {
            let mut memo = Memo::new()?;
            let entries: Vec<Value> = dict.entries(vm).map(|(_, value)| value.to_owned()).collect();
            for entry in entries {
                let Some([number, object]) = entry.downcast::<Tuple>().map(|entry| entry.as_slice()) else {
                    return Err(vm.type_error(format_args!("'memo' values must be 2-item tuples")));
                };
                let number = vm.index_isize(number)?;
                memo.set(object, usize::try_from(number).unwrap_or(0))?;
            }
            memo
        } else {
            let kind = vm.type_name(value);
            return Err(vm.type_error(format_args!("'memo' attribute must be a PicklerMemoProxy object or dict, not {kind}")));
        };
        drop(this.memo.replace(Some(memo), vm));
        Ok(())
    }
}

/// A pickler's memo.
#[pyclass(name = "PicklerMemoProxy", module = "_pickle", no_export)]
pub struct PicklerMemoProxy {
    pickler: Ref<Pickler>,
}

impl PicklerMemoProxy {
    fn entries(&self, vm: &mut Vm) -> PyResult<Ref<Dict>> {
        let name = vm.intern("id");
        let identity = vm.import_attr("builtins", &name)?;
        let entries = self.pickler.memo.borrow(vm).as_ref().map(|memo| memo.entries().to_vec()).unwrap_or_default();
        let dict = vm.new_dict();
        for (object, number) in entries {
            let key = vm.call(&identity, std::slice::from_ref(&object))?;
            let number = vm.int(number as i64);
            let entry = vm.try_tuple([number, object])?;
            dict.set(&key, entry.into(), vm)?;
        }
        Ok(dict)
    }
}

/// What copies of a proxy are: a dict of what it stands for.
pub fn reduced_proxy(vm: &mut Vm, contents: Ref<Dict>) -> PyResult<Ref<Tuple>> {
    let arguments = vm.try_tuple([contents.into()])?;
    let class = Dict::type_object().to_value();
    Ok(vm.try_tuple([class, arguments.into()])?)
}

#[pymethods]
impl PicklerMemoProxy {
    /// Remove all items from memo.
    fn clear(&self, heap: &mut Heap) -> Result<(), Raised> {
        self.pickler.clear_memo(heap)
    }

    /// Copy the memo to a new object.
    fn copy(&self, vm: &mut Vm) -> PyResult<Ref<Dict>> {
        self.entries(vm)
    }

    /// Implement pickle support.
    fn __reduce__(&self, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
        let contents = self.entries(vm)?;
        reduced_proxy(vm, contents)
    }
}
