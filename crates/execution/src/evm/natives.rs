//! The native contracts as precompiles, beside Ethereum's own.

use super::conduct::{self, Conduct};
use super::{EvmContext, Instructions, host::JournalHost};
use crate::spec::FORK;
use alloy_primitives::{Address, Bytes, keccak256};
use revm::handler::{EthPrecompiles, PrecompileProvider};
use revm::interpreter::{CallInputs, CallScheme, Gas, InstructionResult, InterpreterResult};
use revm::primitives::AddressSet;
use revm::primitives::hardfork::SpecId;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use theriac_contracts::{Call, Halt, Host, Stop};

/// Natives that may stand in each other's calls, through Solidity; a rule of consensus, since each takes machine stack.
pub(super) const MAX_NESTING: usize = 8;

/// Finds the contract behind an address and runs it.
#[derive(Debug)]
pub(crate) struct Natives {
    standard: EthPrecompiles,
    warm: AddressSet,
    nesting: usize,
    instructions: Instructions,
    instructions_of_rules: Instructions,
    /// How the call out is held that runs now.
    pub(super) conduct: Conduct,
}

/// A contract that runs outside the interpreter.
#[derive(Clone, Copy)]
enum Native {
    Ledger(theriac_contracts::Native),
    #[cfg(test)]
    Probe,
}

impl Native {
    fn at(address: Address) -> Option<Self> {
        #[cfg(test)]
        if address == super::probe::ADDRESS {
            return Some(Self::Probe);
        }
        theriac_contracts::native(address).map(Self::Ledger)
    }

    fn call(self, host: &mut dyn Host, call: &Call<'_>) -> Result<Bytes, Stop> {
        match self {
            Self::Ledger(native) => native.call(host, call),
            #[cfg(test)]
            Self::Probe => super::probe::call(host, call),
        }
    }
}

impl Natives {
    pub(super) fn new() -> Self {
        let standard = EthPrecompiles::new(FORK);
        let mut warm = standard.warm_addresses().clone();
        warm.extend(theriac_contracts::addresses());
        #[cfg(test)]
        warm.insert(super::probe::ADDRESS);
        Self {
            standard,
            warm,
            nesting: 0,
            instructions: Instructions::new_mainnet_with_spec(FORK),
            instructions_of_rules: conduct::instructions(),
            conduct: Conduct::Ordinary,
        }
    }

    /// Forgets calls that a failure cut short.
    pub(super) fn reset(&mut self) {
        self.nesting = 0;
        self.conduct = Conduct::Ordinary;
    }

    /// The instructions of the call out that runs now.
    pub(super) const fn instructions(&self) -> &Instructions {
        match self.conduct {
            Conduct::Ordinary => &self.instructions,
            Conduct::Rule => &self.instructions_of_rules,
        }
    }

    /// Whether one more native would stand too deep. A rule may reach one more than its asker could: those that it may ask call
    /// nobody, and whether it reaches them must not depend on where its asker stands.
    const fn is_too_deep(&self) -> bool {
        let most = match self.conduct {
            Conduct::Ordinary => MAX_NESTING,
            Conduct::Rule => MAX_NESTING + 1,
        };
        self.nesting >= most
    }

    fn run_native(
        &mut self,
        native: Native,
        context: &mut EvmContext,
        inputs: &CallInputs,
    ) -> Result<InterpreterResult, String> {
        let gas = Gas::new(inputs.gas_limit);
        if self.is_too_deep() {
            return Ok(InterpreterResult::new(
                InstructionResult::Revert,
                nesting_too_deep(),
                gas,
            ));
        }
        // Copied, since a call out to Solidity overwrites the memory that the input lies in.
        let input = inputs.input.bytes(context);
        self.nesting += 1;
        let mut host = JournalHost::new(context, self, gas, inputs);
        let call = Call {
            caller: inputs.caller,
            input: &input,
            is_static: inputs.is_static,
            is_direct: matches!(inputs.scheme, CallScheme::Call | CallScheme::StaticCall),
            value: inputs.value.get(),
        };
        let result = run_guarded(native, &mut host, &call);
        let finished = host.finish(result);
        self.nesting -= 1;
        finished
    }
}

/// After a key was found missing the rest runs on guesses, where a native may come upon what cannot be.
fn run_guarded(native: Native, host: &mut JournalHost<'_>, call: &Call<'_>) -> Result<Bytes, Stop> {
    match catch_unwind(AssertUnwindSafe(|| native.call(host, call))) {
        Ok(result) => result,
        Err(_) if host.is_guessing() => Err(Stop::Halt(Halt::StateMissing)),
        Err(panic) => resume_unwind(panic),
    }
}

impl JournalHost<'_> {
    /// # Errors
    /// The state could not be read: the transaction has no result.
    fn finish(mut self, result: Result<Bytes, Stop>) -> Result<InterpreterResult, String> {
        match result {
            Ok(output) => Ok(InterpreterResult::new(
                InstructionResult::Return,
                output,
                self.gas,
            )),
            Err(Stop::Revert(data)) => Ok(InterpreterResult::new(
                InstructionResult::Revert,
                data,
                self.gas,
            )),
            Err(Stop::Halt(Halt::OutOfGas)) => Ok(halted(self.halt_reason(), self.gas)),
            Err(Stop::Halt(Halt::StateMissing)) => Err(super::rules::MISSING.into()),
            Err(Stop::Halt(Halt::Database)) => Err(self
                .failure
                .take()
                .unwrap_or_else(|| "a native contract could not read state".into())),
        }
    }
}

impl PrecompileProvider<EvmContext> for Natives {
    type Output = InterpreterResult;

    fn set_spec(&mut self, spec: SpecId) -> bool {
        <EthPrecompiles as PrecompileProvider<EvmContext>>::set_spec(&mut self.standard, spec)
    }

    fn run(
        &mut self,
        context: &mut EvmContext,
        inputs: &CallInputs,
    ) -> Result<Option<InterpreterResult>, String> {
        match Native::at(inputs.bytecode_address) {
            Some(native) => self.run_native(native, context, inputs).map(Some),
            None => self.standard.run(context, inputs),
        }
    }

    fn warm_addresses(&self) -> &AddressSet {
        &self.warm
    }
}

fn halted(reason: InstructionResult, mut gas: Gas) -> InterpreterResult {
    gas.spend_all();
    InterpreterResult::new(reason, Bytes::new(), gas)
}

/// `error NestingTooDeep()`: a ninth native inside eight others.
fn nesting_too_deep() -> Bytes {
    Bytes::copy_from_slice(&keccak256("NestingTooDeep()")[..4])
}
