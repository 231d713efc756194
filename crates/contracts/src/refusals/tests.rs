//! Tests of the table of refusals.

use std::collections::BTreeSet;

use super::Refusal;
use crate::interfaces::{
    IAccess, ICabinets, IDelegation, IDirectory, IMembers, IPacks, IPrescriptions, IRecords,
    IRecovery, ISeals, ITrials,
};

#[test]
fn the_table_and_the_errors_of_the_interfaces_are_the_same() {
    let interfaces = [
        IMembers::abi::errors(),
        IDirectory::abi::errors(),
        IRecords::abi::errors(),
        IAccess::abi::errors(),
        ISeals::abi::errors(),
        IRecovery::abi::errors(),
        IDelegation::abi::errors(),
        IPacks::abi::errors(),
        ICabinets::abi::errors(),
        IPrescriptions::abi::errors(),
        ITrials::abi::errors(),
    ];
    let declared: BTreeSet<(String, [u8; 4])> = interfaces
        .iter()
        .flat_map(|errors| errors.values().flatten())
        .map(|error| (error.signature(), error.selector().0))
        .collect();
    let listed: BTreeSet<_> = Refusal::ALL
        .iter()
        .map(|refusal| (refusal.signature(), refusal.selector()))
        .collect();
    assert_eq!(listed, declared);
}

#[test]
fn codes_and_selectors_are_unique_and_codes_in_order() {
    let codes: Vec<_> = Refusal::ALL.iter().map(|refusal| refusal.code()).collect();
    assert!(codes.is_sorted_by(|one, next| one < next), "{codes:?}");
    let selectors: BTreeSet<_> = Refusal::ALL
        .iter()
        .map(|refusal| refusal.selector())
        .collect();
    assert_eq!(selectors.len(), Refusal::ALL.len());
}

#[test]
fn revert_data_tell_their_refusal_and_anything_else_tells_none() {
    for refusal in Refusal::ALL {
        let mut data = refusal.selector().to_vec();
        assert_eq!(Refusal::from_revert(&data), Some(*refusal));
        data.extend([0; 32]);
        assert_eq!(Refusal::from_revert(&data), Some(*refusal));
    }
    for data in [[].as_slice(), &[1, 2, 3], &[0xff; 36]] {
        assert_eq!(Refusal::from_revert(data), None);
    }
}

#[test]
fn texts_are_lower_case_without_a_full_stop_and_say_what_to_do() {
    for refusal in Refusal::ALL {
        for text in [refusal.fact(), refusal.hint()] {
            assert!(text.starts_with(char::is_lowercase), "{text}");
            assert!(!text.ends_with('.') && text.len() > 10, "{text}");
        }
        assert!((400..500).contains(&refusal.http_status()), "{refusal:?}");
    }
}
