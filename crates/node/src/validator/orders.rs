//! What of a record is in the vault, so that it is erased when the ledger orders that.

use super::view::View;
use alloy_primitives::{Address, B256};
use alloy_sol_types::SolEvent as _;
use anyhow::Context as _;
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};
use theriac_contracts::{interfaces::IRecords::RecordErased, named_blobs, shared_of, sharing};
use theriac_envelope::WrapSet;
use theriac_ledger::{
    block::PublicKey,
    index::{Index, IndexedLog, LogFilter, LogLimits},
};
use theriac_vault::{ContentId, Mailbox};

const LIMITS: LogLimits = LogLimits {
    logs: 1_000,
    blocks_read: 1_000,
};

/// An erasure that the ledger ordered, and the blobs that it meant here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Order {
    pub(super) record: B256,
    pub(super) chart: B256,
    /// Who ordered it.
    pub(super) by: Address,
    /// The block of the order.
    pub(super) height: u64,
    /// Content ids: ciphertexts of all versions, wraps to the controller, sealed keys, wraps and one-time keys of requests.
    pub(super) blobs: Vec<B256>,
}

/// The order that a log tells.
pub(super) fn order(log: &IndexedLog) -> Option<Order> {
    let erased = RecordErased::decode_log(&log.log).ok()?;
    Some(Order {
        record: erased.record,
        chart: erased.chart,
        by: erased.by,
        height: log.height,
        blobs: Vec::new(),
    })
}

/// All logs that a filter matches from `start` to `end`.
pub(super) fn all_logs(
    index: &Index,
    filter: &LogFilter,
    (start, end): (u64, u64),
) -> anyhow::Result<Vec<IndexedLog>> {
    let (mut logs, mut next) = (Vec::new(), Some(start));
    while let Some(from) = next {
        let page = index.logs(filter, from..=end, LIMITS);
        let page = page.context("cannot read logs")?;
        logs.extend(page.logs);
        next = page.next;
    }
    Ok(logs)
}

/// Every blob that holds the record, a wrap of its secret, or a key that one was made for: by state alone, which a member that fetched it from
/// others has as well as one that executed every block.
///
/// # Errors
/// Where state cannot be read.
pub(super) async fn blobs_of(
    view: &View,
    vault: &Mailbox<PublicKey>,
    order: &Order,
) -> anyhow::Result<Vec<B256>> {
    let named = view.ask(|host| named_blobs(host, order.record)).await;
    let named = named.context("cannot read a record")?;
    let mut blobs: BTreeSet<_> = named.into_iter().collect();
    let requests = view.ask(|host| shared_of(host, order.chart)).await;
    for id in requests.context("cannot read the requests of a chart")? {
        let shared = view.ask(|host| sharing(host, id)).await;
        let Some(shared) = shared.context("cannot read a request")? else {
            continue;
        };
        if shared.record == order.record {
            blobs.extend([shared.key, shared.wrap]);
        } else if shared.record.is_zero() && holds(vault, shared.wrap, order.record).await {
            blobs.insert(shared.wrap);
        }
    }
    blobs.remove(&B256::ZERO);
    Ok(blobs.into_iter().collect())
}

/// Whether wraps of a whole chart hold one of this record; if they cannot be read, they might.
async fn holds(vault: &Mailbox<PublicKey>, wrap: B256, record: B256) -> bool {
    if wrap.is_zero() {
        return false;
    }
    let Ok(bytes) = vault.examine(ContentId(wrap.0)).await else {
        return true;
    };
    match WrapSet::decode(&bytes) {
        Ok(set) => set.entries().iter().any(|entry| entry.record == record.0),
        Err(_) => true,
    }
}

/// Where orders that were carried out are noted.
pub(super) struct Orders {
    folder: PathBuf,
}

impl Orders {
    /// Below the vault's own folder.
    ///
    /// # Errors
    /// Where it cannot be made.
    pub(super) fn open(vault: &Path) -> anyhow::Result<Self> {
        let folder = vault.join("orders");
        fs::create_dir_all(&folder).context("cannot make the folder of erasure orders")?;
        Ok(Self { folder })
    }

    /// The order for a record, if it was carried out here.
    ///
    /// # Errors
    /// Where its file cannot be read.
    pub(super) fn of(&self, record: B256) -> anyhow::Result<Option<Order>> {
        let bytes = match fs::read(self.file(record)) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error).context("cannot read an erasure order"),
        };
        Ok(Some(serde_json::from_slice(&bytes)?))
    }

    /// Notes an order that was carried out.
    ///
    /// # Errors
    /// Where its file cannot be written.
    pub(super) fn note(&self, order: &Order) -> anyhow::Result<()> {
        let bytes = serde_json::to_vec(order)?;
        write_durably(&self.file(order.record), &bytes)
    }

    /// The first block that was not looked at yet.
    ///
    /// # Errors
    /// Where the mark cannot be read.
    pub(super) fn next(&self) -> anyhow::Result<u64> {
        match fs::read_to_string(self.folder.join("next")) {
            Ok(text) => text
                .trim()
                .parse()
                .context("the mark of erasures is damaged"),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(0),
            Err(error) => Err(error).context("cannot read the mark of erasures"),
        }
    }

    /// Moves the mark.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub(super) fn set_next(&self, height: u64) -> anyhow::Result<()> {
        write_durably(&self.folder.join("next"), height.to_string().as_bytes())
    }

    fn file(&self, record: B256) -> PathBuf {
        self.folder.join(format!("{record}.json"))
    }
}

fn write_durably(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let staged = path.with_extension("new");
    let write = || -> io::Result<()> {
        fs::write(&staged, bytes)?;
        fs::File::open(&staged)?.sync_all()?;
        fs::rename(&staged, path)
    };
    write().with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_and_the_mark_are_there_when_they_are_read_again() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let orders = Orders::open(folder.path()).expect("opens");
        let order = Order {
            record: B256::repeat_byte(1),
            chart: B256::repeat_byte(2),
            by: Address::repeat_byte(3),
            height: 7,
            blobs: vec![B256::repeat_byte(4)],
        };
        assert_eq!(orders.next().expect("reads"), 0);
        assert_eq!(orders.of(order.record).expect("reads"), None);
        orders.note(&order).expect("written");
        orders.set_next(8).expect("written");
        let orders = Orders::open(folder.path()).expect("opens");
        assert_eq!(orders.of(order.record).expect("reads"), Some(order));
        assert_eq!(orders.next().expect("reads"), 8);
    }
}
