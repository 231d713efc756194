//! A committee of keepers dealt from a seed, a sealed record, and the keepers' answers to one opening.

use crate::support::{SeededRng, document};
use commonware_codec::Encode;
use commonware_cryptography::bls12381::dkg::feldman_desmedt::deal_anonymous;
use commonware_cryptography::bls12381::primitives::{
    group::Share,
    sharing::{Mode, Sharing},
    variant::MinSig,
};
use commonware_cryptography::{Signer, ed25519};
use commonware_utils::{N3f1, ordered::Set};
use std::num::NonZeroU32;
use theriac_envelope::seal::{
    Combination, Committee, GroupKey, OpenError, Partial, PartialsContext, PartialsMessage,
    SealContext, Sealed, seal,
};
use theriac_envelope::{Encrypted, PrivateKey, RecordSecret, Suite, encrypt};

pub(crate) const CHAIN: u64 = 8_472;
pub(crate) const EPOCH: u64 = 5;
pub(crate) const OPENING: u64 = 77;
pub(crate) const ROOT: [u8; 32] = [0x52; 32];

/// Everything about one network of `n` keepers.
pub(crate) struct Keepers {
    pub(crate) sharing: Sharing<MinSig>,
    pub(crate) shares: Vec<Share>,
    pub(crate) identities: Vec<ed25519::PrivateKey>,
    pub(crate) committee: Committee,
    pub(crate) group_key: GroupKey,
}

pub(crate) fn keepers(n: u32, seed: u64) -> Keepers {
    let n = NonZeroU32::new(n).expect("not zero");
    let mode = Mode::NonZeroCounter;
    let (sharing, shares) = deal_anonymous::<MinSig, N3f1>(SeededRng::new(seed), mode, n);
    let mut identities: Vec<_> = (0..u64::from(n.get()))
        .map(ed25519::PrivateKey::from_seed)
        .collect();
    identities.sort_by_key(|key| key.public_key());
    let group_key = GroupKey::decode(&sharing.public().encode()).expect("a group key");
    let names = identities.iter().map(name).collect();
    let committee =
        Committee::new((CHAIN, EPOCH), names, sharing.clone(), &group_key).expect("a committee");
    Keepers {
        sharing,
        shares,
        identities,
        committee,
        group_key,
    }
}

pub(crate) fn name(identity: &ed25519::PrivateKey) -> [u8; 32] {
    let bytes = identity.public_key().encode();
    bytes[..].try_into().expect("32 bytes")
}

pub(crate) fn secret() -> RecordSecret {
    let Encrypted { secret, .. } =
        encrypt(&document(100), &mut SeededRng::new(42)).expect("encrypts");
    secret
}

pub(crate) fn context(seal: u8) -> SealContext {
    SealContext {
        chain_id: CHAIN,
        seal: [seal; 32],
    }
}

pub(crate) fn requester() -> PrivateKey {
    PrivateKey::from_seed(Suite::X25519, [0x66; 32])
}

/// So many seals of one record's secret, each under its own id.
pub(crate) fn sealed(keepers: &Keepers, seals: u8) -> Vec<([u8; 32], Sealed)> {
    let make = |number| {
        let context = context(number);
        let mut rng = SeededRng::new(u64::from(number));
        let blob = seal(&secret(), &keepers.group_key, &context, &mut rng).expect("seals");
        (context.seal, blob)
    };
    (1..=seals).map(make).collect()
}

impl Keepers {
    /// The payload of the block before the epoch, up to the output: so many shares were revealed.
    pub(crate) fn payload(&self, revealed: usize) -> Vec<u8> {
        let set = |keys: &[ed25519::PrivateKey]| {
            Set::from_iter_dedup(keys.iter().map(|key| key.public_key())).encode()
        };
        let parts: [&[u8]; 6] = [
            &[1, 0, EPOCH as u8],
            &[0x5a; 32],
            &self.sharing.encode(),
            &set(&self.identities),
            &set(&self.identities),
            &set(&self.identities[..revealed]),
        ];
        parts.concat()
    }

    /// What a keeper signs for the first so many seals, if it is honest.
    pub(crate) fn partials(&self, keeper: usize, seals: u8) -> Vec<Partial> {
        (1..=seals)
            .map(|number| Partial::sign(&self.shares[keeper], &context(number)))
            .collect()
    }

    pub(crate) fn partials_context(&self, keeper: usize) -> PartialsContext {
        PartialsContext {
            chain_id: CHAIN,
            opening: OPENING,
            epoch: EPOCH,
            keeper: name(&self.identities[keeper]),
            seals_root: ROOT,
        }
    }

    /// The message of a keeper with these partials.
    pub(crate) fn message(&self, keeper: usize, partials: &[Partial]) -> PartialsMessage {
        let context = self.partials_context(keeper);
        self.message_in(keeper, partials, &context)
    }

    pub(crate) fn message_in(
        &self,
        keeper: usize,
        partials: &[Partial],
        context: &PartialsContext,
    ) -> PartialsMessage {
        let mut rng = SeededRng::new(1_000 + keeper as u64);
        let (to, identity) = (requester().public_key(), &self.identities[keeper]);
        PartialsMessage::new(partials, &to, context, identity, &mut rng).expect("encrypts")
    }

    /// The honest answers of all keepers.
    pub(crate) fn messages(&self, seals: u8) -> Vec<PartialsMessage> {
        (0..self.shares.len())
            .map(|keeper| self.message(keeper, &self.partials(keeper, seals)))
            .collect()
    }

    /// Opens with the answers of some keepers.
    pub(crate) fn open(
        &self,
        seals: &[([u8; 32], Sealed)],
        answers: &[(usize, &PartialsMessage)],
    ) -> Result<Vec<RecordSecret>, OpenError> {
        self.combination(seals, answers).open()
    }

    /// A combination to which the answers of some keepers were added.
    pub(crate) fn combination<'a>(
        &'a self,
        seals: &'a [([u8; 32], Sealed)],
        answers: &[(usize, &PartialsMessage)],
    ) -> Combination<'a> {
        let mut combination =
            Combination::new(&self.committee, (OPENING, ROOT), seals).expect("few seals");
        for (keeper, message) in answers {
            let keeper = name(&self.identities[*keeper]);
            let _ = combination.add(keeper, EPOCH, message, &requester());
        }
        combination
    }
}

/// All subsets of `0..n` with `size` members.
pub(crate) fn subsets(n: usize, size: usize) -> Vec<Vec<usize>> {
    let of = |mask: u32| (0..n).filter(move |place| mask >> place & 1 == 1).collect();
    (0..1_u32 << n)
        .filter(|mask| mask.count_ones() as usize == size)
        .map(of)
        .collect()
}
