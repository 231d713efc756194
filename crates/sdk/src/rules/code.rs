//! The instructions of a contract that can run.
//!
//! Execution begins at the first byte, goes on from instruction to instruction, and jumps to a JUMPDEST only. So what stands between an instruction
//! that ends execution and the next JUMPDEST never runs: that is where compilers put data, and what they say of themselves (the metadata trailer).
//! Every JUMPDEST is taken to be jumped to; one that stands in data by chance makes what follows it count, never the other way round.

/// The opcodes that decide where execution goes.
const STOP: u8 = 0x00;
const JUMP: u8 = 0x56;
const JUMPDEST: u8 = 0x5b;
const PUSH1: u8 = 0x60;
const PUSH32: u8 = 0x7f;
const RETURN: u8 = 0xf3;
const REVERT: u8 = 0xfd;
const INVALID: u8 = 0xfe;
const SELFDESTRUCT: u8 = 0xff;

/// An instruction with the bytes that it pushes, if it is a PUSH; at the end of the code these may be fewer than it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Instruction<'a> {
    pub(super) opcode: u8,
    pub(super) pushed: &'a [u8],
}

/// All instructions that can run, in the order of the code.
pub(super) fn instructions(code: &[u8]) -> Vec<Instruction<'_>> {
    let mut rest = code;
    let mut reachable = Vec::new();
    let mut runs = true;
    while let Some((opcode, after)) = rest.split_first() {
        let (pushed, after) = after.split_at(pushed_bytes(*opcode).min(after.len()));
        rest = after;
        runs |= *opcode == JUMPDEST;
        if runs {
            reachable.push(Instruction {
                opcode: *opcode,
                pushed,
            });
        }
        runs &= !ends(*opcode);
    }
    reachable
}

fn pushed_bytes(opcode: u8) -> usize {
    match opcode {
        PUSH1..=PUSH32 => usize::from(opcode - PUSH1) + 1,
        _ => 0,
    }
}

const fn ends(opcode: u8) -> bool {
    matches!(
        opcode,
        STOP | JUMP | RETURN | REVERT | INVALID | SELFDESTRUCT
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opcodes(code: &[u8]) -> Vec<u8> {
        let all = instructions(code);
        all.iter().map(|instruction| instruction.opcode).collect()
    }

    #[test]
    fn pushed_bytes_are_no_instructions() {
        let code = [0x62, 0x54, 0x55, 0xf4, 0x5f, 0x01];
        assert_eq!(opcodes(&code), [0x62, 0x5f, 0x01]);
        assert_eq!(instructions(&code)[0].pushed, [0x54, 0x55, 0xf4]);
    }

    #[test]
    fn push_at_the_end_lacks_bytes() {
        assert_eq!(opcodes(&[0x7f, 1, 2]), [0x7f]);
        assert_eq!(instructions(&[0x7f, 1, 2])[0].pushed, [1, 2]);
        assert_eq!(opcodes(&[0x60]), [0x60]);
        assert!(instructions(&[]).is_empty());
    }

    #[test]
    fn what_follows_an_end_does_not_run_until_a_jump_can_land() {
        for end in [STOP, JUMP, RETURN, REVERT, INVALID, SELFDESTRUCT] {
            let code = [0x5f, end, 0xf4, 0x54, JUMPDEST, 0x42];
            assert_eq!(opcodes(&code), [0x5f, end, JUMPDEST, 0x42]);
        }
        // A conditional jump may not jump.
        assert_eq!(opcodes(&[0x57, 0x54]), [0x57, 0x54]);
    }

    /// As the machine has it: a JUMPDEST that is pushed is none, in data too.
    #[test]
    fn jump_cannot_land_in_pushed_bytes() {
        assert_eq!(opcodes(&[STOP, 0x61, JUMPDEST, 0xf4, 0xf4]), [STOP]);
        assert_eq!(
            opcodes(&[STOP, 0x60, 0x00, JUMPDEST, 0xf4]),
            [STOP, JUMPDEST, 0xf4]
        );
    }
}
