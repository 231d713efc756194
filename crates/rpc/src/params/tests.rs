//! Parameters: what the execution API allows is read, everything else is refused by name.

use alloy_primitives::{Address, B256, Bytes, U256};
use serde_json::{Value, json};

use super::*;

fn refused<T: Argument + std::fmt::Debug>(value: Value) -> String {
    T::read(&value).expect_err("this must be refused")
}

#[test]
fn a_quantity_has_no_leading_zeros() {
    assert_eq!(Quantity::read(&json!("0x0")).unwrap(), Quantity(0));
    assert_eq!(Quantity::read(&json!("0x41")).unwrap(), Quantity(65));
    assert_eq!(
        Quantity::read(&json!("0xffffffffffffffff")).unwrap(),
        Quantity(u64::MAX)
    );
    assert_eq!(
        refused::<Quantity>(json!("0x")),
        "empty hex quantity: zero is 0x0"
    );
    assert_eq!(
        refused::<Quantity>(json!("0x00")),
        "hex quantity with leading zero digits"
    );
    assert_eq!(
        refused::<Quantity>(json!("0x0400")),
        "hex quantity with leading zero digits"
    );
    assert_eq!(
        refused::<Quantity>(json!("ff")),
        "hex string without 0x prefix"
    );
    assert_eq!(
        refused::<Quantity>(json!("0Xff")),
        "hex string without 0x prefix"
    );
    assert_eq!(refused::<Quantity>(json!("0x-1")), "not hexadecimal");
    assert_eq!(refused::<Quantity>(json!("0x1_0")), "not hexadecimal");
    assert_eq!(
        refused::<Quantity>(json!("0x10000000000000000")),
        "hex quantity over 64 bits"
    );
    assert_eq!(refused::<Quantity>(json!(65)), "not a hex string");
    let wide = format!("0x1{}", "0".repeat(64));
    assert_eq!(refused::<U256>(json!(wide)), "hex quantity over 256 bits");
}

#[test]
fn data_has_whole_bytes_and_fixed_data_its_length() {
    assert_eq!(Bytes::read(&json!("0x")).unwrap(), Bytes::new());
    assert_eq!(Bytes::read(&json!("0x00FF")).unwrap().as_ref(), [0, 255]);
    assert_eq!(
        refused::<Bytes>(json!("0xf0f0f")),
        "not an even number of hex digits"
    );
    assert_eq!(
        refused::<Bytes>(json!("004200")),
        "hex string without 0x prefix"
    );
    assert_eq!(
        refused::<Address>(json!("0x00")),
        "not 20 bytes of hex: got 2 digits"
    );
    assert_eq!(
        refused::<B256>(json!("0x00")),
        "not 32 bytes of hex: got 2 digits"
    );
    assert_eq!(refused::<B256>(json!("0x0x")), "not hexadecimal");
}

#[test]
fn a_slot_may_be_a_quantity_or_32_bytes() {
    let padded = format!("0x{}7", "0".repeat(63));
    assert_eq!(Slot::read(&json!(padded)).unwrap(), Slot(U256::from(7)));
    assert_eq!(Slot::read(&json!("0x7")).unwrap(), Slot(U256::from(7)));
    refused::<Slot>(json!("0x"));
    refused::<Slot>(json!(format!("0x{}", "0".repeat(65))));
}

#[test]
fn a_block_is_a_tag_a_height_or_a_hash() {
    for tag in ["latest", "safe", "finalized"] {
        assert_eq!(
            BlockReference::read(&json!(tag)).unwrap(),
            BlockReference::Latest
        );
    }
    let hash = B256::repeat_byte(1);
    for (value, expected) in [
        (json!("earliest"), BlockReference::Earliest),
        (json!("pending"), BlockReference::Pending),
        (json!("0x10"), BlockReference::Height(16)),
        (json!(hash), BlockReference::Hash(hash)),
        (
            json!({"blockHash": hash, "requireCanonical": true}),
            BlockReference::Hash(hash),
        ),
        (json!({"blockNumber": "0x1"}), BlockReference::Height(1)),
    ] {
        assert_eq!(BlockReference::read(&value).unwrap(), expected);
    }
    refused::<BlockReference>(json!("newest"));
    refused::<BlockReference>(json!("0x010"));
    refused::<BlockReference>(json!(16));
    refused::<BlockReference>(json!({}));
    refused::<BlockReference>(json!({"blockHash": hash, "blockNumber": "0x1"}));
}

#[test]
fn a_call_reads_every_form_that_clients_send() {
    let from = Address::repeat_byte(1);
    let call = CallArguments::read(&json!({
        "from": from, "to": null, "data": "0x01", "input": "0x01", "gas": "0x5208", "gasPrice": "0x0",
        "value": "0x0", "nonce": "0x2", "chainId": "0x7", "type": "0x2", "maxFeePerGas": "0x1",
        "accessList": [{"address": from, "storageKeys": [B256::ZERO]}],
    }))
    .unwrap();
    assert_eq!(call.from, Some(from));
    assert_eq!(call.to, None);
    assert_eq!(call.gas, Some(21_000));
    assert_eq!(call.nonce, Some(2));
    assert_eq!(call.chain_id, Some(7));
    assert_eq!(call.access_list.0.len(), 1);
    assert_eq!(call.input.as_ref(), [1]);
}

#[test]
fn a_call_is_refused_by_the_name_of_its_bad_field() {
    for (call, problem) in [
        (json!([]), "not an object"),
        (
            json!({"input": "0x01", "data": "0x02"}),
            "input and data differ",
        ),
        (
            json!({"value": "0x01"}),
            "value: hex quantity with leading zero digits",
        ),
        (
            json!({"gasPrice": "1"}),
            "gasPrice: hex string without 0x prefix",
        ),
        (
            json!({"to": "0x1"}),
            "to: not 20 bytes of hex: got 1 digits",
        ),
        (json!({"accessList": [1]}), "accessList: malformed"),
        (
            json!({"authorizationList": [{}]}),
            "authorizationList: malformed",
        ),
        (
            json!({"maxFeePerBlobGas": "0x1"}),
            "maxFeePerBlobGas: blob transactions (type 3) are not supported",
        ),
    ] {
        assert_eq!(refused::<CallArguments>(call), problem);
    }
}

#[test]
fn a_log_query_reads_every_form_that_clients_send() {
    let (address, topic) = (Address::repeat_byte(1), B256::repeat_byte(2));
    let query = LogQuery::read(&json!({
        "address": address, "topics": [null, [topic, B256::ZERO], topic, [null, topic]], "fromBlock": "0x1",
    }))
    .unwrap();
    assert_eq!(query.filter.addresses, [address]);
    assert_eq!(
        query.filter.topics,
        [vec![], vec![topic, B256::ZERO], vec![topic], vec![]]
    );
    assert_eq!(
        query.range,
        LogRange::Between(Some(BlockReference::Height(1)), None)
    );
    let query =
        LogQuery::read(&json!({"address": [address, address], "blockHash": topic})).unwrap();
    assert_eq!(query.filter.addresses.len(), 2);
    assert_eq!(query.range, LogRange::Block(topic));
    assert_eq!(LogQuery::read(&json!({})).unwrap(), LogQuery::default());
}

#[test]
fn a_log_query_is_refused_by_the_name_of_its_bad_field() {
    let topic = B256::repeat_byte(2);
    for (query, problem) in [
        (
            json!({"topics": [topic, topic, topic, topic, topic]}),
            "topics: more than 4",
        ),
        (json!({"topics": topic}), "topics: not an array"),
        (
            json!({"topics": ["0x01"]}),
            "topics: not 32 bytes of hex: got 2 digits",
        ),
        (
            json!({"address": "0x"}),
            "address: not 20 bytes of hex: got 0 digits",
        ),
        (
            json!({"blockHash": topic, "toBlock": "latest"}),
            "both blockHash and fromBlock or toBlock",
        ),
    ] {
        assert_eq!(refused::<LogQuery>(query), problem);
    }
    refused::<LogQuery>(json!({"topics": [vec![topic; 1_025]]}));
}

#[test]
fn arguments_are_counted() {
    let message = |params: Option<&str>, ask: fn(&mut Arguments) -> Result<(), RpcError>| {
        let parsed = Arguments::new(&Params::new(params)).and_then(|mut arguments| {
            ask(&mut arguments)?;
            arguments.check_finished()
        });
        match parsed {
            Ok(()) => "ok".to_owned(),
            Err(RpcError::Invalid(message)) => message,
            Err(other) => panic!("{other:?}"),
        }
    };
    let one: fn(&mut Arguments) -> Result<(), RpcError> =
        |arguments| arguments.required::<Quantity>("height").map(drop);
    assert_eq!(message(Some(r#"["0x1"]"#), one), "ok");
    assert_eq!(message(None, one), "missing argument 0 (height)");
    assert_eq!(message(Some("[]"), one), "missing argument 0 (height)");
    assert_eq!(message(Some("[null]"), one), "missing argument 0 (height)");
    assert_eq!(
        message(Some(r#"["0x1",true]"#), one),
        "too many arguments, want at most 1, got 2"
    );
    assert_eq!(
        message(Some(r#"["0x01"]"#), one),
        "invalid argument 0 (height): hex quantity with leading zero digits"
    );
    assert_eq!(
        message(Some(r#"{"height":"0x1"}"#), one),
        "parameters must be an array"
    );
    assert_eq!(message(None, |_| Ok(())), "ok");
    assert_eq!(message(Some("null"), |_| Ok(())), "ok");
}

#[test]
fn the_type_of_a_call_may_be_a_number_as_web3_py_writes_it() {
    for written in [json!("0x2"), json!(2), Value::Null] {
        CallArguments::read(&json!({ "type": written })).unwrap();
    }
    assert_eq!(
        refused::<CallArguments>(json!({ "type": -2 })),
        "type: not a hex string"
    );
}
