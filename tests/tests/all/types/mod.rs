//! Every type of column: there and back by `create` and by `bulk_create`, and found by equality.

mod arrays;
mod dates;
mod dates_of_jiff;
mod dates_of_time;
mod enums;
mod mismatches;
mod numbers;
mod others;
mod texts;
mod unknown;

use std::fmt::Debug;

/// Stores rows one by one, then all at once, and asserts that both come back as they were, `-0.0` and NaN included;
/// then that equality with each value of each column finds the rows that have it.
macro_rules! come_back {
    ($db:expr, $model:ident { $($column:ident),* }, $rows:expr) => {
        let (db, rows): (&orm::Db, Vec<$model>) = ($db, $rows);
        let table = <$model as orm::Model>::table();
        db.create_tables([table]).await?;
        for row in &rows {
            let created = $model::objects().create(row.clone()).execute(db).await?;
            super::assert_same(&created, row);
        }
        super::assert_same(&query!($model.order_by(.id)).all(db).await?, &rows);

        db.batch_execute(&format!("DELETE FROM {:?}", table.name)).await?;
        let keys = $model::objects().bulk_create(rows.clone()).execute(db).await?;
        assert_eq!(keys, rows.iter().map(|row| row.id).collect::<Vec<_>>());
        super::assert_same(&query!($model.order_by(.id)).all(db).await?, &rows);
        $(
            for row in &rows {
                let found = query!($model.filter(.$column == row.$column).order_by(.id)).all(db).await?;
                let found: Vec<i64> = found.iter().map(|row| row.id).collect();
                let equal = rows.iter().filter(|other| super::equal(&other.$column, &row.$column));
                let expected: Vec<i64> = equal.map(|row| row.id).collect();
                assert_eq!(found, expected, "{} == {:?}", stringify!($column), row.$column);
            }
        )*
    };
}
use come_back;

/// Values are the same where they print the same: NaN is NaN, and `-0.0` is not `0.0`.
fn assert_same(came: &impl Debug, went: &impl Debug) {
    let (came, went) = (format!("{came:?}"), format!("{went:?}"));
    assert!(came == went, "came: {came:.2000}\nwent: {went:.2000}");
}

/// Equality as PostgreSQL has it: `-0.0` equals `0.0`, and NaN itself.
fn equal(a: &impl Debug, b: &impl Debug) -> bool {
    let shown = |value: String| value.replace("-0.0", "0.0");
    shown(format!("{a:?}")) == shown(format!("{b:?}"))
}
