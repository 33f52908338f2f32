use super::Writer;
use crate::schema::{ColumnDefault, Index, OnDelete, Relation, RelationKind, Table};
use crate::types::SqlType;

/// The statements that make tables: types, then tables, each after those it refers to, then the foreign keys that
/// a circle of tables leaves over, then indexes.
pub(crate) fn create_tables(tables: &[&'static Table]) -> String {
    let mut writer = Writer::new();
    for (i, table) in tables.iter().enumerate() {
        let first = |schema| tables[..i].iter().all(|before| before.schema != Some(schema));
        if let Some(schema) = table.schema.filter(|schema| first(schema)) {
            writer.push("CREATE SCHEMA IF NOT EXISTS ").identifier(schema).push(";\n");
        }
    }
    create_enums(&mut writer, tables);
    let order = dependency_order(tables);
    for (position, table) in order.iter().enumerate() {
        create_table(&mut writer, table, &order[..=position]);
    }
    for (position, table) in order.iter().enumerate() {
        for relation in foreign_keys(table).filter(|relation| !refers_to(relation, &order[..=position])) {
            writer.push("ALTER TABLE ").table(table).push(" ADD ");
            foreign_key(&mut writer, table, relation);
            writer.push(";\n");
        }
    }
    for table in &order {
        create_indexes(&mut writer, table);
    }
    writer.into_text()
}

/// Why tables cannot be made together: two models, or two enums, say different things of what has one name.
pub(crate) fn contradiction(tables: &[&'static Table]) -> Option<String> {
    for (i, table) in tables.iter().enumerate() {
        let differs = |other: &&&'static Table| same(other, table) && definition(other) != definition(table);
        if let Some(other) = tables[..i].iter().find(differs) {
            let (one, two, name) = (other.model, table.model, table.name);
            return Some(format!(
                "the models `{one}` and `{two}` have different columns for one table, `{name}`: give one of them another `table`, \
                 or leave out the one that is a part of the other"
            ));
        }
    }
    let mut enums: Vec<(&str, &[&str])> = Vec::new();
    for (name, labels) in
        tables.iter().flat_map(|table| table.columns).filter_map(|column| as_enum(column.ty))
    {
        if enums.iter().any(|(known, other)| *known == name && *other != labels) {
            return Some(format!(
                "two enums with different labels have one name, `{name}`: give one of them another, as in \
                 `#[model(name = \"other_{name}\")]`"
            ));
        }
        enums.push((name, labels));
    }
    None
}

/// What `CREATE TABLE` says of a table by itself.
fn definition(table: &'static Table) -> String {
    let mut writer = Writer::new();
    create_table(&mut writer, table, &[]);
    writer.into_text()
}

/// Name and labels of the enum that a type is, or an array of.
fn as_enum(ty: &'static SqlType) -> Option<(&'static str, &'static [&'static str])> {
    match ty {
        SqlType::Enum { name, labels } => Some((name, labels)),
        SqlType::Array(element) => as_enum(element),
        SqlType::Builtin { .. } => None,
    }
}

fn create_enums(writer: &mut Writer, tables: &[&'static Table]) {
    let mut made: Vec<&str> = Vec::new();
    for (name, labels) in
        tables.iter().flat_map(|table| table.columns).filter_map(|column| as_enum(column.ty))
    {
        if made.contains(&name) {
            continue;
        }
        made.push(name);
        // There is no `IF NOT EXISTS` for types, and models created apart may share one.
        let mut block = Writer::new();
        block.push("BEGIN CREATE TYPE ").identifier(name).push(" AS ENUM (");
        block.list(labels, ", ", |block, label| {
            block.literal(label);
        });
        block.push("); EXCEPTION WHEN duplicate_object THEN NULL; END");
        writer.push("DO ").literal(block.text()).push(";\n");
    }
}

/// The tables, each after those it refers to wherever that is possible.
fn dependency_order(tables: &[&'static Table]) -> Vec<&'static Table> {
    let mut waiting: Vec<&'static Table> = Vec::new();
    for table in tables {
        if !waiting.iter().any(|other| same(other, table)) {
            waiting.push(table);
        }
    }
    let mut order: Vec<&'static Table> = Vec::new();
    while !waiting.is_empty() {
        let ready = waiting.iter().position(|table| {
            foreign_keys(table).all(|relation| {
                let target = (relation.target)();
                same(target, table) || !waiting.iter().any(|other| same(other, target))
            })
        });
        // Where every table waits for another one they form a circle: any of them may be first.
        order.push(waiting.remove(ready.unwrap_or(0)));
    }
    order
}

fn same(a: &Table, b: &Table) -> bool {
    a.schema == b.schema && a.name == b.name
}

fn foreign_keys(table: &'static Table) -> impl Iterator<Item = &'static Relation> {
    table.relations.iter().copied().filter(|relation| matches!(relation.kind, RelationKind::BelongsTo { .. }))
}

fn refers_to(relation: &Relation, tables: &[&'static Table]) -> bool {
    tables.iter().any(|table| same(table, (relation.target)()))
}

fn create_table(writer: &mut Writer, table: &'static Table, made: &[&'static Table]) {
    writer.push("CREATE TABLE ").table(table).push(" (\n    ");
    writer.list(table.columns, ",\n    ", |writer, column| {
        writer.identifier(column.name).push(" ").type_name(column.ty);
        match column.default {
            ColumnDefault::None => {}
            ColumnDefault::Identity => {
                writer.push(" GENERATED BY DEFAULT AS IDENTITY");
            }
            ColumnDefault::Sql(sql) => {
                writer.push(" DEFAULT ").push(sql);
            }
        }
        if !column.nullable {
            writer.push(" NOT NULL");
        }
    });
    writer.push(",\n    PRIMARY KEY (");
    column_names(writer, table, table.primary_key);
    writer.push(")");
    for Index { columns, unique } in table.indexes {
        if *unique {
            writer.push(",\n    UNIQUE (");
            column_names(writer, table, columns);
            writer.push(")");
        }
    }
    for relation in foreign_keys(table).filter(|relation| refers_to(relation, made)) {
        writer.push(",\n    ");
        foreign_key(writer, table, relation);
    }
    writer.push("\n);\n");
}

/// `FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE`
fn foreign_key(writer: &mut Writer, table: &'static Table, relation: &Relation) {
    let RelationKind::BelongsTo { columns, nullable: _, on_delete } = relation.kind else { return };
    let target = (relation.target)();
    writer.push("FOREIGN KEY (");
    column_names(writer, table, columns);
    writer.push(") REFERENCES ").table(target).push(" (");
    column_names(writer, target, target.primary_key);
    writer.push(")");
    writer.push(match on_delete {
        OnDelete::NoAction => "",
        OnDelete::Restrict => " ON DELETE RESTRICT",
        OnDelete::Cascade => " ON DELETE CASCADE",
        OnDelete::SetNull => " ON DELETE SET NULL",
        OnDelete::SetDefault => " ON DELETE SET DEFAULT",
    });
}

/// The declared indexes, and one for each foreign key that no other index begins with: without it every join and
/// prefetch from the other side reads the whole table.
fn create_indexes(writer: &mut Writer, table: &'static Table) {
    let mut served: Vec<&[usize]> = vec![table.primary_key];
    served.extend(table.indexes.iter().map(|index| index.columns));
    let declared = table.indexes.iter().filter(|index| !index.unique).map(|index| index.columns);
    let mut wanted: Vec<&[usize]> = declared.collect();
    for relation in foreign_keys(table) {
        if let RelationKind::BelongsTo { columns, .. } = relation.kind
            && !served.iter().any(|index| index.starts_with(columns))
        {
            served.push(columns);
            wanted.push(columns);
        }
    }
    for columns in wanted {
        writer.push("CREATE INDEX ON ").table(table).push(" (");
        column_names(writer, table, columns);
        writer.push(");\n");
    }
}

fn column_names(writer: &mut Writer, table: &'static Table, columns: &[usize]) {
    writer.list(columns, ", ", |writer, &column| {
        writer.identifier(table.columns[column].name);
    });
}
