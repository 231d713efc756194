//! What the chapters share: refusals that must come, and times.

use anyhow::bail;
use std::time::{SystemTime, UNIX_EPOCH};
use theriac_contracts::Refusal;
use theriac_sdk::Error;

/// That the ledger refused, and why.
pub(super) fn expect<T>(outcome: Result<T, Error>, expected: Refusal) -> anyhow::Result<()> {
    match outcome {
        Err(Error::Refused(refusal)) if refusal == expected => Ok(()),
        Err(error) => Err(anyhow::Error::new(error).context(format!("expected {expected:?}"))),
        Ok(_) => bail!("expected {expected:?}, but it was allowed"),
    }
}

/// Unix seconds, an hour from now.
pub(super) fn in_an_hour() -> u64 {
    const HOUR: u64 = 3_600;
    now() + HOUR
}

/// Unix seconds.
pub(super) fn now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs())
}
