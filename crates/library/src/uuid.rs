//! `_uuid`: UUIDs of the time and this machine (RFC 9562, version 1), as libuuid makes them.

use std::sync::{Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

/// Intervals of 100 ns between the Gregorian calendar's first day and the epoch.
const GREGORIAN: u64 = 0x01b2_1dd2_1381_4000;

/// The state of the process's clock: the last time given out, the sequence number, the node.
struct Clock {
    last: u64,
    sequence: u16,
    node: [u8; 6],
}

static CLOCK: Mutex<Option<Clock>> = Mutex::new(None);

fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    let _ = rustix::rand::getrandom(&mut bytes[..], rustix::rand::GetRandomFlags::empty());
    bytes
}

/// The address of the first network card that has one; else a random one, marked as such by the multicast bit.
fn node() -> [u8; 6] {
    let cards = std::fs::read_dir("/sys/class/net").into_iter().flatten().flatten();
    let mut names: Vec<_> = cards.map(|card| card.path()).collect();
    names.sort();
    for card in names {
        let Ok(text) = std::fs::read_to_string(card.join("address")) else { continue };
        let bytes: Option<Vec<u8>> = text.trim().split(':').map(|pair| u8::from_str_radix(pair, 16).ok()).collect();
        if let Some(Ok(address)) = bytes.map(<[u8; 6]>::try_from)
            && address != [0; 6]
        {
            return address;
        }
    }
    let mut address = random::<6>();
    address[0] |= 1;
    address
}

/// The bytes of a new UUID. Two are never alike in this process: time given out once is not given out again.
fn generate() -> [u8; 16] {
    let mut held = CLOCK.lock().unwrap_or_else(PoisonError::into_inner);
    let clock = held.get_or_insert_with(|| Clock { last: 0, sequence: u16::from_be_bytes(random()) & 0x3fff, node: node() });
    let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let now = (since_epoch.as_nanos() / 100) as u64 + GREGORIAN;
    // A clock set back begins another sequence; calls within one tick take the ticks that follow.
    if now + 10_000_000 < clock.last {
        clock.sequence = (clock.sequence + 1) & 0x3fff;
        clock.last = now;
    } else {
        clock.last = now.max(clock.last + 1);
    }
    let time = clock.last;
    let mut uuid = [0; 16];
    uuid[..4].copy_from_slice(&(time as u32).to_be_bytes());
    uuid[4..6].copy_from_slice(&((time >> 32) as u16).to_be_bytes());
    uuid[6..8].copy_from_slice(&((time >> 48) as u16 & 0x0fff | 0x1000).to_be_bytes());
    uuid[8..10].copy_from_slice(&(clock.sequence | 0x8000).to_be_bytes());
    uuid[10..].copy_from_slice(&clock.node);
    uuid
}

#[pvm_macros::pymodule(name = "_uuid")]
pub mod native {
    use pvm_macros::pyfunction;
    use pvm_object::bytes::Bytes;
    use pvm_object::{PyResult, Ref, Vm};

    #[constant]
    #[name = "has_uuid_generate_time_safe"]
    const HAS_UUID_GENERATE_TIME_SAFE: i32 = 1;
    #[constant]
    #[name = "has_stable_extractable_node"]
    const HAS_STABLE_EXTRACTABLE_NODE: i32 = 0;

    /// The bytes of a new UUID, and -1: nothing guards it against those of other processes.
    #[pyfunction]
    fn generate_time_safe(vm: &mut Vm) -> PyResult<(Ref<Bytes>, i32)> {
        Ok((vm.new_bytes(&super::generate())?, -1))
    }
}
