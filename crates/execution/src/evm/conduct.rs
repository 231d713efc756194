//! What a contract that serves as a rule may do: less than others, and at prices that do not tell what was touched before.

use super::{EvmContext, Instructions};
use crate::spec::FORK;
use alloy_primitives::Address;
use revm::bytecode::opcode;
use revm::context_interface::cfg::{GasId, GasParams};
use revm::interpreter::interpreter::EthInterpreter;
use revm::interpreter::interpreter_action::FrameInit;
use revm::interpreter::{
    FrameInput, Instruction, InstructionContext, InstructionExecResult, InstructionResult,
};
use theriac_contracts::addresses::{DIRECTORY, MEMBERS};

/// EIP-2929: the first access to a slot and to an account.
const SLOT: u16 = 2100;
const ACCOUNT: u16 = 2600;

/// How strictly a call out and all calls inside it are held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Conduct {
    /// As Ethereum has it.
    Ordinary,
    /// As a rule: see [`FORBIDDEN`], [`is_forbidden`] and [`is_breach`].
    Rule,
}

/// What no frame of a rule may execute; the reasons are in docs/decisions/0110.
const FORBIDDEN: [u8; 24] = [
    // The code that runs would not be the code that was pinned.
    opcode::DELEGATECALL,
    opcode::CALLCODE,
    opcode::CREATE,
    opcode::CREATE2,
    // A rule answers, and does nothing.
    opcode::SSTORE,
    opcode::TSTORE,
    opcode::LOG0,
    opcode::LOG1,
    opcode::LOG2,
    opcode::LOG3,
    opcode::LOG4,
    opcode::SELFDESTRUCT,
    // The sender of the transaction chooses these.
    opcode::ORIGIN,
    opcode::GASPRICE,
    opcode::TLOAD,
    opcode::BALANCE,
    opcode::SELFBALANCE,
    opcode::BLOBHASH,
    // These differ from block to block and tell nothing of the request.
    opcode::BLOCKHASH,
    opcode::COINBASE,
    opcode::DIFFICULTY,
    opcode::GASLIMIT,
    opcode::BASEFEE,
    opcode::BLOBBASEFEE,
];

/// The instructions of a rule: what is forbidden ends the frame, and each access costs as a first one.
pub(super) fn instructions() -> Instructions {
    let mut instructions = Instructions::new_mainnet_with_spec(FORK);
    for forbidden in FORBIDDEN {
        instructions.insert_instruction(forbidden, Instruction::new(refuse), 0);
    }
    instructions.insert_gas(opcode::SLOAD, SLOT);
    for access in [
        opcode::EXTCODESIZE,
        opcode::EXTCODECOPY,
        opcode::EXTCODEHASH,
        opcode::CALL,
        opcode::STATICCALL,
    ] {
        instructions.insert_gas(access, ACCOUNT);
    }
    instructions
}

/// The dynamic prices inside a rule: nothing is added for a first access, since [`instructions`] charges it always.
pub(super) fn gas_params() -> GasParams {
    let mut params = GasParams::new_spec(FORK);
    params.override_gas([
        (GasId::cold_account_additional_cost(), 0),
        (GasId::cold_storage_additional_cost(), 0),
        (GasId::warm_storage_read_cost(), u64::from(SLOT)),
    ]);
    params
}

/// Whether a rule may not begin this call: into a contract that decides, or to code by delegation (EIP-7702).
pub(super) fn is_forbidden(context: &EvmContext, init: &FrameInit) -> bool {
    match &init.frame_input {
        FrameInput::Call(inputs) => {
            let target = inputs.bytecode_address;
            is_closed(target) || is_delegated(context, target)
        }
        FrameInput::Create(_) | FrameInput::Empty => true,
    }
}

/// Whether a frame that ended so makes the rule fail, whatever its caller would have made of it.
pub(super) const fn is_breach(result: InstructionResult) -> bool {
    matches!(
        result,
        InstructionResult::NotActivated
            | InstructionResult::StateChangeDuringStaticCall
            | InstructionResult::CallNotAllowedInsideStatic
            | InstructionResult::CallTooDeep
            | InstructionResult::OutOfGas
            | InstructionResult::MemoryOOG
            | InstructionResult::MemoryLimitOOG
            | InstructionResult::PrecompileOOG
            | InstructionResult::InvalidOperandOOG
            | InstructionResult::ReentrancySentryOOG
    )
}

/// Whether the account's code is that of another (EIP-7702). The account is loaded.
pub(super) fn is_delegated(context: &EvmContext, account: Address) -> bool {
    let held = context.journaled_state.inner.state.get(&account);
    let code = held.and_then(|account| account.info.code.as_ref());
    code.is_some_and(|code| code.is_eip7702())
}

/// The range of native contracts, but for those that say who someone is.
fn is_closed(address: Address) -> bool {
    let is_native = address[..17].iter().all(|byte| *byte == 0) && address[17] == 0xec;
    is_native && address != MEMBERS && address != DIRECTORY
}

/// Ends the frame as an instruction does that this fork does not have: a breach too.
fn refuse(_: InstructionContext<'_, EvmContext, EthInterpreter>) -> InstructionExecResult {
    Err(InstructionResult::NotActivated)
}
