//! What the code of a contract can do, as far as it matters to a patient who would have it decide.

/// Something that an instruction of the code can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Finding {
    /// There is no code.
    NoCode,
    /// The account runs the code of another one (EIP-7702), for as long as its owner likes.
    DelegatedAccount,
    /// DELEGATECALL or CALLCODE.
    Delegates,
    /// Nothing in the code names the function of a rule.
    NotARule,
    /// SSTORE.
    MutableStorage,
    /// A call of another contract.
    CallsOthers,
    /// SELFDESTRUCT.
    CanDestroyItself,
    /// CREATE or CREATE2.
    Creates,
    /// What a rule that reads or does it answers is counted as no: who sent the transaction, balances, facts of the block besides time and height,
    /// transient storage.
    ReadsWhatIsForbidden,
    /// EXTCODESIZE, EXTCODECOPY or EXTCODEHASH.
    ReadsCodeOfOthers,
    /// SLOAD, in code without SSTORE.
    FixedStorage,
    /// TIMESTAMP or NUMBER.
    ReadsTime,
}

/// What a finding means for the choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// It can never be a rule, or not be judged by its code: it is not to be pointed at.
    Forbids,
    /// What it answers can change after it was chosen, or it will often be a no.
    Warns,
    /// Good to know.
    Tells,
}

impl Finding {
    /// All of them, the gravest first.
    pub const ALL: [Self; 12] = [
        Self::NoCode,
        Self::DelegatedAccount,
        Self::Delegates,
        Self::NotARule,
        Self::MutableStorage,
        Self::CallsOthers,
        Self::CanDestroyItself,
        Self::Creates,
        Self::ReadsWhatIsForbidden,
        Self::ReadsCodeOfOthers,
        Self::FixedStorage,
        Self::ReadsTime,
    ];

    /// A word for machines.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::NoCode => "no-code",
            Self::DelegatedAccount => "delegated-account",
            Self::Delegates => "delegates",
            Self::NotARule => "not-a-rule",
            Self::MutableStorage => "mutable-storage",
            Self::CallsOthers => "calls-others",
            Self::CanDestroyItself => "can-destroy-itself",
            Self::Creates => "creates",
            Self::ReadsWhatIsForbidden => "reads-what-is-forbidden",
            Self::ReadsCodeOfOthers => "reads-code-of-others",
            Self::FixedStorage => "fixed-storage",
            Self::ReadsTime => "reads-time",
        }
    }

    /// What it means for the choice.
    #[must_use]
    pub const fn weight(self) -> Weight {
        match self {
            Self::NoCode | Self::DelegatedAccount | Self::Delegates => Weight::Forbids,
            Self::NotARule
            | Self::MutableStorage
            | Self::CallsOthers
            | Self::CanDestroyItself
            | Self::Creates
            | Self::ReadsWhatIsForbidden => Weight::Warns,
            Self::ReadsCodeOfOthers | Self::FixedStorage | Self::ReadsTime => Weight::Tells,
        }
    }

    /// What it means, in one or two sentences for people.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::NoCode => "There is no contract at this address. It would admit nobody.",
            Self::DelegatedAccount => {
                "This is a person's account that borrows the code of a contract, and its owner can change which. It would admit nobody."
            }
            Self::Delegates => {
                "It can run the code of other contracts as its own, so that its own code does not tell what it does. Whenever it does so, the answer is no."
            }
            Self::NotARule => {
                "Its code does not name the function of a rule. It would probably admit nobody."
            }
            Self::MutableStorage => {
                "It keeps data that can change after you chose it. Whom it admits can change without you, by whoever may write those data: you trust them, not only this code."
            }
            Self::CallsOthers => {
                "It asks other contracts. What they answer can change after you chose it."
            }
            Self::CanDestroyItself => {
                "It can destroy itself. If it does, it admits nobody any more."
            }
            Self::Creates => {
                "It can make other contracts. Whenever it does so while it is asked, the answer is no."
            }
            Self::ReadsWhatIsForbidden => {
                "It can read or do what a rule may not, such as who sent a transaction. Whenever it does so while it is asked, the answer is no."
            }
            Self::ReadsCodeOfOthers => "It looks at the code of other contracts.",
            Self::FixedStorage => {
                "It reads data that were written when it was made. Its code cannot change them."
            }
            Self::ReadsTime => "Its answer can depend on the block's own time or height.",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn findings_are_all_listed_once_and_the_gravest_first() {
        let all: BTreeSet<_> = Finding::ALL.into_iter().collect();
        assert_eq!(all.len(), Finding::ALL.len());
        assert!(Finding::ALL.is_sorted());
        assert!(Finding::ALL.is_sorted_by_key(|finding| finding.weight()));
    }

    #[test]
    fn each_finding_has_its_own_word_and_plain_sentences() {
        let words: BTreeSet<_> = Finding::ALL.iter().map(|finding| finding.word()).collect();
        assert_eq!(words.len(), Finding::ALL.len());
        for finding in Finding::ALL {
            let sentence = finding.sentence();
            assert!(sentence.ends_with('.'), "{sentence}");
            assert!(!sentence.contains("CALL") && !sentence.contains("STORE"));
        }
    }
}
