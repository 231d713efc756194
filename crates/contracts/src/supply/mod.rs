//! Supply: random networks of manufacturers, wholesalers and pharmacies against a plain model, which keeps who holds what in sets and maps and
//! knows nothing of hashes.
//!
//! Each act is decided by the model first, and the contract must say the same, refusal by refusal. What must hold besides:
//!
//! - whatever senders hand over, by tag, by container or by two containers that hold the same pack, a pack can be proven to one key at most, and that is the
//!   model's;
//! - by the events alone, a pack is out at most once at a time;
//! - a call that was accepted and is sent again at once is refused or changes nothing;
//! - what came into a cabinet is what went out of it and what is there, and its balances are commitments to just these amounts;
//! - what is left of a prescription and what was dispensed make up what was prescribed, and a key is spent once.

mod act;
mod audit;
mod hand_over;
mod medicines;
mod model;
mod network;

use network::Network;

/// Operations of the whole campaign, which runs with `THERIAC_LONG`.
const CAMPAIGN: u64 = 1_000_000;
/// Operations of the fixed sample.
const SAMPLE: u64 = 30_000;
/// Operations in one network.
const OPERATIONS: u64 = 500;

fn networks() -> u64 {
    let operations = match std::env::var_os("THERIAC_LONG") {
        Some(_) => CAMPAIGN,
        None => SAMPLE,
    };
    operations / OPERATIONS
}

#[test]
fn a_supply_network_does_what_a_plain_model_says() {
    let mut tally = network::Tally::default();
    for seed in 0..networks() {
        let mut network = Network::new(seed);
        for _ in 0..OPERATIONS {
            network.step();
        }
        network.audit();
        tally.add(network.tally());
    }
    println!("{} operations: {tally:?}", networks() * OPERATIONS);
    assert!(tally.is_rich(), "the walks reach everything: {tally:?}");
}

#[test]
fn a_network_is_the_same_each_time() {
    let run = |seed| {
        let mut network = Network::new(seed);
        for _ in 0..60 {
            network.step();
        }
        format!("{:?}", network.tally())
    };
    for seed in 0..3 {
        assert_eq!(run(seed), run(seed));
    }
}
