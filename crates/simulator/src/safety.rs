//! What must hold of the final blocks of honest members, whatever happens to the network.

use crate::recorder::Recording;
use alloy_primitives::B256;
use std::collections::{BTreeMap, HashMap};

/// What contradicts safety.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Violation {
    /// A member recorded a height without the one before.
    Gap {
        /// Index of the member.
        member: usize,
        /// The height.
        height: u64,
    },
    /// A member saw two final blocks at one height.
    Rewritten {
        /// Index of the member.
        member: usize,
        /// The height.
        height: u64,
    },
    /// A block does not name the one before it as its parent.
    Unlinked {
        /// Index of the member.
        member: usize,
        /// The height.
        height: u64,
    },
    /// A transaction is final in two blocks.
    Repeated {
        /// Index of the member.
        member: usize,
        /// Hash of the transaction.
        transaction: B256,
    },
    /// Two members recorded different blocks at one height.
    Fork {
        /// Indices of the members.
        members: [usize; 2],
        /// The height.
        height: u64,
    },
}

/// Checks what each member recorded, in its order of time, by itself and against the others. The heights of the first
/// `founders` start at one, those of the others at the height with which they joined.
///
/// # Errors
/// The first [`Violation`].
pub fn check_safety(founders: usize, members: &[Vec<Recording>]) -> Result<(), Violation> {
    let mut agreed: BTreeMap<u64, (usize, &Recording)> = BTreeMap::new();
    for (member, recordings) in members.iter().enumerate() {
        let joined = recordings.first().filter(|_| member >= founders);
        let first = joined.map_or(1, |recording| recording.height);
        let chain = chain_of(member, first, recordings)?;
        check_transactions(member, &chain)?;
        for recording in chain {
            let height = recording.height;
            let (other, known) = *agreed.entry(height).or_insert((member, recording));
            if known != recording {
                let members = [other, member];
                return Err(Violation::Fork { members, height });
            }
        }
    }
    Ok(())
}

/// The blocks of one member by height.
fn chain_of(
    member: usize,
    first: u64,
    recordings: &[Recording],
) -> Result<Vec<&Recording>, Violation> {
    let mut chain: Vec<&Recording> = Vec::new();
    for recording in recordings {
        let height = recording.height;
        let next = first + chain.len() as u64;
        if height < first || height > next {
            return Err(Violation::Gap { member, height });
        }
        if height < next {
            if chain[(height - first) as usize] != recording {
                return Err(Violation::Rewritten { member, height });
            }
            continue;
        }
        if chain
            .last()
            .is_some_and(|last| last.hash != recording.parent)
        {
            return Err(Violation::Unlinked { member, height });
        }
        chain.push(recording);
    }
    Ok(chain)
}

fn check_transactions(member: usize, chain: &[&Recording]) -> Result<(), Violation> {
    let mut heights = HashMap::new();
    for recording in chain {
        for transaction in &recording.transactions {
            if heights.insert(*transaction, recording.height).is_some() {
                let transaction = *transaction;
                return Err(Violation::Repeated {
                    member,
                    transaction,
                });
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain(length: u8) -> Vec<Recording> {
        (1..=length)
            .map(|height| Recording {
                height: height.into(),
                hash: B256::repeat_byte(height),
                parent: B256::repeat_byte(height - 1),
                state_root: B256::repeat_byte(0xa0 + height),
                time_ms: u64::from(height) * 100,
                transactions: vec![B256::repeat_byte(0x70 + height)],
                committee: None,
            })
            .collect()
    }

    #[test]
    fn members_at_different_heights_agree() {
        assert_eq!(check_safety(9, &[chain(5), chain(3), chain(0)]), Ok(()));
    }

    #[test]
    fn a_block_may_come_again_after_a_crash() {
        let mut again = chain(3);
        again.extend(chain(5).split_off(1));
        assert_eq!(check_safety(9, &[again]), Ok(()));
    }

    #[test]
    fn two_members_with_different_blocks_are_a_fork() {
        let edits: [fn(&mut Recording); 4] = [
            |recording| recording.hash = B256::ZERO,
            |recording| recording.state_root = B256::ZERO,
            |recording| recording.time_ms += 1,
            |recording| recording.transactions.clear(),
        ];
        for edit in edits {
            let mut other = chain(4);
            edit(&mut other[3]);
            let members = [0, 1];
            let fork = Violation::Fork { members, height: 4 };
            assert_eq!(check_safety(9, &[chain(5), other]), Err(fork));
        }
    }

    #[test]
    fn a_second_final_block_at_one_height_is_rewritten() {
        let mut rewritten = chain(3);
        rewritten.push(Recording {
            state_root: B256::ZERO,
            ..rewritten[1].clone()
        });
        let violation = Violation::Rewritten {
            member: 0,
            height: 2,
        };
        assert_eq!(check_safety(9, &[rewritten]), Err(violation));
    }

    #[test]
    fn a_member_that_joined_has_no_gap_below_and_none_above() {
        let joined = chain(5).split_off(2);
        assert_eq!(check_safety(1, &[chain(5), joined.clone()]), Ok(()));
        let gap = Violation::Gap {
            member: 1,
            height: 3,
        };
        assert_eq!(check_safety(2, &[chain(5), joined.clone()]), Err(gap));
        let mut fork = joined;
        fork[1].state_root = B256::ZERO;
        let members = [0, 1];
        let fork_at = Violation::Fork { members, height: 4 };
        assert_eq!(check_safety(1, &[chain(5), fork]), Err(fork_at));
    }

    #[test]
    fn a_missing_height_is_a_gap() {
        let mut gap = chain(4);
        gap.remove(2);
        let violation = Violation::Gap {
            member: 1,
            height: 4,
        };
        assert_eq!(check_safety(9, &[chain(4), gap]), Err(violation));
    }

    #[test]
    fn a_block_with_another_parent_is_unlinked() {
        let mut unlinked = chain(4);
        unlinked[2].parent = B256::ZERO;
        let violation = Violation::Unlinked {
            member: 0,
            height: 3,
        };
        assert_eq!(check_safety(9, &[unlinked]), Err(violation));
    }

    #[test]
    fn a_transaction_in_two_blocks_is_repeated() {
        let mut repeated = chain(4);
        let transaction = repeated[0].transactions[0];
        repeated[3].transactions.push(transaction);
        let violation = Violation::Repeated {
            member: 0,
            transaction,
        };
        assert_eq!(check_safety(9, &[repeated]), Err(violation));
    }
}
