//! Builds and renders one query, as often as the argument says: what the guard counts the instructions of.

#[path = "../models.rs"]
#[allow(dead_code, reason = "one query needs few of them")]
mod models;

use std::{env, hint::black_box, time::Instant};

use models::Order;
use orm::prelude::*;
use workloads::Error;

fn main() -> Result<(), Error> {
    let times: u32 = env::args().nth(1).ok_or("the argument is how often")?.parse()?;
    let started = Instant::now();
    for turn in 0..times {
        let total = black_box(i64::from(turn));
        // Three comparisons of a column and a value, an OR, two columns to order by, two joins.
        let query = query!(Order
            .filter(.total > total && (.quantity == 3 || .user.name == "ada"))
            .select_related(.user, .product)
            .order_by(-.created_at, .id)
            [..20]);
        black_box(query.to_sql());
    }
    println!("{:?} each", started.elapsed() / times.max(1));
    Ok(())
}
