//! Tests of the way into every contract: each selector through the ABI, and calls that no contract takes.

use std::collections::BTreeSet;

use alloy_primitives::{Address, Bytes, U256};
use alloy_sol_types::{SolCall, SolError};

use crate::{
    Call, Halt, Refusal, Stop,
    addresses::{
        ACCESS, CABINETS, DELEGATION, DIRECTORY, MEMBERS, PACKS, PRESCRIPTIONS, RECORDS, RECOVERY,
        SEALS, TRIALS,
    },
    interfaces::{
        IAccess::{self, IAccessCalls},
        ICabinets::{self, ICabinetsCalls},
        IDelegation::{self, IDelegationCalls},
        IDirectory::{self, IDirectoryCalls},
        IMembers::{self, IMembersCalls, UnknownFunctionSelector},
        IPacks::{self, IPacksCalls},
        IPrescriptions::{self, IPrescriptionsCalls},
        IRecords::{self, IRecordsCalls},
        IRecovery::{self, IRecoveryCalls},
        ISeals::{self, ISealsCalls},
        ITrials::{self, ITrialsCalls},
    },
    native, natives,
    testing::{Who, World, question},
};

/// One function and a call of it with zeros.
struct Function {
    contract: Address,
    selector: [u8; 4],
    signature: &'static str,
    input: Vec<u8>,
    mutates: bool,
}

fn function<C: SolCall + Default>(contract: Address, mutates: bool) -> Function {
    let input = C::default().abi_encode();
    Function {
        contract,
        selector: C::SELECTOR,
        signature: C::SIGNATURE,
        input,
        mutates,
    }
}

macro_rules! functions {
    ($contract:ident, $interface:ident: views $($view:ident)+; changes $($change:ident)*) => {
        vec![
            $(function::<$interface::$view>($contract, false),)+
            $(function::<$interface::$change>($contract, true),)*
        ]
    };
}

fn all() -> Vec<Function> {
    let members = functions!(MEMBERS, IMembers: views organisationCall organisationsCall
        organisationOfCall validatorsCall quotaCall parametersCall proposalCall proposalsCall
        openProposalsCall votesCall upgradeCall validatorsMaxCall; changes proposeAdmitCall
        proposeRemoveCall proposeAddValidatorCall proposeRemoveValidatorCall proposeQuotaCall
        proposeParametersCall proposeUpgradeCall proposeMoveValidatorCall voteCall voteAsCall
        settleCall);
    let directory = functions!(DIRECTORY, IDirectory: views personCall peopleCall standingCall
        maySendCall; changes enrolCall endCall setKeyCall);
    let records = functions!(RECORDS, IRecords: views chartCall chartsCall recordCall recordsCall
        nonceCall heldUntilCall eip712DomainCall; changes openChartCall registerCall amendCall withdrawCall
        eraseCall setHoldCall releaseHoldCall
        registerSignedCall amendSignedCall withdrawSignedCall registerSealedCall amendSealedCall
        registerSealedSignedCall amendSealedSignedCall);
    let access = functions!(ACCESS, IAccess: views requestByIdCall requestsCall rulesCall
        logLengthCall logEntriesCall isPartyCall approvalFieldsCall approvalDigestCall nonceUsedCall
        eip712DomainCall; changes setRuleCall removeRuleCall requestCall approveCall
        approveSignedCall approveSignedByDelegateCall fulfilCall denyCall grantCall openCall revokeCall);
    let seals = functions!(SEALS, ISeals: views sealOfCall sealsCall sealIdCall rulePointersCall
        breakGlassScopeCall openingCountCall openingByNumberCall reviewOfCall openReviewsCall
        overdueReviewsCall; changes pointRuleCall openCall breakGlassCall setBreakGlassCall
        reviewCall);
    let recovery = functions!(RECOVERY, IRecovery: views guardiansCall recoveryCall wardsCall
        successionCall successionDigestCall eip712DomainCall; changes setGuardiansCall proposeCall
        approveCall vetoCall freezeCall cancelCall executeCall moveChartsCall handOverCall);
    let delegation = functions!(DELEGATION, IDelegation: views delegationCall delegatesCall
        mandatesCall actsForCall; changes appointCall dismissCall);
    let packs = functions!(PACKS, IPacks: views productCall productsCall lotCall closingCall exitCall
        documentCall flagCountCall flagByNumberCall flagsCall flagsOfCall eip712DomainCall; changes
        setProductCall commissionCall closeCall dispenseCall decommissionCall undoCall contestCall
        flagCall clearCall commitCall);
    let cabinets = functions!(CABINETS, ICabinets: views cabinetCall balancesCall
        discrepancyCountCall discrepancyByNumberCall openDiscrepanciesCall overdueDiscrepanciesCall
        eip712DomainCall; changes openCall recordCall countCall explainCall);
    let prescriptions = functions!(PRESCRIPTIONS, IPrescriptions: views prescriptionCall fillOfCall
        eip712DomainCall; changes prescribeCall fillCall cancelCall);
    let trials = functions!(TRIALS, ITrials: views registeredCall studyIdCall studyOfCall sumsOfCall
        milestoneOfCall subjectOfCall entryOfCall siteOfCall roleOfCall queryOfCall listOfCall
        placeOfCall sealOfCall openingByNumberCall factorOfCall eip712DomainCall; changes registerCall amendCall siteCall roleCall
        consentCall withdrawCall captureCall missCall correctCall queryCall signCall setFactorCall
        lockCall approveUnlockCall commitListCall drawListCall sealListCall allocateCall openCall
        planCall unblindCall analyseCall publishCall eraseCall screenCall);
    [
        members,
        directory,
        records,
        access,
        seals,
        recovery,
        delegation,
        packs,
        cabinets,
        prescriptions,
        trials,
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn call(input: &[u8]) -> Call<'_> {
    let caller = Who::Stranger.address();
    Call {
        caller,
        input,
        is_static: false,
        is_direct: true,
        value: U256::ZERO,
    }
}

fn run(function: &Function, call: Call<'_>) -> Result<Bytes, Stop> {
    let mut world = World::with_records();
    native(function.contract)
        .expect("a native contract")
        .call(&mut world.host, &call)
}

#[test]
fn every_selector_is_exercised_here() {
    for (contract, selectors) in [
        (MEMBERS, IMembersCalls::SELECTORS),
        (DIRECTORY, IDirectoryCalls::SELECTORS),
        (RECORDS, IRecordsCalls::SELECTORS),
        (ACCESS, IAccessCalls::SELECTORS),
        (SEALS, ISealsCalls::SELECTORS),
        (RECOVERY, IRecoveryCalls::SELECTORS),
        (DELEGATION, IDelegationCalls::SELECTORS),
        (PACKS, IPacksCalls::SELECTORS),
        (CABINETS, ICabinetsCalls::SELECTORS),
        (PRESCRIPTIONS, IPrescriptionsCalls::SELECTORS),
        (TRIALS, ITrialsCalls::SELECTORS),
    ] {
        let exercised: BTreeSet<_> = all()
            .iter()
            .filter(|function| function.contract == contract)
            .map(|function| function.selector)
            .collect();
        assert_eq!(exercised, selectors.iter().copied().collect(), "{contract}");
    }
    assert_eq!(natives().len(), 11, "a new contract needs its rows here");
}

#[test]
fn every_selector_answers_zeros_with_a_value_or_a_refusal_of_the_table() {
    for function in all() {
        match run(&function, call(&function.input)) {
            Ok(_) => {}
            Err(Stop::Revert(data)) => {
                let refusal = Refusal::from_revert(&data);
                assert!(
                    refusal.is_some(),
                    "{} reverted with {data}",
                    function.signature
                );
                assert_ne!(refusal, Some(Refusal::UnknownFunctionSelector));
            }
            Err(Stop::Halt(halt)) => panic!("{} halted: {halt:?}", function.signature),
        }
    }
}

#[test]
fn a_static_call_reaches_views_and_no_function_that_changes_state() {
    for function in all() {
        let statically = run(
            &function,
            Call {
                is_static: true,
                ..call(&function.input)
            },
        );
        if function.mutates {
            let refusal = Refusal::StaticCallNotAllowed.into();
            assert_eq!(statically, Err(refusal), "{}", function.signature);
        } else {
            let plainly = run(&function, call(&function.input));
            assert_eq!(statically, plainly, "{}", function.signature);
        }
    }
}

#[test]
fn what_changes_state_is_what_solidity_calls_not_view() {
    let functions = [
        IMembers::abi::functions(),
        IDirectory::abi::functions(),
        IRecords::abi::functions(),
        IAccess::abi::functions(),
        ISeals::abi::functions(),
        IRecovery::abi::functions(),
        IDelegation::abi::functions(),
        IPacks::abi::functions(),
        ICabinets::abi::functions(),
        IPrescriptions::abi::functions(),
        ITrials::abi::functions(),
    ];
    let abi: Vec<_> = functions
        .iter()
        .flat_map(|list| list.values().flatten())
        .collect();
    for function in all() {
        let declared = abi
            .iter()
            .find(|found| found.selector() == function.selector);
        let mutability = declared
            .expect("it is in the ABI")
            .state_mutability
            .as_json_str();
        let expected = if function.mutates {
            "nonpayable"
        } else {
            "view"
        };
        assert_eq!(mutability, expected, "{}", function.signature);
    }
}

#[test]
fn delegate_calls_and_value_are_refused_before_anything_is_read() {
    let unread = [0xff; 4];
    for function in all() {
        for input in [function.input.as_slice(), &unread, &[]] {
            let delegated = Call {
                is_direct: false,
                value: U256::ONE,
                ..call(input)
            };
            let refusal = Refusal::DelegateCallNotAllowed.into();
            assert_eq!(run(&function, delegated), Err(refusal));
            let paid = Call {
                value: U256::ONE,
                ..call(input)
            };
            assert_eq!(run(&function, paid), Err(Refusal::ValueNotAccepted.into()));
        }
    }
}

#[test]
fn an_unknown_selector_is_named_in_the_refusal() {
    for function in all() {
        let selector = [0xde, 0xad, 0xbe, 0xef];
        let input = [selector.as_slice(), &function.input[4..]].concat();
        let error = UnknownFunctionSelector {
            selector: selector.into(),
        }
        .abi_encode();
        assert_eq!(
            run(&function, call(&input)),
            Err(Stop::Revert(error.into()))
        );
    }
}

#[test]
fn malformed_input_reverts_without_data() {
    let empty = Err(Stop::Revert(Bytes::new()));
    for function in all() {
        for length in 0..4 {
            assert_eq!(run(&function, call(&function.input[..length])), empty);
        }
        if function.input.len() > 4 {
            let cut = &function.input[..function.input.len() - 1];
            assert_eq!(
                run(&function, call(cut)),
                empty,
                "{} cut short",
                function.signature
            );
        }
    }
    let dirty = [IMembers::organisationOfCall::SELECTOR.as_slice(), &[1; 32]].concat();
    let mut world = World::at_genesis();
    assert_eq!(
        world.raw(Who::Patient.address(), MEMBERS, &dirty),
        empty,
        "dirty upper bytes"
    );
}

#[test]
fn offsets_and_lengths_without_end_are_malformed() {
    let function = function::<IAccess::approveSignedCall>(ACCESS, true);
    for word in 0..function.input.len() / 32 {
        let mut input = function.input.clone();
        input[4 + 32 * word..36 + 32 * word].fill(0xff);
        let Err(Stop::Revert(_)) = run(&function, call(&input)) else {
            panic!("word {word} of all ones was accepted");
        };
    }
}

#[test]
fn too_little_gas_halts_wherever_it_ends() {
    let input = question().abi_encode();
    let mut world = World::with_records();
    world.host.gas_left = u64::MAX;
    world
        .raw(Who::Physician.address(), ACCESS, &input)
        .expect("it is enough");
    let needed = u64::MAX - world.host.gas_left;
    for gas in (0..needed).step_by(1_009).chain([needed - 1]) {
        let mut world = World::with_records();
        world.host.gas_left = gas;
        let result = world.raw(Who::Physician.address(), ACCESS, &input);
        assert_eq!(result, Err(Stop::Halt(Halt::OutOfGas)), "{gas} of {needed}");
    }
}

/// Many signatures that are all the same bytes of the input: decoded, they would take its square.
#[test]
fn arguments_that_share_bytes_take_no_more_memory_than_input() {
    let count = 4_000;
    let word = |number: usize| U256::from(number).to_be_bytes::<32>();
    let bytes_at = 32 * count;
    let mut input = IPacks::closeCall::SELECTOR.to_vec();
    for head in [128, 0, 0, 160] {
        input.extend(word(head));
    }
    input.extend(word(0));
    input.extend(word(count));
    for _ in 0..count {
        input.extend(word(bytes_at));
    }
    input.extend(word(bytes_at));
    input.extend(vec![0; bytes_at]);
    let mut world = World::at_genesis();
    let malformed = Err(Stop::Revert(Bytes::new()));
    assert_eq!(world.raw(Who::Stranger.address(), PACKS, &input), malformed);
    input.truncate(4 + 128 + 64);
    let last = input.len() - 1;
    input[last - 1..].fill(0);
    let read = Err(Refusal::NotEnrolled.into());
    assert_eq!(world.raw(Who::Stranger.address(), PACKS, &input), read);
}
