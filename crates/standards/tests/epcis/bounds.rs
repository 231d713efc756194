//! Hostile texts: bombs, mutations, endless documents.

use crate::support::{files, is_xml, published};
use std::io::{BufReader, Read};
use theriac_standards::epcis::{
    Limits,
    hash::event_hash,
    json::{self, JsonErrorKind, JsonReader},
    validate::{check_json, check_xml},
    xml::{self, Edition, XmlErrorKind, XmlReader},
};

fn json_with(extension: &str) -> String {
    format!(
        r#"{{"@context":{{"ex":"https://ex.org/"}},"type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026-01-01T00:00:00Z","epcisBody":{{"eventList":[{{"type":"ObjectEvent","eventTime":"2026-01-01T00:00:00Z","eventTimeZoneOffset":"+00:00","action":"OBSERVE","epcList":[],"ex:x":{extension}}}]}}}}"#
    )
}

fn xml_with(extension: &str) -> String {
    format!(
        r#"<e:EPCISDocument xmlns:e="urn:epcglobal:epcis:xsd:2" xmlns:ex="https://ex.org/" schemaVersion="2.0" creationDate="2026-01-01T00:00:00Z"><EPCISBody><EventList><ObjectEvent><eventTime>2026-01-01T00:00:00Z</eventTime><eventTimeZoneOffset>+00:00</eventTimeZoneOffset><epcList/><action>OBSERVE</action>{extension}</ObjectEvent></EventList></EPCISBody></e:EPCISDocument>"#
    )
}

fn json_error(text: &str, limits: Limits) -> JsonErrorKind {
    check_json(text.as_bytes(), limits)
        .expect_err("refused")
        .kind
}

fn xml_error(text: &str, limits: Limits) -> XmlErrorKind {
    check_xml(text.as_bytes(), limits)
        .expect_err("refused")
        .kind
}

#[test]
fn the_frames_of_these_tests_are_accepted() {
    let limits = Limits::default();
    let report = check_json(json_with("1").as_bytes(), limits).expect("JSON");
    assert!(report.is_accepted(), "{report:?}");
    let report = check_xml(xml_with("<ex:x>1</ex:x>").as_bytes(), limits).expect("XML");
    assert!(report.is_accepted(), "{report:?}");
}

#[test]
fn json_bombs_are_refused() {
    let limits = Limits::default();
    let deep = "[".repeat(100_000);
    assert!(matches!(
        json_error(&json_with(&deep), limits),
        JsonErrorKind::TooDeep(64)
    ));
    let deep = r#"{"a":"#.repeat(100_000);
    assert!(matches!(
        json_error(&json_with(&deep), limits),
        JsonErrorKind::TooDeep(64)
    ));
    let small = Limits {
        event_bytes: 10_000,
        nodes: 500,
        events: 1,
        ..limits
    };
    let long = format!("\"{}\"", "x".repeat(10_000));
    assert!(matches!(
        json_error(&json_with(&long), small),
        JsonErrorKind::TooLarge(10_000)
    ));
    let many = format!("[{}1]", "1,".repeat(600));
    assert!(matches!(
        json_error(&json_with(&many), small),
        JsonErrorKind::TooMany(500)
    ));
    let number = "1".repeat(200);
    assert!(matches!(
        json_error(&json_with(&number), limits),
        JsonErrorKind::Number(_)
    ));
    let two = json_with("1").replace(r#"]}}"#, r#",{"type":"ObjectEvent"}]}}"#);
    assert!(matches!(
        json_error(&two, small),
        JsonErrorKind::TooManyEvents(1)
    ));
}

#[test]
fn definitions_are_bounded() {
    let limits = Limits::default();
    let terms: String = (0..1_001)
        .map(|at| format!("\"p{at}\":\"https://ex.org/\","))
        .collect();
    let wide = json_with("1").replacen("{\"ex\"", &format!("{{{terms}\"ex\""), 1);
    assert!(matches!(
        json_error(&wide, limits),
        JsonErrorKind::TooManyTerms(_)
    ));
    let inner = json_with("1").replacen(
        "{\"type\":\"ObjectEvent\"",
        &format!("{{\"@context\":{{{terms}\"q\":\"https://ex.org/\"}},\"type\":\"ObjectEvent\""),
        1,
    );
    let report = check_json(inner.as_bytes(), limits).expect("JSON");
    assert_eq!(
        report.problems[0].to_string().split(':').next(),
        Some("/epcisBody/eventList/0/@context")
    );
    let declarations = |from: usize| -> String {
        (from..from + 200)
            .map(|at| format!(" xmlns:p{at}=\"https://ex.org/\""))
            .collect()
    };
    let many = format!(
        "<ex:a{}><ex:b{}/></ex:a>",
        declarations(0),
        declarations(200)
    );
    assert!(matches!(
        xml_error(&xml_with(&many), limits),
        XmlErrorKind::TooManyNamespaces(256)
    ));
    let one_after_another = format!("<ex:a{}/><ex:b{}/>", declarations(0), declarations(200));
    assert!(check_xml(xml_with(&one_after_another).as_bytes(), limits).is_ok());
}

#[test]
fn json_that_two_readers_could_read_apart_is_refused() {
    let limits = Limits::default();
    let twice = json_with(r#"{"ex:a":1,"ex:b":2,"ex:a":3}"#);
    assert!(matches!(
        json_error(&twice, limits),
        JsonErrorKind::Duplicate(_)
    ));
    let body = json_with("1").replacen(
        r#""epcisBody""#,
        r#""id":"urn:a:b","id":"urn:a:c","epcisBody""#,
        1,
    );
    assert!(matches!(
        json_error(&body, limits),
        JsonErrorKind::Duplicate(_)
    ));
    for text in [
        r#""\ud800""#,
        r#""\ud800A""#,
        "\"\u{1}\"",
        "01",
        "1.",
        "tru",
        "'a'",
    ] {
        assert!(
            check_json(json_with(text).as_bytes(), limits).is_err(),
            "{text}"
        );
    }
    let trailing = format!("{}{{}}", json_with("1"));
    assert!(matches!(
        json_error(&trailing, limits),
        JsonErrorKind::Trailing
    ));
    let late = json_with("1").replacen(r#""@context":{"ex":"https://ex.org/"},"#, "", 1);
    let late = format!(
        r#"{},"@context":{{"ex":"https://ex.org/"}}}}"#,
        &late[..late.len() - 1]
    );
    assert!(matches!(
        json_error(&late, limits),
        JsonErrorKind::ContextAfterEvents
    ));
    let whole = json::read_document(late.as_bytes(), &limits).expect("read as a whole");
    let name = &whole.events[0].extensions[0].name;
    assert_eq!(name.namespace.as_deref(), Some("https://ex.org/"));
}

#[test]
fn xml_bombs_are_refused() {
    let limits = Limits::default();
    let deep = "<ex:a>".repeat(100_000);
    assert!(matches!(
        xml_error(&xml_with(&deep), limits),
        XmlErrorKind::TooDeep(64)
    ));
    let small = Limits {
        event_bytes: 10_000,
        nodes: 500,
        events: 1,
        ..limits
    };
    let long = format!("<ex:a>{}</ex:a>", "x".repeat(200_000));
    assert!(matches!(
        xml_error(&xml_with(&long), small),
        XmlErrorKind::TooLarge(10_000)
    ));
    let many = "<ex:a/>".repeat(600);
    assert!(matches!(
        xml_error(&xml_with(&many), small),
        XmlErrorKind::TooMany(500)
    ));
    let attributes: String = (0..300).map(|at| format!(" a{at}=\"\"")).collect();
    let wide = format!("<ex:a{attributes}/>");
    assert!(matches!(
        xml_error(&xml_with(&wide), limits),
        XmlErrorKind::TooMany(256)
    ));
    let two = xml_with("").replace("</EventList>", "<ObjectEvent/></EventList>");
    assert!(matches!(
        xml_error(&two, small),
        XmlErrorKind::TooManyEvents(1)
    ));
}

#[test]
fn xml_beyond_what_is_needed_is_refused() {
    let limits = Limits::default();
    let doctype = format!(
        "<!DOCTYPE a [<!ENTITY x \"y\">]>{}",
        xml_with("<ex:a>&x;</ex:a>")
    );
    assert!(matches!(
        xml_error(&doctype, limits),
        XmlErrorKind::DocumentType
    ));
    let entity = xml_with("<ex:a>&x;</ex:a>");
    assert!(matches!(
        xml_error(&entity, limits),
        XmlErrorKind::Entity(_)
    ));
    let entity = xml_with("<ex:a b=\"&x;\"/>");
    assert!(matches!(
        xml_error(&entity, limits),
        XmlErrorKind::Entity(_)
    ));
    let control = xml_with("<ex:a>&#1;</ex:a>");
    assert!(matches!(
        xml_error(&control, limits),
        XmlErrorKind::Entity(_)
    ));
    let mixed = xml_with("<ex:a>text<ex:b/></ex:a>");
    assert!(matches!(xml_error(&mixed, limits), XmlErrorKind::Mixed(_)));
    let twice = xml_with("<ex:a b=\"1\" b=\"2\"/>");
    assert!(matches!(
        xml_error(&twice, limits),
        XmlErrorKind::DuplicateAttribute(_)
    ));
    let undeclared = xml_with("<no:a/>");
    assert!(matches!(
        xml_error(&undeclared, limits),
        XmlErrorKind::UndeclaredPrefix(_)
    ));
    let encoding = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-16\"?>{}",
        xml_with("")
    );
    assert!(matches!(
        xml_error(&encoding, limits),
        XmlErrorKind::Encoding(_)
    ));
    let root = "<a/>";
    assert!(matches!(xml_error(root, limits), XmlErrorKind::Root(_)));
    let after = format!("{}<a/>", xml_with(""));
    assert!(check_xml(after.as_bytes(), limits).is_err());
    let kept = xml_with("<ex:a>&lt;&amp;&#x41;<![CDATA[<b>]]></ex:a>");
    let document = xml::read_document(kept.as_bytes(), &limits).expect("read");
    let printed = xml::write_document(&document, Edition::Two).expect("XML");
    assert!(
        printed.contains("<ex:a>&lt;&amp;A&lt;b&gt;</ex:a>"),
        "{printed}"
    );
}

/// A document of many events that is made as it is read, and counts how much was taken of it.
struct Endless {
    head: Vec<u8>,
    event: Vec<u8>,
    tail: Vec<u8>,
    events: usize,
    current: Vec<u8>,
    taken: usize,
}

impl Endless {
    fn new(document: &str, (from, to, between): (&str, &str, &str), events: usize) -> Self {
        let start = document.find(from).expect("an event");
        let end = document.rfind(to).expect("an end") + to.len();
        let event = format!("{between}{}", &document[start..end]);
        Self {
            head: format!("{}{}", &document[..start], &document[start..end]).into_bytes(),
            event: event.into_bytes(),
            tail: document.as_bytes()[end..].to_vec(),
            events: events - 1,
            current: Vec::new(),
            taken: 0,
        }
    }
}

impl Read for Endless {
    fn read(&mut self, target: &mut [u8]) -> std::io::Result<usize> {
        if self.current.is_empty() {
            self.current = if !self.head.is_empty() {
                std::mem::take(&mut self.head)
            } else if self.events > 0 {
                self.events -= 1;
                self.event.clone()
            } else {
                std::mem::take(&mut self.tail)
            };
        }
        let length = self.current.len().min(target.len());
        target[..length].copy_from_slice(&self.current[..length]);
        self.current.drain(..length);
        self.taken += length;
        Ok(length)
    }
}

const MANY: usize = 50_000;

#[test]
fn a_long_json_document_is_never_held() {
    let document = json_with("1");
    let mut source = Endless::new(&document, ("{\"type\":\"ObjectEvent\"", "}", ","), MANY);
    let close = "]}}";
    source.head.truncate(source.head.len() - close.len());
    source.event.truncate(source.event.len() - close.len());
    source.tail = close.as_bytes().to_vec();
    let size = source.event.len();
    let mut reader = JsonReader::open(&mut source, Limits::default()).expect("a document");
    let mut count = 0;
    while let Some(event) = reader.next_event().expect("JSON") {
        event.expect("an event");
        count += 1;
    }
    drop(reader);
    assert_eq!(count, MANY);
    assert!(source.taken > size * (MANY - 1));
}

#[test]
fn events_come_before_the_document_was_read() {
    let document = xml_with("");
    let mut source = Endless::new(&document, ("<ObjectEvent>", "</ObjectEvent>", ""), MANY);
    let mut reader = XmlReader::open(BufReader::new(&mut source), Limits::default()).expect("XML");
    for _ in 0..100 {
        let read = reader.next_event().expect("XML").expect("an event");
        read.event.expect("an event");
    }
    drop(reader);
    assert!(source.taken < 200_000, "{}", source.taken);
    let mut source = Endless::new(&document, ("<ObjectEvent>", "</ObjectEvent>", ""), MANY);
    let mut reader = XmlReader::open(BufReader::new(&mut source), Limits::default()).expect("XML");
    let mut count = 0;
    while let Some(read) = reader.next_event().expect("XML") {
        read.event.expect("an event");
        count += 1;
    }
    assert_eq!(count, MANY);
}

/// A generator by formula (xorshift), so that a failure can be repeated.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit.max(1) as u64).expect("below a usize")
    }
}

fn mutate(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    const PIECES: [&[u8]; 16] = [
        b"\"",
        b"{",
        b"}",
        b"[",
        b"]",
        b"<",
        b">",
        b"&",
        b":",
        b",",
        b"\\u0000",
        b"null",
        b"1e999",
        b"</",
        b"xmlns:a=\"\"",
        b"\xff",
    ];
    let mut mutated = bytes.to_vec();
    for _ in 0..=random.below(4) {
        let at = random.below(mutated.len());
        match random.below(4) {
            0 => mutated[at] = u8::try_from(random.below(256)).expect("a byte"),
            1 => {
                mutated.remove(at);
            }
            2 => {
                let piece = PIECES[random.below(PIECES.len())];
                mutated.splice(at..at, piece.iter().copied());
            }
            _ => {
                let end = (at + random.below(40)).min(mutated.len());
                let copy = mutated[at..end].to_vec();
                let target = random.below(mutated.len());
                mutated.splice(target..target, copy);
            }
        }
        if mutated.is_empty() {
            return mutated;
        }
    }
    mutated
}

/// Whatever is read prints, and prints the same again after it was read again.
fn try_json(bytes: &[u8], limits: &Limits) -> bool {
    let _ = check_json(bytes, *limits);
    let Ok(document) = json::read_document(bytes, limits) else {
        return false;
    };
    document.events.iter().for_each(|event| {
        event_hash(event);
    });
    let printed = json::write_document(&document);
    let again = json::read_document(printed.as_bytes(), limits)
        .unwrap_or_else(|error| panic!("{error}\n{printed}"));
    assert_eq!(json::write_document(&again), printed);
    true
}

fn try_xml(bytes: &[u8], limits: &Limits) -> bool {
    let _ = check_xml(bytes, *limits);
    let Ok(document) = xml::read_document(bytes, limits) else {
        return false;
    };
    document.events.iter().for_each(|event| {
        event_hash(event);
    });
    let Ok(printed) = xml::write_document(&document, Edition::Two) else {
        return false;
    };
    let again = xml::read_document(printed.as_bytes(), limits)
        .unwrap_or_else(|error| panic!("{error}\n{printed}"));
    let twice = xml::write_document(&again, Edition::Two).expect("XML");
    assert_eq!(twice, printed);
    true
}

#[test]
fn mutated_documents_never_panic_and_print_to_a_fixed_point() {
    let Some(root) = published("mutated documents") else {
        return;
    };
    let limits = Limits::default();
    let mut random = Random(0x7468_6572_6961_6321);
    let sources: Vec<_> = files(&root, &["json", "jsonld", "xml"])
        .into_iter()
        .filter(|file| !file.to_string_lossy().contains("/schema"))
        .map(|file| (is_xml(&file), std::fs::read(&file).expect("readable")))
        .filter(|(_, bytes)| bytes.len() < 6_000)
        .collect();
    let (mut tried, mut read) = (0, 0);
    while tried < 20_000 {
        for (is_xml, bytes) in &sources {
            let mutated = mutate(bytes, &mut random);
            read += u32::from(match is_xml {
                true => try_xml(&mutated, &limits),
                false => try_json(&mutated, &limits),
            });
            tried += 1;
        }
    }
    println!("{tried} mutated documents, {read} of them still read");
    assert!(read > 1_000, "{read}");
}
