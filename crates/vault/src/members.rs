//! Who keeps the shards: the committee as it is now, which may change while the vault runs.

use std::sync::{Arc, Mutex, MutexGuard};

/// Former members that are still asked, until what they hold has moved.
const MAX_FORMER: usize = 64;

/// The members that a blob is put under. The first keeps the first shard, and so on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Committee<P> {
    /// Which committee this is; a later one has a greater number.
    pub epoch: u64,
    /// In the order of their shards, the same at every member.
    pub members: Vec<P>,
}

/// The committee that holds now. Clones are the same one.
#[derive(Clone, Debug)]
pub struct Members<P> {
    shared: Arc<Mutex<Known<P>>>,
}

#[derive(Debug)]
struct Known<P> {
    committee: Arc<Committee<P>>,
    /// Who left, the newest last.
    former: Vec<P>,
}

impl<P: Clone + PartialEq> Members<P> {
    /// A handle that holds this committee until it is changed.
    pub fn new(committee: Committee<P>) -> Self {
        let known = Known {
            committee: Arc::new(committee),
            former: Vec::new(),
        };
        Self {
            shared: Arc::new(Mutex::new(known)),
        }
    }

    /// Members that do not change.
    pub fn fixed(members: Vec<P>) -> Self {
        Self::new(Committee { epoch: 0, members })
    }

    /// The committee now.
    pub fn committee(&self) -> Arc<Committee<P>> {
        self.known().committee.clone()
    }

    /// Puts a later committee in place; an older one or the same is passed over. Who left is still answered and asked, since
    /// shards may lie there.
    pub fn update(&self, committee: Committee<P>) {
        let mut known = self.known();
        if committee.epoch <= known.committee.epoch {
            return;
        }
        let before = std::mem::replace(&mut known.committee, Arc::new(committee));
        let now = known.committee.clone();
        known.former.retain(|member| !now.members.contains(member));
        let left = before.members.iter();
        let left = left.filter(|member| !now.members.contains(member));
        known.former.extend(left.cloned());
        let excess = known.former.len().saturating_sub(MAX_FORMER);
        known.former.drain(..excess);
    }

    /// Whether the peer is a member now or was one.
    pub fn knows(&self, peer: &P) -> bool {
        let known = self.known();
        known.committee.members.contains(peer) || known.former.contains(peer)
    }

    /// All but `me` that are members now or were.
    pub fn others(&self, me: &P) -> Vec<P> {
        let known = self.known();
        let all = known.committee.members.iter().chain(&known.former);
        all.filter(|member| *member != me).cloned().collect()
    }

    fn known(&self) -> MutexGuard<'_, Known<P>> {
        self.shared
            .lock()
            .expect("nothing panics while it looks up a member")
    }
}
