//! Packages that a dishonest sender made: well encrypted, and not true.

use serde_json::{Value, json};

use super::{
    class::{Look, Stage},
    stall::{Stall, Who, codes, told_alone},
};

/// A package of two packs, changed before it is encrypted, and what the receiver is told of it.
async fn forged(stall: &mut Stall, forge: impl FnOnce(&mut Value)) -> Vec<Look> {
    let packs = [stall.held(Who::Wholesaler), stall.held(Who::Wholesaler)];
    let package = stall.ship(Who::Wholesaler, Who::Pharmacy, &packs).await;
    let client = stall.partner(Who::Pharmacy).client().clone();
    let text = client.open_package(&package).await.unwrap();
    let mut content: Value = serde_json::from_slice(&text).unwrap();
    let before = content.clone();
    forge(&mut content);
    assert_ne!(content, before, "something is forged");
    let key = client.package_key().unwrap();
    let text = content.to_string();
    let package = client.seal_package(&key, text.as_bytes()).await.unwrap();
    let receipt = stall.receive(Who::Pharmacy, &package, None).await.unwrap();
    vec![told_alone(Stage::Receipt, codes(&receipt.exceptions))]
}

/// One of the packs has another serial number than was made.
pub(super) async fn with_a_made_up_pack(stall: &mut Stall) -> Vec<Look> {
    forged(stall, |content| {
        content["packs"][0]["serial"] = json!("FORGED1");
    })
    .await
}

/// The hand-over is said to be another than the ledger has.
pub(super) async fn with_another_way(stall: &mut Stall) -> Vec<Look> {
    let salt = alloy_primitives::B256::repeat_byte(stall.random.between(1, 255) as u8);
    forged(stall, |content| {
        let closings = content["closings"].as_array_mut().unwrap();
        closings.last_mut().unwrap()["salt"] = json!(salt);
    })
    .await
}

/// The chemist is named as the sender.
pub(super) async fn under_another_name(stall: &mut Stall) -> Vec<Look> {
    forged(stall, |content| {
        content["sender"]["organisation"] = json!(4)
    })
    .await
}

/// The papers were changed after the ledger was told of them.
pub(super) async fn with_other_papers(stall: &mut Stall) -> Vec<Look> {
    forged(stall, |content| {
        let papers = content["document"].as_str().unwrap();
        content["document"] = json!(papers.replace("in_transit", "returned"));
    })
    .await
}
