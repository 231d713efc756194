//! All valid published documents are captured and come back as they were.

use crate::support::{Client, Fixture, files, published};
use std::path::{Path, PathBuf};
use theriac_standards::epcis::{
    Limits,
    hash::event_hash,
    json,
    model::{DocumentKind, Event},
    xml,
};

/// What is refused, and why.
const REFUSED: [(&str, &str); 2] = [
    (
        "openepcis-test-resources/2.0/EPCIS/XML/Query/TransformationEvent_with_error_declaration.xml",
        "its declarationTime has no seconds",
    ),
    (
        "fastnt/Capture/Capture.xml",
        "its disposition urn:epcglobal:cbv:disp:loading is none of the vocabulary",
    ),
];

fn documents(root: &Path) -> Vec<PathBuf> {
    let folders = [
        "openepcis-test-resources",
        "openepcis-converter",
        "fastnt/Capture",
    ];
    let all = folders.map(|folder| files(&root.join(folder), &["json", "xml"]));
    let invalid = |file: &PathBuf| {
        let name = file.to_str().unwrap();
        name.contains("/Invalid/") || name.contains("/Queries/") || name.contains("Invalid")
    };
    all.into_iter()
        .flatten()
        .filter(|file| !invalid(file))
        .collect()
}

fn read(text: &[u8], is_xml: bool) -> (DocumentKind, Vec<Event>) {
    let document = match is_xml {
        true => xml::read_document(text, &Limits::default()),
        false => json::read_document(text, &Limits::default()),
    };
    let document = document.expect("a document");
    (document.envelope.kind, document.events)
}

/// An event without what the repository assigns and without where its prefixes were defined.
fn plain(mut event: Event, assigned: bool) -> Event {
    event.record_time = None;
    if assigned {
        event.event_id = None;
    }
    event.context = None;
    event.declarations.clear();
    event.prefixes = Default::default();
    event
}

async fn capture(own: &Client, kind: DocumentKind, media: &str, text: Vec<u8>) -> bool {
    if kind == DocumentKind::Event {
        let answer = own.post_text("/events", media, text).await;
        return answer.status.as_u16() == 201;
    }
    let answer = own.post_text("/capture", media, text).await;
    answer.status.as_u16() == 202 && own.finished(&answer.location()).await["success"] == true
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_valid_published_document_comes_back_equal() {
    let Some(root) = published("round trip") else {
        return;
    };
    let (mut refused, mut documents_back, mut events_back) = (Vec::new(), 0, 0);
    for file in documents(&root) {
        let name = file
            .strip_prefix(&root)
            .unwrap()
            .to_str()
            .unwrap()
            .to_owned();
        let is_xml = name.ends_with(".xml");
        let media = if is_xml {
            "application/xml"
        } else {
            "application/json"
        };
        let text = std::fs::read(&file).unwrap();
        let (kind, sent) = read(&text, is_xml);
        let fixture = Fixture::embedded().await;
        let own = fixture.own();
        if !capture(&own, kind, media, text).await {
            refused.push(name);
            fixture.stop().await;
            continue;
        }
        let kept = own
            .with("accept", media)
            .with("gs1-epc-format", "Never_Translates");
        let answer = kept.get("/events?perPage=1000").await.expect(200);
        let (_, back) = read(answer.text.as_bytes(), is_xml);
        assert_eq!(sent.len(), back.len(), "{name}");
        for (sent, back) in sent.into_iter().zip(back) {
            assert_eq!(event_hash(&sent), event_hash(&back), "{name}");
            let assigned = sent.event_id.is_none();
            assert_eq!(plain(sent, assigned), plain(back, assigned), "{name}");
            events_back += 1;
        }
        documents_back += 1;
        fixture.stop().await;
    }
    let listed: Vec<_> = REFUSED.iter().map(|(name, _)| *name).collect();
    assert_eq!(refused, listed);
    println!("{documents_back} documents and {events_back} events came back equal");
    assert!(
        documents_back >= 80 && events_back >= 120,
        "{documents_back} {events_back}"
    );
}
