//! What the tests share.

mod client;
mod data;
mod documents;
mod fixture;
mod postgres;
mod receiver;

pub(crate) use client::Client;
pub(crate) use data::{files, is_skipped, published};
pub(crate) use documents::{document, event, shipment};
pub(crate) use fixture::{Fixture, GLN_MAKER, GLN_SHOP};
pub(crate) use receiver::{Receiver, Reply};

/// Each test twice: on the embedded database and on PostgreSQL.
macro_rules! on_both {
    ($(async fn $name:ident($fixture:ident: &Fixture) $body:block)*) => {$(
        mod $name {
            use super::*;

            async fn run($fixture: &Fixture) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn holds_on_sqlite() {
                let fixture = Fixture::embedded().await;
                run(&fixture).await;
                fixture.stop().await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn holds_on_postgresql() {
                let test = concat!(module_path!(), "::holds_on_postgresql");
                let Some(fixture) = Fixture::postgres(test).await else {
                    return;
                };
                run(&fixture).await;
                fixture.stop().await;
            }
        }
    )*};
}
pub(crate) use on_both;
