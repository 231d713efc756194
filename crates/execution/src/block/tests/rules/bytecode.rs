//! Small programs for the EVM, by hand.

use alloy_primitives::Address;
use revm::bytecode::opcode::*;

/// Creation code that leaves `code` behind.
pub(super) fn deployment(code: &[u8]) -> Vec<u8> {
    let length = u16::try_from(code.len()).expect("code is short");
    let [high, low] = length.to_be_bytes();
    // Ten bytes of prologue come before the code.
    let mut creation = vec![
        PUSH2, high, low, DUP1, PUSH1, 10, PUSH0, CODECOPY, PUSH0, RETURN,
    ];
    creation.extend(code);
    creation
}

/// Returns the word 1.
pub(super) fn yes() -> Vec<u8> {
    [&[PUSH1, 1][..], &returning()].concat()
}

/// Returns the word on the stack.
pub(super) fn returning() -> Vec<u8> {
    vec![PUSH0, MSTORE, PUSH1, 32, PUSH0, RETURN]
}

/// Calls an account with no data by `kind` of call and drops whether it worked.
pub(super) fn calling(kind: u8, target: Address) -> Vec<u8> {
    let mut code = vec![PUSH0; 4];
    if matches!(kind, CALL | CALLCODE) {
        code.push(PUSH0);
    }
    code.push(PUSH20);
    code.extend(target);
    code.extend([GAS, kind, POP]);
    code
}

/// A rule that asks another contract, does not care what becomes of that, and says yes.
pub(super) fn ignoring(target: Address) -> Vec<u8> {
    [calling(STATICCALL, target), yes()].concat()
}
