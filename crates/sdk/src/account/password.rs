//! A password and the places from which one may come: a prompt, a file, or a file that the environment names.

use std::{
    fmt, fs, io,
    path::{Path, PathBuf},
};
use zeroize::Zeroizing;

/// Names the environment variable that holds the path of a password file.
const ENVIRONMENT: &str = "THERIAC_PASSWORD_FILE";

/// A password; erased from memory when dropped and never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(Zeroizing<String>);

/// Why a password could not be taken.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// The file that should hold it cannot be read.
    #[error("cannot read the password file {path}", path = .0.display())]
    File(PathBuf, #[source] io::Error),
    /// An empty password protects nothing.
    #[error("the password is empty; choose one of at least 8 characters")]
    Empty,
}

impl Password {
    /// Takes what was typed at a prompt.
    ///
    /// # Errors
    /// `Empty` for an empty text.
    pub fn new(text: String) -> Result<Self, PasswordError> {
        let text = Zeroizing::new(text);
        if text.is_empty() {
            return Err(PasswordError::Empty);
        }
        Ok(Self(text))
    }

    /// Reads the first line of a file.
    ///
    /// # Errors
    /// `File` where it cannot be read, `Empty` where its first line is empty.
    pub fn from_file(path: &Path) -> Result<Self, PasswordError> {
        let text = fs::read_to_string(path).map(Zeroizing::new);
        let text = text.map_err(|error| PasswordError::File(path.to_owned(), error))?;
        Self::new(text.lines().next().unwrap_or_default().to_owned())
    }

    /// Reads the file named by `THERIAC_PASSWORD_FILE`; `None` where the variable is not set.
    ///
    /// # Errors
    /// As [`Password::from_file`].
    pub fn from_environment() -> Result<Option<Self>, PasswordError> {
        std::env::var_os(ENVIRONMENT)
            .map(|path| Self::from_file(Path::new(&path)))
            .transpose()
    }

    /// The bytes that go into the key derivation.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Password(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_of_a_file_is_the_password() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("password");
        fs::write(&path, "correct horse\r\nsecond line\n").unwrap();
        assert_eq!(
            Password::from_file(&path).unwrap().as_bytes(),
            b"correct horse"
        );
    }

    #[test]
    fn an_empty_password_is_refused() {
        assert!(matches!(
            Password::new(String::new()),
            Err(PasswordError::Empty)
        ));
    }
}
