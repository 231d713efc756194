//! Where files lie, and how they are made to last.

use super::failure::{StoreError, disk};
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use theriac_envelope::ContentId;

/// The directories of a store.
pub(super) struct Layout {
    pub(super) blobs: PathBuf,
    pub(super) erased: PathBuf,
    pub(super) partial: PathBuf,
    pub(super) quarantine: PathBuf,
}

impl Layout {
    /// Makes the directories and forgets what an earlier run left half written.
    pub(super) fn prepare(root: &Path) -> Result<Self, StoreError> {
        let [blobs, erased, partial, quarantine] =
            ["blobs", "erased", "partial", "quarantine"].map(|name| root.join(name));
        for directory in [&blobs, &erased, &partial, &quarantine] {
            fs::create_dir_all(directory).map_err(disk("creating the vault's directories"))?;
        }
        for file in entries(&partial)? {
            fs::remove_file(file).map_err(disk("removing a half-written blob"))?;
        }
        sync_directory(root)?;
        Ok(Self {
            blobs,
            erased,
            partial,
            quarantine,
        })
    }

    pub(super) fn blob(&self, id: &ContentId) -> PathBuf {
        fan_out(&self.blobs, id)
    }

    pub(super) fn tombstone(&self, id: &ContentId) -> PathBuf {
        fan_out(&self.erased, id)
    }

    pub(super) fn quarantined(&self, id: &ContentId) -> PathBuf {
        self.quarantine.join(id.to_string())
    }
}

fn fan_out(directory: &Path, id: &ContentId) -> PathBuf {
    let name = id.to_string();
    directory.join(&name[..2]).join(&name[2..4]).join(name)
}

/// The id that a file is named by; `None` for a file that is not the store's.
pub(super) fn id_of(path: &Path) -> Option<ContentId> {
    let name = path.file_name()?.to_str()?;
    let mut id = [0; 32];
    if name.len() != 64
        || !name
            .bytes()
            .all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'))
    {
        return None;
    }
    for (byte, digits) in id.iter_mut().zip(name.as_bytes().chunks(2)) {
        let digits = std::str::from_utf8(digits).ok()?;
        *byte = u8::from_str_radix(digits, 16).ok()?;
    }
    Some(ContentId(id))
}

/// The paths in a directory, in order of their names; none where it does not exist.
pub(super) fn entries(directory: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let action = "listing the vault's directories";
    let entries = match fs::read_dir(directory) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(disk(action)(error)),
    };
    let paths = entries.map(|entry| entry.map(|entry| entry.path()));
    let mut paths = paths.collect::<Result<Vec<_>, _>>().map_err(disk(action))?;
    paths.sort();
    Ok(paths)
}

/// Makes the two levels above a file, each lasting.
pub(super) fn make_parents(path: &Path) -> Result<(), StoreError> {
    let parent = path.parent().expect("a file of the store has a directory");
    let grandparent = parent.parent().expect("and that one has another");
    if parent.exists() {
        return Ok(());
    }
    fs::create_dir_all(parent).map_err(disk("creating a directory of the vault"))?;
    sync_directory(grandparent)?;
    sync_directory(
        grandparent
            .parent()
            .expect("the fan-out lies below the store"),
    )
}

/// Makes the names in a directory last.
pub(super) fn sync_directory(directory: &Path) -> Result<(), StoreError> {
    let action = "making a directory of the vault durable";
    File::open(directory)
        .and_then(|directory| directory.sync_all())
        .map_err(disk(action))
}

/// Removes a file that may be gone already.
pub(super) fn remove(path: &Path, action: &'static str) -> Result<(), StoreError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(disk(action)(error)),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Bytes of a file, or `None` where there is none.
pub(super) fn length(path: &Path) -> Result<Option<u64>, StoreError> {
    match fs::metadata(path) {
        Ok(metadata) => Ok(Some(metadata.len())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(disk("looking for a blob")(error)),
    }
}
