//! A sponsor and a hospital in a network of four validators, and the studies that they begin.

use super::{
    super::{cluster::Cluster, people},
    pilot::Pilot,
};
use crate::commands::genesis::NewOrganisation;
use anyhow::{Context as _, ensure};
use std::{fs, path::PathBuf};
use theriac_consensus::chain::Execution;
use theriac_contracts::codes::{OrganisationKind, Role, TrialRole};
use theriac_gateway::trials::{
    Party,
    definition::{Definition, Level, OutcomeText},
};
use theriac_sdk::{Client, account::Account};

/// Places of the organisations that act, in the charter.
const SPONSOR: usize = 0;
pub(super) const HOSPITAL: usize = 1;
/// The only site.
pub(super) const SITE: u16 = 1;
const YEAR_MS: u64 = 366 * 86_400_000;

/// Four members, and who acts in all studies.
pub(super) struct World {
    pub(super) cluster: Cluster,
    sponsor: Client,
    /// Investigator at the site.
    investigator: Client,
    pub(super) factor: Account,
    studies: usize,
}

/// A study that was registered, with its site open: the book of the sponsor, and that of the site.
pub(super) struct Begun {
    pub(super) sponsor: Party,
    pub(super) site: Party,
}

impl World {
    /// Founds the network; the investigator has a second key.
    ///
    /// # Errors
    /// Where the network does not start, or an entry is refused.
    pub(super) async fn start() -> anyhow::Result<Self> {
        let organisations = [
            ("Sponsor", OrganisationKind::Sponsor),
            ("Hospital", OrganisationKind::Hospital),
            ("University", OrganisationKind::Hospital),
            ("Authority", OrganisationKind::Regulator),
        ];
        let organisations = organisations.map(|(name, kind)| NewOrganisation {
            name: name.to_owned(),
            kind,
        });
        let cluster = Cluster::of(organisations.into(), Execution::Full)?;
        cluster.first_block().await?;
        let sponsor = people::client(&cluster, SPONSOR, cluster.admin(SPONSOR)?)?;
        let person = (Role::Physician, "An investigator");
        let investigator = people::enrol(&cluster, HOSPITAL, person).await?;
        let factor = Account::generate();
        investigator.set_factor(&factor, None).await?;
        Ok(Self {
            cluster,
            sponsor,
            investigator,
            factor,
            studies: 0,
        })
    }

    /// Registers the pilot's schedule as a new study, and opens its site.
    ///
    /// # Errors
    /// Where an entry is refused.
    pub(super) async fn begin(&mut self, pilot: &Pilot) -> anyhow::Result<Begun> {
        self.studies += 1;
        let retention = people::now_ms() + 10 * YEAR_MS;
        let folder = self.folder("sponsor");
        let mut sponsor = Party::begin(self.sponsor.clone(), &folder).await?;
        sponsor.register(&self.definition(pilot), retention).await?;
        let mut site = Party::begin(self.investigator.clone(), &self.folder("site")).await?;
        let card = site.card()?;
        sponsor.open_site(SITE, &card).await?;
        let investigator = (TrialRole::Investigator, SITE);
        let account = self.investigator.address();
        sponsor.set_role(account, investigator, retention).await?;
        let manager = (TrialRole::DataManager, 0);
        let account = self.sponsor.address();
        sponsor.set_role(account, manager, retention).await?;
        let file = self.folder("copy");
        sponsor.send_copy(&card, 0, &file).await?;
        let copy = fs::read(&file).context("the copy for the site")?;
        people::wait_for_height(&self.investigator, self.sponsor.height().await?).await?;
        let taken = site.receive(&copy).await?;
        ensure!(taken.differences.is_empty(), "the site's copy differs");
        Ok(Begun { sponsor, site })
    }

    fn definition(&self, pilot: &Pilot) -> Definition {
        let outcome = OutcomeText {
            level: Level::Primary,
            id: "O1".to_owned(),
            domain: "cognition".to_owned(),
            measurement: "ACTOT".to_owned(),
            metric: Some("change from baseline".to_owned()),
            aggregation: Some("mean".to_owned()),
            time_point: "week 24".to_owned(),
            population: None,
        };
        let protocol = format!("CDISC pilot, run {}", self.studies);
        let visits = pilot.visits.clone();
        let mut definition = Definition::new("CDISC pilot", &protocol, visits, vec![outcome]);
        definition.approvers = vec![self.sponsor.address()];
        definition
    }

    fn folder(&self, name: &str) -> PathBuf {
        let name = format!("{name}-{}", self.studies);
        self.cluster.scratch().join(name)
    }
}
