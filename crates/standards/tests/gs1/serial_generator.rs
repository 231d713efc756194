//! Serial numbers: never twice, of safe characters, and long enough for the number of packs.

use std::collections::HashSet;

use theriac_standards::gs1::key::Serial;
use theriac_standards::gs1::serial_generator::{
    ALPHABET, SerialError, SerialGenerator, guesses_per_hit,
};

const KEY: [u8; 32] = [7; 32];

#[test]
fn no_serial_of_a_lot_is_made_twice_and_each_leads_back_to_its_counter() {
    for length in 12..=20 {
        let generator = SerialGenerator::new(KEY, length, 1_000_000).unwrap();
        let mut seen = HashSet::new();
        for counter in 0..2_000 {
            let serial = generator.serial(counter).unwrap();
            assert_eq!(serial.as_str().len(), length);
            assert!(serial.as_str().bytes().all(|byte| ALPHABET.contains(&byte)));
            assert!(seen.insert(serial));
            assert_eq!(generator.counter(&serial), Some(counter));
        }
    }
}

#[test]
fn the_first_serials_of_a_key_are_pinned() {
    let generator = SerialGenerator::new(KEY, 12, 10).unwrap();
    let serials = [0, 1, 2].map(|counter| generator.serial(counter).unwrap().to_string());
    assert_eq!(serials, ["VR4EUN6DG68M", "3SZMPMVQDS2G", "3525JG5NPLR9"]);
    let odd = SerialGenerator::new(KEY, 13, 10).unwrap();
    assert_eq!(odd.serial(0).unwrap().as_str(), "Q27ENDZLK7VX6");
}

#[test]
fn another_key_makes_other_serials() {
    let serials = [[7; 32], [8; 32]].map(|key| {
        let generator = SerialGenerator::new(key, 12, 10).unwrap();
        (0..10)
            .map(|counter| generator.serial(counter).unwrap())
            .collect::<HashSet<_>>()
    });
    assert!(serials[0].is_disjoint(&serials[1]));
}

#[test]
fn a_serial_that_was_not_made_has_no_counter() {
    let generator = SerialGenerator::new(KEY, 12, 10).unwrap();
    for text in ["222222222222", "2222222222222", "22222222222O"] {
        assert_eq!(generator.counter(&Serial::parse(text).unwrap()), None);
    }
    assert_eq!(
        generator.serial(10),
        Err(SerialError::Counter { packs: 10, got: 10 })
    );
}

#[test]
fn too_short_serials_are_refused() {
    let refused = |length, packs| SerialGenerator::new(KEY, length, packs).unwrap_err();
    assert_eq!(refused(11, 10), SerialError::Length { got: 11 });
    assert_eq!(refused(21, 10), SerialError::Length { got: 21 });
    assert_eq!(refused(12, 0), SerialError::NoPacks);
    let space = 1_u64 << 60;
    let most = space / 10_001;
    assert!(SerialGenerator::new(KEY, 12, most).is_ok());
    assert_eq!(
        refused(12, space / 10_000),
        SerialError::TooEasilyGuessed {
            guesses: 10_000,
            packs: space / 10_000
        }
    );
    assert_eq!(
        guesses_per_hit(12, 1_000_000),
        Some((1_u128 << 60) / 1_000_000)
    );
    assert_eq!(guesses_per_hit(11, 1), None);
}

#[test]
fn the_key_is_not_shown() {
    let shown = format!("{:?}", SerialGenerator::new(KEY, 12, 10).unwrap());
    assert_eq!(shown, "SerialGenerator { length: 12, packs: 10, .. }");
}
