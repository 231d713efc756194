//! Blobs: put at one node at least, got from the first that has the right bytes.

use super::Client;
use crate::Error;
use theriac_envelope::ContentId;

impl Client {
    /// Stores a blob in the vault of a node that can be reached and returns its name.
    ///
    /// # Errors
    /// `Unreachable` where no node can be reached; what the node answered otherwise.
    pub async fn put_blob(&self, bytes: Vec<u8>) -> Result<ContentId, Error> {
        let id = ContentId::of(&bytes);
        let (bytes, mut last) = (bytes.into(), Error::BlobAbsent(id));
        for (_, endpoint) in self.nodes().in_order() {
            let account = self.nodes().account().map(AsRef::as_ref);
            match self
                .blobs
                .put(endpoint, account, (id, hyper::body::Bytes::clone(&bytes)))
                .await
            {
                Err(error) if error.is_unreachable() => last = error,
                answer => return answer.map(|()| id),
            }
        }
        Err(last)
    }

    /// Fetches a blob. A node that has none, cannot be reached or sends other bytes does not end the search.
    ///
    /// # Errors
    /// `BlobAbsent` where no node has it; otherwise the error of the last node that gave none.
    pub async fn get_blob(&self, id: ContentId) -> Result<Vec<u8>, Error> {
        let mut last = Error::BlobAbsent(id);
        for (_, endpoint) in self.nodes().in_order() {
            let account = self.nodes().account().map(AsRef::as_ref);
            match self.blobs.get(endpoint, account, id).await {
                Ok(Some(bytes)) => return Ok(bytes.into()),
                Ok(None) => {}
                Err(error) => last = error,
            }
        }
        Err(last)
    }
}
