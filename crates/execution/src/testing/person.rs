//! Somebody with a key.

use crate::spec::ChainSpec;
use crate::testing::CHAIN_ID;
use crate::transaction::{Transaction, admit};
use alloy_consensus::crypto::secp256k1::{recover_signer, sign_message};
use alloy_consensus::{SignableTransaction, TxEip1559, TxEnvelope};
use alloy_eips::Encodable2718;
use alloy_primitives::{Address, B256, Bytes, Signature, TxKind, U256};

/// A key and the nonce of its next transaction.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    key: B256,
    pub(crate) nonce: u64,
}

impl Person {
    pub(crate) const fn new(seed: u8) -> Self {
        Self {
            key: B256::repeat_byte(seed),
            nonce: 0,
        }
    }

    pub(crate) fn address(&self) -> Address {
        let signature = self.sign_digest(B256::ZERO);
        recover_signer(&signature, B256::ZERO).expect("the signature is good")
    }

    pub(crate) fn sign_digest(&self, digest: B256) -> Signature {
        sign_message(self.key, digest).expect("a valid key signs")
    }

    pub(crate) fn sign(
        &self,
        transaction: impl SignableTransaction<Signature> + Into<alloy_consensus::TypedTransaction>,
    ) -> TxEnvelope {
        let transaction: alloy_consensus::TypedTransaction = transaction.into();
        let signature = self.sign_digest(transaction.signature_hash());
        transaction.into_envelope(signature)
    }

    /// The next transaction of this person, admitted.
    pub(crate) fn send(&mut self, to: TxKind, input: impl Into<Bytes>) -> Transaction {
        self.send_with(to, input, |_| {})
    }

    /// As [`Self::send`] after `change`.
    pub(crate) fn send_with(
        &mut self,
        to: TxKind,
        input: impl Into<Bytes>,
        change: impl FnOnce(&mut TxEip1559),
    ) -> Transaction {
        let mut transaction = self.draft(to, input);
        change(&mut transaction);
        self.nonce = transaction.nonce + 1;
        admitted(&self.sign(transaction))
    }

    pub(crate) fn draft(&self, to: TxKind, input: impl Into<Bytes>) -> TxEip1559 {
        TxEip1559 {
            chain_id: CHAIN_ID,
            nonce: self.nonce,
            gas_limit: 2_000_000,
            max_fee_per_gas: 0,
            max_priority_fee_per_gas: 0,
            to,
            value: U256::ZERO,
            access_list: Default::default(),
            input: input.into(),
        }
    }
}

pub(crate) fn admitted(envelope: &TxEnvelope) -> Transaction {
    admit(&ChainSpec::new(CHAIN_ID), envelope.encoded_2718().into())
        .expect("a good transaction is admitted")
}
