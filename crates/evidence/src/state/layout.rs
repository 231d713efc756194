//! Solidity storage layout of the state that evidence speaks about.
//!
//! Rule: Solidity documentation, "Layout of State Variables in Storage": a mapping's value for `key` stands at
//! `keccak256(key || slot)`, and small fields are packed from the low-order end of a slot.

use alloy_primitives::{B256, U256, keccak256};

/// The slot of `mapping[key]` for a mapping at `slot`: `keccak256(key || slot)`.
pub fn mapping_slot(slot: U256, key: B256) -> U256 {
    let mut preimage = [0; 64];
    preimage[..32].copy_from_slice(key.as_slice());
    preimage[32..].copy_from_slice(&slot.to_be_bytes::<32>());
    keccak256(preimage).into()
}

/// As [`mapping_slot`] for a key of an unsigned integer type.
pub fn mapping_slot_u64(slot: U256, key: u64) -> U256 {
    mapping_slot(slot, U256::from(key).into())
}

/// Slots of `records.charts[chart]` and of the records listed under it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChartSlots {
    state: U256,
    records: U256,
}

impl ChartSlots {
    /// The slots of `chart`.
    pub fn of(chart: B256) -> Self {
        Self {
            state: mapping_slot(U256::from(1), chart),
            records: mapping_slot(U256::from(2), chart),
        }
    }

    /// `address controller; uint64 openedTimeMs`.
    pub fn controller(&self) -> U256 {
        self.state
    }

    /// `uint64 recordCount`.
    pub fn record_count(&self) -> U256 {
        self.state.wrapping_add(U256::from(1))
    }

    /// The id of the chart's record number `index`.
    pub fn record(&self, index: u64) -> U256 {
        mapping_slot_u64(self.records, index)
    }
}

/// Slots of a chart's log in the contract `access`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LogSlots {
    length: U256,
    entries: U256,
}

impl LogSlots {
    /// The slots of the log of `chart`.
    pub fn of(chart: B256) -> Self {
        Self {
            length: mapping_slot(U256::ZERO, chart),
            entries: mapping_slot(U256::from(1), chart),
        }
    }

    /// `logLength[chart]`.
    pub fn length(&self) -> U256 {
        self.length
    }

    /// `logEntry[chart][sequence]`.
    pub fn entry(&self, sequence: u64) -> U256 {
        mapping_slot_u64(self.entries, sequence)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mapping_slot_is_that_of_solidity() {
        assert_eq!(
            B256::from(mapping_slot(U256::ZERO, B256::ZERO)),
            keccak256([0; 64]),
        );
        assert_eq!(
            format!("{:064x}", mapping_slot_u64(U256::ZERO, 1)),
            "ada5013122d395ba3c54772283fb069b10426056ef8ca54750cb9bb552a59e7d"
        );
    }
}
