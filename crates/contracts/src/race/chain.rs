//! The contracts on a host in memory that can be made to break a promise, and whose rule contract answers as it is told.

use std::collections::BTreeSet;

use alloy_primitives::{Address, B256, Bytes, U256};
use alloy_sol_types::SolCall;

use crate::{
    Call, CallOutcome, Halt, Host, Stop,
    access::state::LOG_LENGTH,
    addresses::{ACCESS, SEALS},
    interfaces::IAccessRule::admitsCall,
    memory::MemoryHost,
    native,
    seals::state::{CLOSED_BEFORE, OPENING_COUNT},
    storage::State,
    testing::{CHART, OTHER_CHART, RULE, Who},
};

/// A promise that the contracts can be made to break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// They keep all.
    None,
    /// A restriction closes no opening.
    SkipsClosing,
    /// A revocation leaves the grant as it was.
    KeepsGrants,
    /// A removal leaves the rule as it was.
    KeepsRules,
    /// The log of a chart forgets how long it is.
    SkipsEntries,
    /// Openings are not counted.
    SkipsCounting,
}

/// State as one block leaves it, and who the rule contract admits.
#[derive(Clone, Debug)]
pub(super) struct Chain {
    pub(super) memory: MemoryHost,
    pub(super) admitted_by_contract: BTreeSet<Address>,
    fault: Fault,
    skipped: BTreeSet<(Address, U256)>,
    /// Whether what is executed now is forgotten by a faulty contract.
    forgets: bool,
}

impl Chain {
    pub(super) fn new(memory: MemoryHost, fault: Fault) -> Self {
        let mut chain = Self {
            memory,
            admitted_by_contract: BTreeSet::new(),
            fault: Fault::None,
            skipped: BTreeSet::new(),
            forgets: false,
        };
        chain.skipped = chain.places(fault);
        chain.fault = fault;
        chain
    }

    /// The slots that a faulty contract does not write.
    fn places(&mut self, fault: Fault) -> BTreeSet<(Address, U256)> {
        let mut places = BTreeSet::new();
        for chart in [CHART, OTHER_CHART] {
            let state = &mut State::new(self, SEALS);
            let closing = CLOSED_BEFORE.at(state, chart).expect("memory").slot();
            let state = &mut State::new(self, ACCESS);
            let length = LOG_LENGTH.at(state, chart).expect("memory").slot();
            match fault {
                Fault::SkipsClosing => places.insert((SEALS, closing)),
                Fault::SkipsEntries => places.insert((ACCESS, length)),
                Fault::SkipsCounting => places.insert((SEALS, OPENING_COUNT.slot())),
                Fault::None | Fault::KeepsGrants | Fault::KeepsRules => false,
            };
        }
        places
    }

    /// Calls a contract through the ABI; a refusal writes nothing, which other tests hold.
    pub(super) fn call<C: SolCall>(
        &mut self,
        caller: Who,
        contract: Address,
        call: &C,
    ) -> Option<C::Return> {
        let input = call.abi_encode();
        let call = Call {
            caller: caller.address(),
            input: &input,
            is_static: false,
            is_direct: true,
            value: U256::ZERO,
        };
        match native(contract)
            .expect("a native contract")
            .call(self, &call)
        {
            Ok(output) => Some(C::abi_decode_returns(&output).expect("the form of the ABI")),
            Err(Stop::Revert(_)) => None,
            Err(Stop::Halt(halt)) => panic!("memory halted: {halt:?}"),
        }
    }

    /// As [`Chain::call`] for an act that a contract with `fault` forgets.
    pub(super) fn call_forgotten_by<C: SolCall>(
        &mut self,
        fault: Fault,
        (caller, contract): (Who, Address),
        call: &C,
    ) -> Option<C::Return> {
        self.forgets = self.fault == fault;
        let answer = self.call(caller, contract, call);
        self.forgets = false;
        answer
    }
}

impl Host for Chain {
    fn chain_id(&self) -> u64 {
        self.memory.chain_id()
    }

    fn height(&self) -> u64 {
        self.memory.height()
    }

    fn time_ms(&self) -> u64 {
        self.memory.time_ms()
    }

    fn prevrandao(&self) -> B256 {
        self.memory.prevrandao()
    }

    fn sload(&mut self, address: Address, slot: U256) -> Result<U256, Halt> {
        self.memory.sload(address, slot)
    }

    fn sstore(&mut self, address: Address, slot: U256, value: U256) -> Result<(), Halt> {
        let forgotten = self.forgets && address == ACCESS;
        if forgotten || self.skipped.contains(&(address, slot)) {
            return Ok(());
        }
        self.memory.sstore(address, slot, value)
    }

    fn emit(&mut self, address: Address, topics: Vec<B256>, data: Bytes) -> Result<(), Halt> {
        if self.forgets {
            return Ok(());
        }
        self.memory.emit(address, topics, data)
    }

    fn keccak(&mut self, data: &[u8]) -> Result<B256, Halt> {
        self.memory.keccak(data)
    }

    fn recover(&mut self, digest: B256, signature: &[u8]) -> Result<Option<Address>, Halt> {
        self.memory.recover(digest, signature)
    }

    fn has_code(&mut self, address: Address) -> Result<bool, Halt> {
        self.memory.has_code(address)
    }

    fn code_hash(&mut self, address: Address) -> Result<B256, Halt> {
        self.memory.code_hash(address)
    }

    fn static_call(
        &mut self,
        target: Address,
        input: Bytes,
        gas_cap: u64,
    ) -> Result<CallOutcome, Halt> {
        self.memory.static_call(target, input, gas_cap)
    }

    fn rule_call(&mut self, target: Address, input: Bytes, _: u64) -> Result<CallOutcome, Halt> {
        assert_eq!(target, RULE, "only this contract is pointed at");
        let asked = admitsCall::abi_decode(&input).expect("the call of a rule");
        let admits = self.admitted_by_contract.contains(&asked.request.requester);
        let word = B256::with_last_byte(u8::from(admits));
        Ok(CallOutcome::Returned(Bytes::from(word.to_vec())))
    }

    fn charge(&mut self, gas: u64) -> Result<(), Halt> {
        self.memory.charge(gas)
    }
}
