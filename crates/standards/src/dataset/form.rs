//! The three ways in which a dataset is written.

/// How a dataset is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One JSON object.
    Json,
    /// A line for the header and one for each row.
    NdJson,
    /// [`Form::NdJson`], compressed with zlib.
    Dsjc,
}

impl Form {
    /// The form that a file of this name should have.
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "json" => Some(Self::Json),
            "ndjson" => Some(Self::NdJson),
            "dsjc" => Some(Self::Dsjc),
            _ => None,
        }
    }

    /// The ending of a file's name, without the point.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::NdJson => "ndjson",
            Self::Dsjc => "dsjc",
        }
    }
}
