//! Words of the closed lists of trials, as values on the command line.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use theriac_contracts::codes::{
    AmendmentReason, CorrectionReason, EndScope, ErasureBasis, Meaning, MissedReason,
    OpeningReason, TrialRole, UnlockReason,
};

macro_rules! words {
    ($($name:ident: $list:ty;)+) => {
        $(
            /// One of the list by its word.
            pub(super) fn $name() -> impl TypedValueParser<Value = $list> {
                let words = PossibleValuesParser::new(<$list>::ALL.iter().map(|one| one.word()));
                words.map(|word| <$list>::from_word(&word).expect("only words of the list are taken"))
            }
        )+
    };
}

words! {
    role: TrialRole;
    scope: EndScope;
    meaning: Meaning;
    amendment_reason: AmendmentReason;
    missed_reason: MissedReason;
    correction_reason: CorrectionReason;
    unlock_reason: UnlockReason;
    opening_reason: OpeningReason;
    erasure_basis: ErasureBasis;
}
