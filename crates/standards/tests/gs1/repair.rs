//! Repairs of scans: what is undone, what is refused, and random input.

use theriac_standards::gs1::element_string::ElementString;
use theriac_standards::gs1::scan::{Repair, RepairError, Symbology, repair};

use crate::random::Random;

const BRACKETED: &str = "(01)02519919442835(21)yCH*4'h1Ab(10)DdVcX<t(17)250209";
const DATA: &str = "010251991944283521yCH*4'h1Ab\u{1d}10DdVcX<t\u{1d}17250209";

fn repairs(typed: &str) -> Vec<Repair> {
    let repaired = repair(typed).unwrap();
    let wanted = ElementString::parse_bracketed(BRACKETED).unwrap();
    assert_eq!(repaired.elements, wanted);
    repaired.repairs
}

#[test]
fn what_can_be_read_is_not_touched() {
    assert_eq!(repairs(DATA), []);
    assert_eq!(repairs(BRACKETED), []);
    assert_eq!(repairs(&format!("]d2{DATA}")), []);
    let scanned = repair(&format!("]C1{DATA}")).unwrap();
    assert_eq!(scanned.symbology, Some(Symbology::Gs1Code128));
}

#[test]
fn prefix_and_suffix_are_left_out_and_counted() {
    assert_eq!(
        repairs(&format!("\u{2}A7]d2{DATA}\r\n")),
        [
            Repair::Suffix { characters: 2 },
            Repair::Prefix { characters: 3 }
        ]
    );
    assert_eq!(
        repairs(&format!("{DATA}\t")),
        [Repair::Suffix { characters: 1 }]
    );
}

#[test]
fn caps_lock_is_undone_where_the_symbology_shows_it() {
    let inverted: String = format!("]d2{DATA}")
        .chars()
        .map(|letter| match letter.is_ascii_lowercase() {
            true => letter.to_ascii_uppercase(),
            false => letter.to_ascii_lowercase(),
        })
        .collect();
    assert!(inverted.starts_with("]D2"));
    assert_eq!(repairs(&inverted), [Repair::CapsLock]);
    let norwegian = [(']', "¨"), ('\'', "Æ"), ('<', ";"), ('*', "(")];
    let norwegian = norwegian
        .into_iter()
        .fold(inverted, |typed, (us, key)| typed.replace(us, key));
    assert_eq!(
        repairs(&norwegian),
        [
            Repair::KeyboardLayout {
                names: vec!["Norwegian"]
            },
            Repair::CapsLock
        ]
    );
}

#[test]
fn another_character_in_the_place_of_the_separator_is_told() {
    for by in ['|', '~', '^', '\u{1b}', '\u{0}', '€'] {
        let typed = format!("]d2{}", DATA.replace('\u{1d}', &by.to_string()));
        assert_eq!(
            repairs(&typed),
            [Repair::SeparatorReplaced { by }],
            "{by:?}"
        );
    }
}

#[test]
fn a_lost_separator_is_put_back_where_there_is_one_way() {
    let typed = format!("]d2{}", DATA.replace('\u{1d}', ""));
    assert_eq!(repairs(&typed), [Repair::SeparatorMissing { count: 2 }]);
}

#[test]
fn a_lost_separator_is_refused_where_there_is_more_than_one_way() {
    // The lot may start at the first or at the second 10.
    let typed = "010251991944283521ABCDEFGHIJ10KLM10NOPQRSTUV17250209";
    assert_eq!(repair(typed), Err(RepairError::WhichSeparator));
}

#[test]
fn a_layout_that_cannot_be_told_is_refused_by_name() {
    // Nothing in it tells a German keyboard, which exchanges y and z, from an Italian one.
    let typed = "+d2010251991944283521zCH4h1Ab\u{1d}10DdVcXt\u{1d}17250209";
    let Err(RepairError::WhichLayout { names }) = repair(typed) else {
        panic!("refusal expected");
    };
    assert!(names.contains(&"German and Austrian"));
    assert!(names.contains(&"Italian"));
    let text = RepairError::WhichLayout { names }.to_string();
    assert!(text.contains("keyboard layout") && text.contains("Italian"));
}

#[test]
fn what_is_no_scan_is_unreadable() {
    for typed in ["", "]d2", "hello", "]d2010251991944283621X", "\u{fffd}"] {
        assert!(
            matches!(repair(typed), Err(RepairError::Unreadable { .. })),
            "{typed}"
        );
    }
    let long = "1".repeat(5_000);
    assert!(matches!(repair(&long), Err(RepairError::TooLong { .. })));
}

#[test]
fn random_scans_never_panic_and_what_is_repaired_reads_as_it_is() {
    let mut random = Random::new(13);
    let mut read = 0;
    for _ in 0..20_000 {
        let text = random.element_text();
        let text = match random.below(3) {
            0 => format!("]d2{text}"),
            1 => format!("+d2{text}"),
            _ => text,
        };
        if let Ok(repaired) = repair(&text) {
            read += 1;
            let again = repair(&repaired.elements.to_raw()).unwrap();
            assert_eq!(again.elements, repaired.elements);
            assert_eq!(again.repairs, []);
        }
    }
    assert!(read > 500, "{read} scans could be read");
}
