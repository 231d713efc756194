//! The classes of fraud, each with the earliest event at which it can be seen. The table is published in docs/security-packs.md.

/// When somebody looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Stage {
    /// A package is received.
    Receipt,
    /// The packs of a package are scanned when they arrive.
    ScannedReceipt,
    /// The pack is scanned for the first time where it should not be.
    FirstScan,
    /// An entry is sent past the program.
    Entry,
    /// The flags are watched.
    Watch,
    /// The pack is scanned after it was flagged.
    ScanAfterFlag,
    /// The other pack of the same label, or the same pack again, is scanned.
    SecondScan,
    /// What is there is counted.
    Count,
    /// Papers are held against the ledger.
    Audit,
    /// None of these.
    Never,
}

impl Stage {
    /// The words of the table.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Receipt => "receipt",
            Self::ScannedReceipt => "receipt with scans",
            Self::FirstScan => "first scan",
            Self::Entry => "entry",
            Self::Watch => "watch",
            Self::ScanAfterFlag => "scan after the flag",
            Self::SecondScan => "second scan",
            Self::Count => "count",
            Self::Audit => "audit",
            Self::Never => "undetectable",
        }
    }
}

/// Which class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    CloneBeforeFirst,
    CloneAfterFirst,
    CloneInTransit,
    CloneOnTheSameShelf,
    DestroyedPackOffered,
    GuessedSerial,
    RelabelledLot,
    AlteredExpiry,
    ExtendedExpiry,
    ExpiredPack,
    MadeUpLot,
    LotOfAnother,
    LotOfNoManufacturer,
    ProductOfNobody,
    BackDatedShipment,
    BackDatedReceipt,
    GhostShipment,
    InferredGhostShipment,
    ProductWithoutData,
    SubstitutedPack,
    ForeignReturn,
    ReturnSoldTwice,
    Diversion,
    AlteredPackage,
    MadeUpPackInPackage,
    ForgedWay,
    ForgedSender,
    ForgedPapers,
    PackageTwice,
    SoldTwice,
    TheftInTransit,
    TheftFromShelf,
    UnnoticedTheft,
    RecalledLot,
    SecondPharmacy,
    GuessedNullifier,
    UndoByAnother,
    UndoTooLate,
    FalseWaste,
    UnrecordedWithdrawal,
    PrescriptionShopping,
}

/// A class of fraud.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Class {
    pub(crate) kind: Kind,
    pub(crate) name: &'static str,
    /// The earliest event at which partners see it who keep books.
    pub(crate) earliest: Stage,
    /// What they may be told.
    pub(crate) causes: &'static [&'static str],
    /// The same for a pharmacy that knows nothing but what is printed, and asks for the nullifier.
    pub(crate) eu: Stage,
    pub(crate) eu_causes: &'static [&'static str],
}

const fn class(
    (kind, name): (Kind, &'static str),
    (earliest, causes): (Stage, &'static [&'static str]),
    (eu, eu_causes): (Stage, &'static [&'static str]),
) -> Class {
    Class {
        kind,
        name,
        earliest,
        causes,
        eu,
        eu_causes,
    }
}

const NONE: (Stage, &[&str]) = (Stage::Never, &[]);
/// A pack that never came to the one who scans it.
const STRANGE: (Stage, &[&str]) = (
    Stage::FirstScan,
    &["UnknownHere", "SerialUnknown", "LeftElsewhere"],
);
const ELSEWHERE: &[&str] = &["LeftElsewhere"];

/// All classes, in the order of the document.
pub(crate) const CLASSES: [Class; 41] = [
    class(
        (
            Kind::CloneBeforeFirst,
            "copy offered before the pack is dispensed",
        ),
        STRANGE,
        (Stage::SecondScan, ELSEWHERE),
    ),
    class(
        (
            Kind::CloneAfterFirst,
            "copy offered after the pack was dispensed",
        ),
        STRANGE,
        (Stage::FirstScan, ELSEWHERE),
    ),
    class(
        (Kind::CloneInTransit, "copy of a pack that is on its way"),
        STRANGE,
        (Stage::SecondScan, ELSEWHERE),
    ),
    class(
        (
            Kind::CloneOnTheSameShelf,
            "copy beside the pack on one shelf",
        ),
        (Stage::SecondScan, &["LeftHere"]),
        (Stage::SecondScan, &["LeftHere"]),
    ),
    class(
        (Kind::DestroyedPackOffered, "destroyed pack offered"),
        STRANGE,
        (Stage::FirstScan, ELSEWHERE),
    ),
    class(
        (Kind::GuessedSerial, "guessed serial number"),
        (Stage::FirstScan, &["SerialUnknown"]),
        NONE,
    ),
    class(
        (Kind::RelabelledLot, "other lot on the pack"),
        (Stage::FirstScan, &["LotMismatch"]),
        NONE,
    ),
    class(
        (Kind::AlteredExpiry, "other expiry on the pack"),
        (Stage::FirstScan, &["ExpiryMismatch"]),
        NONE,
    ),
    class(
        (Kind::ExtendedExpiry, "later expiry on an expired pack"),
        (Stage::FirstScan, &["ExpiryMismatch"]),
        NONE,
    ),
    class(
        (Kind::ExpiredPack, "expired pack offered"),
        (Stage::FirstScan, &["Expired"]),
        (Stage::FirstScan, &["Expired"]),
    ),
    class(
        (Kind::MadeUpLot, "made-up lot"),
        (Stage::FirstScan, &["UnknownHere"]),
        NONE,
    ),
    class(
        (
            Kind::LotOfAnother,
            "lot of a maker that does not answer for the product",
        ),
        (Stage::Receipt, &["LotOfAnother", "UnknownHere"]),
        NONE,
    ),
    class(
        (
            Kind::LotOfNoManufacturer,
            "lot of somebody who is no manufacturer",
        ),
        (Stage::Entry, &["NotAManufacturer"]),
        (Stage::Entry, &["NotAManufacturer"]),
    ),
    class(
        (Kind::ProductOfNobody, "product for which nobody answers"),
        (Stage::Receipt, &["ProductUnknown", "UnknownHere"]),
        NONE,
    ),
    class(
        (
            Kind::BackDatedShipment,
            "papers of a shipment with an earlier time",
        ),
        (Stage::Receipt, &["PaperTime"]),
        NONE,
    ),
    class(
        (
            Kind::BackDatedReceipt,
            "paper of a receipt with an earlier time",
        ),
        (Stage::Audit, &["BeforeHandOver"]),
        NONE,
    ),
    class(
        (Kind::GhostShipment, "data without product"),
        (Stage::ScannedReceipt, &["Missing"]),
        NONE,
    ),
    class(
        (
            Kind::InferredGhostShipment,
            "data without product, nothing scanned",
        ),
        (Stage::Count, &["Missing"]),
        NONE,
    ),
    class(
        (Kind::ProductWithoutData, "product without data"),
        (
            Stage::ScannedReceipt,
            &["Unexpected", "SerialUnknown", "InException"],
        ),
        NONE,
    ),
    class(
        (Kind::SubstitutedPack, "pack exchanged in a pallet"),
        (Stage::ScannedReceipt, &["Missing", "Unexpected"]),
        NONE,
    ),
    class(
        (Kind::ForeignReturn, "another pack returned than was bought"),
        (Stage::ScannedReceipt, &["Missing", "Unexpected"]),
        NONE,
    ),
    class(
        (
            Kind::ReturnSoldTwice,
            "dispensed pack returned and sold again",
        ),
        (Stage::FirstScan, ELSEWHERE),
        (Stage::FirstScan, ELSEWHERE),
    ),
    class(
        (
            Kind::Diversion,
            "goods and package handed to another than the addressee",
        ),
        (
            Stage::Receipt,
            &["NotForYou", "UnknownHere", "SerialUnknown"],
        ),
        NONE,
    ),
    class(
        (Kind::AlteredPackage, "package altered on its way"),
        (Stage::Receipt, &["PackageAltered"]),
        NONE,
    ),
    class(
        (Kind::MadeUpPackInPackage, "made-up pack in a package"),
        (Stage::Receipt, &["NotInTheLot"]),
        NONE,
    ),
    class(
        (
            Kind::ForgedWay,
            "package with another way than the ledger has",
        ),
        (Stage::Receipt, &["CustodyBroken"]),
        NONE,
    ),
    class(
        (Kind::ForgedSender, "package under another sender's name"),
        (Stage::Receipt, &["SentByAnother"]),
        NONE,
    ),
    class(
        (
            Kind::ForgedPapers,
            "papers changed after the ledger was told of them",
        ),
        (Stage::Receipt, &["PaperNotCommitted"]),
        NONE,
    ),
    class(
        (Kind::PackageTwice, "package given twice"),
        (Stage::Receipt, &["ReceivedBefore"]),
        NONE,
    ),
    class(
        (Kind::SoldTwice, "same packs handed over to two buyers"),
        (Stage::Entry, &["KeyClosed"]),
        NONE,
    ),
    class(
        (Kind::TheftInTransit, "unit stolen on its way and flagged"),
        (
            Stage::FirstScan,
            &["UnknownHere", "SerialUnknown", "Flagged"],
        ),
        (Stage::ScanAfterFlag, &["Flagged"]),
    ),
    class(
        (Kind::TheftFromShelf, "pack stolen from a shelf and flagged"),
        (
            Stage::FirstScan,
            &["UnknownHere", "SerialUnknown", "Flagged"],
        ),
        (Stage::ScanAfterFlag, &["Flagged"]),
    ),
    class(
        (Kind::UnnoticedTheft, "pack stolen from a shelf, unnoticed"),
        (Stage::Count, &["Missing"]),
        NONE,
    ),
    class(
        (Kind::RecalledLot, "recalled lot offered"),
        (Stage::Watch, &["Flagged"]),
        NONE,
    ),
    class(
        (
            Kind::SecondPharmacy,
            "pack entered as dispensed by a second pharmacy",
        ),
        (Stage::Entry, &["AlreadyDispensed"]),
        (Stage::Entry, &["AlreadyDispensed"]),
    ),
    class(
        (
            Kind::GuessedNullifier,
            "exit entered for a pack that another holds",
        ),
        (Stage::FirstScan, ELSEWHERE),
        (Stage::FirstScan, ELSEWHERE),
    ),
    class(
        (Kind::UndoByAnother, "exit undone by another organisation"),
        (Stage::Entry, &["NotYourExit"]),
        (Stage::Entry, &["NotYourExit"]),
    ),
    class(
        (Kind::UndoTooLate, "exit undone after ten days"),
        (Stage::Entry, &["UndoTooLate"]),
        (Stage::Entry, &["UndoTooLate"]),
    ),
    class(
        (Kind::FalseWaste, "amount recorded as waste and taken"),
        NONE,
        NONE,
    ),
    class(
        (
            Kind::UnrecordedWithdrawal,
            "amount taken from a cabinet and not recorded",
        ),
        (Stage::Count, &["Discrepancy"]),
        (Stage::Count, &["Discrepancy"]),
    ),
    class(
        (
            Kind::PrescriptionShopping,
            "same fill of a prescription at two pharmacies",
        ),
        (Stage::Entry, &["FillTaken"]),
        (Stage::Entry, &["FillTaken"]),
    ),
];

/// What was seen when somebody looked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Look {
    pub(crate) stage: Stage,
    /// Codes that partners with books were told.
    pub(crate) told: Vec<String>,
    /// Codes that a pharmacy was told that asks for the nullifier alone.
    pub(crate) eu: Vec<String>,
}

impl Class {
    /// Asserts that the fraud was seen at its earliest event, not before, and with an allowed cause.
    #[track_caller]
    pub(crate) fn check(&self, looks: &[Look], seed: u64) {
        let told = looks.iter().map(|look| (look.stage, &look.told));
        self.check_row(told, (self.earliest, self.causes), seed);
        let eu = looks.iter().map(|look| (look.stage, &look.eu));
        self.check_row(eu, (self.eu, self.eu_causes), seed);
    }

    #[track_caller]
    fn check_row<'a>(
        &self,
        looks: impl Iterator<Item = (Stage, &'a Vec<String>)>,
        (earliest, causes): (Stage, &[&str]),
        seed: u64,
    ) {
        let mut is_seen = false;
        for (stage, codes) in looks {
            let name = self.name;
            assert!(
                is_seen || stage == earliest || codes.is_empty(),
                "{name}, seed {seed}: {codes:?} at {stage:?}, which is too early"
            );
            if stage == earliest {
                assert!(
                    !codes.is_empty(),
                    "{name}, seed {seed}: nothing at {stage:?}"
                );
                is_seen = true;
            }
            let strange = codes.iter().find(|code| !causes.contains(&code.as_str()));
            assert_eq!(strange, None, "{name}, seed {seed}: {codes:?} at {stage:?}");
        }
        let is_never = earliest == Stage::Never;
        assert_eq!(
            is_seen, !is_never,
            "{}, seed {seed}: never looked",
            self.name
        );
    }
}
