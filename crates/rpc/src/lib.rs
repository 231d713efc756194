//! The node's JSON-RPC: eth, theriac, subscriptions, and who may read.
//!
//! One port serves HTTP and WebSocket. A request passes, in this order: the [`door`] (origin, token,
//! route), the gate (depth of the JSON, session, method table, enrolment, rate), and its method, which
//! asks [`read`] before it hands out anything of a chart or of another's account. What the node knows
//! comes through [`Chain`], [`Vault`] and [`Keepers`]; there is no other way in.

mod answer;
mod chain;
mod clock;
mod config;
mod door;
mod filters;
mod gate;
mod keepers;
mod login;
mod methods;
mod params;
mod rate;
mod read;
mod refusal;
mod server;
mod service;
mod subscribe;
mod vault;
mod view;

pub use chain::{
    AccessListOutcome, Account, CallError, CallRequest, Certificate, Chain, ChainFailure,
    EvidenceSubject, PeerStatus, ProofSubject, ProtocolStatus, Rejection, Status, SubmitError,
    SyncProgress,
};
pub use clock::{Clock, system_clock};
pub use config::{Auth, Config, Limits};
pub use keepers::{EpochEvidence, Keepers, SealAnswers, SealRequest};
pub use methods::{Access, METHODS, Method, method_table};
pub use refusal::{Refusal, refusal_table};
pub use server::RpcServer;
pub use vault::{Blob, ByteStream, Vault, VaultError, Wanted};
