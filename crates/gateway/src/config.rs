//! How a gateway is set up.

use crate::partners::Partner;
use alloy_primitives::B256;
use std::{
    collections::{BTreeMap, BTreeSet},
    net::{IpAddr, SocketAddr},
    path::PathBuf,
    time::Duration,
};

/// How a gateway is set up.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where to listen; port 0 for any free one.
    pub listen: SocketAddr,
    /// The folder of spooled documents, the embedded database and the lock. Made where it is absent.
    pub data: PathBuf,
    /// Where events are kept.
    pub storage: Storage,
    /// The address under which clients reach this gateway, without a slash at its end; `http://` and where it listens
    /// unless given. Links to next pages and to what was created begin so.
    pub public_url: Option<String>,
    /// Who may do what. The organisation's own token is one of these, with all rights and [`Reach::Everything`](crate::Reach).
    pub partners: Vec<Partner>,
    /// To whom notifications may be sent.
    pub webhooks: Webhooks,
    /// The book of packs, where this gateway has one.
    pub packs: Option<Packs>,
    /// The books of studies behind `/odm`.
    pub trials: Vec<Trials>,
    /// Bounds on what a caller may ask.
    pub limits: Limits,
}

/// A study's book behind the door.
#[derive(Clone, Debug)]
pub struct Trials {
    /// The study.
    pub study: B256,
    /// The folder of its book.
    pub book: PathBuf,
    /// Acts as an account that reads the book, and captures.
    pub client: theriac_sdk::Client,
    /// What of it each partner reaches, by name. Whoever reaches everything reaches the whole study, and everyone else nothing.
    pub partners: BTreeMap<String, SiteReach>,
    /// Partners, the organisation itself among them, who get datasets of a study with lists: these may tell the arm.
    pub unblinded: BTreeSet<String>,
}

/// What of a study a partner reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SiteReach {
    /// All sites.
    All,
    /// These sites.
    Sites(BTreeSet<u16>),
}

/// A book of packs behind the door.
#[derive(Clone, Debug)]
pub struct Packs {
    /// The folder of the book.
    pub book: PathBuf,
    /// Acts as the book's account at the ledger.
    pub client: theriac_sdk::Client,
    /// How the book is worked with.
    pub settings: crate::packs::desk::Settings,
    /// Whether anyone may ask about packs that this organisation made, without a token.
    pub answers_anyone: bool,
}

impl Config {
    /// A gateway on loopback, any free port, on the embedded database in `data`, for `partners`.
    pub fn new(data: PathBuf, partners: Vec<Partner>) -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            data,
            storage: Storage::Embedded,
            public_url: None,
            partners,
            webhooks: Webhooks::default(),
            packs: None,
            trials: Vec::new(),
            limits: Limits::default(),
        }
    }

    /// Whether anyone may ask about packs that this organisation made.
    pub(crate) fn answers_anyone(&self) -> bool {
        self.packs
            .as_ref()
            .is_some_and(|packs| packs.answers_anyone)
    }
}

/// Where events are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Storage {
    /// SQLite, in the data folder.
    Embedded,
    /// PostgreSQL, of which this is the connection string. One gateway alone uses a database.
    Postgres(String),
}

/// To whom notifications may be sent.
#[derive(Clone, Debug)]
pub struct Webhooks {
    /// Hosts, as names or addresses, that may be inside the organisation: private, loopback or link-local.
    pub inside: Vec<String>,
    /// Whether `http:` will do for hosts outside. Those inside may always use it.
    pub plain: bool,
    /// How long a receiver may take.
    pub patience: Duration,
    /// The wait after a first failure; it doubles with each further one.
    pub first_retry: Duration,
    /// The longest wait between attempts.
    pub last_retry: Duration,
    /// Events in one notification.
    pub events: usize,
    /// Bytes of events in one notification.
    pub bytes: usize,
}

impl Default for Webhooks {
    fn default() -> Self {
        Self {
            inside: Vec::new(),
            plain: false,
            patience: Duration::from_secs(30),
            first_retry: Duration::from_secs(1),
            last_retry: Duration::from_secs(3_600),
            events: 500,
            bytes: 8 << 20,
        }
    }
}

impl Webhooks {
    /// Whether `host`, or the address it stands for, is listed as inside.
    pub(crate) fn allows_inside(&self, host: &str) -> bool {
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        let same = |listed: &String| match (listed.parse::<IpAddr>(), bare.parse::<IpAddr>()) {
            (Ok(listed), Ok(asked)) => listed == asked,
            _ => listed.eq_ignore_ascii_case(bare),
        };
        self.inside.iter().any(same)
    }
}

/// Bounds on what a caller may ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// TCP connections at once.
    pub connections: usize,
    /// Bytes of a document given to `/capture`.
    pub document_bytes: u64,
    /// Events of a document given to `/capture`.
    pub document_events: u64,
    /// Bytes of one event.
    pub event_bytes: usize,
    /// Bytes of all that stands around the events of a document.
    pub header_bytes: usize,
    /// Nesting of an event.
    pub depth: usize,
    /// Values of one event.
    pub nodes: usize,
    /// Bytes of clinical data that `/odm` takes or gives at once.
    pub odm_bytes: usize,
    /// Bytes of a query or subscription.
    pub query_bytes: usize,
    /// Bytes of the path and query of a request.
    pub uri_bytes: usize,
    /// Documents received at once.
    pub captures: usize,
    /// Documents that were received and wait to be stored.
    pub waiting_captures: u64,
    /// Members of a page where the caller does not say.
    pub page: usize,
    /// Members of the largest page.
    pub largest_page: usize,
    /// Bytes of events after which a page ends early.
    pub page_bytes: usize,
    /// How long the token of a next page is good for.
    pub page_lifetime: Duration,
    /// Tokens of next pages at once; the oldest gives way.
    pub page_tokens: usize,
    /// Events that are ordered by a field without an index.
    pub ordered_events: usize,
    /// Named queries of all partners.
    pub queries: u64,
    /// Subscriptions of one query, and WebSockets of one partner.
    pub subscriptions: u64,
    /// How long a client may take to send a request's headers.
    pub header_time: Duration,
    /// How long a request may take, beside a second for each MiB of its body.
    pub request_time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 512,
            document_bytes: 4 << 30,
            document_events: 1_000_000,
            event_bytes: 1 << 20,
            header_bytes: 8 << 20,
            depth: 32,
            nodes: 20_000,
            odm_bytes: 64 << 20,
            query_bytes: 256 << 10,
            uri_bytes: 8 << 10,
            captures: 4,
            waiting_captures: 1_000,
            page: 30,
            largest_page: 1_000,
            page_bytes: 16 << 20,
            page_lifetime: Duration::from_secs(3_600),
            page_tokens: 10_000,
            ordered_events: 10_000,
            queries: 1_000,
            subscriptions: 64,
            header_time: Duration::from_secs(10),
            request_time: Duration::from_secs(30),
        }
    }
}

impl Limits {
    /// What the readers of documents accept.
    pub(crate) fn reading(&self) -> theriac_standards::epcis::Limits {
        theriac_standards::epcis::Limits {
            event_bytes: self.event_bytes,
            header_bytes: self.header_bytes,
            depth: self.depth,
            nodes: self.nodes,
            events: self.document_events,
        }
    }
}
