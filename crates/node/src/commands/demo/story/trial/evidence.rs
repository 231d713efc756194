//! Bundles for three audiences, verified offline, and the files that are left.

use super::{Trial, page, sample::SCORE};
use crate::commands::demo::story::HOSPITAL;
use anyhow::{Context as _, ensure};
use std::{fs, path::PathBuf};
use theriac_evidence::trial::{
    bundle::Selection,
    verify::{ClaimId, Finding, Report, Verdict, verify},
};
use theriac_gateway::trials::Party;

/// Makes a bundle as it stands for an audience.
pub(super) async fn make(party: &mut Party, selection: &Selection<'_>) -> anyhow::Result<Vec<u8>> {
    let made = party.bundle(selection, None, Vec::new()).await;
    made.context("make the bundle")
}

/// Makes and verifies the bundles for regulator, journal and public; the first, whole, and what was found of it.
pub(super) async fn play(trial: &Trial<'_>) -> anyhow::Result<(Vec<u8>, Report)> {
    let narrator = trial.narrator;
    narrator.step("One file proves the trial: a bundle for the regulator, one for a journal, one for the public; each verified offline.");
    let mut sponsor = trial.team.sponsor.party().await?;
    let keep = |oid: &str| oid == SCORE;
    let selections = [
        ("regulator", Selection::Regulator),
        ("journal", Selection::Journal(&keep)),
        ("public", Selection::Public),
    ];
    let mut made = Vec::new();
    for (audience, selection) in selections {
        let bytes = make(&mut sponsor, &selection).await?;
        let report = write(trial, audience, &bytes)?;
        ensure!(
            report.holds(),
            "the bundle for the {audience} fails:\n{report}"
        );
        narrator.detail(audience, told(&report, bytes.len()));
        made.push((bytes, report));
    }
    let (whole, report) = made.swap_remove(0);
    for claim in &report.claims {
        let why = match claim.verdict {
            Verdict::NotClaimed => format!(": {}", claim.not_claimed.join("; ")),
            Verdict::Pass | Verdict::Fail => String::new(),
        };
        let id = format!("{:?}", claim.id);
        narrator.detail(
            &claim.verdict.to_string(),
            format!("{id:<4} {}{why}", claim.title),
        );
    }
    for line in &report.not_claimed {
        narrator.detail("NOT CLAIMED", line);
    }
    try_verify(trial, &bundle(trial, "regulator"));
    Ok((whole, report))
}

fn told(report: &Report, bytes: usize) -> String {
    let count = |verdict| {
        report
            .claims
            .iter()
            .filter(|claim| claim.verdict == verdict)
            .count()
    };
    let figures = &report.figures;
    format!(
        "{} PASS, {} FAIL, {} NOT CLAIMED; {} entries, {} participants, {} values shown, {bytes} bytes",
        count(Verdict::Pass),
        count(Verdict::Fail),
        count(Verdict::NotClaimed),
        figures.entries,
        figures.subjects,
        figures.items_opened
    )
}

fn bundle(trial: &Trial<'_>, name: &str) -> PathBuf {
    trial.folder.join(format!("{name}.zip"))
}

/// What a reader runs to see the same.
pub(super) fn try_verify(trial: &Trial<'_>, file: &std::path::Path) {
    let network = trial.network.file().display();
    trial.narrator.next(&format!(
        "theriac verify {} --network {network}",
        file.display()
    ));
}

/// Keeps a bundle with what its verification says.
pub(super) fn write(trial: &Trial<'_>, name: &str, bytes: &[u8]) -> anyhow::Result<Report> {
    fs::write(bundle(trial, name), bytes).context("write the bundle")?;
    let report = verify(bytes, &trial.trusted).map_err(|failure| anyhow::anyhow!("{failure}"))?;
    let text = trial.folder.join(format!("{name}.verify.txt"));
    fs::write(text, report.to_string()).context("write what was verified")?;
    let json = trial.folder.join(format!("{name}.verify.json"));
    fs::write(json, serde_json::to_vec_pretty(&report)?).context("write what was verified")?;
    Ok(report)
}

/// The failure of a claim with this code, which must be there: where the code fails at a participant's record and at an entry, the record.
pub(super) fn failure(report: &Report, (claim, code): (ClaimId, &str)) -> anyhow::Result<Finding> {
    let told = report.claim(claim);
    let with_code = told.failures.iter().filter(|finding| finding.code == code);
    let found = with_code.min_by_key(|finding| finding.place.entry.is_some());
    let found = found.with_context(|| format!("{claim:?} did not fail with {code}:\n{report}"))?;
    ensure!(told.verdict == Verdict::Fail, "{claim:?} passed");
    Ok(found.clone())
}

/// The last step: what was caught, and where the files are.
pub(super) fn tell(trial: &Trial<'_>, report: &Report) -> anyhow::Result<()> {
    let narrator = trial.narrator;
    narrator.step("Ten frauds were tried, and each was caught.");
    for fraud in &trial.frauds {
        ensure!(!fraud.caught.is_empty(), "{} was not caught", fraud.title);
        let mut by: Vec<_> = fraud.caught.iter().map(|one| one.by.words()).collect();
        by.dedup();
        narrator.detail(
            &format!("caught {}", fraud.number),
            format!("{}, by {}", fraud.title, by.join(" and ")),
        );
    }
    let page = page::page(report, trial.sample.source, &trial.frauds);
    fs::write(trial.folder.join("report.html"), page).context("write the report")?;
    narrator.detail("files", trial.folder.display());
    for line in [
        "report.html          claims and frauds on one page",
        "outcomes.html, .json registered outcomes beside the switched ones",
        "*.zip, *.verify.*    bundles and what their verification says",
        "frauds/              the forged bundles",
    ] {
        narrator.detail("", line);
    }
    let admin = &trial.team.admin;
    narrator.next(&format!(
        "theriac trial diff --book {} --rpc {} --account {} --password-file {}",
        trial.team.sponsor.book.display(),
        trial.network.rpc(HOSPITAL),
        admin.keystore.display(),
        admin.password.display()
    ));
    Ok(())
}
