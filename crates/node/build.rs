//! Puts the page that verifies bundles into the program, where `cargo xtask page` has made it.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-env-changed=CARGO_TARGET_DIR");
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), PathBuf::from);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = root.join(target).join("verifier");
    // A folder that is there can be watched: what is absent would count as changed in each build.
    fs::create_dir_all(&folder)?;
    println!("cargo::rerun-if-changed={}", folder.display());
    let page = folder.join("verify.html");
    let value = if page.exists() {
        format!("Some(include_bytes!({page:?}))")
    } else {
        "None".to_owned()
    };
    let made = env::var_os("OUT_DIR")
        .map(PathBuf::from)
        .unwrap_or_default();
    fs::write(made.join("page.rs"), value)
}
