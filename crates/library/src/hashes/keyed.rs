//! The classes of HMAC objects: `_hmac` and `_hashlib` have one each, which differ in their docs.

/// Makes a class around a [`Mac`](super::algorithms::Mac). The docs behind its name are what the methods that give digests say besides.
macro_rules! hmac_class {
    ($(#[doc = $doc:literal])* $class:ident $module:literal $update:literal; $(#[doc = $besides:literal])*) => {
        $(#[doc = $doc])*
        #[pvm_macros::pyclass(name = "HMAC", module = $module, final)]
        pub struct $class {
            state: pvm_object::HeapCell<pvm_object::Foreign<Box<$crate::hashes::algorithms::Mac>>>,
        }

        impl $class {
            fn new(mac: $crate::hashes::algorithms::Mac) -> $class {
                $class { state: pvm_object::HeapCell::new(pvm_object::Foreign(Box::new(mac))) }
            }

            fn algorithm(&self, heap: &pvm_object::Heap) -> &'static $crate::hashes::algorithms::Algorithm {
                self.state.borrow(heap).0.algorithm
            }

            fn mac(&self, heap: &pvm_object::Heap) -> $crate::hashes::algorithms::Mac {
                (*self.state.borrow(heap).0).clone()
            }
        }

        #[pvm_macros::pymethods]
        impl $class {
            /// Return a copy ("clone") of the HMAC object.
            fn copy(&self, heap: &mut pvm_object::Heap) -> pvm_object::Ref<$class> {
                let mac = self.mac(heap);
                heap.alloc($class::new(mac))
            }

            #[doc = $update]
            #[signature = "(msg)"]
            fn update(&self, vm: &mut pvm_object::Vm, msg: &pvm_object::Value) -> pvm_object::PyResult<()> {
                let mut mac = self.mac(vm);
                $crate::hashes::input::feed(vm, msg, |bytes| mac.update(bytes))?;
                self.state.set(pvm_object::Foreign(Box::new(mac)), vm);
                Ok(())
            }

            /// Return the digest of the bytes passed to the update() method so far.
            $(#[doc = $besides])*
            fn digest(&self, heap: &mut pvm_object::Heap) -> pvm_object::PyResult<pvm_object::Ref<pvm_object::bytes::Bytes>> {
                let digest = self.mac(heap).finish();
                Ok(heap.new_bytes(&digest)?)
            }

            /// Return hexadecimal digest of the bytes passed to the update() method so far.
            ///
            /// This may be used to exchange the value safely in email or other
            /// non-binary environments.
            $(#[doc = $besides])*
            fn hexdigest(&self, heap: &pvm_object::Heap) -> String {
                $crate::hashes::input::hexadecimal(&self.mac(heap).finish())
            }

            #[getter]
            fn name(&self, heap: &pvm_object::Heap) -> String {
                format!("hmac-{}", self.algorithm(heap).name)
            }

            #[getter]
            fn block_size(&self, heap: &pvm_object::Heap) -> usize {
                self.algorithm(heap).block
            }

            #[getter]
            fn digest_size(&self, heap: &pvm_object::Heap) -> usize {
                self.algorithm(heap).size
            }

            fn __repr__(this: &pvm_object::Object<Self>, heap: &pvm_object::Heap) -> String {
                format!("<{} HMAC object @ {:#x}>", this.algorithm(heap).name, this.address())
            }
        }
    };
}

pub(super) use hmac_class;
