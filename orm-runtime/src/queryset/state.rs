/// What was already done to a query set, and so what can still be done.
pub trait State: 'static {
    /// The state after taking a slice.
    type Sliced: State;
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
}

impl State for Aggregated {
    type Sliced = Aggregated;
}

impl State for Whole {
    type Sliced = Sliced;
}

impl State for Sliced {
    type Sliced = Sliced;
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
