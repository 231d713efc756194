//! The answer to a page: the report, or why there is none.

use crate::{Trust, TrustFailure};
use serde::Serialize;
use theriac_evidence::{
    bundle::Trusted,
    trial::verify::{Report, is_trial_bundle, verify},
};

/// The longest bundle that is taken, in bytes: what a browser gives one module holds it and the tables beside it.
pub const MAX_BUNDLE: usize = 1 << 30;

/// What a page is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Answer {
    /// The bundle was looked at.
    Verified {
        /// Whether no claim failed.
        holds: bool,
        /// The report.
        report: Box<Report>,
        /// The report as `theriac verify` prints it.
        text: String,
    },
    /// Nothing was looked at.
    Failed {
        /// A code that programs can rely on.
        code: &'static str,
        /// In words.
        text: String,
    },
}

impl Answer {
    fn of(report: Report) -> Self {
        let newest = report.newest.map_or_else(String::new, |newest| {
            format!("NEWEST       {}:{}\n", newest.height, newest.hash)
        });
        Self::Verified {
            holds: report.holds(),
            text: format!("{report}{newest}"),
            report: Box::new(report),
        }
    }

    fn failed(code: &'static str, text: impl ToString) -> Self {
        Self::Failed {
            code,
            text: text.to_string(),
        }
    }

    /// The answer as the page reads it.
    pub fn to_json(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("a report is numbers and text")
    }
}

/// Verifies a bundle with what the reader trusts, the JSON of [`Trust`].
pub fn answer(bundle: &[u8], trust: &[u8]) -> Answer {
    let trusted = match trusted(trust) {
        Ok(trusted) => trusted,
        Err(failure) => return Answer::failed(failure.code(), failure),
    };
    if !is_trial_bundle(bundle) {
        return Answer::failed(
            "not-a-trial-bundle",
            "this file is no bundle of a trial: `theriac trial bundle` makes one, a zip",
        );
    }
    match verify(bundle, &trusted) {
        Ok(report) => Answer::of(report),
        Err(failure) => Answer::failed(failure.code(), failure),
    }
}

fn trusted(json: &[u8]) -> Result<Trusted, TrustFailure> {
    Trust::parse(json)?.read()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};
    use std::{fs, path::PathBuf};

    fn vector(name: &str) -> Vec<u8> {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../evidence/tests/vectors");
        fs::read(folder.join(name)).unwrap()
    }

    fn trust() -> Vec<u8> {
        let network: Value = serde_json::from_slice(&vector("bundle_trusted.json")).unwrap();
        let chain_id = network["chainId"].to_string();
        let fields = json!({"chainId": chain_id, "groupKey": network["groupKey"], "known": ""});
        fields.to_string().into_bytes()
    }

    fn code(answer: &Answer) -> Option<&'static str> {
        match answer {
            Answer::Verified { .. } => None,
            Answer::Failed { code, .. } => Some(code),
        }
    }

    #[test]
    fn answer_is_the_pinned_report_in_json_and_in_text() {
        for (name, holds) in [("regulator", true), ("changed", false)] {
            let answer = answer(&vector(&format!("trial_{name}.zip")), &trust());
            let told: Value = serde_json::from_slice(&answer.to_json()).unwrap();
            let pinned: Value =
                serde_json::from_slice(&vector(&format!("trial_{name}.json"))).unwrap();
            assert_eq!(told["verified"]["report"], pinned, "{name}");
            assert_eq!(told["verified"]["holds"], holds, "{name}");
            let text = String::from_utf8(vector(&format!("trial_{name}.txt"))).unwrap();
            let newest = &pinned["newest"];
            let hash = newest["hash"].as_str().unwrap();
            let text = format!("{text}NEWEST       {}:{hash}\n", newest["height"]);
            assert_eq!(told["verified"]["text"], text, "{name}");
        }
    }

    #[test]
    fn what_cannot_be_looked_at_has_its_code() {
        let bundle = vector("trial_public.zip");
        assert_eq!(code(&answer(b"{}", &trust())), Some("not-a-trial-bundle"));
        assert_eq!(
            code(&answer(&bundle[..1000], &trust())),
            Some("archive-malformed")
        );
        assert_eq!(code(&answer(&bundle, b"{}")), Some("trust-malformed"));
        let other = String::from_utf8(trust()).unwrap().replace("7411", "1");
        assert_eq!(
            code(&answer(&bundle, other.as_bytes())),
            Some("network-differs")
        );
    }
}
