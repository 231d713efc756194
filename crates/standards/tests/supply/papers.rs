//! Papers and truth agree where nothing is wrong: everything is somewhere, moves from where it is, and leaves once.

use std::collections::{BTreeMap, BTreeSet};
use theriac_standards::{
    gs1::pack_label::PackLabel,
    supply::{Act, Fraud, Item, Parameters, Step, Supply},
};

/// Where a thing is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    At(usize),
    In(Item),
    OnTheWay(usize),
    Gone,
}

#[derive(Default)]
struct Papers {
    places: BTreeMap<Item, Place>,
    /// What was stolen, and what travels without papers: the papers do not know.
    astray: BTreeSet<Item>,
}

impl Papers {
    #[track_caller]
    fn moves(&mut self, item: Item, place: &Place, to: Place) {
        let before = self.places.insert(item, to);
        assert_eq!(before.as_ref(), Some(place), "{item:?}");
    }

    /// Nobody honestly dispenses what was taken before.
    fn honest(&self, step: &Step) {
        if let Act::Dispense { pack } = &step.act {
            assert!(!self.astray.contains(&Item::Pack(*pack)), "{step:?}");
        }
    }

    fn step(&mut self, step: &Step) {
        let here = Place::At(step.party);
        match &step.act {
            Act::Commission { packs, .. } => {
                for pack in packs {
                    let before = self.places.insert(Item::Pack(*pack), here.clone());
                    assert_eq!(before, None, "made once");
                }
            }
            Act::Pack { unit, items } => {
                let unit = Item::Unit(*unit);
                assert_eq!(
                    self.places.insert(unit, here.clone()),
                    None,
                    "numbered once"
                );
                for item in items {
                    self.moves(*item, &here, Place::In(unit));
                }
            }
            Act::Unpack { unit, items } => {
                let unit = Item::Unit(*unit);
                self.moves(unit, &here, Place::Gone);
                for item in items {
                    self.moves(*item, &Place::In(unit), here.clone());
                }
            }
            Act::Ship { to, items } => {
                for item in items {
                    self.moves(*item, &here, Place::OnTheWay(*to));
                }
            }
            Act::Receive { items, .. } => {
                for item in items {
                    let before = match step.fraud {
                        Some(Fraud::Diverted) => self.places[item].clone(),
                        _ => Place::OnTheWay(step.party),
                    };
                    self.moves(*item, &before, here.clone());
                }
            }
            Act::Dispense { pack } | Act::Destroy { pack } => {
                self.moves(Item::Pack(*pack), &here, Place::Gone);
            }
            Act::Undo { pack } => self.moves(Item::Pack(*pack), &Place::Gone, here),
            Act::Scan { .. } | Act::Vanish { .. } => {}
        }
    }
}

#[test]
fn without_frauds_every_pack_is_where_the_papers_say() {
    let mut papers = Papers::default();
    let mut packs = 0;
    for step in Supply::new(Parameters::new(21)).unwrap() {
        match step.fraud {
            None | Some(Fraud::Diverted | Fraud::BackDated) => {
                papers.honest(&step);
                papers.step(&step);
            }
            // Somebody took them, or hides them: the papers still have them somewhere.
            Some(Fraud::StolenInTransit | Fraud::StolenFromShelf | Fraud::Unannounced) => {
                papers.astray.extend(step.act.items());
            }
            Some(
                Fraud::Clone
                | Fraud::GuessedSerial
                | Fraud::StolenOffered
                | Fraud::GhostShipment
                | Fraud::RelabelledLot
                | Fraud::AlteredExpiry,
            ) => {}
        }
        packs += usize::from(matches!(step.act, Act::Dispense { .. }));
    }
    assert!(packs > 3_000, "{packs}");
}

#[test]
fn the_truth_says_what_is_wrong() {
    let mut parameters = Parameters::new(22);
    parameters.counts.lots = 40;
    parameters.rates.diversions = "5".parse().unwrap();
    let steps: Vec<Step> = Supply::new(parameters).unwrap().collect();
    let mut made: BTreeMap<PackLabel, u64> = BTreeMap::new();
    for step in &steps {
        if let Act::Commission { packs, .. } = &step.act {
            made.extend(packs.iter().map(|pack| (*pack, step.time_ms)));
        }
    }
    let mut seen = BTreeSet::new();
    for step in &steps {
        let Some(fraud) = step.fraud else { continue };
        seen.insert(fraud);
        let Item::Pack(pack) = step.act.items()[0] else {
            continue;
        };
        let is_made = made.get(&pack).is_some_and(|time| *time < step.time_ms);
        let should_be = !matches!(
            fraud,
            Fraud::GuessedSerial | Fraud::RelabelledLot | Fraud::AlteredExpiry
        );
        assert_eq!(is_made, should_be, "{fraud:?} {pack:?}");
        let is_early = step.stated_ms < step.time_ms;
        assert_eq!(is_early, fraud == Fraud::BackDated, "{fraud:?}");
    }
    assert_eq!(seen, BTreeSet::from(Fraud::ALL));
}
