//! Things happen as often as the parameters say, within five standard deviations.

use theriac_standards::supply::{
    Act, Fault, Fraud, Item, Parameters, PartyKind, Rate, Rates, Step, Supply,
};

struct Counted {
    /// How often it happened, of how many.
    hits: u64,
    trials: u64,
    rate: Rate,
}

impl Counted {
    /// Squares, so that no root is taken: (hits - np)^2 <= 25 np(1-p).
    fn holds(&self) -> bool {
        let (hits, trials) = (i128::from(self.hits), i128::from(self.trials));
        let rate = i128::from(self.rate.per_ten_thousand());
        let off = hits * 10_000 - trials * rate;
        off * off <= 25 * trials * rate * (10_000 - rate)
    }
}

fn supply() -> (Vec<Step>, Rates) {
    let mut parameters = Parameters::new(11);
    parameters.counts.lots = 40;
    let rate = Rate::of_ten_thousand;
    parameters.rates = Rates {
        thefts: rate(100),
        diversions: rate(1_000),
        ghosts: rate(200),
        unannounced: rate(200),
        ..Rates::default()
    };
    let rates = parameters.rates.clone();
    (Supply::new(parameters).unwrap().collect(), rates)
}

fn count(steps: &[Step], wanted: impl Fn(&Step) -> bool) -> u64 {
    steps.iter().filter(|step| wanted(step)).count() as u64
}

fn frauds(steps: &[Step], fraud: Fraud) -> u64 {
    count(steps, |step| step.fraud == Some(fraud))
}

/// What is counted once and needed in several rows.
struct Facts {
    made: u64,
    /// Readings that were drawn: one that arrives again is not.
    scans: u64,
    garbled: u64,
    at_pharmacies: u64,
    pallets: u64,
    totes: u64,
    receipts: u64,
    undone: u64,
    sold: u64,
    relabelled: u64,
}

impl Facts {
    fn of(steps: &[Step]) -> Self {
        let parties = Supply::new(Parameters::new(11)).unwrap().parties().clone();
        let is_by = |step: &Step, kind| parties.at(step.party).kind == kind;
        let is_garbled = |step: &Step, wanted: fn(Fault) -> bool| matches!(&step.act, Act::Scan { reading, .. } if reading.fault.is_some_and(wanted));
        let scans = count(steps, |step| matches!(step.act, Act::Scan { .. }));
        let again = count(steps, |step| {
            is_garbled(step, |fault| fault == Fault::Repeated)
        });
        let made = steps.iter().map(|step| match &step.act {
            Act::Commission { packs, .. } => packs.len() as u64,
            _ => 0,
        });
        let made: u64 = made.sum();
        let astray = 20 * frauds(steps, Fraud::StolenInTransit) + frauds(steps, Fraud::Unannounced);
        let undone = count(steps, |step| matches!(step.act, Act::Undo { .. }));
        let relabelled = [Fraud::RelabelledLot, Fraud::AlteredExpiry];
        let is_sold = |step: &Step| {
            let is_own = step.fraud.is_none_or(|fraud| relabelled.contains(&fraud));
            is_own && matches!(step.act, Act::Dispense { .. })
        };
        Self {
            made,
            scans: scans - again,
            garbled: count(steps, |step| is_garbled(step, |_| true)),
            at_pharmacies: made - astray,
            pallets: count(steps, |step| {
                matches!(step.act, Act::Ship { .. }) && is_by(step, PartyKind::Maker)
            }),
            totes: count(steps, |step| {
                let is_pack = matches!(step.act, Act::Pack { .. }) && step.fraud.is_none();
                is_pack && is_by(step, PartyKind::Wholesaler)
            }),
            receipts: count(steps, |step| {
                let is_other = [Some(Fraud::GhostShipment), Some(Fraud::Diverted)];
                matches!(step.act, Act::Receive { .. }) && !is_other.contains(&step.fraud)
            }),
            undone,
            sold: count(steps, is_sold) - undone,
            relabelled: relabelled.map(|one| frauds(steps, one)).iter().sum(),
        }
    }
}

#[test]
fn things_happen_as_often_as_they_should() {
    let (steps, rates) = supply();
    let facts = Facts::of(&steps);
    assert_eq!(facts.made, 40_000);
    let seen = |fraud| frauds(&steps, fraud);
    let (shelf, packs) = (seen(Fraud::StolenFromShelf), facts.at_pharmacies);
    let destroyed = count(&steps, |step| matches!(step.act, Act::Destroy { .. }));
    let rows = [
        ("faults", facts.garbled, facts.scans, rates.faults),
        ("clones", seen(Fraud::Clone), packs, rates.clones),
        ("guesses", seen(Fraud::GuessedSerial), packs, rates.guesses),
        ("relabelled", facts.relabelled, facts.sold, rates.relabelled),
        (
            "stolen cases",
            seen(Fraud::StolenInTransit),
            40 * 50,
            rates.thefts,
        ),
        ("stolen packs", shelf, packs, rates.thefts),
        (
            "diversions",
            seen(Fraud::Diverted),
            facts.pallets,
            rates.diversions,
        ),
        (
            "back-dated",
            seen(Fraud::BackDated),
            facts.receipts,
            rates.back_dated,
        ),
        // Three steps each.
        (
            "ghosts",
            seen(Fraud::GhostShipment) / 3,
            facts.totes,
            rates.ghosts,
        ),
        (
            "unannounced",
            seen(Fraud::Unannounced),
            facts.totes,
            rates.unannounced,
        ),
        ("destroyed", destroyed, packs - shelf, rates.destroyed),
        (
            "undone",
            facts.undone,
            facts.sold - facts.relabelled,
            rates.undone,
        ),
    ];
    for (what, hits, trials, rate) in rows {
        println!("{what}: {hits} of {trials}, expected {rate}");
        assert!(hits > 0, "{what} never happens");
        let counted = Counted { hits, trials, rate };
        assert!(counted.holds(), "{what}: {hits} of {trials}");
    }
}

#[test]
fn packs_come_back_and_go_out_again() {
    let (steps, _) = supply();
    let returned = count(
        &steps,
        |step| matches!(&step.act, Act::Ship { items, .. } if matches!(items[..], [Item::Pack(_)])),
    );
    assert!(returned > 500, "{returned} returns and what goes out again");
}

#[test]
fn a_count_that_is_off_does_not_hold() {
    let counted = |hits| Counted {
        hits,
        trials: 10_000,
        rate: Rate::of_ten_thousand(100),
    };
    assert!(counted(100).holds() && counted(145).holds());
    assert!(!counted(160).holds() && !counted(45).holds());
}
