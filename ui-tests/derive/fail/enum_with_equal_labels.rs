use orm::prelude::*;

#[derive(Enum, Clone, Debug)]
pub enum Mood {
    Happy,
    #[model(name = "happy")]
    Glad,
}

fn main() {}
