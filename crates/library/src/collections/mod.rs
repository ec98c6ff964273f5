//! The native half of `collections`.
//!
//! | file | what |
//! |---|---|
//! | `deque.rs`, `ring.rs`, `deque_iterators.rs` | `deque` |
//! | `tuplegetter.rs` | the fields of named tuples |

mod deque;
mod deque_iterators;
mod ring;
mod tuplegetter;

pub use deque::Deque;

/// The module.
#[pvm_macros::pymodule(name = "_collections")]
pub mod native {
    //! Containers that are fast where dict, list and tuple are not.
    //! - deque: a sequence for work at both ends
    //! - defaultdict: a dict that makes missing values
    //! - OrderedDict: a dict that can change its order

    #[export]
    use super::deque::Deque;
    #[export]
    use super::deque_iterators::{DequeIterator, DequeReverseIterator};
    #[export]
    use super::tuplegetter::TupleGetter;
}
