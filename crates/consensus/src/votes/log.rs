//! One member's log of votes: signs its own, takes in the others', tells of double votes.

use super::{
    Proof, SIGNATURE_BYTES, Signed, Statement,
    book::{Book, Entered},
    namespace,
};
use crate::chain::Chain;
use commonware_codec::{Copying, DecodeExt as _, Encode as _};
use commonware_consensus::simplex::types::Vote;
use commonware_cryptography::{Signer as _, ed25519};
use commonware_p2p::utils::mux;
use commonware_runtime::IoBuf;
use futures::channel::mpsc;
use parking_lot::Mutex;
use std::sync::Arc;
use theriac_ledger::block::{Digest, PublicKey, Scheme};

/// Is told of each double vote, once a view.
pub type Accuse = Arc<dyn Fn(&Proof) + Send + Sync>;

/// Clones share one log.
#[derive(Clone)]
pub struct VoteLog(Arc<Shared>);

struct Shared {
    identity: ed25519::PrivateKey,
    me: PublicKey,
    namespace: Vec<u8>,
    book: Mutex<Book>,
    accuse: Accuse,
    own: mpsc::UnboundedSender<Signed>,
    to_share: mpsc::UnboundedSender<Vec<Signed>>,
}

/// What a log hands to the tasks that write and share it.
pub(crate) struct Outlets {
    /// This node's own votes.
    pub(crate) own: mpsc::UnboundedReceiver<Signed>,
    /// Votes for the other members to see.
    pub(crate) to_share: mpsc::UnboundedReceiver<Vec<Signed>>,
}

impl std::fmt::Debug for VoteLog {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("VoteLog")
            .field("me", &self.0.me)
            .finish_non_exhaustive()
    }
}

impl VoteLog {
    /// An empty log of the owner of `identity`.
    pub(crate) fn new(
        chain: &Chain,
        identity: ed25519::PrivateKey,
        accuse: Accuse,
    ) -> (Self, Outlets) {
        let (own, own_receiver) = mpsc::unbounded();
        let (to_share, share_receiver) = mpsc::unbounded();
        let log = Self(Arc::new(Shared {
            me: identity.public_key(),
            identity,
            namespace: namespace(chain.spec.chain_id),
            book: Mutex::new(Book::new(chain.spec.chain_id)),
            accuse,
            own,
            to_share,
        }));
        let outlets = Outlets {
            own: own_receiver,
            to_share: share_receiver,
        };
        (log, outlets)
    }

    /// `frame`, an epoch's number and a vote, with this node's signature behind it; the vote enters the log.
    pub(super) fn sign(&self, frame: &IoBuf) -> Vec<u8> {
        let vote = vote_of(frame.clone()).expect("a node's own votes are well formed");
        let statement = Statement::of(&vote);
        let signed = Signed::new(&self.0.identity, &self.0.namespace, statement);
        let message = [frame.as_ref(), &signed.signature.encode()].concat();
        let mut book = self.0.book.lock();
        if !book.knows(&signed) {
            let _ = self.0.own.unbounded_send(signed.clone());
        }
        book.advance(statement.epoch, statement.view);
        let entered = book.enter(signed);
        drop(book);
        self.take(entered);
        message
    }

    /// The frame in `message` of `voter`, when a signature of the voter over its vote follows it; the vote enters the
    /// log.
    pub(super) fn check(&self, voter: &PublicKey, message: &IoBuf) -> Option<IoBuf> {
        let at = message.len().checked_sub(SIGNATURE_BYTES)?;
        let frame = message.slice(..at);
        let signature = message.slice(at..);
        let signed = Signed {
            voter: voter.clone(),
            statement: Statement::of(&vote_of(frame.clone())?),
            signature: ed25519::Signature::decode(Copying(signature.as_ref())).ok()?,
        };
        if !signed.holds(&self.0.namespace) {
            return None;
        }
        let entered = self.0.book.lock().enter(signed);
        self.take(entered);
        Some(frame)
    }

    /// Takes in a vote that another member received. Nothing of it is passed on.
    pub(super) fn hear(&self, vote: Signed) {
        if self.0.book.lock().knows(&vote) || !vote.holds(&self.0.namespace) {
            return;
        }
        let entered = self.0.book.lock().enter(vote);
        if let Some(proof) = entered.proof {
            (self.0.accuse)(&proof);
        }
    }

    fn take(&self, entered: Entered) {
        if !entered.to_share.is_empty() {
            let _ = self.0.to_share.unbounded_send(entered.to_share);
        }
        if let Some(proof) = entered.proof {
            (self.0.accuse)(&proof);
        }
    }
}

fn vote_of(frame: IoBuf) -> Option<Vote<Scheme, Digest>> {
    let (epoch, payload) = mux::parse(frame).ok()?;
    let vote = Vote::<Scheme, Digest>::decode(payload).ok()?;
    (Statement::of(&vote).epoch == epoch).then_some(vote)
}
