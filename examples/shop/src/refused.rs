//! What does not compile. The messages are the compiler's own: `tests/refused.rs` compiles the files in `refused/`
//! and compares.

use terminal::{heading, indented, say};

pub fn section() {
    heading("What the compiler refuses");
    say("`order.user()` in a loop over orders that were loaded without their users would be the N+1 problem again. \
         It is not a program:");
    print(include_str!("../refused/not_loaded.rs"), include_str!("../refused/not_loaded.stderr"));
    say("So with a relation that is not there, wherever it stands in a path:");
    print(include_str!("../refused/wrong_path.rs"), include_str!("../refused/wrong_path.stderr"));
    say("And a relation to many rows, bare in a filter:");
    print(include_str!("../refused/bare_to_many.rs"), include_str!("../refused/bare_to_many.stderr"));
}

fn print(program: &str, message: &str) {
    let lines = program.lines().skip_while(|line| !line.starts_with("async fn"));
    let function: Vec<&str> = lines.take_while(|line| !line.starts_with("fn main")).collect();
    indented(function.join("\n").trim_end());
    indented(message);
}
