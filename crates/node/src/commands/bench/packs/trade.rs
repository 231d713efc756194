//! The part with a ledger: packs are made, handed over, verified and dispensed in a network of four validators.
//!
//! ```text
//! per entry: bytes of state -> 10^4, 10^5, 10^6 packs supplied; at each: book, verify -> a lot of 100,000 -> verify at a rate
//! -> dispense one at a time, beside the entry alone -> dispense at a rate
//! ```

use super::{
    super::{
        figures::Figures,
        process::disk_bytes,
        times::{Offered, Times, millis},
    },
    counter::Counter,
    curve::{self, Point},
    life::{self, Life},
    network::{MAKER, Network, PHARMACY},
    supply::{LOT, PALLET, Supplied},
};
use crate::output::Output;
use anyhow::{Context as _, ensure};
use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

/// Requests one after another.
pub(super) const AT_LEISURE: usize = 500;
/// Between them, since a node lets an account ask no more than a thousand views in a second.
pub(super) const PAUSE: Duration = Duration::from_millis(4);
const COMMISSION_BAR: f64 = 2.0;
const PALLET_BAR: f64 = 600.0;
const RATE_BAR: f64 = 500.0;

/// How much is measured.
pub(super) struct Trade<'a> {
    /// Packs of the largest book.
    pub(super) packs: usize,
    /// Requests offered in a second.
    pub(super) rate: f64,
    /// For how many seconds.
    pub(super) seconds: f64,
    /// Where the picture of the curves goes.
    pub(super) plot: Option<&'a Path>,
    pub(super) output: Output,
}

/// A network with what it was supplied with.
pub(super) struct Stage<'a> {
    pub(super) trade: &'a Trade<'a>,
    pub(super) network: Network,
    supplied: Supplied,
    life: Life,
    points: Vec<Point>,
}

impl Trade<'_> {
    /// Measures all of it.
    ///
    /// # Errors
    /// Where the network does not start, an entry is refused, or a pack that is fit is found not to be.
    pub(super) async fn measure(&self, figures: &mut Figures) -> anyhow::Result<()> {
        ensure!(
            self.packs >= 2 * PALLET,
            "fewer packs than two pallets have"
        );
        let network = Network::start().await?;
        let cluster = &network.cluster;
        let chain = cluster.founded.network.chain();
        let life = life::measure(&chain, cluster.admin(MAKER)?, cluster.admin(PHARMACY)?)?;
        tell_life(figures, &life);
        let mut stage = Stage {
            trade: self,
            network,
            supplied: Supplied::default(),
            life,
            points: Vec::new(),
        };
        stage.pallet(figures).await?;
        stage.curve(figures).await?;
        stage.verify(figures).await?;
        stage.dispense(figures).await
    }

    fn say(&self, text: &str) {
        if !self.output.quiet {
            eprintln!("{text}");
        }
    }
}

/// Bytes of the ledger's state, counted from keys and values.
fn tell_life(figures: &mut Figures, life: &Life) {
    let way = 2.0 * life.closing.bytes / PALLET as f64 + life.lot.bytes / LOT as f64;
    for (name, value) in [
        ("state: bytes of a lot", life.lot.bytes),
        ("state: bytes of a closed key", life.closing.bytes),
        ("state: bytes of a pack that left", life.exit.bytes),
        (
            "state: bytes of a pack's life, two hand-overs by pallet and one exit",
            life.exit.bytes + way,
        ),
    ] {
        figures.tell(name, (value, "B"));
    }
    figures.tell("state: keys of a pack that left", (life.exit.keys, ""));
}

impl Stage<'_> {
    async fn pallet(&mut self, figures: &mut Figures) -> anyhow::Result<()> {
        let pallet = self.network.pallet(&mut self.supplied).await?;
        figures.at_most(
            "pallet of 5,000 packs: signed transaction",
            (pallet.bytes as f64, "B"),
            PALLET_BAR,
        );
        figures.at_most(
            "pallet of 5,000 packs: entries",
            (pallet.entries as f64, ""),
            1.0,
        );
        let (shipping, receiving) = (millis(pallet.shipping), millis(pallet.receiving));
        figures.tell(
            "pallet of 5,000 packs: shipped, with its package",
            (shipping, "ms"),
        );
        figures.tell("pallet of 5,000 packs: received", (receiving, "ms"));
        Ok(())
    }

    async fn curve(&mut self, figures: &mut Figures) -> anyhow::Result<()> {
        let mut sizes = vec![10_000, 100_000, 1_000_000];
        sizes.retain(|size| *size < self.trade.packs);
        sizes.push(self.trade.packs);
        for size in sizes {
            self.network.supply(&mut self.supplied, size).await?;
            let point = self.point().await?;
            self.trade.say(&format!("{point:?}"));
            self.points.push(point);
        }
        curve::tell(figures, &self.points);
        let supplied = &self.supplied;
        let packs = supplied.packs as f64;
        for (name, seconds) in [
            ("packs made and entered", supplied.commissioning),
            ("packs shipped in pallets", supplied.shipping),
            ("packs received in pallets", supplied.receiving),
        ] {
            figures.tell(name, (packs / seconds, "1/s"));
        }
        let lots = Times::of(supplied.full_lots.clone());
        if lots.count() > 0 {
            let name = "lot of 100,000 packs made and entered, p50";
            figures.at_most(name, (lots.at(0.5), "s"), COMMISSION_BAR);
            let name = "lot of 100,000 packs made and entered, slowest";
            figures.tell(name, (lots.at(1.0), "s"));
        }
        match self.trade.plot {
            None => Ok(()),
            Some(file) => fs::write(file, curve::picture(&self.points))
                .with_context(|| format!("cannot write {}", file.display())),
        }
    }

    async fn point(&self) -> anyhow::Result<Point> {
        let supplied = &self.supplied;
        let counter = self.counter()?;
        let times = one_by_one(&counter, self.scans(AT_LEISURE)).await?;
        counter.close().await;
        let entries = (supplied.lots, supplied.closings);
        Ok(Point {
            packs: supplied.packs as f64,
            book: disk_bytes(self.book())? as f64,
            verify_p50: times.at(0.5),
            verify_p99: times.at(0.99),
            commissioning: supplied.commissioning,
            state_held: self.life.before_exits(entries),
            state_left: self.life.bytes(supplied.packs, entries),
        })
    }

    /// The pharmacy's counter.
    pub(super) fn counter(&self) -> anyhow::Result<Counter> {
        Counter::open(self.network.pharmacy.client().clone(), self.book())
    }

    fn book(&self) -> &Path {
        self.network.pharmacy.book().folder()
    }

    /// Scans of up to `count` packs, which lie far apart in the book.
    pub(super) fn scans(&self, count: usize) -> Vec<String> {
        let all = &self.supplied.scans;
        // A step without a factor in common with the number of lots goes through all of them.
        let step = 4_099;
        let scans = (0..all.len()).map(|number| &all[number * step % all.len()]);
        scans.take(count).cloned().collect()
    }
}

/// Milliseconds of verifications one after another.
pub(super) async fn one_by_one(counter: &Counter, scans: Vec<String>) -> anyhow::Result<Times> {
    let mut times = Vec::new();
    for scan in scans {
        let begun = Instant::now();
        counter.verify(scan).await?;
        times.push(millis(begun.elapsed()));
        tokio::time::sleep(PAUSE).await;
    }
    Ok(Times::of(times))
}

/// Tells what came of requests at a rate.
pub(super) fn tell_rate(figures: &mut Figures, verb: &str, offered: &Offered) {
    let rate = (offered.rate(), "1/s");
    figures.at_least(&format!("{verb}: in a second"), rate, RATE_BAR);
    let p50 = (offered.times.at(0.5), "ms");
    figures.tell(&format!("{verb} p50, at the rate offered"), p50);
    let slowest = (offered.times.at(1.0), "ms");
    figures.tell(&format!("{verb} slowest, at the rate offered"), slowest);
    for (error, count) in &offered.errors {
        tracing::warn!(count, "{verb} failed: {error}");
    }
    let errors = (offered.errors.values().sum::<usize>() as f64, "");
    figures.at_most(&format!("{verb}: failed"), errors, 0.0);
}
