//! What a key is closed with: who gets which packs, honestly or not, and every proof that could be made of it.

use std::collections::BTreeMap;

use alloy_primitives::{B256, keccak256};

use super::model::{Key, Pack};
use crate::{
    interfaces::IPacks::CustodyStep,
    packs::{Trie, hand_over_commitment},
    testing::{Dice, OneTime},
};

/// Units of a hand-over: packs by tag, and containers with what they hold.
#[derive(Clone, Debug)]
pub(super) struct HandOver {
    salt: B256,
    root: Trie,
    containers: Vec<(Vec<Pack>, Trie, Key)>,
    /// What it comes to, by the rules in words.
    pub(super) to: BTreeMap<Pack, Key>,
}

impl HandOver {
    /// A random hand-over of packs to keys.
    pub(super) fn roll(dice: &mut Dice, (packs, tags): (&[Pack], &[B256]), keys: &[Key]) -> Self {
        match dice.roll(8) {
            0 => Self::of_containers(dice, (packs, tags), keys),
            1 | 2 if !packs.is_empty() => Self::whole(dice, (packs, tags), keys[0]),
            _ => Self::by_tags(dice, (packs, tags), keys),
        }
    }

    /// Each pack by its tag to one of the keys; now and then one is left out.
    fn by_tags(dice: &mut Dice, (packs, tags): (&[Pack], &[B256]), keys: &[Key]) -> Self {
        let kept: Vec<_> = packs.iter().filter(|_| dice.roll(12) != 0).collect();
        let to: BTreeMap<Pack, Key> = kept
            .into_iter()
            .map(|pack| (*pack, dice.pick(keys)))
            .collect();
        let units = to.iter().map(|(pack, key)| (tags[*pack], word(*key)));
        Self::new(dice, units.collect(), Vec::new(), to)
    }

    /// All packs in one container, which is all that is handed over.
    fn whole(dice: &mut Dice, (packs, tags): (&[Pack], &[B256]), key: Key) -> Self {
        let container = container(packs, tags);
        let units = vec![(container.root(), word(key))];
        let to = packs.iter().map(|pack| (*pack, key)).collect();
        Self::new(dice, units, vec![(packs.to_vec(), container, key)], to)
    }

    /// Containers that may hold the same packs, beside each other and beside packs by tag. By the rules they hand over nothing.
    fn of_containers(dice: &mut Dice, (packs, tags): (&[Pack], &[B256]), keys: &[Key]) -> Self {
        let extra = keccak256("another unit");
        let mut by_tag = Self::by_tags(dice, (packs, tags), keys);
        let mut units: Vec<_> = by_tag.root.leaves().to_vec();
        let mut containers = Vec::new();
        units.push((extra, word(keys[0])));
        for key in keys {
            let part: Vec<_> = packs
                .iter()
                .copied()
                .filter(|_| dice.roll(3) != 0)
                .collect();
            let container = container(&part, tags);
            if !part.is_empty() && units.iter().all(|(unit, _)| *unit != container.root()) {
                units.push((container.root(), word(*key)));
                containers.push((part, container, *key));
            }
        }
        by_tag.root = Trie::mapping(units).expect("units differ");
        by_tag.containers = containers;
        by_tag
    }

    fn new(
        dice: &mut Dice,
        units: Vec<(B256, B256)>,
        containers: Vec<(Vec<Pack>, Trie, Key)>,
        to: BTreeMap<Pack, Key>,
    ) -> Self {
        Self {
            salt: word(dice.roll(u64::MAX)),
            root: Trie::mapping(units).expect("units differ"),
            containers,
            to,
        }
    }

    pub(super) fn commitment(&self) -> B256 {
        hand_over_commitment(self.salt, self.root.root())
    }

    /// Every step that someone could claim for a pack.
    pub(super) fn claims(&self, (pack, tag): (Pack, B256), key: Key) -> Vec<(CustodyStep, Key)> {
        let step = |inner, unit, next| CustodyStep {
            key: OneTime(key).address(),
            salt: self.salt,
            inner,
            next: OneTime(next).address(),
            outer: self.root.inclusion(unit).expect("a unit").1,
        };
        let by_tag = self
            .to
            .get(&pack)
            .filter(|_| self.root.inclusion(tag).is_some());
        let mut claims: Vec<_> = by_tag
            .map(|next| (step(Vec::new(), tag, *next), *next))
            .into_iter()
            .collect();
        for (held, container, next) in &self.containers {
            if held.contains(&pack) {
                let inner = container.inclusion(tag).expect("it is held").1;
                claims.push((step(vec![inner], container.root(), *next), *next));
            }
        }
        claims
    }
}

fn container(packs: &[Pack], tags: &[B256]) -> Trie {
    let tags: Vec<_> = packs.iter().map(|pack| tags[*pack]).collect();
    Trie::of(&tags).expect("tags differ")
}

fn word(key: Key) -> B256 {
    OneTime(key).address().into_word()
}
