//! Records encrypted where they are made: content, key wraps, a person's keys.
//!
//! Pure: no I/O, no clock, no randomness of its own. Every byte format here is specified in `docs/protocol/envelope.md` and
//! `docs/protocol/seal.md`, so that another implementation can read what this one writes. Seals need a pairing library in C
//! and are absent from the build for browsers.
//!
//! ```text
//! document --encrypt--> ciphertext + RecordSecret      ciphertext, wraps, public keys: to the vault, named by ContentId
//! RecordSecret --wrap(public key, context)--> Wrap     Commitment and the ids: to the ledger
//! RecordSecret --seal(group key, context)--> Sealed    partials of q keepers open it
//! ```

pub mod commitment;
pub mod content;
pub mod content_id;
mod decode;
pub mod held;
pub mod keys;
#[cfg(not(target_arch = "wasm32"))]
pub mod seal;
pub mod wrap;

pub use commitment::Commitment;
pub use content::{
    CHUNK_BYTES, ContentError, DecryptedChunks, Decryptor, Encrypted, EncryptedChunks, Encryptor,
    Header, MAX_CHUNKS, MAX_CIPHERTEXT_BYTES, MAX_PLAINTEXT_BYTES, RecordSecret, decrypt,
    decrypt_chunk, decrypt_stream, encrypt, encrypt_stream,
};
pub use content_id::{ChunkPath, Content, ContentHasher, ContentId, ContentTree, PathError};
pub use decode::DecodeError;
pub use held::{DoesNotDecrypt, HELD_OVERHEAD, HeldKey};
pub use keys::{KeyError, PrivateKey, PublicKey};
pub use wrap::{Purpose, Suite, Wrap, WrapContext, WrapEntry, WrapError, WrapSet, unwrap, wrap};
