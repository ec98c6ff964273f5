//! Frames, the evaluation loop, adaptive caches, unwinding, generators, threads, signals, imports, `builtins` and `sys`.
