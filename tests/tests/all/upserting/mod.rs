//! Inserting what may be there already, and loading by `COPY`.

mod bulk;
mod copying;
mod created;
mod keys;
mod races;
mod refused;
mod updated;

use orm::prelude::*;

/// A row with every kind of unique key.
#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "words", unique(language, text))]
struct Word {
    id: i64,
    #[model(unique)]
    slug: String,
    language: Language,
    text: String,
    #[model(unique)]
    code: Option<i32>,
    #[model(default = "1")]
    uses: i32,
    note: Option<String>,
}

#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Language {
    English,
    German,
}

fn word(slug: &str) -> CreateWord {
    NewWord { slug: slug.into(), language: Language::English, text: slug.to_uppercase() }.into()
}

async fn words(db: &Db) -> orm::Result<Vec<(String, i32, Option<String>)>> {
    let words = query!(Word.order_by(.slug)).all(db).await?;
    Ok(words.into_iter().map(|word| (word.slug, word.uses, word.note)).collect())
}
