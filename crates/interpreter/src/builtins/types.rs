//! The classes among the built-in names.

use pvm_object::Static;
use pvm_object::types::Type;

/// The classes, but the exceptions.
pub(super) static TYPES: &[&Static<Type>] = &[
    &pvm_object::types::TYPE_TYPE,
    &pvm_object::types::OBJECT_TYPE,
    &pvm_object::int::INT_TYPE,
    &pvm_object::int::BOOL_TYPE,
    &pvm_object::float::FLOAT_TYPE,
    &pvm_object::complex::COMPLEX_TYPE,
    &pvm_object::str::STR_TYPE,
    &pvm_object::tuple::TUPLE_TYPE,
    &pvm_object::list::LIST_TYPE,
    &pvm_object::dict::DICT_TYPE,
    &pvm_object::set::SET_TYPE,
    &pvm_object::set::FROZEN_SET_TYPE,
    &pvm_object::range::RANGE_TYPE,
    &pvm_object::slice::SLICE_TYPE,
    &pvm_object::bytes::BYTES_TYPE,
    &pvm_object::bytearray::BYTE_ARRAY_TYPE,
    &pvm_object::memoryview::MEMORY_VIEW_TYPE,
    &pvm_object::super_::SUPER_TYPE,
    &pvm_object::descriptors::property::PROPERTY_TYPE,
    &pvm_object::descriptors::wrappers::CLASS_METHOD_TYPE,
    &pvm_object::descriptors::wrappers::STATIC_METHOD_TYPE,
    &pvm_object::iterators::ENUMERATE_TYPE,
    &pvm_object::iterators::FILTER_TYPE,
    &pvm_object::iterators::MAP_TYPE,
    &pvm_object::iterators::ZIP_TYPE,
    &pvm_object::iterators::REVERSED_TYPE,
];
