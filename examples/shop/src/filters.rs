//! Conditions: NULLs, to-many relations, and conditions assembled at run time.

use orm::QuerySet;
use orm::prelude::*;
use terminal::{heading, indented, say, shown, statement};

use crate::models::{Author, Book};

pub async fn section(db: &Db) -> orm::Result<()> {
    nulls(db).await?;
    to_many(db).await?;
    assembled(db).await
}

async fn nulls(db: &Db) -> orm::Result<()> {
    heading("Filters and NULL");
    say("NULL follows the rules of Option. A book without a rating is not rated 4.5, so `!=` keeps it:");
    let others = shown!(query!(Book.filter(.year > 1990 && .rating != 4.5)));
    print_titles(db, &others).await?;

    say("No rating is below 4.5 and none is above; `exclude` keeps exactly what `filter` drops:");
    let below = shown!(query!(Book.filter(.rating < 4.5)));
    let rest = shown!(query!(Book.exclude(.rating < 4.5)));
    statement(&rest.to_sql());
    let (below, rest) = (below.count(db).await?, rest.count(db).await?);
    let all = Book::objects().count(db).await?;
    say(&format!("{below} + {rest} = {all} books. The unrated ones:"));
    print_titles(db, &shown!(query!(Book.filter(.rating == None)))).await?;

    say("What is looked for is a value: `%` means itself.");
    print_titles(db, &shown!(query!(Book.filter(.title.contains("0%"))))).await
}

async fn to_many(db: &Db) -> orm::Result<()> {
    heading("Filters over many: any, all, none");
    say(
        "A to-many relation is asked with any, all or none. Each is one EXISTS, so no row comes twice and nothing \
         needs DISTINCT. Both conditions are about one and the same book:",
    );
    let any =
        shown!(query!(Author.filter(.books.any(.year > 1970 && .tags.any(.name == "science fiction")))));
    statement(&any.to_sql());
    print_names(db, &any).await?;

    say("All of whose books are rated above 4.3, and who has some:");
    print_names(db, &shown!(query!(Author.filter(.books.exists() && .books.all(.rating > 4.3))))).await?;

    say("None of whose books is a novel:");
    print_names(db, &shown!(query!(Author.filter(.books.none(.tags.any(.name == "novel")))))).await
}

async fn assembled(db: &Db) -> orm::Result<()> {
    heading("Filters made at run time");
    say("A condition is a value as well. `words` is a list of any length:");
    let words = ["small", "left", "solaris"];
    let found = shown!(Book::objects().filter(|book| {
        words.iter().fold(Predicate::never(), |any, word| any | book.title().icontains(word))
    }));
    statement(&found.to_sql());
    print_titles(db, &found).await?;

    say("An empty list is true of no row, which is known without asking:");
    let (db, log) = db.logged();
    let none: [&str; 0] = [];
    let found = shown!(query!(Book.filter(.title.is_in(none))).all(&db).await?);
    say(&format!("=> {} rows, {} statements", found.len(), log.count()));
    Ok(())
}

async fn print_titles(db: &Db, books: &QuerySet<Book>) -> orm::Result<()> {
    let books = query!(books.order_by(.title)).all(db).await?;
    indented(books.iter().map(|book| format!("=> {} ({})\n", book.title, book.year)).collect::<String>());
    Ok(())
}

async fn print_names(db: &Db, authors: &QuerySet<Author>) -> orm::Result<()> {
    let authors = query!(authors.order_by(.name)).all(db).await?;
    indented(authors.iter().map(|author| format!("=> {}\n", author.name)).collect::<String>());
    Ok(())
}
