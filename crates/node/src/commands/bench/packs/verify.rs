//! Packs are verified at a rate, beside the round trip to the node alone.

use super::{
    super::{
        figures::Figures,
        times::{Times, millis, offer},
    },
    trade::{AT_LEISURE, PAUSE, Stage, one_by_one, tell_rate},
};
use std::time::Instant;

const P99_BAR_MS: f64 = 20.0;

impl Stage<'_> {
    /// Verifies packs for many at once, from the full book.
    ///
    /// # Errors
    /// Where a member does not answer, or a pack that is fit is found not to be.
    pub(super) async fn verify(&self, figures: &mut Figures) -> anyhow::Result<()> {
        let trip = self.round_trip().await?;
        figures.tell("round trip to the node alone p50", (trip.at(0.5), "ms"));
        let counter = self.counter()?;
        let alone = one_by_one(&counter, self.scans(AT_LEISURE)).await?;
        let ratio = alone.at(0.5) / trip.at(0.5);
        figures.tell("ratio of verify to the round trip alone, p50", (ratio, ""));
        let count = (self.trade.rate * self.trade.seconds) as usize;
        let scans = self.scans(count);
        let verified = offer(self.trade.rate, scans, |scan| counter.verify(scan)).await;
        tell_rate(figures, "verify", &verified);
        let p99 = verified.times.at(0.99);
        figures.at_most("verify p99", (p99, "ms"), P99_BAR_MS);
        counter.close().await;
        Ok(())
    }

    /// The shortest question to the node that the pharmacy asks.
    async fn round_trip(&self) -> anyhow::Result<Times> {
        let mut times = Vec::new();
        for _ in 0..AT_LEISURE {
            let begun = Instant::now();
            self.network.pharmacy.client().height().await?;
            times.push(millis(begun.elapsed()));
            tokio::time::sleep(PAUSE).await;
        }
        Ok(Times::of(times))
    }
}
