use orm::prelude::*;

#[derive(Enum, Clone, Debug)]
pub struct Mood;

fn main() {}
