//! `_datetime`: dates, times, differences and zones.
//!
//! | file | what |
//! |---|---|
//! | `calendar.rs` | days by number, weeks |
//! | `date.rs`, `time.rs`, `datetime.rs` | `date`, `time`, `datetime` |
//! | `moment.rs` | what the last two have in common |
//! | `delta.rs` | `timedelta` |
//! | `zone.rs` | `tzinfo`, `timezone` |
//! | `format.rs`, `parse.rs` | to text, and out of text |
//! | `local.rs` | the local clock, timestamps |

mod calendar;
mod date;
#[allow(clippy::module_inception)]
mod datetime;
mod delta;
mod format;
mod local;
mod moment;
mod parse;
mod time;
mod zone;

pub(crate) use datetime::DateTime;
pub(crate) use delta::Delta;
pub(crate) use zone::TzInfo;

#[pvm_macros::pymodule(name = "_datetime")]
pub mod native {
    //! Fast implementation of the datetime module.
    use pvm_object::{Heap, PyResult, Ref};

    use super::calendar;
    use super::zone;

    #[export]
    use super::date::Date;
    #[export]
    use super::datetime::DateTime;
    #[export]
    use super::delta::Delta;
    #[export]
    use super::time::Time;
    #[export]
    use super::zone::TimeZone;
    #[export]
    use super::zone::TzInfo;

    #[constant]
    const MINYEAR: i32 = calendar::MIN_YEAR;
    #[constant]
    const MAXYEAR: i32 = calendar::MAX_YEAR;

    #[constant]
    #[name = "UTC"]
    fn utc(heap: &mut Heap) -> PyResult<Ref<zone::TimeZone>> {
        zone::utc(heap)
    }
}
