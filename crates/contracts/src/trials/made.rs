//! Which entries a call makes, so that who sent it finds them again when no answer came.

use super::{
    amend, analyse, capture, commit_list, consent, correct, erase, lock, miss, plan, publish,
    query, register, role, screen, seal_list, sign, site, unblind, withdraw,
};
use crate::{codes::TrialEntry, interfaces::ITrials::ITrialsCalls};

/// An entry that a call makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// Its kind.
    pub kind: TrialEntry,
    /// The subject; 0 for none.
    pub slot: u32,
    /// Its body; `None` where the contract fills in what the call does not say.
    pub body: Option<Vec<u8>>,
}

impl Made {
    fn whole(kind: TrialEntry, slot: u32, body: Vec<u8>) -> Self {
        let body = Some(body);
        Self { kind, slot, body }
    }

    fn open(kind: TrialEntry, slot: u32) -> Self {
        let body = None;
        Self { kind, slot, body }
    }
}

/// The entries of a call, in order; none of a view.
pub fn made(call: &ITrialsCalls) -> Vec<Made> {
    use ITrialsCalls as F;
    use TrialEntry as E;
    match call {
        F::capture(c) => each(&c.captures, E::Captured, |it| (it.slot, capture::body(it))),
        F::miss(c) => each(&c.forms, E::Missed, |it| (it.slot, miss::body(it))),
        F::correct(c) => each(&c.corrections, E::Corrected, |it| {
            (it.slot, correct::body(it))
        }),
        other => one(other).into_iter().collect(),
    }
}

fn each<T>(forms: &[T], kind: TrialEntry, of: impl Fn(&T) -> (u32, Vec<u8>)) -> Vec<Made> {
    let whole = |form: &T| {
        let (slot, body) = of(form);
        Made::whole(kind, slot, body)
    };
    forms.iter().map(whole).collect()
}

fn one(call: &ITrialsCalls) -> Option<Made> {
    use ITrialsCalls as F;
    use TrialEntry as E;
    Some(match call {
        F::register(c) => Made::whole(E::Registered, 0, register::body(c)),
        F::amend(c) => Made::whole(E::Amended, 0, amend::body(c)),
        F::site(c) => Made::whole(E::SiteSet, 0, site::body(c)),
        F::role(c) => Made::whole(E::RoleSet, 0, role::body(c)),
        F::consent(c) => Made::whole(E::Consented, c.slot, consent::body(c)),
        F::withdraw(c) => Made::whole(E::Withdrawn, c.slot, withdraw::body(c)),
        F::query(c) => Made::whole(E::Queried, c.slot, query::body(c)),
        F::sign(c) => Made::whole(E::Signed, c.slot, sign::body(c)),
        F::erase(c) => Made::whole(E::Erased, c.slot, erase::body(c)),
        F::lock(c) => Made::whole(E::Locked, 0, lock::body(c)),
        F::commitList(c) => Made::whole(E::ListCommitted, 0, commit_list::body(c)),
        F::sealList(c) => Made::whole(E::ListSealed, 0, seal_list::body(c)),
        F::plan(c) => Made::whole(E::Planned, 0, plan::body(c)),
        F::unblind(c) => Made::whole(E::Unblinded, 0, unblind::body(c)),
        F::analyse(c) => Made::whole(E::Analysed, 0, analyse::body(c)),
        F::publish(c) => Made::whole(E::Published, 0, publish::body(c)),
        F::screen(c) => Made::whole(E::Screened, 0, screen::body(c)),
        F::approveUnlock(_) => Made::open(E::UnlockApproved, 0),
        F::drawList(_) => Made::open(E::ListDrawn, 0),
        F::allocate(c) => Made::open(E::Allocated, c.slot),
        F::open(c) => Made::open(E::Opened, c.slot),
        _ => return None,
    })
}
