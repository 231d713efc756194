//! Exception reports: the published examples, and what is wrong with others.

use crate::support::{files, name, published};
use theriac_standards::epcis::exceptions::{
    Defect, ExceptionError, check_report, check_response, read_report, read_response, write,
};

const REPORT: &str = r#"{"message_uuid":"446b282a-93c5-5859-8641-4b5571ba3878","exception_case_uuid":"c2a57e9f-3d54-5767-a9d1-82b08b3e7d61",
"timestamp":1,"po_number":"P","sender_information":{"email":"a@b.example"},"case_resolved":false,
"exceptions":{"overages":[{"exception_item_uuid":"ed86b24e-987e-5eb3-bb05-5d335c4da093","gtin":"23456789012345","quantity_ordered":10,"quantity_received":11,"resolution_request":"Debit account"}]}}"#;

#[test]
fn the_published_examples_print_as_they_were() {
    let Some(root) = published("exception reports") else {
        return;
    };
    let mut count = 0;
    for file in files(&root.join("dscsa-exceptions/examples"), &["json"]) {
        let bytes = std::fs::read(&file).expect("readable");
        let name = name(&root, &file);
        let printed = match name.contains("response") {
            true => write(&read_response(&bytes).expect("a response")),
            false => {
                let report = read_report(&bytes).expect("a report");
                assert_eq!(check_report(&report), [], "{name}");
                write(&report)
            }
        };
        let value =
            |text: &[u8]| -> serde_json::Value { serde_json::from_slice(text).expect("JSON") };
        assert_eq!(value(printed.as_bytes()), value(&bytes), "{name}");
        count += 1;
    }
    assert_eq!(count, 6);
}

#[test]
fn the_published_responses_answer_the_published_reports() {
    let Some(root) = published("exception responses") else {
        return;
    };
    let folder = root.join("dscsa-exceptions/examples");
    for case in ["1A_overage_keep", "1B_overage_return"] {
        let read = |kind: &str| {
            std::fs::read(folder.join(format!("hda_1_{case}_product_{kind}.json")))
                .expect("readable")
        };
        let report = read_report(&read("report")).expect("a report");
        let response = read_response(&read("response")).expect("a response");
        assert_eq!(check_response(&response, &report), []);
    }
}

#[test]
fn what_the_schema_cannot_say_is_found() {
    let report = |change: (&str, &str)| {
        let text = REPORT.replacen(change.0, change.1, 1);
        check_report(&read_report(text.as_bytes()).expect("a report"))
    };
    assert_eq!(report(("", "")), []);
    assert!(matches!(
        report(("446b282a", "446b282"))[..],
        [Defect::Uuid(_)]
    ));
    assert!(matches!(
        report(("23456789012345", "2345678901234"))[..],
        [Defect::Gtin(_)]
    ));
    assert!(matches!(
        report(("\"quantity_received\":11", "\"quantity_received\":10"))[..],
        [Defect::NoDifference(_, 10, 10)]
    ));
    assert!(matches!(
        report(("\"quantity_ordered\":10", "\"quantity_ordered\":-1"))[..],
        [Defect::NegativeCount(_)]
    ));
    assert!(matches!(
        report(("\"email\"", "\"gln\":\"95\",\"email\""))[..],
        [Defect::Gln(_)]
    ));
}

#[test]
fn an_answer_to_another_case_is_found() {
    let report = read_report(REPORT.as_bytes()).expect("a report");
    let response = r#"{"message_uuid":"446b282a-93c5-5859-8641-4b5571ba3878","exception_case_uuid":"c2a57e9f-3d54-5767-a9d1-82b08b3e7d61",
"timestamp":1,"po_number":"Q","sender_information":{"email":"a@b.example"},"response_items":[
{"exception_item_uuid":"ed86b24e-987e-5eb3-bb05-5d335c4da094","resolution_response":"Reject"},
{"exception_item_uuid":"ed86b24e-987e-5eb3-bb05-5d335c4da093","resolution_response":"Accept"},
{"exception_item_uuid":"ed86b24e-987e-5eb3-bb05-5d335c4da093","resolution_response":"Accept"}]}"#;
    let response = read_response(response.as_bytes()).expect("a response");
    assert!(matches!(
        check_response(&response, &report)[..],
        [
            Defect::OtherCase,
            Defect::UnknownItem(_),
            Defect::RepeatedItem(_)
        ]
    ));
}

#[test]
fn other_messages_are_refused_with_their_place() {
    for text in [
        "{}",
        "[",
        &REPORT.replace("Debit account", "Burn"),
        &REPORT.replace("\"timestamp\":1", "\"timestamp\":\"1\""),
        &REPORT.replace("\"case_resolved\"", "\"surprise\":1,\"case_resolved\""),
    ] {
        assert!(matches!(
            read_report(text.as_bytes()),
            Err(ExceptionError::Shape { line: 1.., .. })
        ));
    }
    assert!(matches!(
        read_report(&vec![b' '; (4 << 20) + 1]),
        Err(ExceptionError::TooLarge)
    ));
}
