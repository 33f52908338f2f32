use std::cmp::Ordering;
use std::ops::Range;

use orm::prelude::*;
use orm::types::{Root, Slice, Sliced};
use orm::{Expr, Expression, FieldType, Order};

use super::condition::Condition;
use super::generate;
use super::random::Random;
use super::schema::Node;
use super::world::World;

/// A random query on nodes: a condition, an order, and positions in it.
#[derive(Clone)]
pub(super) struct Query {
    pub(super) condition: Condition<Node>,
    pub(super) order: Vec<Key>,
    pub(super) slice: Option<Range<usize>>,
}

/// One expression of an order.
#[derive(Clone)]
pub(super) struct Key {
    name: &'static str,
    descending: bool,
    nulls_first: Option<bool>,
    order: fn(&Key) -> Order<Node>,
    read: fn(&World, &Node) -> Option<i64>,
}

type Fields = <Node as Model>::Fields<Root<Node>>;

impl Key {
    fn new(random: &mut Random) -> Key {
        type Column = (&'static str, fn(&Key) -> Order<Node>, fn(&World, &Node) -> Option<i64>);
        let columns: [Column; 6] = [
            (".a", |key| key.by(Fields::default().a()), |_, n| Some(n.a.into())),
            (".b", |key| key.by(Fields::default().b()), |_, n| Some(n.b?.into())),
            (".parent.b", |key| key.by(Fields::default().parent().b()), |w, n| Some(w.parent(n)?.b?.into())),
            (
                ".owner.card.code",
                |key| key.by(Fields::default().owner().card().code()),
                |w, n| Some(w.card(w.owner(n))?.code.into()),
            ),
            (
                ".items.count()",
                |key| key.by(Fields::default().items().count()),
                |w, n| Some(w.items(n).len() as i64),
            ),
            (".flag", |key| key.by(Fields::default().flag()), |_, n| Some(n.flag.into())),
        ];
        let (name, order, read) = random.pick(&columns);
        let nulls_first = random.pick(&[None, None, Some(false), Some(true)]);
        Key { name, descending: random.one_in(2), nulls_first, order, read }
    }

    /// By the key: what makes an order total.
    fn id() -> Key {
        Key {
            name: ".id",
            descending: false,
            nulls_first: None,
            order: |key| key.by(Fields::default().id()),
            read: |_, n| Some(n.id),
        }
    }

    fn by<P, T: FieldType>(&self, column: Expr<P, T>) -> Order<Node>
    where
        Expr<P, T>: Expression<Model = Node, Type = T>,
    {
        let order = if self.descending { column.desc() } else { column.asc() };
        match self.nulls_first {
            None => order,
            Some(true) => order.nulls_first(),
            Some(false) => order.nulls_last(),
        }
    }

    fn compare(&self, world: &World, a: &Node, b: &Node) -> Ordering {
        let (a, b) = ((self.read)(world, a), (self.read)(world, b));
        let of_null =
            if self.nulls_first.unwrap_or(self.descending) { Ordering::Less } else { Ordering::Greater };
        match (a, b) {
            (None, None) => Ordering::Equal,
            (None, Some(_)) => of_null,
            (Some(_), None) => of_null.reverse(),
            (Some(a), Some(b)) if self.descending => b.cmp(&a),
            (Some(a), Some(b)) => a.cmp(&b),
        }
    }
}

impl Query {
    pub(super) fn new(random: &mut Random) -> Query {
        let depth = random.below(5);
        let mut order: Vec<Key> = (0..random.below(3)).map(|_| Key::new(random)).collect();
        order.push(Key::id());
        let slice = random.one_in(2).then(|| {
            let start = random.below(30);
            start..start + random.below(12)
        });
        Query { condition: generate::node(random, depth), order, slice }
    }

    /// The rows in order, none left out by position.
    pub(super) fn whole(&self) -> QuerySet<Node> {
        let order: Vec<Order<Node>> = self.order.iter().map(|key| (key.order)(key)).collect();
        Node::objects().filter(|_| self.condition.predicate()).order_by(|_| order)
    }

    /// The rows at the positions of the query.
    pub(super) fn set(&self) -> QuerySet<Node, Node, Sliced> {
        let whole = self.whole();
        match self.slice.clone() {
            Some(range) => sliced(whole, range),
            None => sliced(whole, ..),
        }
    }

    /// What [`whole`](Self::whole) is to find.
    pub(super) fn whole_in<'w>(&self, world: &'w World) -> Vec<&'w Node> {
        let mut nodes: Vec<&Node> =
            world.nodes.iter().filter(|node| self.condition.holds(world, node)).collect();
        nodes.sort_by(|a, b| {
            let orders = self.order.iter().map(|key| key.compare(world, a, b));
            orders.fold(Ordering::Equal, Ordering::then)
        });
        nodes
    }

    /// What [`set`](Self::set) is to find.
    pub(super) fn set_in<'w>(&self, world: &'w World) -> Vec<&'w Node> {
        let range = self.slice.clone().unwrap_or(0..usize::MAX);
        self.whole_in(world).into_iter().skip(range.start).take(range.len()).collect()
    }

    /// Simpler queries, to look for the one that fails in.
    pub(super) fn smaller(&self) -> Vec<Query> {
        let mut smaller = Vec::new();
        if self.slice.is_some() {
            smaller.push(Query { slice: None, ..self.clone() });
        }
        if self.order.len() > 1 {
            smaller.push(Query { order: vec![Key::id()], ..self.clone() });
        }
        let conditions = self.condition.smaller().into_iter();
        smaller.extend(conditions.map(|condition| Query { condition, ..self.clone() }));
        smaller
    }

    /// The query in words.
    pub(super) fn text(&self) -> String {
        let keys = self
            .order
            .iter()
            .map(|key| format!("{} desc={} {:?}", key.name, key.descending, key.nulls_first));
        let order: Vec<String> = keys.collect();
        format!("filter({}) order_by({}) [{:?}]", self.condition.text, order.join(", "), self.slice)
    }
}

fn sliced(query: QuerySet<Node>, range: impl Slice) -> QuerySet<Node, Node, Sliced> {
    query!(query[range])
}
