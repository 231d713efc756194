//! A study with allocations and a correction, of which everybody has a copy; and who attacks it.

use crate::{
    randomise,
    support::{Operator, World, correction},
};
use alloy_primitives::B256;
use std::path::{Path, PathBuf};
use theriac_contracts::codes::TrialRole;
use theriac_evidence::trial::bundle::Selection;
use theriac_gateway::trials::{NewList, Party};

pub(super) struct Scene {
    pub(super) world: World,
    /// Who made the list; an account of the sponsor, with a book of its own.
    pub(super) statistician: Party,
    /// Who runs the sponsor's gateway, on a copy of its book.
    pub(super) operator: Operator,
    /// Who runs that of the first site.
    pub(super) site: Operator,
}

impl Scene {
    /// Two subjects at two sites: captured whole, allocated, one corrected, both signed.
    pub(super) async fn start() -> Self {
        let mut world = World::start().await;
        let statistician = randomise::sealed_of(&mut world, &list()).await;
        for (site, label) in [(1, "01-001"), (2, "02-001")] {
            let slot = world.signed_subject(site, label).await;
            let party = &mut world.sites[usize::from(site) - 1].party;
            party.allocate(slot, 1).await.unwrap();
        }
        let corrected = [correction(1, 1, "SYSBP", "121")];
        world.sites[0].party.correct(&corrected).await.unwrap();
        world.sign(1, 1).await;
        for site in [1, 2] {
            world.copy_to_sponsor(site).await;
            world.copy_to_site(site).await;
        }
        let folder = world.folder.path();
        let operator = Operator::take_over(&world.sponsor, &folder.join("operator")).await;
        let site = Operator::take_over(&world.sites[0].party, &folder.join("operator-1")).await;
        Self {
            world,
            statistician,
            operator,
            site,
        }
    }

    /// Locked and unblinded.
    pub(super) async fn close(&mut self) {
        let manager = self.world.data_manager.clone();
        self.book(manager, "manager").await.lock().await.unwrap();
        let planner = self.world.enrol(0).await;
        let account = planner.address();
        let role = TrialRole::Statistician;
        self.world.grant(account, role, 0).await;
        let mut planner = self.book(planner, "planner").await;
        planner.plan(b"the plan of analysis").await.unwrap();
        self.statistician.sync().await.unwrap();
        self.statistician.unblind(1).await.unwrap();
    }

    /// A book of another account of the sponsor.
    async fn book(&mut self, client: theriac_sdk::Client, name: &str) -> Party {
        let folder = self.folder(name);
        let mut party = Party::begin(client, &folder).await.unwrap();
        let (card, file) = (party.card().unwrap(), self.world.file());
        let sponsor = &mut self.world.sponsor;
        sponsor
            .send_copy(&card, u64::MAX >> 1, &file)
            .await
            .unwrap();
        party.receive(&std::fs::read(file).unwrap()).await.unwrap();
        party
    }

    /// The operator begins anew, with the book as it is.
    pub(super) async fn take_over_again(&mut self, name: &str) {
        let folder = self.folder(name);
        self.operator = Operator::take_over(&self.world.sponsor, &folder).await;
    }

    pub(super) fn folder(&self, name: &str) -> PathBuf {
        self.world.folder.path().join(name)
    }

    /// The bundle of the sponsor as it is.
    pub(super) async fn honest(&mut self) -> Vec<u8> {
        bundle(&mut self.world.sponsor, &Selection::Regulator).await
    }

    /// The bundle with the lists, which the statistician alone has.
    pub(super) async fn lists(&mut self) -> Vec<u8> {
        bundle(&mut self.statistician, &Selection::Public).await
    }

    pub(super) async fn root(&self) -> B256 {
        let sponsor = &self.world.sponsor;
        let study = sponsor.study().unwrap();
        sponsor.client().trial(study).await.unwrap().root
    }

    /// The investigator of the first site enters what suits the sponsor, and signs it.
    pub(super) async fn collude(&mut self) {
        let false_value = [correction(1, 1, "SYSBP", "99")];
        let party = &mut self.world.sites[0].party;
        party.correct(&false_value).await.unwrap();
        self.world.sign(1, 1).await;
        self.world.copy_to_sponsor(1).await;
    }

    /// What the first site gives out of its altered book.
    pub(super) async fn altered_copy(&mut self) -> Vec<u8> {
        let (card, file) = (self.world.sponsor.card().unwrap(), self.world.file());
        let mut party = self.site.party().await;
        party.send_copy(&card, 0, &file).await.unwrap();
        std::fs::read(file).unwrap()
    }
}

pub(super) async fn bundle(party: &mut Party, selection: &Selection<'_>) -> Vec<u8> {
    let made = party.bundle(selection, None, Vec::new()).await;
    made.unwrap()
}

/// The sponsor's book, made again from nothing but its account and the copies of the sites.
pub(super) async fn restored(scene: &mut Scene, folder: &Path) -> Party {
    let client = scene.world.sponsor.client().clone();
    let first = scene.world.send_to_sponsor(1).await;
    let second = scene.world.send_to_sponsor(2).await;
    let mut party = Party::restore(client, folder, &first).await.unwrap();
    let taken = party.receive(&second).await.unwrap();
    assert_eq!(taken.differences, []);
    party
}

/// A commitment to nothing.
pub(super) fn some(text: &str) -> B256 {
    alloy_primitives::keccak256(text)
}

/// Arms whose names are of one length, so that they can change places.
fn list() -> NewList {
    NewList {
        stratum: "all".to_owned(),
        block: ["A", "B"].map(str::to_owned).to_vec(),
        blocks: 4,
        kit_prefix: "K".to_owned(),
        delay: 8,
    }
}
