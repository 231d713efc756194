//! Encrypts a document, whole or as it streams by, holding at most one chunk.

use super::cipher::{ChunkCipher, Place};
use super::header::Header;
use super::layout::{CHUNK_BYTES, MAX_PLAINTEXT_BYTES, TAG_BYTES, capacity, ciphertext_length};
use super::{ContentError, HEADER_BYTES, RecordSecret};
use crate::ContentHasher;
use rand_core::CryptoRng;
use zeroize::{Zeroize, Zeroizing};

/// A ciphertext and what opens it.
#[derive(Debug)]
pub struct Encrypted {
    /// For the vault.
    pub ciphertext: Vec<u8>,
    /// For its readers, wrapped.
    pub secret: RecordSecret,
}

/// Encrypts a document held in memory under a fresh key.
///
/// # Errors
/// [`ContentError::TooLarge`] above [`MAX_PLAINTEXT_BYTES`].
pub fn encrypt(plaintext: &[u8], rng: &mut impl CryptoRng) -> Result<Encrypted, ContentError> {
    let length = plaintext.len() as u64;
    if length > MAX_PLAINTEXT_BYTES {
        return Err(ContentError::TooLarge {
            max: MAX_PLAINTEXT_BYTES,
        });
    }
    let mut encryptor = Encryptor::new(rng);
    let mut ciphertext = Vec::with_capacity(ciphertext_length(length) as usize);
    let mut rest = plaintext;
    while !rest.is_empty() {
        let (chunk, taken) = encryptor.push(rest)?;
        chunk.into_iter().for_each(|chunk| ciphertext.extend(chunk));
        rest = &rest[taken..];
    }
    let (last, secret) = encryptor.finish();
    ciphertext.extend(last);
    Ok(Encrypted { ciphertext, secret })
}

/// Encrypts a document piece by piece. The key is drawn when it is made and serves this one document.
pub struct Encryptor {
    cipher: ChunkCipher,
    header: Header,
    data_key: Zeroizing<[u8; 32]>,
    salt: Zeroizing<[u8; 32]>,
    hasher: ContentHasher,
    index: u32,
    length: u64,
    /// Plaintext of the chunk being filled.
    body: Zeroizing<Vec<u8>>,
}

impl Encryptor {
    /// Draws, in this order, the data key (32 bytes), the commitment salt (32) and the nonce prefix (7).
    pub fn new(rng: &mut impl CryptoRng) -> Self {
        let mut data_key = Zeroizing::new([0; 32]);
        let mut salt = Zeroizing::new([0; 32]);
        let mut header = Header { prefix: [0; 7] };
        rng.fill_bytes(&mut data_key[..]);
        rng.fill_bytes(&mut salt[..]);
        rng.fill_bytes(&mut header.prefix);
        Self {
            cipher: ChunkCipher::new(&data_key, &header),
            header,
            data_key,
            salt,
            hasher: ContentHasher::new(),
            index: 0,
            length: 0,
            // The full size at once: growing would leave copies of the plaintext in freed memory.
            body: Zeroizing::new(Vec::with_capacity(CHUNK_BYTES)),
        }
    }

    /// Takes bytes from the front of `plaintext`, at least one of a non-empty piece. Returns the chunk that they
    /// completed, if any, and how many bytes were taken; call again with the rest.
    ///
    /// # Errors
    /// [`ContentError::TooLarge`] above [`MAX_PLAINTEXT_BYTES`].
    pub fn push(&mut self, plaintext: &[u8]) -> Result<(Option<Vec<u8>>, usize), ContentError> {
        if plaintext.is_empty() {
            return Ok((None, 0));
        }
        // The largest plaintext fills its last chunk, so a byte more is always the first of a chunk too many.
        if self.length == MAX_PLAINTEXT_BYTES {
            return Err(ContentError::TooLarge {
                max: MAX_PLAINTEXT_BYTES,
            });
        }
        // A full chunk waits until it is known that another byte follows: only the last one is marked last.
        let chunk = (self.body.len() == capacity(self.index)).then(|| self.seal_chunk(false));
        let taken = plaintext.len().min(capacity(self.index) - self.body.len());
        self.body.extend_from_slice(&plaintext[..taken]);
        self.length += taken as u64;
        Ok((chunk, taken))
    }

    /// The last chunk and the secret of the record.
    pub fn finish(mut self) -> (Vec<u8>, RecordSecret) {
        let last = self.seal_chunk(true);
        let Self {
            header,
            data_key,
            salt,
            hasher,
            length,
            ..
        } = self;
        let content_id = hasher.finish().id;
        (
            last,
            RecordSecret {
                header,
                data_key,
                salt,
                content_id,
                length,
            },
        )
    }

    fn seal_chunk(&mut self, is_last: bool) -> Vec<u8> {
        let mut chunk = Vec::with_capacity(HEADER_BYTES + self.body.len() + TAG_BYTES);
        if self.index == 0 {
            chunk.extend(self.header.encode());
        }
        let start = chunk.len();
        chunk.extend_from_slice(&self.body);
        let tag = self.cipher.seal(
            Place {
                index: self.index,
                is_last,
            },
            &mut chunk[start..],
        );
        chunk.extend(tag);
        self.hasher.update(&chunk);
        self.body.zeroize();
        self.index += u32::from(!is_last);
        chunk
    }
}

/// Encrypts pieces of any size as they come.
pub fn encrypt_stream<I>(pieces: I, rng: &mut impl CryptoRng) -> EncryptedChunks<I::IntoIter>
where
    I: IntoIterator,
    I::Item: AsRef<[u8]>,
{
    EncryptedChunks {
        pieces: pieces.into_iter(),
        piece: Zeroizing::new(Vec::new()),
        taken: 0,
        encryptor: Some(Encryptor::new(rng)),
        secret: None,
    }
}

/// The ciphertext chunks of a stream; at its end, its secret.
pub struct EncryptedChunks<I> {
    pieces: I,
    piece: Zeroizing<Vec<u8>>,
    taken: usize,
    encryptor: Option<Encryptor>,
    secret: Option<RecordSecret>,
}

impl<I> EncryptedChunks<I> {
    /// The secret of the record, once the last chunk was taken.
    pub fn into_secret(self) -> Option<RecordSecret> {
        self.secret
    }
}

impl<I> Iterator for EncryptedChunks<I>
where
    I: Iterator,
    I::Item: AsRef<[u8]>,
{
    type Item = Result<Vec<u8>, ContentError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if self.taken == self.piece.len() {
                let Some(piece) = self.pieces.next() else {
                    let (last, secret) = self.encryptor.take()?.finish();
                    self.secret = Some(secret);
                    return Some(Ok(last));
                };
                self.piece = Zeroizing::new(piece.as_ref().to_vec());
                self.taken = 0;
                continue;
            }
            match self.encryptor.as_mut()?.push(&self.piece[self.taken..]) {
                Ok((chunk, taken)) => {
                    self.taken += taken;
                    if let Some(chunk) = chunk {
                        return Some(Ok(chunk));
                    }
                }
                Err(error) => {
                    self.encryptor = None;
                    return Some(Err(error));
                }
            }
        }
    }
}
