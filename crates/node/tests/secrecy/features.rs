//! Orders, sizes, gas and times: what is equal in both supplies, and may still say something.

use crate::disk::{Entry, Trial};
use alloy_primitives::{B256, keccak256};

/// What each feature says: whether the first lot went to the right pharmacy.
pub(crate) struct Features {
    pub(crate) says: [bool; 8],
}

impl Features {
    pub(crate) const NAMES: [&'static str; 8] = [
        "order of keys",
        "order of commitments",
        "order of documents",
        "sizes of calls",
        "gas",
        "distance of commitments",
        "times between entries",
        "parity of all words",
    ];

    pub(crate) fn of(trial: &Trial) -> Self {
        let (shipped, unpacked) = (closings(trial, 0), closings(trial, 2));
        let word =
            |entry: &Entry, place: usize| entry.words.get(place).copied().unwrap_or_default();
        let differs = |place| {
            let order = |pair: [&Entry; 2]| word(pair[0], place) < word(pair[1], place);
            order(shipped) != order(unpacked)
        };
        let sizes = |pair: [&Entry; 2]| pair[0].input.len() < pair[1].input.len();
        let gas = |pair: [&Entry; 2]| pair[0].gas < pair[1].gas;
        let height = |pair: [&Entry; 2]| pair[1].height - pair[0].height;
        let words: Vec<u8> = [shipped, unpacked]
            .as_flattened()
            .iter()
            .flat_map(|entry| &entry.words)
            .flat_map(|word| word.0)
            .collect();
        Self {
            says: [
                differs(0),
                differs(1),
                differs(2),
                sizes(shipped) != sizes(unpacked),
                gas(shipped) != gas(unpacked),
                is_nearer_crosswise(
                    shipped.map(|one| word(one, 1)),
                    unpacked.map(|one| word(one, 1)),
                ),
                height(shipped) < height(unpacked),
                keccak256(words)[0] & 1 == 1,
            ],
        }
    }

    /// What most of them say.
    pub(crate) fn guess(&self) -> bool {
        let swapped = self.says.iter().filter(|says| **says).count();
        2 * swapped > self.says.len()
    }
}

/// Two closings from a place on: the maker's are the first two, those of the pharmacies the next.
fn closings(trial: &Trial, from: usize) -> [&Entry; 2] {
    let selector =
        <theriac_contracts::interfaces::IPacks::closeCall as alloy_sol_types::SolCall>::SELECTOR;
    let closings = trial.entries.iter();
    let mut closings = closings
        .filter(|entry| entry.input[..4] == selector)
        .skip(from);
    [(); 2].map(|()| closings.next().expect("four closings in each trial"))
}

fn is_nearer_crosswise(left: [B256; 2], right: [B256; 2]) -> bool {
    let distance = |one: B256, other: B256| {
        (one ^ other)
            .iter()
            .map(|byte| byte.count_ones())
            .sum::<u32>()
    };
    let straight = distance(left[0], right[0]) + distance(left[1], right[1]);
    let crosswise = distance(left[0], right[1]) + distance(left[1], right[0]);
    crosswise < straight
}
