//! A study with three subjects at two sites, whose sponsor has a copy of everything, and who runs the gateways does not mean well.

use crate::support::{Operator, Rows, World, correction, rows_of, save};
use std::path::PathBuf;

pub(super) struct Scene {
    pub(super) sponsor: Operator,
    pub(super) site: Operator,
    /// The sponsor's book when it was whole.
    pub(super) before: Vec<Rows>,
    /// The sponsor's book at earlier times.
    pub(super) backups: Vec<PathBuf>,
    whole: [PathBuf; 2],
    world: World,
}

impl Scene {
    pub(super) async fn start() -> Self {
        let mut world = World::start().await;
        let folder = world.folder.path().to_owned();
        let mut backups = Vec::new();
        for (site, label) in [(1, "01-001"), (2, "02-001"), (1, "01-002")] {
            let slot = world.signed_subject(site, label).await;
            world.copy_to_sponsor(site).await;
            let backup = folder.join(format!("backup-{slot}"));
            backups.push(save(&world.sponsor, &backup));
        }
        correct(&mut world).await;
        let sponsor = Operator::take_over(&world.sponsor, &folder.join("sponsor-taken")).await;
        let site = Operator::take_over(&world.sites[0].party, &folder.join("site-taken")).await;
        let whole = [
            save(&world.sponsor, &folder.join("sponsor-whole")),
            save(&world.sites[0].party, &folder.join("site-whole")),
        ];
        Self {
            before: rows_of(sponsor.folder()),
            sponsor,
            site,
            backups,
            whole,
            world,
        }
    }

    /// Both books as they were.
    pub(super) fn put_back(&self) {
        let [sponsor, site] = &self.whole;
        self.sponsor.put_back(sponsor);
        self.site.put_back(site);
    }

    pub(super) fn rows(&self) -> Vec<Rows> {
        rows_of(self.sponsor.folder())
    }

    /// The copies of both sites for the sponsor.
    pub(super) async fn copies(&mut self) -> Vec<Vec<u8>> {
        let mut copies = Vec::new();
        for site in [1, 2] {
            copies.push(self.world.send_to_sponsor(site).await);
        }
        copies
    }
}

/// A query, corrections of two subjects, and everybody has a copy of it.
async fn correct(world: &mut World) {
    world.grant_data_manager_to_sponsor().await;
    let query = world.sponsor.open_query((1, 1), "is it so high?").await;
    query.unwrap();
    for (site, slot) in [(1, 1), (2, 2)] {
        let party = &mut world.sites[usize::from(site) - 1].party;
        let corrected = [correction(slot, 1, "SYSBP", "121")];
        party.correct(&corrected).await.unwrap();
        world.sign(site, slot).await;
        world.copy_to_sponsor(site).await;
        world.copy_to_site(site).await;
    }
}
