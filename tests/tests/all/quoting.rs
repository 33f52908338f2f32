//! Names that SQL must quote.

use orm::prelude::*;

#[derive(Enum, Debug, Clone, Copy, PartialEq)]
#[model(name = "Ty\"pe")]
enum Type {
    #[model(name = "NULL")]
    Null,
    #[model(name = "it's \\ \"q\"")]
    Quoted,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(
    table = "order",
    schema = "Sch\"ema",
    has_many(lines: Line.order),
    many_to_many(users: User, through = Line(order, user)),
    unique(select, größe),
    index(mixed)
)]
struct Order {
    #[model(column = "I\"D")]
    id: i64,
    select: String,
    #[model(column = "Größe")]
    größe: Option<i32>,
    r#type: Type,
    #[model(column = "mixedCase", default = "'d''é'")]
    mixed: String,
    #[model(column = "a\"b; DROP TABLE \"c")]
    quoted: i32,
    #[model(column = "$1 -- ?")]
    dollar: Option<bool>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "user", has_many(lines: Line.user))]
struct User {
    #[model(primary_key, column = "table")]
    r#where: String,
    #[model(column = "Sch\"ema")]
    name: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "select from", schema = "Sch\"ema")]
struct Line {
    #[model(primary_key, column = "order", belongs_to = Order, as = order, on_delete = cascade)]
    order_id: i64,
    #[model(primary_key, column = "user\"", belongs_to = User, as = user)]
    user_id: String,
    #[model(column = "LIMIT")]
    limit: i16,
}

fn order(select: &str, größe: Option<i32>, quoted: i32) -> CreateOrder {
    let r#type = if quoted == 2 { Type::Null } else { Type::Quoted };
    let new = NewOrder { select: select.into(), r#type, quoted };
    CreateOrder::from(new).größe(größe)
}

async fn stored(db: &Db) -> orm::Result<Vec<i64>> {
    db.create_tables(models![Order, User, Line]).await?;
    let one = order("from", Some(3), 7).mixed("M").dollar(true).execute(db).await?;
    let rows = [order("a", None, 1), order("b", Some(5), 2).mixed("x")];
    let mut keys = Order::objects().bulk_create(rows).execute(db).await?;
    keys.insert(0, one.id);
    let users = ["u", "U"].map(|id| NewUser { r#where: id.into(), name: format!("n{id}") });
    let users = User::objects().bulk_create(users).execute(db).await?;
    let lines = keys.iter().flat_map(|&order_id| {
        users.iter().map(move |user| NewLine { order_id, user_id: user.clone(), limit: order_id as i16 })
    });
    let lines = Line::objects().bulk_create(lines.take(5)).execute(db).await?;
    assert_eq!(lines[1], (keys[0], "U".to_owned()));
    Ok(keys)
}

#[orm::test]
async fn rows_are_created_and_found_by_every_column(db: Db) -> orm::Result<()> {
    let keys = stored(&db).await?;
    assert_eq!(keys, [1, 2, 3]);
    let ids = |query: QuerySet<Order>| {
        let db = &db;
        async move { Ok::<_, orm::Error>(query.all(db).await?.iter().map(|o| o.id).collect::<Vec<_>>()) }
    };
    for (query, expected) in [
        (query!(Order.filter(.id == 1)), 1),
        (query!(Order.filter(.select == "from")), 1),
        (query!(Order.filter(.größe == 5)), 3),
        (query!(Order.filter(.größe == None)), 2),
        (query!(Order.filter(.r#type == Type::Null)), 3),
        (query!(Order.filter(.r#type.is_in([Type::Null]))), 3),
        (query!(Order.filter(.mixed == "d'é")), 2),
        (query!(Order.filter(.mixed.icontains("m"))), 1),
        (query!(Order.filter(.quoted % 5 == 2 && .quoted > 2)), 1),
        (query!(Order.filter(.dollar)), 1),
        (query!(Order.exclude(.quoted > 1)), 2),
        (query!(Order.filter(.größe > .quoted)), 3),
        (query!(Order.filter(.lines.any(.limit == 2))), 2),
        (query!(Order.filter(.users.all(.name == "nu"))), 3),
    ] {
        assert_eq!(ids(query.clone()).await?, [expected], "{}", query.to_sql());
    }
    assert_eq!(ids(query!(Order.order_by(.größe.desc().nulls_last(), .r#type))).await?, [3, 1, 2]);
    assert_eq!(ids(query!(Order.order_by(-.quoted))).await?, [1, 3, 2]);
    assert_eq!(Order::objects().in_bulk(&db, [3]).await?[&3].r#type, Type::Null);
    assert_eq!(Order::objects().last(&db).await?.map(|o| o.select), Some("b".into()));
    Ok(())
}

#[orm::test]
async fn relations_are_joined_and_prefetched(db: Db) -> orm::Result<()> {
    stored(&db).await?;
    let lines = query!(Line.filter(.order.mixed != "x", .user.name == "nU")
        .select_related(.order, .user)
        .order_by(-.order.größe, .limit))
    .all(&db)
    .await?;
    let found: Vec<_> = lines.iter().map(|l| (l.order().id, l.user().name.as_str())).collect();
    assert_eq!(found, [(2, "nU"), (1, "nU")]);

    let orders = query!(Order
        .prefetch_related(.lines.user, .lines.order_by(-.user_id), .users.order_by(.r#where))
        .order_by(.id))
    .all(&db)
    .await?;
    let lines = |i: usize| orders[i].lines().iter().map(|l| l.user().name.as_str()).collect::<Vec<_>>();
    let mut users: Vec<&str> = orders[0].users().iter().map(|u| u.name.as_str()).collect();
    users.reverse();
    assert_eq!(lines(0), users, "the one in the opposite order of the other");
    assert_eq!((lines(0).len(), lines(1).len(), lines(2).as_slice()), (2, 2, ["nu"].as_slice()));
    Ok(())
}

#[orm::test]
async fn constraints_are_made_and_named_by_the_server(db: Db) -> orm::Result<()> {
    stored(&db).await?;
    let error = order("from", Some(3), 9).execute(&db).await.unwrap_err();
    assert!(error.is_unique_violation(), "{error}");
    assert_eq!(error.constraint(), Some("order_select_Größe_key"));
    let error = query!(Line.create(order_id = 99, user_id = "u", limit = 1)).execute(&db).await.unwrap_err();
    assert!(error.is_foreign_key_violation(), "{error}");
    Ok(())
}
