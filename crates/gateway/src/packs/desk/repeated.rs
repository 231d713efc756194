//! What became of a request that was made before.

use tokio::time::timeout;

use super::{Desk, Done, RequestKey, clerk::Act};
use crate::packs::{
    Error, Refusal,
    book::{Pack, PackState, Request},
    label::Label,
};

/// How far an earlier request is.
enum Stage {
    /// It went through, whatever came after it.
    Final,
    /// It is in the book and not on the ledger.
    Pending,
    /// It was refused: nothing came of it.
    Nothing,
}

impl Desk {
    /// What became of the request of this key; `None` where there was none, or where it was refused and may be made again.
    ///
    /// # Errors
    /// `RequestKeyUsed` where it was about another pack, or about something else to be done with it; those of the book.
    pub(super) async fn repeated(
        &self,
        label: Label,
        act: Act,
        key: &RequestKey,
    ) -> Result<Option<Done>, Error> {
        loop {
            let settled = self.shared.link.settled();
            tokio::pin!(settled);
            // From here on a change is noticed, also one before it is waited for.
            settled.as_mut().enable();
            let Some((request, pack)) = self.request(label, act, key).await? else {
                return Ok(None);
            };
            let is_final = match stage(&request, &pack) {
                Stage::Nothing => return Ok(None),
                Stage::Final => true,
                Stage::Pending if !self.shared.link.is_up() => false,
                Stage::Pending => match timeout(self.shared.settings.patience, settled).await {
                    Ok(()) => continue,
                    Err(_) => false,
                },
            };
            return Ok(Some(Done {
                label,
                time_ms: request.time_ms,
                is_final,
                is_repeated: true,
                unchecked: Vec::new(),
            }));
        }
    }

    async fn request(
        &self,
        label: Label,
        act: Act,
        key: &RequestKey,
    ) -> Result<Option<(Request, Pack)>, Error> {
        let (key, tag) = (key.as_str().to_owned(), label.tag());
        let found = self.shared.readers.run(move |partner| {
            let Some(request) = partner.book.request(&key)? else {
                return Ok(None);
            };
            // It was of a pack that the book has, so that it is of another where the book has none.
            let pack = partner.book.pack(tag)?.ok_or(Refusal::RequestKeyUsed)?;
            Ok::<_, Error>(Some((request, pack)))
        });
        match found.await? {
            Some((request, _)) if request.tag != tag || request.kind != act.code() => {
                Err(Refusal::RequestKeyUsed.into())
            }
            found => Ok(found),
        }
    }
}

fn stage(request: &Request, pack: &Pack) -> Stage {
    let leaves = request.kind != 0;
    match pack.state {
        _ if pack.exits > request.exits => Stage::Final,
        PackState::Leaving if leaves => Stage::Pending,
        PackState::Left | PackState::Returning if leaves => Stage::Final,
        PackState::Returning => Stage::Pending,
        PackState::Leaving
        | PackState::Left
        | PackState::Made
        | PackState::Held
        | PackState::Moving
        | PackState::Sent => Stage::Nothing,
    }
}
