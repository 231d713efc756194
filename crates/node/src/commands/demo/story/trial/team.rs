//! Who runs the trial: a sponsor with its people and their book, and two hospitals with theirs.

use super::{copy::hand_over, sample::Sample};
use crate::commands::{
    demo::{
        cast::{Person, account_of, enrol},
        narrator::Narrator,
        network::Network,
        story::{CLINIC, HOSPITAL, membership, refused::now},
    },
    genesis::devnet::Admin,
};
use anyhow::Context as _;
use futures::future::try_join_all;
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};
use theriac_contracts::{
    OrganisationKind,
    codes::{Role, TrialRole},
};
use theriac_gateway::trials::Party;
use theriac_sdk::{
    Client,
    account::{Account, RequestKeys},
    directory::NewPerson,
    members::Change,
};

/// Gas per block of the sponsor.
const QUOTA: u64 = 20_000_000;
const DAY_S: u64 = 86_400;
/// Days for which the data are to be kept, and for which a role is given.
const RETENTION_DAYS: u64 = 25 * 365;
const ROLE_DAYS: u64 = 365;

/// The sponsor's people share one book, the people of a site another.
pub(super) struct Team {
    /// The administrator.
    pub(super) sponsor: Member,
    /// The sponsor's keystore and password, for who goes on at the command line.
    pub(super) admin: Admin,
    pub(super) manager: Member,
    pub(super) statistician: Member,
    pub(super) unblinded: Member,
    pub(super) sites: Vec<Site>,
    /// Of the first site.
    pub(super) pharmacist: Member,
    /// One-time keys of the pharmacist.
    pub(super) pharmacist_keys: RequestKeys,
}

/// Someone with an account and a book that they may read.
pub(super) struct Member {
    pub(super) client: Client,
    pub(super) book: PathBuf,
}

/// A site with its investigator.
pub(super) struct Site {
    pub(super) number: u16,
    /// What the protocol calls it.
    pub(super) name: String,
    pub(super) party: Party,
    /// The investigator's second key.
    pub(super) factor: Account,
    /// The investigator's one-time keys.
    pub(super) keys: RequestKeys,
}

impl Member {
    /// Opens the book.
    pub(super) async fn party(&self) -> anyhow::Result<Party> {
        Ok(Party::open(self.client.clone(), &self.book).await?)
    }
}

impl Team {
    /// The sponsor is admitted and registers the study; its people get their roles, and two sites open.
    pub(super) async fn begin(
        (narrator, network): (&Narrator, &Network),
        folder: &Path,
        sample: &Sample,
    ) -> anyhow::Result<Self> {
        narrator.step("A sponsor registers a clinical trial before anyone is enrolled: protocol, schedule, outcomes.");
        narrator.detail("data", sample.source);
        let admin = admit(narrator, network).await?;
        let sponsor = Member {
            client: client(network, account_of(&admin)?)?,
            book: folder.join("sponsor"),
        };
        let mut party = register(&sponsor, sample).await?;
        tell(narrator, (network, &admin), &party).await?;
        narrator.step("The sponsor gives roles to its people, each with a key of their own, and two hospitals open as sites.");
        let [manager, statistician, unblinded] = staff(network, &mut party).await?;
        let investigators = investigators(network).await?;
        let mut sites = Vec::new();
        for ((number, name), investigator) in (1..).zip(sample.sites()).zip(investigators) {
            let who = (number, name, investigator);
            let site = open_site((network, folder), &mut party, who).await?;
            narrator.detail(
                &format!("site {number}"),
                format!(
                    "number {} of the protocol, investigator {}",
                    site.name,
                    site.party.client().address()
                ),
            );
            sites.push(site);
        }
        let first = sites.first_mut().context("there are sites")?;
        let (pharmacist, pharmacist_keys) = pharmacist(network, &mut party, first).await?;
        Ok(Self {
            sponsor,
            admin,
            manager,
            statistician,
            unblinded,
            sites,
            pharmacist,
            pharmacist_keys,
        })
    }
}

fn client(network: &Network, account: Account) -> anyhow::Result<Client> {
    // All ask one node, so that each sees what the others entered.
    Ok(Client::new(
        &network.rpcs_from(HOSPITAL),
        Some(Arc::new(account)),
    )?)
}

async fn admit(narrator: &Narrator, network: &Network) -> anyhow::Result<Admin> {
    let admin = network.new_admin("Sponsor of the Lake", OrganisationKind::Sponsor)?;
    let admit = Change::Admit {
        name: admin.name.clone(),
        kind: admin.kind,
        admin: admin.address,
        gas_per_block: QUOTA,
    };
    membership::decide(narrator, network, admit).await?;
    Ok(admin)
}

/// The study in a new book of a sponsor.
pub(super) async fn register(sponsor: &Member, sample: &Sample) -> anyhow::Result<Party> {
    let mut party = Party::begin(sponsor.client.clone(), &sponsor.book).await?;
    let mut definition = sample.definition.clone();
    definition.approvers = vec![sponsor.client.address()];
    let retention = (now() + RETENTION_DAYS * DAY_S) * 1_000;
    party
        .register(&definition, retention)
        .await
        .context("register")?;
    Ok(party)
}

async fn tell(
    narrator: &Narrator,
    (network, admin): (&Network, &Admin),
    party: &Party,
) -> anyhow::Result<()> {
    let study = party.client().trial(party.study()?).await?;
    let (outcomes, schedule) = (party.outcomes()?, party.schedule()?);
    narrator.detail(
        "registered",
        format!(
            "number {} of the sponsor, {} outcomes, {} forms for each participant, entry 0 of its log",
            study.number,
            outcomes.len(),
            schedule.cells().count()
        ),
    );
    narrator.next(&format!(
        "theriac trial status --schedule --book {} --rpc {} --account {} --password-file {}",
        party.book().folder().display(),
        network.rpc(HOSPITAL),
        admin.keystore.display(),
        admin.password.display()
    ));
    Ok(())
}

/// Data manager, statistician and unblinded statistician: readers of the sponsor's book.
async fn staff(network: &Network, party: &mut Party) -> anyhow::Result<[Member; 3]> {
    let roles = [
        TrialRole::DataManager,
        TrialRole::Statistician,
        TrialRole::UnblindedStatistician,
    ];
    let administrator = party.client().clone();
    let hired = try_join_all(roles.map(|_| employ(network, &administrator))).await?;
    let mut staff = Vec::new();
    for (role, client) in roles.into_iter().zip(hired) {
        staff.push(join(party, client, (role, 0)).await?);
    }
    staff.try_into().ok().context("there are three roles")
}

/// Someone who works for the organisation of an administrator.
async fn employ(network: &Network, administrator: &Client) -> anyhow::Result<Client> {
    let account = Account::generate();
    let new = NewPerson {
        account: account.address(),
        role: Role::Researcher,
        expiry: 0,
        name: "of the story",
        licence: None,
    };
    administrator.enrol(new).await.context("enrol")?;
    let client = client(network, account)?;
    client.publish_key().await.context("publish a key")?;
    Ok(client)
}

/// Gives someone a role, and the sponsor's book to read.
async fn join(party: &mut Party, client: Client, role: (TrialRole, u16)) -> anyhow::Result<Member> {
    give(party, client.address(), role).await?;
    party.add_reader(client.address()).await?;
    Ok(Member {
        client,
        book: party.book().folder().to_owned(),
    })
}

async fn give(
    sponsor: &mut Party,
    account: alloy_primitives::Address,
    role: (TrialRole, u16),
) -> anyhow::Result<()> {
    let until = (now() + ROLE_DAYS * DAY_S) * 1_000;
    sponsor
        .set_role(account, role, until)
        .await
        .context("give a role")
}

/// One of each hospital.
async fn investigators(network: &Network) -> anyhow::Result<Vec<Person>> {
    let people = [("investigator-1", HOSPITAL), ("investigator-2", CLINIC)];
    let people = people.map(|(name, place)| enrol(network, (name, Role::Physician, place)));
    let people = try_join_all(people).await?;
    network.in_step().await?;
    Ok(people)
}

async fn open_site(
    (network, folder): (&Network, &Path),
    sponsor: &mut Party,
    (number, name, investigator): (u16, String, Person),
) -> anyhow::Result<Site> {
    let rpcs = network.rpcs_from(HOSPITAL);
    let client = Client::new(&rpcs, Some(investigator.account.clone()))?;
    let mut party = Party::begin(client, &folder.join(format!("site-{number}"))).await?;
    let card = party.card()?;
    sponsor
        .open_site(number, &card)
        .await
        .context("open a site")?;
    let role = (TrialRole::Investigator, number);
    give(sponsor, investigator.account.address(), role).await?;
    hand_over(sponsor, &mut party, folder, &card).await?;
    let factor = Account::generate();
    party
        .client()
        .set_factor(&factor, None)
        .await
        .context("set the second key")?;
    Ok(Site {
        number,
        name,
        party,
        factor,
        keys: investigator.keys,
    })
}

async fn pharmacist(
    network: &Network,
    sponsor: &mut Party,
    site: &mut Site,
) -> anyhow::Result<(Member, RequestKeys)> {
    let person = enrol(network, ("trial-pharmacist", Role::Pharmacist, HOSPITAL)).await?;
    network.in_step().await?;
    let account = person.account.address();
    give(sponsor, account, (TrialRole::TrialPharmacist, site.number)).await?;
    site.party.add_reader(account).await?;
    let client = Client::new(&network.rpcs_from(HOSPITAL), Some(person.account))?;
    let member = Member {
        client,
        book: site.party.book().folder().to_owned(),
    };
    Ok((member, person.keys))
}
