//! Opens the vault, with its finished files in a bucket where the node's directory has a `bucket.json`.

use anyhow::{Context as _, bail, ensure};
use serde::Deserialize;
use std::{
    collections::BTreeMap,
    env, fs,
    io::ErrorKind,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    sync::Arc,
};
use theriac_consensus::genesis::NodeDirectory;
use theriac_ledger::block::PublicKey;
use theriac_vault::{Bucket, BucketConfig, BucketKey, Folder, Limits, Objects as _, Store};
use zeroize::Zeroizing;

const VERSION: u32 = 1;
const KEY_ID: &str = "AWS_ACCESS_KEY_ID";
const KEY_SECRET: &str = "AWS_SECRET_ACCESS_KEY";

/// The content of `bucket.json`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Document {
    version: u32,
    /// `https://HOST[:PORT]`; `http://` for this machine alone.
    endpoint: String,
    region: String,
    bucket: String,
    /// What the names of this node's files begin with; none where the bucket is this node's alone.
    #[serde(default)]
    prefix: String,
    /// A file with the key, of mode 0600, in the form of the environment's variables; these where absent.
    key_file: Option<PathBuf>,
}

/// Opens the vault of a node, and takes what the bucket has below the prefix for that node's alone. Blocks.
///
/// # Errors
/// Where `bucket.json` or the key cannot be used, the bucket refuses or is away, or files would be left behind in the folder.
pub(super) fn open_vault(directory: &NodeDirectory, node: &PublicKey) -> anyhow::Result<Store> {
    let vault = directory.vault();
    let path = directory.bucket();
    let json = match fs::read(&path) {
        Ok(json) => json,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Ok(Store::open(&vault, Limits::default())?);
        }
        Err(error) => return Err(error).with_context(|| path.display().to_string()),
    };
    let document = read(&json).with_context(|| format!("the file {}", path.display()))?;
    ensure!(
        is_empty(&vault)?,
        "{} names a bucket, but {} holds blobs: move its folders blobs and shards into the bucket below the prefix, \
         or remove them, and the members make the node's shards anew",
        path.display(),
        vault.display()
    );
    let key = key(document.key_file.as_deref())?;
    let config = BucketConfig::new(document.endpoint, document.region, document.bucket)
        .with_prefix(document.prefix);
    fs::create_dir_all(&vault).context("the vault's folder")?;
    let scratch = directory.root().join("bucket.partial");
    let bucket = Bucket::open(&config, &key, (&hex::encode(node), &scratch));
    let bucket = Arc::new(bucket.context("the bucket")?);
    tracing::info!(
        config.endpoint,
        config.bucket,
        config.prefix,
        "the vault lies in a bucket"
    );
    Ok(Store::open_with(&vault, Limits::default(), bucket)?)
}

fn read(json: &[u8]) -> anyhow::Result<Document> {
    let document: Document = serde_json::from_slice(json)?;
    let version = document.version;
    ensure!(
        version == VERSION,
        "expected version {VERSION}, got {version}"
    );
    Ok(document)
}

/// Whether the folder has no finished files, which nobody would find, nor erase, any more.
fn is_empty(vault: &Path) -> anyhow::Result<bool> {
    let folder = Folder::new(vault);
    Ok(folder.list("blobs")?.is_empty() && folder.list("shards")?.is_empty())
}

fn key(file: Option<&Path>) -> anyhow::Result<BucketKey> {
    let Some(path) = file else {
        let variable = |name| env::var(name).map(Zeroizing::new).ok();
        let (Some(id), Some(secret)) = (variable(KEY_ID), variable(KEY_SECRET)) else {
            bail!("the bucket's key is missing: set {KEY_ID} and {KEY_SECRET}, or name a keyFile");
        };
        return Ok(BucketKey {
            id: id.to_string(),
            secret,
        });
    };
    let named = || format!("the bucket's key file {}", path.display());
    let mode = fs::metadata(path).with_context(named)?.permissions().mode();
    ensure!(
        mode & 0o077 == 0,
        "{}: others may read it; give it mode 0600",
        named()
    );
    let text = Zeroizing::new(fs::read_to_string(path).with_context(named)?);
    key_of(&text).with_context(named)
}

/// Reads lines `NAME=VALUE`. What does not fit is not repeated, since it may be the key.
fn key_of(text: &str) -> anyhow::Result<BucketKey> {
    let mut values = BTreeMap::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let value = line
            .split_once('=')
            .filter(|(name, _)| [KEY_ID, KEY_SECRET].contains(name));
        let Some((name, value)) = value else {
            bail!("expected lines {KEY_ID}=... and {KEY_SECRET}=... and nothing else");
        };
        ensure!(
            values.insert(name, value).is_none(),
            "{name} is there twice"
        );
    }
    let value = |name| values.get(name).filter(|value| !value.is_empty()).copied();
    let (Some(id), Some(secret)) = (value(KEY_ID), value(KEY_SECRET)) else {
        bail!("expected both {KEY_ID}=... and {KEY_SECRET}=...");
    };
    Ok(BucketKey {
        id: id.to_owned(),
        secret: Zeroizing::new(secret.to_owned()),
    })
}

#[cfg(test)]
mod tests;
