//! The words for codes in state, as the interfaces of the contracts list them.

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
const ENTRY_KINDS: [&str; 17] = [
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
];

/// The code of direct protection.
const DIRECT: u8 = 1;
/// The code of sealed protection.
const SEALED: u8 = 2;

pub(super) fn record_kind(code: u8) -> String {
    named(RECORD_KINDS.get(usize::from(code)), code)
}

pub(super) fn entry_kind(code: u8) -> String {
    named(
        usize::from(code)
            .checked_sub(1)
            .and_then(|at| ENTRY_KINDS.get(at)),
        code,
    )
}

pub(super) fn protection(code: u8) -> String {
    let word = match code {
        DIRECT => Some(&"direct"),
        SEALED => Some(&"sealed"),
        _ => None,
    };
    named(word, code)
}

pub(super) fn record_status(code: u8) -> String {
    named(
        ["current", "withdrawn", "erased"].get(usize::from(code.wrapping_sub(1))),
        code,
    )
}

fn named(word: Option<&&str>, code: u8) -> String {
    word.map_or_else(|| format!("code {code}"), |word| (*word).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_the_words_of_the_interfaces_and_others_stay_numbers() {
        assert_eq!([record_kind(0), record_kind(13)], ["summary", "other"]);
        assert_eq!([entry_kind(1), entry_kind(11)], ["requested", "fulfilled"]);
        assert_eq!(
            [record_status(1), record_status(2), record_status(3)],
            ["current", "withdrawn", "erased"]
        );
        assert_eq!(protection(1), "direct");
        for text in [
            record_kind(14),
            entry_kind(0),
            record_status(0),
            protection(2),
        ] {
            assert!(text.starts_with("code "));
        }
    }

    /// The words after their numbers in the line of an interface that contains `marker`.
    fn listed(interface: &str, marker: &str) -> Vec<(u8, String)> {
        let line = interface
            .lines()
            .find(|line| line.contains(marker))
            .unwrap();
        let list = &line[line.find(marker).unwrap() + marker.len()..];
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
    }
}
