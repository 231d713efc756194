//! Books that many requests share, in the world of the tests.

use super::{NOW_MS, World};
use std::time::{Duration, Instant};
use theriac_gateway::packs::{
    Error, Partner,
    desk::{AskWhen, Desk, Done, RequestKey, Settings},
};

/// Settings under which a test need not wait.
pub(crate) fn settings() -> Settings {
    Settings {
        pause: Duration::from_millis(20),
        ask: AskWhen::Never,
        ..Settings::default()
    }
}

/// A desk on the book of a partner.
pub(crate) fn desk_of(partner: &Partner, settings: Settings) -> Desk {
    Desk::open(partner.client().clone(), partner.book().folder(), settings).unwrap()
}

pub(crate) fn key(text: &str) -> RequestKey {
    RequestKey::new("counter-1", text).unwrap()
}

/// Dispenses each of these at once, under a key of its own.
pub(crate) async fn dispense_all(desk: &Desk, scans: &[String]) -> Vec<Result<Done, Error>> {
    let each = scans.iter().enumerate().map(|(number, scan)| {
        let (desk, scan) = (desk.clone(), scan.clone());
        tokio::spawn(async move {
            let key = key(&format!("request-{number}"));
            desk.dispense(&scan, &key, NOW_MS).await
        })
    });
    let running: Vec<_> = each.collect();
    let mut done = Vec::new();
    for one in running {
        done.push(one.await.unwrap());
    }
    done
}

/// Looks until it is so.
pub(crate) async fn until<T, F: Future<Output = Option<T>>>(mut look: impl FnMut() -> F) -> T {
    let began = Instant::now();
    loop {
        if let Some(found) = look().await {
            return found;
        }
        assert!(
            began.elapsed() < Duration::from_secs(60),
            "it never came to be"
        );
        tokio::task::yield_now().await;
    }
}

impl World {
    /// Transactions of a partner that the ledger executed.
    pub(crate) fn executed_of(&self, partner: &Partner) -> usize {
        let account = partner.book().owner().account;
        let ledger = self.ledger.lock().unwrap();
        let of_account = ledger
            .executed
            .iter()
            .filter(|(sender, _)| *sender == account);
        of_account.count()
    }
}
