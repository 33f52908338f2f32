use std::sync::Arc;

use orm::Predicate;

use super::world::World;

/// What a condition means.
type Holds<M> = Arc<dyn Fn(&World, &M) -> bool>;

/// A condition twice: as the library says it, and as a function of rows in memory.
///
/// - `M`: the model of the rows.
pub(super) struct Condition<M> {
    /// How it reads.
    pub(super) text: String,
    predicate: Predicate<M>,
    holds: Holds<M>,
    smaller: Arc<dyn Fn() -> Vec<Condition<M>>>,
}

impl<M> Clone for Condition<M> {
    fn clone(&self) -> Self {
        Condition {
            text: self.text.clone(),
            predicate: self.predicate.clone(),
            holds: Arc::clone(&self.holds),
            smaller: Arc::clone(&self.smaller),
        }
    }
}

impl<M: 'static> Condition<M> {
    /// A condition that has no parts.
    pub(super) fn leaf(
        text: String,
        predicate: Predicate<M>,
        holds: impl Fn(&World, &M) -> bool + 'static,
    ) -> Self {
        Condition { text, predicate, holds: Arc::new(holds), smaller: Arc::new(Vec::new) }
    }

    /// What a filter takes.
    pub(super) fn predicate(&self) -> Predicate<M> {
        self.predicate.clone()
    }

    /// Whether it is true of a row.
    pub(super) fn holds(&self, world: &World, row: &M) -> bool {
        (self.holds)(world, row)
    }

    /// Simpler conditions, to look for the one that fails in.
    pub(super) fn smaller(&self) -> Vec<Self> {
        (self.smaller)()
    }

    /// The same with other simpler conditions.
    pub(super) fn shrinking(self, smaller: impl Fn() -> Vec<Self> + 'static) -> Self {
        Condition { smaller: Arc::new(smaller), ..self }
    }

    pub(super) fn both(a: Self, b: Self) -> Self {
        let text = format!("({} && {})", a.text, b.text);
        Self::pair(text, a, b, Self::both, |p, q| p.and(q), |a, b| a && b)
    }

    pub(super) fn either(a: Self, b: Self) -> Self {
        let text = format!("({} || {})", a.text, b.text);
        Self::pair(text, a, b, Self::either, |p, q| p.or(q), |a, b| a || b)
    }

    fn pair(
        text: String,
        a: Self,
        b: Self,
        again: fn(Self, Self) -> Self,
        predicate: fn(Predicate<M>, Predicate<M>) -> Predicate<M>,
        combine: fn(bool, bool) -> bool,
    ) -> Self {
        let predicate = predicate(a.predicate(), b.predicate());
        let (left, right) = (Arc::clone(&a.holds), Arc::clone(&b.holds));
        let whole =
            Self::leaf(text, predicate, move |world, row| combine(left(world, row), right(world, row)));
        whole.shrinking(move || {
            let mut smaller = vec![a.clone(), b.clone()];
            smaller.extend(a.smaller().into_iter().map(|a| again(a, b.clone())));
            smaller.extend(b.smaller().into_iter().map(|b| again(a.clone(), b)));
            smaller
        })
    }

    pub(super) fn inverse(self) -> Self {
        let holds = Arc::clone(&self.holds);
        let whole = Self::leaf(format!("!{}", self.text), self.predicate().not(), move |world, row| {
            !holds(world, row)
        });
        whole.shrinking(move || {
            let mut smaller = vec![self.clone()];
            smaller.extend(self.smaller().into_iter().map(Self::inverse));
            smaller
        })
    }
}

/// What is asked of the rows of a to-many relation.
#[derive(Debug, Clone, Copy)]
pub(super) enum Question {
    Any,
    All,
    None,
    FilteredExists,
    FilteredIsEmpty,
}

impl Question {
    pub(super) const ALL: [Question; 5] =
        [Question::Any, Question::All, Question::None, Question::FilteredExists, Question::FilteredIsEmpty];
}

/// How the library asks a question about a relation.
pub(super) type Ask<M, T> = fn(Question, Predicate<T>) -> Predicate<M>;
/// The rows of a relation.
pub(super) type Related<M, T> = for<'w> fn(&'w World, &M) -> Vec<&'w T>;

/// A question about the rows of a to-many relation.
pub(super) fn related<M: 'static, T: 'static>(
    name: &'static str,
    question: Question,
    (ask, rows): (Ask<M, T>, Related<M, T>),
    inner: Condition<T>,
) -> Condition<M> {
    let holds = Arc::clone(&inner.holds);
    let text = format!("{name}.{question:?}({})", inner.text);
    let whole = Condition::leaf(text, ask(question, inner.predicate()), move |world, row| {
        let mut rows = rows(world, row).into_iter();
        match question {
            Question::Any | Question::FilteredExists => rows.any(|row| holds(world, row)),
            Question::All => rows.all(|row| holds(world, row)),
            Question::None | Question::FilteredIsEmpty => !rows.any(|row| holds(world, row)),
        }
    });
    whole.shrinking(move || {
        let smaller = inner.smaller().into_iter();
        smaller.map(|inner| related(name, question, (ask, rows), inner)).collect()
    })
}
