//! Content that was cut, lengthened, mixed or altered is refused by name.

use crate::content::{FIRST, SECOND, chunks, encrypted};
use crate::support::{SeededRng, document};
use theriac_envelope::content::HEADER_BYTES;
use theriac_envelope::{
    CHUNK_BYTES, ContentError, ContentId, Encrypted, RecordSecret, decrypt, decrypt_stream, encrypt,
};

/// The first error of decrypting these chunks as a stream.
fn stream_error(chunks: &[&[u8]], secret: &RecordSecret) -> Option<ContentError> {
    decrypt_stream(chunks.iter(), secret).find_map(Result::err)
}

#[test]
fn truncation_is_refused() {
    let Encrypted { ciphertext, secret } = encrypted(SECOND + 5);
    let expected = ciphertext.len() as u64;
    for got in [0, 1, CHUNK_BYTES, 2 * CHUNK_BYTES, ciphertext.len() - 1] {
        let error = decrypt(&ciphertext[..got], &secret).err();
        assert_eq!(
            error,
            Some(ContentError::Truncated {
                expected,
                got: got as u64
            })
        );
    }
    let parts = chunks(&ciphertext);
    let got = 2 * CHUNK_BYTES as u64;
    assert_eq!(
        stream_error(&parts[..2], &secret),
        Some(ContentError::Truncated { expected, got })
    );
    assert_eq!(
        stream_error(&[], &secret),
        Some(ContentError::Truncated { expected, got: 0 })
    );
}

#[test]
fn a_cut_content_under_a_secret_of_the_cut_length_is_refused_by_the_last_chunk_flag() {
    let Encrypted { ciphertext, secret } = encrypted(FIRST + 100);
    let cut = &ciphertext[..CHUNK_BYTES];
    let forged = with_length_and_id(&secret, FIRST as u64, ContentId::of(cut));
    assert_eq!(
        decrypt(cut, &forged).err(),
        Some(ContentError::ChunkAltered { index: 0 })
    );
}

/// The secret with another length and content id, as a lying author could wrap it.
fn with_length_and_id(secret: &RecordSecret, length: u64, id: ContentId) -> RecordSecret {
    let mut bytes = secret.encode().to_vec();
    bytes[81..113].copy_from_slice(&id.0);
    bytes[113..].copy_from_slice(&length.to_be_bytes());
    RecordSecret::decode(&bytes).expect("decodes")
}

#[test]
fn extension_is_refused() {
    let Encrypted {
        mut ciphertext,
        secret,
    } = encrypted(FIRST);
    let expected = ciphertext.len() as u64;
    let stream = [ciphertext.as_slice(), &[0; 20]];
    assert_eq!(
        stream_error(&stream, &secret),
        Some(ContentError::Extended { expected })
    );
    ciphertext.push(0);
    assert_eq!(
        decrypt(&ciphertext, &secret).err(),
        Some(ContentError::Extended { expected })
    );
}

#[test]
fn reordered_duplicated_and_dropped_chunks_are_refused() {
    let Encrypted { ciphertext, secret } = encrypted(SECOND + CHUNK_BYTES);
    let parts = chunks(&ciphertext);
    let altered = |index| Some(ContentError::ChunkAltered { index });
    assert_eq!(
        stream_error(&[parts[0], parts[2], parts[1], parts[3]], &secret),
        altered(1)
    );
    assert_eq!(
        stream_error(&[parts[0], parts[1], parts[1], parts[3]], &secret),
        altered(2)
    );
    assert!(matches!(
        stream_error(&[parts[1], parts[0]], &secret),
        Some(ContentError::Header(_))
    ));
    let got = parts[3].len();
    let short = Some(ContentError::ChunkLength {
        index: 2,
        expected: CHUNK_BYTES,
        got,
    });
    assert_eq!(
        stream_error(&[parts[0], parts[1], parts[3]], &secret),
        short
    );
}

#[test]
fn a_chunk_of_another_document_is_refused() {
    let first = encrypted(SECOND);
    let second = encrypt(&document(SECOND), &mut SeededRng::new(2)).expect("encrypts");
    let mixed = [chunks(&first.ciphertext)[0], chunks(&second.ciphertext)[1]];
    assert_eq!(
        stream_error(&mixed, &first.secret),
        Some(ContentError::ChunkAltered { index: 1 })
    );
}

#[test]
fn every_flipped_bit_is_refused() {
    let Encrypted { ciphertext, secret } = encrypted(40);
    for bit in 0..ciphertext.len() * 8 {
        let mut flipped = ciphertext.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let error = decrypt(&flipped, &secret).expect_err("a flipped bit");
        match bit / 8 {
            ..HEADER_BYTES => assert!(matches!(
                error,
                ContentError::Header(_) | ContentError::HeaderMismatch
            )),
            _ => assert_eq!(error, ContentError::ChunkAltered { index: 0 }),
        }
    }
}

#[test]
fn flipped_bits_of_large_content_are_refused_in_their_chunk() {
    let Encrypted { ciphertext, secret } = encrypted(SECOND + 5);
    let mut rng = SeededRng::new(11);
    for _ in 0..8 {
        let position = HEADER_BYTES + rng.below((ciphertext.len() - HEADER_BYTES) as u64) as usize;
        let mut flipped = ciphertext.clone();
        flipped[position] ^= 1 << rng.below(8);
        let index = (position / CHUNK_BYTES) as u32;
        assert_eq!(
            decrypt(&flipped, &secret).err(),
            Some(ContentError::ChunkAltered { index })
        );
    }
}

#[test]
fn content_that_decrypts_but_is_not_the_named_one_is_refused() {
    let Encrypted { ciphertext, secret } = encrypted(40);
    let other = with_length_and_id(&secret, 40, ContentId::of(b"another"));
    assert_eq!(
        decrypt(&ciphertext, &other).err(),
        Some(ContentError::ContentIdMismatch)
    );
}
