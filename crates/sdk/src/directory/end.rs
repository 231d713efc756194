//! An organisation ends a person's role; the person's control of charts stays.

use crate::{Client, Error};
use alloy_primitives::Address;
use alloy_rpc_types_eth::TransactionReceipt;
use theriac_contracts::{addresses::DIRECTORY, interfaces::IDirectory::endCall};

impl Client {
    /// Ends a person's enrolment in the organisation of this account.
    ///
    /// # Errors
    /// `Refused`; those of [`Client::send`].
    pub async fn end_enrolment(&self, person: Address) -> Result<TransactionReceipt, Error> {
        self.send(DIRECTORY, &endCall { person }).await
    }
}
