//! Asking at the terminal before something is done.

use crate::errors::UsageError;
use anyhow::Context as _;
use std::io::{self, IsTerminal};

/// Asks a question that only `yes` answers; anything else ends the command with what is said of it.
///
/// # Errors
/// `UsageError` for any other answer, and where there is no terminal to ask at.
pub(crate) fn confirm(question: &str, otherwise: &str) -> anyhow::Result<()> {
    ask_at_terminal()?;
    eprint!("{question} Type yes: ");
    let mut answer = String::new();
    io::stdin()
        .read_line(&mut answer)
        .context("cannot read from the terminal")?;
    if answer.trim() == "yes" {
        return Ok(());
    }
    Err(UsageError(otherwise.to_owned()).into())
}

/// # Errors
/// `UsageError` where there is no terminal to ask at.
pub(crate) fn ask_at_terminal() -> Result<(), UsageError> {
    if io::stdin().is_terminal() {
        return Ok(());
    }
    let text = "there is no terminal to ask for confirmation; give --yes";
    Err(UsageError(text.to_owned()))
}
