//! Where models can be declared, and how visible they are.

use orm::prelude::*;

#[orm::test]
async fn inside_a_function(db: Db) -> orm::Result<()> {
    #[derive(Model, Debug, Clone)]
    #[model(has_many(inners: Inner.outer))]
    struct Outer {
        id: i64,
        mood: Mood,
    }
    #[derive(Model, Debug, Clone)]
    struct Inner {
        id: i64,
        #[model(belongs_to = Outer, on_delete = cascade)]
        outer_id: i64,
    }
    #[derive(Enum, Debug, Clone, PartialEq)]
    enum Mood {
        Good,
    }
    db.create_tables(models![Outer, Inner]).await?;
    let outer = query!(Outer.create(mood = Mood::Good)).execute(&db).await?;
    query!(Inner.create(outer_id = outer.id)).execute(&db).await?;
    let row: loaded!(Inner { outer { inners } }) =
        query!(Inner.filter(.outer.mood == Mood::Good).prefetch_related(.outer.inners)).get(&db).await?;
    assert_eq!(row.outer().inners()[0].id, row.id);
    Ok(())
}

mod library {
    use orm::Model;

    #[derive(Model, Debug, Clone)]
    #[model(table = "rooms", has_many(shelves: inner::Shelf.room))]
    pub(super) struct Room {
        pub(super) id: i64,
        pub(super) name: String,
    }

    pub(super) mod inner {
        use orm::Model;

        #[derive(Model, Debug, Clone)]
        #[model(table = "shelves", has_many(copies: deeper::Copy.shelf))]
        pub(in super::super) struct Shelf {
            pub(in super::super) id: i64,
            #[model(belongs_to = super::Room)]
            pub(in super::super) room_id: i64,
        }

        pub(in super::super) mod deeper {
            use orm::Model;

            #[derive(Model, Debug, Clone)]
            #[model(table = "copies")]
            pub(in super::super::super) struct Copy {
                pub(in super::super::super) id: i64,
                #[model(belongs_to = super::super::inner::Shelf)]
                pub(in super::super::super) shelf_id: i64,
                #[model(belongs_to = crate::hygiene::places::library::Room)]
                pub(in super::super::super) room_id: Option<i64>,
                #[model(belongs_to = tests::library::Author)]
                pub(in super::super::super) author_id: Option<i64>,
            }
        }
    }
}

#[orm::test]
async fn in_nested_modules_and_another_crate(db: Db) -> orm::Result<()> {
    use library::inner::{Shelf, deeper::Copy};
    db.create_tables(models![Copy, Shelf, library::Room, tests::library::Author]).await?;
    let author = query!(tests::library::Author.create(name = "ada")).execute(&db).await?;
    let room = query!(library::Room.create(name = "east")).execute(&db).await?;
    let shelf = query!(library::inner::Shelf.create(room_id = room.id)).execute(&db).await?;
    query!(Copy.create(shelf_id = shelf.id)).room_id(room.id).author_id(author.id).execute(&db).await?;
    let row = query!(library::inner::deeper::Copy
        .filter(.shelf.room.name == "east", .author.name == "ada")
        .prefetch_related(.shelf.room.shelves.copies, .room, .author.books))
    .prefetch_related(|c| c.room().shelves());
    let sql = row.to_sql().to_string();
    assert!(sql.contains(r#"LEFT JOIN "authors""#), "{sql}");
    db.create_tables(models![tests::library::Book]).await?;
    let row: loaded!(library::inner::deeper::Copy {
        shelf { room { shelves { copies } } },
        room { shelves },
        author { books }
    }) = row.get(&db).await?;
    assert_eq!(row.shelf().room().shelves()[0].copies()[0].id, row.id);
    assert_eq!(row.room().map(|r| r.shelves().len()), Some(1));
    assert_eq!(row.author().map(|a| (a.id, a.books().len())), Some((author.id, 0)));
    Ok(())
}

#[allow(unreachable_pub)]
mod private {
    /// Visible to its module's users, with a column and a relation that are not.
    #[derive(orm::Model, Debug, Clone)]
    #[model(table = "accounts")]
    pub struct Account {
        pub id: i64,
        pub name: String,
        #[model(default = "'secret'")]
        token: String,
        #[model(belongs_to = Owner)]
        owner_id: Option<i64>,
    }

    #[derive(orm::Model, Debug, Clone)]
    #[model(table = "owners", has_many(accounts: Account.owner))]
    pub struct Owner {
        id: i64,
    }

    #[derive(orm::Model, Debug, Clone)]
    #[model(table = "visits")]
    struct Visit {
        id: i64,
        #[model(belongs_to = Account)]
        account_id: i64,
    }

    pub async fn open(db: &orm::Db) -> orm::Result<Account> {
        db.create_tables(orm::models![Account, Owner, Visit]).await?;
        let owner = orm::query!(Owner.create()).execute(db).await?;
        orm::query!(Account.create(name = "a")).owner_id(owner.id).execute(db).await
    }

    pub async fn owned(db: &orm::Db, account: &Account) -> orm::Result<usize> {
        let filtered =
            orm::query!(Account.filter(.token == "secret", .id == account.id).select_related(.owner));
        let row = filtered.get(db).await?;
        let owner = orm::query!(Owner.filter(.id == row.owner().map(|o| o.id)).prefetch_related(.accounts));
        orm::query!(Visit.create(account_id = account.id)).execute(db).await?;
        let visit: orm::loaded!(Visit { account { owner } }) =
            orm::query!(Visit.filter(.account.token == "secret").select_related(.account.owner))
                .get(db)
                .await?;
        assert_eq!(visit.account().owner().map(|o| o.id), account.owner_id);
        Ok(owner.get(db).await?.accounts().len())
    }
}

#[orm::test]
async fn private_columns_and_relations_are_their_modules(db: Db) -> orm::Result<()> {
    let account = private::open(&db).await?;
    assert_eq!(private::owned(&db, &account).await?, 1);
    assert_eq!(query!(private::Account.filter(.name == "a")).get(&db).await?.id, account.id);
    Ok(())
}
