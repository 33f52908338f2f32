//! What the database refuses, and how a program hears of it.

use orm::prelude::*;
use terminal::{heading, indented, log, say, shown};

use crate::models::{Item, NewItem, User};

pub async fn section(db: &Db) -> orm::Result<()> {
    heading("Constraints are the database's");
    let (db, queries) = db.logged();
    say(
        "Between asking whether an address is taken and taking it, somebody else may take it. So: take it, and look \
         at the error.",
    );
    let taken = shown!(query!(User.create(email = "ada@example.com", active = true)).execute(&db).await);
    log(&queries);
    match taken {
        Err(error) if error.is_unique_violation() => {
            say("error.is_unique_violation() is true, and the error names the constraint:");
            indented(format!(
                "constraint()  {}\ntable()       {}\ndetail()      {}",
                error.constraint().unwrap_or("?"),
                error.table().unwrap_or("?"),
                error.detail().unwrap_or("?"),
            ));
        }
        Err(error) => return Err(error),
        Ok(user) => say(&format!("nobody had {}", user.email)),
    }

    say("A bulk_create with one bad row inserts none:");
    let rows = [1, 2, 404].map(|order_id| NewItem { order_id, product_id: 16, quantity: 1 });
    let before = Item::objects().count(&db).await?;
    let refused = shown!(Item::objects().bulk_create(rows).execute(&db).await);
    let after = Item::objects().count(&db).await?;
    if let Err(error) = refused {
        let said = error.to_string();
        let said = said.lines().next().unwrap_or_default();
        say(&format!("=> is_foreign_key_violation() is {}: {said}", error.is_foreign_key_violation()));
    }
    say(&format!("{before} items before, {after} after."));
    Ok(())
}
