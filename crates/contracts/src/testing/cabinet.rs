//! A pharmacy's cabinet, and what is recorded and counted in it.

use alloy_primitives::B256;
use alloy_sol_types::SolStruct;

use super::{Opened, Who, World, movement};
use crate::{
    addresses::CABINETS,
    interfaces::ICabinets::{self, balancesCall, countCall, openCall, recordCall},
    signing::{Count, domain},
};

/// The pharmacy's cabinet.
pub(crate) const CABINET: B256 = B256::repeat_byte(0xcb);
/// An item in it.
pub(crate) const ITEM: B256 = B256::repeat_byte(0x17);

impl World {
    /// The pharmacy has a cabinet, which the regulator audits.
    pub(crate) fn with_cabinet() -> Self {
        let mut world = Self::with_supply();
        let call = openCall {
            cabinet: CABINET,
            auditor: 9,
        };
        world.ok(Who::Pharmacist, CABINETS, &call);
        world
    }

    /// Records a movement of the item, and returns what it did to the stock.
    pub(crate) fn moves(&mut self, shares: [i64; 5], number: u64) -> Opened {
        let amounts = movement(shares, number);
        self.ok(Who::Gateway, CABINETS, &recording(&amounts));
        amounts[1]
    }

    pub(crate) fn balances(&mut self) -> ICabinets::Balances {
        let call = balancesCall {
            cabinet: CABINET,
            item: ITEM,
        };
        self.ok(Who::Pharmacist, CABINETS, &call)
    }

    /// A count of the item, witnessed by the second pharmacist as the item stands now.
    pub(crate) fn counting(&mut self, counted: Opened, blinding: B256) -> countCall {
        let counted = counted.encode();
        let number = self.balances().entries;
        countCall {
            cabinet: CABINET,
            item: ITEM,
            counted,
            blinding,
            witness: Who::SecondPharmacist.address(),
            signature: witness(Who::SecondPharmacist, counted, number),
        }
    }
}

/// A record of these amounts of the item.
pub(crate) fn recording(amounts: &[Opened; 6]) -> recordCall {
    recordCall {
        cabinet: CABINET,
        item: ITEM,
        amounts: amounts.map(|amount| amount.encode()),
        document: B256::repeat_byte(0x18),
    }
}

/// The signature of a witness of a count of the item.
pub(crate) fn witness(who: Who, counted: B256, number: u64) -> alloy_primitives::Bytes {
    let message = Count {
        cabinet: CABINET,
        item: ITEM,
        counted,
        number,
    };
    who.sign(message.eip712_signing_hash(&domain(1_337, CABINETS)))
}
