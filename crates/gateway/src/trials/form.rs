//! The items of a form, from its capture through its corrections.

use std::collections::{BTreeMap, BTreeSet};

use alloy_primitives::B256;
use theriac_envelope::HeldKey;
use theriac_evidence::trial::{
    Item, ItemKind, MAX_TEXT, Opening, PlainItem, Replaces, form_context, log::Frontier, salt,
};

use super::{
    Error, Refusal,
    book::{BookError, FormRow, NewFormRow},
};

/// Where a form stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The study.
    pub study: B256,
    /// The subject.
    pub slot: u32,
    /// The cell.
    pub cell: u32,
}

/// The newest version of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Current {
    /// From 1.
    pub version: u32,
    /// What it says.
    pub kind: ItemKind,
    /// The value.
    pub value: String,
    /// Hash of its leaf.
    pub leaf: B256,
}

/// A form as it stands: the newest version of each item by its OID.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The items.
    pub items: BTreeMap<String, Current>,
    /// How many trees it came through.
    pub trees: u32,
}

impl Standing {
    /// The leaves of a tree that follows, in order; the form stands as after it.
    pub fn follow(&mut self, place: Place, secret: &B256, items: &[PlainItem]) -> Vec<Item> {
        let context = form_context(&place.study, place.slot, place.cell);
        let mut leaves = Vec::with_capacity(items.len());
        for (index, plain) in (0..).zip(items) {
            let before = self.items.get(&plain.oid);
            let version = before.map_or(1, |current| current.version + 1);
            let replaces = before.map(|current| {
                let (code, reason) = plain.reason.clone().unwrap_or_default();
                Replaces {
                    leaf: current.leaf,
                    code,
                    reason,
                }
            });
            let item = Item {
                context,
                version,
                salt: salt(secret, version, index),
                kind: plain.kind,
                oid: plain.oid.clone(),
                value: plain.value.clone(),
                replaces,
            };
            let current = Current {
                version,
                kind: plain.kind,
                value: plain.value.clone(),
                leaf: item.leaf(),
            };
            self.items.insert(plain.oid.clone(), current);
            leaves.push(item);
        }
        self.trees += 1;
        leaves
    }
}

/// Root of a form's tree.
pub(super) fn root(leaves: &[Item]) -> B256 {
    let mut tree = Frontier::new();
    leaves.iter().for_each(|item| tree.append(item.leaf()));
    tree.root()
}

/// Checks items of one form: 1 to 255 bytes of OID, once each, no text above the limit.
pub(super) fn check(place: Place, items: &[PlainItem]) -> Result<(), Refusal> {
    let Place { slot, cell, .. } = place;
    if items.is_empty() {
        return Err(Refusal::Nothing);
    }
    let mut seen = BTreeSet::new();
    let is_fine =
        |item: &PlainItem| (1..=255).contains(&item.oid.len()) && item.value.len() <= MAX_TEXT;
    match items
        .iter()
        .all(|item| is_fine(item) && seen.insert(&item.oid))
    {
        true => Ok(()),
        false => Err(Refusal::ItemFaulty { slot, cell }),
    }
}

/// Encrypts a form under the subject's key.
pub(super) fn seal(
    (place, key): (Place, &HeldKey),
    root: B256,
    secret: B256,
    items: Vec<PlainItem>,
) -> NewFormRow {
    let opening = zeroize::Zeroizing::new(Opening::Whole { secret, items }.encode());
    NewFormRow {
        slot: place.slot,
        cell: place.cell,
        root,
        sealed: key.encrypt(&opening, &associated(place, root), &mut rand::rng()),
    }
}

/// Decrypts a form.
pub(super) fn open(
    (study, key): (B256, &HeldKey),
    row: &FormRow,
) -> Result<(B256, Vec<PlainItem>), Error> {
    let place = Place {
        study,
        slot: row.slot,
        cell: row.cell,
    };
    let damaged = |_| BookError::Damaged("a form does not decrypt");
    let bytes = key
        .decrypt(&row.sealed, &associated(place, row.root))
        .map_err(damaged)?;
    match Opening::decode(&bytes)? {
        Opening::Whole { secret, items } => Ok((secret, items)),
        Opening::Chosen(_) => Err(BookError::Damaged("a form is not whole").into()),
    }
}

fn associated(place: Place, root: B256) -> Vec<u8> {
    let (slot, cell) = (place.slot.to_be_bytes(), place.cell.to_be_bytes());
    let domain: &[u8] = b"theriac/trial/sealed-form/v1";
    [
        domain,
        place.study.as_slice(),
        &slot,
        &cell,
        root.as_slice(),
    ]
    .concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(oid: &str, value: &str) -> PlainItem {
        PlainItem {
            kind: ItemKind::Value,
            oid: oid.to_owned(),
            value: value.to_owned(),
            reason: None,
        }
    }

    const PLACE: Place = Place {
        study: B256::repeat_byte(7),
        slot: 3,
        cell: 4,
    };

    #[test]
    fn a_correction_names_the_leaf_that_it_replaces() {
        let mut standing = Standing::default();
        let captured = standing.follow(
            PLACE,
            &B256::repeat_byte(1),
            &[value("SYSBP", "118"), value("DIABP", "80")],
        );
        let corrected = PlainItem {
            reason: Some((1, "typing".to_owned())),
            ..value("DIABP", "88")
        };
        let added = value("PULSE", "60");
        let leaves = standing.follow(PLACE, &B256::repeat_byte(2), &[corrected, added]);
        let replaces = leaves[0].replaces.as_ref().unwrap();
        assert_eq!((leaves[0].version, replaces.leaf), (2, captured[1].leaf()));
        assert_eq!((leaves[1].version, &leaves[1].replaces), (1, &None));
        assert_eq!(standing.items["DIABP"].value, "88");
        assert_ne!(root(&leaves), root(&captured));
    }

    #[test]
    fn a_form_opens_with_its_key_and_in_its_place_alone() {
        let key = crate::trials::keys::fresh();
        let root = B256::repeat_byte(9);
        let secret = B256::repeat_byte(1);
        let sealed = seal((PLACE, &key), root, secret, vec![value("SYSBP", "118")]);
        let row = FormRow {
            slot: 3,
            cell: 4,
            number: 0,
            root,
            sealed: sealed.sealed,
            entry: None,
        };
        let (got, items) = open((PLACE.study, &key), &row).unwrap();
        assert_eq!((got, items), (secret, vec![value("SYSBP", "118")]));
        let elsewhere = FormRow {
            slot: 4,
            ..row.clone()
        };
        assert!(open((PLACE.study, &key), &elsewhere).is_err());
        assert!(open((PLACE.study, &crate::trials::keys::fresh()), &row).is_err());
    }

    #[test]
    fn an_item_twice_and_one_without_a_name_are_refused() {
        let faulty = Refusal::ItemFaulty { slot: 3, cell: 4 };
        assert_eq!(check(PLACE, &[]), Err(Refusal::Nothing));
        assert_eq!(check(PLACE, &[value("", "1")]), Err(faulty.clone()));
        let twice = [value("A", "1"), value("A", "2")];
        assert_eq!(check(PLACE, &twice), Err(faulty));
        assert_eq!(check(PLACE, &[value("A", "1"), value("B", "1")]), Ok(()));
    }
}
