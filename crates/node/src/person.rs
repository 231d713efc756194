//! The person at the command line: account, password, and the client that acts as them.

use crate::{cli::Global, errors::UsageError, output::Output};
use anyhow::Context as _;
use std::{
    io::{self, IsTerminal},
    path::{Path, PathBuf},
    sync::Arc,
};
use theriac_sdk::{
    Client, Error,
    account::{Account, Keystore, Password, RequestKeys},
};

/// What a command works with.
pub(crate) struct Person {
    pub(crate) client: Client,
    pub(crate) output: Output,
    keystore: Option<PathBuf>,
}

impl Person {
    /// A client as the account of `--account`, or as nobody where none is given.
    ///
    /// # Errors
    /// Where the keystore cannot be read or opened.
    pub(crate) fn new(global: &Global) -> anyhow::Result<Self> {
        let output = global.output();
        let account = global
            .account
            .as_deref()
            .map(|path| unlock(path, global.password_file.as_deref(), output))
            .transpose()?;
        let client = Client::new(&global.rpc, account.map(Arc::new))?;
        Ok(Self {
            client,
            output,
            keystore: global.account.clone(),
        })
    }

    /// The store of one-time request keys, beside the keystore.
    ///
    /// # Errors
    /// `NoAccount`.
    pub(crate) fn request_keys(&self) -> Result<RequestKeys, Error> {
        self.keystore
            .as_deref()
            .map(RequestKeys::beside)
            .ok_or(Error::NoAccount)
    }
}

/// Opens a keystore with the password of a file, or one that is asked for.
///
/// # Errors
/// Where the keystore cannot be read or opened.
pub(crate) fn unlock(
    path: &Path,
    password_file: Option<&Path>,
    output: Output,
) -> anyhow::Result<Account> {
    let keystore = Keystore::read(path).map_err(Error::from)?;
    let password = password(password_file, &format!("Password of {}: ", path.display()))?;
    let _progress = output.progress("opening the keystore");
    Ok(keystore.open(&password).map_err(Error::from)?)
}

/// A password from a file, or from the terminal.
///
/// # Errors
/// Where the file cannot be read, the password is empty, or there is no terminal to ask at.
pub(crate) fn password(file: Option<&Path>, prompt: &str) -> anyhow::Result<Password> {
    if let Some(file) = file {
        return Ok(Password::from_file(file).map_err(Error::from)?);
    }
    if !io::stdin().is_terminal() {
        let text =
            "a password is needed and there is no terminal to ask for it; give --password-file";
        return Err(UsageError(text.to_owned()).into());
    }
    let text =
        rpassword::prompt_password(prompt).context("cannot read the password from the terminal")?;
    Ok(Password::new(text).map_err(Error::from)?)
}

/// A new password: from a file, or asked for twice.
///
/// # Errors
/// As [`password`], and where the two differ.
pub(crate) fn new_password(file: Option<&Path>) -> anyhow::Result<Password> {
    let first = password(file, "New password: ")?;
    if file.is_none() && password(None, "The same again: ")? != first {
        return Err(UsageError("the two passwords differ; nothing was written".to_owned()).into());
    }
    Ok(first)
}
