//! Orders become an entry of the book.

use std::collections::BTreeMap;

use alloy_primitives::B256;

use super::{
    clerk::{Act, Order, Outcome},
    sending::Sending,
    settle::{Job, tell_all},
};
use crate::packs::{
    Error, Partner, Refusal,
    book::{BookError, Entry, NewExit, PackState, Waiting, WaitingState},
};

/// One entry of these orders; those that cannot be in it are told why.
pub(super) fn put(partner: &mut Partner, orders: Vec<Order>, is_up: bool) -> Option<Job> {
    let act = orders.first()?.act;
    let mut exits = Vec::with_capacity(orders.len());
    let mut kept: BTreeMap<B256, Order> = BTreeMap::new();
    let mut repeated = Vec::new();
    for order in orders {
        let tag = order.label.tag();
        let exit = match kept.get(&tag) {
            Some(first) if first.key == order.key => {
                repeated.push(order);
                continue;
            }
            Some(_) => Err(Err(Refusal::NotHeld(PackState::Leaving.word()).into())),
            None => exit(partner, &order),
        };
        match exit {
            Ok(exit) => {
                exits.push(exit);
                kept.insert(tag, order);
            }
            Err(told) => order.tell(told),
        }
    }
    let entry = entry(act, &exits, &kept)?;
    let state = match is_up {
        true => WaitingState::Tried,
        false => WaitingState::New,
    };
    let put = partner.book.put_exits(&entry, &exits, state);
    let put = put.map_err(Error::from).and_then(|number| {
        let sending = Sending::of(partner, &entry)?.expect("it is an exit, or its undoing");
        Ok((number, sending))
    });
    // Now the book has the request that they repeat.
    for order in repeated {
        order.tell(Ok(Outcome::Repeated));
    }
    match put {
        Ok((number, sending)) => Some(Job {
            waiting: Waiting {
                number,
                entry,
                state: WaitingState::New,
            },
            sending,
            orders: kept,
        }),
        Err(error) => {
            tell_all(kept, || Err(Error::BookFailed));
            tracing::error!(%error, "an exit could not be put into the book");
            None
        }
    }
}

/// What is to be put into the book of an order; else what it is told.
fn exit(partner: &Partner, order: &Order) -> Result<NewExit, Result<Outcome, Error>> {
    let failed = |error: BookError| Err(Error::from(error));
    let tag = order.label.tag();
    let pack = partner.book.pack(tag).map_err(failed)?;
    let pack = pack.ok_or_else(|| Err(Refusal::PackUnknown.into()))?;
    let expected = match order.act {
        Act::Leave(_) => PackState::Held,
        Act::Undo => PackState::Left,
    };
    if pack.state != expected {
        let known = partner.book.request(order.key.as_str()).map_err(failed)?;
        return Err(match known.is_some_and(|request| request.tag == tag) {
            true => Ok(Outcome::Repeated),
            false => Err(Refusal::NotHeld(pack.state.word()).into()),
        });
    }
    Ok(NewExit {
        tag,
        key: order.key.as_str().to_owned(),
        kind: order.act.code(),
        exits: pack.exits,
        time_ms: order.time_ms,
    })
}

fn entry(act: Act, exits: &[NewExit], kept: &BTreeMap<B256, Order>) -> Option<Entry> {
    let first = exits.first()?.tag;
    Some(match act {
        Act::Leave(kind) => Entry::Leave {
            tags: exits.iter().map(|exit| exit.tag).collect(),
            kind: kind.code(),
            time_ms: kept.values().map(|order| order.time_ms).max()?,
        },
        Act::Undo => Entry::Undo { tag: first },
    })
}
