use orm::prelude::*;

#[derive(Enum, Clone, Debug)]
pub enum Mood {
    Happy,
    Sad(String),
}

fn main() {}
