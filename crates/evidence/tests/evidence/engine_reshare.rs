//! Evidence across committees: the key stays, and with it what was proved; what an old committee signs later does not count.

use crate::engine::{
    chain::{CHAIN, Chain, HEIGHT},
    committees::Committee,
};
use commonware_runtime::{Runner as _, Supervisor as _, deterministic};
use theriac_evidence::bundle::{Bundle, Claim, Failure, Report, Trusted, build, verify};

/// The newest block.
const HEAD: u64 = 20;

/// A chain whose committees were 0 to 3, then 0 to 4, then 3 to 8.
struct Story {
    chain: Chain,
    /// Another chain with the same facts, signed by the first committee.
    rewrite: Chain,
    first: Committee,
    bundle: Bundle,
}

fn with_story(test: impl FnOnce(Story)) {
    deterministic::Runner::seeded(3).start(|context| async move {
        let first = Committee::first(0..4);
        let last = first.next(1, 0..5).next(2, 3..9);
        let mut rewrite = Chain::rewritten(context.child("rewrite"), HEAD + 2).await;
        rewrite.network = first.network(CHAIN);
        let mut chain = Chain::new(context.child("chain"), HEAD + 2).await;
        chain.network = first.network(CHAIN);
        let claims = vec![Claim::RecordRegistered(chain.record().await)];
        let bundle = chain.bundle(claims, None);
        chain.network = last.network(CHAIN);
        test(Story {
            chain,
            rewrite,
            first,
            bundle,
        });
    });
}

impl Story {
    /// What a verifier says who knows the block at `known` to be final.
    fn judge(&self, bundle: &Bundle, known: Option<u64>) -> Result<Report, Failure> {
        let trusted = Trusted {
            chain_id: CHAIN,
            group_key: self.first.network(CHAIN).group_key(),
            known: known.map(|height| (height, self.chain.hash(height))),
        };
        verify(&build(bundle).expect("within the limits"), &trusted)
    }

    /// The bundle with a proof that its block is an ancestor of the newest, as any member adds it.
    fn led_to_head(&self) -> Bundle {
        Bundle {
            history: Some(self.chain.history(HEAD, true)),
            ..self.bundle.clone()
        }
    }

    /// The bundle on a chain that the first committee signs today, led up to `height`.
    fn forged(&self, height: u64) -> Bundle {
        Bundle {
            block: self.rewrite.block(HEIGHT, true),
            history: (height > HEIGHT).then(|| self.rewrite.history(height, true)),
            ..self.bundle.clone()
        }
    }
}

#[test]
fn the_key_stays_when_the_members_change() {
    with_story(|story| {
        let (first, last) = (story.first.network(CHAIN), &story.chain.network);
        assert_eq!(first.group_key(), last.group_key());
        assert_eq!(
            (first.fixture.schemes.len(), last.fixture.schemes.len()),
            (4, 6)
        );
    });
}

#[test]
fn a_bundle_of_the_first_epoch_holds_at_the_end_through_its_ancestry() {
    with_story(|story| {
        let report = story
            .judge(&story.bundle, None)
            .expect("certified by its own committee");
        assert_eq!(report.newest.height, HEIGHT);
        let alone = story.judge(&story.bundle, Some(HEAD));
        assert!(matches!(
            alone,
            Err(Failure::OlderThanKnown {
                height: HEIGHT,
                known: HEAD
            })
        ));
        let report = story
            .judge(&story.led_to_head(), Some(HEAD))
            .expect("an ancestor");
        assert_eq!((report.block.height, report.newest.height), (HEIGHT, HEAD));
    });
}

#[test]
fn what_an_old_committee_signs_is_refused_by_who_knows_a_later_block() {
    with_story(|story| {
        for height in [HEIGHT, HEAD - 1, HEAD] {
            let forged = story.forged(height);
            story
                .judge(&forged, None)
                .expect("the old committee's shares are shares of the key");
            let refused = story.judge(&forged, Some(HEAD));
            match refused {
                Err(Failure::OlderThanKnown { .. }) if height < HEAD => {}
                Err(Failure::OtherChain { height: HEAD, .. }) if height == HEAD => {}
                other => panic!("{height}: {other:?}"),
            }
        }
        let mut joined = story.forged(HEAD);
        joined.history = Some(story.chain.history(HEAD, true));
        let refused = story.judge(&joined, Some(HEAD));
        assert!(matches!(refused, Err(Failure::History(_))), "{refused:?}");
    });
}

#[test]
fn a_chain_that_an_old_committee_leads_beyond_what_is_known_is_told_to_be_unproved() {
    with_story(|story| {
        let report = story
            .judge(&story.forged(HEAD + 1), Some(HEAD))
            .expect("newer than known");
        let text = report.to_string();
        assert!(text.contains("that the chain goes through block"), "{text}");
    });
}

#[test]
fn one_member_less_than_a_quorum_of_an_old_committee_signs_nothing() {
    use commonware_consensus::{
        simplex::types::{Finalization, Finalize, Proposal},
        types::{Epoch, Round, View},
    };
    use commonware_cryptography::sha256;
    use commonware_parallel::Sequential;
    use commonware_utils::non_empty;

    let network = Committee::first(0..4).network(CHAIN);
    let round = Round::new(Epoch::zero(), View::new(3));
    let proposal = Proposal::new(round, View::new(2), sha256::Digest::from([7; 32]));
    let votes: Vec<_> = network.fixture.schemes[..network.quorum() - 1]
        .iter()
        .map(|member| Finalize::sign(member, proposal.clone()).expect("members sign"))
        .collect();
    let signer = &network.fixture.schemes[0];
    assert!(Finalization::from_finalizes(signer, non_empty![@&votes], &Sequential).is_err());
}
