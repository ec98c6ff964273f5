//! `_operator`: the operators as functions, and callables that fetch and call.
//!
//! | file | subject |
//! |---|---|
//! | `functions` | one function an operator |
//! | `sequences` | concatenating, searching, length hints |
//! | `digest` | comparison in constant time |
//! | `getters` | `attrgetter`, `itemgetter` |
//! | `methodcaller` | `methodcaller` |

mod digest;
mod functions;
mod getters;
mod methodcaller;
mod sequences;

pub(crate) use digest::_compare_digest as compare_in_constant_time;
use pvm_macros::pymodule;
use pvm_object::{Args, PyResult, Vm};

#[pymodule(name = "_operator")]
pub mod native {
    //! Operator interface.
    //!
    //! This module exports a set of functions implemented in native code
    //! corresponding to the intrinsic operators of Python.  For example,
    //! operator.add(x, y) is equivalent to the expression x+y.

    #[export]
    use super::digest::_compare_digest;
    #[export]
    use super::functions::{
        abs, add, and_, call, contains, delitem, eq, floordiv, ge, getitem, gt, iadd, iand, ifloordiv, ilshift, imatmul, imod,
        imul, index, inv, invert, ior, ipow, irshift, is_, is_none, is_not, is_not_none, isub, itruediv, ixor, le, lshift, lt,
        matmul, mod_, mul, ne, neg, not_, or_, pos, pow, rshift, setitem, sub, truediv, truth, xor,
    };
    #[export]
    use super::getters::{AttrGetter, ItemGetter};
    #[export]
    use super::methodcaller::MethodCaller;
    #[export]
    use super::sequences::{concat, count_of, iconcat, index_of, length_hint};
}

/// The one argument of a getter's call.
fn only_operand<'a>(vm: &mut Vm, name: &str, args: Args<'a>) -> PyResult<pvm_object::ValueRef<'a>> {
    if args.has_keywords() {
        return Err(vm.type_error(format_args!("{name}() takes no keyword arguments")));
    }
    match (args.get(0), args.len()) {
        (Some(operand), 1) => Ok(operand),
        (_, given) => Err(vm.type_error(format_args!("{name} expected 1 argument, got {given}"))),
    }
}
