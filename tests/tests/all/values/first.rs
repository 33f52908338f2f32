use orm::functions::*;
use orm::prelude::*;
use tests::library::{self, *};
use tests::shop::{self, *};

#[orm::test]
async fn smoke(db: Db) -> orm::Result<()> {
    shop::create_tables(&db).await?;
    library::create_tables(&db).await?;
    db.batch_execute("INSERT INTO users (email, active) VALUES ('a', true), ('b', true), ('c', false);
        INSERT INTO orders (user_id, total) VALUES (1, 10), (1, 20), (2, 5);
        INSERT INTO products (name, price) VALUES ('p', 1);
        INSERT INTO items (order_id, product_id, quantity) VALUES (1, 1, 3), (2, 1, 4);
        INSERT INTO authors (name, born) VALUES ('x', 1900), ('y', NULL);
        INSERT INTO books (author_id, title, year, rating) VALUES (1, 'A', 2000, 1.0), (1, 'B', 2001, NULL), (1, 'C', 2002, 3.0), (2, 'D', 1999, NULL);
        INSERT INTO tags (name) VALUES ('t'), ('u'); INSERT INTO book_tags VALUES (1,1),(1,2),(2,1),(4,2);").await?;
    let q = query!(User.annotate(n = .orders.count(), spent = .orders.total.sum()).order_by(.id));
    println!("{}", q.to_sql());
    let users = q.all(&db).await?;
    println!("{users:?}");
    assert_eq!(users[0].n, 2);
    assert_eq!(users[2].spent, None);
    assert_eq!(users[0].email, "a");
    let q = query!(q.filter(.n > 0 && .active).order_by(-.n).prefetch_related(.orders.items));
    println!("{}", q.to_sql());
    for u in q.all(&db).await? {
        println!("{} {} {:?} {}", u.email, u.n, u.spent, u.orders().len());
    }
    let q = query!(User.annotate(n = .orders.filter(.total > 7.0).count(), q = .orders.items.sum(.quantity)).order_by(.id)[1..3]);
    println!("{}", q.to_sql());
    println!("{:?}", q.all(&db).await?);
    let q = query!(Order.aggregate(n = .count(), total = .total.sum(), m = .total.max()));
    println!("{}", q.to_sql());
    let t = q.get(&db).await?;
    assert_eq!((t.n, t.total, t.m), (3, Some(35.0), Some(20.0)));
    let q = query!(Order.group_by(.user_id).annotate(n = .count(), total = .total.sum().default(0.0)).filter(.n > 1).order_by(-.total));
    println!("{}", q.to_sql());
    let g = q.all(&db).await?;
    assert_eq!((g[0].user_id, g[0].n, g[0].total), (1, 2, 30.0));
    assert_eq!(q.count(&db).await?, 1);
    let q = query!(Order.filter(.user.active).values(.id, mail = .user.email).order_by(.mail, .id));
    println!("{}", q.to_sql());
    println!("{:?}", q.all(&db).await?);
    let ids: Vec<i64> = query!(Order.values_list(.id).order_by(.id)).all(&db).await?;
    assert_eq!(ids, [1, 2, 3]);
    let q = query!(User.filter(.id.is_in(query!(Order.filter(.total > 7.0).values_list(.user_id)))));
    println!("{}", q.to_sql());
    assert_eq!(q.count(&db).await?, 1);
    let q = query!(User.filter(exists(Order.filter(.user_id == outer(.id) && .total < 6.0))));
    println!("{}", q.to_sql());
    assert_eq!(q.count(&db).await?, 1);
    let q = query!(User.annotate(last = subquery(Order.filter(.user_id == outer(.id)).order_by(-.total).values_list(.total))).order_by(.id));
    println!("{}", q.to_sql());
    println!("{:?}", q.all(&db).await?);
    let q = query!(Order.annotate(r = row_number().partition_by(.user_id).order_by(-.total)).filter(.r <= 1).order_by(.id).select_related(.user));
    println!("{}", q.to_sql());
    let o = q.all(&db).await?;
    assert_eq!(o.len(), 2);
    println!("{} {}", o[0].r, o[0].user().email);
    let q = query!(Author.prefetch_related(recent = .books.filter(.year > 1990).order_by(-.year)[..2], .books).order_by(.id));
    let (db, log) = db.logged();
    let a = q.all(&db).await?;
    println!("{log}");
    assert_eq!(a[0].recent.len(), 2);
    assert_eq!(a[0].recent[0].title, "C");
    assert_eq!(a[0].books().len(), 3);
    let q = query!(Tag.prefetch_related(top = .books.order_by(-.year).prefetch_related(.tags)[..1], titles = .books.values_list(.title)).order_by(.id));
    log.clear();
    let t = q.all(&db).await?;
    println!("{log}");
    println!("{t:?}");
    assert_eq!(t[0].top[0].title, "B");
    let q = query!(Order.filter(.total > 6.0)).union(query!(Order.filter(.total < 15.0)));
    let q = query!(q.filter(.user.active).order_by(.id).select_related(.user)[..2]);
    println!("{}", q.to_sql());
    assert_eq!(q.all(&db).await?.len(), 2);
    let q = query!(Order.distinct_on(.user_id).order_by(-.total));
    println!("{}", q.to_sql());
    assert_eq!(q.all(&db).await?.len(), 2);
    let q = query!(Order.values_list(.user_id).distinct().order_by(-.total));
    println!("{}", q.to_sql());
    assert_eq!(q.all(&db).await?, [1, 2]);
    let t = query!(Order.annotate(n = .items.count())[..2].aggregate(m = .n.max(), a = .total.avg()))
        .get(&db)
        .await?;
    println!("{t:?}");
    Ok(())
}
