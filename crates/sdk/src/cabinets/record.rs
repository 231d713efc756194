//! Movements of an item: one vector of commitments for every kind of movement.

use crate::{Client, Error};
use alloy_primitives::B256;
use alloy_rpc_types_eth::TransactionReceipt;
use theriac_contracts::{
    addresses::CABINETS,
    cabinets::{Blinding, Commitment},
    interfaces::ICabinets::recordCall,
};

/// Amounts of a movement; what came in is the sum of where it went, stock included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Amounts {
    /// Delivered.
    pub received: i64,
    /// Change of the stock; below zero where more went out than came in.
    pub stock: i64,
    /// Dispensed.
    pub dispensed: i64,
    /// Wasted.
    pub wasted: i64,
    /// Returned.
    pub returned: i64,
    /// Lost.
    pub lost: i64,
}

/// Amounts with the blindings that hide them: what the organisation keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Movement {
    amounts: Amounts,
    blindings: [Blinding; 6],
}

impl Amounts {
    /// Amounts in the order received, stock, dispensed, wasted, returned, lost.
    #[must_use]
    pub fn from_order(amounts: [i64; 6]) -> Self {
        let [received, stock, dispensed, wasted, returned, lost] = amounts;
        Self {
            received,
            stock,
            dispensed,
            wasted,
            returned,
            lost,
        }
    }

    fn in_order(&self) -> [i64; 6] {
        let Self {
            received,
            stock,
            dispensed,
            wasted,
            returned,
            lost,
        } = *self;
        [received, stock, dispensed, wasted, returned, lost]
    }

    /// Whether what came in is the sum of where it went.
    #[must_use]
    pub fn is_balanced(&self) -> bool {
        let [received, parts @ ..] = self.in_order().map(i128::from);
        received == parts.iter().sum::<i128>()
    }
}

impl Movement {
    /// A movement under fresh blindings, that of what came in being the sum of the others.
    #[must_use]
    pub fn new(amounts: Amounts) -> Self {
        let mut blindings = [Blinding::NONE; 6];
        let mut sum = Blinding::NONE;
        for blinding in &mut blindings[1..] {
            *blinding = fresh();
            sum = sum + *blinding;
        }
        blindings[0] = sum;
        Self { amounts, blindings }
    }

    /// The movement of these amounts, received first, under blindings that were drawn before.
    #[must_use]
    pub fn from_parts(amounts: [i64; 6], blindings: [Blinding; 6]) -> Self {
        let amounts = Amounts::from_order(amounts);
        Self { amounts, blindings }
    }

    /// Amounts, received first, with their blindings: what must be kept before the movement is recorded.
    #[must_use]
    pub fn parts(&self) -> ([i64; 6], [Blinding; 6]) {
        (self.amounts.in_order(), self.blindings)
    }

    /// The amounts.
    #[must_use]
    pub fn amounts(&self) -> &Amounts {
        &self.amounts
    }

    /// The blinding of the change of the stock; the sum over an item's movements is that of its balance.
    #[must_use]
    pub fn stock_blinding(&self) -> Blinding {
        self.blindings[1]
    }

    /// What the ledger is given: received, stock, dispensed, wasted, returned, lost.
    #[must_use]
    pub fn commitments(&self) -> [B256; 6] {
        let amounts = self.amounts.in_order();
        std::array::from_fn(|place| Commitment::of(amounts[place], self.blindings[place]).encode())
    }
}

/// A blinding of the system's randomness.
pub(super) fn fresh() -> Blinding {
    Blinding::from_random(&crate::random())
}

impl Client {
    /// Records a movement of an item in a cabinet; `document` is a salted commitment or zero.
    ///
    /// # Errors
    /// `Refused`; those of [`Client::send`].
    pub async fn record_movement(
        &self,
        (cabinet, item): (B256, B256),
        movement: &Movement,
        document: B256,
    ) -> Result<TransactionReceipt, Error> {
        let call = recordCall {
            cabinet,
            item,
            amounts: movement.commitments(),
            document,
        };
        self.send(CABINETS, &call).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dispensed() -> Amounts {
        Amounts {
            stock: -3,
            dispensed: 2,
            wasted: 1,
            ..Amounts::default()
        }
    }

    #[test]
    fn commitments_of_a_balanced_movement_are_balanced_and_of_another_are_not() {
        for (amounts, balanced) in [
            (dispensed(), true),
            (
                Amounts {
                    lost: 1,
                    ..dispensed()
                },
                false,
            ),
        ] {
            assert_eq!(amounts.is_balanced(), balanced);
            let told = Movement::new(amounts).commitments();
            let [received, parts @ ..] = told.map(|one| Commitment::decode(one).unwrap());
            let sum = parts.into_iter().reduce(|sum, part| sum + part).unwrap();
            assert_eq!(received == sum, balanced);
        }
    }

    #[test]
    fn the_same_amounts_never_look_the_same() {
        let [one, other] = [(); 2].map(|()| Movement::new(dispensed()).commitments());
        for (one, other) in one.iter().zip(&other) {
            assert_ne!(one, other);
        }
    }
}
