//! C7: an event lies between the block that its device knew and its own block.

use super::{
    super::{ClaimId, beacons::Beacons, judge::Judge},
    place_of,
};
use crate::trial::Entry;

/// Blocks whose hashes the contract compares with the chain (EIP-2935).
const WINDOW: u64 = 8_191;

/// Where the entries have come to.
pub(super) struct Times<'a> {
    last: u64,
    height: u64,
    time_ms: u64,
    beacons: &'a Beacons,
}

impl<'a> Times<'a> {
    pub(super) fn new(last: u64, beacons: &'a Beacons) -> Self {
        Self {
            last,
            height: 0,
            time_ms: 0,
            beacons,
        }
    }

    pub(super) fn check(&mut self, entry: &Entry, judge: &mut Judge) {
        let Entry {
            height,
            time_ms,
            observed_ms,
            ..
        } = *entry;
        let is_ordered = match height.cmp(&self.height) {
            std::cmp::Ordering::Less => false,
            std::cmp::Ordering::Equal => time_ms == self.time_ms,
            std::cmp::Ordering::Greater => time_ms > self.time_ms,
        };
        if !is_ordered || height > self.last {
            let text = "the block of the entry does not follow that of the entry before";
            judge.fail(ClaimId::C7, "time-disorder", place_of(entry), text);
        }
        (self.height, self.time_ms) = (height.max(self.height), time_ms.max(self.time_ms));
        if observed_ms > time_ms {
            let text = "the observation is claimed for a time after the block";
            judge.fail(ClaimId::C7, "observed-ahead", place_of(entry), text);
        }
        if observed_ms > 0 {
            let late = time_ms.saturating_sub(observed_ms);
            let figure = &mut judge.figures.latest_entry_after_observation_ms;
            *figure = late.max(*figure);
        }
        if entry.beacon_height > 0 {
            self.check_beacon(entry, judge);
        }
    }

    fn check_beacon(&self, entry: &Entry, judge: &mut Judge) {
        let Entry {
            height,
            beacon_height,
            ..
        } = *entry;
        if beacon_height >= height {
            let text = format!(
                "the device knew block {beacon_height}, which came not before block {height}"
            );
            judge.fail(ClaimId::C7, "beacon-ahead", place_of(entry), text);
            return;
        }
        match self.beacons.get(&beacon_height) {
            Some(header) if header.hash != entry.beacon_hash => {
                let text = format!(
                    "block {beacon_height} has another hash than the device is said to have known"
                );
                judge.fail(ClaimId::C7, "beacon-differs", place_of(entry), text);
            }
            Some(_) => {}
            None if height - beacon_height > WINDOW => {
                let text = format!(
                    "block {beacon_height} is older than the contract compares, and not shown here"
                );
                judge.fail(ClaimId::C7, "beacon-unproved", place_of(entry), text);
            }
            None => {}
        }
    }
}
