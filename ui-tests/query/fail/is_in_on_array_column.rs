use orm::prelude::*;

#[derive(Model)]
struct Poll {
    id: i64,
    answers: Vec<i32>,
}

fn main() {
    let _ = query!(Poll.filter(.answers.is_in([vec![1], vec![2]])));
}
