//! The OpenAPI document of this door, made from the route table.
//!
//! It says of events no more than their frame: what EPCIS demands of them is not for a schema to say, and is checked when
//! they come in.

mod odm;
mod operation;
mod packs;
mod parameters;
mod schemas;

use super::{Answer, Call, Problem, table::ROUTES};
use serde_json::{Map, Value, json};

/// The OpenAPI 3.1 document of this door, as JSON.
pub fn openapi_document() -> String {
    let mut paths = Map::new();
    for route in ROUTES {
        let row = &route.row;
        // A WebSocket is opened by GET, and stands there.
        if row.method == "WEBSOCKET" {
            continue;
        }
        let path = paths.entry(row.path).or_insert_with(|| json!({}));
        path[row.method.to_ascii_lowercase()] = operation::operation(row);
    }
    let document = json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Theriac gateway: EPCIS 2.0, packs and trials",
            "version": env!("CARGO_PKG_VERSION"),
            "license": { "name": "MIT OR Apache-2.0" },
            "description": "The EPCIS 2.0 repository of one organisation and its partners, its book of packs and its books of trials. Each partner \
                has a token and rights, and reads the events within its reach.",
        },
        "paths": paths,
        "components": {
            "schemas": schemas::schemas(),
            "parameters": parameters::parameters(),
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
        },
        "security": [{ "token": [] }],
    });
    let text = serde_json::to_string_pretty(&document);
    text.expect("a value without odd keys is written") + "\n"
}

/// `GET /openapi.json`.
pub(super) async fn document(call: Call) -> Result<Answer, Problem> {
    let content_type = call.wants.json()?;
    Ok(Answer::new(content_type, openapi_document()))
}

fn reference(kind: &str, name: &str) -> Value {
    json!({ "$ref": format!("#/components/{kind}/{name}") })
}
