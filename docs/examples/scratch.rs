//! x
#![allow(missing_docs, dead_code)]
use docs::prelude::*;
macro_rules! p { ($($q:expr;)*) => { $( println!("{}\n    {}", stringify!($q), $q.to_sql()); )* } }
#[derive(Enum, Debug, Clone, Copy, PartialEq)]
enum Status {
    Open,
    #[model(name = "on hold")]
    OnHold,
}
#[derive(Model, Debug, Clone)]
#[model(schema = "crm", table = "Ticket", index(status, weight), unique(title, weight))]
struct Ticket {
    id: i64,
    title: String,
    #[model(default = "'open'", index)]
    status: Status,
    #[model(column = "Größe")]
    weight: Option<f32>,
    labels: Vec<String>,
}
#[derive(Model, Debug, Clone)]
#[model(table = "shelves", has_many(copies: Copy.shelf))]
struct Shelf {
    #[model(primary_key)]
    room: String,
    #[model(primary_key)]
    number: i16,
}
#[derive(Model, Debug, Clone)]
#[model(table = "copies", belongs_to(shelf: Shelf, columns(room, shelf_number), on_delete = restrict))]
struct Copy {
    id: i64,
    room: Option<String>,
    shelf_number: Option<i16>,
}
fn main() {
    println!("{}", orm::create_tables_sql(models![Ticket]));
    println!("{}", orm::create_tables_sql(models![Shelf, Copy]));
    println!("{}", orm::create_tables_sql(models![User]));
    p! { query!(Copy.filter(.shelf.number > 1).select_related(.shelf));
      query!(User.select_related(.profile));
      query!(Category.select_related(.parent.parent));
      query!(Category.filter(.children.any(.name=="x")));
      query!(Ticket.filter(.status == Status::Open));
      query!(Ticket.filter(.status.is_in([Status::Open])));
      query!(Ticket.filter(.labels == ["a".to_string()]));
    };
    docs::prelude::run(async |db| {
        let (db, log) = db.logged();
        query!(User.prefetch_related(.orders.items.product)).all(&db).await?;
        println!("{log}");
        log.clear();
        query!(Book.prefetch_related(.tags.order_by(.name), .author.books)).all(&db).await?;
        println!("{log}");
        log.clear();
        query!(User.create(email = "x", active = true)).execute(&db).await?;
        println!("{log}");
        log.clear();
        Product::objects().bulk_create([NewProduct { name: "a".into(), price: 1.0 }]).execute(&db).await?;
        let v = ["a", "b"].map(|n| CreateProduct::from(NewProduct { name: n.into(), price: 1.0 }));
        Product::objects().bulk_create([v[0].clone().category_id(1), v[1].clone()]).execute(&db).await?;
        println!("{log}");
        log.clear();
        let q = query!(Author.filter(.born > 1));
        q.first(&db).await?;
        q.last(&db).await?;
        q.get(&db).await.ok();
        q.count(&db).await?;
        q.exists(&db).await?;
        q.in_bulk(&db, [1, 2]).await?;
        query!(q[2..5]).count(&db).await?;
        println!("{log}");
        log.clear();
        db.create_tables(models![Ticket]).await?;
        println!("{log}");
        log.clear();
        let t = query!(Ticket.create(title = "a", labels = vec!["x".to_string()])).execute(&db).await?;
        Ticket::objects().bulk_create([NewTicket { title: "x".into(), labels: vec![] }]).execute(&db).await?;
        println!("{t:?} {log}");
        log.clear();
        println!("{}", query!(User.create(email = "x", active = true)).execute(&db).await.unwrap_err());
        println!("{}", query!(User.filter(.id == 99)).get(&db).await.unwrap_err());
        println!("{:?}", db.status());
        let r: orm::Result<()> = db
            .transaction(async |tx| {
                query!(User.create(email = "x", active = true)).execute(tx).await.ok();
                Ok(())
            })
            .await;
        println!("{}", r.unwrap_err());
        Ok(())
    });
}
