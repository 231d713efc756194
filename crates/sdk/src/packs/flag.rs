//! A flag is raised.

use crate::{Client, Error, client::event};
use alloy_primitives::B256;
use theriac_contracts::{
    addresses::PACKS,
    codes::{FlagKind, FlagSubject},
    interfaces::IPacks::{Flagged, flagCall},
};

/// A flag to be raised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewFlag {
    /// What it stands on.
    pub subject: FlagSubject,
    /// Root of the lot, key of the container in the lower 20 bytes, or nullifier of the pack.
    pub handle: B256,
    /// What it says.
    pub kind: FlagKind,
    /// Salted commitment to the notice, or zero.
    pub notice: B256,
}

impl Client {
    /// Raises a flag and returns its number.
    ///
    /// # Errors
    /// `Refused`; those of [`Client::send`].
    pub async fn raise_flag(&self, new: NewFlag) -> Result<u64, Error> {
        let call = flagCall {
            subject: new.subject.code(),
            handle: new.handle,
            kind: new.kind.code(),
            notice: new.notice,
        };
        let receipt = self.send(PACKS, &call).await?;
        Ok(event::<Flagged>(&receipt, PACKS)?.number)
    }
}
