//! The people of the story: each with a keystore, a client and one-time keys of their own.

use super::network::Network;
use crate::{commands::genesis::devnet::Admin, output::write_new};
use anyhow::Context as _;
use std::sync::Arc;
use theriac_contracts::codes::Role;
use theriac_sdk::{
    Client,
    account::{Account, Keystore, Password, RequestKeys, Strength},
    directory::NewPerson,
};

/// A person of the story.
pub(super) struct Person {
    pub(super) account: Arc<Account>,
    pub(super) client: Client,
    pub(super) keys: RequestKeys,
}

/// The account of an organisation's administrator.
pub(super) fn account_of(admin: &Admin) -> anyhow::Result<Account> {
    let password = Password::from_file(&admin.password)?;
    Ok(Keystore::read(&admin.keystore)?.open(&password)?)
}

/// The client of the administrator of organisation number `organisation`.
pub(super) fn administrator(network: &Network, organisation: usize) -> anyhow::Result<Client> {
    let account = account_of(network.admin(organisation))?;
    let rpcs = network.rpcs_from(organisation);
    Ok(Client::new(&rpcs, Some(Arc::new(account)))?)
}

/// The same administrator at one node alone.
pub(super) fn administrator_at(
    network: &Network,
    organisation: usize,
    rpc: String,
) -> anyhow::Result<Client> {
    let account = account_of(network.admin(organisation))?;
    Ok(Client::new(&[rpc], Some(Arc::new(account)))?)
}

/// Makes a person with a keystore file who is not enrolled, and asks the nodes beginning with that of organisation number `organisation`.
pub(super) fn stranger(
    network: &Network,
    (name, organisation): (&str, usize),
) -> anyhow::Result<Person> {
    let account = Arc::new(Account::generate());
    let words = format!("{:032x}", rand::random::<u128>());
    write_new(&network.password(name), format!("{words}\n").as_bytes())?;
    let keystore = network.keystore(name);
    Keystore::seal(&account, &Password::new(words)?, Strength::Light).write(&keystore)?;
    let client = Client::new(&network.rpcs_from(organisation), Some(account.clone()))?;
    Ok(Person {
        account,
        client,
        keys: RequestKeys::beside(&keystore),
    })
}

/// Makes a person with a keystore file, enrols them in organisation number `organisation` and publishes
/// their key.
pub(super) async fn enrol(
    network: &Network,
    (name, role, organisation): (&str, Role, usize),
) -> anyhow::Result<Person> {
    let person = stranger(network, (name, organisation))?;
    let new = NewPerson {
        account: person.account.address(),
        role,
        expiry: 0,
        name,
        licence: None,
    };
    administrator(network, organisation)?
        .enrol(new)
        .await
        .with_context(|| format!("cannot enrol the {role}"))?;
    network.in_step().await?;
    person
        .client
        .publish_key()
        .await
        .with_context(|| format!("cannot publish the key of the {role}"))?;
    Ok(person)
}
