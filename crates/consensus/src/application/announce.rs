//! Announces the committee of an epoch: one block of each writes the validators that stood before it into state.

use super::{
    Batches, Runtime,
    ask::{ask, load},
    run::Stale,
};
use crate::{chain::Chain, engine::identity, state::Loaded};
use alloy_primitives::{B256, U256};
use commonware_codec::Encode as _;
use commonware_p2p::Address;
use std::{collections::BTreeSet, net::SocketAddr};
use theriac_contracts::Seat as Standing;
use theriac_evidence::{
    addresses::HISTORY,
    committee::{Announcement, SEATS_MAX, Seat, head_slot},
    state::{StateKey, decode_slot, encode_slot},
};
use theriac_execution::{BlockEnvironment, Changes};

/// What the block of `environment` writes: nothing, unless it is the one that announces.
pub(super) async fn announce<E: Runtime>(
    chain: &Chain,
    environment: &BlockEnvironment,
    batches: &Batches<E>,
) -> Result<Changes, Stale> {
    let height = environment.number;
    let Some(epoch) = chain.announced_by(height).filter(|_| height > 0) else {
        return Ok(Changes::new());
    };
    let mut loaded = Loaded::default();
    let committee = theriac_contracts::committee;
    let standing = ask::<E, _>(chain, environment, &mut loaded, batches, committee).await?;
    let mut seats = seats(chain, &standing);
    if seats.is_empty() {
        seats = previous::<E>(chain, epoch, &mut loaded, batches).await?;
    }
    let stale_head = slot::<E>(head_slot(epoch), &mut loaded, batches).await?;
    let announcement = Announcement { epoch, seats };
    let changes = announcement.storage_changes(stale_head).into_iter();
    Ok(changes
        .map(|(slot, value)| (StateKey::slot(&HISTORY, slot), encode_slot(value)))
        .collect())
}

/// Those of `standing` that can take part: an identity that is a key, each once, and an address that can be dialled.
/// The others are passed over, on every node alike.
fn seats(chain: &Chain, standing: &[Standing]) -> Vec<Seat> {
    let mut seen = BTreeSet::new();
    let usable = standing.iter().filter_map(|standing| {
        let key = identity(&standing.identity)?;
        let founding = || match chain.epoch_zero.directory.get(&key) {
            Some(Address::Symmetric(address)) => Some(*address),
            Some(Address::Asymmetric { .. }) | None => None,
        };
        let address = match standing.location.as_str() {
            "" => founding(),
            location => dialled(location),
        };
        let seat = Seat {
            identity: standing.identity,
            address: address?,
        };
        seen.insert(seat.identity).then_some(seat)
    });
    usable.take(SEATS_MAX).collect()
}

/// The address that `location` spells, if it does so in the one way in which it is printed, so that no two versions
/// of a parser can differ.
fn dialled(location: &str) -> Option<SocketAddr> {
    let address: SocketAddr = location.parse().ok()?;
    let plain = SocketAddr::new(address.ip(), address.port());
    let usable = plain.port() != 0 && !plain.ip().is_unspecified() && !plain.ip().is_multicast();
    (usable && plain.to_string() == location).then_some(plain)
}

/// The committee announced last, or the founders: a network whose validators are all unusable keeps those it has.
async fn previous<E: Runtime>(
    chain: &Chain,
    epoch: u64,
    loaded: &mut Loaded,
    batches: &Batches<E>,
) -> Result<Vec<Seat>, Stale> {
    let Some(previous) = epoch.checked_sub(1) else {
        return Ok(founders(chain));
    };
    loop {
        match Announcement::load(previous, |slot| known(slot, loaded)) {
            Ok(announcement) => {
                return Ok(announcement.map_or_else(|| founders(chain), |it| it.seats));
            }
            Err(slot) => load::<E>(&[StateKey::slot(&HISTORY, slot)], loaded, batches).await?,
        }
    }
}

fn founders(chain: &Chain) -> Vec<Seat> {
    let founders = &chain.epoch_zero;
    let seat = |player| match founders.directory.get(player)? {
        Address::Symmetric(address) => Some(Seat {
            identity: B256::from_slice(&player.encode()),
            address: *address,
        }),
        Address::Asymmetric { .. } => None,
    };
    founders.players.iter().filter_map(seat).collect()
}

async fn slot<E: Runtime>(
    slot: U256,
    loaded: &mut Loaded,
    batches: &Batches<E>,
) -> Result<U256, Stale> {
    load::<E>(&[StateKey::slot(&HISTORY, slot)], loaded, batches).await?;
    Ok(known(slot, loaded).expect("it was loaded"))
}

/// A slot of the history account that is loaded, or its number.
fn known(slot: U256, loaded: &Loaded) -> Result<U256, U256> {
    let value = loaded.value(&StateKey::slot(&HISTORY, slot)).ok_or(slot)?;
    Ok(value.map_or(U256::ZERO, |bytes| {
        decode_slot(&bytes).expect("this node wrote the slot in its only encoding")
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_location_counts_in_its_printed_form_alone() {
        for usable in ["10.0.0.1:9000", "[fd00::1]:9000", "127.0.0.1:1"] {
            let address = dialled(usable).expect(usable);
            assert_eq!(address.to_string(), usable);
        }
        let refused = [
            "10.0.0.1",
            "10.0.0.1:0",
            "0.0.0.0:9000",
            "[::]:9000",
            "224.0.0.1:9000",
            "10.0.0.1:09000",
            "[FD00::1]:9000",
            "[fd00:0::1]:9000",
            "[fe80::1%3]:9000",
            "node.example:9000",
            " 10.0.0.1:9000",
            "10.0.0.1:9000 ",
            "10.0.0.1:65536",
        ];
        for refused in refused {
            assert_eq!(dialled(refused), None, "{refused}");
        }
    }
}
