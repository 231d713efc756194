//! The native contracts by address; registering one costs one line.

use alloy_primitives::{Address, Bytes};

use crate::{
    addresses::{
        ACCESS, CABINETS, DELEGATION, DIRECTORY, MEMBERS, PACKS, PRESCRIPTIONS, RECORDS, RECOVERY,
        SEALS, TRIALS,
    },
    host::{Call, Host, Stop},
};

/// A native contract.
#[derive(Clone, Copy, Debug)]
pub struct Native {
    /// Where it lives.
    pub address: Address,
    /// Its noun.
    pub name: &'static str,
    run: fn(&mut dyn Host, &Call<'_>) -> Result<Bytes, Stop>,
}

const NATIVES: &[Native] = &[
    Native {
        address: MEMBERS,
        name: "members",
        run: crate::members::call,
    },
    Native {
        address: DIRECTORY,
        name: "directory",
        run: crate::directory::call,
    },
    Native {
        address: RECORDS,
        name: "records",
        run: crate::records::call,
    },
    Native {
        address: ACCESS,
        name: "access",
        run: crate::access::call,
    },
    Native {
        address: SEALS,
        name: "seals",
        run: crate::seals::call,
    },
    Native {
        address: RECOVERY,
        name: "recovery",
        run: crate::recovery::call,
    },
    Native {
        address: DELEGATION,
        name: "delegation",
        run: crate::delegation::call,
    },
    Native {
        address: PACKS,
        name: "packs",
        run: crate::packs::call,
    },
    Native {
        address: CABINETS,
        name: "cabinets",
        run: crate::cabinets::call,
    },
    Native {
        address: PRESCRIPTIONS,
        name: "prescriptions",
        run: crate::prescriptions::call,
    },
    Native {
        address: TRIALS,
        name: "trials",
        run: crate::trials::call,
    },
];

/// The native contract at this address.
pub fn native(address: Address) -> Option<Native> {
    NATIVES
        .iter()
        .find(|native| native.address == address)
        .copied()
}

/// All native contracts, in order of address.
pub const fn natives() -> &'static [Native] {
    NATIVES
}

/// Addresses of all native contracts, in order.
pub const fn addresses() -> &'static [Address] {
    &[
        MEMBERS,
        DIRECTORY,
        RECORDS,
        ACCESS,
        SEALS,
        RECOVERY,
        DELEGATION,
        PACKS,
        CABINETS,
        PRESCRIPTIONS,
        TRIALS,
    ]
}

impl Native {
    /// Runs one call and returns its ABI-encoded result.
    ///
    /// # Errors
    /// [`Stop::Revert`] when a rule says no, [`Stop::Halt`] when the machine cannot go on.
    pub fn call(&self, host: &mut dyn Host, call: &Call<'_>) -> Result<Bytes, Stop> {
        (self.run)(host, call)
    }
}
