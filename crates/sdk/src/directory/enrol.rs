//! An organisation enrols a person. Name and licence go to the ledger as salted commitments only.

use crate::{Client, Error, random};
use alloy_primitives::{Address, B256};
use sha2::{Digest, Sha256};
use theriac_contracts::{addresses::DIRECTORY, codes::Role, interfaces::IDirectory::enrolCall};

const NAME: &[u8] = b"theriac/directory/name/v1";
const LICENCE: &[u8] = b"theriac/directory/licence/v1";

/// A person to be enrolled.
#[derive(Clone, Copy, Debug)]
pub struct NewPerson<'a> {
    /// The person's account.
    pub account: Address,
    /// What the person may act as.
    pub role: Role,
    /// Unix seconds at which the enrolment expires; 0 for never.
    pub expiry: u64,
    /// The person's name, as the organisation keeps it.
    pub name: &'a str,
    /// The number of the person's licence, where there is one.
    pub licence: Option<&'a str>,
}

/// What shows later that a commitment stands for a text: keep it where the text is kept, never on the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opening {
    /// The salt.
    pub salt: B256,
    /// `SHA-256(domain || salt || text)`, as the ledger has it.
    pub commitment: B256,
}

/// A person who was enrolled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Enrolment {
    /// Opens the commitment to the name.
    pub name: Opening,
    /// Opens the commitment to the licence, where there is one.
    pub licence: Option<Opening>,
    /// The transaction.
    pub transaction: B256,
    /// The height of its block.
    pub height: u64,
}

impl Client {
    /// Enrols a person in the organisation of this account.
    ///
    /// # Errors
    /// `Refused`: this account is no administrator, the person is enrolled; those of [`Client::send`].
    pub async fn enrol(&self, person: NewPerson<'_>) -> Result<Enrolment, Error> {
        let name = commit(NAME, person.name);
        let licence = person.licence.map(|licence| commit(LICENCE, licence));
        let call = enrolCall {
            person: person.account,
            role: person.role.code(),
            expiry: person.expiry,
            nameCommitment: name.commitment,
            licenceCommitment: licence
                .map(|licence| licence.commitment)
                .unwrap_or_default(),
        };
        let receipt = self.send(DIRECTORY, &call).await?;
        let height = receipt.block_number.unwrap_or_default();
        Ok(Enrolment {
            name,
            licence,
            transaction: receipt.transaction_hash,
            height,
        })
    }
}

fn commit(domain: &[u8], text: &str) -> Opening {
    let salt = B256::new(random());
    let hash = Sha256::new()
        .chain_update(domain)
        .chain_update(salt)
        .chain_update(text.as_bytes())
        .finalize();
    Opening {
        salt,
        commitment: B256::from_slice(&hash),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commitment_is_salted_and_separated_by_domain() {
        let (first, second) = (commit(NAME, "A"), commit(NAME, "A"));
        assert_ne!(first.commitment, second.commitment);
        let input = [NAME, first.salt.as_slice(), b"A"].concat();
        assert_eq!(first.commitment, B256::from_slice(&Sha256::digest(&input)));
        let licence = [LICENCE, first.salt.as_slice(), b"A"].concat();
        assert_ne!(
            first.commitment,
            B256::from_slice(&Sha256::digest(&licence))
        );
    }
}
