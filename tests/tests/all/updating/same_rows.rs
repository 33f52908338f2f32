//! Selecting, updating and deleting by one filter touch the same rows, and its complement the others.

use orm::prelude::*;
use tests::shop::{Item, Order};

use super::filled;

fn filters() -> Vec<(&'static str, QuerySet<Order>, QuerySet<Order>)> {
    macro_rules! both {
        ($($condition:tt)*) => {
            (stringify!($($condition)*), query!(Order.filter($($condition)*)), query!(Order.exclude($($condition)*)))
        };
    }
    vec![
        both!(.note == None),
        both!(.note != "note 1"),
        both!(.note > "note 1"),
        both!(.note.contains("3") || .total > 40.0),
        both!(.recipient.nick == "nick 1"),
        both!(.recipient.nick != "nick 1"),
        both!(.recipient.nick < "nick 2" && .total > 10.0),
        both!(.user.active, .recipient.id == None || .note == None),
        both!(.user.nick == None || .recipient.email == .user.email),
        both!(.items.any(.quantity > 1 && .product.name == "tea")),
        both!(.items.all(.quantity > 5)),
        both!(.user.orders.any(.note == "note 3")),
        both!(.recipient.orders.none(.total > 20.0)),
        both!(.user.profile.city == None),
        both!(.recipient_id.is_in([Some(1), None])),
        both!(.total > 1000.0),
    ]
}

async fn keys(db: &impl Executor, query: &QuerySet<Order>) -> orm::Result<Vec<i64>> {
    Ok(query.clone().order_by(|o| o.id()).all(db).await?.into_iter().map(|order| order.id).collect())
}

fn sorted(mut keys: Vec<i64>) -> Vec<i64> {
    keys.sort_unstable();
    keys
}

#[orm::test]
async fn select_update_and_delete_agree(db: Db) -> orm::Result<()> {
    filled(&db).await?;
    for (name, filter, exclude) in filters() {
        let (selected, others) = (keys(&db, &filter).await?, keys(&db, &exclude).await?);
        assert_eq!(sorted([selected.clone(), others.clone()].concat()), [1, 2, 3, 4, 5, 6], "{name}");
        for (query, expected) in [(filter, selected), (exclude, others)] {
            let tx = db.begin().await?;
            let plain = query!(query.update(total = .total + 1.0).returning(.id)).execute(&tx).await?;
            assert_eq!(sorted(plain), expected, "{name}");
            tx.rollback().await?;
            let tx = db.begin().await?;
            let joined = query!(query.update(note = .user.email).returning(.id)).execute(&tx).await?;
            assert_eq!(sorted(joined), expected, "{name}");
            let changed = keys(&tx, &query!(Order.filter(.note == .user.email))).await?;
            assert_eq!(changed, expected, "{name}");
            tx.rollback().await?;
            let tx = db.begin().await?;
            let deleted = query!(query.delete().returning(.id)).execute(&tx).await?;
            assert_eq!(sorted(deleted), expected, "{name}");
            assert_eq!(query!(Order).count(&tx).await?, 6 - expected.len() as i64, "{name}");
            tx.rollback().await?;
        }
    }
    assert_eq!((query!(Order).count(&db).await?, query!(Item).count(&db).await?), (6, 3));
    Ok(())
}
