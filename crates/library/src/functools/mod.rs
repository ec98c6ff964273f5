//! `_functools`: the native half of `functools`.
//!
//! | file | subject |
//! |---|---|
//! | `fold` | `reduce` |
//! | `key` | `cmp_to_key` |
//! | `placeholder`, `partial` | `partial` and the places it leaves open |
//! | `lru_cache`, `recency` | the wrapper behind `lru_cache`, and the order in which its entries were used |

mod fold;
mod key;
mod lru_cache;
mod partial;
mod placeholder;
mod recency;

use pvm_macros::pymodule;

#[pymodule(name = "_functools")]
pub mod native {
    //! Tools that operate on functions.

    #[export]
    use super::fold::reduce;
    #[export]
    use super::key::cmp_to_key;
    #[export]
    use super::lru_cache::LruCacheWrapper;
    #[export]
    use super::partial::Partial;
    #[export]
    use super::placeholder::PlaceholderType;

    use pvm_object::{PyResult, Value, Vm};

    #[init]
    fn init(vm: &mut Vm, module: &Value) -> PyResult<()> {
        let placeholder = super::placeholder::placeholder(vm);
        let name = vm.intern("Placeholder");
        vm.setattr(module, &name, &placeholder)
    }
}
