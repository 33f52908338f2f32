use orm::prelude::*;

struct Plain;

fn main() {
    let _ = query!(Plain.get_or_create(email = "a"));
}
