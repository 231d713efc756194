//! Storage of recovery. Slots 0 to 11, as `solidity/layout/Recoveries.sol` has them.

use alloy_primitives::Address;

use crate::{
    addresses::RECOVERY,
    codes::RecoveryStatus,
    directory::standing,
    host::{Halt, Host},
    storage::{Item, Map, State, stored},
};

/// How long after its delay an open recovery waits for what is missing, in milliseconds.
const PATIENCE_MS: u64 = 30 * 86_400_000;

stored! {
    /// Which terms of an account count. Terms are numbered from 1 and never change.
    Guardianship, 1 slots {
        /// Number of the terms that count; 0 when the account has no guardians.
        current: u32 = (0, 0), "current";
        /// Number of the terms to come; 0 when there are none.
        next: u32 = (0, 4), "next";
        /// The highest number given.
        newest: u32 = (0, 8), "newest";
        /// When the next terms begin to count.
        next_from_ms: u64 = (0, 12), "nextFromMs";
    }
}

stored! {
    /// How the guardians of an account decide.
    Terms, 1 slots {
        /// How many guardians there are.
        count: u8 = (0, 0), "count";
        /// How many must agree.
        threshold: u8 = (0, 1), "threshold";
        /// Seconds.
        delay: u64 = (0, 2), "delay";
    }
}

stored! {
    /// The newest recovery of an account.
    Recovery, 2 slots {
        /// Zero until the threshold approved one.
        successor: Address = (0, 0), "successor";
        /// Code of the status; 0 when there never was a recovery.
        status: u8 = (0, 20), "status";
        /// Guardians who must approve.
        needed: u8 = (0, 21), "needed";
        /// Vetoes that counted.
        vetoes: u8 = (0, 22), "vetoes";
        /// Whether the threshold froze the key.
        frozen: bool = (0, 23), "frozen";
        /// Number of the guardians' terms.
        terms: u32 = (0, 24), "terms";
        /// From 1.
        round: u64 = (1, 0), "round";
        /// Time of the first proposal.
        proposed_time_ms: u64 = (1, 8), "proposedTimeMs";
        /// From when the delay counts.
        changed_time_ms: u64 = (1, 16), "changedTimeMs";
        /// Guardians who voted to freeze, a bit each.
        freezes: u32 = (1, 24), "freezes";
        /// Guardians who voted to cancel, a bit each.
        cancels: u32 = (1, 28), "cancels";
    }
}

stored! {
    /// Who took the place of an account.
    Succession, 2 slots {
        /// Zero when nobody did.
        successor: Address = (0, 0), "successor";
        /// When.
        time_ms: u64 = (0, 20), "timeMs";
        /// Charts that have been moved.
        moved: u64 = (1, 0), "moved";
        /// Charts of the account.
        charts: u64 = (1, 8), "charts";
    }
}

stored! {
    /// A successor whom the old key has announced.
    HandOver, 1 slots {
        /// Zero when there is none.
        successor: Address = (0, 0), "successor";
        /// From when it can be done.
        from_ms: u64 = (0, 20), "fromMs";
    }
}

/// Guardianships by account.
pub(crate) const GUARDIANSHIPS: Map<Address, Item<Guardianship>> = Map::new(0);
/// Terms by account and number.
pub(crate) const TERMS: Map<Address, Map<u32, Item<Terms>>> = Map::new(1);
/// Guardians by account, number of the terms and index.
pub(crate) const GUARDIANS: Map<Address, Map<u32, Map<u8, Item<Address>>>> = Map::new(2);
/// The newest recovery of each account.
pub(crate) const RECOVERIES: Map<Address, Item<Recovery>> = Map::new(3);
/// Whom each guardian approves, by account, round and index.
pub(crate) const CHOICES: Map<Address, Map<u64, Map<u8, Item<Address>>>> = Map::new(4);
/// Who took the place of an account.
pub(crate) const SUCCESSIONS: Map<Address, Item<Succession>> = Map::new(5);
/// Whose place an account took.
pub(crate) const PREDECESSORS: Map<Address, Item<Address>> = Map::new(6);
/// Whose place a settled successor is to take.
pub(crate) const AWAITED: Map<Address, Item<Address>> = Map::new(7);
/// Successors that old keys have announced.
pub(crate) const HAND_OVERS: Map<Address, Item<HandOver>> = Map::new(8);
/// By how many accounts an account was ever named as guardian.
pub(crate) const WARD_COUNT: Map<Address, Item<u64>> = Map::new(9);
/// Accounts that named a guardian, by index.
pub(crate) const WARDS_OF: Map<Address, Map<u64, Item<Address>>> = Map::new(10);
/// Whether an account stands in the list of a guardian.
pub(crate) const LISTED: Map<Address, Map<Address, Item<bool>>> = Map::new(11);

/// The contract's storage.
pub(crate) fn state(host: &mut dyn Host) -> State<'_> {
    State::new(host, RECOVERY)
}

impl Guardianship {
    /// The same at this time: the next terms take the place of the current ones when their time has come.
    pub(crate) fn at(self, time_ms: u64) -> Self {
        if self.next == 0 || time_ms < self.next_from_ms {
            return self;
        }
        Self {
            current: self.next,
            next: 0,
            next_from_ms: 0,
            ..self
        }
    }
}

/// Which terms of an account count now.
pub(crate) fn guardianship(host: &mut dyn Host, account: Address) -> Result<Guardianship, Halt> {
    let time_ms = host.time_ms();
    let state = &mut state(host);
    Ok(GUARDIANSHIPS.at(state, account)?.load(state)?.at(time_ms))
}

/// How the guardians of an account decide, by the number of the terms.
pub(crate) fn terms(host: &mut dyn Host, account: Address, number: u32) -> Result<Terms, Halt> {
    let state = &mut state(host);
    TERMS.at(state, account)?.at(state, number)?.load(state)
}

impl Recovery {
    /// No recovery so far.
    pub(crate) const NONE: Self = Self {
        successor: Address::ZERO,
        status: 0,
        needed: 0,
        vetoes: 0,
        frozen: false,
        terms: 0,
        round: 0,
        proposed_time_ms: 0,
        changed_time_ms: 0,
        freezes: 0,
        cancels: 0,
    };

    /// When the delay is over.
    pub(crate) fn executable_ms(&self, terms: &Terms) -> u64 {
        self.changed_time_ms
            .saturating_add(terms.delay.saturating_mul(1_000))
    }

    /// When it lapses.
    pub(crate) fn lapses_ms(&self, terms: &Terms) -> u64 {
        self.executable_ms(terms).saturating_add(PATIENCE_MS)
    }

    /// Whether the old key can no longer change its guardians.
    pub(crate) fn runs(&self) -> bool {
        self.frozen || !self.successor.is_zero()
    }
}

/// A recovery with the terms that it goes by and its status now.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) recovery: Recovery,
    pub(crate) terms: Terms,
    pub(crate) status: RecoveryStatus,
}

impl Case {
    /// Whether guardians and the old key can still act on it.
    pub(crate) fn is_open(&self) -> bool {
        match self.status {
            RecoveryStatus::Proposed | RecoveryStatus::Waiting => true,
            RecoveryStatus::Executed | RecoveryStatus::Cancelled | RecoveryStatus::Lapsed => false,
        }
    }
}

/// The newest recovery of an account, if there ever was one. It lapses with its time, and when other guardians begin to count.
pub(crate) fn case(host: &mut dyn Host, account: Address) -> Result<Option<Case>, Halt> {
    let time_ms = host.time_ms();
    let recovery = {
        let state = &mut state(host);
        RECOVERIES.at(state, account)?.load(state)?
    };
    let Some(stored) = RecoveryStatus::from_code(recovery.status) else {
        return Ok(None);
    };
    let terms = terms(host, account, recovery.terms)?;
    let mut case = Case {
        recovery,
        terms,
        status: stored,
    };
    if case.is_open() {
        let others = guardianship(host, account)?.current != case.recovery.terms;
        if others || time_ms >= case.recovery.lapses_ms(&case.terms) {
            case.status = RecoveryStatus::Lapsed;
        }
    }
    Ok(Some(case))
}

/// The recovery of an account that is open now.
pub(crate) fn open_case(host: &mut dyn Host, account: Address) -> Result<Option<Case>, Halt> {
    Ok(case(host, account)?.filter(Case::is_open))
}

/// Whether the account's key is frozen now.
pub(crate) fn is_frozen(host: &mut dyn Host, account: Address) -> Result<bool, Halt> {
    Ok(open_case(host, account)?.is_some_and(|case| case.recovery.frozen))
}

/// Whether the account is the settled successor of an open recovery.
pub(crate) fn is_awaited(host: &mut dyn Host, account: Address) -> Result<bool, Halt> {
    Ok(!awaited_by(host, account)?.is_zero())
}

/// Whose place the account is to take in an open recovery; zero for nobody's.
pub(crate) fn awaited_by(host: &mut dyn Host, account: Address) -> Result<Address, Halt> {
    let before = {
        let state = &mut state(host);
        AWAITED.at(state, account)?.load(state)?
    };
    if before.is_zero() {
        return Ok(before);
    }
    let awaited = open_case(host, before)?.is_some_and(|case| case.recovery.successor == account);
    Ok(if awaited { before } else { Address::ZERO })
}

/// The key that stands for the person of this account now: its own, or the last in the row of its successors. Each step cost a recovery,
/// and a successor was never enrolled before, so that the row ends.
pub(crate) fn holder(host: &mut dyn Host, account: Address) -> Result<Address, Halt> {
    let mut holder = account;
    while standing::is_replaced(host, holder)? {
        let state = &mut state(host);
        holder = SUCCESSIONS.at(state, holder)?.load(state)?.successor;
    }
    Ok(holder)
}

/// Writes the newest recovery of an account.
pub(crate) fn save(host: &mut dyn Host, account: Address, recovery: &Recovery) -> Result<(), Halt> {
    let state = &mut state(host);
    RECOVERIES.at(state, account)?.save(state, recovery)
}
