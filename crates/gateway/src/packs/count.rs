//! A cabinet of controlled medicines: movements, and counts by two people.

use alloy_primitives::B256;
use theriac_contracts::{OrganisationId, codes::DiscrepancyOutcome};
use theriac_sdk::cabinets::{Amounts, Counted, Movement, NewCount, SignedCount};
use theriac_standards::gs1::key::Gtin;

use super::{
    Error, Opening, Partner, Refusal,
    book::{CabinetItem, Entry},
};

/// A movement of a product in a cabinet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moved {
    /// Delivered into the cabinet.
    Received(i64),
    /// Handed to patients.
    Dispensed(i64),
    /// Wasted.
    Wasted(i64),
    /// Sent back.
    Returned(i64),
    /// Lost or stolen.
    Lost(i64),
}

impl Moved {
    fn amounts(self) -> Option<Amounts> {
        let (amount, place, sign) = match self {
            Self::Received(amount) => (amount, 0, 1),
            Self::Dispensed(amount) => (amount, 2, -1),
            Self::Wasted(amount) => (amount, 3, -1),
            Self::Returned(amount) => (amount, 4, -1),
            Self::Lost(amount) => (amount, 5, -1),
        };
        let mut amounts = [0; 6];
        amounts[1] = amount.checked_mul(sign)?;
        amounts[place] = amount;
        (amount > 0).then(|| Amounts::from_order(amounts))
    }
}

impl Partner {
    /// Opens a cabinet of the partner's organisation.
    ///
    /// # Errors
    /// Those of the ledger.
    pub async fn open_cabinet(&self, auditor: Option<OrganisationId>) -> Result<B256, Error> {
        Ok(self.client.open_cabinet(auditor).await?)
    }

    /// Records a movement, of which the ledger learns neither product nor amount nor sort.
    ///
    /// # Errors
    /// `Amounts` for one below one, or more than is in stock; those of book and ledger.
    pub async fn record_moved(
        &mut self,
        cabinet: B256,
        gtin: &str,
        moved: Moved,
    ) -> Result<CabinetItem, Error> {
        let entry = self.movement(cabinet, gtin, moved)?;
        let number = self.book.put_entry(&entry)?;
        self.settle_these(&[number]).await?;
        Ok(self.book.cabinet_item(cabinet, product(gtin)?.as_str())?)
    }

    /// The entry of a movement.
    pub(super) fn movement(&self, cabinet: B256, gtin: &str, moved: Moved) -> Result<Entry, Error> {
        let gtin = product(gtin)?;
        let before = self.book.cabinet_item(cabinet, gtin.as_str())?;
        let amounts = moved
            .amounts()
            .ok_or(Refusal::Amounts("give an amount of one or more"))?;
        let stock = before.stock.checked_add(amounts.stock);
        let less = Refusal::Amounts("less is in stock than goes out");
        stock.filter(|stock| *stock >= 0).ok_or(less)?;
        let (amounts, blindings) = Movement::new(amounts).parts();
        Ok(Entry::Record {
            cabinet,
            item: before.item,
            gtin: gtin.as_str().to_owned(),
            amounts,
            blindings: blindings.map(|one| one.encode()),
        })
    }

    /// A count of a product, to be witnessed by another and entered by this account.
    ///
    /// # Errors
    /// Those of the book.
    pub fn prepare_count(
        &self,
        cabinet: B256,
        gtin: &str,
        counted: i64,
    ) -> Result<NewCount, Error> {
        let item = self.book.cabinet_item(cabinet, product(gtin)?.as_str())?;
        let place = (cabinet, item.item);
        Ok(NewCount::new(place, counted, (item.stock, item.blinding)))
    }

    /// Enters a count that another witnessed.
    ///
    /// # Errors
    /// Those of the ledger.
    pub async fn enter_count(
        &self,
        count: &NewCount,
        signed: &SignedCount,
    ) -> Result<Counted, Error> {
        Ok(self.client.enter_count(count, signed).await?)
    }

    /// Explains a discrepancy.
    ///
    /// # Errors
    /// Those of the ledger.
    pub async fn explain(
        &self,
        discrepancy: u64,
        outcome: DiscrepancyOutcome,
        document: B256,
    ) -> Result<(), Error> {
        self.client
            .explain_discrepancy(discrepancy, outcome, document)
            .await?;
        Ok(())
    }
}

/// Commits to a report under a fresh salt: SHA-256("theriac/cabinet/report/v1" || salt || report).
pub fn commit_report(report: &[u8]) -> Opening {
    Opening::fresh(b"theriac/cabinet/report/v1", report)
}

fn product(gtin: &str) -> Result<Gtin, Refusal> {
    let field = "product";
    Gtin::parse(gtin).map_err(|error| Refusal::LabelFaulty { field, error })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_movement_is_balanced_and_none_is_of_nothing() {
        let all = [
            Moved::Received,
            Moved::Dispensed,
            Moved::Wasted,
            Moved::Returned,
            Moved::Lost,
        ];
        for moved in all {
            let amounts = moved(3).amounts().unwrap();
            assert!(amounts.is_balanced(), "{amounts:?}");
            assert_eq!(amounts.stock.abs(), 3);
            for nothing in [0, -1, i64::MIN] {
                assert_eq!(moved(nothing).amounts(), None);
            }
        }
    }
}
