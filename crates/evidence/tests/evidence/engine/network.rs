//! Members who sign with real shares of one group key.

use alloy_primitives::{B256, FixedBytes};
use commonware_codec::Encode as _;
use commonware_consensus::{
    simplex::{
        scheme::bls12381_threshold::vrf::{self, Scheme},
        types::{Finalization, Finalize, Notarization, Notarize, Proposal},
    },
    types::{Epoch, Round, View},
};
use commonware_cryptography::{
    bls12381::primitives::variant::MinSig, certificate::mocks::Fixture, ed25519::PublicKey, sha256,
};
use commonware_parallel::Sequential;
use commonware_utils::{TestRng, non_empty};
use theriac_evidence::{
    certificate::{self, GroupKeyBytes, base_namespace},
    section::{Seed, Signature},
};

pub type Member = Scheme<PublicKey, MinSig>;

pub struct Network {
    pub chain_id: u64,
    pub fixture: Fixture<Member>,
}

/// A finalization or notarization, with the seed of its round.
pub struct Certified {
    pub certificate: certificate::Finalization,
    pub seed: Seed,
}

impl Network {
    pub fn new(chain_id: u64, members: u32, seed: u64) -> Self {
        let mut rng = TestRng::new(seed);
        let fixture = vrf::fixture::<MinSig, _>(&mut rng, &base_namespace(chain_id), members);
        Self { chain_id, fixture }
    }

    pub fn group_key(&self) -> GroupKeyBytes {
        FixedBytes::from_slice(&self.fixture.verifier.identity().encode())
    }

    pub fn quorum(&self) -> usize {
        let members = self.fixture.schemes.len();
        members - (members - 1) / 3
    }

    /// The last members of a quorum vote to finalise.
    pub fn finalize(&self, epoch: u64, (view, parent_view): (u64, u64), hash: &B256) -> Certified {
        let proposal = proposal(epoch, (view, parent_view), hash);
        let votes: Vec<_> = self
            .fixture
            .schemes
            .iter()
            .rev()
            .take(self.quorum())
            .map(|member| Finalize::sign(member, proposal.clone()).expect("members sign"))
            .collect();
        let finalization = Finalization::from_finalizes(
            &self.fixture.schemes[0],
            non_empty![@&votes],
            &Sequential,
        )
        .expect("a quorum voted");
        let mut rng = TestRng::new(0);
        assert!(finalization.verify(&mut rng, &self.fixture.verifier, &Sequential));
        let signatures = finalization.certificate.get().expect("just assembled");
        certified(
            &proposal,
            (
                signatures.vote_signature.encode(),
                signatures.seed_signature.encode(),
            ),
        )
    }

    /// A quorum votes to notarise: not final.
    pub fn notarize(&self, epoch: u64, (view, parent_view): (u64, u64), hash: &B256) -> Certified {
        let proposal = proposal(epoch, (view, parent_view), hash);
        let votes: Vec<_> = self
            .fixture
            .schemes
            .iter()
            .map(|member| Notarize::sign(member, proposal.clone()).expect("members sign"))
            .collect();
        let notarization = Notarization::from_notarizes(
            &self.fixture.schemes[0],
            non_empty![@&votes],
            &Sequential,
        )
        .expect("a quorum voted");
        let signatures = notarization.certificate.get().expect("just assembled");
        certified(
            &proposal,
            (
                signatures.vote_signature.encode(),
                signatures.seed_signature.encode(),
            ),
        )
    }
}

fn proposal(epoch: u64, views: (u64, u64), hash: &B256) -> Proposal<sha256::Digest> {
    let round = Round::new(Epoch::new(epoch), View::new(views.0));
    Proposal::new(round, View::new(views.1), sha256::Digest::from(hash.0))
}

fn certified(
    proposal: &Proposal<sha256::Digest>,
    (vote, seed): (impl AsRef<[u8]>, impl AsRef<[u8]>),
) -> Certified {
    let (epoch, view) = (proposal.round.epoch().get(), proposal.round.view().get());
    Certified {
        certificate: certificate::Finalization {
            epoch,
            view,
            parent_view: proposal.parent.get(),
            signature: Signature::from_slice(vote.as_ref()),
        },
        seed: Seed {
            epoch,
            view,
            signature: Signature::from_slice(seed.as_ref()),
        },
    }
}
