//! Source to syntax tree to scopes to control-flow graph to code object; syntax errors.
