//! The query language: the published queries, every parameter of the schema, and what each asks.

use crate::support::{files, name, published};
use theriac_standards::epcis::{
    Limits, json,
    model::{Event, Prefixes},
    query::{Hierarchy, Query, QueryError, TooMany, convert},
};

const EVENT: &str = r#"{
  "@context": ["https://ref.gs1.org/standards/epcis/epcis-context.jsonld", {"ex": "https://ex.org/"}],
  "type": "ObjectEvent", "eventID": "urn:uuid:1", "action": "ADD",
  "eventTime": "2026-03-01T10:00:00+01:00", "eventTimeZoneOffset": "+01:00", "recordTime": "2026-03-02T10:00:00Z",
  "bizStep": "commissioning", "disposition": "active",
  "persistentDisposition": {"set": ["completeness_verified"]},
  "epcList": ["urn:epc:id:sgtin:9521141.001234.2017", "https://id.gs1.org/00/095211410000000014"],
  "quantityList": [{"epcClass": "urn:epc:class:lgtin:9521141.001234.L.1", "quantity": 2.5, "uom": "KGM"}],
  "readPoint": {"id": "urn:epc:id:sgln:9521141.00001.0", "ex:dock": "7"},
  "bizLocation": {"id": "https://id.gs1.org/414/9521141000017"},
  "bizTransactionList": [{"type": "po", "bizTransaction": "urn:epcglobal:cbv:bt:9521141000013:PO1"}],
  "sourceList": [{"type": "owning_party", "source": "urn:epc:id:pgln:9521141.00000"}],
  "errorDeclaration": {"declarationTime": "2026-03-03T00:00:00Z", "reason": "incorrect_data", "correctiveEventIDs": ["urn:uuid:2"], "ex:who": "me"},
  "sensorElementList": [{"sensorMetadata": {"time": "2026-03-01T08:00:00Z", "deviceID": "urn:epc:id:giai:4000001.111", "ex:m": "1"},
    "sensorReport": [{"type": "Temperature", "value": 20, "uom": "CEL", "maxValue": 25.5, "percRank": 50, "booleanValue": true, "ex:r": "2"}], "ex:e": {"ex:deep": "3"}}],
  "ilmd": {"ex:lot": "L1", "ex:box": {"ex:expiry": "2027-01-01T00:00:00Z", "@kind": "carton"}},
  "ex:count": "5", "ex:list": ["a", "b"]
}"#;

fn event() -> Event {
    let document = json::read_document(EVENT.as_bytes(), &Limits::default()).expect("an event");
    document.events.into_iter().next().expect("one event")
}

fn query(parameters: &str) -> Result<Query, QueryError> {
    let context = r#""@context": {"ex": "https://ex.org/", "other": "https://ex.org/", "no": "https://no.org/"}"#;
    Query::from_json(format!("{{{context}, {parameters}}}").as_bytes())
}

/// Parameters, and whether the event above is what they ask for.
const ROWS: [(&str, bool); 74] = [
    (r#""eventType": ["AggregationEvent", "ObjectEvent"]"#, true),
    (r#""eventType": ["AggregationEvent"]"#, false),
    (r#""GE_eventTime": "2026-03-01T09:00:00Z""#, true),
    (r#""LT_eventTime": "2026-03-01T09:00:00Z""#, false),
    (r#""GE_recordTime": "2026-03-02T10:00:01Z""#, false),
    (r#""EQ_action": ["OBSERVE", "ADD"]"#, true),
    (r#""EQ_action": ["DELETE"]"#, false),
    (
        r#""EQ_bizStep": ["https://ref.gs1.org/cbv/BizStep-commissioning"]"#,
        true,
    ),
    (
        r#""EQ_bizStep": ["urn:epcglobal:cbv:bizstep:commissioning"]"#,
        true,
    ),
    (r#""EQ_bizStep": ["shipping"]"#, false),
    (r#""EQ_disposition": ["active"]"#, true),
    (
        r#""EQ_persistentDisposition_set": ["completeness_verified"]"#,
        true,
    ),
    (
        r#""EQ_persistentDisposition_unset": ["completeness_verified"]"#,
        false,
    ),
    (
        r#""EQ_readPoint": ["https://id.gs1.org/414/9521141000010"]"#,
        false,
    ),
    (
        r#""EQ_readPoint": ["https://example.org/414/9521141000013"]"#,
        false,
    ),
    (
        r#""EQ_readPoint": ["urn:epc:id:sgln:9521141.00001.0"]"#,
        true,
    ),
    (
        r#""EQ_bizLocation": ["https://example.org/414/9521141000017"]"#,
        true,
    ),
    (
        r#""WD_bizLocation": ["https://example.org/414/9521141000017"]"#,
        true,
    ),
    (
        r#""MATCH_epc": ["https://id.gs1.org/01/09521141012345/21/2017"]"#,
        true,
    ),
    (
        r#""MATCH_epc": ["urn:epc:idpat:sgtin:9521141.001234.*"]"#,
        true,
    ),
    (r#""MATCH_epc": ["urn:epc:idpat:sgtin:9521141.*.*"]"#, true),
    (
        r#""MATCH_epc": ["urn:epc:idpat:sgtin:9521141.001235.*"]"#,
        false,
    ),
    (r#""MATCH_epc": ["urn:epc:idpat:sscc:9521141.*"]"#, true),
    (
        r#""MATCH_epc": ["https://id.gs1.org/01/09521141012345/21/*"]"#,
        true,
    ),
    (
        r#""MATCH_anyEPC": ["https://id.gs1.org/00/095211410000000014"]"#,
        true,
    ),
    (
        r#""MATCH_parentID": ["https://id.gs1.org/00/095211410000000014"]"#,
        false,
    ),
    (
        r#""MATCH_inputEPC": ["https://id.gs1.org/00/095211410000000014"]"#,
        false,
    ),
    (
        r#""MATCH_epcClass": ["https://id.gs1.org/01/09521141012345/10/L.1"]"#,
        true,
    ),
    (
        r#""MATCH_anyEPCClass": ["urn:epc:idpat:lgtin:9521141.001234.*"]"#,
        true,
    ),
    (
        r#""MATCH_outputEPCClass": ["urn:epc:idpat:lgtin:9521141.001234.*"]"#,
        false,
    ),
    (r#""EQ_quantity": [2.5]"#, true),
    (r#""GT_quantity": 2.5"#, false),
    (r#""GE_quantity_GRM": 2500"#, true),
    (r#""LT_quantity_GRM": 2499"#, false),
    (r#""GE_quantity_LTR": 1"#, false),
    (
        r#""EQ_bizTransaction_po": ["urn:epcglobal:cbv:bt:9521141000013:PO1"]"#,
        true,
    ),
    (
        r#""EQ_bizTransaction_inv": ["urn:epcglobal:cbv:bt:9521141000013:PO1"]"#,
        false,
    ),
    (
        r#""EQ_source_owning_party": ["https://id.gs1.org/417/9521141000007"]"#,
        true,
    ),
    (
        r#""EQ_destination_owning_party": ["https://id.gs1.org/417/9521141000007"]"#,
        false,
    ),
    (r#""EQ_transformationID": ["urn:uuid:9"]"#, false),
    (r#""EQ_eventID": ["urn:uuid:1", "urn:uuid:7"]"#, true),
    (r#""EXISTS_errorDeclaration": true"#, true),
    (
        r#""GE_errorDeclaration_Time": "2026-03-03T00:00:00Z""#,
        true,
    ),
    (
        r#""LT_errorDeclarationTime": "2026-03-03T00:00:00Z""#,
        false,
    ),
    (r#""EQ_errorReason": ["incorrect_data"]"#, true),
    (r#""EQ_correctiveEventID": ["urn:uuid:3"]"#, false),
    (r#""EXISTS_sensorElementList": null"#, true),
    (r#""GE_time": "2026-03-01T08:00:00Z""#, true),
    (r#""LT_endTime": "2027-03-01T08:00:00Z""#, false),
    (r#""EQ_type": ["https://gs1.org/voc/Temperature"]"#, true),
    (
        r#""EQ_deviceID": ["https://id.gs1.org/8004/4000001111"]"#,
        true,
    ),
    (r#""EQ_booleanValue": true"#, true),
    (r#""EQ_booleanValue": false"#, false),
    (r#""EQ_value_KEL": [293.15]"#, true),
    (r#""GE_value_FAH": 68"#, true),
    (r#""GT_value_FAH": 68"#, false),
    (r#""LT_maxValue_CEL": 25.5"#, false),
    (r#""LE_maxValue_CEL": 25.5"#, true),
    (r#""GE_minValue_CEL": 0"#, false),
    (r#""GE_percRank": 50"#, true),
    (r#""EQ_other:count": ["5"]"#, true),
    (r#""GT_ex:count": 4"#, true),
    (r#""LE_ex:count": 4"#, false),
    (r#""EQ_no:count": ["5"]"#, false),
    (r#""EQ_ex:list": ["b"]"#, true),
    (r#""EXISTS_ILMD_ex:lot": 1"#, true),
    (r#""EQ_ILMD_ex:expiry": ["2027-01-01T00:00:00Z"]"#, false),
    (r#""LT_INNER_ILMD_ex:expiry": "2027-01-02T00:00:00Z""#, true),
    (r#""EQ_ERROR_DECLARATION_ex:who": ["me"]"#, true),
    (r#""EQ_readPoint_ex:dock": ["7"]"#, true),
    (r#""EQ_SENSORMETADATA_ex:m": ["1"]"#, true),
    (r#""EQ_SENSORREPORT_ex:r": ["1"]"#, false),
    (r#""EQ_INNER_SENSORELEMENT_ex:deep": ["3"]"#, true),
    (r#""EQ_action": ["ADD"], "EQ_bizStep": ["shipping"]"#, false),
];

#[test]
fn each_parameter_asks_what_it_says() {
    let event = event();
    for (parameters, expected) in ROWS {
        let query = query(parameters).unwrap_or_else(|error| panic!("{parameters}: {error}"));
        assert_eq!(query.matches(&event), expected, "{parameters}");
    }
}

#[test]
fn queries_that_cannot_be_meant_are_refused() {
    let refused = [
        (r#""GE_eventDate": "2026-01-01T00:00:00Z""#, "no parameter"),
        (r#""eventType": ["AssertType"]"#, "types of events"),
        (r#""GE_eventTime": "2026-01-01""#, "zone"),
        (r#""EQ_action": ["CREATE"]"#, "ADD, OBSERVE or DELETE"),
        (r#""EQ_action": []"#, "one or more"),
        (r#""EQ_bizStep": ["transforming"]"#, "vocabulary"),
        (r#""MATCH_epc": ["2017"]"#, "URIs or patterns"),
        (r#""GE_quantity": "many""#, "a number"),
        (r#""EQ_bizLocation": {"id": "x"}"#, "a text, a number"),
        (r#""orderDirection": "UP""#, "ASC or DESC"),
        (r#""eventCountLimit": 1"#, "needs orderBy"),
        (
            r#""orderBy": "eventTime", "eventCountLimit": 1, "maxEventCount": 1"#,
            "exclude each other",
        ),
        (r#""GT_ex:count": "many""#, "a number, or a date"),
        (r#""EQ_count": ["5"]"#, "no parameter"),
    ];
    for (parameters, expected) in refused {
        let error = query(parameters).expect_err(parameters).to_string();
        assert!(error.contains(expected), "{parameters}: {error}");
    }
    let many = vec![r#""urn:x:y""#; 10_001].join(",");
    let error = query(&format!(r#""EQ_eventID": [{many}]"#)).expect_err("too many");
    assert!(
        matches!(error, QueryError::TooLarge { limit: 10_000, .. }),
        "{error}"
    );
}

#[test]
fn the_parameters_of_a_url_ask_the_same() {
    let mut prefixes = Prefixes::standard();
    prefixes.define("ex", "https://ex.org/");
    let read = |url: &str| Query::from_url(url, &prefixes);
    let asked = "eventType=ObjectEvent%7CAggregationEvent&EQ_bizStep=commissioning&GE_value_KEL=293.15&EQ_ILMD_ex:lot=L1&perPage=10&nextPageToken=a%2Fb";
    let query = read(asked).expect("a query");
    assert!(query.matches(&event()));
    assert_eq!(query.per_page, Some(10));
    assert_eq!(query.next_page_token.as_deref(), Some("a/b"));
    assert!(
        !read("EQ_action=DELETE|OBSERVE")
            .expect("a query")
            .matches(&event())
    );
    assert!(matches!(
        read("EQ_action=%zz"),
        Err(QueryError::PercentEncoding)
    ));
    assert!(matches!(
        read("EQ_action=ADD&EQ_action=ADD"),
        Err(QueryError::Repeated(_))
    ));
    assert!(matches!(
        read("size=3"),
        Err(QueryError::UnknownParameter(_))
    ));
}

#[test]
fn places_lie_within_others_as_master_data_says() {
    let mut hierarchy = Hierarchy::default();
    hierarchy.add("https://ex.org/country", "https://ex.org/town");
    hierarchy.add("https://ex.org/town", "urn:epc:id:sgln:9521141.00001.0");
    hierarchy.add("urn:epc:id:sgln:9521141.00001.0", "https://ex.org/country");
    let within = query(r#""WD_readPoint": ["https://ex.org/country"]"#).expect("a query");
    assert!(within.matches_within(&event(), &hierarchy));
    assert!(!within.matches(&event()));
}

#[test]
fn answers_are_ordered_and_limited() {
    let events: Vec<_> = ["03", "01", "02"]
        .map(|day| {
            let mut event = event();
            event.event_time = Some(format!("2026-05-{day}T00:00:00Z"));
            event
        })
        .into();
    let select = |parameters: &str| {
        let query = query(parameters).expect("a query");
        let found = query.select(events.iter(), &Hierarchy::default())?;
        let days = found
            .iter()
            .map(|event| event.event_time.as_ref().expect("a time")[8..10].to_owned());
        Ok::<_, TooMany>(days.collect::<Vec<_>>())
    };
    assert_eq!(
        select(r#""orderBy": "eventTime""#).expect("few"),
        ["03", "02", "01"]
    );
    let ascending = r#""orderBy": "eventTime", "orderDirection": "ASC", "eventCountLimit": 2"#;
    assert_eq!(select(ascending).expect("few"), ["01", "02"]);
    assert_eq!(select(r#""maxEventCount": 3"#).expect("few").len(), 3);
    assert_eq!(select(r#""maxEventCount": 2"#), Err(TooMany(2)));
}

#[test]
fn units_convert_within_their_kind() {
    let rows = [
        (0.0, "CEL", "KEL", 273.15),
        (212.0, "FAH", "CEL", 100.0),
        (1.0, "TNE", "GRM", 1e6),
        (1.5, "HUR", "MIN", 90.0),
        (36.0, "KMH", "MTS", 10.0),
        (1.0, "LTR", "MLT", 1000.0),
        (50.0, "P1", "C62", 0.5),
    ];
    for (value, from, to, expected) in rows {
        let got = convert(value, from, to).expect("of one kind");
        assert!(
            (got - expected).abs() < 1e-9 * expected.max(1.0),
            "{value} {from} is {got} {to}"
        );
    }
    assert_eq!(convert(1.0, "KGM", "MTR"), None);
    assert_eq!(convert(1.0, "XXX", "KGM"), None);
    assert_eq!(convert(1.0, "XXX", "XXX"), Some(1.0));
}

#[test]
fn the_published_queries_are_read_or_refused() {
    let Some(root) = published("published queries") else {
        return;
    };
    let mut counts = (0, 0);
    let resources = root.join("openepcis-test-resources/2.0/EPCIS");
    let found = [
        files(&resources, &["json", "xml"]),
        files(&root.join("openepcis-validation"), &["json", "xml"]),
        files(&root.join("fastnt/Queries"), &["xml"]),
    ];
    for file in found.concat() {
        let name = name(&root, &file);
        let is_query = [
            "/Queries/",
            "queryDocument",
            "QueryDocumentWithEventType",
            "_missing_value",
        ];
        if !is_query.iter().any(|part| name.contains(part)) {
            continue;
        }
        let bytes = std::fs::read(&file).expect("readable");
        let read = match name.ends_with(".xml") {
            true => Query::from_xml(&bytes),
            false => Query::from_json(&bytes),
        };
        let no_poll = [
            "GetQueryNames",
            "GetStandardVersion",
            "ListSubscriptionIDs",
            "Subscribe",
        ];
        let refused = ["Invalid", "_missing_value"]
            .iter()
            .any(|part| name.contains(part))
            || no_poll.iter().any(|part| name.contains(part));
        assert_eq!(read.is_err(), refused, "{name}: {read:?}");
        match refused {
            true => counts.1 += 1,
            false => counts.0 += 1,
        }
    }
    assert_eq!(counts, (7, 8));
}

/// Every parameter of the published schema of queries is known, with a value of the kind it takes.
#[test]
fn every_parameter_of_the_published_schema_is_known() {
    let Some(root) = published("the schema of queries") else {
        return;
    };
    let text = std::fs::read_to_string(root.join("schema/query-schema.json")).expect("readable");
    let schema: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let query = &schema["definitions"]["EPCIS-Query"];
    let fixed = query["properties"].as_object().expect("an object").keys();
    let patterns = query["patternProperties"]
        .as_object()
        .expect("an object")
        .keys();
    let patterns = patterns.map(|pattern| {
        let name = pattern.trim_start_matches('^').trim_end_matches('$');
        let name = name.replace(r"[a-z][a-zA-Z0-9]*\\:\\w+", "ex:field");
        let name = name.replace(r"\\w+_\\w+", "ex:field_attribute");
        let name = name.replace("[A-Z0-9]{2,4}", "KGM");
        name.replace("[a-z][a-zA-Z0-9_]+", "po")
    });
    let names: Vec<String> = fixed.cloned().chain(patterns).collect();
    let values = [
        r#"["ADD"]"#,
        r#"["ObjectEvent"]"#,
        r#""2026-01-01T00:00:00Z""#,
        r#"["https://ex.org/x"]"#,
        "1",
        "true",
        r#""eventTime""#,
        r#""ASC""#,
    ];
    let mut count = 0;
    for name in names.iter().filter(|name| *name != "@context") {
        let order = if name == "eventCountLimit" {
            r#", "orderBy": "eventTime""#
        } else {
            ""
        };
        let known = values
            .iter()
            .any(|value| self::query(&format!(r#""{name}": {value}{order}"#)).is_ok());
        assert!(known, "{name}");
        count += 1;
    }
    println!("{count} parameters");
    assert!(count >= 160, "{count}");
}
