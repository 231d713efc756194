//! A gateway by itself, for tests that end its process: `serve <data folder> [PostgreSQL connection string]`.
//!
//! Its one partner has all rights and the token `own-token`. The address stands on the first line that it prints.

use std::{io::Write, path::PathBuf};
use theriac_gateway::{Config, Gateway, Partner, Reach, Rights, Storage, TokenHash};

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args_os().skip(1);
    let data = arguments
        .next()
        .expect("the data folder is the first argument");
    let own = Partner {
        name: "own".to_owned(),
        token: TokenHash::of("own-token"),
        rights: Rights::all(),
        reach: Reach::Everything,
    };
    let mut config = Config::new(PathBuf::from(data), vec![own]);
    if let Some(url) = arguments.next() {
        let url = url.into_string().expect("a connection string in UTF-8");
        config.storage = Storage::Postgres(url);
    }
    let running = Gateway::start(config).await.expect("the gateway starts");
    println!("{}", running.address());
    std::io::stdout().flush().expect("the address is told");
    tokio::signal::ctrl_c().await.expect("signals are heard");
    running.stop().await;
}
