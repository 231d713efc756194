//! Keys, and what they sign.

use alloy_consensus::{
    SignableTransaction, TxEip1559, TxEnvelope,
    crypto::secp256k1::{recover_signer, sign_message},
};
use alloy_eips::eip2718::Encodable2718;
use alloy_primitives::{Address, B256, Bytes, TxKind, eip191_hash_message};
use theriac_ledger::index::IndexedTransaction;

use super::fixture::CHAIN_ID;

/// A key of a test's person.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Key(pub(crate) u8);

impl Key {
    fn secret(self) -> B256 {
        B256::repeat_byte(self.0)
    }

    pub(crate) fn address(self) -> Address {
        let hash = B256::repeat_byte(1);
        let signature =
            sign_message(self.secret(), hash).expect("the key is a number below the order");
        recover_signer(&signature, hash).expect("a signature just made recovers")
    }

    /// As `personal_sign` does.
    pub(crate) fn sign(self, message: &str) -> Bytes {
        let signature = sign_message(self.secret(), eip191_hash_message(message)).unwrap();
        signature.as_bytes().to_vec().into()
    }
}

/// A signed transaction.
pub(crate) fn transaction(key: Key, nonce: u64, to: Address, input: &[u8]) -> IndexedTransaction {
    let unsigned = TxEip1559 {
        chain_id: CHAIN_ID,
        nonce,
        gas_limit: 100_000,
        to: TxKind::Call(to),
        input: input.to_vec().into(),
        ..TxEip1559::default()
    };
    let signature = sign_message(key.secret(), unsigned.signature_hash()).unwrap();
    let envelope = TxEnvelope::from(unsigned.into_signed(signature));
    IndexedTransaction::new(envelope.encoded_2718().into(), key.address())
}
