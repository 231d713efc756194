//! How fast a gateway captures: `capture_throughput <address> <events>`, against one that `serve` started.
//!
//! Sends one document of so many events, waits until it is stored, and tells both times.

use http_body_util::{BodyExt, Full, StreamBody};
use hyper::{Request, body::Frame, client::conn::http1};
use hyper_util::rt::TokioIo;
use std::time::{Duration, Instant};
use tokio::net::TcpStream;

const HEAD: &str = r#"{"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",{"example":"https://ns.example.com/epcis/"}],"type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026-01-01T00:00:00Z","epcisBody":{"eventList":["#;

/// An event of five packs with a business document, two parties and an extension.
fn event(number: u64) -> String {
    let packs: Vec<_> = (0..5)
        .map(|pack| {
            format!(
                "\"https://id.gs1.org/01/09506000134352/21/{}\"",
                number * 5 + pack
            )
        })
        .collect();
    let (hour, minute, second) = (number / 3600 % 24, number / 60 % 60, number % 60);
    format!(
        r#"{{"type":"ObjectEvent","action":"OBSERVE","eventTime":"2026-01-{:02}T{hour:02}:{minute:02}:{second:02}.{:03}Z","eventTimeZoneOffset":"+00:00","epcList":[{}],"bizStep":"shipping","disposition":"in_transit","readPoint":{{"id":"https://id.gs1.org/414/9506000134352"}},"bizTransactionList":[{{"type":"desadv","bizTransaction":"urn:example:desadv:{}"}}],"sourceList":[{{"type":"owning_party","source":"https://id.gs1.org/417/9506000111114"}}],"destinationList":[{{"type":"owning_party","destination":"https://id.gs1.org/417/9506000122226"}}],"example:batch":"B-{}"}}"#,
        1 + number / 86_400 % 28,
        number % 1000,
        packs.join(","),
        number / 100,
        number / 1000,
    )
}

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let address = arguments.next().expect("the address is the first argument");
    let count: u64 = arguments
        .next()
        .and_then(|count| count.parse().ok())
        .expect("then a count");
    let began = Instant::now();
    let location = send(&address, count).await;
    println!("acknowledged after {:.1} s", began.elapsed().as_secs_f64());
    let job = loop {
        let job = get(&address, &location).await;
        if job.contains("\"running\":false") {
            break job;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    };
    let all = began.elapsed().as_secs_f64();
    assert!(job.contains("\"success\":true"), "{job}");
    println!(
        "visible after {all:.1} s: {:.0} events/s",
        count as f64 / all
    );
}

async fn send(address: &str, count: u64) -> String {
    let chunks = (0..count).step_by(1_000).map(move |first| {
        let events = (first..count.min(first + 1_000)).map(event);
        let events = events.collect::<Vec<_>>().join(",");
        let before = if first == 0 { HEAD } else { "," };
        let after = if first + 1_000 >= count { "]}}" } else { "" };
        let text = format!("{before}{events}{after}");
        Ok::<_, std::convert::Infallible>(Frame::data(hyper::body::Bytes::from(text)))
    });
    let body = StreamBody::new(futures::stream::iter(chunks));
    let request = Request::post("/capture")
        .header("host", address)
        .header("authorization", "Bearer own-token")
        .header("content-type", "application/json")
        .body(body)
        .expect("a request");
    let stream = TcpStream::connect(address).await.expect("a connection");
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.expect("HTTP");
    tokio::spawn(connection);
    let response = sender.send_request(request).await.expect("an answer");
    assert_eq!(response.status(), 202);
    let location = response.headers()["location"].to_str().expect("text");
    let path = location
        .split_once("://")
        .map_or(location, |(_, rest)| rest);
    path[path.find('/').expect("a path")..].to_owned()
}

async fn get(address: &str, path: &str) -> String {
    let request = Request::get(path)
        .header("host", address)
        .header("authorization", "Bearer own-token")
        .body(Full::<hyper::body::Bytes>::default())
        .expect("a request");
    let stream = TcpStream::connect(address).await.expect("a connection");
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.expect("HTTP");
    tokio::spawn(connection);
    let response = sender.send_request(request).await.expect("an answer");
    let body = response
        .into_body()
        .collect()
        .await
        .expect("a body")
        .to_bytes();
    String::from_utf8(body.to_vec()).expect("text")
}
