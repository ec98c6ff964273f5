//! Native classes, functions and modules as the macros declare them, used through the tables and slots that they fill.

mod calls;
mod declared;
mod tables;
mod through_vm;
