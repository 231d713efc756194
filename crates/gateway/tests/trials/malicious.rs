//! Every key of the sponsor and its whole machine in dishonest hands: what they send is refused, what they show is found, and what they alter
//! comes back from the sites. The last tests plant what is not claimed, and show that it would be seen if it were.

mod ledger;
mod scene;
mod shown;
mod stored;

use alloy_primitives::B256;
use scene::{Scene, restored};
use theriac_evidence::{
    bundle::Trusted,
    trial::verify::{ClaimId, Place, verify},
};

use crate::support::{rows_of, trusted};

/// What somebody tried, and what came of it.
pub(super) struct Attempt {
    what: &'static str,
    outcome: Outcome,
}

pub(super) enum Outcome {
    /// The ledger's answer.
    Refused(String),
    /// A bundle that was given to an outsider, who knows a newer block or none.
    Shown(Vec<u8>, Option<(u64, B256)>),
}

/// What must come of it.
pub(super) enum Expected {
    Refusal(&'static str),
    Finding(ClaimId, &'static str, Place),
}

/// Whether it was refused, or an outsider finds it.
fn is_caught(outcome: &Outcome) -> bool {
    match outcome {
        Outcome::Refused(_) => true,
        Outcome::Shown(bytes, known) => {
            let known = Trusted {
                known: *known,
                ..trusted()
            };
            verify(bytes, &known).is_ok_and(|report| !report.holds())
        }
    }
}

fn check((attempt, expected): &(Attempt, Expected)) {
    let what = attempt.what;
    assert!(is_caught(&attempt.outcome), "{what} passed");
    match (&attempt.outcome, expected) {
        (Outcome::Refused(got), Expected::Refusal(refusal)) => assert_eq!(got, refusal, "{what}"),
        (Outcome::Shown(bytes, known), Expected::Finding(claim, code, place)) => {
            let known = Trusted {
                known: *known,
                ..trusted()
            };
            let report = verify(bytes, &known).unwrap();
            let mut failures = report.claim(*claim).failures.iter();
            let is_found = failures.any(|failure| failure.code == *code && failure.place == *place);
            assert!(is_found, "{what}: {claim:?} {code} {place:?}\n{report}");
        }
        (Outcome::Refused(got), _) => panic!("{what}: refused with {got}"),
        (Outcome::Shown(..), _) => panic!("{what}: taken by the ledger"),
    }
}

#[tokio::test]
async fn what_the_sponsor_sends_alters_nothing_that_stands_on_the_ledger() {
    let mut scene = Scene::start().await;
    let attempts = ledger::attempts(&mut scene).await;
    assert_eq!(attempts.len(), 11);
    attempts.iter().for_each(check);
    assert_eq!(scene.world.sites[0].party.compare().await.unwrap(), []);
}

#[tokio::test]
async fn what_the_sponsor_shows_is_found_at_its_place() {
    let mut scene = Scene::start().await;
    scene.close().await;
    assert!(!is_caught(&Outcome::Shown(scene.honest().await, None)));
    assert!(!is_caught(&Outcome::Shown(scene.lists().await, None)));
    let attempts = shown::attempts(&mut scene).await;
    assert_eq!(attempts.len(), 15);
    attempts.iter().for_each(check);
}

/// The operator writes to the sponsor's database. What goes out of it is found, and with the sites' copies every byte is there again.
#[tokio::test]
async fn what_the_operator_writes_is_found_and_the_sites_copies_restore_every_byte() {
    let mut scene = Scene::start().await;
    let whole = rows_of(scene.world.sponsor.book().folder());
    for (number, attack) in stored::ATTACKS.iter().enumerate() {
        scene.take_over_again(&format!("taken-{number}")).await;
        let expected = attack(&mut scene).await;
        check(&expected);
        let folder = scene.folder(&format!("again-{number}"));
        let mut again = restored(&mut scene, &folder).await;
        assert_eq!(again.compare().await.unwrap(), []);
        drop(again);
        assert!(rows_of(&folder) == whole, "{}", expected.0.what);
    }
}

/// Not claimed: that what the source says is true. A site that enters a false value with its own keys, and signs it, is believed.
#[tokio::test]
async fn a_false_value_that_a_site_enters_and_signs_itself_is_not_found() {
    let mut scene = Scene::start().await;
    let root = scene.root().await;
    scene.collude().await;
    assert_ne!(scene.root().await, root);
    assert!(!is_caught(&Outcome::Shown(scene.honest().await, None)));
}

/// Not claimed: that what nobody honest has kept comes back. It is found all the same.
#[tokio::test]
async fn what_both_sides_alter_in_their_books_is_found_and_does_not_come_back() {
    let mut scene = Scene::start().await;
    let (attempt, expected) = stored::alter_both(&mut scene).await;
    check(&(attempt, expected));
    let copy = scene.altered_copy().await;
    let mut sponsor = scene.operator.party().await;
    let mended = sponsor.mend(&copy).await.unwrap();
    assert_eq!((mended.forms, mended.differences.len()), (0, 1));
}
