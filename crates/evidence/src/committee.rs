//! The committee that each epoch announces, as state holds it.
//!
//! One block of each epoch writes the validators that stand then into the history account, so that every node finds
//! the same answer later, also one that fetched the state from others. Epoch `e` has the slots from
//! `2^128 + 256 * (e mod 4)`:
//!
//! ```text
//! +0        (e + 1) << 32 | number of seats
//! +1 + 2i   identity of seat i
//! +2 + 2i   its address: 4 or 6, then 16 bytes of the IP (of version 4 in the last 4), then 2 bytes of the port
//! ```

use alloy_primitives::{B256, U256};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// The most seats of a committee.
pub const SEATS_MAX: usize = 64;
/// Epochs whose announcements state holds.
const KEPT: u64 = 4;
/// Slots of one announcement.
const STRIDE: u64 = 256;
const COUNT_BITS: usize = 32;
const PORT_BYTES: usize = 2;
const FAMILY_AT: usize = 13;

/// A validator that is to take part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seat {
    /// Ed25519 public key of its identity.
    pub identity: B256,
    /// Where the others reach it.
    pub address: SocketAddr,
}

/// The committee that an epoch announced: it receives shares two epochs later, and votes from the third on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announcement {
    /// The epoch that announced it.
    pub epoch: u64,
    /// Its validators, at most [`SEATS_MAX`].
    pub seats: Vec<Seat>,
}

/// The slot that says whether state still holds the announcement of `epoch`, and how long it is.
pub fn head_slot(epoch: u64) -> U256 {
    U256::from_limbs([STRIDE * (epoch % KEPT), 0, 1, 0])
}

impl Announcement {
    /// Slots and values, and zeros for what a longer announcement left there; `stale_head` is what the head's slot
    /// held before.
    ///
    /// # Panics
    /// Where there are more than [`SEATS_MAX`] seats.
    pub fn storage_changes(&self, stale_head: U256) -> Vec<(U256, U256)> {
        assert!(self.seats.len() <= SEATS_MAX, "a committee is bounded");
        let head = head_slot(self.epoch);
        let length = U256::from(self.seats.len());
        let mut changes = vec![(head, (U256::from(self.epoch + 1) << COUNT_BITS) | length)];
        for (index, seat) in self.seats.iter().enumerate() {
            let [identity, address] = seat_slots(self.epoch, index);
            changes.push((identity, seat.identity.into()));
            changes.push((address, address_word(seat.address)));
        }
        for index in self.seats.len()..count_of(stale_head) {
            changes.extend(seat_slots(self.epoch, index).map(|slot| (slot, U256::ZERO)));
        }
        changes
    }

    /// Reads the announcement of `epoch` slot by slot; `None` where state does not hold it, or not any more.
    ///
    /// # Errors
    /// Those of reading.
    pub fn load<E>(
        epoch: u64,
        mut slot: impl FnMut(U256) -> Result<U256, E>,
    ) -> Result<Option<Self>, E> {
        let head = slot(head_slot(epoch))?;
        if head >> COUNT_BITS != U256::from(epoch + 1) {
            return Ok(None);
        }
        let mut seats = Vec::new();
        for index in 0..count_of(head) {
            let [identity, address] = seat_slots(epoch, index);
            let identity = B256::from(slot(identity)?);
            if let Some(address) = word_address(slot(address)?) {
                seats.push(Seat { identity, address });
            }
        }
        Ok(Some(Self { epoch, seats }))
    }
}

fn count_of(head: U256) -> usize {
    let count = head & U256::from(u32::MAX);
    count.to::<usize>().min(SEATS_MAX)
}

fn seat_slots(epoch: u64, index: usize) -> [U256; 2] {
    let first = head_slot(epoch) + U256::from(1 + 2 * index);
    [first, first + U256::from(1)]
}

fn address_word(address: SocketAddr) -> U256 {
    let mut bytes = [0; 32];
    let (family, octets) = match address.ip() {
        IpAddr::V4(ip) => (4, u128::from(u32::from(ip)).to_be_bytes()),
        IpAddr::V6(ip) => (6, ip.octets()),
    };
    bytes[FAMILY_AT] = family;
    bytes[FAMILY_AT + 1..32 - PORT_BYTES].copy_from_slice(&octets);
    bytes[32 - PORT_BYTES..].copy_from_slice(&address.port().to_be_bytes());
    U256::from_be_bytes(bytes)
}

fn word_address(word: U256) -> Option<SocketAddr> {
    let bytes: [u8; 32] = word.to_be_bytes();
    let octets: [u8; 16] = bytes[FAMILY_AT + 1..32 - PORT_BYTES].try_into().ok()?;
    let port = u16::from_be_bytes(bytes[32 - PORT_BYTES..].try_into().ok()?);
    let ip: IpAddr = match bytes[FAMILY_AT] {
        4 => Ipv4Addr::from(u32::try_from(u128::from_be_bytes(octets)).ok()?).into(),
        6 => Ipv6Addr::from(octets).into(),
        _ => return None,
    };
    Some(SocketAddr::new(ip, port))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{collections::BTreeMap, convert::Infallible};

    fn announcement(epoch: u64, seats: u8) -> Announcement {
        let seat = |index: u8| Seat {
            identity: B256::repeat_byte(index + 1),
            address: match index % 2 {
                0 => SocketAddr::from(([10, 0, 0, index], 9_000)),
                _ => SocketAddr::from(([0xfd00, 0, 0, 0, 0, 0, 0, u16::from(index)], 9_000)),
            },
        };
        Announcement {
            epoch,
            seats: (0..seats).map(seat).collect(),
        }
    }

    fn write(state: &mut BTreeMap<U256, U256>, announcement: &Announcement) {
        let stale = state.get(&head_slot(announcement.epoch)).copied();
        for (slot, value) in announcement.storage_changes(stale.unwrap_or_default()) {
            state.insert(slot, value);
        }
        state.retain(|_, value| !value.is_zero());
    }

    fn load(state: &BTreeMap<U256, U256>, epoch: u64) -> Option<Announcement> {
        let slot = |slot| Ok::<_, Infallible>(state.get(&slot).copied().unwrap_or_default());
        let Ok(loaded) = Announcement::load(epoch, slot);
        loaded
    }

    #[test]
    fn an_announcement_is_read_as_it_was_written_until_its_place_is_taken() {
        let mut state = BTreeMap::new();
        for epoch in 0..KEPT {
            write(&mut state, &announcement(epoch, 4 + epoch as u8));
        }
        for epoch in 0..KEPT {
            let written = announcement(epoch, 4 + epoch as u8);
            assert_eq!(load(&state, epoch), Some(written));
        }
        write(&mut state, &announcement(KEPT, 2));
        assert_eq!(load(&state, 0), None);
        assert_eq!(load(&state, KEPT), Some(announcement(KEPT, 2)));
        let others: usize = (1..KEPT as usize).map(|epoch| 1 + 2 * (4 + epoch)).sum();
        assert_eq!(state.len(), others + 1 + 2 * 2, "nothing stale is left");
    }

    #[test]
    fn the_largest_committee_stays_within_its_slots() {
        let mut state = BTreeMap::new();
        write(&mut state, &announcement(7, SEATS_MAX as u8));
        assert!(
            state
                .keys()
                .all(|slot| *slot < head_slot(7) + U256::from(STRIDE))
        );
        assert_eq!(load(&state, 7), Some(announcement(7, SEATS_MAX as u8)));
        assert_eq!(load(&state, 3), None);
    }

    #[test]
    fn addresses_survive_their_word() {
        for text in [
            "127.0.0.1:1",
            "255.255.255.255:65535",
            "[::1]:9000",
            "[2001:db8::ff]:443",
        ] {
            let address: SocketAddr = text.parse().expect("an address");
            assert_eq!(word_address(address_word(address)), Some(address));
        }
        assert_eq!(word_address(U256::ZERO), None);
        assert_eq!(word_address(U256::MAX), None);
    }
}
