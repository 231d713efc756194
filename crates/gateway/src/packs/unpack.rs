//! Keys that came from a sender are closed into keys of the partner's own: no later move shows to the sender.

use std::collections::BTreeMap;

use super::{
    Error, Partner, Refusal,
    book::{Pack, Selection},
    events::{self, Scene},
};

/// What was unpacked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unpacked {
    /// How many packs.
    pub packs: usize,
    /// Under how many keys they are now.
    pub keys: usize,
    /// How many entries closed keys.
    pub hand_overs: usize,
}

impl Partner {
    /// Hands packs over to keys of the partner's own, `per_key` packs to a key: a case, a shelf, or one pack.
    ///
    /// # Errors
    /// `UnitUnknown`, `TooFewHeld`, `WayTooLong`; those of book and ledger.
    pub async fn unpack(
        &mut self,
        selection: &Selection,
        per_key: usize,
        now_ms: u64,
    ) -> Result<Unpacked, Error> {
        if per_key == 0 {
            return Err(Refusal::PackCount {
                got: 0,
                most: super::MAX_LOT,
            }
            .into());
        }
        let packs = self.select(selection)?;
        let mut next = BTreeMap::new();
        let mut keys = 0;
        for group in packs.chunks(per_key) {
            let key = self.book.next_key()?;
            keys += 1;
            next.extend(group.iter().map(|pack| (pack.tag, key)));
        }
        let hand_overs = self.hand_overs(&next)?;
        let papers: Vec<_> = self
            .unpacking(&packs, now_ms)
            .iter()
            .map(events::paper)
            .collect();
        let entries = self.book.put_hand_overs(&hand_overs, &papers)?;
        self.settle_these(&entries).await?;
        Ok(Unpacked {
            packs: packs.len(),
            keys,
            hand_overs: hand_overs.len(),
        })
    }

    fn unpacking(&self, packs: &[Pack], now_ms: u64) -> Vec<serde_json::Value> {
        let scene = Scene {
            gln: &self.book.owner().gln,
            now_ms,
        };
        let mut children: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for pack in packs {
            if let Some(sscc) = &pack.sscc {
                children.entry(sscc).or_default().push(pack.label.epc());
            }
        }
        children
            .iter()
            .map(|(sscc, epcs)| events::unpacking(&scene, sscc, epcs))
            .collect()
    }
}
