//! A keeper whose answer is wrong, replayed or foreign is named, and the others open the seal.

use crate::seal_committee::{
    CHAIN, EPOCH, Keepers, OPENING, ROOT, context, keepers, name, requester, sealed, secret,
};
use crate::support::SeededRng;
use commonware_cryptography::{Signer, ed25519};
use theriac_envelope::seal::{
    BadKeeper, Combination, Fault, MAX_SEALS, OpenError, Partial, PartialsContext, PartialsMessage,
    SealContext, SealError,
};
use theriac_envelope::{PrivateKey, Suite};

/// The keeper that lies; the first, so that it is always among those tried first.
const LIAR: usize = 0;

/// Opens with the liar's message and those of the three honest keepers, and returns whom that names.
fn named(keepers: &Keepers, lie: &PartialsMessage) -> Vec<Fault> {
    let seals = sealed(keepers, 1);
    let mut messages = keepers.messages(1);
    messages[LIAR] = lie.clone();
    let answers: Vec<_> = messages.iter().enumerate().collect();
    let mut combination = keepers.combination(&seals, &answers);
    let opened = combination
        .open()
        .expect("three honest keepers are a quorum");
    assert_eq!(opened[0].encode(), secret().encode());
    let liar = name(&keepers.identities[LIAR]);
    assert!(combination.bad().iter().all(|bad| bad.keeper == liar));
    combination.bad().iter().map(|bad| bad.fault).collect()
}

fn lie_with(keepers: &Keepers, change: impl FnOnce(&mut PartialsContext)) -> PartialsMessage {
    let mut context = keepers.partials_context(LIAR);
    change(&mut context);
    keepers.message_in(LIAR, &keepers.partials(LIAR, 1), &context)
}

#[test]
fn a_partial_over_another_seal_is_named() {
    let keepers = keepers(4, 1);
    let wrong = Partial::sign(&keepers.shares[LIAR], &context(9));
    let lie = keepers.message(LIAR, &[wrong]);
    assert_eq!(named(&keepers, &lie), [Fault::WrongPartial]);
}

#[test]
fn a_partial_of_another_network_is_named() {
    let keepers = keepers(4, 1);
    let foreign = SealContext {
        chain_id: CHAIN + 1,
        ..context(1)
    };
    let lie = keepers.message(LIAR, &[Partial::sign(&keepers.shares[LIAR], &foreign)]);
    assert_eq!(named(&keepers, &lie), [Fault::WrongPartial]);
}

#[test]
fn a_partial_of_the_share_of_another_epoch_is_named() {
    let (keepers, earlier) = (keepers(4, 1), keepers(4, 2));
    let lie = keepers.message(LIAR, &earlier.partials(LIAR, 1));
    assert_eq!(named(&keepers, &lie), [Fault::WrongPartial]);
}

#[test]
fn the_partial_of_another_keeper_is_named() {
    let keepers = keepers(4, 1);
    let lie = keepers.message(LIAR, &keepers.partials(2, 1));
    assert_eq!(named(&keepers, &lie), [Fault::WrongPartial]);
}

#[test]
fn an_answer_to_another_opening_is_named() {
    let keepers = keepers(4, 1);
    let replayed = lie_with(&keepers, |context| context.opening += 1);
    assert_eq!(named(&keepers, &replayed), [Fault::NotSigned]);
    let other_seals = lie_with(&keepers, |context| context.seals_root = [1; 32]);
    assert_eq!(named(&keepers, &other_seals), [Fault::NotSigned]);
    let other_chain = lie_with(&keepers, |context| context.chain_id += 1);
    assert_eq!(named(&keepers, &other_chain), [Fault::NotSigned]);
    let other_epoch = lie_with(&keepers, |context| context.epoch += 1);
    assert_eq!(named(&keepers, &other_epoch), [Fault::NotSigned]);
}

#[test]
fn an_answer_signed_by_someone_else_is_named_and_the_keeper_may_answer_again() {
    let keepers = keepers(4, 1);
    let forger = ed25519::PrivateKey::from_seed(99);
    let forged = PartialsMessage::new(
        &keepers.partials(LIAR, 1),
        &requester().public_key(),
        &keepers.partials_context(LIAR),
        &forger,
        &mut SeededRng::new(1),
    )
    .expect("encrypts");
    assert_eq!(named(&keepers, &forged), [Fault::NotSigned]);
    let (seals, messages) = (sealed(&keepers, 1), keepers.messages(1));
    let answers = [(LIAR, &forged), (1, &messages[1]), (2, &messages[2])];
    let mut combination = keepers.combination(&seals, &answers);
    assert!(combination.open().is_err());
    let liar = name(&keepers.identities[LIAR]);
    assert_eq!(
        combination.add(liar, EPOCH, &messages[LIAR], &requester()),
        Ok(())
    );
    assert!(combination.open().is_ok());
}

#[test]
fn an_answer_encrypted_to_another_key_is_named() {
    let keepers = keepers(4, 1);
    for suite in [Suite::X25519, Suite::XWing] {
        let other = PrivateKey::from_seed(suite, [0x67; 32]);
        let lie = PartialsMessage::new(
            &keepers.partials(LIAR, 1),
            &other.public_key(),
            &keepers.partials_context(LIAR),
            &keepers.identities[LIAR],
            &mut SeededRng::new(1),
        )
        .expect("encrypts");
        assert_eq!(named(&keepers, &lie), [Fault::DoesNotOpen]);
    }
}

#[test]
fn an_answer_of_too_few_or_too_many_partials_is_named() {
    let keepers = keepers(4, 1);
    for count in [0, 2] {
        let lie = keepers.message(LIAR, &keepers.partials(LIAR, count));
        assert_eq!(named(&keepers, &lie), [Fault::WrongCount]);
    }
    let many = vec![keepers.partials(LIAR, 1)[0]; MAX_SEALS + 1];
    let context = keepers.partials_context(LIAR);
    let made = PartialsMessage::new(
        &many,
        &requester().public_key(),
        &context,
        &keepers.identities[LIAR],
        &mut SeededRng::new(1),
    );
    let refused = SealError::TooManySeals {
        max: MAX_SEALS,
        got: MAX_SEALS + 1,
    };
    assert_eq!(made.err(), Some(refused));
}

#[test]
fn strangers_and_other_epochs_are_not_heard() {
    let keepers = keepers(4, 1);
    let (seals, messages) = (sealed(&keepers, 1), keepers.messages(1));
    let mut combination = keepers.combination(&seals, &[(1, &messages[1]), (2, &messages[2])]);
    let fault = Fault::NotOfTheEpoch;
    let stranger = BadKeeper {
        keeper: [7; 32],
        fault,
    };
    let heard = combination.add([7; 32], EPOCH, &messages[LIAR], &requester());
    assert_eq!(heard, Err(stranger));
    let keeper = name(&keepers.identities[LIAR]);
    let heard = combination.add(keeper, EPOCH + 1, &messages[LIAR], &requester());
    assert_eq!(heard, Err(BadKeeper { keeper, fault }));
    let expected = OpenError::NotEnough { got: 2, needed: 3 };
    assert_eq!(combination.open().err(), Some(expected));
}

#[test]
fn one_keeper_counts_once() {
    let keepers = keepers(4, 1);
    let (seals, messages) = (sealed(&keepers, 1), keepers.messages(1));
    let answers = [(1, &messages[1]), (1, &messages[1]), (2, &messages[2])];
    let expected = OpenError::NotEnough { got: 2, needed: 3 };
    assert_eq!(keepers.open(&seals, &answers).err(), Some(expected));
}

#[test]
fn f_liars_are_all_named_and_one_more_leaves_no_quorum() {
    let keepers = keepers(10, 1);
    let seals = sealed(&keepers, 2);
    for liars in [3, 4] {
        let mut messages = keepers.messages(2);
        for (liar, message) in messages.iter_mut().enumerate().take(liars) {
            let mut partials = keepers.partials(liar, 2);
            // Each lies about one of the two seals.
            partials[liar % 2] = Partial::sign(&keepers.shares[liar], &context(99));
            *message = keepers.message(liar, &partials);
        }
        let answers: Vec<_> = messages.iter().enumerate().collect();
        let mut combination = keepers.combination(&seals, &answers);
        let opened = combination.open();
        let named: Vec<_> = combination.bad().iter().map(|bad| bad.keeper).collect();
        assert_eq!(named.len(), liars);
        assert!((0..liars).all(|liar| named.contains(&name(&keepers.identities[liar]))));
        match liars {
            3 => assert_eq!(opened.expect("seven are left").len(), 2),
            _ => assert_eq!(
                opened.err(),
                Some(OpenError::NotEnough { got: 6, needed: 7 })
            ),
        }
    }
}

#[test]
fn a_message_of_which_one_byte_differs_is_not_taken_for_the_keepers() {
    let keepers = keepers(4, 1);
    let bytes = keepers.messages(1)[LIAR].encode();
    assert!(bytes.len() <= PartialsMessage::max_bytes());
    let seals = sealed(&keepers, 1);
    let keeper = name(&keepers.identities[LIAR]);
    for position in 0..bytes.len() {
        let mut altered = bytes.clone();
        altered[position] ^= 1;
        let Ok(altered) = PartialsMessage::decode(&altered) else {
            continue;
        };
        let mut combination =
            Combination::new(&keepers.committee, (OPENING, ROOT), &seals).expect("one seal");
        let heard = combination.add(keeper, EPOCH, &altered, &requester());
        let fault = Fault::NotSigned;
        assert_eq!(heard, Err(BadKeeper { keeper, fault }), "byte {position}");
    }
    for length in 0..bytes.len() {
        assert!(PartialsMessage::decode(&bytes[..length]).is_err());
    }
    assert!(PartialsMessage::decode(&[&bytes[..], &[0]].concat()).is_err());
}

#[test]
fn the_longest_message_is_read() {
    let keepers = keepers(4, 1);
    let many = vec![keepers.partials(LIAR, 1)[0]; MAX_SEALS];
    let to = PrivateKey::from_seed(Suite::XWing, [3; 32]).public_key();
    let context = keepers.partials_context(LIAR);
    let identity = &keepers.identities[LIAR];
    let longest = PartialsMessage::new(&many, &to, &context, identity, &mut SeededRng::new(1))
        .expect("encrypts");
    let bytes = longest.encode();
    assert_eq!(bytes.len(), PartialsMessage::max_bytes());
    assert_eq!(PartialsMessage::decode(&bytes), Ok(longest));
}
