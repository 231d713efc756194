//! Parties with their books over one ledger in memory.

use super::{
    Ledger, certify, definition,
    node::{Fault, Node},
    value,
};
use std::{
    path::PathBuf,
    sync::{Arc, Mutex},
};
use theriac_contracts::codes::{Meaning, OrganisationKind, Role, TrialRole};
use theriac_gateway::trials::{Error, NewConsent, NewForm, Party, Signing, definition::Definition};
use theriac_sdk::{Client, account::Account, directory::NewPerson};

/// 2026-11-23, as everybody sees it.
pub(crate) const NOW_MS: u64 = 1_795_420_800_000;
const UNTIL_MS: u64 = NOW_MS + 100_000_000_000;

const MEMBERS: [(&str, OrganisationKind); 3] = [
    ("Sponsor", OrganisationKind::Sponsor),
    ("First hospital", OrganisationKind::Hospital),
    ("Second hospital", OrganisationKind::Hospital),
];

/// Someone with a book, an account and a second key.
pub(crate) struct Person {
    pub(crate) party: Party,
    pub(crate) factor: Account,
}

pub(crate) struct World {
    pub(crate) ledger: Arc<Mutex<Ledger>>,
    /// The administrator of the sponsor.
    pub(crate) sponsor: Party,
    pub(crate) data_manager: Client,
    /// The investigators of both sites.
    pub(crate) sites: Vec<Person>,
    admins: Vec<Client>,
    pub(crate) folder: tempfile::TempDir,
    node: Node,
}

impl World {
    /// The study is registered, both sites are open, and each has an investigator with a book.
    pub(crate) async fn start() -> Self {
        Self::start_with(definition()).await
    }

    /// The same with another study.
    pub(crate) async fn start_with(mut definition: Definition) -> Self {
        let accounts = [(); 3].map(|()| Arc::new(Account::generate()));
        let members: Vec<_> = MEMBERS
            .iter()
            .zip(&accounts)
            .map(|((name, kind), account)| (*name, *kind, account.address()))
            .collect();
        let mut ledger = Ledger::new(&members);
        ledger.host.time_ms = NOW_MS;
        ledger.evidence = Some(certify::evidence());
        let ledger = Arc::new(Mutex::new(ledger));
        let node = Node::start(&ledger).await;
        let folder = tempfile::tempdir().unwrap();
        let client =
            |account: &Arc<Account>| Client::new(&[&node.address], Some(account.clone())).unwrap();
        let admins: Vec<Client> = accounts.iter().map(client).collect();
        let mut sponsor = Party::begin(admins[0].clone(), &folder.path().join("sponsor"))
            .await
            .unwrap();
        definition.approvers = vec![admins[0].address()];
        sponsor.register(&definition, UNTIL_MS).await.unwrap();
        let data_manager = enrol(&admins[0], &node).await;
        let mut world = Self {
            ledger,
            data_manager,
            sponsor,
            sites: Vec::new(),
            admins,
            folder,
            node,
        };
        let account = world.data_manager.address();
        world.grant(account, TrialRole::DataManager, 0).await;
        for site in [1, 2] {
            let person = world.open_site(site).await;
            world.sites.push(person);
        }
        world
    }

    async fn open_site(&mut self, site: u16) -> Person {
        let investigator = enrol(&self.admins[usize::from(site)], &self.node).await;
        let account = investigator.address();
        let folder = self.folder.path().join(format!("site-{site}"));
        let mut party = Party::begin(investigator, &folder).await.unwrap();
        let card = party.card().unwrap();
        self.sponsor.open_site(site, &card).await.unwrap();
        self.grant(account, TrialRole::Investigator, site).await;
        let file = self.folder.path().join(format!("study-{site}.theriac"));
        self.sponsor.send_copy(&card, 0, &file).await.unwrap();
        let taken = party.receive(&std::fs::read(&file).unwrap()).await.unwrap();
        assert_eq!(taken.differences, []);
        let factor = Account::generate();
        party.client().set_factor(&factor, None).await.unwrap();
        Person { party, factor }
    }

    pub(crate) async fn grant(
        &mut self,
        account: alloy_primitives::Address,
        role: TrialRole,
        site: u16,
    ) {
        let role = (role, site);
        self.sponsor
            .set_role(account, role, UNTIL_MS)
            .await
            .unwrap();
    }

    /// The sponsor's administrator queries too.
    pub(crate) async fn grant_data_manager_to_sponsor(&mut self) {
        let account = self.sponsor.client().address();
        self.grant(account, TrialRole::DataManager, 0).await;
    }

    /// Someone of an organisation, by its place among the members.
    pub(crate) async fn enrol(&self, organisation: usize) -> Client {
        enrol(&self.admins[organisation], &self.node).await
    }

    /// A subject consents at a site.
    pub(crate) async fn consent(&mut self, site: u16, label: &str) -> u32 {
        let new = NewConsent {
            site,
            document: b"consent document, version 1",
            version: 1,
            signed: b"the same, signed",
            participant: Default::default(),
            label: Some(label),
            observed: 0,
        };
        let person = &mut self.sites[usize::from(site) - 1];
        person.party.consent(&new).await.unwrap()
    }

    /// All forms of a subject.
    pub(crate) fn whole(slot: u32) -> Vec<NewForm> {
        vec![
            super::form(slot, 0, vec![value("SEX", "F"), value("AGE", "63")]),
            super::form(
                slot,
                1,
                vec![value("SYSBP", "118"), super::null("PULSE", "NASK device")],
            ),
            super::form(slot, 2, vec![value("SYSBP", "112")]),
        ]
    }

    /// A subject consents, is captured whole and signed.
    pub(crate) async fn signed_subject(&mut self, site: u16, label: &str) -> u32 {
        let slot = self.consent(site, label).await;
        let person = &mut self.sites[usize::from(site) - 1];
        person.party.capture(&Self::whole(slot)).await.unwrap();
        self.sign(site, slot).await;
        slot
    }

    pub(crate) async fn sign(&mut self, site: u16, slot: u32) {
        let now_ms = self.ledger.lock().unwrap().host.time_ms;
        let person = &mut self.sites[usize::from(site) - 1];
        let meaning = (Meaning::Responsibility, "A. Person");
        let keys = (&person.factor, now_ms);
        person
            .party
            .sign(Signing::Subject(slot), meaning, keys)
            .await
            .unwrap();
    }

    /// The site sends its copy to the sponsor.
    pub(crate) async fn send_to_sponsor(&mut self, site: u16) -> Vec<u8> {
        let card = self.sponsor.card().unwrap();
        let file = self.file();
        let person = &mut self.sites[usize::from(site) - 1];
        let files = person.party.send_copy(&card, 0, &file).await.unwrap();
        assert_eq!(files, [file.clone()]);
        std::fs::read(file).unwrap()
    }

    /// The sponsor takes the copy of a site.
    pub(crate) async fn copy_to_sponsor(&mut self, site: u16) {
        let copy = self.send_to_sponsor(site).await;
        let taken = self.sponsor.receive(&copy).await.unwrap();
        assert_eq!(taken.differences, []);
    }

    /// A site takes the copy of the sponsor.
    pub(crate) async fn copy_to_site(&mut self, site: u16) {
        let copy = self.send_to_site(site).await;
        let party = &mut self.sites[usize::from(site) - 1].party;
        let taken = party.receive(&copy).await.unwrap();
        assert_eq!(taken.differences, []);
    }

    /// The sponsor sends a site its copy.
    pub(crate) async fn send_to_site(&mut self, site: u16) -> Vec<u8> {
        let card = self.sites[usize::from(site) - 1].party.card().unwrap();
        let file = self.file();
        self.sponsor.send_copy(&card, 0, &file).await.unwrap();
        std::fs::read(file).unwrap()
    }

    /// So many blocks pass.
    pub(crate) fn grow(&self, blocks: u64) {
        let mut ledger = self.ledger.lock().unwrap();
        (0..blocks).for_each(|_| ledger.next_block());
    }

    pub(crate) fn file(&self) -> PathBuf {
        let number: u64 = rand::random();
        self.folder.path().join(format!("{number}.theriac"))
    }

    /// Whether the node takes transactions and answers.
    pub(crate) fn node_is(&self, up: bool) {
        self.node
            .set(if up { Fault::None } else { Fault::TakesNothing });
    }

    /// The node refuses to tell many logs at once.
    pub(crate) fn node_tells_little(&self) {
        self.node.set(Fault::TellsLittle);
    }

    /// Whether the node takes transactions and breaks off before it answers.
    pub(crate) fn break_off_after_submit(&self, does: bool) {
        self.node.set(match does {
            true => Fault::BreaksOffAfterSubmit,
            false => Fault::None,
        });
    }

    /// The same party by another process: what was in memory is gone.
    pub(crate) async fn reopened(party: &Party) -> Party {
        Party::open(party.client().clone(), party.book().folder())
            .await
            .unwrap()
    }
}

async fn enrol(admin: &Client, node: &Node) -> Client {
    let account = Arc::new(Account::generate());
    let new = NewPerson {
        account: account.address(),
        role: Role::Physician,
        expiry: 0,
        name: "A. Person",
        licence: None,
    };
    admin.enrol(new).await.unwrap();
    Client::new(&[&node.address], Some(account)).unwrap()
}

/// The code of a refusal, of the book's own rules or the ledger's.
pub(crate) fn refusal<T: std::fmt::Debug>(outcome: Result<T, Error>) -> String {
    match outcome {
        Err(Error::Refused(refusal)) => refusal.code().to_owned(),
        Err(Error::Ledger(theriac_sdk::Error::Refused(refusal))) => refusal.name().to_owned(),
        other => panic!("expected a refusal, got {other:?}"),
    }
}
