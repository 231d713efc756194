//! The engine's certificate in the form in which evidence carries it.

use super::engine::Finalization;
use commonware_codec::Encode as _;
use theriac_evidence::{certificate, section::Signature};

/// The certificate that a block is final; `None` when the engine's does not decode.
pub fn certificate_of(finalization: &Finalization) -> Option<certificate::Finalization> {
    let signatures = finalization.certificate.get()?;
    Some(certificate::Finalization {
        epoch: finalization.proposal.round.epoch().get(),
        view: finalization.proposal.round.view().get(),
        parent_view: finalization.proposal.parent.get(),
        signature: Signature::from_slice(&signatures.vote_signature.encode()),
    })
}
