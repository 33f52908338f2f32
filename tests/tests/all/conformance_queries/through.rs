//! Facts of Django's test folder `m2m_through`: a linking model is a model like others.

use orm::prelude::*;

use super::{ids, listed};

#[derive(Model, Debug, Clone, PartialEq)]
#[model(
    table = "members",
    has_many(memberships: Membership.member),
    many_to_many(clubs: Club, through = Membership(member, club))
)]
struct Member {
    id: i64,
    name: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(
    table = "clubs",
    has_many(memberships: Membership.club),
    many_to_many(members: Member, through = Membership(club, member))
)]
struct Club {
    id: i64,
    name: String,
}

/// A membership, which may be repeated and may be of nobody yet.
#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "memberships")]
struct Membership {
    id: i64,
    #[model(belongs_to = Member)]
    member_id: Option<i64>,
    #[model(belongs_to = Club)]
    club_id: i64,
    since: i32,
    #[model(belongs_to = Member)]
    inviter_id: Option<i64>,
}

async fn clubs(db: &Db) -> orm::Result<()> {
    db.create_tables(models![Member, Club, Membership]).await?;
    db.batch_execute(
        "INSERT INTO members (name) VALUES ('a'), ('b'), ('c');
         INSERT INTO clubs (name) VALUES ('chess'), ('go'), ('none');
         INSERT INTO memberships (member_id, club_id, since, inviter_id) VALUES (1, 1, 2000, NULL), (2, 1, 2005, 1),
            (1, 2, 2010, 2), (1, 2, 2020, NULL), (NULL, 2, 2021, 1)",
    )
    .await
}

#[orm::test]
async fn a_relation_is_found_by_columns_of_its_link(db: Db) -> orm::Result<()> {
    clubs(&db).await?;
    assert_eq!(ids(&db, query!(Member.filter(.memberships.any(.since > 2008)))).await?, [1]);
    assert_eq!(
        ids(&db, query!(Member.filter(.memberships.any(.since > 2008 && .club.name == "chess")))).await?,
        Vec::<i64>::new()
    );
    assert_eq!(
        ids(&db, query!(Club.filter(.memberships.any(.member.name == "b" && .since == 2005)))).await?,
        [1]
    );
    assert_eq!(ids(&db, query!(Club.filter(.memberships.any(.inviter.name == "a")))).await?, [1, 2]);
    Ok(())
}

#[orm::test]
async fn a_link_to_nobody_is_a_link_and_no_member(db: Db) -> orm::Result<()> {
    clubs(&db).await?;
    let clubs = query!(Club.annotate(links = .memberships.count(), people = .members.count()).order_by(.id));
    let counts: Vec<_> = clubs.all(&db).await?.iter().map(|club| (club.links, club.people)).collect();
    assert_eq!(counts, [(2, 2), (3, 2), (0, 0)]);
    assert_eq!(ids(&db, query!(Club.filter(.memberships.any(.member.id == None)))).await?, [2]);
    assert_eq!(ids(&db, query!(Club.filter(.members.all(.name == "a")))).await?, [2, 3]);
    let loaded = query!(Club.prefetch_related(.members, .memberships.member).order_by(.id)).all(&db).await?;
    assert_eq!(loaded.iter().map(|club| club.memberships().len()).collect::<Vec<_>>(), [2, 3, 0]);
    assert!(loaded[1].memberships().iter().any(|link| link.member().is_none()));
    Ok(())
}

#[orm::test]
async fn a_row_linked_twice_is_loaded_twice_and_found_once(db: Db) -> orm::Result<()> {
    clubs(&db).await?;
    assert_eq!(ids(&db, query!(Member.filter(.clubs.any(.name == "go")))).await?, [1]);
    let member = query!(Member.filter(.id == 1).prefetch_related(.clubs.order_by(.id))).get(&db).await?;
    assert_eq!(member.clubs().iter().map(|club| club.id).collect::<Vec<_>>(), [1, 2, 2]);
    assert_eq!(listed(&db, query!(Member.filter(.clubs.count() == 3))).await?, [1]);
    Ok(())
}

#[orm::test]
async fn links_are_ordered_and_loaded_with_both_ends(db: Db) -> orm::Result<()> {
    clubs(&db).await?;
    let links = query!(Membership.select_related(.member, .club, .inviter).order_by(-.since));
    let links = links.all(&db).await?;
    let read: Vec<_> = links
        .iter()
        .map(|link| (link.member().map(|m| &*m.name), &*link.club().name, link.inviter().map(|m| &*m.name)))
        .collect();
    assert_eq!(read[0], (None, "go", Some("a")));
    assert_eq!(read[2], (Some("a"), "go", Some("b")));
    assert_eq!(read.len(), 5);
    Ok(())
}

#[orm::test]
async fn a_named_part_of_the_far_side_keeps_to_its_parent(db: Db) -> orm::Result<()> {
    clubs(&db).await?;
    let clubs =
        query!(Club.prefetch_related(first = .members.order_by(-.name)[..1]).order_by(.id)).all(&db).await?;
    let first: Vec<Vec<&str>> =
        clubs.iter().map(|club| club.first.iter().map(|member| &*member.name).collect()).collect();
    assert_eq!(first, [vec!["b"], vec!["a"], vec![]]);
    Ok(())
}
