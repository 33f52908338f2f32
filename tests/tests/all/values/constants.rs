//! Expressions without columns as values: `now()`.

use chrono::{DateTime, Utc};
use orm::functions::{days, now, pi, random};
use orm::prelude::*;
use tests::shop::{self, *};

#[orm::test]
async fn beside_rows_and_in_place_of_them(db: Db) -> orm::Result<()> {
    shop::create_tables(&db).await?;
    query!(Category.create(name = "tea")).execute(&db).await?;
    let category = query!(Category.annotate(at = now::<DateTime<Utc>>(), pi = pi())).get(&db).await?;
    let at: DateTime<Utc> = category.at;
    assert!((Utc::now() - at).num_seconds().abs() < 3600 && category.pi == std::f64::consts::PI);
    let values = query!(Category.values(.name, tomorrow = now::<DateTime<Utc>>() + days(1))).get(&db).await?;
    assert!(values.tomorrow > at && values.name == "tea");
    let (name, random) = query!(Category.values_list(.name, random())).get(&db).await?;
    assert!(name == "tea" && (0.0..1.0).contains(&random));
    // Under a name it is what it is without one.
    let later = query!(Category.alias(at = now::<DateTime<Utc>>()).filter(.at > now()));
    assert_eq!(later.count(&db).await?, 0);
    Ok(())
}

#[orm::test]
async fn in_updates_and_groups(db: Db) -> orm::Result<()> {
    shop::create_tables(&db).await?;
    query!(User.create(email = "a", active = true)).execute(&db).await?;
    let before =
        query!(User.update(created_at = now() + days(2)).returning(.created_at)).execute(&db).await?;
    assert!(before[0] > Utc::now());
    let day = db.query_as_one::<Option<DateTime<Utc>>>("SELECT now() + interval '1 day'", &[]).await?;
    assert!(day.is_some_and(|day| day < before[0]));
    let group =
        query!(User.group_by(.active).annotate(n = .count(), at = now::<DateTime<Utc>>())).get(&db).await?;
    assert!(group.n == 1 && group.at < before[0]);
    Ok(())
}
