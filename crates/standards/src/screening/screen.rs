//! All tests together.

use super::{
    Data, Finding, Limits, Parameters, Report, adjust::adjusted, baseline,
    corrections::corrections, duplicate_rows::duplicate_rows, duplicates::duplicates,
    inliers::inliers, lateness::lateness, sites::Sites, speed::speeds,
    terminal_digit::terminal_digits, variance::variances, weekdays::days_of_rest,
};
use thiserror::Error;

const NOTE: &str = "Leads tell where to look. Honest reasons, such as another device or another population, make leads too.";

/// Data that are not screened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ScreeningError {
    /// More values than the limit.
    #[error("more than {0} values")]
    TooManyEntries(usize),
    /// More sites than the limit.
    #[error("more than {0} sites")]
    TooManySites(usize),
    /// More subjects at a site than the limit.
    #[error("more than {0} subjects at one site")]
    TooManySubjects(usize),
    /// More items than the limit.
    #[error("more than {0} items")]
    TooManyItems(usize),
}

/// Screens data.
///
/// # Errors
/// The data pass a limit.
pub fn screen(
    data: &Data,
    parameters: Parameters,
    limits: &Limits,
) -> Result<Report, ScreeningError> {
    if data.entries.len() > limits.entries || data.corrections.len() > limits.entries {
        return Err(ScreeningError::TooManyEntries(limits.entries));
    }
    let sites = Sites::of(data, parameters.least_subjects);
    if sites.subjects.len() > limits.sites {
        return Err(ScreeningError::TooManySites(limits.sites));
    }
    if sites
        .subjects
        .values()
        .any(|site| site.len() > limits.subjects)
    {
        return Err(ScreeningError::TooManySubjects(limits.subjects));
    }
    if sites.numbers.len() > limits.items {
        return Err(ScreeningError::TooManyItems(limits.items));
    }
    let mut findings = terminal_digits(&sites);
    findings.append(&mut duplicates(&sites));
    findings.append(&mut duplicate_rows(&sites));
    findings.append(&mut variances(&sites));
    findings.append(&mut inliers(&sites));
    findings.append(&mut speeds(data, &sites));
    findings.append(&mut lateness(data, &sites));
    findings.append(&mut days_of_rest(data, &sites));
    findings.append(&mut corrections(data, &sites));
    findings.extend(baseline(&data.baseline).1);
    adjust(&mut findings, parameters);
    let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    Ok(Report {
        note: NOTE,
        parameters,
        sites: owned(&sites.tested),
        suppressed: owned(&sites.suppressed),
        not_numbers: sites.not_numbers,
        findings,
    })
}

fn adjust(findings: &mut [Finding], parameters: Parameters) {
    findings.sort_by(|one, other| {
        let place = |finding: &Finding| (finding.test, finding.site.clone(), finding.item.clone());
        place(one).cmp(&place(other))
    });
    let p: Vec<f64> = findings.iter().map(|finding| finding.p).collect();
    for (finding, q) in findings.iter_mut().zip(adjusted(&p)) {
        finding.q = q;
        finding.is_lead = q <= parameters.false_discovery_rate && finding.effect.matters;
    }
}
