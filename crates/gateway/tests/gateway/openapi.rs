//! The document that describes the door.

use crate::{
    access::compare,
    support::{Client, Fixture, published},
};
use serde_json::Value;
use std::collections::BTreeSet;
use theriac_gateway::{openapi_document, routes};

fn operations(document: &Value) -> BTreeSet<(String, String)> {
    let paths = document["paths"].as_object().unwrap().iter();
    let methods = ["get", "put", "post", "delete", "options"];
    paths
        .flat_map(|(path, item)| {
            let there = methods.iter().filter(|method| item.get(**method).is_some());
            there.map(|method| (path.clone(), method.to_ascii_uppercase()))
        })
        .collect()
}

#[test]
fn the_document_on_disk_is_that_of_the_route_table() {
    compare("openapi/epcis.json", &openapi_document());
}

#[test]
fn every_route_is_an_operation_and_every_operation_a_route() {
    let document = serde_json::from_str(&openapi_document()).unwrap();
    let rows = routes().filter(|row| row.method != "WEBSOCKET");
    let rows = rows.map(|row| (row.path.to_owned(), row.method.to_owned()));
    assert_eq!(operations(&document), rows.collect());
}

/// What this door has beside the standard's.
const BESIDE: [(&str, &str); 18] = [
    ("/checkConnectivity", "GET"),
    ("/odm", "GET"),
    ("/odm/{study}", "GET"),
    ("/odm/{study}", "POST"),
    ("/odm/{study}/datasets", "GET"),
    ("/odm/{study}/datasets", "POST"),
    ("/odm/{study}/datasets/{dataset}", "GET"),
    ("/openapi.json", "GET"),
    ("/packs/alarms", "GET"),
    ("/packs/decommission", "POST"),
    ("/packs/dispense", "POST"),
    ("/packs/provenance", "GET"),
    ("/packs/queue", "GET"),
    ("/packs/undo", "POST"),
    ("/packs/verify", "POST"),
    ("/partners/{partner}/grants/{eventID}", "DELETE"),
    ("/partners/{partner}/grants/{eventID}", "PUT"),
    ("/verify/gtin/{gtin}/lot/{lot}/ser/{serial}", "GET"),
];

#[test]
fn every_operation_of_the_standard_is_there() {
    let Some(root) = published("the standard's operations") else {
        return;
    };
    let text = std::fs::read_to_string(root.join("schema/openapi.json")).unwrap();
    let standard = operations(&serde_json::from_str(&text).unwrap());
    let ours = operations(&serde_json::from_str(&openapi_document()).unwrap());
    assert_eq!(standard.len(), 63);
    assert!(
        standard.is_subset(&ours),
        "{:?}",
        standard.difference(&ours)
    );
    let beside: Vec<_> = ours.difference(&standard).cloned().collect();
    let listed = BESIDE.map(|(path, method)| (path.to_owned(), method.to_owned()));
    assert_eq!(beside, listed);
}

/// Statuses of the standard that this door does not answer, and why.
const NEVER: [(&str, &str, &str, &str); 2] = [
    (
        "/nextPageToken/{token}",
        "DELETE",
        "501",
        "tokens can be given up here",
    ),
    (
        "/queries/{queryName}",
        "GET",
        "413",
        "a definition is no larger than a query may be",
    ),
];

#[test]
fn every_status_of_the_standard_is_told() {
    let Some(root) = published("the standard's statuses") else {
        return;
    };
    let text = std::fs::read_to_string(root.join("schema/openapi.json")).unwrap();
    let standard: Value = serde_json::from_str(&text).unwrap();
    let ours: Value = serde_json::from_str(&openapi_document()).unwrap();
    let mut missing = Vec::new();
    for (path, method) in operations(&standard) {
        let key = method.to_ascii_lowercase();
        let responses = standard["paths"][&path][&key]["responses"]
            .as_object()
            .unwrap();
        for status in responses.keys() {
            if ours["paths"][&path][&key]["responses"]
                .get(status)
                .is_none()
            {
                missing.push((path.clone(), method.clone(), status.clone()));
            }
        }
    }
    let listed = NEVER
        .map(|(path, method, status, _)| (path.to_owned(), method.to_owned(), status.to_owned()));
    assert_eq!(missing, listed);
}

#[tokio::test]
async fn the_document_is_served_to_anyone() {
    let fixture = Fixture::embedded().await;
    let anyone = Client::new(&fixture.base, None);
    let served = anyone.get("/openapi.json").await.expect(200);
    assert_eq!(served.text, openapi_document());
    fixture.stop().await;
}
