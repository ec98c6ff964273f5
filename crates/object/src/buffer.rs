//! The buffer protocol: [`BufferView`], a description of memory that an object exports.

use crate::core::value::Value;

/// Memory that an object exports (`Py_buffer`). While a view is out, its exporter does not move or resize the memory.
#[derive(Debug)]
pub struct BufferView {
    /// The exporter.
    pub owner: Value,
    /// Where the memory begins.
    pub data: *mut u8,
    /// Bytes in all.
    pub len: usize,
    /// Bytes an item.
    pub item_size: usize,
    /// The item's format in the syntax of `struct`; unsigned bytes without one.
    pub format: Option<String>,
    /// Items along each dimension.
    pub shape: Vec<isize>,
    /// Bytes from one item to the next along each dimension.
    pub strides: Vec<isize>,
    /// Whether it must not be written to.
    pub readonly: bool,
}
