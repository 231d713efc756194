//! Things happen as often as the parameters say, within five standard deviations.

use theriac_standards::supply::{Act, Fraud, Parameters, PartyKind, Rate, Rates, Step, Supply};

struct Counted {
    what: &'static str,
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

#[test]
fn things_happen_as_often_as_they_should() {
    let (steps, rates) = supply();
    let parties = Supply::new(Parameters::new(11)).unwrap().parties().clone();
    let kind = |step: &Step| parties.at(step.party).kind;
    let made: u64 = steps
        .iter()
        .map(|step| match &step.act {
            Act::Commission { packs, .. } => packs.len() as u64,
            _ => 0,
        })
        .sum();
    assert_eq!(made, 40_000);
    let scans = count(&steps, |step| matches!(step.act, Act::Scan { .. }));
    let garbled = count(
        &steps,
        |step| matches!(&step.act, Act::Scan { reading, .. } if reading.fault.is_some()),
    );
    let repeated = count(
        &steps,
        |step| matches!(&step.act, Act::Scan { reading, .. } if reading.fault == Some(theriac_standards::supply::Fault::Repeated)),
    );
    let receipts = count(&steps, |step| {
        matches!(step.act, Act::Receive { .. }) && step.fraud != Some(Fraud::GhostShipment)
    });
    let pallets = count(&steps, |step| {
        matches!(step.act, Act::Ship { .. }) && kind(step) == PartyKind::Maker
    });
    let totes = count(&steps, |step| {
        matches!(step.act, Act::Pack { .. })
            && kind(step) == PartyKind::Wholesaler
            && step.fraud.is_none()
    });
    let stolen_cases = frauds(&steps, Fraud::StolenInTransit);
    let at_pharmacies = made - 20 * stolen_cases - frauds(&steps, Fraud::Unannounced);
    let undone = count(&steps, |step| matches!(step.act, Act::Undo { .. }));
    let destroyed = count(&steps, |step| matches!(step.act, Act::Destroy { .. }));
    let sold = count(&steps, |step| {
        matches!(step.act, Act::Dispense { .. })
            && matches!(
                step.fraud,
                None | Some(Fraud::RelabelledLot | Fraud::AlteredExpiry)
            )
    }) - undone;
    let relabelled = frauds(&steps, Fraud::RelabelledLot) + frauds(&steps, Fraud::AlteredExpiry);
    let cases = 40 * 50;
    let shelf = frauds(&steps, Fraud::StolenFromShelf);
    let rows = [
        ("faults", garbled, scans - repeated, rates.faults),
        (
            "clones",
            frauds(&steps, Fraud::Clone),
            at_pharmacies,
            rates.clones,
        ),
        (
            "guesses",
            frauds(&steps, Fraud::GuessedSerial),
            at_pharmacies,
            rates.guesses,
        ),
        ("relabelled", relabelled, sold, rates.relabelled),
        ("stolen cases", stolen_cases, cases, rates.thefts),
        ("stolen packs", shelf, at_pharmacies, rates.thefts),
        (
            "diversions",
            frauds(&steps, Fraud::Diverted),
            pallets,
            rates.diversions,
        ),
        (
            "back-dated",
            frauds(&steps, Fraud::BackDated),
            receipts - frauds(&steps, Fraud::Diverted),
            rates.back_dated,
        ),
        (
            "ghosts",
            frauds(&steps, Fraud::GhostShipment) / 3,
            totes,
            rates.ghosts,
        ),
        (
            "unannounced",
            frauds(&steps, Fraud::Unannounced),
            totes,
            rates.unannounced,
        ),
        (
            "destroyed",
            destroyed,
            at_pharmacies - shelf,
            rates.destroyed,
        ),
        ("undone", undone, sold - relabelled, rates.undone),
    ];
    for (what, hits, trials, rate) in rows {
        let counted = Counted {
            what,
            hits,
            trials,
            rate,
        };
        println!("{what}: {hits} of {trials}, expected {rate}");
        assert!(counted.hits > 0, "{what} never happens");
        assert!(counted.holds(), "{}: {hits} of {trials}", counted.what);
    }
}

#[test]
fn about_as_many_packs_are_mixed_in_totes_as_should_be() {
    let (steps, _) = supply();
    let returned = count(
        &steps,
        |step| matches!(&step.act, Act::Ship { items, .. } if matches!(items[..], [theriac_standards::supply::Item::Pack(_)])),
    );
    assert!(returned > 500, "{returned} returns and what goes out again");
}

#[test]
fn a_count_that_is_off_does_not_hold() {
    let counted = |hits| Counted {
        what: "",
        hits,
        trials: 10_000,
        rate: Rate::of_ten_thousand(100),
    };
    assert!(counted(100).holds() && counted(145).holds());
    assert!(!counted(160).holds() && !counted(45).holds());
}
