//! Links that are more than their two ends, or that nothing keeps apart.

use orm::prelude::*;

#[derive(Model, Debug, Clone, PartialEq)]
#[model(
    table = "people",
    many_to_many(groups: Group, through = Membership(person, group)),
    many_to_many(visited: Group, through = Visit(person, group))
)]
struct Person {
    id: i64,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "groups")]
struct Group {
    id: i64,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "memberships")]
struct Membership {
    #[model(primary_key, belongs_to = Person)]
    person_id: i64,
    #[model(primary_key, belongs_to = Group)]
    group_id: i64,
    role: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "visits")]
struct Visit {
    id: i64,
    #[model(belongs_to = Person)]
    person_id: i64,
    #[model(belongs_to = Group)]
    group_id: i64,
}

#[orm::test]
async fn links_are_deleted_but_not_inserted(db: Db) -> orm::Result<()> {
    db.create_tables(models![Person, Group, Membership, Visit]).await?;
    let person = query!(Person.create()).execute(&db).await?;
    let group = query!(Group.create()).execute(&db).await?;
    let (db, log) = db.logged();
    for change in
        [person.related(|p| p.groups()).add([group.id]), person.related(|p| p.groups()).set([group.id])]
    {
        let error = change.execute(&db).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "`Membership` has a required column `role`, so that a link is more than its two ends: create rows of \
             `Membership`"
        );
    }
    let error = person.related(|p| p.visited()).add([group.id]).execute(&db).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "`Visit` may link the same rows twice: declare `(person_id, group_id)` its primary key, or `unique`"
    );
    assert_eq!(log.queries().len(), 0);

    query!(Membership.create(person_id = person.id, group_id = group.id, role = "r")).execute(&db).await?;
    assert_eq!(query!(person.related(.groups).objects()).get(&db).await?, group);
    assert_eq!(query!(person.related(.groups).remove([group.id])).execute(&db).await?, 1);
    assert_eq!(query!(person.related(.visited).clear()).execute(&db).await?, 0);
    Ok(())
}
