//! Content: a document as AES-256-GCM STREAM chunks of 1 MiB under a key of its own.

mod cipher;
mod decrypt;
mod encrypt;
mod failure;
mod header;
mod layout;
mod secret;

pub use decrypt::{DecryptedChunks, Decryptor, decrypt, decrypt_chunk, decrypt_stream};
pub use encrypt::{Encrypted, EncryptedChunks, Encryptor, encrypt, encrypt_stream};
pub use failure::ContentError;
pub use header::{HEADER_BYTES, Header};
pub use layout::{CHUNK_BYTES, MAX_CHUNKS, MAX_CIPHERTEXT_BYTES, MAX_PLAINTEXT_BYTES, TAG_BYTES};
pub use layout::{ciphertext_length, locate};
pub use secret::{RECORD_SECRET_BYTES, RecordSecret};
