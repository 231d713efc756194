//! A prescription of the clinic's physician, and its fills.

use alloy_primitives::{Address, B256};
use alloy_sol_types::SolStruct;

use super::{OneTime, Opened, START, Who};
use crate::{
    addresses::PRESCRIPTIONS,
    interfaces::IPrescriptions::{fillCall, prescribeCall},
    signing::{Fill, domain},
};

/// A prescription of 30 units in three fills, for thirty days from the start on, held by key 1.
pub(crate) fn prescription() -> prescribeCall {
    prescribeCall {
        key: OneTime(1).address(),
        terms: B256::repeat_byte(0x71),
        fills: 3,
        quantity: Opened::new(30, 1).encode(),
        from: START,
        until: START + 30 * 86_400,
    }
}

/// A fill by a pharmacist, signed by the key that it spends.
pub(crate) fn filling(
    who: Who,
    (key, next): (OneTime, Option<OneTime>),
    (dispensed, left): (Opened, Opened),
) -> fillCall {
    let next = next.map_or(Address::ZERO, OneTime::address);
    let message = Fill {
        key: key.address(),
        next,
        dispensed: dispensed.encode(),
        left: left.encode(),
        pharmacist: who.address(),
    };
    let digest = message.eip712_signing_hash(&domain(1_337, PRESCRIPTIONS));
    fillCall {
        key: message.key,
        next,
        dispensed: message.dispensed,
        left: message.left,
        document: B256::repeat_byte(0x72),
        signature: key.sign(digest),
    }
}
