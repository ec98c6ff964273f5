//! The declaration macros: `#[pyclass]`, `#[pymethods]`, `#[pyfunction]`, `#[pymodule]`.
