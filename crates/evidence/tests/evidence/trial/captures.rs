//! The part of the story in which forms are captured, asked about and corrected.

use super::{
    chain,
    script::{Latest, OIDS, PRIMARY, Story, Wrong},
    study::About,
};
use alloy_primitives::B256;
use theriac_evidence::trial::{
    Item, ItemKind, PlainItem, Replaces,
    body::{Captured, Corrected, Queried},
    form_context, root_of_items, salt,
};

impl Story {
    pub(super) fn items(&mut self) -> Vec<PlainItem> {
        let count = 3 + self.study.dice.below(3) as usize;
        let mut oids: Vec<&str> = OIDS.iter().copied().take(count).collect();
        if !oids.contains(&PRIMARY) {
            oids.push(PRIMARY);
        }
        let items = oids.into_iter().enumerate();
        items
            .map(|(place, oid)| {
                let is_null = place == 1 && self.study.dice.one_in(2);
                let (kind, value) = match (is_null, oid) {
                    (true, _) => (ItemKind::Null, "NASK not asked".to_owned()),
                    (false, "IT.NOTE") => (ItemKind::Value, "feels well, ‘gut’".to_owned()),
                    (false, "IT.SEX") => (
                        ItemKind::Value,
                        (*self.study.dice.pick(&["F", "M"])).to_owned(),
                    ),
                    (false, _) => (
                        ItemKind::Value,
                        format!(
                            "{}.{}",
                            4 + self.study.dice.below(90),
                            self.study.dice.below(10)
                        ),
                    ),
                };
                PlainItem {
                    kind,
                    oid: oid.to_owned(),
                    value,
                    reason: None,
                }
            })
            .collect()
    }

    /// Captures a form; with `ahead` 2 for a time after its block.
    pub(super) fn capture(&mut self, slot: u32, cell: u32, ahead: u64) -> u64 {
        let items = self.items();
        let nulls = items
            .iter()
            .filter(|item| item.kind == ItemKind::Null)
            .count() as u32;
        let mut about = self.at(slot, "coordinator");
        if ahead == 2 {
            about.observed_ms = chain::time_ms(self.study.height) + 1;
        }
        // A form that is captured twice begins anew.
        self.latest.remove(&(slot, cell));
        let secret = self.study.dice.hash();
        let (root, latest) = self.leaves((slot, cell), &secret, &items);
        self.latest.insert((slot, cell), latest);
        let body = Captured {
            cell,
            root,
            items: items.len() as u32,
            nulls,
        };
        let number = self.enter_values(about, body, (secret, items));
        self.newest.insert((slot, cell), number);
        number
    }

    pub(super) fn enter_values(
        &mut self,
        about: About,
        body: impl Into<theriac_evidence::trial::Body>,
        values: (B256, Vec<PlainItem>),
    ) -> u64 {
        let number = self.study.enter(about, body);
        self.study.values.insert(number, values);
        number
    }

    /// The root over items of a capture or correction, and what the cell holds then.
    pub(super) fn leaves(
        &self,
        (slot, cell): (u32, u32),
        secret: &B256,
        items: &[PlainItem],
    ) -> (B256, Latest) {
        let context = form_context(&self.study.id, slot, cell);
        let mut latest = self.latest.get(&(slot, cell)).cloned().unwrap_or_default();
        let mut leaves = Vec::new();
        for (index, plain) in items.iter().enumerate() {
            let before = latest.get(&plain.oid).cloned();
            let version = before.as_ref().map_or(1, |(version, ..)| version + 1);
            let replaces = before.map(|(_, leaf, ..)| {
                let (code, reason) = plain.reason.clone().expect("a later version has a reason");
                Replaces { leaf, code, reason }
            });
            let item = Item {
                context,
                version,
                salt: salt(secret, version, index as u32),
                kind: plain.kind,
                oid: plain.oid.clone(),
                value: plain.value.clone(),
                replaces,
            };
            latest.insert(
                item.oid.clone(),
                (version, item.leaf(), item.kind, item.value.clone()),
            );
            leaves.push(item);
        }
        (root_of_items(&leaves), latest)
    }

    pub(super) fn query(&mut self, slot: u32, cell: u32) {
        let query = self.next_query;
        self.next_query += 1;
        for (state, person) in [(1, "monitor"), (2, "coordinator"), (3, "monitor")] {
            let mut about = self.at(slot, person);
            (about.beacon, about.observed_ms) = (None, 0);
            let text = self.study.dice.hash();
            self.study.enter(
                about,
                Queried {
                    query,
                    cell,
                    state,
                    text,
                },
            );
        }
    }

    pub(super) fn correct(&mut self, slot: u32, cell: u32) -> u64 {
        let held = self.latest[&(slot, cell)].clone();
        let items: Vec<PlainItem> = held
            .iter()
            .take(2)
            .map(|(oid, _)| PlainItem {
                kind: ItemKind::Value,
                oid: oid.clone(),
                value: format!("{}", self.study.dice.below(1_000)),
                reason: Some((6, "misread at the source".to_owned())),
            })
            .collect();
        let secret = self.study.dice.hash();
        let (root, latest) = self.leaves((slot, cell), &secret, &items);
        self.latest.insert((slot, cell), latest);
        let mut entry = self.newest[&(slot, cell)];
        let mut reason_code = 1 + self.study.dice.below(6) as u8;
        if self.wrong == Wrong::CorrectionWithoutReason {
            reason_code = 0;
        }
        if self.wrong == Wrong::CorrectionOfAnother {
            entry = 0;
        }
        let about = self.at(slot, "coordinator");
        let body = Corrected {
            cell,
            entry,
            root,
            items: items.len() as u32,
            reason_code,
        };
        let number = self.enter_values(about, body, (secret, items));
        self.newest.insert((slot, cell), number);
        self.blame(Wrong::CorrectionWithoutReason, number);
        self.blame(Wrong::CorrectionOfAnother, number);
        number
    }
}
