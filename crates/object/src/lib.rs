//! `Value`, the heap, the memory manager, the cycle collector, types and slots, every built-in type that needs no frame.

pub mod text;
