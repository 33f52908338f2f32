//! Text and bytes.

use orm::prelude::*;

use super::come_back;

#[derive(Model, Debug, Clone)]
struct Text {
    id: i64,
    text: String,
    maybe_text: Option<String>,
    bytes: Vec<u8>,
    maybe_bytes: Option<Vec<u8>>,
}

fn text(id: i64, text: &str, bytes: &[u8]) -> Text {
    let some = id % 2 == 1;
    let (text, bytes) = (text.to_owned(), bytes.to_vec());
    Text { id, maybe_text: some.then(|| text.clone()), text, maybe_bytes: some.then(|| bytes.clone()), bytes }
}

#[orm::test]
async fn of_every_content_and_length(db: Db) -> orm::Result<()> {
    let all_bytes: Vec<u8> = (0..=255).collect();
    let megabyte = "aß€🦀".repeat(1024 * 1024 / 10);
    assert!(megabyte.len() > 1_000_000);
    let rows = vec![
        text(1, "", b""),
        text(2, "", b""),
        text(3, "größe ↔ \u{10ffff} \u{301} 日本語 \r\n\t\u{1}", &all_bytes),
        text(4, r#"it's "quoted" \n $1 % _ -- ; NULL"#, &[0]),
        text(5, "NULL", &[0xff; 3]),
        text(6, "{a,b}", b"\\x00"),
        text(7, &megabyte, megabyte.as_bytes()),
        text(8, " trailing ", b" "),
    ];
    come_back!(&db, Text { text, maybe_text, bytes, maybe_bytes }, rows);
    assert_eq!(query!(Text.filter(.bytes == b"\\x00")).get(&db).await?.id, 6);
    assert_eq!(query!(Text.filter(.bytes.is_in([vec![0], vec![0xff; 3]]))).count(&db).await?, 2);
    assert_eq!(query!(Text.filter(.text.is_in([megabyte.as_str()]))).get(&db).await?.id, 7);
    Ok(())
}

#[orm::test]
async fn a_nul_character_is_the_servers_error_and_inserts_nothing(db: Db) -> orm::Result<()> {
    db.create_tables(models![Text]).await?;
    let error = Text::objects().create(text(1, "a\0b", b"")).execute(&db).await.unwrap_err();
    assert_eq!(error.code(), Some("22021"), "{error}");
    let rows = [text(1, "a", b""), text(2, "\0", b"")];
    let error = Text::objects().bulk_create(rows).execute(&db).await.unwrap_err();
    assert_eq!(error.code(), Some("22021"), "{error}");
    assert_eq!(Text::objects().count(&db).await?, 0);
    Ok(())
}
