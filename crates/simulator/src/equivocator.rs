//! Contradicts the votes of a lying member.

use crate::liar::Lies;
use alloy_primitives::keccak256;
use commonware_codec::{DecodeExt as _, Encode as _, varint::UInt};
use commonware_consensus::{
    Viewable as _,
    simplex::types::{Finalize, Notarize, Nullify, Proposal, Vote},
};
use commonware_cryptography::ed25519;
use commonware_p2p::utils::mux;
use commonware_runtime::{IoBuf, IoBufs};
use parking_lot::Mutex;
use theriac_consensus::votes::{SIGNATURE_BYTES, Signed, Statement};
use theriac_ledger::block::{Digest, Scheme};

/// The epoch whose votes are contradicted: the one whose share the founding dealt.
const EPOCH: u64 = 0;

/// What becomes of a message of the vote channel.
pub(crate) enum Answer {
    /// It is sent as it is.
    Honest,
    /// It is not sent.
    Withheld,
    /// Some peers get the message, the others this contradiction.
    Split(IoBufs),
    /// Every peer gets the message and this contradiction.
    Both(IoBufs),
}

/// A member's share and identity in the wrong hands.
pub(crate) struct Equivocator {
    seed: u64,
    scheme: Scheme,
    identity: ed25519::PrivateKey,
    namespace: Vec<u8>,
    lies: Lies,
    previous: Mutex<Option<Digest>>,
}

#[derive(Clone, Copy)]
enum Kind {
    Notarize,
    Nullify,
    Finalize,
}

impl Equivocator {
    /// One that signs with `scheme` as the engine does, and with `identity` under the namespace of signed votes: what is
    /// not signed so does not count.
    pub(crate) fn new(
        seed: u64,
        scheme: Scheme,
        (identity, namespace): (ed25519::PrivateKey, Vec<u8>),
        lies: Lies,
    ) -> Self {
        Self {
            seed,
            scheme,
            identity,
            namespace,
            lies,
            previous: Mutex::default(),
        }
    }

    /// What becomes of `message`, an epoch's number, a vote and its voter's signature.
    pub(crate) fn answer(&self, message: IoBuf) -> Answer {
        let frame = message.slice(..message.len() - SIGNATURE_BYTES);
        let Ok((EPOCH, payload)) = mux::parse(frame) else {
            return Answer::Honest;
        };
        let vote = Vote::decode(payload).expect("a member's own votes are well formed");
        let draw = self.draw(&vote);
        let answer = match draw[0] {
            0..=31 => Answer::Withheld,
            32..=95 => self
                .contradiction(&vote, draw[1])
                .map_or(Answer::Honest, Answer::Split),
            96..=111 if self.seed % 2 == 1 => self
                .contradiction(&vote, draw[1])
                .map_or(Answer::Honest, Answer::Both),
            _ => Answer::Honest,
        };
        if let Vote::Notarize(notarize) = &vote {
            *self.previous.lock() = Some(notarize.proposal.payload);
        }
        if !matches!(answer, Answer::Honest) {
            self.lies.add();
        }
        answer
    }

    /// Bytes that depend on nothing but the seed and the vote's view and kind.
    fn draw(&self, vote: &Vote<Scheme, Digest>) -> [u8; 32] {
        let kind = match vote {
            Vote::Notarize(_) => Kind::Notarize,
            Vote::Nullify(_) => Kind::Nullify,
            Vote::Finalize(_) => Kind::Finalize,
        };
        let view = vote.view().get();
        keccak256(
            [self.seed, view, kind as u64]
                .map(u64::to_be_bytes)
                .concat(),
        )
        .0
    }

    /// A vote that no honest member sends beside `vote`; none beside a vote to leave a view, which
    /// names no block.
    fn contradiction(&self, vote: &Vote<Scheme, Digest>, choice: u8) -> Option<IoBufs> {
        let vote = match vote {
            Vote::Notarize(notarize) => {
                let proposal = self.another(&notarize.proposal, choice);
                Vote::Notarize(Notarize::sign(&self.scheme, proposal)?)
            }
            Vote::Finalize(finalize) if choice.is_multiple_of(2) => {
                let round = finalize.proposal.round;
                Vote::Nullify(Nullify::sign::<Digest>(&self.scheme, round)?)
            }
            Vote::Finalize(finalize) => {
                let proposal = self.another(&finalize.proposal, choice);
                Vote::Finalize(Finalize::sign(&self.scheme, proposal)?)
            }
            Vote::Nullify(_) => return None,
        };
        let signed = Signed::new(&self.identity, &self.namespace, Statement::of(&vote));
        let parts = [
            UInt(EPOCH).encode(),
            vote.encode(),
            signed.signature.encode(),
        ];
        Some(parts.concat().into())
    }

    /// The proposal of another block in the same view: of one that exists and was meant for an earlier
    /// view, or of one that nobody has.
    fn another(&self, proposal: &Proposal<Digest>, choice: u8) -> Proposal<Digest> {
        let nowhere = Digest::from(keccak256(proposal.payload.as_ref()).0);
        let payload = match *self.previous.lock() {
            Some(previous) if choice >= 128 && previous != proposal.payload => previous,
            _ => nowhere,
        };
        Proposal::new(proposal.round, proposal.parent, payload)
    }
}
