//! [`HeapState`]: an interpreter's memory and the tables that belong to its objects. Reached only by shared reference.

use std::cell::{Cell, UnsafeCell};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use super::account::Account;
use super::collector::CollectorState;
use super::large::LargeObjects;
use super::memory::OutOfMemory;
use super::module_state::ModuleStates;
use super::pages::{Pages, SMALL_MAX};
use super::queue::DropQueue;
use super::spares::Spares;
use super::stress::{self, Mode};
use super::weak::WeakTable;
use crate::bell::Remote;
use crate::codecs::registry::CodecSlot;
use crate::core::header::{Header, flag};
use crate::core::object::{Object, Ref};
use crate::hooks::Hooks;
use crate::lock::InterpreterLock;
use crate::str::intern::InternTable;
use crate::types::attribute_cache::AttributeCache;
use crate::types::lookup::MethodCache;
use crate::types::shape::ShapeTable;
use crate::types::state::StaticTypeStates;
use crate::types::{PyClass, Type};
use crate::{Heap, Vm};

/// Bits of the word that asks running code to stop at the next safepoint; see [`HeapState::request`].
pub mod request {
    /// Another thread waits for the lock.
    pub const SWITCH: u32 = 1 << 0;
    /// A signal arrived.
    pub const SIGNAL: u32 = 1 << 1;
    /// Enough was allocated for a collection of the young.
    pub const COLLECT: u32 = 1 << 2;
    /// Calls queued by other threads or extensions wait.
    pub const PENDING_CALL: u32 = 1 << 3;
    /// An exception was sent to a thread.
    pub const ASYNC_EXCEPTION: u32 = 1 << 4;
    /// What is asked of one thread, which it finds at its bell.
    pub const OF_ONE_THREAD: u32 = SIGNAL | PENDING_CALL | ASYNC_EXCEPTION | INTERRUPT;
    /// Much of what the memory limit allows is in use, or more than that, or the system has no more.
    pub const MEMORY: u32 = 1 << 5;
    /// A thread is to raise `KeyboardInterrupt`.
    pub const INTERRUPT: u32 = 1 << 6;
    /// Tracing or monitoring changed.
    pub const INSTRUMENT: u32 = 1 << 7;
    /// The program is to end: code raises until it has.
    pub const STOP: u32 = 1 << 8;
}

/// An interpreter's memory and tables.
pub struct HeapState {
    pub(crate) pages: Pages,
    pub(crate) large: LargeObjects,
    pub(super) account: Account,
    pub(super) spares: Spares,
    requests: AtomicU32,
    pub(crate) shapes: ShapeTable,
    pub(crate) static_types: StaticTypeStates,
    pub(crate) method_cache: MethodCache,
    pub(crate) attribute_cache: AttributeCache,
    pub(crate) interned: InternTable,
    pub(crate) weak: WeakTable,
    pub(crate) queue: DropQueue,
    pub(crate) collector: CollectorState,
    pub(crate) next_type_version: Cell<u32>,
    pub(crate) next_dict_version: Cell<u32>,
    pub(crate) codecs: CodecSlot,
    pub(crate) bytes_warnings: Cell<u8>,
    /// See [`Heap::set_dev_mode`].
    pub(crate) dev_mode: Cell<bool>,
    pub(crate) modules: ModuleStates,
    pub(crate) retired_types: UnsafeCell<Vec<Ref<Type>>>,
    /// See [`Heap::int_max_str_digits`].
    pub(crate) int_max_str_digits: Cell<usize>,
    lock: Arc<InterpreterLock>,
    remote: Arc<Remote>,
    hooks: Cell<&'static Hooks>,
    extension: Cell<*mut ()>,
}

impl HeapState {
    /// An empty heap.
    pub fn new(hooks: &'static Hooks) -> HeapState {
        HeapState {
            pages: Pages::new(),
            large: LargeObjects::new(),
            account: Account::new(),
            spares: Spares::new(),
            requests: AtomicU32::new(0),
            shapes: ShapeTable::new(),
            static_types: StaticTypeStates::new(),
            method_cache: MethodCache::new(),
            attribute_cache: AttributeCache::new(),
            interned: InternTable::new(),
            weak: WeakTable::new(),
            queue: DropQueue::new(),
            collector: CollectorState::new(),
            next_type_version: Cell::new(crate::types::FIRST_DYNAMIC_VERSION),
            next_dict_version: Cell::new(1),
            codecs: CodecSlot::default(),
            bytes_warnings: Cell::new(0),
            dev_mode: Cell::new(false),
            modules: ModuleStates::new(),
            retired_types: UnsafeCell::new(Vec::new()),
            int_max_str_digits: Cell::new(crate::number::int_text::DEFAULT_MAX_STR_DIGITS),
            lock: Arc::new(InterpreterLock::new()),
            remote: Arc::default(),
            hooks: Cell::new(hooks),
            extension: Cell::new(std::ptr::null_mut()),
        }
    }

    /// Asks running code to stop at the next safepoint; callable from any thread and from signal handlers.
    pub fn request(&self, bits: u32) {
        self.requests.fetch_or(bits, Ordering::Release);
    }

    /// The requests that wait; checked at safepoints.
    #[inline(always)]
    pub fn requests(&self) -> u32 {
        self.requests.load(Ordering::Relaxed)
    }

    /// Takes requests back.
    pub fn clear_requests(&self, bits: u32) {
        self.requests.fetch_and(!bits, Ordering::AcqRel);
    }

    /// The address of the requests' word, for compiled code and signal handlers.
    pub fn requests_word(&self) -> &AtomicU32 {
        &self.requests
    }

    /// The interpreter's lock.
    pub fn lock(&self) -> &Arc<InterpreterLock> {
        &self.lock
    }

    /// The way to the interpreter for those outside.
    pub fn remote(&self) -> &Arc<Remote> {
        &self.remote
    }

    /// What the object layer calls in the layers above.
    pub fn hooks(&self) -> &'static Hooks {
        self.hooks.get()
    }

    /// The interpreter layer's own state.
    pub fn extension(&self) -> *mut () {
        self.extension.get()
    }

    /// Sets the interpreter layer's own state.
    pub fn set_extension(&self, extension: *mut ()) {
        self.extension.set(extension);
    }

    /// Memory for an object of `size` bytes.
    #[inline(always)]
    pub(crate) fn alloc_raw(&self, size: usize, container: bool) -> Result<(*mut u8, u32), OutOfMemory> {
        let tracked = if container { self.collector.birth() } else { 0 };
        let (memory, flags) = if size <= SMALL_MAX && !cfg!(feature = "system-malloc") {
            if container && stress::on(Mode::Collect) && self.collector.stress_is_due() {
                self.request(request::COLLECT);
            }
            (self.pages.alloc(self, size, container), tracked)
        } else {
            if container {
                self.collector.expect(1, self);
            }
            let alloc = || self.large.alloc(self, size, container);
            // What is small by nature cannot fail.
            let memory = if size <= SMALL_MAX { self.without_limit(alloc)? } else { alloc()? };
            (memory, tracked | flag::LARGE)
        };
        if stress::on(Mode::Poison) {
            // SAFETY: the block has that size; an object's first word must stay zero until it is written.
            unsafe { stress::fill_fresh(memory.add(8), size - 8) };
        }
        Ok((memory, flags))
    }

    /// Bytes that an object's block has room for.
    ///
    /// # Safety
    /// The object is alive, and on this heap (not part of the binary).
    pub(crate) unsafe fn room_of(&self, header: &Header) -> usize {
        // SAFETY: the flag tells where the object lives.
        unsafe { if header.has(flag::LARGE) { super::large::room_of(header) } else { super::pages::room_of(header) } }
    }

    /// Gives an object allocated apart room for `size` bytes; it may move. On failure it stays as it is.
    ///
    /// # Safety
    /// The object is alive, allocated apart (`flag::LARGE`), holds no references to itself, and whoever refers to it is told
    /// of the new place.
    pub(crate) unsafe fn resize_large(&self, object: *mut Header, size: usize) -> Result<*mut Header, OutOfMemory> {
        // SAFETY: passed on.
        unsafe { self.large.resize(object, size) }
    }

    /// Frees an object's memory.
    ///
    /// # Safety
    /// The object's content is dropped, nothing refers to it.
    #[inline(always)]
    pub(crate) unsafe fn free_raw(&self, object: *mut Header) {
        // SAFETY: passed on; the flag tells where the object lives.
        unsafe {
            if (*object).has(flag::LARGE) {
                self.large.free(object);
            } else {
                self.pages.free(object);
            }
        }
    }
}

impl Heap {
    /// Asks for a stop at the next safepoint.
    pub fn request(&self, bits: u32) {
        self.state().request(bits);
    }

    /// How often `-b` was given: whether mixing bytes with text warns.
    pub fn set_bytes_warnings(&mut self, level: u8) {
        self.state().bytes_warnings.set(level);
    }

    /// Turns the checks of `-X dev` on or off.
    pub fn set_dev_mode(&mut self, on: bool) {
        self.state().dev_mode.set(on);
    }

    /// The interpreter's memory.
    pub fn heap_state(&self) -> &HeapState {
        self.state()
    }

    /// A new instance of the native class `T` itself.
    #[inline]
    pub fn alloc<T: PyClass>(&mut self, native: T) -> Ref<T> {
        let class = T::type_object();
        debug_assert!(!class.is_heap_type() && class.var_size().is_none());
        if class.shape() == 0 {
            class.ready();
        }
        let size = size_of::<Object<T>>();
        if class.attrs_offset() != 0 {
            return self.alloc_sized(class, native, class.instance_size()).expect("objects of fixed size are small");
        }
        let Ok((memory, flags)) = self.state().alloc_raw(size, class.is_container()) else {
            panic!("objects of fixed size are small");
        };
        // SAFETY: fresh memory of the size of an `Object<T>`; a static class needs no count.
        unsafe {
            let object = memory.cast::<Object<T>>();
            object.write(Object {
                header: Header {
                    count: Cell::new(1),
                    flags: Cell::new(flags | class.shape() << flag::SHAPE_SHIFT),
                    ty: Cell::new(class),
                },
                native,
            });
            Ref::from_raw(object)
        }
    }

    /// A new instance of `class`, which is `T` or a class whose native base is `T`, with empty slots and no attributes.
    pub fn alloc_as<T: PyClass>(&mut self, class: &Object<Type>, native: T) -> Ref<T> {
        if std::ptr::eq(class, T::type_object()) {
            return self.alloc(native);
        }
        assert!(std::ptr::eq(class.native(), T::type_object()), "instances of the class have another layout");
        self.alloc_sized(class, native, class.instance_size()).expect("objects of fixed size are small")
    }

    /// A new instance of a class of sized layout (`NativeLayout::sized`), with `tail` bytes behind the native half, which is
    /// made once there is memory for it. They hold nothing yet.
    #[inline(always)]
    pub fn alloc_with_tail<T: PyClass>(
        &mut self,
        class: &Object<Type>,
        tail: usize,
        make: impl FnOnce() -> T,
    ) -> Result<Ref<T>, OutOfMemory> {
        assert!(
            class.var_size().is_some() && std::ptr::eq(class.native(), T::type_object().native()),
            "instances of the class have another layout"
        );
        let size = size_of::<Object<T>>() + tail;
        let (memory, flags) = self.alloc_block(class, size)?;
        // SAFETY: the memory is fresh and of that size.
        Ok(unsafe { place(class, memory, flags, size, make) })
    }

    /// A new instance whose native half is followed by data of its own, `size` bytes in all.
    #[inline]
    pub(crate) fn alloc_sized<T: PyClass>(
        &mut self,
        class: &Object<Type>,
        native: T,
        size: usize,
    ) -> Result<Ref<T>, OutOfMemory> {
        debug_assert!(size >= size_of::<Object<T>>());
        match self.alloc_block(class, size) {
            // SAFETY: the memory is fresh and of that size.
            Ok((memory, flags)) => Ok(unsafe { place(class, memory, flags, size, || native) }),
            Err(error) => {
                // The end of a sized half looks at the data behind it, which there is none of.
                if class.var_size().is_some() {
                    std::mem::forget(native);
                }
                Err(error)
            }
        }
    }

    #[inline(always)]
    fn alloc_block(&mut self, class: &Object<Type>, size: usize) -> Result<(*mut u8, u32), OutOfMemory> {
        if class.shape() == 0 {
            class.ready();
        }
        self.state().alloc_raw(size, class.is_container())
    }
}

/// Makes an object where it is to be: its parts are written there one by one, not built elsewhere and copied.
///
/// # Safety
/// `memory` is fresh, of `size` bytes, which are enough for an `Object<T>`; instances of the class are of that layout.
#[inline(always)]
unsafe fn place<T: PyClass>(class: &Object<Type>, memory: *mut u8, flags: u32, size: usize, make: impl FnOnce() -> T) -> Ref<T> {
    // SAFETY: passed on; the tail is zeroed, which means empty slots.
    unsafe {
        let object = memory.cast::<Object<T>>();
        // Classes of the binary need no count.
        let plain = !class.is_heap_type() && class.attrs_offset() == 0;
        if !plain {
            class.header.retain();
        }
        (&raw mut (*object).native).write(make());
        // Last: a block is free while its first word is zero.
        (&raw mut (*object).header).write(Header {
            count: Cell::new(1),
            flags: Cell::new(flags | class.shape() << flag::SHAPE_SHIFT),
            ty: Cell::new(class),
        });
        if !plain {
            let native_size = size_of::<Object<T>>();
            memory.add(native_size).write_bytes(0, size - native_size);
        }
        Ref::from_raw(object)
    }
}

impl Vm {
    /// What the object layer calls in the layers above.
    pub fn hooks(&self) -> &'static Hooks {
        self.state().hooks()
    }
}
