//! A charter round trips, and each way to be wrong has its refusal.

use super::*;
use commonware_cryptography::{Signer as _, ed25519};

/// A charter of `count` validators that differ by key and port.
pub(in crate::genesis) fn charter(count: u64) -> Charter {
    let organisation = |id: u32| Organisation {
        id,
        name: format!("Organisation {id}"),
        kind: OrganisationKind::Hospital,
        admin: Address::repeat_byte(0x40 + id as u8),
        gas_per_block: 50_000_000,
    };
    let validator = |number: u64| Validator {
        identity: ed25519::PrivateKey::from_seed(number).public_key(),
        p2p: ([127, 0, 0, 1], 20_000 + number as u16).into(),
        rpc: ([127, 0, 0, 1], 21_000 + number as u16).into(),
        organisation: 1 + (number % 2) as u32,
    };
    Charter::new(
        (8_421, "test"),
        (1_700_000_000_000, NonZeroU64::new(1_000).expect("not zero")),
        vec![organisation(1), organisation(2)],
        (0..count).map(validator).collect(),
    )
    .expect("a sound charter")
}

#[test]
fn a_charter_round_trips_and_its_digest_ignores_the_layout_of_the_file() {
    let charter = charter(4);
    let read = Charter::parse(charter.to_json().as_bytes()).expect("reads what it wrote");
    assert_eq!(read, charter);
    let compact = serde_json::to_vec(&charter).expect("compact");
    assert_eq!(
        Charter::parse(&compact).expect("reads").digest(),
        charter.digest()
    );

    let mut other = charter.clone();
    other.genesis_time_ms += 1;
    assert_ne!(other.digest(), charter.digest());
}

#[test]
fn members_are_those_of_the_charter_in_the_order_of_the_committee() {
    let charter = charter(4);
    let members = charter.members();
    assert_eq!(members.organisations.len(), 2);
    let identities: Vec<_> = members
        .validators
        .iter()
        .map(|validator| validator.identity.to_vec())
        .collect();
    let committee: Vec<_> = charter
        .participants()
        .keys()
        .map(|key| key.as_ref().to_vec())
        .collect();
    assert_eq!(identities, committee);
}

#[test]
fn there_may_be_as_many_validators_as_an_epoch_has_turns_for() {
    for (epoch_blocks, validators_max) in [(64, 4), (1_000, 62), (1_024, 64), (1 << 40, 64)] {
        let charter = Charter {
            epoch_blocks: NonZeroU64::new(epoch_blocks).expect("not zero"),
            ..charter(4)
        };
        charter.check().expect("a sound charter");
        assert_eq!(charter.members().validators_max, validators_max);
    }
}

#[test]
fn each_fault_of_a_charter_has_its_refusal() {
    type Case = (&'static str, fn(&mut Charter), fn(&CharterError) -> bool);
    let cases: [Case; 13] = [
        (
            "version",
            |c| c.version = 2,
            |e| matches!(e, CharterError::Version(2)),
        ),
        (
            "chain id zero",
            |c| c.chain_id = 0,
            |e| matches!(e, CharterError::ChainId(0)),
        ),
        (
            "chain id of 54 bits",
            |c| c.chain_id = 1 << 53,
            |e| matches!(e, CharterError::ChainId(_)),
        ),
        (
            "no name",
            |c| c.name.clear(),
            |e| matches!(e, CharterError::Name(0)),
        ),
        (
            "no validators",
            |c| c.validators.clear(),
            |e| matches!(e, CharterError::ValidatorCount(0)),
        ),
        (
            "disorder",
            |c| c.validators.reverse(),
            |e| matches!(e, CharterError::ValidatorOrder(_)),
        ),
        (
            "twice",
            |c| c.validators[1] = c.validators[0].clone(),
            |e| matches!(e, CharterError::ValidatorOrder(_)),
        ),
        (
            "one address",
            |c| c.validators[1].rpc = c.validators[0].p2p,
            |e| matches!(e, CharterError::AddressTwice(_)),
        ),
        (
            "numbering",
            |c| c.organisations[1].id = 3,
            |e| {
                matches!(
                    e,
                    CharterError::OrganisationOrder {
                        expected: 2,
                        got: 3
                    }
                )
            },
        ),
        (
            "short epoch",
            |c| c.epoch_blocks = NonZeroU64::MIN,
            |e| matches!(e, CharterError::EpochBlocks { got: 1, .. }),
        ),
        (
            "block below transaction",
            |c| c.parameters.block_gas_limit = 1,
            |e| matches!(e, CharterError::Parameter("blockGasLimit")),
        ),
        (
            "pace",
            |c| c.parameters.busy_ms = 0,
            |e| matches!(e, CharterError::Parameter("busyMs")),
        ),
        (
            "a rule that no transaction can pay",
            |c| c.parameters.rule_gas = c.parameters.transaction_gas_cap,
            |e| matches!(e, CharterError::Parameter("ruleGas")),
        ),
    ];
    for (name, fault, expected) in cases {
        let mut charter = charter(4);
        fault(&mut charter);
        let error = Charter::parse(charter.to_json().as_bytes()).expect_err(name);
        assert!(expected(&error), "{name}: {error}");
    }
}

#[test]
fn unknown_fields_words_and_oversize_are_refused() {
    let json = charter(1).to_json();
    for (from, to) in [
        (
            "\"name\": \"test\"",
            "\"name\": \"test\", \"colour\": \"red\"",
        ),
        ("\"kind\": \"hospital\"", "\"kind\": \"casino\""),
        ("\"identity\": \"", "\"identity\": \"00"),
        ("\"p2p\": \"127.0.0.1:20000\"", "\"p2p\": \"127.0.0.1\""),
        ("\"chainId\": 8421", "\"chainId\": 8421.5"),
    ] {
        assert!(json.contains(from), "{from}");
        let changed = json.replace(from, to);
        assert!(
            matches!(
                Charter::parse(changed.as_bytes()),
                Err(CharterError::Syntax(_))
            ),
            "{to}"
        );
    }
    let oversize = vec![b' '; SIZE_MAX + 1];
    assert!(matches!(
        Charter::parse(&oversize),
        Err(CharterError::Size(_))
    ));
}
