//! Private files that are whole after a crash and gone after their destruction.

use std::{
    fs::{self, DirBuilder, File, OpenOptions, Permissions},
    io::{self, Read, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

use rand::Rng as _;
use zeroize::Zeroizing;

/// Only the owner enters, lists and changes a directory of secrets.
const PRIVATE_DIRECTORY: u32 = 0o700;
/// Only the owner reads and writes a secret.
const PRIVATE_FILE: u32 = 0o600;
/// The longest file read as a secret, in bytes: a bound, far above every real one.
const FILE_LIMIT: u64 = 1 << 20;

/// Creates `directory` and its parents where absent, and closes it to everybody but the owner.
pub(super) fn create_private_directory(directory: &Path) -> io::Result<()> {
    DirBuilder::new()
        .recursive(true)
        .mode(PRIVATE_DIRECTORY)
        .create(directory)?;
    fs::set_permissions(directory, Permissions::from_mode(PRIVATE_DIRECTORY))?;
    match directory.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => sync_directory(parent),
        Some(_) | None => Ok(()),
    }
}

/// Writes `content` to `path` with mode 0600: after a crash the file holds the old content or the new, entire.
///
/// Returns once file and directory are on disk. Content that was replaced is overwritten where it lay.
///
/// # Errors
/// Those of the file system; `path` then holds its old content.
pub fn write_private(path: &Path, content: &[u8]) -> io::Result<()> {
    if let Some(present) = read_private(path)?
        && *present == content
    {
        return Ok(());
    }
    let replaced = match OpenOptions::new().write(true).open(path) {
        Ok(file) => Some(file),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    let temporary = temporary_path(path);
    if temporary.exists() {
        destroy(&temporary)?;
    }
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(PRIVATE_FILE)
        .open(&temporary)?;
    file.write_all(content)?;
    file.sync_all()?;
    fs::rename(&temporary, path)?;
    sync_directory(parent_of(path))?;
    match replaced {
        Some(replaced) => overwrite(replaced),
        None => Ok(()),
    }
}

/// The content of `path`, wiped from memory when dropped, or `None` where no such file is.
pub(super) fn read_private(path: &Path) -> io::Result<Option<Zeroizing<Vec<u8>>>> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let length = file.metadata()?.len();
    if length > FILE_LIMIT {
        return Err(io::Error::new(
            io::ErrorKind::InvalidData,
            format!("expected at most {FILE_LIMIT} bytes, got {length}"),
        ));
    }
    // The whole capacity up front: a growing vector leaves copies behind.
    let mut content = Zeroizing::new(Vec::with_capacity(length as usize + 1));
    file.take(FILE_LIMIT).read_to_end(&mut content)?;
    Ok(Some(content))
}

/// Overwrites the file with random bytes, waits for the disk, and removes it. The caller syncs the directory.
pub(super) fn destroy(path: &Path) -> io::Result<()> {
    overwrite(OpenOptions::new().write(true).open(path)?)?;
    fs::remove_file(path)
}

/// Destroys every file of `directory`, which holds files only, and removes it.
pub(super) fn destroy_directory(directory: &Path) -> io::Result<()> {
    for entry in fs::read_dir(directory)? {
        destroy(&entry?.path())?;
    }
    fs::remove_dir(directory)?;
    sync_directory(parent_of(directory))
}

/// Waits until the entries of `directory` are on disk.
pub(super) fn sync_directory(directory: &Path) -> io::Result<()> {
    File::open(directory)?.sync_all()
}

fn overwrite(mut file: File) -> io::Result<()> {
    let mut noise = vec![0; file.metadata()?.len() as usize];
    rand::rng().fill_bytes(&mut noise);
    file.write_all(&noise)?;
    file.sync_all()
}

fn parent_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        Some(_) | None => Path::new("."),
    }
}

fn temporary_path(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".tmp");
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_replaced_file_is_overwritten_where_it_lay() {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let path = directory.path().join("secret");
        write_private(&path, b"the first content").expect("first write");
        let mut first = File::open(&path).expect("open the first file");

        write_private(&path, b"another").expect("second write");

        let mut remains = Vec::new();
        first.read_to_end(&mut remains).expect("read what remains");
        assert_eq!(remains.len(), b"the first content".len());
        assert_ne!(remains, b"the first content");
        let present = read_private(&path).expect("read").expect("present");
        assert_eq!(*present, b"another");
    }

    #[test]
    fn a_write_that_was_cut_short_leaves_the_old_content() {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let path = directory.path().join("secret");
        write_private(&path, b"whole").expect("first write");
        fs::write(temporary_path(&path), b"hal").expect("a torn temporary file");

        let present = read_private(&path).expect("read").expect("present");
        assert_eq!(*present, b"whole");
        write_private(&path, b"next").expect("the torn file does not stand in the way");
        assert!(!temporary_path(&path).exists());
    }

    #[test]
    fn destruction_overwrites_before_it_unlinks() {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let path = directory.path().join("secret");
        write_private(&path, b"to be forgotten").expect("write");
        let mut handle = File::open(&path).expect("open");

        destroy(&path).expect("destroy");

        let mut remains = Vec::new();
        handle.read_to_end(&mut remains).expect("read what remains");
        assert!(!path.exists());
        assert_ne!(remains, b"to be forgotten");
    }
}
