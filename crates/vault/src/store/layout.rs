//! Where files lie and how they are named.

use super::failure::{StoreError, disk};
use super::objects::sync_directory;
use crate::coding::Coding;
use crate::wire::ShardName;
use std::fs;
use std::path::{Path, PathBuf};
use theriac_envelope::ContentId;

/// The folder of whole blobs.
pub(super) const BLOBS: &str = "blobs";
/// The folder of shards.
pub(super) const SHARDS: &str = "shards";
/// The folder of marks that a blob was erased.
pub(super) const ERASED: &str = "erased";

/// The directories of a store that lie on this machine, wherever finished files lie.
pub(super) struct Layout {
    pub(super) partial: PathBuf,
    pub(super) quarantine: PathBuf,
}

impl Layout {
    /// Makes the directories and forgets what an earlier run left half written.
    pub(super) fn prepare(root: &Path) -> Result<Self, StoreError> {
        let folders = [BLOBS, SHARDS, ERASED, "partial", "quarantine"];
        for name in folders {
            fs::create_dir_all(root.join(name))
                .map_err(disk("creating the vault's directories"))?;
        }
        let layout = Self {
            partial: root.join("partial"),
            quarantine: root.join("quarantine"),
        };
        let half_written = fs::read_dir(&layout.partial);
        for file in half_written.map_err(disk("listing the vault's directories"))? {
            file.and_then(|file| fs::remove_file(file.path()))
                .map_err(disk("removing a half-written blob"))?;
        }
        sync_directory(root).map_err(disk("making a directory of the vault durable"))?;
        Ok(layout)
    }

    pub(super) fn quarantined(&self, name: &str) -> PathBuf {
        self.quarantine.join(file_name(name))
    }
}

/// The name of a whole blob.
pub(super) fn blob(id: &ContentId) -> String {
    fan_out(BLOBS, id, "")
}

/// The name of the mark that a blob was erased.
pub(super) fn tombstone(id: &ContentId) -> String {
    fan_out(ERASED, id, "")
}

/// The name of a shard.
pub(super) fn shard(id: &ContentId, shard: ShardName) -> String {
    let ShardName { coding, index } = shard;
    let place = format!(".{}.{}.{index}", coding.members(), coding.needed());
    fan_out(SHARDS, id, &place)
}

/// The folder that the shards of a blob lie in, with those of others.
pub(super) fn shard_folder(id: &ContentId) -> String {
    let name = id.to_string();
    format!("{SHARDS}/{}/{}", &name[..2], &name[2..4])
}

fn fan_out(folder: &str, id: &ContentId, end: &str) -> String {
    let name = id.to_string();
    format!("{folder}/{}/{}/{name}{end}", &name[..2], &name[2..4])
}

/// The last part of a name.
pub(super) fn file_name(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

/// The id that a file of whole blobs or marks is named by; `None` for a file that is not the store's.
pub(super) fn id_of(name: &str) -> Option<ContentId> {
    let digits = file_name(name).as_bytes();
    let is_digit = |digit: &u8| matches!(digit, b'0'..=b'9' | b'a'..=b'f');
    if digits.len() != 64 || !digits.iter().all(is_digit) {
        return None;
    }
    let mut id = [0; 32];
    for (byte, digits) in id.iter_mut().zip(digits.chunks(2)) {
        let digits = std::str::from_utf8(digits).ok()?;
        *byte = u8::from_str_radix(digits, 16).ok()?;
    }
    Some(ContentId(id))
}

/// Blob and place that a file of shards is named by; `None` for a file that is not the store's.
pub(super) fn shard_of(name: &str) -> Option<(ContentId, ShardName)> {
    let mut parts = file_name(name).split('.');
    let id = id_of(parts.next()?)?;
    let mut number = || parts.next()?.parse::<u8>().ok();
    let (members, needed, index) = (number()?, number()?, number()?);
    let coding = Coding::new(members, needed)?;
    let shard_name = ShardName { coding, index };
    let is_shard = index < members && parts.next().is_none() && shard(&id, shard_name) == name;
    is_shard.then_some((id, shard_name))
}
