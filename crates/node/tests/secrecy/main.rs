//! What a validator's disk tells of who supplies whom: nothing beyond the table in section 9 of docs/protocol/packs.md.
//!
//! Two supplies with equal totals and equal times are possible in each trial: the first lot goes to the left pharmacy and the second to
//! the right one, or the other way round. One of them takes place in a network of four processes. A program that knows all products, lot
//! numbers, places and units reads everything on a validator's disk and has to say which. Where a leak is planted it finds it each time;
//! so its silence elsewhere means something.

#[path = "../cluster/mod.rs"]
mod cluster;
mod disk;
mod distinguisher;
mod features;
mod guesses;
mod trial;

use cluster::Cluster;
use disk::View;
use distinguisher::{Found, find};
use features::Features;
use rand::RngExt as _;
use trial::{Care, LEAKS, Public, Traders};

const MEMBERS: [&str; 4] = [
    "Maker:manufacturer",
    "Left:pharmacy",
    "Right:pharmacy",
    "Authority:regulator",
];

/// Careless trials and careful ones, in an ordinary run and in a long one.
const TRIALS: [[usize; 2]; 2] = [[2, 3], [10, 120]];

struct Played {
    care: Care,
    public: Public,
    /// Whether the first lot went to the right pharmacy.
    is_swapped: bool,
}

fn trials() -> Vec<Care> {
    let is_long = std::env::var_os("THERIAC_LONG").is_some();
    let [careless, careful] = TRIALS[usize::from(is_long)];
    let mut trials = vec![Care::Careless; careless];
    trials.extend(vec![Care::Careful; careful]);
    trials
}

fn play(cluster: &Cluster) -> (Vec<Played>, Traders) {
    let traders = Traders::begin(cluster);
    let mut traders = cluster.block_on(traders);
    let mut played = Vec::new();
    for (place, care) in trials().into_iter().enumerate() {
        let is_swapped = match care {
            Care::Careless => place % 2 == 1,
            Care::Careful => rand::rng().random(),
        };
        let public = Public::draw(care);
        cluster.block_on(traders.trade(&public, is_swapped, care));
        played.push(Played {
            care,
            public,
            is_swapped,
        });
    }
    (played, traders)
}

/// Right guesses are as many as those of a coin, within five standard deviations.
fn is_a_coin(right: usize, trials: usize) -> bool {
    let off = 2 * right.abs_diff(trials / 2);
    off * off <= 25 * trials
}

#[test]
fn a_validators_disk_does_not_tell_who_supplies_whom_and_planted_leaks_are_found() {
    let mut cluster = Cluster::found_of(&MEMBERS);
    cluster.start_all();
    let (played, traders) = play(&cluster);
    let known = traders.known();
    cluster.kill_all();
    let log = cluster.workplace().join("node-0.log");
    let view = View::read(&cluster.folder(0), &log, &known);
    assert_eq!(view.trials.len(), played.len());
    let mut careful = Vec::new();
    for (trial, one) in view.trials.iter().zip(&played) {
        let (found, is_swapped) = (find(trial, &one.public, &known), one.is_swapped);
        let (features, care) = (Features::of(trial), one.care);
        let guess = features.guess();
        println!("{care:?}: found {found:?}; features say {guess}, in truth {is_swapped}");
        match care {
            Care::Careful => {
                assert_eq!(found, []);
                careful.push((features, is_swapped));
            }
            Care::Careless => {
                let all = LEAKS.map(|by| Found { is_swapped, by });
                assert_eq!(found, all);
            }
        }
    }
    let of = |care| played.iter().filter(move |one| one.care == care);
    let publics = |care| of(care).map(|one| &one.public);
    assert_eq!(view.in_clear(publics(Care::Careful)), Vec::<String>::new());
    let told = view.in_clear(publics(Care::Careless));
    assert!(
        !told.is_empty(),
        "products that were named stand on the disk"
    );
    println!("of careless trials stands in clear: {told:?}");
    check_books(&view, &traders);
    check_features(&careful);
}

/// What the books have of packs that are held is on no validator's disk; what the ledger has of them is.
fn check_books(view: &View, traders: &Traders) {
    let secrets = traders.secrets();
    assert!(secrets.len() > 50, "{}", secrets.len());
    assert_eq!(view.values_found(&secrets), Vec::<String>::new());
    assert!(!view.values_found(&traders.closed_keys()).is_empty());
}

/// Each feature, and their vote, is right as often as a coin. A handful of trials shows nothing, and is told only.
fn check_features(careful: &[(Features, bool)]) {
    let trials = careful.len();
    let right = |guess: &dyn Fn(&Features) -> bool| {
        let right = careful
            .iter()
            .filter(|(features, truth)| guess(features) == *truth);
        right.count()
    };
    let vote = right(&|features: &Features| features.guess());
    println!("the vote of all features was right in {vote} of {trials} trials");
    let bounded = trials >= 100;
    assert!(!bounded || is_a_coin(vote, trials), "{vote} of {trials}");
    for (place, name) in Features::NAMES.iter().enumerate() {
        let count = right(&|features: &Features| features.says[place]);
        println!("  {name}: {count} of {trials}");
        assert!(!bounded || is_a_coin(count, trials), "{name}: {count}");
    }
}

#[test]
fn a_coin_is_told_from_a_leak() {
    assert!(is_a_coin(60, 120) && is_a_coin(80, 120) && is_a_coin(40, 120));
    assert!(!is_a_coin(90, 120) && !is_a_coin(30, 120) && !is_a_coin(0, 120));
}
