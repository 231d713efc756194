//! The plain model: which key holds which pack, what left, what is flagged.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Refusal, codes::ExitKind, testing::Who};

/// A one-time key, by its number.
pub(super) type Key = u64;
/// A pack, by its number.
pub(super) type Pack = usize;

const TEN_DAYS_MS: u64 = 10 * 86_400_000;

/// Who takes part: the account, its organisation, and what it may do.
#[derive(Clone, Copy, Debug)]
pub(super) struct Party {
    pub(super) who: Who,
    pub(super) organisation: u32,
    pub(super) handles: bool,
    pub(super) commissions: bool,
    pub(super) dispenses: Result<(), Refusal>,
}

const NO_DISPENSER: Result<(), Refusal> = Err(Refusal::NotADispenser);
const NO_ROLE: Result<(), Refusal> = Err(Refusal::RoleMayNotDispense);

const fn party(
    who: Who,
    organisation: u32,
    rights: (bool, bool),
    dispenses: Result<(), Refusal>,
) -> Party {
    Party {
        who,
        organisation,
        handles: rights.0,
        commissions: rights.1,
        dispenses,
    }
}

/// Everyone in the walks.
pub(super) const PARTIES: [Party; 10] = [
    party(Who::Maker, 4, (true, true), NO_DISPENSER),
    party(Who::OtherMaker, 5, (true, true), NO_DISPENSER),
    party(Who::Wholesaler, 6, (true, false), NO_DISPENSER),
    party(Who::Pharmacist, 7, (true, false), Ok(())),
    party(Who::Gateway, 7, (true, false), Ok(())),
    party(Who::Manager, 7, (true, false), NO_ROLE),
    party(Who::OtherPharmacist, 8, (true, false), Ok(())),
    party(Who::Hospital, 1, (true, false), NO_ROLE),
    party(Who::Nurse, 2, (false, false), NO_ROLE),
    party(Who::Author, 1, (false, false), NO_ROLE),
];

/// A pack that is out.
#[derive(Clone, Debug)]
struct Out {
    organisation: u32,
    kind: ExitKind,
    time_ms: u64,
    secret: Option<u64>,
    closings: usize,
}

#[derive(Clone, Debug, Default)]
struct State {
    out: Option<Out>,
    reserved_for: Option<u32>,
    flags: BTreeSet<usize>,
}

/// What a key was closed with.
#[derive(Clone, Debug)]
struct Closed {
    /// Its place among all closings.
    number: usize,
    organisation: u32,
    to: BTreeMap<Pack, Key>,
}

/// How someone contests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Attempt {
    Honest,
    /// As if the last hand-over had not been.
    Stale,
    /// With another salt in the last step.
    Forged,
    /// Signed by a key that holds nothing.
    WrongSigner,
}

/// All that is known.
#[derive(Clone, Debug, Default)]
pub(super) struct Model {
    pub(super) time_ms: u64,
    packs: Vec<State>,
    first: BTreeMap<Pack, Key>,
    used: BTreeSet<Key>,
    closed: BTreeMap<Key, Closed>,
    closings: usize,
    flags: Vec<(u32, Pack, bool)>,
}

impl Model {
    pub(super) fn packs(&self) -> usize {
        self.packs.len()
    }

    pub(super) fn first(&self, pack: Pack) -> Key {
        self.first[&pack]
    }

    pub(super) fn is_out(&self, pack: Pack) -> bool {
        self.packs[pack].out.is_some()
    }

    /// The organisation that let a pack leave, if it is out.
    pub(super) fn out_by(&self, pack: Pack) -> Option<u32> {
        self.packs[pack].out.as_ref().map(|out| out.organisation)
    }

    /// The packs that a key holds now.
    pub(super) fn held_by(&self, key: Key) -> Vec<Pack> {
        let holds = |pack: &Pack| {
            self.way(*pack)
                .is_some_and(|way| *way.last().expect("a key") == key)
        };
        (0..self.packs.len()).filter(holds).collect()
    }

    /// The keys that a pack went through, the last of which holds it. None when it went nowhere, or in a circle.
    pub(super) fn way(&self, pack: Pack) -> Option<Vec<Key>> {
        let mut way = vec![self.first[&pack]];
        while let Some(closed) = self.closed.get(way.last().expect("a key")) {
            way.push(*closed.to.get(&pack)?);
            if way.len() > 40 {
                return None;
            }
        }
        Some(way)
    }

    /// A lot of new packs.
    pub(super) fn commission(
        &mut self,
        party: &Party,
        key: Key,
        count: usize,
    ) -> Result<Vec<Pack>, Refusal> {
        if !party.commissions {
            return Err(Refusal::NotAManufacturer);
        }
        if self.used.contains(&key) || self.closed.contains_key(&key) {
            return Err(Refusal::KeyUsed);
        }
        let packs: Vec<_> = (self.packs.len()..self.packs.len() + count).collect();
        self.used.insert(key);
        for pack in &packs {
            self.first.insert(*pack, key);
            self.packs.push(State::default());
        }
        Ok(packs)
    }

    pub(super) fn close(
        &mut self,
        party: &Party,
        keys: &[Key],
        (to, signed): (&BTreeMap<Pack, Key>, bool),
    ) -> Result<(), Refusal> {
        self.check_handles(party)?;
        if keys.iter().any(|key| self.closed.contains_key(key)) {
            return Err(Refusal::KeyClosed);
        }
        if !signed {
            return Err(Refusal::NotSignedByKey);
        }
        self.closings += 1;
        for key in keys {
            let closed = Closed {
                number: self.closings,
                organisation: party.organisation,
                to: to.clone(),
            };
            self.closed.insert(*key, closed);
        }
        Ok(())
    }

    fn check_handles(&self, party: &Party) -> Result<(), Refusal> {
        match party.handles {
            true => Ok(()),
            false => Err(Refusal::RoleMayNotHandlePacks),
        }
    }

    /// Packs leave with these secrets.
    pub(super) fn leave(
        &mut self,
        party: &Party,
        packs: &[(Pack, Option<u64>)],
        kind: ExitKind,
    ) -> Result<(), Refusal> {
        match kind {
            ExitKind::Dispensed => party.dispenses?,
            _ => self.check_handles(party)?,
        }
        let undoable = packs.iter().any(|(_, secret)| secret.is_some());
        if undoable
            && matches!(
                kind,
                ExitKind::Destroyed | ExitKind::Lost | ExitKind::Stolen
            )
        {
            return Err(Refusal::UndoNotAllowed);
        }
        for (pack, _) in packs {
            self.check_leaves(party, *pack, kind)?;
        }
        for (pack, secret) in packs {
            self.packs[*pack].out = Some(Out {
                organisation: party.organisation,
                kind,
                time_ms: self.time_ms,
                secret: *secret,
                closings: self.closings,
            });
        }
        Ok(())
    }

    fn check_leaves(&self, party: &Party, pack: Pack, kind: ExitKind) -> Result<(), Refusal> {
        let state = &self.packs[pack];
        if let Some(out) = &state.out {
            return Err(match out.kind {
                ExitKind::Dispensed => Refusal::AlreadyDispensed,
                _ => Refusal::AlreadyDecommissioned,
            });
        }
        let out_of_use = matches!(
            kind,
            ExitKind::Destroyed | ExitKind::Locked | ExitKind::Lost | ExitKind::Stolen
        );
        if !out_of_use && !state.flags.is_empty() {
            return Err(Refusal::PackFlagged);
        }
        if state
            .reserved_for
            .is_some_and(|only| only != party.organisation)
        {
            return Err(Refusal::PackReserved);
        }
        Ok(())
    }

    pub(super) fn undo(&mut self, party: &Party, pack: Pack, secret: u64) -> Result<(), Refusal> {
        self.check_handles(party)?;
        let state = &mut self.packs[pack];
        let out = state.out.as_ref().ok_or(Refusal::HasNotLeft)?;
        if out.organisation != party.organisation {
            return Err(Refusal::NotYourExit);
        }
        let expected = out.secret.ok_or(Refusal::ExitIsFinal)?;
        if self.time_ms - out.time_ms > TEN_DAYS_MS {
            return Err(Refusal::UndoTooLate);
        }
        if expected != secret {
            return Err(Refusal::SecretDiffers);
        }
        if !state.flags.is_empty() {
            return Err(Refusal::PackFlagged);
        }
        state.out = None;
        Ok(())
    }

    /// The secret of the exit of a pack.
    pub(super) fn secret(&self, pack: Pack) -> Option<u64> {
        self.packs[pack].out.as_ref()?.secret
    }

    /// Someone contests the exit of a pack whose way is known.
    pub(super) fn contest(
        &mut self,
        party: &Party,
        pack: Pack,
        attempt: Attempt,
    ) -> Result<(), Refusal> {
        self.check_handles(party)?;
        let mut way = self.way(pack).expect("the way is known");
        if attempt == Attempt::Stale {
            way.pop();
        }
        if way.len() > 17 {
            return Err(Refusal::StepCountOutOfRange);
        }
        let state = &self.packs[pack];
        let disputed = match &state.out {
            Some(out) => Some(out.organisation),
            None => state.reserved_for,
        };
        if disputed.is_none_or(|organisation| organisation == party.organisation) {
            return Err(Refusal::NothingToContest);
        }
        match attempt {
            Attempt::Forged => return Err(Refusal::CustodyNotProven),
            Attempt::Stale => return Err(Refusal::KeyClosed),
            Attempt::WrongSigner => return Err(Refusal::NotSignedByKey),
            Attempt::Honest => {}
        }
        if let Some(out) = &state.out {
            let later = way.iter().filter_map(|key| self.closed.get(key));
            let mut later = later.filter(|closed| closed.number > out.closings);
            if later
                .next()
                .is_some_and(|closed| closed.organisation == out.organisation)
            {
                return Err(Refusal::ExitByTheHolder);
            }
        }
        let state = &mut self.packs[pack];
        state.out = None;
        state.reserved_for = Some(party.organisation);
        Ok(())
    }

    pub(super) fn flag(&mut self, party: &Party, pack: Pack) -> Result<usize, Refusal> {
        self.check_handles(party)?;
        if self.packs[pack].flags.len() >= 64 {
            return Err(Refusal::TooManyFlags);
        }
        let number = self.flags.len();
        self.flags.push((party.organisation, pack, true));
        self.packs[pack].flags.insert(number);
        Ok(number)
    }

    pub(super) fn clear(&mut self, party: &Party, number: usize) -> Result<(), Refusal> {
        self.check_handles(party)?;
        let (organisation, pack, stands) =
            self.flags.get_mut(number).ok_or(Refusal::FlagUnknown)?;
        if !*stands {
            return Err(Refusal::FlagCleared);
        }
        if *organisation != party.organisation {
            return Err(Refusal::MayNotClear);
        }
        *stands = false;
        self.packs[*pack].flags.remove(&number);
        Ok(())
    }

    pub(super) fn flags(&self) -> usize {
        self.flags.len()
    }
}
