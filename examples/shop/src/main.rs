//! A walk through query sets: what runs when, in how many statements, and what the compiler and the database refuse.
//!
//! ```text
//! cargo run -p shop
//! ```
//!
//! Each module is one section of what is printed. The code printed is the code that ran.

#![allow(unreachable_pub, reason = "models are written as a library would write them")]

mod aggregates;
mod cache;
mod catalogue;
mod constraints;
mod data;
mod filters;
mod laziness;
mod models;
mod n_plus_one;
mod narrow;
mod plans;
mod receipts;
mod refused;
mod slices;
mod streaming;
mod tenants;
mod transactions;
mod watching;
mod writes;

use std::process::ExitCode;

use orm::testing::Database;
use terminal::say;

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

async fn run() -> orm::Result<()> {
    let database = Database::create().await?;
    let db = database.db();
    say("A shop for books. Every statement below really ran, on a PostgreSQL database made for this run: \
         `let (db, log) = db.logged()` gives a handle that notes them, and they are printed from its log.");
    models::create_tables(db).await?;

    data::fill(db).await?;
    laziness::section(db).await?;
    cache::section(db).await?;
    n_plus_one::section(db).await?;
    receipts::section(db).await?;
    filters::section(db).await?;
    slices::section(db).await?;
    aggregates::section(db).await?;
    narrow::section(db).await?;
    streaming::section(db).await?;
    watching::section(db).await?;
    constraints::section(db).await?;
    plans::section(db).await?;
    transactions::section(db).await?;
    writes::section(db).await?;
    tenants::section(db).await?;
    refused::section();

    database.drop().await
}
