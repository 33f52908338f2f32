/// What was already done to a query set, and so what can still be done: [`Whole`] or [`Sliced`].
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

impl State for Whole {
    type Sliced = Sliced;
}

impl State for Sliced {
    type Sliced = Sliced;
}

/// A state in which a query set can be filtered and ordered.
#[diagnostic::on_unimplemented(
    message = "a sliced query set cannot be filtered or ordered any more",
    label = "not after a slice",
    note = "filter and order first, slice last: `query!(Order.filter(..).order_by(..)[..20])`"
)]
pub trait Refinable: State {}

#[diagnostic::do_not_recommend]
impl Refinable for Whole {}
