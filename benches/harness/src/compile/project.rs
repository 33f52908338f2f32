//! A generated crate, in a folder of its own, and what cargo takes for it.

use std::{
    env,
    fs::{self, File},
    path::PathBuf,
    process::{self, Command, Stdio},
    time::{Instant, SystemTime},
};

use super::user::{Shape, User};
use crate::{Result, peer};

/// What the crate is called.
const NAME: &str = "user";

/// As the README says that users depend on it.
const TOKIO: &str = "tokio = { version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }\n";

/// Crates in a folder are compiled so that a change of them is quick to build. What comes from a registry is not, and so it
/// is with the other libraries.
const FROM_REGISTRY: &str = "
[profile.dev.package]
orm.incremental = false
orm-macros.incremental = false
orm-runtime.incremental = false
";

/// What a command took, in seconds.
#[derive(Debug, Clone, Copy)]
pub struct Took {
    pub wall: f64,
    /// Of cargo and of all that it ran.
    pub cpu: f64,
}

pub struct Project {
    pub user: &'static User,
    folder: PathBuf,
    /// How many crates are compiled, this one included.
    pub crates: usize,
}

impl Project {
    /// A crate without models, whose dependencies are downloaded.
    pub fn new(user: &'static User) -> Result<Self> {
        let folder = env::temp_dir().join(format!("orm-compile-{}-{}", process::id(), user.name));
        let mut project = Self { user, folder, crates: 0 };
        let orm = format!("{}/../../orm", env!("CARGO_MANIFEST_DIR"));
        let dependencies = user.dependencies()?.replace("\"../orm\"", &format!("{orm:?}"));
        let ours = if dependencies == user.dependencies()? { "" } else { FROM_REGISTRY };
        project.save("Cargo.toml", &format!("{}{ours}", manifest(&dependencies)))?;
        // The versions that the peers are compared with elsewhere.
        project.save("Cargo.lock", user.lock)?;
        project.write(&Shape::of(0))?;
        project.crates = project.tree("--offline").or_else(|_| project.tree("--quiet"))?;
        Ok(project)
    }

    fn save(&self, name: &str, text: &str) -> Result<()> {
        let path = self.folder.join(name);
        fs::create_dir_all(path.parent().ok_or("a file is in no folder")?)?;
        if fs::read_to_string(&path).is_ok_and(|old| old == text) {
            return Ok(());
        }
        Ok(fs::write(path, text)?)
    }

    /// Writes the files that are different for this shape.
    pub fn write(&self, shape: &Shape) -> Result<()> {
        self.declare(shape)?;
        self.save("src/queries.rs", &self.user.queries.text(shape))?;
        self.save("src/main.rs", &self.user.main(shape))
    }

    /// Writes the models, and a program that does nothing with them.
    pub fn write_unused(&self, shape: &Shape) -> Result<()> {
        self.declare(shape)?;
        let modules: String = self.user.models.iter().map(|file| format!("mod {};\n", file.name)).collect();
        self.save("src/main.rs", &format!("#![allow(dead_code, unused_imports)]\n{modules}fn main() {{}}\n"))
    }

    fn declare(&self, shape: &Shape) -> Result<()> {
        for file in self.user.models {
            let text = if shape.models == 0 { String::new() } else { file.text(shape) };
            self.save(&format!("src/{}.rs", file.name), &text)?;
        }
        Ok(())
    }

    /// Makes a file newer than what was built of it.
    pub fn touch(&self, name: &str) -> Result<()> {
        let file = File::options().append(true).open(self.folder.join("src").join(name))?;
        Ok(file.set_modified(SystemTime::now())?)
    }

    /// Has nothing compiled yet.
    pub fn clean(&self) -> Result<()> {
        let target = self.folder.join("target");
        if target.exists() {
            fs::remove_dir_all(target)?;
        }
        Ok(())
    }

    fn cargo(&self, words: &[&str]) -> Command {
        let mut cargo = peer::cargo();
        cargo.args(words).current_dir(&self.folder).env("CARGO_TARGET_DIR", self.folder.join("target"));
        cargo.env_remove("CARGO_INCREMENTAL").stdin(Stdio::null());
        cargo
    }

    fn tree(&self, mode: &str) -> Result<usize> {
        let text = self.output(&mut self.cargo(&["tree", mode, "-e", "normal,build", "--prefix", "none"]))?;
        let mut crates: Vec<&str> = text.lines().map(|line| line.trim_end_matches(" (*)")).collect();
        crates.sort_unstable();
        crates.dedup();
        Ok(crates.len())
    }

    /// Builds the program without optimization.
    pub fn build(&self) -> Result<Took> {
        self.time(&mut self.cargo(&["build", "--offline", "--quiet"]))
    }

    /// Checks the crate, all of it.
    pub fn check(&self) -> Result<Took> {
        self.time(for_checks(&mut self.cargo(&["check", "--offline", "--quiet"])))
    }

    /// The size of the crate when its macros are expanded.
    pub fn expanded(&self) -> Result<usize> {
        let mut rustc =
            self.cargo(&["rustc", "--offline", "--quiet", "--profile=check", "--", "-Zunpretty=expanded"]);
        Ok(self.output(for_checks(&mut rustc))?.len())
    }

    fn time(&self, cargo: &mut Command) -> Result<Took> {
        let (started, before) = (Instant::now(), children()?);
        self.output(cargo)?;
        Ok(Took { wall: started.elapsed().as_secs_f64(), cpu: children()? - before })
    }

    fn output(&self, cargo: &mut Command) -> Result<String> {
        let output = cargo.output()?;
        if !output.status.success() {
            let errors = String::from_utf8_lossy(&output.stderr);
            return Err(format!("the crate of {} does not build:\n{errors}", self.user.name).into());
        }
        Ok(String::from_utf8(output.stdout)?)
    }
}

impl Drop for Project {
    fn drop(&mut self) {
        // Nothing else can be done about it.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Not incremental; and the user's crate may print its expansion. If only that one command said so, what it
/// depends on would be checked again.
fn for_checks(cargo: &mut Command) -> &mut Command {
    cargo.env("CARGO_INCREMENTAL", "0").env("RUSTC_BOOTSTRAP", NAME)
}

fn manifest(dependencies: &str) -> String {
    format!(
        "[package]\nname = \"{NAME}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
         [dependencies]\n{dependencies}{TOKIO}\n[workspace]\n"
    )
}

/// The seconds of CPU of all processes that this one ran and waited for.
fn children() -> Result<f64> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    used(&stat).ok_or_else(|| format!("what is this: {stat}").into())
}

/// `cutime` and `cstime`, in hundredths; the name before them may have spaces and parentheses.
fn used(stat: &str) -> Option<f64> {
    let (_, numbers) = stat.rsplit_once(')')?;
    let mut numbers = numbers.split_whitespace().skip(13).map(str::parse::<f64>);
    Some((numbers.next()?.ok()? + numbers.next()?.ok()?) / 100.0)
}

#[cfg(test)]
mod tests {
    use super::used;

    #[test]
    fn times_of_children() {
        let stat = "7 (a) (b)) S 1 7 7 0 -1 4194560 81 9 0 0 5 6 1234 66 20 0 1 0 33 9 9\n";
        assert_eq!(used(stat), Some(13.0));
        assert_eq!(used("7 (a) S 1"), None);
    }
}
