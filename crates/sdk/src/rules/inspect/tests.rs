//! What is found in the example rules, as the compiler made them, and in small programs.

use super::*;
use Finding::*;

/// Code of an example as it stands on the ledger, with zeros for what its constructor would fill in.
fn example(list: &str, name: &str) -> Vec<u8> {
    let text = include_str!("../../../../../solidity/rules/testing/compiled.json");
    let compiled: serde_json::Value = serde_json::from_str(text).unwrap();
    hex::decode(compiled[list][name].as_str().unwrap()).unwrap()
}

fn found(code: &[u8]) -> Vec<Finding> {
    Inspection::of(code).findings
}

/// Code that names the function of a rule and then does `rest`.
fn rule(rest: &[u8]) -> Vec<u8> {
    [&[PUSH4][..], &admitsCall::SELECTOR, rest].concat()
}

#[test]
fn each_example_is_told_by_what_it_can_do() {
    let rows: [(&str, &[Finding]); 6] = [
        ("CardiologistsOfHospital", &[FixedStorage]),
        ("EmergencyRole", &[FixedStorage]),
        ("InsurerForOneClaim", &[FixedStorage]),
        ("DenyList", &[CallsOthers, ReadsCodeOfOthers, FixedStorage]),
        ("ResearchCohort", &[MutableStorage]),
        ("NativeTwin", &[MutableStorage]),
    ];
    for (name, expected) in rows {
        assert_eq!(found(&example("runtime", name)), expected, "{name}");
    }
}

/// The compiler's trailer stands after an instruction that ends execution.
#[test]
fn metadata_at_the_end_of_the_code_changes_nothing() {
    for name in ["CardiologistsOfHospital", "EmergencyRole", "ResearchCohort"] {
        let (plain, tagged) = (example("runtime", name), example("withMetadata", name));
        assert!(tagged.len() > plain.len() + 40, "{name} has a trailer");
        assert_eq!(found(&tagged), found(&plain), "{name}");
    }
}

/// A trailer in which a jump can land may be code that hides there.
#[test]
fn trailer_in_which_a_jump_can_land_counts_as_code() {
    let trailer = |hash: [u8; 4]| [&[0xfe, 0xa2, 0x22][..], &hash, &[0x00, 0x33]].concat();
    assert_eq!(found(&rule(&trailer([0x54, 0x55, 0xf4, 0x42]))), []);
    assert_eq!(
        found(&rule(&trailer([0x5b, 0x55, 0xf4, 0x42]))),
        [Delegates, MutableStorage, ReadsTime]
    );
}

#[test]
fn each_instruction_that_matters_is_told() {
    let rows: [(&[u8], Finding); 11] = [
        (&[0xf4, 0xf2], Delegates),
        (&[0x55], MutableStorage),
        (&[0xf1, 0xfa], CallsOthers),
        (&[0xff], CanDestroyItself),
        (&[0xf0, 0xf5], Creates),
        (
            &[0x31, 0x32, 0x3a, 0x40, 0x41, 0x44, 0x45],
            ReadsWhatIsForbidden,
        ),
        (&[0x47, 0x48, 0x49, 0x4a, 0x4b], ReadsWhatIsForbidden),
        (&[0x5c, 0x5d], ReadsWhatIsForbidden),
        (&[0x3b, 0x3c, 0x3f], ReadsCodeOfOthers),
        (&[0x54], FixedStorage),
        (&[0x42, 0x43], ReadsTime),
    ];
    for (opcodes, finding) in rows {
        for opcode in opcodes {
            assert_eq!(found(&rule(&[*opcode])), [finding], "{opcode:02x}");
            assert_eq!(found(&rule(&[0x60, *opcode])), [], "{opcode:02x} pushed");
        }
    }
}

#[test]
fn storage_that_can_be_written_is_not_called_fixed() {
    assert_eq!(found(&rule(&[0x54, 0x55])), [MutableStorage]);
}

#[test]
fn account_without_code_and_account_with_borrowed_code_are_forbidden() {
    let nobody = Inspection::of(&[]);
    assert_eq!(nobody.findings, [NoCode]);
    assert!(nobody.forbidding() == Some(NoCode) && nobody.code_hash.is_zero());
    let borrowed = [&DESIGNATOR[..], &[7; 20]].concat();
    assert_eq!(found(&borrowed), [DelegatedAccount]);
    assert_eq!(
        Inspection::of(&borrowed).forbidding(),
        Some(DelegatedAccount)
    );
}

#[test]
fn delegating_code_is_forbidden_and_changing_data_is_warned_of() {
    assert_eq!(Inspection::of(&rule(&[0xf4])).forbidding(), Some(Delegates));
    let cohort = Inspection::of(&example("runtime", "ResearchCohort"));
    assert_eq!(cohort.forbidding(), None);
    let warnings: Vec<_> = cohort.of_weight(Weight::Warns).collect();
    assert_eq!(warnings, [MutableStorage]);
}

#[test]
fn code_that_does_not_name_the_function_is_no_rule() {
    assert_eq!(found(&[0x5f, 0x5f, 0xf3]), [NotARule]);
}

#[test]
fn code_hash_is_that_of_the_ledger() {
    let code = rule(&[0x00]);
    let inspection = Inspection::of(&code);
    assert_eq!(
        (inspection.code_hash, inspection.bytes),
        (keccak256(&code), 6)
    );
}
