//! The items of one cell from capture through its corrections.

use super::{Item, ItemKind, PlainItem, Replaces, item::salt, log};
use alloy_primitives::B256;
use std::collections::BTreeMap;

/// The newest version of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Latest {
    /// From 1.
    pub version: u32,
    /// What it says.
    pub kind: ItemKind,
    /// The value.
    pub value: String,
    /// Hash of its leaf.
    pub leaf: B256,
}

/// An item without a reason where a later version must have one, or with one where there is none before.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a later version of an item has no reason, or a first one has")]
pub struct ReasonFailure {
    /// The item.
    pub oid: String,
}

/// A cell as it stands: the newest version of each item by its OID.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// The items.
    pub items: BTreeMap<String, Latest>,
    context: B256,
}

impl Cell {
    /// The cell of this context (see [`form_context`](super::form_context)) before anything was captured.
    pub fn new(context: B256) -> Self {
        Self {
            items: BTreeMap::new(),
            context,
        }
    }

    /// The leaves of a capture or correction that is opened whole, in the order of its tree; the cell stands as after it.
    ///
    /// # Errors
    /// An item has a reason without an earlier version, or none with one: then the cell stands as before.
    pub fn apply(
        &mut self,
        secret: &B256,
        items: &[PlainItem],
    ) -> Result<Vec<Item>, ReasonFailure> {
        let next = |(index, plain): (usize, &PlainItem)| self.next(secret, index as u32, plain);
        let items: Vec<Item> = items
            .iter()
            .enumerate()
            .map(next)
            .collect::<Result<_, _>>()?;
        items.iter().for_each(|item| self.take(item, item.leaf()));
        Ok(items)
    }

    /// Takes an item whose leaf is proved as the newest version.
    pub(crate) fn take(&mut self, item: &Item, leaf: B256) {
        let latest = Latest {
            version: item.version,
            kind: item.kind,
            value: item.value.clone(),
            leaf,
        };
        self.items.insert(item.oid.clone(), latest);
    }

    fn next(&self, secret: &B256, index: u32, plain: &PlainItem) -> Result<Item, ReasonFailure> {
        let before = self.items.get(&plain.oid);
        let replaces = match (before, &plain.reason) {
            (None, None) => None,
            (Some(before), Some((code, reason))) => Some(Replaces {
                leaf: before.leaf,
                code: *code,
                reason: reason.clone(),
            }),
            (Some(_), None) | (None, Some(_)) => {
                return Err(ReasonFailure {
                    oid: plain.oid.clone(),
                });
            }
        };
        let version = before.map_or(1, |before| before.version + 1);
        Ok(Item {
            context: self.context,
            version,
            salt: salt(secret, version, index),
            kind: plain.kind,
            oid: plain.oid.clone(),
            value: plain.value.clone(),
            replaces,
        })
    }
}

/// The root over the leaves of a form.
pub(crate) fn form_root<'a>(leaves: impl IntoIterator<Item = &'a B256>) -> B256 {
    let mut tree = log::Frontier::new();
    leaves.into_iter().for_each(|leaf| tree.append(*leaf));
    tree.root()
}

/// The root of a capture's or correction's tree over items that stand for themselves.
pub fn root_of_items(items: &[Item]) -> B256 {
    form_root(&items.iter().map(Item::leaf).collect::<Vec<_>>())
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

    #[test]
    fn a_correction_names_the_leaf_that_it_replaces() {
        let mut cell = Cell::new(B256::repeat_byte(7));
        let captured = [value("SYSBP", "118"), value("DIABP", "80")];
        let captured = cell.apply(&B256::repeat_byte(1), &captured).unwrap();
        let corrected = PlainItem {
            reason: Some((1, "typing".to_owned())),
            ..value("DIABP", "88")
        };
        let changes = [corrected, value("PULSE", "60")];
        let leaves = cell.apply(&B256::repeat_byte(2), &changes).unwrap();
        let replaces = leaves[0].replaces.as_ref().unwrap();
        assert_eq!((leaves[0].version, replaces.leaf), (2, captured[1].leaf()));
        assert_eq!((leaves[1].version, &leaves[1].replaces), (1, &None));
        assert_eq!(cell.items["DIABP"].value, "88");
        assert_ne!(root_of_items(&leaves), root_of_items(&captured));
    }

    #[test]
    fn a_reason_goes_with_an_earlier_version_and_with_nothing_else() {
        let mut cell = Cell::new(B256::ZERO);
        let secret = B256::repeat_byte(1);
        let reasoned = PlainItem {
            reason: Some((1, "typing".to_owned())),
            ..value("SYSBP", "120")
        };
        let refused = |cell: &mut Cell, item: &PlainItem| {
            cell.apply(&secret, std::slice::from_ref(item)).is_err()
        };
        assert!(refused(&mut cell, &reasoned));
        assert!(cell.items.is_empty());
        cell.apply(&secret, &[value("SYSBP", "118")]).unwrap();
        assert!(refused(&mut cell, &value("SYSBP", "120")));
        assert_eq!(cell.items["SYSBP"].value, "118");
    }
}
