//! A signature over data as they stand: by the account and by its second key.

use crate::{Client, Error, account::Account};
use alloy_primitives::{B256, Bytes};
use serde::{Deserialize, Serialize};
use theriac_contracts::{
    addresses::TRIALS,
    interfaces::ITrials::signCall,
    signing::{self, domain},
};

/// What is to be signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewSignature {
    /// The study.
    pub study: B256,
    /// The subject; 0 but for scope 1.
    pub slot: u32,
    /// The site, also that of the subject; 0 for scope 3.
    pub site: u16,
    /// 1 subject, 2 site, 3 study.
    pub scope: u8,
    /// The subject's tip, or the root of the log.
    pub data_root: B256,
    /// 1 authorship, 2 review, 3 approval, 4 responsibility, 5 consent, 6 lock, 7 release.
    pub meaning: u8,
    /// Salted commitment to the printed name.
    pub name: B256,
    /// Unix milliseconds.
    pub time: u64,
}

/// Data with both signatures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedData {
    /// What was signed.
    pub signed: NewSignature,
    /// By the account: 65 bytes.
    pub signature: Bytes,
    /// By its second key: 65 bytes.
    pub second: Bytes,
}

impl NewSignature {
    /// Signs with both keys, of the network with this id.
    #[must_use]
    pub fn sign(self, account: &Account, factor: &Account, chain_id: u64) -> SignedData {
        let domain = domain(chain_id, TRIALS);
        let message = signing::Sign {
            study: self.study,
            slot: self.slot,
            site: self.site,
            scope: self.scope,
            dataRoot: self.data_root,
            meaning: self.meaning,
            name: self.name,
            time: self.time,
            account: account.address(),
        };
        SignedData {
            signed: self,
            signature: Bytes::copy_from_slice(&account.sign_typed(&message, &domain)),
            second: Bytes::copy_from_slice(&factor.sign_typed(&message, &domain)),
        }
    }
}

impl SignedData {
    /// The call that enters it.
    #[must_use]
    pub fn call(&self) -> signCall {
        let NewSignature {
            study,
            slot,
            site,
            scope,
            data_root,
            meaning,
            name,
            time,
        } = self.signed;
        signCall {
            study,
            slot,
            site,
            scope,
            dataRoot: data_root,
            meaning,
            name,
            time,
            signature: self.signature.clone(),
            second: self.second.clone(),
        }
    }
}

impl Client {
    /// Signs as this account, with its second key.
    ///
    /// # Errors
    /// `NoAccount`; those of [`Client::chain_id`].
    pub async fn sign_data(
        &self,
        new: NewSignature,
        factor: &Account,
    ) -> Result<SignedData, Error> {
        let chain_id = self.chain_id().await?;
        Ok(new.sign(self.account()?, factor, chain_id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloy_sol_types::SolStruct as _;

    #[test]
    fn both_keys_sign_the_same_words_for_the_account() {
        let [account, factor] = [Account::generate(), Account::generate()];
        let new = NewSignature {
            study: B256::repeat_byte(1),
            slot: 3,
            site: 0,
            scope: 1,
            data_root: B256::repeat_byte(2),
            meaning: 4,
            name: B256::repeat_byte(3),
            time: 1_795_420_800_000,
        };
        let signed = new.sign(&account, &factor, 7);
        let message = signing::Sign {
            study: new.study,
            slot: 3,
            site: 0,
            scope: 1,
            dataRoot: new.data_root,
            meaning: 4,
            name: new.name,
            time: new.time,
            account: account.address(),
        };
        let digest = message.eip712_signing_hash(&domain(7, TRIALS));
        for (signature, key) in [(&signed.signature, &account), (&signed.second, &factor)] {
            let signature = alloy_primitives::Signature::from_raw(signature).unwrap();
            let recovered =
                alloy_consensus::crypto::secp256k1::recover_signer(&signature, digest).unwrap();
            assert_eq!(recovered, key.address());
        }
        assert_eq!(signed.call().dataRoot, new.data_root);
    }
}
