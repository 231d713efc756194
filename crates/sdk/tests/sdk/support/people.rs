//! A hospital, a clinic and an insurer with their people, ready to act.

use super::{Ledger, Node};
use std::sync::{Arc, Mutex};
use theriac_contracts::codes::{OrganisationKind, Role};
use theriac_sdk::{
    Client,
    account::{Account, RequestKeys},
    directory::NewPerson,
};

/// A person or an admin, with a client and a folder.
pub(crate) struct Someone {
    pub(crate) account: Arc<Account>,
    pub(crate) client: Client,
    pub(crate) keys: RequestKeys,
}

pub(crate) struct Network {
    pub(crate) ledger: Arc<Mutex<Ledger>>,
    pub(crate) nodes: Vec<Node>,
    pub(crate) hospital: Someone,
    pub(crate) clinic: Someone,
    pub(crate) insurer: Someone,
    folder: tempfile::TempDir,
}

impl Network {
    /// Two nodes, three organisations, nobody enrolled yet.
    pub(crate) async fn start() -> Self {
        let accounts: Vec<_> = (0..3).map(|_| Arc::new(Account::generate())).collect();
        let admins = [
            (
                "Riverside Hospital",
                OrganisationKind::Hospital,
                accounts[0].address(),
            ),
            (
                "Hill Clinic",
                OrganisationKind::Clinic,
                accounts[1].address(),
            ),
            (
                "Fair Insurance",
                OrganisationKind::Insurer,
                accounts[2].address(),
            ),
        ];
        let ledger = Arc::new(Mutex::new(Ledger::new(&admins)));
        let nodes = vec![Node::start(&ledger).await, Node::start(&ledger).await];
        let folder = tempfile::tempdir().unwrap();
        let [hospital, clinic, insurer] =
            [0, 1, 2].map(|index: usize| someone(&nodes, &folder, accounts[index].clone()));
        Self {
            ledger,
            nodes,
            hospital,
            clinic,
            insurer,
            folder,
        }
    }

    /// A new person, enrolled by an organisation's admin, with a published key.
    pub(crate) async fn enrol(&self, admin: &Someone, role: Role) -> Someone {
        let person = self.stranger();
        let new = NewPerson {
            account: person.account.address(),
            role,
            expiry: 0,
            name: "A. Person",
            licence: None,
        };
        admin.client.enrol(new).await.unwrap();
        person.client.publish_key().await.unwrap();
        person
    }

    /// Someone with an account, enrolled nowhere.
    pub(crate) fn stranger(&self) -> Someone {
        someone(&self.nodes, &self.folder, Arc::new(Account::generate()))
    }

    /// Seconds of the ledger's clock, some time from now.
    pub(crate) fn in_seconds(&self, seconds: u64) -> u64 {
        self.ledger.lock().unwrap().host.time_ms / 1_000 + seconds
    }
}

/// The same person at another client, with the same folder.
impl Someone {
    pub(crate) fn again(&self, nodes: &[&Node]) -> Self {
        let addresses: Vec<_> = nodes.iter().map(|node| node.address.clone()).collect();
        let client = Client::new(&addresses, Some(self.account.clone())).unwrap();
        Self {
            account: self.account.clone(),
            client,
            keys: self.keys.clone(),
        }
    }
}

fn someone(nodes: &[Node], folder: &tempfile::TempDir, account: Arc<Account>) -> Someone {
    let addresses: Vec<_> = nodes.iter().map(|node| node.address.clone()).collect();
    let client = Client::new(&addresses, Some(account.clone())).unwrap();
    let keys = RequestKeys::beside(&folder.path().join(format!("{}.json", account.address())));
    Someone {
        account,
        client,
        keys,
    }
}

/// A small FHIR document.
pub(crate) fn document(text: &str) -> Vec<u8> {
    format!(r#"{{"resourceType":"Observation","status":"final","valueString":"{text}"}}"#)
        .into_bytes()
}
