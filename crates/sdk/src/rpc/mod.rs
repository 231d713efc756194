//! Talks JSON-RPC to the network's nodes: one call, several nodes to ask, a login where a node asks for one.

mod answer;
mod blobs;
mod endpoint;
mod nodes;
mod session;

pub use nodes::Nodes;

pub(crate) use blobs::{Blobs, Body};
pub(crate) use endpoint::Endpoint;

use answer::failed;
use session::Session;
