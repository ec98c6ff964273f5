//! Bytecode and feedback to HIR to machine code; deoptimisation.
