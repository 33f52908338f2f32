//! Lookups in text.

use orm::prelude::*;

use super::{PARTS, Sample, partitions, samples};

fn nick(s: &Sample, test: impl Fn(&str) -> bool) -> bool {
    s.nick.as_deref().is_some_and(test)
}

#[orm::test]
async fn special_characters_stand_for_themselves(db: Db) -> orm::Result<()> {
    let rows = samples(&db).await?;
    for part in PARTS.iter().flatten().copied() {
        partitions! { &db, Sample, &rows,
            { .text.contains(part) } => |s| s.text.contains(part);
            { .text.starts_with(part) } => |s| s.text.starts_with(part);
            { .text.ends_with(part) } => |s| s.text.ends_with(part);
            { .nick.contains(part) } => |s| nick(s, |n| n.contains(part));
            { .nick.starts_with(part) } => |s| nick(s, |n| n.starts_with(part));
            { .nick.ends_with(part) } => |s| nick(s, |n| n.ends_with(part));
        }
    }
    Ok(())
}

#[orm::test]
async fn upper_and_lower_case_are_the_same_where_said_so(db: Db) -> orm::Result<()> {
    let rows = samples(&db).await?;
    let lower = |s: &Sample| s.text.to_lowercase();
    for part in PARTS.iter().flatten().copied().chain(["ADA", "aDA L"]) {
        let folded = part.to_lowercase();
        partitions! { &db, Sample, &rows,
            { .text.icontains(part) } => |s| lower(s).contains(&folded);
            { .text.istarts_with(part) } => |s| lower(s).starts_with(&folded);
            { .text.iends_with(part) } => |s| lower(s).ends_with(&folded);
            { .text.iexact(part) } => |s| lower(s) == folded;
            { .nick.icontains(part) } => |s| nick(s, |n| n.to_lowercase().contains(&folded));
            { .nick.istarts_with(part) } => |s| nick(s, |n| n.to_lowercase().starts_with(&folded));
            { .nick.iends_with(part) } => |s| nick(s, |n| n.to_lowercase().ends_with(&folded));
            { .nick.iexact(part) } => |s| nick(s, |n| n.to_lowercase() == folded);
        }
    }
    Ok(())
}

#[orm::test]
async fn in_another_column(db: Db) -> orm::Result<()> {
    let rows = samples(&db).await?;
    let both = |s: &Sample, test: fn(&str, &str) -> bool| {
        s.nick.as_deref().zip(s.part.as_deref()).is_some_and(|(n, p)| test(n, p))
    };
    let folded = |s: &Sample, test: fn(&str, &str) -> bool| {
        s.part.as_deref().is_some_and(|p| test(&s.text.to_lowercase(), &p.to_lowercase()))
    };
    partitions! { &db, Sample, &rows,
        { .text.contains(.prefix) } => |s| s.text.contains(&s.prefix);
        { .text.starts_with(.prefix) } => |s| s.text.starts_with(&s.prefix);
        { .text.ends_with(.prefix) } => |s| s.text.ends_with(&s.prefix);
        { .nick.contains(.part) } => |s| both(s, |n, p| n.contains(p));
        { .nick.starts_with(.part) } => |s| both(s, |n, p| n.starts_with(p));
        { .nick.ends_with(.part) } => |s| both(s, |n, p| n.ends_with(p));
        { .text.icontains(.part) } => |s| folded(s, |t, p| t.contains(p));
        { .text.istarts_with(.part) } => |s| folded(s, |t, p| t.starts_with(p));
        { .text.iends_with(.part) } => |s| folded(s, |t, p| t.ends_with(p));
        { .text.iexact(.part) } => |s| folded(s, |t, p| t == p);
    }
    Ok(())
}

#[orm::test]
async fn of_every_type_of_text(db: Db) -> orm::Result<()> {
    let rows = samples(&db).await?;
    let (owned, missing) = (String::from("ada"), None::<&str>);
    let cow = std::borrow::Cow::Borrowed("ada");
    partitions! { &db, Sample, &rows,
        { .text.contains(&owned) } => |s| s.text.contains("ada");
        { .text.contains(owned.clone()) } => |s| s.text.contains("ada");
        { .text.contains(&owned[..2]) } => |s| s.text.contains("ad");
        { .text.contains(Some("ada")) } => |s| s.text.contains("ada");
        { .text.contains(missing) } => |_| false;
        { .text == owned } => |s| s.text == "ada";
        { .text == &owned } => |s| s.text == "ada";
        { .text == cow } => |s| s.text == "ada";
        { .text.contains("ß") } => |s| s.text.contains('ß');
    }
    Ok(())
}
