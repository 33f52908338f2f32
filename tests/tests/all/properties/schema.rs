use orm::prelude::*;

/// A colour.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[model(name = "node_colour")]
pub(super) enum Colour {
    Red,
    Green,
}

/// What the queries are of: every kind of column and relation, with and without NULLs.
#[derive(Model, Debug, Clone, PartialEq)]
#[model(
    table = "nodes",
    has_many(children: Node.parent, items: Item.node),
    many_to_many(tags: Tag, through = Tagging(node, tag)),
    belongs_to(first: Tag, columns(first_scope, first_number))
)]
pub(super) struct Node {
    pub(super) id: i64,
    #[model(belongs_to = Owner)]
    pub(super) owner_id: i64,
    #[model(belongs_to = Node)]
    pub(super) parent_id: Option<i64>,
    pub(super) first_scope: Option<String>,
    pub(super) first_number: Option<i32>,
    pub(super) a: i32,
    pub(super) b: Option<i32>,
    pub(super) c: Option<i32>,
    pub(super) flag: bool,
    pub(super) maybe: Option<bool>,
    pub(super) name: String,
    pub(super) nick: Option<String>,
    pub(super) colour: Colour,
    pub(super) shade: Option<Colour>,
    pub(super) marks: Vec<i32>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "owners", has_many(nodes: Node.owner, deputies: Owner.chief), has_one(card: Card.owner))]
pub(super) struct Owner {
    pub(super) id: i64,
    #[model(belongs_to = Owner, as = chief)]
    pub(super) chief_id: Option<i64>,
    pub(super) score: Option<i32>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "cards")]
pub(super) struct Card {
    #[model(primary_key, belongs_to = Owner)]
    pub(super) owner_id: i64,
    pub(super) code: i32,
    pub(super) pin: Option<i32>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "node_items")]
pub(super) struct Item {
    pub(super) id: i64,
    #[model(belongs_to = Node)]
    pub(super) node_id: Option<i64>,
    pub(super) weight: Option<i32>,
    pub(super) size: i32,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(
    table = "node_tags",
    has_many(led: Node.first),
    many_to_many(nodes: Node, through = Tagging(tag, node))
)]
pub(super) struct Tag {
    #[model(primary_key)]
    pub(super) scope: String,
    #[model(primary_key)]
    pub(super) number: i32,
    pub(super) worth: Option<i32>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "taggings", belongs_to(tag: Tag, columns(scope, number)))]
pub(super) struct Tagging {
    #[model(primary_key, belongs_to = Node)]
    pub(super) node_id: i64,
    #[model(primary_key)]
    pub(super) scope: String,
    #[model(primary_key)]
    pub(super) number: i32,
}
