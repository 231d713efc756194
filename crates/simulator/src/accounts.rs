//! Accounts with keys from numbers, and transactions that they sign.

use alloy_consensus::{SignableTransaction, TxEip1559, TxEnvelope};
use alloy_eips::Encodable2718;
use alloy_primitives::{Address, B256, Bytes, Signature, TxKind, U256, keccak256};
use alloy_sol_types::SolCall;
use secp256k1::{Message, SECP256K1, SecretKey};
use theriac_contracts::interfaces::IDirectory;

/// Gas limit of every transaction; a proposal with its text is the dearest.
const GAS_LIMIT: u64 = 2_000_000;

/// An account whose key is the hash of a number.
#[derive(Debug, Clone)]
pub struct Account {
    key: SecretKey,
    /// Its address.
    pub address: Address,
}

impl Account {
    /// The account of `number`.
    pub fn new(number: u64) -> Self {
        let secret = keccak256(number.to_be_bytes());
        let key = SecretKey::from_byte_array(secret.0).expect("a hash is below the group order");
        let public = key.public_key(SECP256K1).serialize_uncompressed();
        Self {
            key,
            address: Address::from_raw_public_key(&public[1..]),
        }
    }

    /// Signs a call of type 2 at price zero.
    pub fn call(&self, chain_id: u64, nonce: u64, to: Address, input: Bytes) -> Bytes {
        let transaction = TxEip1559 {
            chain_id,
            nonce,
            gas_limit: GAS_LIMIT,
            max_fee_per_gas: 0,
            max_priority_fee_per_gas: 0,
            to: TxKind::Call(to),
            value: U256::ZERO,
            access_list: Default::default(),
            input,
        };
        let signature = self.sign(transaction.signature_hash());
        TxEnvelope::from(transaction.into_signed(signature))
            .encoded_2718()
            .into()
    }

    fn sign(&self, digest: B256) -> Signature {
        let message = Message::from_digest(digest.0);
        let (recovery, bytes) = SECP256K1
            .sign_ecdsa_recoverable(message, &self.key)
            .serialize_compact();
        Signature::from_bytes_and_parity(&bytes, i32::from(recovery) == 1)
    }
}

/// The call that enrols person `number`.
pub fn enrolment(number: u64) -> Bytes {
    const PHYSICIAN: u8 = 2;
    let call = IDirectory::enrolCall {
        person: Account::new(1_000 + number).address,
        role: PHYSICIAN,
        expiry: 0,
        nameCommitment: keccak256(number.to_be_bytes()),
        licenceCommitment: B256::ZERO,
    };
    call.abi_encode().into()
}
