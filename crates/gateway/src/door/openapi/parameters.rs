//! Parameters of paths, queries and headers.

use super::{odm, packs, reference};
use crate::door::route::RouteRow;
use serde_json::{Map, Value, json};

/// Parameters of the query language whose names do not vary: those with URIs, those with any text.
const URIS: [&str; 14] = [
    "EQ_bizLocation",
    "EQ_readPoint",
    "EQ_transformationID",
    "MATCH_anyEPC",
    "MATCH_anyEPCClass",
    "MATCH_epc",
    "MATCH_epcClass",
    "MATCH_inputEPC",
    "MATCH_inputEPCClass",
    "MATCH_outputEPC",
    "MATCH_outputEPCClass",
    "MATCH_parentID",
    "WD_bizLocation",
    "WD_readPoint",
];
const TEXTS: [&str; 19] = [
    "EQ_action",
    "EQ_bizRules",
    "EQ_bizStep",
    "EQ_chemicalSubstance",
    "EQ_correctiveEventID",
    "EQ_dataProcessingMethod",
    "EQ_deviceID",
    "EQ_disposition",
    "EQ_errorReason",
    "EQ_eventID",
    "EQ_hexBinaryValue",
    "EQ_microorganism",
    "EQ_persistentDisposition_set",
    "EQ_persistentDisposition_unset",
    "EQ_stringValue",
    "EQ_type",
    "EQ_uriValue",
    "eventType",
    "orderBy",
];
const FLAGS: [&str; 2] = ["EQ_booleanValue", "EXISTS_errorDeclaration"];
const TIMES: [&str; 10] = [
    "GE_endTime",
    "GE_errorDeclarationTime",
    "GE_eventTime",
    "GE_recordTime",
    "GE_startTime",
    "LT_endTime",
    "LT_errorDeclarationTime",
    "LT_eventTime",
    "LT_recordTime",
    "LT_startTime",
];
const NUMBERS: [&str; 5] = [
    "EQ_quantity",
    "GE_quantity",
    "GT_quantity",
    "LE_quantity",
    "LT_quantity",
];
const COUNTS: [&str; 2] = ["eventCountLimit", "maxEventCount"];

/// When a WebSocket is told.
const SCHEDULE: [&str; 9] = [
    "stream",
    "second",
    "minute",
    "hour",
    "dayOfMonth",
    "month",
    "dayOfWeek",
    "reportIfEmpty",
    "initialRecordTime",
];

/// Headers that any request may have.
const VERSIONS: [&str; 6] = [
    "GS1-EPCIS-Min",
    "GS1-EPCIS-Max",
    "GS1-EPCIS-Version",
    "GS1-CBV-Min",
    "GS1-CBV-Max",
    "GS1-CBV-Version",
];

/// All parameters by their names.
pub(super) fn parameters() -> Value {
    let mut all = Map::new();
    for name in VERSIONS {
        let schema = json!({ "type": "string", "pattern": versions(name) });
        all.insert(name.into(), header(name, schema));
    }
    let forms = [
        "No_Preference",
        "Always_GS1_Digital_Link",
        "Always_EPC_URN",
        "Never_Translates",
    ];
    all.insert(
        "GS1-EPC-Format".into(),
        header("GS1-EPC-Format", json!({ "type": "string", "enum": forms })),
    );
    let forms = [
        "No_Preference",
        "Always_Web_URI",
        "Always_URN",
        "Never_Translates",
    ];
    let terms = header(
        "GS1-CBV-XML-Format",
        json!({ "type": "string", "enum": forms }),
    );
    all.insert("GS1-CBV-XML-Format".into(), terms);
    // What defines no prefix is passed over.
    let extensions = json!({ "type": "string" });
    all.insert(
        "GS1-Extensions".into(),
        header("GS1-Extensions", extensions),
    );
    let behaviours = json!({ "type": "string", "enum": ["rollback", "proceed"] });
    let behaviour = header("GS1-Capture-Error-Behaviour", behaviours);
    all.insert("GS1-Capture-Error-Behaviour".into(), behaviour);
    let size = json!({ "type": "integer", "minimum": 1, "default": 30 });
    all.insert("perPage".into(), query("perPage", size));
    all.insert(
        "nextPageToken".into(),
        query("nextPageToken", json!({ "type": "string" })),
    );
    for name in SCHEDULE {
        all.insert(name.into(), query(name, json!({ "type": "string" })));
    }
    for name in URIS {
        let schema = json!({ "type": "string", "format": "uri" });
        all.insert(name.into(), query(name, schema));
    }
    for name in TEXTS {
        all.insert(
            name.into(),
            query(name, json!({ "type": "string", "minLength": 1 })),
        );
    }
    for name in FLAGS {
        let schema = json!({ "type": "string", "enum": ["", "true", "false", "1", "0"] });
        all.insert(name.into(), query(name, schema));
    }
    for name in TIMES {
        let schema = json!({ "type": "string", "format": "date-time" });
        all.insert(name.into(), query(name, schema));
    }
    for name in NUMBERS {
        all.insert(name.into(), query(name, json!({ "type": "number" })));
    }
    for name in COUNTS {
        let schema = json!({ "type": "integer", "minimum": 0 });
        all.insert(name.into(), query(name, schema));
    }
    all.extend(packs::parameters());
    all.extend(odm::parameters());
    let directions = json!({ "type": "string", "enum": ["ASC", "DESC"] });
    all.insert("orderDirection".into(), query("orderDirection", directions));
    Value::Object(all)
}

/// The versions that are served, 1.2.0 to 2.0.0, as the header bounds them.
fn versions(name: &str) -> &'static str {
    match name.rsplit('-').next() {
        Some("Min") => "^([01]([.](0|[1-9][0-9]{0,2})){0,3}|2([.]0){0,3})$",
        Some("Max") => {
            "^(1[.]([2-9]|[1-9][0-9]{1,2})([.](0|[1-9][0-9]{0,2})){0,2}|([2-9]|[1-9][0-9]{1,2})([.](0|[1-9][0-9]{0,2})){0,3})$"
        }
        _ => "^(1[.]([2-9]|[1-9][0-9]{1,2})([.](0|[1-9][0-9]{0,2})){0,2}|2([.]0){0,3})$",
    }
}

fn header(name: &str, schema: Value) -> Value {
    json!({ "name": name, "in": "header", "required": false, "schema": schema })
}

fn query(name: &str, schema: Value) -> Value {
    json!({ "name": name, "in": "query", "required": false, "schema": schema })
}

/// The parameters of one operation.
pub(super) fn of(row: &RouteRow) -> Vec<Value> {
    let in_path = row.path.split('/').filter_map(|segment| {
        let name = segment.strip_prefix('{')?.strip_suffix('}')?;
        let schema = json!({ "type": "string", "minLength": 1 });
        Some(json!({ "name": name, "in": "path", "required": true, "schema": schema }))
    });
    let named = named(row).into_iter();
    in_path
        .chain(named.map(|name| reference("parameters", name)))
        .collect()
}

fn named(row: &RouteRow) -> Vec<&'static str> {
    if row.path == "/openapi.json" {
        return Vec::new();
    }
    let mut names: Vec<&str> = VERSIONS.into();
    let gives_events = row.path.ends_with("/events") || row.path == "/events/{eventID}";
    if row.method == "GET" && gives_events {
        names.extend(["GS1-EPC-Format", "GS1-CBV-XML-Format", "GS1-Extensions"]);
    }
    if (row.method, row.path) == ("POST", "/capture") {
        names.push("GS1-Capture-Error-Behaviour");
    }
    if is_list(row) {
        names.extend(["perPage", "nextPageToken"]);
    }
    if asks(row) {
        names.extend(URIS);
        names.extend(TEXTS);
        names.extend(FLAGS);
        names.extend(TIMES);
        names.extend(NUMBERS);
        names.extend(COUNTS);
        names.push("orderDirection");
    }
    if row.method == "GET" && row.path == "/queries/{queryName}/events" {
        names.extend(SCHEDULE);
    }
    names.extend(packs::named(row));
    names.extend(odm::named(row));
    names
}

/// Whether the answer has pages.
pub(super) fn is_list(row: &RouteRow) -> bool {
    let last = row.path.rsplit('/').next().unwrap_or("");
    row.method == "GET"
        && !packs::is_one(row)
        && !odm::is_one(row)
        && !matches!(last, "" | "openapi.json")
        && !last.starts_with('{')
}

/// Whether the URL is a query.
pub(super) fn asks(row: &RouteRow) -> bool {
    row.method == "GET" && row.path.ends_with("/events") && !row.path.starts_with("/queries")
}
