//! Opens sealed records in an emergency, which the patient and the privacy officer hear of at once.

use super::OpenedSeals;
use crate::{
    Client, Error,
    access::commit_to_reason,
    account::{OneTimeKey, RequestKeys},
    random,
};
use alloy_primitives::B256;
use std::time::Instant;
use theriac_contracts::{addresses::SEALS, codes::Purpose, interfaces::ISeals::breakGlassCall};
use theriac_envelope::{PrivateKey, Suite};
use zeroize::Zeroizing;

/// An emergency in which a chart is opened.
#[derive(Clone, Copy, Debug)]
pub struct Emergency<'a> {
    /// The chart.
    pub chart: B256,
    /// The records; none for all that the patient left open for emergencies.
    pub records: &'a [B256],
    /// `BTG` or `ETREAT`.
    pub purpose: Purpose,
    /// Why, in words: only a salted commitment leaves this client.
    pub reason: &'a str,
}

impl Client {
    /// Breaks the glass and reads. The reason and its salt are kept in `keys` for the review.
    ///
    /// # Errors
    /// `Refused`: no emergency, no physician or nurse, outside of the patient's scope, denied; otherwise as [`Client::open_sealed`].
    pub async fn break_glass(
        &self,
        emergency: Emergency<'_>,
        keys: &RequestKeys,
    ) -> Result<OpenedSeals, Error> {
        let key = PrivateKey::generate(Suite::XWing, &mut rand::rng());
        let (id, salt) = (B256::new(key.public_key().id().0), random());
        let kept = OneTimeKey {
            seed: Zeroizing::new(*key.expose_seed()),
            salt,
            reason: emergency.reason.to_owned(),
        };
        keys.put(self.account()?, id, &kept)?;
        let call = breakGlassCall {
            chart: emergency.chart,
            records: emergency.records.to_vec(),
            purpose: emergency.purpose.code(),
            reason: commit_to_reason(&salt, emergency.reason),
            key: id,
        };
        let begun = Instant::now();
        let receipt = self.send(SEALS, &call).await?;
        self.read_opening(&receipt, begun, key).await
    }
}
