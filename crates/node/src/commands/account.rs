//! `theriac account`: the key that signs, decrypts and names a person.

use crate::{cli::Global, errors::UsageError, output::table, person};
use clap::{Args, Subcommand};
use serde_json::json;
use std::path::PathBuf;
use theriac_sdk::{
    Error,
    account::{self, Keystore, Strength},
};

/// Make and show accounts: the key that signs, decrypts and names a person.
#[derive(Debug, Subcommand)]
#[command(subcommand_required = true)]
pub(crate) enum Account {
    New(New),
    Show(Show),
}

/// Make a new account and keep its key in an encrypted file.
///
/// The file is an Ethereum keystore (version 3), which other wallets open too. Keep a copy: without file and password nobody can
/// bring the account back.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac account new patient.json\n\nNext:\n  give the address to your organisation, which enrols it: theriac directory enrol"
)]
pub(crate) struct New {
    /// Where to write the keystore file; an existing file is never overwritten.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Make the password cheap to check, and so to guess: for trying things out only.
    #[arg(long)]
    light: bool,
}

/// Show the address of an account; its key stays encrypted.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac account show patient.json\n\nNext:\n  theriac directory show ADDRESS"
)]
pub(crate) struct Show {
    /// The keystore file; without it, the one of --account.
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
}

impl Account {
    pub(crate) fn run(self, global: &Global) -> anyhow::Result<()> {
        match self {
            Self::New(new) => new.run(global),
            Self::Show(show) => show.run(global),
        }
    }
}

impl New {
    fn run(self, global: &Global) -> anyhow::Result<()> {
        let output = global.output();
        if self.file.exists() {
            return Err(Error::from(account::KeystoreError::Exists(self.file)).into());
        }
        let password = person::new_password(global.password_file.as_deref())?;
        let account = account::Account::generate();
        let strength = if self.light {
            Strength::Light
        } else {
            Strength::Standard
        };
        let progress = output.progress("encrypting the key");
        let keystore = Keystore::seal(&account, &password, strength);
        drop(progress);
        keystore.write(&self.file).map_err(Error::from)?;
        let value = json!({ "address": account.address(), "file": self.file });
        output.result(
            &value,
            &table([
                ("address", account.address().to_string()),
                ("file", self.file.display().to_string()),
            ]),
        )?;
        output.next("give the address to your organisation, which enrols it: theriac directory enrol ADDRESS --role ROLE");
        Ok(())
    }
}

impl Show {
    fn run(self, global: &Global) -> anyhow::Result<()> {
        let file = self.file.or_else(|| global.account.clone());
        let file =
            file.ok_or_else(|| UsageError("give a keystore file, or --account".to_owned()))?;
        let keystore = Keystore::read(&file).map_err(Error::from)?;
        let address = match keystore.address() {
            Some(address) => address,
            None => {
                let password = person::password(
                    global.password_file.as_deref(),
                    "The file names no address. Password: ",
                )?;
                keystore.open(&password).map_err(Error::from)?.address()
            }
        };
        global.output().result(
            &json!({ "address": address, "file": file }),
            &address.to_string(),
        )
    }
}
