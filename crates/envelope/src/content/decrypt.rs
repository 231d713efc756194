//! Decrypts content, whole, as it streams by, or one chunk alone.

use super::cipher::{ChunkCipher, Place};
use super::layout::{TAG_BYTES, ciphertext_length};
use super::{ContentError, HEADER_BYTES, Header, RecordSecret};
use crate::content_id::{chunk_count, chunk_length};
use crate::{ContentHasher, ContentId};
use zeroize::Zeroizing;

/// Decrypts a ciphertext held in memory and checks that it is the one that the secret names.
///
/// # Errors
/// A [`ContentError`]; nothing of the plaintext is returned with it.
pub fn decrypt(
    ciphertext: &[u8],
    secret: &RecordSecret,
) -> Result<Zeroizing<Vec<u8>>, ContentError> {
    let mut decryptor = Decryptor::new(secret);
    let expected = decryptor.ciphertext_length;
    let got = ciphertext.len() as u64;
    if got < expected {
        return Err(ContentError::Truncated { expected, got });
    }
    if got > expected {
        return Err(ContentError::Extended { expected });
    }
    let mut plaintext = Zeroizing::new(Vec::with_capacity(secret.length as usize));
    for chunk in ciphertext.chunks(super::CHUNK_BYTES) {
        plaintext.extend_from_slice(&decryptor.open(chunk)?);
    }
    decryptor.finish()?;
    Ok(plaintext)
}

/// Decrypts chunk after chunk. What it returns is authenticated by the key at once; that it is the content which
/// the ledger names is known only when [`Decryptor::finish`] returns.
pub struct Decryptor {
    cipher: ChunkCipher,
    header: Header,
    content_id: ContentId,
    ciphertext_length: u64,
    hasher: ContentHasher,
    index: u32,
    received: u64,
    failed: bool,
}

impl Decryptor {
    /// A decryptor of the content that the secret names.
    pub fn new(secret: &RecordSecret) -> Self {
        Self {
            cipher: ChunkCipher::new(&secret.data_key, &secret.header),
            header: secret.header,
            content_id: secret.content_id,
            ciphertext_length: ciphertext_length(secret.length),
            hasher: ContentHasher::new(),
            index: 0,
            received: 0,
            failed: false,
        }
    }

    /// Opens the next ciphertext chunk: 1 MiB, the last one shorter.
    ///
    /// # Errors
    /// [`ContentError::Extended`], [`ContentError::ChunkLength`], [`ContentError::HeaderMismatch`] or
    /// [`ContentError::ChunkAltered`]; afterwards only [`ContentError::StreamOver`].
    pub fn open(&mut self, chunk: &[u8]) -> Result<Zeroizing<Vec<u8>>, ContentError> {
        if self.failed {
            return Err(ContentError::StreamOver);
        }
        let opened = self.open_next(chunk);
        self.failed = opened.is_err();
        opened
    }

    fn open_next(&mut self, chunk: &[u8]) -> Result<Zeroizing<Vec<u8>>, ContentError> {
        let expected = self.ciphertext_length;
        if self.received == expected {
            return Err(ContentError::Extended { expected });
        }
        let plaintext = open_chunk(&self.cipher, &self.header, (self.index, expected), chunk)?;
        self.hasher.update(chunk);
        self.received += chunk.len() as u64;
        self.index += 1;
        Ok(plaintext)
    }

    /// Checks that every chunk came and that together they have the content id that the secret names.
    ///
    /// # Errors
    /// [`ContentError::StreamOver`] after a failure, [`ContentError::Truncated`], [`ContentError::ContentIdMismatch`].
    pub fn finish(self) -> Result<(), ContentError> {
        if self.failed {
            return Err(ContentError::StreamOver);
        }
        if self.received < self.ciphertext_length {
            return Err(ContentError::Truncated {
                expected: self.ciphertext_length,
                got: self.received,
            });
        }
        if self.hasher.finish().id != self.content_id {
            return Err(ContentError::ContentIdMismatch);
        }
        Ok(())
    }
}

/// Opens chunk `index` alone, for reading a range. Prove the chunk against the content id by its
/// [`ChunkPath`](crate::ChunkPath) first; this checks the key's tag, place and length only.
///
/// # Errors
/// [`ContentError::ChunkLength`], [`ContentError::HeaderMismatch`] (chunk 0) or [`ContentError::ChunkAltered`].
pub fn decrypt_chunk(
    chunk: &[u8],
    index: u32,
    secret: &RecordSecret,
) -> Result<Zeroizing<Vec<u8>>, ContentError> {
    let cipher = ChunkCipher::new(&secret.data_key, &secret.header);
    open_chunk(
        &cipher,
        &secret.header,
        (index, ciphertext_length(secret.length)),
        chunk,
    )
}

fn open_chunk(
    cipher: &ChunkCipher,
    header: &Header,
    (index, ciphertext_length): (u32, u64),
    chunk: &[u8],
) -> Result<Zeroizing<Vec<u8>>, ContentError> {
    let expected = chunk_length(ciphertext_length, index.into()).unwrap_or(0);
    let got = chunk.len();
    if expected == 0 || got != expected {
        return Err(ContentError::ChunkLength {
            index,
            expected,
            got,
        });
    }
    let (front, sealed) = chunk.split_at(if index == 0 { HEADER_BYTES } else { 0 });
    if index == 0 && Header::decode(front).map_err(ContentError::Header)? != *header {
        return Err(ContentError::HeaderMismatch);
    }
    let (body, tag) = sealed
        .split_last_chunk::<TAG_BYTES>()
        .ok_or(ContentError::ChunkAltered { index })?;
    let is_last = u64::from(index) + 1 == chunk_count(ciphertext_length);
    let mut plaintext = Zeroizing::new(body.to_vec());
    if !cipher.open(Place { index, is_last }, &mut plaintext, tag) {
        return Err(ContentError::ChunkAltered { index });
    }
    Ok(plaintext)
}

/// Decrypts chunks as they come. The last item is an error unless the whole content was there and was the right one.
pub fn decrypt_stream<I>(chunks: I, secret: &RecordSecret) -> DecryptedChunks<I::IntoIter>
where
    I: IntoIterator,
    I::Item: AsRef<[u8]>,
{
    DecryptedChunks {
        chunks: chunks.into_iter(),
        decryptor: Some(Decryptor::new(secret)),
    }
}

/// The plaintext of each chunk of a stream.
pub struct DecryptedChunks<I> {
    chunks: I,
    decryptor: Option<Decryptor>,
}

impl<I> Iterator for DecryptedChunks<I>
where
    I: Iterator,
    I::Item: AsRef<[u8]>,
{
    type Item = Result<Zeroizing<Vec<u8>>, ContentError>;

    fn next(&mut self) -> Option<Self::Item> {
        let decryptor = self.decryptor.as_mut()?;
        let item = match self.chunks.next() {
            Some(chunk) => decryptor.open(chunk.as_ref()),
            None => match self.decryptor.take()?.finish() {
                Ok(()) => return None,
                Err(error) => Err(error),
            },
        };
        if item.is_err() {
            self.decryptor = None;
        }
        Some(item)
    }
}
