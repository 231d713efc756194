//! The licences of all dependencies, and advisories where cargo-deny is there to check them.

use std::process::Command;
use std::time::Duration;

use anyhow::{Result, bail};

use super::graph::Graph;
use super::spdx::satisfies;
use crate::{command, workspace};

const LIMIT: Duration = Duration::from_secs(10 * 60);

/// The licences under which we may use a dependency; `deny.toml` lists the same.
const ALLOWED: [&str; 16] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-1-Clause",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Checks licences by the manifests, and with cargo-deny, if it is installed, bans, sources and advisories too.
///
/// # Errors
/// When a dependency has a licence that is not allowed, or cargo-deny finds fault.
pub(crate) fn check(graph: &Graph) -> Result<()> {
    let refused = refused(graph);
    if !refused.is_empty() {
        bail!("  {}", refused.join("\n  "));
    }
    let is_installed = command::output(Command::new("cargo-deny").arg("--version"), LIMIT).is_ok();
    if !is_installed {
        println!(
            "cargo-deny is not installed (cargo install cargo-deny --locked): licences checked by the manifests, advisories not checked"
        );
        return Ok(());
    }
    deny(&["licenses", "bans", "sources"])?;
    if command::run(workspace::cargo().args(["deny", "fetch", "db"]), LIMIT)?.success() {
        return deny(&["advisories"]);
    }
    println!("the database of advisories cannot be fetched: advisories not checked");
    Ok(())
}

fn deny(checks: &[&str]) -> Result<()> {
    let mut cargo = workspace::cargo();
    if command::run(cargo.args(["deny", "check"]).args(checks), LIMIT)?.success() {
        return Ok(());
    }
    bail!("  cargo deny check {} failed", checks.join(" "))
}

fn refused(graph: &Graph) -> Vec<String> {
    let mut refused = Vec::new();
    for package in graph.theirs() {
        let licence = package.license.as_deref().unwrap_or("none");
        if !satisfies(licence, |licence| ALLOWED.contains(&licence)) {
            refused.push(format!(
                "{} {} has the licence {licence}",
                package.name, package.version
            ));
        }
    }
    refused
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_dependency_with_another_licence_or_none_is_refused() {
        let package = |name: &str, licence: Option<&str>| serde_json::json!({"id": name, "name": name, "version": "1.0.0", "license": licence, "dependencies": []});
        let packages = [
            package("good", Some("MIT")),
            package("bad", Some("AGPL-3.0")),
            package("none", None),
        ];
        let text = serde_json::json!({"packages": packages, "workspace_members": []}).to_string();
        let refused = refused(&Graph::parse(&text).unwrap());
        assert_eq!(
            refused,
            [
                "bad 1.0.0 has the licence AGPL-3.0",
                "none 1.0.0 has the licence none"
            ]
        );
    }

    #[test]
    fn the_list_for_cargo_deny_is_the_same() {
        let text = fs::read_to_string(workspace::root().join("deny.toml")).unwrap();
        let (_, list) = text.split_once("allow = [").unwrap();
        let (list, _) = list.split_once(']').unwrap();
        let listed: Vec<_> = list
            .split(',')
            .map(|item| item.trim().trim_matches('"'))
            .filter(|item| !item.is_empty())
            .collect();
        assert_eq!(listed, ALLOWED);
    }
}
