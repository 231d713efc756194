//! `POST /capture`.

use crate::support::{Client, Fixture, document, event, files, on_both, published};
use serde_json::json;

on_both! {
    async fn a_document_is_acknowledged_and_its_events_appear(fixture: &Fixture) {
        let own = fixture.own();
        let answer = own.post("/capture", &document(&[event(1), event(2)])).await.expect(202);
        assert_eq!(answer.header("gs1-epcis-version"), "2.0.0");
        assert_eq!(answer.header("gs1-cbv-version"), "2.0.0");
        let job = own.finished(&answer.location()).await;
        assert_eq!(job["success"], true);
        assert_eq!(job["errors"], json!([]));
        assert_eq!(own.get("/events").await.expect(200).numbers(), [1, 2]);
    }

    async fn an_event_without_an_id_gets_its_hash_and_a_record_time(fixture: &Fixture) {
        let own = fixture.own();
        own.capture(&document(&[event(1)])).await;
        let stored = own.get("/events").await.events().remove(0);
        let id = stored["eventID"].as_str().unwrap();
        assert!(id.starts_with("ni:///sha-256;") && id.ends_with("?ver=CBV2.0"), "{id}");
        assert!(stored["recordTime"].is_string());
        let hash = fixture.running().event_hash(id).await.unwrap().unwrap();
        let text = hash.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        assert_eq!(id, format!("ni:///sha-256;{text}?ver=CBV2.0"));
    }

    async fn one_wrong_event_rejects_the_whole_document(fixture: &Fixture) {
        let own = fixture.own();
        let mut wrong = event(2);
        wrong["bizStep"] = json!("transforming");
        let job = own.capture(&document(&[event(1), wrong, event(3)])).await;
        assert_eq!(job["success"], false);
        assert_eq!(job["captureErrorBehaviour"], "rollback");
        assert_eq!(job["errors"].as_array().unwrap().len(), 1);
        let error = &job["errors"][0];
        assert_eq!(error["type"], "epcisException:ValidationException");
        let detail = error["detail"].as_str().unwrap();
        assert!(detail.starts_with("/epcisBody/eventList/1/bizStep: "), "{detail}");
        assert!(own.get("/events").await.events().is_empty());
    }

    async fn proceed_captures_all_but_the_wrong_events(fixture: &Fixture) {
        let own = fixture.own();
        let mut wrong = event(2);
        wrong["action"] = json!("CREATE");
        let proceeding = own.clone().with("gs1-capture-error-behaviour", "proceed");
        let document = document(&[event(1), wrong, event(3)]);
        let job = proceeding.capture(&document).await;
        assert_eq!(job["success"], false);
        assert_eq!(job["captureErrorBehaviour"], "proceed");
        assert_eq!(job["errors"].as_array().unwrap().len(), 1);
        assert_eq!(own.get("/events").await.numbers(), [1, 3]);
    }

    async fn an_id_that_is_there_rejects_the_document_or_with_proceed_the_event(fixture: &Fixture) {
        let own = fixture.own();
        own.capture(&document(&[event(2)])).await;
        let again = document(&[event(1), event(2), event(3)]);
        let job = own.capture(&again).await;
        assert_eq!(job["success"], false);
        assert_eq!(job["errors"][0]["type"], "epcisException:ResourceAlreadyExistsException");
        assert_eq!(own.get("/events").await.numbers(), [2]);
        let proceeding = own.clone().with("gs1-capture-error-behaviour", "proceed");
        let job = proceeding.capture(&again).await;
        assert_eq!(job["success"], false);
        assert_eq!(own.get("/events").await.numbers(), [2, 1, 3]);
    }

    async fn an_event_that_stands_twice_in_a_document_is_stored_once_at_most(fixture: &Fixture) {
        let own = fixture.own();
        let twice = document(&[event(1), event(1)]);
        assert_eq!(own.capture(&twice).await["success"], false);
        assert!(own.get("/events").await.events().is_empty());
        let proceeding = own.clone().with("gs1-capture-error-behaviour", "proceed");
        proceeding.capture(&twice).await;
        assert_eq!(own.get("/events").await.numbers(), [1]);
    }

    async fn a_declaration_of_error_stands_beside_its_event(fixture: &Fixture) {
        let own = fixture.own();
        own.capture(&document(&[event(1)])).await;
        let id = own.get("/events").await.events()[0]["eventID"].clone();
        let mut declaration = event(1);
        declaration["eventID"] = id.clone();
        declaration["errorDeclaration"] = json!({
            "declarationTime": "2026-02-01T00:00:00.000Z",
            "reason": "did_not_occur",
        });
        let job = own.capture(&document(&[declaration.clone()])).await;
        assert_eq!(job["success"], true, "{job}");
        let encoded = id.as_str().unwrap().replace('/', "%2F").replace('?', "%3F");
        let both = own.get(&format!("/events/{encoded}")).await.expect(200);
        assert_eq!(both.events().len(), 2);
        assert_eq!(own.capture(&document(&[declaration])).await["success"], false);
        let declared = own.get("/events?EXISTS_errorDeclaration").await.expect(200);
        assert_eq!(declared.events().len(), 1);
    }

    async fn a_query_document_is_captured_too(fixture: &Fixture) {
        let own = fixture.own();
        let mut document = document(&[]);
        document["type"] = json!("EPCISQueryDocument");
        document["epcisBody"] = json!({ "queryResults": {
            "queryName": "SimpleEventQuery",
            "resultsBody": { "eventList": [event(1)] },
        }});
        assert_eq!(own.capture(&document).await["success"], true);
        assert_eq!(own.get("/events").await.numbers(), [1]);
    }

    async fn a_document_of_many_events_is_captured_in_batches(fixture: &Fixture) {
        let own = fixture.own();
        let events: Vec<_> = (0..2_500).map(event).collect();
        assert_eq!(own.capture(&document(&events)).await["success"], true);
        let extending = own.clone().with("gs1-extensions", "example=https://ns.example.com/epcis/");
        let last = extending.get("/events?EQ_example:number=2499").await.expect(200);
        assert_eq!(last.numbers(), [2_499]);
        let mut wrong = event(9_999);
        wrong["action"] = json!("CREATE");
        let mut events: Vec<_> = (5_000..7_500).map(event).collect();
        events.push(wrong);
        assert_eq!(own.capture(&document(&events)).await["success"], false);
        let none = extending.get("/events?EQ_example:number=5000").await.expect(200);
        assert!(none.events().is_empty());
        events.pop();
        assert_eq!(own.capture(&document(&events)).await["success"], true);
    }
}

#[tokio::test]
async fn what_is_no_document_is_refused_at_once() {
    let fixture = Fixture::embedded().await;
    let own = fixture.own();
    let invalid = "ValidationException";
    own.post_text("/capture", "application/json", "{")
        .await
        .problem(400, invalid);
    own.post_text("/capture", "application/json", "")
        .await
        .problem(400, invalid);
    own.post_text("/capture", "application/xml", "<a/>")
        .await
        .problem(400, invalid);
    own.post("/capture", &event(1)).await.problem(400, invalid);
    let mut document = document(&[event(1)]);
    document["schemaVersion"] = json!("two");
    let answer = own.post("/capture", &document).await.problem(400, invalid);
    assert_eq!(
        answer.json()["detail"].as_str().unwrap().split(':').next(),
        Some("/schemaVersion")
    );
    assert!(
        std::fs::read_dir(fixture.data().join("spool"))
            .unwrap()
            .next()
            .is_none()
    );
    fixture.stop().await;
}

#[tokio::test]
async fn other_syntaxes_and_behaviours_are_refused() {
    let fixture = Fixture::embedded().await;
    let own = fixture.own();
    let text = document(&[event(1)]).to_string();
    let unsupported = "UnsupportedMediaTypeException";
    for kind in [
        "text/plain",
        "application/x-yaml",
        "",
        "application/json; charset=latin1",
    ] {
        let answer = own.post_text("/capture", kind, text.clone()).await;
        answer.problem(415, unsupported);
    }
    let packed = own.clone().with("content-encoding", "gzip");
    packed
        .post("/capture", &document(&[]))
        .await
        .problem(415, unsupported);
    let odd = own.clone().with("gs1-capture-error-behaviour", "all");
    odd.post("/capture", &document(&[]))
        .await
        .problem(400, "ValidationException");
    for kind in ["application/ld+json", "application/json;charset=UTF-8"] {
        own.post_text("/capture", kind, text.clone())
            .await
            .expect(202);
    }
    fixture.stop().await;
}

#[tokio::test]
async fn a_context_behind_the_events_is_read_all_the_same() {
    let fixture = Fixture::embedded().await;
    let own = fixture.own();
    let events = serde_json::to_string(&[event(1)]).unwrap();
    let text = format!(
        r#"{{"type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026-01-01T00:00:00Z",
        "epcisBody":{{"eventList":{events}}},
        "@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
        {{"example":"https://ns.example.com/epcis/"}}]}}"#
    );
    let answer = own
        .post_text("/capture", "application/json", text)
        .await
        .expect(202);
    assert_eq!(own.finished(&answer.location()).await["success"], true);
    assert_eq!(own.get("/events").await.numbers(), [1]);
    fixture.stop().await;
}

#[tokio::test]
async fn the_captures_of_another_implementation_are_judged_by_the_vocabulary_too() {
    let Some(root) = published("fastnt") else {
        return;
    };
    let fixture = Fixture::embedded().await;
    let own = fixture.own();
    let mut seen = Vec::new();
    for file in files(&root.join("fastnt/Capture"), &["xml"]) {
        let body = std::fs::read(&file).unwrap();
        let answer = own.post_text("/capture", "application/xml", body).await;
        let success = match answer.status.as_u16() {
            202 => own.finished(&answer.location()).await["success"] == true,
            _ => false,
        };
        let name = file.file_name().unwrap().to_str().unwrap().to_owned();
        seen.push((name, success));
    }
    // Capture.xml is refused here and not there: its disposition urn:epcglobal:cbv:disp:loading is none of the vocabulary.
    let expected = [("Capture.xml", false), ("CaptureInvalidUri.xml", false)];
    let expected = expected.map(|(name, success)| (name.to_owned(), success));
    assert_eq!(seen, expected);
    let text = std::fs::read_to_string(root.join("fastnt/Capture/Capture.xml")).unwrap();
    let mended = text.replace(
        "urn:epcglobal:cbv:disp:loading",
        "urn:epcglobal:cbv:disp:in_progress",
    );
    let answer = own
        .post_text("/capture", "application/xml", mended)
        .await
        .expect(202);
    assert_eq!(own.finished(&answer.location()).await["success"], true);
    fixture.stop().await;
}

#[tokio::test]
async fn what_was_acknowledged_is_stored_after_a_restart() {
    let mut fixture = Fixture::embedded().await;
    let own = fixture.own();
    let events: Vec<_> = (0..3_000).map(event).collect();
    let answer = own.post("/capture", &document(&events)).await.expect(202);
    fixture.restart().await;
    let own: Client = fixture.own();
    let job = own.finished(&answer.location()).await;
    assert_eq!(job["success"], true);
    let count = own.get("/events?maxEventCount=2999").await;
    count.problem(413, "QueryTooLargeException");
    own.get("/events?maxEventCount=3000&perPage=1")
        .await
        .expect(200);
    assert!(
        std::fs::read_dir(fixture.data().join("spool"))
            .unwrap()
            .next()
            .is_none()
    );
    fixture.stop().await;
}
