//! The native half of the standard library, one module a file or folder, and the frozen Python half.
