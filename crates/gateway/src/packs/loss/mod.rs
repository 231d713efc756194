//! Theft and loss of controlled medicines: the report that the Drug Enforcement Administration asks for on its Form 106, as data.
//!
//! What the book and the ledger know (the products, how many, the two who counted, the window) is filled in; what only people know (registrant, police,
//! circumstances) comes from a file of theirs. The ledger gets a salted commitment, and nothing else.

mod commit;
mod dea_number;
mod facts;
mod report;

pub use dea_number::DeaNumber;
pub use facts::{
    ArmedRobbery, Business, Facts, InTransit, Kind, Merchandise, Police, Product, Registrant,
    SignedBy,
};
pub use report::{Basis, Item, LossReport};
