//! Where finished files of the vault lie: a folder of this machine, or a bucket.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};

/// Finished files by name. A name is a path of plain ASCII parts joined by slashes.
pub trait Objects: Send + Sync {
    /// Takes a file that lies on this machine under a name. On return it is durable there, and the file is gone; a file
    /// that had the name before is replaced as a whole.
    ///
    /// # Errors
    /// What the storage says.
    fn publish(&self, staged: &Path, name: &str) -> io::Result<()>;

    /// Bytes of the file of that name, or `None`.
    ///
    /// # Errors
    /// What the storage says.
    fn length(&self, name: &str) -> io::Result<Option<u64>>;

    /// Bytes from `offset` on, fewer where the file ends; `None` where there is no such file.
    ///
    /// # Errors
    /// What the storage says.
    fn read(&self, name: &str, offset: u64, bytes: usize) -> io::Result<Option<Vec<u8>>>;

    /// Names and lengths of all files below a folder, in order of their names.
    ///
    /// # Errors
    /// What the storage says.
    fn list(&self, folder: &str) -> io::Result<Vec<(String, u64)>>;

    /// Removes a file, lastingly; whether it was there.
    ///
    /// # Errors
    /// What the storage says.
    fn remove(&self, name: &str) -> io::Result<bool>;
}

/// Files of this machine. Every change is fsynced, with the folder that it is in.
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    /// Files below `root`, which must exist.
    pub fn new(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }
}

impl Objects for Folder {
    fn publish(&self, staged: &Path, name: &str) -> io::Result<()> {
        File::open(staged)?.sync_all()?;
        let path = self.path(name);
        make_parents(&self.root, &path)?;
        fs::rename(staged, &path)?;
        sync_directory(parent(&path))
    }

    fn length(&self, name: &str) -> io::Result<Option<u64>> {
        absent(fs::metadata(self.path(name)).map(|metadata| metadata.len()))
    }

    fn read(&self, name: &str, offset: u64, bytes: usize) -> io::Result<Option<Vec<u8>>> {
        let Some(file) = absent(File::open(self.path(name)))? else {
            return Ok(None);
        };
        let mut read = vec![0; bytes];
        let mut filled = 0;
        while filled < bytes {
            match file.read_at(&mut read[filled..], offset + filled as u64) {
                Ok(0) => break,
                Ok(count) => filled += count,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        read.truncate(filled);
        Ok(Some(read))
    }

    fn list(&self, folder: &str) -> io::Result<Vec<(String, u64)>> {
        let mut files = Vec::new();
        collect(&self.path(folder), folder, &mut files)?;
        files.sort();
        Ok(files)
    }

    fn remove(&self, name: &str) -> io::Result<bool> {
        let path = self.path(name);
        if absent(fs::remove_file(&path))?.is_none() {
            return Ok(false);
        }
        sync_directory(parent(&path))?;
        Ok(true)
    }
}

fn collect(directory: &Path, name: &str, files: &mut Vec<(String, u64)>) -> io::Result<()> {
    let Some(entries) = absent(fs::read_dir(directory))? else {
        return Ok(());
    };
    for entry in entries {
        let entry = entry?;
        let Some(file) = entry
            .file_name()
            .to_str()
            .map(|file| format!("{name}/{file}"))
        else {
            continue;
        };
        match absent(entry.metadata())? {
            Some(metadata) if metadata.is_dir() => collect(&entry.path(), &file, files)?,
            Some(metadata) => files.push((file, metadata.len())),
            None => {}
        }
    }
    Ok(())
}

fn parent(path: &Path) -> &Path {
    path.parent().expect("a file of the store has a directory")
}

/// Makes the folders between root and file, each lasting.
fn make_parents(root: &Path, path: &Path) -> io::Result<()> {
    let folder = parent(path);
    if folder.exists() {
        return Ok(());
    }
    fs::create_dir_all(folder)?;
    let made = folder.ancestors().skip(1);
    for folder in made.take_while(|ancestor| ancestor.starts_with(root)) {
        sync_directory(folder)?;
    }
    Ok(())
}

/// Makes the names in a directory last.
pub(super) fn sync_directory(directory: &Path) -> io::Result<()> {
    File::open(directory)?.sync_all()
}

fn absent<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
