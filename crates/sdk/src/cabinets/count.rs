//! A count by two people: one enters it, the other witnesses.

use super::record::fresh;
use crate::{Client, Error};
use alloy_primitives::{Address, B256, Bytes};
use serde::{Deserialize, Serialize};
use theriac_contracts::{
    addresses::CABINETS,
    cabinets::{Blinding, Commitment},
    interfaces::ICabinets::{DiscrepancyOpened, countCall},
    signing::{self, domain},
};

/// A count to be witnessed and entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewCount {
    /// The cabinet.
    pub cabinet: B256,
    /// The item in it.
    pub item: B256,
    /// Commitment to what was counted.
    pub counted: B256,
    /// Shows that it is equal to the balance, or zero where it differs.
    pub proof: B256,
}

/// A witness's word for a count, for one entry of the item alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedCount {
    /// Who witnessed.
    pub witness: Address,
    /// EIP-712, 65 bytes.
    pub signature: Bytes,
}

/// What a count came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The discrepancy, where the count differs.
    pub discrepancy: Option<u64>,
    /// The transaction.
    pub transaction: B256,
}

impl NewCount {
    /// The count of `counted`, where the books say `amount` under the blinding of the balance.
    #[must_use]
    pub fn new((cabinet, item): (B256, B256), counted: i64, books: (i64, Blinding)) -> Self {
        let (amount, balance) = books;
        let blinding = fresh();
        let proof = match counted == amount {
            true => (balance - blinding).encode(),
            false => B256::ZERO,
        };
        Self {
            cabinet,
            item,
            counted: Commitment::of(counted, blinding).encode(),
            proof,
        }
    }
}

impl Client {
    /// Witnesses a count as this account.
    ///
    /// # Errors
    /// `NoAccount`; those of [`Client::balances`].
    pub async fn witness_count(&self, count: &NewCount) -> Result<SignedCount, Error> {
        let number = self.balances(count.cabinet, count.item).await?.entries;
        let message = signing::Count {
            cabinet: count.cabinet,
            item: count.item,
            counted: count.counted,
            number,
        };
        let domain = domain(self.chain_id().await?, CABINETS);
        let signature = self.account()?.sign_typed(&message, &domain);
        Ok(SignedCount {
            witness: self.address(),
            signature: Bytes::copy_from_slice(&signature),
        })
    }

    /// Enters a count that someone else witnessed.
    ///
    /// # Errors
    /// `Refused`; those of [`Client::send`].
    pub async fn enter_count(
        &self,
        count: &NewCount,
        signed: &SignedCount,
    ) -> Result<Counted, Error> {
        let call = countCall {
            cabinet: count.cabinet,
            item: count.item,
            counted: count.counted,
            blinding: count.proof,
            witness: signed.witness,
            signature: signed.signature.clone(),
        };
        let receipt = self.send(CABINETS, &call).await?;
        let opened = crate::client::event::<DiscrepancyOpened>(&receipt, CABINETS);
        Ok(Counted {
            discrepancy: opened.ok().map(|opened| opened.number),
            transaction: receipt.transaction_hash,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_equal_count_is_proven_and_another_is_not_claimed() {
        let (place, balance) = ((B256::ZERO, B256::ZERO), fresh());
        let stock = Commitment::of(5, balance);
        let equal = NewCount::new(place, 5, (5, balance));
        let counted = Commitment::decode(equal.counted).unwrap();
        let proof = Blinding::decode(equal.proof).unwrap();
        assert!(stock.is_equal_by(&counted, proof));
        let short = NewCount::new(place, 4, (5, balance));
        assert_eq!(short.proof, B256::ZERO);
        let counted = Commitment::decode(short.counted).unwrap();
        assert!(!stock.is_equal_by(&counted, proof));
    }
}
