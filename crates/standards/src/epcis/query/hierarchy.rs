//! Which places lie within which, from master data.

use super::pattern::canonical;
use crate::epcis::model::MasterData;
use std::collections::{BTreeMap, BTreeSet};

/// The places that master data puts below others.
#[derive(Clone, Debug, Default)]
pub struct Hierarchy {
    children: BTreeMap<String, Vec<String>>,
}

impl Hierarchy {
    /// Takes the `children` of all elements of all vocabularies.
    pub fn of(data: &MasterData) -> Self {
        let mut hierarchy = Self::default();
        let vocabularies = data.vocabularies.iter();
        for element in vocabularies.flat_map(|vocabulary| vocabulary.elements.iter().flatten()) {
            let Some(id) = &element.id else { continue };
            let children = element.children.iter().flatten();
            children.for_each(|child| hierarchy.add(id, child));
        }
        hierarchy
    }

    /// Says that `child` lies within `parent`.
    pub fn add(&mut self, parent: &str, child: &str) {
        let children = self.children.entry(canonical(parent)).or_default();
        children.push(canonical(child));
    }

    /// `roots` and all that lies within them.
    pub(super) fn within(&self, roots: &[String]) -> BTreeSet<String> {
        let mut found: BTreeSet<String> = roots.iter().cloned().collect();
        let mut open: Vec<String> = roots.to_vec();
        while let Some(place) = open.pop() {
            for child in self.children.get(&place).into_iter().flatten() {
                if found.insert(child.clone()) {
                    open.push(child.clone());
                }
            }
        }
        found
    }
}
