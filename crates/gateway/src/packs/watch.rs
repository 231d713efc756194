//! Flags are streamed and matched here: nobody learns who holds what.

use theriac_contracts::codes::FlagSubject;
use theriac_sdk::Client;

use super::{
    Error, Partner,
    book::{PackState, SeenFlag},
    label::Label,
    recall::is_recall,
};

/// A flag that stands on something in stock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alarm {
    /// The flag.
    pub flag: SeenFlag,
    /// What to pull.
    pub packs: Vec<Label>,
}

/// What a look at the flags gave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Watched {
    /// How many flags were new.
    pub new: usize,
    /// Those that stand on something in stock, older ones included.
    pub alarms: Vec<Alarm>,
}

impl SeenFlag {
    /// The same flag as the ledger has it now.
    pub(super) async fn newer(&self, client: &Client) -> Result<Option<Self>, Error> {
        let flags = client.flags_of(self.subject, self.handle).await?;
        let same = flags.iter().find(|flag| flag.number == self.number);
        Ok(same.and_then(Self::of))
    }
}

impl Partner {
    /// Streams the flags that are new, asks whether older ones of own stock were cleared, and matches all that stand with what is held.
    /// What a recall matched is a task from then on: [`Partner::recalls`].
    ///
    /// # Errors
    /// Those of book and ledger.
    pub async fn watch(&mut self) -> Result<Watched, Error> {
        let seen = self.book.flags_seen()?;
        let flags = self.client.flags_from(seen).await?;
        let known: Vec<_> = flags.iter().filter_map(SeenFlag::of).collect();
        let next = flags.last().map(|flag| flag.number + 1);
        self.book.keep_flags(&known, next)?;
        let mut alarms = self.alarms()?;
        self.drop_cleared(&mut alarms).await?;
        for alarm in alarms.iter().filter(|alarm| is_recall(&alarm.flag)) {
            let tags: Vec<_> = alarm.packs.iter().map(Label::tag).collect();
            self.book.keep_recall(alarm.flag.number, &tags)?;
        }
        Ok(Watched {
            new: flags.len(),
            alarms,
        })
    }

    /// Flags that stood on something in stock when they were last seen, from the book alone.
    ///
    /// # Errors
    /// Those of the book.
    pub fn alarms(&self) -> Result<Vec<Alarm>, Error> {
        let mut alarms = Vec::new();
        for flag in self.book.all_standing_flags()? {
            let packs = self.concerned(&flag)?;
            if !packs.is_empty() {
                alarms.push(Alarm { flag, packs });
            }
        }
        Ok(alarms)
    }

    async fn drop_cleared(&mut self, alarms: &mut Vec<Alarm>) -> Result<(), Error> {
        let mut cleared = Vec::new();
        for alarm in alarms.iter() {
            let newer = alarm.flag.newer(&self.client).await?;
            cleared.extend(newer.filter(|flag| flag.is_cleared));
        }
        self.book.keep_flags(&cleared, None)?;
        alarms.retain(|alarm| !cleared.iter().any(|flag| flag.number == alarm.flag.number));
        Ok(())
    }

    /// Packs that are held and on which a flag stands.
    fn concerned(&self, flag: &SeenFlag) -> Result<Vec<Label>, Error> {
        let book = &self.book;
        let packs = match flag.subject {
            FlagSubject::Lot => book.held_of_lot(flag.handle)?,
            FlagSubject::Container => {
                let key = alloy_primitives::Address::from_word(flag.handle);
                let mut packs = book.packs_of_key(key)?;
                for tag in book.went_through(key)? {
                    packs.extend(book.pack(tag)?.filter(|pack| pack.key != key));
                }
                packs
            }
            FlagSubject::Pack => book.held_of_nullifier(flag.handle)?,
        };
        let held = packs.iter().filter(|pack| pack.state == PackState::Held);
        Ok(held.map(|pack| pack.label).collect())
    }
}
