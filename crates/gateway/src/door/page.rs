//! Pages of long answers. What a next page needs is kept here under a random token, for its caller and path alone.

use crate::repository::Cursor;
use parking_lot::Mutex;
use std::collections::BTreeMap;

/// The page that is asked for.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    /// How many members at most.
    pub(crate) size: usize,
    /// Where it begins, if not at the beginning.
    pub(crate) resumed: Option<Place>,
}

/// Where a next page begins.
#[derive(Clone, Debug)]
pub(crate) enum Place {
    /// Behind this member of a list.
    Behind(String),
    /// In the answer to a query.
    Events(Continued),
}

/// A query that goes on.
#[derive(Clone, Debug)]
pub(crate) struct Continued {
    /// The query of the URL with which it began.
    pub(crate) query: String,
    /// What became visible later is not part of the answer.
    pub(crate) until: i64,
    /// Behind this event, or this many events where no column orders them.
    pub(crate) from: From,
    /// How many more there may be.
    pub(crate) left: Option<u64>,
}

/// How a next page of events is found.
#[derive(Clone, Copy, Debug)]
pub(crate) enum From {
    Cursor(Cursor),
    Offset(usize),
}

/// The tokens that are good.
pub(crate) struct Pages {
    most: usize,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    tokens: BTreeMap<String, (u64, Token)>,
    ages: BTreeMap<u64, String>,
    next: u64,
}

struct Token {
    caller: String,
    path: String,
    place: Place,
    expires: i64,
}

impl Pages {
    pub(crate) fn new(most: usize) -> Self {
        Self {
            most,
            kept: Mutex::default(),
        }
    }

    /// Keeps a place until `expires`; the oldest gives way where there are too many.
    pub(crate) fn keep(&self, place: Place, (caller, path): (&str, &str), expires: i64) -> String {
        let name = hex::encode(rand::random::<[u8; 16]>());
        let token = Token {
            caller: caller.to_owned(),
            path: path.to_owned(),
            place,
            expires,
        };
        let mut kept = self.kept.lock();
        let age = kept.next;
        kept.next += 1;
        kept.tokens.insert(name.clone(), (age, token));
        kept.ages.insert(age, name.clone());
        while kept.tokens.len() > self.most {
            let Some((_, oldest)) = kept.ages.pop_first() else {
                break;
            };
            kept.tokens.remove(&oldest);
        }
        name
    }

    /// Where the page of this token begins. It stays good, since an answer may be lost.
    pub(crate) fn resume(&self, name: &str, at: (&str, &str), now: i64) -> Option<Place> {
        let kept = self.kept.lock();
        let (_, token) = kept.tokens.get(name)?;
        let good = (token.caller.as_str(), token.path.as_str()) == at && token.expires > now;
        good.then(|| token.place.clone())
    }

    /// Forgets a token of this caller. False if there is none.
    pub(crate) fn forget(&self, name: &str, caller: &str) -> bool {
        let mut kept = self.kept.lock();
        let age = match kept.tokens.get(name) {
            Some((age, token)) if token.caller == caller => *age,
            _ => return false,
        };
        kept.tokens.remove(name);
        kept.ages.remove(&age);
        true
    }
}
