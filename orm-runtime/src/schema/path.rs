use super::{Relation, Table};

/// One step of a path of relations; a path is its last step. The empty path is `None`.
#[derive(Debug)]
pub struct PathNode {
    /// The step before this one.
    pub parent: Option<&'static PathNode>,
    /// The table that this step starts from.
    pub source: fn() -> &'static Table,
    /// The relation that this step follows.
    pub relation: &'static Relation,
    /// The relation's position in its table, which tells it from its siblings.
    pub index: usize,
    /// Whether this step or one before it may lead to no row.
    pub nullable: bool,
    /// Whether this step or one before it may lead to many rows.
    pub many: bool,
}

impl PathNode {
    /// The path `parent` followed by `relation`.
    pub const fn new(
        parent: Option<&'static PathNode>,
        source: fn() -> &'static Table,
        relation: &'static Relation,
        index: usize,
    ) -> PathNode {
        let (nullable, many) = match parent {
            Some(parent) => (parent.nullable, parent.many),
            None => (false, false),
        };
        PathNode {
            parent,
            source,
            relation,
            index,
            nullable: nullable || relation.is_nullable(),
            many: many || relation.is_many(),
        }
    }

    /// The steps from the first to the last.
    pub(crate) fn steps(&'static self) -> Vec<&'static PathNode> {
        let mut steps: Vec<_> = std::iter::successors(Some(self), |node| node.parent).collect();
        steps.reverse();
        steps
    }
}
