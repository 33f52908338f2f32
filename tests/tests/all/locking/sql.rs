//! What is sent.

use orm::prelude::*;
use tests::shop::{Item, Order, Product, User};

fn tail<M: Model, S: orm::Row<Model = M>, St: orm::types::State>(query: &QuerySet<M, S, St>) -> String {
    let sql = query.to_sql();
    let (_, tail) = sql.text().split_once(" FROM ").expect("a FROM");
    tail.into()
}

#[test]
fn every_strength_and_what_to_do_about_others() {
    let users = r#""users" t0 "#;
    for (query, lock) in [
        (tail(&query!(User.select_for_update())), "FOR UPDATE OF t0"),
        (tail(&query!(User.select_for_share())), "FOR SHARE OF t0"),
        (tail(&query!(User.select_for_key_share())), "FOR KEY SHARE OF t0"),
        (tail(&query!(User.select_for_update().no_key())), "FOR NO KEY UPDATE OF t0"),
        (tail(&query!(User.select_for_share().no_key())), "FOR SHARE OF t0"),
        (tail(&query!(User.select_for_update().nowait())), "FOR UPDATE OF t0 NOWAIT"),
        (tail(&query!(User.select_for_update().skip_locked())), "FOR UPDATE OF t0 SKIP LOCKED"),
        (tail(&query!(User.select_for_update().nowait().no_key())), "FOR NO KEY UPDATE OF t0 NOWAIT"),
        (tail(&query!(User.select_for_key_share().skip_locked())), "FOR KEY SHARE OF t0 SKIP LOCKED"),
    ] {
        assert_eq!(query, format!("{users}{lock}"));
    }
}

#[test]
fn it_comes_last_whatever_is_said_after_it() {
    let query =
        query!(Order.select_for_update().skip_locked().filter(.total > 1.0).order_by(-.id)[5..][..10]);
    let expected = r#""orders" t0 WHERE t0."total" > $1 ORDER BY t0."id" DESC LIMIT 10 OFFSET 5 FOR UPDATE OF t0 SKIP LOCKED"#;
    assert_eq!(tail(&query), expected);
    let after =
        query!(Order.filter(.total > 1.0).order_by(-.id)[5..][..10].select_for_update().skip_locked());
    assert_eq!(tail(&after), expected);
    let methods = Order::objects()
        .select_for_update()
        .skip_locked()
        .filter(|o| o.total().gt(1.0))
        .order_by(|o| o.id().desc())
        .offset(5)
        .limit(10);
    assert_eq!(tail(&methods), expected);
}

#[test]
fn joined_tables_are_not_locked() {
    let query = query!(Order.filter(.user.active).select_related(.recipient).select_for_update());
    assert_eq!(
        tail(&query),
        r#""orders" t0 LEFT JOIN "users" t1 ON t1."id" = t0."recipient_id" JOIN "users" t2 ON t2."id" = t0."user_id" WHERE t2."active" FOR UPDATE OF t0"#
    );
}

#[test]
fn named_tables_are_joined_and_locked() {
    let query = query!(Item.select_for_update().of(.order.user, .product).nowait());
    let expected = r#""items" t0 JOIN "orders" t1 ON t1."id" = t0."order_id" JOIN "users" t2 ON t2."id" = t1."user_id" JOIN "products" t3 ON t3."id" = t0."product_id" FOR UPDATE OF t0, t2, t3 NOWAIT"#;
    assert_eq!(tail(&query), expected);
    let methods = Item::objects().select_for_update().of(|i| (i.order().user(), i.product())).nowait();
    assert_eq!(tail(&methods), expected);
    let one = Item::objects().select_for_update().of(|i| i.product());
    assert!(tail(&one).ends_with("FOR UPDATE OF t0, t1"), "{}", tail(&one));
}

#[test]
fn a_table_is_named_once_and_shares_its_join() {
    let query = query!(Item
        .select_related(.product)
        .filter(.product.price > 1.0)
        .select_for_update()
        .of(.product)
        .of(.product));
    assert_eq!(
        tail(&query),
        r#""items" t0 JOIN "products" t1 ON t1."id" = t0."product_id" WHERE t1."price" > $1 FOR UPDATE OF t0, t1"#
    );
}

#[test]
fn asked_for_again_the_last_one_holds() {
    let query = query!(Item.select_for_update().of(.product).nowait().select_for_share().skip_locked());
    assert_eq!(tail(&query), r#""items" t0 FOR SHARE OF t0 SKIP LOCKED"#);
}

#[test]
fn a_clone_stays_as_it_was() {
    let products = query!(Product.filter(.price > 1.0));
    let locked = query!(products.select_for_update());
    let skipping = query!(locked.skip_locked());
    assert!(!products.to_sql().text().contains("FOR"));
    assert!(tail(&locked).ends_with("FOR UPDATE OF t0"));
    assert!(tail(&skipping).ends_with("SKIP LOCKED"));
}
