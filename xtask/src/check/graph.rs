//! The packages and their dependencies, as `cargo metadata` tells them.

use std::time::Duration;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::{command, workspace};

const LIMIT: Duration = Duration::from_secs(5 * 60);

/// All packages of the lock file, for every platform.
#[derive(Deserialize)]
pub(crate) struct Graph {
    pub(crate) packages: Vec<Package>,
    workspace_members: Vec<String>,
}

/// One package and what its manifest says.
#[derive(Deserialize)]
pub(crate) struct Package {
    id: String,
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) license: Option<String>,
    pub(crate) dependencies: Vec<Dependency>,
}

/// One line of a manifest's dependencies.
#[derive(Deserialize)]
pub(crate) struct Dependency {
    pub(crate) name: String,
    /// `None` for an ordinary dependency, else `dev` or `build`.
    pub(crate) kind: Option<String>,
}

impl Graph {
    /// Asks cargo for the graph.
    ///
    /// # Errors
    /// When cargo fails, or answers in a form that is not known.
    pub(crate) fn read() -> Result<Self> {
        let mut cargo = workspace::cargo();
        let text = command::output(cargo.args(["metadata", "--format-version", "1"]), LIMIT)?;
        Self::parse(&text)
    }

    pub(crate) fn parse(text: &str) -> Result<Self> {
        serde_json::from_str(text).context("cargo metadata is not as expected")
    }

    /// The crates of this repository.
    pub(crate) fn ours(&self) -> impl Iterator<Item = &Package> {
        let is_ours = |package: &&Package| self.workspace_members.contains(&package.id);
        self.packages.iter().filter(is_ours)
    }

    /// The packages of others.
    pub(crate) fn theirs(&self) -> impl Iterator<Item = &Package> {
        let is_theirs = |package: &&Package| !self.workspace_members.contains(&package.id);
        self.packages.iter().filter(is_theirs)
    }
}
