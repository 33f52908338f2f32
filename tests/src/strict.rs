//! Models, relations and queries in a module that denies all it can: `cargo clippy -p tests` proves that what the
//! macros write passes.

use orm::prelude::*;

/// A colour of the rainbow.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// The outermost.
    Red,
    /// The innermost.
    Violet,
}

/// A street, with columns named like conversions.
#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "streets", has_many(houses: House.street), has_one(sign: Sign.street))]
pub struct Street {
    /// The key.
    pub id: i64,
    /// The name.
    pub name: String,
    /// Where it starts.
    pub from_place: Option<String>,
    /// Where it ends.
    pub to_place: Option<String>,
    /// Whether it may be used.
    pub is_open: bool,
    /// What it was before.
    pub as_was: Option<String>,
    /// What it becomes.
    pub into_what: Option<String>,
}

/// A house.
#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "houses", many_to_many(owners: Owner, through = Ownership(house, owner)))]
pub struct House {
    /// The key.
    pub id: i64,
    /// Where it stands.
    #[model(belongs_to = Street, on_delete = cascade)]
    pub street_id: i64,
    /// Its colour.
    #[model(default = "'red'")]
    pub colour: Colour,
    /// Its neighbour.
    #[model(belongs_to = House)]
    pub neighbour_id: Option<i64>,
}

/// The sign of a street.
#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "signs")]
pub struct Sign {
    /// The street, and the key.
    #[model(primary_key, belongs_to = Street)]
    pub street_id: i64,
}

/// An owner, known to this crate alone.
#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "owners", many_to_many(houses: House, through = Ownership(owner, house)))]
pub struct Owner {
    /// The key.
    pub id: i32,
    secret: Option<String>,
}

/// That an owner has a house.
#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "ownerships")]
pub struct Ownership {
    #[model(primary_key, belongs_to = House)]
    house_id: i64,
    #[model(primary_key, belongs_to = Owner)]
    owner_id: i32,
}

#[derive(Model, Debug, Clone)]
#[model(table = "notes")]
struct Note {
    id: i64,
    #[model(belongs_to = Street)]
    street_id: i64,
}

loaded!(
    /// A street with all that stands in it.
    pub type FullStreet = Street { houses { owners, neighbour }, sign }
);

/// The streets whose name contains `term`.
pub fn named(term: Option<&str>) -> QuerySet<Street> {
    let mut streets = query!(Street.filter(.is_open).order_by(.name, -.id));
    if let Some(term) = term {
        streets = query!(streets.filter(.name.icontains(term) || .houses.any(.colour == Colour::Red)));
    }
    streets
}

/// A page of streets.
///
/// # Errors
///
/// When the database says so.
pub async fn page(db: &Db, number: usize) -> orm::Result<Vec<FullStreet>> {
    query!(named(None)
        .exclude(.from_place == .to_place || (.houses.is_empty() && .sign.street_id == None))
        .prefetch_related(.houses.owners, .houses.neighbour)
        .select_related(.sign)[number * 10..(number + 1) * 10])
    .all(db)
    .await
}

/// Fills a street and says how many notes, owners and neighbours there are.
///
/// # Errors
///
/// When the database says so.
pub async fn fill(db: &Db) -> orm::Result<(i64, usize, bool)> {
    db.create_tables(models![Street, House, Sign, Owner, Ownership, Note]).await?;
    let street =
        query!(Street.create(name = "a", is_open = true)).to_place("x").into_what("b").execute(db).await?;
    query!(Sign.create(street_id = street.id)).execute(db).await?;
    query!(Note.create(street_id = street.id)).execute(db).await?;
    let house = query!(House.create(street_id = street.id)).colour(Colour::Violet).execute(db).await?;
    House::objects().bulk_create([NewHouse { street_id: street.id }]).execute(db).await?;
    let owner = query!(Owner.create()).secret("s").execute(db).await?;
    let ownership = query!(Ownership.create(house_id = house.id, owner_id = owner.id)).execute(db).await?;
    debug_assert_eq!(ownership.key(), (house.id, owner.id));
    let streets = page(db, 0).await?;
    let houses = streets.iter().flat_map(StreetWith::houses);
    let owners = houses.clone().map(|house| house.owners().len()).sum();
    let notes = query!(Note.filter(.street.name == "a", .id > 0, .street_id != 0)).count(db).await?;
    Ok((notes, owners, houses.clone().any(|house| house.neighbour().is_some())))
}

/// Opens all streets and paints the houses violet; says how many streets there were, how many houses were painted again,
/// and which house was torn down.
///
/// # Errors
///
/// When the database says so.
pub async fn change(db: &Db) -> orm::Result<(u64, u64, Vec<(i64, Colour)>)> {
    let streets =
        query!(Street.update(is_open = !.is_open, to_place = .as_was, from_place = None)).execute(db).await?;
    let mut houses = query!(House.order_by(.id)).all(db).await?;
    for house in &mut houses {
        house.colour = Colour::Violet;
        house.save_only(db, HouseFields::colour).await?;
    }
    let painted = query!(House.bulk_update(&houses, .colour, .neighbour_id)).execute(db).await?;
    let bare = query!(House.filter(!.street.is_open, .owners.is_empty()));
    Ok((streets, painted, query!(bare.delete().returning(.id, .colour)).execute(db).await?))
}

/// Links a house to an owner, both made unless they are there, and says how many owners it has.
///
/// # Errors
///
/// When the database says so.
pub async fn link(db: &Db, street: &Street, number: i64) -> orm::Result<i64> {
    let house = query!(House.get_or_create(id = number).defaults(street_id = street.id)).execute(db).await?.0;
    let owner = query!(Owner.update_or_create(id = 1).defaults(secret = None::<String>).create_defaults());
    let owner = owner.execute(db).await?.0;
    let rows = [CreateOwner::from(NewOwner {}).id(2)];
    query!(Owner.bulk_create(rows).on_conflict(.id).do_update(.secret)).execute(db).await?;
    query!(house.related(.owners).add([owner.id, 2])).execute(db).await?;
    query!(house.related(.owners).objects().filter(.id > 0)).count(db).await
}
