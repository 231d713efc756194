//! Closed lists of clinical trials.

codes! {
    /// What an account may act as in a study.
    TrialRole {
        /// Acts for the sponsor.
        Manager = 1, "trial-manager";
        /// Answers for a site.
        Investigator = 2, "investigator";
        /// Enters data for a site's investigator.
        Coordinator = 3, "coordinator";
        /// Compares data with their sources.
        Monitor = 4, "monitor";
        /// Reviews, queries and locks data.
        DataManager = 5, "data-manager";
        /// Dispenses, and sees allocations.
        TrialPharmacist = 6, "trial-pharmacist";
        /// Plans and analyses, blinded until the study is unblinded.
        Statistician = 7, "statistician";
        /// Makes the lists, and sees allocations.
        UnblindedStatistician = 8, "unblinded-statistician";
        /// Answers for the protection of data.
        DataProtectionOfficer = 9, "data-protection-officer";
    }
}

impl TrialRole {
    /// Whether the role sees allocations.
    pub const fn sees_allocations(self) -> bool {
        match self {
            Self::TrialPharmacist | Self::UnblindedStatistician => true,
            Self::Manager
            | Self::Investigator
            | Self::Coordinator
            | Self::Monitor
            | Self::DataManager
            | Self::Statistician
            | Self::DataProtectionOfficer => false,
        }
    }

    /// Whether the role must not see allocations.
    pub const fn is_blinded(self) -> bool {
        match self {
            Self::Manager
            | Self::Investigator
            | Self::Coordinator
            | Self::Monitor
            | Self::DataManager
            | Self::Statistician => true,
            Self::TrialPharmacist | Self::UnblindedStatistician | Self::DataProtectionOfficer => {
                false
            }
        }
    }

    /// Whether the role is held at a site (true), at none (false), or at either (none).
    pub const fn is_of_site(self) -> Option<bool> {
        match self {
            Self::Investigator | Self::Coordinator => Some(true),
            Self::Monitor | Self::TrialPharmacist => None,
            Self::Manager
            | Self::DataManager
            | Self::Statistician
            | Self::UnblindedStatistician
            | Self::DataProtectionOfficer => Some(false),
        }
    }
}

codes! {
    /// Kind of an entry in a study's log.
    TrialEntry {
        /// The study was registered.
        Registered = 1, "registered";
        /// Its protocol was amended.
        Amended = 2, "amended";
        /// A site was opened or closed.
        SiteSet = 3, "site";
        /// An account was given a role, or lost it.
        RoleSet = 4, "role";
        /// A participant consented, or did so again.
        Consented = 5, "consented";
        /// A participant's part ended.
        Withdrawn = 6, "withdrawn";
        /// A form was captured.
        Captured = 7, "captured";
        /// A form was declared missed.
        Missed = 8, "missed";
        /// Items of a form were corrected.
        Corrected = 9, "corrected";
        /// A query was opened, answered or ended.
        Queried = 10, "queried";
        /// Someone signed.
        Signed = 11, "signed";
        /// The data were locked.
        Locked = 12, "locked";
        /// An approver approved an unlock.
        UnlockApproved = 13, "unlock-approved";
        /// A randomisation list was committed to.
        ListCommitted = 14, "list-committed";
        /// The random value of a list was drawn.
        ListDrawn = 15, "list-drawn";
        /// The entries of a list were sealed.
        ListSealed = 16, "list-sealed";
        /// A subject took the next index of a list.
        Allocated = 17, "allocated";
        /// An allocation was opened.
        Opened = 18, "opened";
        /// An analysis plan was registered.
        Planned = 19, "plan";
        /// The study was unblinded.
        Unblinded = 20, "unblinded";
        /// An analysis was made.
        Analysed = 21, "analysed";
        /// Results were published.
        Published = 22, "published";
        /// A subject's data were erased.
        Erased = 23, "erased";
        /// A screening for fabricated data was made.
        Screened = 24, "screened";
    }
}

codes! {
    /// Where a study stands.
    StudyStatus {
        /// Registered, and nobody has consented.
        Registered = 1, "registered";
        /// Participants have consented.
        Enrolling = 2, "enrolling";
        /// The data are locked.
        Locked = 3, "locked";
        /// Allocations are known.
        Unblinded = 4, "unblinded";
        /// An analysis was made.
        Analysed = 5, "analysed";
        /// Results were published.
        Published = 6, "published";
    }
}

codes! {
    /// Where a subject stands.
    SubjectStatus {
        /// Consented.
        Consented = 1, "consented";
        /// Allocated.
        Randomised = 2, "randomised";
        /// Left the treatment; what remains due is captured.
        Withdrawn = 3, "withdrawn";
        /// Withdrew the consent; nothing more is captured.
        WithdrawnFully = 4, "withdrawn-fully";
        /// Completed the study.
        Completed = 5, "completed";
        /// Did not fulfil the criteria.
        ScreenFailure = 6, "screen-failure";
        /// Erased.
        Erased = 7, "erased";
    }
}

codes! {
    /// How a subject's part ends: the scope of a withdrawal.
    EndScope {
        /// The treatment ends; what remains due is captured.
        Treatment = 1, "treatment";
        /// Nothing more is captured.
        Consent = 2, "consent";
        /// The subject did not fulfil the criteria.
        ScreenFailure = 3, "screen-failure";
        /// The subject completed the study.
        Completion = 4, "completion";
    }
}

codes! {
    /// Moments of a study whose state is kept.
    StudyMilestone {
        /// It was registered.
        Registration = 1, "registration";
        /// The first consent.
        FirstConsent = 2, "first-consent";
        /// The last lock.
        LastLock = 3, "last-lock";
        /// The first unblinding.
        Unblinding = 4, "unblinding";
        /// The first analysis.
        FirstAnalysis = 5, "first-analysis";
        /// The last unlock.
        LastUnlock = 6, "last-unlock";
        /// The first publication.
        FirstPublication = 7, "first-publication";
    }
}

codes! {
    /// State of a site.
    SiteStatus {
        /// Enrols.
        Open = 1, "open";
        /// Enrols nobody.
        Closed = 2, "closed";
    }
}

codes! {
    /// State of a query.
    QueryState {
        /// Waits for the site.
        Open = 1, "open";
        /// The site has answered.
        Answered = 2, "answered";
        /// Ended with an answer.
        Closed = 3, "closed";
        /// Ended without one.
        Cancelled = 4, "cancelled";
    }
}

impl QueryState {
    /// Whether the query stands in the way of a lock.
    pub const fn is_pending(self) -> bool {
        match self {
            Self::Open | Self::Answered => true,
            Self::Closed | Self::Cancelled => false,
        }
    }
}

codes! {
    /// What a signature is about.
    SignatureScope {
        /// One subject.
        Subject = 1, "subject";
        /// One site.
        Site = 2, "site";
        /// The study.
        Study = 3, "study";
    }
}

codes! {
    /// What a signature means.
    Meaning {
        /// The signer wrote it.
        Authorship = 1, "authorship";
        /// The signer reviewed it.
        Review = 2, "review";
        /// The signer approves it.
        Approval = 3, "approval";
        /// The signer answers for it.
        Responsibility = 4, "responsibility";
        /// The signer consents.
        Consent = 5, "consent";
        /// The signer locks.
        Lock = 6, "lock";
        /// The signer releases.
        Release = 7, "release";
    }
}

codes! {
    /// Where a randomisation list stands.
    ListStatus {
        /// Committed to.
        Committed = 1, "committed";
        /// Its random value is known.
        Drawn = 2, "drawn";
        /// Its entries are sealed, and may be allocated.
        Sealed = 3, "sealed";
    }
}

codes! {
    /// Why a protocol was amended.
    AmendmentReason {
        /// Safety of participants.
        Safety = 1, "safety";
        /// Recruitment.
        Recruitment = 2, "recruitment";
        /// New knowledge.
        Knowledge = 3, "knowledge";
        /// An authority or an ethics committee asked.
        Authority = 4, "authority";
        /// An error.
        Error = 5, "error";
        /// Another reason, in the committed text.
        Other = 6, "other";
    }
}

codes! {
    /// Why a form was missed.
    MissedReason {
        /// It was not done.
        NotDone = 1, "not-done";
        /// The participant declined.
        Declined = 2, "declined";
        /// The participant was lost to follow-up.
        LostToFollowUp = 3, "lost-to-follow-up";
        /// A device or a sample failed.
        Technical = 4, "technical";
        /// The participant died.
        Died = 5, "died";
        /// Another reason, in the committed text.
        Other = 6, "other";
    }
}

codes! {
    /// Why items were corrected.
    CorrectionReason {
        /// Transcription error.
        Transcription = 1, "transcription";
        /// The source was corrected.
        Source = 2, "source";
        /// Late information.
        Late = 3, "late";
        /// A query was answered.
        Query = 4, "query";
        /// Device error.
        Device = 5, "device";
        /// Another reason, in the leaf's text.
        Other = 6, "other";
    }
}

codes! {
    /// Why locked data are unlocked.
    UnlockReason {
        /// An error in the data.
        Error = 1, "error";
        /// Data came late.
        Late = 2, "late";
        /// An authority asked.
        Authority = 3, "authority";
        /// Another reason, in the committed text.
        Other = 4, "other";
    }
}

codes! {
    /// Why an allocation was opened.
    OpeningReason {
        /// To dispense.
        Dispensing = 1, "dispensing";
        /// To treat the participant in an emergency.
        Emergency = 2, "emergency";
        /// To report a serious adverse reaction.
        SafetyReport = 3, "safety-report";
        /// By accident.
        Accident = 4, "accident";
        /// Another reason, in the committed text.
        Other = 5, "other";
    }
}

codes! {
    /// By what right a subject's data are erased.
    ErasureBasis {
        /// The study's retention is over.
        RetentionOver = 1, "retention-over";
        /// A court or an authority ordered it.
        Order = 2, "order";
        /// The data were captured without a valid consent, or of the wrong person.
        Unlawful = 3, "unlawful";
    }
}

impl ErasureBasis {
    /// Whether it admits an erasure before the study's retention is over.
    pub const fn admits_early(self) -> bool {
        match self {
            Self::RetentionOver => false,
            Self::Order | Self::Unlawful => true,
        }
    }
}
