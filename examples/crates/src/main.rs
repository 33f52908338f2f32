//! Loads what Cargo knows about a workspace into PostgreSQL, and answers questions about its dependencies.
//!
//! ```text
//! cargo run -p crates -- [--offline] [--about PACKAGE] [path/to/Cargo.toml]
//! ```

#![allow(unreachable_pub, reason = "models are written as a library would write them")]

mod arguments;
mod load;
mod metadata;
mod models;
mod questions;

use std::error::Error;
use std::process::ExitCode;

use arguments::{Arguments, USAGE};
use metadata::Metadata;
use orm::testing::Database;

/// Whatever can go wrong, said in a sentence or two.
type Result<T, E = Box<dyn Error + Send + Sync>> = std::result::Result<T, E>;

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<()> {
    let Some(arguments) = Arguments::parse(std::env::args_os().skip(1))? else {
        terminal::line(USAGE);
        return Ok(());
    };
    let metadata = Metadata::read(&arguments.manifest, arguments.offline)?;
    let database = Database::create().await?;
    let db = database.db();
    load::load(db, &metadata).await?;
    questions::answer(db, arguments.about.as_deref()).await?;
    Ok(database.drop().await?)
}
