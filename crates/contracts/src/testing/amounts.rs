//! Amounts of controlled medicines as commitments, with openings that only tests know.

use alloy_primitives::{B256, keccak256};

use crate::cabinets::{Blinding, Commitment};

/// An amount and the blinding of its commitment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Opened {
    pub(crate) amount: i64,
    pub(crate) blinding: Blinding,
}

impl Opened {
    /// Nothing, without a blinding.
    pub(crate) const NOTHING: Self = Self {
        amount: 0,
        blinding: Blinding::NONE,
    };

    /// An amount with the blinding of this number.
    pub(crate) fn new(amount: i64, number: u64) -> Self {
        let half = keccak256(number.to_be_bytes());
        let mut bytes = [0; 64];
        bytes[..32].copy_from_slice(half.as_slice());
        bytes[32..].copy_from_slice(keccak256(half).as_slice());
        Self {
            amount,
            blinding: Blinding::from_random(&bytes),
        }
    }

    pub(crate) fn encode(&self) -> B256 {
        Commitment::of(self.amount, self.blinding).encode()
    }

    pub(crate) fn plus(self, other: Self) -> Self {
        Self {
            amount: self.amount + other.amount,
            blinding: self.blinding + other.blinding,
        }
    }

    pub(crate) fn minus(self, other: Self) -> Self {
        Self {
            amount: self.amount - other.amount,
            blinding: self.blinding - other.blinding,
        }
    }
}

/// The amounts of a record: what came in is the sum of the five shares, which have the blindings from `number` on.
pub(crate) fn movement(shares: [i64; 5], number: u64) -> [Opened; 6] {
    let open = |(amount, index): (i64, u64)| Opened::new(amount, number + index);
    let [stock, dispensed, wasted, returned, lost] = shares;
    let shares = [
        (stock, 0),
        (dispensed, 1),
        (wasted, 2),
        (returned, 3),
        (lost, 4),
    ]
    .map(open);
    let received = shares.into_iter().fold(Opened::NOTHING, Opened::plus);
    let [stock, dispensed, wasted, returned, lost] = shares;
    [received, stock, dispensed, wasted, returned, lost]
}
