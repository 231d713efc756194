//! Looks at the network's flags all the time, so that a recall is known here about a second after it is final.

use std::sync::Arc;

use tokio::{
    sync::watch as signal,
    time::{MissedTickBehavior, interval, timeout},
};

use super::Shared;
use crate::packs::{Error, Partner, book::SeenFlag, clock::now_ms};

/// Looks of which one asks whether flags on own stock were cleared.
const LOOKS: u64 = 4;

/// Works until it is told to stop. It is also what finds out that a node is there again.
pub(super) async fn run(shared: Arc<Shared>, mut stop: signal::Receiver<bool>) {
    let mut ticks = interval(shared.settings.pause);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut looks = 0_u64;
    loop {
        tokio::select! {
            _ = ticks.tick() => {}
            // An error is that the desk was dropped, which ends it too.
            _ = stop.wait_for(|stop| *stop) => return,
        }
        let looked = timeout(shared.settings.patience, look(&shared, looks)).await;
        match looked {
            Ok(Ok(())) => {
                shared.link.set(true);
                shared.link.set_looked(now_ms());
                looks += 1;
            }
            Ok(Err(error)) if super::link::is_passing(&error) => shared.link.set(false),
            Ok(Err(error)) => tracing::warn!(%error, "the flags could not be looked at"),
            Err(_) => shared.link.set(false),
        }
    }
}

async fn look(shared: &Shared, looks: u64) -> Result<(), Error> {
    let seen = shared.readers.run(|partner| partner.book.flags_seen());
    let flags = shared.client.flags_from(seen.await?).await?;
    if let Some(last) = flags.last() {
        let next = last.number + 1;
        let known: Vec<_> = flags.iter().filter_map(SeenFlag::of).collect();
        let keep = move |partner: &mut Partner| partner.book.keep_flags(&known, Some(next));
        shared.writer.run(keep).await?;
    }
    match looks % LOOKS {
        0 => drop_cleared(shared).await,
        _ => Ok(()),
    }
}

async fn drop_cleared(shared: &Shared) -> Result<(), Error> {
    let alarms = shared.readers.run(Partner::alarms).await?;
    let mut cleared = Vec::new();
    for alarm in alarms {
        cleared.extend(alarm.flag.newer(&shared.client).await?);
    }
    cleared.retain(|flag| flag.is_cleared);
    if cleared.is_empty() {
        return Ok(());
    }
    let keep = move |partner: &mut Partner| partner.book.keep_flags(&cleared, None);
    Ok(shared.writer.run(keep).await?)
}
