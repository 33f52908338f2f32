use orm::prelude::*;

use super::random::Random;
use super::schema::{Card, Colour, Item, Node, Owner, Tag, Tagging};

pub(super) const NUMBERS: &[i32] = &[-1, 0, 1, 2, 3];
pub(super) const TEXTS: &[&str] = &["", "a", "A", "ab", "b%", "_", "aB", r"\b"];
pub(super) const COLOURS: &[Colour] = &[Colour::Red, Colour::Green];
const SCOPES: &[&str] = &["x", "y"];

/// All rows of the database, in memory.
#[derive(Debug, Default)]
pub(super) struct World {
    pub(super) owners: Vec<Owner>,
    pub(super) cards: Vec<Card>,
    pub(super) nodes: Vec<Node>,
    pub(super) items: Vec<Item>,
    pub(super) tags: Vec<Tag>,
    pub(super) taggings: Vec<Tagging>,
}

impl World {
    /// Random rows, small enough that they meet often.
    pub(super) fn new(random: &mut Random) -> World {
        let mut world = World::default();
        for id in 1..=5_i64 {
            let chief_id = (id > 1).then(|| random.maybe(&(1..id).collect::<Vec<_>>())).flatten();
            world.owners.push(Owner { id, chief_id, score: random.maybe(NUMBERS) });
            if !random.one_in(3) {
                let (code, pin) = (random.pick(NUMBERS), random.maybe(NUMBERS));
                world.cards.push(Card { owner_id: id, code, pin });
            }
        }
        for (scope, number) in SCOPES.iter().flat_map(|scope| [1, 2, 3].map(|number| (scope, number))) {
            world.tags.push(Tag { scope: (*scope).into(), number, worth: random.maybe(NUMBERS) });
        }
        for id in 1..=48_i64 {
            let node = world.node(id, random);
            world.nodes.push(node);
        }
        for id in 1..=60_i64 {
            let node_id = random.maybe(&(1..=40).collect::<Vec<_>>());
            let (weight, size) = (random.maybe(NUMBERS), random.pick(NUMBERS));
            world.items.push(Item { id, node_id, weight, size });
        }
        for node_id in 1..=48_i64 {
            let linked = world.tags.iter().filter(|_| random.one_in(4));
            world.taggings.extend(linked.map(|tag| Tagging {
                node_id,
                scope: tag.scope.clone(),
                number: tag.number,
            }));
        }
        world
    }

    fn node(&self, id: i64, random: &mut Random) -> Node {
        // A key of two columns may be half NULL, and then leads nowhere.
        let first_scope = random.maybe(SCOPES).map(str::to_owned);
        Node {
            id,
            owner_id: random.pick(&self.owners).id,
            parent_id: (id > 1).then(|| random.maybe(&(1..id).collect::<Vec<_>>())).flatten(),
            first_number: random.maybe(&[1, 2, 3]),
            first_scope,
            a: random.pick(NUMBERS),
            b: random.maybe(NUMBERS),
            c: random.maybe(NUMBERS),
            flag: random.one_in(2),
            maybe: random.maybe(&[true, false]),
            name: random.pick(TEXTS).into(),
            nick: random.maybe(TEXTS).map(str::to_owned),
            colour: random.pick(COLOURS),
            shade: random.maybe(COLOURS),
            marks: random.pick(&[vec![], vec![1], vec![1, 2]]),
        }
    }

    /// Creates the tables and writes the rows.
    pub(super) async fn store(&self, db: &Db) -> orm::Result<()> {
        db.create_tables(models![Owner, Card, Tag, Node, Item, Tagging]).await?;
        Owner::objects().bulk_create(self.owners.clone()).execute(db).await?;
        Card::objects().bulk_create(self.cards.clone()).execute(db).await?;
        Tag::objects().bulk_create(self.tags.clone()).execute(db).await?;
        Node::objects().bulk_create(self.nodes.clone()).execute(db).await?;
        Item::objects().bulk_create(self.items.clone()).execute(db).await?;
        Tagging::objects().bulk_create(self.taggings.clone()).execute(db).await?;
        Ok(())
    }

    pub(super) fn owner(&self, node: &Node) -> &Owner {
        self.owners.iter().find(|owner| owner.id == node.owner_id).expect("a foreign key")
    }

    pub(super) fn chief(&self, owner: &Owner) -> Option<&Owner> {
        self.owners.iter().find(|chief| Some(chief.id) == owner.chief_id)
    }

    pub(super) fn card(&self, owner: &Owner) -> Option<&Card> {
        self.cards.iter().find(|card| card.owner_id == owner.id)
    }

    pub(super) fn parent(&self, node: &Node) -> Option<&Node> {
        self.nodes.iter().find(|parent| Some(parent.id) == node.parent_id)
    }

    pub(super) fn first(&self, node: &Node) -> Option<&Tag> {
        let (scope, number) = (node.first_scope.as_ref()?, node.first_number?);
        self.tags.iter().find(|tag| tag.scope == *scope && tag.number == number)
    }

    pub(super) fn children(&self, node: &Node) -> Vec<&Node> {
        self.nodes.iter().filter(|child| child.parent_id == Some(node.id)).collect()
    }

    pub(super) fn items(&self, node: &Node) -> Vec<&Item> {
        self.items.iter().filter(|item| item.node_id == Some(node.id)).collect()
    }

    pub(super) fn tags(&self, node: &Node) -> Vec<&Tag> {
        let linked = self.taggings.iter().filter(|tagging| tagging.node_id == node.id);
        linked
            .filter_map(|tagging| {
                self.tags.iter().find(|tag| tag.scope == tagging.scope && tag.number == tagging.number)
            })
            .collect()
    }

    pub(super) fn owned(&self, owner: &Owner) -> Vec<&Node> {
        self.nodes.iter().filter(|node| node.owner_id == owner.id).collect()
    }

    pub(super) fn tagged(&self, tag: &Tag) -> Vec<&Node> {
        let linked = |node: &&Node| self.tags(node).contains(&tag);
        self.nodes.iter().filter(linked).collect()
    }

    pub(super) fn led(&self, tag: &Tag) -> Vec<&Node> {
        self.nodes.iter().filter(|node| self.first(node) == Some(tag)).collect()
    }

    pub(super) fn items_of_parent(&self, node: &Node) -> Vec<&Item> {
        self.parent(node).map_or(vec![], |parent| self.items(parent))
    }

    pub(super) fn nodes_of_owner(&self, node: &Node) -> Vec<&Node> {
        self.owned(self.owner(node))
    }

    pub(super) fn tags_of_children(&self, node: &Node) -> Vec<&Tag> {
        self.children(node).into_iter().flat_map(|child| self.tags(child)).collect()
    }

    /// Those of the nodes that the same tag leads.
    pub(super) fn items_of_led(&self, node: &Node) -> Vec<&Item> {
        let led = self.first(node).map_or(vec![], |first| self.led(first));
        led.into_iter().flat_map(|node| self.items(node)).collect()
    }
}
