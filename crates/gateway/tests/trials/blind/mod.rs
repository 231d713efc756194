//! The blind holds: a program that has everything that blinded roles get tells no arm better than a coin, and finds what the test plants.
//!
//! ```text
//! play      studies with real books, contract, keepers; the true arm of each subject beside
//! view      what blinded roles get of each subject: ledger, state, books, copies, exports, bundles, sealed entries
//! columns   each byte, length, order, time, gas and count as yes-or-no columns
//! guess     one test for each column; a classifier that learns on half of the lists and guesses the other
//! leaks     what careless programs would give away, put into the same views
//! earlier   who knows the arms of all earlier subjects: what permuted blocks give away by themselves
//! ```
//!
//! Bounds are Hoeffding's, also for draws without replacement, so that they hold for permuted blocks whatever is counted (see `guess`).

mod columns;
mod copies;
mod earlier;
mod guess;
mod leaks;
mod ledger;
mod play;
mod view;

use columns::Columns;
use guess::{guess_both_halves, scan};
use leaks::LEAKS;
use play::{Care, Played, play};
use std::{
    collections::BTreeMap,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread::available_parallelism,
};
use tokio::runtime::Builder;

/// Subjects of one list, each list in a study of its own, in an ordinary run and in a long one.
const SUBJECTS: [u32; 2] = [80, 100];
/// Lists of both.
const LISTS: [usize; 2] = [4, 100];
/// Lengths of blocks in turn.
const BLOCKS: [usize; 4] = [4, 10, 20, 2];

fn is_long() -> usize {
    usize::from(std::env::var_os("THERIAC_LONG").is_some())
}

/// Lists of the ordinary run, of the long one, or as many as are asked for.
fn lists() -> usize {
    let asked = std::env::var("THERIAC_BLIND_LISTS").ok();
    let asked = asked.and_then(|lists| lists.parse().ok());
    asked.unwrap_or(LISTS[is_long()])
}

/// Plays lists, as many at a time as there are processors, in the order of their blocks.
fn play_all(blocks: &[usize], care: Care) -> Vec<Played> {
    let (next, played) = (AtomicUsize::new(0), Mutex::new(BTreeMap::new()));
    let work = || {
        while let Some((place, block)) = take(&next, blocks) {
            let mut runtime = Builder::new_multi_thread();
            let runtime = runtime.worker_threads(2).enable_all().build().unwrap();
            let one = runtime.block_on(play((SUBJECTS[is_long()], block), care));
            played.lock().unwrap().insert(place, one);
        }
    };
    let workers = available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(work);
        }
    });
    played.into_inner().unwrap().into_values().collect()
}

fn take(next: &AtomicUsize, blocks: &[usize]) -> Option<(usize, usize)> {
    let place = next.fetch_add(1, Ordering::Relaxed);
    blocks.get(place).map(|block| (place, *block))
}

/// What no column and no guess may tell.
fn check_silent(played: &[Played]) {
    let (columns, arms) = (Columns::of(played), play::arms(played));
    let found = scan(&columns, &arms);
    println!("{} columns of {} subjects", columns.len(), arms.len());
    assert_eq!(found, [], "columns that tell the arm");
    let guesses = guess_both_halves(&columns, &arms);
    println!("right in {guesses}");
    assert!(guesses.is_a_coin(), "{guesses}");
}

/// A planted leak is found: a column of it is named, and the guesses are better than a coin's.
fn check_found((name, source, is_guessed): (&str, &str, bool), played: &[Played]) {
    let (columns, arms) = (Columns::of(played), play::arms(played));
    let found = scan(&columns, &arms);
    let guesses = guess_both_halves(&columns, &arms);
    let best = found.first().map(|column| column.name.clone());
    println!(
        "{name}: {} columns, first {best:?}; right in {guesses}",
        found.len()
    );
    let is_named = found.iter().any(|column| column.name.contains(source));
    assert!(is_named, "{name}: no column of {source}: {found:?}");
    assert!(!is_guessed || !guesses.is_a_coin(), "{name}: {guesses}");
}

#[test]
fn blinded_roles_tell_no_arm_and_each_planted_leak_is_found() {
    let blocks: Vec<_> = BLOCKS.iter().copied().cycle().take(lists()).collect();
    let played = play_all(&blocks, Care::Careful);
    check_silent(&played);
    earlier::check(&played);
    // A long run need not plant into ten thousand.
    let few: Vec<Played> = played.into_iter().take(LISTS[0]).collect();
    for leak in LEAKS {
        let mut planted = few.clone();
        leaks::plant(&mut planted, &leak);
        check_found((leak.name, leak.source, leak.is_guessed), &planted);
    }
}

#[test]
fn careless_people_are_found_in_the_same_views() {
    let played = play_all(&[4, 10], Care::Careless);
    for (name, source) in [
        ("a pharmacist who prepares the active arm longer", "since"),
        ("a site that enters a dose for one arm alone", "odm"),
        ("the same in the sums of the ledger", "record"),
    ] {
        check_found((name, source, true), &played);
    }
}
