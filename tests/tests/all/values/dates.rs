//! The distinct dates of a column, truncated: what Django calls `dates`.

use chrono::{DateTime, Utc};
use orm::functions::Unit;
use orm::prelude::*;

#[derive(Model, Debug)]
#[model(table = "posts")]
struct Post {
    id: i64,
    published: Option<DateTime<Utc>>,
}

#[orm::test]
async fn each_month_once_and_in_order(db: Db) -> orm::Result<()> {
    db.create_tables(models![Post]).await?;
    db.batch_execute(
        "INSERT INTO posts (published) VALUES ('2024-05-02 10:00Z'), (NULL), ('2024-03-09 11:00Z'), ('2024-05-31 23:00Z')",
    )
    .await?;
    let months = query!(Post
        .filter(.published != None)
        .values_list(.published.trunc(Unit::Month))
        .distinct()
        .order_by(.published.trunc(Unit::Month)));
    let found: Vec<Option<DateTime<Utc>>> = months.all(&db).await?;
    let found: Vec<String> = found.iter().flatten().map(|at| at.format("%Y-%m-%d").to_string()).collect();
    assert_eq!(found, ["2024-03-01", "2024-05-01"]);
    let last = query!(months.reverse()).first(&db).await?.flatten();
    assert_eq!(last.map(|at| at.format("%Y-%m").to_string()), Some("2024-05".to_owned()));
    // Grouped, with more to say of each.
    let months = query!(Post
        .filter(.published != None)
        .group_by(month = .published.trunc(Unit::Month))
        .annotate(n = .count())
        .order_by(-.month));
    let found = months.all(&db).await?.into_iter().map(|group| group.n).collect::<Vec<_>>();
    assert_eq!(found, [2, 1]);
    Ok(())
}
