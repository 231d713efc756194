//! The namespaces of consensus signatures: no signature for one purpose is valid for another.

/// What the members sign in consensus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A vote to notarise a proposal.
    Notarize,
    /// A vote to skip a view.
    Nullify,
    /// A vote to finalise a proposal.
    Finalize,
    /// The random seed of a round.
    Seed,
}

impl Purpose {
    /// All purposes.
    pub const ALL: [Self; 4] = [Self::Notarize, Self::Nullify, Self::Finalize, Self::Seed];

    const fn suffix(self) -> &'static [u8] {
        match self {
            Self::Notarize => b"_NOTARIZE",
            Self::Nullify => b"_NULLIFY",
            Self::Finalize => b"_FINALIZE",
            Self::Seed => b"_SEED",
        }
    }
}

/// The base namespace of a network: `"theriac/" || chain id as 8 bytes big-endian || "/consensus"`.
pub fn base_namespace(chain_id: u64) -> Vec<u8> {
    [
        b"theriac/".as_slice(),
        &chain_id.to_be_bytes(),
        b"/consensus",
    ]
    .concat()
}

/// The namespace of one purpose in a network.
pub fn namespace(chain_id: u64, purpose: Purpose) -> Vec<u8> {
    [&base_namespace(chain_id), purpose.suffix()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn namespaces_differ_by_network_and_purpose_and_none_starts_another() {
        let all: Vec<_> = [1, 2, u64::MAX]
            .into_iter()
            .flat_map(|chain| Purpose::ALL.map(|purpose| namespace(chain, purpose)))
            .collect();
        for (index, one) in all.iter().enumerate() {
            for other in all.iter().skip(index + 1) {
                assert!(!one.starts_with(other) && !other.starts_with(one));
            }
        }
    }
}
