//! Facts of Django's test folder `queries`: what `exclude` leaves out.

use orm::prelude::*;
use tests::library::{Author, Book, Tag};
use tests::shop::{Category, Item, Order, Product, User};

use super::{ids, library, shop};

#[orm::test]
async fn exclude_keeps_rows_whose_column_is_null(db: Db) -> orm::Result<()> {
    library(&db).await?;
    assert_eq!(ids(&db, query!(Author.exclude(.born == 1815))).await?, [2, 3, 4]);
    assert_eq!(ids(&db, query!(Author.exclude(.born > 1850))).await?, [1, 2, 4]);
    assert_eq!(ids(&db, query!(Author.exclude(.born <= 1850))).await?, [2, 3, 4]);
    assert_eq!(ids(&db, query!(Author.exclude(.born.is_in([1815, 1900])))).await?, [2, 4]);
    assert_eq!(ids(&db, query!(Author.exclude(.born.between(1800, 1850)))).await?, [2, 3, 4]);
    Ok(())
}

#[orm::test]
async fn exclude_of_several_conditions_leaves_out_rows_of_which_all_are_true(db: Db) -> orm::Result<()> {
    library(&db).await?;
    assert_eq!(ids(&db, query!(Book.exclude(.year > 1999, .rating > 4.0))).await?, [2, 3, 4]);
    assert_eq!(ids(&db, query!(Book.exclude(.year > 1999).exclude(.rating > 4.0))).await?, [3]);
    Ok(())
}

#[orm::test]
async fn an_empty_list_excludes_nothing_and_a_list_of_null_only_null(db: Db) -> orm::Result<()> {
    library(&db).await?;
    assert_eq!(ids(&db, query!(Author.exclude(.born.is_in(Vec::<i32>::new())))).await?, [1, 2, 3, 4]);
    // Django strips `None` from the list; to us it is a value like any other.
    assert_eq!(ids(&db, query!(Author.filter(.born.is_in([None, Some(1815)])))).await?, [1, 2, 4]);
    assert_eq!(ids(&db, query!(Author.exclude(.born.is_in([None, Some(1815)])))).await?, [3]);
    assert_eq!(ids(&db, query!(Author.exclude(.born.is_in([None::<i32>])))).await?, [1, 3]);
    Ok(())
}

#[orm::test]
async fn null_among_the_values_of_a_subquery_does_not_empty_its_complement(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    // Django: `NOT IN` with a NULL is true of no row.
    let recipients = query!(Order.values_list(.recipient_id));
    assert_eq!(ids(&db, query!(User.filter(.id.is_in(recipients.clone())))).await?, [1, 2]);
    assert_eq!(ids(&db, query!(User.exclude(.id.is_in(recipients)))).await?, [3]);
    Ok(())
}

#[orm::test]
async fn a_null_operand_is_in_no_subquery(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let users = query!(User.values_list(.id));
    assert_eq!(ids(&db, query!(Order.filter(.recipient_id.is_in(users.clone())))).await?, [1, 3]);
    assert_eq!(ids(&db, query!(Order.exclude(.recipient_id.is_in(users)))).await?, [2, 4]);
    let none = query!(User.filter(.id > 99).values_list(.id));
    assert_eq!(ids(&db, query!(Order.exclude(.recipient_id.is_in(none)))).await?, [1, 2, 3, 4]);
    Ok(())
}

#[orm::test]
async fn exclude_behind_a_nullable_relation_keeps_rows_without_one(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    assert_eq!(ids(&db, query!(Order.exclude(.recipient.email == "a@x"))).await?, [1, 2, 4]);
    assert_eq!(ids(&db, query!(Order.exclude(.recipient.active))).await?, [2, 4]);
    assert_eq!(ids(&db, query!(Order.exclude(.recipient.nick == None))).await?, [3]);
    assert_eq!(ids(&db, query!(Product.exclude(.category.parent.name == "tea"))).await?, [2, 3, 4]);
    assert_eq!(ids(&db, query!(Product.exclude(.category.parent.parent.id == 1))).await?, [1, 3, 4]);
    Ok(())
}

#[orm::test]
async fn exclude_over_a_to_many_relation_asks_for_no_row(db: Db) -> orm::Result<()> {
    library(&db).await?;
    assert_eq!(ids(&db, query!(Author.exclude(.books.any(.year > 2000)))).await?, [2, 4]);
    assert_eq!(ids(&db, query!(Book.exclude(.tags.any(.name == "x")))).await?, [3, 4]);
    assert_eq!(ids(&db, query!(Tag.exclude(.books.any(.author.name == "ada")))).await?, [3, 4]);
    Ok(())
}

#[orm::test]
async fn two_conditions_in_one_question_are_of_one_row_when_excluded_too(db: Db) -> orm::Result<()> {
    library(&db).await?;
    // Django's exclude asks for one row of each condition; ours is the complement of the same filter.
    let both = |q: QuerySet<Author>| query!(q.exclude(.books.any(.year == 2001 && .rating > 4.0)));
    assert_eq!(ids(&db, both(Author::objects())).await?, [1, 2, 3, 4]);
    let each = query!(Author.exclude(.books.any(.year == 2001) && .books.any(.rating > 4.0)));
    assert_eq!(ids(&db, each).await?, [2, 3, 4]);
    Ok(())
}

#[orm::test]
async fn a_double_exclusion_is_the_filter(db: Db) -> orm::Result<()> {
    library(&db).await?;
    for (twice, once) in [
        (query!(Author.exclude(!(.born > 1850))), query!(Author.filter(.born > 1850))),
        (
            query!(Author.exclude(!.books.any(.rating == None))),
            query!(Author.filter(.books.any(.rating == None))),
        ),
        (query!(Author.filter(!!(.born != 1815))), query!(Author.filter(.born != 1815))),
    ] {
        assert_eq!(twice.to_sql().text(), once.to_sql().text());
        assert_eq!(ids(&db, twice).await?, ids(&db, once).await?);
    }
    Ok(())
}

#[orm::test]
async fn columns_compared_with_each_other_are_excluded_with_nulls_kept(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    // Both NULL is equal by Rust's rule, and unknown to SQL.
    assert_eq!(ids(&db, query!(Order.exclude(.note == .recipient.email))).await?, [1, 3, 4]);
    assert_eq!(ids(&db, query!(Order.exclude(.user.id > .recipient_id))).await?, [1, 2, 4]);
    assert_eq!(ids(&db, query!(Order.exclude(.user_id == .recipient.id))).await?, [1, 2, 3, 4]);
    assert_eq!(
        ids(&db, query!(Category.filter(.parent.parent_id == .parent.parent.parent_id))).await?,
        [1, 2, 4]
    );
    Ok(())
}

#[orm::test]
async fn exclude_reaches_through_to_many_and_nullable_relations_together(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    assert_eq!(
        ids(&db, query!(Order.exclude(.items.any(.product.category.parent.name == "tea")))).await?,
        [2, 4]
    );
    assert_eq!(ids(&db, query!(Order.exclude(.items.all(.product.price > 4.0)))).await?, [3]);
    assert_eq!(ids(&db, query!(Item.exclude(.order.recipient.orders.any(.total > 5.0)))).await?, [1, 2, 3]);
    assert_eq!(ids(&db, query!(User.exclude(.orders.items.any(.product.name == "sencha")))).await?, [3]);
    Ok(())
}
