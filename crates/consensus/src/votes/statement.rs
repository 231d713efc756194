//! What a voter states by name, and how it is signed.

use alloy_primitives::B256;
use bytes::BufMut;
use commonware_codec::{Buf, Error, FixedSize, Read, ReadExt as _, Write};
use commonware_consensus::{Epochable as _, Viewable as _, simplex::types::Vote};
use commonware_cryptography::{Signer as _, Verifier as _, ed25519};
use theriac_ledger::block::{Digest, PublicKey, Scheme};

/// Bytes of the signature that follows each vote.
pub const SIGNATURE_BYTES: usize = ed25519::Signature::SIZE;
/// Epoch, view, kind, block.
const STATEMENT_BYTES: usize = 8 + 8 + 1 + 32;

/// What a vote is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Kind {
    /// A block may follow.
    Notarize = 0,
    /// The view is to be left without a block.
    Nullify = 1,
    /// A block is to be final.
    Finalize = 2,
}

/// A vote without the threshold signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Statement {
    /// The epoch.
    pub epoch: u64,
    /// The view.
    pub view: u64,
    /// What it is for.
    pub kind: Kind,
    /// The block; zero when the view is to be left.
    pub block: B256,
}

/// A statement with its voter's signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// Who voted.
    pub voter: PublicKey,
    /// For what.
    pub statement: Statement,
    /// The voter's signature over the statement.
    pub signature: ed25519::Signature,
}

/// The namespace of signed votes: no prefix of, nor prefixed by, any other of the network.
pub fn namespace(chain_id: u64) -> Vec<u8> {
    [b"theriac/".as_slice(), &chain_id.to_be_bytes(), b"/votes"].concat()
}

impl Kind {
    pub(super) const ALL: [Self; 3] = [Self::Notarize, Self::Nullify, Self::Finalize];

    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Notarize => "notarize",
            Self::Nullify => "nullify",
            Self::Finalize => "finalize",
        }
    }
}

impl Statement {
    /// What `vote` states.
    pub fn of(vote: &Vote<Scheme, Digest>) -> Self {
        let (kind, block) = match vote {
            Vote::Notarize(notarize) => (Kind::Notarize, notarize.proposal.payload.0.into()),
            Vote::Nullify(_) => (Kind::Nullify, B256::ZERO),
            Vote::Finalize(finalize) => (Kind::Finalize, finalize.proposal.payload.0.into()),
        };
        Self {
            epoch: vote.epoch().get(),
            view: vote.view().get(),
            kind,
            block,
        }
    }

    /// The bytes that are signed: epoch and view as 8 bytes big-endian, the kind as one, the block.
    pub fn encode(&self) -> [u8; STATEMENT_BYTES] {
        let mut bytes = [0; STATEMENT_BYTES];
        bytes[..8].copy_from_slice(&self.epoch.to_be_bytes());
        bytes[8..16].copy_from_slice(&self.view.to_be_bytes());
        bytes[16] = self.kind as u8;
        bytes[17..].copy_from_slice(self.block.as_slice());
        bytes
    }

    fn decode(bytes: &[u8; STATEMENT_BYTES]) -> Result<Self, Error> {
        let word = |at: usize| u64::from_be_bytes(bytes[at..at + 8].try_into().expect("eight"));
        let kind = Kind::ALL.get(usize::from(bytes[16])).copied();
        Ok(Self {
            epoch: word(0),
            view: word(8),
            kind: kind.ok_or(Error::InvalidEnum(bytes[16]))?,
            block: B256::from_slice(&bytes[17..]),
        })
    }

    /// Whether no honest voter makes both: two blocks of one view for the same purpose, or one view left and a block of
    /// it made final. An honest voter does vote for one block and then, when time is up or another is certified, to
    /// leave the view or for the other to be final.
    pub fn contradicts(&self, other: &Self) -> bool {
        if (self.epoch, self.view) != (other.epoch, other.view) {
            return false;
        }
        match (self.kind, other.kind) {
            (Kind::Notarize, Kind::Notarize) | (Kind::Finalize, Kind::Finalize) => {
                self.block != other.block
            }
            (Kind::Nullify, Kind::Finalize) | (Kind::Finalize, Kind::Nullify) => true,
            (Kind::Nullify, Kind::Nullify | Kind::Notarize)
            | (Kind::Notarize, Kind::Nullify | Kind::Finalize)
            | (Kind::Finalize, Kind::Notarize) => false,
        }
    }
}

impl Signed {
    /// Signs `statement` as the owner of `key`.
    pub fn new(key: &ed25519::PrivateKey, namespace: &[u8], statement: Statement) -> Self {
        Self {
            voter: key.public_key(),
            signature: key.sign(namespace, &statement.encode()),
            statement,
        }
    }

    /// Whether the voter signed it.
    pub fn holds(&self, namespace: &[u8]) -> bool {
        self.voter
            .verify(namespace, &self.statement.encode(), &self.signature)
    }
}

impl Write for Signed {
    fn write(&self, buf: &mut impl BufMut) {
        self.voter.write(buf);
        self.statement.encode().write(buf);
        self.signature.write(buf);
    }
}

impl Read for Signed {
    type Cfg = ();

    fn read_cfg(buf: &mut impl Buf, (): &()) -> Result<Self, Error> {
        Ok(Self {
            voter: PublicKey::read(buf)?,
            statement: Statement::decode(&<[u8; STATEMENT_BYTES]>::read(buf)?)?,
            signature: ed25519::Signature::read(buf)?,
        })
    }
}

impl FixedSize for Signed {
    const SIZE: usize = PublicKey::SIZE + STATEMENT_BYTES + SIGNATURE_BYTES;
}
