//! Subscriptions by WebSocket: as long as the connection stands.

use super::{
    Controls, When,
    feed::{Feed, Portion, Progress},
};
use crate::{
    clock,
    door::{Problem, Service},
    epcis::{Bounds, Search, Title, write_json},
    partners::Caller,
};
use axum::extract::ws::{Message, WebSocket};
use futures::StreamExt;
use parking_lot::Mutex;
use std::{collections::BTreeMap, sync::Arc, time::Duration};
use theriac_standards::epcis::convert::IdentifierForm;
use tokio::sync::Notify;

/// How often a client is asked whether it is still there.
const PING: Duration = Duration::from_secs(30);

/// The WebSockets that are open.
#[derive(Default)]
pub(crate) struct Sockets {
    open: Mutex<Open>,
}

#[derive(Default)]
struct Open {
    next: u64,
    places: BTreeMap<u64, Held>,
}

struct Held {
    query: String,
    partner: String,
    end: Arc<Notify>,
}

/// A place among the WebSockets that are open; given back when dropped.
pub(crate) struct Place {
    sockets: Arc<Sockets>,
    number: u64,
    end: Arc<Notify>,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.sockets.open.lock().places.remove(&self.number);
    }
}

impl Sockets {
    /// A place for a partner, unless it holds `most`.
    pub(crate) fn take(self: &Arc<Self>, query: &str, partner: &str, most: u64) -> Option<Place> {
        let mut open = self.open.lock();
        let held = open.places.values().filter(|held| held.partner == partner);
        if held.count() as u64 >= most {
            return None;
        }
        let end = Arc::new(Notify::new());
        let number = open.next;
        open.next += 1;
        let held = Held {
            query: query.to_owned(),
            partner: partner.to_owned(),
            end: end.clone(),
        };
        open.places.insert(number, held);
        Some(Place {
            sockets: self.clone(),
            number,
            end,
        })
    }

    /// Ends all WebSockets of a query.
    pub(crate) fn end(&self, query: &str) {
        let open = self.open.lock();
        let ended = open.places.values().filter(|held| held.query == query);
        ended.for_each(|held| held.end.notify_one());
    }
}

/// What one WebSocket tells.
pub(crate) struct Socket {
    pub(crate) service: Arc<Service>,
    pub(crate) place: Place,
    pub(crate) caller: Caller,
    pub(crate) query: String,
    pub(crate) search: Search,
    pub(crate) controls: Controls,
    pub(crate) identifiers: IdentifierForm,
    pub(crate) from: i64,
}

impl Socket {
    /// Tells what becomes visible until either side ends it.
    pub(crate) async fn run(self, mut stream: WebSocket) {
        let mut progress = Progress::until(self.from);
        let mut published = self.service.repository.published();
        published.mark_changed();
        let mut stop = self.service.stop.clone();
        let mut due = self.due();
        let mut ping = tokio::time::interval(PING);
        let is_stream = matches!(self.controls.when, When::Stream);
        loop {
            let wait = due.map_or(PING, |due| {
                Duration::from_millis((due - clock::now()).max(0).unsigned_abs())
            });
            let ready = tokio::select! {
                () = stop.requested() => break,
                () = self.place.end.notified() => break,
                _ = published.changed(), if is_stream => true,
                () = tokio::time::sleep(wait), if !is_stream => true,
                _ = ping.tick() => {
                    if self.send(&mut stream, Message::Ping(bytes::Bytes::new())).await.is_err() {
                        return;
                    }
                    false
                }
                message = stream.next() => match message {
                    Some(Ok(Message::Close(_)) | Err(_)) | None => return,
                    // A subscriber has nothing to say; pings are answered below us.
                    Some(Ok(_)) => false,
                },
            };
            if ready {
                match self.tell(&mut stream, &mut progress).await {
                    Ok(()) => due = self.due(),
                    Err(Ended::Gone) => return,
                    Err(Ended::Failed(problem)) => {
                        let text = problem.to_json().to_string();
                        let _ = self.send(&mut stream, Message::Text(text.into())).await;
                        break;
                    }
                }
            }
        }
        // The client may be gone already.
        let _ = self.send(&mut stream, Message::Close(None)).await;
    }

    fn due(&self) -> Option<i64> {
        match &self.controls.when {
            When::Stream => None,
            When::Scheduled(schedule, _) => schedule.next(clock::now()),
        }
    }

    async fn tell(&self, stream: &mut WebSocket, progress: &mut Progress) -> Result<(), Ended> {
        let service = &self.service;
        let webhooks = &service.config.webhooks;
        let portion = Portion {
            events: webhooks.events,
            bytes: webhooks.bytes,
        };
        let bounds = Bounds::of(&service.config.limits);
        let whose = (&self.search, &self.caller);
        let mut feed = Feed::new(&service.repository, whose, *progress, bounds);
        let mut is_report = self.controls.report_if_empty;
        is_report &= matches!(self.controls.when, When::Scheduled(..));
        loop {
            let told = feed.next(portion).await.map_err(Ended::Failed)?;
            if !told.events.is_empty() || is_report {
                is_report = false;
                let title = Title {
                    query: &self.query,
                    subscription: None,
                };
                let text = write_json(told.events, title, self.identifiers);
                self.send(stream, Message::Text(text.into())).await?;
            }
            *progress = told.progress;
            if told.is_last {
                return Ok(());
            }
        }
    }

    async fn send(&self, stream: &mut WebSocket, message: Message) -> Result<(), Ended> {
        let patience = self.service.config.webhooks.patience;
        let sent = tokio::time::timeout(patience, stream.send(message)).await;
        match sent {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(Ended::Gone),
        }
    }
}

/// Why a WebSocket ends.
enum Ended {
    /// The client is gone.
    Gone,
    /// The query could not be answered.
    Failed(Problem),
}
