//! Runs Solidity inside a native contract's call, on the same journal.

use super::conduct::{self, Conduct};
use super::{EvmContext, Frame, Natives};
use crate::state::DatabaseFailure;
use alloy_primitives::{Address, B256, Bytes, U256};
use revm::context_interface::context::{ContextError, take_error};
use revm::context_interface::local::OutFrame;
use revm::context_interface::{ContextTr, JournalTr, LocalContextTr};
use revm::handler::{FrameResult, ItemOrResult};
use revm::interpreter::interpreter_action::FrameInit;
use revm::interpreter::{
    CallInput, CallInputs, CallOutcome, CallScheme, CallValue, FrameInput, Gas, InstructionResult,
    InterpreterResult, SharedMemory,
};
use revm::state::Bytecode;

type Failure = ContextError<DatabaseFailure>;

/// A STATICCALL whose gas is charged and whose target's code is loaded.
pub(super) struct StaticCall {
    pub(super) caller: Address,
    pub(super) target: Address,
    pub(super) input: Bytes,
    pub(super) code: Bytecode,
    pub(super) hash: B256,
    pub(super) gas: u64,
    pub(super) conduct: Conduct,
}

/// Runs the call and all calls inside it.
///
/// The frames stand on a stack of their own; their memory continues the buffer of the calling frames, since call
/// inputs are ranges of that buffer. What runs inside a rule is held as a rule.
///
/// # Errors
/// State could not be read.
pub(super) fn run(
    context: &mut EvmContext,
    natives: &mut Natives,
    call: StaticCall,
) -> Result<InterpreterResult, Failure> {
    match call.conduct {
        Conduct::Rule if natives.conduct == Conduct::Ordinary => {
            let prices = core::mem::replace(&mut context.cfg.gas_params, conduct::gas_params());
            natives.conduct = Conduct::Rule;
            // From depth 0: how deep the asker stands is not the rule's concern.
            let result = run_call(context, natives, 0, call);
            natives.conduct = Conduct::Ordinary;
            context.cfg.gas_params = prices;
            result
        }
        Conduct::Rule | Conduct::Ordinary => {
            let depth = context.journal().depth();
            run_call(context, natives, depth, call)
        }
    }
}

fn run_call(
    context: &mut EvmContext,
    natives: &mut Natives,
    depth: usize,
    call: StaticCall,
) -> Result<InterpreterResult, Failure> {
    let mut outer = SharedMemory::new_with_buffer(context.local.shared_memory_buffer().clone());
    let init = FrameInit {
        depth,
        memory: outer.new_child_context(),
        frame_input: FrameInput::Call(Box::new(inputs(call))),
    };
    let result = run_frames(context, natives, init);
    outer.free_child_context();
    take_error::<Failure, _>(&mut context.error)?;
    result.map(FrameResult::into_interpreter_result)
}

fn run_frames(
    context: &mut EvmContext,
    natives: &mut Natives,
    init: FrameInit,
) -> Result<FrameResult, Failure> {
    let mut frames: Vec<Frame> = Vec::new();
    let mut next = ItemOrResult::Item(init);
    loop {
        let result = match next {
            ItemOrResult::Item(init) if breaks_rule_by_calling(context, natives, &init) => {
                return Ok(unwind(context, frames));
            }
            ItemOrResult::Item(init) => begin(context, natives, &mut frames, init)?,
            ItemOrResult::Result(result) => {
                frames.pop();
                Some(result)
            }
        };
        if let Some(result) = result {
            if breaks_rule_by_ending(natives, &result) {
                return Ok(unwind(context, frames));
            }
            if let Some(result) = settle(context, &mut frames, result)? {
                return Ok(result);
            }
        }
        next = run_top(context, natives, &mut frames)?;
    }
}

/// Begins a call: puts its frame on top, or gives the result of one that needs none.
fn begin(
    context: &mut EvmContext,
    natives: &mut Natives,
    frames: &mut Vec<Frame>,
    init: FrameInit,
) -> Result<Option<FrameResult>, Failure> {
    let mut frame = Frame::invalid();
    match Frame::init_with_context(OutFrame::new_init(&mut frame), context, natives, init)? {
        ItemOrResult::Item(_) => {
            frames.push(frame);
            Ok(None)
        }
        ItemOrResult::Result(result) => Ok(Some(result)),
    }
}

fn breaks_rule_by_calling(context: &EvmContext, natives: &Natives, init: &FrameInit) -> bool {
    natives.conduct == Conduct::Rule && conduct::is_forbidden(context, init)
}

fn breaks_rule_by_ending(natives: &Natives, result: &FrameResult) -> bool {
    let ended = result.interpreter_result().result;
    natives.conduct == Conduct::Rule && conduct::is_breach(ended)
}

/// Ends all frames as one that failed and used all its gas.
fn unwind(context: &mut EvmContext, frames: Vec<Frame>) -> FrameResult {
    for frame in frames.iter().rev() {
        context.journal_mut().checkpoint_revert(frame.checkpoint);
    }
    let failed = InterpreterResult::new(InstructionResult::NotActivated, Bytes::new(), Gas::new(0));
    FrameResult::Call(CallOutcome::new(failed, 0..0))
}

/// Runs the topmost frame until it calls or ends.
fn run_top(
    context: &mut EvmContext,
    natives: &Natives,
    frames: &mut [Frame],
) -> Result<ItemOrResult<FrameInit, FrameResult>, Failure> {
    let frame = frames
        .last_mut()
        .expect("a result of the last frame ends the loop");
    let instructions = natives.instructions();
    let action = frame.interpreter.run_plain(
        instructions.instruction_table(),
        instructions.gas_table(),
        context,
    );
    frame.process_next_action(context, action)
}

/// Hands a result to the frame that waits for it; gives it back when none does.
fn settle(
    context: &mut EvmContext,
    frames: &mut [Frame],
    result: FrameResult,
) -> Result<Option<FrameResult>, Failure> {
    match frames.last_mut() {
        None => Ok(Some(result)),
        Some(parent) => parent.return_result(context, result).map(|()| None),
    }
}

fn inputs(call: StaticCall) -> CallInputs {
    CallInputs {
        input: CallInput::Bytes(call.input),
        return_memory_offset: 0..0,
        gas_limit: call.gas,
        reservoir: 0,
        bytecode_address: call.target,
        known_bytecode: (call.hash, call.code),
        target_address: call.target,
        caller: call.caller,
        value: CallValue::Transfer(U256::ZERO),
        scheme: CallScheme::StaticCall,
        is_static: true,
        charged_new_account_state_gas: false,
    }
}
