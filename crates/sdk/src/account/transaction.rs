//! Ethereum transactions of types 0, 1, 2 and 4, signed by an account; the price is zero.

use super::Account;
use alloy_consensus::{SignableTransaction, TxEip1559, TxEip2930, TxEip7702, TxEnvelope, TxLegacy};
use alloy_eips::{eip2718::Encodable2718, eip2930::AccessList, eip7702::SignedAuthorization};
use alloy_primitives::{Address, B256, Bytes, TxKind, U256};

/// What a transaction does, before it is signed.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The chain for which it counts.
    pub chain_id: u64,
    /// The sender's count of earlier transactions.
    pub nonce: u64,
    /// The most gas it may use.
    pub gas_limit: u64,
    /// The contract called, or `Create`.
    pub to: TxKind,
    /// Encoded call, or initialisation code.
    pub input: Bytes,
}

/// The transaction type, by what it carries about fees and lists. Type 2 is the default.
#[derive(Clone, Debug, Default)]
pub enum Fees {
    /// Type 0 with EIP-155 protection.
    Legacy,
    /// Type 1.
    AccessList(AccessList),
    /// Type 2 with both fees zero.
    #[default]
    Dynamic,
    /// Type 4: sets the code of the accounts that signed the list.
    SetCode(Vec<SignedAuthorization>),
}

/// A signed transaction as it travels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedTransaction {
    /// Its hash, by which it is known everywhere.
    pub hash: B256,
    /// The bytes for `eth_sendRawTransaction`.
    pub raw: Bytes,
}

impl Account {
    /// Signs a draft; `None` where type 4 is asked for a creation, which that type cannot express.
    #[must_use]
    pub fn sign_transaction(&self, draft: Draft, fees: Fees) -> Option<SignedTransaction> {
        let Draft {
            chain_id,
            nonce,
            gas_limit,
            to,
            input,
        } = draft;
        let value = U256::ZERO;
        let envelope: TxEnvelope = match fees {
            Fees::Legacy => {
                let chain_id = Some(chain_id);
                self.sign(TxLegacy {
                    chain_id,
                    nonce,
                    gas_price: 0,
                    gas_limit,
                    to,
                    value,
                    input,
                })
            }
            Fees::AccessList(access_list) => self.sign(TxEip2930 {
                chain_id,
                nonce,
                gas_price: 0,
                gas_limit,
                to,
                value,
                access_list,
                input,
            }),
            Fees::Dynamic => self.sign(TxEip1559 {
                chain_id,
                nonce,
                gas_limit,
                to,
                value,
                input,
                ..TxEip1559::default()
            }),
            Fees::SetCode(authorization_list) => {
                let to = called(to)?;
                self.sign(TxEip7702 {
                    chain_id,
                    nonce,
                    gas_limit,
                    to,
                    value,
                    authorization_list,
                    input,
                    ..TxEip7702::default()
                })
            }
        };
        Some(SignedTransaction {
            hash: *envelope.tx_hash(),
            raw: envelope.encoded_2718().into(),
        })
    }

    fn sign<T>(&self, transaction: T) -> TxEnvelope
    where
        T: SignableTransaction<alloy_primitives::Signature>,
        TxEnvelope: From<alloy_consensus::Signed<T>>,
    {
        let signature = self.sign_digest(transaction.signature_hash());
        transaction.into_signed(signature).into()
    }
}

fn called(to: TxKind) -> Option<Address> {
    match to {
        TxKind::Call(address) => Some(address),
        TxKind::Create => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloy_consensus::transaction::SignerRecoverable;
    use alloy_eips::eip2718::Decodable2718;

    fn draft() -> Draft {
        Draft {
            chain_id: 7,
            nonce: 3,
            gas_limit: 90_000,
            to: Address::repeat_byte(1).into(),
            input: vec![1, 2].into(),
        }
    }

    #[test]
    fn every_type_decodes_with_its_sender_and_hash() {
        let account = Account::generate();
        let all = [
            Fees::Legacy,
            Fees::AccessList(AccessList::default()),
            Fees::Dynamic,
            Fees::SetCode(vec![]),
        ];
        for (fees, number) in all.into_iter().zip([0, 1, 2, 4]) {
            let signed = account.sign_transaction(draft(), fees).unwrap();
            let envelope = TxEnvelope::decode_2718(&mut signed.raw.as_ref()).unwrap();
            assert_eq!(envelope.tx_type() as u8, number);
            assert_eq!(*envelope.tx_hash(), signed.hash);
            assert_eq!(envelope.recover_signer().unwrap(), account.address());
        }
    }

    #[test]
    fn type_4_cannot_create_a_contract() {
        let creation = Draft {
            to: TxKind::Create,
            ..draft()
        };
        assert!(
            Account::generate()
                .sign_transaction(creation, Fees::SetCode(vec![]))
                .is_none()
        );
    }
}
