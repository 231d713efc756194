//! Packs on their way as in life: a lot is made and entered, goes to the pharmacy pallet by pallet, and is received there.

use super::{
    super::people::{entries, now_ms},
    network::{EXPIRY, GTIN, Network, newest_transaction},
};
use anyhow::{Context as _, ensure};
use std::{
    fs,
    time::{Duration, Instant},
};
use theriac_gateway::packs::{MadeLot, NewPacks, NewShipment, Papers, book::Selection};

/// Packs of a lot at most.
pub(super) const LOT: usize = 100_000;
/// Packs of a pallet.
pub(super) const PALLET: usize = 5_000;
/// Scans that are kept of a lot.
const SCANS: usize = 4_000;

/// What has been supplied so far.
#[derive(Debug, Default)]
pub(super) struct Supplied {
    pub(super) packs: usize,
    pub(super) lots: usize,
    /// Keys that were closed.
    pub(super) closings: usize,
    /// Seconds of making and entering lots.
    pub(super) commissioning: f64,
    /// Seconds of each lot of [`LOT`] packs.
    pub(super) full_lots: Vec<f64>,
    pub(super) shipping: f64,
    pub(super) receiving: f64,
    /// Scans of packs that the pharmacy holds, evenly from all lots.
    pub(super) scans: Vec<String>,
}

/// How a whole pallet was handed over.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pallet {
    /// Transactions of the sender.
    pub(super) entries: u64,
    /// Of the signed transaction.
    pub(super) bytes: usize,
    pub(super) shipping: Duration,
    pub(super) receiving: Duration,
}

impl Network {
    /// Supplies until the pharmacy has received `packs` in all.
    ///
    /// # Errors
    /// Where an entry is refused, or a pack does not arrive.
    pub(super) async fn supply(
        &mut self,
        supplied: &mut Supplied,
        packs: usize,
    ) -> anyhow::Result<()> {
        while supplied.packs < packs {
            let count = (packs - supplied.packs).min(LOT);
            let made = self.make(supplied, count).await?;
            for left in (0..count).step_by(PALLET).map(|sent| count - sent) {
                self.hand_over(supplied, (&made, left.min(PALLET))).await?;
            }
        }
        Ok(())
    }

    async fn make(&mut self, supplied: &mut Supplied, count: usize) -> anyhow::Result<MadeLot> {
        let lot = format!("L{}", supplied.lots);
        let new = NewPacks {
            gtin: GTIN,
            lot: &lot,
            expiry: EXPIRY,
            count,
            serials: None,
            now_ms: now_ms(),
        };
        let begun = Instant::now();
        let made = self.maker.commission(new).await?;
        let seconds = begun.elapsed().as_secs_f64();
        supplied.commissioning += seconds;
        if count == LOT {
            supplied.full_lots.push(seconds);
        }
        supplied.lots += 1;
        supplied.packs += count;
        let every = count.div_ceil(SCANS).max(1);
        let kept = made.labels.iter().step_by(every);
        supplied.scans.extend(kept.map(|label| label.bracketed()));
        Ok(made)
    }

    /// Some packs of a lot go to the pharmacy.
    async fn hand_over(
        &mut self,
        supplied: &mut Supplied,
        (made, count): (&MadeLot, usize),
    ) -> anyhow::Result<Pallet> {
        let file = self.cluster.scratch().join("pallet.theriac");
        let selection = Selection::OfLot {
            gtin: None,
            lot: made.lot.lot.clone(),
            count,
        };
        let new = NewShipment {
            to: &self.pharmacy.card()?,
            selection,
            into: None,
            papers: Papers::default(),
            file: &file,
            now_ms: now_ms(),
        };
        let begun = Instant::now();
        let shipped = self.maker.ship(new).await?;
        let shipping = begun.elapsed();
        let package = fs::read(&file).context("the package")?;
        fs::remove_file(&file).context("the package")?;
        let begun = Instant::now();
        let receipt = self.pharmacy.receive(&package, None, now_ms()).await?;
        let receiving = begun.elapsed();
        ensure!(
            receipt.packs.len() == count && receipt.exceptions.is_empty(),
            "{} of {count} packs arrived, with {} exceptions",
            receipt.packs.len(),
            receipt.exceptions.len()
        );
        supplied.closings += shipped.hand_overs;
        supplied.shipping += shipping.as_secs_f64();
        supplied.receiving += receiving.as_secs_f64();
        Ok(Pallet {
            entries: 0,
            bytes: 0,
            shipping,
            receiving,
        })
    }

    /// Makes a lot of two pallets, and hands the second over: a key that holds nothing else.
    ///
    /// # Errors
    /// As [`Network::supply`].
    pub(super) async fn pallet(&mut self, supplied: &mut Supplied) -> anyhow::Result<Pallet> {
        let made = self.make(supplied, 2 * PALLET).await?;
        self.hand_over(supplied, (&made, PALLET)).await?;
        let before = entries(self.maker.client()).await?;
        let pallet = self.hand_over(supplied, (&made, PALLET)).await?;
        let entries = entries(self.maker.client()).await? - before;
        let bytes = newest_transaction(self.maker.client()).await?.len();
        Ok(Pallet {
            entries,
            bytes,
            ..pallet
        })
    }
}
