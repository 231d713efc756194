//! A gateway whose process is ended in the middle of its work.

use crate::support::{Client, document, event};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

/// Events of one document.
const EVENTS: u64 = 150;
/// How many acknowledgements a process lives for, round by round.
const ROUNDS: [u64; 5] = [1, 4, 9, 14, 20];

struct Process {
    child: Child,
    client: Client,
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

impl Process {
    fn start(data: &Path) -> Self {
        let mut child = Command::new(example())
            .arg(data)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the example was built with the tests");
        let mut line = String::new();
        let output = child.stdout.take().expect("piped");
        BufReader::new(output)
            .read_line(&mut line)
            .expect("its address");
        let client = Client::new(&format!("http://{}", line.trim()), Some("own-token"));
        Self { child, client }
    }

    /// SIGKILL.
    fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn example() -> PathBuf {
    let test = std::env::current_exe().expect("a path");
    let folder = test
        .parent()
        .and_then(Path::parent)
        .expect("deps lies in it");
    folder.join("examples/serve")
}

/// What was sent, by the first number of each document, and what of it was acknowledged.
#[derive(Default)]
struct Sent {
    documents: BTreeMap<u64, Option<String>>,
    singles: BTreeMap<u64, bool>,
}

/// Sends documents and single events until the process is gone.
async fn send(
    client: Client,
    next: Arc<AtomicU64>,
    sent: Arc<Mutex<Sent>>,
    acknowledged: Arc<AtomicU64>,
) {
    loop {
        let first = next.fetch_add(EVENTS + 1, Ordering::Relaxed);
        sent.lock().unwrap().documents.insert(first, None);
        let events: Vec<_> = (first..first + EVENTS).map(event).collect();
        let body = document(&events).to_string();
        let request = client
            .request("POST", "/capture")
            .header("content-type", "application/json");
        let Ok(response) = request.body(body).send().await else {
            return;
        };
        assert_eq!(response.status().as_u16(), 202);
        let place = response.headers()["location"].to_str().unwrap();
        let id = place.rsplit('/').next().unwrap().to_owned();
        sent.lock().unwrap().documents.insert(first, Some(id));
        acknowledged.fetch_add(1, Ordering::Relaxed);
        let single = first + EVENTS;
        sent.lock().unwrap().singles.insert(single, false);
        let body = crate::event::alone(single).to_string();
        let request = client
            .request("POST", "/events")
            .header("content-type", "application/json");
        let Ok(response) = request.body(body).send().await else {
            return;
        };
        assert_eq!(response.status().as_u16(), 201);
        sent.lock().unwrap().singles.insert(single, true);
        acknowledged.fetch_add(1, Ordering::Relaxed);
    }
}

async fn all_numbers(client: &Client) -> Vec<u64> {
    let mut numbers = Vec::new();
    let mut path = Some("/events?perPage=1000".to_owned());
    while let Some(here) = path {
        let page = client.get(&here).await.expect(200);
        numbers.extend(page.numbers());
        path = page.next();
    }
    numbers
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_and_nothing_is_there_twice() {
    let folder = tempfile::tempdir().unwrap();
    let next = Arc::new(AtomicU64::new(0));
    let sent = Arc::new(Mutex::new(Sent::default()));
    for lives in ROUNDS {
        let mut process = Process::start(folder.path());
        let acknowledged = Arc::new(AtomicU64::new(0));
        let senders = (0..2).map(|_| {
            let client = process.client.clone();
            tokio::spawn(send(
                client,
                next.clone(),
                sent.clone(),
                acknowledged.clone(),
            ))
        });
        let senders: Vec<_> = senders.collect();
        while acknowledged.load(Ordering::Relaxed) < lives {
            tokio::task::yield_now().await;
        }
        process.kill();
        for sender in senders {
            sender.await.unwrap();
        }
    }
    let process = Process::start(folder.path());
    let sent = std::mem::take(&mut *sent.lock().unwrap());
    let mut expected = BTreeSet::new();
    for (first, id) in &sent.documents {
        let Some(id) = id else { continue };
        let job: Value = process.client.finished(&format!("/capture/{id}")).await;
        assert_eq!(job["success"], true, "{job}");
        expected.extend(*first..first + EVENTS);
    }
    expected.extend(
        sent.singles
            .iter()
            .filter(|(_, acknowledged)| **acknowledged)
            .map(|(number, _)| *number),
    );
    // What was received and not answered may be there too, but then whole.
    let jobs = process
        .client
        .get("/capture?perPage=1000")
        .await
        .expect(200)
        .json();
    for job in jobs.as_array().unwrap() {
        let id = job["captureID"].as_str().unwrap();
        process.client.finished(&format!("/capture/{id}")).await;
    }
    let numbers = all_numbers(&process.client).await;
    let found: BTreeSet<_> = numbers.iter().copied().collect();
    assert_eq!(found.len(), numbers.len(), "an event is there twice");
    assert!(
        expected.is_subset(&found),
        "{:?}",
        expected.difference(&found).next()
    );
    for first in sent.documents.keys() {
        let there = (*first..first + EVENTS)
            .filter(|number| found.contains(number))
            .count() as u64;
        assert!(
            there == 0 || there == EVENTS,
            "{there} events of the document at {first}"
        );
    }
    println!(
        "{} documents and {} events acknowledged, {} events there",
        sent.documents.values().flatten().count(),
        sent.singles
            .values()
            .filter(|acknowledged| **acknowledged)
            .count(),
        found.len()
    );
    assert!(expected.len() as u64 > EVENTS * 10);
}
