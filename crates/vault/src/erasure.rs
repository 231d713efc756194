//! Receipts for erasing: a member's signed promise that nothing of a blob is left with it.

use crate::store::Tombstone;
use bytes::Bytes;
use commonware_codec::ReadExt as _;
use commonware_cryptography::PublicKey;
use std::fmt;
use std::sync::Arc;
use theriac_envelope::ContentId;

/// Signs a message under a namespace; 64 bytes.
type Sign = dyn Fn(&[u8], &[u8]) -> [u8; 64] + Send + Sync;

/// With what a node signs its receipts, and for which chain.
#[derive(Clone)]
pub struct Signing {
    chain_id: u64,
    sign: Arc<Sign>,
}

impl Signing {
    /// Receipts of a chain. `sign` takes namespace and message and signs with the node's identity key.
    pub fn new(
        chain_id: u64,
        sign: impl Fn(&[u8], &[u8]) -> [u8; 64] + Send + Sync + 'static,
    ) -> Self {
        let sign = Arc::new(sign);
        Self { chain_id, sign }
    }

    /// Promises that a blob was erased at a time, in unix seconds.
    pub(crate) fn promise(&self, id: &ContentId, time: u64) -> Tombstone {
        let signature = (self.sign)(&namespace(self.chain_id), &message(id, time));
        Tombstone { time, signature }
    }

    pub(crate) fn chain_id(&self) -> u64 {
        self.chain_id
    }
}

impl fmt::Debug for Signing {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Signing {{ chain_id: {} }}", self.chain_id)
    }
}

/// A member's promise that it erased a blob.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErasureReceipt<P> {
    /// Who promises.
    pub member: P,
    /// The blob.
    pub id: ContentId,
    /// When, in unix seconds by the member's clock.
    pub time: u64,
    /// The member's signature.
    pub signature: [u8; 64],
}

impl<P: PublicKey> ErasureReceipt<P> {
    pub(crate) fn new(member: P, id: ContentId, tombstone: Tombstone) -> Self {
        let Tombstone { time, signature } = tombstone;
        Self {
            member,
            id,
            time,
            signature,
        }
    }

    /// Whether the member signed this for this chain.
    pub fn is_signed(&self, chain_id: u64) -> bool {
        let Ok(signature) = P::Signature::read(&mut Bytes::copy_from_slice(&self.signature)) else {
            return false;
        };
        let message = message(&self.id, self.time);
        self.member
            .verify(&namespace(chain_id), &message, &signature)
    }
}

/// "theriac/" || chain id (8) || "/erased"
fn namespace(chain_id: u64) -> Vec<u8> {
    let mut namespace = b"theriac/".to_vec();
    namespace.extend(chain_id.to_be_bytes());
    namespace.extend(b"/erased");
    namespace
}

/// content id (32) || time (8)
fn message(id: &ContentId, time: u64) -> [u8; 40] {
    let mut message = [0; 40];
    message[..32].copy_from_slice(&id.0);
    message[32..].copy_from_slice(&time.to_be_bytes());
    message
}
