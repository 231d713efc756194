//! Which packs a hand-over takes, and what becomes of the rest of their keys.

use std::collections::{BTreeMap, BTreeSet};

use alloy_primitives::{Address, B256};
use theriac_contracts::packs::{STEP_LIMIT, Trie, hand_over_commitment};

use super::{
    Error, Partner, Refusal,
    book::{HandOver, Move, Pack, PackState, Selection},
    random,
};

/// Keys that one entry closes.
const KEYS_TOGETHER: usize = 64;

impl Partner {
    /// Packs that are held and may be handed over, as selected: those of open exceptions are left out, and refused where they are named.
    pub(super) fn select_to_go(&self, selection: &Selection) -> Result<Vec<Pack>, Error> {
        let apart = self.book.kept_apart()?;
        let packs = self.select_but(selection, &apart)?;
        match packs.iter().find(|pack| apart.contains(&pack.tag)) {
            Some(pack) => Err(Refusal::KeptApart(pack.label.bracketed()).into()),
            None => Ok(packs),
        }
    }

    /// Packs that are held, as selected. Of a lot those are taken whose keys hold the fewest others.
    pub(super) fn select(&self, selection: &Selection) -> Result<Vec<Pack>, Error> {
        self.select_but(selection, &BTreeSet::new())
    }

    /// As selected, without those `apart` where none is named.
    fn select_but(
        &self,
        selection: &Selection,
        apart: &BTreeSet<B256>,
    ) -> Result<Vec<Pack>, Error> {
        let may_go = |pack: &Pack| !apart.contains(&pack.tag);
        let packs = match selection {
            Selection::All => self.book.held()?.into_iter().filter(may_go).collect(),
            Selection::Unit(sscc) => {
                let mut packs = self.book.packs_of_unit(sscc)?;
                packs.retain(|pack| pack.state == PackState::Held);
                if packs.is_empty() {
                    return Err(Refusal::UnitUnknown(sscc.clone()).into());
                }
                packs
            }
            Selection::OfLot { gtin, lot, count } => {
                let mut held = Vec::new();
                for known in self.book.lots_of_number(lot)? {
                    if gtin.as_deref().is_none_or(|gtin| known.gtin == gtin) {
                        held.extend(self.book.held_of_lot(known.root)?);
                    }
                }
                held.retain(may_go);
                of_fewest_keys(held, *count)?
            }
            Selection::Tags(tags) => {
                let mut packs = Vec::with_capacity(tags.len());
                for tag in tags {
                    let pack = self.book.pack(*tag)?.ok_or(Refusal::PackUnknown)?;
                    if pack.state != PackState::Held {
                        return Err(Refusal::NotHeld(pack.state.word()).into());
                    }
                    packs.push(pack);
                }
                packs
            }
        };
        match packs.is_empty() {
            true => Err(Refusal::TooFewHeld { held: 0, wanted: 1 }.into()),
            false => Ok(packs),
        }
    }

    /// Hand-overs that close all keys of these packs. A pack goes to the key that `next` names; what else the keys hold goes to fresh keys
    /// of the book's own, each for as many packs as were taken from one key, so that the way of a pack grows by halves only.
    pub(super) fn hand_overs(
        &self,
        next: &BTreeMap<B256, Address>,
    ) -> Result<Vec<HandOver>, Error> {
        let mut keys = BTreeSet::new();
        for tag in next.keys() {
            keys.insert(self.book.pack(*tag)?.ok_or(Refusal::PackUnknown)?.key);
        }
        let keys: Vec<_> = keys.into_iter().collect();
        let mut hand_overs = Vec::new();
        for keys in keys.chunks(KEYS_TOGETHER) {
            hand_overs.push(self.hand_over(keys, next)?);
        }
        Ok(hand_overs)
    }

    fn hand_over(
        &self,
        keys: &[Address],
        next: &BTreeMap<B256, Address>,
    ) -> Result<HandOver, Error> {
        let mut moves = Vec::new();
        for key in keys {
            let mut packs = self.book.packs_of_key(*key)?;
            packs.retain(|pack| pack.state != PackState::Sent);
            let (taken, rest): (Vec<_>, Vec<_>) = packs
                .into_iter()
                .partition(|pack| next.contains_key(&pack.tag));
            for pack in &taken {
                moves.push(self.moved(pack, next[&pack.tag])?);
            }
            for group in rest.chunks(taken.len().max(1)) {
                let own = self.book.next_key()?;
                for pack in group {
                    moves.push(self.moved(pack, own)?);
                }
            }
        }
        let units = moves
            .iter()
            .map(|one| (one.tag, one.next.into_word()))
            .collect();
        let trie = Trie::mapping(units).expect("each pack is with one key, and tags differ early");
        for one in &mut moves {
            let (_, siblings) = trie.inclusion(one.tag).expect("it was just put in");
            one.siblings = siblings;
        }
        let salt = B256::new(random());
        Ok(HandOver {
            keys: keys.to_vec(),
            salt,
            commitment: hand_over_commitment(salt, trie.root()),
            moves,
        })
    }

    fn moved(&self, pack: &Pack, next: Address) -> Result<Move, Error> {
        if self.book.step_count(pack.tag)? >= STEP_LIMIT {
            return Err(Refusal::WayTooLong(pack.label.bracketed()).into());
        }
        Ok(Move {
            tag: pack.tag,
            key: pack.key,
            next,
            siblings: Vec::new(),
            before: pack.state,
        })
    }
}

/// Takes whole keys from the largest that is not too large on, then a part of the smallest.
fn of_fewest_keys(packs: Vec<Pack>, count: usize) -> Result<Vec<Pack>, Refusal> {
    let held = packs.len();
    if count == 0 || held < count {
        return Err(Refusal::TooFewHeld {
            held,
            wanted: count,
        });
    }
    let mut of_key: BTreeMap<Address, Vec<Pack>> = BTreeMap::new();
    for pack in packs {
        of_key.entry(pack.key).or_default().push(pack);
    }
    let mut groups: Vec<_> = of_key.into_values().collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.len()));
    let mut taken = Vec::with_capacity(count);
    let mut larger = Vec::new();
    for group in groups {
        match group.len() <= count - taken.len() {
            true => taken.extend(group),
            false => larger.push(group),
        }
    }
    let smallest = larger.pop().unwrap_or_default();
    let missing = count - taken.len();
    taken.extend(smallest.into_iter().take(missing));
    match taken.len() == count {
        true => Ok(taken),
        false => unreachable!("what is left of the packs is more than what is missing"),
    }
}

#[cfg(test)]
mod tests;
