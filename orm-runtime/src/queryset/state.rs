use std::marker::PhantomData;

/// What was already done to a query set, and so what can still be done.
pub trait State: 'static {
    /// The state after taking a slice.
    type Sliced: State;
    /// The state after it was said what to do about rows that others have locked; only [`Locking`] ones change.
    type Decided: State;
}

/// All rows that pass the filters.
#[derive(Debug)]
pub struct Whole;

/// A part of the rows, by their position in the order.
#[derive(Debug)]
pub struct Sliced;

/// Rows that are not simply those of a table: combined with others, or distinct in some columns.
#[derive(Debug)]
pub struct ReadOnly;

/// The one row of an `aggregate`.
#[derive(Debug)]
pub struct Aggregated;

impl State for ReadOnly {
    type Sliced = Sliced;
    type Decided = ReadOnly;
}

impl State for Aggregated {
    type Sliced = Aggregated;
    type Decided = Aggregated;
}

/// Rows that are locked until the end of the transaction they are read in.
///
/// - `St`: the state apart from that, [`Whole`] or [`Sliced`].
/// - `W`: whether it was said what to do about rows that others have locked: [`Waiting`], or [`NotWaiting`] after `nowait` or
///   `skip_locked`.
#[derive(Debug)]
pub struct Locked<St = Whole, W = Waiting>(PhantomData<fn() -> (St, W)>);

/// Rows that others have locked are waited for.
#[derive(Debug)]
pub struct Waiting;

/// Rows that others have locked are not waited for.
#[derive(Debug)]
pub struct NotWaiting;

impl State for Whole {
    type Sliced = Sliced;
    type Decided = Whole;
}

impl State for Sliced {
    type Sliced = Sliced;
    type Decided = Sliced;
}

impl<St: State, W: 'static> State for Locked<St, W> {
    type Sliced = Locked<St::Sliced, W>;
    type Decided = Locked<St, NotWaiting>;
}

/// A state in which a query set can be filtered and ordered.
#[diagnostic::on_unimplemented(
    message = "a query set cannot be filtered or ordered after a slice or an `aggregate`",
    label = "too late",
    note = "filter and order first: `query!(Order.filter(..).order_by(..)[..20])`"
)]
pub trait Refinable: State {}

#[diagnostic::do_not_recommend]
impl Refinable for Whole {}
#[diagnostic::do_not_recommend]
impl Refinable for ReadOnly {}
#[diagnostic::do_not_recommend]
impl<St: Refinable, W: 'static> Refinable for Locked<St, W> {}

/// A state in which a query locks no rows, so that it can run by itself, on a [`Db`](crate::Db).
#[diagnostic::on_unimplemented(
    message = "`select_for_update` locks rows until the end of a transaction, and this is none",
    label = "a `Db`: expected a `Transaction`",
    note = "run it on a transaction: `db.transaction(async |tx| query.all(tx).await)`"
)]
pub trait Unlocked: State {}

#[diagnostic::do_not_recommend]
impl Unlocked for Whole {}
#[diagnostic::do_not_recommend]
impl Unlocked for Sliced {}
#[diagnostic::do_not_recommend]
impl Unlocked for ReadOnly {}
#[diagnostic::do_not_recommend]
impl Unlocked for Aggregated {}

/// A state in which rows can be counted, grouped and combined.
#[diagnostic::on_unimplemented(
    message = "`count`, `exists`, `aggregate`, `group_by`, `distinct_on` and unions return no rows of the table, so there are none to lock",
    label = "not after `select_for_update`",
    note = "do it on the query set before `.select_for_update()`; or lock, and take the `len()` of the rows"
)]
pub trait Countable: State {}

#[diagnostic::do_not_recommend]
impl<St: Unlocked> Countable for St {}

/// A state in which it can be said that rows are to be locked.
#[diagnostic::on_unimplemented(
    message = "the rows of this query set cannot be locked",
    label = "not rows of one table",
    note = "lock the rows of a query set on a model: `query!(Order.filter(..).select_for_update())`"
)]
pub trait Lockable: State {
    /// The state after that.
    type Locked: State;
}

impl Lockable for Whole {
    type Locked = Locked<Whole>;
}

impl Lockable for Sliced {
    type Locked = Locked<Sliced>;
}

impl<St: State, W: 'static> Lockable for Locked<St, W> {
    type Locked = Locked<St>;
}

/// A state in which rows are to be locked, so that it can be said how.
#[diagnostic::on_unimplemented(
    message = "`nowait`, `skip_locked`, `no_key` and `of` say how rows are locked, and this query set locks none",
    label = "locks no rows",
    note = "`.select_for_update()` comes first"
)]
pub trait Locking: State {}

#[diagnostic::do_not_recommend]
impl<St: State, W: 'static> Locking for Locked<St, W> {}

/// A state in which nothing was said yet about rows that others have locked.
#[diagnostic::on_unimplemented(
    message = "`nowait` and `skip_locked` exclude each other",
    label = "it was said already what to do about locked rows",
    note = "`nowait` fails at a locked row, `skip_locked` leaves it out: keep one"
)]
pub trait Undecided {}

#[diagnostic::do_not_recommend]
impl<St: Unlocked> Undecided for St {}
#[diagnostic::do_not_recommend]
impl<St> Undecided for Locked<St, Waiting> {}
