use super::{Statement, Writer};

/// What `EXPLAIN` is asked for; the server decides on what is `None`.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Options {
    pub(crate) analyze: Option<bool>,
    pub(crate) verbose: Option<bool>,
    pub(crate) costs: Option<bool>,
    pub(crate) settings: Option<bool>,
    pub(crate) buffers: Option<bool>,
    pub(crate) wal: Option<bool>,
    pub(crate) timing: Option<bool>,
    pub(crate) summary: Option<bool>,
}

/// `EXPLAIN (ANALYZE true, FORMAT json) SELECT ..`
pub(crate) fn explain(query: &Statement, options: Options, json: bool) -> Statement {
    let Options { analyze, verbose, costs, settings, buffers, wal, timing, summary } = options;
    let options = [
        ("ANALYZE", analyze),
        ("VERBOSE", verbose),
        ("COSTS", costs),
        ("SETTINGS", settings),
        ("BUFFERS", buffers),
        ("WAL", wal),
        ("TIMING", timing),
        ("SUMMARY", summary),
    ];
    let given = options.into_iter().filter_map(|(name, value)| Some((name, value?)));
    let mut writer = Writer::new();
    writer.push("EXPLAIN (");
    writer.list(given, "", |writer, (name, value)| {
        writer.push(name).push(if value { " true, " } else { " false, " });
    });
    writer.push(if json { "FORMAT json) " } else { "FORMAT text) " }).push(query.text());
    query.within(writer.into_text())
}
