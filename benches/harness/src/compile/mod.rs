//! What the compiler takes for a user's crate of models and queries.

mod project;
mod user;
mod users;

use project::{Project, Took};
use user::{Shape, User};
use users::{BASE, RAW, USERS};

use crate::{
    Result,
    peer::Peer,
    table::{Table, digits, median, ratio},
};

/// How often a rebuild is measured for one figure.
const ROUNDS: usize = 3;

/// The models of a crate that is built.
const MODELS: usize = 10;

/// What is measured of one library. What has no models has less of it.
struct Figures {
    name: &'static str,
    crates: usize,
    clean: Took,
    touch: Option<Took>,
    edit: Option<Took>,
    /// One for each number of models.
    checks: Vec<f64>,
    expanded: Option<usize>,
}

/// Prints what builds and checks take, and how much code the macros make.
pub fn compile(peers: &[Peer], counts: &[usize]) -> Result<()> {
    if counts.iter().any(|count| *count < 2) {
        return Err("a relation takes two models".into());
    }
    let chosen =
        |user: &&User| [RAW, BASE].contains(&user.name) || peers.iter().any(|peer| peer.name == user.name);
    let figures: Vec<Figures> =
        USERS.iter().filter(chosen).map(|user| measure(user, counts)).collect::<Result<_>>()?;
    println!("{}\n{}\n{}", builds(&figures), checks(&figures, counts), sizes(&figures));
    Ok(())
}

fn measure(user: &'static User, counts: &[usize]) -> Result<Figures> {
    let project = Project::new(user)?;
    eprintln!("{}: {} crates", user.name, project.crates);
    let shape = user.shape(MODELS);
    project.write(&shape)?;
    let mut figures = Figures {
        name: user.name,
        crates: project.crates,
        clean: project.build()?,
        touch: None,
        edit: None,
        checks: Vec::new(),
        expanded: None,
    };
    if shape.models > 0 {
        eprintln!("{}: rebuilds", user.name);
        figures.touch = Some(rebuild(&project, |_| project.touch("models.rs"))?);
        figures.edit = Some(rebuild(&project, |round| {
            // The first adds a column, the others give it another name.
            project.write(&Shape { extra: Some(format!("extra_{round}")), ..shape.clone() })
        })?);
        project.clean()?;
        eprintln!("{}: checks", user.name);
        project.write(&Shape::of(0))?;
        project.check()?;
        for &models in counts {
            project.write(&Shape::of(models))?;
            let took = check(&project)?;
            eprintln!("{}: {models} models checked in {} s of CPU", user.name, digits(took));
            figures.checks.push(took);
        }
        figures.expanded = Some(expanded(&project)?);
    }
    Ok(figures)
}

/// The median of rebuilds, each after a change.
fn rebuild(project: &Project, change: impl Fn(usize) -> Result<()>) -> Result<Took> {
    let rebuilds = (0..ROUNDS).map(|round| {
        change(round)?;
        project.build()
    });
    let (wall, cpu) =
        rebuilds.map(|took| took.map(|Took { wall, cpu }| (wall, cpu))).collect::<Result<_>>()?;
    Ok(Took { wall: median(wall), cpu: median(cpu) })
}

/// The median of checks of the crate alone.
fn check(project: &Project) -> Result<f64> {
    let checks = (0..ROUNDS).map(|_| {
        project.touch("main.rs")?;
        Ok(project.check()?.cpu)
    });
    Ok(median(checks.collect::<Result<_>>()?))
}

/// The bytes that the macros make of two models.
fn expanded(project: &Project) -> Result<usize> {
    project.write_unused(&Shape::of(0))?;
    let nothing = project.expanded()?;
    project.write_unused(&Shape::of(2))?;
    Ok(project.expanded()? - nothing)
}

fn builds(figures: &[Figures]) -> Table {
    let mut table =
        Table::new(&format!("{MODELS} models, debug"), figures.iter().map(|figures| figures.name));
    let base = figures.iter().find(|figures| figures.name == BASE).map(|figures| figures.clean);
    for unit in ["s", "s of CPU"] {
        let clock = |took: Took| if unit == "s" { took.wall } else { took.cpu };
        let clean = |figures: &Figures| {
            let cell = digits(clock(figures.clean));
            match base.filter(|_| figures.name != BASE) {
                Some(base) => format!("{cell} {}", ratio(clock(figures.clean) / clock(base))),
                None => cell,
            }
        };
        let rebuild = |took: Option<Took>| seconds(took.map(clock));
        table.row(&format!("clean build, {unit}"), figures.iter().map(clean));
        table.row(&format!("models touched, {unit}"), figures.iter().map(|figures| rebuild(figures.touch)));
        table.row(&format!("a column changed, {unit}"), figures.iter().map(|figures| rebuild(figures.edit)));
    }
    table.row("crates", figures.iter().map(|figures| figures.crates.to_string()));
    table
}

fn checks(figures: &[Figures], counts: &[usize]) -> Table {
    let with = || figures.iter().filter(|figures| figures.expanded.is_some());
    let mut table = Table::new("check, s of CPU", with().map(|figures| figures.name));
    for (at, count) in counts.iter().enumerate() {
        table.row(&format!("{count} models"), with().map(|figures| seconds(figures.checks.get(at).copied())));
    }
    table
}

fn sizes(figures: &[Figures]) -> Table {
    let with = || figures.iter().filter_map(|figures| Some((figures.name, figures.expanded?)));
    let mut table = Table::new("expanded, kB", with().map(|(name, _)| name));
    table.row("2 models", with().map(|(_, bytes)| digits(bytes as f64 / 1e3)));
    table
}

fn seconds(seconds: Option<f64>) -> String {
    seconds.map_or_else(|| "–".into(), digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks what is generated for a library. That builds what its users depend on.
    fn compiles(name: &str) {
        let user = USERS.iter().find(|user| user.name == name).expect("a user of this name");
        let project = Project::new(user).expect("a crate");
        for extra in [None, Some("extra".to_owned())] {
            project.write(&Shape { extra, ..user.shape(3) }).expect("written");
            project.check().expect("checked");
        }
    }

    macro_rules! compiles {
        ($($name:ident $text:literal),*) => {
            $(
                #[test]
                #[ignore = "builds a peer's dependencies"]
                fn $name() {
                    compiles($text);
                }
            )*
        };
    }

    compiles!(
        raw "raw", base "base", orm "orm", diesel "diesel", sqlx "sqlx", sea_orm "sea-orm", toasty "toasty"
    );
}
