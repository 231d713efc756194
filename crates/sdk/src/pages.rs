//! Reads a list of the contracts page by page.

use crate::Error;

/// The contracts give 1 to 100 entries at a time.
const PAGE: u32 = 100;

/// All entries, in order. `page` gets the first index and the number wanted, and returns entries and their total number.
pub(crate) async fn pages<T, F>(mut page: impl FnMut(u64, u32) -> F) -> Result<Vec<T>, Error>
where
    F: Future<Output = Result<(Vec<T>, u64), Error>>,
{
    let mut all = Vec::new();
    loop {
        let (entries, total) = page(all.len() as u64, PAGE).await?;
        let is_last = entries.is_empty();
        all.extend(entries);
        if is_last || all.len() as u64 >= total {
            return Ok(all);
        }
    }
}
