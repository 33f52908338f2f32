//! Every operator and lookup on rows with NULLs, against a Rust predicate over the same rows; and that `filter`
//! keeps, `exclude` drops and `!` inverts exactly those rows.

mod arithmetic;
mod behind_null;
mod comparisons;
mod conditions;
mod counts;
mod text;
mod to_many;
mod to_one;

use orm::prelude::*;

/// One row of every kind of operand. The values repeat at different paces, so that they meet in all combinations.
#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "samples")]
struct Sample {
    id: i64,
    a: i32,
    b: i32,
    c: Option<i32>,
    d: Option<i32>,
    real: f64,
    flag: bool,
    maybe: Option<bool>,
    text: String,
    nick: Option<String>,
    part: Option<String>,
    prefix: String,
}

const TEXTS: &[&str] =
    &["", "ada", "Ada Lovelace", "50%", "5_0", r"a\b", "500", "%", "_", r"\", "it's \"ß\""];
const NICKS: &[Option<&str>] =
    &[None, Some(""), Some("ada"), Some("ADA"), Some("a%a"), Some("aXa"), Some("_")];
const PARTS: &[Option<&str>] =
    &[None, Some("a"), Some("A"), Some("%"), Some("_"), Some(""), Some(r"\"), Some("50")];

fn sample(i: usize) -> Sample {
    fn at<T: Clone>(values: &[T], i: usize) -> T {
        values[i % values.len()].clone()
    }
    Sample {
        id: i as i64 + 1,
        a: at(&[-7, -1, 0, 1, 7], i),
        b: at(&[1, -2, 7], i),
        c: at(&[None, Some(-1), Some(0), Some(7)], i),
        d: at(&[Some(7), None, Some(-1)], i / 2),
        real: at(&[0.0, 2.5, -1.5, 1e300], i),
        flag: i.is_multiple_of(2),
        maybe: at(&[None, Some(true), Some(false)], i / 3),
        text: at(TEXTS, i).to_owned(),
        nick: at(NICKS, i).map(str::to_owned),
        part: at(PARTS, i).map(str::to_owned),
        prefix: at(&["a", "5", "%", "", "_"], i / 2).to_owned(),
    }
}

/// The rows, stored in `db`.
async fn samples(db: &Db) -> orm::Result<Vec<Sample>> {
    db.create_tables(models![Sample]).await?;
    let samples: Vec<Sample> = (0..240).map(sample).collect();
    Sample::objects().bulk_create(samples.clone()).execute(db).await?;
    Ok(samples)
}

/// Asserts that `filter` finds the rows of which `expected` is true, and the two complements all others.
pub(crate) async fn partition<M>(
    db: &Db,
    name: &str,
    rows: &[M],
    [filter, exclude, not]: [QuerySet<M>; 3],
    expected: impl Fn(&M) -> bool,
) -> orm::Result<()>
where
    M: Model<Key = i64>,
{
    let keys = |query: QuerySet<M>| async move {
        let found = query.all(db).await?;
        let mut keys: Vec<i64> = found.iter().map(M::key).collect();
        keys.sort_unstable();
        Ok::<_, orm::Error>(keys)
    };
    let kept =
        |keep: bool| -> Vec<i64> { rows.iter().filter(|row| expected(row) == keep).map(M::key).collect() };
    assert_eq!(keys(filter).await?, kept(true), "filter({name})");
    assert_eq!(keys(exclude).await?, kept(false), "exclude({name})");
    assert_eq!(keys(not).await?, kept(false), "filter(!({name}))");
    Ok(())
}

/// Partitions the table of a model by each condition.
macro_rules! partitions {
    ($db:expr, $model:ident, $rows:expr, $({ $($condition:tt)* } => $expected:expr;)*) => {
        $(
            crate::lookups::partition($db, stringify!($($condition)*), $rows, [
                query!($model.filter($($condition)*)),
                query!($model.exclude($($condition)*)),
                query!($model.filter(!($($condition)*))),
            ], $expected).await?;
        )*
    };
}
pub(crate) use partitions;

#[orm::test]
async fn the_samples_have_both_outcomes_for_every_kind_of_operand(db: Db) -> orm::Result<()> {
    let rows = samples(&db).await?;
    assert!(rows.iter().any(|s| s.c.is_none() && s.d.is_none()));
    assert!(rows.iter().any(|s| s.c.is_some() && s.c == s.d));
    assert!(rows.iter().any(|s| s.c.is_none() && s.d.is_some()));
    assert!(rows.iter().any(|s| s.nick.is_none() && s.part.is_none()));
    assert_eq!(query!(Sample.order_by(.id)).all(&db).await?, rows);
    Ok(())
}
