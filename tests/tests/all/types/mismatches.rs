//! Tables that are not as their models say.

use orm::prelude::*;

#[derive(Model, Debug, Clone)]
#[model(table = "readings", has_many(notes: Note.reading))]
struct Reading {
    id: i64,
    value: i32,
    text: Option<String>,
}

#[derive(Model, Debug, Clone)]
#[model(table = "notes")]
struct Note {
    id: i64,
    #[model(belongs_to = Reading)]
    reading_id: i64,
    body: String,
}

/// Asserts that reading failed, at this column, and that the statement is told.
fn assert_names<T: std::fmt::Debug>(result: orm::Result<T>, column: &str, said: &str) {
    let error = result.unwrap_err();
    let message = error.to_string();
    assert!(error.is_decode(), "{message}");
    assert!(message.contains(&format!("`{column}`")), "{message}");
    assert!(message.contains(said), "{message}");
    assert!(message.contains("SELECT") || message.contains("INSERT"), "{message}");
}

#[orm::test]
async fn another_type_is_an_error_that_names_the_column_and_both_types(db: Db) -> orm::Result<()> {
    for (ty, name) in
        [("text", "text"), ("bigint", "int8"), ("smallint", "int2"), ("real", "float4"), ("date", "date")]
    {
        let value = if ty == "date" { "'2000-01-01'" } else { "'1'" };
        db.batch_execute(&format!(
            "DROP TABLE IF EXISTS readings; CREATE TABLE readings (id bigint, value {ty}, text text);
             INSERT INTO readings VALUES (1, {value}, NULL)"
        ))
        .await?;
        let said = format!("as int4: its type is {name}");
        assert_names(Reading::objects().all(&db).await, "value", &said);
        assert_names(Reading::objects().first(&db).await, "value", &said);
        assert_names(Reading::objects().in_bulk(&db, [1]).await, "value", &said);
        assert_eq!(Reading::objects().count(&db).await?, 1, "count reads no column");
    }
    Ok(())
}

#[orm::test]
async fn a_new_row_is_checked_too(db: Db) -> orm::Result<()> {
    db.batch_execute("CREATE TABLE readings (id bigserial, value real, text text)").await?;
    let created = query!(Reading.create(value = 1)).execute(&db).await;
    assert_names(created, "value", "as int4: its type is float4");
    Ok(())
}

#[orm::test]
async fn null_in_a_field_that_is_no_option_is_an_error_that_names_the_column(db: Db) -> orm::Result<()> {
    db.batch_execute(
        "CREATE TABLE readings (id bigserial, value int DEFAULT 1, text text);
         INSERT INTO readings (value) VALUES (1), (NULL)",
    )
    .await?;
    assert_names(Reading::objects().all(&db).await, "value", "NULL");
    assert_names(query!(Reading.filter(.id == 2)).get(&db).await, "value", "NULL");
    assert_eq!(query!(Reading.filter(.id == 1)).get(&db).await?.text, None);
    Ok(())
}

#[orm::test]
async fn loaded_rows_are_checked_as_well(db: Db) -> orm::Result<()> {
    db.batch_execute(
        "CREATE TABLE readings (id bigint PRIMARY KEY, value int, text text);
         CREATE TABLE notes (id bigint PRIMARY KEY, reading_id bigint, body bytea);
         INSERT INTO readings VALUES (1, 1, 'a'); INSERT INTO notes VALUES (1, 1, 'x')",
    )
    .await?;
    assert_names(
        query!(Reading.prefetch_related(.notes)).all(&db).await,
        "body",
        "as text: its type is bytea",
    );
    db.batch_execute("ALTER TABLE notes ALTER body TYPE text USING NULL").await?;
    assert_names(query!(Reading.prefetch_related(.notes)).all(&db).await, "body", "NULL");
    db.batch_execute("UPDATE notes SET body = ''; ALTER TABLE readings ALTER value TYPE text").await?;
    assert_names(query!(Note.select_related(.reading)).all(&db).await, "value", "as int4: its type is text");
    Ok(())
}

#[orm::test]
async fn varchar_is_text_and_padded_char_is_not(db: Db) -> orm::Result<()> {
    db.batch_execute(
        "CREATE TABLE readings (id bigint, value int, text varchar(9)); INSERT INTO readings VALUES (1, 2, 'a')",
    )
    .await?;
    assert_eq!(Reading::objects().get(&db).await?.text.as_deref(), Some("a"));
    assert_eq!(query!(Reading.filter(.text == "a")).count(&db).await?, 1);
    db.batch_execute("ALTER TABLE readings ALTER text TYPE char(3)").await?;
    assert_names(Reading::objects().all(&db).await, "text", "as text: its type is bpchar");
    Ok(())
}
