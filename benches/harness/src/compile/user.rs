//! What is generated: a user's crate with models that are equal for all libraries.

/// A library, and how its users write the models and the queries.
pub struct User {
    pub name: &'static str,
    /// What its users depend on, besides tokio.
    pub dependencies: &'static [&'static str],
    /// Where versions and features stand: the manifest of the peer, and that of the workspace.
    pub manifests: [&'static str; 2],
    pub lock: &'static str,
    /// The files that declare models: `models.rs`, and others beside it.
    pub models: &'static [File],
    /// `queries.rs`, with a function `connect`, and one for each model.
    pub queries: File,
}

/// A generated file: what comes first, and what comes for each model.
///
/// `$This`, `$Previous` and `$Next` are the names of models, in small letters those of tables, and `$extra`
/// is that of a column more. A line may begin with a mark, and is left out where that does not hold:
/// `?previous`, `?next`, `?extra`, `!previous`, `!next`.
pub struct File {
    pub name: &'static str,
    pub head: &'static str,
    pub each: &'static str,
}

/// How many models there are, and which column the one in the middle has more.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shape {
    pub models: usize,
    pub extra: Option<String>,
}

impl Shape {
    pub fn of(models: usize) -> Self {
        Self { models, extra: None }
    }
}

impl File {
    /// The text of the file.
    pub fn text(&self, shape: &Shape) -> String {
        (0..shape.models).fold(self.head.to_owned(), |mut text, number| {
            text.push_str(&self.model(shape, number));
            text
        })
    }

    fn model(&self, shape: &Shape, number: usize) -> String {
        let extra = shape.extra.as_deref().filter(|_| number == shape.models / 2);
        let holds = |line: &&str| match line.split_whitespace().next() {
            Some("?previous") => number > 0,
            Some("!previous") => number == 0,
            Some("?next") => number + 1 < shape.models,
            Some("!next") => number + 1 == shape.models,
            Some("?extra") => extra.is_some(),
            _ => true,
        };
        let mut text = String::new();
        for line in self.each.lines().filter(holds) {
            let marked = line.starts_with(['?', '!']);
            text.push_str(if marked { line.split_once(' ').map_or("", |(_, rest)| rest) } else { line });
            text.push('\n');
        }
        let names = [("This", number), ("Previous", number.wrapping_sub(1)), ("Next", number + 1)];
        for (name, number) in names {
            text = text
                .replace(&format!("${name}"), &format!("Item{number}"))
                .replace(&format!("${}", name.to_lowercase()), &format!("item{number}"));
        }
        text.replace("$extra", extra.unwrap_or_default())
    }
}

impl User {
    /// So many models, unless there are to be none.
    pub fn shape(&self, models: usize) -> Shape {
        Shape::of(if self.queries.each.is_empty() { 0 } else { models })
    }

    /// The lines of a manifest.
    pub fn dependencies(&self) -> Result<String, String> {
        let lines = self.dependencies.iter().map(|name| {
            let line =
                |text: &str| Some(text.lines().find(|line| line.starts_with(&format!("{name} =")))?.into());
            self.manifests.iter().find_map(|text| line(text)).ok_or_else(|| format!("no manifest has {name}"))
        });
        lines.map(|line: Result<String, String>| Ok(line? + "\n")).collect()
    }

    /// The program that calls all queries. SeaORM's futures go from model to model, beyond the usual limit of depth.
    pub fn main(&self, shape: &Shape) -> String {
        let modules: String = self.models.iter().map(|file| format!("mod {};\n", file.name)).collect();
        let calls: String =
            (0..shape.models).map(|n| format!("    sum += queries::item{n}(&mut db, 1).await?;\n")).collect();
        format!(
            "#![recursion_limit = \"4096\"]\n\
             #![allow(dead_code, unused_imports, unused_mut)]\n{modules}mod queries;\n\n\
             #[tokio::main]\n\
             async fn main() -> Result<(), Box<dyn std::error::Error>> {{\n    \
                 let mut db = queries::connect(\"postgres://localhost\").await?;\n    \
                 let mut sum = 0;\n{calls}    \
                 println!(\"{{sum}}\");\n    \
                 Ok(())\n\
             }}\n"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: File = File {
        name: "models",
        head: "head\n",
        each: "\
struct $This in $this
?previous belongs to $Previous
?next has $next
!next last
?extra and $extra
",
    };

    #[test]
    fn relations_are_with_the_models_beside() {
        let text = FILE.text(&Shape::of(2));
        let (first, second) =
            ("struct Item0 in item0\nhas item1\n", "struct Item1 in item1\nbelongs to Item0\nlast\n");
        assert_eq!(text, format!("head\n{first}{second}"));
    }

    #[test]
    fn the_model_in_the_middle_has_a_column_more() {
        let text = FILE.text(&Shape { models: 3, extra: Some("age".into()) });
        assert_eq!(text.matches("and age").count(), 1);
        assert!(text.contains("has item2\nand age\nstruct Item2"), "{text}");
    }

    #[test]
    fn lines_that_begin_as_another_does_are_not_taken() {
        let user = User {
            name: "both",
            dependencies: &["chrono", "orm"],
            manifests: ["chrono.workspace = true\norm-macros = \"1\"\n", "orm = \"2\"\nchrono = \"0.4\"\n"],
            lock: "",
            models: &[FILE],
            queries: FILE,
        };
        assert_eq!(user.dependencies().as_deref(), Ok("chrono = \"0.4\"\norm = \"2\"\n"));
    }
}
