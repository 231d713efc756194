//! Storage of prescriptions. Slots 0 to 2, as `solidity/layout/Prescriptions.sol` has them.

use alloy_primitives::{Address, B256};

use crate::{
    addresses::PRESCRIPTIONS,
    codes::PrescriptionStatus,
    host::{Halt, Host, Stop},
    refusals::Refusal,
    storage::{Item, Map, State, stored},
};

stored! {
    /// A prescription, by the key that it was made with.
    Prescription, 4 slots {
        /// Who prescribed.
        prescriber: Address = (0, 0), "prescriber";
        /// Her organisation at that time; 0 when there is no such prescription.
        organisation: u32 = (0, 20), "organisation";
        /// Fills in all.
        fills: u8 = (0, 24), "fills";
        /// Whether it was cancelled.
        cancelled: bool = (0, 25), "cancelled";
        /// The key that may be filled next; zero when all fills were taken.
        current: Address = (1, 0), "current";
        /// Unix seconds.
        from: u64 = (1, 20), "from";
        /// Salted commitment to the prescription itself.
        terms: B256 = (2, 0), "terms";
        /// Unix seconds.
        until: u64 = (3, 0), "until";
        /// When it was made.
        created_time_ms: u64 = (3, 8), "createdTimeMs";
    }
}

stored! {
    /// What a key stands for.
    Token, 2 slots {
        /// Commitment to what was left when it became current.
        quantity: B256 = (0, 0), "quantity";
        /// The key that the prescription was made with; zero when the key was never used.
        first: Address = (1, 0), "first";
        /// Fills left when it became current.
        fills_left: u8 = (1, 20), "fillsLeft";
    }
}

stored! {
    /// The fill that spent a key.
    Fill, 5 slots {
        /// Who took it; zero while the key is not spent.
        pharmacist: Address = (0, 0), "pharmacist";
        /// The pharmacist's organisation.
        organisation: u32 = (0, 20), "organisation";
        /// Its block.
        height: u64 = (0, 24), "height";
        /// The next key, or zero.
        next: Address = (1, 0), "next";
        /// Time of that block.
        time_ms: u64 = (1, 20), "timeMs";
        /// Commitment to what was handed out.
        dispensed: B256 = (2, 0), "dispensed";
        /// Commitment to what was left.
        left: B256 = (3, 0), "left";
        /// Salted commitment, or zero.
        document: B256 = (4, 0), "document";
    }
}

/// Prescriptions by their first key.
pub(crate) const PRESCRIPTIONS_BY_KEY: Map<Address, Item<Prescription>> = Map::new(0);
/// What keys stand for.
pub(crate) const TOKENS: Map<Address, Item<Token>> = Map::new(1);
/// Fills by the key that they spent.
pub(crate) const FILLS: Map<Address, Item<Fill>> = Map::new(2);

/// The contract's storage.
pub(crate) fn state(host: &mut dyn Host) -> State<'_> {
    State::new(host, PRESCRIPTIONS)
}

/// Whether a key was ever one of a prescription.
pub(crate) fn is_used(host: &mut dyn Host, key: Address) -> Result<bool, Halt> {
    let state = &mut state(host);
    Ok(!TOKENS.at(state, key)?.load(state)?.first.is_zero())
}

/// The prescription that a key belongs to, and what the key stands for.
///
/// # Errors
/// `PrescriptionUnknown`.
pub(crate) fn by_key(host: &mut dyn Host, key: Address) -> Result<(Prescription, Token), Stop> {
    let state = &mut state(host);
    let token = TOKENS.at(state, key)?.load(state)?;
    if token.first.is_zero() {
        return Err(Refusal::PrescriptionUnknown.into());
    }
    let place = PRESCRIPTIONS_BY_KEY.at(state, token.first)?;
    Ok((place.load(state)?, token))
}

impl Prescription {
    /// Where it stands at this time.
    pub(crate) fn status(&self, time_ms: u64) -> PrescriptionStatus {
        if self.cancelled {
            PrescriptionStatus::Cancelled
        } else if self.current.is_zero() {
            PrescriptionStatus::Filled
        } else if time_ms >= self.until.saturating_mul(1_000) {
            PrescriptionStatus::Expired
        } else {
            PrescriptionStatus::Open
        }
    }
}
