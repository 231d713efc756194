//! What careless programs would give away, put into views that give nothing away.

use super::{play::Played, view::View};
use sha2::{Digest as _, Sha256};

/// A leak, and where it is to be found.
pub(super) struct Leak {
    pub(super) name: &'static str,
    /// Part of the name of the columns.
    pub(super) source: &'static str,
    /// Whether guesses of single subjects are better than a coin's too.
    pub(super) is_guessed: bool,
    /// Changes the view of a subject in the second arm, or not, who is so-manieth of its arm.
    plant: fn(&mut View, bool, i64),
}

pub(super) const LEAKS: [Leak; 11] = [
    Leak {
        name: "entries sealed without padding",
        source: "sealed entry, length",
        is_guessed: true,
        plant: |view, is_active, _| {
            let entry = view.things.get_mut("sealed entry").unwrap();
            let shorter = if is_active { 16 } else { 71 };
            entry.truncate(entry.length - shorter);
        },
    },
    Leak {
        name: "one salt for all reasons",
        source: "kind 18 no. 1: body",
        is_guessed: true,
        plant: |view, is_active, _| {
            let body = view.things.get_mut("kind 18 no. 1: body").unwrap();
            body.beginning[128..160].copy_from_slice(&Sha256::digest([7, u8::from(is_active)]));
        },
    },
    Leak {
        name: "sealed entries in the order of arms",
        source: "place of the sealed entry",
        is_guessed: true,
        plant: |view, is_active, place| {
            let first = if is_active { 40 } else { 0 };
            view.number("place of the sealed entry", first + place);
        },
    },
    Leak {
        name: "kit numbers that run on in each arm",
        source: "KIT",
        is_guessed: true,
        plant: |view, is_active, place| {
            let first = if is_active { 41 } else { 1 };
            for (name, number) in &mut view.numbers {
                if name.ends_with(": KIT") {
                    *number = first + place;
                }
            }
        },
    },
    Leak {
        name: "odd kit numbers for one arm",
        source: "KIT",
        is_guessed: true,
        plant: |view, is_active, _| {
            for (name, number) in &mut view.numbers {
                if name.ends_with(": KIT") {
                    *number = *number / 2 * 2 + i64::from(is_active);
                }
            }
        },
    },
    Leak {
        name: "an opening that writes ten slots more for one arm",
        source: "kind 18 no. 1: gas",
        is_guessed: true,
        plant: |view, is_active, _| {
            let gas = view.numbers.get_mut("kind 18 no. 1: gas").unwrap();
            *gas += 200_000 * i64::from(is_active);
        },
    },
    Leak {
        name: "an opening five minutes later for one arm",
        source: "kind 18 no. 1: since the subject's",
        is_guessed: true,
        plant: |view, is_active, _| {
            let name = "kind 18 no. 1: since the subject's entry before";
            *view.numbers.get_mut(name).unwrap() += 300_000 * i64::from(is_active);
        },
    },
    Leak {
        name: "a row more in the export for one arm",
        source: "odm Two of sponsor",
        is_guessed: true,
        plant: |view, is_active, _| {
            if is_active {
                let row = br#"<ItemData ItemOID="DOSE"><Value>54</Value></ItemData>"#;
                view.add("odm Two of sponsor", row);
            }
        },
    },
    Leak {
        name: "one bit of one word",
        source: "kind 17 no. 1: state",
        is_guessed: true,
        plant: |view, is_active, _| {
            let state = view.things.get_mut("kind 17 no. 1: state").unwrap();
            let state = &mut state.beginning;
            state[40] = state[40] & !4 | u8::from(is_active) << 2;
        },
    },
    Leak {
        name: "a dose closed without padding",
        source: "sponsor: THERIAC.CLOSED, length",
        is_guessed: true,
        plant: |view, is_active, _| {
            let closed = view.things.get_mut("sponsor: THERIAC.CLOSED").unwrap();
            let shorter = if is_active { 3_980 } else { 4_084 };
            closed.truncate(closed.length - shorter);
        },
    },
    Leak {
        name: "a longer reason for one arm",
        source: "sealed texts",
        is_guessed: true,
        plant: |view, is_active, _| {
            let more = vec![0xa5; if is_active { 12 } else { 9 }];
            view.count("sponsor: sealed texts", &more);
        },
    },
];

pub(super) fn plant(played: &mut [Played], leak: &Leak) {
    for one in played {
        let mut places = [0_i64; 2];
        for (view, is_active) in one.views.iter_mut().zip(&one.arms) {
            let place = &mut places[usize::from(*is_active)];
            (leak.plant)(view, *is_active, *place);
            *place += 1;
        }
    }
}
