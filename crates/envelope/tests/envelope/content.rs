//! Content: what was encrypted comes back, and nothing else does.

use crate::support::{SeededRng, document};
use theriac_envelope::content::{HEADER_BYTES, TAG_BYTES, ciphertext_length, locate};
use theriac_envelope::{
    CHUNK_BYTES, ContentError, ContentId, ContentTree, Decryptor, Encrypted, MAX_CIPHERTEXT_BYTES,
    MAX_PLAINTEXT_BYTES, RecordSecret, decrypt, decrypt_chunk, decrypt_stream, encrypt,
    encrypt_stream,
};

/// Plaintext bytes at which a second, and a third, chunk begins.
pub(crate) const FIRST: usize = CHUNK_BYTES - TAG_BYTES - HEADER_BYTES;
pub(crate) const SECOND: usize = FIRST + CHUNK_BYTES - TAG_BYTES;

pub(crate) fn encrypted(length: usize) -> Encrypted {
    encrypt(&document(length), &mut SeededRng::new(1)).expect("encrypts")
}

pub(crate) fn chunks(ciphertext: &[u8]) -> Vec<&[u8]> {
    ciphertext.chunks(CHUNK_BYTES).collect()
}

#[test]
fn a_document_of_any_length_comes_back() {
    for length in [
        0,
        1,
        15,
        16,
        17,
        FIRST - 1,
        FIRST,
        FIRST + 1,
        SECOND - 1,
        SECOND,
        SECOND + 1,
    ] {
        let Encrypted { ciphertext, secret } = encrypted(length);
        assert_eq!(
            ciphertext.len() as u64,
            ciphertext_length(length as u64),
            "{length}"
        );
        assert_eq!(secret.content_id(), ContentId::of(&ciphertext));
        assert_eq!(
            decrypt(&ciphertext, &secret).expect("decrypts").as_slice(),
            document(length),
            "{length}"
        );
    }
}

#[test]
fn a_stream_gives_the_same_bytes_as_the_whole_however_it_is_cut() {
    let plaintext = document(SECOND + 5);
    let whole = encrypt(&plaintext, &mut SeededRng::new(7)).expect("encrypts");
    for piece in [1000, CHUNK_BYTES, CHUNK_BYTES + 1, plaintext.len()] {
        let mut stream = encrypt_stream(plaintext.chunks(piece), &mut SeededRng::new(7));
        let streamed: Vec<u8> = stream
            .by_ref()
            .flat_map(|chunk| chunk.expect("encrypts"))
            .collect();
        let secret = stream.into_secret().expect("the stream has ended");
        assert!(streamed == whole.ciphertext, "pieces of {piece}");
        assert_eq!(secret.encode(), whole.secret.encode());
        let opened = decrypt_stream(chunks(&streamed), &secret);
        let opened: Vec<u8> = opened
            .flat_map(|chunk| chunk.expect("decrypts").to_vec())
            .collect();
        assert!(opened == plaintext);
    }
}

#[test]
fn an_empty_stream_is_an_empty_document() {
    let mut stream = encrypt_stream([[0; 0]; 3], &mut SeededRng::new(7));
    let ciphertext = stream.next().expect("one chunk").expect("encrypts");
    assert!(stream.next().is_none());
    let secret = stream.into_secret().expect("the stream has ended");
    assert_eq!(
        (ciphertext.len(), secret.length()),
        (HEADER_BYTES + TAG_BYTES, 0)
    );
    assert!(decrypt(&ciphertext, &secret).expect("decrypts").is_empty());
}

#[test]
fn two_encryptions_share_neither_key_nor_ciphertext() {
    let mut rng = SeededRng::new(3);
    let first = encrypt(b"the same", &mut rng).expect("encrypts");
    let second = encrypt(b"the same", &mut rng).expect("encrypts");
    assert_ne!(
        first.ciphertext[HEADER_BYTES..],
        second.ciphertext[HEADER_BYTES..]
    );
    assert_ne!(first.secret.commitment(), second.secret.commitment());
    assert_eq!(
        decrypt(&first.ciphertext, &second.secret).err(),
        Some(ContentError::HeaderMismatch)
    );
}

#[test]
fn a_decryptor_that_failed_stays_failed() {
    let Encrypted { ciphertext, secret } = encrypted(40);
    let mut decryptor = Decryptor::new(&secret);
    assert!(decryptor.open(&ciphertext[1..]).is_err());
    assert_eq!(
        decryptor.open(&ciphertext).err(),
        Some(ContentError::StreamOver)
    );
    assert_eq!(decryptor.finish(), Err(ContentError::StreamOver));
}

#[test]
fn a_range_is_read_from_one_chunk_and_its_path() {
    let Encrypted { ciphertext, secret } = encrypted(SECOND + 5);
    let tree = ContentTree::of(&ciphertext);
    for position in [0, FIRST - 1, FIRST, SECOND - 1, SECOND, SECOND + 4] {
        let (index, within) = locate(position as u64);
        let chunk = chunks(&ciphertext)[index as usize];
        tree.path(index)
            .expect("a path")
            .verify(&secret.content_id(), chunk)
            .expect("proven");
        let plaintext = decrypt_chunk(chunk, index, &secret).expect("decrypts");
        assert_eq!(plaintext[within], (position % 251) as u8, "{position}");
    }
    let beyond = decrypt_chunk(&[], 3, &secret).err();
    assert_eq!(
        beyond,
        Some(ContentError::ChunkLength {
            index: 3,
            expected: 0,
            got: 0
        })
    );
}

#[test]
fn the_largest_content_is_exactly_64_gib() {
    assert_eq!(MAX_CIPHERTEXT_BYTES, 64 << 30);
    assert_eq!(ciphertext_length(MAX_PLAINTEXT_BYTES), MAX_CIPHERTEXT_BYTES);
    assert_eq!(ciphertext_length(0), 32);
    assert_eq!(
        locate(MAX_PLAINTEXT_BYTES - 1),
        (65_535, CHUNK_BYTES - TAG_BYTES - 1)
    );
    let mut bytes = encrypted(1).secret.encode().to_vec();
    bytes[113..].copy_from_slice(&(MAX_PLAINTEXT_BYTES + 1).to_be_bytes());
    assert!(RecordSecret::decode(&bytes).is_err());
}

#[test]
fn a_secret_decodes_only_from_its_own_encoding_and_never_prints_its_key() {
    let secret = encrypted(9).secret;
    let bytes = secret.encode();
    assert_eq!(
        RecordSecret::decode(&bytes[..]).expect("decodes").encode(),
        bytes
    );
    (0..bytes.len()).for_each(|end| assert!(RecordSecret::decode(&bytes[..end]).is_err()));
    assert!(RecordSecret::decode(&[&bytes[..], &[0]].concat()).is_err());
    // Version, magic, format, cipher and chunk size; the reserved bytes after the nonce prefix.
    for position in (0..8).chain(15..17) {
        let mut wrong = bytes.to_vec();
        wrong[position] ^= 0x40;
        assert!(RecordSecret::decode(&wrong).is_err(), "{position}");
    }
    let printed = format!("{secret:?}");
    assert!(
        !printed.contains(&hex::encode(&bytes[17..49]))
            && !printed.contains("data_key")
            && !printed.contains("salt")
    );
}
