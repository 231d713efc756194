//! Events sent as they become visible: by webhook, kept on disk with how far each has been told, and by WebSocket.

mod controls;
mod feed;
mod guard;
mod notifier;
mod schedule;
mod sockets;
mod webhook;

pub(crate) use controls::{Controls, When};
pub(crate) use guard::Destination;
pub(crate) use notifier::Notifier;
pub(crate) use schedule::Schedule;
pub(crate) use sockets::{Socket, Sockets};
pub(crate) use webhook::{WebhookError, connect, secure};
