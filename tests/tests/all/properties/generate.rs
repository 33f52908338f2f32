//! Random conditions on each model.

use orm::Predicate;
use orm::prelude::*;

use super::condition::{Ask, Condition, Question, related};
use super::leaves::{null, number, numbers, text, truth};
use super::random::Random;
use super::schema::{Item, Node, Tag};
use super::world::{COLOURS, World};

/// The columns and relations of a model, by which its conditions start.
macro_rules! on {
    ($Model:ty, |$m:ident| $column:expr) => {{
        let $m = <$Model as Model>::Fields::<orm::types::Root<$Model>>::default();
        $column
    }};
}

/// How a question about a relation is asked.
macro_rules! ask {
    ($Model:ty, $Target:ty, |$m:ident| $relation:expr) => {
        |question: Question, p: Predicate<$Target>| -> Predicate<$Model> {
            let relation = on!($Model, |$m| $relation);
            match question {
                Question::Any => relation.any(|_| p),
                Question::All => relation.all(|_| p),
                Question::None => relation.none(|_| p),
                Question::FilteredExists => relation.filter(|_| p).exists(),
                Question::FilteredIsEmpty => relation.filter(|_| p).is_empty(),
            }
        }
    };
}

/// A condition on a node: of columns, of to-one and of to-many relations, combined to some depth.
pub(super) fn node(random: &mut Random, depth: usize) -> Condition<Node> {
    if depth == 0 {
        return node_leaf(random);
    }
    let question = random.pick(&Question::ALL);
    match random.below(13) {
        0 | 1 => Condition::both(node(random, depth - 1), node(random, depth - 1)),
        2 | 3 => Condition::either(node(random, depth - 1), node(random, depth - 1)),
        4 | 5 => node(random, depth - 1).inverse(),
        6 => {
            let inner = node(random, depth - 1);
            related("children", question, (ask!(Node, Node, |n| n.children()), World::children), inner)
        }
        7 => {
            let inner = item(random, depth - 1);
            related("items", question, (ask!(Node, Item, |n| n.items()), World::items), inner)
        }
        8 => {
            let inner = tag(random, depth - 1);
            related("tags", question, (ask!(Node, Tag, |n| n.tags()), World::tags), inner)
        }
        9 => {
            let inner = item(random, depth - 1);
            let ask: Ask<Node, Item> = ask!(Node, Item, |n| n.parent().items());
            related("parent.items", question, (ask, World::items_of_parent), inner)
        }
        10 => {
            let inner = node(random, depth - 1);
            let ask: Ask<Node, Node> = ask!(Node, Node, |n| n.owner().nodes());
            related("owner.nodes", question, (ask, World::nodes_of_owner), inner)
        }
        11 => {
            let inner = tag(random, depth - 1);
            let ask: Ask<Node, Tag> = ask!(Node, Tag, |n| n.children().tags());
            related("children.tags", question, (ask, World::tags_of_children), inner)
        }
        _ => {
            let inner = item(random, depth - 1);
            let ask: Ask<Node, Item> = ask!(Node, Item, |n| n.first().led().items());
            related("first.led.items", question, (ask, World::items_of_led), inner)
        }
    }
}

fn node_leaf(random: &mut Random) -> Condition<Node> {
    match random.below(27) {
        0 => number(random, ".a", on!(Node, |n| n.a()), |_, n| Some(n.a)),
        1 => number(random, ".b", on!(Node, |n| n.b()), |_, n| n.b),
        2 => number(random, ".owner.score", on!(Node, |n| n.owner().score()), |w, n| w.owner(n).score),
        3 => number(random, ".parent.a", on!(Node, |n| n.parent().a()), |w, n| w.parent(n).map(|p| p.a)),
        4 => number(random, ".parent.b", on!(Node, |n| n.parent().b()), |w, n| w.parent(n)?.b),
        5 => number(random, ".first.worth", on!(Node, |n| n.first().worth()), |w, n| w.first(n)?.worth),
        6 => number(random, ".first.number", on!(Node, |n| n.first().number()), |w, n| {
            w.first(n).map(|first| first.number)
        }),
        7 => number(random, ".owner.card.code", on!(Node, |n| n.owner().card().code()), |w, n| {
            Some(w.card(w.owner(n))?.code)
        }),
        8 => {
            number(random, ".owner.chief.card.pin", on!(Node, |n| n.owner().chief().card().pin()), |w, n| {
                w.card(w.chief(w.owner(n))?)?.pin
            })
        }
        9 => number(
            random,
            ".parent.parent.owner.score",
            on!(Node, |n| n.parent().parent().owner().score()),
            |w, n| w.owner(w.parent(w.parent(n)?)?).score,
        ),
        10 => number(random, ".b + .c", on!(Node, |n| n.b() + n.c()), |_, n| Some(n.b? + n.c?)),
        11 => numbers(
            random,
            (on!(Node, |n| n.a()), |_, n| Some(n.a)),
            (on!(Node, |n| n.b()), |_, n| n.b),
            ".a ? .b",
        ),
        12 => {
            numbers(random, (on!(Node, |n| n.b()), |_, n| n.b), (on!(Node, |n| n.c()), |_, n| n.c), ".b ? .c")
        }
        13 => numbers(
            random,
            (on!(Node, |n| n.parent().a()), |w, n| w.parent(n).map(|p| p.a)),
            (on!(Node, |n| n.owner().card().pin()), |w, n| w.card(w.owner(n))?.pin),
            ".parent.a ? .owner.card.pin",
        ),
        14 => truth(".flag", on!(Node, |n| n.flag()), |_, n| Some(n.flag)),
        15 => truth(".maybe", on!(Node, |n| n.maybe()), |_, n| n.maybe),
        16 => truth(".parent.flag", on!(Node, |n| n.parent().flag()), |w, n| Some(w.parent(n)?.flag)),
        17 => null(".b", on!(Node, |n| n.b()), |_, n| n.b.is_none()),
        18 => null(".parent.id", on!(Node, |n| n.parent().id()), |_, n| n.parent_id.is_none()),
        19 => null(".first.scope", on!(Node, |n| n.first().scope()), |w, n| w.first(n).is_none()),
        20 => null(".owner.card.owner_id", on!(Node, |n| n.owner().card().owner_id()), |w, n| {
            w.card(w.owner(n)).is_none()
        }),
        21 => text(random, ".name", on!(Node, |n| n.name()), |_, n| Some(n.name.clone())),
        22 => text(random, ".nick", on!(Node, |n| n.nick()), |_, n| n.nick.clone()),
        23 => {
            text(random, ".parent.nick", on!(Node, |n| n.parent().nick()), |w, n| w.parent(n)?.nick.clone())
        }
        24 => Condition::leaf(
            ".name.contains(.nick)".into(),
            on!(Node, |n| n.name().contains(n.nick())),
            |_, n| n.nick.as_ref().is_some_and(|nick| n.name.contains(nick)),
        ),
        25 => {
            let colour = random.maybe(COLOURS);
            let text = format!(".shade != {colour:?}");
            Condition::leaf(text, on!(Node, |n| n.shade().ne(colour)), move |_, n| n.shade != colour)
        }
        _ => {
            let colours = vec![random.pick(COLOURS)];
            let listed = colours.clone();
            let text = format!(".colour in {colours:?} || .marks == [1]");
            let predicate = on!(Node, |n| n.colour().is_in(colours).or(n.marks().eq(vec![1])));
            Condition::leaf(text, predicate, move |_, n| listed.contains(&n.colour) || n.marks == [1])
        }
    }
}

fn item(random: &mut Random, depth: usize) -> Condition<Item> {
    match random.below(if depth == 0 { 4 } else { 8 }) {
        0 => number(random, ".weight", on!(Item, |i| i.weight()), |_, i| i.weight),
        1 => number(random, ".size", on!(Item, |i| i.size()), |_, i| Some(i.size)),
        2 => number(random, ".node.a", on!(Item, |i| i.node().a()), |w, i| {
            Some(w.nodes.iter().find(|n| i.node_id == Some(n.id))?.a)
        }),
        3 => null(".weight", on!(Item, |i| i.weight()), |_, i| i.weight.is_none()),
        4 => Condition::both(item(random, depth - 1), item(random, depth - 1)),
        5 => Condition::either(item(random, depth - 1), item(random, depth - 1)),
        _ => item(random, depth - 1).inverse(),
    }
}

fn tag(random: &mut Random, depth: usize) -> Condition<Tag> {
    let question = random.pick(&Question::ALL);
    match random.below(if depth == 0 { 2 } else { 7 }) {
        0 => number(random, ".worth", on!(Tag, |t| t.worth()), |_, t| t.worth),
        1 => number(random, ".number", on!(Tag, |t| t.number()), |_, t| Some(t.number)),
        2 => tag(random, depth - 1).inverse(),
        3 => Condition::either(tag(random, depth - 1), tag(random, depth - 1)),
        4 => {
            let inner = node(random, depth - 1);
            related("nodes", question, (ask!(Tag, Node, |t| t.nodes()), World::tagged), inner)
        }
        _ => {
            let inner = node(random, depth - 1);
            related("led", question, (ask!(Tag, Node, |t| t.led()), World::led), inner)
        }
    }
}
