//! The embedding API and the `pvm` command.
