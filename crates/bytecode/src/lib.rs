//! The instruction set as data, code objects, location and exception tables, marshal, `.pyc`, the verifier, disassembly.
