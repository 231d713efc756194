//! What no vault on this machine could pass: the cost of AES-GCM, hashing and coding alone, on one core.

use super::process::own;
use anyhow::ensure;
use std::hint::black_box;
use theriac_envelope::{CHUNK_BYTES, ContentHasher, decrypt, encrypt};
use theriac_vault::Coding;

/// Rounds of one measurement; CPU time is counted in hundredths of a second.
const ROUNDS: usize = 256;

/// CPU seconds for each MB of content.
#[derive(Clone, Copy, Debug)]
pub(super) struct Costs {
    /// AES-256-GCM STREAM with the hash of the ciphertext, as a client does when it adds.
    pub(super) encrypt: f64,
    /// The same when it reads.
    pub(super) decrypt: f64,
    /// SHA-256 over the content.
    pub(super) hash: f64,
    /// Reed-Solomon over four members.
    pub(super) encode: f64,
}

/// Measures them.
///
/// # Errors
/// Where CPU time cannot be read.
pub(super) fn costs() -> anyhow::Result<Costs> {
    let chunk: Vec<u8> = (0..CHUNK_BYTES).map(|at| (at % 251) as u8).collect();
    let coding = Coding::over(4).expect("four members");
    let hash = || {
        let mut hasher = ContentHasher::new();
        hasher.update(&chunk);
        black_box(hasher.finish());
    };
    let sealed = encrypt(&chunk, &mut rand::rng())?;
    Ok(Costs {
        encrypt: seconds(|| drop(black_box(encrypt(&chunk, &mut rand::rng()))))?,
        decrypt: seconds(|| drop(black_box(decrypt(&sealed.ciphertext, &sealed.secret))))?,
        hash: seconds(hash)?,
        encode: seconds(|| drop(black_box(coding.encode(&chunk))))?,
    })
}

/// CPU seconds of one round over a chunk, for each MB.
fn seconds(mut round: impl FnMut()) -> anyhow::Result<f64> {
    round();
    let (before, _) = own()?;
    for _ in 0..ROUNDS {
        round();
    }
    let (after, _) = own()?;
    ensure!(after > before, "nothing was measured");
    Ok((after - before) / (ROUNDS * CHUNK_BYTES) as f64 * 1e6)
}
