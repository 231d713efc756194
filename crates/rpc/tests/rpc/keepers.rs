//! Openings of seals: what the keeper is asked, and what comes back.

use alloy_primitives::{B256, Bytes};
use serde_json::{Value, json};
use theriac_rpc::SealRequest;

use crate::support::{Fixture, name};

fn request() -> Value {
    json!({ "opening": "0x4d", "seals": [B256::repeat_byte(5)], "key": "0x0102", "epoch": "0x2", "all": true })
}

#[tokio::test]
async fn the_keeper_is_asked_what_the_caller_asked_and_its_answers_come_back() {
    let fixture = Fixture::start().await;
    let bob = fixture.client(Fixture::BOB).await;
    let answer = bob
        .call("theriac_openSeals", json!([request()]))
        .await
        .unwrap();
    assert_eq!(
        answer,
        json!({
            "epoch": "0x3", "needed": "0x3",
            "answers": [{ "keeper": B256::repeat_byte(1), "epoch": "0x3", "partials": "0x0707070707" }],
            "refusals": [{ "keeper": B256::repeat_byte(2), "name": "OpeningClosed", "message": "closed" }],
        })
    );
    let mut short = request();
    short
        .as_object_mut()
        .unwrap()
        .retain(|name, _| name != "epoch" && name != "all");
    bob.call("theriac_openSeals", json!([short])).await.unwrap();
    let asked = fixture.keepers.asked.lock().clone();
    let expected = SealRequest {
        opening: 77,
        seals: vec![B256::repeat_byte(5)],
        key: Bytes::from_static(&[1, 2]),
        epoch: Some(2),
        all: true,
    };
    assert_eq!(asked[0], expected);
    assert_eq!((asked[1].epoch, asked[1].all), (None, false));
}

#[tokio::test]
async fn a_request_out_of_bounds_does_not_reach_the_keeper() {
    let fixture = Fixture::start().await;
    let bob = fixture.client(Fixture::BOB).await;
    let changes: [(&str, Value); 8] = [
        ("opening", Value::Null),
        ("opening", json!(77)),
        ("seals", json!([])),
        ("seals", json!(vec![B256::ZERO; 513])),
        ("seals", json!(["0x05"])),
        ("key", Value::Null),
        ("key", json!(Bytes::from(vec![0; 1_219]))),
        ("all", json!("yes")),
    ];
    for (field, value) in changes {
        let mut wrong = request();
        wrong[field] = value;
        let refused = bob
            .call("theriac_openSeals", json!([wrong]))
            .await
            .unwrap_err();
        assert_eq!(
            name(&refused),
            (-32602, "InvalidParams".to_owned()),
            "{field}"
        );
        assert!(refused.to_string().contains(field), "{refused}");
    }
    assert!(fixture.keepers.asked.lock().is_empty());
}

#[tokio::test]
async fn an_epoch_is_told_with_what_proves_it_and_an_unknown_one_is_null() {
    let fixture = Fixture::start().await;
    let bob = fixture.client(Fixture::BOB).await;
    let told = bob
        .call("theriac_getEpoch", json!([{ "epoch": "0x1" }]))
        .await
        .unwrap();
    assert_eq!(told["epoch"], "0x1");
    assert_eq!(told["headers"], json!(["0x04"]));
    assert_eq!(told["certificate"]["parentView"], 7);
    let running = bob.call("theriac_getEpoch", json!([])).await.unwrap();
    assert_eq!(running["epoch"], "0x3");
    let unknown = bob
        .call("theriac_getEpoch", json!([{ "epoch": "0x9" }]))
        .await
        .unwrap();
    assert_eq!(unknown, Value::Null);
}
