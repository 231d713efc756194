//! Proof that one operation of the log is active.

use super::{
    mountains::{mountains, root},
    path::{CHUNK_HEIGHT, peak},
};
use crate::digest::sha256;
use alloy_primitives::B256;

/// The most operations that a log can hold.
pub const MAX_LEAVES: u64 = 1 << 62;

/// That an operation stands in the log and is active.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperationProof {
    /// Index of the operation in the log.
    pub location: u64,
    /// Activity bits of the 256 operations around it: bit `location % 8` of byte `location % 256 / 8` is its own.
    pub chunk: [u8; 32],
    /// Operations in the log.
    pub leaves: u64,
    /// Peaks wholly below the inactivity floor, which the root commits to.
    pub inactive_peaks: u64,
    /// Peaks and siblings, in the order that `docs/protocol/evidence.md` gives.
    pub digests: Vec<B256>,
    /// SHA-256 of the last chunk, where it is not full.
    pub partial_chunk: Option<B256>,
    /// Root of the log without activity bits.
    pub ops_root: B256,
}

/// Why a proof of state does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProofFailure {
    /// The location is not in the log, or the log is larger than one can be.
    #[error("operation {location} is not in a log of {leaves}")]
    OutOfRange {
        /// The location.
        location: u64,
        /// Operations in the log.
        leaves: u64,
    },
    /// The bit of the operation is not set.
    #[error("operation {location} is not active")]
    Inactive {
        /// The location.
        location: u64,
    },
    /// More peaks are said to be inactive than there are.
    #[error("got {got} inactive peaks, expected at most {peaks}")]
    InactivePeaks {
        /// What the proof says.
        got: u64,
        /// Peaks of the log.
        peaks: usize,
    },
    /// The count of hashes is not the one that location and size ask for.
    #[error("got {got} hashes, expected {expected}")]
    DigestCount {
        /// Hashes in the proof.
        got: usize,
        /// Hashes that are needed.
        expected: usize,
    },
    /// The hash of the last chunk is missing, superfluous or not that of the chunk.
    #[error("the hash of the last chunk does not fit")]
    PartialChunk,
    /// The key lies outside the gap that the proof shows.
    #[error("the key does not lie between {after} and {before}")]
    OutsideGap {
        /// The active key before the gap.
        after: B256,
        /// The active key after the gap.
        before: B256,
    },
    /// The proof leads to another root.
    #[error("got root {got}, expected {expected}")]
    Root {
        /// What the proof leads to.
        got: B256,
        /// The state root of the header.
        expected: B256,
    },
}

/// How `digests` is divided.
struct Layout {
    own: usize,
    height: usize,
    prefix: usize,
    suffix: usize,
    forward: usize,
}

impl OperationProof {
    /// Checks that the operation with these bytes is active under `state_root`.
    ///
    /// # Errors
    /// See [`ProofFailure`].
    pub(super) fn verify(&self, operation: &[u8], state_root: &B256) -> Result<(), ProofFailure> {
        let Self {
            location, leaves, ..
        } = *self;
        if location >= leaves || leaves > MAX_LEAVES {
            return Err(ProofFailure::OutOfRange { location, leaves });
        }
        let bit = location as usize % 256;
        if self.chunk[bit / 8] >> (bit % 8) & 1 == 0 {
            return Err(ProofFailure::Inactive { location });
        }
        self.check_partial_chunk()?;
        let got = self.combine(&self.grafted_root(operation)?);
        if got != *state_root {
            return Err(ProofFailure::Root {
                got,
                expected: *state_root,
            });
        }
        Ok(())
    }

    fn check_partial_chunk(&self) -> Result<(), ProofFailure> {
        let last = self.leaves >> CHUNK_HEIGHT;
        let fits = match self.partial_chunk {
            None => self.bits_of_last_chunk() == 0,
            Some(_) if self.bits_of_last_chunk() == 0 => false,
            Some(digest) if self.location >> CHUNK_HEIGHT == last => {
                digest == sha256(&[&self.chunk])
            }
            Some(_) => true,
        };
        if fits {
            Ok(())
        } else {
            Err(ProofFailure::PartialChunk)
        }
    }

    fn bits_of_last_chunk(&self) -> u64 {
        self.leaves % (1 << CHUNK_HEIGHT)
    }

    /// The root of the log in which the node over each chunk is joined with the chunk.
    fn grafted_root(&self, operation: &[u8]) -> Result<B256, ProofFailure> {
        let mountains = mountains(self.leaves);
        let own = mountains.partition_point(|mountain| mountain.first_leaf <= self.location) - 1;
        let layout = self.layout(own, mountains.len(), mountains[own].height as usize)?;
        let (before, rest) = self.digests.split_at(layout.prefix);
        let (after, siblings) = rest.split_at(layout.suffix);
        debug_assert_eq!((layout.own, siblings.len()), (own, layout.height));
        let peak = peak(
            mountains[own],
            self.location,
            operation,
            (&self.chunk, siblings),
        );
        let peaks: Vec<_> = before.iter().chain([&peak]).chain(after).copied().collect();
        Ok(root(
            self.leaves,
            self.inactive_peaks,
            layout.forward,
            &peaks,
        ))
    }

    /// Inactive peaks before the own one come folded into one, other peaks before it singly; after it inactive
    /// peaks singly and active ones folded into one.
    fn layout(&self, own: usize, peaks: usize, height: usize) -> Result<Layout, ProofFailure> {
        let inactive = usize::try_from(self.inactive_peaks)
            .ok()
            .filter(|inactive| *inactive <= peaks)
            .ok_or(ProofFailure::InactivePeaks {
                got: self.inactive_peaks,
                peaks,
            })?;
        let folded = inactive.min(own);
        let prefix = own - folded + usize::from(folded > 0);
        let after = peaks - own - 1;
        let single = inactive.saturating_sub(own + 1).min(after);
        let suffix = single + usize::from(after > single);
        let expected = prefix + suffix + height;
        if self.digests.len() != expected {
            return Err(ProofFailure::DigestCount {
                got: self.digests.len(),
                expected,
            });
        }
        let forward = if folded == 0 {
            inactive
        } else {
            inactive - folded + 1
        };
        Ok(Layout {
            own,
            height,
            prefix,
            suffix,
            forward,
        })
    }

    /// `sha256(ops root || grafted root [|| bits of the last chunk || its hash])`.
    fn combine(&self, grafted: &B256) -> B256 {
        let bits = self.bits_of_last_chunk().to_be_bytes();
        match &self.partial_chunk {
            None => sha256(&[self.ops_root.as_slice(), grafted.as_slice()]),
            Some(digest) => sha256(&[
                self.ops_root.as_slice(),
                grafted.as_slice(),
                &bits,
                digest.as_slice(),
            ]),
        }
    }
}
