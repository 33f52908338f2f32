//! The account that a private server runs as.

use super::shell::output;

/// A user with its primary group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Account {
    pub(super) user: &'static str,
    pub(super) uid: u32,
    pub(super) gid: u32,
}

/// The account to change to before PostgreSQL, which refuses to run as root, is started; none when this
/// process is not root's.
pub(super) fn unprivileged() -> Result<Option<Account>, String> {
    if id(&["-u"]) != Some(0) {
        return Ok(None);
    }
    let account = ["postgres", "nobody"].into_iter().find_map(named);
    account.map(Some).ok_or_else(|| {
        "PostgreSQL does not run as root, and there is neither a user `postgres` nor `nobody` to run it as".into()
    })
}

fn named(user: &'static str) -> Option<Account> {
    let account = Account { user, uid: id(&["-u", user])?, gid: id(&["-g", user])? };
    (account.uid != 0).then_some(account)
}

fn id(arguments: &[&str]) -> Option<u32> {
    output("id", arguments).as_deref().and_then(number)
}

/// Reads an account's number. macOS prints that of `nobody` as -2.
fn number(text: &str) -> Option<u32> {
    let number: i64 = text.parse().ok()?;
    u32::try_from(number).ok().or_else(|| i32::try_from(number).ok().map(i32::cast_unsigned))
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_of_accounts() {
        assert_eq!(number("101"), Some(101));
        assert_eq!(number("4294967294"), Some(4_294_967_294));
        assert_eq!(number("-2"), Some(4_294_967_294));
        assert_eq!(number("no such user"), None);
    }
}
