//! What can be computed by whoever knows everything but serial numbers and salts.

use alloy_primitives::B256;
use theriac_contracts::packs::nullifier;
use theriac_gateway::packs::{
    events::{self, Delivery, Scene},
    label::Label,
};
use theriac_standards::epcis::hash::{Commitment, EventHash, event_hash};

use crate::trial::{EXPIRY, GLNS};

/// The hash of the event that a unit was shipped to a place at a time.
pub(crate) fn shipping(unit: &str, to: &str, now_ms: u64) -> EventHash {
    let scene = Scene {
        gln: GLNS[0],
        now_ms,
    };
    let delivery = Delivery {
        to,
        ..Delivery::default()
    };
    let event = events::shipping(&scene, &[events::unit(unit)], &delivery);
    let document = events::document(now_ms, &[event]);
    let read = events::read(&document).expect("an event");
    event_hash(&read[0])
}

/// A commitment under a salt of one byte, again and again.
pub(crate) fn salted(hash: &EventHash, byte: u8) -> B256 {
    Commitment::new(&[byte; 32], hash).0.into()
}

/// Nullifiers of the packs of a lot whose serial numbers run on.
pub(crate) fn counted(chain_id: u64, product: &str, lot: &str) -> Vec<B256> {
    let label = |number: u32| Label::new(product, &number.to_string(), lot, EXPIRY);
    let labels = (1..=200).filter_map(|number| label(number).ok());
    labels
        .map(|label| nullifier(chain_id, label.tag()))
        .collect()
}

/// A text as it may stand on a disk.
pub(crate) fn writings(text: &str) -> Vec<Vec<u8>> {
    let ascii = text.as_bytes().to_vec();
    let hex = hex::encode(&ascii);
    let mut writings = vec![hex.to_uppercase().into_bytes(), hex.into_bytes(), ascii];
    writings.extend((0..3).map(|shift| base64_core(text.as_bytes(), shift)));
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        writings.push(packed(text));
    }
    writings
}

/// Two digits a byte; a zero goes before an odd number.
fn packed(digits: &str) -> Vec<u8> {
    let even = match digits.len() % 2 {
        0 => digits.to_owned(),
        _ => format!("0{digits}"),
    };
    hex::decode(even).expect("digits are hexadecimal")
}

/// The part of the base64 of a text that does not depend on what stands before and after it.
fn base64_core(bytes: &[u8], shift: usize) -> Vec<u8> {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let shifted = [&vec![0; shift][..], bytes].concat();
    let first = if shift == 0 { 0 } else { 3 };
    let groups = shifted[first..].chunks_exact(3);
    let letters = groups.flat_map(|group| {
        let bits = u32::from_be_bytes([0, group[0], group[1], group[2]]);
        [18, 12, 6, 0].map(|place| LETTERS[(bits >> place) as usize & 63])
    });
    letters.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_written_in_each_way() {
        let ways = writings("4012345");
        let has = |way: &[u8]| ways.iter().any(|one| one == way);
        assert!(has(b"4012345") && has(b"34303132333435"));
        assert!(has(&[0x04, 0x01, 0x23, 0x45]));
        // base64 of "4012345" is NDAxMjM0NQ==; of "x4012345" is eDQwMTIzNDU=.
        assert!(has(b"NDAxMjM0") && has(b"MTIzNDU=".split_at(4).0));
    }
}
