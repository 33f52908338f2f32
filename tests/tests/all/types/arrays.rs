//! Array columns.

use orm::prelude::*;

use super::come_back;

#[derive(Model, Debug, Clone)]
struct Arrays {
    id: i64,
    flags: Vec<bool>,
    smalls: Vec<i16>,
    numbers: Vec<i32>,
    larges: Vec<i64>,
    floats: Vec<f64>,
    texts: Vec<String>,
    blobs: Vec<Vec<u8>>,
    maybe_numbers: Option<Vec<i32>>,
    maybe_texts: Option<Vec<String>>,
}

fn arrays(id: i64, numbers: &[i32], texts: &[&str]) -> Arrays {
    let texts: Vec<String> = texts.iter().copied().map(str::to_owned).collect();
    Arrays {
        id,
        flags: numbers.iter().map(|n| n % 2 == 0).collect(),
        smalls: numbers.iter().map(|&n| n as i16).collect(),
        numbers: numbers.to_vec(),
        larges: numbers.iter().map(|&n| i64::from(n) << 32).collect(),
        floats: numbers.iter().map(|&n| f64::from(n) / 3.0).collect(),
        blobs: texts.iter().map(|text| text.as_bytes().to_vec()).collect(),
        maybe_numbers: (id % 2 == 1).then(|| numbers.to_vec()),
        maybe_texts: (id % 2 == 0).then(|| texts.clone()),
        texts,
    }
}

fn rows() -> Vec<Arrays> {
    vec![
        arrays(1, &[], &[]),
        arrays(2, &[], &[]),
        arrays(3, &[i32::MIN, -1, 0, i32::MAX], &["", "NULL", "null"]),
        arrays(4, &[7], &[r#"it's "q""#, "a,b", r"\", "{x}", " ", "größe\n"]),
        arrays(5, &[1; 1000], &["x"; 1000]),
    ]
}

#[orm::test]
async fn of_every_length_and_content(db: Db) -> orm::Result<()> {
    come_back!(
        &db,
        Arrays { flags, smalls, numbers, larges, floats, texts, blobs, maybe_numbers, maybe_texts },
        rows()
    );
    assert_eq!(query!(Arrays.filter(.numbers == [7])).get(&db).await?.id, 4);
    assert_eq!(query!(Arrays.filter(.numbers != [7])).count(&db).await?, 4);
    assert_eq!(query!(Arrays.filter(.maybe_numbers != vec![7])).count(&db).await?, 5);
    assert_eq!(query!(Arrays.filter(.maybe_numbers == None)).count(&db).await?, 2);
    Ok(())
}

#[orm::test]
async fn bulk_create_sends_as_many_statements_as_parameters_ask_for(db: Db) -> orm::Result<()> {
    db.create_tables(models![Arrays]).await?;
    let (db, log) = db.logged();
    let columns = Arrays::table().columns.len();
    let most = 65_535 / columns;
    let row = |i: usize| arrays(i as i64 + 1, &[i as i32], &["a"]);

    let keys = Arrays::objects().bulk_create((0..most).map(row)).execute(&db).await?;
    assert_eq!((keys.len(), log.count(), log.queries().len()), (most, 1, 1));
    log.clear();

    let keys = Arrays::objects().bulk_create((most..2 * most + 1).map(row)).execute(&db).await?;
    assert_eq!(keys, (most as i64 + 1..=2 * most as i64 + 1).collect::<Vec<_>>());
    assert_eq!((log.count(), log.queries().len()), (2, 4), "two statements between BEGIN and COMMIT");
    let last = query!(Arrays.filter(.numbers == [2 * most as i32])).get(&db).await?;
    assert_eq!(last.id, 2 * most as i64 + 1);
    Ok(())
}

#[orm::test]
async fn a_violation_in_the_last_statement_takes_back_the_first(db: Db) -> orm::Result<()> {
    db.create_tables(models![Arrays]).await?;
    let n = 65_535 / Arrays::table().columns.len() as i64 + 2;
    let rows = (1..=n).map(|i| arrays(if i == n { 1 } else { i }, &[], &[]));
    let error = Arrays::objects().bulk_create(rows).execute(&db).await.unwrap_err();
    assert!(error.is_unique_violation(), "{error}");
    assert_eq!(Arrays::objects().count(&db).await?, 0);
    Ok(())
}

#[orm::test]
async fn an_array_with_a_null_inside_is_not_a_vec(db: Db) -> orm::Result<()> {
    db.create_tables(models![Arrays]).await?;
    Arrays::objects().create(arrays(1, &[1], &["a"])).execute(&db).await?;
    db.batch_execute("UPDATE arrays SET numbers = '{1,NULL}'").await?;
    let error = Arrays::objects().all(&db).await.unwrap_err();
    assert!(error.is_decode(), "{error}");
    assert!(error.to_string().contains("`numbers`"), "{error}");
    Ok(())
}
