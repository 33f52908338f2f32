//! The libraries: a file for each.

mod diesel;
mod orm;
mod raw;
mod sea_orm;
mod sqlx;
mod toasty;

use super::user::User;

/// What is written by hand.
pub const RAW: &str = "raw";

/// What the clean build of ours is measured against.
pub const BASE: &str = "base";

/// The manifest of the peers' workspace.
const WORKSPACE: &str = include_str!("../../../../Cargo.toml");
const LOCK: &str = include_str!("../../../../Cargo.lock");

pub const USERS: [User; 7] =
    [raw::RAW, raw::BASE, orm::ORM, diesel::DIESEL, sqlx::SQLX, sea_orm::SEA_ORM, toasty::TOASTY];
