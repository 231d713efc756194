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
                let mut roots = Vec::new();
                for known in self.book.lots_of_number(lot)? {
                    if gtin.as_deref().is_none_or(|gtin| known.gtin == gtin) {
                        roots.push(known.root);
                    }
                }
                self.of_lots(&roots, *count, apart)?
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

    /// So many of these lots, from the keys that hold the fewest others.
    fn of_lots(
        &self,
        roots: &[B256],
        count: usize,
        apart: &BTreeSet<B256>,
    ) -> Result<Vec<Pack>, Error> {
        let is_held = |pack: &Pack| pack.state == PackState::Held && roots.contains(&pack.root);
        let mut of_key: BTreeMap<Address, usize> = BTreeMap::new();
        for root in roots {
            for (key, held) in self.book.held_by_key(*root)? {
                *of_key.entry(key).or_default() += held;
            }
        }
        for tag in apart {
            if let Some(pack) = self.book.pack(*tag)?.filter(is_held) {
                of_key.entry(pack.key).and_modify(|held| *held -= 1);
            }
        }
        of_key.retain(|_, held| *held > 0);
        let mut packs = Vec::with_capacity(count);
        for (key, taken) in of_fewest_keys(of_key, count)? {
            let mut held = self.book.packs_of_key(key)?;
            held.retain(|pack| is_held(pack) && !apart.contains(&pack.tag));
            packs.extend(held.into_iter().take(taken));
        }
        Ok(packs)
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
fn of_fewest_keys(
    of_key: BTreeMap<Address, usize>,
    count: usize,
) -> Result<Vec<(Address, usize)>, Refusal> {
    let held = of_key.values().sum();
    if count == 0 || held < count {
        return Err(Refusal::TooFewHeld {
            held,
            wanted: count,
        });
    }
    let mut keys: Vec<_> = of_key.into_iter().collect();
    keys.sort_by_key(|(_, held)| std::cmp::Reverse(*held));
    let (mut taken, mut missing, mut smallest) = (Vec::new(), count, None);
    for (key, held) in keys {
        match held <= missing {
            true => {
                taken.push((key, held));
                missing -= held;
            }
            false => smallest = Some(key),
        }
    }
    match (missing, smallest) {
        (0, _) => {}
        (_, Some(key)) => taken.push((key, missing)),
        (_, None) => unreachable!("what is left of the packs is more than what is missing"),
    }
    Ok(taken)
}

#[cfg(test)]
mod tests;
