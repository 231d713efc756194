//! One keeper's partials for one opening, encrypted to the requester's one-time key and signed by the keeper.

use super::{Fault, MAX_SEALS, PARTIAL_BYTES, Partial, SealError};
use crate::content::TAG_BYTES;
use crate::decode::{DecodeError, Reader};
use crate::wrap::{Suite, hybrid};
use crate::{PrivateKey, PublicKey};
use commonware_codec::{Copying, DecodeExt, Encode};
use commonware_cryptography::{Signer, Verifier, ed25519};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

const VERSION: u8 = 1;
const INFO: &[u8] = b"theriac/partials/v1";
const SIGNATURE_BYTES: usize = 64;
/// Version and count.
const PREFIX_BYTES: usize = 1 + 2;

/// What a message is bound to; under any other it neither verifies nor opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartialsContext {
    /// The network.
    pub chain_id: u64,
    /// The number of the opening.
    pub opening: u64,
    /// The epoch of the share that signed.
    pub epoch: u64,
    /// The keeper's identity key.
    pub keeper: [u8; 32],
    /// `keccak256(abi.encode(bytes32[]))` of the opening's seal ids.
    pub seals_root: [u8; 32],
}

impl PartialsContext {
    /// Version 1, chain id u64, opening u64, epoch u64, keeper, seals root; integers big-endian.
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = vec![VERSION];
        bytes.extend(self.chain_id.to_be_bytes());
        bytes.extend(self.opening.to_be_bytes());
        bytes.extend(self.epoch.to_be_bytes());
        bytes.extend(self.keeper);
        bytes.extend(self.seals_root);
        bytes
    }

    /// The namespace of keepers' identity signatures, which are no signatures of a share.
    fn namespace(&self) -> Vec<u8> {
        let chain_id = self.chain_id.to_be_bytes();
        [b"theriac/".as_slice(), &chain_id, b"/partials"].concat()
    }
}

/// A keeper's answer to one opening.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartialsMessage {
    suite: Suite,
    encapsulated: Vec<u8>,
    sealed: Vec<u8>,
    signature: [u8; SIGNATURE_BYTES],
}

impl PartialsMessage {
    /// Encrypts partials, in the order of the opening's seals, to the requester's key, and signs that as `identity`.
    ///
    /// # Errors
    /// [`SealError::BadPublicKey`], [`SealError::TooManySeals`].
    pub fn new(
        partials: &[Partial],
        requester: &PublicKey,
        context: &PartialsContext,
        identity: &ed25519::PrivateKey,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, SealError> {
        if partials.len() > MAX_SEALS {
            return Err(SealError::TooManySeals {
                max: MAX_SEALS,
                got: partials.len(),
            });
        }
        let mut plaintext = Zeroizing::new(vec![VERSION]);
        plaintext.extend((partials.len() as u16).to_be_bytes());
        for partial in partials {
            plaintext.extend(partial.encode());
        }
        let (encapsulated, sealed) =
            hybrid::seal(requester, INFO, &plaintext, &context.encode(), rng)?;
        let mut message = Self {
            suite: requester.suite(),
            encapsulated,
            sealed,
            signature: [0; SIGNATURE_BYTES],
        };
        let signature = identity.sign(&context.namespace(), &message.signed(context));
        message.signature.copy_from_slice(&signature.encode());
        Ok(message)
    }

    /// Version 1, suite byte, encapsulated key, length of the sealed partials u32, sealed partials, signature.
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = self.unsigned();
        bytes.extend(self.signature);
        bytes
    }

    /// Decodes exactly one message.
    ///
    /// # Errors
    /// [`SealError::Encoding`].
    pub fn decode(bytes: &[u8]) -> Result<Self, SealError> {
        let mut reader = Reader::new(bytes);
        reader.version(VERSION)?;
        let suite = Suite::decode(reader.u8()?)?;
        let encapsulated = reader.bytes(suite.encapsulated_bytes())?.to_vec();
        let length = reader.u32()? as usize;
        let partials = length.checked_sub(PREFIX_BYTES + TAG_BYTES);
        if !partials.is_some_and(|bytes| {
            bytes.is_multiple_of(PARTIAL_BYTES) && bytes / PARTIAL_BYTES <= MAX_SEALS
        }) {
            return Err(DecodeError::NotCanonical {
                field: "length of the partials",
            }
            .into());
        }
        let sealed = reader.bytes(length)?.to_vec();
        let signature = reader.array()?;
        reader.finish()?;
        Ok(Self {
            suite,
            encapsulated,
            sealed,
            signature,
        })
    }

    /// Bytes of the longest message.
    pub const fn max_bytes() -> usize {
        let partials = PREFIX_BYTES + MAX_SEALS * PARTIAL_BYTES + TAG_BYTES;
        2 + 1_120 + 4 + partials + SIGNATURE_BYTES
    }

    /// Whether the keeper of `context` signed this message for that opening and epoch.
    pub fn is_signed(&self, context: &PartialsContext) -> bool {
        let keeper = ed25519::PublicKey::decode(Copying(&context.keeper));
        let signature = ed25519::Signature::decode(Copying(&self.signature));
        let (Ok(keeper), Ok(signature)) = (keeper, signature) else {
            return false;
        };
        keeper.verify(&context.namespace(), &self.signed(context), &signature)
    }

    /// The partials, with the one-time key to which they were encrypted. Blame is laid only where the keeper signed.
    ///
    /// # Errors
    /// [`Fault::NotSigned`], [`Fault::DoesNotOpen`], [`Fault::WrongCount`].
    pub fn open(&self, key: &PrivateKey, context: &PartialsContext) -> Result<Vec<Partial>, Fault> {
        if !self.is_signed(context) {
            return Err(Fault::NotSigned);
        }
        if self.suite != key.suite() {
            return Err(Fault::DoesNotOpen);
        }
        let parts = (self.encapsulated.as_slice(), self.sealed.as_slice());
        let plaintext =
            hybrid::open(key, INFO, parts, &context.encode()).map_err(|_| Fault::DoesNotOpen)?;
        read(&plaintext).map_err(|_| Fault::WrongCount)
    }

    fn unsigned(&self) -> Vec<u8> {
        let mut bytes = vec![VERSION, self.suite.id()];
        bytes.extend(&self.encapsulated);
        bytes.extend((self.sealed.len() as u32).to_be_bytes());
        bytes.extend(&self.sealed);
        bytes
    }

    fn signed(&self, context: &PartialsContext) -> Vec<u8> {
        [context.encode(), self.unsigned()].concat()
    }
}

fn read(plaintext: &[u8]) -> Result<Vec<Partial>, SealError> {
    let mut reader = Reader::new(plaintext);
    reader.version(VERSION)?;
    let count = usize::from(reader.u16()?);
    if count > MAX_SEALS {
        return Err(DecodeError::NotCanonical {
            field: "number of partials",
        }
        .into());
    }
    let partials = (0..count)
        .map(|_| Partial::decode(&reader.array()?))
        .collect::<Result<Vec<_>, _>>()?;
    reader.finish()?;
    Ok(partials)
}
