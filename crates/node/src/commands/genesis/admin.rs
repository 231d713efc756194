//! The account that a devnet makes for an organisation.

use std::path::{Path, PathBuf};

use alloy_primitives::Address;
use anyhow::Context as _;
use rand::Rng as _;
use theriac_consensus::secrets::write_private;
use theriac_contracts::OrganisationKind;
use theriac_sdk::account::{Account, Keystore, Password, Strength};

use super::devnet::NewOrganisation;

/// The account that acts for an organisation.
#[derive(Clone, Debug)]
pub(crate) struct Admin {
    /// Id of the organisation.
    pub(crate) organisation: u32,
    /// Its name.
    pub(crate) name: String,
    /// What it is.
    pub(crate) kind: OrganisationKind,
    /// The account.
    pub(crate) address: Address,
    /// Its keystore file.
    pub(crate) keystore: PathBuf,
    /// The file with the keystore's password, mode 0600.
    pub(crate) password: PathBuf,
}

/// A fresh account under a random password, which makes a costly key derivation pointless.
pub(super) fn new_admin(
    directory: &Path,
    id: u32,
    organisation: &NewOrganisation,
) -> anyhow::Result<Admin> {
    let mut secret = [0; 16];
    rand::rng().fill_bytes(&mut secret);
    let text = hex::encode(secret);
    let password = directory.join(format!("{id}.password"));
    write_private(&password, format!("{text}\n").as_bytes())
        .with_context(|| format!("cannot write {}", password.display()))?;
    let account = Account::generate();
    let keystore = directory.join(format!("{id}.json"));
    Keystore::seal(&account, &Password::new(text)?, Strength::Light).write(&keystore)?;
    Ok(Admin {
        organisation: id,
        name: organisation.name.clone(),
        kind: organisation.kind,
        address: account.address(),
        keystore,
        password,
    })
}
