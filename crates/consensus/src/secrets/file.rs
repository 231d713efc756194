//! The secrets of key generation in files: private, whole after a crash, destroyed when their epoch is over.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use commonware_codec::{DecodeExt, EncodeSize, Write};
use commonware_consensus::types::Epoch;
use commonware_cryptography::{
    PublicKey,
    bls12381::{dkg::feldman_desmedt::DealerPrivMsg, primitives::group::Share},
    transcript::Summary,
};
use commonware_glue::dkg::SecretStore;
use thiserror::Error;

use super::{
    durable,
    record::{self, Kind},
};

const EPOCH_PREFIX: &str = "epoch-";
const SHARE: &str = "share";
const SEED: &str = "seed";
const DEALING_PREFIX: &str = "dealing-";
const README: &str = "README";
const README_TEXT: &str = "\
This directory holds this node's shares of the network's key.

Do not back it up, copy it, or put it into a snapshot. A share that left this
directory can sign for its epoch for ever; a share that is lost is replaced at
the next epoch. A node restored elsewhere gets a new share by taking part in
the next key generation, never by copying these files.
";
const CACHE_TAG: &str = "CACHEDIR.TAG";
/// The signature line is fixed by the Cache Directory Tagging Specification; backup programs skip such directories.
const CACHE_TAG_TEXT: &str = "\
Signature: 8a477f597d28d172789f06886806bc55
# Shares of a Theriac network's key: never in a backup. See README.
";

/// A directory of secrets could not be used.
#[derive(Debug, Error)]
pub enum SecretsError {
    /// The file system refused.
    #[error(
        "secrets at {path}: {source}; check that the directory exists, is writable and has space"
    )]
    Disk {
        /// The file or directory.
        path: PathBuf,
        /// What the file system said.
        #[source]
        source: io::Error,
    },
    /// A file does not hold what it should.
    #[error(
        "secret file {path} is damaged; remove it, and this node gets a new share at the next epoch"
    )]
    Damaged {
        /// The file.
        path: PathBuf,
    },
}

/// Secrets in one directory per epoch: `epoch-N/{share,seed,dealing-KEY}`, mode 0600 under 0700.
///
/// They are not encrypted: see decision 0081.
#[derive(Clone, Debug)]
pub struct FileSecretStore {
    directory: PathBuf,
}

impl FileSecretStore {
    /// Opens the store, creating `directory` with a note and a tag that keep it out of backups.
    ///
    /// # Errors
    /// [`SecretsError::Disk`] where the directory cannot be created or closed to others.
    pub fn open(directory: impl Into<PathBuf>) -> Result<Self, SecretsError> {
        let directory = directory.into();
        durable::create_private_directory(&directory).map_err(|source| disk(&directory, source))?;
        for (name, text) in [(README, README_TEXT), (CACHE_TAG, CACHE_TAG_TEXT)] {
            let path = directory.join(name);
            durable::write_private(&path, text.as_bytes()).map_err(|source| disk(&path, source))?;
        }
        Ok(Self { directory })
    }

    /// The epochs of which something is held, in order.
    ///
    /// # Errors
    /// [`SecretsError::Disk`] where the directory cannot be read.
    pub fn epochs(&self) -> Result<Vec<Epoch>, SecretsError> {
        let entries =
            fs::read_dir(&self.directory).map_err(|source| disk(&self.directory, source))?;
        let mut epochs = Vec::new();
        for entry in entries {
            let entry = entry.map_err(|source| disk(&self.directory, source))?;
            let name = entry.file_name();
            let number = name
                .to_str()
                .and_then(|name| name.strip_prefix(EPOCH_PREFIX));
            epochs.extend(
                number
                    .and_then(|number| number.parse().ok())
                    .map(Epoch::new),
            );
        }
        epochs.sort_unstable();
        Ok(epochs)
    }

    /// Keeps this node's share of `epoch`, as the result of a ceremony.
    ///
    /// # Errors
    /// [`SecretsError::Disk`].
    pub fn keep_share(&self, epoch: Epoch, share: &Share) -> Result<(), SecretsError> {
        self.put(epoch, SHARE, Kind::Share, share)
    }

    /// Destroys all epochs below `min`: overwritten with random bytes, on disk, then unlinked.
    ///
    /// # Errors
    /// [`SecretsError::Disk`]: what was not destroyed is still there and is destroyed by the next call.
    pub fn destroy_below(&self, min: Epoch) -> Result<(), SecretsError> {
        for epoch in self.epochs()?.into_iter().filter(|epoch| *epoch < min) {
            let path = self.epoch_directory(epoch);
            durable::destroy_directory(&path).map_err(|source| disk(&path, source))?;
        }
        Ok(())
    }

    /// Destroys every epoch and removes the directory.
    ///
    /// # Errors
    /// [`SecretsError::Disk`], also where the directory holds what this store did not put there.
    pub fn destroy(self) -> Result<(), SecretsError> {
        for epoch in self.epochs()? {
            let path = self.epoch_directory(epoch);
            durable::destroy_directory(&path).map_err(|source| disk(&path, source))?;
        }
        durable::destroy_directory(&self.directory).map_err(|source| disk(&self.directory, source))
    }

    fn epoch_directory(&self, epoch: Epoch) -> PathBuf {
        self.directory
            .join(format!("{EPOCH_PREFIX}{}", epoch.get()))
    }

    fn put<T: Write + EncodeSize>(
        &self,
        epoch: Epoch,
        name: &str,
        kind: Kind,
        secret: &T,
    ) -> Result<(), SecretsError> {
        let directory = self.epoch_directory(epoch);
        if !directory.exists() {
            durable::create_private_directory(&directory)
                .map_err(|source| disk(&directory, source))?;
        }
        let path = directory.join(name);
        durable::write_private(&path, &record::seal(kind, secret))
            .map_err(|source| disk(&path, source))
    }

    fn get<T: DecodeExt<()>>(
        &self,
        epoch: Epoch,
        name: &str,
        kind: Kind,
    ) -> Result<Option<T>, SecretsError> {
        let path = self.epoch_directory(epoch).join(name);
        let Some(bytes) = durable::read_private(&path).map_err(|source| disk(&path, source))?
        else {
            return Ok(None);
        };
        record::open(kind, &bytes)
            .map(Some)
            .ok_or(SecretsError::Damaged { path })
    }
}

/// The engine's contract has no errors: going on after a lost write could make a dealer equivocate, so the node stops.
impl SecretStore for FileSecretStore {
    async fn put_share(&mut self, epoch: Epoch, share: Share) {
        or_stop(self.keep_share(epoch, &share));
    }

    async fn get_share(&mut self, epoch: Epoch) -> Option<Share> {
        or_stop(self.get(epoch, SHARE, Kind::Share))
    }

    async fn put_seed(&mut self, epoch: Epoch, seed: Summary) {
        or_stop(self.put(epoch, SEED, Kind::Seed, &seed));
    }

    async fn get_seed(&mut self, epoch: Epoch) -> Option<Summary> {
        or_stop(self.get(epoch, SEED, Kind::Seed))
    }

    async fn put_dealing<P: PublicKey>(&mut self, epoch: Epoch, dealer: P, private: DealerPrivMsg) {
        or_stop(self.put(epoch, &dealing_name(&dealer), Kind::Dealing, &private));
    }

    async fn get_dealing<P: PublicKey>(
        &mut self,
        epoch: Epoch,
        dealer: &P,
    ) -> Option<DealerPrivMsg> {
        or_stop(self.get(epoch, &dealing_name(dealer), Kind::Dealing))
    }

    async fn prune(&mut self, min: Epoch) {
        or_stop(self.destroy_below(min));
    }
}

fn dealing_name<P: PublicKey>(dealer: &P) -> String {
    format!("{DEALING_PREFIX}{}", hex::encode(dealer.as_ref()))
}

fn disk(path: &Path, source: io::Error) -> SecretsError {
    SecretsError::Disk {
        path: path.to_owned(),
        source,
    }
}

fn or_stop<T>(result: Result<T, SecretsError>) -> T {
    match result {
        Ok(value) => value,
        Err(error) => panic!("the node stops rather than go on without its secrets: {error}"),
    }
}

#[cfg(test)]
mod tests;
