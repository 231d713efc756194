//! Versions, syntaxes and forms.

use crate::support::{Fixture, document, event};

#[tokio::test]
async fn versions_that_are_not_served_are_refused() {
    let fixture = Fixture::embedded().await;
    let own = fixture.own();
    let none = "NotAcceptableException";
    for (header, value) in [
        ("gs1-epcis-min", "2.1"),
        ("gs1-epcis-max", "1.1"),
        ("gs1-cbv-min", "3"),
        ("gs1-cbv-max", "1.0.0"),
        ("gs1-epcis-version", "9"),
        ("gs1-cbv-version", "0.9"),
        ("gs1-epcis-max", "two"),
        ("gs1-epc-format", "Sometimes"),
        ("gs1-cbv-xml-format", "Sometimes"),
    ] {
        let answer = own.clone().with(header, value).get("/events").await;
        answer.problem(406, none);
    }
    for (header, value) in [
        ("gs1-epcis-min", "1.0"),
        ("gs1-epcis-max", "2.0.0"),
        ("gs1-epcis-max", "3"),
        ("gs1-cbv-version", "2.0"),
        ("gs1-epc-format", "No_Preference"),
        ("gs1-epc-format", "Always_EPC_URN"),
    ] {
        own.clone()
            .with(header, value)
            .get("/events")
            .await
            .expect(200);
    }
    fixture.stop().await;
}

#[tokio::test]
async fn the_syntax_is_the_one_that_the_client_prefers() {
    let fixture = Fixture::embedded().await;
    let own = fixture.own();
    own.capture(&document(&[event(1)])).await;
    for (accept, expected) in [
        ("*/*", "application/json"),
        ("application/*", "application/json"),
        ("application/ld+json", "application/ld+json"),
        ("application/xml", "application/xml"),
        ("text/xml", "text/xml"),
        (
            "text/html, application/xml;q=0.9, */*;q=0.8",
            "application/xml",
        ),
        (
            "application/json;q=0.5, application/xml;q=0.6",
            "application/xml",
        ),
        ("application/json, application/xml", "application/json"),
    ] {
        let answer = own
            .clone()
            .with("accept", accept)
            .get("/events")
            .await
            .expect(200);
        assert_eq!(answer.header("content-type"), expected, "{accept}");
    }
    for accept in ["text/html", "application/json;q=0", "image/*"] {
        let answer = own.clone().with("accept", accept).get("/events").await;
        answer.problem(406, "NotAcceptableException");
    }
    fixture.stop().await;
}

#[tokio::test]
async fn xml_is_of_the_edition_and_form_that_the_client_takes() {
    let fixture = Fixture::embedded().await;
    let own = fixture.own().with("accept", "application/xml");
    fixture.own().capture(&document(&[event(1)])).await;
    let two = own.get("/events").await.expect(200);
    assert!(
        two.text.contains("urn:epcglobal:epcis-query:xsd:2"),
        "{}",
        two.text
    );
    assert!(two.text.contains("schemaVersion=\"2.0\""));
    let one = own
        .clone()
        .with("gs1-epcis-max", "1.2")
        .get("/events")
        .await
        .expect(200);
    assert!(
        one.text.contains("urn:epcglobal:epcis-query:xsd:1"),
        "{}",
        one.text
    );
    assert!(one.text.contains("schemaVersion=\"1.2\""));
    assert_eq!(one.header("gs1-epcis-version"), "1.2.0");
    let older = fixture
        .own()
        .with("gs1-epcis-max", "1.2")
        .with("accept", "application/json");
    older.get("/events").await.expect(406);
    let web = own
        .with("gs1-cbv-xml-format", "Always_Web_URI")
        .get("/events")
        .await
        .expect(200);
    assert!(
        web.text
            .contains("https://ref.gs1.org/cbv/BizStep-shipping"),
        "{}",
        web.text
    );
    fixture.stop().await;
}

#[tokio::test]
async fn options_tell_what_the_gateway_can_do() {
    let fixture = Fixture::embedded().await;
    let own = fixture.own();
    for (path, allow) in [
        ("/", "GET, HEAD, OPTIONS"),
        ("/capture", "GET, HEAD, OPTIONS, POST"),
        ("/events", "GET, HEAD, OPTIONS, POST"),
        ("/eventTypes", "GET, HEAD, OPTIONS"),
        ("/queries", "GET, HEAD, OPTIONS, POST"),
    ] {
        let answer = own.call("OPTIONS", path).await.expect(204);
        assert_eq!(answer.header("allow"), allow, "{path}");
        for (name, value) in [
            ("gs1-epcis-version", "2.0.0"),
            ("gs1-epcis-min", "1.2.0"),
            ("gs1-epcis-max", "2.0.0"),
            ("gs1-cbv-version", "2.0.0"),
            ("gs1-cbv-min", "1.2.0"),
            ("gs1-cbv-max", "2.0.0"),
        ] {
            assert_eq!(answer.header(name), value, "{path} {name}");
        }
        assert!(!answer.header("gs1-epc-format").is_empty());
        assert!(!answer.header("gs1-cbv-xml-format").is_empty());
        assert!(!answer.header("gs1-vendor-version").is_empty());
    }
    let capture = own.call("OPTIONS", "/capture").await;
    assert_eq!(capture.header("gs1-capture-error-behaviour"), "all");
    assert_eq!(capture.header("gs1-epcis-capture-limit"), "1000000");
    assert_eq!(
        capture.header("gs1-epcis-capture-file-size-limit"),
        "4294967296"
    );
    fixture.stop().await;
}

#[tokio::test]
async fn a_method_that_a_resource_does_not_have_is_told_so() {
    let fixture = Fixture::embedded().await;
    let own = fixture.own();
    for (method, path) in [
        ("PUT", "/events"),
        ("DELETE", "/capture"),
        ("PATCH", "/"),
        ("WEBSOCKET", "/queries/x/events"),
    ] {
        let answer = own
            .call(method, path)
            .await
            .problem(405, "ImplementationException");
        assert!(answer.header("allow").contains("OPTIONS"));
    }
    own.get("/nothing")
        .await
        .problem(404, "NoSuchNameException");
    let head = own.call("HEAD", "/events").await.expect(200);
    assert!(head.text.is_empty());
    fixture.stop().await;
}
