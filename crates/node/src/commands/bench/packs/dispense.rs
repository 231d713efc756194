//! Packs are dispensed one at a time, and at a rate: from the request until that is final and in the book.

use super::{
    super::{
        figures::Figures,
        people::entries,
        process::disk_bytes,
        times::{Times, millis, offer},
    },
    counter::Counter,
    trade::{Stage, one_by_one, tell_rate},
};
use alloy_primitives::B256;
use anyhow::ensure;
use std::time::Instant;

/// Entries one after another, each of which waits for a block.
const AT_LEISURE: usize = 40;
const P95_BAR_MS: f64 = 300.0;

impl Stage<'_> {
    /// Dispenses packs from the full book.
    ///
    /// # Errors
    /// Where an entry is refused, or there are too few packs.
    pub(super) async fn dispense(&self, figures: &mut Figures) -> anyhow::Result<()> {
        let counter = self.counter()?;
        let mut scans = self.scans(usize::MAX).into_iter();
        let first = scans.by_ref().take(AT_LEISURE).collect();
        self.one_at_a_time(figures, (&counter, first)).await?;
        let count = (self.trade.rate * self.trade.seconds) as usize;
        let scans: Vec<_> = scans.take(count).collect();
        ensure!(scans.len() == count, "too few packs for this rate");
        self.at_rate(figures, (&counter, scans)).await?;
        counter.close().await;
        Ok(())
    }

    /// Where the time of one dispensing goes: the ledger's is that of the same question and the same entry without a book.
    async fn one_at_a_time(
        &self,
        figures: &mut Figures,
        (counter, scans): (&Counter, Vec<String>),
    ) -> anyhow::Result<()> {
        let entry = self.entries_alone().await?.at(0.5);
        let verify = one_by_one(counter, scans.clone()).await?.at(0.5);
        let mut times = Vec::new();
        for scan in scans {
            let begun = Instant::now();
            counter.dispense(scan).await?;
            times.push(millis(begun.elapsed()));
        }
        let whole = Times::of(times).at(0.5);
        for (name, value) in [
            ("dispense, one at a time, p50", whole),
            ("dispense, one at a time: its verification, p50", verify),
            (
                "dispense, one at a time: the same entry without a book, p50",
                entry,
            ),
        ] {
            figures.tell(name, (value, "ms"));
        }
        let share = |part: f64| (part / whole * 100.0, "%");
        figures.tell("dispense: share of the entry on the ledger", share(entry));
        figures.tell("dispense: share of the verification", share(verify));
        let book = whole - entry - verify;
        figures.tell("dispense: share of the book", share(book));
        Ok(())
    }

    async fn at_rate(
        &self,
        figures: &mut Figures,
        (counter, scans): (&Counter, Vec<String>),
    ) -> anyhow::Result<()> {
        let cluster = &self.network.cluster;
        let state = cluster.state(0);
        let (disk, cpu) = (disk_bytes(&state)?, cluster.cpu_seconds()?);
        let entries = entries(self.network.pharmacy.client()).await?;
        let dispensed = offer(self.trade.rate, scans, |scan| counter.dispense(scan)).await;
        tell_rate(figures, "dispense", &dispensed);
        let p95 = dispensed.times.at(0.95);
        figures.at_most("dispense to finality p95", (p95, "ms"), P95_BAR_MS);
        let packs = dispensed.times.count() as f64;
        let cpu = (cluster.cpu_seconds()? - cpu) / 4.0 / packs * 1e3;
        figures.tell("dispense: CPU of a node for a pack", (cpu, "ms"));
        let disk = disk_bytes(&state)?.saturating_sub(disk) as f64 / packs;
        let name = "dispense: bytes on a node's disk for a pack, blocks and state";
        figures.tell(name, (disk, "B"));
        let entries = self::entries(self.network.pharmacy.client()).await? - entries;
        figures.tell("dispense: packs of an entry", (packs / entries as f64, ""));
        Ok(())
    }

    /// Entries of one pack each, which no book has.
    async fn entries_alone(&self) -> anyhow::Result<Times> {
        let client = self.network.pharmacy.client();
        let drawn = || vec![B256::new(rand::random())];
        let mut times = Vec::new();
        for _ in 0..AT_LEISURE {
            let begun = Instant::now();
            client.dispense_packs(drawn(), drawn()).await?;
            times.push(millis(begun.elapsed()));
        }
        Ok(Times::of(times))
    }
}
