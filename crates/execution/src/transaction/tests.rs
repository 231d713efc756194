//! Every refusal of admission, in its order, and what is admitted.

use super::{Transaction, TransactionRefusal, admit, admit_all};
use crate::spec::ChainSpec;
use crate::testing::{CHAIN_ID, Person};
use alloy_consensus::crypto::SECP256K1N_HALF;
use alloy_consensus::{SignableTransaction, TxEip1559, TxEip2930, TxEip7702, TxEnvelope, TxLegacy};
use alloy_eips::Encodable2718;
use alloy_eips::eip7702::Authorization;
use alloy_primitives::{Address, Bytes, Signature, TxKind, U256, keccak256, uint};

const SPEC: ChainSpec = ChainSpec::new(CHAIN_ID);
const ORDER: U256 = uint!(0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141_U256);

fn ann() -> Person {
    Person::new(1)
}

fn draft() -> TxEip1559 {
    ann().draft(TxKind::Call(Address::with_last_byte(9)), [1, 2, 3])
}

fn legacy() -> TxLegacy {
    let TxEip1559 {
        nonce,
        gas_limit,
        to,
        input,
        ..
    } = draft();
    TxLegacy {
        chain_id: Some(CHAIN_ID),
        nonce,
        gas_price: 5,
        gas_limit,
        to,
        value: U256::ZERO,
        input,
    }
}

fn raw(envelope: &TxEnvelope) -> Bytes {
    envelope.encoded_2718().into()
}

fn signed(change: impl FnOnce(&mut TxEip1559)) -> Bytes {
    let mut transaction = draft();
    change(&mut transaction);
    raw(&ann().sign(transaction))
}

fn refusal(raw: impl Into<Bytes>) -> TransactionRefusal {
    admit(&SPEC, raw.into()).expect_err("the transaction is refused")
}

#[test]
fn types_0_1_2_and_4_are_admitted() {
    let TxEip1559 {
        nonce,
        gas_limit,
        to,
        input,
        ..
    } = draft();
    let one = TxEip2930 {
        chain_id: CHAIN_ID,
        nonce,
        gas_limit,
        to,
        input: input.clone(),
        ..Default::default()
    };
    let authorization = Authorization {
        chain_id: U256::ZERO,
        address: Address::ZERO,
        nonce: 0,
    };
    let signature = ann().sign_digest(authorization.signature_hash());
    let four = TxEip7702 {
        chain_id: CHAIN_ID,
        nonce,
        gas_limit,
        to: Address::ZERO,
        input,
        authorization_list: vec![authorization.into_signed(signature)],
        ..Default::default()
    };
    for envelope in [
        ann().sign(legacy()),
        ann().sign(one),
        ann().sign(draft()),
        ann().sign(four),
    ] {
        let Transaction {
            sender, hash, raw, ..
        } = admit(&SPEC, raw(&envelope)).unwrap();
        assert_eq!(sender, ann().address());
        assert_eq!(hash, keccak256(&raw));
        assert_eq!(hash, *envelope.tx_hash());
    }
}

#[test]
fn transaction_taken_up_again_is_the_same() {
    let admitted = admit(&SPEC, signed(|_| {})).unwrap();
    let again = Transaction::from_admitted(admitted.envelope.clone(), admitted.sender);
    assert_eq!(
        (again.hash, again.sender, &again.raw),
        (admitted.hash, admitted.sender, &admitted.raw)
    );
    assert_eq!(again.environment(), admitted.environment());
}

#[test]
fn form_is_refused_by_name() {
    let limit = SPEC.max_transaction_bytes as u64;
    let long = vec![0xff; SPEC.max_transaction_bytes + 1];
    assert_eq!(
        refusal(long),
        TransactionRefusal::TooLarge {
            got: limit + 1,
            limit
        }
    );
    assert_eq!(refusal([3, 0xc0]), TransactionRefusal::BlobsNotSupported);
    for got in [0, 5, 0x7f, 0x80, 0xbf] {
        assert_eq!(
            refusal([got, 0xc0]),
            TransactionRefusal::TypeNotSupported { got }
        );
    }
    let good = signed(|_| {});
    assert_eq!(refusal([]), TransactionRefusal::Malformed);
    assert_eq!(
        refusal(good[..good.len() - 1].to_vec()),
        TransactionRefusal::Malformed
    );
    assert_eq!(
        refusal([&good[..], &[0]].concat()),
        TransactionRefusal::Malformed
    );
    assert_eq!(
        refusal(vec![0xc1; 100_000]),
        TransactionRefusal::Malformed,
        "deeply nested lists"
    );
}

#[test]
fn every_shortened_or_flipped_encoding_is_refused_or_another_transaction() {
    let good = signed(|_| {});
    let hash = keccak256(&good);
    for index in 0..good.len() {
        assert!(admit(&SPEC, good.slice(..index)).is_err());
        let mut flipped = good.to_vec();
        flipped[index] ^= 1;
        if let Ok(transaction) = admit(&SPEC, flipped.into()) {
            assert_ne!(transaction.hash, hash);
            assert!(
                transaction.sender != ann().address(),
                "byte {index} is not signed"
            );
        }
    }
}

#[test]
fn chain_is_refused_by_name() {
    let unprotected = raw(&ann().sign(TxLegacy {
        chain_id: None,
        ..legacy()
    }));
    assert_eq!(refusal(unprotected), TransactionRefusal::NotReplayProtected);
    let wrong = TransactionRefusal::WrongChain {
        got: 1,
        expected: CHAIN_ID,
    };
    assert_eq!(
        refusal(signed(|transaction| transaction.chain_id = 1)),
        wrong
    );
    assert_eq!(
        refusal(raw(&ann().sign(TxLegacy {
            chain_id: Some(1),
            ..legacy()
        }))),
        wrong
    );
}

#[test]
fn signature_is_refused_by_name() {
    let transaction = draft();
    let good = ann().sign_digest(transaction.signature_hash());
    let high = Signature::new(good.r(), ORDER - good.s(), !good.v());
    assert!(high.s() > SECP256K1N_HALF);
    let envelope: TxEnvelope = transaction.clone().into_signed(high).into();
    assert_eq!(refusal(raw(&envelope)), TransactionRefusal::HighS);
    for (r, s) in [
        (U256::ZERO, good.s()),
        (good.r(), U256::ZERO),
        (ORDER, good.s()),
    ] {
        let envelope: TxEnvelope = transaction
            .clone()
            .into_signed(Signature::new(r, s, good.v()))
            .into();
        assert_eq!(refusal(raw(&envelope)), TransactionRefusal::BadSignature);
    }
}

#[test]
fn gas_is_refused_by_name() {
    let above = signed(|transaction| transaction.gas_limit = SPEC.transaction_gas_cap + 1);
    let cap = SPEC.transaction_gas_cap;
    assert_eq!(
        refusal(above),
        TransactionRefusal::GasLimitAboveCap { got: cap + 1, cap }
    );
    assert!(admit(&SPEC, signed(|transaction| transaction.gas_limit = cap)).is_ok());
    // Three non-zero bytes at 16 gas.
    let below = signed(|transaction| transaction.gas_limit = 21_047);
    assert_eq!(
        refusal(below),
        TransactionRefusal::GasLimitBelowIntrinsic {
            got: 21_047,
            needed: 21_048
        }
    );
    // EIP-7623: 40 gas for each non-zero byte.
    let floor = signed(|transaction| {
        transaction.input = vec![1; 1000].into();
        transaction.gas_limit = 40_000;
    });
    assert_eq!(
        refusal(floor),
        TransactionRefusal::GasLimitBelowFloor {
            got: 40_000,
            needed: 61_000
        }
    );
}

#[test]
fn fields_are_refused_by_name() {
    assert_eq!(
        refusal(signed(|transaction| transaction.nonce = u64::MAX)),
        TransactionRefusal::NonceAtMaximum
    );
    let create = signed(|transaction| {
        (transaction.to, transaction.input) = (TxKind::Create, vec![0; 49_153].into());
    });
    assert_eq!(refusal(create), TransactionRefusal::InitCodeTooLarge);
    let tip = signed(|transaction| transaction.max_priority_fee_per_gas = 1);
    assert_eq!(refusal(tip), TransactionRefusal::PriorityAboveFeeCap);
    let empty = TxEip7702 {
        chain_id: CHAIN_ID,
        gas_limit: 100_000,
        ..Default::default()
    };
    assert_eq!(
        refusal(raw(&ann().sign(empty))),
        TransactionRefusal::NoAuthorizations
    );
}

#[test]
fn batch_answers_in_order_on_any_number_of_threads() {
    let raws: Vec<Bytes> = (0..100)
        .map(|nonce| match nonce % 7 {
            3 => Bytes::from_static(&[3, 0xc0]),
            _ => signed(|transaction| transaction.nonce = nonce),
        })
        .collect();
    let expected: Vec<_> = raws
        .iter()
        .map(|raw| admit(&SPEC, raw.clone()).map(|admitted| admitted.hash))
        .collect();
    for threads in [1, 2, 3, 16] {
        let answers = admit_all(&SPEC, &raws, threads.try_into().unwrap());
        let answers: Vec<_> = answers
            .into_iter()
            .map(|answer| answer.map(|admitted| admitted.hash))
            .collect();
        assert_eq!(answers, expected, "{threads} threads");
    }
    assert!(admit_all(&SPEC, &[], 4.try_into().unwrap()).is_empty());
}

#[test]
fn clients_recognise_the_messages() {
    let low = TransactionRefusal::NonceTooLow {
        got: 1,
        expected: 2,
    };
    assert!(low.to_string().starts_with("nonce too low"));
    assert!(
        TransactionRefusal::BalanceTooLow
            .to_string()
            .starts_with("insufficient funds")
    );
    assert!(
        TransactionRefusal::GasLimitBelowIntrinsic { got: 1, needed: 2 }
            .to_string()
            .starts_with("intrinsic gas too low")
    );
    assert!(
        TransactionRefusal::BlobsNotSupported
            .to_string()
            .contains("type not supported")
    );
    assert_eq!(
        (low.code(), low.name(), low.rpc_code()),
        (1403, "NonceTooLow", -32000)
    );
}
