//! Active validators and their votes, as sets of one bit each.

use alloy_primitives::{B256, U256};

use super::state::{
    self, ACTIVE, VALIDATOR_COUNT, VALIDATOR_OF, VALIDATORS, VOTES_AGAINST, VOTES_FOR, Validator,
};
use crate::{
    host::{Halt, Host},
    storage::{Item, State},
};

/// Bits of a word.
const WORD: u64 = 256;

/// The votes that count, and all that could.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) yes: u32,
    pub(crate) no: u32,
    pub(crate) validators: u32,
}

/// What a tally says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// More than two thirds are for it.
    Accepted,
    /// Those who did not vote against it are not more than two thirds.
    Rejected,
    /// Neither.
    Undecided,
}

impl Tally {
    pub(crate) fn verdict(self) -> Verdict {
        let (yes, validators) = (u64::from(self.yes), u64::from(self.validators));
        let possible = validators.saturating_sub(u64::from(self.no));
        if 3 * yes > 2 * validators {
            Verdict::Accepted
        } else if 3 * possible <= 2 * validators {
            Verdict::Rejected
        } else {
            Verdict::Undecided
        }
    }
}

/// Indexes of the active validators, in order.
pub(crate) fn active(host: &mut dyn Host) -> Result<Vec<u64>, Halt> {
    let state = &mut state::state(host);
    let mut indexes = Vec::new();
    for word in 0..words(state)? {
        let bits = ACTIVE.at(state, word)?.load(state)?;
        indexes.extend(ones(bits).map(|bit| word * WORD + bit));
    }
    Ok(indexes)
}

/// Whether the validator at this index is active.
pub(crate) fn is_active(host: &mut dyn Host, index: u64) -> Result<bool, Halt> {
    let state = &mut state::state(host);
    let place = ACTIVE.at(state, index / WORD)?;
    contains(state, &place, index)
}

/// Adds the validator at this index to the active ones, or takes it out.
pub(crate) fn set_active(state: &mut State<'_>, index: u64, is_active: bool) -> Result<(), Halt> {
    let place = ACTIVE.at(state, index / WORD)?;
    let bits = place.load(state)?;
    let bits = if is_active {
        bits | bit(index)
    } else {
        bits & !bit(index)
    };
    place.save(state, &bits)
}

/// The active validators of an organisation, in order.
pub(crate) fn of_organisation(host: &mut dyn Host, organisation: u32) -> Result<Vec<u64>, Halt> {
    let mut own = Vec::new();
    for index in active(host)? {
        if validator(host, index)?.organisation == organisation {
            own.push(index);
        }
    }
    Ok(own)
}

/// The active validator with this identity: its index and fields.
pub(crate) fn of_identity(
    host: &mut dyn Host,
    identity: B256,
) -> Result<Option<(u64, Validator)>, Halt> {
    let state = &mut state::state(host);
    let next = VALIDATOR_OF.at(state, identity)?.load(state)?;
    let Some(index) = next.checked_sub(1) else {
        return Ok(None);
    };
    let found = validator(host, index)?;
    Ok(is_active(host, index)?.then_some((index, found)))
}

/// The fields of the validator at this index.
pub(crate) fn validator(host: &mut dyn Host, index: u64) -> Result<Validator, Halt> {
    let state = &mut state::state(host);
    VALIDATORS.at(state, index)?.fields.load(state)
}

/// The votes on a proposal that count now.
pub(crate) fn tally(host: &mut dyn Host, proposal: u64) -> Result<Tally, Halt> {
    let state = &mut state::state(host);
    let mut tally = Tally::default();
    for word in 0..words(state)? {
        let active = ACTIVE.at(state, word)?.load(state)?;
        let (yes, no) = votes_of(state, proposal, word)?;
        tally.yes += (yes & active).count_ones() as u32;
        tally.no += (no & active).count_ones() as u32;
        tally.validators += active.count_ones() as u32;
    }
    Ok(tally)
}

/// All votes cast on a proposal, in order of index, those of removed validators too.
pub(crate) fn votes(host: &mut dyn Host, proposal: u64) -> Result<Vec<(u64, bool)>, Halt> {
    let state = &mut state::state(host);
    let mut votes = Vec::new();
    for word in 0..words(state)? {
        let (yes, no) = votes_of(state, proposal, word)?;
        votes.extend(ones(yes | no).map(|bit| (word * WORD + bit, yes.bit(bit as usize))));
    }
    Ok(votes)
}

/// Whether the validator at this index has voted on a proposal.
pub(crate) fn has_voted(host: &mut dyn Host, proposal: u64, index: u64) -> Result<bool, Halt> {
    let state = &mut state::state(host);
    let (yes, no) = votes_of(state, proposal, index / WORD)?;
    Ok(!((yes | no) & bit(index)).is_zero())
}

/// Writes the vote of the validator at this index.
pub(crate) fn cast(
    state: &mut State<'_>,
    proposal: u64,
    index: u64,
    support: bool,
) -> Result<(), Halt> {
    let votes = if support { VOTES_FOR } else { VOTES_AGAINST };
    let place = votes.at(state, proposal)?.at(state, index / WORD)?;
    let bits = place.load(state)?;
    place.save(state, &(bits | bit(index)))
}

fn votes_of(state: &mut State<'_>, proposal: u64, word: u64) -> Result<(U256, U256), Halt> {
    let yes = VOTES_FOR.at(state, proposal)?.at(state, word)?;
    let no = VOTES_AGAINST.at(state, proposal)?.at(state, word)?;
    Ok((yes.load(state)?, no.load(state)?))
}

fn words(state: &mut State<'_>) -> Result<u64, Halt> {
    Ok(VALIDATOR_COUNT.load(state)?.div_ceil(WORD))
}

fn contains(state: &mut State<'_>, place: &Item<U256>, index: u64) -> Result<bool, Halt> {
    Ok(!(place.load(state)? & bit(index)).is_zero())
}

fn bit(index: u64) -> U256 {
    U256::ONE << ((index % WORD) as usize)
}

/// Places of the ones in a word, from the lowest.
fn ones(bits: U256) -> impl Iterator<Item = u64> {
    (0..WORD).filter(move |place| bits.bit(*place as usize))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(yes: u32, no: u32, validators: u32) -> Verdict {
        Tally {
            yes,
            no,
            validators,
        }
        .verdict()
    }

    #[test]
    fn more_than_two_thirds_accept_and_a_third_reject() {
        for (validators, needed) in [
            (1, 1),
            (2, 2),
            (3, 3),
            (4, 3),
            (5, 4),
            (6, 5),
            (7, 5),
            (10, 7),
            (64, 43),
        ] {
            let blocking = validators - needed + 1;
            assert_eq!(verdict(needed, 0, validators), Verdict::Accepted);
            assert_eq!(verdict(needed - 1, 0, validators), Verdict::Undecided);
            assert_eq!(verdict(0, blocking, validators), Verdict::Rejected);
            assert_eq!(verdict(needed - 1, blocking, validators), Verdict::Rejected);
            let rest = verdict(needed - 1, blocking - 1, validators);
            assert_eq!(rest, Verdict::Undecided, "of {validators}");
        }
    }

    #[test]
    fn ones_come_from_the_lowest_place_up() {
        let bits = bit(0) | bit(255) | bit(7);
        assert_eq!(ones(bits).collect::<Vec<_>>(), [0, 7, 255]);
        assert_eq!(bit(256), U256::ONE);
    }
}
