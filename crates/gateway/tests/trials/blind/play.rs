//! Plays a study: a list is made, sealed and spread, subjects consent, are allocated, dispensed to and captured, with real books and contract.

use super::view::{self, View};
use crate::support::{Reader, World, definition_with_dosing, form, value};
use rand::RngExt as _;
use theriac_contracts::codes::TrialRole;
use theriac_gateway::trials::{NewList, Party};
use theriac_sdk::Client;

/// Names of different lengths: what depends on them shows.
pub(super) const ARMS: [&str; 2] = [
    "Placebo",
    "Xanomeline high dose, two patches of 75 square centimetres each",
];

/// The form whose content tells the arm.
const DOSING: u32 = 3;

/// How people go about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Care {
    /// As they should.
    Careful,
    /// The active arm takes ten minutes more to prepare, and its dose is entered.
    Careless,
}

/// One list with its subjects in the order of allocation.
#[derive(Clone)]
pub(super) struct Played {
    pub(super) block: usize,
    pub(super) views: Vec<View>,
    /// Whether a subject is in the second arm.
    pub(super) arms: Vec<bool>,
}

pub(super) fn arms(played: &[Played]) -> Vec<bool> {
    played.iter().flat_map(|one| one.arms.clone()).collect()
}

/// Everybody of the study.
pub(super) struct Study {
    pub(super) world: World,
    /// Blinded people who read the sponsor's book, and a coordinator who reads that of the first site.
    pub(super) blinded: Vec<(TrialRole, Client)>,
    statistician: Party,
    pharmacist: Reader,
}

pub(super) async fn play((subjects, block): (u32, usize), care: Care) -> Played {
    let mut study = Study::begin((subjects, block)).await;
    let mut arms = Vec::new();
    for number in 0..subjects {
        arms.push(study.subject(number, care).await);
    }
    study.end().await;
    let views = view::all(&mut study, subjects).await;
    let mut statistician = World::reopened(&study.statistician).await;
    statistician.sync().await.unwrap();
    for (slot, arm) in (1..=subjects).zip(&arms).step_by(25) {
        let made = statistician.allocation(slot, 1).await.unwrap().unwrap();
        assert_eq!(made.arm == ARMS[1], *arm);
    }
    Played { block, views, arms }
}

impl Study {
    async fn begin((subjects, block): (u32, usize)) -> Self {
        let mut world = World::start_with(definition_with_dosing()).await;
        let mut statistician = world.statistician().await;
        let new = NewList {
            stratum: "all".to_owned(),
            block: (0..block).map(|place| ARMS[place % 2].to_owned()).collect(),
            blocks: subjects / block as u32,
            kit_prefix: "K".to_owned(),
            delay: 8,
        };
        statistician.commit_list(&new).await.unwrap();
        world.grow(10);
        statistician.draw_list(1).await.unwrap();
        statistician.seal_list(1).await.unwrap();
        world.spread(&mut statistician).await;
        statistician.client().publish_key().await.unwrap();
        let pharmacist = world.pharmacist(0).await;
        let mut blinded = Vec::new();
        for role in [
            TrialRole::Manager,
            TrialRole::Monitor,
            TrialRole::DataManager,
            TrialRole::Statistician,
            TrialRole::Coordinator,
        ] {
            blinded.push((role, reader(&mut world, role).await));
        }
        world.ledger.lock().unwrap().tells_state = true;
        Self {
            world,
            blinded,
            statistician,
            pharmacist,
        }
    }

    /// One subject from consent to the first dose; whether it is in the second arm.
    async fn subject(&mut self, number: u32, care: Care) -> bool {
        let site = rand::rng().random_range(1..=2_u16);
        let slot = self.world.consent(site, &format!("S-{number:05}")).await;
        self.wait(60..600);
        let book = &mut self.world.sites[usize::from(site) - 1].party;
        book.allocate(slot, 1).await.unwrap();
        self.wait(60..400);
        let why = ("dispensing", &self.pharmacist.keys);
        let opened = self
            .pharmacist
            .party
            .open_allocation((slot, 1), (false, 1), why);
        let given = opened.await.unwrap().allocation;
        let is_active = given.arm == ARMS[1];
        if care == Care::Careless && is_active {
            self.wait(600..601);
        }
        self.wait(60..600);
        let mut vital = vec![value("SYSBP", &self.pressure()), value("KIT", &given.kit)];
        if care == Care::Careless && is_active {
            vital.push(value("DOSE", "54 mg"));
        }
        let dose = ("DOSE".to_owned(), "54 mg, two patches".to_owned());
        let dose = if is_active { vec![dose] } else { vec![] };
        let closed = self
            .pharmacist
            .party
            .close_form((slot, DOSING), &dose)
            .await;
        let age = rand::rng().random_range(51..90_u32).to_string();
        let forms = [
            form(slot, 0, vec![value("SEX", "F"), value("AGE", &age)]),
            form(slot, 1, vital),
        ];
        let book = &mut self.world.sites[usize::from(site) - 1].party;
        book.capture(&forms).await.unwrap();
        book.capture_closed(&[closed.unwrap()]).await.unwrap();
        is_active
    }

    fn pressure(&self) -> String {
        rand::rng().random_range(95..180_u32).to_string()
    }

    fn wait(&self, seconds: std::ops::Range<u64>) {
        let mut ledger = self.world.ledger.lock().unwrap();
        ledger.host.time_ms += 1_000 * rand::rng().random_range(seconds);
    }

    /// Copies go round before the unblinding.
    async fn end(&mut self) {
        for site in [1, 2] {
            let copy = self.world.send_to_sponsor(site).await;
            let taken = self.world.sponsor.receive(&copy).await.unwrap();
            assert_eq!(taken.differences, []);
        }
    }
}

async fn reader(world: &mut World, role: TrialRole) -> Client {
    let is_at_site = role == TrialRole::Coordinator;
    let place = u16::from(is_at_site);
    let client = world.enrol(usize::from(place)).await;
    client.publish_key().await.unwrap();
    world.grant(client.address(), role, place).await;
    let book = match is_at_site {
        true => &mut world.sites[0].party,
        false => &mut world.sponsor,
    };
    book.add_reader(client.address()).await.unwrap();
    client
}
