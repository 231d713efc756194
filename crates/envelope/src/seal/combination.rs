//! Combines the answers of one epoch's keepers and opens the seals of one opening.
//!
//! Recovering a signature checks nothing, so the blobs decide: what q answers open was right. Only where they do not are the
//! partials checked one by one, the bad keepers named, and the rest tried again.

use super::{
    BadKeeper, Committee, Fault, OpenError, Partial, PartialsContext, PartialsMessage, SealContext,
    SealError, Sealed,
};
use crate::PrivateKey;
use crate::content::RecordSecret;
use commonware_cryptography::bls12381::primitives::ops::threshold;
use commonware_parallel::Sequential;
use commonware_utils::Participant;
use std::collections::BTreeMap;

/// Seals of one opening at most.
pub const MAX_SEALS: usize = 512;

/// The answers to one opening, gathered.
#[derive(Debug)]
pub struct Combination<'a> {
    committee: &'a Committee,
    opening: (u64, [u8; 32]),
    seals: &'a [([u8; 32], Sealed)],
    answers: BTreeMap<Participant, Vec<Partial>>,
    bad: Vec<BadKeeper>,
}

impl<'a> Combination<'a> {
    /// For an opening by its number and seals root, with its seals in their order and the blob of each.
    ///
    /// # Errors
    /// [`SealError::TooManySeals`].
    pub fn new(
        committee: &'a Committee,
        opening: (u64, [u8; 32]),
        seals: &'a [([u8; 32], Sealed)],
    ) -> Result<Self, SealError> {
        if seals.len() > MAX_SEALS {
            return Err(SealError::TooManySeals {
                max: MAX_SEALS,
                got: seals.len(),
            });
        }
        Ok(Self {
            committee,
            opening,
            seals,
            answers: BTreeMap::new(),
            bad: Vec::new(),
        })
    }

    /// Takes the answer of a keeper. Whoever has answered, or signed what was wrong, is not heard again; an answer without the
    /// keeper's signature may have been altered on the way, and another may follow.
    ///
    /// # Errors
    /// The [`BadKeeper`], which [`Combination::bad`] lists from then on.
    pub fn add(
        &mut self,
        keeper: [u8; 32],
        epoch: u64,
        message: &PartialsMessage,
        key: &PrivateKey,
    ) -> Result<(), BadKeeper> {
        let place = self.committee.place(&keeper);
        let (Some(place), true) = (place, epoch == self.committee.epoch()) else {
            return Err(self.blame(keeper, Fault::NotOfTheEpoch));
        };
        let is_out = |bad: &BadKeeper| bad.keeper == keeper && bad.fault != Fault::NotSigned;
        if self.answers.contains_key(&place) || self.bad.iter().any(is_out) {
            return Ok(());
        }
        let (opening, seals_root) = self.opening;
        let context = PartialsContext {
            chain_id: self.committee.chain_id,
            opening,
            epoch,
            keeper,
            seals_root,
        };
        match message.open(key, &context) {
            Ok(partials) if partials.len() == self.seals.len() => {
                self.answers.insert(place, partials);
                Ok(())
            }
            Ok(_) => Err(self.blame(keeper, Fault::WrongCount)),
            Err(fault) => Err(self.blame(keeper, fault)),
        }
    }

    /// The keepers that were found out so far.
    pub fn bad(&self) -> &[BadKeeper] {
        &self.bad
    }

    /// Opens every seal, in their order. Keepers found out on the way are left out and the others tried again.
    ///
    /// # Errors
    /// [`OpenError::NotEnough`] until answers of more keepers are added; [`OpenError::SealedAltered`].
    pub fn open(&mut self) -> Result<Vec<RecordSecret>, OpenError> {
        loop {
            let needed = self.committee.needed();
            if self.answers.len() < needed {
                let got = self.answers.len();
                return Err(OpenError::NotEnough { got, needed });
            }
            match self.open_with_first() {
                Ok(secrets) => return Ok(secrets),
                Err(index) if self.drop_bad(index) => {}
                Err(index) => return Err(OpenError::SealedAltered { index }),
            }
        }
    }

    /// Opens with the first q answers, or returns the place of the first seal that does not open.
    fn open_with_first(&self) -> Result<Vec<RecordSecret>, usize> {
        let chosen: Vec<_> = self.answers.iter().take(self.committee.needed()).collect();
        let open = |(index, (seal, sealed)): (usize, &([u8; 32], Sealed))| {
            let partials: Vec<_> = chosen
                .iter()
                .map(|(place, partials)| partials[index].at(**place))
                .collect();
            let context = SealContext {
                chain_id: self.committee.chain_id,
                seal: *seal,
            };
            let signature =
                threshold::recover(&self.committee.sharing, &partials, &Sequential).ok();
            let secret = signature.and_then(|signature| sealed.open(&signature, &context));
            secret.ok_or(index)
        };
        self.seals.iter().enumerate().map(open).collect()
    }

    /// Verifies the partials that were used for one seal, one by one; whether a keeper was found out.
    fn drop_bad(&mut self, index: usize) -> bool {
        let (committee, seal) = (self.committee, self.seals[index].0);
        let used = self.answers.iter().take(committee.needed());
        let bad: Vec<Participant> = used
            .filter(|(place, partials)| !committee.signed(**place, &partials[index], seal))
            .map(|(place, _)| *place)
            .collect();
        for place in &bad {
            self.answers.remove(place);
            self.blame(
                committee.keepers()[usize::from(*place)],
                Fault::WrongPartial,
            );
        }
        !bad.is_empty()
    }

    fn blame(&mut self, keeper: [u8; 32], fault: Fault) -> BadKeeper {
        let bad = BadKeeper { keeper, fault };
        if !self.bad.contains(&bad) {
            self.bad.push(bad);
        }
        bad
    }
}
