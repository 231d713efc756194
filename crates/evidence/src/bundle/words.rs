//! The words for codes in state, as the interfaces of the contracts list them.

use alloy_primitives::B256;

use super::time::utc;

/// Kinds of records: bit numbers of `IRecords.Record.kind`.
const RECORD_KINDS: [&str; 14] = [
    "summary",
    "encounter",
    "observation",
    "laboratory",
    "imaging",
    "medication",
    "immunization",
    "allergy",
    "procedure",
    "document",
    "plan",
    "device",
    "claim",
    "other",
];

/// Kinds of entries, from 1: `IAccess.LogEntry.kind`.
const ENTRY_KINDS: [&str; 20] = [
    "requested",
    "permitted-by-rule",
    "denied-by-rule",
    "approved",
    "denied",
    "granted",
    "opened",
    "revoked",
    "rule-set",
    "rule-removed",
    "fulfilled",
    "sealed-opened",
    "opening-denied",
    "glass-broken",
    "reviewed",
    "rule-pointed",
    "glass-scope-set",
    "delegate-appointed",
    "delegate-dismissed",
    "control-moved",
];

/// Kinds of entries that tell of an opening of seals.
const OPENINGS: std::ops::RangeInclusive<u8> = 12..=14;

/// Purposes of use, from 1: `IAccess.Request.purpose`.
const PURPOSES: [&str; 14] = [
    "TREAT", "HPAYMT", "HOPERAT", "ETREAT", "BTG", "HRESCH", "CLINTRCH", "PATRQT", "FAMRQT",
    "PWATRNY", "SUPNWK", "PUBHLTH", "HDIRECT", "HTEST",
];

/// Roles, from 1: `IDirectory.Person.role`.
const ROLES: [&str; 9] = [
    "patient",
    "physician",
    "nurse",
    "pharmacist",
    "insurer-agent",
    "researcher",
    "privacy-officer",
    "administrator",
    "gateway",
];

/// By what right seals are opened, from 1: `ISeals.Opening.basis`.
const BASES: [&str; 6] = [
    "grant",
    "native-rule",
    "contract-rule",
    "break-glass",
    "owner",
    "delegate",
];

pub(super) fn record_kind(code: u8) -> String {
    named(RECORD_KINDS.get(usize::from(code)), code)
}

pub(super) fn entry_kind(code: u8) -> String {
    from_one(&ENTRY_KINDS, code)
}

pub(super) fn protection(code: u8) -> String {
    from_one(&["direct", "sealed"], code)
}

pub(super) fn record_status(code: u8) -> String {
    from_one(&["current", "withdrawn", "erased"], code)
}

/// What the subject of an entry says of an opening of seals, in words; `None` for entries of other kinds.
pub(super) fn opening(kind: u8, subject: B256) -> Option<String> {
    if !OPENINGS.contains(&kind) {
        return None;
    }
    let number = |from: usize, to: usize| {
        let digits = subject[from..to].iter();
        digits.fold(0u64, |sum, byte| sum << 8 | u64::from(*byte))
    };
    let (role, organisation) = (subject[1], number(2, 6));
    let who = match role {
        0 => String::new(),
        role => format!(
            " by a {} of organisation {organisation}",
            from_one(&ROLES, role)
        ),
    };
    let until = match number(10, 18) {
        0 => String::new(),
        seconds => format!(", until {}", utc(seconds.saturating_mul(1_000))),
    };
    Some(format!(
        "opening {} of {} records for {}{who}, kinds {}, basis {}{until}",
        number(24, 32),
        number(20, 24),
        from_one(&PURPOSES, subject[0]),
        record_kinds(number(6, 10)),
        from_one(&BASES, subject[18]),
    ))
}

/// The kinds in a mask.
fn record_kinds(mask: u64) -> String {
    let kinds = (0..32u8).filter(|bit| mask >> bit & 1 == 1);
    let words: Vec<_> = kinds.map(record_kind).collect();
    match words.is_empty() {
        true => "none".into(),
        false => words.join(" "),
    }
}

/// The word for a code that counts from 1.
fn from_one(words: &[&str], code: u8) -> String {
    let place = usize::from(code).checked_sub(1);
    named(place.and_then(|place| words.get(place)), code)
}

fn named(word: Option<&&str>, code: u8) -> String {
    word.map_or_else(|| format!("code {code}"), |word| (*word).to_owned())
}

#[cfg(test)]
mod tests {
    use alloy_primitives::b256;

    use super::*;

    #[test]
    fn codes_have_the_words_of_the_interfaces_and_others_stay_numbers() {
        assert_eq!([record_kind(0), record_kind(13)], ["summary", "other"]);
        assert_eq!([entry_kind(1), entry_kind(11)], ["requested", "fulfilled"]);
        assert_eq!(entry_kind(17), "glass-scope-set");
        assert_eq!(
            [record_status(1), record_status(2), record_status(3)],
            ["current", "withdrawn", "erased"]
        );
        assert_eq!([protection(1), protection(2)], ["direct", "sealed"]);
        for text in [
            record_kind(14),
            entry_kind(0),
            entry_kind(21),
            record_status(0),
            protection(0),
            protection(3),
        ] {
            assert!(text.starts_with("code "));
        }
    }

    /// The words after their numbers in the line of an interface that contains `marker`.
    fn listed(interface: &str, marker: &str) -> Vec<(u8, String)> {
        listed_from(interface, marker, marker.len())
    }

    /// As [`listed`], from `skip` bytes after the beginning of the marker.
    fn listed_from(interface: &str, marker: &str, skip: usize) -> Vec<(u8, String)> {
        let line = interface
            .lines()
            .find(|line| line.contains(marker))
            .unwrap();
        let list = &line[line.find(marker).unwrap() + skip..];
        list.trim_end_matches('.')
            .split(", ")
            .map(|item| {
                let (code, word) = item.trim().split_once(' ').unwrap();
                (code.parse().unwrap(), word.replace(' ', "-"))
            })
            .collect()
    }

    #[test]
    fn words_are_those_in_the_interfaces_of_the_contracts() {
        let access = include_str!("../../../../solidity/interfaces/IAccess.sol");
        let entries = listed(access, "@param kind ");
        assert_eq!(entries.len(), ENTRY_KINDS.len());
        entries
            .into_iter()
            .for_each(|(code, word)| assert_eq!(entry_kind(code), word));

        let records = include_str!("../../../../solidity/interfaces/IRecords.sol");
        let kinds = listed(records, "Bit number: ");
        assert_eq!(kinds.len(), RECORD_KINDS.len());
        kinds
            .into_iter()
            .for_each(|(code, word)| assert_eq!(record_kind(code), word));

        let directory = include_str!("../../../../solidity/interfaces/IDirectory.sol");
        let seals = include_str!("../../../../solidity/interfaces/ISeals.sol");
        for (interface, marker, words) in [
            (access, "/// 1 TREAT", &PURPOSES[..]),
            (directory, "The code of the role: ", &ROLES[..]),
            (seals, "By what right: ", &BASES[..]),
        ] {
            let skip = marker.len()
                - if marker.ends_with(' ') {
                    0
                } else {
                    "1 TREAT".len()
                };
            let list = listed_from(interface, marker, skip);
            assert_eq!(list.len(), words.len(), "{marker}");
            for (code, word) in list {
                assert_eq!(from_one(words, code), word);
            }
        }
    }

    #[test]
    fn an_opening_is_told_in_words() {
        let subject = b256!("0102000000030000000c000000006b49d2000200000001f4000000000a0b0c0d");
        assert_eq!(
            opening(12, subject).expect("the entry of an opening"),
            "opening 168496141 of 500 records for TREAT by a physician of organisation 3, kinds observation laboratory, \
             basis native-rule, until 2027-01-15T08:00:00.000Z"
        );
        let denied = b256!("0500000000000000000000000000000000000400000000010000000000000000");
        assert_eq!(
            opening(13, denied).expect("the entry of a denial"),
            "opening 0 of 1 records for BTG, kinds none, basis break-glass"
        );
        assert_eq!(opening(11, subject), None);
        assert_eq!(opening(15, subject), None);
    }
}
