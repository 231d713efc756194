//! Closed lists whose codes stand in state and in signatures; a code is never given a new meaning.

pub use crate::{kinds::Kinds, purposes::Purposes};

/// Declares a closed list: an enum with its codes, words and lookups.
macro_rules! codes {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $code:literal, $word:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum $name { $($(#[$doc])* $variant = $code,)+ }

        impl $name {
            /// All of them, in order of code.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The code in state and in calls.
            pub const fn code(self) -> u8 {
                self as u8
            }

            /// The word that people and signatures use.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// The one with this code.
            pub const fn from_code(code: u8) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }

            /// The one with this word.
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }
    };
}

codes! {
    /// What a person may act as.
    Role {
        /// Reads and controls her own charts.
        Patient = 1, "patient";
        /// Writes records, asks for access.
        Physician = 2, "physician";
        /// Writes records, asks for access.
        Nurse = 3, "nurse";
        /// Writes records, asks for access.
        Pharmacist = 4, "pharmacist";
        /// Asks for access for an insurer.
        InsurerAgent = 5, "insurer-agent";
        /// Asks for access for research.
        Researcher = 6, "researcher";
        /// Watches over privacy in an organisation.
        PrivacyOfficer = 7, "privacy-officer";
        /// Enrols and ends people of an organisation.
        Administrator = 8, "administrator";
        /// An organisation's own system.
        Gateway = 9, "gateway";
    }
}

impl Role {
    /// Whether the role may write records into the charts of others.
    pub const fn may_write(self) -> bool {
        match self {
            Self::Physician
            | Self::Nurse
            | Self::Pharmacist
            | Self::Administrator
            | Self::Gateway => true,
            Self::Patient | Self::InsurerAgent | Self::Researcher | Self::PrivacyOfficer => false,
        }
    }

    /// Whether the role acts for its organisation in the trade of medicines.
    pub const fn may_handle_packs(self) -> bool {
        match self {
            Self::Pharmacist | Self::Administrator | Self::Gateway => true,
            Self::Patient
            | Self::Physician
            | Self::Nurse
            | Self::InsurerAgent
            | Self::Researcher
            | Self::PrivacyOfficer => false,
        }
    }

    /// Whether the role counts controlled medicines, or witnesses a count.
    pub const fn may_count(self) -> bool {
        match self {
            Self::Pharmacist | Self::Nurse | Self::Physician | Self::Administrator => true,
            Self::Patient
            | Self::InsurerAgent
            | Self::Researcher
            | Self::PrivacyOfficer
            | Self::Gateway => false,
        }
    }
}

codes! {
    /// What an organisation is.
    OrganisationKind {
        /// A hospital.
        Hospital = 1, "hospital";
        /// A clinic or practice.
        Clinic = 2, "clinic";
        /// A pharmacy.
        Pharmacy = 3, "pharmacy";
        /// An insurer.
        Insurer = 4, "insurer";
        /// A manufacturer of medicines.
        Manufacturer = 5, "manufacturer";
        /// A wholesaler of medicines.
        Wholesaler = 6, "wholesaler";
        /// A sponsor of trials.
        Sponsor = 7, "sponsor";
        /// A regulator.
        Regulator = 8, "regulator";
        /// A patients' organisation.
        PatientOrganisation = 9, "patient-organisation";
    }
}

impl OrganisationKind {
    /// Whether it trades in medicines.
    pub const fn is_trading_partner(self) -> bool {
        match self {
            Self::Manufacturer
            | Self::Wholesaler
            | Self::Pharmacy
            | Self::Hospital
            | Self::Clinic => true,
            Self::Insurer | Self::Sponsor | Self::Regulator | Self::PatientOrganisation => false,
        }
    }

    /// Whether it hands medicines to patients.
    pub const fn is_dispenser(self) -> bool {
        match self {
            Self::Pharmacy | Self::Hospital | Self::Clinic => true,
            Self::Manufacturer
            | Self::Wholesaler
            | Self::Insurer
            | Self::Sponsor
            | Self::Regulator
            | Self::PatientOrganisation => false,
        }
    }
}

codes! {
    /// Whether an organisation or a validator takes part.
    MemberStatus {
        /// It takes part.
        Active = 1, "active";
        /// A vote removed it.
        Removed = 2, "removed";
    }
}

codes! {
    /// What validators vote on.
    ProposalKind {
        /// To admit an organisation.
        Admit = 1, "admit";
        /// To remove an organisation.
        Remove = 2, "remove";
        /// To add a validator.
        AddValidator = 3, "add-validator";
        /// To remove a validator.
        RemoveValidator = 4, "remove-validator";
        /// To set an organisation's quota.
        Quota = 5, "quota";
        /// To set the limits of the network.
        Parameters = 6, "parameters";
        /// To follow another version of the rules from a height on.
        Upgrade = 7, "upgrade";
        /// To reach a validator at another address.
        MoveValidator = 8, "move-validator";
    }
}

codes! {
    /// Where a proposal stands.
    ProposalStatus {
        /// Votes are taken.
        Open = 1, "open";
        /// More than two thirds were for it, and it is done.
        Accepted = 2, "accepted";
        /// More than two thirds can no longer be reached.
        Rejected = 3, "rejected";
        /// Its time ran out.
        Expired = 4, "expired";
        /// It was accepted when it was no longer possible.
        Failed = 5, "failed";
    }
}

codes! {
    /// Why someone reads: codes of HL7 v3 ActReason, value set PurposeOfUse.
    Purpose {
        /// Treatment.
        Treatment = 1, "TREAT";
        /// Healthcare payment.
        Payment = 2, "HPAYMT";
        /// Healthcare operations.
        Operations = 3, "HOPERAT";
        /// Emergency treatment.
        EmergencyTreatment = 4, "ETREAT";
        /// Break the glass.
        BreakTheGlass = 5, "BTG";
        /// Healthcare research.
        Research = 6, "HRESCH";
        /// Clinical trial research.
        ClinicalTrial = 7, "CLINTRCH";
        /// Patient requested.
        PatientRequested = 8, "PATRQT";
        /// Family requested.
        FamilyRequested = 9, "FAMRQT";
        /// Power of attorney.
        PowerOfAttorney = 10, "PWATRNY";
        /// Support network.
        SupportNetwork = 11, "SUPNWK";
        /// Public health.
        PublicHealth = 12, "PUBHLTH";
        /// Directory.
        Directory = 13, "HDIRECT";
        /// Test of the system.
        Test = 14, "HTEST";
    }
}

codes! {
    /// What a record is, in words that tell nothing sensitive; the code is the bit in a [`Kinds`] mask.
    Kind {
        /// A summary such as the International Patient Summary.
        Summary = 0, "summary";
        /// A visit or stay.
        Encounter = 1, "encounter";
        /// An observation.
        Observation = 2, "observation";
        /// A laboratory result.
        Laboratory = 3, "laboratory";
        /// An image or its report.
        Imaging = 4, "imaging";
        /// A prescription or administration.
        Medication = 5, "medication";
        /// An immunization.
        Immunization = 6, "immunization";
        /// An allergy or intolerance.
        Allergy = 7, "allergy";
        /// A procedure.
        Procedure = 8, "procedure";
        /// A document.
        Document = 9, "document";
        /// A plan of care.
        Plan = 10, "plan";
        /// A device.
        Device = 11, "device";
        /// A claim or bill.
        Claim = 12, "claim";
        /// Anything else.
        Other = 13, "other";
    }
}

impl Kind {
    /// The mask that holds this kind only.
    pub const fn bit(self) -> Kinds {
        Kinds(1 << self.code())
    }
}

codes! {
    /// How the data key of a record is kept.
    Protection {
        /// Wrapped to named readers only; the network's keepers hold nothing.
        Direct = 1, "direct";
        /// Encrypted to the network's group key; the keepers open it together when a rule admits.
        Sealed = 2, "sealed";
    }
}

codes! {
    /// State of an enrolment.
    EnrolmentStatus {
        /// In force, unless it has expired.
        Active = 1, "active";
        /// Ended by the organisation.
        Ended = 2, "ended";
        /// Another key has taken the place of this one, for ever.
        Replaced = 3, "replaced";
    }
}

codes! {
    /// State of a record.
    RecordStatus {
        /// Counts.
        Current = 1, "current";
        /// Withdrawn by its author, for ever.
        Withdrawn = 2, "withdrawn";
        /// Withdrawn, and its content erased by every member.
        Erased = 3, "erased";
    }
}

codes! {
    /// State of a request or grant. Denied, revoked and expired are never left.
    RequestStatus {
        /// Waits for the controller.
        Pending = 1, "pending";
        /// A rule permits it; waits for the controller's client to give the wrap.
        Admitted = 2, "admitted";
        /// Can be opened until it expires.
        Granted = 3, "granted";
        /// Refused by the controller or a rule.
        Denied = 4, "denied";
        /// Taken back by the controller.
        Revoked = 5, "revoked";
        /// Past its expiry; never stored, derived from the time.
        Expired = 6, "expired";
    }
}

codes! {
    /// What a rule says to a request that it matches.
    Effect {
        /// No, whatever other rules say.
        Deny = 1, "deny";
        /// Yes, unless another rule denies.
        Permit = 2, "permit";
    }
}

codes! {
    /// Kind of an entry in a chart's log.
    EntryKind {
        /// Someone asked.
        Requested = 1, "requested";
        /// A rule permitted the request.
        PermittedByRule = 2, "permitted-by-rule";
        /// A rule denied the request.
        DeniedByRule = 3, "denied-by-rule";
        /// The controller approved.
        Approved = 4, "approved";
        /// The controller denied.
        Denied = 5, "denied";
        /// The controller gave access unasked.
        Granted = 6, "granted";
        /// The grantee opened a record.
        Opened = 7, "opened";
        /// The controller revoked.
        Revoked = 8, "revoked";
        /// The controller set a rule.
        RuleSet = 9, "rule-set";
        /// The controller removed a rule.
        RuleRemoved = 10, "rule-removed";
        /// The controller gave the wrap for what a rule had permitted.
        Fulfilled = 11, "fulfilled";
        /// An opening of seals was admitted.
        SealedOpened = 12, "sealed-opened";
        /// An opening of seals was denied.
        OpeningDenied = 13, "opening-denied";
        /// Someone opened seals in an emergency.
        GlassBroken = 14, "glass-broken";
        /// A privacy officer reviewed it.
        Reviewed = 15, "reviewed";
        /// The controller pointed kinds at a rule.
        RulePointed = 16, "rule-pointed";
        /// The controller set what may be opened in an emergency.
        GlassScopeSet = 17, "glass-scope-set";
        /// The controller appointed a delegate.
        DelegateAppointed = 18, "delegate-appointed";
        /// A delegation was ended.
        DelegateDismissed = 19, "delegate-dismissed";
        /// The controller's successor took the control.
        ControlMoved = 20, "control-moved";
    }
}

codes! {
    /// By what right seals are opened.
    Basis {
        /// A grant of the controller.
        Grant = 1, "grant";
        /// The chart's rules in `access`.
        NativeRule = 2, "native-rule";
        /// A contract that serves as a rule.
        ContractRule = 3, "contract-rule";
        /// An emergency.
        BreakGlass = 4, "break-glass";
        /// The controller's own right.
        Owner = 5, "owner";
        /// The right of someone whom the controller or the law put in her place.
        Delegate = 6, "delegate";
    }
}

codes! {
    /// Verdict on an opening.
    OpeningStatus {
        /// Keepers answer it until it expires or is closed.
        Admitted = 1, "admitted";
        /// Nobody answers it.
        Denied = 2, "denied";
    }
}

codes! {
    /// What a privacy officer found.
    ReviewOutcome {
        /// There was an emergency.
        Justified = 1, "justified";
        /// There was none.
        NotJustified = 2, "not-justified";
    }
}

codes! {
    /// As what someone acts for the controller of a chart.
    DelegationKind {
        /// For someone who cannot act, such as a child.
        Guardian = 1, "guardian";
        /// For someone who could act and chose not to.
        Proxy = 2, "proxy";
    }
}

codes! {
    /// State of the recovery of an account. Executed, cancelled and lapsed are never left.
    RecoveryStatus {
        /// Open, and fewer guardians than needed approve.
        Proposed = 1, "proposed";
        /// The guardians that are needed approve; the delay runs or is over.
        Waiting = 2, "waiting";
        /// The successor has taken the place.
        Executed = 3, "executed";
        /// Ended by the guardians.
        Cancelled = 4, "cancelled";
        /// Past its time; never stored, derived from the time.
        Lapsed = 5, "lapsed";
    }
}

codes! {
    /// How a pack leaves.
    ExitKind {
        /// Handed to a patient.
        Dispensed = 1, "dispensed";
        /// Taken as a sample by an authority.
        Sample = 2, "sample";
        /// Given away as a sample.
        FreeSample = 3, "free-sample";
        /// Destroyed.
        Destroyed = 4, "destroyed";
        /// Exported.
        Exported = 5, "exported";
        /// Locked.
        Locked = 6, "locked";
        /// Lost.
        Lost = 7, "lost";
        /// Stolen.
        Stolen = 8, "stolen";
    }
}

impl ExitKind {
    /// Whether the pack goes on to be used, which a flag forbids.
    pub const fn is_use(self) -> bool {
        match self {
            Self::Dispensed | Self::Sample | Self::FreeSample | Self::Exported => true,
            Self::Destroyed | Self::Locked | Self::Lost | Self::Stolen => false,
        }
    }

    /// Whether such a pack may come back.
    pub const fn may_be_undone(self) -> bool {
        match self {
            Self::Dispensed | Self::Sample | Self::FreeSample | Self::Exported | Self::Locked => {
                true
            }
            Self::Destroyed | Self::Lost | Self::Stolen => false,
        }
    }
}

codes! {
    /// What a flag stands on.
    FlagSubject {
        /// A lot, by its root.
        Lot = 1, "lot";
        /// A container, by its key.
        Container = 2, "container";
        /// A pack, by its nullifier.
        Pack = 3, "pack";
    }
}

codes! {
    /// What a flag says.
    FlagKind {
        /// Recalled: use may do serious harm or kill.
        RecallClass1 = 1, "recall-class-1";
        /// Recalled: use may do harm that passes.
        RecallClass2 = 2, "recall-class-2";
        /// Recalled: use is not likely to do harm.
        RecallClass3 = 3, "recall-class-3";
        /// Withdrawn from the market.
        Withdrawn = 4, "withdrawn";
        /// Stolen.
        Stolen = 5, "stolen";
        /// Suspect, under investigation.
        Suspect = 6, "suspect";
        /// Set apart.
        Quarantine = 7, "quarantine";
        /// Found to be illegitimate.
        Illegitimate = 8, "illegitimate";
        /// Good for longer than is printed.
        ExpiryExtended = 9, "expiry-extended";
    }
}

impl FlagKind {
    /// Whether it may stand on this.
    pub const fn may_stand_on(self, subject: FlagSubject) -> bool {
        match (self, subject) {
            (Self::Suspect | Self::Quarantine | Self::Illegitimate, _) => true,
            (Self::Stolen, subject) => !matches!(subject, FlagSubject::Lot),
            (
                Self::RecallClass1
                | Self::RecallClass2
                | Self::RecallClass3
                | Self::Withdrawn
                | Self::ExpiryExtended,
                subject,
            ) => matches!(subject, FlagSubject::Lot),
        }
    }
}

codes! {
    /// What a discrepancy of a cabinet came from.
    DiscrepancyOutcome {
        /// It was counted wrongly.
        CountingError = 1, "counting-error";
        /// Waste that was not recorded.
        Waste = 2, "waste";
        /// Lost.
        Loss = 3, "loss";
        /// Stolen.
        Theft = 4, "theft";
    }
}

codes! {
    /// State of a prescription. Filled, cancelled and expired are never left.
    PrescriptionStatus {
        /// May be filled within its time.
        Open = 1, "open";
        /// All fills were taken.
        Filled = 2, "filled";
        /// Cancelled.
        Cancelled = 3, "cancelled";
        /// Past its end; never stored, derived from the time.
        Expired = 4, "expired";
    }
}

mod trial;

pub use trial::{
    AmendmentReason, CorrectionReason, EndScope, ErasureBasis, ListStatus, Meaning, MissedReason,
    OpeningReason, QueryState, SignatureScope, SiteStatus, StudyMilestone, StudyStatus,
    SubjectStatus, TrialEntry, TrialRole, UnlockReason,
};

#[cfg(test)]
mod tests;
