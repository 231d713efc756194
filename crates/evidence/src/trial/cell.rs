//! The items of one cell from capture through its corrections.

use super::{Item, PlainItem, Replaces, item::salt, log};
use alloy_primitives::B256;
use std::collections::BTreeMap;

/// The newest version of an item.
#[derive(Debug, Clone)]
pub(crate) struct Latest {
    pub(crate) version: u32,
    pub(crate) leaf: B256,
}

/// An item without a reason where a later version must have one, or with one where there is none before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ReasonFailure {
    pub(crate) oid: String,
}

/// The newest version of each item of a cell.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cell {
    context: B256,
    latest: BTreeMap<String, Latest>,
}

impl Cell {
    pub(crate) fn new(context: B256) -> Self {
        Self {
            context,
            latest: BTreeMap::new(),
        }
    }

    pub(crate) fn latest(&self, oid: &str) -> Option<&Latest> {
        self.latest.get(oid)
    }

    /// The leaves of a capture or correction that is opened whole, in the order of its tree.
    pub(crate) fn apply(
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
            leaf,
        };
        self.latest.insert(item.oid.clone(), latest);
    }

    fn next(&self, secret: &B256, index: u32, plain: &PlainItem) -> Result<Item, ReasonFailure> {
        let before = self.latest.get(&plain.oid);
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
