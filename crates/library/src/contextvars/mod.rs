//! `_contextvars`: context variables (PEP 567). The current context is the thread's
//! ([`ThreadState::context`](pvm_object::thread::ThreadState::context)).
//!
//! | file | subject |
//! |---|---|
//! | `values` | what a context holds: an immutable map, shared by copies |
//! | `context` | `Context` and the iterators over it |
//! | `variable` | `ContextVar` |
//! | `token` | `Token` |

mod context;
mod token;
mod values;
mod variable;

pub(crate) use context::copy_context;
use pvm_macros::pymodule;
pub(crate) use variable::ContextVar;

#[pymodule(name = "_contextvars")]
pub mod native {
    //! Context Variables

    #[export]
    use super::context::{Context, copy_context};
    #[export]
    use super::token::Token;
    #[export]
    use super::variable::ContextVar;
}
