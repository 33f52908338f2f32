//! Facts of Django's test folders `defer` and `prefetch_related`, for rows narrowed to a struct.

use orm::prelude::*;
use tests::library::{Author, Book, Tag};
use tests::shop::{Category, Item, Order, Product, User};

use super::{library, shop};

#[derive(Projection, Debug, Clone, PartialEq)]
#[projection(model = Item)]
struct Line {
    quantity: i32,
    #[projection(.product.name.upper())]
    product: String,
    #[projection(.quantity.cast::<f64>() * .product.price)]
    worth: f64,
}

#[derive(Projection, Debug, Clone, PartialEq)]
#[projection(model = Order)]
struct Bill {
    id: i64,
    #[projection(.user.email)]
    of: String,
    #[projection(.recipient.profile.city)]
    city: Option<String>,
    #[projection(if .total > 25.0 { "large" } else { "small" })]
    size: String,
    #[projection(.items.quantity.sum())]
    pieces: Option<i64>,
    #[projection(nested = items)]
    lines: Vec<Line>,
}

#[derive(Projection, Debug, Clone, PartialEq)]
#[projection(model = User)]
struct Customer {
    email: String,
    #[projection(nested = orders)]
    bills: Vec<Bill>,
}

#[orm::test]
async fn expressions_and_lists_within_lists(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let (db, log) = db.logged();
    let customers =
        query!(User.filter(.orders.any(.total > 15.0)).order_by(.id).project::<Customer>()).all(&db).await?;
    assert_eq!(log.count(), 3, "{log}");
    assert_eq!(customers.len(), 3);
    let bill = customers[0].bills.iter().find(|bill| bill.id == 1).expect("the bill");
    assert_eq!(
        (bill.of.as_str(), bill.city.as_deref(), bill.size.as_str(), bill.pieces),
        ("ada@x", None, "small", Some(3))
    );
    assert_eq!(bill.lines.iter().map(|line| line.worth).sum::<f64>(), 22.0);
    let all: usize = customers.iter().flat_map(|customer| &customer.bills).map(|bill| bill.lines.len()).sum();
    assert_eq!(all, 6);
    assert_eq!(customers[1].bills[0].city.as_deref(), Some("Paris"));
    Ok(())
}

#[orm::test]
async fn filters_orders_and_slices_around_a_projection(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let bills = query!(Order.filter(.items.count() > 0).exclude(.user.email == "bob@x").order_by(-.total));
    let page = query!(bills.project::<Bill>()[1..3]).all(&db).await?;
    assert_eq!(page.iter().map(|bill| (bill.id, bill.lines.len())).collect::<Vec<_>>(), [(2, 1), (1, 2)]);
    let first = query!(bills[..1].project::<Bill>()).get(&db).await?;
    assert_eq!((first.id, first.pieces), (5, Some(13)));
    assert_eq!(query!(bills.project::<Bill>()).count(&db).await?, 3);
    Ok(())
}

#[orm::test]
async fn rows_filtered_by_a_window_are_projected(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let newest = query!(Order
        .annotate(n = orm::functions::row_number().partition_by(.user_id).order_by(-.total))
        .filter(.n == 1)
        .order_by(.id));
    let bills = query!(newest.project::<Bill>()).all(&db).await?;
    assert_eq!(
        bills.iter().map(|bill| (bill.id, bill.lines.len())).collect::<Vec<_>>(),
        [(2, 1), (3, 1), (5, 2)]
    );
    Ok(())
}

#[orm::test]
async fn rows_of_a_row_in_hand_are_projected(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let order = query!(Order.filter(.id == 5)).get(&db).await?;
    let lines =
        query!(order.related(.items).objects().order_by(.quantity).project::<Line>()).all(&db).await?;
    assert_eq!(
        lines,
        [
            Line { quantity: 3, product: "GREEN".into(), worth: 24.0 },
            Line { quantity: 10, product: "MISC".into(), worth: 10.0 }
        ]
    );
    Ok(())
}

#[derive(Projection, Debug, PartialEq)]
#[projection(model = Tag)]
struct Label {
    name: String,
    #[projection(.books.filter(.rating != None).count())]
    rated: i64,
}

#[derive(Projection, Debug, PartialEq)]
#[projection(model = Book)]
struct Entry {
    title: String,
    #[projection(nested)]
    tags: Vec<Label>,
    #[projection(nested)]
    author: Writer,
}

#[derive(Projection, Debug, PartialEq)]
#[projection(model = Author)]
struct Writer {
    name: String,
    #[projection(.born + 100)]
    centenary: Option<i32>,
}

#[orm::test]
async fn a_many_to_many_list_and_a_row_beside_it(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let entries =
        query!(Book.filter(.tags.any(.name == "math")).order_by(.title).project::<Entry>()).all(&db).await?;
    assert_eq!(entries.len(), 2);
    assert_eq!(entries[0].author, Writer { name: "Ada".into(), centenary: Some(1915) });
    assert_eq!(entries[1].author, Writer { name: "Bo".into(), centenary: None });
    let mut labels: Vec<_> = entries[0].tags.iter().map(|label| (label.name.as_str(), label.rated)).collect();
    labels.sort_unstable();
    assert_eq!(labels, [("math", 2), ("old", 1)]);
    Ok(())
}

#[orm::test]
async fn a_projection_of_distinct_and_of_combined_rows(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let first = query!(Book.distinct_on(.author_id).order_by(-.year).project::<Entry>()).all(&db).await?;
    assert_eq!(first.iter().map(|entry| entry.title.as_str()).collect::<Vec<_>>(), ["Letters", "Clouds"]);
    let both = query!(Book.filter(.id == 1)).union(query!(Book.filter(.year > 2005)));
    let both = query!(both.order_by(.id).project::<Entry>()).all(&db).await?;
    assert_eq!(both.iter().map(|entry| entry.tags.len()).collect::<Vec<_>>(), [2, 0]);
    Ok(())
}

#[derive(Projection, Debug, PartialEq)]
#[projection(model = Product)]
struct Shelf {
    name: String,
    #[projection(nested)]
    category: Option<Place>,
}

#[derive(Projection, Debug, PartialEq)]
#[projection(model = Category)]
struct Place {
    name: String,
    #[projection(.products.count())]
    products: i64,
    #[projection(nested = children)]
    below: Vec<Category>,
}

#[orm::test]
async fn lists_below_a_row_that_may_not_be_there(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let shelves = query!(Product.order_by(.id).project::<Shelf>()).all(&db).await?;
    assert_eq!(shelves[3].category, None);
    let tea = shelves[0].category.as_ref().expect("a category");
    assert_eq!((tea.name.as_str(), tea.products, tea.below.len()), ("tea", 2, 0));
    query!(Product.filter(.id == 4).update(category_id = 1)).execute(&db).await?;
    let misc = query!(Product.filter(.id == 4).project::<Shelf>()).get(&db).await?;
    assert_eq!(misc.category.expect("a category").below.len(), 1);
    Ok(())
}
