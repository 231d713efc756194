//! Native contracts: the ledger's rules, one verb a file, reached only through [`Host`].

mod access;
pub mod addresses;
pub mod cabinets;
pub mod codes;
#[cfg(test)]
mod conduct;
mod delegation;
mod directory;
mod dispatch;
mod genesis;
mod host;
mod identifiers;
pub mod interfaces;
mod kinds;
#[cfg(test)]
mod layout;
mod members;
pub mod memory;
pub mod packs;
mod page;
mod prescriptions;
#[cfg(test)]
mod properties;
mod purposes;
#[cfg(test)]
mod race;
mod records;
mod recovery;
pub mod refusals;
mod registry;
mod seals;
pub mod signing;
mod standing;
mod storage;
#[cfg(test)]
mod supply;
#[cfg(test)]
mod testing;
mod trade;
pub mod trials;

/// The log of a chart: how its entries are hashed and read.
pub mod log {
    pub use crate::{
        access::{Entry, Terms, entry_hash},
        seals::OpeningTerms,
    };
}

pub use access::{Sharing, shared_of, sharing};
pub use codes::OrganisationKind;
pub use genesis::{
    GenesisMembers, GenesisOrganisation, GenesisRefusal, GenesisValidator, Parameters,
    genesis_storage,
};
pub use host::{Call, CallOutcome, Halt, Host, Stop};
pub use identifiers::OrganisationId;
pub use members::{
    PROTOCOL_VERSION, Seat, VALIDATORS_LIMIT, committee, open_proposals, required_version, schedule,
};
pub use records::named_blobs;
pub use refusals::Refusal;
pub use registry::{Native, addresses, native, natives};
pub use seals::{
    Answerable, answerable, close_openings, overdue_reviews, seal_id, seals_root, watches_over,
};
pub use standing::{is_concerned, is_party, may_send, quota};
