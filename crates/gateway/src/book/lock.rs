//! A book has one writer at a time.

use std::{
    fs::{File, TryLockError},
    path::Path,
};

use super::BookError;

const FILE: &str = "lock";

/// Takes the right to write the book in a folder, until the file is dropped or the process ends.
///
/// # Errors
/// `InUse` where somebody has it; `Absent` where there is no such folder; those of the file.
pub fn lock(folder: &Path) -> Result<File, BookError> {
    if !folder.is_dir() {
        return Err(BookError::Absent(folder.to_owned()));
    }
    let failed = |source| BookError::Folder {
        folder: folder.to_owned(),
        source,
    };
    let file = File::create(folder.join(FILE)).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(BookError::InUse),
        Err(TryLockError::Error(error)) => Err(failed(error)),
    }
}
