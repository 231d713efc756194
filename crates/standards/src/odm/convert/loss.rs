//! What could not be carried.

use crate::{epcis::Excerpt, odm::place::Place};
use std::{collections::BTreeMap, fmt};

const MAX_LOSSES: usize = 1_000;

/// One kind of what could not be carried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// Where in the source it was met first.
    pub place: Place,
    /// The names of the elements from the root to where it stands.
    pub path: String,
    /// What it is: an element or an attribute, never its value.
    pub what: Excerpt,
    /// How often it was met there.
    pub times: u64,
}

/// What could not be carried, each kind once.
#[derive(Debug, Default)]
pub struct Losses {
    /// The first thousand kinds in the order in which they were met.
    pub kinds: Vec<Loss>,
    /// How many there are in all.
    pub count: u64,
    known: BTreeMap<(String, String), usize>,
}

impl Losses {
    pub(super) fn push(&mut self, place: Place, path: &[String], what: &str) {
        self.count += 1;
        let path = format!("/{}", path.join("/"));
        let kind = (path.clone(), what.to_owned());
        if let Some(at) = self.known.get(&kind) {
            self.kinds[*at].times += 1;
        } else if self.kinds.len() < MAX_LOSSES {
            self.known.insert(kind, self.kinds.len());
            self.kinds.push(Loss {
                place,
                path,
                what: Excerpt::new(what),
                times: 1,
            });
        }
    }
}

impl fmt::Display for Loss {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}, {}: {}", self.place, self.path, self.what)?;
        match self.times {
            1 => Ok(()),
            times => write!(formatter, " ({times} times)"),
        }
    }
}
