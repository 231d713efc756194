//! Keeps proofs of double votes as files, for the members to act on.

use alloy_primitives::hex;
use anyhow::Context as _;
use commonware_codec::Encode as _;
use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};
use theriac_consensus::votes::{Accuse, Proof};

/// Writes each proof into `directory` and says so in the log. A proof that cannot be written is still told.
pub(super) fn accuse(directory: PathBuf) -> Accuse {
    Arc::new(move |proof: &Proof| {
        let (validator, statement) = (proof.validator(), proof.first.statement);
        match write(&directory, proof) {
            Ok(path) => tracing::error!(
                %validator,
                epoch = statement.epoch,
                view = statement.view,
                proof = %path.display(),
                "a validator voted twice; show the proof to the other members"
            ),
            Err(error) => tracing::error!(
                %validator,
                epoch = statement.epoch,
                view = statement.view,
                error = format!("{error:#}"),
                "a validator voted twice, and the proof cannot be written"
            ),
        }
    })
}

fn write(directory: &Path, proof: &Proof) -> anyhow::Result<PathBuf> {
    let statement = proof.first.statement;
    let validator = hex::encode(&proof.validator().encode()[..8]);
    let name = format!("{validator}-{}-{}.json", statement.epoch, statement.view);
    let path = directory.join(name);
    fs::create_dir_all(directory)
        .and_then(|()| fs::write(&path, proof.to_json()))
        .with_context(|| format!("cannot write {}", path.display()))?;
    Ok(path)
}

/// How many proofs `directory` holds.
pub(super) fn count(directory: &Path) -> u64 {
    fs::read_dir(directory).map_or(0, |entries| entries.count() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloy_primitives::B256;
    use commonware_cryptography::{Signer as _, ed25519};
    use theriac_consensus::votes::{Kind, Signed, Statement, namespace};

    #[test]
    fn a_proof_is_kept_as_a_file_that_verifies() {
        let root = tempfile::tempdir().expect("a temporary directory");
        let directory = root.path().join("double-votes");
        assert_eq!(count(&directory), 0);
        let vote = |block| {
            let statement = Statement {
                epoch: 1,
                view: 4,
                kind: Kind::Finalize,
                block: B256::repeat_byte(block),
            };
            Signed::new(&ed25519::PrivateKey::from_seed(3), &namespace(9), statement)
        };
        let proof = Proof::of(9, &vote(1), &vote(2)).expect("a double vote");
        let keep = accuse(directory.clone());
        keep(&proof);
        keep(&proof);
        assert_eq!(count(&directory), 1);
        let entry = fs::read_dir(&directory)
            .expect("there")
            .next()
            .expect("one");
        let json = fs::read(entry.expect("an entry").path()).expect("read");
        let read = Proof::parse(&json).expect("a proof");
        read.verify(9).expect("it holds");
    }
}
