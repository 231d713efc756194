//! Causes in words.

use theriac_contracts::codes::ExitKind;

use super::Cause;
use crate::packs::clock::utc;

impl Cause {
    /// The cause in words for people.
    pub fn words(&self) -> String {
        let how = |kind: u8| ExitKind::from_code(kind).map_or("otherwise", ExitKind::word);
        match self {
            Self::Unreadable(why) => format!("the scan cannot be read: {why}"),
            Self::UnknownHere => "your book has neither pack nor lot".to_owned(),
            Self::SerialUnknown => "the lot is known, and this serial number is not".to_owned(),
            Self::LotMismatch => "the serial number is of another lot".to_owned(),
            Self::ExpiryMismatch => "the serial number has another expiry".to_owned(),
            Self::LotAndExpiryMismatch => "the serial number has another lot and expiry".to_owned(),
            Self::LotNotCommissioned => "the ledger has no such lot".to_owned(),
            Self::ProductUnknown => "nobody has claimed the product".to_owned(),
            Self::LotOfAnother { organisation } => format!(
                "the lot is of organisation {organisation}, which does not answer for the product"
            ),
            Self::CustodyBroken => "the way of the pack does not lead to you".to_owned(),
            Self::NotHeld(state) => format!("your book has it as {state}"),
            Self::LeftHere { kind, time_ms } => {
                format!("it left from you as {} at {}", how(*kind), utc(*time_ms))
            }
            Self::LeftElsewhere {
                organisation,
                kind,
                time_ms,
            } => format!(
                "CLONE: it left from organisation {organisation} as {} at {}",
                how(*kind),
                utc(*time_ms)
            ),
            Self::Reserved { organisation } => {
                format!("organisation {organisation} proved that it holds the pack")
            }
            Self::Expired => "it has expired".to_owned(),
            Self::Flagged { kind } => format!("flagged {kind}"),
            Self::InException { number } => format!("kept apart for exception {number}"),
            Self::NotVerified { reason } => {
                format!("the manufacturer does not verify it: {}", reason.word())
            }
        }
    }
}
