//! Constraints and indexes are declared with the model, and PostgreSQL says whether it uses them.

use orm::prelude::*;
use terminal::{heading, indented, say, shown};

use crate::models::{Item, Order, User};

pub async fn section(db: &Db) -> orm::Result<()> {
    heading("Constraints and indexes, declared and used");
    say(
        "`unique(order_id, product_id)` on Item, `belongs_to`, `on_delete` and `index(user_id, placed_at)` on Order are \
         all the database's. Each foreign key that no other index serves has one, too:",
    );
    let script = orm::create_tables_sql(models![Order, Item]);
    let said = ["REFERENCES", "UNIQUE (", "CREATE INDEX"];
    let constraints = script.lines().filter(|line| said.iter().any(|word| line.contains(word)));
    indented(constraints.map(|line| format!("{}\n", line.trim())).collect::<String>());

    say(
        "`explain` asks PostgreSQL how it would run a query set. A table of forty rows it would read as a whole, so \
         that is forbidden here, in a transaction that is rolled back:",
    );
    let tx = db.begin().await?;
    tx.execute("SET LOCAL enable_seqscan = off", &[]).await?;
    let of_user = query!(Order.filter(.user_id == 1).order_by(-.placed_at)[..5]);
    let plan = shown!(of_user.explain().costs(false).text(&tx).await?);
    indented(&plan);
    let by_email = query!(User.filter(.email == "ada@example.com"));
    let plan =
        shown!(by_email.explain().analyze(true).costs(false).timing(false).summary(false).text(&tx).await?);
    indented(&plan);
    tx.rollback().await?;
    say("A test can ask for the same, so that an index cannot go missing unnoticed.");
    Ok(())
}
