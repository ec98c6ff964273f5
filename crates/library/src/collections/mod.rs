//! The native half of `collections`.
//!
//! | file | what |
//! |---|---|
//! | `deque.rs`, `ring.rs`, `deque_iterators.rs` | `deque` |
//! | `defaultdict.rs` | `defaultdict` |
//! | `ordered_dict.rs`, `order.rs`, `ordered_views.rs` | `OrderedDict` |
//! | `tuplegetter.rs` | the fields of named tuples |
//! | `count.rs` | counting for `Counter` |

mod count;
mod defaultdict;
mod deque;
mod deque_iterators;
mod order;
mod ordered_dict;
mod ordered_views;
pub(crate) mod ring;
mod tuplegetter;

pub use defaultdict::DefaultDict;
pub use deque::Deque;
pub use ordered_dict::OrderedDict;

#[pvm_macros::pymodule(name = "_collections")]
pub mod native {
    //! Containers that are fast where dict, list and tuple are not.
    //! - deque: a sequence for work at both ends
    //! - defaultdict: a dict that makes missing values
    //! - OrderedDict: a dict that can change its order

    #[export]
    use super::count::count_elements;
    #[export]
    use super::defaultdict::DefaultDict;
    #[export]
    use super::deque::Deque;
    #[export]
    use super::deque_iterators::{DequeIterator, DequeReverseIterator};
    #[export]
    use super::ordered_dict::OrderedDict;
    #[export]
    use super::tuplegetter::TupleGetter;
}
